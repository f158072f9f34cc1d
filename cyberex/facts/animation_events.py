"""What can have happened in the animation room around the game."""

from dataclasses import dataclass

from cyberex.facts.model import CellState, Event, TextRef

NO_TEXT = TextRef("")


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactDetailed(Event):
    """ "" leaves what was known of the contact."""

    name = "contact.detailed"
    contact: str
    cell: str
    channel: str
    text: TextRef


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRefused(Event):
    """The line it came by is down in the fiction, as was learnt afterwards: refuse it aloud."""

    name = "contact.refused"
    contact: str
    actor: str
    channel: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactPromised(Event):
    name = "contact.promised"
    contact: str
    actor: str
    due_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactHanded(Event):
    name = "contact.handed"
    contact: str
    voice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseDue(Event):
    """The actor promised to ring back: now."""

    name = "contact.promise_due"
    contact: str
    actor: str
    cell: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactAnswered(Event):
    name = "contact.answered"
    contact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceAssigned(Event):
    """`actor` from now on, or `occurrence` alone."""

    name = "casting.assigned"
    voice: str
    actor: str = ""
    occurrence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleAbsent(Event):
    name = "role.absent"
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleBack(Event):
    name = "role.back"
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StateReported(Event):
    name = "observer.reported"
    cell: str
    state: CellState
    stimulus: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakPlanned(Event):
    name = "exercise.break_planned"
    game = False
    at_ms: int
    length_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakWithdrawn(Event):
    name = "exercise.break_withdrawn"
    game = False
    at_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakCame(Event):
    """The exercise paused by itself, as planned."""

    name = "exercise.break_came"
    game = False
    length_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemTicked(Event):
    name = "checklist.ticked"
    game = False
    item: str
    done: bool
