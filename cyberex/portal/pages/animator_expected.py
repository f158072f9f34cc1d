"""Reactions expected of what this animator played: ticked when they hear of them."""

from starlette.responses import Response
from starlette.routing import Route

from cyberex.facts.model import AccessKind
from cyberex.i18n import _
from cyberex.portal.audience import Topic
from cyberex.portal.page import Asked, shows
from cyberex.portal.pages.animator_seat import EXPECTED, Seat, does, seat, show
from cyberex.portal.pages.ticking import ExpectedView, expected_view, tick
from cyberex.portal.portal import Portal
from cyberex.views.expectations import ExpectationRow

LATEST = 10


def routes(portal: Portal) -> list[Route]:
    return [
        shows(portal, EXPECTED, _page, AccessKind.ANIMATOR),
        shows(portal, "/animator/part/expected", _part, AccessKind.ANIMATOR),
        does(portal, "/animator/tick", _tick),
    ]


async def _page(asked: Asked) -> Response:
    here = seat(asked)
    return show(here, "animator_expected.html", _("Expected reactions"), **_lists(here))


async def _part(asked: Asked) -> Response:
    here = seat(asked)
    return asked.part("animator_part_expected.html", seat=here, **_lists(here))


def _lists(here: Seat) -> dict[str, object]:
    mine = _mine(here)
    ticked = [row for row in mine if not row.tickable]
    ticked.sort(key=lambda row: row.observed_ms or 0, reverse=True)
    return {
        "expected": [_view(here, row) for row in here.expected()],
        "ticked": [_view(here, row) for row in ticked[:LATEST]],
    }


def _mine(here: Seat) -> list[ExpectationRow]:
    rows = here.board.expectations.rows
    return [row for row in rows if here.is_mine(here.voice_of(row.occurrence))]


def _view(here: Seat, row: ExpectationRow) -> ExpectedView:
    about = f"{here.names.code(row.occurrence)} {here.title(row.occurrence)}"
    return expected_view(here.asked, here.names, row, about)


async def _tick(asked: Asked) -> Response:
    """Any reaction: another animator's may be heard of too."""
    here = seat(asked)
    said = await tick(asked, here.names, here.board.expectations.rows)
    return asked.done(EXPECTED + here.query, said, Topic.CALLS)
