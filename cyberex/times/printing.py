"""How a time is printed. `format_t`, `format_instant`, `format_span`, `format_startex` and
`format_duration_words` are canonical: `reading` gives back the value they were given, as long as
it is in whole seconds.
"""

from datetime import date, datetime, time
from typing import assert_never

from cyberex.times.model import (
    MINUTE_MS,
    MONTHS,
    SECOND_MS,
    WEEKDAYS,
    FictionInstant,
    Instant,
    Relative,
    Span,
    Startex,
)


def _parts(ms: int) -> tuple[int, int, int]:
    """Hours, minutes and whole seconds of a length of time that is not negative."""
    minutes, seconds = divmod(ms // SECOND_MS, 60)
    return minutes // 60, minutes % 60, seconds


def _signed_second(sim_ms: int) -> tuple[str, int]:
    """The sign, and the size in ms, of the second that has begun: each label lasts one second."""
    begun_ms = sim_ms // SECOND_MS * SECOND_MS
    return ("-" if begun_ms < 0 else "+"), abs(begun_ms)


def format_clock(sim_ms: int) -> str:
    """The running clock, fixed width below 100 h: `T+00:37:12`, `T-00:10:00`."""
    sign, size_ms = _signed_second(sim_ms)
    hours, minutes, seconds = _parts(size_ms)
    return f"T{sign}{hours:02}:{minutes:02}:{seconds:02}"


def format_t(sim_ms: int) -> str:
    """An instant as authors write it: `T+37`, `T+125`, `T-10`; with seconds `T+0:37:12`."""
    sign, size_ms = _signed_second(sim_ms)
    hours, minutes, seconds = _parts(size_ms)
    if seconds:
        return f"T{sign}{hours}:{minutes:02}:{seconds:02}"
    return f"T{sign}{60 * hours + minutes}"


def format_duration(ms: int, *, seconds: bool = True) -> str:
    """A countdown: `2:48`, `1:02:48`, `-0:30`, cut to the second towards zero.

    Without seconds in words, `2 min`, `1 h 02`: `1:02` would read as a minute.
    """
    if not seconds:
        return format_duration_words(abs(ms) // MINUTE_MS * MINUTE_MS * (-1 if ms < 0 else 1), "fr")
    hours, minutes, left = _parts(abs(ms))
    sign = "-" if ms <= -SECOND_MS else ""
    return f"{sign}{hours}:{minutes:02}:{left:02}" if hours else f"{sign}{minutes}:{left:02}"


def format_duration_words(ms: int, language: str) -> str:  # noqa: ARG001 - alike in both languages
    """`1 h 30`, `2 min 30 s`, `45 s`, `0 min`; hours are never turned into days (`72 h`)."""
    hours, minutes, seconds = _parts(abs(ms))
    sign = "-" if ms <= -SECOND_MS else ""
    if hours and minutes and not seconds:
        return f"{sign}{hours} h {minutes:02}"
    units = ((hours, "h"), (minutes, "min"), (seconds, "s"))
    return sign + (" ".join(f"{count} {unit}" for count, unit in units if count) or "0 min")


def format_span(span: Span, language: str) -> str:
    """`10 min`, or `5 min à 10 min` / `5 min to 10 min`."""
    low = format_duration_words(span.low_ms, language)
    if not span.is_range:
        return low
    between = "à" if language == "fr" else "to"
    return f"{low} {between} {format_duration_words(span.high_ms, language)}"


def format_fiction(
    moment: datetime, *, language: str, with_day: bool = True, with_seconds: bool = False
) -> str:
    """`lundi 09:37` / `Monday 09:37`, or `09:37` alone; cut to the minute or the second."""
    hour = f"{moment:%H:%M:%S}" if with_seconds else f"{moment:%H:%M}"
    return f"{WEEKDAYS[language][moment.weekday()]} {hour}" if with_day else hour


def format_instant(instant: Instant, language: str) -> str:
    """`T+37`, `09:02`, `lundi 09:02`, `J+1 08:00`, `lundi 12 janvier 2026 14:00`; reads back."""
    match instant:
        case Relative():
            return format_t(instant.sim_ms)
        case FictionInstant():
            return " ".join((*_day_words(instant, language), _hour(instant.time)))
    assert_never(instant)


def _day_words(instant: FictionInstant, language: str) -> list[str]:
    words = [] if instant.weekday is None else [WEEKDAYS[language][instant.weekday]]
    if instant.date is not None:
        words.append(_date_words(instant.date, language))
    if instant.day_offset is not None:
        words.append(f"{'J' if language == 'fr' else 'D'}{instant.day_offset:+}")
    return words


def _date_words(day: date, language: str) -> str:
    return f"{day.day} {MONTHS[language][day.month - 1]} {day.year}"


def _hour(hour: time) -> str:
    return f"{hour:%H:%M:%S}" if hour.second else f"{hour:%H:%M}"


def format_startex(startex: Startex, language: str) -> str:
    """`now`, or `lundi 12 janvier 2026 09:00`; reads back."""
    if startex.at is None:
        return "now"
    day = startex.at.date()
    words = (WEEKDAYS[language][day.weekday()], _date_words(day, language))
    return " ".join((*words, _hour(startex.at.time())))
