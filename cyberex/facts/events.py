"""Every event by its recorded name: the one list that the codec, views and documentation read."""

import inspect

from cyberex.facts import (
    animation_events,
    delivery_events,
    exercise_events,
    stimulus_events,
    world_events,
)
from cyberex.facts.model import Event
from cyberex.facts.stimulus_events import StimulusEvent


def _all_events() -> dict[str, type[Event]]:
    found: dict[str, type[Event]] = {}
    for module in (
        exercise_events,
        stimulus_events,
        world_events,
        animation_events,
        delivery_events,
    ):
        for _, kind in inspect.getmembers(module, inspect.isclass):
            if issubclass(kind, Event) and kind not in (Event, StimulusEvent):
                found[kind.name] = kind
    return found


EVENTS = _all_events()
