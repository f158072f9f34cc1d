"""Sleeps and stalls are told from clocks that somebody set."""

from datetime import UTC, datetime, timedelta
from math import inf

import pytest

from cyberex.exercise.gap import Reading, gap_ms

NOON = datetime(2026, 1, 12, 12, 0, tzinfo=UTC)
BEFORE = Reading(100.0, 1_000.0, NOON)


def later(awake_s: float, boot_s: float | None, wall_s: float) -> Reading:
    boot = None if boot_s is None else 1_000.0 + boot_s
    return Reading(100.0 + awake_s, boot, NOON + timedelta(seconds=wall_s))


@pytest.mark.parametrize(
    ("awake_s", "boot_s", "wall_s", "gap"),
    [
        pytest.param(1.0, 1.0, 1.0, 0, id="all is well"),
        pytest.param(6.0, 6.0, 6.0, 0, id="late by exactly five seconds"),
        pytest.param(6.1, 6.1, 6.1, 6_100, id="a late wake"),
        pytest.param(1.0, 601.0, 601.0, 601_000, id="asleep for ten minutes"),
        pytest.param(1.0, 601.0, 1.0, 601_000, id="asleep, and the wall clock did not see it"),
        pytest.param(1.0, 1.0, 3_601.0, 0, id="the wall clock was set one hour forward"),
        pytest.param(1.0, 1.0, -3_599.0, 0, id="the wall clock was set one hour back"),
        pytest.param(9.0, 9.0, -3_591.0, 9_000, id="late, and the wall clock was set back"),
    ],
)
def test_a_machine_with_a_boot_clock(
    awake_s: float, boot_s: float, wall_s: float, gap: int
) -> None:
    assert gap_ms(BEFORE, later(awake_s, boot_s, wall_s), expected_s=1.0) == gap


@pytest.mark.parametrize(
    ("awake_s", "wall_s", "gap"),
    [
        pytest.param(1.0, 1.0, 0, id="all is well"),
        pytest.param(601.0, 601.0, 601_000, id="asleep, counted by the monotonic clock"),
        pytest.param(1.0, 601.0, 601_000, id="asleep, or set forward: it asks"),
        pytest.param(1.0, -3_599.0, 0, id="the wall clock was set one hour back"),
    ],
)
def test_a_machine_without_one(awake_s: float, wall_s: float, gap: int) -> None:
    before = Reading(100.0, None, NOON)
    assert gap_ms(before, later(awake_s, None, wall_s), expected_s=1.0) == gap


def test_clocks_that_jump_are_never_late() -> None:
    assert gap_ms(BEFORE, later(5_400.0, 5_400.0, 5_400.0), expected_s=inf) == 0
