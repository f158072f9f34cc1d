"""The keys at hand, as many as fit, in the order of their rank; a click presses them.

Out of play the key that leads on (briefing, DEBEX, debrief) comes first.
"""

from rich.style import Style
from rich.text import Text
from textual.widget import Widget

from cyberex.console.desk import Desk
from cyberex.console.keys import KEYS
from cyberex.console.palette import GREY, ORANGE
from cyberex.i18n import _
from cyberex.views.situation import State

WIDE = 110


class Footer(Widget):
    def __init__(self, desk: Desk) -> None:
        super().__init__(id="footer")
        self.auto_links = False
        self._desk = desk
        self._state: State | None = None

    def redraw(self) -> None:
        if self._desk.board.situation.state is not self._state:
            self._state = self._desk.board.situation.state
            self.refresh()

    def render(self) -> Text:
        width = self.size.width
        state = self._desk.board.situation.state
        playing, over = state is State.PLAY, state in (State.DEBRIEF, State.CLOSED)
        keys = sorted(
            (key for key in KEYS if key.rank),
            key=lambda key: 0 if key.action == "debex" and not playing else key.rank,
        )
        last = next(key for key in keys if key.action == "help")
        room = width - len(last.shown()) - len(last.label()) - 1
        gap = "  " if width >= WIDE else " "
        line = Text(" ")
        for key in keys:
            if key is last or len(line) + len(key.shown()) + len(key.label()) + 1 + len(gap) > room:
                continue
            label = _("debrief report") if over and key.action == "debex" else key.label()
            line.append(_piece(key.shown(), label, key.action, gap))
        line.append(_piece(last.shown(), last.label(), last.action, gap))
        line.no_wrap = True
        return line


def _piece(shown: str, label: str, action: str, gap: str) -> Text:
    click = Style.from_meta({"@click": f"screen.do('{action}')"})
    return Text.assemble(
        (shown, Style.parse(f"bold {ORANGE}") + click),
        (f" {label}", Style.parse(GREY) + click),
        gap,
    )
