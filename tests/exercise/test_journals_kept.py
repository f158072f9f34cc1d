"""Journals that an earlier cyberex wrote: each still opens, reads and plays the same game.

A new sample is added when the rules, an event or the file's format change; none is ever replaced.
"""

import shutil
from pathlib import Path

import pytest

from cyberex.exercise.opening import created_from, plan_and_engine
from cyberex.exercise.verify import verify
from cyberex.facts.model import RULES
from cyberex.journal.reader import JournalReader
from cyberex.views.board import Board
from cyberex.views.situation import State

JOURNALS = sorted((Path(__file__).parents[1] / "data" / "journals").glob("*.cyberex"))


@pytest.fixture(params=JOURNALS, ids=lambda path: path.stem)
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A copy: reading may leave side files, and the sample must stay as it was written."""
    return Path(shutil.copy(request.param, tmp_path))


def test_there_are_samples() -> None:
    assert JOURNALS


def test_a_journal_once_written_is_whole_and_plays_the_same_game(kept: Path) -> None:
    report = verify(kept)
    assert report.chain.ok
    assert report.difference is None
    assert report.compared == (report.rules == RULES)


def test_a_journal_once_written_can_be_read_to_its_end(kept: Path) -> None:
    with JournalReader(kept) as reader:
        recorded = list(reader.events())
    plan, _engine = plan_and_engine(created_from(recorded), kept)
    assert Board(plan).apply_all(recorded).situation.state is State.DEBRIEF
