"""Exercise time follows the wall at a rate; what was played is never rescaled."""

from math import inf

from hypothesis import given
from hypothesis import strategies as st

from cyberex.exercise.pace import Pace

RATES = st.sampled_from([0.1, 0.5, 1.0, 2.0, 7.3, 60.0, 3_600.0])
WALLS = st.floats(0, 10_000_000, allow_nan=False)
PASSED = st.floats(0, 100_000, allow_nan=False)
SIMS = st.integers(-7_200_000, 50_000_000)


def test_a_second_at_rate_one_is_a_thousand_milliseconds() -> None:
    assert Pace(50.0, -3_000, 1.0).sim_at(51.0) == -2_000


def test_a_sixtieth_of_a_second_is_not_rounded_to_a_minute() -> None:
    assert Pace(0.0, 0, 1.0).sim_at(125.345) == 125_345


def test_a_paused_clock_stands_still() -> None:
    assert Pace(50.0, 1_234, 0.0).sim_at(50.0 + 90 * 60) == 1_234


def test_nothing_to_come_is_reached_while_paused() -> None:
    assert Pace(50.0, 0, 0.0).wall_delay_s(1, 60.0) == inf


def test_what_is_past_needs_no_waiting() -> None:
    assert Pace(50.0, 1_000, 1.0).wall_delay_s(900, 50.0) == 0.0


def test_a_change_of_rate_does_not_rescale_what_was_played() -> None:
    pace = Pace(0.0, 0, 1.0).at_rate(10.0, 60.0)
    assert (pace.sim_at(60.0), pace.sim_at(61.0)) == (60_000, 70_000)


@given(WALLS, SIMS, RATES, PASSED, PASSED)
def test_exercise_time_never_goes_back(
    wall_s: float, sim_ms: int, rate: float, first_s: float, more_s: float
) -> None:
    pace = Pace(wall_s, sim_ms, rate)
    assert sim_ms <= pace.sim_at(wall_s + first_s) <= pace.sim_at(wall_s + first_s + more_s)


@given(WALLS, SIMS, RATES, st.integers(0, 50_000_000))
def test_whoever_waits_as_long_as_told_arrives(
    wall_s: float, sim_ms: int, rate: float, ahead_ms: int
) -> None:
    pace = Pace(wall_s, sim_ms, rate)
    assert pace.sim_at(pace.wall_at_s(sim_ms + ahead_ms)) >= sim_ms + ahead_ms


@given(WALLS, SIMS, RATES, RATES, PASSED)
def test_rebasing_keeps_the_instant(
    wall_s: float, sim_ms: int, rate: float, other: float, passed_s: float
) -> None:
    pace = Pace(wall_s, sim_ms, rate)
    now_s = wall_s + passed_s
    assert pace.at_rate(other, now_s).sim_at(now_s) == pace.sim_at(now_s)
