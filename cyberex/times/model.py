"""What a time is: exercise time, an hour of the fiction, a span, the fiction's start, a mistake.

Exercise time is `sim_ms`, integer milliseconds, 0 at DEBEX, negative before. Types and names only;
reading, printing and placing on the fiction's clock are the modules beside.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import NewType

SimMs = NewType("SimMs", int)

SECOND_MS = 1_000
MINUTE_MS = 60 * SECOND_MS
HOUR_MS = 60 * MINUTE_MS
DAY_MS = 24 * HOUR_MS

WEEKDAYS = {
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
MONTHS = {
    "fr": (
        *("janvier", "février", "mars", "avril", "mai", "juin"),
        *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}


class TimeError(ValueError):
    """A time that cannot be read or placed. `code` is stable; message and hint are translated."""

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Relative:
    """An instant counted from DEBEX; negative before it."""

    sim_ms: int


@dataclass(frozen=True, slots=True)
class FictionInstant:
    """An hour of the fiction's clock; its day is a date, a J+n, a weekday (0 is Monday), or unsaid.

    A weekday beside a date always agrees with it.
    """

    weekday: int | None
    date: date | None
    day_offset: int | None
    hour: int
    minute: int
    second: int = 0

    @property
    def time(self) -> time:
        return time(self.hour, self.minute, self.second)


Instant = Relative | FictionInstant


@dataclass(frozen=True, slots=True)
class Span:
    """A duration or a range of durations, both ends included; low_ms <= high_ms."""

    low_ms: int
    high_ms: int

    @property
    def is_range(self) -> bool:
        return self.low_ms != self.high_ms


@dataclass(frozen=True, slots=True)
class Startex:
    """The fiction's time at DEBEX: the room's own (`now`), or a naive datetime."""

    now: bool
    at: datetime | None
