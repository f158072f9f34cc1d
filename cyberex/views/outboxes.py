"""What leaves without an animator? Open outboxes, and how far each message that they take is."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from cyberex.facts.delivery_events import (
    DeliveryAttempted,
    DeliveryFailed,
    DeliveryResent,
    DeliverySucceeded,
    DeliveryUncertain,
    MailConfirmed,
    OutboxClosed,
    OutboxOpened,
    StimulusLeaving,
)
from cyberex.facts.exercise_events import FinexGiven
from cyberex.facts.model import Outbox, Recorded, TextRef
from cyberex.facts.stimulus_events import (
    DeliveryWithdrawn,
    StimulusBlocked,
    StimulusDelivered,
    StimulusEvent,
    StimulusExpired,
    StimulusHeld,
    StimulusReserved,
    StimulusRestored,
    StimulusSkipped,
    StimulusToPerform,
)
from cyberex.plan.model import Plan
from cyberex.views.chronogram import Chronogram
from cyberex.views.fold import Fold
from cyberex.views.rows import LegRow

NO_TEXT = TextRef("")
MAIL_FIRST = (Outbox.MAIL, Outbox.PORTAL)


class DeliveryState(StrEnum):
    """Failed: another attempt follows if the delivery says `again`, else the director chooses."""

    WAITING = "waiting"
    UNDER_WAY = "under_way"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    SENT = "sent"


_ATTEMPTED = (
    DeliveryState.UNDER_WAY,
    DeliveryState.FAILED,
    DeliveryState.UNCERTAIN,
    DeliveryState.SENT,
)


@dataclass(frozen=True, slots=True)
class OpenOutbox:
    """`role` "": for the whole cell."""

    outbox: Outbox
    cell: str
    role: str
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Delivery:
    """One cell's message with an outbox. `attempt` 0: none was made; `message` is the Message-ID
    of the last; `code` and `again` tell of a failure, `refused` the people whose address the
    server did not take. `title` and `text`: as typed when it left, "" where the plan's stand.
    `since_ms`: when it left; `since_wall`: when `state` came (ISO 8601, UTC).
    """

    stimulus: str
    occurrence: str
    cell: str
    roles: tuple[str, ...]
    channel: str
    instead_of: str
    outbox: Outbox
    sender: str
    title: TextRef
    text: TextRef
    since_ms: int
    since_wall: str
    state: DeliveryState = DeliveryState.WAITING
    attempt: int = 0
    message: str = ""
    code: str = ""
    again: bool = False
    refused: tuple[str, ...] = ()

    @property
    def to_attempt(self) -> bool:
        """By mail, and an attempt is to be made without anybody asking."""
        if self.outbox is not Outbox.MAIL:
            return False
        failed = self.state is DeliveryState.FAILED
        return self.state is DeliveryState.WAITING or (failed and self.again)

    @property
    def for_director(self) -> bool:
        """Nothing more happens unless the director says what to do."""
        failed = self.state is DeliveryState.FAILED
        return self.state is DeliveryState.UNCERTAIN or (failed and not self.again)


class Outboxes(Fold):
    """`chronogram` must have seen an event before this does."""

    def __init__(self, plan: Plan, chronogram: Chronogram) -> None:
        super().__init__()
        self._plan = plan
        self._chronogram = chronogram
        self.mail_confirmed = False
        self._over = False
        self._open: dict[tuple[Outbox, str, str], tuple[str, ...]] = {}
        self._deliveries: dict[tuple[str, str], Delivery] = {}
        self.on(OutboxOpened, self._opened)
        self.on(OutboxClosed, self._closed)
        self.on(MailConfirmed, self._confirmed)
        self.on(StimulusLeaving, self._leaving)
        self.on(DeliveryAttempted, self._attempted)
        self.on(DeliveryFailed, self._failed)
        self.on(DeliveryUncertain, self._uncertain)
        self.on(DeliveryResent, self._resent)
        self.on(DeliverySucceeded, self._succeeded)
        self.on(StimulusDelivered, self._delivered)
        self.on(StimulusToPerform, self._given_back)
        self.on(StimulusBlocked, self._given_back)
        self.on(DeliveryWithdrawn, self._given_back)
        self.on(StimulusHeld, self._ended)
        self.on(StimulusSkipped, self._ended)
        self.on(StimulusReserved, self._ended)
        self.on(StimulusRestored, self._ended)
        self.on(StimulusExpired, self._expired)
        self.on(FinexGiven, self._finex)

    # What can be asked

    @property
    def open(self) -> tuple[OpenOutbox, ...]:
        return tuple(OpenOutbox(*key, kinds) for key, kinds in self._open.items())

    def open_for(self, cell: str) -> tuple[OpenOutbox, ...]:
        return tuple(item for item in self.open if item.cell == cell)

    def is_open(self, outbox: Outbox, cell: str = "") -> bool:
        """For this cell; "": for any."""
        return any(key[0] is outbox and cell in ("", key[1]) for key in self._open)

    def takes(self, leg: LegRow, via: str) -> Outbox | None:
        """By what it would leave without an animator, its channel (else `via`) being live."""
        channel = self._plan.channels.get(leg.channel or via)
        if channel is None:
            return None
        for wanted in MAIL_FIRST:
            for (outbox, cell, role), kinds in self._open.items():
                concerned = not role or not leg.roles or role in leg.roles
                here = outbox is wanted and cell == leg.cell and concerned
                if here and channel.kind in kinds:
                    return wanted
        return None

    @property
    def deliveries(self) -> tuple[Delivery, ...]:
        """All that outboxes took and did not give back, in the order in which they took it."""
        return tuple(self._deliveries.values())

    @property
    def leaving(self) -> tuple[Delivery, ...]:
        """Those that are not sent."""
        return tuple(item for item in self.deliveries if item.state is not DeliveryState.SENT)

    @property
    def to_attempt(self) -> tuple[Delivery, ...]:
        """What the mail service has to send now or later, but not while paused."""
        return tuple(item for item in self.deliveries if item.to_attempt and not self._over)

    @property
    def for_director(self) -> tuple[Delivery, ...]:
        """Send again, by another channel, or hand over."""
        return tuple(item for item in self.deliveries if item.for_director and not self._over)

    def delivery(self, occurrence: str, cell: str) -> Delivery | None:
        return self._deliveries.get((occurrence, cell))

    # What happened

    def _opened(self, _: Recorded, event: OutboxOpened) -> None:
        self._open[event.outbox, event.cell, event.role] = event.kinds

    def _closed(self, _: Recorded, event: OutboxClosed) -> None:
        for key in tuple(self._open):
            if key[0] is event.outbox and event.cell in ("", key[1]):
                del self._open[key]

    def _confirmed(self, _: Recorded, __: MailConfirmed) -> None:
        self.mail_confirmed = True

    def _leaving(self, recorded: Recorded, event: StimulusLeaving) -> None:
        key = (event.occurrence, event.cell)
        letter = self._chronogram.letter(*key)
        before = self._deliveries.pop(key, None)
        self._deliveries[key] = Delivery(
            event.stimulus,
            event.occurrence,
            event.cell,
            event.roles,
            event.channel,
            event.instead_of,
            event.outbox,
            letter.sender if letter else "",
            letter.title if letter else NO_TEXT,
            letter.text if letter else NO_TEXT,
            self.now_ms,
            recorded.wall_at,
            attempt=before.attempt if before else 0,
            message=before.message if before else "",
        )

    def _change(
        self, recorded: Recorded, event: StimulusEvent, change: Callable[[Delivery], Delivery]
    ) -> None:
        key = (event.occurrence, getattr(event, "cell", ""))
        known = self._deliveries.get(key)
        if known is not None:
            changed = change(known)
            if changed.state is not known.state:
                changed = replace(changed, since_wall=recorded.wall_at)
            self._deliveries[key] = changed

    def _attempted(self, recorded: Recorded, event: DeliveryAttempted) -> None:
        def change(item: Delivery) -> Delivery:
            return replace(
                item,
                state=DeliveryState.UNDER_WAY,
                attempt=event.attempt,
                message=event.message,
                code="",
                again=False,
            )

        self._change(recorded, event, change)

    def _failed(self, recorded: Recorded, event: DeliveryFailed) -> None:
        again = event.again and not self._over
        self._change(
            recorded,
            event,
            lambda item: replace(item, state=DeliveryState.FAILED, code=event.code, again=again),
        )

    def _uncertain(self, recorded: Recorded, event: DeliveryUncertain) -> None:
        self._change(
            recorded, event, lambda item: replace(item, state=DeliveryState.UNCERTAIN, again=False)
        )

    def _resent(self, recorded: Recorded, event: DeliveryResent) -> None:
        self._change(
            recorded,
            event,
            lambda item: replace(item, state=DeliveryState.WAITING, code="", again=False),
        )

    def _succeeded(self, recorded: Recorded, event: DeliverySucceeded) -> None:
        self._change(
            recorded,
            event,
            lambda item: replace(item, state=DeliveryState.SENT, refused=event.refused),
        )

    def _delivered(self, recorded: Recorded, event: StimulusDelivered) -> None:
        self._change(recorded, event, lambda item: replace(item, state=DeliveryState.SENT))

    def _given_back(
        self, _: Recorded, event: StimulusToPerform | StimulusBlocked | DeliveryWithdrawn
    ) -> None:
        self._deliveries.pop((event.occurrence, event.cell), None)

    def _ended(self, _: Recorded, event: StimulusEvent) -> None:
        self._forget(event.occurrence, DeliveryState.SENT)

    def _expired(self, _: Recorded, event: StimulusExpired) -> None:
        """FINEX: of what is on its way somebody still wants to know how it ended."""
        self._forget(event.occurrence, *_ATTEMPTED)

    def _finex(self, _: Recorded, __: FinexGiven) -> None:
        self._over = True

    def _forget(self, occurrence: str, *kept: DeliveryState) -> None:
        for key, item in tuple(self._deliveries.items()):
            if key[0] == occurrence and item.state not in kept:
                del self._deliveries[key]
