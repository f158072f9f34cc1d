"""Whom an observer watches: their own cell, or the one they chose if theirs is every cell."""

from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from cyberex.i18n import _, ngettext
from cyberex.portal.page import Asked, NavItem
from cyberex.views.expectations import ExpectationRow
from cyberex.views.situation import State
from cyberex.wording.names import Names

WATCH = "/observer"
RECEIVED = "/observer/received"
NOTES = "/observer/notes"
SHEET = "/observer/sheet"
LONGEST_ID = 200


@dataclass(frozen=True, slots=True)
class Watch:
    """One observer at their page. People are called by what they do. `free`: they may choose
    another cell."""

    asked: Asked
    names: Names
    cell: str
    free: bool

    @property
    def query(self) -> str:
        """What an address of this page ends with, so that the chosen cell stays."""
        return f"?cell={self.cell}" if self.free else ""

    @property
    def pace(self) -> float:
        situation = self.asked.board.situation
        return situation.speed if situation.running else 0.0

    @property
    def in_play(self) -> bool:
        return self.asked.board.situation.state in (State.BRIEFING, State.PLAY)

    @property
    def rows(self) -> tuple[ExpectationRow, ...]:
        """What was expected of this cell so far: by name, or of all that received it."""
        inboxes = self.asked.board.inboxes
        return tuple(
            row
            for row in self.asked.board.expectations.rows
            if self.cell == row.cell
            or (not row.cell and inboxes.item(row.occurrence, self.cell) is not None)
        )


def watch(asked: Asked) -> Watch:
    """An access to one cell never sees another, whatever the address or the form says."""
    plan = asked.exercise.plan
    own = asked.visitor.cell
    chosen = asked.form.get("cell") or asked.request.query_params.get("cell", "")
    first = next(iter(plan.cells), "")
    cell = own or (chosen if chosen in plan.cells else first)
    names = Names(plan, asked.portal.people(), by_function=True)
    return Watch(asked, names, cell, free=not own)


def show(watch: Watch, template: str, title: str, /, **values: Any) -> Response:
    """A page of an observer."""
    plan = watch.asked.exercise.plan
    nav = [
        NavItem(WATCH, _("Observe")),
        NavItem(RECEIVED, _("Received")),
        NavItem(NOTES, _("Notes")),
        NavItem(SHEET, _("Sheet")),
    ]
    if watch.free:
        nav = [NavItem(item.href + watch.query, item.label) for item in nav]
    cells = [(id, watch.names.cell(id)) for id in plan.cells] if watch.free else []
    return watch.asked.page(
        template,
        title=title,
        nav=nav,
        watch=watch,
        cell_name=watch.names.cell(watch.cell),
        cells=cells,
        to_tick=to_tick(watch),
        **values,
    )


def to_tick(watch: Watch) -> str:
    """How many reactions wait, in words; "" for none."""
    count = sum(row.tickable for row in watch.rows)
    words = ngettext("{count} reaction to tick", "{count} reactions to tick", count)
    return words.format(count=count) if count else ""
