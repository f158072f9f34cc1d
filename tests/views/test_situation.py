"""Where the exercise stands, folded from its life."""

from datetime import datetime, timedelta

from cyberex.facts.exercise_events import (
    BriefingStarted,
    CallDownTicked,
    DebexGiven,
    ExerciseAdvanced,
    ExerciseExtended,
    ExerciseInterrupted,
    ExercisePaused,
    ExerciseResumed,
    FinexGiven,
    GapAnswered,
    HardEndSet,
    JumpMade,
    JumpPrepared,
    JumpShifted,
    RealStopCalled,
    RealStopLifted,
    SpeedSet,
)
from cyberex.facts.model import GapAnswer
from cyberex.plan.model import PlannedJump
from cyberex.views.board import Board
from cyberex.views.situation import Situation, State
from tests.views.builders import MIN, STARTEX, WALL, Tape, plan_of

JUMP = PlannedJump("night", 0, 20 * MIN, STARTEX + timedelta(hours=12), "Night", "")
DEBEX = DebexGiven(startex=STARTEX.isoformat())


def situation_of(tape: Tape) -> Situation:
    return Board(plan_of(jumps=(JUMP,))).apply_all(tape.records).situation


def test_briefing_counts_down_to_debex() -> None:
    situation = situation_of(Tape().at(-10, BriefingStarted(from_ms=-10 * MIN)))
    assert situation.state is State.BRIEFING
    assert situation.phase_left_ms(-4 * MIN) == 4 * MIN


def test_fiction_goes_on_from_where_a_jump_landed() -> None:
    landing = STARTEX + timedelta(hours=12)
    tape = Tape().at(0, DEBEX).at(20, JumpPrepared(jump="night"))
    tape.by(25, "r1", JumpMade(jump="night", fiction=landing.isoformat(), variant=-1, late_ms=1))
    situation = situation_of(tape)
    assert situation.fiction(24 * MIN) == STARTEX + timedelta(minutes=24)
    assert situation.fiction(25 * MIN) == landing
    assert situation.fiction(30 * MIN) == landing + timedelta(minutes=5)


def test_startex_given_at_debex_replaces_the_planned_one() -> None:
    now = datetime(2026, 3, 2, 10, 15)
    situation = situation_of(Tape().at(0, DebexGiven(startex=now.isoformat())))
    assert situation.fiction(5 * MIN) == now + timedelta(minutes=5)


def test_a_prepared_jump_is_pending_until_made() -> None:
    tape = Tape().at(0, DEBEX).at(20, JumpPrepared(jump="night"))
    assert situation_of(tape).pending_jumps == ("night",)
    tape.by(22, "r1", JumpMade(jump="night", fiction=STARTEX.isoformat(), variant=-1))
    assert situation_of(tape).pending_jumps == ()


def test_a_prepared_jump_stays_pending_through_an_advance() -> None:
    tape = Tape().at(0, DEBEX).at(20, JumpPrepared(jump="night"))
    tape.by(
        21,
        "r1",
        JumpShifted(jump="night", due_ms=30 * MIN),
        ExerciseAdvanced(from_ms=21 * MIN, to_ms=30 * MIN),
    )
    assert situation_of(tape).pending_jumps == ("night",)


def test_a_prepared_jump_shifted_later_waits_for_its_new_hour() -> None:
    tape = Tape().at(0, DEBEX).at(20, JumpPrepared(jump="night"))
    tape.by(21, "r1", JumpShifted(jump="night", due_ms=30 * MIN))
    assert situation_of(tape).pending_jumps == ()


def test_overtime_counts_from_an_extended_end() -> None:
    tape = Tape().at(0, DEBEX).by(50, "r1", ExerciseExtended(end_ms=70 * MIN))
    situation = situation_of(tape)
    assert situation.overtime_ms(65 * MIN) == 0
    assert situation.overtime_ms(72 * MIN) == 2 * MIN
    assert situation.phase_left_ms(72 * MIN) == -2 * MIN


def test_an_interruption_pauses_and_asks_until_answered() -> None:
    tape = Tape().at(0, DEBEX).by(5, "r1", ExerciseInterrupted(gap_ms=MIN))
    tape.by(5, "r2", ExerciseInterrupted(gap_ms=MIN))
    asked = situation_of(tape)
    assert (asked.paused, asked.gap_ms, asked.running) == (True, 2 * MIN, False)
    answered = situation_of(tape.by(5, "r3", GapAnswered(answer=GapAnswer.PAUSE)))
    assert (answered.paused, answered.gap_ms) == (True, None)
    assert situation_of(tape.by(5, "r4", ExerciseResumed())).running


def test_lifting_a_real_stop_leads_to_paused_and_a_new_list_of_who_was_told() -> None:
    tape = Tape().at(0, DEBEX).by(5, "r1", RealStopCalled()).by(5, "r2", CallDownTicked(who="tech"))
    stopped = situation_of(tape)
    assert stopped.real_stop
    assert list(stopped.told) == ["tech"]
    lifted = situation_of(tape.by(5, "r3", RealStopLifted()))
    assert (lifted.real_stop, lifted.paused, dict(lifted.told)) == (False, True, {})
    assert list(lifted.call_downs[0].told) == ["tech"]


def test_a_pause_does_not_hide_that_play_stopped() -> None:
    situation = situation_of(Tape().at(0, DEBEX).by(3, "r1", ExercisePaused()))
    assert (situation.state, situation.running) == (State.PLAY, False)


def test_the_debrief_runs_in_wall_time_from_finex() -> None:
    situation = situation_of(Tape().at(0, DEBEX).by(60, "r1", FinexGiven()))
    assert situation.state is State.DEBRIEF
    left = situation.debrief_left(WALL + timedelta(minutes=70))
    assert left == timedelta(minutes=20)
    assert situation.phase_left_ms(60 * MIN) is None


def test_room_time_of_an_instant_follows_the_speed() -> None:
    situation = situation_of(Tape().at(0, DEBEX, SpeedSet(rate=10.0)))
    assert situation.room_time(30 * MIN, 10 * MIN, WALL) == WALL + timedelta(minutes=2)


def test_the_hard_end_shows_its_distance() -> None:
    ends = WALL + timedelta(hours=2)
    situation = situation_of(Tape().by(0, "r1", HardEndSet(room_until=ends.isoformat())))
    assert situation.hard_end_left(WALL) == timedelta(hours=2)
    cleared = situation_of(Tape().by(0, "r1", HardEndSet(room_until="")))
    assert cleared.hard_end_left(WALL) is None
