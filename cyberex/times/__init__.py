"""Times: the only place where the times of authors and operators are read, placed and printed.

Pure, and a leaf: standard library and `cyberex.i18n` only. `model` says what a time is, `reading`
parses, `printing` formats, `fiction` places the fiction's hours on exercise time.
"""

from cyberex.times.fiction import FictionClock
from cyberex.times.model import (
    DAY_MS,
    HOUR_MS,
    MINUTE_MS,
    MONTHS,
    SECOND_MS,
    WEEKDAYS,
    FictionInstant,
    Instant,
    Relative,
    SimMs,
    Span,
    Startex,
    TimeError,
)
from cyberex.times.printing import (
    format_clock,
    format_duration,
    format_duration_words,
    format_fiction,
    format_instant,
    format_span,
    format_startex,
    format_t,
)
from cyberex.times.reading import parse_duration, parse_instant, parse_span, parse_startex

__all__ = [
    "DAY_MS",
    "HOUR_MS",
    "MINUTE_MS",
    "MONTHS",
    "SECOND_MS",
    "WEEKDAYS",
    "FictionClock",
    "FictionInstant",
    "Instant",
    "Relative",
    "SimMs",
    "Span",
    "Startex",
    "TimeError",
    "format_clock",
    "format_duration",
    "format_duration_words",
    "format_fiction",
    "format_instant",
    "format_span",
    "format_startex",
    "format_t",
    "parse_duration",
    "parse_instant",
    "parse_span",
    "parse_startex",
]
