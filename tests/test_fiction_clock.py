"""The fiction's clock: each of its hours is one exercise time, or is refused."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cyberex.i18n import set_language
from cyberex.times import (
    DAY_MS,
    MINUTE_MS,
    SECOND_MS,
    FictionClock,
    FictionInstant,
    Relative,
    TimeError,
    format_fiction,
    parse_instant,
)

MONDAY_9 = datetime(2026, 1, 12, 9, 0)


def minutes(count: float) -> int:
    return round(count * MINUTE_MS)


def refusal(read: object, *args: object) -> TimeError:
    with pytest.raises(TimeError) as caught:
        read(*args)  # type: ignore[operator]
    assert caught.value.message
    return caught.value


def outcome(read: Callable[[Any], object], value: object) -> object:
    """What was read, or the code of the refusal."""
    try:
        return read(value)
    except TimeError as error:
        return error.code


@pytest.fixture(autouse=True)
def _english() -> object:
    set_language("en")
    yield
    set_language("fr")


AFTERNOON = ((minutes(55), datetime(2026, 1, 12, 14, 0)),)


def clock(*jumps: tuple[int, datetime], start: float = -30, end: float | None = 90) -> FictionClock:
    end_ms = None if end is None else minutes(end)
    return FictionClock(MONDAY_9, jumps, start_ms=minutes(start), end_ms=end_ms)


def test_without_a_jump_the_fiction_runs_with_exercise_time() -> None:
    assert clock().to_fiction(minutes(37)) == datetime(2026, 1, 12, 9, 37)
    assert clock().to_fiction(-minutes(10)) == datetime(2026, 1, 12, 8, 50)
    assert clock().resolve(parse_instant("09:37")) == minutes(37)
    assert clock().resolve(parse_instant("08:50")) == -minutes(10)


def test_a_relative_instant_resolves_to_itself() -> None:
    assert clock(*AFTERNOON).resolve(Relative(minutes(70))) == minutes(70)


def test_after_a_jump_the_fiction_runs_from_where_it_landed() -> None:
    jumped = clock(*AFTERNOON)
    assert jumped.to_fiction(minutes(55) - 1) < datetime(2026, 1, 12, 9, 55)
    assert jumped.to_fiction(minutes(55)) == datetime(2026, 1, 12, 14, 0)
    assert jumped.resolve(parse_instant("14:10")) == minutes(65)
    assert jumped.resolve(parse_instant("lundi 14:10")) == minutes(65)


def test_the_hour_a_jump_leaves_at_is_the_jump_s_instant() -> None:
    assert clock(*AFTERNOON).resolve(parse_instant("09:55")) == minutes(55)


@pytest.mark.parametrize(
    "text", ["12:00", "lundi 12:00", "J+0 12:00", "12 janvier 2026 12:00", "09:55:01", "13:59:59"]
)
def test_an_instant_inside_a_jumped_gap_is_refused(text: str) -> None:
    error = refusal(clock(*AFTERNOON).resolve, parse_instant(text))
    assert error.code == "time-in-jump-gap"
    assert "T+55" in error.message


def test_a_bare_hour_is_refused_once_the_fiction_crosses_midnight() -> None:
    night = FictionClock(datetime(2026, 1, 12, 23, 0), end_ms=minutes(90))
    error = refusal(night.resolve, parse_instant("23:30"))
    assert error.code == "time-ambiguous"
    assert "Monday 23:30" in error.hint
    assert night.resolve(parse_instant("lundi 23:30")) == minutes(30)
    assert night.resolve(parse_instant("mardi 00:10")) == minutes(70)
    assert night.resolve(parse_instant("J+1 00:10")) == minutes(70)


def test_a_briefing_before_midnight_counts_as_crossing_it() -> None:
    night = FictionClock(datetime(2026, 1, 13, 0, 10), start_ms=-minutes(30), end_ms=minutes(90))
    assert refusal(night.resolve, parse_instant("00:20")).code == "time-ambiguous"
    assert night.resolve(parse_instant("lundi 23:50")) == -minutes(20)


def test_a_jump_over_midnight_counts_even_when_the_end_is_not_known() -> None:
    jumped = clock((minutes(55), datetime(2026, 1, 13, 8, 0)), end=None)
    assert refusal(jumped.resolve, parse_instant("09:10")).code == "time-ambiguous"


def test_an_exercise_that_ends_at_midnight_sharp_has_not_crossed_it() -> None:
    evening = FictionClock(datetime(2026, 1, 12, 22, 0), end_ms=minutes(120))
    assert evening.resolve(parse_instant("22:30")) == minutes(30)


@pytest.mark.parametrize("text", ["08:00", "lundi 08:00", "10:31", "lundi 10:31"])
def test_an_hour_outside_the_exercise_is_never_another_day_s(text: str) -> None:
    assert refusal(clock().resolve, parse_instant(text)).code == "time-outside-exercise"


def test_debex_s_own_weekday_is_never_guessed_to_be_next_week() -> None:
    next_week = clock((minutes(55), datetime(2026, 1, 19, 7, 0)), end=200)
    assert refusal(next_week.resolve, parse_instant("lundi 08:00")).code == "time-outside-exercise"
    assert next_week.resolve(parse_instant("J+7 08:00")) == minutes(115)


def test_a_weekday_the_fiction_never_reaches_is_refused() -> None:
    error = refusal(clock().resolve, parse_instant("mercredi 09:30"))
    assert error.code == "time-weekday-absent"
    assert "Monday" in error.hint


def test_a_weekday_jumped_over_is_in_the_gap() -> None:
    jumped = clock((minutes(55), datetime(2026, 1, 15, 8, 0)))
    assert refusal(jumped.resolve, parse_instant("mardi 10:00")).code == "time-in-jump-gap"
    assert jumped.resolve(parse_instant("jeudi 08:05")) == minutes(60)


def test_a_weekday_jumped_over_once_is_the_one_that_is_played() -> None:
    jumped = clock((minutes(55), datetime(2026, 1, 20, 8, 0)))
    assert jumped.resolve(parse_instant("mardi 08:05")) == minutes(60)


def test_a_weekday_and_hour_played_twice_is_ambiguous() -> None:
    jumped = clock((minutes(55), datetime(2026, 1, 19, 9, 0)), end=120)
    error = refusal(jumped.resolve, parse_instant("lundi 09:30"))
    assert error.code == "time-ambiguous"
    assert "D+0 09:30" in error.hint
    assert jumped.resolve(parse_instant("J+7 09:30")) == minutes(85)


def test_a_weekday_played_twice_without_a_jump_is_ambiguous_too() -> None:
    ten_days = clock(end=10 * 24 * 60)
    assert outcome(ten_days.resolve, parse_instant("lundi 09:30")) == "time-ambiguous"
    assert outcome(ten_days.resolve, parse_instant("samedi 09:30")) == 5 * DAY_MS + minutes(30)


def test_what_the_fiction_showed_before_the_briefing_is_outside() -> None:
    jumped_early = clock((-minutes(40), datetime(2026, 1, 13, 8, 0)))
    early = parse_instant("mardi 08:05")
    assert outcome(jumped_early.resolve, early) == "time-outside-exercise"
    assert outcome(jumped_early.resolve, parse_instant("mardi 08:15")) == -minutes(25)


def test_a_date_or_day_number_may_lie_outside_the_exercise() -> None:
    assert clock().resolve(parse_instant("J+1 09:00")) == DAY_MS
    assert clock().resolve(parse_instant("2026-01-11 09:00")) == -DAY_MS


def test_a_jump_never_goes_backwards_and_jumps_come_in_order() -> None:
    back = refusal(FictionClock, MONDAY_9, ((minutes(55), datetime(2026, 1, 12, 9, 30)),))
    assert back.code == "time-jump-backwards"
    later = datetime(2026, 1, 13, 8, 0)
    disorder = refusal(FictionClock, MONDAY_9, (*AFTERNOON, (minutes(50), later)))
    assert disorder.code == "time-jump-order"


@pytest.mark.parametrize(
    ("text", "lands"),
    [
        ("lundi 14:00", datetime(2026, 1, 12, 14, 0)),
        ("14:00", datetime(2026, 1, 12, 14, 0)),
        ("mardi 08:00", datetime(2026, 1, 13, 8, 0)),
        ("dimanche 08:00", datetime(2026, 1, 18, 8, 0)),
        ("J+1 08:00", datetime(2026, 1, 13, 8, 0)),
        ("2026-02-02 08:00", datetime(2026, 2, 2, 8, 0)),
    ],
)
def test_a_jump_lands_on_the_next_such_instant(text: str, lands: datetime) -> None:
    instant = parse_instant(text)
    assert isinstance(instant, FictionInstant)
    assert clock().landing(instant, minutes(55)) == lands


@pytest.mark.parametrize("text", ["lundi 09:30", "09:30", "J+0 09:30", "2026-01-11 10:00"])
def test_a_jump_that_would_land_in_the_past_is_refused(text: str) -> None:
    error = refusal(clock().landing, parse_instant(text), minutes(55))
    assert error.code == "time-jump-backwards"


def test_a_jump_to_a_bare_hour_is_refused_after_midnight() -> None:
    jumped = clock((minutes(30), datetime(2026, 1, 13, 8, 0)))
    assert refusal(jumped.landing, parse_instant("14:00"), minutes(60)).code == "time-ambiguous"


def test_a_startex_between_two_milliseconds_still_reads_whole_milliseconds() -> None:
    ragged = FictionClock(datetime(2026, 1, 12, 9, 3, 27, 123456), end_ms=minutes(90))
    assert ragged.sim_at(ragged.to_fiction(12345)) == 12345


@st.composite
def clocks_with_jumps(draw: st.DrawFn) -> FictionClock:
    jumps: list[tuple[int, datetime]] = []
    added_s = 0
    for at_s in sorted(draw(st.lists(st.integers(-600, 7200), max_size=4))):
        added_s += draw(st.integers(0, 10 * 86400))
        jumps.append((at_s * SECOND_MS, MONDAY_9 + timedelta(seconds=at_s + added_s)))
    return FictionClock(MONDAY_9, tuple(jumps), start_ms=-minutes(10), end_ms=minutes(120))


SIM_MS = st.integers(-minutes(10), minutes(120))


@given(clocks_with_jumps(), SIM_MS)
def test_a_played_instant_comes_back_from_the_fiction_unchanged(
    fiction: FictionClock, sim_ms: int
) -> None:
    assert fiction.sim_at(fiction.to_fiction(sim_ms)) == sim_ms


@given(clocks_with_jumps(), SIM_MS.map(lambda ms: ms // SECOND_MS * SECOND_MS))
def test_an_hour_written_from_the_fiction_resolves_to_where_it_was_read(
    fiction: FictionClock, sim_ms: int
) -> None:
    moment = fiction.to_fiction(sim_ms)
    text = f"{moment.date().isoformat()} {moment:%H:%M:%S}"
    assert fiction.resolve(parse_instant(text)) == sim_ms


@given(clocks_with_jumps(), SIM_MS, SIM_MS)
def test_the_fiction_keeps_the_order_of_exercise_time(
    fiction: FictionClock, one: int, other: int
) -> None:
    assume(one < other)
    assert fiction.to_fiction(one) < fiction.to_fiction(other)


@given(clocks_with_jumps(), SIM_MS.map(lambda ms: ms // SECOND_MS * SECOND_MS))
def test_a_weekday_resolves_to_that_weekday_and_hour_or_is_refused(
    fiction: FictionClock, sim_ms: int
) -> None:
    said = format_fiction(fiction.to_fiction(sim_ms), language="fr", with_seconds=True)
    assert outcome(fiction.resolve, parse_instant(said)) in (
        sim_ms,
        "time-ambiguous",
        "time-outside-exercise",
    )
