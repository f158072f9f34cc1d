"""The words for states, outcomes and kinds, in the language in use."""

from cyberex.facts.model import (
    CallOutcome,
    DebriefKind,
    Mark,
    NoteKind,
    PlannedBy,
    SkipReason,
    Speaker,
    Tick,
)
from cyberex.i18n import _
from cyberex.plan.model import Importance
from cyberex.views.expectations import ExpectationStatus
from cyberex.views.log_lines import Category
from cyberex.views.rows import JumpStatus, Status
from cyberex.views.situation import CallDownKind, Situation, State


def state(situation: Situation) -> tuple[str, str]:
    """The symbol and the word of where the exercise stands; the gravest first."""
    if situation.real_stop:
        return "■", _("REAL STOP")
    if situation.gap_ms is not None:
        return "?", _("INTERRUPTED")
    match situation.state:
        case State.READY:
            return "○", _("READY")
        case State.BRIEFING:
            return ("‖", _("PAUSE")) if situation.paused else ("○", _("BRIEFING"))
        case State.PLAY:
            return ("‖", _("PAUSE")) if situation.paused else ("●", _("IN PLAY"))
        case State.DEBRIEF:
            return "◇", _("DEBRIEF")
        case State.CLOSED:
            return "×", _("CLOSED")


def status(value: Status) -> str:
    return {
        Status.PLANNED: _("planned"),
        Status.WAITING: _("waiting for its condition"),
        Status.DUE: _("due"),
        Status.HELD: _("held"),
        Status.QUEUED: _("leaves at resume"),
        Status.TO_PERFORM: _("to perform"),
        Status.BLOCKED: _("no channel"),
        Status.LEAVING: _("being sent"),
        Status.UNSENT: _("not sent"),
        Status.DELIVERED: _("delivered"),
        Status.ACKNOWLEDGED: _("acknowledged"),
        Status.DEALT_WITH: _("dealt with"),
        Status.REFUSED: _("refused"),
        Status.SKIPPED: _("skipped"),
        Status.EXPIRED: _("expired"),
        Status.RESERVED: _("in reserve"),
    }[value]


def jump_status(value: JumpStatus) -> str:
    return {
        JumpStatus.PLANNED: _("planned"),
        JumpStatus.PREPARED: _("to be made: j"),
        JumpStatus.MADE: _("made"),
    }[value]


def call_outcome(value: CallOutcome) -> str:
    return {
        CallOutcome.DONE: _("done"),
        CallOutcome.NO_ANSWER: _("no answer"),
        CallOutcome.BUSY: _("busy"),
        CallOutcome.REFUSED: _("refused"),
    }[value]


def tick(value: Tick) -> str:
    return {Tick.SEEN: _("seen"), Tick.PARTLY: _("partly"), Tick.NOT_SEEN: _("not seen")}[value]


def expectation_status(value: ExpectationStatus) -> str:
    return {
        ExpectationStatus.OPEN: _("open"),
        ExpectationStatus.EXPIRED: _("late"),
        ExpectationStatus.SEEN: _("seen"),
        ExpectationStatus.PARTLY: _("partly"),
        ExpectationStatus.NOT_SEEN: _("not seen"),
    }[value]


def note_kind(value: NoteKind) -> str:
    return {
        NoteKind.FACT: _("fact"),
        NoteKind.DECISION: _("decision"),
        NoteKind.ACTION: _("action"),
        NoteKind.REMARK: _("remark"),
    }[value]


def category(value: Category) -> str:
    return {
        Category.LIFE: _("exercise"),
        Category.STIMULUS: _("stimulus"),
        Category.CALL: _("call"),
        Category.EXPECTATION: _("expected"),
        Category.WORLD: _("fiction"),
        Category.JUMP: _("jump"),
        Category.CONTACT: _("contact"),
        Category.NOTE: _("note"),
        Category.CELL_LOG: _("log of a cell"),
        Category.ROOM: _("animation"),
        Category.UNDO: _("undone"),
    }[value]


def skip_reason(value: SkipReason | None) -> str:
    if value is None:
        return ""
    return {
        SkipReason.DIRECTOR: _("by the director"),
        SkipReason.CONDITION: _("its condition did not come"),
        SkipReason.FOLLOWS: _("it followed one that was skipped"),
        SkipReason.ADVANCE: _("advance of the clock"),
        SkipReason.JUMP: _("dropped at the jump"),
        SkipReason.CHANNEL: _("its channel is down"),
        SkipReason.UNDO: _("what had planned it was undone"),
        SkipReason.CATCH_UP: _("dropped to catch up"),
    }[value]


def planned_by(value: PlannedBy | None) -> str:
    """Why an occurrence that the chronogram did not hold was planned."""
    if value is None:
        return ""
    return {
        PlannedBy.RESERVE: _("from the reserve"),
        PlannedBy.COMPOSED: _("made up on the spot"),
        PlannedBy.OUTCOME: _("follows a decision"),
        PlannedBy.OTHERWISE: _("instead of another"),
        PlannedBy.COMES_BACK: _("comes back"),
        PlannedBy.REPLY: _("reply"),
        PlannedBy.AGAIN: _("again"),
    }[value]


def importance(value: Importance) -> str:
    return {
        Importance.ESSENTIAL: _("essential"),
        Importance.NORMAL: _("normal"),
        Importance.OPTIONAL: _("optional"),
    }[value]


def speaker(value: Speaker) -> str:
    return {
        Speaker.PLAYER: _("players"),
        Speaker.OBSERVER: _("observers"),
        Speaker.ANIMATOR: _("animators"),
        Speaker.DIRECTOR: _("direction"),
    }[value]


def no_real_data(sector: str) -> str:
    """What is never typed nor said: of whom depends on the facility."""
    if sector == "esms":
        return _("No real resident's data.")
    return _("No real patient's data.")


def debrief_kind(value: DebriefKind) -> str:
    return {
        DebriefKind.POSITIVE: _("strong point"),
        DebriefKind.IMPROVEMENT: _("to improve"),
        DebriefKind.ACTION: _("proposed action"),
    }[value]


def debrief_symbol(value: DebriefKind) -> str:
    return {DebriefKind.POSITIVE: "+", DebriefKind.IMPROVEMENT: "−", DebriefKind.ACTION: "→"}[value]


def call_down(value: CallDownKind) -> str:
    return {
        CallDownKind.REAL_STOP: _("real stop"),
        CallDownKind.LIFTED: _("real stop lifted, game paused"),
        CallDownKind.FINEX: _("end of the exercise"),
    }[value]


def mark(value: Mark) -> str:
    """The side of the debrief basket as a word, for where a sign would be misread."""
    return {Mark.PLUS: _("plus"), Mark.MINUS: _("minus"), Mark.NONE: ""}[value]


def mark_symbol(value: Mark) -> str:
    return {Mark.PLUS: "+", Mark.MINUS: "−", Mark.NONE: ""}[value]
