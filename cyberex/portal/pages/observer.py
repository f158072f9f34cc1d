"""The pages of a visitor of kind observer."""

from starlette.responses import Response
from starlette.routing import Route

from cyberex.facts.model import AccessKind
from cyberex.portal.page import Asked, shows
from cyberex.portal.portal import Portal


def routes(portal: Portal) -> list[Route]:
    return [shows(portal, "/observer", _home, AccessKind.OBSERVER)]


async def _home(asked: Asked) -> Response:
    return asked.page("message.html", title=asked.exercise.plan.title, sentences=[])
