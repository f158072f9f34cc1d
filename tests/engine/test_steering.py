"""What the director does with what has not left: fire, hold, skip, edit, compose, shift."""

from cyberex.facts import commands as ask
from cyberex.facts.animation_commands import CatchUp
from cyberex.facts.model import ShiftScope
from tests.engine.conftest import Seat
from tests.engine.table import MIN, said

LINE = """
stimuli:
  - {id: s1, at: T+5, thread: care}
  - {id: s2, at: T+10, thread: technical}
  - {id: s3, at: T+20, thread: care}
  - {id: s4, after: s1 delivered + 8 min}
  - {id: s5, at: T+12, when: [declared], until: T+30}
"""
DECLARE = ask.ReachMilestone(milestone="declared")
HOLD = ask.HoldStimulus(stimulus="s2")
RELEASE = ask.ReleaseStimulus(stimulus="s2")


def shift(
    stimulus: str, minutes: float, scope: ShiftScope = ShiftScope.FOLLOWING, space: int = 0
) -> ask.ShiftStimulus:
    return ask.ShiftStimulus(
        stimulus=stimulus, by_ms=round(minutes * MIN), scope=scope, space_ms=space * MIN
    )


def test_what_is_fired_leaves_now_whatever_its_conditions(table: Seat) -> None:
    assert table(LINE).at(3, ask.FireStimulus(stimulus="s5"), "due") == ["T+3 due s5#1"]


def test_what_was_fired_does_not_leave_again_at_its_hour(play: Seat) -> None:
    played = play(LINE)
    played.at(3, ask.FireStimulus(stimulus="s2"))
    assert "s2#1" not in " ".join(played.until(30))


def test_what_is_with_an_animator_is_not_fired_again(table: Seat) -> None:
    played = table(LINE)
    played.until(5)
    assert played.refusal(ask.FireStimulus(stimulus="s1")) == "already-left"


# Hold


def test_what_is_held_stays_past_its_hour(play: Seat) -> None:
    played = play(LINE)
    played.at(3, HOLD)
    assert "s2#1" not in " ".join(played.until(60))


def test_released_after_its_hour_it_leaves_at_once(play: Seat) -> None:
    played = play(LINE)
    played.at(3, HOLD)
    assert played.at(15, RELEASE, "due") == ["T+15 due s2#1"]


def test_released_before_its_hour_it_leaves_at_its_hour(play: Seat) -> None:
    played = play(LINE)
    played.at(3, HOLD)
    assert played.at(4, RELEASE) == ["T+4 released s2#1"]
    assert "T+10 due s2#1" in played.until(10)


def test_released_while_its_conditions_do_not_hold_it_waits_for_them(play: Seat) -> None:
    played = play(LINE)
    played.at(14, ask.HoldStimulus(stimulus="s5"))
    assert played.at(15, ask.ReleaseStimulus(stimulus="s5")) == ["T+15 released s5#1"]
    assert played.at(20, DECLARE, "due") == ["T+20 due s5#1"]


def test_released_after_its_window_it_is_skipped_if_its_conditions_do_not_hold(
    play: Seat,
) -> None:
    played = play(LINE)
    played.at(14, ask.HoldStimulus(stimulus="s5"))
    assert played.at(35, ask.ReleaseStimulus(stimulus="s5"), "skipped") == [
        "T+35 skipped s5#1 reason=condition"
    ]


def test_a_call_not_begun_may_be_held_back_and_leaves_again(table: Seat) -> None:
    played = table(LINE)
    played.at(6, ask.HoldStimulus(stimulus="s1"))
    assert played.at(9, ask.ReleaseStimulus(stimulus="s1"), "to_perform") == [
        "T+9 to_perform s1#1 crisis phone"
    ]


def test_a_call_under_way_is_not_held_back(table: Seat) -> None:
    played = table(LINE)
    played.at(6, ask.StartCall(stimulus="s1"))
    assert played.refusal(ask.HoldStimulus(stimulus="s1")) == "already-left"


# Skip


def test_what_is_skipped_never_leaves(play: Seat) -> None:
    played = play(LINE)
    played.at(3, ask.SkipStimulus(stimulus="s2"))
    assert "s2#1" not in " ".join(played.until(60))


def test_a_call_waiting_may_be_skipped(table: Seat) -> None:
    played = table(LINE)
    assert played.at(6, ask.SkipStimulus(stimulus="s1"), "skipped") == [
        "T+6 skipped s1#1 reason=director",
        "T+6 skipped s4#1 reason=follows",
    ]


def test_what_was_delivered_cannot_be_skipped(play: Seat) -> None:
    played = play(LINE)
    played.until(6)
    assert played.refusal(ask.SkipStimulus(stimulus="s1")) == "already-over"


# Edit and compose


def test_an_edit_changes_receivers_and_channel(table: Seat) -> None:
    played = table(LINE)
    played.at(3, ask.EditStimulus(stimulus="s1", to=("nurse",), via="mobile"))
    assert played.until(5, "to_perform") == ["T+5 to_perform s1#1 care mobile"]


def test_once_it_has_left_only_its_words_may_change(table: Seat) -> None:
    played = table(LINE)
    played.until(5)
    assert played.ask(ask.EditStimulus(stimulus="s1", text=said("t"))) == ["T+5 edited s1#1 text=t"]
    assert played.refusal(ask.EditStimulus(stimulus="s1", via="mobile")) == "already-left"


def test_an_edit_names_receivers_that_exist(table: Seat) -> None:
    command = ask.EditStimulus(stimulus="s1", to=("nobody",))
    assert table(LINE).refusal(command) == "unknown-receiver"


def test_an_edit_that_changes_nothing_is_refused(table: Seat) -> None:
    assert table(LINE).refusal(ask.EditStimulus(stimulus="s1")) == "nothing-to-change"


def test_what_is_made_up_on_the_spot_leaves_at_once(table: Seat) -> None:
    command = ask.ComposeStimulus(
        sender="press", to=("it", "dir"), via="mobile", title=said("t"), text=said("x")
    )
    assert table(LINE).at(3, command) == [
        "T+3 composed x01#1 sender=press to=it,dir via=mobile title=t text=x",
        "T+3 planned x01#1 due=T+3 why=composed",
        "T+3 due x01#1",
        "T+3 to_perform x01#1 crisis mobile",
    ]


# Shift


def test_a_shift_moves_all_that_follows(table: Seat) -> None:
    assert table(LINE).at(6, shift("s2", 5)) == [
        "T+6 shifted s2#1 from=T+10 due=T+15",
        "T+6 shifted s5#1 from=T+12 due=T+17",
        "T+6 shifted s3#1 from=T+20 due=T+25",
    ]


def test_a_shift_may_move_one_only(table: Seat) -> None:
    assert table(LINE).at(6, shift("s2", 5, ShiftScope.ONE)) == [
        "T+6 shifted s2#1 from=T+10 due=T+15"
    ]


def test_a_shift_may_move_one_thread(table: Seat) -> None:
    assert table(LINE).ask(shift("s1", 5, ShiftScope.THREAD)) == [
        "T+0 shifted s1#1 from=T+5 due=T+10",
        "T+0 shifted s3#1 from=T+20 due=T+25",
    ]


def test_what_is_relative_to_another_follows_it(play: Seat) -> None:
    played = play(LINE)
    played.ask(shift("s1", 2, ShiftScope.ONE))
    assert "T+15 due s4#1" in played.until(20)


def test_a_shift_moves_jumps_too(table: Seat) -> None:
    played = table(LINE + 'jumps: [{id: night, at: T+15, to: "14:00"}]')
    assert played.ask(shift("s2", 5), "jump.shifted") == ["T+0 jump.shifted jump=night due=T+20"]


def test_a_window_moves_with_its_hour(play: Seat) -> None:
    played = play(LINE)
    played.ask(shift("s5", 5, ShiftScope.ONE))
    assert "T+35 skipped s5#1 reason=condition" in played.until(60)


def test_nothing_goes_before_now(table: Seat) -> None:
    played = table(LINE)
    assert played.at(7, shift("s3", -30, ShiftScope.ONE)) == [
        "T+7 shifted s3#1 from=T+20 due=T+7",
        "T+7 due s3#1",
        "T+7 to_perform s3#1 crisis phone",
    ]


def test_several_that_reach_now_must_be_spaced(table: Seat) -> None:
    played = table(LINE)
    played.until(7)
    assert played.refusal(shift("s2", -30)) == "several-now"
    assert played.ask(shift("s2", -30, space=2), "shifted") == [
        "T+7 shifted s2#1 from=T+10 due=T+7",
        "T+7 shifted s5#1 from=T+12 due=T+9",
        "T+7 shifted s3#1 from=T+20 due=T+11",
    ]


def test_a_shift_that_moves_nothing_is_refused(table: Seat) -> None:
    played = table(LINE)
    played.until(14)
    assert played.refusal(shift("s5", -2, ShiftScope.ONE)) == "nothing-to-change"
    assert played.ask(DECLARE, "due") == ["T+14 due s5#1"]


def test_what_is_held_does_not_count_among_those_that_leave_now(table: Seat) -> None:
    played = table(LINE)
    played.ask(ask.HoldStimulus(stimulus="s3"))
    played.ask(ask.HoldStimulus(stimulus="s5"))
    assert played.at(7, shift("s2", -30), "due") == ["T+7 due s2#1"]


def test_the_planned_end_does_not_move_with_a_shift(play: Seat) -> None:
    played = play(LINE)
    played.ask(shift("s1", 20))
    assert played.until(90, "exercise.end_reached") == ["T+60 exercise.end_reached"]


def test_what_waits_for_its_cause_has_no_hour_to_shift(table: Seat) -> None:
    assert table(LINE).refusal(shift("s4", 5)) == "no-hour-yet"


def test_a_shift_is_previewed_as_it_would_be_done(table: Seat) -> None:
    played = table(LINE + 'jumps: [{id: night, at: T+15, to: "14:00"}]')
    assert played.engine.preview_shift(shift("s2", 5)) == ("s2#1", "s3#1", "s5#1", "night")


# Catching up


def catch_up(drop: tuple[str, ...] = (), **hours: float) -> CatchUp:
    return CatchUp(drop=drop, hours={name: round(at * MIN) for name, at in hours.items()})


def test_catching_up_to_the_hours_they_have_is_refused(table: Seat) -> None:
    played = table(LINE)
    played.until(14)
    assert played.refusal(catch_up(s3=20)) == "nothing-to-change"


def test_catching_up_loses_none_that_waits(table: Seat) -> None:
    played = table(LINE)
    played.at(12, catch_up(s5=12, s3=25))
    assert played.at(14, DECLARE, "due") == ["T+14 due s5#1"]


def test_catching_up_drops_each_once_and_moves_none_of_those(table: Seat) -> None:
    assert table(LINE).ask(catch_up(("s1", "s1#1", "s2"), s2=30)) == [
        "T+0 skipped s1#1 reason=catch_up",
        "T+0 skipped s4#1 reason=follows",
        "T+0 skipped s2#1 reason=catch_up",
    ]
