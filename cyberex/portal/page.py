"""How a page is made and an act received: what every module of `pages` is written with.

A module of `pages` has one function, `routes(portal) -> list[Route]`, made of `shows` (GET, changes
nothing) and `acts` (POST). Both say which kinds of visitor they are for: anybody else gets a 404, a
request without a good access is sent to the join page. Handlers get an `Asked`.
"""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl
from uuid import NAMESPACE_URL, uuid5

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from cyberex.errors import UserError
from cyberex.exercise.feed import Transaction
from cyberex.exercise.running import Exercise, Refused
from cyberex.facts.model import AccessKind, Command, TextRef
from cyberex.i18n import _
from cyberex.portal.audience import Topic
from cyberex.portal.guard import TurnedAway
from cyberex.portal.session import Visitor
from cyberex.views.board import Board

if TYPE_CHECKING:
    from cyberex.portal.portal import Portal

LONGEST_TEXT = 4_000
MOST_FIELDS = 50
SLOWEST_FORM_S = 20.0
JOIN_PAGE = "/join"
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class NavItem:
    """One entry of a page's menu. `count`: what waits there, shown when it is not 0."""

    href: str
    label: str
    count: int = 0


class FormError(Exception):
    """A field of a form is missing or too long; the sentence is for whoever filled it."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(slots=True)
class Asked:
    """A request of a visitor, with all that a page may need. `form` is empty for a GET.

    A page reads `board` for its own cell only: `visitor` says which.
    """

    portal: "Portal"
    request: Request
    visitor: Visitor
    form: Mapping[str, str] = field(default_factory=dict)

    @property
    def exercise(self) -> Exercise:
        return self.portal.exercise

    @property
    def board(self) -> Board:
        return self.portal.exercise.board

    @property
    def enhanced(self) -> bool:
        """Asked by the page's script, which wants a fragment, not a page."""
        return self.request.headers.get("hx-request") == "true"

    def page(
        self, template: str, /, *, title: str, nav: Sequence[NavItem] = (), **values: Any
    ) -> Response:
        """A whole page from a template that extends `base.html`."""
        return HTMLResponse(
            self.portal.render_page(
                template,
                title=title,
                nav=nav,
                here=self.request.url.path,
                notice=self.portal.notices.pop(self.visitor.grant.grant, ""),
                visitor=self.visitor,
                **values,
            )
        )

    def part(self, template: str, /, **values: Any) -> Response:
        """A fragment of a page, from a template that extends nothing."""
        return HTMLResponse(
            self.portal.renderer.render(
                template,
                visitor=self.visitor,
                form_token=self.visitor.form_token,
                once=new_once(),
                **values,
            )
        )

    def field(self, name: str, *, longest: int = LONGEST_TEXT, needed: bool = True) -> str:
        """What was typed, without spaces around. FormError if too long, or missing and `needed`."""
        said = self.form.get(name, "").replace("\r\n", "\n").strip()
        if needed and not said:
            raise FormError(_("Something is missing: fill the form in."))
        if len(said) > longest:
            raise FormError(
                _("This text is too long: {length} characters, {longest} at most.").format(
                    length=len(said), longest=longest
                )
            )
        return said

    def say(self, text: str) -> TextRef:
        """The text as a command carries it."""
        return self.exercise.say(text)

    async def submit(self, command: Command) -> Transaction:
        """In this visitor's name. The very same form sent twice is done once: see `once`. What only
        players write comes from "portal": views tell it from what the animation recorded."""
        once = self.form.get("once", "")
        said = sorted((name, value) for name, value in self.form.items() if name != "form_token")
        name = repr((self.visitor.grant.grant, self.request.url.path, command.name, said))
        return await self.exercise.submit(
            command,
            by=self.visitor.by,
            origin="portal" if self.visitor.kind is AccessKind.PLAYER else self.visitor.kind.value,
            id=uuid5(NAMESPACE_URL, name).hex if once else None,
        )

    def done(self, back: str, said: str = "", *topics: Topic) -> Response:
        """The answer to an act: `said` is told, `topics` are fetched again; without the page's
        script, page `back` is."""
        if self.enhanced:
            return self._notice(said, 200, "status", topics)
        self.portal.notices[self.visitor.grant.grant] = said
        return RedirectResponse(back, status_code=303)

    def moved_on(self, back: str, said: str) -> Response:
        """The answer to an act after which its page is of no use: page `back` is opened, and `said`
        told there."""
        if not self.enhanced:
            return self.done(back, said)
        self.portal.notices[self.visitor.grant.grant] = said
        return Response(headers={"HX-Redirect": back})

    def refused(self, sentence: str, status: int = 409) -> Response:
        """The act changed nothing, and why."""
        if self.enhanced:
            return self._notice(sentence, status, "alert", ())
        return self.portal.message_page(
            title=_("Not done"), sentences=[sentence], status=status, visitor=self.visitor
        )

    def _notice(self, said: str, status: int, role: str, topics: Sequence[Topic]) -> Response:
        headers = {"HX-Retarget": "#notice", "HX-Reswap": "innerHTML"}
        if topics:
            headers["HX-Trigger"] = ", ".join(f"topic-{topic}" for topic in topics)
        text = self.portal.renderer.render("notice.html", said=said, role=role)
        return HTMLResponse(text, status, headers)


Handler = Callable[[Asked], Awaitable[Response]]


def shows(portal: "Portal", path: str, handler: Handler, *kinds: AccessKind) -> Route:
    """A page or a fragment: `handler` answers a GET of these kinds of visitors."""

    async def answer(request: Request) -> Response:
        visitor = portal.visitor(request)
        if visitor is None:
            return no_access(request)
        if visitor.kind not in kinds:
            raise HTTPException(404)
        return await handler(Asked(portal, request, visitor))

    return Route(path, answer, methods=["GET"])


def acts(portal: "Portal", path: str, handler: Handler, *kinds: AccessKind) -> Route:
    """An act: `handler` answers a POST of a form of these kinds of visitors, whose form token was
    checked. What the exercise or the form refuses is told by itself."""

    async def answer(request: Request) -> Response:
        visitor = portal.visitor(request)
        if visitor is None:
            return no_access(request)
        if visitor.kind not in kinds:
            raise HTTPException(404)
        form = await read_form(request)
        portal.check_form(visitor, form)
        portal.count_post(visitor)
        asked = Asked(portal, request, visitor, form)
        try:
            return await handler(asked)
        except Refused as refusal:
            return asked.refused(portal.why_refused(refusal))
        except FormError as mistake:
            return asked.refused(mistake.sentence, 422)
        except UserError:
            return asked.refused(
                _("The exercise does not answer for now. Tell the animation by telephone."), 503
            )

    return Route(path, answer, methods=["POST"])


def no_access(request: Request) -> Response:
    """To the join page; a script's request is told so that the whole page goes there."""
    if request.headers.get("hx-request") == "true":
        return Response(status_code=401, headers={"HX-Redirect": JOIN_PAGE})
    return RedirectResponse(JOIN_PAGE, status_code=303)


def new_once() -> str:
    """Tells two forms of the same words apart."""
    return secrets.token_urlsafe(9)


async def read_form(request: Request) -> dict[str, str]:
    """The fields of a form, the first of each name. 415 for anything but a plain form."""
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != FORM:
        raise TurnedAway("bad-form", 415)
    try:
        async with asyncio.timeout(SLOWEST_FORM_S):
            body = await request.body()
    except TimeoutError:
        raise TurnedAway("bad-form", 408) from None
    try:
        pairs = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            max_num_fields=MOST_FIELDS,
            errors="replace",
        )
    except ValueError as error:
        raise TurnedAway("bad-form", 400) from error
    found: dict[str, str] = {}
    for name, value in pairs:
        found.setdefault(name, value)
    return found
