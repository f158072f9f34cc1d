"""Which events make a line of the log, under which heading, and how later events name them."""

import dataclasses
from collections.abc import Mapping
from enum import Enum, StrEnum

from cyberex.facts.delivery_events import DeliveryFailed, DeliverySucceeded, StimulusLeaving
from cyberex.facts.exercise_events import CommandUndone, JumpMade
from cyberex.facts.model import Event, Mark, NoteKind, Outbox, TextRef
from cyberex.facts.stimulus_events import (
    ExpectationTicked,
    ExpectationWithdrawn,
    StimulusPlanned,
)
from cyberex.facts.world_events import (
    ContactLogged,
    ContactWithdrawn,
    DecisionSettled,
    DecisionWithdrawn,
    KeyPressed,
    KeyReleased,
    MilestoneReached,
    MilestoneWithdrawn,
    NoteAdded,
    NoteWithdrawn,
)

NO_TEXT = TextRef("")

Parameter = str | int | float | bool | tuple[str, ...] | Mapping[str, str] | None


class Category(StrEnum):
    """What a line speaks of; the filter of the log."""

    LIFE = "life"
    STIMULUS = "stimulus"
    CALL = "call"
    EXPECTATION = "expectation"
    WORLD = "world"
    JUMP = "jump"
    CONTACT = "contact"
    NOTE = "note"
    CELL_LOG = "cell_log"
    ROOM = "room"
    UNDO = "undo"


_NAMES = {
    Category.LIFE: (
        "exercise.started exercise.debex_given exercise.paused exercise.resumed "
        "exercise.speed_set exercise.advanced exercise.end_reached exercise.extended "
        "exercise.hard_end_set exercise.real_stop_called exercise.real_stop_lifted "
        "call_down.ticked exercise.finex_given exercise.closed exercise.interrupted "
        "exercise.gap_answered text.erased contacts.erased"
    ),
    Category.STIMULUS: (
        "stimulus.composed stimulus.planned stimulus.to_perform stimulus.blocked "
        "stimulus.delivered stimulus.acknowledged stimulus.dealt_with stimulus.held "
        "stimulus.released stimulus.queued stimulus.skipped stimulus.reserved "
        "stimulus.restored stimulus.expired stimulus.shifted stimulus.edited "
        "stimulus.leaving delivery.failed delivery.uncertain delivery.resent delivery.succeeded"
    ),
    Category.CALL: "stimulus.call_failed stimulus.delivery_withdrawn",
    Category.EXPECTATION: "expectation.ticked expectation.expired",
    Category.WORLD: (
        "milestone.reached decision.settled key.pressed asset.down asset.up channel.down channel.up"
    ),
    Category.JUMP: "jump.prepared jump.made jump.shifted",
    Category.CONTACT: (
        "contact.logged contact.reply_due contact.detailed contact.refused contact.promised "
        "contact.handed contact.promise_due contact.answered"
    ),
    Category.ROOM: (
        "casting.assigned role.absent role.back observer.reported exercise.break_planned "
        "exercise.break_withdrawn exercise.break_came checklist.ticked outbox.opened "
        "outbox.closed outbox.confirmed contact_test.started contact_test.failed access.revoked"
    ),
    Category.NOTE: "note.added",
    Category.CELL_LOG: "cell_log.written",
    Category.UNDO: "command.undone",
}

CATEGORIES: Mapping[str, Category] = {
    name: category for category, names in _NAMES.items() for name in names.split()
}
"""Event name -> heading. What is not here makes no line: `stimulus.due` is told by what follows
it, a withdrawal by the line it strikes out."""


@dataclasses.dataclass(frozen=True, slots=True)
class LogLine:
    """`about_wall` is the hour a back-dated note speaks of, "" for its own. `count`: how many
    like it its command caused (a shift moves many). `undone` names the command withdrawn. `by` is
    who asked, "" for what time brought."""

    seq: int
    sim_ms: int
    wall_at: str
    about_wall: str
    category: Category
    cell: str
    stimulus: str
    event: Event
    text: TextRef
    by: str
    mark: Mark = Mark.NONE
    withdrawn: bool = False
    count: int = 1
    undone: str = ""

    @property
    def name(self) -> str:
        """The event's recorded name: the code of the sentence."""
        return self.event.name

    @property
    def parameters(self) -> Mapping[str, Parameter]:
        """The event's fields, enumerations as their recorded words, and the line's own."""
        found = {
            field.name: _plain(getattr(self.event, field.name))
            for field in dataclasses.fields(self.event)
        }
        return {**found, "count": self.count, "undone": self.undone}


def is_worth_reading(event: Event) -> bool:
    """What the chronogram came to know by itself is not news, nor what another line tells: the
    delivery by the portal, the mail that everybody got, the next attempts like the first."""
    match event:
        case StimulusPlanned():
            return event.why is not None
        case StimulusLeaving():
            return event.outbox is Outbox.MAIL or bool(event.instead_of)
        case DeliverySucceeded():
            return bool(event.refused)
        case DeliveryFailed():
            return event.attempt == 1 or not event.again
        case _:
            return True


def is_note(event: Event, kind: NoteKind) -> bool:
    return isinstance(event, NoteAdded) and event.kind is kind


def text_of(event: Event) -> TextRef:
    """The reference of what somebody typed or said, "" if nothing was."""
    if isinstance(event, JumpMade):
        return event.bulletin
    found: TextRef = getattr(event, "text", NO_TEXT) or getattr(event, "reason", NO_TEXT)
    return NO_TEXT if isinstance(found, Enum) else found


def name_of(event: Event) -> str:
    """What a later event calls the line of this one when it withdraws it; "" if none does."""
    match event:
        case NoteAdded():
            return f"note:{event.note}"
        case ContactLogged():
            return f"contact:{event.contact}"
        case MilestoneReached():
            return f"milestone:{event.milestone}"
        case DecisionSettled():
            return f"decision:{event.decision}"
        case KeyPressed():
            return f"key:{event.key}"
        case ExpectationTicked():
            return f"expectation:{event.occurrence}/{event.expectation}"
        case _:
            return ""


def name_withdrawn(event: Event) -> str:
    """The name of the line that this event withdraws; "" if it withdraws none."""
    match event:
        case NoteWithdrawn():
            return f"note:{event.note}"
        case ContactWithdrawn():
            return f"contact:{event.contact}"
        case MilestoneWithdrawn():
            return f"milestone:{event.milestone}"
        case DecisionWithdrawn():
            return f"decision:{event.decision}"
        case KeyReleased():
            return f"key:{event.key}"
        case ExpectationWithdrawn():
            return f"expectation:{event.occurrence}/{event.expectation}"
        case _:
            return ""


def undoes(event: Event) -> str:
    """The id of the request that this event withdraws, "" if it is no undoing."""
    return event.undoes if isinstance(event, CommandUndone) else ""


def _plain(value: object) -> Parameter:
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, Mapping):
        return {str(key): str(_plain(item)) for key, item in value.items()}
    if isinstance(value, (str, int, float, bool, tuple)) or value is None:
        return value
    return str(value)
