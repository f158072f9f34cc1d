"""The chronogram: what was, is and will be played; follows the present unless one scrolls."""

from datetime import datetime, timedelta

from cyberex.console.desk import AHEAD, Desk
from cyberex.console.line_list import LineList, folded
from cyberex.console.rows import identity, row_line
from cyberex.i18n import _
from cyberex.views.rows import ChronogramRow, JumpRow, JumpStatus, Row

PIN = timedelta(seconds=20)


class ChronogramPanel(LineList[Row]):
    def __init__(self, desk: Desk) -> None:
        super().__init__(
            lambda row, width: row_line(desk, row, width),
            identity,
            empty=lambda: _("nothing is planned"),
            id="chronogram",
        )
        self._desk = desk
        self._shown: object = None
        self._pinned_until: datetime | None = None
        self.wanted = ""

    def pin(self) -> None:
        """Something is being done to this row: the cursor does not leave it for a while, lest
        the same key pressed again should reach the next row."""
        self._pinned_until = self._desk.wall() + PIN

    @property
    def _pinned(self) -> bool:
        return self._pinned_until is not None and self._desk.wall() < self._pinned_until

    def to_present(self) -> None:
        self._pinned_until, self.follow = None, True

    def go_to(self, row: Row) -> None:
        """Put the cursor on it, and leave it there for a while."""
        wanted = identity(row)
        for index, item in enumerate(self.items):
            if identity(item) == wanted:
                self.follow = False
                self.pin()
                self.select(index)

    def redraw(self) -> None:
        """Anew when something happened, or when the minute of projected hours changed."""
        desk = self._desk
        sim_ms = desk.sim_ms()
        rows = desk.board.chronogram.rows(sim_ms)
        # Hours in the room slide with a pause and jump with the clock.
        if desk.services.tabletop:
            rows = tuple(row for row in rows if _has_come(row))
        hours = f"{desk.room():%H:%M} {desk.room_at(0):%H:%M}"
        version = (rows, hours, self.wanted, self.follow, self._pinned)
        if version == self._shown:
            return
        self._shown = version
        if self.wanted:
            rows = tuple(row for row in rows if self.wanted in folded(self._words(row)))
        self.show(rows, None if self._pinned else _present(rows, sim_ms))

    def _words(self, row: Row) -> str:
        if isinstance(row, JumpRow):
            return self._desk.names.jump(row.jump)
        names = self._desk.names
        parts = (
            names.code(row.occurrence),
            names.actor(row.sender),
            names.receivers(row.to),
            self._desk.title_of(row),
            self._desk.script_of(row.occurrence),
        )
        return " ".join(parts)


def _has_come(row: Row) -> bool:
    """Players may see the screen of whoever sits among them: nothing of the future."""
    if isinstance(row, JumpRow):
        return row.status is not JumpStatus.PLANNED
    return row.status not in AHEAD


def _present(rows: tuple[Row, ...], sim_ms: int) -> int:
    """The next row to come; the last that is not over when none is to come."""
    last = len(rows) - 1
    for index, row in enumerate(rows):
        if row.due_ms is None or _is_over(row):
            continue
        if row.due_ms >= sim_ms:
            return index
        last = index
    return last


def _is_over(row: Row) -> bool:
    return row.over if isinstance(row, ChronogramRow) else row.status is JumpStatus.MADE
