"""What will be played, when, by whom and on what condition: the scenario made executable.

Everything here is resolved: times are exercise milliseconds, references exist, receivers are cells.
Built by `plan.build`; a plan that exists can be played.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cyberex.plan.graph import Dependencies

MINUTE_MS = 60_000
CALL_BACK_MS = 2 * MINUTE_MS
"""A busy or unanswered call comes back after this long (exercise time)."""


class Importance(StrEnum):
    ESSENTIAL = "essential"
    NORMAL = "normal"
    OPTIONAL = "optional"


class Nature(StrEnum):
    NORMAL = "normal"
    NUDGE = "nudge"
    NOISE = "noise"


class IfDown(StrEnum):
    FALLBACK = "fallback"
    WAIT = "wait"
    SKIP = "skip"
    ASK = "ask"


class FactKind(StrEnum):
    MILESTONE = "milestone"  # subject reached
    OUTCOME = "outcome"  # decision `subject` settled as `detail`
    ASSET = "asset"  # subject is `detail`: down or up
    STIMULUS = "stimulus"  # subject is `detail`: delivered, acknowledged, done, skipped
    KEY = "key"  # the director pressed key `subject`


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that holds or not at an instant; conditions are built of nothing else."""

    kind: FactKind
    subject: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Conditions:
    """Hold when every fact of `when` holds and none of `unless` does."""

    when: tuple[Fact, ...] = ()
    unless: tuple[Fact, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.when or self.unless)


ALWAYS = Conditions()


@dataclass(frozen=True, slots=True)
class After:
    """`low_ms` to `high_ms` after the first instant at which `fact` holds."""

    fact: Fact
    low_ms: int = 0
    high_ms: int = 0


@dataclass(frozen=True, slots=True)
class Otherwise:
    """What becomes of a stimulus whose window closes: "skip", "reserve" or "play" another."""

    action: str = "skip"
    play: str = ""


@dataclass(frozen=True, slots=True)
class Window:
    """When a stimulus may leave: from `at_ms` (or `after`) until `until_ms`, both included.

    `until_ms` None: the instant alone if `otherwise` was written, else open until FINEX.
    """

    at_ms: int | None = None
    after: After | None = None
    until_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Leg:
    """One receiving cell, and the roles in it that the author named (all of them if none)."""

    cell: str
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedExpectation:
    """`within_ms` counts from delivery, None: no limit. `cell` "" : all that receive."""

    id: str
    text: str
    within_ms: int | None
    cell: str = ""
    role: str = ""
    objective: str = ""
    reaches: str = ""
    settles: str = ""


@dataclass(frozen=True, slots=True)
class PlannedStimulus:
    """`index` is the order in the file: what leaves first at one instant. `window` is None for
    the reserve."""

    id: str
    index: int
    title: str
    text: str
    sender: str
    to: tuple[str, ...]
    legs: tuple[Leg, ...]
    via: str
    window: Window | None = None
    conditions: Conditions = ALWAYS
    otherwise: Otherwise | None = None
    if_down: IfDown = IfDown.FALLBACK
    importance: Importance = Importance.NORMAL
    nature: Nature = Nature.NORMAL
    thread: str = ""
    sequence: str = ""
    remarks: str = ""
    if_stuck: str = ""
    attachments: tuple[tuple[str, str], ...] = ()
    handout: str = ""
    expectations: tuple[PlannedExpectation, ...] = ()
    effects: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class BulletinVariant:
    conditions: Conditions
    bulletin: str


@dataclass(frozen=True, slots=True)
class PlannedJump:
    """A gate: from `at_ms`, the fiction goes to `to`. `index` orders it among stimuli."""

    id: str
    index: int
    at_ms: int
    to: datetime
    title: str
    bulletin: str
    variants: tuple[BulletinVariant, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """What an actor does when players reach them, `low_ms` to `high_ms` later."""

    low_ms: int
    high_ms: int
    text: str = ""
    play: str = ""
    conditions: Conditions = ALWAYS


@dataclass(frozen=True, slots=True)
class ComesBack:
    """Once `after` holds plays `play`, first after its delay, then every `every_ms`, at most
    `at_most` times and until `until` holds."""

    play: str
    after: After
    every_ms: int
    until: Fact | None
    at_most: int


@dataclass(frozen=True, slots=True)
class Actor:
    id: str
    title: str
    kind: str
    played_by: str = ""
    brief: str = ""
    phone: str = ""
    email: str = ""
    reply: Reply | None = None
    comes_back: ComesBack | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """`travel_ms`: how long a visit or a document needs to reach it."""

    id: str
    title: str
    place: str = ""
    travel_ms: int = 0


@dataclass(frozen=True, slots=True)
class Role:
    id: str
    title: str
    cell: str
    brief: str = ""


@dataclass(frozen=True, slots=True)
class Channel:
    """`kind`: phone, sms, email, visit, document, media, radio or other."""

    id: str
    title: str
    kind: str
    needs: tuple[str, ...] = ()
    fallback: str = ""

    @property
    def is_done_when_delivered(self) -> bool:
        """A call, visit or document is done once made; a message when the cell dealt with it."""
        return self.kind not in ("email", "sms", "media")


@dataclass(frozen=True, slots=True)
class Titled:
    """A thing of the scenario that has a name and nothing to compute: sequence, key, asset."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Objective:
    id: str
    title: str
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Milestone:
    id: str
    title: str
    objective: str = ""
    effects: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    id: str
    title: str
    effects: tuple[tuple[str, bool], ...] = ()
    play: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    id: str
    title: str
    outcomes: Mapping[str, Outcome]
    objective: str = ""


@dataclass(frozen=True, slots=True)
class Timing:
    """`startex` is the fiction's hour at DEBEX, without zone; `is_now` means the room's hour, which
    the command that gives DEBEX then tells."""

    startex: datetime
    is_now: bool
    briefing_ms: int
    play_ms: int
    debrief_ms: int


@dataclass(frozen=True, slots=True)
class Plan:
    """A scenario ready to play. Mappings are in file order; `stimuli` holds the reserve too."""

    id: str
    title: str
    language: str
    level: str
    sector: str
    synopsis: str
    briefing_text: str
    rules: tuple[str, ...]
    timing: Timing
    objectives: Mapping[str, Objective]
    cells: Mapping[str, Cell]
    roles: Mapping[str, Role]
    actors: Mapping[str, Actor]
    assets: Mapping[str, Titled]
    channels: Mapping[str, Channel]
    milestones: Mapping[str, Milestone]
    decisions: Mapping[str, Decision]
    keys: Mapping[str, Titled]
    sequences: Mapping[str, Titled]
    jumps: Mapping[str, PlannedJump]
    stimuli: Mapping[str, PlannedStimulus]
    expectations: Mapping[str, tuple[PlannedStimulus, PlannedExpectation]]
    assets_down_at_start: tuple[str, ...]
    dependencies: Dependencies
    """Which asset or channel falls with which."""

    @property
    def chronogram(self) -> tuple[PlannedStimulus, ...]:
        """The stimuli that have a time or a cause, in file order."""
        return tuple(item for item in self.stimuli.values() if item.window is not None)

    @property
    def reserve(self) -> tuple[PlannedStimulus, ...]:
        return tuple(item for item in self.stimuli.values() if item.window is None)
