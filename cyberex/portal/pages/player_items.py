"""What a player sees of what reached their cell, and nothing more of it.

A call or a visit shows who, when and who took it: its script and its title are the animation's.
What came by a channel that is cut in the game cannot be read until it works again.
"""

import contextlib
import re
from dataclasses import dataclass
from datetime import datetime

from cyberex.i18n import _, language
from cyberex.plan.texts import spoken
from cyberex.portal.page import Asked
from cyberex.times import TimeError, format_fiction
from cyberex.views.board import Board
from cyberex.views.inboxes import InboxItem, ItemStatus
from cyberex.views.situation import State
from cyberex.wording.clean import clean, clean_line
from cyberex.wording.names import Names

WRITTEN = ("email", "sms", "media")
"""Kinds of channel that a breakdown closes to the reader."""
READ = (*WRITTEN, "document")
"""Kinds whose title and text players read; of all others they see that it came."""
CALL = "call"
LONGEST_ATTACHMENT = 64 * 1024
EXCERPT = 110

_OWN_SUBJECT = re.compile(r"\s*(?:EXERCICE[ .:–—-]*)*\s*(?:objet|subject)\s*:\s*([^\n]+)\n*", re.I)


@dataclass(frozen=True, slots=True)
class AttachmentView:
    """`text` "" when it is no text, or only named."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class ItemView:
    """One thing that reached the cell. `group` is its tab; `line` says all of a call or a visit,
    "" for what is read. `hour` is the fiction's, `room` the room's."""

    key: str
    group: str
    sender: str
    to: str
    channel: str
    hour: str
    room: str
    line: str
    title: str
    excerpt: str
    text: str
    attachments: tuple[AttachmentView, ...]
    unread: bool
    acknowledged: str
    dealt_with: str

    @property
    def is_read(self) -> bool:
        """It has something to be read, on a page of its own."""
        return not self.line

    @property
    def to_do(self) -> bool:
        return not self.dealt_with


def group_of(kind: str) -> str:
    return kind if kind in READ else CALL


def is_cut(board: Board, item: InboxItem) -> bool:
    """Its channel does not work in the game, and the game is on."""
    over = board.situation.state in (State.DEBRIEF, State.CLOSED)
    return not over and item.kind in WRITTEN and item.channel in board.world.channels_down


def names_of(asked: Asked) -> Names:
    """Participants are called by what they do."""
    return Names(asked.exercise.plan, asked.portal.people(), by_function=True)


def received(asked: Asked) -> tuple[InboxItem, ...]:
    """What reached the visitor, what waits to be read first. Calls were heard: they do not wait."""
    items = asked.board.inboxes.items(asked.visitor.cell, asked.visitor.role)
    return tuple(sorted(items, key=lambda item: (not waits(item), -item.seq)))


def waits(item: InboxItem) -> bool:
    """It is there to be read and nobody said it was."""
    return item.unread and item.kind in READ


def unread_count(asked: Asked) -> int:
    return sum(waits(item) and not is_cut(asked.board, item) for item in received(asked))


def found(asked: Asked, key: str) -> InboxItem | None:
    """The visitor's own item of this key; None too when it cannot be read now."""
    item = asked.board.inboxes.find(asked.visitor.cell, key, asked.visitor.role)
    return None if item is None or is_cut(asked.board, item) else item


def item_view(asked: Asked, item: InboxItem) -> ItemView:
    """What is shown of it."""
    names = names_of(asked)
    is_read = item.kind in READ
    title, text = _words(asked, item) if is_read else ("", "")
    sender = names.actor(item.sender)
    fiction = asked.board.situation.fiction(item.delivered_ms)
    return ItemView(
        key=item.key,
        group=group_of(item.kind),
        sender=sender,
        to=", ".join(map(names.role, item.roles)) or names.cell(item.cell),
        channel=names.channel(item.channel),
        hour=format_fiction(fiction, language=language()),
        room=room_hour(asked, item.wall_at),
        line="" if is_read else _heard(item, names, sender, f"{fiction:%H:%M}"),
        title=title,
        excerpt=_excerpt(text),
        text=text,
        attachments=_attachments(asked, item) if is_read else (),
        unread=waits(item),
        acknowledged=_said(asked, names, item.acknowledged_wall, item.acknowledged_by),
        dealt_with=_said(asked, names, item.dealt_with_wall, item.dealt_with_by)
        if item.status is ItemStatus.DEALT_WITH
        else "",
    )


def _heard(item: InboxItem, names: Names, sender: str, hour: str) -> str:
    taker = names.who(item.answered_by) if item.answered_by else ""
    match item.kind, bool(taker):
        case "visit", False:
            line = _("Visit of {who} at {hour}")
        case "visit", True:
            line = _("Visit of {who} at {hour}, received by {taker}")
        case "phone", False:
            line = _("Call from {who} at {hour}")
        case "phone", True:
            line = _("Call from {who} at {hour}, taken by {taker}")
        case _:
            line = _("{who} reached you at {hour}")
    return line.format(who=sender, hour=hour, taker=taker)


def _words(asked: Asked, item: InboxItem) -> tuple[str, str]:
    """Subject and text as they reached the cell: hours of the fiction are those of then. A text
    message has no subject."""
    planned = asked.exercise.plan.stimuli.get(item.stimulus)
    title = asked.exercise.text(item.title) if item.title else (planned.title if planned else "")
    text = asked.exercise.text(item.text) if item.text else (planned.text if planned else "")
    with contextlib.suppress(TimeError):  # typed by the director: shown as it stands
        text = spoken(text, asked.board.situation.fiction(item.delivered_ms))
    if item.kind == "sms":
        return "", clean(text).strip()
    own = _OWN_SUBJECT.match(text) if item.kind == "email" else None
    if own:
        title, text = own[1], text[own.end() :]
    return clean_line(title), clean(text).strip()


def _excerpt(text: str) -> str:
    line = clean_line(re.sub(r"^(?:EXERCICE[ .:–—-]*)+", "", text.strip()))
    return line if len(line) <= EXCERPT else line[:EXCERPT].rsplit(" ", 1)[0] + "…"


def _attachments(asked: Asked, item: InboxItem) -> tuple[AttachmentView, ...]:
    planned = asked.exercise.plan.stimuli.get(item.stimulus)
    return tuple(
        AttachmentView(clean_line(_name(title, path)), _attached_text(asked, path))
        for title, path in (planned.attachments if planned else ())
    )


def _name(title: str, path: str) -> str:
    """A file without a title is called as it is, without where it lies."""
    return path.replace("\\", "/").rsplit("/", 1)[-1] if title == path else title


def _attached_text(asked: Asked, path: str) -> str:
    content = asked.portal.for_players.files(path) if path else None
    if content is None or len(content) > LONGEST_ATTACHMENT or b"\0" in content:
        return ""
    try:
        return clean(content.decode("utf-8-sig")).strip()
    except UnicodeDecodeError:
        return ""


def _said(asked: Asked, names: Names, wall_at: str, by: str) -> str:
    """`10:12 (Informatique)`; "" while it did not happen."""
    if not wall_at:
        return ""
    hour = room_hour(asked, wall_at)
    return _("{hour} ({who})").format(hour=hour, who=names.asker(by)) if by else hour


def room_hour(asked: Asked, wall_at: str) -> str:
    """The room's hour of a recorded instant."""
    zone = asked.portal.clocks.room().tzinfo
    return f"{datetime.fromisoformat(wall_at).astimezone(zone):%H:%M}"
