"""Facts that conditions are made of, and what follows what."""

import pytest

from cyberex.facts import commands as ask
from cyberex.facts.model import CallOutcome, Command
from tests.engine.conftest import Seat
from tests.engine.table import MIN, Table

DOWN = """
assets: [{id: network, title: Réseau, state: down}, {id: pabx, title: Téléphonie},
         {id: mails, title: Messagerie, needs: [network]}]
"""

MAKES_TRUE: dict[str, Command] = {
    "declared": ask.ReachMilestone(milestone="declared"),
    "isolation=kept": ask.SettleDecision(decision="isolation", outcome="kept"),
    "isolation=cut": ask.SettleDecision(decision="isolation", outcome="cut"),
    "mails down": ask.SetAsset(asset="network", down=True),
    "s0 delivered": ask.EndCall(stimulus="s0", outcome=CallOutcome.DONE),
    "s0 done": ask.EndCall(stimulus="s0", outcome=CallOutcome.DONE),
    "s0 skipped": ask.SkipStimulus(stimulus="s0"),
    "key slow": ask.PressKey(key="slow"),
}


def _with(key: str, fact: str) -> str:
    return f"stimuli: [{{id: s0, at: T+1}}, {{id: s1, at: T+5, {key}: [{fact}]}}]"


@pytest.mark.parametrize("fact", MAKES_TRUE)
def test_it_waits_for_a_fact_and_leaves_when_it_comes(table: Seat, fact: str) -> None:
    played = table(_with("when", fact))
    assert "T+5 due s1#1" not in played.until(8)
    assert "T+8 due s1#1" in played.ask(MAKES_TRUE[fact])


@pytest.mark.parametrize("fact", MAKES_TRUE)
def test_a_fact_that_holds_keeps_back_what_is_played_unless_it_does(table: Seat, fact: str) -> None:
    played = table(_with("unless", fact))
    played.at(3, MAKES_TRUE[fact])
    assert "due s1#1" not in " ".join(played.until(50))


def test_an_asset_that_comes_back_is_a_fact_too(table: Seat) -> None:
    played = table("stimuli: [{id: s1, at: T+5, when: [mails up]}]" + DOWN)
    assert played.until(8) == []
    assert "T+8 due s1#1" in played.ask(ask.SetAsset(asset="network", down=False))


def test_acknowledged_is_a_fact_once_all_receivers_said_so(play: Seat) -> None:
    played = play(
        """
stimuli:
  - {id: s0, at: T+1, to: [all], via: email}
  - {id: s1, at: T+2, when: [s0 acknowledged]}
"""
    )
    played.until(4)
    assert played.ask(ask.Acknowledge(stimulus="s0", cell="crisis"), "due") == []
    assert played.ask(ask.Acknowledge(stimulus="s0", cell="care"), "due") == ["T+4 due s1#1"]


def test_a_message_is_done_when_dealt_with_not_when_delivered(play: Seat) -> None:
    played = play(
        """
stimuli:
  - {id: s0, at: T+1, via: email}
  - {id: s1, at: T+2, when: [s0 done]}
"""
    )
    assert played.until(4, "due") == ["T+1 due s0#1"]
    assert played.ask(ask.DealWith(stimulus="s0", cell="crisis"), "due") == ["T+4 due s1#1"]


def test_every_fact_of_when_must_hold(play: Seat) -> None:
    played = play("stimuli: [{id: s1, at: T+5, when: [declared, key slow]}]")
    assert played.at(6, MAKES_TRUE["declared"], "due") == []
    assert played.at(7, MAKES_TRUE["key slow"], "due") == ["T+7 due s1#1"]


def test_it_leaves_when_what_kept_it_back_is_no_longer_true(play: Seat) -> None:
    played = play("stimuli: [{id: s1, at: T+5, unless: [mails down]}]" + DOWN)
    played.until(8)
    assert played.ask(ask.SetAsset(asset="network", down=False), "due") == ["T+8 due s1#1"]


# What follows


def test_it_follows_a_fact_by_its_delay(play: Seat) -> None:
    played = play("stimuli: [{id: s1, after: declared + 5 min}]")
    assert played.at(8, MAKES_TRUE["declared"], "planned") == ["T+8 planned s1#1 due=T+13"]
    assert played.until(20, "due") == ["T+13 due s1#1"]


def test_it_follows_a_delivery_not_the_planned_hour(table: Seat) -> None:
    played = table("stimuli: [{id: s0, at: T+5}, {id: s1, after: s0 delivered + 5 min}]")
    played.until(9)
    assert played.done("s0")[1:] == ["T+9 planned s1#1 due=T+14"]


def test_what_follows_something_true_from_the_start_counts_from_debex(play: Seat) -> None:
    played = play("stimuli: [{id: s1, after: network down + 5 min}]" + DOWN)
    assert played.until(20, "due") == ["T+5 due s1#1"]


def test_what_follows_the_return_of_an_asset_down_from_the_start_waits_for_it(play: Seat) -> None:
    played = play("stimuli: [{id: s1, after: mails up + 5 min}]" + DOWN)
    assert played.until(20) == []
    played.ask(ask.SetAsset(asset="network", down=False))
    assert played.until(40, "due") == ["T+25 due s1#1"]


def test_what_follows_a_skipped_one_is_skipped_too(table: Seat) -> None:
    played = table(
        """
stimuli:
  - {id: s0, at: T+5, when: [declared], otherwise: skip}
  - {id: s1, after: s0 delivered + 5 min}
  - {id: s2, after: s1 delivered + 5 min}
"""
    )
    assert played.until(5) == [
        "T+5 skipped s0#1 reason=condition",
        "T+5 skipped s1#1 reason=follows",
        "T+5 skipped s2#1 reason=follows",
    ]


def test_what_follows_a_skipped_one_does_what_it_says_itself(table: Seat) -> None:
    played = table(
        """
stimuli:
  - {id: s0, at: T+5}
  - {id: s1, after: s0 delivered + 5 min, otherwise: reserve}
"""
    )
    assert played.ask(ask.SkipStimulus(stimulus="s0"))[1:] == ["T+0 reserved s1#1"]


def test_what_follows_a_skip_comes_because_of_it(play: Seat) -> None:
    played = play("stimuli: [{id: s0, at: T+5}, {id: s1, after: s0 skipped + 2 min}]")
    played.at(3, ask.SkipStimulus(stimulus="s0"))
    assert played.until(9, "due") == ["T+5 due s1#1"]


RANGES = """
stimuli:
  - {id: s1, after: declared + 5 à 10 min}
  - {id: s2, after: declared + 5 à 10 min}
"""


def planned(played: Table) -> list[str]:
    return played.at(8, MAKES_TRUE["declared"], "planned")


def test_a_range_is_drawn_within_its_bounds(table: Seat) -> None:
    for seed in range(20):
        played = table(RANGES, seed=seed)
        planned(played)
        dues = [item.due_ms for item in played.engine._game.occurrences.values()]
        assert all(due is not None and 13 * MIN <= due <= 18 * MIN for due in dues)


def test_two_stimuli_draw_each_for_itself(table: Seat) -> None:
    first, second = planned(table(RANGES))
    assert first.split("due=")[1] != second.split("due=")[1]


def test_another_seed_draws_otherwise(table: Seat) -> None:
    assert planned(table(RANGES, seed=1)) != planned(table(RANGES, seed=2))


def test_one_more_stimulus_changes_no_other_draw(table: Seat) -> None:
    more = RANGES.replace("stimuli:", "stimuli:\n  - {id: s0, after: declared + 1 à 9 min}")
    assert planned(table(more))[1:] == planned(table(RANGES))
