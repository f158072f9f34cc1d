"""Who sees the same things, and which of their pages a transaction changes.

Two devices of one audience get the very same events: what is said is worked out once. Topics say
which fragments to fetch again, never what is in them. A transaction that concerns an audience in
nothing has no topic for it, so that the instants of what others get cannot be guessed.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from cyberex.facts.animation_events import (
    BreakCame,
    ContactAnswered,
    ContactDetailed,
    ContactRefused,
    ItemTicked,
    RoleAbsent,
    RoleBack,
    StateReported,
)
from cyberex.facts.delivery_events import (
    CellLineWritten,
    ContactTestFailed,
    ContactTestReceived,
    ContactTestSent,
    ContactTestStarted,
    StimulusLeaving,
)
from cyberex.facts.exercise_events import (
    BriefingStarted,
    DebexGiven,
    ExerciseAdvanced,
    ExerciseClosed,
    ExerciseInterrupted,
    ExercisePaused,
    ExerciseResumed,
    FinexGiven,
    GapAnswered,
    JumpMade,
    RealStopCalled,
    RealStopLifted,
    SpeedSet,
    TextErased,
)
from cyberex.facts.model import AccessKind, Event, Recorded
from cyberex.facts.stimulus_events import (
    DeliveryWithdrawn,
    ExpectationExpired,
    ExpectationMoved,
    ExpectationOpened,
    ExpectationTicked,
    ExpectationWithdrawn,
    StimulusAcknowledged,
    StimulusBlocked,
    StimulusComposed,
    StimulusDealtWith,
    StimulusDelivered,
    StimulusEvent,
    StimulusToPerform,
)
from cyberex.facts.world_events import (
    AssetDown,
    AssetUp,
    ChannelDown,
    ChannelUp,
    ContactLogged,
    ContactWithdrawn,
    MilestoneReached,
    MilestoneWithdrawn,
    NoteAdded,
    NoteWithdrawn,
)
from cyberex.plan.model import Plan
from cyberex.views.access import Grant


class Topic(StrEnum):
    """What of a page may have changed. The value is the end of its DOM event, `topic-inbox`."""

    STATE = "state"  # the banner: paused, stopped, in play; the clocks
    INBOX = "inbox"  # what reached a cell
    CHANNELS = "channels"  # which channels work
    CONTACTS = "contacts"  # what a cell wrote to actors
    LOG = "log"  # a cell's own log
    CALLS = "calls"  # everything of the animation room
    WALL = "wall"  # what the world sees
    EXPECTATIONS = "expectations"  # what is expected of a cell, for its observers
    NOTES = "notes"  # what was noted of a cell, for its observers
    TEST = "test"  # the contact test


@dataclass(frozen=True, slots=True)
class Audience:
    """`cell`, `role` and `voice` as in the access: "" where they do not count."""

    kind: AccessKind
    cell: str = ""
    role: str = ""
    voice: str = ""


def audience_of(grant: Grant) -> Audience:
    return Audience(grant.kind, grant.cell, grant.role, grant.voice)


STATE = (
    BriefingStarted,
    DebexGiven,
    ExercisePaused,
    ExerciseResumed,
    SpeedSet,
    ExerciseAdvanced,
    RealStopCalled,
    RealStopLifted,
    FinexGiven,
    ExerciseClosed,
    ExerciseInterrupted,
    GapAnswered,
    JumpMade,
    BreakCame,
)
INBOX = (StimulusDelivered, DeliveryWithdrawn, StimulusAcknowledged, StimulusDealtWith)
CHANNELS = (ChannelDown, ChannelUp)
CONTACTS = (
    ContactLogged,
    ContactWithdrawn,
    ContactRefused,
    ContactDetailed,
    ContactAnswered,
)
TEST = (ContactTestStarted, ContactTestSent, ContactTestFailed, ContactTestReceived)
EXPECTED = (
    ExpectationOpened,
    ExpectationMoved,
    ExpectationTicked,
    ExpectationExpired,
    ExpectationWithdrawn,
)
ADDRESSED = (StimulusToPerform, StimulusLeaving, StimulusBlocked)
WORLD = (AssetDown, AssetUp, MilestoneReached, MilestoneWithdrawn, RoleAbsent, RoleBack)


class Concerns:
    """Whom each transaction concerns. Pure; give it every transaction of the journal, in order:
    some events name what earlier ones told the cell or the roles of."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._roles: dict[tuple[str, str], tuple[str, ...]] = {}
        self._cells: dict[str, set[str]] = {}
        self._received: dict[str, set[str]] = {}
        self._senders: dict[str, str] = {}
        self._contacts: dict[str, str] = {}
        self._notes: dict[str, str] = {}
        self._by_kind: dict[AccessKind, Callable[[Audience, Event], frozenset[Topic]]] = {
            AccessKind.PLAYER: self._player,
            AccessKind.OBSERVER: self._observer,
            AccessKind.ANIMATOR: self._animator,
            AccessKind.WALL: self._wall,
        }

    def learn(self, transaction: tuple[Recorded, ...]) -> None:
        """Keep what later events will not say again."""
        for recorded in transaction:
            event = recorded.event
            if isinstance(event, ADDRESSED):
                self._roles[event.occurrence, event.cell] = event.roles
            if isinstance(event, ExpectationOpened):
                self._cells.setdefault(event.occurrence, set()).add(event.cell)
            if isinstance(event, StimulusDelivered):
                self._received.setdefault(event.occurrence, set()).add(event.cell)
            if isinstance(event, StimulusComposed):
                self._senders[event.stimulus] = event.sender
            if isinstance(event, ContactLogged):
                self._contacts[event.contact] = event.cell
            if isinstance(event, NoteAdded):
                self._notes[event.note] = event.cell

    def topics(self, transaction: tuple[Recorded, ...], audience: Audience) -> tuple[Topic, ...]:
        """What changed for them, in the order of `Topic`; call `learn` first."""
        of_kind = self._by_kind[audience.kind]
        found: set[Topic] = set()
        for recorded in transaction:
            if isinstance(recorded.event, TextErased):
                return tuple(Topic)
            if isinstance(recorded.event, STATE):
                found.add(Topic.STATE)
            found |= of_kind(audience, recorded.event)
        return tuple(topic for topic in Topic if topic in found)

    def _player(self, audience: Audience, event: Event) -> frozenset[Topic]:
        if isinstance(event, TEST):
            return frozenset({Topic.TEST})
        if isinstance(event, JumpMade):
            return frozenset({Topic.INBOX})
        if isinstance(event, CHANNELS):
            return frozenset({Topic.CHANNELS})
        if isinstance(event, INBOX) and self._reached(audience, event.occurrence, event.cell):
            return frozenset({Topic.INBOX})
        return self._of_cell(audience, event)

    def _observer(self, audience: Audience, event: Event) -> frozenset[Topic]:
        """Of their cell; one who has none observes them all."""
        if not audience.cell:
            cells = (replace(audience, cell=cell) for cell in self._plan.cells)
            return frozenset().union(*(self._observer(one, event) for one in cells))
        found = self._player(audience, event)
        if isinstance(event, EXPECTED):
            if self._expects(event.occurrence, audience.cell):
                found |= {Topic.EXPECTATIONS}
        elif isinstance(event, ItemTicked):
            if event.item.startswith(f"observe/{audience.cell}/"):
                found |= {Topic.EXPECTATIONS}
        elif isinstance(event, NoteAdded | NoteWithdrawn):
            if self._notes.get(event.note) == audience.cell:
                found |= {Topic.NOTES}
        elif isinstance(event, StateReported) and event.cell == audience.cell:
            found |= {Topic.NOTES}
        return found

    def _expects(self, occurrence: str, cell: str) -> bool:
        """Something is expected of this cell, or of all that received it, this one among them."""
        of = self._cells.get(occurrence, ())
        return cell in of or ("" in of and cell in self._received.get(occurrence, ()))

    def _animator(self, _: Audience, event: Event) -> frozenset[Topic]:
        if isinstance(event, CHANNELS):
            return frozenset({Topic.CHANNELS, Topic.CALLS})
        if isinstance(event, (StimulusEvent, *WORLD)) or event.name.startswith("casting."):
            return frozenset({Topic.CALLS})
        if event.name.startswith("contact."):
            return frozenset({Topic.CALLS, Topic.CONTACTS})
        if isinstance(event, NoteAdded | NoteWithdrawn):
            return frozenset({Topic.NOTES})
        if isinstance(event, ItemTicked) and event.item.startswith("left/"):
            return frozenset({Topic.CALLS})
        return frozenset()

    def _wall(self, _: Audience, event: Event) -> frozenset[Topic]:
        if isinstance(event, JumpMade):
            return frozenset({Topic.WALL})
        if isinstance(event, StimulusDelivered):
            channel = self._plan.channels.get(event.channel)
            kind = channel.kind if channel else ""
            if kind == "media" or (kind == "document" and self._is_attacker(event.stimulus)):
                return frozenset({Topic.WALL})
        if isinstance(event, DeliveryWithdrawn):
            return frozenset({Topic.WALL})
        return frozenset()

    def _is_attacker(self, stimulus: str) -> bool:
        planned = self._plan.stimuli.get(stimulus)
        sender = planned.sender if planned else self._senders.get(stimulus, "")
        actor = self._plan.actors.get(sender)
        return actor is not None and actor.kind == "attacker"

    def _of_cell(self, audience: Audience, event: Event) -> frozenset[Topic]:
        if isinstance(event, CellLineWritten) and event.cell == audience.cell:
            return frozenset({Topic.LOG})
        if isinstance(event, CONTACTS) and self._contacts.get(event.contact) == audience.cell:
            return frozenset({Topic.CONTACTS})
        return frozenset()

    def _reached(self, audience: Audience, occurrence: str, cell: str) -> bool:
        roles = self._roles.get((occurrence, cell), ())
        return cell == audience.cell and (not audience.role or not roles or audience.role in roles)
