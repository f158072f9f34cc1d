"""The portal as one ASGI application: routes, live events, and the page for each refusal."""

from collections.abc import Callable, Iterable, Sequence

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route, Router
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cyberex.facts.model import AccessKind
from cyberex.i18n import _
from cyberex.portal import joining
from cyberex.portal.assets import static_route
from cyberex.portal.banner import banner_of
from cyberex.portal.guard import Guard, Security, TurnedAway
from cyberex.portal.live import EventStream
from cyberex.portal.page import Asked, no_access, shows
from cyberex.portal.pages import animator, observer, player, wall
from cyberex.portal.portal import Portal
from cyberex.portal.turns import Turns, waits_for_nothing

HOMES = {
    AccessKind.PLAYER: "/player",
    AccessKind.OBSERVER: "/observer",
    AccessKind.ANIMATOR: "/animator",
    AccessKind.WALL: "/wall",
}


Pages = Callable[[Portal], Sequence[BaseRoute]]

PAGES: tuple[Pages, ...] = (player.routes, observer.routes, animator.routes, wall.routes)


def portal_app(
    portal: Portal, *, names: Iterable[str] = (), pages: Iterable[Pages] = PAGES
) -> ASGIApp:
    """What the server serves; `names` are the hosts it answers to besides its own addresses."""
    routes: list[BaseRoute] = [
        Route("/", _home(portal), methods=["GET"]),
        Route("/live", _live(portal), methods=["GET"]),
        static_route(portal.static),
        shows(portal, "/part/banner", _banner, *AccessKind),
        *joining.routes(portal),
        *(route for routes_of in pages for route in routes_of(portal)),
    ]
    guarded = Guard(Router(routes), names=names)
    return Security(Turns(Faults(guarded, portal), portal.turn))


def _home(portal: Portal) -> Callable[[Request], object]:
    async def home(request: Request) -> Response:
        visitor = portal.visitor(request)
        if visitor is None:
            return no_access(request)
        return RedirectResponse(HOMES[visitor.kind], status_code=303)

    return home


async def _banner(asked: Asked) -> Response:
    return asked.part(
        "banner.html", banner=banner_of(asked.exercise, asked.portal.clocks, asked.visitor)
    )


def _live(portal: Portal) -> Callable[[Request], object]:
    async def live(request: Request) -> ASGIApp:
        visitor = portal.visitor(request)
        if visitor is None:
            return Response(status_code=401)
        seen = request.headers.get("last-event-id") or request.query_params.get("after", "")
        after = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 12 else None
        address, port = request.client or ("", 0)
        stream = portal.hub.open(visitor.grant, address, port, after)
        if stream is None:
            raise TurnedAway("too-many-streams", 429)
        return EventStream(portal.hub, stream)

    return live


class Faults:
    """Every refusal and every fault of ours becomes a page; neither repeats what was sent."""

    def __init__(self, inner: ASGIApp, portal: Portal) -> None:
        self._inner = inner
        self._portal = portal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False
        scope["app"] = self  # or the router answers by itself what it does not know

        async def sending(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._inner(scope, receive, sending)
        except HTTPException as refusal:
            if isinstance(refusal, TurnedAway):
                self._portal.refusals.add(refusal.code, Request(scope))
            status = refusal.status_code
        except Exception as error:
            self._portal.report_bug(error)
            status = 500
        else:
            return
        if begun:
            return
        if waits_for_nothing(scope):  # it has its turn
            answer = self._answer(Request(scope), status)
        else:
            async with self._portal.turn:
                answer = self._answer(Request(scope), status)
        await answer(scope, receive, send)

    def _answer(self, request: Request, status: int) -> Response:
        sentence = sentence_of(status)
        headers = {"connection": "close"} if request.method not in ("GET", "HEAD") else {}
        if request.headers.get("hx-request") == "true":
            notice = {"HX-Retarget": "#notice", "HX-Reswap": "innerHTML", **headers}
            text = self._portal.renderer.render("notice.html", said=sentence, role="alert")
            return self._portal.html(text, status, notice)
        return self._portal.message_page(
            title=_("Not done"), sentences=[sentence], status=status, headers=headers
        )


def sentence_of(status: int) -> str:
    """What to do about a refusal."""
    match status:
        case 403:
            return _("This form is not of this page, or is too old: open the page again.")
        case 404 | 405:
            return _("There is nothing here.")
        case 413:
            return _("This is too long to be sent: shorten it.")
        case 421:
            return _("This address is not the one of the exercise: type the one that is shown.")
        case 429:
            return _("Too often: wait a minute.")
        case 500:
            return _("Something went wrong here, and the animation has an account of it.")
    return _("This could not be read: open the page again.")
