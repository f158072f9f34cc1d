"""Fiction jumps: gates made by the director."""

from cyberex.facts import commands as ask
from cyberex.facts.model import ShiftScope, Tick
from tests.engine.conftest import Seat
from tests.engine.table import MIN

NIGHT = """
jumps: [{id: night, at: T+20, to: "lundi 14:00", bulletin: Il est 14 h.,
         variants: [{when: [declared], bulletin: Déclaré.}]}]
stimuli:
  - {id: s1, at: T+10, expect: [{id: e1, text: Note, within: 20 min, reaches: declared},
                                {id: e2, text: Décide, within: 20 min, settles: isolation}]}
  - {id: s2, at: T+20}
  - {id: s3, at: T+25, until: T+30, when: [key slow]}
"""
MAKE = ask.MakeJump(jump="night")


def test_a_jump_is_prepared_when_due_and_made_by_the_director(play: Seat) -> None:
    played = play(NIGHT)
    assert played.until(40, "jump.prepared", "jump.made") == ["T+20 jump.prepared jump=night"]


def test_what_follows_a_gate_waits_until_it_is_made(play: Seat) -> None:
    played = play(NIGHT)
    assert "s2#1" not in " ".join(played.until(23))
    assert played.ask(MAKE, "shifted") == [
        "T+23 shifted s2#1 from=T+20 due=T+23",
        "T+23 shifted s3#1 from=T+25 due=T+28",
    ]


def test_after_a_late_jump_nothing_leaves_in_a_burst(play: Seat) -> None:
    played = play(NIGHT + "  - {id: s4, at: T+22}\n  - {id: s5, at: T+24}\n")
    played.at(30, MAKE)
    played.until(50)
    dues = [text for text in played.lines if " due " in text]
    assert dues == ["T+10 due s1#1", "T+30 due s2#1", "T+32 due s4#1", "T+34 due s5#1"]


def test_a_window_behind_a_late_jump_keeps_its_length(play: Seat) -> None:
    played = play(NIGHT)
    played.at(23, MAKE)
    assert played.until(50, "skipped") == ["T+33 skipped s3#1 reason=condition"]


def test_a_jump_in_time_shifts_nothing(table: Seat) -> None:
    played = table(NIGHT)
    assert played.at(20, MAKE) == [
        "T+20 jump.made jump=night fiction=2026-01-12T14:00:00 variant=-1 late=T+0",
        "T+20 due s2#1",
        "T+20 to_perform s2#1 crisis phone",
    ]


def test_the_bulletin_depends_on_what_happened(play: Seat) -> None:
    played = play(NIGHT)
    played.ask(ask.ReachMilestone(milestone="declared"))
    assert "variant=0" in played.at(20, MAKE)[0]


def test_a_jump_may_drop_what_was_not_played(table: Seat) -> None:
    played = table(NIGHT)
    command = ask.MakeJump(jump="night", drop=("s1", "s2", "s1#1"))
    assert played.at(21, command, "skipped") == [
        "T+21 skipped s1#1 reason=jump",
        "T+21 skipped s2#1 reason=jump",
    ]


def test_what_was_delivered_cannot_be_dropped(play: Seat) -> None:
    played = play(NIGHT)
    played.until(20)
    assert played.refusal(ask.MakeJump(jump="night", drop=("s1",))) == "already-left"


def test_a_jump_resolves_deadlines_and_what_they_reach(play: Seat) -> None:
    played = play(NIGHT)
    said = played.at(20, ask.MakeJump(jump="night", deadlines={"s1#1/e1": Tick.SEEN}))
    assert said[:2] == [
        "T+20 expectation.ticked s1#1 e1 result=seen observed=T+20",
        "T+20 milestone.reached milestone=declared observed=T+20",
    ]
    assert "T+30 expectation.expired s1#1 e1" not in played.until(40)


def test_a_decision_is_not_settled_by_a_jump_without_its_outcome(play: Seat) -> None:
    played = play(NIGHT)
    played.until(20)
    command = ask.MakeJump(jump="night", deadlines={"s1#1/e2": Tick.SEEN})
    assert played.refusal(command) == "which-outcome"


def test_deadlines_that_are_not_resolved_run_on(play: Seat) -> None:
    played = play(NIGHT)
    played.at(20, MAKE)
    assert "T+30 expectation.expired s1#1 e1" in played.until(40)


def test_a_jump_made_early_moves_the_fiction_only(play: Seat) -> None:
    played = play(NIGHT)
    assert played.at(15, MAKE) == [
        "T+15 jump.made jump=night fiction=2026-01-12T14:00:00 variant=-1 late=T+0"
    ]
    assert played.until(20, "jump.prepared", "due") == ["T+20 due s2#1"]


def test_the_fiction_never_goes_back(play: Seat) -> None:
    played = play(NIGHT.replace("lundi 14:00", "lundi 09:21"))
    assert "fiction=2026-01-12T09:25:00" in played.at(25, MAKE)[0]


def test_jumps_are_made_in_order(play: Seat) -> None:
    played = play(
        """
jumps: [{id: noon, at: T+20, to: "12:00"}, {id: night, at: T+30, to: "20:00"}]
stimuli: []
"""
    )
    assert played.refusal(MAKE) == "jump-not-next"


def test_two_jumps_at_one_instant_are_prepared_one_after_the_other(play: Seat) -> None:
    played = play(
        """
jumps: [{id: noon, at: T+20, to: "12:00"}, {id: night, at: T+20, to: "20:00"}]
stimuli: [{id: s1, at: T+20}]
"""
    )
    assert played.until(21) == ["T+20 jump.prepared jump=noon"]
    assert played.ask(ask.MakeJump(jump="noon"), "jump.prepared") == [
        "T+21 jump.prepared jump=night"
    ]
    assert "T+21 due s1#1" in played.ask(MAKE)


def test_a_jump_put_off_lets_through_what_waited_for_it(play: Seat) -> None:
    played = play(NIGHT)
    command = ask.ShiftStimulus(stimulus="night", by_ms=10 * MIN, scope=ShiftScope.ONE)
    assert played.at(22, command)[:2] == [
        "T+22 jump.shifted jump=night due=T+30",
        "T+22 due s2#1",
    ]
    assert played.until(35, "jump.prepared") == ["T+30 jump.prepared jump=night"]


def test_what_is_released_behind_a_gate_waits_for_it(play: Seat) -> None:
    played = play(NIGHT)
    played.at(21, ask.HoldStimulus(stimulus="s2"), name="hold")
    assert played.undo("hold") == ["T+21 released s2#1"]
    assert played.ask(MAKE, "due") == ["T+21 due s2#1"]


def test_what_follows_a_fact_does_not_wait_for_a_gate(play: Seat) -> None:
    played = play(NIGHT + "  - {id: s4, after: declared + 2 min}\n")
    played.at(19, ask.ReachMilestone(milestone="declared"))
    assert "T+21 due s4#1" in played.until(25)


def test_a_jump_cannot_be_undone(play: Seat) -> None:
    played = play(NIGHT)
    played.at(20, MAKE, name="jump")
    assert played.refusal(ask.Undo(undoes="jump")) == "not-undoable"
