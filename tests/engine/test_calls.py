"""From leaving to reaching: cells, calls, channels that fall."""

from cyberex.facts import commands as ask
from cyberex.facts.model import CallOutcome
from tests.engine.conftest import Seat
from tests.engine.table import Table

CUT = ask.SetAsset(asset="network", down=True)
REPAIR = ask.SetAsset(asset="network", down=False)


def ended(played: Table, outcome: CallOutcome, cell: str = "") -> list[str]:
    return played.ask(ask.EndCall(stimulus="s1", cell=cell, outcome=outcome))


def test_each_receiving_cell_has_its_own_delivery(table: Seat) -> None:
    played = table("stimuli: [{id: s1, at: T+5, to: [it, nurse]}]")
    assert played.until(5, "to_perform") == [
        "T+5 to_perform s1#1 crisis phone",
        "T+5 to_perform s1#1 care phone",
    ]


def test_a_call_for_two_cells_must_say_which(table: Seat) -> None:
    played = table("stimuli: [{id: s1, at: T+5, to: [all]}]")
    played.until(5)
    command = ask.EndCall(stimulus="s1", outcome=CallOutcome.DONE)
    assert played.refusal(command) == "which-cell"


def test_a_stimulus_is_delivered_when_all_its_cells_have_it(table: Seat) -> None:
    played = table("stimuli: [{id: s1, at: T+5, to: [all]}, {id: s2, after: s1 delivered + 1 min}]")
    played.until(5)
    assert played.done("s1", "crisis")[1:] == []
    assert played.done("s1", "care")[1:] == ["T+5 planned s2#1 due=T+6"]


def test_a_cell_that_refuses_does_not_hold_up_the_others(table: Seat) -> None:
    played = table("stimuli: [{id: s1, at: T+5, to: [all]}, {id: s2, after: s1 delivered + 1 min}]")
    played.until(5)
    ended(played, CallOutcome.REFUSED, "crisis")
    assert played.done("s1", "care")[1:] == ["T+5 planned s2#1 due=T+6"]


def test_what_nobody_took_is_not_delivered(table: Seat) -> None:
    played = table("stimuli: [{id: s1, at: T+5}, {id: s2, after: s1 delivered + 1 min}]")
    played.until(5)
    assert ended(played, CallOutcome.REFUSED) == ["T+5 call_failed s1#1 crisis outcome=refused"]
    assert played.until(50) == []


def test_a_busy_call_comes_back_in_two_minutes(table: Seat) -> None:
    played = table("stimuli: [{id: s1, at: T+5}]")
    played.until(5)
    assert ended(played, CallOutcome.BUSY) == ["T+5 call_failed s1#1 crisis outcome=busy back=T+7"]
    assert played.until(20) == [
        "T+7 call_back s1#1 crisis",
        "T+7 to_perform s1#1 crisis phone",
    ]


def test_a_call_without_answer_comes_back_in_two_minutes(table: Seat) -> None:
    played = table("stimuli: [{id: s1, at: T+5}]")
    played.until(6)
    ended(played, CallOutcome.NO_ANSWER)
    assert played.until(20, "call_back") == ["T+8 call_back s1#1 crisis"]


def test_a_call_that_comes_back_may_be_made_early(table: Seat) -> None:
    played = table("stimuli: [{id: s1, at: T+5}]")
    played.until(5)
    ended(played, CallOutcome.BUSY)
    assert played.at(6, ask.StartCall(stimulus="s1"), "call_started") == [
        "T+6 call_started s1#1 crisis"
    ]
    assert played.until(20) == []


def test_a_call_is_not_made_early_on_a_line_that_is_dead(table: Seat) -> None:
    played = table("stimuli: [{id: s1, at: T+5, via: email}]")
    played.until(5)
    ended(played, CallOutcome.BUSY)
    played.ask(CUT)
    assert played.refusal(ask.StartCall(stimulus="s1")) == "channel-down"


def test_a_call_is_begun_once(table: Seat) -> None:
    played = table("stimuli: [{id: s1, at: T+5}]")
    played.at(5, ask.StartCall(stimulus="s1"))
    assert played.refusal(ask.StartCall(stimulus="s1")) == "already-begun"


def test_a_delivered_stimulus_cannot_end_twice(table: Seat) -> None:
    played = table("stimuli: [{id: s1, at: T+5}]")
    played.until(5)
    played.done("s1")
    command = ask.EndCall(stimulus="s1", outcome=CallOutcome.DONE)
    assert played.refusal(command) == "nothing-to-perform"


# Channels


def test_a_dead_channel_falls_back_on_the_next_live_one(table: Seat) -> None:
    played = table("stimuli: [{id: s1, at: T+5}]")
    played.ask(CUT)
    assert played.until(5, "to_perform") == ["T+5 to_perform s1#1 crisis mobile instead_of=phone"]


def test_with_no_live_fallback_it_waits_for_the_director(table: Seat) -> None:
    played = table("stimuli: [{id: s1, at: T+5, via: email}]")
    played.ask(CUT)
    assert played.until(5, "blocked") == ["T+5 blocked s1#1 crisis email ask=True"]
    assert played.at(6, REPAIR, "to_perform") == []
    command = ask.ChooseChannel(stimulus="s1", channel="mobile")
    assert played.ask(command) == ["T+6 to_perform s1#1 crisis mobile instead_of=email"]


def test_the_director_cannot_choose_a_dead_channel(table: Seat) -> None:
    played = table("stimuli: [{id: s1, at: T+5, via: email}]")
    played.ask(CUT)
    played.until(5)
    assert played.refusal(ask.ChooseChannel(stimulus="s1", channel="phone")) == "channel-down"


def test_if_down_wait_waits_for_its_own_channel(table: Seat) -> None:
    played = table("stimuli: [{id: s1, at: T+5, if_down: wait}]")
    played.ask(CUT)
    assert played.until(5, "blocked") == ["T+5 blocked s1#1 crisis phone"]
    assert played.at(9, REPAIR, "to_perform") == ["T+9 to_perform s1#1 crisis phone"]


def test_if_down_ask_asks_even_with_a_live_fallback(table: Seat) -> None:
    played = table("stimuli: [{id: s1, at: T+5, if_down: ask}]")
    played.ask(CUT)
    assert played.until(5, "blocked") == ["T+5 blocked s1#1 crisis phone ask=True"]


def test_if_down_skip_skips_the_whole_stimulus(table: Seat) -> None:
    played = table("stimuli: [{id: s1, at: T+5, to: [all], if_down: skip}]")
    played.ask(CUT)
    assert played.until(5) == ["T+5 skipped s1#1 reason=channel"]


def test_a_channel_that_falls_sends_a_waiting_call_elsewhere(table: Seat) -> None:
    played = table("stimuli: [{id: s1, at: T+5}]")
    played.until(5)
    assert played.at(6, CUT, "to_perform") == ["T+6 to_perform s1#1 crisis mobile instead_of=phone"]


def test_a_channel_that_falls_lets_a_call_under_way_end(table: Seat) -> None:
    played = table("stimuli: [{id: s1, at: T+5}]")
    played.at(5, ask.StartCall(stimulus="s1"))
    assert played.at(6, CUT, "to_perform") == []
    assert played.done("s1") == ["T+6 delivered s1#1 crisis phone"]


# Assets


def test_what_needs_a_fallen_asset_falls_with_it(table: Seat) -> None:
    assert table("stimuli: []").ask(CUT) == [
        "T+0 asset.set asset=network down=True",
        "T+0 channel.down email",
        "T+0 channel.down phone",
        "T+0 asset.down asset=mails",
        "T+0 asset.down asset=network",
        "T+0 asset.down asset=pabx",
    ]


def test_setting_one_up_never_hides_a_need_that_is_down(table: Seat) -> None:
    played = table("stimuli: []")
    played.ask(ask.SetAsset(asset="mails", down=True))
    played.ask(CUT)
    assert played.ask(ask.SetAsset(asset="mails", down=False)) == ["T+0 asset.set asset=mails"]
    assert "T+0 asset.up asset=mails" in played.ask(REPAIR)


def test_one_set_down_stays_down_when_what_it_needs_comes_back(table: Seat) -> None:
    played = table("stimuli: []")
    played.ask(ask.SetAsset(asset="mails", down=True))
    played.ask(CUT)
    assert "T+0 asset.up asset=mails" not in played.ask(REPAIR)


def test_effects_come_with_the_first_delivery(table: Seat) -> None:
    played = table("stimuli: [{id: s1, at: T+5, to: [all], effects: {mails: down}}]")
    assert played.until(5, "asset.down") == []
    assert "T+5 asset.down asset=mails" in played.done("s1", "care")
    assert played.done("s1", "crisis")[1:] == []


def test_a_milestone_has_its_effects(table: Seat) -> None:
    played = table(
        "milestones: [{id: declared, title: Déclaré, effects: {mails: down}}]\nstimuli: []"
    )
    said = played.ask(ask.ReachMilestone(milestone="declared"))
    assert "T+0 asset.down asset=mails" in said


def test_an_asset_already_so_is_nothing_to_change(table: Seat) -> None:
    assert table("stimuli: []").refusal(REPAIR) == "nothing-to-change"
