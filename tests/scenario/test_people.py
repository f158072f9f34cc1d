"""The directory of an exercise."""

from pathlib import Path

import pytest

from cyberex.scenario.load import load_people, scenario_of_text
from tests.scenario.conftest import SMALL

GOOD = """\
cyberex_people: 1
people:
  - {id: p01, role: it, name: Mme Un, email: un@val.example, stand_in: p02}
  - {id: p02, role: crisis, name: M. Deux}
  - {id: a01, task: animator, name: Mme Trois, voice: animator-1}
"""


@pytest.fixture
def people_file(tmp_path: Path) -> Path:
    return tmp_path / "people.yaml"


def codes(path: Path, text: str) -> list[tuple[int, str]]:
    path.write_text(text, encoding="utf-8")
    scenario = scenario_of_text(SMALL).scenario
    return [(p.line, p.code) for p in load_people(path, scenario=scenario).problems]


def test_a_good_directory_has_no_problem(people_file: Path) -> None:
    assert codes(people_file, GOOD) == []


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ("id: p02", "id: p01", (4, "duplicate-id")),
        ("stand_in: p02", "stand_in: p09", (3, "unknown-person")),
        ("role: crisis", "role: com", (4, "unknown-role")),
        ("voice: animator-1", "voice: animator-9", (5, "unknown-voice")),
        ("role: crisis", "role: crisis, task: observer", (4, "role-or-task")),
        ("un@val.example", "un.val.example", (3, "bad-email")),
        ("task: animator", "task: animatr", (5, "wrong-choice")),
        ("name: M. Deux", "nom: M. Deux", (4, "unknown-key")),
    ],
)
def test_a_mistake_in_the_directory_is_placed(
    people_file: Path, before: str, after: str, problem: tuple[int, str]
) -> None:
    assert problem in codes(people_file, GOOD.replace(before, after))


def test_without_scenario_roles_are_not_checked(people_file: Path) -> None:
    people_file.write_text(GOOD.replace("role: crisis", "role: com"), encoding="utf-8")
    assert load_people(people_file).problems == []
