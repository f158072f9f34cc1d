"""Verify proves that the commands of a journal play the same game again, or says where not."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from cyberex.exercise.opening import plan_and_engine
from cyberex.exercise.replay import Difference, replay, transactions
from cyberex.exercise.verify import verify
from cyberex.facts.commands import AddNote, Advance, EndCall, GiveFinex, Pause, Resume
from cyberex.facts.exercise_events import ExerciseCreated
from cyberex.facts.model import CallOutcome, Recorded
from cyberex.facts.stimulus_events import StimulusDue
from cyberex.journal.forget import forget
from tests.exercise.table import Table


async def played(table: Table) -> list[Recorded]:
    """A whole exercise: calls, a pause, an advance, a note, FINEX."""
    await table.play(5.5)
    await table.ask(EndCall(stimulus="s01", outcome=CallOutcome.NO_ANSWER))
    await table.play(3)
    await table.ask(Pause())
    await table.play(7)
    await table.ask(AddNote(text=table.exercise.say("Pause imposée")))
    await table.ask(Resume())
    await table.play(0.5)
    await table.ask(Advance(to_ms=15 * 60_000))
    await table.play(20)
    await table.ask(GiveFinex())
    await table.exercise.close()
    return table.recorded()


def again(recorded: list[Recorded]) -> Difference | None:
    created = recorded[0].event
    assert isinstance(created, ExerciseCreated)
    _plan, engine = plan_and_engine(created, Path("journal.cyberex"))
    return replay(engine, recorded)


async def test_a_whole_exercise_plays_the_same_again(table: Table) -> None:
    await played(table)
    report = verify(table.exercise.journal_path)
    assert (report.ok, report.compared) == (True, True)


async def test_a_journal_being_written_verifies(table: Table) -> None:
    await table.play(6)
    assert verify(table.exercise.journal_path).ok


async def test_an_erased_text_changes_nothing(table: Table) -> None:
    await played(table)
    forget(table.exercise.journal_path, texts=True, wall_at="2026-02-01T08:00:00.000Z")
    report = verify(table.exercise.journal_path)
    assert (report.ok, report.compared) == (True, True)


async def test_an_event_that_happened_elsewhere_is_told(table: Table) -> None:
    recorded = await played(table)
    at = next(n for n, item in enumerate(recorded) if isinstance(item.event, StimulusDue))
    changed = replace(recorded[at], sim_ms=recorded[at].sim_ms + 1)
    difference = again([*recorded[:at], changed, *recorded[at + 1 :]])
    assert difference is not None
    assert difference.seq == recorded[at].seq


async def test_an_event_that_is_missing_is_told(table: Table) -> None:
    recorded = await played(table)
    at = next(n for n, item in enumerate(recorded) if isinstance(item.event, StimulusDue))
    assert again([*recorded[:at], *recorded[at + 1 :]]) is not None


async def test_an_end_that_is_missing_is_told(table: Table) -> None:
    recorded = await played(table)
    assert again(recorded[:-1]) is not None


async def test_a_journal_tampered_with_is_not_compared(table: Table) -> None:
    await played(table)
    db = sqlite3.connect(table.exercise.journal_path)
    db.executescript("DROP TRIGGER events_are_never_changed")
    db.execute("UPDATE events SET sim_ms = sim_ms + 1 WHERE seq = 5")
    db.commit()
    db.close()
    report = verify(table.exercise.journal_path)
    assert (report.ok, report.compared, report.chain.broken_seq) == (False, False, 5)


async def test_under_other_rules_replay_is_not_compared(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    await played(table)
    monkeypatch.setattr("cyberex.exercise.verify.RULES", 2)
    report = verify(table.exercise.journal_path)
    assert (report.ok, report.compared) == (True, False)
    assert "1" in report.sentences()[1]


async def test_transactions_are_found_again_as_they_were_recorded(table: Table) -> None:
    feed = table.exercise.feed()
    recorded = await played(table)
    assert list(transactions(recorded)) == [transaction async for transaction in feed]


def test_a_file_that_is_no_journal_is_told(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("bonjour", encoding="utf-8")
    with pytest.raises(Exception, match=r"notes\.txt"):
        verify(path)
