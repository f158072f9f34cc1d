"""What the pages of one animator read: names, texts as they stand, clocks, whose voice is whose."""

from dataclasses import dataclass
from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from cyberex.exercise.running import Refused
from cyberex.facts.model import AccessKind, TextRef
from cyberex.facts.people import Person
from cyberex.i18n import _, ngettext
from cyberex.plan.model import Plan
from cyberex.plan.texts import spoken
from cyberex.portal.page import Asked, Handler, NavItem, acts
from cyberex.portal.portal import Portal
from cyberex.portal.refusing import SENTENCES
from cyberex.times import TimeError, format_duration
from cyberex.views.board import Board
from cyberex.views.calls import ReplyTask
from cyberex.views.contacts import Contact
from cyberex.views.errands import unanswered
from cyberex.views.expectations import ExpectationRow
from cyberex.views.situation import State
from cyberex.wording.clean import clean, clean_line
from cyberex.wording.names import Names
from cyberex.wording.refusals import sentence

TO_DO = "/animator"
COMING = "/animator/coming"
EXPECTED = "/animator/expected"
CALLS_IN = "/animator/calls-in"
NOTE = "/animator/note"
WIDE = "wide animation"


@dataclass(frozen=True, slots=True)
class Seat:
    """One animator at their page. `voice` "" lends none: such an access sees everybody's work.
    `whole`: the filter is off, everybody's work is shown."""

    asked: Asked
    names: Names
    people: tuple[Person, ...]
    sim_ms: int
    voice: str
    whole: bool

    @property
    def plan(self) -> Plan:
        return self.asked.exercise.plan

    @property
    def board(self) -> Board:
        return self.asked.board

    @property
    def pace(self) -> float:
        """How fast an age grows: 0 while the exercise stands still."""
        situation = self.board.situation
        return situation.speed if situation.running else 0.0

    @property
    def query(self) -> str:
        """What an address of this page ends with, so that the filter stays."""
        return "?all=1" if self.whole else ""

    @property
    def in_play(self) -> bool:
        return self.board.situation.state in (State.BRIEFING, State.PLAY)

    def is_mine(self, voice: str) -> bool:
        """What nobody voices is everybody's."""
        return self.whole or voice in (self.voice, "")

    def voice_name(self, voice: str) -> str:
        """The animator's name if the directory says it."""
        if not voice:
            return _("nobody")
        known = next((item for item in self.people if voice in (item.voice, item.id)), None)
        return self.names.person(known) if known else clean_line(voice)

    def room_hour(self, sim_ms: int) -> str:
        """When that is in the room, if nothing stops from now on."""
        now = self.asked.portal.clocks.room()
        return f"{self.board.situation.room_time(sim_ms, self.sim_ms, now):%H:%M}"

    def text(self, ref: TextRef) -> str:
        """What somebody typed, harmless, newlines kept."""
        return clean(self.asked.exercise.text(ref)).strip()

    def title(self, occurrence: str) -> str:
        row = self.board.chronogram.occurrence(occurrence, self.sim_ms)
        if row is not None and row.title:
            return clean_line(self.asked.exercise.text(row.title))
        return self.names.title_of_occurrence(occurrence)

    def said(self, occurrence: str) -> str:
        """What is to be said or handed over, with the hours of the fiction as they are now."""
        row = self.board.chronogram.occurrence(occurrence, self.sim_ms)
        planned = self.plan.stimuli.get(occurrence.partition("#")[0])
        if row is not None and row.text:
            script = self.text(row.text)
        else:
            script = clean(planned.text if planned else "").strip()
        try:
            return spoken(script, self.board.situation.fiction(self.sim_ms))
        except TimeError:  # typed by the director: shown as it stands
            return script

    def receivers(self, roles: tuple[str, ...], cell: str) -> str:
        """The roles it is for, else the cell."""
        named = ", ".join(self.names.role(role) for role in roles)
        return named or self.names.short_cell(cell)

    def replies(self) -> tuple[ReplyTask, ...]:
        """What is owed to players who rang or wrote, and is this animator's."""
        found = self.board.calls.replies(self.sim_ms)
        return tuple(item for item in found if self.is_mine(item.voice))

    def messages(self) -> tuple[Contact, ...]:
        """What players wrote to this animator's actors and nobody answered."""
        if not self.in_play:
            return ()
        contacts = self.board.contacts
        found = unanswered(self.plan, contacts, self.board.calls.replies(self.sim_ms))
        return tuple(item for item in found if self.is_mine(contacts.voice_of(item.contact)))

    def expected(self) -> tuple[ExpectationRow, ...]:
        """Reactions to this animator's stimuli of which nobody said yet what was seen."""
        expectations = self.board.expectations
        found = (*expectations.open, *reversed(expectations.overdue))
        return tuple(row for row in found if self.is_mine(self.voice_of(row.occurrence)))

    def voice_of(self, occurrence: str) -> str:
        row = self.board.chronogram.occurrence(occurrence, self.sim_ms)
        return self.board.casting.voice_of(row.sender if row else "", occurrence)


def seat(asked: Asked) -> Seat:
    """The filter comes with the address, or with the form."""
    people = tuple(asked.portal.people())
    chosen = asked.form.get("all") or asked.request.query_params.get("all", "")
    return Seat(
        asked,
        Names(asked.exercise.plan, people),
        people,
        asked.exercise.sim_ms(),
        asked.visitor.voice,
        whole=bool(chosen) or not asked.visitor.voice,
    )


def show(seat: Seat, template: str, title: str, /, **values: Any) -> Response:
    """A page of an animator."""
    return seat.asked.page(template, title=title, nav=_nav(), seat=seat, news=news(seat), **values)


def _nav() -> list[NavItem]:
    """Without counts: `news` says them, and follows."""
    return [
        NavItem(TO_DO, _("To do")),
        NavItem(EXPECTED, _("Expected")),
        NavItem(COMING, _("To come")),
        NavItem(CALLS_IN, _("Calls")),
        NavItem(NOTE, _("Note")),
    ]


@dataclass(frozen=True, slots=True)
class News:
    """What waits, on every page: `count` is for its title."""

    count: int
    said: tuple[tuple[str, str], ...]


def news(seat: Seat) -> News:
    """Pages and what waits there, in words."""
    calls = [sheet for sheet in seat.board.calls.waiting if seat.is_mine(sheet.voice)]
    owed = [reply for reply in seat.replies() if reply.due and not reply.plays]
    to_play, to_answer, to_tick = len(calls), len(owed) + len(seat.messages()), len(seat.expected())
    said = []
    if to_play:
        words = ngettext("{count} to be played", "{count} to be played", to_play)
        said.append((TO_DO, words.format(count=to_play)))
    if to_answer:
        words = ngettext("{count} to be answered", "{count} to be answered", to_answer)
        said.append((TO_DO, words.format(count=to_answer)))
    if to_tick:
        words = ngettext("{count} reaction to tick", "{count} reactions to tick", to_tick)
        said.append((EXPECTED, words.format(count=to_tick)))
    return News(to_play + to_answer, tuple(said))


def does(portal: Portal, path: str, handler: Handler) -> Route:
    """An act of an animator. What the exercise refuses is said with its reason: animators know the
    game, and nothing of it is hidden from them."""

    async def answer(asked: Asked) -> Response:
        try:
            return await handler(asked)
        except Refused as refusal:
            if refusal.code in SENTENCES and refusal.code != "already-claimed":
                raise
            return asked.refused(sentence(refusal.code, refusal.detail, seat(asked).names))

    return acts(portal, path, answer, AccessKind.ANIMATOR)


def lasting(ms: int) -> str:
    """A length of time, without seconds once it is of minutes."""
    return format_duration(max(0, ms), seconds=False)
