"""Cross-checks: loops, dangling names, and what costs too much."""

import time
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cyberex.problems import has_errors
from cyberex.scenario.checks import find_loop, leaves_folder
from cyberex.scenario.load import Loaded, scenario_of_text
from tests.scenario.conftest import SMALL

Small = Callable[[str], Loaded]


@given(st.dictionaries(st.integers(0, 7).map(str), st.lists(st.integers(0, 7).map(str))))
def test_a_loop_is_found_exactly_when_there_is_one(edges: dict[str, list[str]]) -> None:
    reach = {node: set(targets) for node, targets in edges.items()}
    for middle in reach:
        for node in reach:
            if middle in reach[node]:
                reach[node] |= reach[middle]
    loop = find_loop(edges)
    assert bool(loop) == any(node in targets for node, targets in reach.items())
    assert all(after in edges[before] for before, after in pairwise(loop))
    assert not loop or loop[0] == loop[-1]


def test_a_long_chain_of_needs_is_no_loop() -> None:
    edges = {str(n): [str(n + 1)] for n in range(50_000)}
    assert find_loop(edges) == []


@pytest.mark.parametrize(
    "path",
    ["../x", "a/../../x", "/etc/x", "C:\\x", "c:x", "..\\x", "\\\\host\\x", "~/x", "http://x"],
)
def test_a_path_that_leaves_the_folder_is_seen_on_any_system(path: str) -> None:
    assert leaves_folder(path)


@pytest.mark.parametrize("path", ["x.pdf", "a/b/x.pdf", "a..b.pdf", "été.pdf"])
def test_a_path_beside_the_scenario_is_kept(path: str) -> None:
    assert not leaves_folder(path)


@pytest.mark.parametrize(
    ("fact", "hint"),
    [
        ("net", "write 'net down'"),
        ("s01", "write 's01 delivered'"),
        ("slow", "write 'key slow'"),
        ("isolate", "write 'isolate=cut'"),
    ],
)
def test_a_bare_id_of_another_kind_is_told_how_to_be_a_fact(
    small: Small, fact: str, hint: str
) -> None:
    lines = f"""    when: [{fact}]
assets: [{{id: net, title: Réseau}}]
keys: [{{id: slow, title: Lent}}]
decisions:
  - id: isolate
    title: Isoler
    outcomes: [{{id: kept, title: Gardé}}, {{id: cut, title: Coupé}}]
"""
    (problem,) = small(lines).problems
    assert (problem.code, problem.hint) == ("unknown-milestone", hint)


def test_a_system_needs_no_voice() -> None:
    text = SMALL.replace("kind: staff, played_by: animator-1", "kind: system")
    assert scenario_of_text(text).problems == []


def test_an_unknown_effect_is_shown_at_its_key(small: Small) -> None:
    (problem,) = small("    effects:\n      wan: down\n").problems
    assert (problem.code, problem.line, problem.column, problem.width) == (
        "unknown-asset",
        18,
        7,
        3,
    )


def stimuli(count: int, line: str = "") -> str:
    return "".join(
        f"  - {{id: x{n}, at: T+5, from: nurse, to: [it], via: phone, title: T,"
        f" text: Exercice}}\n{line}"
        for n in range(count)
    )


def test_two_hundred_and_fifty_stimuli_are_checked_at_once(small: Small) -> None:
    began = time.process_time()
    assert small(stimuli(250)).problems == []
    assert time.process_time() - began < 5


def test_ten_thousand_mistakes_are_not_compared_with_ten_thousand_names(small: Small) -> None:
    began = time.process_time()
    wrong = stimuli(8_000).replace("from: nurse", "from: nurze").replace("[it]", "[x77777]")
    problems = small(wrong).problems
    assert 200 <= len(problems) <= 400
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Six postes.", True),
        ("Exercice. Six postes.", False),
        ("EXERCISE. Six screens.", False),
        ("Six postes. EXERCICE", False),
        ("inexercice", True),
    ],
)
def test_a_text_that_does_not_say_exercise_is_warned_about(text: str, told: bool) -> None:
    problems = scenario_of_text(SMALL.replace("Exercice. Six postes.", text)).problems
    assert [problem.code for problem in problems] == ["no-exercise-mark"] * told
    assert not has_errors(problems)


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("    otherwise: skip\n", True),
        ("    until: T+9\n    otherwise: reserve\n", True),
        ("    when: [key go]\n    until: T+9\n    otherwise: skip\n", False),
        ("    unless: [key go]\n    otherwise: skip\n", False),
        ("", False),
    ],
)
def test_an_otherwise_that_nothing_needs_is_warned_about(lines: str, told: bool) -> None:
    text = SMALL.replace("stimuli:", "keys: [{id: go, title: Oui}]\nstimuli:") + lines
    problems = scenario_of_text(text).problems
    assert [problem.code for problem in problems] == ["useless-otherwise"] * told
