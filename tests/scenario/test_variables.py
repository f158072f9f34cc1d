"""Variables and computed hours in the author's texts."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from cyberex.scenario.load import Loaded, load_scenario
from cyberex.scenario.variables import print_hours, resolve, substitute
from tests.scenario.conftest import DATA

Small = Callable[[str], Loaded]


def hour(ms: int) -> str:
    return f"<{ms // 60_000} min>"


def test_a_known_name_is_replaced_and_an_hour_is_left() -> None:
    text = substitute("${who} à ${+30 min}, ${other}", {"who": "Le CH"})
    assert text == "Le CH à ${+30 min}, ${other}"


def test_an_escaped_name_is_printed_as_it_stands() -> None:
    text = substitute("$${who} ${who}", {"who": "CH"})
    assert print_hours(text, hour) == "${who} CH"


def test_an_hour_is_computed_when_the_text_is_printed() -> None:
    assert print_hours("à ${+30 min} ou ${ +1 h }", hour) == "à <30 min> ou <60 min>"


@given(st.text(alphabet="${}+a ", max_size=12))
def test_a_value_is_never_read_as_a_template(value: str) -> None:
    once = substitute("${a}", {"a": value})
    assert print_hours(once, hour).replace("$${", "${") == value.replace("$${", "${")
    assert substitute(once, {"a": "again"}) == once


def test_resolving_puts_the_facilitys_values_in_every_text() -> None:
    scenario = load_scenario(DATA / "bad" / "nested-variable.yaml").scenario
    assert scenario is not None
    assert scenario.stimuli[0].text == "le $${b} $${b} le CH Exercice."


def test_resolving_twice_changes_nothing_more() -> None:
    scenario = load_scenario(DATA / "sketch.yaml").scenario
    assert scenario is not None
    once = resolve(scenario, {"structure": "X ${structure}"})
    assert resolve(once, {"structure": "X ${structure}"}) == once


def test_an_unknown_variable_is_shown_where_it_stands_in_a_block(small: Small) -> None:
    (problem,) = small("    remarks: |\n      Une ligne.\n      Et ${who} ici.\n").problems
    assert (problem.line, problem.column, problem.width) == (19, 10, 6)


def test_the_second_of_two_equal_references_is_found(small: Small) -> None:
    first, second = small("    remarks: ${a} et ${a}\n").problems
    assert (first.column, second.column) == (14, 22)


def test_a_reference_in_a_rule_or_an_attachment_counts_as_use(small: Small) -> None:
    loaded = small("    attachments: [${a}.pdf]\n".replace("${a}.pdf", '"${a}.pdf"') + HEAD)
    assert loaded.problems == []


HEAD = "variables: {a: x, b: y}\nrules:\n  - Un ${b}\n"
