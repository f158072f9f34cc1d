"""From a file to a typed scenario with every mistake in it. Nothing here raises for an author.

`Loaded.scenario` may stand beside errors (a dangling reference): a caller that plays or plans
asks `cyberex.problems.has_errors` first.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cyberex.problems import Problem
from cyberex.scenario.checks import check_scenario
from cyberex.scenario.kits import load_kit
from cyberex.scenario.located import Located, locate_file, locate_text
from cyberex.scenario.models import Scenario
from cyberex.scenario.people import People, check_people
from cyberex.scenario.reading import decode
from cyberex.scenario.source import SourceMap
from cyberex.scenario.typed import Reading, in_order, no_cycle_collection, read_model, typed
from cyberex.scenario.variables import check_variables, merged, put_values_in

__all__ = ["Loaded", "load_kit", "load_people", "load_scenario", "scenario_of_text"]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A scenario with its variables put in, or None if it could not be typed; the problems;
    the variables as the file declares them."""

    scenario: Scenario | None
    problems: list[Problem]
    source: SourceMap = field(repr=False)
    declared: Mapping[str, str] = field(default_factory=dict)


def load_scenario(
    path: Path,
    *,
    overrides: Mapping[str, str] | None = None,
    following: Mapping[str, str] | None = None,
) -> Loaded:
    """The scenario at `path`; `overrides` are the facility's values for its variables, `following`
    those of variables that it leaves as they are declared.

    UserError only if the file cannot be opened.
    """
    with no_cycle_collection():
        return _scenario(locate_file(path), overrides or {}, following or {})


def scenario_of_text(
    text: str, path: str = "scenario.yaml", *, overrides: Mapping[str, str] | None = None
) -> Loaded:
    """As `load_scenario`, for a text already in memory; `path` is only shown."""
    with no_cycle_collection():
        accepted = decode(text.encode("utf-8", errors="surrogatepass"), path)
        if isinstance(accepted, Problem):
            return Loaded(None, [accepted], SourceMap(path))
        return _scenario(locate_text(accepted, path), overrides or {}, {})


def load_people(path: Path, *, scenario: Scenario | None = None) -> Reading[People]:
    """The people file at `path`, its roles and voices checked against `scenario` if given."""
    reading = read_model(path, People)
    if reading.value is None:
        return reading
    found = check_people(reading.value, reading.source, scenario)
    return Reading(reading.value, in_order([*reading.problems, *found]), reading.source)


def _scenario(
    located: Located, overrides: Mapping[str, str], following: Mapping[str, str]
) -> Loaded:
    problems = list(located.problems)
    if located.data is None:
        return Loaded(None, in_order(problems), located.source)
    problems += check_variables(located.data, located.source)
    declared = located.data.get("variables")
    texts: dict[str, str] = {}
    if isinstance(declared, dict):
        texts = {name: text for name, text in declared.items() if isinstance(text, str)}
        values = merged(texts, overrides, following)
        put_values_in(located.data, values)
        declared.update(values)
    scenario, found = typed(Scenario, located)
    problems += found
    if scenario is not None:
        problems += check_scenario(scenario, located.source)
    return Loaded(scenario, in_order(problems), located.source, texts)
