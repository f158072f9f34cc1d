"""What is appended is there afterwards, whole and in order, or nothing is."""

import dataclasses
import sqlite3
import tempfile
import typing
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cyberex.errors import UserError
from cyberex.facts import codec
from cyberex.facts.commands import AddNote, SkipStimulus
from cyberex.facts.events import EVENTS
from cyberex.facts.exercise_events import DebexGiven, ExercisePaused
from cyberex.facts.model import CLOCK, Batch, Event, Recorded, Request, TextRef
from cyberex.journal.chain import salted
from cyberex.journal.faults import JournalError, JournalProblem
from cyberex.journal.lock import JournalLock
from cyberex.journal.reader import JournalReader
from cyberex.journal.schema import connect
from cyberex.journal.store import Journal
from cyberex.journal.verify import verify_chain
from tests.journal.journals import (
    PEOPLE,
    SAID,
    WALL,
    add_note,
    created,
    new_journal,
    note,
    tamper,
    three_events,
)

WORDS = st.text(max_size=12)
POOL = {salted(text, b"salt")[0]: (b"salt", text) for text in ("été", "\x00", "𝄞 fin", "'; --")}
REFS = st.sampled_from([TextRef(""), *POOL])


def values(hint: Any) -> st.SearchStrategy[Any]:
    if hint is TextRef:
        return REFS
    if hint is float:
        return st.floats(allow_nan=False, allow_infinity=False)
    if typing.get_args(hint) == (TextRef, Ellipsis):
        return st.lists(REFS, max_size=2).map(tuple)
    if typing.get_origin(hint) is Mapping:
        of = typing.get_args(hint)[1]
        inner = WORDS | st.integers() | st.none() if of is Any else st.from_type(of)
        return st.dictionaries(WORDS, inner, max_size=3)
    return st.from_type(hint)


def events_of(kind: type[Event]) -> st.SearchStrategy[Event]:
    hints = typing.get_type_hints(kind)
    names = [field.name for field in dataclasses.fields(kind)]
    return st.builds(kind, **{name: values(hints[name]) for name in names})


ANY_EVENT = st.sampled_from(sorted(EVENTS)).flatmap(lambda name: events_of(EVENTS[name]))
REQUESTS = st.builds(
    Request, WORDS, WORDS, WORDS, st.builds(AddNote, text=REFS) | st.builds(SkipStimulus)
)
BATCHES = st.builds(
    Batch,
    st.integers(-(2**40), 2**40),
    WORDS,
    st.lists(ANY_EVENT, min_size=1, max_size=4).map(tuple),
    st.none() | REQUESTS,
)


@settings(max_examples=40, deadline=None)
@given(st.lists(BATCHES, max_size=4))
def test_what_is_appended_is_read_back_exactly(batches: list[Batch]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        with new_journal(Path(folder)) as journal:
            returned = [one for batch in batches for one in journal.append(batch, WALL, POOL)]
        with JournalReader(journal.path) as reader:
            assert list(reader.events(1)) == returned
        assert verify_chain(journal.path).ok


def test_a_request_stands_on_the_first_event_of_its_transaction_only(tmp_path: Path) -> None:
    batch, texts = note(SAID)
    twice = dataclasses.replace(batch, events=batch.events * 2)
    with new_journal(tmp_path) as journal:
        first, second = journal.append(twice, WALL, texts)
    assert (first.request, second.request) == (batch.request, None)
    assert (first.seq, second.seq, first.cause) == (2, 3, "r1")


def test_the_first_event_is_the_creation_and_can_be_read_alone(tmp_path: Path) -> None:
    new_journal(tmp_path).close()
    with JournalReader(tmp_path / "exercice d'été.cyberex") as reader:
        assert reader.created == created()
        assert reader.last() == Recorded(1, 0, WALL, "create", created())
        assert reader.meta == {"format": "1", "program": "0.1", "rules": "1"}


def test_a_journal_begins_with_nothing_else_than_a_creation(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"exercise\.created"):
        Journal.create(tmp_path / "a.cyberex", ExercisePaused(), wall_at=WALL)


def test_creating_makes_the_folder_and_keeps_the_directory(tmp_path: Path) -> None:
    with (
        new_journal(tmp_path / "un dossier" / "profond") as journal,
        JournalReader(journal.path) as reader,
    ):
        assert tuple(reader.people()) == PEOPLE


def test_creating_over_an_existing_file_is_refused_and_leaves_it(tmp_path: Path) -> None:
    path = tmp_path / "exercice d'été.cyberex"
    path.write_text("précieux", encoding="utf-8")
    with pytest.raises(JournalError) as refused:
        new_journal(tmp_path)
    assert refused.value.problem is JournalProblem.EXISTS
    assert path.read_text(encoding="utf-8") == "précieux"


def test_the_rest_of_a_journal_that_was_moved_away_is_not_mixed_with_a_new_one(
    tmp_path: Path,
) -> None:
    left = tmp_path / "exercice d'été.cyberex-wal"
    left.write_bytes(b"frames")
    with pytest.raises(JournalError, match="wal") as refused:
        new_journal(tmp_path)
    assert refused.value.problem is JournalProblem.EXISTS
    assert left.read_bytes() == b"frames"


def test_what_a_killed_creation_left_does_not_hinder_the_next(tmp_path: Path) -> None:
    for suffix in (".part", ".part-journal"):
        (tmp_path / f"exercice d'été.cyberex{suffix}").write_bytes(b"half")
    new_journal(tmp_path).close()
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".cyberex", ".lock"]


def test_a_creation_on_a_full_disk_leaves_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def on_a_full_disk(path: Path, parameters: str) -> sqlite3.Connection:
        db = connect(path, parameters)
        db.execute("PRAGMA max_page_count = 3")
        return db

    with monkeypatch.context() as patched:
        patched.setattr("cyberex.journal.opening.connect", on_a_full_disk)
        with pytest.raises(JournalError) as refused:
            new_journal(tmp_path)
    assert refused.value.problem is JournalProblem.DISK_FULL
    assert [path.suffix for path in tmp_path.iterdir()] == [".lock"]
    new_journal(tmp_path).close()


def test_a_creation_that_cannot_go_on_leaves_no_side_file_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_shared_memory(db: sqlite3.Connection) -> None:
        db.execute("PRAGMA journal_mode = WAL")
        (tmp_path / "exercice d'été.cyberex-shm").write_bytes(b"short")
        (tmp_path / "exercice d'été.cyberex-wal").write_bytes(b"")
        raise sqlite3.OperationalError("disk I/O error")

    with monkeypatch.context() as patched:
        patched.setattr("cyberex.journal.store.prepare_for_writing", no_shared_memory)
        with pytest.raises(JournalError):
            new_journal(tmp_path)
    assert [path.suffix for path in tmp_path.iterdir()] == [".lock"]


def test_a_person_twice_in_the_directory_is_a_bug_and_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="p1"):
        Journal.create(
            tmp_path / "a.cyberex", created(), wall_at=WALL, people=(PEOPLE[0], PEOPLE[0])
        )
    assert list(tmp_path.iterdir()) == []


def test_creating_below_a_file_is_one_sentence_for_the_operator(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UserError, match="file"):
        new_journal(tmp_path / "file" / "below")


def test_closing_leaves_one_plain_file_and_its_lock(tmp_path: Path) -> None:
    path = three_events(tmp_path)
    assert sorted(one.name for one in tmp_path.iterdir()) == [path.name, f"{path.name}.lock"]


def test_closing_twice_is_harmless(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    journal.close()
    journal.close()


def test_a_journal_may_be_written_and_closed_from_other_threads(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    with ThreadPoolExecutor(1) as executor:
        executor.submit(add_note, journal, SAID).result()
    with ThreadPoolExecutor(1) as executor:
        executor.submit(journal.close).result()
    Journal.open(journal.path).close()


def test_a_reopened_journal_goes_on_where_it_ended(tmp_path: Path) -> None:
    path = three_events(tmp_path)
    with Journal.open(path) as journal:
        assert journal.last_seq == 3
        (added,) = journal.append(Batch(9, CLOCK, (ExercisePaused(),)), WALL)
    assert added.seq == 4
    assert verify_chain(path).events == 4


def test_the_clock_is_rewritten_outside_the_chain(tmp_path: Path) -> None:
    with new_journal(tmp_path) as journal, JournalReader(journal.path) as reader:
        assert reader.clock() == (0, WALL)
        journal.set_clock(61_000, "2026-03-10T09:01:01Z")
        assert reader.clock() == (61_000, "2026-03-10T09:01:01Z")
        assert journal.last_seq == 1
    assert verify_chain(journal.path).ok


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET cause = 'x' WHERE seq = 2",
        "UPDATE OR REPLACE events SET seq = 1 WHERE seq = 2",
        "DELETE FROM events WHERE seq = 3",
        "INSERT OR REPLACE INTO events SELECT 1, 5, '', name, 1, '', body, '', hash FROM events",
        "REPLACE INTO events SELECT * FROM events WHERE seq = 2",
        "INSERT OR IGNORE INTO events SELECT * FROM events WHERE seq = 2",
        "INSERT INTO events SELECT 9, 1, wall_at, name, 1, '', body, '', hash FROM events",
    ],
)
def test_the_file_itself_refuses_what_is_no_append(tmp_path: Path, statement: str) -> None:
    path = three_events(tmp_path)
    with (
        closing(sqlite3.connect(path)) as db,
        pytest.raises(sqlite3.IntegrityError, match="events are"),
    ):
        db.execute(statement)
    assert verify_chain(path).ok


def test_opening_puts_back_triggers_that_were_taken_off(tmp_path: Path) -> None:
    path = three_events(tmp_path)
    tamper(path)
    Journal.open(path).close()
    with closing(sqlite3.connect(path)) as db, pytest.raises(sqlite3.IntegrityError):
        db.execute("DELETE FROM events")


def fill(journal: Journal) -> None:
    for number in range(1, 100):
        add_note(journal, "x" * 4000, number)


def test_a_full_disk_writes_nothing_and_the_journal_goes_on_once_there_is_room(
    tmp_path: Path,
) -> None:
    with new_journal(tmp_path) as journal:
        journal._db.execute("PRAGMA max_page_count = 1")  # SQLite then refuses to grow the file
        with pytest.raises(JournalError) as refused:
            fill(journal)
        assert refused.value.problem is JournalProblem.DISK_FULL
        kept = journal.last_seq
        assert verify_chain(journal.path).events == kept
        journal._db.execute("PRAGMA max_page_count = 100000")
        add_note(journal, "de la place", 200)
    report = verify_chain(journal.path)
    assert (report.ok, report.events) == (True, kept + 1)


def test_an_append_that_a_bug_interrupts_leaves_nothing_of_itself(tmp_path: Path) -> None:
    batch, texts = note(SAID)
    with new_journal(tmp_path) as journal:
        with pytest.raises(ValueError, match="not given"):
            journal.append(batch, WALL)
        with pytest.raises(ValueError, match="does not name"):
            journal.append(batch, WALL, dict.fromkeys(texts, (b"other", SAID)))
        assert journal.last_seq == 1
        journal.append(batch, WALL, texts)
    assert verify_chain(journal.path).events == 2


def test_a_text_already_kept_need_not_be_given_again(tmp_path: Path) -> None:
    batch, texts = note(SAID)
    with new_journal(tmp_path) as journal:
        journal.append(batch, WALL, texts)
        journal.append(batch, WALL)
        journal.append(batch, WALL, texts)
    assert verify_chain(journal.path).events == 4


def test_a_text_with_half_a_character_is_kept_as_far_as_it_can_be(tmp_path: Path) -> None:
    with new_journal(tmp_path) as journal:
        ref = add_note(journal, "coupé \ud83d")
    with JournalReader(journal.path) as reader:
        assert reader.text(ref) == "coupé ?"
    assert verify_chain(journal.path).ok


def test_two_texts_with_the_same_words_have_different_names() -> None:
    assert salted("oui")[0] != salted("oui")[0]


def test_a_second_writer_is_told_who_holds_the_journal(tmp_path: Path) -> None:
    with new_journal(tmp_path) as journal:
        with pytest.raises(JournalError, match="pid ") as refused:
            Journal.open(journal.path)
        add_note(journal, SAID)
    assert refused.value.problem is JournalProblem.LOCKED
    Journal.open(journal.path).close()


def test_a_lock_alone_already_keeps_others_out(tmp_path: Path) -> None:
    path = three_events(tmp_path)
    lock = JournalLock(path)
    with pytest.raises(JournalError) as refused:
        Journal.open(path)
    lock.release()
    assert refused.value.problem is JournalProblem.LOCKED
    Journal.open(path).close()


def problem_at_opening(path: Path) -> JournalProblem:
    with pytest.raises(JournalError) as refused:
        Journal.open(path)
    assert refused.value.message
    assert refused.value.advice
    return refused.value.problem


def test_a_missing_journal_is_said_missing(tmp_path: Path) -> None:
    assert problem_at_opening(tmp_path / "none.cyberex") is JournalProblem.MISSING
    with pytest.raises(JournalError, match=r"none\.cyberex"):
        JournalReader(tmp_path / "none.cyberex")


@pytest.mark.parametrize("content", [b"", b"du texte, pas un journal " * 100])
def test_another_file_is_no_journal_and_is_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "lettre.cyberex"
    path.write_bytes(content)
    assert problem_at_opening(path) is JournalProblem.NOT_A_JOURNAL
    assert path.read_bytes() == content


def test_another_database_or_a_folder_is_no_journal(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "other.db")) as db:
        db.execute("CREATE TABLE meta (key, value)")
    assert problem_at_opening(tmp_path / "other.db") is JournalProblem.NOT_A_JOURNAL
    assert problem_at_opening(tmp_path) is JournalProblem.NOT_A_JOURNAL


def test_a_newer_format_is_not_written_but_can_be_read(tmp_path: Path) -> None:
    path = three_events(tmp_path)
    tamper(path, "UPDATE meta SET value = '2' WHERE key = 'format'")
    before = path.read_bytes()
    assert problem_at_opening(path) is JournalProblem.NEWER
    assert path.read_bytes() == before
    with JournalReader(path) as reader:
        assert len(list(reader.events())) == 3


@pytest.mark.parametrize("written", ["", "²", "0", "9" * 5_000])
def test_a_format_that_is_no_number_we_know_is_not_written(tmp_path: Path, written: str) -> None:
    path = three_events(tmp_path)
    tamper(path, f"UPDATE meta SET value = '{written}' WHERE key = 'format'")
    with pytest.raises(JournalError) as refused:
        Journal.open(path)
    assert refused.value.problem is JournalProblem.NEWER


def test_newer_rules_can_be_read(tmp_path: Path) -> None:
    first = dataclasses.replace(created(), rules=99)
    Journal.create(tmp_path / "a.cyberex", first, wall_at=WALL).close()
    with JournalReader(tmp_path / "a.cyberex") as reader:
        assert reader.created.rules == 99


def test_a_changed_end_is_seen_when_the_journal_is_opened_to_be_written(tmp_path: Path) -> None:
    path = three_events(tmp_path)
    tamper(path, "UPDATE events SET sim_ms = 5 WHERE seq = 3")
    assert problem_at_opening(path) is JournalProblem.CORRUPTED


def test_a_cut_end_is_seen_when_the_journal_is_opened_to_be_written(tmp_path: Path) -> None:
    path = three_events(tmp_path)
    tamper(path, "DELETE FROM events WHERE seq = 3")
    assert problem_at_opening(path) is JournalProblem.CORRUPTED


def test_overwritten_pages_are_told_and_not_written_to(tmp_path: Path) -> None:
    path = three_events(tmp_path)
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(content)
    assert problem_at_opening(path) is JournalProblem.CORRUPTED
    assert path.read_bytes() == content


def test_a_file_that_may_not_be_written_is_refused_and_can_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = three_events(tmp_path)

    def only_reading(path: Path, _parameters: str) -> sqlite3.Connection:
        # Permission bits do not stop a root account; SQLite's own mode does.
        return connect(path, "mode=ro")

    with monkeypatch.context() as patched:
        patched.setattr("cyberex.journal.store.connect", only_reading)
        assert problem_at_opening(path) is JournalProblem.READ_ONLY
    with JournalReader(path) as reader:
        assert reader.last().seq == 3


def test_an_event_of_a_newer_program_is_named_when_it_is_read(tmp_path: Path) -> None:
    path = three_events(tmp_path)
    tamper(path, "UPDATE events SET name = 'drone.landed' WHERE seq = 2")
    with JournalReader(path) as reader, pytest.raises(JournalError, match=r"drone\.landed"):
        list(reader.events())


def test_an_upcast_event_is_read_as_todays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = three_events(tmp_path)
    tamper(path, """UPDATE events SET version = 0, body = '{"at":"08:00"}' WHERE seq = 2""")
    monkeypatch.setitem(
        codec.UPCASTERS,
        ("exercise.debex_given", 0),
        lambda body: {"startex": body["at"]},
    )
    with JournalReader(path) as reader:
        assert next(reader.events(1)).event == DebexGiven(startex="08:00")
