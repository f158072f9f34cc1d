"""Whatever is changed in the file afterwards, verify says where."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from cyberex.facts.exercise_events import DebexGiven, ExercisePaused
from cyberex.facts.model import CLOCK, Batch
from cyberex.journal.chain import COLUMNS, GENESIS, Row, canonical, row_hash
from cyberex.journal.faults import JournalError, JournalProblem
from cyberex.journal.store import Journal
from cyberex.journal.verify import Fault, verify_chain
from tests.journal.journals import WALL, new_journal, tamper, three_events


def forge(path: Path, seq: int, **columns: object) -> None:
    """Change a row and compute every hash again, as somebody who read this code would."""
    tamper(path)
    with closing(sqlite3.connect(path)) as db:
        rows = [Row(*row) for row in db.execute(f"SELECT {COLUMNS} FROM events ORDER BY seq")]
        previous = GENESIS
        for row in rows:
            changed = row._replace(**columns) if row.seq == seq else row  # type: ignore[arg-type]
            previous = row_hash(previous, changed)
            changed = changed._replace(hash=previous)
            db.execute("DELETE FROM events WHERE seq = ?", (row.seq,))
            db.execute(f"INSERT INTO events ({COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?)", changed)
        db.execute("UPDATE head SET hash = ?", (previous,))
        db.commit()


def test_an_untouched_journal_is_whole(tmp_path: Path) -> None:
    report = verify_chain(three_events(tmp_path))
    assert (report.ok, report.events, report.broken_seq, report.unknown) == (True, 3, None, 0)
    assert report.head.seq == 3


@pytest.mark.parametrize("seq", [1, 2, 3])
@pytest.mark.parametrize(
    "change",
    [
        "sim_ms = sim_ms + 1",
        "wall_at = '2026-03-10T09:00:01Z'",
        "name = 'exercise.paused'",
        "version = 2",
        "cause = 'r9'",
        "body = replace(body, '\"', '\" ')",
        "body = CAST(X'ff00ff' AS TEXT)",
        "body = X'7b7d'",
        "request = CASE WHEN request IS NULL THEN '{}' ELSE NULL END",
        "hash = replace(hash, substr(hash, 1, 1), 'x')",
    ],
)
def test_a_change_of_any_column_is_found_at_its_row(tmp_path: Path, seq: int, change: str) -> None:
    path = three_events(tmp_path)
    tamper(path, f"UPDATE events SET {change} WHERE seq = {seq}")
    report = verify_chain(path)
    assert (report.broken_seq, report.fault) == (seq, Fault.CHANGED)
    assert str(seq) in report.sentence()


def test_a_row_taken_away_is_a_gap(tmp_path: Path) -> None:
    path = three_events(tmp_path)
    tamper(path, "DELETE FROM events WHERE seq = 2")
    report = verify_chain(path)
    assert (report.broken_seq, report.fault, report.detail) == (3, Fault.GAP, "2")


def test_a_renumbered_row_is_found(tmp_path: Path) -> None:
    path = three_events(tmp_path)
    tamper(path, "DELETE FROM events WHERE seq = 2", "UPDATE events SET seq = 2 WHERE seq = 3")
    assert verify_chain(path).broken_seq == 2


def test_two_rows_that_change_places_are_found(tmp_path: Path) -> None:
    path = three_events(tmp_path)
    tamper(
        path,
        "UPDATE events SET seq = 9 WHERE seq = 2",
        "UPDATE events SET seq = 2 WHERE seq = 3",
        "UPDATE events SET seq = 3 WHERE seq = 9",
    )
    assert verify_chain(path).broken_seq == 2


def test_a_cut_end_is_found(tmp_path: Path) -> None:
    path = three_events(tmp_path)
    tamper(path, "DELETE FROM events WHERE seq = 3")
    report = verify_chain(path)
    assert (report.broken_seq, report.fault) == (3, Fault.CUT)


@pytest.mark.parametrize("statement", ["DELETE FROM head", "UPDATE head SET seq = 2"])
def test_a_head_that_does_not_match_the_end_is_found(tmp_path: Path, statement: str) -> None:
    path = three_events(tmp_path)
    tamper(path, statement)
    assert verify_chain(path).fault is Fault.CUT


def test_a_cut_that_also_rewrites_the_head_shows_in_the_heads_hash(tmp_path: Path) -> None:
    path = three_events(tmp_path)
    noted = verify_chain(path).head
    tamper(
        path,
        "DELETE FROM events WHERE seq = 3",
        "UPDATE head SET seq = 2, hash = (SELECT hash FROM events WHERE seq = 2)",
    )
    assert verify_chain(path).head != noted


def test_a_journal_without_events_has_no_beginning(tmp_path: Path) -> None:
    path = three_events(tmp_path)
    tamper(path, "DELETE FROM events")
    report = verify_chain(path)
    assert (report.broken_seq, report.fault) == (1, Fault.NO_BEGINNING)


def test_a_forged_first_event_that_creates_nothing_is_found(tmp_path: Path) -> None:
    path = three_events(tmp_path)
    forge(path, 1, name="exercise.paused", body=canonical({"reason": ""}))
    report = verify_chain(path)
    assert (report.broken_seq, report.fault) == (1, Fault.NO_BEGINNING)


@pytest.mark.parametrize("body", ["[]", "{", '{"startex":3}', "{}", "[" * 5000])
def test_a_forged_row_that_cannot_be_decoded_is_found(tmp_path: Path, body: str) -> None:
    path = three_events(tmp_path)
    forge(path, 2, body=body)
    report = verify_chain(path)
    assert (report.broken_seq, report.fault) == (2, Fault.UNDECODABLE)


def test_an_event_from_the_future_is_whole_but_unknown(tmp_path: Path) -> None:
    path = three_events(tmp_path)
    forge(path, 2, name="drone.landed")
    report = verify_chain(path)
    assert (report.ok, report.unknown) == (True, 1)


def test_a_changed_text_is_found_at_the_event_that_names_it(tmp_path: Path) -> None:
    path = three_events(tmp_path)
    tamper(path, "UPDATE texts SET text = replace(text, 'refuse', 'accepte')")
    report = verify_chain(path)
    assert (report.broken_seq, report.fault) == (3, Fault.TEXT_CHANGED)


def test_a_changed_salt_is_found(tmp_path: Path) -> None:
    path = three_events(tmp_path)
    tamper(path, "UPDATE texts SET salt = X'00'")
    assert verify_chain(path).fault is Fault.TEXT_CHANGED


def test_a_text_that_disappeared_without_being_erased_is_found(tmp_path: Path) -> None:
    path = three_events(tmp_path)
    tamper(path, "DELETE FROM texts")
    report = verify_chain(path)
    assert (report.broken_seq, report.fault) == (3, Fault.TEXT_MISSING)


def test_the_first_of_several_faults_is_named(tmp_path: Path) -> None:
    path = three_events(tmp_path)
    tamper(path, "DELETE FROM texts", "UPDATE events SET sim_ms = 9 WHERE seq = 2")
    assert verify_chain(path).broken_seq == 2


def test_overwritten_bytes_are_found(tmp_path: Path) -> None:
    with new_journal(tmp_path) as journal:
        for number in range(300):
            journal.append(Batch(number, CLOCK, (ExercisePaused(),)), WALL)
    content = bytearray(journal.path.read_bytes())
    middle = content.index(b"exercise.paused", len(content) // 2)
    content[middle : middle + 4] = b"\xfe\xfe\xfe\xfe"
    journal.path.write_bytes(content)
    report = verify_chain(journal.path)
    assert report.fault is Fault.CHANGED
    assert 1 < (report.broken_seq or 0) < 302


def test_a_page_of_garbage_is_damage_and_no_crash(tmp_path: Path) -> None:
    with new_journal(tmp_path) as journal:
        for number in range(300):
            journal.append(Batch(number, CLOCK, (ExercisePaused(),)), WALL)
    content = bytearray(journal.path.read_bytes())
    content[-8 * 4096 : -4096] = b"\xff" * (7 * 4096)
    journal.path.write_bytes(content)
    assert verify_chain(journal.path).fault is Fault.DAMAGED


def test_a_journal_can_be_verified_while_it_is_written(tmp_path: Path) -> None:
    with new_journal(tmp_path) as journal:
        journal.append(Batch(0, CLOCK, (DebexGiven(startex="2026-03-10T09:00:00"),)), WALL)
        assert verify_chain(journal.path).events == 2


def test_what_is_no_journal_is_not_verified(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("bonjour" * 500)
    with pytest.raises(JournalError) as refused:
        verify_chain(tmp_path / "a.txt")
    assert refused.value.problem is JournalProblem.NOT_A_JOURNAL


def test_a_journal_that_verify_finds_whole_can_be_written_again(tmp_path: Path) -> None:
    path = three_events(tmp_path)
    assert verify_chain(path).ok
    Journal.open(path).close()
