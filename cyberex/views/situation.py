"""Where does the exercise stand? Its state, its clocks, its gates, who was told of a stop."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

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


class Situation(Fold):
    """`gap_ms` is a question open: how long the machine slept, None when answered."""

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
        length = timedelta(milliseconds=self._plan.timing.debrief_ms)
        return datetime.fromisoformat(self.finex_wall) + length - wall_now

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
        self._fictions[0] = (0, datetime.fromisoformat(event.startex))

    def _paused(self, _: Recorded, event: ExercisePaused) -> None:
        self.paused, self.pause_reason = True, event.reason

    def _resumed(self, _: Recorded, __: ExerciseResumed) -> None:
        self.paused, self.pause_reason = False, NO_TEXT

    def _speed(self, _: Recorded, event: SpeedSet) -> None:
        self.speed = event.rate

    def _end_reached(self, _: Recorded, __: EndReached) -> None:
        self.end_was_reached = True

    def _extended(self, _: Recorded, event: ExerciseExtended) -> None:
        self.end_ms = event.end_ms
        self.end_was_reached = self.end_was_reached and self.now_ms >= event.end_ms

    def _hard_end(self, _: Recorded, event: HardEndSet) -> None:
        self.hard_end = datetime.fromisoformat(event.room_until) if event.room_until else None

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
        self._fictions.append((self.now_ms, datetime.fromisoformat(event.fiction)))

    def _finex(self, recorded: Recorded, _: FinexGiven) -> None:
        self.state = State.DEBRIEF
        self.finex_wall, self.finex_ms = recorded.wall_at, self.now_ms
        self.real_stop = self.paused = False
        self.gap_ms = None
        self.call_downs.append(CallDown(CallDownKind.FINEX, recorded.wall_at))

    def _closed(self, _: Recorded, __: ExerciseClosed) -> None:
        self.state = State.CLOSED
