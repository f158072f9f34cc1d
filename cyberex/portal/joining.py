"""How somebody comes in: by a code they type or scan, by a link of their own.

Looking at an address changes nothing, for mail scanners and chat previews look at every link: it
shows a page with one button, and the button joins.
"""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from cyberex.errors import UserError
from cyberex.exercise.running import Refused
from cyberex.facts.model import AccessKind
from cyberex.i18n import _
from cyberex.portal.access import plain
from cyberex.portal.audience import Audience, audience_of
from cyberex.portal.guard import TurnedAway, address_of
from cyberex.portal.page import JOIN_PAGE, read_form
from cyberex.portal.portal import Portal
from cyberex.portal.session import LONGEST_TOKEN
from cyberex.views.access import Grant

COOKIE_LIFE_S = 7 * 24 * 3600


def routes(portal: Portal) -> list[Route]:
    joining = Joining(portal)
    return [
        Route(JOIN_PAGE, joining.ask, methods=["GET"]),
        Route(JOIN_PAGE, joining.join, methods=["POST"]),
        Route("/j/{code}", joining.ask, methods=["GET"]),
        Route("/l/{token}", joining.offer, methods=["GET"]),
        Route("/l/{token}", joining.take, methods=["POST"]),
        Route("/leave", joining.leave, methods=["POST"]),
    ]


class Joining:
    """The pages before there is a session."""

    def __init__(self, portal: Portal) -> None:
        self._portal = portal

    async def ask(self, request: Request) -> Response:
        """The form for a code, filled with the one of the address."""
        return self._form(request, plain(request.path_params.get("code", "")))

    async def join(self, request: Request) -> Response:
        """A right code makes a new access, of this device alone, unless it has it already."""
        form = await read_form(request)
        codes, address = self._portal.accesses.codes, address_of(request)
        if not codes.may_try(address):
            self._portal.refusals.add("too-often", request)
            return await self._sorry(request, _("Too many wrong codes: wait a minute."), 429)
        audience = codes.audience_of(form.get("code", ""), address)
        if audience is None:
            self._portal.refusals.add("wrong-code", request)
            said = _("This code is not good, or not any more: ask the animation for the new one.")
            return await self._sorry(request, said, 403)
        visitor = self._portal.visitor(request)
        if visitor is not None and visitor.audience == audience:
            return RedirectResponse("/", status_code=303)
        if not codes.take_access(address):
            raise TurnedAway("too-often", 429)
        try:
            token = await self._portal.accesses.give(audience)
        except (Refused, UserError):
            said = _("The exercise lets nobody in for now. Tell the animation by telephone.")
            return await self._sorry(request, said, 503)
        return self._welcome(token)

    async def offer(self, request: Request) -> Response:
        """A personal link: what it opens, and one button."""
        grant = self._grant(request)
        if grant is None:
            return self._dead_link(request)
        return self._page(
            request,
            "link.html",
            title=_("Join"),
            who=self.who(audience_of(grant)),
            button=_("Come in"),
        )

    async def take(self, request: Request) -> Response:
        """The button of a personal link."""
        await read_form(request)
        token = request.path_params["token"]
        if self._grant(request):
            return self._welcome(token)
        async with self._portal.turn:
            return self._dead_link(request)

    async def leave(self, request: Request) -> Response:
        """This device forgets its access; the access itself stays good."""
        visitor = self._portal.visitor(request)
        if visitor is not None:
            self._portal.check_form(visitor, await read_form(request))
        response = RedirectResponse(JOIN_PAGE, status_code=303)
        response.delete_cookie(self._portal.cookie)
        return response

    def who(self, audience: Audience) -> str:
        """As whom one comes in, in words."""
        plan = self._portal.exercise.plan
        cell = plan.cells[audience.cell].title if audience.cell in plan.cells else audience.cell
        match audience.kind:
            case AccessKind.PLAYER if audience.role in plan.roles:
                return _("{role}, {cell}").format(role=plan.roles[audience.role].title, cell=cell)
            case AccessKind.PLAYER:
                return cell
            case AccessKind.OBSERVER:
                return _("observer: {cell}").format(cell=cell) if cell else _("observer")
            case AccessKind.ANIMATOR:
                return _("animator {voice}").format(voice=audience.voice).strip()
        return _("wall screen")

    def _grant(self, request: Request) -> Grant | None:
        token = request.path_params["token"]
        grant = self._portal.accesses.find(token) if len(token) <= LONGEST_TOKEN else None
        if grant is None:
            self._portal.refusals.add("unknown-access", request)
        return grant

    def _welcome(self, token: str) -> Response:
        response = RedirectResponse("/", status_code=303)
        response.set_cookie(
            self._portal.cookie,
            token,
            max_age=COOKIE_LIFE_S,
            httponly=True,
            samesite="lax",
            secure=self._portal.secure,
            path="/",
        )
        return response

    def _form(self, request: Request, code: str, wrong: str = "", status: int = 200) -> Response:
        return self._page(request, "join.html", status, title=_("Join"), code=code, wrong=wrong)

    async def _sorry(self, request: Request, wrong: str, status: int) -> Response:
        """The form again. In its turn: anybody may send it as often as they like."""
        async with self._portal.turn:
            return self._form(request, "", wrong, status)

    def _dead_link(self, request: Request) -> Response:
        said = _("This link is not good, or not any more. Type the code that the animation shows.")
        return self._form(request, "", said, 403)

    def _page(
        self, request: Request, template: str, status: int = 200, **values: object
    ) -> Response:
        page = self._portal.render_page(template, visitor=None, path=request.url.path, **values)
        return self._portal.html(page, status)
