"""The JSON Schema that editors use."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from cyberex.scenario.kits import package_roots
from cyberex.scenario.located import locate_file
from cyberex.scenario.schema import scenario_schema
from tests.scenario.conftest import DATA

SHIPPED = sorted((package_roots()[0] / "scenarios").rglob("*.yaml"))


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    return scenario_schema()


def errors(schema: dict[str, Any], document: object) -> list[str]:
    return [error.json_path for error in Draft202012Validator(schema).iter_errors(document)]


def test_the_schema_is_a_valid_schema(schema: dict[str, Any]) -> None:
    Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("path", [DATA / "sketch.yaml", *SHIPPED], ids=lambda path: path.stem)
def test_a_good_scenario_is_valid_as_read_here_and_as_an_editor_reads_it(
    schema: dict[str, Any], path: Path
) -> None:
    assert errors(schema, locate_file(path).data) == []
    assert errors(schema, yaml.safe_load(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"colour": "red"}, "$"),
        ({"level": "expert"}, "$.level"),
        ({"cells": "crisis"}, "$.cells"),
        ({"synopsis": None}, "$.synopsis"),
        ({"id": "Été"}, "$.id"),
        ({"stimuli": [{"id": "s01"}]}, "$.stimuli[0]"),
    ],
)
def test_an_editor_underlines_a_mistake(
    schema: dict[str, Any], change: dict[str, Any], place: str
) -> None:
    document = {"cyberex": 1, "id": "x", "title": "X", "timing": {"play": "60 min"}}
    assert errors(schema, document) == []
    assert place in errors(schema, document | change)


def test_every_key_is_explained(schema: dict[str, Any]) -> None:
    blocks = [schema, *schema["$defs"].values()]
    unexplained = [
        key
        for block in blocks
        for key, spec in block.get("properties", {}).items()
        if not spec.get("description")
    ]
    assert unexplained == []
