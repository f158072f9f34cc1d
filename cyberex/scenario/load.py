"""From a file to a typed scenario with every mistake in it. Nothing here raises for an author.

`Loaded.scenario` may stand beside errors (a dangling reference): a caller that plays or plans
asks `cyberex.problems.has_errors` first.
"""

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from cyberex.problems import Problem
from cyberex.scenario.checks import check_scenario
from cyberex.scenario.located import Located, locate_file, locate_text
from cyberex.scenario.mistakes import problems_of
from cyberex.scenario.models import Scenario
from cyberex.scenario.source import SourceMap
from cyberex.scenario.variables import check_variables, merged, put_values_in

_Model = TypeVar("_Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Loaded:
    """A scenario with its variables put in, or None if it could not be typed; the problems."""

    scenario: Scenario | None
    problems: list[Problem]
    source: SourceMap = field(repr=False)


def load_scenario(path: Path, *, overrides: Mapping[str, str] | None = None) -> Loaded:
    """The scenario at `path`; `overrides` are the facility's values for its variables.

    UserError only if the file cannot be opened.
    """
    with _no_cycle_collection():
        return _scenario(locate_file(path), overrides or {})


def scenario_of_text(
    text: str, path: str = "scenario.yaml", *, overrides: Mapping[str, str] | None = None
) -> Loaded:
    """As `load_scenario`, for a text already read; `path` is only shown."""
    with _no_cycle_collection():
        return _scenario(locate_text(text, path), overrides or {})


@contextmanager
def _no_cycle_collection() -> Iterator[None]:
    """Reading makes only trees: looking for cycles among them took two thirds of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _scenario(located: Located, overrides: Mapping[str, str]) -> Loaded:
    problems = list(located.problems)
    if located.data is None:
        return Loaded(None, _sorted(problems), located.source)
    problems += check_variables(located.data, located.source)
    declared = located.data.get("variables")
    if isinstance(declared, dict):
        texts = {name: text for name, text in declared.items() if isinstance(text, str)}
        values = merged(texts, overrides)
        put_values_in(located.data, values)
        declared.update(values)
    scenario = typed(Scenario, located, problems)
    if scenario is not None:
        problems += check_scenario(scenario, located.source)
    return Loaded(scenario, _sorted(problems), located.source)


def typed(model: type[_Model], located: Located, problems: list[Problem]) -> _Model | None:
    """The data of `located` as `model`, or None; what is wrong is added to `problems`."""
    if located.data is None:
        return None
    try:
        return model.model_validate(located.data)
    except ValidationError as error:
        found = problems_of(error, model, located.data, located.source)
        problems += found
        if not found and not problems:
            raise  # Never a file refused without a word: this is our bug.
        return None


def _sorted(problems: list[Problem]) -> list[Problem]:
    return sorted(problems, key=lambda problem: problem.sort_key)
