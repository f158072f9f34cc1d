"""What do the players of each cell write in their own log?"""

from dataclasses import dataclass

from cyberex.facts.delivery_events import CellLineWritten
from cyberex.facts.model import CellLineKind, Recorded, TextRef
from cyberex.plan.model import Plan
from cyberex.views.fold import Fold


@dataclass(frozen=True, slots=True)
class CellLine:
    """`role` wrote it, "" if the cell did; `by` is who asked. `owner` does the action, `due` by
    what hour of the fiction (HH:MM)."""

    line: str
    seq: int
    sim_ms: int
    wall_at: str
    cell: str
    role: str
    kind: CellLineKind
    text: TextRef
    owner: TextRef
    due: str
    by: str


class CellLogs(Fold):
    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self._lines: dict[str, list[CellLine]] = {cell: [] for cell in plan.cells}
        self.on(CellLineWritten, self._written)

    # What can be asked

    def lines(self, cell: str, kind: CellLineKind | None = None) -> tuple[CellLine, ...]:
        """Those of one cell, as they were written; `kind` keeps one kind only."""
        found = self._lines.get(cell, ())
        return tuple(line for line in found if kind is None or line.kind is kind)

    def situation(self, cell: str) -> CellLine | None:
        """Its last report on where it stands."""
        return next(reversed(self.lines(cell, CellLineKind.SITUATION)), None)

    # What happened

    def _written(self, recorded: Recorded, event: CellLineWritten) -> None:
        self._lines.setdefault(event.cell, []).append(
            CellLine(
                event.line,
                recorded.seq,
                recorded.sim_ms,
                recorded.wall_at,
                event.cell,
                event.role,
                event.kind,
                event.text,
                event.owner,
                event.due,
                recorded.request.by if recorded.request else "",
            )
        )
