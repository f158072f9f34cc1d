"""What the cell wrote by itself, and what was answered."""

from dataclasses import dataclass

from cyberex.i18n import _, language
from cyberex.portal.page import Asked
from cyberex.portal.pages.player_items import is_cut, item_view, names_of, received, room_hour
from cyberex.times import format_fiction
from cyberex.views.contacts import Contact
from cyberex.views.inboxes import InboxItem
from cyberex.wording.clean import clean


@dataclass(frozen=True, slots=True)
class Reply:
    """Something of the same actor that reached the cell since; `key` "" when it was heard."""

    key: str
    said: str
    hour: str


@dataclass(frozen=True, slots=True)
class Sent:
    """`what` is how it went; `state` is its code (sent, answered, refused), `state_said` its
    words. `hour` is the fiction's, `room` the room's."""

    to: str
    what: str
    hour: str
    room: str
    text: str
    state: str
    state_said: str
    replies: tuple[Reply, ...]


def sent(asked: Asked) -> tuple[Sent, ...]:
    """The newest first. What players said aloud is the animation's to write down, not theirs to
    read."""
    written = [
        contact
        for contact in asked.board.contacts.all
        if contact.cell == asked.visitor.cell and contact.written
    ]
    return tuple(_sent(asked, contact, written) for contact in reversed(written))


def _sent(asked: Asked, contact: Contact, written: list[Contact]) -> Sent:
    names = names_of(asked)
    channel = asked.exercise.plan.channels.get(contact.channel)
    replies = _replies(asked, contact, written)
    state, said = _state(contact, replies)
    return Sent(
        to=names.actor(contact.actor) if contact.actor else _("The animation"),
        what=_("Asked to ring back")
        if channel is not None and channel.kind == "phone"
        else (names.channel(contact.channel) if contact.channel else ""),
        hour=_hour(asked, contact.sim_ms),
        room=room_hour(asked, contact.wall_at),
        text=clean(asked.exercise.text(contact.wrote)).strip(),
        state=state,
        state_said=said,
        replies=replies,
    )


def _state(contact: Contact, replies: tuple[Reply, ...]) -> tuple[str, str]:
    if contact.refused:
        return "refused", _("did not go: this line does not work")
    if contact.answered_ms is not None or replies:
        return "answered", _("answered")
    return "sent", _("sent, no answer yet")


def _replies(asked: Asked, contact: Contact, written: list[Contact]) -> tuple[Reply, ...]:
    """What came from this actor since, up to the next message to them."""
    if not contact.actor:
        return ()
    later = (other.seq for other in written if other.actor == contact.actor)
    until = min((seq for seq in later if seq > contact.seq), default=None)
    items = sorted(received(asked), key=lambda item: item.seq)
    return tuple(
        _reply(asked, item)
        for item in items
        if item.sender == contact.actor
        and item.seq > contact.seq
        and (until is None or item.seq < until)
        and not is_cut(asked.board, item)
    )


def _reply(asked: Asked, item: InboxItem) -> Reply:
    view = item_view(asked, item)
    if view.is_read:
        return Reply(view.key, view.title or view.channel, view.hour)
    return Reply("", view.line, view.hour)


def _hour(asked: Asked, sim_ms: int) -> str:
    return format_fiction(asked.board.situation.fiction(sim_ms), language=language())
