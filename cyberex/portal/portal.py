"""The portal of one exercise: what its pages, its live events and its console desk share."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from cyberex.exercise.clocks import Clocks
from cyberex.exercise.running import Exercise, Refused
from cyberex.facts.people import Person
from cyberex.portal.access import Accesses
from cyberex.portal.assets import static_files
from cyberex.portal.banner import banner_of
from cyberex.portal.for_observers import Criterion
from cyberex.portal.for_players import NOTHING_FOR_PLAYERS, ForPlayers
from cyberex.portal.guard import Refusals, TurnedAway, equal
from cyberex.portal.limits import PerKey
from cyberex.portal.live import Hub
from cyberex.portal.page import new_once
from cyberex.portal.refusing import why_refused
from cyberex.portal.rendering import Renderer
from cyberex.portal.session import Visitor, cookie_name, form_token_of, token_of
from cyberex.portal.turns import PAGES_AT_ONCE

POSTS, POSTS_WINDOW_S = 30, 60.0


class Portal:
    """Made once an exercise; `app.portal_app` serves it. Its task is `hub.run()`.

    `people` is the directory, asked each time: it may be erased. `report_bug` keeps the account of
    an exception that is our fault: the exercise goes on. `for_players` is what they may look up,
    `criteria` the observation sheet.
    """

    def __init__(
        self,
        exercise: Exercise,
        *,
        clocks: Clocks,
        people: Callable[[], Sequence[Person]] = tuple,
        report_bug: Callable[[BaseException], object] = repr,
        for_players: ForPlayers = NOTHING_FOR_PLAYERS,
        criteria: Sequence[Criterion] = (),
    ) -> None:
        self.exercise = exercise
        self.clocks = clocks
        self.people = people
        self.report_bug = report_bug
        self.for_players = for_players
        self.criteria = criteria
        self.static = static_files()
        self.renderer = Renderer(self.static)
        self.refusals = Refusals(clocks)
        self.accesses = Accesses(exercise, clocks)
        self.hub = Hub(exercise, clocks, self.accesses)
        self.turn = asyncio.Semaphore(PAGES_AT_ONCE)
        self.notices: dict[str, str] = {}
        self.cookie = cookie_name(exercise.created.exercise)
        self.secure = False
        self._posts = PerKey(clocks, POSTS, POSTS_WINDOW_S)

    def visitor(self, request: Request) -> Visitor | None:
        """Who asks; None without an access that is good now."""
        token = token_of(request, self.cookie)
        grant = self.accesses.find(token) if token else None
        if grant is None:
            if token:
                self.refusals.add("unknown-access", request)
            return None
        return Visitor(grant, form_token_of(token))

    def check_form(self, visitor: Visitor, form: dict[str, str]) -> None:
        """403 unless the form was made for this session."""
        if not equal(form.get("form_token", ""), visitor.form_token):
            raise TurnedAway("bad-form", 403)

    def count_post(self, visitor: Visitor) -> None:
        """429 when a session posts too much."""
        if not self._posts.take(visitor.grant.grant):
            raise TurnedAway("too-often", 429)

    def why_refused(self, refusal: Refused) -> str:
        return why_refused(refusal)

    def render_page(
        self, template: str, /, *, visitor: Visitor | None = None, **values: Any
    ) -> str:
        """A whole page: `base.html` is given what it needs whoever looks."""
        return self.renderer.render(
            template,
            **{
                "banner": banner_of(self.exercise, self.clocks, visitor),
                "visitor": visitor,
                "form_token": visitor.form_token if visitor else "",
                "seq": self.hub.seen_by(visitor.audience) if visitor else 0,
                "once": new_once(),
                "nav": (),
                "here": "",
                "notice": "",
                **values,
            },
        )

    def message_page(
        self,
        *,
        title: str,
        sentences: Sequence[str],
        status: int = 200,
        visitor: Visitor | None = None,
        headers: dict[str, str] | None = None,
    ) -> Response:
        """A page that only says something; it never repeats what was sent."""
        page = self.render_page("message.html", title=title, sentences=sentences, visitor=visitor)
        return self.html(page, status, headers)

    def html(self, page: str, status: int = 200, headers: dict[str, str] | None = None) -> Response:
        return HTMLResponse(page, status, headers)
