"""A scenario becomes a plan: receivers, dependencies, texts, and the same plan from a journal."""

import json
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cyberex.plan.build import plan_from_json, plan_scenario
from cyberex.plan.graph import Dependencies, loops
from cyberex.plan.model import Leg, Role
from cyberex.plan.receivers import legs_for
from cyberex.plan.texts import spoken
from cyberex.problems import has_errors
from cyberex.scenario.load import load_scenario
from cyberex.scenario.models import scenario_to_json
from tests.plan.conftest import NINE, Plan

ROOT = Path(__file__).parents[2]
SCENARIOS = [
    *sorted((ROOT / "scenarios").glob("*.yaml")),
    *sorted((ROOT / "examples").glob("*.yaml")),
    ROOT / "tests/scenario/data/sketch.yaml",
]
ROLES = {
    role.id: role
    for role in (Role("dir", "", "crisis"), Role("it", "", "crisis"), Role("nurse", "", "care"))
}
CELLS = ("crisis", "care")


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_a_scenario_that_ships_has_a_plan_without_problems(path: Path) -> None:
    loaded = load_scenario(path)
    assert loaded.scenario is not None
    assert not has_errors(loaded.problems)
    planned = plan_scenario(loaded.scenario, loaded.source, NINE)
    assert planned.plan is not None
    assert not has_errors(planned.problems)


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_a_journal_gives_the_same_plan_as_the_file(path: Path) -> None:
    loaded = load_scenario(path)
    assert loaded.scenario is not None
    first = plan_scenario(loaded.scenario, loaded.source, NINE).plan
    # As the journal does: keys sorted, so that no order an author gave to a mapping may count.
    kept = json.loads(json.dumps(scenario_to_json(loaded.scenario), sort_keys=True))
    again = plan_from_json(kept, NINE)
    assert first is not None
    fields = [name for name in type(again).__slots__ if name != "dependencies"]
    assert {name: getattr(again, name) for name in fields} == {
        name: getattr(first, name) for name in fields
    }


def test_a_journal_whose_scenario_cannot_be_planned_is_refused() -> None:
    loaded = load_scenario(ROOT / "tests/scenario/data/sketch.yaml")
    assert loaded.scenario is not None
    document = scenario_to_json(loaded.scenario)
    document["stimuli"][0]["at"] = "T+500"
    with pytest.raises(ValueError, match=r"T\+8:20:00|T\+500"):
        plan_from_json(document, NINE)


def test_files_order_stimuli_after_jumps_and_the_reserve_last(plan: Plan) -> None:
    made = plan(
        """
jumps:
  - {id: noon, at: T+30, to: '14:00', bulletin: Midi.}
stimuli:
  - {id: s1, at: T+5, …}
"""
    ).plan
    assert made is not None
    indexes = [made.jumps["noon"].index, made.stimuli["s1"].index, made.stimuli["spare"].index]
    assert indexes == [0, 1, 2]


def test_an_expectation_by_a_role_is_that_of_its_cell(plan: Plan) -> None:
    expect = "expect: [{id: e1, text: Note, by: it}]"
    made = plan(f"stimuli:\n  - {{id: s1, at: T+5, {expect}, …}}\n").plan
    assert made is not None
    _stimulus, expectation = made.expectations["e1"]
    assert (expectation.cell, expectation.role) == ("crisis", "it")


# Receivers


@pytest.mark.parametrize(
    ("names", "legs"),
    [
        (["it"], [Leg("crisis", ("it",))]),
        (["it", "dir"], [Leg("crisis", ("it", "dir"))]),
        (["it", "nurse"], [Leg("crisis", ("it",)), Leg("care", ("nurse",))]),
        (["crisis"], [Leg("crisis")]),
        (["it", "crisis"], [Leg("crisis")]),
        (["crisis", "it"], [Leg("crisis")]),
        (["it", "it"], [Leg("crisis", ("it",))]),
        (["all"], [Leg("crisis"), Leg("care")]),
        (["nurse", "all"], [Leg("care"), Leg("crisis")]),
    ],
)
def test_names_become_one_leg_a_receiving_cell(names: list[str], legs: list[Leg]) -> None:
    assert legs_for(names, CELLS, ROLES) == tuple(legs)


def test_a_name_nobody_bears_is_an_error() -> None:
    with pytest.raises(KeyError, match="nobody"):
        legs_for(["nobody"], CELLS, ROLES)


# Dependencies


def test_what_needs_a_fallen_asset_falls_and_nothing_else() -> None:
    needs = Dependencies({"net": [], "mail": ["net"], "channel:email": ["mail"], "water": []})
    assert needs.down(["net"]) == {"net", "mail", "channel:email"}
    assert needs.down(["mail"]) == {"mail", "channel:email"}
    assert needs.down([]) == frozenset()
    assert needs.down(["unknown"]) == frozenset()
    assert needs.needs_of("mail") == ("net",)


def test_a_loop_of_needs_is_found() -> None:
    assert set(Dependencies({"a": ["b"], "b": ["a"], "c": ["a"]}).loop()) == {"a", "b"}
    assert Dependencies({"a": [], "b": ["a"]}).loop() == ()


def test_all_that_wait_for_each_other_are_found_together() -> None:
    edges = {"a": ["b"], "b": ["c"], "c": ["a"], "d": ["d"], "e": ["a"], "f": []}
    assert sorted(map(sorted, loops(edges))) == [["a", "b", "c"], ["d"]]


def test_a_long_chain_is_no_loop_and_needs_no_recursion() -> None:
    assert list(loops({str(number): [str(number + 1)] for number in range(50_000)})) == []


NODES = st.sampled_from("abcdef")


@given(st.dictionaries(NODES, st.lists(NODES, max_size=3)))
def test_loops_are_the_nodes_that_lead_back_to_themselves(edges: dict[str, list[str]]) -> None:
    reach = {node: set(targets) for node, targets in edges.items()}
    for middle in reach:
        for node in reach:
            if middle in reach[node]:
                reach[node] |= reach[middle]
    found = set().union(*loops(edges))
    assert found == {node for node in reach if node in reach[node]}


@given(st.dictionaries(NODES, st.lists(NODES, max_size=3)), st.sets(NODES), st.sets(NODES))
def test_more_things_set_down_never_put_one_up(
    needs: dict[str, list[str]], few: set[str], more: set[str]
) -> None:
    graph = Dependencies(needs)
    assert graph.down(few) <= graph.down(few | more)
    assert graph.down(graph.down(few)) == graph.down(few)


# Texts


def test_hours_in_texts_are_those_of_the_fiction_at_delivery() -> None:
    fiction = datetime(2026, 1, 12, 23, 45)
    assert spoken("Avant ${+30 min}, merci.", fiction) == "Avant 00:15, merci."


def test_a_text_without_hours_is_said_as_written() -> None:
    assert spoken("Cent $ et 10 % : rien à calculer.", NINE) == "Cent $ et 10 % : rien à calculer."
