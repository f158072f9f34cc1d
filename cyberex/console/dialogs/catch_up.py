"""How to catch up: what is dropped, new hours; each line may be changed, all is one command."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.widget import Widget

from cyberex.console.desk import Desk
from cyberex.console.dialogs.dialog import Dialog
from cyberex.console.line_list import LineList
from cyberex.console.palette import GREY, IMPORTANCE, ORANGE, SKY, VERMILLION, WHITE
from cyberex.console.prose import Prose
from cyberex.i18n import _
from cyberex.times import MINUTE_MS, format_t
from cyberex.views.rows import ChronogramRow
from cyberex.views.tempo import Proposal


@dataclass(frozen=True, slots=True)
class CatchUpAnswer:
    drop: tuple[str, ...]
    hours: Mapping[str, int]


@dataclass(slots=True)
class Change:
    """`to_ms` None: dropped, if it is wanted at all."""

    row: ChronogramRow
    to_ms: int | None
    wanted: bool = True


class CatchUpDialog(Dialog[CatchUpAnswer]):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,ctrl+s", "accept", show=False),
        Binding("space", "turn", show=False),
        Binding("right,plus", "later(1)", show=False),
        Binding("left,minus", "later(-1)", show=False),
    ]

    def __init__(self, desk: Desk, proposal: Proposal) -> None:
        super().__init__(
            _("Catch up: {needed} min needed, {left} min left").format(
                needed=proposal.minutes_needed, left=proposal.minutes_left
            )
        )
        self._desk = desk
        self._fits = proposal.essential_fits
        rows = {row.occurrence: row for row in desk.board.chronogram.occurrences(desk.sim_ms())}
        named = [(name, None) for name in proposal.drop] + list(proposal.hours.items())
        self._changes = [Change(rows[name], hour) for name, hour in named if name in rows]
        self._order = {name: place for place, name in enumerate(proposal.drop)}
        self._changes.sort(key=lambda change: change.row.due_ms or change.row.projected_ms or 0)
        self._list: LineList[Change] = LineList(self._line, lambda change: change.row.occurrence)

    def body(self) -> list[Widget]:
        self._list.styles.height = max(1, min(len(self._changes), 13))
        said = [] if self._fits else [
            Prose(
                Text(
                    _("! Even so the essential ones do not all fit: extend (E) or move the jump."),
                    f"bold {VERMILLION}",
                )
            )
        ]  # fmt: skip
        return [*said, self._list]

    def keys_line(self) -> str:
        return _("space: yes/no · ← →: a minute · Enter: do it all · Escape: cancel")

    def on_mount(self) -> None:
        self._list.show(self._changes)
        self._list.focus()

    def _line(self, change: Change, _width: int) -> Text:
        row, desk = change.row, self._desk
        hour = row.due_ms if row.due_ms is not None else row.projected_ms
        was = format_t(hour // MINUTE_MS * MINUTE_MS) if hour is not None else "T+?"
        if not change.wanted:
            said, style, hours = _("as it is"), GREY, was
        elif change.to_ms is None:
            said, style, hours = _("DROP"), f"bold {ORANGE}", was
        else:
            said, style, hours = _("move"), f"bold {SKY}", f"{was} → {format_t(change.to_ms)}"
        line = Text.assemble((f"{said:<12}", style), (f"{hours:<15}", GREY))
        title = f"{IMPORTANCE[row.importance]}{desk.names.code(row.occurrence)} "
        return line.append(title + desk.title_of(row), WHITE if change.wanted else GREY)

    def action_turn(self) -> None:
        if (change := self._list.selected) is not None:
            change.wanted = not change.wanted
            self._list.show(self._changes)

    def on_line_list_clicked(self, _: LineList.Clicked) -> None:
        self.action_turn()

    def action_later(self, by: int) -> None:
        change = self._list.selected
        if change is not None and change.to_ms is not None:
            change.to_ms = max(self._desk.sim_ms(), change.to_ms + by * MINUTE_MS)
            change.wanted = True
            self._list.show(self._changes)

    def action_accept(self) -> None:
        kept = [change for change in self._changes if change.wanted]
        drop = [change.row.occurrence for change in kept if change.to_ms is None]
        # What follows another is dropped before it, as proposed.
        drop.sort(key=lambda name: self._order[name])
        hours = {c.row.occurrence: c.to_ms for c in kept if c.to_ms is not None}
        self.dismiss(CatchUpAnswer(tuple(drop), hours))
