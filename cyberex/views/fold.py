"""What every view has in common: take recorded events one after the other, whatever their order.

A view never raises for an event: a journal may come from another version or be cut short.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from cyberex.facts.exercise_events import DebexGiven, ExerciseAdvanced
from cyberex.facts.model import Event, Recorded

E = TypeVar("E", bound=Event)

BEFORE_ALL_MS = -(2**53)
"""Exercise time before any event was seen."""


class Fold:
    """Sends each event to the handlers that a view registered for its exact class.

    `now_ms` is the exercise time of the event at hand. It differs from the recorded `sim_ms`
    behind an advance, whose batch carries the instant before the move. `version` grows with each
    event that concerns the view: what was computed from an older one is stale.
    """

    def __init__(self) -> None:
        self.now_ms = BEFORE_ALL_MS
        self.version = 0
        self._handlers: dict[type[Event], tuple[Callable[[Recorded, Any], None], ...]] = {}

    def on(self, kind: type[E], handler: Callable[[Recorded, E], None]) -> None:
        """Call `handler` for each event of class `kind`, after those registered before."""
        self._handlers[kind] = (*self._handlers.get(kind, ()), handler)

    def concerns(self, kind: type[Event]) -> bool:
        """Whether events of this class must reach it; what moves its clock at once does."""
        return kind in self._handlers or kind in (ExerciseAdvanced, DebexGiven)

    def apply(self, recorded: Recorded) -> None:
        event = recorded.event
        if recorded.sim_ms > self.now_ms:
            self.now_ms = recorded.sim_ms
        kind = type(event)
        if kind is ExerciseAdvanced:
            self.now_ms = max(self.now_ms, event.to_ms)  # type: ignore[attr-defined]
        elif kind is DebexGiven:
            self.now_ms = max(self.now_ms, 0)
        handlers = self._handlers.get(kind)
        if handlers is None:
            return
        self.version += 1
        for handler in handlers:
            handler(recorded, event)
