"""States of the exercise: briefing, pause, real stop, gaps, end."""

import pytest

from cyberex.engine.state import Phase
from cyberex.facts import commands as ask
from cyberex.facts.model import (
    Command,
    DebriefKind,
    GapAnswer,
    Mark,
    NoteKind,
    ShiftScope,
    Speaker,
    Tick,
)
from tests.engine.conftest import Seat
from tests.engine.table import MIN, Table, said

TWO = """
stimuli:
  - {id: s0, at: T-10}
  - {id: s1, at: T+5, expect: [{id: e1, text: Note, within: 10 min}]}
  - {id: s2, at: T+10}
"""
NOTE = ask.AddNote(text=said("t"), kind=NoteKind.FACT)


def test_the_briefing_begins_at_minus_its_length(play: Seat) -> None:
    played = play(TWO, debex=False)
    assert played.ask(ask.StartBriefing()) == ["T-15 exercise.started from=T-15"]


def test_items_of_the_briefing_leave_at_their_hour(play: Seat) -> None:
    played = play(TWO, debex=False)
    played.ask(ask.StartBriefing())
    assert played.until(-9, "due") == ["T-10 due s0#1"]


def test_the_briefing_waits_at_zero_for_debex(table: Seat) -> None:
    played = table("stimuli: [{id: s1, at: T+0}]", debex=False)
    played.ask(ask.StartBriefing())
    assert played.until(30) == []
    assert (played.engine.now_ms, played.engine.next_ms()) == (0, None)
    assert played.ask(ask.GiveDebex()) == [
        "T+0 exercise.debex_given startex=2026-01-12T09:00:00",
        "T+0 due s1#1",
        "T+0 to_perform s1#1 crisis phone",
    ]


def test_an_early_debex_skips_what_the_briefing_still_held(play: Seat) -> None:
    played = play(TWO, debex=False)
    played.ask(ask.StartBriefing())
    assert played.at(-12, ask.GiveDebex()) == [
        "T+0 skipped s0#1 reason=advance",
        "T+0 exercise.advanced from=T-12 to=T+0",
        "T+0 exercise.debex_given startex=2026-01-12T09:00:00",
    ]


def test_a_reserve_stimulus_ordered_at_the_gate_of_debex_leaves_at_once(play: Seat) -> None:
    played = play(TWO, debex=False)
    played.ask(ask.StartBriefing())
    assert "T+0 due spare#1" in played.at(0, ask.InjectReserve(stimulus="spare"))


def test_startex_now_takes_the_hour_of_the_room(play: Seat) -> None:
    timing = "timing: {startex: now, briefing: 15 min, play: 60 min, debrief: 10 min}\nstimuli: []"
    played = play(timing, debex=False)
    given = played.ask(ask.GiveDebex(room_at="2026-03-10T10:17:00"))
    assert given[-1] == "T+0 exercise.debex_given startex=2026-03-10T10:17:00"


def test_a_planned_startex_does_not_follow_the_room(play: Seat) -> None:
    played = play(TWO, debex=False)
    given = played.ask(ask.GiveDebex(room_at="2026-03-10T10:17:00"))
    assert given[-1].endswith("startex=2026-01-12T09:00:00")


# Pause


def test_a_paused_exercise_delivers_nothing(play: Seat) -> None:
    played = play(TWO)
    played.at(4, ask.Pause())
    assert played.until(60) == []
    assert played.engine.now_ms == 4 * MIN


def test_at_resume_nothing_bursts_and_deadlines_keep_their_time(play: Seat) -> None:
    played = play(TWO)
    played.at(6, ask.Pause())
    played.ask(ask.Resume())
    assert played.until(20, "due", "expectation.expired") == [
        "T+10 due s2#1",
        "T+15 expectation.expired s1#1 e1",
    ]


def test_what_is_fired_and_injected_in_a_pause_leaves_at_resume_in_order(play: Seat) -> None:
    played = play(TWO)
    played.at(2, ask.Pause())
    assert played.ask(ask.FireStimulus(stimulus="s2")) == ["T+2 queued s2#1"]
    assert played.ask(ask.InjectReserve(stimulus="spare"), "queued") == ["T+2 queued spare#1"]
    assert played.ask(ask.FireStimulus(stimulus="s1")) == ["T+2 queued s1#1"]
    assert played.ask(ask.Resume(), "due") == [
        "T+2 due s2#1",
        "T+2 due spare#1",
        "T+2 due s1#1",
    ]


def test_what_is_queued_may_still_be_skipped(play: Seat) -> None:
    played = play(TWO)
    played.at(2, ask.Pause())
    played.ask(ask.FireStimulus(stimulus="s2"))
    played.ask(ask.SkipStimulus(stimulus="s2"))
    assert played.ask(ask.Resume(), "due") == []


ALLOWED_IN_PAUSE: list[Command] = [
    NOTE,
    ask.EditStimulus(stimulus="s2", title=said("t")),
    ask.HoldStimulus(stimulus="s2"),
    ask.SkipStimulus(stimulus="s2"),
    ask.ShiftStimulus(stimulus="s2", by_ms=MIN),
    ask.TickExpectation(expectation="e1", result=Tick.SEEN),
]


@pytest.mark.parametrize("command", ALLOWED_IN_PAUSE, ids=lambda command: command.name)
def test_a_pause_admits_what_prepares_the_rest(play: Seat, command: Command) -> None:
    played = play(TWO)
    played.at(6, ask.Pause())
    assert played.ask(command)


# Real stop

REFUSED_IN_REAL_STOP: list[Command] = [
    *ALLOWED_IN_PAUSE[1:],
    ask.Resume(),
    ask.FireStimulus(stimulus="s2"),
    ask.Advance(to_ms=20 * MIN),
    ask.AnswerGap(answer=GapAnswer.PLAYED),
    ask.SetSpeed(rate=2.0),
    ask.MarkLine(line=1, mark=Mark.PLUS),
    ask.Extend(by_ms=MIN),
]


def stopped(play: Seat) -> Table:
    played = play(TWO)
    played.at(6, ask.CallRealStop())
    return played


def test_in_a_real_stop_nothing_leaves(play: Seat) -> None:
    assert stopped(play).until(60) == []


@pytest.mark.parametrize("command", REFUSED_IN_REAL_STOP, ids=lambda command: command.name)
def test_a_real_stop_refuses_everything_else(play: Seat, command: Command) -> None:
    assert stopped(play).refusal(command) == "real-stop"


@pytest.mark.parametrize(
    "command",
    [NOTE, ask.TickCallDown(who="crisis"), ask.LiftRealStop(), ask.GiveFinex()],
    ids=lambda command: command.name,
)
def test_a_real_stop_admits_noting_calling_down_lifting_and_ending(
    play: Seat, command: Command
) -> None:
    assert stopped(play).ask(command)


def test_lifting_a_real_stop_leads_to_paused(play: Seat) -> None:
    played = stopped(play)
    played.ask(ask.LiftRealStop())
    assert played.until(30) == []
    played.ask(ask.Resume())
    assert played.until(30, "due") == ["T+10 due s2#1"]


# Gaps


def slept(play: Seat, minutes: int) -> Table:
    played = play(TWO)
    played.at(6, ask.ReportGap(gap_ms=minutes * MIN))
    return played


def test_a_gap_pauses_until_it_is_answered(play: Seat) -> None:
    played = slept(play, 10)
    assert played.until(30) == []
    assert played.refusal(ask.Resume()) == "gap-open"


def test_a_gap_that_counts_as_a_pause_makes_nothing_late(play: Seat) -> None:
    played = slept(play, 10)
    played.ask(ask.AnswerGap(answer=GapAnswer.PAUSE))
    played.ask(ask.Resume())
    assert played.until(30, "due") == ["T+10 due s2#1"]


def test_a_gap_that_counts_as_played_proposes_what_is_late(play: Seat) -> None:
    played = slept(play, 10)
    assert played.ask(ask.AnswerGap(answer=GapAnswer.PLAYED))[1:] == [
        "T+16 held s2#1 proposed=True",
        "T+16 expectation.expired s1#1 e1",
        "T+16 exercise.advanced from=T+6 to=T+16",
    ]
    played.ask(ask.Resume())
    assert played.until(30) == []
    assert played.ask(ask.ReleaseStimulus(stimulus="s2"), "due") == ["T+30 due s2#1"]


# The end


def test_the_planned_end_is_said_once_and_play_goes_on(play: Seat) -> None:
    played = play("stimuli: [{id: s1, at: T+5, when: [declared]}]")
    assert played.until(90) == ["T+60 exercise.end_reached"]
    assert played.ask(ask.ReachMilestone(milestone="declared"), "due") == ["T+90 due s1#1"]


def test_the_end_may_be_put_off(play: Seat) -> None:
    played = play("stimuli: []")
    played.at(30, ask.Extend(by_ms=10 * MIN))
    assert played.until(90) == ["T+70 exercise.end_reached"]


def test_the_end_is_never_before_now(play: Seat) -> None:
    played = play("stimuli: []")
    played.until(30)
    assert played.refusal(ask.Extend(by_ms=-31 * MIN)) == "not-later"


def test_finex_expires_what_was_not_delivered(play: Seat) -> None:
    played = play(TWO)
    assert played.at(6, ask.GiveFinex()) == ["T+6 expired s2#1", "T+6 exercise.finex_given"]


def test_after_finex_the_clock_stands_and_expectations_may_be_ticked(play: Seat) -> None:
    played = play(TWO)
    played.at(6, ask.GiveFinex())
    assert played.until(60) == []
    command = ask.TickExpectation(expectation="e1", result=Tick.SEEN)
    assert played.ask(command) == ["T+6 expectation.ticked s1#1 e1 result=seen observed=T+6"]


def test_after_finex_a_decision_plays_nothing(play: Seat) -> None:
    played = play(TWO)
    played.at(6, ask.GiveFinex())
    command = ask.SettleDecision(decision="isolation", outcome="kept")
    assert played.ask(command) == ["T+6 decision.settled decision=isolation outcome=kept"]


def test_after_finex_nothing_is_played_any_more(play: Seat) -> None:
    played = play(TWO)
    played.at(6, ask.GiveFinex())
    assert played.refusal(ask.FireStimulus(stimulus="s2")) == "wrong-phase"


def test_the_debrief_takes_notes_of_those_who_speak(play: Seat) -> None:
    played = play(TWO)
    note = ask.AddDebriefNote(
        kind=DebriefKind.POSITIVE, speaker=Speaker.PLAYER, text=said("t"), cell="care"
    )
    assert played.refusal(note) == "wrong-phase"
    played.ask(ask.GiveFinex())
    assert played.ask(note, "debrief.noted")


def test_a_closed_exercise_admits_nothing(play: Seat) -> None:
    played = play(TWO)
    played.ask(ask.GiveFinex())
    assert played.ask(ask.Close()) == ["T+0 exercise.closed"]
    assert played.engine.phase is Phase.CLOSED
    assert played.refusal(NOTE) == "wrong-phase"


def test_before_the_start_the_chronogram_may_be_prepared(play: Seat) -> None:
    played = play(TWO, debex=False)
    command = ask.ShiftStimulus(stimulus="s1", by_ms=MIN, scope=ShiftScope.ONE)
    assert played.ask(command) == ["T-15 shifted s1#1 from=T+5 due=T+6"]
