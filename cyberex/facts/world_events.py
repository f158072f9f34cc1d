"""What can have happened in the fiction and in the log: milestones, decisions, assets, contacts,
notes, debrief."""

from dataclasses import dataclass

from cyberex.facts.model import (
    DebriefKind,
    Event,
    Mark,
    NoteKind,
    Speaker,
    TextRef,
)

NO_TEXT = TextRef("")


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneReached(Event):
    name = "milestone.reached"
    milestone: str
    observed_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneWithdrawn(Event):
    name = "milestone.withdrawn"
    milestone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionSettled(Event):
    name = "decision.settled"
    decision: str
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionWithdrawn(Event):
    name = "decision.withdrawn"
    decision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyPressed(Event):
    name = "key.pressed"
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyReleased(Event):
    name = "key.released"
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetSet(Event):
    """The asset itself was set down or up; `AssetDown` and `AssetUp` tell what that changed."""

    name = "asset.set"
    asset: str
    down: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetDown(Event):
    name = "asset.down"
    asset: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetUp(Event):
    name = "asset.up"
    asset: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelDown(Event):
    name = "channel.down"
    channel: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelUp(Event):
    name = "channel.up"
    channel: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteAdded(Event):
    """A line of the log; `about_wall` is the hour it speaks of, "" for now. `note` is its id."""

    name = "note.added"
    note: str
    text: TextRef
    kind: NoteKind
    cell: str = ""
    about_wall: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteWithdrawn(Event):
    name = "note.withdrawn"
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactLogged(Event):
    """Players reached an actor. `contact` is its id; `refused`: on a line that is down in the
    fiction, to be refused aloud."""

    name = "contact.logged"
    contact: str
    actor: str
    cell: str
    channel: str
    text: TextRef
    refused: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactWithdrawn(Event):
    name = "contact.withdrawn"
    contact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyDue(Event):
    """The actor's prepared answer to a contact is to be given now."""

    name = "contact.reply_due"
    contact: str
    actor: str
    cell: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyPlanned(Event):
    name = "contact.reply_planned"
    contact: str
    actor: str
    due_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LineMarked(Event):
    name = "basket.marked"
    game = False
    line: int
    mark: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class DebriefNoted(Event):
    name = "debrief.noted"
    note: str
    kind: DebriefKind
    speaker: Speaker
    text: TextRef
    cell: str = ""
    stimulus: str = ""
    objective: str = ""
