"""A meeting-room screen: what the world sees of the fiction, followed without anybody's hand."""

from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from cyberex.documents.interactive_style import STYLE
from cyberex.facts.model import AccessKind
from cyberex.i18n import _
from cyberex.portal.banner import banner_of
from cyberex.portal.page import Asked, shows
from cyberex.portal.pages.wall_screens import on_the_wall
from cyberex.portal.portal import Portal

EARLIER = 5
"""So many older screens are listed beside the newest."""
RUNNING = 6
"""So many headlines run below."""


def routes(portal: Portal) -> list[Route]:
    return [
        shows(portal, "/wall", _page, AccessKind.WALL),
        shows(portal, "/wall/part", _part, AccessKind.WALL),
        shows(portal, "/wall/screens.css", _style, AccessKind.WALL),
    ]


async def _page(asked: Asked) -> Response:
    return asked.page("wall.html", title=_("What the world sees"), **_front(asked))


async def _part(asked: Asked) -> Response:
    return asked.part("wall_part.html", **_front(asked))


async def _style(_asked: Asked) -> Response:
    """How simulated screens look, the same as those opened from files."""
    return Response(STYLE, media_type="text/css")


def _front(asked: Asked) -> dict[str, Any]:
    shown = on_the_wall(asked)
    return {
        "front": shown[0] if shown else None,
        "earlier": shown[1 : 1 + EARLIER],
        "running": [item for item in shown if item.kind != "ransom"][:RUNNING],
        "clock": banner_of(asked.exercise, asked.portal.clocks),
    }
