"""Going forward at once."""

from cyberex.facts import commands as ask
from cyberex.facts.model import CallOutcome
from tests.engine.conftest import Seat
from tests.engine.table import MIN


def to(minutes: int) -> ask.Advance:
    return ask.Advance(to_ms=minutes * MIN)


def test_what_was_due_strictly_before_is_skipped(table: Seat) -> None:
    played = table("stimuli: [{id: s1, at: T+5}, {id: s2, at: T+10}]")
    assert played.engine.preview_advance(10 * MIN) == ("s1#1",)
    assert played.ask(to(10)) == [
        "T+10 skipped s1#1 reason=advance",
        "T+10 exercise.advanced from=T+0 to=T+10",
        "T+10 due s2#1",
        "T+10 to_perform s2#1 crisis phone",
    ]


def test_open_deadlines_keep_the_time_they_had_left(play: Seat) -> None:
    played = play("stimuli: [{id: s1, at: T+5, expect: [{id: e1, text: Note, within: 10 min}]}]")
    assert played.at(8, to(20), "expectation.moved") == [
        "T+20 expectation.moved s1#1 e1 deadline=T+27"
    ]
    assert played.until(40) == ["T+27 expectation.expired s1#1 e1"]


def test_a_window_that_would_have_closed_is_skipped(play: Seat) -> None:
    played = play("stimuli: [{id: s1, at: T+5, until: T+15, when: [declared]}]")
    assert played.at(8, to(20), "skipped") == ["T+20 skipped s1#1 reason=advance"]


def test_what_waits_without_end_goes_on_waiting(play: Seat) -> None:
    played = play("stimuli: [{id: s1, at: T+5, when: [declared]}]")
    assert played.at(8, to(20), "skipped") == []
    assert played.ask(ask.ReachMilestone(milestone="declared"), "due") == ["T+20 due s1#1"]


def test_what_is_held_stays_held(play: Seat) -> None:
    played = play("stimuli: [{id: s1, at: T+5}]")
    played.ask(ask.HoldStimulus(stimulus="s1"))
    played.ask(to(20))
    assert played.ask(ask.ReleaseStimulus(stimulus="s1"), "due") == ["T+20 due s1#1"]


def test_a_jump_in_between_is_prepared_on_arrival(play: Seat) -> None:
    played = play(
        """
jumps: [{id: night, at: T+10, to: "14:00"}]
stimuli: [{id: s1, at: T+20}]
"""
    )
    assert played.ask(to(20)) == [
        "T+20 jump.shifted jump=night due=T+20",
        "T+20 exercise.advanced from=T+0 to=T+20",
        "T+20 jump.prepared jump=night",
    ]


def test_a_call_that_was_to_come_back_does_on_arrival(table: Seat) -> None:
    played = table("stimuli: [{id: s1, at: T+5}]")
    played.until(5)
    played.ask(ask.EndCall(stimulus="s1", outcome=CallOutcome.BUSY))
    assert played.ask(to(20), "call_back") == ["T+20 call_back s1#1 crisis"]


def test_nothing_leaves_when_the_clock_advances_in_a_pause(play: Seat) -> None:
    played = play("stimuli: [{id: s1, at: T+5, when: [declared]}]")
    played.at(6, ask.Pause())
    played.ask(ask.ReachMilestone(milestone="declared"))
    assert played.ask(to(20)) == ["T+20 exercise.advanced from=T+6 to=T+20"]
    assert played.ask(ask.Resume(), "due") == ["T+20 due s1#1"]


def test_it_never_goes_back(play: Seat) -> None:
    played = play("stimuli: []")
    played.until(10)
    assert played.refusal(to(10)) == "not-later"
