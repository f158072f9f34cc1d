"""The running exercise as its clients see it: submit commands, follow what was recorded.

The only writer. A console, a script and a portal are all clients of this; none changes anything
in another way.
"""

import asyncio
from collections.abc import Iterator
from math import isfinite
from pathlib import Path
from uuid import uuid4

from cyberex.engine.engine import Refused
from cyberex.errors import UserError
from cyberex.exercise.driver import drive
from cyberex.exercise.feed import Feed, Transaction
from cyberex.exercise.operator import Operator
from cyberex.exercise.play import Play
from cyberex.facts.commands import SetSpeed, ShiftStimulus
from cyberex.facts.exercise_events import ExerciseCreated
from cyberex.facts.model import Command, Request, TextRef
from cyberex.i18n import _
from cyberex.plan.model import Plan
from cyberex.views.board import Board

__all__ = ["Exercise", "Refused"]


class Exercise:
    """One exercise being played. Built by `create_exercise` and `resume_exercise`.

    `free_speed`: speeds other than 1 may be set (a rehearsal, headless play). `resumed_seq` is the
    last seq recorded before it was resumed, 0 for a new one.
    """

    def __init__(self, play: Play, *, free_speed: bool = False, resumed_seq: int = 0) -> None:
        self._play = play
        self.resumed_seq = resumed_seq
        self._free_speed = free_speed or play.created.rehearsal
        self._serving: set[asyncio.Task[Transaction]] = set()
        self.closed = False

    @property
    def plan(self) -> Plan:
        return self._play.plan

    @property
    def created(self) -> ExerciseCreated:
        """The first event: the scenario as it is played, its source, its seed."""
        return self._play.created

    @property
    def board(self) -> Board:
        """Every view, as of what was last recorded."""
        return self._play.board

    @property
    def journal_path(self) -> Path:
        return self._play.ledger.path

    @property
    def frozen(self) -> str | None:
        """Why nothing leaves any more (the journal could not be written); None while all is well.
        See `thaw`."""
        return self._play.frozen

    def sim_ms(self) -> int:
        """Exercise time now; it stands still while paused, stopped or frozen."""
        return self._play.sim_ms()

    def say(self, text: str, salt: bytes | None = None) -> TextRef:
        """A text somebody typed, stored with the command that carries it; "" gives ""."""
        return self._play.sayings.say(text, salt)

    def text(self, ref: TextRef) -> str:
        """What `ref` names; "" for "", a word in brackets if it was erased."""
        return self._play.sayings.text(ref)

    def feed(self, after_seq: int = 0) -> Feed:
        """Every transaction after `after_seq`, then those to come, in order, exactly once."""
        return self._play.history.feed(after_seq)

    def history(self) -> Iterator[Transaction]:
        """Every transaction recorded so far."""
        return iter(self._play.history)

    async def submit(
        self,
        command: Command,
        *,
        by: str = "director",
        origin: str = "console",
        id: str | None = None,
    ) -> Transaction:
        """Ask for `command`; what it caused, once it is durable. Refused changes nothing.

        The same id twice gives the same events and does nothing more. UserError while frozen.
        """
        request = Request(id or uuid4().hex, by, origin, command)
        # Shielded: a client that goes away must not leave half a command behind.
        task = asyncio.ensure_future(self._serve(request))
        self._serving.add(task)
        task.add_done_callback(self._served)
        return await asyncio.shield(task)

    def preview_advance(self, to_ms: int) -> tuple[str, ...]:
        """The occurrences that an advance to `to_ms` would skip now."""
        return self._play.engine.preview_advance(to_ms)

    def preview_shift(self, command: ShiftStimulus) -> tuple[str, ...]:
        """The occurrences and jumps that such a shift would move now. Raises Refused."""
        return self._play.engine.preview_shift(command)

    def attend(self, operator: Operator) -> None:
        """Ask `operator` at each instant what it wishes, before exercise time moves on."""
        self._play.operator = operator

    async def run(self) -> None:
        """Play what is due as its time comes, until `close` or until the operator has finished.
        UserError if only a person could go on and an operator plays."""
        await drive(self._play, lambda: self.closed)

    async def thaw(self) -> None:
        """After a failed append: go on from what the journal holds, exercise time where it stood.
        UserError if the journal still cannot be written; then all stays frozen."""
        async with self._play.turn:
            if self.frozen is not None and not self.closed:
                await self._play.thaw()
        self._play.bell.set()

    async def close(self) -> None:
        """Stop playing and leave the journal whole; feeds end. Twice is harmless."""
        if self.closed:
            return
        self.closed = True
        async with self._play.turn:
            if self._play.engine.running and self.frozen is None:
                self._play.note_clock()
            await self._play.ledger.close()
        self._play.history.end()
        self._play.bell.set()

    async def _serve(self, request: Request) -> Transaction:
        play = self._play
        async with play.turn:
            if self.closed:
                raise UserError(_("this exercise is closed."), _("Resume it from its journal."))
            if play.frozen is not None:
                raise UserError(play.frozen, _("Mend that, then unfreeze the exercise."))
            if request.id in play.answered:
                return play.answered[request.id]
            self._check_speed(request.command)
            try:
                await play.catch_up()
                recorded = await play.perform(request)
                await play.attend()
            finally:
                play.bell.set()
            return recorded

    def _served(self, task: "asyncio.Task[Transaction]") -> None:
        self._serving.discard(task)
        if not task.cancelled():
            task.exception()  # looked at, even if the client has gone away

    def _check_speed(self, command: Command) -> None:
        if not isinstance(command, SetSpeed):
            return
        if not (isfinite(command.rate) and command.rate > 0):
            raise Refused("speed-impossible", {"rate": str(command.rate)})
        if command.rate != 1 and not self._free_speed:
            raise Refused("speed-locked", {"rate": str(command.rate)})
