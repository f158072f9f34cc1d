"""Why a command changed nothing: each code that the sources raise has its sentence."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from cyberex.wording.names import Names
from cyberex.wording.refusals import SENTENCES, sentence
from tests.views.builders import plan_of, stimulus

ROOT = Path(__file__).parents[2]
NAMES = Names(plan_of(stimulus("s01", 0, 2)))


def codes() -> Iterator[str]:
    """The codes of `Refused(...)`, and those handed to `find_leg`, in the rooms that refuse."""
    for room in ("engine", "exercise"):
        for path in sorted((ROOT / "cyberex" / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                name = getattr(getattr(node, "func", None), "id", "")
                place = {"Refused": 0, "find_leg": 3}.get(name)
                if place is None or not isinstance(node, ast.Call) or len(node.args) <= place:
                    continue
                code = node.args[place]
                if isinstance(code, ast.Constant):
                    yield str(code.value)


RAISED = sorted(set(codes()))


def test_the_sources_raise_codes() -> None:
    assert {"already-left", "nothing-to-perform", "speed-locked"} <= set(RAISED)


@pytest.mark.parametrize("code", RAISED)
def test_every_refusal_has_a_sentence(code: str) -> None:
    assert code in SENTENCES


def test_a_refusal_names_things_as_the_scenario_does() -> None:
    assert "Crisis declared" in sentence("already-reached", {"milestone": "crisis"}, NAMES)
    assert "S01" in sentence("already-left", {"stimulus": "s01#1"}, NAMES)


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_a_sentence_lacks_no_detail_badly(code: str) -> None:
    assert sentence(code, {}, NAMES).strip()


def test_a_code_from_a_newer_version_is_shown_as_it_is() -> None:
    assert "brand-new" in sentence("brand-new", {}, NAMES)


def test_what_a_refusal_quotes_cannot_be_a_format_nor_an_escape() -> None:
    said = sentence("unknown-actor", {"actor": "{x}\x1b[31m"}, NAMES)
    assert "{x}" in said
    assert "\x1b" not in said
