"""A call that an animator took is given back when their pages have been silent for too long.

Wall time, and no heartbeat of its own: the live stream of the animator's page is the sign of life.
"""

import asyncio

from cyberex.errors import UserError
from cyberex.exercise.clocks import Clocks
from cyberex.exercise.running import Exercise, Refused
from cyberex.facts.delivery_commands import ReleaseClaim
from cyberex.facts.model import AccessKind
from cyberex.portal.live import Hub

LOOKED_AT_S = 15.0
SILENCE_S = 180.0


class Claims:
    """Looks at every claim now and then, from `run` until it is cancelled."""

    def __init__(self, exercise: Exercise, clocks: Clocks, hub: Hub) -> None:
        self._exercise = exercise
        self._clocks = clocks
        self._hub = hub
        self._silent_since_s: dict[tuple[str, str, str], float] = {}

    async def run(self) -> None:
        while True:
            await self._clocks.wait(asyncio.Event(), self._clocks.monotonic_s() + LOOKED_AT_S)
            await self.look()

    async def look(self) -> None:
        """Give back what silent animators had taken."""
        now_s = self._clocks.monotonic_s()
        voices = {
            stream.grant.voice
            for stream in self._hub.streams
            if stream.grant.kind is AccessKind.ANIMATOR
        }
        silent: dict[tuple[str, str, str], float] = {}
        for sheet in self._exercise.board.calls.sheets:
            voice = sheet.claimed_by
            # Somebody who has begun is on the telephone: their page may well be asleep.
            if voice and sheet.started_ms is None and voice not in voices:
                claim = (sheet.occurrence, sheet.cell, voice)
                silent[claim] = self._silent_since_s.get(claim, now_s)
        self._silent_since_s = silent
        for (occurrence, cell, _), since_s in silent.items():
            if now_s - since_s > SILENCE_S:
                await self._release(occurrence, cell)

    async def _release(self, occurrence: str, cell: str) -> None:
        command = ReleaseClaim(stimulus=occurrence, cell=cell, lapsed=True)
        try:
            await self._exercise.submit(command, by="portal", origin="portal")
        except (Refused, UserError):
            return  # begun, over or frozen meanwhile: looked at again later
