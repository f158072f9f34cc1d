"""What can have happened to what leaves by itself, and to who may see it."""

from dataclasses import dataclass

from cyberex.facts.model import AccessKind, CellLineKind, Event, Outbox, TestWay, TextRef
from cyberex.facts.stimulus_events import StimulusEvent

NO_TEXT = TextRef("")


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxOpened(Event):
    """`role` "": for the whole cell."""

    name = "outbox.opened"
    outbox: Outbox
    cell: str
    kinds: tuple[str, ...]
    role: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxClosed(Event):
    """`cell` "": everywhere. What it returns to the call sheets follows."""

    name = "outbox.closed"
    outbox: Outbox
    cell: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailConfirmed(Event):
    name = "outbox.confirmed"


@dataclass(frozen=True, slots=True, kw_only=True)
class StimulusLeaving(StimulusEvent):
    """With an outbox for this cell. By the portal it is delivered in the same breath; by mail,
    once the server took it. `instead_of`: as for `stimulus.to_perform`."""

    name = "stimulus.leaving"
    cell: str
    roles: tuple[str, ...]
    channel: str
    outbox: Outbox
    instead_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryAttempted(StimulusEvent):
    """Recorded before anything is sent. `attempt` counts from 1 for this cell."""

    name = "delivery.attempted"
    cell: str
    attempt: int
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliverySucceeded(StimulusEvent):
    """The server took it, but for the addresses of `refused` (ids of people)."""

    name = "delivery.succeeded"
    cell: str
    attempt: int
    refused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryFailed(StimulusEvent):
    """`again`: another attempt follows by itself; else it waits for the director."""

    name = "delivery.failed"
    cell: str
    attempt: int
    code: str
    again: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryUncertain(StimulusEvent):
    """Nobody knows whether it left: never sent again by itself."""

    name = "delivery.uncertain"
    cell: str
    attempt: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryResent(StimulusEvent):
    """The director lets it leave again: an attempt follows."""

    name = "delivery.resent"
    cell: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactTestStarted(Event):
    name = "contact_test.started"
    game = False
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactTestSent(Event):
    name = "contact_test.went"
    game = False
    person: str
    way: TestWay


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactTestFailed(Event):
    name = "contact_test.failed"
    game = False
    person: str
    way: TestWay
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactTestReceived(Event):
    name = "contact_test.received"
    game = False
    person: str
    way: TestWay


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessGranted(Event):
    """Valid until it is revoked or the exercise closed."""

    name = "access.granted"
    game = False
    grant: str
    digest: str
    kind: AccessKind
    cell: str = ""
    role: str = ""
    voice: str = ""
    person: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessRevoked(Event):
    """`grant` "": all."""

    name = "access.revoked"
    game = False
    grant: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallClaimed(StimulusEvent):
    name = "stimulus.claimed"
    game = False
    cell: str
    voice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimReleased(StimulusEvent):
    name = "stimulus.unclaimed"
    game = False
    cell: str
    lapsed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CellLineWritten(Event):
    """`line` is its id; `role` who wrote it, "" if the cell did."""

    name = "cell_log.written"
    line: str
    cell: str
    kind: CellLineKind
    text: TextRef
    role: str = ""
    owner: TextRef = NO_TEXT
    due: str = ""
