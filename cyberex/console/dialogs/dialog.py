"""A window over the screen: a title, its body, one line of keys. Escape answers None.

The two header lines stay in sight above it.
"""

from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static

from cyberex.console.leaving import LeftOnce
from cyberex.i18n import _
from cyberex.wording.clean import clean_line

T = TypeVar("T")


class Dialog(ModalScreen[T | None], LeftOnce[T | None]):
    """Subclasses give `body` and, if need be, `keys_line`.

    The modal screen stands first: styles are looked for along first bases only.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", show=False)]

    class Ready(Message):
        """It is drawn, and has the focus."""

        namespace = "dialog"

    def __init__(self, title: str) -> None:
        super().__init__()
        self.dialog_title = clean_line(title)

    def on_mount(self) -> None:
        """Each dialog's own comes before."""
        self.call_after_refresh(lambda: self.app.post_message(self.Ready()))

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog") as window:
            window.border_title = self.dialog_title.replace("[", "\\[")
            yield from self.body()
            yield Static(self.keys_line(), classes="keys", id="keys", markup=False)

    def body(self) -> list[Widget]:
        return []

    def keys_line(self) -> str:
        return _("Enter: yes · Escape: no")

    def action_cancel(self) -> None:
        self.dismiss(None)
