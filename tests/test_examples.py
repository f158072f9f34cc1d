"""Each example is sound, and happens to the letter as its expected file says.

`python -m tests.test_examples` writes the expected files again, for a change that says why.
"""

import asyncio
import json
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cyberex.exercise.headless import play_headless
from cyberex.exercise.script import Script, read_script
from cyberex.plan.build import plan_scenario
from cyberex.scenario.load import load_scenario
from cyberex.scenario.models import scenario_to_json

FOLDER = Path(__file__).parents[1] / "examples"
EXAMPLES = sorted(FOLDER.glob("*.yaml"))
CREATED = "exercise.created"
"""The first event holds the whole scenario: it is left out of the expected files."""


def script_of(example: Path) -> Script:
    path = example.with_suffix(".script.jsonl")
    if not path.exists():
        return Script()
    script, problems = read_script(path.read_text(encoding="utf-8"), path.name)
    assert problems == []
    return script


def played(example: Path, journal: Path) -> Iterator[str]:
    """The lines that headless play prints, without the hour of the room."""
    scenario = load_scenario(example).scenario
    assert scenario is not None
    lines: list[str] = []
    refused: list[str] = []
    asyncio.run(
        play_headless(
            scenario_to_json(scenario),
            source=example.name,
            seed=1,
            journal_path=journal,
            write=lines.append,
            refuse=refused.append,
            script=script_of(example),
        )
    )
    assert refused == []
    for line in lines:
        event = json.loads(line)
        del event["wall_at"]
        if event["event"] != CREATED:
            yield json.dumps(event, separators=(",", ":"))


def expected_of(example: Path) -> Path:
    return example.with_suffix(".expected.jsonl")


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_has_no_problem_and_no_warning(example: Path) -> None:
    loaded = load_scenario(example)
    assert loaded.problems == []
    assert loaded.scenario is not None
    assert plan_scenario(loaded.scenario, loaded.source, datetime.now(UTC)).problems == []


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_happens_as_expected(example: Path, tmp_path: Path) -> None:
    expected = expected_of(example).read_text(encoding="utf-8").splitlines()
    assert list(played(example, tmp_path / "example.cyberex")) == expected


def test_every_example_is_in_the_list_of_examples() -> None:
    page = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert [path.name for path in EXAMPLES if f"]({path.name})" not in page] == []


def test_no_file_of_the_examples_is_left_over() -> None:
    known = {"README.md"}
    for example in EXAMPLES:
        script = example.with_suffix(".script.jsonl")
        known |= {example.name, expected_of(example).name, script.name}
    assert {path.name for path in FOLDER.iterdir()} <= known


def write_expected() -> None:
    for example in EXAMPLES:
        with tempfile.TemporaryDirectory() as folder:
            lines = list(played(example, Path(folder) / "example.cyberex"))
        text = "".join(f"{line}\n" for line in lines)
        expected_of(example).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write_expected()
