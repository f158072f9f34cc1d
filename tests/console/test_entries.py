"""What an operator types is read as meant, or said to be unreadable."""

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cyberex.console.entries import (
    Unreadable,
    read_amount,
    read_instant,
    read_note,
    read_room_hour,
    wrong_with,
)

ROOM = datetime(2026, 1, 12, 9, 30, tzinfo=timezone(timedelta(hours=1)))


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("10", 600), ("-5", -300), ("+5", 300), ("−2", -120), ("1 h 30", 5400), ("90 s", 90)],
)
def test_amounts_are_minutes_unless_said_otherwise(text: str, seconds: int) -> None:
    assert read_amount(text) == seconds * 1000


@pytest.mark.parametrize("text", ["", "0", "-", "dix", "1:30", "99999 siècles", "²"])
def test_what_is_no_amount_is_said(text: str) -> None:
    assert wrong_with(read_amount, text)


@given(st.text(max_size=12))
def test_no_entry_raises_anything_but_unreadable(text: str) -> None:
    for reader in (read_amount, read_instant):
        wrong_with(reader, text)
    wrong_with(read_room_hour, text, ROOM)
    read_note(text, ROOM)


@pytest.mark.parametrize(("text", "minutes"), [("T+45", 45), ("45", 45), ("T-10", -10)])
def test_instants_count_from_debex(text: str, minutes: int) -> None:
    assert read_instant(text) == minutes * 60_000


def test_an_hour_of_the_fiction_is_no_instant_to_advance_to() -> None:
    with pytest.raises(Unreadable):
        read_instant("lundi 09:00")


@pytest.mark.parametrize("text", ["12:00", "12h", "1200", "12 h 00", "12"])
def test_room_hours_are_read_as_written(text: str) -> None:
    assert read_room_hour(text, ROOM) == ROOM.replace(hour=12, minute=0)


def test_a_room_hour_just_past_is_today_and_one_long_past_tomorrow() -> None:
    late = ROOM.replace(hour=23)
    assert read_room_hour("22:00", late) == late.replace(hour=22, minute=0)
    assert read_room_hour("01:00", late) == late.replace(hour=1, minute=0) + timedelta(days=1)


def test_a_note_may_begin_with_its_hour() -> None:
    assert read_note("0915 On nous prévient", ROOM) == (ROOM.replace(minute=15), "On nous prévient")
    assert read_note("2350 Hier", ROOM)[0] == ROOM.replace(day=11, hour=23, minute=50)


def test_an_hour_still_to_come_is_text_unless_the_clock_on_the_wall_is_ahead() -> None:
    assert read_note("1500 patients concernés", ROOM) == (None, "1500 patients concernés")
    ahead = ROOM + timedelta(minutes=1)
    assert read_note(f"{ahead:%H%M} On appelle", ROOM) == (
        ahead.replace(second=0, microsecond=0),
        "On appelle",
    )


def test_a_number_that_is_no_hour_is_text() -> None:
    assert read_note("2590 lits", ROOM) == (None, "2590 lits")
