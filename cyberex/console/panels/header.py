"""The header, drawn five times a second, repainted only when it changes."""

from rich.text import Text
from textual.widget import Widget

from cyberex.console.desk import Desk
from cyberex.console.header import header_lines


class Header(Widget):
    def __init__(self, desk: Desk) -> None:
        super().__init__(id="header")
        self._desk = desk
        self._shown = Text()

    def redraw(self) -> None:
        shown = Text("\n").join(header_lines(self._desk, self.size.width))
        if shown != self._shown:
            self._shown = shown
            self.refresh()
            self._show_under_dialogs()

    def _show_under_dialogs(self) -> None:
        """Each dialog keeps the picture of what is below it: those that are not on top too."""
        for screen in self.app.screen_stack[:-1]:
            if screen.is_modal:
                screen.refresh()

    def on_resize(self) -> None:
        self.redraw()

    def render(self) -> Text:
        return self._shown
