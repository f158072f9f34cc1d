"""Something that one line of the screen is too short for; any of Enter and Escape closes it."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget

from cyberex.console.dialogs.dialog import Dialog
from cyberex.console.prose import Prose
from cyberex.i18n import _
from cyberex.wording.clean import clean


class Tell(Dialog[None]):
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,q", "cancel", show=False)]

    def __init__(self, title: str, text: str) -> None:
        super().__init__(title)
        self._told = clean(text)

    def body(self) -> list[Widget]:
        return [VerticalScroll(Prose(self._told), classes="told")]

    def keys_line(self) -> str:
        return _("Enter or Escape: close")
