"""Each file of `data/bad` holds one mistake; its `.expected` says where it is told and how.

A line of `.expected` is `LINE:COLUMN severity[code]`, then ` ~ ` and the hint when it is this
room's own.
"""

from pathlib import Path

import pytest

from cyberex.problems import Problem
from cyberex.scenario.load import load_scenario
from tests.scenario.conftest import DATA

FILES = sorted((DATA / "bad").glob("*.yaml"))


def shown(problem: Problem) -> str:
    place = f"{problem.line}:{problem.column} {problem.severity}[{problem.code}]"
    own = problem.hint and not problem.code.startswith("time-")
    return f"{place} ~ {problem.hint}" if own else place


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_mistake_is_told_once_at_its_place_with_what_to_write(path: Path) -> None:
    expected = path.with_suffix(".expected").read_text(encoding="utf-8").splitlines()
    assert [shown(problem) for problem in load_scenario(path).problems] == expected


def test_every_bad_file_is_read() -> None:
    assert len(FILES) >= 50
