"""The observation sheet: what can be seen or heard by somebody who knows nobody there."""

from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from cyberex.facts.animation_commands import TickItem
from cyberex.facts.model import AccessKind
from cyberex.i18n import _
from cyberex.portal.audience import Topic
from cyberex.portal.for_observers import Criterion, of_cell
from cyberex.portal.page import Asked, acts, shows
from cyberex.portal.pages.noted import room_hour
from cyberex.portal.pages.observer_seat import LONGEST_ID, SHEET, Watch, show, watch
from cyberex.portal.portal import Portal
from cyberex.wording.clean import clean_line


@dataclass(frozen=True, slots=True)
class CriterionView:
    """`hour` is when it was ticked, "" while it is not."""

    id: str
    title: str
    text: str
    hour: str


def routes(portal: Portal) -> list[Route]:
    return [
        shows(portal, SHEET, _page, AccessKind.OBSERVER),
        shows(portal, "/observer/part/sheet", _part, AccessKind.OBSERVER),
        acts(portal, "/observer/criterion", _tick, AccessKind.OBSERVER),
    ]


async def _page(asked: Asked) -> Response:
    here = watch(asked)
    return show(here, "observer_sheet.html", _("Observation sheet"), themes=_themes(here))


async def _part(asked: Asked) -> Response:
    here = watch(asked)
    return asked.part("observer_part_sheet.html", watch=here, themes=_themes(here))


def _criteria(here: Watch) -> tuple[Criterion, ...]:
    return of_cell(here.asked.portal.criteria, here.cell)


def _themes(here: Watch) -> dict[str, list[CriterionView]]:
    """By theme, in the order of the sheet."""
    ticked = here.asked.board.checklists.under(f"observe/{here.cell}")
    themes: dict[str, list[CriterionView]] = {}
    for item in _criteria(here):
        done = ticked.get(item.id)
        hour = room_hour(here.asked, done.wall_at) if done else ""
        view = CriterionView(item.id, clean_line(item.title), clean_line(item.text), hour)
        themes.setdefault(clean_line(item.theme), []).append(view)
    return themes


async def _tick(asked: Asked) -> Response:
    """Ticked if it was not, else taken back."""
    here = watch(asked)
    wanted = asked.field("criterion", longest=LONGEST_ID)
    if wanted not in {item.id for item in _criteria(here)}:
        raise HTTPException(404)
    done = asked.field("done", longest=3, needed=False) == "yes"
    await asked.submit(TickItem(item=f"observe/{here.cell}/{wanted}", done=done))
    said = _("Ticked.") if done else _("Taken back.")
    return asked.done(SHEET + here.query, said, Topic.EXPECTATIONS)
