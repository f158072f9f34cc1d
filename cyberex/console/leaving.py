"""Going away quietly: a screen is left once; an application that breaks prints no traceback."""

from typing import TypeVar

from textual.app import App
from textual.await_complete import AwaitComplete
from textual.screen import Screen

T = TypeVar("T")


class LeftOnce(Screen[T]):
    """Textual's own `dismiss` closes whatever screen is on top, the main one included."""

    def dismiss(self, result: T | None = None) -> AwaitComplete:
        """Answer `result` and go away; nothing if it is gone, or under another screen."""
        return super().dismiss(result) if self.is_active else AwaitComplete()

    def check_action(self, _action: str, _parameters: tuple[object, ...]) -> bool | None:
        """Nothing is done while the screen is being made: a key typed ahead would find it empty."""
        return self.is_mounted


class QuietApp(App[T]):
    """Keeps the bug that ended it for whoever runs it, and prints nothing."""

    @property
    def fault(self) -> Exception | None:
        """The bug that ended the application, None if there was none."""
        return self._exception

    def _handle_exception(self, error: Exception) -> None:
        """On the way out, a screen that was about to open finds nothing to stand on: no bug."""
        if not self._exit:
            super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """Textual would print the traceback, with the names and numbers that its locals hold."""
        self._close_messages_no_wait()
