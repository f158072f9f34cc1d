"""World, load, score, debrief and the table of what was played."""

from dataclasses import replace
from typing import Any

from cyberex.facts.exercise_events import CommandUndone, DebexGiven, ExerciseAdvanced
from cyberex.facts.model import DebriefKind, PlannedBy, SkipReason, Speaker, TextRef, Tick
from cyberex.facts.stimulus_events import (
    DeliveryWithdrawn,
    ExpectationExpired,
    ExpectationOpened,
    ExpectationTicked,
    StimulusDelivered,
    StimulusDue,
    StimulusPlanned,
    StimulusSkipped,
)
from cyberex.facts.world_events import (
    AssetDown,
    AssetUp,
    ChannelDown,
    DebriefNoted,
    DecisionSettled,
    DecisionWithdrawn,
    KeyPressed,
    KeyReleased,
    MilestoneReached,
    MilestoneWithdrawn,
)
from cyberex.plan.model import Importance
from cyberex.views.board import Board
from cyberex.views.played import milestones, played
from cyberex.views.rows import Status
from cyberex.views.score import Score, score
from tests.views.builders import MIN, STARTEX, Tape, expectation, milestone, plan_of, stimulus

PLAN = plan_of(
    stimulus("s01", 0, 2, importance=Importance.ESSENTIAL, expect=(expectation("e1"),)),
    stimulus("s02", 1, 5, importance=Importance.ESSENTIAL),
    stimulus("s03", 2, 9, when=(milestone("crisis"),)),
    stimulus("s04", 3),
)


def named(id: str, number: int = 1) -> dict[str, Any]:
    return {"stimulus": id, "occurrence": f"{id}#{number}"}


def delivered(id: str, cell: str = "tech", number: int = 1) -> StimulusDelivered:
    return StimulusDelivered(**named(id, number), cell=cell, channel="phone")


def board_of(tape: Tape) -> Board:
    return Board(PLAN).apply_all(tape.records)


def test_assets_down_at_the_start_take_down_the_channels_that_need_them() -> None:
    world = Board(replace(PLAN, assets_down_at_start=("network",))).world
    assert list(world.assets_down) == ["network"]
    assert list(world.channels_down) == ["mail"]
    assert world.live_channels() == ("phone", "visit")


def test_the_world_follows_assets_and_channels() -> None:
    tape = Tape().at(4, AssetDown(asset="network"), ChannelDown(channel="mail"))
    world = board_of(tape).world
    assert dict(world.assets_down) == {"network": 4 * MIN}
    assert world.live_channels() == ("phone", "visit")
    assert not board_of(tape.at(5, AssetUp(asset="network"))).world.is_down("network")


def test_what_is_withdrawn_is_no_longer_true() -> None:
    tape = Tape().by(
        4,
        "r1",
        MilestoneReached(milestone="crisis", observed_ms=3 * MIN),
        DecisionSettled(decision="isolation", outcome="kept"),
        KeyPressed(key="panic"),
    )
    world = board_of(tape).world
    assert world.milestones["crisis"].observed_ms == 3 * MIN
    assert (world.decisions["isolation"].outcome, dict(world.keys)) == ("kept", {"panic": 4 * MIN})
    tape.by(
        5,
        "r2",
        MilestoneWithdrawn(milestone="crisis"),
        DecisionWithdrawn(decision="isolation"),
        KeyReleased(key="panic"),
    )
    world = board_of(tape).world
    assert (len(world.milestones), len(world.decisions), len(world.keys)) == (0, 0, 0)


def test_a_cells_load_tells_its_last_stimulus_and_its_silence() -> None:
    tape = Tape().at(0, DebexGiven(startex=STARTEX.isoformat()))
    tape.at(2, delivered("s01")).at(6, delivered("s02"))
    tech, board = board_of(tape).load.cells(8 * MIN)
    assert (tech.last_ms, tech.recent, tech.total, tech.silence_ms) == (6 * MIN, 1, 2, 2 * MIN)
    assert (board.last_ms, board.recent, board.silence_ms) == (None, 0, 8 * MIN)


def test_a_delivery_withdrawn_no_longer_weighs_on_its_cell() -> None:
    tape = (
        Tape().at(2, delivered("s01")).by(3, "r1", DeliveryWithdrawn(**named("s01"), cell="tech"))
    )
    assert board_of(tape).load.cells(4 * MIN)[0].total == 0


def test_a_delivery_after_an_advance_has_the_new_hour() -> None:
    advanced = ExerciseAdvanced(from_ms=2 * MIN, to_ms=20 * MIN)
    tape = Tape().by(2, "r1", advanced, delivered("s01"))
    assert board_of(tape).load.cells(20 * MIN)[0].last_ms == 20 * MIN


def score_of(tape: Tape) -> Score:
    return score(board_of(tape).chronogram, 60 * MIN)


def test_the_rate_played_leaves_out_conditions_that_never_came() -> None:
    tape = Tape().at(2, delivered("s01"))
    tape.at(20, StimulusSkipped(**named("s03"), reason=SkipReason.CONDITION))
    found = score_of(tape)
    assert found.rates[Importance.ESSENTIAL].rate == 0.5
    assert found.rates[Importance.NORMAL].rate is None
    assert (found.total.planned, found.not_triggered) == (2, 1)


def test_a_condition_that_came_counts() -> None:
    tape = Tape().at(9, StimulusDue(**named("s03"), cells=("tech",)))
    assert score_of(tape).rates[Importance.NORMAL].rate == 0.0


def test_reserve_and_repetitions_are_counted_apart() -> None:
    tape = Tape().by(
        4, "r1", StimulusPlanned(**named("s04"), due_ms=4 * MIN, why=PlannedBy.RESERVE)
    )
    tape.by(5, "r2", delivered("s04"))
    tape.by(6, "r3", StimulusPlanned(**named("s01", 2), due_ms=6 * MIN, why=PlannedBy.AGAIN)).by(
        7, "r4", delivered("s01", number=2)
    )
    found = score_of(tape)
    assert (found.reserve, found.added, found.ad_hoc) == (1, 1, 0)
    assert found.total.delivered == 0


def debrief_note(id: str, speaker: Speaker, kind: DebriefKind) -> DebriefNoted:
    return DebriefNoted(note=id, kind=kind, speaker=speaker, text=TextRef(f"ref-{id}"))


def test_debrief_notes_come_players_first_without_those_withdrawn() -> None:
    tape = (
        Tape()
        .by(61, "r1", debrief_note("d1", Speaker.DIRECTOR, DebriefKind.ACTION))
        .by(62, "r2", debrief_note("d2", Speaker.PLAYER, DebriefKind.POSITIVE))
    )
    tape.by(63, "r3", debrief_note("d3", Speaker.PLAYER, DebriefKind.IMPROVEMENT))
    tape.by(64, "r4", CommandUndone(undoes="r3"))
    debrief = board_of(tape).debrief
    assert [note.note for note in debrief.notes()] == ["d2", "d1"]
    assert [note.note for note in debrief.notes(kind=DebriefKind.ACTION)] == ["d1"]
    assert [note.note for note in debrief.notes(speaker=Speaker.PLAYER)] == ["d2"]


def test_the_table_of_what_was_played_gives_differences_and_late_expectations() -> None:
    e1: dict[str, Any] = named("s01") | {"expectation": "e1"}
    tape = (
        Tape()
        .at(4, delivered("s01"), ExpectationOpened(**e1, cell="", deadline_ms=14 * MIN))
        .at(14, ExpectationExpired(**e1))
    )
    board = board_of(tape)
    first, second, _ = played(PLAN, board.chronogram, board.expectations, 60 * MIN)
    assert (first.planned_ms, first.played_ms, first.difference_ms) == (
        2 * MIN,
        4 * MIN,
        2 * MIN,
    )
    assert [row.expectation for row in first.late] == ["e1"]
    assert (second.status, second.played_ms, second.difference_ms) == (Status.PLANNED, None, None)
    tape.by(15, "r1", ExpectationTicked(**e1, result=Tick.SEEN, observed_ms=9 * MIN, late=False))
    board = board_of(tape)
    assert played(PLAN, board.chronogram, board.expectations, 60 * MIN)[0].late == ()


def test_milestones_never_reached_are_in_the_table_too() -> None:
    assert [row.observed_ms for row in milestones(PLAN, Board(PLAN).world)] == [None]
    tape = Tape().by(4, "r1", MilestoneReached(milestone="crisis", observed_ms=3 * MIN))
    assert [row.observed_ms for row in milestones(PLAN, board_of(tape).world)] == [3 * MIN]
