"""The pages of a visitor of kind player."""

from starlette.responses import Response
from starlette.routing import Route

from cyberex.facts.model import AccessKind
from cyberex.portal.page import Asked, shows
from cyberex.portal.portal import Portal


def routes(portal: Portal) -> list[Route]:
    return [shows(portal, "/player", _home, AccessKind.PLAYER)]


async def _home(asked: Asked) -> Response:
    return asked.page("message.html", title=asked.exercise.plan.title, sentences=[])
