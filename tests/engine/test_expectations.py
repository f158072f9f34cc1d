"""What players should do: deadlines, ticks, milestones and decisions."""

from cyberex.facts import commands as ask
from cyberex.facts.model import Tick
from tests.engine.conftest import Seat
from tests.engine.table import MIN

ONE = """
stimuli:
  - id: s1
    at: T+5
    expect: [{id: e1, text: Note les faits, within: 10 min, reaches: declared}]
"""
SETTLES = """
stimuli:
  - id: s1
    at: T+5
    expect: [{id: e1, text: Décide, within: 10 min, settles: isolation}]
"""
SEEN = ask.TickExpectation(expectation="e1", result=Tick.SEEN)
CUT = ask.TickExpectation(expectation="e1", result=Tick.SEEN, outcome="cut")


def test_a_deadline_counts_from_delivery_not_from_the_planned_hour(table: Seat) -> None:
    played = table(ONE)
    played.until(8)
    assert played.done("s1")[1:] == ["T+8 expectation.opened s1#1 e1 deadline=T+18"]


def test_nothing_is_expected_before_delivery(table: Seat) -> None:
    played = table(ONE)
    played.until(8)
    assert played.refusal(SEEN) == "expectation-not-open"


def test_a_deadline_that_passes_unticked_expires(play: Seat) -> None:
    assert play(ONE).until(60, "expectation.expired") == ["T+15 expectation.expired s1#1 e1"]


def test_what_was_ticked_does_not_expire(play: Seat) -> None:
    played = play(ONE)
    played.at(14, SEEN)
    assert played.until(40) == []


def test_an_expired_one_may_still_be_ticked_and_is_late(play: Seat) -> None:
    assert play(ONE).at(20, SEEN, "expectation.ticked") == [
        "T+20 expectation.ticked s1#1 e1 result=seen observed=T+20 late=True"
    ]


def test_what_was_observed_before_the_deadline_is_not_late(play: Seat) -> None:
    command = ask.TickExpectation(expectation="e1", result=Tick.SEEN, observed_ms=14 * MIN)
    assert play(ONE).at(20, command, "expectation.ticked") == [
        "T+20 expectation.ticked s1#1 e1 result=seen observed=T+14"
    ]


def test_at_the_deadline_itself_it_is_in_time(play: Seat) -> None:
    assert play(ONE).at(15, SEEN, "expectation.ticked") == [
        "T+15 expectation.ticked s1#1 e1 result=seen observed=T+15"
    ]


def test_nothing_is_observed_in_the_future(play: Seat) -> None:
    played = play(ONE)
    played.until(6)
    command = ask.TickExpectation(expectation="e1", result=Tick.SEEN, observed_ms=7 * MIN)
    assert played.refusal(command) == "in-the-future"


def test_seen_reaches_its_milestone(play: Seat) -> None:
    assert play(ONE).at(9, SEEN)[1:] == ["T+9 milestone.reached milestone=declared observed=T+9"]


def test_partly_seen_reaches_nothing(play: Seat) -> None:
    command = ask.TickExpectation(expectation="e1", result=Tick.PARTLY)
    assert play(ONE).at(9, command, "milestone.reached") == []


def test_conditions_count_from_the_tick_not_from_what_was_observed(play: Seat) -> None:
    played = play(ONE + "  - {id: s2, after: declared + 5 min}\n")
    command = ask.TickExpectation(expectation="e1", result=Tick.SEEN, observed_ms=6 * MIN)
    assert played.at(20, command, "planned") == ["T+20 planned s2#1 due=T+25"]


def test_an_expectation_of_one_cell_opens_when_that_cell_has_it(table: Seat) -> None:
    played = table(
        """
stimuli:
  - id: s1
    at: T+5
    to: [all]
    expect:
      - {id: e1, text: Note, within: 5 min, by: nurse}
      - {id: e2, text: Décide, within: 5 min}
"""
    )
    played.until(5)
    assert played.done("s1", "crisis")[1:] == []
    assert played.done("s1", "care")[1:] == [
        "T+5 expectation.opened s1#1 e1 care deadline=T+10",
        "T+5 expectation.opened s1#1 e2 deadline=T+10",
    ]


def test_one_without_limit_never_expires(play: Seat) -> None:
    played = play("stimuli: [{id: s1, at: T+5, expect: [{id: e1, text: Note}]}]")
    assert played.until(60, "expectation.opened", "expectation.expired") == [
        "T+5 expectation.opened s1#1 e1"
    ]


def test_the_latest_playing_is_ticked_unless_another_is_named(play: Seat) -> None:
    played = play(ONE)
    played.at(7, ask.FireStimulus(stimulus="s1"))
    assert "s1#2" in played.ask(SEEN)[0]
    named = ask.TickExpectation(expectation="e1", result=Tick.SEEN, stimulus="s1#1")
    assert "s1#1" in played.ask(named)[0]


# Decisions


def test_an_expectation_settles_a_decision_with_its_effects(play: Seat) -> None:
    said = play(SETTLES).at(9, CUT)
    assert said[1] == "T+9 decision.settled decision=isolation outcome=cut"
    assert "T+9 asset.down asset=network" in said


def test_a_decision_that_is_settled_needs_an_outcome(play: Seat) -> None:
    played = play(SETTLES)
    played.until(9)
    assert played.refusal(SEEN) == "which-outcome"


def test_a_decision_has_one_outcome_only(play: Seat) -> None:
    played = play(SETTLES)
    played.at(9, CUT)
    command = ask.SettleDecision(decision="isolation", outcome="kept")
    assert played.refusal(command) == "already-settled"


def test_an_outcome_plays_its_branch_from_the_reserve(play: Seat) -> None:
    played = play(SETTLES)
    command = ask.SettleDecision(decision="isolation", outcome="kept")
    assert played.at(9, command, "planned", "delivered") == [
        "T+9 planned spare#1 due=T+9 why=outcome",
        "T+9 delivered spare#1 crisis phone",
    ]


def test_an_outcome_that_nobody_wrote_is_refused(play: Seat) -> None:
    command = ask.SettleDecision(decision="isolation", outcome="maybe")
    assert play(SETTLES).refusal(command) == "unknown-outcome"


def test_a_milestone_is_reached_once(play: Seat) -> None:
    played = play(ONE)
    played.ask(ask.ReachMilestone(milestone="declared"))
    assert played.refusal(ask.ReachMilestone(milestone="declared")) == "already-reached"


def test_a_key_is_pressed_once(play: Seat) -> None:
    played = play(ONE)
    played.ask(ask.PressKey(key="slow"))
    assert played.refusal(ask.PressKey(key="slow")) == "key-already-pressed"
