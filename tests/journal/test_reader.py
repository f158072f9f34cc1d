"""A journal can be read by anybody, at any time, wherever it lies."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest

from cyberex.facts.exercise_events import ExercisePaused
from cyberex.facts.model import CLOCK, Batch, TextRef
from cyberex.journal.faults import JournalError, JournalProblem
from cyberex.journal.reader import PAGE, JournalReader
from cyberex.journal.schema import connect, uri
from tests.journal.journals import SAID, WALL, add_note, new_journal, tamper, three_events


def seqs(path: Path) -> list[int]:
    with JournalReader(path) as reader:
        return [one.seq for one in reader.events()]


@pytest.fixture
def read_only_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder in which SQLite can make no shared memory: then it refuses to open a WAL journal.

    Played by its own refusal of a missing file, because a root account may write anywhere.
    """

    def refusing(path: Path, parameters: str) -> sqlite3.Connection:
        if path.parent == tmp_path and parameters == "mode=ro":
            return connect(path / "none", parameters)
        return connect(path, parameters)

    monkeypatch.setattr("cyberex.journal.schema.connect", refusing)
    return tmp_path


def test_events_come_in_order_after_the_one_given(tmp_path: Path) -> None:
    with JournalReader(three_events(tmp_path)) as reader:
        assert [one.seq for one in reader.events(1)] == [2, 3]
        assert list(reader.events(3)) == []


def test_more_events_than_a_page_come_once_each(tmp_path: Path) -> None:
    with new_journal(tmp_path) as journal:
        journal.append(Batch(0, CLOCK, (ExercisePaused(),) * (2 * PAGE)), WALL)
    assert seqs(journal.path) == list(range(1, 2 * PAGE + 2))


def test_a_text_is_found_by_its_name_and_an_unknown_one_is_none(tmp_path: Path) -> None:
    with JournalReader(three_events(tmp_path)) as reader:
        (ref,) = reader.text_refs()
        assert reader.text(ref) == SAID
        assert reader.text(TextRef("sha256:0")) is None
        assert reader.text(TextRef("")) is None


def test_people_of_a_journal_older_than_a_column_are_read_without_it(tmp_path: Path) -> None:
    path = three_events(tmp_path)
    with closing(sqlite3.connect(path)) as db:
        db.execute('ALTER TABLE people DROP COLUMN "where"')
        db.commit()
    with JournalReader(path) as reader:
        assert [(one.id, one.where) for one in reader.people()] == [("p1", ""), ("p2", "")]


def test_a_reader_sees_what_is_appended_meanwhile(tmp_path: Path) -> None:
    with new_journal(tmp_path) as journal, JournalReader(journal.path) as reader:
        events = reader.events()
        assert next(events).seq == 1
        add_note(journal, SAID)
        assert [one.seq for one in events] == [2]


def test_a_reading_half_done_holds_no_writer_up(tmp_path: Path) -> None:
    path = three_events(tmp_path)
    with JournalReader(path) as reader:
        events = reader.events()
        next(events)
        with new_journal(tmp_path, "other.cyberex") as other:
            add_note(other, SAID)
        assert len(list(events)) == 2


def test_a_journal_left_open_by_a_reader_is_written_again(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    with JournalReader(journal.path) as reader:
        reader.last()
        journal.close()
        assert reader.last().seq == 1
    assert seqs(journal.path) == [1]


def test_a_copied_file_alone_reads_right(tmp_path: Path) -> None:
    path = three_events(tmp_path)
    (tmp_path / "clé usb").mkdir()
    copy = Path(shutil.copy(path, tmp_path / "clé usb"))
    assert seqs(copy) == [1, 2, 3]
    assert [one.name for one in copy.parent.iterdir()] == [copy.name]


def test_reading_writes_nothing(tmp_path: Path) -> None:
    path = three_events(tmp_path)
    before = path.read_bytes()
    with JournalReader(path) as reader, pytest.raises(sqlite3.OperationalError, match="readonly"):
        reader._reading.db.execute("DELETE FROM texts")
    assert path.read_bytes() == before


def test_a_journal_left_in_wal_mode_is_read_in_a_folder_that_cannot_be_written(
    read_only_folder: Path,
) -> None:
    path = three_events(read_only_folder)
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA journal_mode = WAL")
    assert seqs(path) == [1, 2, 3]


def test_a_killed_writers_wal_is_read_in_a_folder_that_cannot_be_written(
    read_only_folder: Path,
) -> None:
    journal = new_journal(read_only_folder / "elsewhere")
    add_note(journal, SAID)
    copy = read_only_folder / "copy.cyberex"
    shutil.copyfile(journal.path, copy)
    shutil.copyfile(f"{journal.path}-wal", f"{copy}-wal")
    journal.close()
    assert seqs(copy) == [1, 2]


def test_a_journal_without_its_first_event_is_said_damaged(tmp_path: Path) -> None:
    path = three_events(tmp_path)
    tamper(path, "DELETE FROM events", "DELETE FROM clock")
    with JournalReader(path) as reader:
        for read in (lambda: reader.created, reader.last, reader.clock):
            with pytest.raises(JournalError) as refused:
                read()
            assert refused.value.problem is JournalProblem.CORRUPTED


def test_the_first_event_need_not_be_all_that_is_there_to_be_read(tmp_path: Path) -> None:
    path = three_events(tmp_path)
    tamper(path, "DELETE FROM events WHERE seq = 1")
    assert seqs(path) == [2, 3]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (PurePosixPath("/tmp/a b.cyberex"), "file:///tmp/a%20b.cyberex?mode=ro"),
        (PurePosixPath("/tmp/50%?#.cyberex"), "file:///tmp/50%25%3F%23.cyberex?mode=ro"),
        (PureWindowsPath(r"C:\Users\Zoé\a.cyberex"), "file:///C:/Users/Zo%C3%A9/a.cyberex?mode=ro"),
        (
            PureWindowsPath(r"\\serveur\partage\a.cyberex"),
            "file:////serveur/partage/a.cyberex?mode=ro",
        ),
    ],
)
def test_sqlite_is_given_a_name_that_any_system_understands(path: PurePath, name: str) -> None:
    assert uri(path, "mode=ro") == name


@pytest.mark.parametrize("name", ["50%.cyberex", "a?b#c.cyberex", "file:x.cyberex", "é ç.cyberex"])
def test_a_file_may_have_an_awkward_name(tmp_path: Path, name: str) -> None:
    with new_journal(tmp_path, name) as journal:
        add_note(journal, SAID)
    assert seqs(tmp_path / name) == [1, 2]


@pytest.mark.parametrize(
    "change",
    [
        "sim_ms = 'noon'",
        "wall_at = 'noon'",
        "wall_at = '2026-03-10'",
        "sim_ms = 1.5",
        "sim_ms = 1 << 60",
    ],
)
def test_a_clock_that_no_writer_wrote_is_said_damaged(tmp_path: Path, change: str) -> None:
    path = three_events(tmp_path)
    tamper(path, f"UPDATE clock SET {change}")
    with JournalReader(path) as reader, pytest.raises(JournalError) as refused:
        reader.clock()
    assert refused.value.problem is JournalProblem.CORRUPTED


@pytest.mark.parametrize("change", ["wall_at = 'noon'", "wall_at = x'ff'", "sim_ms = 1 << 60"])
def test_an_event_at_no_hour_cannot_be_read(tmp_path: Path, change: str) -> None:
    path = three_events(tmp_path)
    tamper(path, f"UPDATE events SET {change} WHERE seq = 2")
    with pytest.raises(JournalError) as refused:
        seqs(path)
    assert refused.value.problem in (JournalProblem.UNREADABLE_EVENT, JournalProblem.CORRUPTED)


def test_a_name_that_is_no_unicode_is_a_name_all_the_same() -> None:
    name = uri(PurePosixPath("/cl\udce9 usb/x.cyberex"), "mode=ro")
    assert name == "file:///cl%E9%20usb/x.cyberex?mode=ro"
