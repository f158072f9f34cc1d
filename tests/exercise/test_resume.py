"""A journal reopens where it stood: downtime is not play, and nothing leaves by itself."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from cyberex.errors import UserError
from cyberex.exercise.clocks import VirtualClocks
from cyberex.exercise.opening import create_exercise, resume_exercise
from cyberex.exercise.verify import verify
from cyberex.facts.commands import (
    AddNote,
    AnswerGap,
    CallRealStop,
    EndCall,
    Pause,
    Resume,
    SkipStimulus,
)
from cyberex.facts.model import CallOutcome, GapAnswer
from tests.exercise.conftest import NINE, Seat
from tests.exercise.table import Table, recorded_in, scenario_json

T5, T10, T20 = 300_000, 600_000, 1_200_000

Crash = Callable[[Table], None]


async def crash(table: Table) -> None:
    """Leave the journal as a killed process would: nothing more is written, the lock is free."""
    await table.clocks.settle()
    play = table.exercise._play
    play.note_clock = lambda: None  # type: ignore[method-assign]
    await table.exercise.close()


def next_day() -> VirtualClocks:
    return VirtualClocks(NINE + timedelta(days=1))


async def test_a_crash_in_play_reopens_paused_at_the_last_second_played(
    table: Table, seat_again: Seat
) -> None:
    await table.clocks.play(250.5)
    await crash(table)
    again = await seat_again(clocks=next_day())
    situation = again.exercise.board.situation
    assert situation.gap_ms == pytest.approx(24 * 3_600_000, abs=300_000)
    assert again.exercise.sim_ms() == pytest.approx(250_000, abs=1_000)
    await again.play(90)
    assert again.when("stimulus.due") == []


async def test_downtime_is_not_played_time(table: Table, seat_again: Seat) -> None:
    await table.play(4)
    await crash(table)
    again = await seat_again(clocks=next_day())
    await again.ask(AnswerGap(answer=GapAnswer.PAUSE))
    await again.ask(Resume())
    await again.play(0.9)
    assert again.when("stimulus.due") == []
    await again.play(0.2)
    assert again.when("stimulus.due") == [T5]


async def test_a_paused_exercise_reopens_paused_without_a_question(
    table: Table, seat_again: Seat
) -> None:
    await table.play(4)
    await table.ask(Pause())
    await table.exercise.close()
    again = await seat_again(clocks=next_day())
    assert again.exercise.board.situation.paused
    assert again.exercise.board.situation.gap_ms is None
    assert again.when("exercise.interrupted") == []
    assert again.exercise.sim_ms() == 4 * 60_000


async def test_a_real_stop_reopens_stopped(table: Table, seat_again: Seat) -> None:
    await table.play(4)
    await table.ask(CallRealStop())
    await table.exercise.close()
    again = await seat_again(clocks=next_day())
    assert again.exercise.board.situation.real_stop
    await again.play(10)
    assert again.when("stimulus.due") == []


async def test_an_exercise_not_begun_reopens_ready(seat: Seat, seat_again: Seat) -> None:
    table = await seat()
    await table.exercise.close()
    again = await seat_again(clocks=next_day())
    await again.to_play()
    await again.play(5)
    assert again.when("stimulus.due") == [T5]


async def test_a_wall_clock_set_back_since_makes_no_negative_gap(
    table: Table, seat_again: Seat
) -> None:
    await table.play(4)
    await crash(table)
    again = await seat_again(clocks=VirtualClocks(NINE - timedelta(days=1)))
    assert again.exercise.board.situation.gap_ms == 0


async def test_a_request_answered_before_the_crash_is_not_done_again(
    table: Table, seat_again: Seat
) -> None:
    first = await table.ask(SkipStimulus(stimulus="s03"), id="skip-1")
    await crash(table)
    again = await seat_again(clocks=next_day())
    assert await again.ask(SkipStimulus(stimulus="s03"), id="skip-1") == first


async def test_what_was_said_is_still_read(table: Table, seat_again: Seat) -> None:
    ref = table.exercise.say("Dérangée par le vrai standard")
    await table.ask(AddNote(text=ref))
    await crash(table)
    again = await seat_again(clocks=next_day())
    assert again.exercise.text(ref) == "Dérangée par le vrai standard"


async def test_the_views_are_those_of_before(table: Table, seat_again: Seat) -> None:
    await table.play(5)
    await table.ask(EndCall(stimulus="s01", outcome=CallOutcome.DONE))
    await crash(table)
    seq = table.exercise.board.seq
    again = await seat_again(clocks=next_day())
    assert again.exercise.board.seq == seq + 1  # the interruption
    feed = again.exercise.feed(after_seq=seq)
    assert [item.event.name for item in await anext(feed)] == ["exercise.interrupted"]


async def test_a_resumed_exercise_verifies(table: Table, seat_again: Seat) -> None:
    await table.play(7)
    await crash(table)
    again = await seat_again(clocks=next_day())
    await again.ask(AnswerGap(answer=GapAnswer.PLAYED))
    await again.ask(Resume())
    await again.play(10)
    assert verify(again.exercise.journal_path).ok


async def test_an_exercise_played_elsewhere_cannot_be_resumed(table: Table) -> None:
    with pytest.raises(UserError):
        await resume_exercise(table.exercise.journal_path, clocks=next_day())


async def test_a_missing_journal_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        await resume_exercise(tmp_path / "nothing.cyberex")


async def test_an_existing_journal_is_never_overwritten(table: Table) -> None:
    before = recorded_in(table.exercise.journal_path)
    await table.exercise.close()
    with pytest.raises(UserError):
        await create_exercise(
            scenario_json(), source="x", seed=1, journal_path=table.exercise.journal_path
        )
    assert recorded_in(table.exercise.journal_path) == before


async def test_other_rules_are_told_and_not_resumed(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    await table.exercise.close()
    monkeypatch.setattr("cyberex.exercise.opening.RULES", 2)
    with pytest.raises(UserError):
        await resume_exercise(table.exercise.journal_path, clocks=next_day())
