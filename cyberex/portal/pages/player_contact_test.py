"""« I confirm that I receive »: the contact test, answered before the exercise."""

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from cyberex.exercise.running import Refused
from cyberex.facts.delivery_commands import ReportTestReceived
from cyberex.facts.model import AccessKind, TestWay
from cyberex.i18n import _
from cyberex.portal.audience import Topic
from cyberex.portal.page import Asked, acts, shows
from cyberex.portal.pages.player_frame import TEST, show
from cyberex.portal.pages.player_items import names_of
from cyberex.portal.pages.player_testing import has_confirmed, tested
from cyberex.portal.portal import Portal


def routes(portal: Portal) -> list[Route]:
    return [
        shows(portal, TEST, _page, AccessKind.PLAYER),
        shows(portal, "/player/part/test", _part, AccessKind.PLAYER),
        acts(portal, TEST, _confirm, AccessKind.PLAYER),
    ]


async def _page(asked: Asked) -> Response:
    return show(asked, "player_test.html", _("Contact test"), people=_people(asked))


async def _part(asked: Asked) -> Response:
    return asked.part("player_part_test.html", people=_people(asked))


def _people(asked: Asked) -> list[tuple[str, str, bool]]:
    """Id, function, and whether they have confirmed."""
    names = names_of(asked)
    return [
        (person.id, names.person(person), has_confirmed(asked, person)) for person in tested(asked)
    ]


async def _confirm(asked: Asked) -> Response:
    chosen = asked.field("person", longest=200)
    if chosen not in {person.id for person in tested(asked)}:
        raise HTTPException(404)
    try:
        await asked.submit(ReportTestReceived(person=chosen, way=TestWay.PORTAL))
    except Refused as refusal:
        if refusal.code != "nothing-to-change":
            raise
    return asked.done(TEST, _("Thank you: the animation knows that you receive."), Topic.TEST)
