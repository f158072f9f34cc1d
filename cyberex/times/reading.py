"""How the times that authors and operators type are read: matched whole, or refused with a hint.

Nothing is guessed and digits are never sliced. No clock is read here: `startex: now` is resolved
by whoever knows the room's time.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from cyberex.i18n import _, language
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
    Span,
    Startex,
    TimeError,
)
from cyberex.times.printing import format_span

LONGEST_MS = 30 * DAY_MS
LONGEST_TEXT = 200
YEARS = range(1900, 2200)


def _plain(text: str) -> str:
    """Lower case, accents off, single ASCII spaces: what the patterns below are written for."""
    return " ".join(_without_marks(text.lower()).split())


def _without_marks(text: str) -> str:
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFD", text.translate(_TYPOGRAPHY))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


_TYPOGRAPHY: dict[int, str | None] = dict.fromkeys((0x200B, 0x2060, 0xFEFF))
_TYPOGRAPHY |= dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2212), "-")


def _numbered(names: Mapping[str, Sequence[str]], first: int) -> dict[str, int]:
    return {_plain(name): i for each in names.values() for i, name in enumerate(each, first)}


_WEEKDAY_NUMBERS = _numbered(WEEKDAYS, 0)
_MONTH_NUMBERS = _numbered(MONTHS, 1)

_RELATIVE = re.compile(r"(?P<origin>[th]) ?(?:0|(?P<sign>[+-]) ?(?P<amount>.+))")
_BARE = re.compile(r"[0-9]+")
_H_MM_SS = re.compile(r"([0-9]+):([0-9]{2}):([0-9]{2})")
_TWO_PARTS = re.compile(r"([0-5]?[0-9]):([0-5][0-9])")
_FRACTION = re.compile(r"(?<![0-9.,])[0-9]+[.,][0-9]+(?![0-9.,])")
_HOURS = r"([0-9]+) ?(?:h|heures?|hours?)"
_DAYS = r"(?:([0-9]+) ?(?:j|jours?|d|days?))?"
_UNITS = re.compile(
    rf"{_DAYS} ?(?:{_HOURS})? ?(?:([0-9]+) ?(?:min|mn|minutes?))?"
    r" ?(?:([0-9]+) ?(?:s|sec|secondes?|seconds?))?"
)
# Each unit with what it may not reach when a larger unit comes before it.
_UNITS_MS = ((DAY_MS, 1), (HOUR_MS, 24), (MINUTE_MS, 60), (SECOND_MS, 60))
_HOURS_THEN_MINUTES = re.compile(rf"{_DAYS} ?{_HOURS} ?([0-9]{{2}})")
_RANGE = re.compile(r"(.+?)(?: a | to | ?- ?)(.+)")
_BARE_THEN_UNIT = re.compile(r"[0-9]+ ?([a-z]+)")
_FICTION = re.compile(
    r"(?:[jd] ?(?P<offset>[+-] ?[0-9]{1,4}),? "
    rf"|(?:(?P<weekday>{'|'.join(_WEEKDAY_NUMBERS)}),? )?"
    rf"(?:(?:(?P<d>[0-9]{{1,2}})(?:er|st|nd|rd|th)? (?P<month>{'|'.join(_MONTH_NUMBERS)})"
    r" (?P<y>[0-9]{4})|(?P<iso>[0-9]{4}-[0-9]{2}-[0-9]{2}))(?:,? |(?<=-[0-9]{2})t(?=[0-9])))?)"
    r"(?:a |at )?(?P<h>[0-9]{1,2})"
    r"(?::(?P<min>[0-9]{2})(?::(?P<s>[0-9]{2}))?| ?h(?: ?(?P<hmin>[0-9]{2}))?)"
)


def parse_instant(text: str) -> Instant:
    """Read `T+2` (minutes), `T+0:02:30`, `H+2` (hours), `H+1h30`, `T+45 min`, `T-10`, `T0`, or an
    hour of the fiction: `09:02`, `9 h 02`, `lundi 09:02`, `J+1 08:00` (or `D+1`), `lundi 12 janvier
    2026 14:00`, `2026-01-12 14:00`. French and English names; raises TimeError and nothing else.
    """
    plain = _checked(text)
    if match := _FICTION.fullmatch(plain):
        return _fiction(match, text)
    if match := _RELATIVE.fullmatch(plain):
        return Relative(_relative_ms(match, text))
    if _duration_ms(plain, text) is not None or _BARE.fullmatch(plain):
        message = _("'{text}' is a length of time, not an instant").format(text=_quoted(text))
        raise TimeError("time-not-an-instant", message, _instant_hint())
    raise _unreadable(text, _instant_hint())


def parse_duration(text: str) -> int:
    """Milliseconds of `90 min`, `1 h 30`, `2 min 30 s`, `2 jours`, `0:02:30` (h:mm:ss).

    0 to 30 days, in whole seconds. Raises TimeError for anything else, a bare number included.
    """
    plain = _checked(text)
    if (ms := _duration_ms(plain, text)) is not None:
        return ms
    if _BARE.fullmatch(plain):
        message = _("'{text}' has no unit").format(text=_quoted(text))
        hint = _("write {number} min, {number} s or {number} h").format(number=plain[:9])
        raise TimeError("time-unit-missing", message, hint)
    if match := _TWO_PARTS.fullmatch(plain):
        large, small = match.groups()
        hint = _("write {large} h {small} or {large} min {small} s")
        raise _two_readings(text, hint.format(large=large, small=small))
    if plain.startswith("-"):
        message = _("'{text}' is negative").format(text=_quoted(text))
        raise TimeError("time-negative", message, _duration_hint())
    raise _unreadable(text, _duration_hint())


def parse_span(text: str) -> Span:
    """Read a duration, or a range: `5 à 10 min`, `4 to 8 min`, `5-10 min`, `30 s à 2 min`."""
    match = _RANGE.fullmatch(_checked(text))
    if match is None:
        ms = parse_duration(text)
        return Span(ms, ms)
    low, high = match.groups()
    high_ms = parse_duration(high)
    # A bare first bound takes the unit of the second, when that one has a single unit.
    unit = _BARE_THEN_UNIT.fullmatch(high)
    low_ms = parse_duration(f"{low} {unit[1]}" if unit and _BARE.fullmatch(low) else low)
    if low_ms > high_ms:
        message = _("the range '{text}' begins above its end").format(text=_quoted(text))
        right = format_span(Span(high_ms, low_ms), language())
        hint = _("write the shorter duration first: {range}").format(range=right)
        raise TimeError("time-range-reversed", message, hint)
    return Span(low_ms, high_ms)


def parse_startex(text: str) -> Startex:
    """Read `now` (or `maintenant`), or a full date and hour; a weekday is optional and checked."""
    plain = _checked(text)
    if plain in ("now", "maintenant"):
        return Startex(now=True, at=None)
    match = _FICTION.fullmatch(plain)
    instant = _fiction(match, text) if match else None
    if instant is None or instant.date is None:
        raise _unreadable(text, _("write: now, 2026-01-12 09:00 or Monday 12 January 2026 09:00"))
    return Startex(now=False, at=datetime.combine(instant.date, instant.time))


def _checked(text: str) -> str:
    """The text ready for the patterns; refuses what no form contains."""
    if len(text) > LONGEST_TEXT:
        raise _unreadable(text, _instant_hint())
    if not text.isascii() and any(char.isnumeric() and not char.isascii() for char in text):
        message = _("'{text}' holds figures other than 0 to 9").format(text=_quoted(text))
        raise TimeError("time-foreign-digit", message, _("type the figures 0 to 9"))
    return _plain(text)


def _relative_ms(match: re.Match[str], text: str) -> int:
    amount, sign = match["amount"] or "0", match["sign"] or "+"
    if _BARE.fullmatch(amount):
        unit = MINUTE_MS if match["origin"] == "t" else HOUR_MS
        ms: int | None = _bounded(int(amount) * unit, text)
    else:
        ms = _duration_ms(amount, text)
    if ms is not None:
        return -ms if sign == "-" else ms
    if parts := _TWO_PARTS.fullmatch(amount):
        large, small = int(parts[1]), int(parts[2])
        hint = _("write T{sign}{minutes} or T{sign}0:{large:02}:{small:02}")
        raise _two_readings(
            text, hint.format(sign=sign, minutes=60 * large + small, large=large, small=small)
        )
    raise _unreadable(text, _instant_hint())


def _duration_ms(plain: str, text: str) -> int | None:
    """Milliseconds of a duration with its units, None if it is not one; TimeError if too long."""
    if match := _H_MM_SS.fullmatch(plain):
        parts: tuple[str | None, ...] = (None, *match.groups())
    elif match := _HOURS_THEN_MINUTES.fullmatch(plain):
        parts = (*match.groups(), None)
    elif plain and (match := _UNITS.fullmatch(plain)):
        parts = match.groups()
    else:
        return None
    total, inner = 0, False
    for part, (unit, most) in zip(parts, _UNITS_MS, strict=True):
        if part is None:
            continue
        if inner and int(part) >= most:
            raise _out_of_range(text)
        total, inner = total + int(part) * unit, True
    return _bounded(total, text)


def _fiction(match: re.Match[str], text: str) -> FictionInstant:
    hour, minute = int(match["h"]), int(match["min"] or match["hmin"] or 0)
    second = int(match["s"] or 0)
    if hour > 23 or minute > 59 or second > 59:
        message = _("'{text}' is no hour of the day").format(text=_quoted(text))
        raise TimeError("time-out-of-range", message, _("hours go from 00:00 to 23:59"))
    offset = int(match["offset"].replace(" ", "")) if match["offset"] else None
    weekday = _WEEKDAY_NUMBERS[match["weekday"]] if match["weekday"] else None
    day = _day(match, text)
    if day is not None and weekday is not None and day.weekday() != weekday:
        right = _day_name(day.weekday())
        message = _("{date} is a {right}").format(date=day.isoformat(), right=right)
        hint = _("write {right}, or leave the day's name out").format(right=right)
        raise TimeError("time-weekday-mismatch", message, hint)
    return FictionInstant(weekday, day, offset, hour, minute, second)


def _day(match: re.Match[str], text: str) -> date | None:
    if match["iso"]:
        year, month, day = (int(part) for part in match["iso"].split("-"))
    elif match["month"]:
        year, month, day = int(match["y"]), _MONTH_NUMBERS[match["month"]], int(match["d"])
    else:
        return None
    try:
        if year in YEARS:
            return date(year, month, day)
    except ValueError:
        pass
    message = _("'{text}' holds a date that does not exist").format(text=_quoted(text))
    raise TimeError("time-date-impossible", message, _("check the day, the month and the year"))


def _bounded(ms: int, text: str) -> int:
    if ms > LONGEST_MS:
        raise _out_of_range(text)
    return ms


def _out_of_range(text: str) -> TimeError:
    message = _("'{text}' is out of range").format(text=_quoted(text))
    hint = _("at most 30 days; 59 minutes and 59 seconds after a larger unit: 1 h 30, 2 min 30 s")
    return TimeError("time-out-of-range", message, hint)


def _two_readings(text: str, hint: str) -> TimeError:
    message = _("'{text}' may be hours and minutes or minutes and seconds")
    return TimeError("time-two-parts", message.format(text=_quoted(text)), hint)


def _unreadable(text: str, hint: str) -> TimeError:
    quoted = _quoted(text)
    if _FRACTION.search(text):
        message = _("'{text}' holds a fraction").format(text=quoted)
        return TimeError("time-fraction", message, _("use a smaller unit: 1 h 30, 90 s"))
    return TimeError(
        "time-unreadable", _("cannot read the time '{text}'").format(text=quoted), hint
    )


def _quoted(text: str) -> str:
    kept = text if len(text) <= 60 else text[:60] + "…"
    return "".join(char if char.isprintable() else " " for char in kept)


def _day_name(weekday: int) -> str:
    return WEEKDAYS[language()][weekday]


def _instant_hint() -> str:
    return _(
        "accepted: T+2 (minutes), T+0:02:30, T+1 h 30, H+2, T-10, 09:02, Monday 09:02, D+1 08:00,"
        " Monday 12 January 2026 14:00"
    )


def _duration_hint() -> str:
    return _("accepted: 45 s, 90 min, 2 min 30 s, 1 h 30, 2 days, 0:02:30 (h:mm:ss)")
