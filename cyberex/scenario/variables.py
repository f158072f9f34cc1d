"""`${name}` and `${+30 min}` in the author's texts: checked, replaced, printed.

`${name}` is replaced once, when the scenario is loaded. `${+30 min}` stays until delivery, where
the fiction's hour is known. `$${` stands for `${` and stays until a text is printed.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from cyberex.i18n import _
from cyberex.problems import Problem, Severity
from cyberex.scenario.models import Scenario, scenario_from_json, scenario_to_json
from cyberex.scenario.naming import did_you_mean
from cyberex.scenario.source import PathTuple, SourceMap
from cyberex.times import TimeError, parse_duration

MAX_PROBLEMS = 200
PROSE_FIELDS = frozenset(
    [
        *("title", "text", "synopsis", "bulletin", "briefing_text", "brief", "remarks"),
        *("if_stuck", "place", "rules", "phone", "email", "handout", "attachments", "file"),
    ]
)

_REFERENCE = re.compile(r"\$\$\{|\$\{([^{}\n]*)\}|\$\{")


def substitute(text: str, values: Mapping[str, str]) -> str:
    """`text` with each known `${name}` replaced; hours, escapes and unknown names stay."""

    def value(found: re.Match[str]) -> str:
        name = (found[1] or "").strip()
        if name not in values:
            return found[0]
        # A value is a text, never a template: what looks like a reference in it is printed.
        return values[name].replace("${", "$${")

    return _REFERENCE.sub(value, text)


def print_hours(text: str, hour_after: Callable[[int], str]) -> str:
    """`text` as people read it: `hour_after(ms)` prints each computed hour, `$${` gives `${`."""

    def printed(found: re.Match[str]) -> str:
        if found[0] == "$${":
            return "${"
        inside = (found[1] or "").strip()
        if not inside.startswith("+"):
            return found[0]
        return hour_after(parse_duration(inside[1:].strip()))

    return _REFERENCE.sub(printed, text)


def resolve(scenario: Scenario, overrides: Mapping[str, str]) -> Scenario:
    """The scenario with its variables, and the facility's values for them, put in its texts."""
    document = scenario_to_json(scenario)
    values = merged(document.get("variables", {}), overrides)
    document["variables"] = values
    put_values_in(document, values)
    return scenario_from_json(document)


def merged(
    declared: Mapping[str, str],
    overrides: Mapping[str, str],
    following: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """The declared variables with the facility's values; undeclared values are left out.

    A value of `following` stands in for a declared one that no override changes.
    """
    values = {name: overrides.get(name, value) for name, value in declared.items()}
    for name, value in (following or {}).items():
        if name in declared and values[name] == declared[name]:
            values[name] = value
    return values


def put_values_in(document: dict[str, Any], values: Mapping[str, str]) -> None:
    """Replace `${name}` in the prose of plain lists and mappings, in place."""
    for holder, key, text, _path in list(_prose(document, (), False)):
        holder[key] = substitute(text, values)


def check_variables(document: dict[str, Any], source: SourceMap) -> list[Problem]:
    """Unknown and unused variables, and hours that cannot be computed, each at its place."""
    declared = document.get("variables")
    names = set(declared) if isinstance(declared, dict) else set()
    problems = _nested(declared, source) if isinstance(declared, dict) else []
    used: set[str] = set()
    for _holder, _key, text, path in _prose(document, (), False):
        for found in _REFERENCE.finditer(text):
            name = (found[1] or "").strip()
            if found[0] == "$${":
                continue
            if name in names:
                used.add(name)
                continue
            told = _wrong(found[0], name, names)
            if told is not None and len(problems) < MAX_PROBLEMS:
                code, message, hint = told
                place = source.find_in(path, found[0], text.count(found[0], 0, found.start()))
                problems.append(source.problem_at(place, code=code, message=message, hint=hint))
    problems += [
        source.problem(
            ("variables", name),
            code="unused-variable",
            message=_("variable '{name}' is used in no text").format(name=name),
            severity=Severity.WARNING,
            hint=_("write ${{{name}}} where its value must appear, or delete it").format(name=name),
            key=True,
        )
        for name in sorted(names - used)
    ]
    return problems


def _wrong(written: str, name: str, names: set[str]) -> tuple[str, str, str] | None:
    """What is wrong with a reference that names no variable; None for a good computed hour."""
    if written == "${":
        return (
            "open-variable",
            _("'${' is not closed"),
            _("write ${name}, or $${ for the two characters themselves"),
        )
    if not name.startswith("+"):
        return (
            "unknown-variable",
            _("unknown variable '{name}'").format(name=name),
            did_you_mean(name, names) or _("declare it under 'variables:'"),
        )
    try:
        parse_duration(name[1:].strip())
    except TimeError as error:
        return error.code, error.message, error.hint or _("write for example ${+30 min}")
    return None


def _nested(declared: dict[str, Any], source: SourceMap) -> list[Problem]:
    return [
        source.problem(
            ("variables", name),
            code="nested-variable",
            message=_("the value of variable '{name}' holds a variable").format(name=name),
            hint=_("write the value in full"),
        )
        for name, value in declared.items()
        if isinstance(value, str) and "${" in value
    ]


def _prose(
    node: Any, path: PathTuple, inside: bool
) -> Iterator[tuple[Any, str | int, str, PathTuple]]:
    """Each text of `node` that holds a `${`: its holder, its key there, itself, its path."""
    items: Any = node.items() if isinstance(node, dict) else enumerate(node)
    for key, value in items:
        if isinstance(value, str):
            if "${" in value and (inside or key in PROSE_FIELDS):
                yield node, key, value, (*path, key)
        elif value and isinstance(value, (dict, list)) and not (key == "variables" and not path):
            # Only a list of texts (rules, attachments) takes after its key: a block has its own.
            prose_list = isinstance(value, list) and key in PROSE_FIELDS
            yield from _prose(value, (*path, key), prose_list)
