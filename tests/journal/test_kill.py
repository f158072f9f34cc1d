"""A process killed at any instant loses nothing that it acknowledged, and holds nobody up."""

import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cyberex.journal.faults import JournalError, JournalProblem
from cyberex.journal.reader import JournalReader
from cyberex.journal.store import Journal
from cyberex.journal.verify import verify_chain
from tests.journal.journals import new_journal

ROOT = Path(__file__).parents[2]
KILLS = 50


@contextmanager
def writer_of(path: Path) -> Iterator["subprocess.Popen[str]"]:
    """Another process that has opened the journal and goes on writing."""
    command = [sys.executable, "-S", "-c", _WITH_THESE_LIBRARIES, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "open\n"
            yield process
        finally:
            process.kill()


# Skips what site-packages run at start: half of the time of a child.
_WITH_THESE_LIBRARIES = (
    f"import sys; sys.path[:] = {[str(ROOT), *filter(None, sys.path)]!r};"
    "from tests.journal.writer_process import write_until_killed;"
    "write_until_killed(sys.argv[1])"
)


def acknowledged(process: "subprocess.Popen[str]", lines: int) -> int:
    """The last seq that the process said after being killed once it had said `lines` of them."""
    assert process.stdout is not None
    for _line in range(lines):
        process.stdout.readline()
    process.kill()
    # A last line without its end was not wholly said.
    said = [line for line in process.stdout.read().splitlines(keepends=True) if line[-1] == "\n"]
    return int(said[-1]) if said else 0


@pytest.mark.slow
def test_fifty_kills_lose_nothing_acknowledged(tmp_path: Path) -> None:
    new_journal(tmp_path).close()
    path = tmp_path / "exercice d'été.cyberex"
    drawn = random.Random(50)
    for _kill in range(KILLS):
        with writer_of(path) as process:
            promised = acknowledged(process, drawn.randint(0, 30))
        report = verify_chain(path)
        assert report.ok, report.sentence()
        assert report.events >= promised
    with JournalReader(path) as reader:
        assert all(reader.text(ref) for ref in reader.text_refs())
        assert len(reader.text_refs()) == report.events - 1


def test_a_kill_frees_the_journal_for_the_next_writer(tmp_path: Path) -> None:
    new_journal(tmp_path).close()
    path = tmp_path / "exercice d'été.cyberex"
    with writer_of(path) as process:
        with pytest.raises(JournalError, match=f"pid {process.pid}") as refused:
            Journal.open(path)
        promised = acknowledged(process, 3)
    assert refused.value.problem is JournalProblem.LOCKED
    with Journal.open(path) as journal:
        assert journal.last_seq >= promised


def test_readers_follow_another_process_that_writes(tmp_path: Path) -> None:
    new_journal(tmp_path).close()
    path = tmp_path / "exercice d'été.cyberex"
    with writer_of(path) as process, JournalReader(path) as reader:
        assert process.stdout is not None
        for _line in range(5):
            said = int(process.stdout.readline())
            assert reader.last().seq >= said


def test_verifying_while_another_process_writes_finds_no_fault(tmp_path: Path) -> None:
    new_journal(tmp_path).close()
    path = tmp_path / "exercice d'été.cyberex"
    with writer_of(path):
        assert [
            report for report in (verify_chain(path) for _time in range(50)) if not report.ok
        ] == []


def test_a_copy_made_after_a_kill_reads_right_with_its_wal(tmp_path: Path) -> None:
    new_journal(tmp_path / "here").close()
    path = tmp_path / "here" / "exercice d'été.cyberex"
    with writer_of(path) as process:
        promised = acknowledged(process, 5)
    (tmp_path / "there").mkdir()
    copy = tmp_path / "there" / "copie.cyberex"
    shutil.copyfile(path, copy)
    shutil.copyfile(f"{path}-wal", f"{copy}-wal")
    report = verify_chain(copy)
    assert report.ok
    assert report.events >= promised
