"""A list of any length of which only the lines in sight are made: ten thousand cost nothing."""

import unicodedata
from collections.abc import Callable, Sequence
from typing import ClassVar, Generic, TypeVar

from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from cyberex.console.palette import GREY, SKY

T = TypeVar("T")

CURSOR = "›"
_CONSOLE = Console(color_system="truecolor", force_terminal=True, width=400)
"""Only resolves styles: nothing is printed on it."""


def folded(text: str) -> str:
    """Without case and accents, to search in."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(char for char in plain if not unicodedata.combining(char))


class LineList(ScrollView, Generic[T], can_focus=True):
    """One line an item. `render_item` makes a line; items are told apart by `identify`.

    `follow`: stays where the present is (`present_index`) until somebody moves the cursor.
    """

    DEFAULT_CSS = """
    LineList { overflow-x: hidden; scrollbar-size-vertical: 1; scrollbar-size-horizontal: 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "end(-1)", show=False),
        Binding("end", "end(1)", show=False),
    ]

    class Clicked(Message):
        """The line already under the cursor was clicked."""

        def __init__(self, sender: "LineList[T]") -> None:
            super().__init__()
            self.list = sender

    def __init__(
        self,
        render_item: Callable[[T, int], Text],
        identify: Callable[[T], object],
        *,
        empty: Callable[[], str] = str,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self._render_item = render_item
        self._identify = identify
        self._empty = empty
        self._items: Sequence[T] = ()
        self._cursor = 0
        self._lines: dict[tuple[int, int], Strip] = {}
        self.follow = True

    # What it shows

    @property
    def items(self) -> Sequence[T]:
        return self._items

    @property
    def selected(self) -> T | None:
        return self._items[self._cursor] if 0 <= self._cursor < len(self._items) else None

    @property
    def cursor(self) -> int:
        return self._cursor

    def show(self, items: Sequence[T], present: int | None = None) -> None:
        """Show these. The cursor stays on its item, or goes to `present` while following."""
        chosen = self.selected
        self._items = items
        self._lines.clear()
        size = Size(self.size.width, len(items))
        if size != self.virtual_size:
            self.virtual_size = size
        if self.follow and present is not None:
            self._place(present, follow=True)
        elif chosen is not None:
            self._place(self._index_of(chosen), follow=False)
        self.refresh()

    def _index_of(self, item: T) -> int:
        wanted = self._identify(item)
        here = self._cursor
        if here < len(self._items) and self._identify(self._items[here]) == wanted:
            return here
        for index, other in enumerate(self._items):
            if self._identify(other) == wanted:
                return index
        return min(here, max(0, len(self._items) - 1))

    def select(self, index: int) -> None:
        self._place(index, follow=True)
        self.refresh()

    def _place(self, index: int, *, follow: bool) -> None:
        self._cursor = max(0, min(index, len(self._items) - 1))
        if follow:
            self._bring_into_sight()

    def _bring_into_sight(self) -> None:
        height = max(1, self.scrollable_content_region.height)
        top = self.scroll_offset.y
        last = max(0, len(self._items) - height)
        if top <= self._cursor < top + height and top <= last:
            return
        wanted = self._cursor - height // 3 if self.follow else self._cursor - height // 2
        if self._cursor == top - 1:
            wanted = self._cursor
        elif self._cursor == top + height:
            wanted = top + 1
        self.scroll_to(y=max(0, min(wanted, last)), animate=False, force=True)

    # Drawing

    def on_resize(self, _: events.Resize) -> None:
        self._lines.clear()
        self.virtual_size = Size(self.size.width, len(self._items))
        self._bring_into_sight()

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        index = y + self.scroll_offset.y
        base = self.rich_style
        if not self._items and y == 0:
            return _strip(Text(" " + self._empty(), GREY), width, base)
        if not 0 <= index < len(self._items):
            return Strip.blank(width, base)
        selected = index == self._cursor
        key = (index, 2 * selected + (selected and self.has_focus))
        strip = self._lines.get(key)
        if strip is None or strip.cell_length != width:
            strip = self._line(index, width, base)
            self._lines[key] = strip
        return strip

    def _line(self, index: int, width: int, base: Style) -> Strip:
        body = self._render_item(self._items[index], width - 1)
        if index != self._cursor:
            return _strip(Text.assemble(" ", body), width, base)
        line = Text.assemble((CURSOR, f"bold {SKY}"), body)
        if self.has_focus:
            base = base + Style(bgcolor="#2A3A4A", bold=True)
        return _strip(line, width, base)

    def watch_has_focus(self, value: bool) -> None:
        super().watch_has_focus(value)
        self._lines.clear()

    # Moving

    def _moved(self) -> None:
        self.follow = False
        self._bring_into_sight()
        self._lines.clear()
        self.refresh()
        self.post_message(self.Moved(self))

    class Moved(Message):
        """The user moved the cursor."""

        def __init__(self, sender: "LineList[T]") -> None:
            super().__init__()
            self.list = sender

    def action_move(self, by: int) -> None:
        self._cursor = max(0, min(self._cursor + by, len(self._items) - 1))
        self._moved()

    def action_page(self, by: int) -> None:
        self.action_move(by * max(1, self.scrollable_content_region.height - 1))

    def action_end(self, way: int) -> None:
        self._cursor = 0 if way < 0 else max(0, len(self._items) - 1)
        self._moved()

    def on_click(self, event: events.Click) -> None:
        index = event.y + self.scroll_offset.y
        if not 0 <= index < len(self._items):
            return
        if index == self._cursor:
            self.post_message(self.Clicked(self))
            return
        self._cursor = index
        self._moved()

    @property
    def cursor_region(self) -> Region:
        return Region(0, self._cursor, self.size.width, 1)


def _strip(line: Text, width: int, base: Style) -> Strip:
    line.no_wrap = True
    line.truncate(width, overflow="ellipsis")
    segments = [
        Segment(segment.text, base + segment.style if segment.style else base)
        for segment in line.render(_CONSOLE)
    ]
    return Strip(segments).adjust_cell_length(width, base)
