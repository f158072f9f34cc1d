"""What can be asked of the animation room around the game: casting, calls in, tempo."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from cyberex.facts.model import CellState, Command, TextRef

NO_TEXT = TextRef("")


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailContact(Command):
    """What is learnt of an incoming call once it is recorded; "" and None leave things as they are.

    `promise_ms` is in how many milliseconds the actor rings back, `voice` who takes it on.
    """

    name = "contact.detail"
    contact: str
    cell: str = ""
    channel: str = ""
    text: TextRef = NO_TEXT
    milestone: str = ""
    promise_ms: int | None = None
    voice: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerContact(Command):
    """The reply or the promised call-back was given."""

    name = "contact.answer"
    contact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignVoice(Command):
    """Who voices an actor, or one occurrence only if `stimulus` is given."""

    name = "casting.assign"
    voice: str
    actor: str = ""
    stimulus: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkAbsent(Command):
    """A player was really called away (or is back): their stimuli go to the stand-in."""

    name = "role.mark_absent"
    role: str
    absent: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportState(Command):
    """What an observer says of a cell. `stimulus` is what it has finished, for FINISHED."""

    name = "observer.report"
    cell: str
    state: CellState
    stimulus: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CatchUp(Command):
    """Drop these occurrences and give those their new hours (exercise milliseconds), as one."""

    name = "exercise.catch_up"
    drop: tuple[str, ...] = ()
    hours: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanBreak(Command):
    """At `at_ms` the exercise pauses by itself, for about `length_ms` of wall time."""

    name = "exercise.plan_break"
    at_ms: int
    length_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TickItem(Command):
    """An item of a check-list (attendance, rules read, phone check, collected handouts...).

    `item` is `LIST/WHAT`, for instance `present/p01` or `phone/crisis/out`.
    """

    name = "checklist.tick"
    item: str
    done: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordStimulus(Command):
    """It was performed away from the console (on paper, computer off), at `made_ms`; None: now."""

    name = "stimulus.record"
    stimulus: str
    made_ms: int | None = None
    answered_by: str = ""
