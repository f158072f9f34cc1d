"""What does the delivery of mail need of the running exercise? To ask, to tell, to wait.

`cyberex.exercise.running.Exercise` is one such game.
"""

import asyncio
from collections.abc import Callable, Iterator
from typing import Protocol

from cyberex.errors import UserError
from cyberex.exercise.clocks import Clocks
from cyberex.exercise.feed import Feed, Transaction
from cyberex.exercise.running import Refused
from cyberex.facts.exercise_events import ExerciseCreated
from cyberex.facts.model import Command, TextRef
from cyberex.plan.model import Plan
from cyberex.views.board import Board

SERVICE = "mail"
"""Who asks, in requests, and their origin."""

FROZEN_WAIT_S = 1.0

STOPPED = ("paused", "real-stop")
"""Refusals that pass when the director lets play go on."""


class Game(Protocol):
    """The part of an exercise that its clients see."""

    closed: bool

    @property
    def plan(self) -> Plan: ...
    @property
    def created(self) -> ExerciseCreated: ...
    @property
    def board(self) -> Board: ...
    def sim_ms(self) -> int: ...
    def say(self, text: str, salt: bytes | None = None) -> TextRef: ...
    def text(self, ref: TextRef) -> str: ...
    def feed(self, after_seq: int = 0) -> Feed: ...
    def history(self) -> Iterator[Transaction]: ...
    async def submit(
        self,
        command: Command,
        *,
        by: str = "director",
        origin: str = "console",
        id: str | None = None,
    ) -> Transaction: ...


class Asking:
    """Submits for the mail service, and knows when something has changed."""

    def __init__(
        self, game: Game, clocks: Clocks, report_bug: Callable[[Exception], object]
    ) -> None:
        self.game = game
        self.clocks = clocks
        self.bugs: list[Exception] = []
        self._report_bug = report_bug
        self._news = asyncio.Event()

    @property
    def news(self) -> asyncio.Event:
        """Rings at the next change; ask again for the one after."""
        return self._news

    def bug(self, error: Exception) -> None:
        """Ours, in one message: the others go on."""
        self.bugs.append(error)
        self._report_bug(error)

    def ring(self) -> None:
        """Something was recorded."""
        self._news, before = asyncio.Event(), self._news
        before.set()

    async def rest(self, seconds: float, until: Callable[[], bool] = lambda: False) -> None:
        """Wall time passes; less if `until` holds after a change."""
        end_s = self.clocks.monotonic_s() + seconds
        while not until() and self.clocks.monotonic_s() < end_s and not self.game.closed:
            await self.clocks.wait(self._news, end_s)

    async def play_goes_on(self) -> None:
        """Until nothing holds the exercise: no pause, no stop, no question about a gap."""
        while not self.game.closed:
            news, situation = self._news, self.game.board.situation
            if not (situation.paused or situation.real_stop or situation.gap_ms is not None):
                return
            await news.wait()

    async def ask(self, command: Command, id: str, *, by: str = SERVICE) -> str:
        """The code of the refusal, "" once recorded. Waits while the journal cannot be written:
        what became of a message must not be lost. "closed" when nothing more is recorded."""
        while True:
            try:
                await self.game.submit(command, by=by, origin=SERVICE, id=id)
            except Refused as refusal:
                return refusal.code
            except UserError:
                if self.game.closed:
                    return "closed"
                await self.clocks.wait(asyncio.Event(), self.clocks.monotonic_s() + FROZEN_WAIT_S)
            else:
                return ""

    async def tell(self, command: Command, id: str, *, by: str = SERVICE) -> str:
        """As `ask`, but a refusal that passes is waited for."""
        while True:
            news = self._news
            refusal = await self.ask(command, id, by=by)
            if refusal not in STOPPED:
                return refusal
            await news.wait()
