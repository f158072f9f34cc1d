"""What can have happened to the exercise as a whole: its life, clocks, gates and people."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from cyberex.facts.model import Event, GapAnswer, Json, TextRef, Tick

NO_TEXT = TextRef("")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseCreated(Event):
    """The first event of every journal: all that is needed to play it again.

    `scenario` is the resolved scenario (canonical JSON), `source` where it was read from,
    `program` the version of cyberex, `created_wall` the room's wall clock (ISO 8601 with offset).
    """

    name = "exercise.created"
    exercise: str
    scenario: Json
    source: str
    seed: int
    program: str
    rules: int
    created_wall: str
    rehearsal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefingStarted(Event):
    name = "exercise.started"
    from_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DebexGiven(Event):
    """`startex` is the fiction's hour at 0, ISO 8601 without zone."""

    name = "exercise.debex_given"
    startex: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExercisePaused(Event):
    name = "exercise.paused"
    game = False
    reason: TextRef = NO_TEXT


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseResumed(Event):
    name = "exercise.resumed"
    game = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeedSet(Event):
    name = "exercise.speed_set"
    game = False
    rate: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseAdvanced(Event):
    """Exercise time went from `from_ms` to `to_ms` at once; open deadlines moved with it."""

    name = "exercise.advanced"
    from_ms: int
    to_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EndReached(Event):
    """The planned end came; play goes on (overtime) until FINEX."""

    name = "exercise.end_reached"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseExtended(Event):
    name = "exercise.extended"
    end_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HardEndSet(Event):
    name = "exercise.hard_end_set"
    game = False
    room_until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RealStopCalled(Event):
    name = "exercise.real_stop_called"
    reason: TextRef = NO_TEXT


@dataclass(frozen=True, slots=True, kw_only=True)
class RealStopLifted(Event):
    """Leads to paused."""

    name = "exercise.real_stop_lifted"


@dataclass(frozen=True, slots=True, kw_only=True)
class CallDownTicked(Event):
    name = "call_down.ticked"
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FinexGiven(Event):
    name = "exercise.finex_given"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseClosed(Event):
    name = "exercise.closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseInterrupted(Event):
    """The machine slept, stalled or crashed for `gap_ms` of wall time: paused, and a question."""

    name = "exercise.interrupted"
    game = False
    gap_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GapAnswered(Event):
    name = "exercise.gap_answered"
    game = False
    answer: GapAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class JumpPrepared(Event):
    """A jump's time came: what the chronogram holds after it waits until it is made."""

    name = "jump.prepared"
    jump: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JumpMade(Event):
    """The fiction's clock went to `fiction` (ISO 8601). `variant` is the index of the bulletin's
    variant, -1 for the main text; `bulletin` a text that replaced both. What had waited behind
    the gate moved by `late_ms`."""

    name = "jump.made"
    jump: str
    fiction: str
    variant: int
    bulletin: TextRef = NO_TEXT
    late_ms: int = 0
    deadlines: Mapping[str, Tick] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class JumpShifted(Event):
    name = "jump.shifted"
    jump: str
    due_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandUndone(Event):
    """`undoes` is the id of the request withdrawn; events that compensate follow this one."""

    name = "command.undone"
    undoes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TextErased(Event):
    name = "text.erased"
    game = False
    texts: tuple[TextRef, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactsErased(Event):
    """`people` are ids; empty means everybody's name, phone and mail."""

    name = "contacts.erased"
    game = False
    people: tuple[str, ...] = ()
