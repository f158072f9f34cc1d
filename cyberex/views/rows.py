"""The rows of the chronogram, as a screen or a report reads them: frozen values, no behaviour."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cyberex.facts.model import PlannedBy, SkipReason, TextRef
from cyberex.plan.model import Importance, Nature


class Status(StrEnum):
    """What has become of an occurrence, or of one of its receiving cells."""

    PLANNED = "planned"
    WAITING = "waiting"  # for its cause, or its time came and its conditions do not hold yet
    DUE = "due"
    HELD = "held"
    QUEUED = "queued"
    TO_PERFORM = "to_perform"
    BLOCKED = "blocked"
    LEAVING = "leaving"  # with an outbox, no animator needed
    UNSENT = "unsent"  # an outbox failed, or nobody knows: the director chooses
    DELIVERED = "delivered"
    ACKNOWLEDGED = "acknowledged"
    DEALT_WITH = "dealt_with"
    REFUSED = "refused"
    SKIPPED = "skipped"
    EXPIRED = "expired"
    RESERVED = "reserved"


REACHED = frozenset({Status.DELIVERED, Status.ACKNOWLEDGED, Status.DEALT_WITH})
"""It left, and arrived."""


class JumpStatus(StrEnum):
    PLANNED = "planned"
    PREPARED = "prepared"
    MADE = "made"


@dataclass(frozen=True, slots=True)
class LegRow:
    """One receiving cell. `channel` is the one it leaves by, `instead_of` the one asked for if
    that is down. `back_ms`: a call that failed is made again then. `leave_ms`: when the animator
    sets out, for a visit or a document that is not there yet. `delivered_ms` is when it was said
    to be there, `made_ms` when it really was."""

    cell: str
    roles: tuple[str, ...]
    channel: str
    status: Status
    instead_of: str = ""
    ask: bool = False
    delivered_ms: int | None = None
    back_ms: int | None = None
    leave_ms: int | None = None
    answered_by: str = ""
    made_ms: int | None = None


@dataclass(frozen=True, slots=True)
class ChronogramRow:
    """One playing of a stimulus.

    `due_ms` None: it waits for its cause; `projected_ms` is then a guess from that cause's own
    hour, None if nobody knows. `until_ms` closes its window. `title` and `text` are what the
    director typed, "" where the plan's stand. `gate` is a prepared jump that keeps it back.
    `withdrawn`: what had planned it was undone. `proposed`: held because it became late while the
    machine slept.
    """

    stimulus: str
    occurrence: str
    number: int
    index: int
    sender: str
    to: tuple[str, ...]
    via: str
    importance: Importance
    nature: Nature
    status: Status
    legs: tuple[LegRow, ...]
    due_ms: int | None
    original_ms: int | None
    until_ms: int | None
    projected_ms: int | None
    came_ms: int | None
    delivered_ms: int | None
    conditional: bool
    ad_hoc: bool
    why: PlannedBy | None
    reason: SkipReason | None
    gate: str
    withdrawn: bool
    proposed: bool
    title: TextRef
    text: TextRef

    @property
    def over(self) -> bool:
        """Nothing more will happen to it by itself."""
        return self.status in REACHED or self.status in (
            Status.REFUSED,
            Status.SKIPPED,
            Status.EXPIRED,
            Status.RESERVED,
        )


@dataclass(frozen=True, slots=True)
class JumpRow:
    """A fiction jump. `late_ms`: by how much what waited behind it moved when it was made."""

    jump: str
    index: int
    to: datetime
    status: JumpStatus
    due_ms: int
    original_ms: int
    made_ms: int | None = None
    late_ms: int = 0


Row = ChronogramRow | JumpRow
