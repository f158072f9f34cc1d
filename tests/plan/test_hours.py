"""The author's times become exercise milliseconds, once."""

from collections.abc import Callable
from datetime import datetime

import pytest

from tests.plan.conftest import Plan

MIN = 60_000
Told = Callable[..., list[str]]
AT = "stimuli:\n  - {{id: s1, at: '{}', …}}\n"
JUMP = "jumps:\n  - {id: noon, at: T+30, to: '14:00', bulletin: Il est 14 h.}\n"


@pytest.mark.parametrize(
    ("at", "minutes"),
    [
        ("T+5", 5), ("T-10", -10), ("H+1", 60), ("H+1h15", 75), ("T+0:02:30", 2.5),
        ("09:02", 2), ("lundi 09:30", 30), ("J+0 10:00", 60), ("Monday 09:30", 30),
    ],
)  # fmt: skip
def test_a_time_becomes_exercise_time(plan: Plan, at: str, minutes: float) -> None:
    made = plan(AT.format(at)).plan
    assert made is not None
    window = made.stimuli["s1"].window
    assert window is not None
    assert window.at_ms == minutes * MIN


def test_a_fiction_hour_after_a_jump_counts_from_its_landing(plan: Plan) -> None:
    made = plan(JUMP + AT.format("14:10")).plan
    assert made is not None
    window = made.stimuli["s1"].window
    assert window is not None
    assert window.at_ms == 40 * MIN


def test_a_jump_lands_where_it_says(plan: Plan) -> None:
    made = plan(JUMP).plan
    assert made is not None
    assert made.jumps["noon"].at_ms == 30 * MIN
    assert made.jumps["noon"].to == datetime(2026, 1, 12, 14, 0)


def test_a_jump_to_an_hour_of_the_next_day_names_the_day(plan: Plan) -> None:
    made = plan("jumps:\n  - {id: next, at: T+30, to: mardi 08:00, bulletin: Mardi.}\n").plan
    assert made is not None
    assert made.jumps["next"].to == datetime(2026, 1, 13, 8, 0)


def test_jumps_are_placed_in_the_order_of_their_times(plan: Plan) -> None:
    made = plan(
        """
jumps:
  - {id: night, at: T+60, to: '22:00', bulletin: Nuit.}
  - {id: noon, at: T+30, to: '14:00', bulletin: Midi.}
"""
    ).plan
    assert made is not None
    assert made.jumps["night"].to.hour == 22


def test_startex_now_is_the_hour_of_the_room(plan: Plan) -> None:
    made = plan(startex="now", room=datetime(2026, 3, 10, 10, 17, 42)).plan
    assert made is not None
    assert made.timing.startex == datetime(2026, 3, 10, 10, 17)
    assert made.timing.is_now


def test_a_window_ends_at_its_own_time(plan: Plan) -> None:
    made = plan("stimuli:\n  - {id: s1, at: T+5, until: '09:20', …}\n").plan
    assert made is not None
    window = made.stimuli["s1"].window
    assert window is not None
    assert window.until_ms == 20 * MIN


def test_an_instant_that_a_jump_passes_over_is_refused(told: Told) -> None:
    assert told(JUMP + AT.format("12:00")) == ["time-in-jump-gap \"'12:00'\""]


def test_a_bare_hour_is_refused_once_the_fiction_crosses_midnight(told: Told) -> None:
    said = told(AT.format("23:50"), startex="lundi 12 janvier 2026 23:00")
    assert said == ["time-ambiguous \"'23:50'\""]


def test_a_day_the_fiction_does_not_reach_is_refused(told: Told) -> None:
    assert told(AT.format("mercredi 09:00")) == ["time-weekday-absent \"'mercredi 09:00'\""]


def test_an_hour_outside_the_exercise_is_refused(told: Told) -> None:
    assert told(AT.format("T+91")) == ["unreachable \"'T+91'\""]
    assert told(AT.format("T-16")) == ["unreachable \"'T-16'\""]


def test_a_jump_outside_the_exercise_is_refused(told: Told) -> None:
    assert told(JUMP.replace("T+30", "T+95")) == ["unreachable 'T+95'"]


def test_a_jump_that_goes_back_is_refused(told: Told) -> None:
    assert told(JUMP.replace("14:00", "09:10")) == ["time-jump-backwards \"'09:10'\""]


def test_a_window_that_ends_before_it_begins_is_refused(told: Told) -> None:
    assert told("stimuli:\n  - {id: s1, at: T+5, until: T+4, …}\n") == ["window-reversed 'T+4'"]


def test_every_mistake_of_time_is_told_at_once(told: Told) -> None:
    body = JUMP + AT.format("12:00") + "  - {id: s2, at: T+5, until: T+4, …}\n"
    assert len(told(body)) == 2
