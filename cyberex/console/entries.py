"""What an operator types in a field, read: amounts of time, instants, room hours, back-dated notes.

Each reader gives a value or raises Unreadable with a sentence to show.
"""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

from cyberex.i18n import _, language
from cyberex.times import (
    MINUTE_MS,
    Relative,
    TimeError,
    format_duration_words,
    parse_duration,
    parse_instant,
)

BACK_DATED = re.compile(r"^\s*([01]?\d|2[0-3])[h:]?([0-5]\d)\s+(\S.*)$", re.DOTALL)
ROOM_HOUR = re.compile(r"^([01]?\d|2[0-3])(?:[h:]\s*([0-5]\d)?|([0-5]\d))$")
CODE = re.compile(
    r"^\s*(?P<code>[A-Za-z0-9][\w-]*(?:#\d+)?)"
    r"(?:\s+(?P<hour>[01]?\d|2[0-3])[h:]?(?P<minute>[0-5]\d))?\s*$"
)
HOUR = re.compile(r"^\s*([01]?\d|2[0-3])\s*[h:]?\s*([0-5]\d)?\s*$")


HALF_A_DAY = timedelta(hours=12)
CLOCK_OF_THE_WALL = timedelta(minutes=2)
"""How far the clock that the operator reads may be ahead of the machine's."""


class Unreadable(ValueError):  # noqa: N818 - said to a person
    """The message is a sentence for the operator."""


def read_amount(text: str) -> int:
    """`10` is minutes; `-5`, `1 h 30`, `90 s` too; milliseconds, never 0."""
    bare = text.strip().replace("−", "-")
    sign = -1 if bare.startswith("-") else 1
    bare = bare.lstrip("+-").strip()
    if re.fullmatch(r"\d{1,4}", bare):
        amount = int(bare) * MINUTE_MS
    else:
        try:
            amount = parse_duration(bare)
        except TimeError as error:
            raise Unreadable(_("Write minutes, like 10, or 1 h 30, 90 s.")) from error
    if amount == 0:
        raise Unreadable(_("Write minutes, like 10, or 1 h 30, 90 s."))
    return sign * amount


def read_instant(text: str) -> int:
    """`T+45`, `45` (minutes from DEBEX); exercise milliseconds."""
    bare = text.strip()
    if re.fullmatch(r"-?\d{1,4}", bare):
        return int(bare) * MINUTE_MS
    try:
        instant = parse_instant(bare)
    except TimeError as error:
        raise Unreadable(_("Write an instant like T+45.")) from error
    if not isinstance(instant, Relative):
        raise Unreadable(_("Write an instant like T+45."))
    return int(instant.sim_ms)


def read_room_hour(text: str, room: datetime) -> datetime | None:
    """`12:00`, `12h`: that hour in the room, today, or tomorrow if long past; "" is None."""
    if not text.strip():
        return None
    match = HOUR.match(text)
    if match is None:
        raise Unreadable(_("Write an hour like 12:00."))
    hour = room.replace(hour=int(match[1]), minute=int(match[2] or 0), second=0, microsecond=0)
    return hour if hour > room - timedelta(hours=12) else hour + timedelta(days=1)


def read_note(text: str, room: datetime) -> tuple[datetime | None, str]:
    """`0941 text` speaks of 09:41 in the room, within the last half-day; else of now (None).

    Four digits that are no hour just past are part of the text: "1500 patients" in the morning.
    """
    match = BACK_DATED.match(text)
    if match is None:
        return None, text.strip()
    hour = room.replace(hour=int(match[1]), minute=int(match[2]), second=0, microsecond=0)
    if hour > room + CLOCK_OF_THE_WALL:
        hour -= timedelta(days=1)
    if room - hour > HALF_A_DAY:
        return None, text.strip()
    return hour, match[3].strip()


def read_moment(text: str, room: datetime, sim_of: Callable[[datetime], int]) -> int:
    """`T+45`, or an hour of the room (`1030`, `10:30`) to come; exercise milliseconds."""
    bare = text.strip()
    if ROOM_HOUR.match(bare):
        hour = read_room_hour(bare, room)
        if hour is not None:
            return sim_of(hour)
    return read_instant(bare)


def read_code(text: str, room: datetime) -> tuple[str, datetime | None]:
    """`S12`, `12`, `s12#2`, then perhaps the hour at which it was done: `S12 0941`."""
    match = CODE.match(text)
    if match is None:
        raise Unreadable(_("Write a code like S12, or S12 0941."))
    code = match["code"].casefold()
    if code.isdigit():
        code = f"s{int(code):02}"
    if match["hour"] is None:
        return code, None
    return code, past_hour(int(match["hour"]), int(match["minute"]), room)


def past_hour(hour: int, minute: int, room: datetime) -> datetime:
    """That hour of the room, today or else yesterday."""
    found = room.replace(hour=hour, minute=minute, second=0, microsecond=0)
    return found if found <= room else found - timedelta(days=1)


def wrong_with(reader: "object", text: str, *more: object) -> str:
    """What is wrong with `text` for this reader; "" if nothing."""
    try:
        reader(text, *more)  # type: ignore[operator]
    except Unreadable as error:
        return str(error)
    return ""


def amount_words(ms: int) -> str:
    return ("+" if ms > 0 else "") + format_duration_words(ms, language())
