"""Undo: a new fact that withdraws what a command did, never what players have heard."""

import pytest

from cyberex.facts import commands as ask
from cyberex.facts.model import CallOutcome, Command, Tick
from tests.engine.conftest import Seat
from tests.engine.table import MIN, Table, said

LINE = """
stimuli:
  - {id: s1, at: T+5, expect: [{id: e1, text: Note, within: 10 min, reaches: declared}]}
  - {id: s2, at: T+20}
  - {id: s3, at: T+12, when: [declared]}
  - {id: s4, after: declared + 5 min}
milestones: [{id: declared, title: Déclaré, effects: {mails: down}}]
"""
DECLARE = ask.ReachMilestone(milestone="declared")
SEEN = ask.TickExpectation(expectation="e1", result=Tick.SEEN)


def did(play: Seat, minutes: float, command: Command) -> Table:
    played = play(LINE)
    played.at(minutes, command, name="it")
    return played


def test_a_milestone_is_withdrawn(play: Seat) -> None:
    played = did(play, 2, DECLARE)
    assert "T+2 milestone.withdrawn milestone=declared" in played.undo("it")
    assert "due s3#1" not in " ".join(played.until(30))


def test_what_a_withdrawn_milestone_had_planned_waits_again(play: Seat) -> None:
    played = did(play, 2, DECLARE)
    assert "T+2 restored s4#1" in played.undo("it")
    assert "s4#1" not in " ".join(played.until(30))
    played.ask(DECLARE)
    assert "T+35 due s4#1" in played.until(40)


def test_effects_are_withdrawn_only_if_the_director_confirms(play: Seat) -> None:
    assert "T+2 asset.up asset=mails" not in did(play, 2, DECLARE).undo("it")
    assert "T+2 asset.up asset=mails" in did(play, 2, DECLARE).undo("it", with_effects=True)


def test_what_left_because_of_it_stays_left(play: Seat) -> None:
    played = did(play, 15, DECLARE)
    assert "T+15 delivered s3#1 crisis phone" in played.lines
    assert "s3#1" not in " ".join(played.undo("it"))


def test_a_tick_is_withdrawn_with_what_it_reached(play: Seat) -> None:
    assert did(play, 7, SEEN).undo("it") == [
        "T+7 restored s4#1",
        "T+7 milestone.withdrawn milestone=declared",
        "T+7 expectation.withdrawn s1#1 e1 reopened=True deadline=T+15",
    ]


def test_a_withdrawn_tick_lets_the_deadline_run_again(play: Seat) -> None:
    played = did(play, 7, SEEN)
    played.undo("it")
    assert "T+15 expectation.expired s1#1 e1" in played.until(30)


def test_a_tick_withdrawn_after_the_deadline_does_not_expire_twice(play: Seat) -> None:
    played = did(play, 17, SEEN)
    played.undo("it")
    assert "expectation.expired" not in " ".join(played.until(30))


def test_withdrawing_a_correction_brings_back_what_was_ticked_before(play: Seat) -> None:
    played = play(LINE)
    played.at(7, ask.TickExpectation(expectation="e1", result=Tick.PARTLY))
    played.at(9, ask.TickExpectation(expectation="e1", result=Tick.NOT_SEEN), name="it")
    assert played.undo("it")[-1] == ("T+9 expectation.ticked s1#1 e1 result=partly observed=T+7")


def test_a_tick_that_was_corrected_since_cannot_be_withdrawn(play: Seat) -> None:
    played = did(play, 7, ask.TickExpectation(expectation="e1", result=Tick.PARTLY))
    played.ask(SEEN)
    assert played.refusal(ask.Undo(undoes="it")) == "not-undoable"


def test_a_decision_is_withdrawn_and_its_branch_if_nobody_had_it(table: Seat) -> None:
    played = did(table, 2, ask.SettleDecision(decision="isolation", outcome="kept"))
    assert played.undo("it") == [
        "T+2 skipped spare#1 reason=undo",
        "T+2 decision.withdrawn decision=isolation",
    ]


def test_a_decision_is_withdrawn_without_the_branch_that_was_heard(play: Seat) -> None:
    played = did(play, 2, ask.SettleDecision(decision="isolation", outcome="kept"))
    assert played.undo("it") == ["T+2 decision.withdrawn decision=isolation"]


def test_a_key_is_released(play: Seat) -> None:
    assert did(play, 2, ask.PressKey(key="slow")).undo("it") == ["T+2 key.released key=slow"]


def test_a_skip_is_withdrawn_with_what_it_led_to(table: Seat) -> None:
    played = table("stimuli: [{id: s1, at: T+5}, {id: s2, after: s1 delivered + 5 min}]")
    played.at(2, ask.SkipStimulus(stimulus="s1"), name="it")
    assert played.undo("it") == ["T+2 restored s2#1", "T+2 restored s1#1 due=T+5"]
    played.until(5)
    assert played.done("s1")[1:] == ["T+5 planned s2#1 due=T+10"]


def test_what_went_to_the_reserve_with_a_skip_comes_back_with_it(table: Seat) -> None:
    played = table(
        """
stimuli:
  - {id: s1, at: T+5}
  - {id: s2, after: s1 delivered + 5 min, otherwise: reserve}
"""
    )
    played.at(2, ask.SkipStimulus(stimulus="s1"), name="it")
    assert "T+2 restored s2#1" in played.undo("it")


def test_what_comes_back_in_the_past_is_held(play: Seat) -> None:
    played = did(play, 19, ask.SkipStimulus(stimulus="s2"))
    played.until(25)
    assert played.undo("it") == ["T+25 restored s2#1 due=T+20", "T+25 held s2#1 proposed=True"]


def test_what_comes_back_keeps_its_receivers_as_edited(table: Seat) -> None:
    played = table(LINE)
    played.ask(ask.EditStimulus(stimulus="s2", to=("nurse",)))
    played.at(2, ask.SkipStimulus(stimulus="s2"), name="it")
    played.undo("it")
    assert "T+20 to_perform s2#1 care phone" in played.until(20)


def test_a_hold_is_withdrawn(play: Seat) -> None:
    played = did(play, 2, ask.HoldStimulus(stimulus="s2"))
    assert played.undo("it") == ["T+2 released s2#1"]
    assert "T+20 due s2#1" in played.until(20)


def test_withdrawing_the_hold_of_a_waiting_one_does_not_make_it_leave(play: Seat) -> None:
    played = did(play, 14, ask.HoldStimulus(stimulus="s3"))
    assert played.undo("it") == ["T+14 released s3#1"]
    assert "T+16 due s3#1" in played.at(16, DECLARE)


def test_a_release_before_its_hour_is_withdrawn(play: Seat) -> None:
    played = play(LINE)
    played.ask(ask.HoldStimulus(stimulus="s2"))
    played.at(2, ask.ReleaseStimulus(stimulus="s2"), name="it")
    assert played.undo("it") == ["T+2 held s2#1"]


def test_a_shift_is_withdrawn(play: Seat) -> None:
    played = did(play, 2, ask.ShiftStimulus(stimulus="s2", by_ms=10 * MIN))
    assert played.undo("it") == ["T+2 shifted s2#1 from=T+30 due=T+20"]


def test_a_shift_withdrawn_too_late_holds_what_it_had_put_off(play: Seat) -> None:
    played = did(play, 2, ask.ShiftStimulus(stimulus="s2", by_ms=10 * MIN))
    played.until(25)
    assert played.undo("it") == ["T+25 held s2#1 proposed=True"]


def test_an_edit_is_withdrawn_to_what_was_there_before(play: Seat) -> None:
    played = play(LINE)
    played.ask(ask.EditStimulus(stimulus="s2", title=said("one"), to=("nurse",)))
    played.ask(ask.EditStimulus(stimulus="s2", title=said("two"), via="mobile"), name="it")
    assert played.undo("it") == ["T+0 edited s2#1 title=one to=nurse via=phone"]


def test_an_edit_that_served_cannot_be_withdrawn(play: Seat) -> None:
    played = did(play, 2, ask.EditStimulus(stimulus="s2", title=said("t")))
    played.until(20)
    assert played.refusal(ask.Undo(undoes="it")) == "not-undoable"


def test_what_was_fired_goes_back_to_its_hour_if_nobody_had_it(table: Seat) -> None:
    played = did(table, 2, ask.FireStimulus(stimulus="s2"))
    assert played.undo("it") == ["T+2 restored s2#1 due=T+20"]
    assert "T+20 due s2#1" in played.until(20)


@pytest.mark.parametrize(
    "command",
    [ask.FireStimulus(stimulus="s2"), ask.InjectReserve(stimulus="spare")],
    ids=lambda command: command.name,
)
def test_what_was_heard_cannot_be_withdrawn(play: Seat, command: Command) -> None:
    played = did(play, 2, command)
    assert played.refusal(ask.Undo(undoes="it")) == "not-undoable"


def test_what_was_injected_is_withdrawn_if_nobody_had_it(table: Seat) -> None:
    played = did(table, 2, ask.InjectReserve(stimulus="spare"))
    assert played.undo("it") == ["T+2 skipped spare#1 reason=undo"]


def test_what_was_queued_in_a_pause_goes_back_to_its_hour(play: Seat) -> None:
    played = play(LINE)
    played.at(2, ask.Pause())
    played.ask(ask.FireStimulus(stimulus="s2"), name="it")
    assert played.undo("it") == ["T+2 released s2#1"]
    assert played.ask(ask.Resume(), "due") == []


def test_done_said_by_mistake_gives_the_call_back(table: Seat) -> None:
    played = table(LINE)
    played.until(5)
    played.ask(ask.EndCall(stimulus="s1", outcome=CallOutcome.DONE), name="it")
    assert played.undo("it") == [
        "T+5 expectation.withdrawn s1#1 e1 deadline=T+15",
        "T+5 delivery_withdrawn s1#1 crisis",
    ]
    assert "T+9 expectation.opened s1#1 e1 deadline=T+19" in played_at(played, 9)


def played_at(played: Table, minutes: float) -> list[str]:
    played.until(minutes)
    return played.done("s1")


def test_done_cannot_be_withdrawn_once_the_reaction_was_ticked(table: Seat) -> None:
    played = table(LINE)
    played.until(5)
    played.ask(ask.EndCall(stimulus="s1", outcome=CallOutcome.DONE), name="it")
    played.ask(SEEN)
    assert played.refusal(ask.Undo(undoes="it")) == "not-undoable"


def test_done_cannot_be_withdrawn_once_acknowledged(table: Seat) -> None:
    played = table(LINE)
    played.until(5)
    played.ask(ask.EndCall(stimulus="s1", outcome=CallOutcome.DONE), name="it")
    played.ask(ask.Acknowledge(stimulus="s1", cell="crisis"))
    assert played.refusal(ask.Undo(undoes="it")) == "not-undoable"


def test_of_two_deliveries_the_last_is_withdrawn_first(table: Seat) -> None:
    played = table("stimuli: [{id: s1, at: T+5, to: [all]}]")
    played.until(5)
    for cell in ("crisis", "care"):
        command = ask.EndCall(stimulus="s1", cell=cell, outcome=CallOutcome.DONE)
        played.ask(command, name=cell)
    assert played.refusal(ask.Undo(undoes="crisis")) == "not-undoable"
    assert played.undo("care") == ["T+5 delivery_withdrawn s1#1 care"]
    assert played.undo("crisis") == ["T+5 delivery_withdrawn s1#1 crisis"]


def test_a_failed_call_said_by_mistake_is_to_be_made_again(table: Seat) -> None:
    played = table(LINE)
    played.until(5)
    played.ask(ask.EndCall(stimulus="s1", outcome=CallOutcome.REFUSED), name="it")
    assert played.undo("it") == ["T+5 to_perform s1#1 crisis phone"]


def test_a_call_given_back_on_a_line_that_died_goes_elsewhere(table: Seat) -> None:
    played = table(LINE)
    played.until(5)
    played.ask(ask.EndCall(stimulus="s1", outcome=CallOutcome.REFUSED), name="it")
    played.ask(ask.SetAsset(asset="network", down=True))
    assert played.undo("it") == ["T+5 to_perform s1#1 crisis mobile instead_of=phone"]


def test_one_of_two_playings_withdrawn_leaves_the_other_delivered(table: Seat) -> None:
    played = table(LINE)
    played.until(5)
    for number in (1, 2):
        command = ask.EndCall(stimulus="s1", outcome=CallOutcome.DONE)
        played.ask(command, name=f"done-{number}")
        if number == 1:
            played.ask(ask.FireStimulus(stimulus="s1"))
    played.undo("done-1")
    tick = ask.TickExpectation(expectation="e1", result=Tick.SEEN)
    assert "s1#2" in played.ask(tick)[0]


def test_an_asset_set_by_hand_is_put_back_if_confirmed(play: Seat) -> None:
    played = did(play, 2, ask.SetAsset(asset="mails", down=True))
    assert played.undo("it", with_effects=True)[0] == "T+2 asset.set asset=mails"


def test_an_extension_is_withdrawn(play: Seat) -> None:
    played = did(play, 2, ask.Extend(by_ms=10 * MIN))
    assert played.undo("it") == ["T+2 exercise.extended end=T+60"]


def test_a_note_is_withdrawn(play: Seat) -> None:
    played = did(play, 2, ask.AddNote(text=said("t")))
    assert played.undo("it") == ["T+2 note.withdrawn note=it"]


def test_nothing_is_undone_twice(play: Seat) -> None:
    played = did(play, 2, DECLARE)
    played.undo("it")
    assert played.refusal(ask.Undo(undoes="it")) == "not-undoable"


@pytest.mark.parametrize(
    "command",
    [ask.Pause(), ask.Advance(to_ms=10 * MIN), ask.CallRealStop(), ask.SetSpeed(rate=2.0)],
    ids=lambda command: command.name,
)
def test_what_concerns_the_clock_is_not_undone(play: Seat, command: Command) -> None:
    played = did(play, 2, command)
    assert played.refusal(ask.Undo(undoes="it")) in ("not-undoable", "real-stop")


def test_after_finex_what_was_written_is_withdrawn_not_what_was_played(play: Seat) -> None:
    played = did(play, 7, SEEN)
    played.ask(ask.ShiftStimulus(stimulus="s2", by_ms=MIN), name="shift")
    played.ask(ask.GiveFinex())
    assert played.undo("it")
    assert played.refusal(ask.Undo(undoes="shift")) == "not-undoable"


def test_what_was_held_before_it_was_skipped_is_held_again(table: Seat) -> None:
    seat = table("stimuli: [{id: s1, at: T+10}]")
    seat.ask(ask.HoldStimulus(stimulus="s1"))
    seat.ask(ask.SkipStimulus(stimulus="s1"), name="skip")
    assert seat.undo("skip") == ["T+0 restored s1#1 due=T+10", "T+0 held s1#1"]
    assert seat.until(20) == []
