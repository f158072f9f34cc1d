"""Text over several lines, cut as French is: a sign is never cut from the word before it.

The screen library cuts at any white space, no-break spaces included.
"""

import re
from collections.abc import Iterator

from rich.cells import cell_len
from rich.text import Text
from textual.geometry import Size
from textual.widgets import Static

_BREAK = re.compile(r"(?<!«) +(?![:;?!»] | *$|[:;?!»]$)")
"""An ordinary space, unless it stands inside guillemets or before a sign."""


def wrapped(text: Text, width: int) -> list[Text]:
    """The lines of `text` in `width` columns; a word that is longer is cut."""
    lines: list[Text] = []
    for line in text.split("\n", allow_blank=True):
        cuts = list(_cuts(line.plain, max(1, width)))
        lines.extend(line.divide(cuts) if cuts else [line])
    for line in lines:
        line.rstrip()
        line.no_wrap = True
    return lines


def _cuts(plain: str, width: int) -> Iterator[int]:
    """Where a new line begins."""
    start = 0
    for begin, end in _words(plain):
        if cell_len(plain[start:end].rstrip(" ")) <= width:
            continue
        if begin > start:
            start = begin
            yield start
        while cell_len(plain[start:end].rstrip(" ")) > width:
            start += _fitting(plain[start:end], width)
            yield start


def _words(plain: str) -> Iterator[tuple[int, int]]:
    """Each with the spaces that follow it."""
    begin = 0
    for space in _BREAK.finditer(plain):
        yield begin, space.end()
        begin = space.end()
    yield begin, len(plain)


def _fitting(word: str, width: int) -> int:
    """How many characters fit, at least one."""
    taken = columns = 0
    for char in word:
        columns += cell_len(char)
        if columns > width:
            break
        taken += 1
    return max(1, taken)


class Prose(Static):
    """A text that wraps; `update` takes plain or styled text."""

    DEFAULT_CSS = "Prose { height: auto; text-wrap: nowrap; }"

    def __init__(self, text: Text | str = "", *, id: str | None = None, classes: str = "") -> None:
        super().__init__("", markup=False, id=id, classes=classes)
        self._text = _as_text(text)

    @property
    def said(self) -> str:
        """Its words, before they were cut into lines."""
        return self._text.plain

    def say(self, text: Text | str) -> None:
        """Show this instead."""
        self._text = _as_text(text)
        self.refresh(layout=True)

    def render(self) -> Text:
        return Text("\n").join(wrapped(self._text.copy(), self.content_size.width or 80))

    def get_content_height(self, _container: Size, _viewport: Size, width: int) -> int:
        return len(wrapped(self._text.copy(), width))


def _as_text(text: Text | str) -> Text:
    return Text(text) if isinstance(text, str) else text
