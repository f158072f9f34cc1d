"""The animation room around the game: calls in, casting, absences, breaks, what paper recorded."""

import pytest

from cyberex.engine.engine import Refused
from cyberex.facts import animation_commands as around
from cyberex.facts import commands as ask
from cyberex.facts.model import CellState, TextRef
from tests.engine.conftest import Seat
from tests.engine.table import MIN

CALLS = """
stimuli:
  - {id: s1, at: T+5, expect: [{id: e1, text: Réagit, within: 10 min}]}
  - {id: s2, at: T+10, importance: optional}
  - {id: s3, at: T+20}
"""
CONTACT = ask.LogContact(actor="ward")


def test_an_incoming_call_needs_no_more_than_its_actor(play: Seat) -> None:
    table = play(CALLS)
    assert table.ask(CONTACT, name="c") == ["T+0 contact.logged contact=c actor=ward"]


def test_what_is_learnt_of_a_call_may_come_bit_by_bit(play: Seat) -> None:
    table = play(CALLS)
    table.ask(CONTACT, name="c")
    learnt = around.DetailContact(contact="c", cell="crisis", text=TextRef("gist"))
    assert table.at(2, learnt) == ["T+2 contact.detailed contact=c crisis text=gist"]
    assert table.at(3, around.DetailContact(contact="c", voice="animator-2")) == [
        "T+3 contact.handed contact=c voice=animator-2"
    ]


def test_a_declaration_by_phone_reaches_its_milestone_when_the_call_came(play: Seat) -> None:
    table = play(CALLS)
    table.ask(CONTACT, name="c")
    told = table.at(4, around.DetailContact(contact="c", milestone="declared"))
    assert told == ["T+4 milestone.reached milestone=declared observed=T+0"]


def test_a_promise_to_ring_back_becomes_a_task_in_time(play: Seat) -> None:
    table = play(CALLS)
    table.ask(ask.LogContact(actor="ward", cell="care"), name="c")
    table.ask(around.DetailContact(contact="c", promise_ms=3 * MIN))
    assert table.until(4, "contact.promise_due") == [
        "T+3 contact.promise_due contact=c actor=ward care"
    ]


def test_a_promise_kept_early_is_not_asked_for_again(play: Seat) -> None:
    table = play(CALLS)
    table.ask(CONTACT, name="c")
    table.ask(around.DetailContact(contact="c", promise_ms=3 * MIN))
    table.at(1, around.AnswerContact(contact="c"))
    assert table.until(4, "contact.promise_due") == []


def test_a_line_that_turns_out_dead_is_refused_afterwards(play: Seat) -> None:
    table = play(CALLS)
    table.ask(ask.SetAsset(asset="pabx", down=True))
    table.ask(CONTACT, name="c")
    told = table.ask(
        around.DetailContact(contact="c", channel="phone", milestone="declared"),
        "contact.refused",
        "milestone.reached",
    )
    assert told == ["T+0 contact.refused contact=c actor=ward phone"]


def test_an_unknown_contact_is_refused(play: Seat) -> None:
    with pytest.raises(Refused, match="unknown-contact"):
        play(CALLS).ask(around.AnswerContact(contact="nobody"))


def test_a_voice_is_assigned_to_an_actor_and_given_back_by_undo(play: Seat) -> None:
    table = play(CALLS)
    table.ask(around.AssignVoice(voice="animator-2", actor="ward"), name="v")
    assert table.undo("v") == ["T+0 casting.assigned voice=animator-1 actor=ward"]


def test_a_player_called_away_is_absent_until_back(play: Seat) -> None:
    table = play(CALLS)
    assert table.ask(around.MarkAbsent(role="it")) == ["T+0 role.absent role=it"]
    with pytest.raises(Refused, match="nothing-to-change"):
        table.ask(around.MarkAbsent(role="it"))
    assert table.ask(around.MarkAbsent(role="it", absent=False)) == ["T+0 role.back role=it"]


def test_finished_says_what(play: Seat) -> None:
    table = play(CALLS)
    with pytest.raises(Refused, match="which-stimulus"):
        table.ask(around.ReportState(cell="crisis", state=CellState.FINISHED))


def test_catching_up_is_one_action_and_one_undo(play: Seat) -> None:
    table = play(CALLS)
    caught = around.CatchUp(drop=("s2",), hours={"s3": 12 * MIN})
    assert table.at(6, caught, name="c") == [
        "T+6 skipped s2#1 reason=catch_up",
        "T+6 shifted s3#1 from=T+20 due=T+12",
    ]
    assert table.undo("c") == [
        "T+6 shifted s3#1 from=T+12 due=T+20",
        "T+6 restored s2#1 due=T+10",
    ]


def test_catching_up_drops_nothing_that_was_already_delivered(play: Seat) -> None:
    table = play(CALLS, calls=True)
    table.until(6)
    with pytest.raises(Refused, match="already-over"):
        table.ask(around.CatchUp(drop=("s1",)))


def test_at_a_planned_break_the_exercise_pauses_by_itself(play: Seat) -> None:
    table = play(CALLS)
    table.ask(around.PlanBreak(at_ms=8 * MIN, length_ms=10 * MIN))
    assert table.until(30)[-1] == "T+8 exercise.break_came length=T+10"
    assert table.engine.now_ms == 8 * MIN
    assert not table.engine.running
    table.ask(ask.Resume())
    assert "T+10 due s2#1" in table.until(11)


def test_a_planned_break_that_is_undone_does_not_come(play: Seat) -> None:
    table = play(CALLS)
    table.ask(around.PlanBreak(at_ms=8 * MIN, length_ms=10 * MIN), name="b")
    table.undo("b")
    assert table.until(9, "exercise.break_came") == []


def test_what_was_performed_on_paper_counts_from_its_real_hour(table: Seat) -> None:
    seat = table(CALLS)
    seat.until(12)
    told = seat.ask(around.RecordStimulus(stimulus="s1", made_ms=6 * MIN))
    assert told == [
        "T+12 delivered s1#1 crisis phone made=T+6",
        "T+12 expectation.opened s1#1 e1 deadline=T+16",
    ]


def test_a_deadline_already_past_on_paper_is_expired_at_once(table: Seat) -> None:
    seat = table(CALLS)
    seat.until(18)
    told = seat.ask(around.RecordStimulus(stimulus="s1", made_ms=6 * MIN), "expectation.expired")
    assert told == ["T+18 expectation.expired s1#1 e1"]


def test_what_is_held_can_be_recorded_without_being_released_first(table: Seat) -> None:
    seat = table(CALLS)
    seat.ask(ask.HoldStimulus(stimulus="s3"))
    told = seat.at(25, around.RecordStimulus(stimulus="s3", made_ms=21 * MIN), "delivered")
    assert told == ["T+25 delivered s3#1 crisis phone made=T+21"]


def test_nothing_is_recorded_in_the_future(table: Seat) -> None:
    with pytest.raises(Refused, match="in-the-future"):
        table(CALLS).ask(around.RecordStimulus(stimulus="s1", made_ms=MIN))
