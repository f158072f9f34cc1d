"""Catching up: what is proposed, on hand-made plans and with the real engine."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from cyberex.engine.engine import Engine
from cyberex.facts import commands as ask
from cyberex.facts.animation_commands import CatchUp
from cyberex.facts.model import CallOutcome, Command, Recorded, Request
from cyberex.plan.model import (
    After,
    Conditions,
    Fact,
    FactKind,
    Importance,
    Plan,
    PlannedJump,
    PlannedStimulus,
    Reply,
    Window,
)
from cyberex.views.board import Board
from cyberex.views.needs import needed_for
from cyberex.views.rows import ChronogramRow, Status
from tests.views.builders import (
    CELLS,
    MIN,
    STARTEX,
    WALL,
    expectation,
    milestone,
    plan_of,
    stimulus,
)

ESSENTIAL, NORMAL, OPTIONAL = Importance.ESSENTIAL, Importance.NORMAL, Importance.OPTIONAL
DELIVERED = "delivered"


class Seat:
    """A real engine and the board of what it said."""

    def __init__(self, plan: Plan) -> None:
        self.engine = Engine(plan, 3)
        self.board = Board(plan)
        self.plan = plan
        self._asked = 0
        self.ask(ask.GiveDebex())

    def ask(self, command: Command) -> str:
        self._asked += 1
        request = Request(f"r{self._asked}", "director", "test", command)
        batch = self.engine.apply(request)
        self._keep(batch.sim_ms, batch.cause, batch.events)
        return request.id

    def until(self, minutes: float) -> None:
        for batch in self.engine.run_until(round(minutes * MIN)):
            self._keep(batch.sim_ms, batch.cause, batch.events)

    def rows(self) -> dict[str, ChronogramRow]:
        found = self.board.chronogram.occurrences(self.engine.now_ms)
        return {row.occurrence: row for row in found}

    def _keep(self, sim_ms: int, cause: str, events: tuple[object, ...]) -> None:
        for event in events:
            seq = self.board.seq + 1
            self.board.apply(Recorded(seq, sim_ms, WALL.isoformat(), cause, event))  # type: ignore[arg-type]


def every(minutes: int, *importances: Importance, start: int = 2) -> list[PlannedStimulus]:
    return [
        stimulus(f"s{place:02d}", place, start + place * minutes, importance=importance)
        for place, importance in enumerate(importances)
    ]


def test_what_fits_as_planned_is_left_alone() -> None:
    board = Board(plan_of(*every(6, *[NORMAL] * 9)))
    proposal = board.catch_up(0)
    assert proposal.is_empty
    assert proposal.essential_fits
    assert (proposal.minutes_needed, proposal.minutes_left) == (27, 60)


def test_optional_ones_go_first_and_no_more_than_needed() -> None:
    plan = plan_of(*every(5, ESSENTIAL, OPTIONAL, NORMAL, OPTIONAL, ESSENTIAL, NORMAL))
    proposal = Board(plan).catch_up(0, 15 * MIN)
    assert proposal.drop == ("s03#1",)
    assert proposal.essential_fits
    assert Board(plan).catch_up(0, 9 * MIN).drop == ("s05#1", "s03#1", "s01#1")


def test_longer_calls_leave_room_for_fewer() -> None:
    seat = Seat(plan_of(*every(6, ESSENTIAL, ESSENTIAL, *[OPTIONAL] * 5, ESSENTIAL)))
    seat.until(3)
    seat.ask(ask.StartCall(stimulus="s00"))
    seat.until(7.5)
    before = seat.board.catch_up(seat.engine.now_ms, 30 * MIN)
    seat.ask(ask.EndCall(stimulus="s00", outcome=CallOutcome.DONE))
    after = seat.board.catch_up(seat.engine.now_ms, 30 * MIN)
    assert len(before.drop) < len(after.drop)


def test_what_is_late_moves_no_earlier_than_now_and_keeps_its_order() -> None:
    board = Board(plan_of(*every(10, *[ESSENTIAL] * 6)))
    proposal = board.catch_up(0, 30 * MIN)
    assert proposal.drop == ()
    assert proposal.hours == {
        "s02#1": 18 * MIN,
        "s03#1": 21 * MIN,
        "s04#1": 24 * MIN,
        "s05#1": 27 * MIN,
    }


def test_essential_ones_that_cannot_fit_are_said_so_and_kept() -> None:
    board = Board(plan_of(*every(2, *[ESSENTIAL] * 6)))
    proposal = board.catch_up(0, 8 * MIN)
    assert not proposal.essential_fits
    assert proposal.drop == ()
    assert (proposal.minutes_needed, proposal.minutes_left) == (18, 8)


def test_what_an_essential_one_waits_for_is_not_dropped() -> None:
    after = After(Fact(FactKind.STIMULUS, "s01", DELIVERED), MIN, MIN)
    plan = plan_of(
        stimulus("s01", 0, 4, importance=OPTIONAL, expect=(expectation("e1", reaches="crisis"),)),
        stimulus("s02", 1, 5, importance=OPTIONAL),
        stimulus("s03", 2, after=after, importance=NORMAL),
        stimulus("s04", 3, 9, importance=ESSENTIAL, when=(milestone("crisis"),)),
    )
    assert needed_for(plan, ["s04"]) == {"s04", "s01"}
    assert needed_for(plan, ["s03"]) == {"s03", "s01"}
    assert set(Board(plan).catch_up(0, 6 * MIN).drop) == {"s02#1", "s03#1"}


def test_what_would_help_most_is_kept_if_an_essential_one_follows_it() -> None:
    after = After(Fact(FactKind.STIMULUS, "s01", DELIVERED))
    long = stimulus("s01", 0, 2, importance=OPTIONAL, cells=CELLS)
    short = stimulus("s02", 1, 3, importance=OPTIONAL)
    follower = stimulus("s03", 2, after=after, importance=ESSENTIAL)
    assert Board(plan_of(long, short, follower)).catch_up(0, 9 * MIN).drop == ("s02#1",)
    alone = replace(follower, window=Window(12 * MIN))
    assert Board(plan_of(long, short, alone)).catch_up(0, 6 * MIN).drop == ("s01#1",)
    reaching = replace(long, expectations=(expectation("e1", reaches="crisis"),))
    crisis = replace(alone, conditions=Conditions(when=(milestone("crisis"),)))
    assert Board(plan_of(reaching, short, crisis)).catch_up(0, 9 * MIN).drop == ("s02#1",)
    assert Board(plan_of(reaching, short, crisis)).catch_up(0, 6 * MIN).drop == ("s02#1",)


def test_a_voice_that_is_busy_pushes_nothing_across_a_jump_nor_out_of_order() -> None:
    jump = PlannedJump("night", 9, 8 * MIN, STARTEX + timedelta(hours=9), "Night", "")
    early = [stimulus(f"s{place:02d}", place, 1, importance=ESSENTIAL) for place in range(5)]
    other = stimulus("s05", 5, 2, importance=ESSENTIAL, sender="press")
    proposal = Board(plan_of(*early, other, jumps=(jump,))).catch_up(0, 30 * MIN)
    assert not proposal.essential_fits
    assert [proposal.hours[f"s{place:02d}#1"] // MIN for place in (1, 2, 3, 4, 5)] == [
        3,
        6,
        7,
        7,
        7,
    ]


def test_no_hour_is_past_the_end_even_when_nothing_fits() -> None:
    plan = plan_of(
        stimulus("s00", 0, 0, importance=ESSENTIAL, cells=CELLS),
        stimulus("s01", 1, 38, importance=ESSENTIAL),
        stimulus("s02", 2, 39, importance=ESSENTIAL),
    )
    seat = Seat(plan)
    seat.until(32)
    proposal = seat.board.catch_up(32 * MIN, 32 * MIN)
    assert proposal.hours == {"s01#1": 32 * MIN, "s02#1": 32 * MIN}


def test_what_follows_goes_with_what_is_dropped() -> None:
    after = After(Fact(FactKind.STIMULUS, "s01", DELIVERED), MIN, MIN)
    plan = plan_of(
        stimulus("s01", 0, 4, importance=OPTIONAL),
        stimulus("s02", 1, after=after, importance=OPTIONAL),
        stimulus("s03", 2, 9, importance=ESSENTIAL),
    )
    seat = Seat(plan)
    proposal = seat.board.catch_up(0, 3 * MIN)
    assert proposal.drop == ("s02#1", "s01#1")
    seat.ask(CatchUp(drop=proposal.drop, hours=proposal.hours))
    assert [row.reason.value for row in seat.rows().values() if row.reason] == ["catch_up"] * 2


def test_what_is_behind_a_jump_stays_behind_it() -> None:
    jump = PlannedJump("night", 3, 30 * MIN, STARTEX + timedelta(hours=9), "Night", "")
    plan = plan_of(
        stimulus("s01", 0, 10, importance=ESSENTIAL),
        stimulus("s02", 1, 28, importance=OPTIONAL),
        stimulus("s03", 2, 50, importance=ESSENTIAL),
        jumps=(jump,),
    )
    assert Board(plan).catch_up(0, 35 * MIN).hours == {"s03#1": 32 * MIN}


def test_a_call_being_made_is_not_dropped() -> None:
    seat = Seat(plan_of(*every(1, OPTIONAL, OPTIONAL, ESSENTIAL)))
    seat.until(3)
    seat.ask(ask.StartCall(stimulus="s00"))
    proposal = seat.board.catch_up(seat.engine.now_ms, 6 * MIN)
    assert proposal.drop == ("s01#1",)


def test_what_the_director_asked_for_is_not_dropped() -> None:
    seat = Seat(plan_of(stimulus("s01", 0, importance=OPTIONAL), stimulus("s02", 1, 3)))
    seat.ask(ask.InjectReserve(stimulus="s01"))
    assert "s01#1" not in seat.board.catch_up(0, 2 * MIN).drop


def test_a_whole_chronogram_is_worked_out_quickly() -> None:
    importances = [ESSENTIAL, OPTIONAL, NORMAL, OPTIONAL] * 20
    board = Board(plan_of(*every(1, *importances)))
    assert len(board.catch_up(0, 80 * MIN).drop) > 40


# Whatever the plan, with the real engine

SENDERS = st.sampled_from(["soc", "press"])


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    made: list[PlannedStimulus] = []
    for place in range(draw(st.integers(1, 9))):
        earlier = [item.id for item in made]
        after = None
        if earlier and draw(st.integers(0, 3)) == 0:
            subject = draw(st.sampled_from(earlier))
            state = draw(st.sampled_from([DELIVERED, "done", "skipped"]))
            after = After(Fact(FactKind.STIMULUS, subject, state), 0, 2 * MIN)
        when = (milestone("crisis"),) if draw(st.integers(0, 5)) == 0 else ()
        wanted = (expectation(f"e{place}", reaches="crisis"),) if place == 0 else ()
        made.append(
            stimulus(
                f"s{place:02d}",
                place,
                None if after else draw(st.integers(0, 70)),
                after=after,
                until=None if after else draw(st.none() | st.just(80)),
                cells=draw(st.sampled_from([("tech",), ("board",), CELLS])),
                when=when,
                via=draw(st.sampled_from(["phone", "mail", "visit"])),
                importance=draw(st.sampled_from(Importance)),
                expect=wanted,
                sender=draw(SENDERS),
            )
        )
    jumps: tuple[PlannedJump, ...] = ()
    if draw(st.booleans()):
        at = draw(st.integers(5, 60)) * MIN
        jumps = (PlannedJump("night", 20, at, STARTEX + timedelta(hours=9), "N", ""),)
    plan = plan_of(*made, jumps=jumps)
    reply = Reply(MIN, MIN, text="r")
    return replace(plan, actors={**plan.actors, "soc": replace(plan.actors["soc"], reply=reply)})


def _gates(seat: Seat) -> list[int]:
    return [
        jump.due_ms for jump in seat.engine._game.jumps.values() if not (jump.made or jump.prepared)
    ]


def _hours(seat: Seat) -> dict[str, tuple[Status, int | None]]:
    now_ms = seat.engine.now_ms
    return {
        row.occurrence: (row.status, row.due_ms)
        for row in seat.rows().values()
        if row.due_ms is None or row.due_ms > now_ms
    }


@given(
    plans(),
    st.integers(0, 60),
    st.integers(0, 60),
    st.lists(st.sampled_from(["done", "start", "hold", "jump"]), max_size=4),
)
@settings(max_examples=150, deadline=None)
def test_a_proposal_is_obeyed_as_one_and_undone_as_one(
    plan: Plan, now: int, left: int, deeds: list[str]
) -> None:
    seat = Seat(plan)
    for place, deed in enumerate(deeds):
        seat.until(now * (place + 1) / len(deeds))
        _do(seat, deed)
    seat.until(now)
    now_ms, end_ms = seat.engine.now_ms, (now + left) * MIN
    proposal = seat.board.catch_up(now_ms, end_ms)
    before, rows, gates = _hours(seat), seat.rows(), _gates(seat)
    assert all(rows[name].importance is not ESSENTIAL for name in proposal.drop)
    assert not set(proposal.drop) & set(proposal.hours)
    moved = [name for name in rows if name in proposal.hours]  # in the order of the chronogram
    hours = [proposal.hours[name] for name in moved]
    assert hours == sorted(hours)
    assert all(now_ms <= hour <= max(end_ms, now_ms) for hour in hours)
    for gate in gates:
        for name in moved:
            assert (rows[name].due_ms >= gate) == (proposal.hours[name] >= gate)  # type: ignore[operator]
    if proposal.is_empty:
        return
    essential = {name for name, row in rows.items() if row.importance is ESSENTIAL}
    skipped = {name for name in essential if rows[name].status is Status.SKIPPED}
    request = seat.ask(CatchUp(drop=proposal.drop, hours=proposal.hours))
    after = seat.rows()
    assert {name for name in essential if after[name].status is Status.SKIPPED} == skipped
    assert {after[name].status for name in proposal.drop} <= {Status.SKIPPED}
    left_now = {name for name in moved if proposal.hours[name] == now_ms}
    assert all(after[name].due_ms == proposal.hours[name] for name in moved)
    if left_now or any(rows[name].due_ms == now_ms for name in proposal.drop):
        return  # Already with an animator: undoing it is another matter.
    seat.ask(ask.Undo(undoes=request))
    assert _hours(seat) == before


def _do(seat: Seat, deed: str) -> None:
    sheets = seat.board.calls.waiting
    game = seat.engine._game
    if deed == "jump" and game.gate is not None:
        seat.ask(ask.MakeJump(jump=game.gate.jump.id))
    elif deed == "hold":
        planned = [row for row in seat.rows().values() if row.status is Status.PLANNED]
        if planned:
            seat.ask(ask.HoldStimulus(stimulus=planned[0].occurrence))
    elif sheets and deed == "done":
        sheet = sheets[0]
        done = ask.EndCall(stimulus=sheet.occurrence, cell=sheet.cell, outcome=CallOutcome.DONE)
        seat.ask(done)
    elif sheets and deed == "start" and sheets[0].started_ms is None:
        seat.ask(ask.StartCall(stimulus=sheets[0].occurrence, cell=sheets[0].cell))
