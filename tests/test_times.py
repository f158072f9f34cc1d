"""Times: every form reads one way, everything else is refused with what to write instead."""

import time as clocks
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cyberex.i18n import set_language
from cyberex.times import (
    DAY_MS,
    HOUR_MS,
    MINUTE_MS,
    SECOND_MS,
    FictionInstant,
    Instant,
    Relative,
    Span,
    Startex,
    TimeError,
    format_clock,
    format_duration,
    format_duration_words,
    format_fiction,
    format_instant,
    format_span,
    format_startex,
    format_t,
    parse_duration,
    parse_instant,
    parse_span,
    parse_startex,
)

MONDAY_9 = datetime(2026, 1, 12, 9, 0)
LANGUAGES = st.sampled_from(("fr", "en"))


def hour(h: int, m: int = 0, s: int = 0, **day: object) -> FictionInstant:
    fields: dict[str, object] = {"weekday": None, "date": None, "day_offset": None} | day
    return FictionInstant(hour=h, minute=m, second=s, **fields)  # type: ignore[arg-type]


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


# ---------------------------------------------------------------- instants counted from DEBEX


@pytest.mark.parametrize(
    ("text", "sim_ms"),
    [
        ("T+2", minutes(2)),
        ("t+2", minutes(2)),
        (" T + 2 ", minutes(2)),
        ("T+125", minutes(125)),
        ("T-10", -minutes(10)),
        ("T−10", -minutes(10)),
        ("T0", 0),
        ("T+0", 0),
        ("T-0", 0),
        ("T+0:02:30", minutes(2.5)),
        ("T-0:02:30", -minutes(2.5)),
        ("T+00:37:12", 37 * MINUTE_MS + 12 * SECOND_MS),
        ("T+1:30:00", minutes(90)),
        ("T+45 min", minutes(45)),
        ("T+45min", minutes(45)),
        ("T+1 h 30", minutes(90)),
        ("T+1h30", minutes(90)),
        ("T+90 s", minutes(1.5)),
        ("T+1 j", DAY_MS),
        ("H+2", 2 * HOUR_MS),
        ("H+1h30", minutes(90)),
        ("H+1 h 30", minutes(90)),
        ("H+45 min", minutes(45)),
        ("H-1", -HOUR_MS),
        ("H0", 0),
        ("T+\u00a01\u202fh\u2009 30", minutes(90)),
    ],
)
def test_an_instant_counted_from_debex_reads_in_its_unit(text: str, sim_ms: int) -> None:
    assert parse_instant(text) == Relative(sim_ms)


@pytest.mark.parametrize("text", ["T+1:30", "H+1:30", "T-1:30", "T+01:30"])
def test_two_parts_after_t_are_refused_because_they_read_two_ways(text: str) -> None:
    error = refusal(parse_instant, text)
    assert error.code == "time-two-parts"
    sign = text[1]
    assert f"T{sign}90" in error.hint
    assert f"T{sign}0:01:30" in error.hint


# ---------------------------------------------------------------- hours of the fiction


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("09:02", hour(9, 2)),
        ("9:02", hour(9, 2)),
        ("9h02", hour(9, 2)),
        ("9 h 02", hour(9, 2)),
        ("9 H", hour(9)),
        ("à 9 h", hour(9)),
        ("09:02:30", hour(9, 2, 30)),
        ("00:00", hour(0)),
        ("23:59:59", hour(23, 59, 59)),
        ("lundi 09:02", hour(9, 2, weekday=0)),
        ("LUNDI à 9 h 02", hour(9, 2, weekday=0)),
        ("Monday 09:02", hour(9, 2, weekday=0)),
        ("dimanche 23:05", hour(23, 5, weekday=6)),
        ("Sunday at 23:05", hour(23, 5, weekday=6)),
        ("J+1 08:00", hour(8, day_offset=1)),
        ("D+1 08:00", hour(8, day_offset=1)),
        ("j + 1 8h", hour(8, day_offset=1)),
        ("J+0 14:00", hour(14, day_offset=0)),
        ("J-1 23:50", hour(23, 50, day_offset=-1)),
        ("lundi 12 janvier 2026 14:00", hour(14, weekday=0, date=date(2026, 1, 12))),
        ("lundi 12 janvier 2026, 9 h", hour(9, weekday=0, date=date(2026, 1, 12))),
        ("12 janvier 2026 à 9 h", hour(9, date=date(2026, 1, 12))),
        ("1er fevrier 2026 09:00", hour(9, date=date(2026, 2, 1))),
        ("samedi 1er août 2026 09:00", hour(9, weekday=5, date=date(2026, 8, 1))),
        ("Monday, 12 January 2026 14:00", hour(14, weekday=0, date=date(2026, 1, 12))),
        ("2026-01-12 09:00", hour(9, date=date(2026, 1, 12))),
        ("2026-01-12T09:00", hour(9, date=date(2026, 1, 12))),
        ("lundi 2026-01-12 09:00", hour(9, weekday=0, date=date(2026, 1, 12))),
    ],
)
def test_an_hour_of_the_fiction_reads_with_or_without_its_day(
    text: str, instant: FictionInstant
) -> None:
    assert parse_instant(text) == instant


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("25:00", "time-out-of-range"),
        ("24:00", "time-out-of-range"),
        ("09:60", "time-out-of-range"),
        ("9 h 60", "time-out-of-range"),
        ("09:02:60", "time-out-of-range"),
        ("T+1 h 90 min", "time-out-of-range"),
        ("T+1 h 60", "time-out-of-range"),
        ("T+0:60:00", "time-out-of-range"),
        ("T+43201", "time-out-of-range"),
        ("T+" + "9" * 150, "time-out-of-range"),
        ("H+721", "time-out-of-range"),
        ("90 min", "time-not-an-instant"),
        ("1 h 30 min", "time-not-an-instant"),
        ("90", "time-not-an-instant"),
        ("T+2.5", "time-fraction"),
        ("T+1,5 h", "time-fraction"),
        ("T+٢", "time-foreign-digit"),
        ("T+２", "time-foreign-digit"),
        ("T+½", "time-foreign-digit"),
        ("31 février 2026 09:00", "time-date-impossible"),
        ("2026-13-01 09:00", "time-date-impossible"),
        ("1 janvier 0001 09:00", "time-date-impossible"),
        ("mardi 12 janvier 2026 09:00", "time-weekday-mismatch"),
        ("", "time-unreadable"),
        ("   ", "time-unreadable"),
        ("T", "time-unreadable"),
        ("T2", "time-unreadable"),
        ("T+", "time-unreadable"),
        ("T++2", "time-unreadable"),
        ("T+2 3", "time-unreadable"),
        ("T+2 bananas", "time-unreadable"),
        ("T+1:2:3", "time-unreadable"),
        ("9:2", "time-unreadable"),
        ("09:02 pm", "time-unreadable"),
        ("lundi", "time-unreadable"),
        ("lundi09:02", "time-unreadable"),
        ("lundy 09:02", "time-unreadable"),
        ("12 janvier 09:00", "time-unreadable"),
        ("12/01/2026 09:00", "time-unreadable"),
        ("J 08:00", "time-unreadable"),
        ("mardi J+1 08:00", "time-unreadable"),
        ("9" * 5000, "time-unreadable"),
    ],
)
def test_what_is_not_an_instant_is_refused_with_its_reason_and_a_hint(text: str, code: str) -> None:
    error = refusal(parse_instant, text)
    assert error.code == code
    assert error.hint


def test_a_wrong_weekday_is_answered_with_the_right_one_in_the_reader_s_language() -> None:
    assert "Monday" in refusal(parse_instant, "mardi 12 janvier 2026 09:00").message
    set_language("fr")
    assert "lundi" in refusal(parse_instant, "mardi 12 janvier 2026 09:00").hint


def test_a_message_quotes_no_control_character_and_no_endless_text() -> None:
    message = refusal(parse_instant, "\x1b[31m" + "x" * 150).message
    assert "\x1b" not in message
    assert len(message) < 120


# ---------------------------------------------------------------- durations and ranges


@pytest.mark.parametrize(
    ("text", "ms"),
    [
        ("90 min", minutes(90)),
        ("90 minutes", minutes(90)),
        ("1 minute", minutes(1)),
        ("10 mn", minutes(10)),
        ("1 h", HOUR_MS),
        ("1 heure", HOUR_MS),
        ("2 Hours", 2 * HOUR_MS),
        ("1h30", minutes(90)),
        ("1 h 30", minutes(90)),
        ("1 h 30 min", minutes(90)),
        ("1 h 15 min 30 s", minutes(75.5)),
        ("1 h 30 s", HOUR_MS + 30 * SECOND_MS),
        ("2 min 30 s", minutes(2.5)),
        ("45 s", minutes(0.75)),
        ("45 sec", minutes(0.75)),
        ("45 secondes", minutes(0.75)),
        ("2 j", 2 * DAY_MS),
        ("2 jours", 2 * DAY_MS),
        ("1 day 2 hours", DAY_MS + 2 * HOUR_MS),
        ("1 j 2 h 30", DAY_MS + minutes(150)),
        ("0:02:30", minutes(2.5)),
        ("1:30:00", minutes(90)),
        ("0 min", 0),
        ("0 s", 0),
        ("30 j", 30 * DAY_MS),
        ("720 h", 30 * DAY_MS),
        ("2592000 s", 30 * DAY_MS),
    ],
)
def test_a_duration_reads_with_its_units(text: str, ms: int) -> None:
    assert parse_duration(text) == ms


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("90", "time-unit-missing"),
        ("1:30", "time-two-parts"),
        ("-5 min", "time-negative"),
        ("1.5 h", "time-fraction"),
        ("1,5 h", "time-fraction"),
        ("31 j", "time-out-of-range"),
        ("30 j 1 s", "time-out-of-range"),
        ("1 h 75 min", "time-out-of-range"),
        ("2 min 75 s", "time-out-of-range"),
        ("1 j 24 h", "time-out-of-range"),
        ("1 h 5", "time-unreadable"),
        ("2 min 30", "time-unreadable"),
        ("30 s 2 min", "time-unreadable"),
        ("5 m", "time-unreadable"),
        ("min", "time-unreadable"),
        ("", "time-unreadable"),
        ("T+2", "time-unreadable"),
        ("5 à 10 min", "time-unreadable"),
    ],
)
def test_what_is_not_a_duration_is_refused_with_its_reason_and_a_hint(text: str, code: str) -> None:
    error = refusal(parse_duration, text)
    assert error.code == code
    assert error.hint


def test_a_number_without_a_unit_is_answered_with_how_to_write_it() -> None:
    assert "90 min" in refusal(parse_duration, "90").hint


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("5 à 10 min", minutes(5), minutes(10)),
        ("4 to 8 min", minutes(4), minutes(8)),
        ("5-10 min", minutes(5), minutes(10)),
        ("5 – 10 min", minutes(5), minutes(10)),
        ("30 s à 2 min", minutes(0.5), minutes(2)),
        ("1 h à 1 h 30", HOUR_MS, minutes(90)),
        ("1 day to 2 days", DAY_MS, 2 * DAY_MS),
        ("5 à 5 min", minutes(5), minutes(5)),
        ("10 min", minutes(10), minutes(10)),
    ],
)
def test_a_span_reads_as_a_duration_or_a_range(text: str, low: int, high: int) -> None:
    span = parse_span(text)
    assert span == Span(low, high)
    assert span.is_range == (low != high)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("10 à 5 min", "time-range-reversed"),
        ("5 à 10", "time-unit-missing"),
        ("1 à 1 h 30", "time-unit-missing"),
        ("5 à", "time-unreadable"),
        ("5 à 10 à 15 min", "time-unreadable"),
        ("-5 min", "time-negative"),
    ],
)
def test_what_is_not_a_span_is_refused(text: str, code: str) -> None:
    assert refusal(parse_span, text).code == code


def test_a_reversed_range_is_answered_with_the_range_the_other_way_round() -> None:
    assert "5 min to 10 min" in refusal(parse_span, "10 à 5 min").hint


# ---------------------------------------------------------------- startex


@pytest.mark.parametrize(
    "text",
    [
        "lundi 12 janvier 2026 09:00",
        "lundi 12 janvier 2026, 9 h",
        "12 janvier 2026 09:00",
        "2026-01-12 09:00",
        "Monday 12 January 2026 09:00",
    ],
)
def test_startex_is_a_full_date_and_hour(text: str) -> None:
    assert parse_startex(text) == Startex(now=False, at=MONDAY_9)


@pytest.mark.parametrize("text", ["now", "NOW", "maintenant"])
def test_startex_now_waits_for_the_room_s_time(text: str) -> None:
    assert parse_startex(text) == Startex(now=True, at=None)


@pytest.mark.parametrize("text", ["lundi 09:00", "09:00", "J+1 08:00", "T+2", "12 janvier 2026"])
def test_startex_without_its_date_or_hour_is_refused(text: str) -> None:
    assert refusal(parse_startex, text).code == "time-unreadable"


def test_startex_whose_weekday_is_wrong_names_the_right_one() -> None:
    error = refusal(parse_startex, "mardi 12 janvier 2026 09:00")
    assert error.code == "time-weekday-mismatch"
    assert "Monday" in error.message


# ---------------------------------------------------------------- round trips and arbitrary text

WHOLE_S = st.integers(-30 * 86400, 30 * 86400).map(lambda s: s * SECOND_MS)
LENGTHS = st.integers(0, 30 * 86400).map(lambda s: s * SECOND_MS)
DATES = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@st.composite
def instants(draw: st.DrawFn) -> Instant:
    if draw(st.booleans()):
        return Relative(draw(WHOLE_S))
    moment = draw(st.times())
    day = draw(
        st.one_of(
            st.just({}),
            st.fixed_dictionaries({"weekday": st.integers(0, 6)}),
            st.fixed_dictionaries({"day_offset": st.integers(-9999, 9999)}),
            st.fixed_dictionaries({"date": DATES}),
            DATES.map(lambda d: {"date": d, "weekday": d.weekday()}),
        )
    )
    return hour(moment.hour, moment.minute, moment.second, **day)


@given(instants(), LANGUAGES)
def test_every_printed_instant_reads_back(instant: Instant, language: str) -> None:
    assert parse_instant(format_instant(instant, language)) == instant


@given(WHOLE_S)
def test_the_running_clock_and_the_short_form_read_back(sim_ms: int) -> None:
    assert parse_instant(format_t(sim_ms)) == Relative(sim_ms)
    assert parse_instant(format_clock(sim_ms)) == Relative(sim_ms)


@given(LENGTHS, LANGUAGES)
def test_every_printed_duration_reads_back(ms: int, language: str) -> None:
    assert parse_duration(format_duration_words(ms, language)) == ms


@given(LENGTHS, LENGTHS, LANGUAGES)
def test_every_printed_span_reads_back(one: int, other: int, language: str) -> None:
    span = Span(min(one, other), max(one, other))
    assert parse_span(format_span(span, language)) == span


@given(DATES, st.times().map(lambda t: t.replace(microsecond=0)), LANGUAGES)
def test_every_printed_startex_reads_back(day: date, at: object, language: str) -> None:
    startex = Startex(now=False, at=datetime.combine(day, at))  # type: ignore[arg-type]
    assert parse_startex(format_startex(startex, language)) == startex


PIECES = st.lists(
    st.sampled_from(
        [*"tThHjJ+-−:.,0159 \u00a0²٣", "lundi", "Monday", "12 janvier 2026", "min", " à ", "1 h 30"]
    )
).map("".join)


@given(st.text() | PIECES)
@example("2026-02-30t09:00")
@example("T+" + "9" * 190)
@example("\ud800")
def test_arbitrary_text_raises_nothing_but_a_time_error(text: str) -> None:
    for read in (parse_instant, parse_duration, parse_span, parse_startex):
        answer = outcome(read, text)
        assert not isinstance(answer, str) or answer.startswith("time-")


@given(st.integers(0, 700), st.integers(0, 700))
def test_gaps_over_an_hour_keep_their_length(first: int, gap: int) -> None:
    early, late = parse_instant(f"T+{first}"), parse_instant(f"T+{first + gap}")
    assert isinstance(early, Relative)
    assert isinstance(late, Relative)
    assert late.sim_ms - early.sim_ms == minutes(gap)


def test_ten_thousand_instants_are_read_in_a_moment() -> None:
    texts = ["T+37", "T+0:02:30", "lundi 09:02", "9 h 02", "H+1h30"] * 2000
    begun = clocks.process_time()
    for text in texts:
        parse_instant(text)
    # Measured near 0.04 s; the margin is for a loaded machine.
    assert clocks.process_time() - begun < 0.5


# ---------------------------------------------------------------- printing


@pytest.mark.parametrize(
    ("sim_ms", "shown", "short"),
    [
        (0, "T+00:00:00", "T+0"),
        (minutes(37), "T+00:37:00", "T+37"),
        (37 * MINUTE_MS + 12 * SECOND_MS, "T+00:37:12", "T+0:37:12"),
        (minutes(125), "T+02:05:00", "T+125"),
        (-minutes(10), "T-00:10:00", "T-10"),
        (-1, "T-00:00:01", "T-0:00:01"),
        (999, "T+00:00:00", "T+0"),
    ],
)
def test_exercise_time_prints_as_a_clock_and_as_authors_write_it(
    sim_ms: int, shown: str, short: str
) -> None:
    assert format_clock(sim_ms) == shown
    assert format_t(sim_ms) == short


@pytest.mark.parametrize(
    ("seconds", "shown", "without_seconds"),
    [
        (168, "2:48", "2 min"),
        (3768, "1:02:48", "1 h 02"),
        (-30, "-0:30", "0 min"),
        (-0.4, "0:00", "0 min"),
        (0, "0:00", "0 min"),
    ],
)
def test_a_countdown_prints_short(seconds: float, shown: str, without_seconds: str) -> None:
    ms = round(seconds * SECOND_MS)
    assert format_duration(ms) == shown
    assert format_duration(ms, seconds=False) == without_seconds


@pytest.mark.parametrize(
    ("ms", "words"),
    [
        (minutes(90), "1 h 30"),
        (minutes(62), "1 h 02"),
        (minutes(2.5), "2 min 30 s"),
        (minutes(0.75), "45 s"),
        (minutes(75.5), "1 h 15 min 30 s"),
        (72 * HOUR_MS, "72 h"),
        (0, "0 min"),
        (-minutes(5), "-5 min"),
    ],
)
def test_a_duration_prints_in_words(ms: int, words: str) -> None:
    assert format_duration_words(ms, "fr") == words
    assert format_duration_words(ms, "en") == words


def test_the_fiction_prints_its_day_in_the_reader_s_language() -> None:
    moment = datetime(2026, 1, 12, 9, 37, 5)
    assert format_fiction(moment, language="fr") == "lundi 09:37"
    assert format_fiction(moment, language="en") == "Monday 09:37"
    assert format_fiction(moment, language="fr", with_day=False) == "09:37"
    assert format_fiction(moment, language="fr", with_seconds=True) == "lundi 09:37:05"
