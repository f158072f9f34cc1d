"""What every command and every event have in common. Pure values: no clock, no text, no IO.

Names are stable strings, never class paths. Texts that people type are not here: a `TextRef` names
one by its salted digest, the text itself lives beside the chain and may be erased.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar, NewType

RULES = 1
"""Number of the rules of the game: raised when a recorded exercise would play differently."""

TextRef = NewType("TextRef", str)
"""Salted digest of a text that a person typed; "" where nothing was said."""

Json = Mapping[str, Any]

CLOCK = "clock"
"""Cause of what happens because its time came."""


class CallOutcome(StrEnum):
    """How a performed call, visit or handing over ended."""

    DONE = "done"
    NO_ANSWER = "no_answer"
    BUSY = "busy"
    REFUSED = "refused"


class Tick(StrEnum):
    """What was seen of an expected reaction."""

    SEEN = "seen"
    PARTLY = "partly"
    NOT_SEEN = "not_seen"


class SkipReason(StrEnum):
    DIRECTOR = "director"
    CONDITION = "condition"  # its window closed before its conditions held
    FOLLOWS = "follows"  # what it follows was itself skipped
    ADVANCE = "advance"
    JUMP = "jump"
    CHANNEL = "channel"  # its channel is down and it says `if_down: skip`
    UNDO = "undo"  # what had planned it was undone
    CATCH_UP = "catch_up"


class PlannedBy(StrEnum):
    """Why an occurrence that the chronogram did not hold was planned."""

    RESERVE = "reserve"  # injected by the director
    COMPOSED = "composed"  # made up on the spot
    OUTCOME = "outcome"  # a decision's branch
    OTHERWISE = "otherwise"
    COMES_BACK = "comes_back"
    REPLY = "reply"  # an actor answers the players
    AGAIN = "again"  # fired once more


class ShiftScope(StrEnum):
    ONE = "one"
    FOLLOWING = "following"
    THREAD = "thread"


class CellState(StrEnum):
    """What an observer says of a cell in one tap."""

    OVERWHELMED = "overwhelmed"
    AT_PACE = "at_pace"
    WAITING = "waiting"
    FINISHED = "finished"


class NoteKind(StrEnum):
    FACT = "fact"
    DECISION = "decision"
    ACTION = "action"
    REMARK = "remark"


class Mark(StrEnum):
    """In which side of the debrief basket a line was put."""

    PLUS = "plus"
    MINUS = "minus"
    NONE = "none"


class DebriefKind(StrEnum):
    POSITIVE = "positive"
    IMPROVEMENT = "improvement"
    ACTION = "action"


class Speaker(StrEnum):
    """Who takes the floor at the debrief, players first."""

    PLAYER = "player"
    OBSERVER = "observer"
    ANIMATOR = "animator"
    DIRECTOR = "director"


class Outbox(StrEnum):
    """A way out that needs no animator."""

    PORTAL = "portal"
    MAIL = "mail"


class AccessKind(StrEnum):
    """What the bearer of an access sees and may do."""

    PLAYER = "player"
    OBSERVER = "observer"
    ANIMATOR = "animator"
    WALL = "wall"


class TestWay(StrEnum):
    """How a contact test reaches somebody; `attachment`: a mail with a file like the game's."""

    __test__ = False  # its name must not make pytest collect it

    MAIL = "mail"
    ATTACHMENT = "attachment"
    PORTAL = "portal"
    PHONE = "phone"


class CellLineKind(StrEnum):
    """What players write in the log of their cell."""

    FACT = "fact"
    DECISION = "decision"
    ACTION = "action"
    SITUATION = "situation"  # a report on where the cell stands


class GapAnswer(StrEnum):
    PAUSE = "pause"
    PLAYED = "played"


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """Something asked of the exercise. Subclasses give `name`, as recorded and as scripted."""

    name: ClassVar[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened. `game` is False for what pace and pauses alone bring about."""

    name: ClassVar[str]
    version: ClassVar[int] = 1
    game: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Request:
    """A command with who asks. `id` makes submitting twice harmless; `origin` is the client
    (console, script, headless, portal)."""

    id: str
    by: str
    origin: str
    command: Command


@dataclass(frozen=True, slots=True)
class Batch:
    """One transaction: a command or one instant of the engine, with every event it caused.

    `sim_ms` is exercise time in milliseconds, for a command that moves it (advance) the instant
    before the move; `cause` is the request's id or CLOCK.
    """

    sim_ms: int
    cause: str
    events: tuple[Event, ...]
    request: Request | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event as the journal keeps it. `seq` starts at 1 without gaps; `wall_at` is UTC,
    ISO 8601; `request` stands on the first event of a command's transaction."""

    seq: int
    sim_ms: int
    wall_at: str
    cause: str
    event: Event
    request: Request | None = None
