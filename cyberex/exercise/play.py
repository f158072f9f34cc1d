"""Move the engine: bring it to the clock, apply, append, and only then publish. One at a time.

What is not in the journal did not happen: nobody sees an event before it is durable. Waiting for
what is due is `driver`'s job, answering clients `running`'s.
"""

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from math import inf
from uuid import uuid4

from cyberex.engine.engine import Engine, Refused
from cyberex.exercise.clocks import Clocks
from cyberex.exercise.feed import History, Transaction
from cyberex.exercise.gap import Reading, gap_ms
from cyberex.exercise.ledger import Ledger, Texts
from cyberex.exercise.operator import Operator
from cyberex.exercise.pace import Pace
from cyberex.exercise.replay import replay, transactions
from cyberex.exercise.sayings import Sayings
from cyberex.facts.commands import GiveDebex, ReportGap
from cyberex.facts.exercise_events import ExerciseCreated, SpeedSet
from cyberex.facts.model import Batch, Request
from cyberex.plan.model import Plan
from cyberex.views.board import Board
from cyberex.views.situation import State

BEAT_S = 1.0
"""The clocks are looked at, and the journal's clock row written, at least this often."""

NO_TEXTS: Texts = {}


def utc_text(wall: datetime) -> str:
    """As the journal writes it: ISO 8601, UTC, milliseconds."""
    return wall.isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Play:
    """The engine, its pace and its journal. Whoever moves it holds `turn` and rings `bell`.

    `frozen` is None, or why nothing leaves any more. `answered` gives the events of each request.
    """

    def __init__(
        self,
        plan: Plan,
        created: ExerciseCreated,
        engine: Engine,
        ledger: Ledger,
        clocks: Clocks,
        *,
        past: Iterable[Transaction] = (),
        speed: float = 1.0,
        beat_s: float = BEAT_S,
    ) -> None:
        """`engine` has already played `past`, which is what `ledger` holds."""
        self.plan = plan
        self.created = created
        self.engine = engine
        self.ledger = ledger
        self.clocks = clocks
        self.board = Board(plan)
        self.history = History()
        self.answered: dict[str, Transaction] = {}
        self.sayings = Sayings(ledger.text)
        self.operator: Operator | None = None
        self.frozen: str | None = None
        self.turn = asyncio.Lock()
        self.bell = asyncio.Event()
        self._speed = speed
        self._beat_s = beat_s
        self._seen = self._read_clocks()
        self._clock_noted_s = self._seen.monotonic_s
        self._pace = Pace(self._seen.monotonic_s, engine.now_ms, 0.0)
        for transaction in past:
            self._publish(transaction)
        self._follow(moved=True)

    def sim_ms(self) -> int:
        """Exercise time now, between two instants of the engine."""
        return self._bounded(self._pace.sim_at(self.clocks.monotonic_s()))

    async def catch_up(self) -> None:
        """Play all that is due by now; or pause and ask, if nobody watched the clock."""
        before, self._seen = self._seen, self._read_clocks()
        gap = gap_ms(before, self._seen, self._beat_s)
        if gap and self.engine.running:
            await self.perform(Request(uuid4().hex, "cyberex", "driver", ReportGap(gap_ms=gap)))
        else:
            await self._play_to(self._seen.monotonic_s)
        await self.attend()
        self._note_each_second()

    async def perform(self, request: Request) -> Transaction:
        """Apply at the engine's instant, append, publish. Refused changes nothing."""
        request = self._with_room_hour(request)
        texts = self.sayings.carried_by(request)
        # Replay, too, first plays what is left of the command's instant.
        await self._play(self.engine.now_ms)
        before_ms = self.engine.now_ms
        batch = self.engine.apply(request)
        recorded = await self._append(batch, texts)
        self._follow(moved=self.engine.now_ms != before_ms)
        # Where a command moved the clock to, what is due there comes before any other command.
        await self._play(self.engine.now_ms)
        return recorded

    def _with_room_hour(self, request: Request) -> Request:
        """DEBEX with the room's hour, where the fiction takes it (`startex: now`)."""
        command = request.command
        if not (isinstance(command, GiveDebex) and self.plan.timing.is_now) or command.room_at:
            return request
        room_at = self.clocks.room().replace(tzinfo=None).isoformat(timespec="seconds")
        return replace(request, command=replace(command, room_at=room_at))

    async def attend(self) -> None:
        """Do what the operator wishes at this instant."""
        operator = self.operator
        if operator is None:
            return
        while wish := operator.wish(self.engine.now_ms, self._seen.monotonic_s):
            try:
                await self.perform(wish)
            except Refused as refusal:
                operator.refused(wish, refusal)

    async def stand_at(self, sim_ms: int) -> None:
        """Play up to `sim_ms` at once: what a clock row says was already played."""
        await self._play(self._bounded(sim_ms))
        self._follow(moved=True)

    def look(self) -> None:
        """Look at the clocks without playing: what passes while frozen is no gap."""
        self._seen = self._read_clocks()

    def next_wake_s(self) -> float:
        """The monotonic instant at which to catch up next."""
        wakes = [self._seen.monotonic_s + self._beat_s]
        if self.frozen is None:
            due = self._next_due_ms()
            wakes.append(inf if due is None else self._pace.wall_at_s(due))
            wall_s = self.operator.next_wall_s() if self.operator else None
            wakes.append(inf if wall_s is None else wall_s)
        return min(wakes)

    async def thaw(self) -> None:
        """Build the engine again from what the journal holds; exercise time goes on from where it
        stood. UserError if the journal still cannot be written."""
        await self.ledger.open()
        recorded = await self.ledger.events()
        engine = Engine(self.plan, self.created.seed)
        difference = replay(engine, recorded)
        if difference is not None:
            raise RuntimeError(f"the journal replays otherwise: {difference}")
        stood_ms = self._pace.base_sim_ms
        self.engine, self.frozen = engine, None
        # A commit that failed may still have reached the disk.
        new = [item for item in recorded if item.seq > self.history.last_seq]
        for transaction in transactions(new):
            self._publish(transaction)
        self.look()
        self._follow(moved=True)
        if engine.running and stood_ms > engine.now_ms:
            self._pace = Pace(self._seen.monotonic_s, stood_ms, self._pace.rate)

    def note_clock(self) -> None:
        """Write where play stands: the engine's own instant, all of whose events are kept."""
        self._clock_noted_s = self._seen.monotonic_s
        self.ledger.note_clock(self.engine.now_ms, utc_text(self._seen.wall))

    def _note_each_second(self) -> None:
        passed_s = self._seen.monotonic_s - self._clock_noted_s
        if self._beat_s < inf and passed_s >= BEAT_S and self.engine.running:
            self.note_clock()

    async def _play_to(self, wall_s: float) -> None:
        """Every instant due at `wall_s`, one by one; the operator answers each before the next."""
        while self.engine.running:
            now_ms = max(self._bounded(self._pace.sim_at(wall_s)), self.engine.now_ms)
            due = self._next_due_ms()
            if due is None or due > now_ms:
                await self._play(now_ms)
                return
            # Each instant with an event awaits its commit, which lets everybody else run.
            await self._play(max(due, self.engine.now_ms))
            await self.attend()

    async def _play(self, sim_ms: int) -> None:
        ran = self.engine.running
        for batch in self.engine.run_until(sim_ms):
            await self._append(batch, NO_TEXTS)
        if self.engine.running != ran:
            self._follow(moved=True)

    def _next_due_ms(self) -> int | None:
        if not self.engine.running:
            return None
        wished = self.operator.next_ms() if self.operator else None
        known = [ms for ms in (self.engine.next_ms(), wished) if ms is not None]
        return min(known, default=None)

    async def _append(self, batch: Batch, texts: Texts) -> Transaction:
        try:
            recorded = await self.ledger.append(batch, utc_text(self.clocks.wall()), texts)
        except Exception as error:
            # The engine has already done what the journal does not hold.
            self._pace = Pace(self.clocks.monotonic_s(), batch.sim_ms, 0.0)
            self.frozen = str(error) or type(error).__name__
            raise
        self._publish(recorded)
        return recorded

    def _publish(self, transaction: Transaction) -> None:
        if not transaction:
            return
        for recorded in transaction:
            self.board.apply(recorded)
            if isinstance(recorded.event, SpeedSet):
                self._speed = recorded.event.rate
        request = transaction[0].request
        if request is not None:
            self.answered[request.id] = transaction
        self.history.add(transaction)
        if self.operator is not None:
            self.operator.see(transaction)

    def _follow(self, *, moved: bool) -> None:
        """Let the pace clock do what the engine now says: run, stand still, or have moved."""
        rate = self._speed if self.engine.running else 0.0
        if moved or rate != self._pace.rate:
            # From the instant at which the clocks were read: a slow commit costs no play.
            self._pace = Pace(self._seen.monotonic_s, self.engine.now_ms, rate)

    def _bounded(self, sim_ms: int) -> int:
        """Until DEBEX is given, exercise time stops at 0."""
        before = self.board.situation.state in (State.READY, State.BRIEFING)
        return min(sim_ms, 0) if before else sim_ms

    def _read_clocks(self) -> Reading:
        return Reading(self.clocks.monotonic_s(), self.clocks.boot_s(), self.clocks.wall())
