"""What players look up on their pages: the sheets that are theirs, and nothing of the story."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from cyberex.cli.loading import locate, make_ready
from cyberex.cli.player_papers import LARGEST, SHEETS, files_beside, papers_of
from cyberex.portal.for_observers import of_cell

NOW = datetime(2026, 1, 12, 8, 0, tzinfo=UTC)
FACILITY = """\
cyberex_exercise: 1
title: Exercice de janvier
facility: CH de Test
day: À COMPLÉTER
animation: {phone: 01 99 00 00 01, email: jeu@exercice.example}
code_word: rouge
data_notice: {responsible: La directrice, contact: dpo@exercice.example}
"""


@pytest.mark.parametrize("kit", ["beginner", "intermediate", "advanced"])
@pytest.mark.parametrize("sector", ["es", "esms"])
def test_the_sheets_of_a_kit_are_there_and_tell_nothing_of_the_story(kit: str, sector: str) -> None:
    ready = make_ready(locate(kit, sector)[0])
    assert ready.plan is not None
    held, _ = papers_of(ready.plan, ready.found.path, ready.people, NOW)
    assert len(held.documents) == len(SHEETS)
    said = repr(held.documents)
    for stimulus in ready.plan.stimuli.values():
        assert stimulus.title not in said
        assert stimulus.text.strip()[:60] not in said
    assert (held.notice, held.contact) == ("", "")


def test_a_facility_s_own_folder_gives_its_contact_and_its_words(tmp_path: Path) -> None:
    (tmp_path / "exercise.yaml").write_text(FACILITY, encoding="utf-8")
    plan = make_ready(locate("beginner", "es")[0]).plan
    assert plan is not None
    held, _ = papers_of(plan, tmp_path / "scenario.yaml", (), NOW)
    assert held.contact == "01 99 00 00 01 · jeu@exercice.example"
    assert held.code_word == "rouge"
    assert "dpo@exercice.example" in held.notice


def test_only_what_stands_beside_the_scenario_is_attached(tmp_path: Path) -> None:
    (tmp_path / "jeu").mkdir()
    (tmp_path / "jeu" / "note.pdf").write_bytes(b"note")
    (tmp_path / "secret.txt").write_bytes(b"secret")
    read = files_beside(tmp_path / "jeu" / "scenario.yaml")
    assert read("note.pdf") == b"note"
    assert read("../secret.txt") is None
    assert read(str(tmp_path / "secret.txt")) is None
    assert read("absent.pdf") is None


@pytest.mark.parametrize(
    "name",
    [
        "cyberex.toml",
        "people.yaml",
        "PEOPLE.YAML",
        "exercice.cyberex",
        "portal.key",
        ".env",
    ],
)
def test_what_a_scenario_attaches_is_never_what_the_exercise_keeps_for_itself(
    tmp_path: Path, name: str
) -> None:
    (tmp_path / name).write_bytes(b"password")
    assert files_beside(tmp_path / "scenario.yaml")(name) is None


def test_a_file_too_large_to_be_attached_is_not_even_read(tmp_path: Path) -> None:
    with (tmp_path / "film.mp4").open("wb") as film:
        film.truncate(LARGEST + 1)
    assert files_beside(tmp_path / "scenario.yaml")("film.mp4") is None


@pytest.mark.parametrize("kit", ["beginner", "intermediate", "advanced"])
@pytest.mark.parametrize("sector", ["es", "esms"])
def test_each_observer_ticks_the_lines_of_their_printed_sheet(kit: str, sector: str) -> None:
    ready = make_ready(locate(kit, sector)[0])
    assert ready.plan is not None
    _, criteria = papers_of(ready.plan, ready.found.path, ready.people, NOW)
    assert len({line.id for line in criteria}) == len(criteria)
    for cell in ready.plan.cells:
        lines = of_cell(criteria, cell)
        assert 5 <= len(lines) <= 15
        assert all(line.title and line.text and line.theme for line in lines)
