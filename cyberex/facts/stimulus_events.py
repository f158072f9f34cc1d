"""What can have happened to a stimulus, its receiving cells, its expectations and what follows.

Every event carries the stimulus and the occurrence (`s01#2`: its second playing).
"""

from dataclasses import dataclass

from cyberex.facts.model import CallOutcome, Event, PlannedBy, SkipReason, TextRef, Tick

NO_TEXT = TextRef("")


@dataclass(frozen=True, slots=True, kw_only=True)
class StimulusEvent(Event):
    """What the events of this module have in common; never recorded itself."""

    stimulus: str
    occurrence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StimulusComposed(StimulusEvent):
    """An ad hoc stimulus came into being; `StimulusPlanned` follows."""

    name = "stimulus.composed"
    sender: str
    to: tuple[str, ...]
    via: str
    title: TextRef
    text: TextRef


@dataclass(frozen=True, slots=True, kw_only=True)
class StimulusPlanned(StimulusEvent):
    """An occurrence that the chronogram did not hold, or one whose hour is now known
    (`after: ... + 5 à 10 min`)."""

    name = "stimulus.planned"
    due_ms: int
    why: PlannedBy | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StimulusDue(StimulusEvent):
    """Its time and its conditions came. What follows says, cell by cell, how it leaves."""

    name = "stimulus.due"
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StimulusToPerform(StimulusEvent):
    """With an animator for this cell, until said done. `channel` is live in the fiction;
    `instead_of` is the channel that was asked for, if it is down."""

    name = "stimulus.to_perform"
    cell: str
    roles: tuple[str, ...]
    channel: str
    instead_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StimulusBlocked(StimulusEvent):
    """No live channel for this cell. `ask`: the director chooses; else it waits for the channel."""

    name = "stimulus.blocked"
    cell: str
    roles: tuple[str, ...]
    channel: str
    ask: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CallStarted(StimulusEvent):
    name = "stimulus.call_started"
    cell: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallFailed(StimulusEvent):
    """No answer or busy (comes back at `back_ms`), or refused (`back_ms` None: it ends there)."""

    name = "stimulus.call_failed"
    cell: str
    outcome: CallOutcome
    back_ms: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CallBack(StimulusEvent):
    """A call that failed is to be made again now."""

    name = "stimulus.call_back"
    cell: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StimulusDelivered(StimulusEvent):
    """It reached this cell. Delays of expectations count from here, or from `made_ms` if it was
    recorded after the fact."""

    name = "stimulus.delivered"
    cell: str
    channel: str
    answered_by: str = ""
    made_ms: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryWithdrawn(StimulusEvent):
    """ "Done" was said by mistake: it is to be performed again."""

    name = "stimulus.delivery_withdrawn"
    cell: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StimulusAcknowledged(StimulusEvent):
    name = "stimulus.acknowledged"
    cell: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StimulusDealtWith(StimulusEvent):
    name = "stimulus.dealt_with"
    cell: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StimulusHeld(StimulusEvent):
    """Kept back; `proposed` when it became late while the machine slept."""

    name = "stimulus.held"
    proposed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StimulusReleased(StimulusEvent):
    name = "stimulus.released"


@dataclass(frozen=True, slots=True, kw_only=True)
class StimulusQueued(StimulusEvent):
    """Fired or injected while paused: leaves at resume."""

    name = "stimulus.queued"


@dataclass(frozen=True, slots=True, kw_only=True)
class StimulusSkipped(StimulusEvent):
    name = "stimulus.skipped"
    reason: SkipReason


@dataclass(frozen=True, slots=True, kw_only=True)
class StimulusReserved(StimulusEvent):
    """Its window closed (`otherwise: reserve`): the director may still inject it."""

    name = "stimulus.reserved"


@dataclass(frozen=True, slots=True, kw_only=True)
class StimulusRestored(StimulusEvent):
    """A skip was undone."""

    name = "stimulus.restored"
    due_ms: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StimulusExpired(StimulusEvent):
    """FINEX came before it was delivered."""

    name = "stimulus.expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class StimulusShifted(StimulusEvent):
    name = "stimulus.shifted"
    from_ms: int
    due_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StimulusEdited(StimulusEvent):
    """ "" and () keep what the author wrote."""

    name = "stimulus.edited"
    title: TextRef = NO_TEXT
    text: TextRef = NO_TEXT
    to: tuple[str, ...] = ()
    via: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectationOpened(StimulusEvent):
    """`deadline_ms` None: no time limit. `cell` is who is expected to react, "" for all."""

    name = "expectation.opened"
    expectation: str
    cell: str
    deadline_ms: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectationMoved(StimulusEvent):
    """Its deadline moved with an advance of the clock."""

    name = "expectation.moved"
    expectation: str
    deadline_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectationTicked(StimulusEvent):
    name = "expectation.ticked"
    expectation: str
    result: Tick
    observed_ms: int
    late: bool
    observer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectationExpired(StimulusEvent):
    """Its deadline passed unticked; it can still be ticked."""

    name = "expectation.expired"
    expectation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectationWithdrawn(StimulusEvent):
    """Undone: `reopened` when its tick was withdrawn, else the delivery that opened it was."""

    name = "expectation.withdrawn"
    expectation: str
    reopened: bool
    deadline_ms: int | None = None
