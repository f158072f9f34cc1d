"""The author's texts as they are said: hours of the fiction computed, escapes undone."""

from collections.abc import Callable
from datetime import datetime, timedelta

from cyberex.scenario.variables import print_hours


def spoken(text: str, fiction: datetime) -> str:
    """`text` with each `${+30 min}` as the hour it will be, counted from `fiction`: `09:45`."""
    return print_hours(text, lambda ms: f"{fiction + timedelta(milliseconds=ms):%H:%M}")


def spoken_later(text: str, hour_after: Callable[[int], str]) -> str:
    """`text` when its hour is not known yet: `hour_after(ms)` says each `${+30 min}`."""
    return print_hours(text, hour_after)
