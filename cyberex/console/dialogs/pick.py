"""Choose one of a list: by its letter at once, or by typing part of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_lowercase, ascii_uppercase
from typing import Any, Generic, TypeVar

from rich.text import Text
from textual import events
from textual.widget import Widget
from textual.widgets import Input, Static

from cyberex.console.dialogs.dialog import Dialog
from cyberex.console.line_list import LineList, folded
from cyberex.console.palette import ORANGE, WHITE
from cyberex.i18n import _
from cyberex.wording.clean import clean_line

T = TypeVar("T")
DIGITS = "123456789"
LETTERS = ascii_lowercase + ascii_uppercase


@dataclass(frozen=True, slots=True)
class Option(Generic[T]):
    """`key` "" takes the next free letter or digit of the list."""

    value: T
    label: str
    key: str = ""


class Pick(Dialog[T]):
    """`letters`: one key chooses. Else typing filters, arrows move, Enter chooses."""

    def __init__(
        self,
        title: str,
        options: Sequence[Option[T]],
        *,
        letters: bool,
        keys: str = LETTERS,
        first: int = 0,
        details: str = "",
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
        self._list: LineList[Option[T]] = LineList(
            self._line, lambda option: option.value, empty=lambda: _("nothing to choose")
        )

    def body(self) -> list[Widget]:
        details = [Static(self._details, markup=False, classes="details")] if self._details else []
        field = [] if self._letters else [Input(placeholder=_("type to find"))]
        self._list.styles.height = max(1, min(len(self._options), 14))
        return [*details, *field, self._list]

    def keys_line(self) -> str:
        if self._letters:
            return _("letter or Enter: choose · Escape: leave")
        return _("type, ↑ ↓, Enter: choose · Escape: leave")

    def on_mount(self) -> None:
        self._list.show(self._options)
        self._list.select(self._first)
        if self._letters:
            self._list.focus()

    def _line(self, option: Option[Any], _width: int) -> Text:
        if not self._letters:
            return Text(option.label, WHITE)
        return Text.assemble((f"{option.key or ' '} ", f"bold {ORANGE}"), (option.label, WHITE))

    def on_input_changed(self, event: Input.Changed) -> None:
        wanted = folded(event.value).split()
        kept = [
            item for item in self._options if all(word in folded(item.label) for word in wanted)
        ]
        self._list.show(kept)
        self._list.select(0)

    def on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.stop()
            self._choose()
        elif not self._letters and event.key in ("up", "down", "pageup", "pagedown"):
            event.stop()
            getattr(self._list, "action_page" if "page" in event.key else "action_move")(
                -1 if "up" in event.key else 1
            )
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
        chosen = self._list.selected
        if chosen is not None:
            self.dismiss(chosen.value)
