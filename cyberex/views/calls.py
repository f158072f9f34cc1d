"""What has somebody to perform now? Call sheets, and those that wait for a line or a channel."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from cyberex.facts.delivery_events import CallClaimed, ClaimReleased, StimulusLeaving
from cyberex.facts.exercise_events import CommandUndone, FinexGiven
from cyberex.facts.model import CallOutcome, Recorded
from cyberex.facts.stimulus_events import (
    CallBack,
    CallFailed,
    CallStarted,
    DeliveryWithdrawn,
    StimulusBlocked,
    StimulusComposed,
    StimulusDelivered,
    StimulusEvent,
    StimulusExpired,
    StimulusHeld,
    StimulusReserved,
    StimulusRestored,
    StimulusSkipped,
    StimulusToPerform,
)
from cyberex.plan.model import Importance, Plan
from cyberex.views.casting import Casting
from cyberex.views.fold import Fold
from cyberex.views.presence import Presence
from cyberex.views.ring_backs import ReplyTask, RingBacks

__all__ = ["Attempt", "CallDone", "CallSheet", "Calls", "ReplyTask"]

_RANK = {Importance.ESSENTIAL: 0, Importance.NORMAL: 1, Importance.OPTIONAL: 2}


@dataclass(frozen=True, slots=True)
class Attempt:
    outcome: CallOutcome
    sim_ms: int


@dataclass(frozen=True, slots=True)
class CallSheet:
    """One cell to ring, visit or hand something to.

    `since_ms`: when it was first asked for, its age counts from there. `back_ms`: not before then.
    `blocked`: no live channel; `ask`: the director chooses one. `voice` is who plays the sender
    now; `claimed_by` is who took it, "" if anybody may. `absent`: those of its receivers who were
    called away for real; `nobody`: all of them.
    """

    stimulus: str
    occurrence: str
    cell: str
    roles: tuple[str, ...]
    channel: str
    instead_of: str
    sender: str
    voice: str
    importance: Importance
    since_ms: int
    started_ms: int | None = None
    back_ms: int | None = None
    blocked: bool = False
    ask: bool = False
    attempts: tuple[Attempt, ...] = ()
    absent: tuple[str, ...] = ()
    nobody: bool = False
    claimed_by: str = ""


@dataclass(frozen=True, slots=True)
class CallDone:
    """It reached its cell: said so at `recorded_ms`, made at `made_ms`. `cause` is the request
    to undo if that was a mistake, CLOCK if none."""

    sheet: CallSheet
    recorded_ms: int
    made_ms: int
    answered_by: str
    cause: str


class Calls(Fold):
    """`casting`, `presence` and `ring_backs` must have seen an event before this does."""

    def __init__(
        self, plan: Plan, casting: Casting, presence: Presence, ring_backs: RingBacks
    ) -> None:
        super().__init__()
        self._plan = plan
        self._casting = casting
        self._presence = presence
        self._ring_backs = ring_backs
        self._sheets: dict[tuple[str, str], CallSheet] = {}
        self._gone: dict[tuple[str, str], CallSheet] = {}
        self._senders: dict[str, str] = {}
        self._undoing = ""
        self._done: dict[tuple[str, str], CallDone] = {}
        self._sorted: tuple[CallSheet, ...] = ()
        self._sorted_versions = (-1, -1, -1)
        self.on(StimulusComposed, self._composed)
        self.on(CommandUndone, self._undone)
        self.on(StimulusToPerform, self._to_perform)
        self.on(StimulusBlocked, self._blocked)
        self.on(StimulusLeaving, self._leaving)
        self.on(CallClaimed, self._claimed)
        self.on(ClaimReleased, self._released)
        self.on(CallStarted, self._started)
        self.on(CallFailed, self._failed)
        self.on(CallBack, self._back)
        self.on(StimulusDelivered, self._delivered)
        self.on(DeliveryWithdrawn, self._delivery_withdrawn)
        self.on(StimulusHeld, self._closed)
        self.on(StimulusSkipped, self._closed)
        self.on(StimulusExpired, self._closed)
        self.on(StimulusReserved, self._closed)
        self.on(StimulusRestored, self._closed)
        self.on(FinexGiven, self._finex)

    # What can be asked

    @property
    def sheets(self) -> tuple[CallSheet, ...]:
        """All of them, by importance, then oldest first; what comes back later after the rest."""
        versions = (self.version, self._casting.version, self._presence.version)
        if self._sorted_versions != versions:
            sheets = (self._as_of_now(sheet) for sheet in self._sheets.values())
            self._sorted = tuple(sorted(sheets, key=_order))
            self._sorted_versions = versions
        return self._sorted

    def sheets_of(self, voice: str) -> tuple[CallSheet, ...]:
        """Those of one animator; "": those that nobody voices."""
        return tuple(item for item in self.sheets if item.voice == voice)

    @property
    def waiting(self) -> tuple[CallSheet, ...]:
        """To be made now: a channel is live and no failed call makes it wait."""
        return tuple(item for item in self.sheets if not item.blocked and item.back_ms is None)

    @property
    def coming_back(self) -> tuple[CallSheet, ...]:
        """Failed and to be made again at their `back_ms`, soonest first."""
        later = (item for item in self.sheets if item.back_ms is not None)
        return tuple(sorted(later, key=lambda item: item.back_ms or 0))

    @property
    def blocked(self) -> tuple[CallSheet, ...]:
        return tuple(item for item in self.sheets if item.blocked)

    def sheet(self, occurrence: str, cell: str) -> CallSheet | None:
        found = self._sheets.get((occurrence, cell))
        return None if found is None else self._as_of_now(found)

    @property
    def done(self) -> tuple[CallDone, ...]:
        """What reached its cell, the last said first."""
        return tuple(reversed(self._done.values()))

    def oldest_waiting(self) -> CallSheet | None:
        """The one to be made now that was asked for first and is not begun."""
        open_calls = (item for item in self.waiting if item.started_ms is None)
        return min(open_calls, key=lambda item: item.since_ms, default=None)

    def by_voice(self) -> dict[str, int]:
        """Calls to be made now by whoever plays their sender; "" where nobody is named."""
        found: dict[str, int] = {}
        for sheet in self.waiting:
            found[sheet.voice] = found.get(sheet.voice, 0) + 1
        return found

    def replies(self, sim_ms: int) -> tuple[ReplyTask, ...]:
        """What is owed to players who rang: now, oldest first, then later."""
        return self._ring_backs.all(sim_ms)

    def _as_of_now(self, sheet: CallSheet) -> CallSheet:
        return replace(
            sheet,
            voice=self._casting.voice_of(sheet.sender, sheet.occurrence),
            absent=self._presence.absent_among(sheet.cell, sheet.roles),
            nobody=self._presence.nobody_left(sheet.cell, sheet.roles),
        )

    # What happened

    def _new(self, event: StimulusToPerform | StimulusBlocked, cause: str) -> CallSheet:
        planned = self._plan.stimuli.get(event.stimulus)
        sender = planned.sender if planned else self._senders.get(event.stimulus, "")
        before = self._before(event.occurrence, event.cell, cause)
        return CallSheet(
            event.stimulus,
            event.occurrence,
            event.cell,
            event.roles,
            event.channel,
            "",
            sender,
            "",
            planned.importance if planned else Importance.NORMAL,
            before.since_ms if before else self.now_ms,
            attempts=before.attempts if before else (),
        )

    def _before(self, occurrence: str, cell: str, cause: str) -> CallSheet | None:
        """The sheet that a new one replaces, without its last failure if that is being undone."""
        key = (occurrence, cell)
        if cause != self._undoing:
            return self._sheets.get(key)
        sheet = self._sheets.get(key) or self._gone.pop(key, None)
        return None if sheet is None else replace(sheet, attempts=sheet.attempts[:-1])

    def _undone(self, recorded: Recorded, _: CommandUndone) -> None:
        self._undoing = recorded.cause

    def _composed(self, _: Recorded, event: StimulusComposed) -> None:
        self._senders[event.stimulus] = event.sender

    def _to_perform(self, recorded: Recorded, event: StimulusToPerform) -> None:
        key = (event.occurrence, event.cell)
        self._sheets[key] = replace(self._new(event, recorded.cause), instead_of=event.instead_of)

    def _blocked(self, recorded: Recorded, event: StimulusBlocked) -> None:
        key = (event.occurrence, event.cell)
        self._sheets[key] = replace(self._new(event, recorded.cause), blocked=True, ask=event.ask)

    def _change(self, occurrence: str, cell: str, change: Callable[[CallSheet], CallSheet]) -> None:
        sheet = self._sheets.get((occurrence, cell))
        if sheet is not None:
            self._sheets[occurrence, cell] = change(sheet)

    def _started(self, _: Recorded, event: CallStarted) -> None:
        now_ms = self.now_ms
        self._change(event.occurrence, event.cell, lambda sheet: replace(sheet, started_ms=now_ms))

    def _failed(self, _: Recorded, event: CallFailed) -> None:
        attempt = Attempt(event.outcome, self.now_ms)
        self._change(
            event.occurrence,
            event.cell,
            lambda sheet: replace(
                sheet,
                started_ms=None,
                back_ms=event.back_ms,
                claimed_by="",
                attempts=(*sheet.attempts, attempt),
            ),
        )
        if event.back_ms is None:
            self._remove(event.occurrence, event.cell)

    def _back(self, _: Recorded, event: CallBack) -> None:
        self._change(
            event.occurrence,
            event.cell,
            lambda sheet: replace(sheet, back_ms=None, started_ms=None, claimed_by=""),
        )

    def _delivered(self, recorded: Recorded, event: StimulusDelivered) -> None:
        sheet = self.sheet(event.occurrence, event.cell)
        if sheet is not None:
            made_ms = self.now_ms if event.made_ms is None else event.made_ms
            self._done[event.occurrence, event.cell] = CallDone(
                sheet, self.now_ms, made_ms, event.answered_by, recorded.cause
            )
        self._remove(event.occurrence, event.cell)

    def _delivery_withdrawn(self, _: Recorded, event: DeliveryWithdrawn) -> None:
        sheet = self._gone.pop((event.occurrence, event.cell), None)
        self._done.pop((event.occurrence, event.cell), None)
        if sheet is not None:
            self._sheets[event.occurrence, event.cell] = replace(sheet, claimed_by="")

    def _leaving(self, _: Recorded, event: StimulusLeaving) -> None:
        """It needs no animator any more, unless the outbox gives it back."""
        self._sheets.pop((event.occurrence, event.cell), None)
        self._gone.pop((event.occurrence, event.cell), None)

    def _claimed(self, _: Recorded, event: CallClaimed) -> None:
        voice = event.voice
        self._change(event.occurrence, event.cell, lambda sheet: replace(sheet, claimed_by=voice))

    def _released(self, _: Recorded, event: ClaimReleased) -> None:
        self._change(event.occurrence, event.cell, lambda sheet: replace(sheet, claimed_by=""))

    def _remove(self, occurrence: str, cell: str) -> None:
        """Off the list, but remembered: "done" may have been said by mistake."""
        sheet = self._sheets.pop((occurrence, cell), None)
        if sheet is not None:
            self._gone[occurrence, cell] = sheet

    def _closed(self, _: Recorded, event: StimulusEvent) -> None:
        for key in [key for key in self._sheets if key[0] == event.occurrence]:
            del self._sheets[key]

    def _finex(self, _: Recorded, __: FinexGiven) -> None:
        self._sheets.clear()


def _order(sheet: CallSheet) -> tuple[bool, int, int]:
    return (sheet.back_ms is not None, _RANK[sheet.importance], sheet.since_ms)
