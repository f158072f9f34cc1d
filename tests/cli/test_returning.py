"""Coming back to an exercise: what is offered before another begins, what is said on leaving."""

import asyncio
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from cyberex import i18n
from cyberex.cli.returning import asked_to_resume, leaving_lines, unfinished
from cyberex.exercise.clocks import VirtualClocks
from cyberex.exercise.opening import create_exercise
from cyberex.facts.commands import Close, GiveDebex, GiveFinex, StartBriefing
from tests.exercise.conftest import NINE
from tests.exercise.table import scenario_json

DAY = NINE.date()


@pytest.fixture(autouse=True)
def _french() -> Iterator[None]:
    before = i18n.language()
    i18n.set_language("fr")
    yield
    i18n.set_language(before)


def left(folder: Path, *, rehearsal: bool = False, closed: bool = False) -> Path:
    """The journal of an exercise that began and that its process left."""
    path = folder / f"small-{rehearsal}-{closed}.cyberex"

    async def play() -> None:
        exercise = await create_exercise(
            scenario_json(),
            source="s.yaml",
            seed=1,
            journal_path=path,
            rehearsal=rehearsal,
            clocks=VirtualClocks(NINE),
        )
        for command in (StartBriefing(), GiveDebex()):
            await exercise.submit(command)
        if closed:
            await exercise.submit(GiveFinex())
            await exercise.submit(Close())
        await exercise.close()

    asyncio.run(play())
    return path


def test_an_exercise_of_today_that_is_not_closed_is_found(tmp_path: Path) -> None:
    path = left(tmp_path)
    found = unfinished("small", tmp_path, DAY, rehearsal=False)
    assert found is not None
    assert found.path == path


@pytest.mark.parametrize(
    ("scenario", "day"), [("sma", DAY), ("other", DAY), ("small", date(2026, 1, 1))]
)
def test_another_scenario_or_another_day_is_not_offered(
    tmp_path: Path, scenario: str, day: date
) -> None:
    left(tmp_path)
    assert unfinished(scenario, tmp_path, day, rehearsal=False) is None


def test_a_closed_exercise_is_not_offered(tmp_path: Path) -> None:
    left(tmp_path, closed=True)
    assert unfinished("small", tmp_path, DAY, rehearsal=False) is None


def test_a_rehearsal_is_not_gone_on_with_as_an_exercise(tmp_path: Path) -> None:
    left(tmp_path, rehearsal=True)
    assert unfinished("small", tmp_path, DAY, rehearsal=False) is None
    assert unfinished("small", tmp_path, DAY, rehearsal=True) is not None


@pytest.mark.parametrize(
    ("typed", "resumed"),
    [(["reprendre"], True), (["r"], True), (["nouveau"], False), (["quoi", "N"], False)],
)
def test_going_on_is_asked_in_french(tmp_path: Path, typed: list[str], resumed: bool) -> None:
    left(tmp_path)
    found = unfinished("small", tmp_path, DAY, rehearsal=False)
    assert found is not None
    answers = iter(typed)
    asked: list[tuple[str, str]] = []

    def ask(question: str, default: str) -> str:
        asked.append((question, default))
        return next(answers)

    assert asked_to_resume(found, ask) is resumed
    assert "reprendre / nouveau" in asked[0][0]
    assert asked[0][1] == "reprendre"


def test_leaving_says_where_the_journal_is_and_how_to_go_on(tmp_path: Path) -> None:
    path = left(tmp_path)
    said = "\n".join(leaving_lines(path, tmp_path / "none"))
    assert str(path) in said
    assert f'cyberex resume "{path}"' in said
    assert "--portal" not in said
    assert "compte rendu" not in said.lower()


@pytest.mark.parametrize(
    ("portal", "end"), [("", '" --portal'), ("127.0.0.1:8770", '" --portal 127.0.0.1:8770')]
)
def test_leaving_says_where_the_pages_are_to_be_served_again(
    tmp_path: Path, portal: str, end: str
) -> None:
    path = left(tmp_path)
    assert any(line.endswith(end) for line in leaving_lines(path, tmp_path, portal=portal))


def test_leaving_a_closed_exercise_says_where_the_report_is(tmp_path: Path) -> None:
    path = left(tmp_path, closed=True)
    report = tmp_path / "retex"
    report.mkdir()
    (report / "retex.html").write_text("x", "utf-8")
    said = "\n".join(leaving_lines(path, report))
    assert "cyberex resume" not in said
    assert str(report) in said
