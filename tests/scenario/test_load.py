"""Loading: the sketch is clean, nothing raises, mistakes are told where they are."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from cyberex.problems import has_errors
from cyberex.scenario.load import Loaded, load_scenario, scenario_of_text
from cyberex.scenario.reading import decode, split_lines
from tests.scenario.conftest import DATA, SMALL

SKETCH = (DATA / "sketch.yaml").read_text(encoding="utf-8")
Small = Callable[[str], Loaded]


def dumped(node: Any, indent: int = 0) -> str:
    """Any nesting of mappings, lists and texts as block YAML, texts bare: often invalid."""
    pad = " " * indent
    if isinstance(node, dict):
        return "".join(f"\n{pad}{key}: {dumped(value, indent + 2)}" for key, value in node.items())
    if isinstance(node, list):
        return "".join(f"\n{pad}- {dumped(value, indent + 2)}" for value in node)
    return str(node)


words = st.sampled_from(
    [
        *("stimuli", "id", "at", "T+5", "to", "text", "title", "when", "unless", "expect", "cells"),
        *("roles", "it", "all", "x:", "#", "!", "&", "*", "|", ">", "[", "]", "{", "}", "cyberex"),
        *("1", "timing", "play", "effects", "down", "variables", "${x}", "${+5 min}", "otherwise"),
        *("skip", "'", '"', "--", "é"),
    ]
)
trees = st.recursive(
    words | st.text(max_size=5),
    lambda below: st.lists(below, max_size=4) | st.dictionaries(words, below, max_size=5),
    max_leaves=25,
)


def test_the_sketch_has_neither_error_nor_warning(sketch: Path) -> None:
    loaded = load_scenario(sketch)
    assert loaded.problems == []
    assert loaded.scenario is not None
    assert [stimulus.id for stimulus in loaded.scenario.stimuli] == [
        "s01",
        "s04",
        "s08",
        "s09",
        "s11",
    ]


@given(st.binary(max_size=300))
@settings(max_examples=200, deadline=None)
def test_no_bytes_raise(content: bytes) -> None:
    text = decode(content, "x.yaml")
    if isinstance(text, str):
        loaded = scenario_of_text(text)
        assert loaded.scenario is not None or has_errors(loaded.problems)


@given(trees)
@settings(max_examples=200, deadline=None)
def test_no_nesting_raises(tree: Any) -> None:
    loaded = scenario_of_text(dumped(tree).lstrip("\n"))
    assert loaded.scenario is not None or has_errors(loaded.problems)


@given(
    st.integers(0, len(SKETCH)),
    st.integers(0, 40),
    st.text(max_size=8) | st.sampled_from([": ", "\n", " #1", "{a, b}", "\t", "[", '"', "- "]),
)
@settings(max_examples=200, deadline=None)
def test_no_slip_in_a_good_scenario_raises(start: int, length: int, typed: str) -> None:
    text = SKETCH[:start] + typed + SKETCH[start + length :]
    loaded = scenario_of_text(text)
    assert loaded.scenario is not None or has_errors(loaded.problems)
    lines = len(split_lines(text))
    assert all(problem.line <= lines for problem in loaded.problems)


def test_mistakes_of_two_stages_are_told_together(small: Small) -> None:
    loaded = small("    importance: big\n    title: Encore\n    if_stuck: ${unknown}\n")
    assert {problem.code for problem in loaded.problems} == {
        "wrong-choice",
        "duplicate-key",
        "unknown-variable",
    }


def test_a_slip_in_a_key_is_not_also_a_missing_key() -> None:
    loaded = scenario_of_text(SMALL.replace("    text: Exercice", "    txet: Exercice"))
    assert [problem.code for problem in loaded.problems] == ["unknown-key"]


def test_a_problem_names_the_stimulus_by_its_id(small: Small) -> None:
    (problem,) = small("    colour: red\n").problems
    assert problem.message == "unknown key 'colour' in stimulus 's01'"


def test_problems_come_in_the_order_of_the_file(small: Small) -> None:
    found = small("    via: x\n    unless: [no]\n    colour: red\n").problems
    assert [problem.line for problem in found] == sorted(problem.line for problem in found)


def test_a_facility_replaces_the_values_of_variables(sketch: Path) -> None:
    loaded = load_scenario(sketch, overrides={"structure": "EHPAD des Tilleuls", "other": "x"})
    assert loaded.scenario is not None
    bulletin = loaded.scenario.jumps[0].bulletin
    assert bulletin is not None
    assert "EHPAD des Tilleuls travaille" in bulletin
    assert loaded.scenario.variables == {"structure": "EHPAD des Tilleuls"}
