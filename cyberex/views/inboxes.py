"""What has each cell received? Only what reached it: nothing planned, nothing of the others."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256

from cyberex.facts.delivery_events import StimulusLeaving
from cyberex.facts.exercise_events import ExerciseCreated
from cyberex.facts.model import Outbox, Recorded, TextRef
from cyberex.facts.stimulus_events import (
    DeliveryWithdrawn,
    StimulusAcknowledged,
    StimulusBlocked,
    StimulusDealtWith,
    StimulusDelivered,
    StimulusToPerform,
)
from cyberex.plan.model import MINUTE_MS, Plan
from cyberex.views.chronogram import Chronogram
from cyberex.views.fold import Fold

NO_TEXT = TextRef("")
LATE_MS = 3 * MINUTE_MS
"""What the portal shows and nobody acknowledges for so long (exercise time) is late."""


class ItemStatus(StrEnum):
    UNREAD = "unread"
    ACKNOWLEDGED = "acknowledged"
    DEALT_WITH = "dealt_with"


@dataclass(frozen=True, slots=True)
class InboxItem:
    """`key` names it in a page without telling what else there is. `kind` is its channel's, "" if
    nobody knows it; `roles` () is the whole cell. `title` and `text`: as typed by the director,
    "" where the plan's stand. `outbox` None: an animator delivered it. Hours ending in `_wall` are
    ISO 8601, UTC, "" while it did not happen; `_by` is who said so.
    """

    key: str
    seq: int
    stimulus: str
    occurrence: str
    cell: str
    roles: tuple[str, ...]
    kind: str
    channel: str
    sender: str
    title: TextRef
    text: TextRef
    delivered_ms: int
    wall_at: str
    answered_by: str
    outbox: Outbox | None
    status: ItemStatus = ItemStatus.UNREAD
    acknowledged_wall: str = ""
    acknowledged_by: str = ""
    dealt_with_wall: str = ""
    dealt_with_by: str = ""

    @property
    def by_portal(self) -> bool:
        return self.outbox is Outbox.PORTAL

    @property
    def unread(self) -> bool:
        return self.status is ItemStatus.UNREAD

    def is_for(self, role: str) -> bool:
        """A role sees what names it or names nobody; "" is the whole cell and sees all of it."""
        return not role or not self.roles or role in self.roles

    def is_late(self, sim_ms: int) -> bool:
        return self.by_portal and self.unread and sim_ms - self.delivered_ms > LATE_MS


class Inboxes(Fold):
    """`chronogram` must have seen an event before this does."""

    def __init__(self, plan: Plan, chronogram: Chronogram) -> None:
        super().__init__()
        self._plan = plan
        self._chronogram = chronogram
        self._exercise = ""
        self._asker = ("", "")
        self._left_by: dict[tuple[str, str], Outbox] = {}
        self._items: dict[tuple[str, str], InboxItem] = {}
        self.on(ExerciseCreated, self._created)
        self.on(StimulusLeaving, self._leaving)
        self.on(StimulusToPerform, self._with_an_animator)
        self.on(StimulusBlocked, self._with_an_animator)
        self.on(StimulusDelivered, self._delivered)
        self.on(DeliveryWithdrawn, self._withdrawn)
        self.on(StimulusAcknowledged, self._acknowledged)
        self.on(StimulusDealtWith, self._dealt_with)

    # What can be asked

    def items(self, cell: str, role: str = "") -> tuple[InboxItem, ...]:
        """What reached this cell and is for this role: unread first, then the newest."""
        found = [item for item in self._items.values() if item.cell == cell and item.is_for(role)]
        return tuple(sorted(found, key=lambda item: (not item.unread, -item.seq)))

    def find(self, cell: str, key: str, role: str = "") -> InboxItem | None:
        """The item that a page calls `key`; None if this cell and role do not have it."""
        return next((item for item in self.items(cell, role) if item.key == key), None)

    def item(self, occurrence: str, cell: str) -> InboxItem | None:
        return self._items.get((occurrence, cell))

    def late_of(self, cell: str, sim_ms: int) -> tuple[InboxItem, ...]:
        """Shown by the portal, unread for more than three minutes; the oldest first."""
        return tuple(item for item in reversed(self.items(cell)) if item.is_late(sim_ms))

    # What happened

    def apply(self, recorded: Recorded) -> None:
        if recorded.request is not None:
            self._asker = (recorded.cause, recorded.request.by)
        super().apply(recorded)

    def _by(self, recorded: Recorded) -> str:
        cause, asker = self._asker
        return asker if recorded.cause == cause else ""

    def _created(self, _: Recorded, event: ExerciseCreated) -> None:
        self._exercise = event.exercise

    def _key(self, occurrence: str, cell: str) -> str:
        named = "\n".join((self._exercise, occurrence, cell))
        return sha256(named.encode("utf-8", "surrogatepass")).hexdigest()[:12]

    def _leaving(self, _: Recorded, event: StimulusLeaving) -> None:
        self._left_by[event.occurrence, event.cell] = event.outbox

    def _with_an_animator(self, _: Recorded, event: StimulusToPerform | StimulusBlocked) -> None:
        self._left_by.pop((event.occurrence, event.cell), None)

    def _delivered(self, recorded: Recorded, event: StimulusDelivered) -> None:
        place = (event.occurrence, event.cell)
        channel = self._plan.channels.get(event.channel)
        letter = self._chronogram.letter(*place)
        self._items[place] = InboxItem(
            key=self._key(*place),
            seq=recorded.seq,
            stimulus=event.stimulus,
            occurrence=event.occurrence,
            cell=event.cell,
            roles=letter.roles if letter else (),
            kind=channel.kind if channel else "",
            channel=event.channel,
            sender=letter.sender if letter else "",
            title=letter.title if letter else NO_TEXT,
            text=letter.text if letter else NO_TEXT,
            delivered_ms=self.now_ms if event.made_ms is None else event.made_ms,
            wall_at=recorded.wall_at,
            answered_by=event.answered_by,
            outbox=self._left_by.get(place),
        )

    def _withdrawn(self, _: Recorded, event: DeliveryWithdrawn) -> None:
        self._items.pop((event.occurrence, event.cell), None)
        self._left_by.pop((event.occurrence, event.cell), None)

    def _change(self, place: tuple[str, str], change: Callable[[InboxItem], InboxItem]) -> None:
        known = self._items.get(place)
        if known is not None:
            self._items[place] = change(known)

    def _acknowledged(self, recorded: Recorded, event: StimulusAcknowledged) -> None:
        def change(item: InboxItem) -> InboxItem:
            status = ItemStatus.ACKNOWLEDGED if item.unread else item.status
            return replace(
                item,
                status=status,
                acknowledged_wall=recorded.wall_at,
                acknowledged_by=self._by(recorded),
            )

        self._change((event.occurrence, event.cell), change)

    def _dealt_with(self, recorded: Recorded, event: StimulusDealtWith) -> None:
        self._change(
            (event.occurrence, event.cell),
            lambda item: replace(
                item,
                status=ItemStatus.DEALT_WITH,
                dealt_with_wall=recorded.wall_at,
                dealt_with_by=self._by(recorded),
            ),
        )
