"""Choose one of a list: by its letter at once, or by typing part of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_lowercase, ascii_uppercase
from typing import Any, Generic, TypeVar

from rich.cells import cell_len
from rich.text import Text
from textual import events
from textual.widget import Widget
from textual.widgets import Input

from cyberex.console.dialogs.dialog import Dialog
from cyberex.console.line_list import LineList, folded
from cyberex.console.palette import ORANGE, WHITE
from cyberex.console.prose import Prose
from cyberex.i18n import _
from cyberex.wording.clean import clean_line

T = TypeVar("T")
DIGITS = "123456789"
LETTERS = ascii_lowercase + ascii_uppercase


ROWS = 14


@dataclass(frozen=True, slots=True)
class Option(Generic[T]):
    """`key` "" takes the next free letter or digit of the list."""

    value: T
    label: str
    key: str = ""


def lettered(value: T, text: str) -> Option[T]:
    """From `f: it and all that follows`: the letter is the language's own."""
    key, _colon, label = text.partition(":")
    return Option(value, label.strip(), key.strip())


Row = tuple[Option[T], ...]


class Pick(Dialog[T]):
    """`letters`: one key chooses; `dense`: a long list then stands in two columns, every letter
    in sight. Else typing filters, arrows move, Enter chooses."""

    def __init__(
        self,
        title: str,
        options: Sequence[Option[T]],
        *,
        letters: bool,
        keys: str = LETTERS,
        first: int = 0,
        details: str = "",
        dense: bool = False,
    ) -> None:
        super().__init__(title)
        taken = {option.key for option in options}
        free = iter([key for key in keys if key not in taken])
        self._options = [
            Option(item.value, clean_line(item.label), item.key or next(free, ""))
            for item in options
        ]
        self._letters = letters
        self._first = first
        self._details = details
        self._columns = 2 if dense and letters and len(options) > ROWS else 1
        self._column = 0
        self._list: LineList[Row[T]] = LineList(
            self._line, lambda row: row[0].value, empty=lambda: _("nothing to choose")
        )
        self._whole = Prose(classes="whole")

    def body(self) -> list[Widget]:
        details = [Prose(self._details, classes="details")] if self._details else []
        field = [] if self._letters else [Input(placeholder=_("type to find"))]
        most = ROWS - 4 if details else ROWS
        self._list.styles.height = max(1, min(len(self._rows(self._options)), most))
        return [*details, *field, self._list, self._whole]

    def keys_line(self) -> str:
        keys = [option.key for option in self._options if option.key]
        if self._letters and keys and all(key.isdigit() for key in keys):
            return _("digit or Enter: choose · Escape: cancel")
        if self._letters and any(key.isdigit() for key in keys):
            return _("key at the left, or Enter: choose · Escape: cancel")
        if self._letters:
            return _("letter or Enter: choose · Escape: cancel")
        return _("type, ↑ ↓, Enter: choose · Escape: cancel")

    def on_mount(self) -> None:
        rows = self._rows(self._options)
        self._list.show(rows)
        self._list.select(self._first % len(rows) if rows else 0)
        if self._letters:
            self._list.focus()
        self.call_after_refresh(self._show_whole)

    def _show_whole(self) -> None:
        """What the list cuts of the option under the cursor, in full below it."""
        room = self._list.size.width // self._columns - 4
        cut = any(cell_len(option.label) > room for option in self._options)
        row = self._list.selected
        chosen = row[min(self._column, len(row) - 1)].label if row else ""
        self._whole.display = cut
        self._whole.say(chosen if cell_len(chosen) > room else "")

    def on_line_list_moved(self, _: LineList.Moved) -> None:
        self._show_whole()

    def _rows(self, options: Sequence[Option[T]]) -> list[Row[T]]:
        """A row an option, or the first half beside the second."""
        if self._columns == 1:
            return [(option,) for option in options]
        half = (len(options) + 1) // 2
        return [
            tuple(options[place] for place in (row, row + half) if place < len(options))
            for row in range(half)
        ]

    def _line(self, row: Row[Any], width: int) -> Text:
        line = Text()
        for place, option in enumerate(row):
            part = Text()
            if self._letters:
                part.append(f"{option.key or ' '} ", f"bold {ORANGE}")
            chosen = self._columns > 1 and place == self._column and row == self._list.selected
            part.append(option.label, f"underline {WHITE}" if chosen else WHITE)
            if self._columns > 1:
                part.truncate(width // 2 - 2, overflow="ellipsis", pad=True)
                part.append("  ")
            line.append_text(part)
        return line

    def on_input_changed(self, event: Input.Changed) -> None:
        wanted = folded(event.value).split()
        kept = [
            item for item in self._options if all(word in folded(item.label) for word in wanted)
        ]
        self._list.show(self._rows(kept))
        self._list.select(0)
        self._show_whole()

    def on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.stop()
            self._choose()
        elif not self._letters and event.key in ("up", "down", "pageup", "pagedown"):
            event.stop()
            getattr(self._list, "action_page" if "page" in event.key else "action_move")(
                -1 if "up" in event.key else 1
            )
        elif self._columns > 1 and event.key in ("left", "right"):
            event.stop()
            self._column = int(event.key == "right")
            self._list.show(self._list.items)
            self._show_whole()
        elif self._letters and event.character:
            for option in self._options:
                if option.key and option.key == event.character:
                    event.stop()
                    self.dismiss(option.value)
                    return

    def on_input_submitted(self, _: Input.Submitted) -> None:
        self._choose()

    def on_line_list_clicked(self, _: LineList.Clicked) -> None:
        self._choose()

    def _choose(self) -> None:
        row = self._list.selected
        if row is not None:
            self.dismiss(row[min(self._column, len(row) - 1)].value)
