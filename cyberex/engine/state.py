"""What the engine remembers of a running exercise: plain mutable records, no behaviour.

Only the engine's modules touch these; screens read the views, which are folds of the events.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from cyberex.engine.agenda import Timer
from cyberex.facts.model import Outbox, TestWay, TextRef, Tick
from cyberex.facts.stimulus_events import ExpectationTicked
from cyberex.plan.model import PlannedExpectation, PlannedJump, PlannedStimulus

NO_TEXT = TextRef("")


class Refused(Exception):  # noqa: N818 - an answer of the game, not an error
    """A command that changes nothing, and why. `code` is stable; `detail` names things by id."""

    def __init__(self, code: str, detail: Mapping[str, str] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.detail = dict(detail or {})


class Phase(StrEnum):
    READY = "ready"
    BRIEFING = "briefing"
    PLAY = "play"
    DEBRIEF = "debrief"
    CLOSED = "closed"


class Status(StrEnum):
    PLANNED = "planned"
    WAITING = "waiting"  # its window is open, its conditions do not hold yet
    HELD = "held"
    QUEUED = "queued"  # fired while paused
    LEFT = "left"  # its legs tell the rest
    DELIVERED = "delivered"
    REFUSED = "refused"  # no cell took it
    SKIPPED = "skipped"
    RESERVED = "reserved"
    EXPIRED = "expired"


OVER = frozenset({Status.DELIVERED, Status.REFUSED, Status.SKIPPED, Status.EXPIRED})
NOT_LEFT = frozenset({Status.PLANNED, Status.WAITING, Status.HELD, Status.QUEUED})


class LegStatus(StrEnum):
    NOT_LEFT = "not_left"
    TO_PERFORM = "to_perform"
    LEAVING = "leaving"  # with the mail outbox; `started`: an attempt is under way
    FAILED = "failed"  # no attempt follows by itself
    UNCERTAIN = "uncertain"  # nobody knows whether it left
    BLOCKED = "blocked"
    COMES_BACK = "comes_back"
    DELIVERED = "delivered"
    ACKNOWLEDGED = "acknowledged"
    DEALT_WITH = "dealt_with"
    REFUSED = "refused"


REACHED = frozenset({LegStatus.DELIVERED, LegStatus.ACKNOWLEDGED, LegStatus.DEALT_WITH})


@dataclass(slots=True)
class LegState:
    """One receiving cell of one occurrence."""

    cell: str
    roles: tuple[str, ...]
    status: LegStatus = LegStatus.NOT_LEFT
    channel: str = ""
    ask: bool = False
    started: bool = False
    made_ms: int = 0
    """When it was really performed."""
    timer: Timer | None = None
    outbox: Outbox | None = None
    """By which it left, or is leaving, without an animator."""
    attempts: int = 0
    claimed_by: str = ""

    @property
    def under_way(self) -> bool:
        """An attempt at mail was begun and nobody knows yet how it ended."""
        return self.status is LegStatus.LEAVING and self.started


@dataclass(slots=True)
class Occurrence:
    """One playing of one stimulus."""

    id: str
    stimulus: PlannedStimulus
    due_ms: int | None
    until_ms: int | None
    legs: dict[str, LegState]
    via: str
    status: Status = Status.PLANNED
    ripe: bool = False
    """Its time came while it was held, or behind the gate of a jump."""
    on_the_spot: bool = False
    """Injected: it has no window, no condition and no `otherwise`."""
    cleared: bool = False
    """Its conditions came, or the director did without: a release asks no second time."""
    to: tuple[str, ...] = ()
    title: TextRef = NO_TEXT
    text: TextRef = NO_TEXT
    """What the last edit said; empty: what the author wrote."""
    timer: Timer | None = None
    window_end: Timer | None = None
    watching: bool = False
    returned: bool = False
    """An outbox gave it back undelivered after its effects had been applied."""

    @property
    def rank(self) -> int:
        return self.stimulus.index


@dataclass(slots=True)
class OpenExpectation:
    """An expectation of one occurrence, from the delivery that opened it."""

    occurrence: Occurrence
    expectation: PlannedExpectation
    cell: str
    deadline_ms: int | None
    ticked: ExpectationTicked | None = None
    expired: bool = False
    timer: Timer | None = None

    @property
    def key(self) -> str:
        return f"{self.occurrence.id}/{self.expectation.id}"

    @property
    def result(self) -> Tick | None:
        return None if self.ticked is None else self.ticked.result


@dataclass(slots=True)
class ContactState:
    """An incoming call or message, from the moment it was recorded (`sim_ms`)."""

    id: str
    actor: str
    cell: str
    channel: str
    sim_ms: int
    refused: bool = False
    withdrawn: bool = False
    timers: list[Timer] = field(default_factory=list)


@dataclass(slots=True)
class JumpState:
    """A fiction jump; `due_ms` moves when it is shifted or the clock advances past it."""

    jump: PlannedJump
    due_ms: int
    prepared: bool = False
    made: bool = False
    timer: Timer | None = None


@dataclass(slots=True)
class World:
    """What is true in the fiction."""

    set_down: set[str] = field(default_factory=set)
    down: frozenset[str] = frozenset()
    milestones: set[str] = field(default_factory=set)
    settled: dict[str, str] = field(default_factory=dict)
    keys: set[str] = field(default_factory=set)
    stimuli: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    """(stimulus, state) and the occurrences of which it is true."""


@dataclass(slots=True)
class Outboxes:
    """What leaves without an animator, and who may look. `open`: kinds of channel by outbox, cell
    and role ("" for the whole cell)."""

    open: dict[tuple[Outbox, str], dict[str, frozenset[str]]] = field(default_factory=dict)
    tested: bool = False
    mail_confirmed: bool = False
    received: set[tuple[str, TestWay]] = field(default_factory=set)
    granted: set[str] = field(default_factory=set)
    revoked: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Life:
    """Where the exercise stands."""

    phase: Phase = Phase.READY
    paused: bool = False
    real_stop: bool = False
    gap_ms: int | None = None
    end_ms: int = 0
    end_timer: Timer | None = None

    @property
    def running(self) -> bool:
        """Exercise time passes (in briefing: up to DEBEX)."""
        in_time = self.phase in (Phase.BRIEFING, Phase.PLAY)
        return in_time and not (self.paused or self.real_stop or self.gap_ms is not None)


UndoStep = Callable[[bool], None]
"""Withdraws one thing; the argument says whether asset effects may be withdrawn too."""


@dataclass(slots=True)
class UndoPlan:
    """What withdraws a command: its steps, last first, if every one of `possible` still says so."""

    steps: list[UndoStep] = field(default_factory=list)
    possible: list[Callable[[], bool]] = field(default_factory=list)

    def is_possible(self) -> bool:
        return bool(self.steps) and all(check() for check in self.possible)
