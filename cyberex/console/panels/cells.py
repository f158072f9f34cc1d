"""Cells and systems: load, silence, what is up and down, what was reached and decided."""

from textual.containers import VerticalScroll

from cyberex.console.cells import cells_text
from cyberex.console.desk import Desk
from cyberex.console.prose import Prose


class CellsPanel(VerticalScroll):
    def __init__(self, desk: Desk) -> None:
        super().__init__(Prose(), id="cells")
        self._desk = desk
        self._shown: object = None

    def redraw(self) -> None:
        version = (self._desk.board.seq, self._desk.sim_ms() // 1000)
        if version == self._shown:
            return
        self._shown = version
        self.query_one(Prose).say(cells_text(self._desk))
