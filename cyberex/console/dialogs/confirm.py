"""Confirm what cannot be undone: what will happen is listed; the gravest is confirmed by typing."""

from collections.abc import Sequence

from textual import events
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Input

from cyberex.console.dialogs.dialog import Dialog
from cyberex.console.line_list import folded
from cyberex.console.prose import Prose
from cyberex.i18n import _
from cyberex.wording.clean import clean


class Confirm(Dialog[bool]):
    """True once confirmed. `word`: must be typed, case and accents apart."""

    def __init__(self, title: str, details: Sequence[str] = (), *, word: str = "") -> None:
        super().__init__(title)
        self._lines = clean("\n".join(details))
        self._word = word

    def body(self) -> list[Widget]:
        found: list[Widget] = []
        if self._lines:
            found.append(VerticalScroll(Prose(self._lines), classes="details"))
        if self._word:
            found.append(Prose(_("Type {word} to confirm:").format(word=self._word)))
            found.append(Input())
        return found

    def on_mount(self) -> None:
        if self._word:
            self.query_one(Input).focus()

    def keys_line(self) -> str:
        if self._word:
            return _("Enter: confirm · Escape: no")
        return _("Enter or {yes}: yes · Escape or n: no").format(yes=_("y"))

    def on_key(self, event: events.Key) -> None:
        if self._word:
            return
        if event.key == "enter" or event.character in ("y", "o"):
            event.stop()
            self.dismiss(True)
        elif event.character == "n":
            event.stop()
            self.dismiss(None)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if folded(event.value.strip()) == folded(self._word):
            self.dismiss(True)
