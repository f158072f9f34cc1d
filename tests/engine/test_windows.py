"""When a stimulus leaves: at, until, otherwise."""

from cyberex.facts import commands as ask
from tests.engine.conftest import Seat

DECLARE = ask.ReachMilestone(milestone="declared")


def test_a_stimulus_leaves_at_its_hour(table: Seat) -> None:
    played = table("stimuli: [{id: s1, at: T+5}]")
    assert played.until(4.9) == []
    assert played.until(5) == ["T+5 due s1#1", "T+5 to_perform s1#1 crisis phone"]


def test_it_is_delivered_when_the_call_is_said_done(table: Seat) -> None:
    played = table("stimuli: [{id: s1, at: T+5}]")
    played.until(7)
    assert played.done("s1") == ["T+7 delivered s1#1 crisis phone"]


def test_a_conditional_one_leaves_at_the_first_instant_at_which_its_conditions_hold(
    play: Seat,
) -> None:
    played = play("stimuli: [{id: s1, at: T+5, when: [declared]}]")
    assert played.until(8) == []
    assert played.ask(DECLARE, "due") == ["T+8 due s1#1"]


def test_conditions_met_before_its_hour_make_it_leave_at_its_hour(play: Seat) -> None:
    played = play("stimuli: [{id: s1, at: T+5, when: [declared]}]")
    played.at(2, DECLARE)
    assert played.until(9, "due") == ["T+5 due s1#1"]


def test_its_window_includes_its_last_instant(play: Seat) -> None:
    played = play(
        """
stimuli:
  - {id: s0, at: T+10, effects: {mails: down}}
  - {id: s1, at: T+5, until: T+10, when: [mails down]}
"""
    )
    assert played.until(10, "due", "skipped") == [
        "T+10 due s0#1",
        "T+10 skipped s1#1 reason=condition",
    ]


def test_what_comes_with_the_clock_at_the_last_instant_still_counts(table: Seat) -> None:
    played = table(
        """
stimuli:
  - {id: s1, at: T+5, until: T+10, when: [s2 skipped]}
  - {id: s2, at: T+10, via: email, if_down: skip}
assets: [{id: network, title: Réseau, state: down}, {id: pabx, title: Téléphonie},
         {id: mails, title: Messagerie, needs: [network]}]
"""
    )
    assert played.until(10, "due", "skipped") == [
        "T+10 skipped s2#1 reason=channel",
        "T+10 due s1#1",
    ]


def test_a_window_that_closes_skips_by_default(table: Seat) -> None:
    played = table("stimuli: [{id: s1, at: T+5, until: T+10, when: [declared]}]")
    assert played.until(30) == ["T+10 skipped s1#1 reason=condition"]


def test_a_window_that_closes_may_put_in_reserve(table: Seat) -> None:
    played = table(
        "stimuli: [{id: s1, at: T+5, until: T+10, when: [declared], otherwise: reserve}]"
    )
    assert played.until(30) == ["T+10 reserved s1#1"]


def test_what_went_to_the_reserve_may_be_injected(table: Seat) -> None:
    played = table("stimuli: [{id: s1, at: T+5, when: [declared], otherwise: reserve}]")
    assert played.at(12, ask.InjectReserve(stimulus="s1"), "due") == ["T+12 due s1#1"]


def test_a_window_that_closes_may_play_another(table: Seat) -> None:
    played = table(
        "stimuli: [{id: s1, at: T+5, until: T+10, when: [declared], otherwise: 'play: spare'}]"
    )
    assert played.until(30) == [
        "T+10 skipped s1#1 reason=condition",
        "T+10 planned spare#1 due=T+10 why=otherwise",
        "T+10 due spare#1",
        "T+10 to_perform spare#1 crisis phone",
    ]


def test_with_otherwise_and_no_until_the_window_is_the_instant(table: Seat) -> None:
    played = table("stimuli: [{id: s1, at: T+5, unless: [declared], otherwise: skip}]")
    played.at(3, DECLARE)
    assert played.until(9) == ["T+5 skipped s1#1 reason=condition"]


def test_without_otherwise_nor_until_the_window_stays_open_until_finex(table: Seat) -> None:
    played = table("stimuli: [{id: s1, at: T+5, when: [declared]}]")
    assert played.until(90, "due", "skipped") == []
    assert played.ask(ask.GiveFinex(), "expired") == ["T+90 expired s1#1"]


def test_at_one_instant_stimuli_leave_in_file_order(table: Seat) -> None:
    played = table("stimuli: [{id: b, at: T+5}, {id: a, at: T+5}, {id: c, at: T+4}]")
    assert played.until(5, "due") == ["T+4 due c#1", "T+5 due b#1", "T+5 due a#1"]


def test_at_one_instant_deadlines_come_before_stimuli(play: Seat) -> None:
    played = play(
        """
stimuli:
  - {id: s1, at: T+5, expect: [{id: e1, text: Note, within: 5 min}]}
  - {id: s2, at: T+10}
"""
    )
    assert played.until(10, "expectation.expired", "due")[1:] == [
        "T+10 expectation.expired s1#1 e1",
        "T+10 due s2#1",
    ]


def test_at_one_instant_a_command_comes_after_what_was_due(table: Seat) -> None:
    played = table("stimuli: [{id: s1, at: T+5}]")
    played.until(5)
    assert played.refusal(ask.ShiftStimulus(stimulus="s1", by_ms=60_000)) == "already-left"


def test_a_stimulus_played_again_is_another_occurrence(play: Seat) -> None:
    played = play("stimuli: [{id: s1, at: T+5}]")
    assert played.at(9, ask.FireStimulus(stimulus="s1"), "planned", "delivered") == [
        "T+9 planned s1#2 due=T+9 why=again",
        "T+9 delivered s1#2 crisis phone",
    ]
