"""Rows of the chronogram: what was, is and will be played."""

from typing import Any

from cyberex.facts.exercise_events import (
    CommandUndone,
    JumpMade,
    JumpPrepared,
)
from cyberex.facts.model import CallOutcome, PlannedBy, SkipReason, TextRef
from cyberex.facts.stimulus_events import (
    CallFailed,
    DeliveryWithdrawn,
    StimulusAcknowledged,
    StimulusBlocked,
    StimulusComposed,
    StimulusDealtWith,
    StimulusDelivered,
    StimulusDue,
    StimulusEdited,
    StimulusExpired,
    StimulusHeld,
    StimulusPlanned,
    StimulusQueued,
    StimulusReleased,
    StimulusReserved,
    StimulusRestored,
    StimulusShifted,
    StimulusSkipped,
    StimulusToPerform,
)
from cyberex.plan.model import After, Fact, FactKind, Plan, PlannedJump
from cyberex.views.board import Board
from cyberex.views.rows import ChronogramRow, JumpRow, JumpStatus, Status
from tests.views.builders import (
    CELLS,
    MIN,
    STARTEX,
    Tape,
    expectation,
    milestone,
    plan_of,
    stimulus,
)

S01: dict[str, Any] = {"stimulus": "s01", "occurrence": "s01#1"}
NIGHT = PlannedJump("night", 1, 20 * MIN, STARTEX, "Night", "")
PLAN = plan_of(stimulus("s01", 0, 2, cells=CELLS, until=6))


def row_of(
    tape: Tape, occurrence: str = "s01#1", *, plan: Plan = PLAN, minute: int = 30
) -> ChronogramRow:
    board = Board(plan).apply_all(tape.records)
    row = board.chronogram.occurrence(occurrence, minute * MIN)
    assert row is not None
    return row


def names(plan: Plan, tape: Tape, minute: int = 0) -> list[str]:
    rows = Board(plan).apply_all(tape.records).chronogram.rows(minute * MIN)
    return [row.jump if isinstance(row, JumpRow) else row.occurrence for row in rows]


def due(**fields: str) -> StimulusDue:
    return StimulusDue(**(S01 | fields), cells=CELLS)


def give(cell: str) -> StimulusToPerform:
    return StimulusToPerform(**S01, cell=cell, roles=(), channel="phone")


def delivered(cell: str) -> StimulusDelivered:
    return StimulusDelivered(**S01, cell=cell, channel="phone", answered_by="cio")


def test_the_plan_alone_gives_a_planned_row_a_stimulus_of_the_chronogram() -> None:
    plan = plan_of(stimulus("s01", 0, 5), stimulus("s02", 1), stimulus("s03", 2, 1))
    assert names(plan, Tape()) == ["s03#1", "s01#1"]
    assert row_of(Tape(), plan=plan).status is Status.PLANNED


def test_a_stimulus_is_delivered_when_all_its_cells_are() -> None:
    tape = Tape().at(2, due(), give("tech"), give("board")).by(3, "r1", delivered("tech"))
    assert row_of(tape).status is Status.TO_PERFORM
    row = row_of(tape.by(4, "r2", delivered("board")))
    assert (row.status, row.delivered_ms) == (Status.DELIVERED, 4 * MIN)
    assert [leg.delivered_ms for leg in row.legs] == [3 * MIN, 4 * MIN]


def test_a_refused_cell_is_left_aside() -> None:
    refused = CallFailed(**S01, cell="board", outcome=CallOutcome.REFUSED, back_ms=None)
    tape = Tape().at(2, due(), give("tech"), give("board")).by(3, "r1", refused)
    assert row_of(tape).status is Status.TO_PERFORM
    assert row_of(tape.by(4, "r2", delivered("tech"))).status is Status.DELIVERED


def test_it_is_acknowledged_and_dealt_with_only_when_every_cell_says_so() -> None:
    tape = Tape().at(2, due()).by(3, "r1", delivered("tech"), delivered("board"))
    tape.by(4, "r2", StimulusDealtWith(**S01, cell="tech"))
    assert row_of(tape).status is Status.DELIVERED
    tape.by(5, "r3", StimulusAcknowledged(**S01, cell="board"))
    assert row_of(tape).status is Status.ACKNOWLEDGED
    tape.by(6, "r4", StimulusDealtWith(**S01, cell="board"))
    assert row_of(tape).status is Status.DEALT_WITH


def test_an_unanswered_call_is_still_to_perform_and_says_when() -> None:
    failed = CallFailed(**S01, cell="tech", outcome=CallOutcome.BUSY, back_ms=5 * MIN)
    row = row_of(Tape().at(2, due(), give("tech"), give("board")).by(3, "r1", failed))
    assert [(leg.status, leg.back_ms) for leg in row.legs] == [
        (Status.TO_PERFORM, 5 * MIN),
        (Status.TO_PERFORM, None),
    ]


def test_a_stimulus_without_live_channel_is_blocked() -> None:
    blocked = [
        StimulusBlocked(**S01, cell=cell, roles=(), channel="mail", ask=True) for cell in CELLS
    ]
    row = row_of(Tape().at(2, due(), *blocked))
    assert row.status is Status.BLOCKED
    assert all(leg.ask for leg in row.legs)


def test_a_delivery_said_by_mistake_is_to_perform_again() -> None:
    tape = Tape().at(2, due()).by(3, "r1", delivered("tech"), delivered("board"))
    tape.by(4, "r2", CommandUndone(undoes="r1"), DeliveryWithdrawn(**S01, cell="tech"))
    row = row_of(tape)
    assert (row.status, row.delivered_ms) == (Status.TO_PERFORM, None)


def test_a_shift_moves_the_hour_and_the_window_and_keeps_the_original() -> None:
    tape = Tape().by(0, "r1", StimulusShifted(**S01, from_ms=2 * MIN, due_ms=7 * MIN))
    row = row_of(tape, minute=0)
    assert (row.due_ms, row.original_ms, row.until_ms) == (7 * MIN, 2 * MIN, 11 * MIN)


def test_a_skip_undone_gives_the_row_its_hour_back() -> None:
    tape = Tape().by(1, "r1", StimulusSkipped(**S01, reason=SkipReason.DIRECTOR))
    skipped = row_of(tape)
    assert (skipped.status, skipped.reason, skipped.over) == (
        Status.SKIPPED,
        SkipReason.DIRECTOR,
        True,
    )
    tape.by(1, "r2", CommandUndone(undoes="r1"), StimulusRestored(**S01, due_ms=2 * MIN))
    restored = row_of(tape)
    assert (restored.status, restored.reason, restored.due_ms) == (Status.PLANNED, None, 2 * MIN)


def test_what_an_undo_takes_away_is_withdrawn() -> None:
    again = {"stimulus": "s01", "occurrence": "s01#2"}
    tape = Tape().by(3, "r1", StimulusPlanned(**again, due_ms=3 * MIN, why=PlannedBy.AGAIN))
    tape.by(4, "r2", CommandUndone(undoes="r1"))
    tape.by(4, "r2", StimulusSkipped(**again, reason=SkipReason.UNDO))
    row = row_of(tape, "s01#2")
    assert (row.withdrawn, row.why, row.number) == (True, PlannedBy.AGAIN, 2)


def test_a_stimulus_held_while_with_an_animator_leaves_again_when_released() -> None:
    tape = Tape().at(2, due(), give("tech"), give("board")).by(3, "r1", StimulusHeld(**S01))
    held = row_of(tape)
    assert held.status is Status.HELD
    assert {leg.status for leg in held.legs} == {Status.PLANNED}
    tape.by(4, "r2", StimulusReleased(**S01), due(), give("tech"), give("board"))
    assert row_of(tape).status is Status.TO_PERFORM


def test_what_became_late_in_a_sleep_is_held_as_a_proposal() -> None:
    row = row_of(Tape().by(5, "r1", StimulusHeld(**S01, proposed=True)))
    assert (row.status, row.proposed) == (Status.HELD, True)


def test_fired_while_paused_it_is_queued_until_it_leaves() -> None:
    tape = Tape().by(1, "r1", StimulusQueued(**S01))
    assert row_of(tape).status is Status.QUEUED
    assert row_of(tape.by(1, "r2", due(), give("tech"))).status is Status.TO_PERFORM


def test_finex_expires_what_no_cell_had_and_keeps_what_was_delivered() -> None:
    tape = Tape().at(2, due(), give("board")).by(3, "r1", delivered("tech"))
    row = row_of(tape.by(60, "r2", StimulusExpired(**S01)))
    assert row.status is Status.EXPIRED
    assert [leg.status for leg in row.legs] == [Status.DELIVERED, Status.EXPIRED]


def test_a_closed_window_may_put_it_in_the_reserve() -> None:
    row = row_of(Tape().at(6, StimulusReserved(**S01)))
    assert (row.status, row.over) == (Status.RESERVED, True)


def test_an_edit_adds_to_the_one_before_and_its_undoing_takes_only_it_away() -> None:
    tape = Tape().by(0, "r1", StimulusEdited(**S01, title=TextRef("t1"), to=("cio",)))
    tape.by(1, "r2", StimulusEdited(**S01, text=TextRef("x1"), via="mail"))
    both = row_of(tape)
    assert (both.title, both.text, both.to, both.via) == ("t1", "x1", ("cio",), "mail")
    assert [(leg.cell, leg.roles, leg.channel) for leg in both.legs] == [("tech", ("cio",), "mail")]
    # The compensation repeats receivers: forgetting the edit says it exactly.
    tape.by(2, "r3", CommandUndone(undoes="r2"), StimulusEdited(**S01, to=CELLS, via="phone"))
    first = row_of(tape)
    assert (first.title, first.text, first.to, first.via) == ("t1", "", ("cio",), "phone")


def test_a_composed_stimulus_is_a_row_of_its_own() -> None:
    x01 = {"stimulus": "x01", "occurrence": "x01#1"}
    tape = Tape().by(
        4,
        "r1",
        StimulusComposed(
            **x01, sender="press", to=("cio", "board"), via="visit", title=TextRef("t"),
            text=TextRef("x"),
        ),
        StimulusPlanned(**x01, due_ms=4 * MIN, why=PlannedBy.COMPOSED),
    )  # fmt: skip
    row = row_of(tape, "x01#1")
    assert (row.ad_hoc, row.sender, row.title, row.due_ms) == (True, "press", "t", 4 * MIN)
    assert [(leg.cell, leg.roles) for leg in row.legs] == [("tech", ("cio",)), ("board", ())]


def test_a_visit_says_when_its_animator_must_leave() -> None:
    plan = plan_of(stimulus("s01", 0, 20, cells=CELLS, via="visit"))
    legs = row_of(Tape(), plan=plan).legs
    assert [leg.leave_ms for leg in legs] == [None, 16 * MIN]


def test_what_waits_for_its_cause_comes_after_it() -> None:
    after = After(Fact(FactKind.STIMULUS, "s03", "delivered"), 5 * MIN, 10 * MIN)
    on_key = After(Fact(FactKind.KEY, "panic"), 0, 0)
    plan = plan_of(
        stimulus("s01", 0, after=on_key),
        stimulus("s02", 1, after=after),
        stimulus("s03", 2, 10),
        stimulus("s04", 3, 20),
    )
    assert names(plan, Tape()) == ["s03#1", "s02#1", "s04#1", "s01#1"]
    row = row_of(Tape(), "s02#1", plan=plan)
    assert (row.status, row.due_ms, row.projected_ms) == (Status.WAITING, None, 15 * MIN)


def test_what_waits_for_a_milestone_comes_after_the_expectation_that_reaches_it() -> None:
    plan = plan_of(
        stimulus("s01", 0, after=After(milestone("crisis"), MIN, MIN)),
        stimulus("s02", 1, 10, expect=(expectation("e1", reaches="crisis"),)),
    )
    assert row_of(Tape(), plan=plan).projected_ms == 11 * MIN


def test_causes_in_a_loop_have_no_hour_and_do_not_hang() -> None:
    plan = plan_of(
        stimulus("s01", 0, after=After(Fact(FactKind.STIMULUS, "s02", "delivered"))),
        stimulus("s02", 1, after=After(Fact(FactKind.STIMULUS, "s01", "delivered"))),
    )
    assert row_of(Tape(), plan=plan).projected_ms is None


def test_an_hour_known_late_becomes_the_planned_one() -> None:
    plan = plan_of(stimulus("s01", 0, after=After(milestone("crisis"))))
    row = row_of(Tape().at(9, StimulusPlanned(**S01, due_ms=12 * MIN)), plan=plan)
    assert (row.due_ms, row.original_ms, row.status) == (12 * MIN, 12 * MIN, Status.PLANNED)


def test_a_conditional_stimulus_waits_once_its_hour_has_come() -> None:
    plan = plan_of(stimulus("s01", 0, 5, when=(milestone("crisis"),)))
    board = Board(plan)
    before = board.chronogram.occurrence("s01#1", 4 * MIN)
    after = board.chronogram.occurrence("s01#1", 5 * MIN)
    assert before is not None
    assert after is not None
    assert (before.status, after.status) == (Status.PLANNED, Status.WAITING)


def test_a_prepared_jump_keeps_back_what_the_author_put_after_it() -> None:
    plan = plan_of(stimulus("s01", 0, 10), stimulus("s02", 2, 20), jumps=(NIGHT,))
    tape = Tape().at(20, JumpPrepared(jump="night"))
    assert row_of(tape, "s02#1", plan=plan).gate == "night"
    assert row_of(tape, plan=plan).gate == ""
    made = JumpMade(jump="night", fiction=STARTEX.isoformat(), variant=-1, late_ms=3 * MIN)
    tape.by(23, "r1", made)
    assert row_of(tape, "s02#1", plan=plan).gate == ""
    jump = next(
        row for row in Board(plan).apply_all(tape.records).chronogram.rows(0)
        if isinstance(row, JumpRow)
    )  # fmt: skip
    assert (jump.status, jump.made_ms, jump.late_ms) == (JumpStatus.MADE, 23 * MIN, 3 * MIN)


def test_the_next_thing_due_passes_over_what_is_held_or_over() -> None:
    plan = plan_of(stimulus("s01", 0, 10), stimulus("s02", 2, 30), jumps=(NIGHT,))
    board = Board(plan)
    first = board.next_due(0)
    assert isinstance(first, ChronogramRow)
    assert first.occurrence == "s01#1"
    held = Board(plan).apply_all(Tape().by(1, "r1", StimulusHeld(**S01)).records)
    assert isinstance(held.next_due(MIN), JumpRow)
    assert board.next_due(40 * MIN) is None


def test_undoing_an_edit_that_already_served_takes_back_its_texts_alone() -> None:
    tape = Tape().by(1, "r1", StimulusEdited(**S01, title=TextRef("t"), to=("cio",), via="mail"))
    give_tech = StimulusToPerform(**S01, cell="tech", roles=("cio",), channel="mail")
    tape.at(2, StimulusDue(**S01, cells=("tech",)), give_tech)
    row = row_of(tape.by(3, "r2", CommandUndone(undoes="r1")))
    assert (row.title, row.via, row.status) == ("", "mail", Status.TO_PERFORM)
    assert [leg.cell for leg in row.legs] == ["tech"]
