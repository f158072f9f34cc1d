"""Ask for one line: an amount, an hour, a word. What cannot be read is said at once."""

from collections.abc import Callable

from textual.widget import Widget
from textual.widgets import Input

from cyberex.console.dialogs.dialog import Dialog
from cyberex.console.prose import Prose
from cyberex.i18n import _


class AskLine(Dialog[str]):
    """`check` gives what is wrong with a line, "" if it is right; `hint` what it means, as it is
    typed."""

    def __init__(
        self,
        title: str,
        *,
        details: str = "",
        initial: str = "",
        placeholder: str = "",
        check: Callable[[str], str] = lambda _: "",
        hint: Callable[[str], str] = lambda _: "",
    ) -> None:
        super().__init__(title)
        self._details = details
        self._initial = initial
        self._placeholder = placeholder
        self._check = check
        self._hint = hint

    def body(self) -> list[Widget]:
        details = [Prose(self._details, classes="details")] if self._details else []
        return [
            *details,
            Input(self._initial, placeholder=self._placeholder),
            Prose("", classes="wrong"),
        ]

    def on_input_changed(self, event: Input.Changed) -> None:
        self.query_one(".wrong", Prose).say(self._hint(event.value))

    def keys_line(self) -> str:
        return _("Enter: save · Escape: cancel")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        wrong = self._check(event.value)
        if wrong:
            self.query_one(".wrong", Prose).say(f"! {wrong}")
            return
        self.dismiss(event.value)
