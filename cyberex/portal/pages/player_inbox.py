"""What reached the cell: the list by tabs, one item, and what the cell did of it."""

from datetime import datetime
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from cyberex.facts.commands import Acknowledge, DealWith
from cyberex.facts.model import AccessKind
from cyberex.i18n import _, language
from cyberex.plan.texts import spoken
from cyberex.portal.audience import Topic
from cyberex.portal.page import Asked, acts, shows
from cyberex.portal.pages.player_channels import ALL, GROUPS, Tab, cuts, shown, tabs
from cyberex.portal.pages.player_frame import INBOX, can_act, news, show
from cyberex.portal.pages.player_items import found, is_cut, item_view, received, waits
from cyberex.portal.pages.player_memo import Memo
from cyberex.portal.pages.player_people import key_of
from cyberex.portal.portal import Portal
from cyberex.times import format_fiction
from cyberex.views.inboxes import InboxItem

ITEM = "/player/item/"
LONGEST_KEY = 64


def routes(portal: Portal) -> list[Route]:
    parts = Parts()
    return [
        shows(portal, INBOX, _inbox, AccessKind.PLAYER),
        shows(portal, "/player/part/inbox", parts.inbox, AccessKind.PLAYER),
        shows(portal, "/player/part/news", parts.news, AccessKind.PLAYER),
        shows(portal, "/player/item/{key}", _item, AccessKind.PLAYER),
        shows(portal, "/player/part/item/{key}", parts.item, AccessKind.PLAYER),
        acts(portal, "/player/acknowledge", _acknowledge, AccessKind.PLAYER),
        acts(portal, "/player/deal_with", _deal_with, AccessKind.PLAYER),
    ]


class Parts:
    """The fragments that every device of a cell fetches when something reaches it."""

    def __init__(self) -> None:
        self._memo = Memo()

    async def inbox(self, asked: Asked) -> Response:
        key = asked.request.query_params.get("key", "")[:LONGEST_KEY]
        return self._memo.part(
            asked,
            "player_part_inbox.html",
            lambda: {"can_act": can_act(asked), **_list(asked, key)},
            _group(asked),
            key,
        )

    async def news(self, asked: Asked) -> Response:
        return self._memo.part(
            asked, "player_part_news.html", lambda: {"news": news(asked), "titled": True}
        )

    async def item(self, asked: Asked) -> Response:
        key = asked.request.path_params["key"][:LONGEST_KEY]
        return self._memo.part(
            asked,
            "player_part_item.html",
            lambda: {"can_act": can_act(asked), **_one(asked, key)},
            key,
        )


async def _inbox(asked: Asked) -> Response:
    return show(asked, "player_inbox.html", _("Received"), **_list(asked, ""))


async def _item(asked: Asked) -> Response:
    key = asked.request.path_params["key"]
    if asked.board.inboxes.find(asked.visitor.cell, key, asked.visitor.role) is None:
        raise HTTPException(404)
    values = {**_list(asked, key), **_one(asked, key)}
    return show(asked, "player_item.html", _("Received"), **values)


def _list(asked: Asked, key: str) -> dict[str, Any]:
    """What the list is made of; an unknown tab is the one of everything. `key`: what is read."""
    group = _group(asked)
    all_tabs = tabs(asked)
    return {
        "key": key,
        "group": group,
        "tabs": all_tabs,
        "tab": _tab(all_tabs, group),
        "cuts": cuts(asked, group),
        "items": [item_view(asked, item) for item in shown(asked, group)],
        "bulletins": _bulletins(asked) if group == ALL else (),
    }


def _bulletins(asked: Asked) -> tuple[tuple[str, str], ...]:
    """What was read to all the rooms at each jump: the hour in words, the text; the last first."""
    found = []
    for bulletin in asked.board.bulletins.read:
        at = datetime.fromisoformat(bulletin.fiction)
        typed = asked.exercise.text(bulletin.typed)
        text = typed or spoken(bulletin.written, at)
        found.append((format_fiction(at, language=language()), text))
    return tuple(found)


def _group(asked: Asked) -> str:
    chosen = asked.request.query_params.get("show", ALL)
    return chosen if chosen in GROUPS else ALL


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
    item = found(asked, asked.field("key", longest=LONGEST_KEY))
    if item is None:
        raise HTTPException(404)
    return item
