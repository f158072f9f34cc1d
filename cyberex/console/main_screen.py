"""The main screen: lays out the panels, redraws them from the board, starts actions by their key.

Never here: what an action asks or submits (`actions`), what a panel says (`panels`).
"""

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from cyberex.console.acting import ActingScreen
from cyberex.console.actions.table import ACTIONS
from cyberex.console.desk import Desk
from cyberex.console.dialogs.help import HelpDialog
from cyberex.console.keys import KEYS
from cyberex.console.line_list import LineList, folded
from cyberex.console.panels.banner import Banner
from cyberex.console.panels.caption import Caption
from cyberex.console.panels.cells import CellsPanel
from cyberex.console.panels.chronogram import ChronogramPanel
from cyberex.console.panels.footer import Footer
from cyberex.console.panels.header import Header
from cyberex.console.panels.log import LogPanel
from cyberex.console.panels.tabs import Tabs, panel_titles
from cyberex.console.panels.to_do import ToDoPanel
from cyberex.console.tasks import Task
from cyberex.i18n import _
from cyberex.views.log_lines import LogLine
from cyberex.views.rows import Row
from cyberex.wording.clean import clean_line

WIDE = 110
REDRAW_S, SOON_S = 0.2, 0.03


class MainScreen(ActingScreen):
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(key.keys, f"do('{key.action}')", show=False) for key in KEYS if not key.priority),
        Binding("escape", "clear", show=False),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._header = Header(desk)
        self._banner = Banner(desk)
        self._tabs = Tabs(desk)
        self._footer = Footer(desk)
        self._caption = Caption()
        self._chronogram = ChronogramPanel(desk)
        self._to_do = ToDoPanel(desk)
        self._cells = CellsPanel(desk)
        self._log = LogPanel(desk)
        self._soon = False

    def compose(self) -> ComposeResult:
        yield self._header
        yield self._banner
        yield self._tabs
        with Vertical(id="body"):
            with Horizontal(id="upper"):
                yield self._chronogram
                with Vertical(id="right"):
                    yield self._to_do
                    yield self._cells
            yield self._log
        yield self._caption
        yield self.message
        yield self._footer

    def on_mount(self) -> None:
        if self.desk.services.tabletop:
            self.add_class("tabletop")
            self._tabs.current = 1
        titles = panel_titles()
        for number, panel in enumerate(self._panels()):
            panel.border_title = f"{number + 1} {titles[number]}"
        self._lay_out(self.size.width)
        self._focusable(self._tabs.current).focus()
        self.redraw()
        self.set_interval(REDRAW_S, self.redraw)

    def _panels(self) -> tuple[Widget, Widget, Widget, Widget]:
        return (self._chronogram, self._to_do, self._cells, self._log)

    def _focusable(self, index: int) -> Widget:
        return (self._chronogram, self._to_do.list, self._cells, self._log)[index]

    # Drawing

    def redraw(self) -> None:
        """What changed since the last time; cheap when nothing did."""
        for part in (self._header, self._banner, self._tabs, self._footer):
            part.redraw()
        for panel in (self._chronogram, self._to_do, self._cells, self._log):
            if panel.display:
                panel.redraw()
        self.tell_of_waiting()

    def soon(self) -> None:
        """Redraw shortly: what was just asked is seen at once, a burst only once."""
        if not self._soon:
            self._soon = True
            self.set_timer(SOON_S, self._redraw_soon)

    def _redraw_soon(self) -> None:
        self._soon = False
        self.redraw()

    def on_resize(self, event: events.Resize) -> None:
        self._lay_out(event.size.width)

    def _lay_out(self, width: int) -> None:
        self.set_class(width < WIDE, "narrow")
        self._show_panel(self._tabs.current)

    def _show_panel(self, index: int) -> None:
        self._tabs.current = index
        for number in range(4):
            self.set_class(number == index, f"show{number}")

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        for index in range(4):
            if event.widget is self._focusable(index) and index != self._tabs.current:
                if self.has_class("narrow") and index != 3:
                    self._show_panel(index)
                elif not self.has_class("narrow"):
                    self._tabs.current = index

    # What is under the cursors

    def selected_row(self) -> Row | None:
        """Asked for by an action: the cursor stays on it."""
        if not self._chronogram.has_focus:
            return None
        self._chronogram.pin()
        return self._chronogram.selected

    def selected_task(self) -> Task | None:
        return self._to_do.selected if self._to_do.list.has_focus else None

    def selected_line(self) -> LogLine | None:
        return self._log.selected if self._log.has_focus else None

    # Keys

    def action_do(self, name: str) -> None:
        if name.startswith("panel("):
            self._go_to_panel(int(name[6]))
        elif name == "help":
            self.app.push_screen(HelpDialog(self.desk))
        elif name in ("leave", "privacy"):
            self.run_worker(self.app.run_action(name))
        else:
            self.start(ACTIONS[name])

    def explain(self, text: str, panel: int | None = None) -> None:
        """A caption that stays until the next one; `panel`, from 0, comes into sight with it."""
        self._caption.explain(text)
        if panel is not None and self.is_current:
            self._go_to_panel(panel)

    def _go_to_panel(self, index: int) -> None:
        self._show_panel(index)
        self._focusable(index).focus()
        self.redraw()

    def on_line_list_clicked(self, event: LineList.Clicked) -> None:
        if event.list is self._to_do.list:
            self.action_do("done")

    def to_present(self) -> None:
        self._chronogram.to_present()
        self._log.follow = True
        self.redraw()

    def go_to(self, row: Row) -> None:
        """Show that row of the chronogram, whatever was searched for."""
        self._filter(self._chronogram, "")
        self._go_to_panel(0)
        self._chronogram.go_to(row)

    async def search(self) -> None:
        """In the chronogram if it has the focus, else in the log; nothing typed shows all."""
        panel = self._chronogram if self._chronogram.has_focus else self._log
        text = await self.stage.line(
            _("Search in {panel}").format(panel=panel_titles()[self._panels().index(panel)]),
            initial=panel.wanted,
        )
        if text is None:
            return
        self._filter(panel, text)
        if panel.wanted:
            self._go_to_panel(self._panels().index(panel))
            self.tell(_("{count} found. Escape: all again.").format(count=len(panel.items)))

    def _filter(self, panel: ChronogramPanel | LogPanel, text: str) -> None:
        panel.wanted = folded(text.strip())
        panel.redraw()

    def action_clear(self) -> None:
        for panel in (self._chronogram, self._log):
            if panel.wanted:
                self._filter(panel, "")
        self.message.update("")

    def failed(self, fault: BaseException) -> None:
        """The driver is gone: say so, for good."""
        where = self.desk.services.log_bug(fault)
        self._banner.bug = clean_line(f"{type(fault).__name__}: {fault} {where}")
        self.redraw()
