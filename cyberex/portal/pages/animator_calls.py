"""What there is to do now, and what an animator says of it: taken, dialling, done, no answer."""

from collections.abc import Callable, Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from cyberex.facts.animation_commands import TickItem
from cyberex.facts.commands import EndCall, StartCall
from cyberex.facts.delivery_commands import ClaimCall, ReleaseClaim
from cyberex.facts.model import AccessKind, CallOutcome
from cyberex.i18n import _
from cyberex.portal.audience import Topic
from cyberex.portal.page import Asked, shows
from cyberex.portal.pages.animator_owed import message_view, reply_view
from cyberex.portal.pages.animator_seat import TO_DO, Seat, does, news, seat, show
from cyberex.portal.pages.animator_sheets import errand_view, sheets
from cyberex.portal.portal import Portal
from cyberex.views.calls import CallSheet
from cyberex.views.errands import errands

LONGEST_ID = 200
OUTCOMES: Mapping[str, tuple[CallOutcome, Callable[[], str]]] = {
    "done": (CallOutcome.DONE, lambda: _("Done: {what}")),
    "no_answer": (CallOutcome.NO_ANSWER, lambda: _("No answer, back in 2 minutes: {what}")),
    "busy": (CallOutcome.BUSY, lambda: _("Busy, back in 2 minutes: {what}")),
    "refused": (CallOutcome.REFUSED, lambda: _("Refused: {what}")),
}
"""What each button says, and what is answered. Called when shown."""


def routes(portal: Portal) -> list[Route]:
    return [
        shows(portal, TO_DO, _page, AccessKind.ANIMATOR),
        shows(portal, "/animator/part/to-do", _part, AccessKind.ANIMATOR),
        shows(portal, "/animator/part/news", _news, AccessKind.ANIMATOR),
        does(portal, "/animator/claim", _claim),
        does(portal, "/animator/unclaim", _unclaim),
        does(portal, "/animator/start", _start),
        does(portal, "/animator/end", _end),
        does(portal, "/animator/left", _left),
    ]


async def _page(asked: Asked) -> Response:
    here = seat(asked)
    return show(here, "animator_to_do.html", _("To do"), **_to_do(here))


async def _part(asked: Asked) -> Response:
    here = seat(asked)
    return asked.part("animator_part_to_do.html", seat=here, **_to_do(here))


async def _news(asked: Asked) -> Response:
    here = seat(asked)
    return asked.part("animator_part_news.html", seat=here, news=news(here))


def _to_do(here: Seat) -> dict[str, Any]:
    found = sheets(here)
    board = here.board
    carried = [
        errand_view(here, errand)
        for errand in errands(board.chronogram, board.casting, board.checklists, here.sim_ms)
        if here.is_mine(errand.voice)
    ]
    replies = here.replies()
    return {
        "now": [view for view in found if view.state in ("due", "begun")],
        "leaving": [view for view in carried if view.now],
        "replies": [reply_view(here, reply) for reply in replies if reply.due],
        "messages": [message_view(here, contact) for contact in here.messages()],
        "later": [view for view in found if view.state in ("back", "blocked")],
        "to_prepare": [view for view in carried if not view.now],
        "promised": [reply_view(here, reply) for reply in replies if not reply.due],
        "playing": here.in_play,
    }


# Acts


def _sheet(here: Seat) -> CallSheet:
    asked = here.asked
    occurrence = asked.field("stimulus", longest=LONGEST_ID)
    cell = asked.field("cell", longest=LONGEST_ID)
    found = here.board.calls.sheet(occurrence, cell)
    if found is None:
        raise HTTPException(404)
    return found


def _what(here: Seat, sheet: CallSheet) -> str:
    to = here.receivers(sheet.roles, sheet.cell)
    return f"{here.names.code(sheet.occurrence)} {here.title(sheet.occurrence)} → {to}"


def _done(here: Seat, said: str) -> Response:
    return here.asked.done(TO_DO + here.query, said, Topic.CALLS)


async def _claim(asked: Asked) -> Response:
    here = seat(asked)
    sheet = _sheet(here)
    if not here.voice:
        return asked.refused(_("This access lends no voice: it cannot take a call."))
    await asked.submit(ClaimCall(stimulus=sheet.occurrence, voice=here.voice, cell=sheet.cell))
    return _done(here, _("You take it: {what}").format(what=_what(here, sheet)))


async def _unclaim(asked: Asked) -> Response:
    here = seat(asked)
    sheet = _sheet(here)
    if sheet.claimed_by != here.voice or not here.voice:
        return _taken(here, sheet)
    await asked.submit(ReleaseClaim(stimulus=sheet.occurrence, cell=sheet.cell))
    return _done(here, _("Given back: {what}").format(what=_what(here, sheet)))


def _taken(here: Seat, sheet: CallSheet) -> Response:
    who = here.voice_name(sheet.claimed_by)
    return here.asked.refused(_("Taken by {voice}: nothing was changed.").format(voice=who))


def _is_taken(here: Seat, sheet: CallSheet) -> bool:
    """By another animator, who is on it."""
    return bool(sheet.claimed_by) and sheet.claimed_by != here.voice


async def _start(asked: Asked) -> Response:
    """Whoever dials has taken it."""
    here = seat(asked)
    sheet = _sheet(here)
    if _is_taken(here, sheet):
        return _taken(here, sheet)
    if here.voice and not sheet.claimed_by:
        claim = ClaimCall(stimulus=sheet.occurrence, voice=here.voice, cell=sheet.cell)
        await asked.submit(claim)
    await asked.submit(StartCall(stimulus=sheet.occurrence, cell=sheet.cell))
    return _done(here, _("Under way: {what}").format(what=_what(here, sheet)))


async def _end(asked: Asked) -> Response:
    here = seat(asked)
    sheet = _sheet(here)
    if _is_taken(here, sheet):
        return _taken(here, sheet)
    known = OUTCOMES.get(asked.field("outcome", longest=20))
    if known is None:
        raise HTTPException(404)
    outcome, sentence = known
    command = EndCall(
        stimulus=sheet.occurrence,
        outcome=outcome,
        cell=sheet.cell,
        answered_by=_answered_by(here) if outcome is CallOutcome.DONE else "",
    )
    await asked.submit(command)
    return _done(here, sentence().format(what=_what(here, sheet)))


def _answered_by(here: Seat) -> str:
    """A role's or a person's id; "" is nobody in particular."""
    who = here.asked.field("who", longest=LONGEST_ID, needed=False)
    known = {person.id for person in here.people} | set(here.plan.roles)
    if who and who not in known:
        raise HTTPException(404)
    return who


async def _left(asked: Asked) -> Response:
    """Somebody set out with what is to be carried, or has not after all."""
    here = seat(asked)
    board = here.board
    occurrence = asked.field("stimulus", longest=LONGEST_ID)
    cell = asked.field("cell", longest=LONGEST_ID)
    known = errands(board.chronogram, board.casting, board.checklists, here.sim_ms)
    found = next(
        (item for item in known if (item.occurrence, item.cell) == (occurrence, cell)), None
    )
    if found is None:
        raise HTTPException(404)
    await asked.submit(TickItem(item=found.item, done=not found.gone))
    what = f"{here.names.code(occurrence)} {here.title(occurrence)}"
    said = _("Not left: {what}") if found.gone else _("On the way: {what}")
    return _done(here, said.format(what=what))
