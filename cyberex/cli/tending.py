"""Which cells get what is written on their pages? Those in which somebody has joined.

A cell is opened when a player of it first follows the game, unless the director closed it by hand,
and everything is closed as soon as the portal no longer answers.
"""

import asyncio
from collections.abc import Sequence
from typing import Protocol

from cyberex.errors import UserError
from cyberex.exercise.clocks import Clocks
from cyberex.exercise.running import Exercise, Refused
from cyberex.facts.delivery_commands import CloseOutbox, OpenOutbox, ReleaseClaim
from cyberex.facts.delivery_events import OutboxClosed, OutboxOpened
from cyberex.facts.model import AccessKind, Command, Outbox
from cyberex.plan.model import Plan

LOOKED_AT_S = 1.0
CLAIMS_LAST_S = 180.0
PORTAL = "portal"
WRITTEN = ("email", "sms", "media")


class Follower(Protocol):
    """Somebody whose pages follow the game."""

    @property
    def kind(self) -> AccessKind: ...
    @property
    def cell(self) -> str: ...
    @property
    def role(self) -> str: ...


class Pages(Protocol):
    @property
    def running(self) -> bool: ...
    def connected(self) -> Sequence[Follower]: ...


class Tending:
    """Looks once a second, from `run` until it is cancelled."""

    def __init__(self, exercise: Exercise, pages: Pages, clocks: Clocks) -> None:
        self._exercise = exercise
        self._pages = pages
        self._clocks = clocks
        self._kinds = _written_kinds(exercise.plan)
        self._seq = 0
        self._by_hand: set[str] = set()
        self._down_since_s: float | None = None

    async def run(self) -> None:
        while True:
            await self.look()
            await self._clocks.wait(asyncio.Event(), self._clocks.monotonic_s() + LOOKED_AT_S)

    async def look(self) -> None:
        if self._exercise.closed or self._exercise.frozen is not None:
            return
        self._learn()
        if not self._pages.running:
            await self.shut()
            return
        self._down_since_s = None
        for item in self._pages.connected():
            if item.kind is AccessKind.PLAYER and item.cell not in self._by_hand:
                await self._open(item.cell, item.role)

    async def shut(self) -> None:
        """Nobody can read on the portal: what was not read is an animator's."""
        if self._exercise.board.outboxes.is_open(Outbox.PORTAL):
            await self._tell(CloseOutbox(outbox=Outbox.PORTAL))
        now_s = self._clocks.monotonic_s()
        if self._down_since_s is None:
            self._down_since_s = now_s
        if now_s - self._down_since_s > CLAIMS_LAST_S:
            await self.release_claims()

    async def release_claims(self) -> None:
        """Nobody's page says any more that they are on these calls."""
        for sheet in self._exercise.board.calls.sheets:
            if sheet.claimed_by and sheet.started_ms is None:
                await self._tell(
                    ReleaseClaim(stimulus=sheet.occurrence, cell=sheet.cell, lapsed=True)
                )

    async def _open(self, cell: str, role: str) -> None:
        open_now = {
            item.role
            for item in self._exercise.board.outboxes.open_for(cell)
            if item.outbox is Outbox.PORTAL
        }
        if self._kinds and not open_now & {"", role}:
            command = OpenOutbox(outbox=Outbox.PORTAL, cell=cell, kinds=self._kinds, role=role)
            await self._tell(command)

    async def _tell(self, command: Command) -> None:
        try:
            await self._exercise.submit(command, by=PORTAL, origin=PORTAL)
        except (Refused, UserError):
            return  # looked at again in a second

    def _learn(self) -> None:
        """Which cells the director closed by hand, and did not open since."""
        if self._seq == self._exercise.board.seq:
            return
        for transaction in self._exercise.history():
            request = transaction[0].request
            if transaction[-1].seq <= self._seq or request is None or request.origin != "console":
                continue
            for recorded in transaction:
                self._note(recorded.event)
        self._seq = self._exercise.board.seq

    def _note(self, event: object) -> None:
        if isinstance(event, OutboxClosed) and event.outbox is Outbox.PORTAL:
            self._by_hand |= {event.cell} if event.cell else set(self._exercise.plan.cells)
        elif isinstance(event, OutboxOpened) and event.outbox is Outbox.PORTAL:
            self._by_hand.discard(event.cell)


def _written_kinds(plan: Plan) -> tuple[str, ...]:
    """Those of this scenario that pages can show."""
    used = {channel.kind for channel in plan.channels.values()}
    return tuple(kind for kind in WRITTEN if kind in used)
