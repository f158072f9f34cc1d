"""A screen that others may see: the word EXERCISE and the clock. Any key comes back."""

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.widgets import Static

from cyberex.console.desk import Desk
from cyberex.console.leaving import LeftOnce
from cyberex.console.palette import WHITE, YELLOW
from cyberex.i18n import _

REDRAW_S = 0.2


class PrivacyScreen(LeftOnce[None]):
    """Nothing of the scenario, nothing of the players. The real stop goes over it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._shown = Text()

    def compose(self) -> ComposeResult:
        yield Static(id="hidden", markup=False)

    def on_mount(self) -> None:
        self._redraw()
        self.set_interval(REDRAW_S, self._redraw)

    def _redraw(self) -> None:
        situation = self._desk.board.situation
        word = _("REHEARSAL") if situation.rehearsal else _("EXERCISE")
        shown = Text.assemble(
            (" ".join(word), f"bold {YELLOW}"), "\n\n", (f"{self._desk.room():%H:%M:%S}", WHITE)
        )
        if shown != self._shown:
            self._shown = shown
            self.query_one(Static).update(shown)

    def on_key(self, event: events.Key) -> None:
        event.stop()
        event.prevent_default()
        self.dismiss(None)

    def on_click(self) -> None:
        self.dismiss(None)
