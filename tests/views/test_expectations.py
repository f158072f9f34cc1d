"""Expected reactions: open, seen, late, overdue."""

from typing import Any

from cyberex.facts.exercise_events import CommandUndone
from cyberex.facts.model import Tick
from cyberex.facts.stimulus_events import (
    ExpectationExpired,
    ExpectationMoved,
    ExpectationOpened,
    ExpectationTicked,
    ExpectationWithdrawn,
)
from cyberex.views.board import Board
from cyberex.views.expectations import Expectations, ExpectationStatus
from tests.views.builders import MIN, Tape, expectation, plan_of, stimulus

PLAN = plan_of(stimulus("s01", 0, 2, expect=(expectation("e1"), expectation("e2", None))))
E1: dict[str, Any] = {"stimulus": "s01", "occurrence": "s01#1", "expectation": "e1"}
E2: dict[str, Any] = E1 | {"expectation": "e2"}


def opened() -> Tape:
    return Tape().at(
        2,
        ExpectationOpened(**E2, cell="tech", deadline_ms=None),
        ExpectationOpened(**E1, cell="tech", deadline_ms=12 * MIN),
    )


def tick(result: Tick, minute: int, *, late: bool = False) -> ExpectationTicked:
    return ExpectationTicked(**E1, result=result, observed_ms=minute * MIN, late=late)


def expectations_of(tape: Tape) -> Expectations:
    return Board(PLAN).apply_all(tape.records).expectations


def keys(rows: Any) -> list[str]:
    return [row.key for row in rows]


def test_open_ones_come_by_deadline_and_those_without_limit_last() -> None:
    expectations = expectations_of(opened())
    assert keys(expectations.open) == ["s01#1/e1", "s01#1/e2"]
    assert expectations.open[0].text == "text of e1"


def test_a_deadline_that_passes_makes_it_overdue_and_it_can_still_be_ticked() -> None:
    tape = opened().at(12, ExpectationExpired(**E1))
    expectations = expectations_of(tape)
    assert keys(expectations.overdue) == ["s01#1/e1"]
    assert expectations.overdue[0].tickable
    seen = expectations_of(tape.by(14, "r1", tick(Tick.SEEN, 13, late=True))).row("s01#1/e1")
    assert seen is not None
    assert (seen.status, seen.late, seen.observed_ms) == (ExpectationStatus.SEEN, True, 13 * MIN)


def test_a_tick_withdrawn_brings_the_one_before_back() -> None:
    tape = opened().by(5, "r1", tick(Tick.PARTLY, 5)).by(6, "r2", tick(Tick.SEEN, 6))
    reopened = ExpectationWithdrawn(**E1, reopened=True, deadline_ms=12 * MIN)
    row = expectations_of(tape.by(7, "r3", CommandUndone(undoes="r2"), reopened)).row("s01#1/e1")
    assert row is not None
    assert row.status is ExpectationStatus.PARTLY
    again = expectations_of(tape.by(8, "r4", reopened)).row("s01#1/e1")
    assert again is not None
    assert again.status is ExpectationStatus.OPEN


def test_a_delivery_withdrawn_takes_its_expectations_away() -> None:
    tape = opened().by(4, "r1", ExpectationWithdrawn(**E1, reopened=False))
    assert keys(expectations_of(tape).rows) == ["s01#1/e2"]


def test_an_advance_moves_the_deadline() -> None:
    tape = opened().by(5, "r1", ExpectationMoved(**E1, deadline_ms=20 * MIN))
    assert expectations_of(tape).open[0].deadline_ms == 20 * MIN


def test_those_whose_deadline_falls_in_a_span_are_found_bounds_included() -> None:
    expectations = expectations_of(opened())
    assert keys(expectations.open_between(5 * MIN, 12 * MIN)) == ["s01#1/e1"]
    assert keys(expectations.open_between(5 * MIN, 12 * MIN - 1)) == []
