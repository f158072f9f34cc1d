"""Which panel is in sight on a narrow screen, and how much waits in the others."""

from rich.style import Style
from rich.text import Text
from textual.widget import Widget

from cyberex.console.desk import Desk
from cyberex.console.palette import GREY, ORANGE, SKY
from cyberex.console.tasks import tasks
from cyberex.i18n import _


def panel_titles() -> tuple[str, str, str, str]:
    return (_("Chronogram"), _("To do now"), _("Cells and systems"), _("Log"))


class Tabs(Widget):
    def __init__(self, desk: Desk) -> None:
        super().__init__(id="tabs")
        self.auto_links = False
        self._desk = desk
        self._line = Text()
        self.current = 0

    def redraw(self) -> None:
        waiting = len(tasks(self._desk))
        line = Text(" ")
        for index, title in enumerate(panel_titles()):
            style = f"bold reverse {SKY}" if index == self.current else GREY
            label = f" {index + 1} {title} "
            if index == 1 and waiting:
                clash = "‼" if self._desk.collisions() else ""
                label = f" {index + 1} {title} ({waiting}){clash} "
                style = style if index == self.current else f"bold {ORANGE}"
            click = Style.from_meta({"@click": f"screen.do('panel({index})')"})
            line.append(label, Style.parse(style) + click)
            line.append(" ")
        if line != self._line:
            self._line = line
            self.refresh()

    def render(self) -> Text:
        return self._line
