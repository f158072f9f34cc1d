"""What is typed while a dialog is being made: kept, then given to it in the order it was typed.

Never for long: a console that no key moves would be worse than a lost letter. The keys that work
everywhere (the real stop first) do not come through here.
"""

from collections.abc import Callable

from textual import events
from textual.message import Message

MOST_S = 1.0


class TypedAhead:
    """`send` gives a key back to the application; `monotonic_s` is a clock."""

    def __init__(self, send: Callable[[Message], object], monotonic_s: Callable[[], float]) -> None:
        self._send = send
        self._monotonic_s = monotonic_s
        self._kept: list[events.Key | events.Paste] = []
        self._since_s: float | None = None

    def hold(self) -> None:
        """Something was started that may ask a question."""
        self._since_s = self._monotonic_s()

    def let_go(self) -> None:
        """Whoever has the focus now is given what was kept."""
        self._since_s = None
        kept, self._kept = self._kept, []
        for event in kept:
            self._send(_again(event))

    def keeps(self, event: events.Key | events.Paste) -> bool:
        """Whether it waits for the dialog that is being made."""
        if self._since_s is None:
            return False
        self._kept.append(event)
        if self._monotonic_s() - self._since_s > MOST_S:
            self.let_go()
        return True


def _again(event: events.Key | events.Paste) -> events.Key | events.Paste:
    """As if it were typed now: an event goes its way only once."""
    if isinstance(event, events.Key):
        return events.Key(event.key, event.character)
    return events.Paste(event.text)
