"""What reached the observed cell, as it did, and what the cell said of it."""

from dataclasses import dataclass

from starlette.responses import Response
from starlette.routing import Route

from cyberex.facts.model import AccessKind
from cyberex.i18n import _, language
from cyberex.plan.texts import spoken
from cyberex.portal.page import Asked, shows
from cyberex.portal.pages.noted import room_hour
from cyberex.portal.pages.observer_seat import RECEIVED, Watch, show, watch
from cyberex.portal.portal import Portal
from cyberex.times import TimeError, format_fiction
from cyberex.views.inboxes import InboxItem, ItemStatus
from cyberex.wording.clean import clean, clean_line


@dataclass(frozen=True, slots=True)
class ReceivedView:
    """`hour` is the room's, `fiction` the game's; `became` what the cell did of it."""

    key: str
    hour: str
    fiction: str
    sender: str
    to: str
    channel: str
    title: str
    text: str
    became: str
    done: bool


def routes(portal: Portal) -> list[Route]:
    return [
        shows(portal, RECEIVED, _page, AccessKind.OBSERVER),
        shows(portal, "/observer/part/received", _part, AccessKind.OBSERVER),
    ]


async def _page(asked: Asked) -> Response:
    here = watch(asked)
    title = _("What the cell received")
    return show(here, "observer_received.html", title, items=_items(here))


async def _part(asked: Asked) -> Response:
    here = watch(asked)
    return asked.part("observer_part_received.html", watch=here, items=_items(here))


def _items(here: Watch) -> list[ReceivedView]:
    """The newest first."""
    items = here.asked.board.inboxes.items(here.cell)
    return [_view(here, item) for item in sorted(items, key=lambda item: -item.seq)]


def _view(here: Watch, item: InboxItem) -> ReceivedView:
    names, asked = here.names, here.asked
    fiction = asked.board.situation.fiction(item.delivered_ms)
    return ReceivedView(
        key=item.key,
        hour=room_hour(asked, item.wall_at),
        fiction=format_fiction(fiction, language=language()),
        sender=names.actor(item.sender),
        to=", ".join(map(names.role, item.roles)),
        channel=names.channel(item.channel),
        title=title_of(asked, item),
        text=_text(asked, item),
        became=_became(here, item),
        done=item.status is ItemStatus.DEALT_WITH,
    )


def title_of(asked: Asked, item: InboxItem) -> str:
    planned = asked.exercise.plan.stimuli.get(item.stimulus)
    typed = asked.exercise.text(item.title) if item.title else ""
    return clean_line(typed or (planned.title if planned else ""))


def _text(asked: Asked, item: InboxItem) -> str:
    """As it reached the cell: the hours of the fiction are those of then."""
    planned = asked.exercise.plan.stimuli.get(item.stimulus)
    text = asked.exercise.text(item.text) if item.text else (planned.text if planned else "")
    try:
        return clean(spoken(text, asked.board.situation.fiction(item.delivered_ms))).strip()
    except TimeError:  # typed by the director: shown as it stands
        return clean(text).strip()


def _became(here: Watch, item: InboxItem) -> str:
    said = []
    if item.answered_by:
        said.append(_("taken by {who}").format(who=here.names.who(item.answered_by)))
    if item.acknowledged_wall:
        hour = room_hour(here.asked, item.acknowledged_wall)
        said.append(_("acknowledged at {hour}").format(hour=hour))
    if item.dealt_with_wall:
        hour = room_hour(here.asked, item.dealt_with_wall)
        said.append(_("dealt with at {hour}").format(hour=hour))
    return ", ".join(said)
