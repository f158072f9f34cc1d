"""Actors who answer, and actors who insist."""

from cyberex.facts import commands as ask
from tests.engine.conftest import Seat

ANSWERS = """
actors:
  - {id: ward, title: Urgences, kind: staff, played_by: animator-1,
     when_contacted: {reply_after: 4 à 8 min, text: Bien reçu.}}
  - {id: press, title: Le Courrier, kind: media, played_by: animator-2,
     when_contacted: {reply_after: 3 min, play: spare}}
stimuli: []
"""
INSISTS = """
actors:
  - {id: ward, title: Urgences, kind: staff, played_by: animator-1}
  - {id: press, title: Le Courrier, kind: media, played_by: animator-2,
     comes_back: {play: spare, after: s1 delivered, every: 10 min, until: declared, at_most: 3}}
stimuli: [{id: s1, at: T+5}, {id: s2, at: T+24, from: press}]
reserve: [{id: spare, from: press}]
"""


def contact(actor: str, channel: str = "") -> ask.LogContact:
    return ask.LogContact(actor=actor, cell="crisis", channel=channel)


def test_an_actor_who_is_contacted_answers_after_a_delay(play: Seat) -> None:
    played = play(ANSWERS)
    said = played.at(10, contact("ward"), name="c1")
    assert said[0] == "T+10 contact.logged contact=c1 actor=ward crisis"
    assert said[1].startswith("T+10 contact.reply_planned contact=c1 actor=ward due=T+1")
    assert len(played.until(18, "contact.reply_due")) == 1


def test_an_actor_may_answer_with_a_stimulus(play: Seat) -> None:
    played = play(ANSWERS)
    played.at(10, contact("press"))
    assert played.until(20, "planned", "due") == [
        "T+13 planned spare#1 due=T+13 why=reply",
        "T+13 due spare#1",
    ]


def test_a_call_on_a_dead_line_is_recorded_refused_and_not_answered(play: Seat) -> None:
    played = play(ANSWERS)
    played.ask(ask.SetAsset(asset="network", down=True))
    assert played.ask(contact("ward", "phone"), "contact.logged") == [
        "T+0 contact.logged contact=r3 actor=ward crisis phone refused=True"
    ]
    assert played.until(20) == []


def test_somebody_nobody_plays_is_logged_without_answer(play: Seat) -> None:
    assert len(play(ANSWERS).ask(contact(""))) == 1


def test_an_answer_can_be_taken_back_before_it_is_given(play: Seat) -> None:
    played = play(ANSWERS)
    played.at(10, contact("press"), name="c1")
    assert played.undo("c1") == ["T+10 contact.withdrawn contact=c1"]
    assert played.until(20) == []


def test_an_actor_comes_back_as_often_as_said(play: Seat) -> None:
    played = play(INSISTS)
    assert played.until(60, "delivered") == [
        "T+5 delivered s1#1 crisis phone",
        "T+15 delivered spare#1 crisis phone",
        "T+24 delivered s2#1 crisis phone",
        "T+25 delivered spare#2 crisis phone",
        "T+35 delivered spare#3 crisis phone",
    ]


def test_an_actor_comes_back_until_satisfied(play: Seat) -> None:
    played = play(INSISTS)
    played.at(20, ask.ReachMilestone(milestone="declared"))
    assert "spare#2" not in " ".join(played.until(60))


def test_an_actor_who_insists_gives_way_to_calls_waiting_for_the_same_voice(table: Seat) -> None:
    played = table(INSISTS)
    played.until(5)
    played.done("s1")
    played.until(15)
    played.done("spare")
    played.until(30)  # since T+24 a call of the same actor waits
    assert "spare#2" not in " ".join(played.lines)
    played.done("s2")
    assert played.until(40, "due")[0] == "T+31 due spare#2"
