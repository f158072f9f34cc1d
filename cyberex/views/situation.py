"""Where does the exercise stand? Its state, its clocks, its gates, who was told of a stop."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from cyberex.facts.animation_events import BreakCame, BreakPlanned, BreakWithdrawn
from cyberex.facts.exercise_events import (
    BriefingStarted,
    CallDownTicked,
    DebexGiven,
    EndReached,
    ExerciseClosed,
    ExerciseCreated,
    ExerciseExtended,
    ExerciseInterrupted,
    ExercisePaused,
    ExerciseResumed,
    FinexGiven,
    GapAnswered,
    HardEndSet,
    JumpMade,
    RealStopCalled,
    RealStopLifted,
    SpeedSet,
)
from cyberex.facts.model import Recorded, TextRef
from cyberex.plan.model import Plan
from cyberex.views.fold import Fold
from cyberex.views.jumps import Jumps

NO_TEXT = TextRef("")


class State(StrEnum):
    READY = "ready"
    BRIEFING = "briefing"
    PLAY = "play"
    DEBRIEF = "debrief"
    CLOSED = "closed"


class CallDownKind(StrEnum):
    """What everybody has to be told."""

    REAL_STOP = "real_stop"
    LIFTED = "lifted"
    FINEX = "finex"


@dataclass(slots=True)
class CallDown:
    """A list to ring: `told` gives the wall instant (ISO 8601, UTC) at which each was told."""

    kind: CallDownKind
    wall_at: str
    told: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Break:
    """At `at_ms` the exercise pauses by itself for about `length_ms` of wall time; `came_wall` is
    when it did (ISO 8601, UTC), "" before."""

    at_ms: int
    length_ms: int
    came_wall: str = ""


class Situation(Fold):
    """`on_break` is the planned break that stops the exercise now. `gap_ms` is a question open:
    how long the machine slept, None when answered."""

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self._plan = plan
        self.state = State.READY
        self.rehearsal = False
        self.paused = False
        self.pause_reason = NO_TEXT
        self.real_stop = False
        self.real_stop_reason = NO_TEXT
        self.gap_ms: int | None = None
        self.speed = 1.0
        self.briefing_from_ms = -plan.timing.briefing_ms
        self.end_ms = plan.timing.play_ms
        self.end_was_reached = False
        self.hard_end: datetime | None = None
        self.debex_wall = ""
        self.finex_wall = ""
        self.finex_ms: int | None = None
        self.call_downs: list[CallDown] = []
        self.on_break: Break | None = None
        self._breaks: list[Break] = []
        self._jumps = Jumps(plan)
        # Fiction is read from the last entry whose instant is not after the one asked for.
        self._fictions: list[tuple[int, datetime]] = [(0, plan.timing.startex)]
        self._register()
        self._jumps.listen(self)

    def _register(self) -> None:
        self.on(ExerciseCreated, self._created)
        self.on(BriefingStarted, self._briefing)
        self.on(DebexGiven, self._debex)
        self.on(ExercisePaused, self._paused)
        self.on(ExerciseResumed, self._resumed)
        self.on(SpeedSet, self._speed)
        self.on(EndReached, self._end_reached)
        self.on(ExerciseExtended, self._extended)
        self.on(HardEndSet, self._hard_end)
        self.on(RealStopCalled, self._real_stop)
        self.on(RealStopLifted, self._lifted)
        self.on(CallDownTicked, self._told)
        self.on(ExerciseInterrupted, self._interrupted)
        self.on(GapAnswered, self._gap_answered)
        self.on(JumpMade, self._jump_made)
        self.on(FinexGiven, self._finex)
        self.on(ExerciseClosed, self._closed)
        self.on(BreakPlanned, self._break_planned)
        self.on(BreakWithdrawn, self._break_withdrawn)
        self.on(BreakCame, self._break_came)

    # What can be asked

    @property
    def running(self) -> bool:
        """Exercise time passes (in briefing it stops at 0 by itself)."""
        moving = self.state in (State.BRIEFING, State.PLAY)
        return moving and not (self.paused or self.real_stop or self.gap_ms is not None)

    @property
    def pending_jumps(self) -> tuple[str, ...]:
        """Prepared and not made, the earliest first; none once play is over."""
        if self.state in (State.DEBRIEF, State.CLOSED):
            return ()
        return tuple(jump.id for jump in self._jumps.prepared)

    @property
    def told(self) -> Mapping[str, str]:
        """Who was told of the last real stop, lifting or FINEX, and when (wall, UTC)."""
        return MappingProxyType(self.call_downs[-1].told if self.call_downs else {})

    def breaks(self, sim_ms: int) -> tuple[Break, ...]:
        """Planned and still to come, soonest first."""
        if self.state in (State.DEBRIEF, State.CLOSED):
            return ()
        to_come = (item for item in self._breaks if item.at_ms >= sim_ms)
        return tuple(sorted(to_come, key=lambda item: item.at_ms))

    def break_left(self, wall_now: datetime) -> timedelta | None:
        """What is left of the break (wall time, negative past it); None out of a break."""
        began = _instant(self.on_break.came_wall) if self.on_break else None
        if self.on_break is None or began is None:
            return None
        return began + timedelta(milliseconds=self.on_break.length_ms) - wall_now

    def fiction(self, sim_ms: int) -> datetime:
        """The fiction's hour at `sim_ms`: startex, exercise time and the jumps made by then."""
        from_ms, hour = self._fictions[0]
        for at_ms, fiction in self._fictions[1:]:
            if at_ms > sim_ms:
                break
            from_ms, hour = at_ms, fiction
        return hour + timedelta(milliseconds=sim_ms - from_ms)

    def overtime_ms(self, sim_ms: int) -> int:
        """Exercise time past the planned end; 0 before it."""
        return max(0, sim_ms - self.end_ms)

    def phase_left_ms(self, sim_ms: int) -> int | None:
        """Exercise time left of the briefing or of play, negative in overtime, None elsewhere."""
        if self.state is State.PLAY:
            return self.end_ms - sim_ms
        if self.state in (State.READY, State.BRIEFING):
            return -sim_ms
        return None

    def debrief_left(self, wall_now: datetime) -> timedelta | None:
        """What is left of the debrief's planned length, in wall time; None out of the debrief."""
        if self.state is not State.DEBRIEF:
            return None
        began = _instant(self.finex_wall)
        if began is None:
            return None
        return began + timedelta(milliseconds=self._plan.timing.debrief_ms) - wall_now

    def hard_end_left(self, wall_now: datetime) -> timedelta | None:
        """Until the room must be left (negative past it); None when no hour was set."""
        return None if self.hard_end is None else self.hard_end - wall_now

    def room_time(self, sim_ms: int, sim_now_ms: int, wall_now: datetime) -> datetime:
        """When `sim_ms` comes in the room if nothing stops from now on."""
        return wall_now + timedelta(milliseconds=(sim_ms - sim_now_ms) / (self.speed or 1.0))

    # What happened

    def _created(self, _: Recorded, event: ExerciseCreated) -> None:
        self.rehearsal = event.rehearsal

    def _briefing(self, _: Recorded, event: BriefingStarted) -> None:
        self.state = State.BRIEFING
        self.briefing_from_ms = event.from_ms

    def _debex(self, recorded: Recorded, event: DebexGiven) -> None:
        self.state = State.PLAY
        self.debex_wall = recorded.wall_at
        startex = _fiction(event.startex)
        if startex is not None:
            self._fictions[0] = (0, startex)

    def _paused(self, _: Recorded, event: ExercisePaused) -> None:
        self.paused, self.pause_reason = True, event.reason

    def _resumed(self, _: Recorded, __: ExerciseResumed) -> None:
        self.paused, self.pause_reason = False, NO_TEXT
        self.on_break = None

    def _speed(self, _: Recorded, event: SpeedSet) -> None:
        self.speed = event.rate

    def _end_reached(self, _: Recorded, __: EndReached) -> None:
        self.end_was_reached = True

    def _extended(self, _: Recorded, event: ExerciseExtended) -> None:
        self.end_ms = event.end_ms
        self.end_was_reached = self.end_was_reached and self.now_ms >= event.end_ms

    def _hard_end(self, _: Recorded, event: HardEndSet) -> None:
        self.hard_end = _instant(event.room_until)

    def _real_stop(self, recorded: Recorded, event: RealStopCalled) -> None:
        self.real_stop, self.real_stop_reason = True, event.reason
        self.call_downs.append(CallDown(CallDownKind.REAL_STOP, recorded.wall_at))

    def _lifted(self, recorded: Recorded, _: RealStopLifted) -> None:
        self.real_stop, self.real_stop_reason = False, NO_TEXT
        self.paused = self.state in (State.BRIEFING, State.PLAY)
        self.call_downs.append(CallDown(CallDownKind.LIFTED, recorded.wall_at))

    def _told(self, recorded: Recorded, event: CallDownTicked) -> None:
        if self.call_downs:
            self.call_downs[-1].told[event.who] = recorded.wall_at

    def _interrupted(self, _: Recorded, event: ExerciseInterrupted) -> None:
        self.paused = True
        self.gap_ms = (self.gap_ms or 0) + event.gap_ms

    def _gap_answered(self, _: Recorded, __: GapAnswered) -> None:
        self.gap_ms = None

    def _jump_made(self, _: Recorded, event: JumpMade) -> None:
        fiction = _fiction(event.fiction)
        if fiction is not None:
            self._fictions.append((self.now_ms, fiction))

    def _finex(self, recorded: Recorded, _: FinexGiven) -> None:
        self.state = State.DEBRIEF
        self.finex_wall, self.finex_ms = recorded.wall_at, self.now_ms
        self.real_stop = self.paused = False
        self.gap_ms = self.on_break = None
        self.call_downs.append(CallDown(CallDownKind.FINEX, recorded.wall_at))

    def _closed(self, _: Recorded, __: ExerciseClosed) -> None:
        self.state = State.CLOSED

    def _break_planned(self, _: Recorded, event: BreakPlanned) -> None:
        self._breaks.append(Break(event.at_ms, event.length_ms))

    def _break_withdrawn(self, _: Recorded, event: BreakWithdrawn) -> None:
        found = next((item for item in self._breaks if item.at_ms == event.at_ms), None)
        if found is not None:
            self._breaks.remove(found)

    def _break_came(self, recorded: Recorded, event: BreakCame) -> None:
        self.paused, self.pause_reason = True, NO_TEXT
        self.on_break = Break(self.now_ms, event.length_ms, recorded.wall_at)
        self._breaks = [item for item in self._breaks if item.at_ms > self.now_ms]


def _instant(text: str) -> datetime | None:
    """A wall instant; UTC if it does not say; None if it is none."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _fiction(text: str) -> datetime | None:
    """An hour of the fiction, which has no zone; None if it is none."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return None
