"""A screen of a few lists: all in sight on a large terminal, one at a time on a small one."""

from collections.abc import Sequence
from typing import Any, ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.widget import Widget
from textual.widgets import Static

from cyberex.console.acting import ActingScreen
from cyberex.console.desk import Desk
from cyberex.console.line_list import LineList
from cyberex.console.main_screen import REDRAW_S, WIDE
from cyberex.console.palette import GREY, SKY
from cyberex.console.panels.banner import Banner
from cyberex.console.panels.header import Header
from cyberex.console.stage import Action


class PagedScreen(ActingScreen):
    """Subclasses give the lists in `pages`, fill them in `refill`, and say what Enter does."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "page(0)", show=False),
        Binding("2", "page(1)", show=False),
        Binding("3", "page(2)", show=False),
        Binding("enter", "enter", show=False),
        Binding("escape", "back", show=False),
    ]

    def __init__(self, desk: Desk, name: str) -> None:
        super().__init__(desk)
        self._header = Header(desk)
        self._banner = Banner(desk)
        self._tabs = Static(classes="pages", markup=False)
        self._status = Static(classes="status", markup=False)
        self._body = Container(id=name, classes="paged")
        self._drawn: object = None
        self.page = 0

    # What a subclass says

    @property
    def pages(self) -> Sequence[LineList[Any]]:
        return ()

    def beside(self) -> Sequence[Widget]:
        """What stands beside the lists."""
        return ()

    def titles(self) -> Sequence[str]:
        return ()

    def status(self) -> Text:
        return Text()

    def keys_words(self) -> str:
        return ""

    def refill(self) -> None:
        """Put into the lists what is known now."""

    def chosen(self) -> Action | None:
        """What Enter does in the page in sight."""
        return None

    # Drawing

    def compose(self) -> ComposeResult:
        yield self._header
        yield self._banner
        yield self._tabs
        yield self._status
        with self._body:
            yield Container(*self.pages, classes="lists")
            yield from self.beside()
        yield self.message
        keys = Static(id="footer", markup=False)
        keys.update(self.keys_words())
        yield keys

    def on_mount(self) -> None:
        self._banner.display = False
        for place, found in zip(("first", "second", "third"), self.pages, strict=False):
            found.add_class(place)
        self.set_class(self.size.width < WIDE, "narrow")
        self.action_page(self.page)
        self.redraw()
        self.set_interval(REDRAW_S, self.redraw)

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.width < WIDE, "narrow")

    def version(self) -> object:
        """What is shown changes when this does; once a second at least."""
        return (self.desk.board.seq, self.desk.room().replace(microsecond=0))

    def redraw(self) -> None:
        self._header.redraw()
        self._banner.redraw()
        self.tell_of_waiting()
        version = (self.version(), self.page)
        if version == self._drawn:
            return
        self._drawn = version
        self.refill()
        self._status.update(self.status())
        titles = self.titles()
        line = Text(" ", no_wrap=True, overflow="ellipsis")
        for number, (found, title) in enumerate(zip(self.pages, titles, strict=True)):
            found.border_title = f"{number + 1} {title}"
            style = f"bold reverse {SKY}" if number == self.page else GREY
            line.append(f" {number + 1} {title} ", style).append(" ")
        self._tabs.update(line)

    # Keys

    def action_page(self, number: int) -> None:
        if number < len(self.pages):
            self.page = number
            for index in range(len(self.pages)):
                self._body.set_class(index == number, f"page{index}")
            self.pages[number].focus()
            self._drawn = None

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        for index, found in enumerate(self.pages):
            if event.widget is found and index != self.page and not self.has_class("narrow"):
                self.action_page(index)

    def action_enter(self) -> None:
        action = self.chosen()
        if action is not None:
            self.start(action)

    def on_line_list_clicked(self, _: LineList.Clicked) -> None:
        self.action_enter()

    def action_back(self) -> None:
        self.dismiss(None)
