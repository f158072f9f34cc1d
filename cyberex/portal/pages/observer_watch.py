"""An observer's first page: how the cell is, in one tap, and the reactions expected of it."""

from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from cyberex.facts.animation_commands import ReportState
from cyberex.facts.model import AccessKind, CellState
from cyberex.i18n import _
from cyberex.portal.audience import Topic
from cyberex.portal.page import Asked, acts, shows
from cyberex.portal.pages.observer_received import title_of
from cyberex.portal.pages.observer_seat import WATCH, Watch, show, to_tick, watch
from cyberex.portal.pages.ticking import ExpectedView, expected_view, found, tick
from cyberex.portal.portal import Portal
from cyberex.times import format_duration
from cyberex.views.expectations import ExpectationRow, ExpectationStatus
from cyberex.views.inboxes import InboxItem

TICK = "/observer/tick"
LATEST = 15


@dataclass(frozen=True, slots=True)
class StateView:
    """One tap. `chosen`: it is what was said last."""

    state: str
    label: str
    chosen: bool


def routes(portal: Portal) -> list[Route]:
    return [
        shows(portal, WATCH, _page, AccessKind.OBSERVER),
        shows(portal, "/observer/part/states", _states_part, AccessKind.OBSERVER),
        shows(portal, "/observer/part/expected", _expected_part, AccessKind.OBSERVER),
        shows(portal, "/observer/part/news", _news_part, AccessKind.OBSERVER),
        shows(portal, TICK, _tick_page, AccessKind.OBSERVER),
        acts(portal, TICK, _tick, AccessKind.OBSERVER),
        acts(portal, "/observer/state", _report, AccessKind.OBSERVER),
    ]


async def _page(asked: Asked) -> Response:
    here = watch(asked)
    return show(here, "observer_watch.html", _("Observe"), **_states(here), **_expected(here))


async def _states_part(asked: Asked) -> Response:
    here = watch(asked)
    return asked.part("observer_part_states.html", watch=here, **_states(here))


async def _expected_part(asked: Asked) -> Response:
    here = watch(asked)
    return asked.part("observer_part_expected.html", watch=here, **_expected(here))


async def _news_part(asked: Asked) -> Response:
    here = watch(asked)
    return asked.part("observer_part_news.html", watch=here, to_tick=to_tick(here))


# The state of the cell


def _states(here: Watch) -> dict[str, object]:
    asked = here.asked
    sim_ms = asked.exercise.sim_ms()
    load = next((item for item in asked.board.load.cells(sim_ms) if item.cell == here.cell), None)
    said = load.state if load else None
    since_ms = load.state_ms if load and load.state_ms is not None else None
    labels = {
        CellState.OVERWHELMED: _("Overwhelmed"),
        CellState.AT_PACE: _("At its pace"),
        CellState.WAITING: _("Waits"),
        CellState.FINISHED: _("Has finished"),
    }
    last = _last(here)
    return {
        "states": [StateView(state.value, label, state is said) for state, label in labels.items()],
        "finished": title_of(asked, last) if last else "",
        "said": labels[said] if said else "",
        "said_ago": format_duration(sim_ms - since_ms, seconds=False)
        if since_ms is not None
        else "",
        "playing": here.in_play,
    }


def _last(here: Watch) -> InboxItem | None:
    """The last thing that reached the cell: what it has finished, if it has."""
    items = here.asked.board.inboxes.items(here.cell)
    return max(items, key=lambda item: item.seq, default=None)


async def _report(asked: Asked) -> Response:
    here = watch(asked)
    said = asked.field("state", longest=20)
    if said not in list(CellState):
        raise HTTPException(404)
    state = CellState(said)
    last = _last(here)
    if state is CellState.FINISHED and last is None:
        return asked.refused(_("Nothing has reached this cell yet."))
    finished = last.occurrence if last and state is CellState.FINISHED else ""
    await asked.submit(ReportState(cell=here.cell, state=state, stimulus=finished))
    return asked.done(WATCH + here.query, _("The animation knows."), Topic.NOTES)


# Expected reactions


def _expected(here: Watch) -> dict[str, object]:
    rows = here.rows
    waiting = sorted((row for row in rows if row.tickable), key=_by_deadline)
    ticked = sorted(
        (row for row in rows if not row.tickable),
        key=lambda row: row.observed_ms or 0,
        reverse=True,
    )
    return {
        "expected": [_view(here, row) for row in waiting],
        "ticked": [_view(here, row) for row in ticked[:LATEST]],
    }


def _by_deadline(row: ExpectationRow) -> tuple[bool, int]:
    """What can still be seen in time first, the nearest deadline before; then the last passed."""
    deadline_ms = row.opened_ms if row.deadline_ms is None else row.deadline_ms
    is_late = row.status is ExpectationStatus.EXPIRED
    return is_late, -deadline_ms if is_late else deadline_ms


def _view(here: Watch, row: ExpectationRow) -> ExpectedView:
    item = here.asked.board.inboxes.item(row.occurrence, here.cell)
    about = title_of(here.asked, item) if item else ""
    return expected_view(here.asked, here.names, row, about)


async def _tick_page(asked: Asked) -> Response:
    """One reaction, to be ticked as seen some minutes ago, or corrected."""
    here = watch(asked)
    row = found(here.rows, asked.request.query_params.get("key", ""))
    return show(here, "observer_tick.html", _("When was it?"), one=_view(here, row))


async def _tick(asked: Asked) -> Response:
    here = watch(asked)
    said = await tick(asked, here.names, here.rows)
    if asked.field("alone", longest=3, needed=False):
        return asked.moved_on(WATCH + here.query, said)
    return asked.done(WATCH + here.query, said, Topic.EXPECTATIONS)
