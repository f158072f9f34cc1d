"""The log: a line an event worth reading."""

from typing import Any

from cyberex.facts.commands import SkipStimulus
from cyberex.facts.exercise_events import CommandUndone
from cyberex.facts.model import Mark, NoteKind, Recorded, SkipReason, TextRef
from cyberex.facts.stimulus_events import (
    DeliveryWithdrawn,
    StimulusDelivered,
    StimulusDue,
    StimulusPlanned,
    StimulusShifted,
    StimulusSkipped,
    StimulusToPerform,
)
from cyberex.facts.world_events import LineMarked, NoteAdded, NoteWithdrawn
from cyberex.views.board import Board
from cyberex.views.log import Log
from cyberex.views.log_lines import Category
from tests.views.builders import MIN, Tape, plan_of, stimulus

PLAN = plan_of(stimulus("s01", 0, 2))
S01: dict[str, Any] = {"stimulus": "s01", "occurrence": "s01#1"}


def log_of(tape: Tape) -> Log:
    return Board(PLAN).apply_all(tape.records).log


def note(id: str, kind: NoteKind = NoteKind.FACT, cell: str = "") -> NoteAdded:
    return NoteAdded(note=id, text=TextRef(f"ref-{id}"), kind=kind, cell=cell, about_wall="then")


def delivered() -> StimulusDelivered:
    return StimulusDelivered(**S01, cell="tech", channel="phone", answered_by="cio")


def test_what_is_told_by_the_next_line_makes_none() -> None:
    give = StimulusToPerform(**S01, cell="tech", roles=(), channel="phone")
    log = log_of(
        Tape().at(
            2, StimulusPlanned(**S01, due_ms=2 * MIN), StimulusDue(**S01, cells=("tech",)), give
        )
    )
    assert [line.name for line in log.lines] == ["stimulus.to_perform"]


def test_a_line_gives_codes_parameters_and_the_reference_of_its_text() -> None:
    line = log_of(Tape().by(3, "r1", note("n1", NoteKind.DECISION, "board"))).lines[0]
    assert (line.seq, line.sim_ms, line.cell, line.text) == (1, 3 * MIN, "board", "ref-n1")
    assert (line.category, line.about_wall, line.by) == (Category.NOTE, "then", "director")
    assert line.parameters["kind"] == "decision"


def test_a_shift_of_many_is_one_line_that_counts_them() -> None:
    moved = [
        StimulusShifted(stimulus=f"s{n}", occurrence=f"s{n}#1", from_ms=0, due_ms=MIN)
        for n in range(3)
    ]
    log = log_of(Tape().by(1, "r1", *moved).by(2, "r2", *moved[:2]))
    assert [line.count for line in log.lines] == [3, 2]


def test_marks_go_on_the_line_and_may_be_taken_off() -> None:
    tape = Tape().by(3, "r1", note("n1")).by(4, "r2", note("n2"))
    tape.by(5, "r3", LineMarked(line=1, mark=Mark.PLUS)).by(
        5, "r4", LineMarked(line=2, mark=Mark.MINUS)
    )
    assert [(line.seq, line.mark) for line in log_of(tape).marked] == [
        (1, Mark.PLUS),
        (2, Mark.MINUS),
    ]
    tape.by(6, "r5", LineMarked(line=1, mark=Mark.NONE))
    assert [line.seq for line in log_of(tape).marked] == [2]


def test_a_withdrawn_note_is_struck_out_and_leaves_the_basket() -> None:
    tape = Tape().by(3, "r1", note("n1"), LineMarked(line=1, mark=Mark.PLUS))
    log = log_of(tape.by(4, "r2", CommandUndone(undoes="r1"), NoteWithdrawn(note="n1")))
    assert log.lines[0].withdrawn
    assert log.marked == ()
    assert [line.seq for line in log.search(withdrawn=False)] == [3]


def test_an_undoing_names_the_command_it_withdrew() -> None:
    skipped = StimulusSkipped(**S01, reason=SkipReason.DIRECTOR)
    tape = Tape().by(1, "r1", skipped, command=SkipStimulus(stimulus="s01"))
    log = log_of(tape.by(2, "r2", CommandUndone(undoes="r1")))
    assert [(line.name, line.withdrawn) for line in log.lines] == [
        ("stimulus.skipped", True),
        ("command.undone", False),
    ]
    assert log.lines[1].undone == "stimulus.skip"


def test_a_delivery_is_struck_out_only_by_its_own_withdrawal() -> None:
    tape = Tape().by(3, "r1", delivered()).by(4, "r2", CommandUndone(undoes="r1"))
    assert not log_of(tape).lines[0].withdrawn
    tape.by(4, "r2", DeliveryWithdrawn(**S01, cell="tech"))
    assert log_of(tape).lines[0].withdrawn


def test_search_filters_by_cell_heading_kind_and_text() -> None:
    tape = Tape().by(3, "r1", note("n1", cell="tech")).by(3, "r2", delivered())
    tape.by(4, "r3", note("n2", NoteKind.DECISION))
    log = log_of(tape)
    assert [line.seq for line in log.search(cell="tech")] == [1, 2]
    assert [line.seq for line in log.search(category=Category.NOTE)] == [1, 3]
    assert [line.seq for line in log.search(kind=NoteKind.DECISION)] == [3]
    assert [line.seq for line in log.search(stimulus="s01")] == [2]
    assert [line.seq for line in log.search(where=lambda line: "n2" in line.text)] == [3]


def test_a_mark_on_an_event_without_line_changes_nothing() -> None:
    tape = Tape().by(3, "r1", LineMarked(line=99, mark=Mark.PLUS))
    assert log_of(tape).lines == []


def test_lines_keep_the_wall_instant_of_their_record() -> None:
    record = Recorded(1, 0, "2026-03-02T10:00:00+00:00", "clock", note("n1"))
    assert Board(PLAN).apply_all([record]).log.lines[0].wall_at == record.wall_at
