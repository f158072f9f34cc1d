"""The running exercise keeps time: exact, frozen in pause, indifferent to clocks that are set."""

import asyncio

import pytest

from cyberex.engine.engine import Refused
from cyberex.errors import UserError
from cyberex.exercise.clocks import VirtualClocks
from cyberex.facts.commands import (
    AddNote,
    AnswerGap,
    CallRealStop,
    EndCall,
    FireStimulus,
    GiveDebex,
    LiftRealStop,
    Pause,
    Resume,
    SetSpeed,
    SkipStimulus,
    StartBriefing,
)
from cyberex.facts.model import CallOutcome, GapAnswer, TextRef
from tests.exercise.conftest import Seat
from tests.exercise.table import Table

T5, T10, T20 = 300_000, 600_000, 1_200_000


async def test_what_is_due_leaves_at_its_very_millisecond(table: Table) -> None:
    await table.play(25)
    assert table.when("stimulus.due") == [T5, T10, T20]


async def test_fire_now_is_exact_and_not_rounded(table: Table) -> None:
    await table.clocks.play(125.345)
    await table.ask(FireStimulus(stimulus="s03"))
    assert table.when("stimulus.to_perform", "s03") == [125_345]


async def test_the_briefing_stops_at_zero_until_debex(seat: Seat) -> None:
    table = await seat()
    await table.ask(StartBriefing())
    await table.play(25)
    assert table.exercise.sim_ms() == 0
    assert table.when("stimulus.due") == []
    await table.ask(GiveDebex())
    await table.play(5)
    assert table.when("stimulus.due") == [T5]


async def test_the_clock_shown_never_passes_zero_before_debex(seat: Seat) -> None:
    table = await seat()
    await table.ask(StartBriefing())
    await table.play(9.99)
    table.clocks.move(0.9)
    assert table.exercise.sim_ms() == 0


async def test_a_pause_shifts_what_follows_with_no_burst_at_resume(table: Table) -> None:
    await table.play(4)
    await table.ask(Pause())
    await table.play(90)
    assert table.exercise.sim_ms() == 4 * 60_000
    await table.ask(Resume())
    assert table.when("stimulus.due") == []
    await table.play(1)
    assert table.when("stimulus.due") == [T5]


async def test_a_pause_a_moment_before_lets_nothing_out(table: Table) -> None:
    await table.clocks.play(299.999)
    await table.ask(Pause())
    await table.play(10)
    assert table.when("stimulus.due") == []
    assert table.exercise.sim_ms() == 299_999


async def test_deadlines_stand_still_in_pause(table: Table) -> None:
    await table.play(5)
    await table.ask(EndCall(stimulus="s01", outcome=CallOutcome.DONE))
    await table.play(4)
    await table.ask(Pause())
    await table.play(60)
    await table.ask(Resume())
    assert table.when("expectation.expired") == []
    await table.play(2)
    assert len(table.when("expectation.expired")) == 1


async def test_real_stop_lets_nothing_out(table: Table) -> None:
    await table.play(4)
    await table.ask(CallRealStop())
    await table.play(30)
    assert table.when("stimulus.due") == []
    await table.ask(LiftRealStop())
    await table.play(30)
    assert table.when("stimulus.due") == []


async def test_a_change_of_speed_does_not_rescale_the_past(seat: Seat) -> None:
    table = await seat(rehearsal=True)
    await table.to_play()
    await table.play(4)
    await table.ask(SetSpeed(rate=10.0))
    assert table.exercise.sim_ms() == 4 * 60_000
    await table.play(0.5)
    assert table.exercise.sim_ms() == 9 * 60_000
    assert table.when("stimulus.due") == [T5]


async def test_real_play_has_one_speed(table: Table) -> None:
    with pytest.raises(Refused) as refusal:
        await table.ask(SetSpeed(rate=2.0))
    assert refusal.value.code == "speed-locked"


@pytest.mark.parametrize("rate", [0.0, -1.0, float("nan"), float("inf")])
async def test_no_speed_stops_or_turns_time_back(seat: Seat, rate: float) -> None:
    table = await seat(rehearsal=True)
    with pytest.raises(Refused):
        await table.ask(SetSpeed(rate=rate))


@pytest.mark.parametrize("set_by_s", [3_600.0, -3_600.0])
async def test_a_clock_that_is_set_never_moves_the_game(table: Table, set_by_s: float) -> None:
    await table.play(4)
    table.clocks.move(0.0, wall_s=set_by_s)
    await table.play(1)
    assert table.when("exercise.interrupted") == []
    assert table.when("stimulus.due") == [T5]


async def test_without_a_boot_clock_a_clock_set_forward_pauses_and_asks(seat: Seat) -> None:
    table = await seat(clocks=VirtualClocks(boots=False))
    await table.to_play()
    await table.play(4)
    table.clocks.move(0.0, wall_s=3_600.0)
    await table.play(1)
    assert table.exercise.board.situation.gap_ms == pytest.approx(3_600_000, abs=2_000)
    assert table.exercise.sim_ms() == pytest.approx(4 * 60_000, abs=1_000)


async def test_without_a_boot_clock_a_clock_set_back_never_reports(seat: Seat) -> None:
    table = await seat(clocks=VirtualClocks(boots=False))
    await table.to_play()
    await table.play(4)
    table.clocks.move(0.0, wall_s=-3_600.0)
    await table.play(1)
    assert table.when("exercise.interrupted") == []


async def test_a_machine_that_slept_pauses_where_it_was_and_asks(table: Table) -> None:
    await table.play(4)
    await table.sleep(10)
    situation = table.exercise.board.situation
    assert situation.gap_ms == pytest.approx(600_000, abs=2_000)
    assert table.exercise.sim_ms() == pytest.approx(4 * 60_000, abs=1_000)
    assert table.when("stimulus.due") == []


async def test_a_stall_seen_first_by_a_command_pauses_before_it(table: Table) -> None:
    await table.play(4)
    table.clocks.move(600.0)
    await table.ask(AddNote(text=table.exercise.say("Encore là ?")))
    assert table.when("exercise.interrupted") == table.when("note.added") == [240_000]
    assert table.when("stimulus.due") == []


async def test_a_gap_answered_as_a_pause_costs_no_play(table: Table) -> None:
    await table.play(4)
    await table.sleep(10)
    await table.ask(AnswerGap(answer=GapAnswer.PAUSE))
    await table.ask(Resume())
    await table.play(1.1)
    assert table.when("stimulus.due") == [T5]


async def test_a_gap_answered_as_played_moves_time_and_sends_nothing(table: Table) -> None:
    await table.play(4)
    await table.sleep(10)
    await table.ask(AnswerGap(answer=GapAnswer.PLAYED))
    await table.ask(Resume())
    assert table.exercise.sim_ms() == pytest.approx(14 * 60_000, abs=3_000)
    assert table.when("stimulus.to_perform") == []


async def test_a_sleep_in_pause_is_part_of_the_pause(table: Table) -> None:
    await table.play(4)
    await table.ask(Pause())
    await table.sleep(60)
    await table.ask(Resume())
    assert table.when("exercise.interrupted") == []
    await table.play(1)
    assert table.when("stimulus.due") == [T5]


async def test_midnight_in_the_room_changes_nothing(seat: Seat) -> None:
    clocks = VirtualClocks()
    clocks.move(0.0, wall_s=(15 * 60 + 57) * 60.0)
    table = await seat(clocks=clocks)
    await table.to_play()
    await table.play(12)
    assert table.when("stimulus.due") == [T5, T10]


async def test_a_command_sent_twice_is_done_once(table: Table) -> None:
    first = await table.ask(SkipStimulus(stimulus="s03"), id="skip-1")
    again = await table.ask(SkipStimulus(stimulus="s03"), id="skip-1")
    assert again == first
    assert len(table.when("stimulus.skipped")) == 1


async def test_the_same_command_sent_twice_at_once_is_done_once(table: Table) -> None:
    both = await asyncio.gather(
        table.ask(SkipStimulus(stimulus="s03"), id="skip-1"),
        table.ask(SkipStimulus(stimulus="s03"), id="skip-1"),
    )
    assert both[0] == both[1]
    assert len(table.when("stimulus.skipped")) == 1


async def test_a_refused_command_leaves_no_trace(table: Table) -> None:
    before = len(table.recorded())
    with pytest.raises(Refused):
        await table.ask(SkipStimulus(stimulus="nowhere"))
    assert len(table.recorded()) == before


async def test_what_was_said_is_kept_beside_the_chain(table: Table) -> None:
    ref = table.exercise.say("Le SAMU a rappelé à 9 h 12")
    await table.ask(AddNote(text=ref))
    assert table.exercise.text(ref) == "Le SAMU a rappelé à 9 h 12"
    assert table.exercise.text(TextRef("")) == ""


async def test_a_text_that_nobody_said_is_a_bug(table: Table) -> None:
    with pytest.raises(ValueError, match="nobody said"):
        await table.ask(AddNote(text=TextRef("sha256:00")))
    assert table.exercise.frozen is None


async def test_a_closed_exercise_takes_no_command(table: Table) -> None:
    await table.exercise.close()
    with pytest.raises(UserError):
        await table.ask(Pause())
