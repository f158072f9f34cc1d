"""The board as a whole: folding is repeatable, bounded in time and never raises."""

from typing import Any, get_args, get_origin, get_type_hints

from hypothesis import given, settings
from hypothesis import strategies as st

from cyberex.facts.events import EVENTS
from cyberex.facts.exercise_events import (
    DebexGiven,
    ExerciseCreated,
    HardEndSet,
    JumpMade,
)
from cyberex.facts.model import CLOCK, Event, Recorded, TextRef
from cyberex.facts.stimulus_events import StimulusDelivered, StimulusDue
from cyberex.plan.model import PlannedJump
from cyberex.views.board import Board
from cyberex.views.played import played
from cyberex.views.score import score
from tests.views.builders import MIN, STARTEX, WALL, Tape, expectation, plan_of, stimulus

PLAN = plan_of(
    stimulus("s01", 0, 2, cells=("tech", "board"), expect=(expectation("e1"),)),
    stimulus("s02", 1, 5),
    stimulus("s03", 3),
    jumps=(PlannedJump("j1", 2, 20 * MIN, STARTEX, "Night", "Later"),),
)
WORDS = st.sampled_from(
    ["s01", "s01#1", "s01#2", "s02#1", "x9", "x9#1", "tech", "board", "phone", "j1", "e1", "crisis"]
)
INSTANTS = {(DebexGiven, "startex"), (JumpMade, "fiction"), (HardEndSet, "room_until")}


def _values(kind: type[Event], name: str, hint: Any) -> st.SearchStrategy[Any]:
    if (kind, name) in INSTANTS:
        return st.sampled_from(["2026-03-02T09:00:00", "2026-03-02T09:00:00+02:00", "nine", ""])
    if hint is str or hint is TextRef:
        return WORDS
    if get_origin(hint) is tuple:
        return st.lists(WORDS, max_size=3).map(tuple)
    if name in ("scenario", "deadlines"):
        return st.just({})
    if type(None) in get_args(hint):
        inner = next(item for item in get_args(hint) if item is not type(None))
        return st.none() | _values(kind, name, inner)
    if hint is int:
        return st.integers(-10 * MIN, 90 * MIN)
    if hint is float:
        return st.floats(0.5, 60)
    return st.from_type(hint)


def _events(kind: type[Event]) -> st.SearchStrategy[Event]:
    hints = {name: hint for name, hint in get_type_hints(kind).items() if name in kind.__slots__}
    hints |= {
        name: hint
        for name, hint in get_type_hints(kind).items()
        if name in ("stimulus", "occurrence") and issubclass(kind, Event) and hasattr(kind, name)
    }
    return st.builds(kind, **{name: _values(kind, name, hint) for name, hint in hints.items()})


ANY_EVENT = st.one_of(*(_events(kind) for kind in EVENTS.values()))


@st.composite
def tapes(draw: st.DrawFn) -> list[Recorded]:
    events = draw(st.lists(ANY_EVENT, max_size=25))
    minutes = sorted(draw(st.integers(-10, 90)) for _ in events)
    causes = st.sampled_from([CLOCK, "r1", "r2", "s01"])
    return [
        Recorded(seq, minute * MIN, "2026-03-02T09:00:00+00:00", draw(causes), event)
        for seq, (minute, event) in enumerate(zip(minutes, events, strict=True), 1)
    ]


def _picture(board: Board) -> tuple[Any, ...]:
    sim_ms = 30 * MIN
    return (
        board.chronogram.rows(sim_ms),
        board.calls.sheets,
        board.calls.replies(sim_ms),
        board.expectations.rows,
        dict(board.world.assets_down),
        dict(board.world.milestones),
        tuple(board.log.lines),
        board.load.cells(sim_ms),
        board.calls.done,
        board.contacts.all,
        board.ring_backs.all(sim_ms),
        board.casting.voices,
        board.lengths.of("phone"),
        board.workload.voices(sim_ms),
        board.workload.collisions(sim_ms),
        dict(board.checklists.ticked),
        board.situation.breaks(sim_ms),
        board.situation.break_left(WALL),
        board.situation.hard_end_left(WALL),
        board.situation.debrief_left(WALL),
        board.catch_up(sim_ms),
        board.what_remains(sim_ms),
        board.debrief.notes(),
        board.situation.state,
        board.situation.fiction(sim_ms),
        score(board.chronogram, sim_ms),
        played(board.plan, board.chronogram, board.expectations, sim_ms),
        board.next_due(sim_ms),
        [board.inboxes.items(cell) for cell in ("tech", "board", "x9")],
        board.inboxes.late_of("tech", sim_ms),
        board.outboxes.open,
        board.outboxes.deliveries,
        board.outboxes.to_attempt,
        board.cell_logs.lines("tech"),
        board.access.grants,
        board.contact_test.rows,
        board.contact_test.missing,
    )


@given(tapes())
@settings(max_examples=150, deadline=None)
def test_any_events_in_any_order_fold_without_raising_and_twice_the_same(
    records: list[Recorded],
) -> None:
    once = Board(PLAN).apply_all(records)
    again = Board(PLAN).apply_all(records).apply_all(records)
    step_by_step = Board(PLAN)
    for recorded in records:
        step_by_step.apply(recorded)
        _picture(step_by_step)
    assert _picture(once) == _picture(again) == _picture(step_by_step)


def test_rows_are_the_same_object_until_an_event_concerns_them() -> None:
    board = Board(PLAN)
    first = board.chronogram.rows(0)
    assert board.chronogram.rows(MIN) is first
    board.apply(Recorded(1, 0, "", CLOCK, ExerciseCreated(
        exercise="x", scenario={}, source="", seed=1, program="", rules=1, created_wall="",
    )))  # fmt: skip
    assert board.chronogram.rows(MIN) is first
    board.apply_all([Recorded(2, MIN, "", CLOCK, StimulusDue(
        stimulus="s01", occurrence="s01#1", cells=("tech",),
    ))])  # fmt: skip
    assert board.chronogram.rows(MIN) is not first


def test_an_event_already_applied_is_ignored() -> None:
    tape = Tape().at(1, StimulusDelivered(
        stimulus="s01", occurrence="s01#1", cell="tech", channel="phone",
    ))  # fmt: skip
    board = Board(PLAN).apply_all(tape.records).apply_all(tape.records)
    assert board.seq == 1
    assert len(board.log.lines) == 1
