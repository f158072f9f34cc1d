"""What reached the cell: the list by tabs, one item, and what the cell did of it."""

from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from cyberex.facts.commands import Acknowledge, DealWith
from cyberex.facts.model import AccessKind
from cyberex.i18n import _
from cyberex.portal.audience import Topic
from cyberex.portal.page import Asked, acts, shows
from cyberex.portal.pages.player_channels import ALL, GROUPS, Tab, cuts, shown, tabs
from cyberex.portal.pages.player_frame import INBOX, can_act, news, show
from cyberex.portal.pages.player_items import found, is_cut, item_view, received, waits
from cyberex.portal.pages.player_people import key_of
from cyberex.portal.portal import Portal
from cyberex.views.inboxes import InboxItem

ITEM = "/player/item/"


def routes(portal: Portal) -> list[Route]:
    return [
        shows(portal, INBOX, _inbox, AccessKind.PLAYER),
        shows(portal, "/player/part/inbox", _inbox_part, AccessKind.PLAYER),
        shows(portal, "/player/part/news", _news_part, AccessKind.PLAYER),
        shows(portal, "/player/item/{key}", _item, AccessKind.PLAYER),
        shows(portal, "/player/part/item/{key}", _item_part, AccessKind.PLAYER),
        acts(portal, "/player/acknowledge", _acknowledge, AccessKind.PLAYER),
        acts(portal, "/player/deal_with", _deal_with, AccessKind.PLAYER),
    ]


async def _inbox(asked: Asked) -> Response:
    return show(asked, "player_inbox.html", _("Received"), **_list(asked, ""))


async def _inbox_part(asked: Asked) -> Response:
    key = asked.request.query_params.get("key", "")
    return asked.part("player_part_inbox.html", can_act=can_act(asked), **_list(asked, key))


async def _news_part(asked: Asked) -> Response:
    return asked.part("player_part_news.html", news=news(asked), titled=True)


async def _item(asked: Asked) -> Response:
    key = asked.request.path_params["key"]
    if asked.board.inboxes.find(asked.visitor.cell, key, asked.visitor.role) is None:
        raise HTTPException(404)
    values = {**_list(asked, key), **_one(asked, key)}
    return show(asked, "player_item.html", _("Received"), **values)


async def _item_part(asked: Asked) -> Response:
    key = asked.request.path_params["key"]
    return asked.part("player_part_item.html", can_act=can_act(asked), **_one(asked, key))


def _list(asked: Asked, key: str) -> dict[str, Any]:
    """What the list is made of; an unknown tab is the one of everything. `key`: what is read."""
    chosen = asked.request.query_params.get("show", ALL)
    group = chosen if chosen in GROUPS else ALL
    all_tabs = tabs(asked)
    return {
        "key": key,
        "group": group,
        "tabs": all_tabs,
        "tab": _tab(all_tabs, group),
        "cuts": cuts(asked, group),
        "items": [item_view(asked, item) for item in shown(asked, group)],
    }


def _tab(all_tabs: tuple[Tab, ...], group: str) -> Tab:
    return next((tab for tab in all_tabs if tab.group == group), all_tabs[0])


def _one(asked: Asked, key: str) -> dict[str, Any]:
    """`item` None: it is not there any more, or cannot be read; `cut` tells which."""
    item = found(asked, key)
    known = asked.board.inboxes.find(asked.visitor.cell, key, asked.visitor.role)
    waiting = (
        other.key
        for other in received(asked)
        if waits(other) and other.key != key and not is_cut(asked.board, other)
    )
    return {
        "key": key,
        "item": item_view(asked, item) if item else None,
        "cut": known is not None and item is None,
        "after": next(waiting, ""),
        "reply_to": key_of(asked, item.sender) if item else "",
    }


async def _acknowledge(asked: Asked) -> Response:
    item = _own(asked)
    await asked.submit(Acknowledge(stimulus=item.occurrence, cell=item.cell))
    return asked.done(ITEM + item.key, _("Receipt acknowledged."), Topic.INBOX)


async def _deal_with(asked: Asked) -> Response:
    item = _own(asked)
    await asked.submit(DealWith(stimulus=item.occurrence, cell=item.cell))
    back = INBOX if asked.field("back", longest=10, needed=False) else ITEM + item.key
    return asked.done(back, _("Marked as dealt with."), Topic.INBOX)


def _own(asked: Asked) -> InboxItem:
    """The item that the form names: one that this cell has and can read."""
    item = found(asked, asked.field("key", longest=64))
    if item is None:
        raise HTTPException(404)
    return item
