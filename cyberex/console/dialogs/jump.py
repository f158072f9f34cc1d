"""The gate of a jump: the bulletin, editable; what was not played; the deadlines still open."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static, TextArea

from cyberex.console.desk import Desk
from cyberex.console.dialogs.dialog import Dialog
from cyberex.console.line_list import LineList
from cyberex.console.palette import GREY, ORANGE, WHITE
from cyberex.facts.model import Tick
from cyberex.i18n import _, language
from cyberex.plan.model import PlannedJump
from cyberex.times import format_fiction, format_t
from cyberex.views.rows import ChronogramRow, Status
from cyberex.wording import words
from cyberex.wording.clean import clean

PENDING = frozenset({Status.PLANNED, Status.WAITING, Status.HELD, Status.DUE, Status.TO_PERFORM,
                     Status.BLOCKED, Status.LEAVING, Status.UNSENT, Status.QUEUED})  # fmt: skip
TURN: tuple[Tick | None, ...] = (None, Tick.SEEN, Tick.PARTLY, Tick.NOT_SEEN)


@dataclass(frozen=True, slots=True)
class JumpAnswer:
    bulletin: str
    drop: tuple[str, ...]
    deadlines: Mapping[str, Tick]


@dataclass(slots=True)
class Line:
    """An occurrence to keep or drop, or an expectation to resolve or let run on."""

    key: str
    label: str
    is_deadline: bool
    late: bool = False
    drop: bool = False
    result: Tick | None = None


class JumpDialog(Dialog[JumpAnswer]):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "make", show=False, priority=True),
        Binding("space", "turn", show=False),
        Binding("enter", "make", show=False),
        Binding("b", "edit_bulletin", show=False),
        Binding("pageup", "read(-1)", show=False, priority=True),
        Binding("pagedown", "read(1)", show=False, priority=True),
    ]

    def __init__(self, desk: Desk, jump: PlannedJump, bulletin: str) -> None:
        hour = format_fiction(jump.to, language=language())
        super().__init__(
            _("Jump to {hour}: {name}").format(hour=hour, name=desk.names.jump(jump.id))
        )
        self._desk = desk
        self._jump = jump
        self._bulletin = clean(bulletin).strip()
        self._area = TextArea(self._bulletin, soft_wrap=True, show_line_numbers=False)
        self._area.tab_behavior = "focus"
        self._lines = [*_not_played(desk, jump), *_open(desk)]
        self._list: LineList[Line] = LineList(
            self._line, lambda line: line.key, empty=lambda: _("everything was played")
        )

    def body(self) -> list[Widget]:
        self._list.styles.height = listed = max(1, min(len(self._lines), 6))
        self._area.styles.height = max(5, self.app.size.height * 88 // 100 - listed - 5)
        self._area.styles.max_height = len(self._bulletin) // 50 + self._bulletin.count("\n") + 6
        return [
            Static(
                _("Bulletin to read out (b: change it; Page Up, Page Down: read on):"),
                markup=False,
                classes="label",
            ),
            self._area,
            Static(
                _("Not played: space keeps or drops. Deadlines: space resolves."),
                markup=False,
                classes="label",
            ),
            self._list,
        ]

    def keys_line(self) -> str:
        return _("Enter or Ctrl+S: make the jump (cannot be undone) · Tab · Escape: wait")

    def on_mount(self) -> None:
        self._list.show(self._lines)
        self._list.focus()

    def _line(self, line: Line, _width: int) -> Text:
        if line.is_deadline:
            unsaid = _("late") if line.late else _("runs on")
            said = words.tick(line.result) if line.result else unsaid
        else:
            said = _("DROP") if line.drop else _("keep")
        strong = line.drop or line.result is not None
        return Text.assemble(
            (f"{said:<12} ", f"bold {ORANGE if strong else GREY}"), (line.label, WHITE)
        )

    def action_turn(self) -> None:
        line = self._list.selected
        if line is None:
            return
        if line.is_deadline:
            line.result = TURN[(TURN.index(line.result) + 1) % len(TURN)]
        else:
            line.drop = not line.drop
        self._list.show(self._lines)

    def on_line_list_clicked(self, _: LineList.Clicked) -> None:
        self.action_turn()

    def action_read(self, by: int) -> None:
        """The bulletin is longer than the list, whichever is in use."""
        page = max(1, self._area.content_size.height - 1)
        self._area.scroll_relative(y=by * page, animate=False)

    def action_edit_bulletin(self) -> None:
        self._area.focus()

    def action_make(self) -> None:
        drop = tuple(line.key for line in self._lines if line.drop)
        deadlines = {line.key: line.result for line in self._lines if line.result is not None}
        self.dismiss(JumpAnswer(self._area.text, drop, deadlines))


def _not_played(desk: Desk, jump: PlannedJump) -> list[Line]:
    """What was due before the jump and reached nobody; what waits behind it stays planned."""
    sim_ms = desk.sim_ms()
    found = []
    for row in desk.board.chronogram.rows(sim_ms):
        if not isinstance(row, ChronogramRow):
            if row.jump == jump.id:
                break
            continue
        if row.status in PENDING and not row.gate:
            code = desk.names.code(row.occurrence)
            hour = format_t(row.due_ms) if row.due_ms is not None else "T+?"
            status = words.status(row.status)
            label = f"{code} {hour} {desk.title_of(row)} ({status})"
            found.append(Line(row.occurrence, label, is_deadline=False))
    return found


def _open(desk: Desk) -> list[Line]:
    late, running = desk.board.expectations.overdue, desk.board.expectations.open
    return [
        Line(
            row.key,
            f"{desk.names.code(row.occurrence)} {row.text}",
            is_deadline=True,
            late=row in late,
        )
        for row in (*late, *running)
    ]
