"""What can be asked of a running exercise: one class a command, imperative, serialisable.

`stimulus` fields take an occurrence (`s01#2`) or a stimulus id: then its latest occurrence.
Instants (`*_ms`) are exercise milliseconds from DEBEX unless said otherwise.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from cyberex.facts.model import (
    CallOutcome,
    Command,
    DebriefKind,
    GapAnswer,
    Mark,
    NoteKind,
    ShiftScope,
    Speaker,
    TextRef,
    Tick,
)

NO_TEXT = TextRef("")


@dataclass(frozen=True, slots=True, kw_only=True)
class StartBriefing(Command):
    """ready -> briefing: the clock runs from `from_ms` (None: minus the briefing's length, or its
    first stimulus if that is earlier) up to 0 and waits there for DEBEX."""

    name = "exercise.start"
    from_ms: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveDebex(Command):
    """Begin to play. Before the announced hour it advances to 0.

    `room_at` is the room's hour (ISO 8601 without zone), which the fiction takes when the scenario
    says `startex: now`; "" keeps the planned hour.
    """

    name = "exercise.debex"
    room_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause(Command):
    name = "exercise.pause"
    reason: TextRef = NO_TEXT


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume(Command):
    name = "exercise.resume"


@dataclass(frozen=True, slots=True, kw_only=True)
class SetSpeed(Command):
    """Exercise milliseconds a wall millisecond; 1 in real play, locked there."""

    name = "exercise.set_speed"
    rate: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Advance(Command):
    """Both clocks go forward to `to_ms`; what was due strictly before is skipped."""

    name = "exercise.advance"
    to_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Extend(Command):
    """Move the planned end by `by_ms` (may be negative, never before now)."""

    name = "exercise.extend"
    by_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SetHardEnd(Command):
    """The wall instant (ISO 8601, UTC) until which the room is booked; "" for none."""

    name = "exercise.set_hard_end"
    room_until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRealStop(Command):
    """RÉEL, RÉEL, RÉEL: nothing leaves any more until it is lifted."""

    name = "exercise.real_stop"
    reason: TextRef = NO_TEXT


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftRealStop(Command):
    name = "exercise.lift_real_stop"


@dataclass(frozen=True, slots=True, kw_only=True)
class TickCallDown(Command):
    """`who` (a cell, role, animator or the code of another place) has been told."""

    name = "call_down.tick"
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveFinex(Command):
    name = "exercise.finex"


@dataclass(frozen=True, slots=True, kw_only=True)
class Close(Command):
    """debrief -> closed."""

    name = "exercise.close"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportGap(Command):
    """The machine slept or stalled for `gap_ms` of wall time. Only the driver says this."""

    name = "exercise.report_gap"
    gap_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerGap(Command):
    name = "exercise.answer_gap"
    answer: GapAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class FireStimulus(Command):
    """Let it leave now, whatever its hour and conditions; once delivered, plays it again."""

    name = "stimulus.fire"
    stimulus: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldStimulus(Command):
    name = "stimulus.hold"
    stimulus: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseStimulus(Command):
    name = "stimulus.release"
    stimulus: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SkipStimulus(Command):
    name = "stimulus.skip"
    stimulus: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftStimulus(Command):
    """Move by `by_ms` (negative: earlier) this one, this and all that follow, or its thread.

    `space_ms` spaces those that would all leave now; 0 refuses such a shift. `stimulus` may be a
    jump's id.
    """

    name = "stimulus.shift"
    stimulus: str
    by_ms: int
    scope: ShiftScope = ShiftScope.FOLLOWING
    space_ms: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class EditStimulus(Command):
    """Change what has not left yet. "" and () keep what is there."""

    name = "stimulus.edit"
    stimulus: str
    title: TextRef = NO_TEXT
    text: TextRef = NO_TEXT
    to: tuple[str, ...] = ()
    via: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InjectReserve(Command):
    """Play a stimulus of the reserve now."""

    name = "stimulus.inject"
    stimulus: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ComposeStimulus(Command):
    """An ad hoc stimulus, sent now."""

    name = "stimulus.compose"
    sender: str
    to: tuple[str, ...]
    via: str
    title: TextRef
    text: TextRef


@dataclass(frozen=True, slots=True, kw_only=True)
class StartCall(Command):
    """An animator has begun to perform it (is dialling, walking)."""

    name = "stimulus.start_call"
    stimulus: str
    cell: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndCall(Command):
    """How the call, visit or handing over ended. `cell` may be left out when one cell waits.

    `answered_by` is a role's or a person's id. `made_ms` is when it was really made if that was
    earlier: deadlines count from there.
    """

    name = "stimulus.end_call"
    stimulus: str
    outcome: CallOutcome
    cell: str = ""
    answered_by: str = ""
    made_ms: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseChannel(Command):
    """The director's answer when a stimulus waits for a live channel."""

    name = "stimulus.choose_channel"
    stimulus: str
    channel: str
    cell: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledge(Command):
    name = "stimulus.acknowledge"
    stimulus: str
    cell: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DealWith(Command):
    name = "stimulus.deal_with"
    stimulus: str
    cell: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TickExpectation(Command):
    """What was seen of an expected reaction. `observed_ms` may be in the past (reports only);
    None means now. `outcome` is required when it settles a decision and was seen."""

    name = "expectation.tick"
    expectation: str
    result: Tick
    stimulus: str = ""
    observed_ms: int | None = None
    observer: str = ""
    outcome: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachMilestone(Command):
    name = "milestone.reach"
    milestone: str
    observed_ms: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SettleDecision(Command):
    name = "decision.settle"
    decision: str
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PressKey(Command):
    """Declare a situation that the author named (`keys:`)."""

    name = "key.press"
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAsset(Command):
    name = "asset.set"
    asset: str
    down: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeJump(Command):
    """Make a fiction jump that is due (or the next one, early).

    `drop` skips these occurrences; `deadlines` resolves open expectations (`s01#1/s01-facts`:
    seen, partly, not_seen), others run on. `bulletin` replaces the author's text.
    """

    name = "jump.make"
    jump: str
    drop: tuple[str, ...] = ()
    deadlines: Mapping[str, Tick] = field(default_factory=dict)
    bulletin: TextRef = NO_TEXT


@dataclass(frozen=True, slots=True, kw_only=True)
class AddNote(Command):
    """A line of the log. `about_wall` back-dates it (ISO 8601, UTC); both times are kept."""

    name = "note.add"
    text: TextRef
    kind: NoteKind = NoteKind.FACT
    cell: str = ""
    about_wall: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogContact(Command):
    """Players rang or wrote to an actor; `actor` "" is somebody not in the directory."""

    name = "contact.log"
    actor: str
    cell: str = ""
    channel: str = ""
    text: TextRef = NO_TEXT
    milestone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkLine(Command):
    """Put line `line` (a seq of the journal) in the debrief basket, or take it out."""

    name = "basket.mark"
    line: int
    mark: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class AddDebriefNote(Command):
    name = "debrief.add"
    kind: DebriefKind
    speaker: Speaker
    text: TextRef
    cell: str = ""
    stimulus: str = ""
    objective: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo(Command):
    """Withdraw what the request of id `undoes` did. Withdraws no delivery; asset effects only
    `with_effects`."""

    name = "command.undo"
    undoes: str
    with_effects: bool = False
