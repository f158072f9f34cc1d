"""A screen that is left once: keys typed ahead of it going away must not close what is below."""

from typing import TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import Screen

T = TypeVar("T")


class LeftOnce(Screen[T]):
    """Textual's own `dismiss` closes whatever screen is on top, the main one included."""

    def dismiss(self, result: T | None = None) -> AwaitComplete:
        """Answer `result` and go away; nothing if it is gone, or under another screen."""
        return super().dismiss(result) if self.is_active else AwaitComplete()
