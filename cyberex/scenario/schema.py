"""The scenario language as a JSON Schema, so that an editor completes, explains and underlines.

The schema is for the editor's eye: the words of the models, loosened where an editor's YAML reads
a number (`weight: 2`, `phone: 0199001201`) and this project reads the author's characters.
"""

from typing import Any

from pydantic import BaseModel

from cyberex.scenario.models import Scenario

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def scenario_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a scenario file; its descriptions are in French."""
    return schema_of(Scenario)


def schema_of(model: type[BaseModel]) -> dict[str, Any]:
    """The JSON Schema of the files that `model` types."""
    schema: dict[str, Any] = _loosened(model.model_json_schema(by_alias=True, mode="validation"))
    definitions = schema.get("$defs", {})
    if "Attachment" in definitions:
        # A bare text is a file or the name of a document.
        as_block = definitions["Attachment"]
        definitions["Attachment"] = {"anyOf": [{"type": "string", "minLength": 1}, as_block]}
    return {"$schema": DIALECT, **schema}


def _loosened(node: Any) -> Any:
    if isinstance(node, list):
        return [_loosened(item) for item in node]
    if not isinstance(node, dict):
        return node
    loosened: dict[str, Any] = {}
    for key, value in node.items():
        if key in ("properties", "$defs"):
            # Names chosen by the language: `title` there is a key of the author.
            loosened[key] = {name: _loosened(below) for name, below in value.items()}
        elif key not in ("title", "default"):
            loosened[key] = _loosened(value)
    return _scalar(_without_null(loosened))


def _without_null(node: dict[str, Any]) -> dict[str, Any]:
    """An absent key is left out: `key:` alone is a mistake, so no value may be null."""
    choices = node.get("anyOf")
    if not choices or {"type": "null"} not in choices:
        return node
    left = [choice for choice in choices if choice != {"type": "null"}]
    rest = {key: value for key, value in node.items() if key != "anyOf"}
    return {**left[0], **rest} if len(left) == 1 else {**rest, "anyOf": left}


def _scalar(node: dict[str, Any]) -> dict[str, Any]:
    if node.get("type") == "integer":
        return {**node, "type": ["integer", "string"], "pattern": "^[0-9]+$"}
    if node.get("type") == "string" and "enum" not in node and "const" not in node:
        return {**node, "type": ["string", "number"]}
    return node
