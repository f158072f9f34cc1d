"""A folder's journals can be listed whatever they hold."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from cyberex.facts.exercise_events import (
    BriefingStarted,
    DebexGiven,
    ExerciseClosed,
    ExercisePaused,
    FinexGiven,
)
from cyberex.facts.model import CLOCK, Batch, Event
from cyberex.journal.store import Journal
from cyberex.journal.summaries import JournalSummary, summaries
from tests.journal.journals import WALL, created, new_journal, tamper, three_events

LIFE: list[Event] = [
    BriefingStarted(from_ms=-1),
    DebexGiven(startex="2026-03-10T09:00:00"),
    FinexGiven(),
    ExerciseClosed(),
]


def test_a_journal_is_told_by_its_title_and_where_it_stands(tmp_path: Path) -> None:
    path = three_events(tmp_path)
    assert summaries(tmp_path) == [
        JournalSummary(
            path=path,
            exercise="es-1",
            title="Panne générale",
            created_wall="2026-03-10T10:00:00+01:00",
            last_sim_ms=1000,
            state="play",
        )
    ]


@pytest.mark.parametrize(
    ("done", "state"), list(enumerate(["ready", "briefing", "play", "debrief", "closed"]))
)
def test_the_state_is_that_of_the_last_step_of_its_life(
    tmp_path: Path, done: int, state: str
) -> None:
    with new_journal(tmp_path) as journal:
        for event in LIFE[:done]:
            journal.append(Batch(0, CLOCK, (event, ExercisePaused())), WALL)
    assert summaries(tmp_path)[0].state == state


def test_the_clock_counts_when_it_is_later_than_the_last_event(tmp_path: Path) -> None:
    with new_journal(tmp_path) as journal:
        journal.set_clock(90_000, WALL)
        assert summaries(tmp_path)[0].last_sim_ms == 90_000


def test_an_empty_or_missing_folder_holds_no_journal(tmp_path: Path) -> None:
    assert summaries(tmp_path) == summaries(tmp_path / "none") == []


def test_what_cannot_be_read_says_so_after_the_others(tmp_path: Path) -> None:
    path = three_events(tmp_path)
    for name, statement in {
        "b": "DELETE FROM events",
        "c": "UPDATE events SET body = '[]' WHERE seq = 1",
        "d": "UPDATE events SET body = X'ff' WHERE seq = 1",
        "e": "DROP TABLE clock",
        "f": 'UPDATE events SET body = \'{"exercise":1,"scenario":3}\' WHERE seq = 1',
    }.items():
        tamper(Path(shutil.copy(path, tmp_path / f"{name}.cyberex")), statement)
    (tmp_path / "g.cyberex").write_text("bonjour")
    (tmp_path / "h.cyberex").mkdir()
    found = summaries(tmp_path)
    assert [one.path.stem for one in found if one.problem] == list("bcdefgh")
    assert found[0] == summaries(tmp_path)[0]
    assert not found[0].problem


def test_the_last_created_comes_first(tmp_path: Path) -> None:
    for year in (2024, 2026, 2025):
        first = created(str(year))
        first = replace(first, created_wall=f"{year}-03-10T10:00:00+01:00")
        Journal.create(tmp_path / f"{year}.cyberex", first, wall_at=WALL).close()
    assert [one.title for one in summaries(tmp_path)] == ["2026", "2025", "2024"]
