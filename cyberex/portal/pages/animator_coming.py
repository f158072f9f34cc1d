"""What comes next for this animator: an animator may see the future of their actors."""

from dataclasses import dataclass
from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from cyberex.facts.model import AccessKind
from cyberex.i18n import _
from cyberex.plan.model import Importance
from cyberex.portal.page import Asked, shows
from cyberex.portal.pages.animator_seat import COMING, Seat, seat, show
from cyberex.portal.portal import Portal
from cyberex.views.remaining import Remaining
from cyberex.views.rows import ChronogramRow, Status
from cyberex.wording import words
from cyberex.wording.clean import clean

SHOWN = 40


@dataclass(frozen=True, slots=True)
class Coming:
    """`hour` is the room's, "" if nobody knows it; `guess`: it is only likely. `alone`: it leaves
    without an animator."""

    occurrence: str
    code: str
    hour: str
    guess: bool
    title: str
    sender: str
    to: str
    channel: str
    importance: str
    essential: bool
    status: str
    voice: str
    text: str
    remarks: str
    alone: bool


def routes(portal: Portal) -> list[Route]:
    return [
        shows(portal, COMING, _page, AccessKind.ANIMATOR),
        shows(portal, "/animator/part/coming", _part, AccessKind.ANIMATOR),
    ]


async def _page(asked: Asked) -> Response:
    here = seat(asked)
    return show(here, "animator_coming.html", _("To come"), **_lists(here))


async def _part(asked: Asked) -> Response:
    here = seat(asked)
    return asked.part("animator_part_coming.html", seat=here, **_lists(here))


def _lists(here: Seat) -> dict[str, Any]:
    actors = [
        (here.names.actor(id), clean(here.plan.actors[id].brief).strip())
        for id in here.board.casting.actors_of(here.voice)
        if here.voice
    ]
    return {"coming": coming(here)[:SHOWN], "actors": actors}


def coming(here: Seat) -> list[Coming]:
    """By hour; what waits for its cause, last."""
    found: list[Coming] = []
    for item in here.board.what_remains(here.sim_ms):
        row = item.row
        if isinstance(row, ChronogramRow) and not item.now and here.is_mine(item.voice):
            found.append(_coming(here, item, row))
    return found


def _coming(here: Seat, item: Remaining, row: ChronogramRow) -> Coming:
    takes = here.board.outboxes.takes
    planned = here.plan.stimuli.get(row.stimulus)
    hour = here.room_hour(max(item.hour_ms, here.sim_ms)) if item.hour_ms is not None else ""
    return Coming(
        occurrence=row.occurrence,
        code=here.names.code(row.occurrence),
        hour=hour,
        guess=item.guess or row.status is Status.HELD or bool(row.gate),
        title=here.title(row.occurrence),
        sender=here.names.actor(row.sender),
        to=here.names.receivers(row.to),
        channel=here.names.channel(row.via),
        importance=words.importance(row.importance),
        essential=row.importance is Importance.ESSENTIAL,
        status="" if row.status is Status.PLANNED else words.status(row.status),
        voice=here.voice_name(item.voice) if item.voice not in (here.voice, "") else "",
        text=here.said(row.occurrence),
        remarks=clean(planned.remarks).strip() if planned else "",
        alone=bool(row.legs) and all(takes(leg, row.via) is not None for leg in row.legs),
    )
