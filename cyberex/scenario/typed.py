"""From a located file to a value of any model, with its mistakes collected."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import BaseModel, ValidationError

from cyberex.problems import Problem, has_errors
from cyberex.scenario.located import Located, locate_file
from cyberex.scenario.mistakes import problems_of
from cyberex.scenario.source import SourceMap

ModelT = TypeVar("ModelT", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Reading(Generic[ModelT]):
    """A value, or None if the file could not be typed; the problems; the places."""

    value: ModelT | None
    problems: list[Problem]
    source: SourceMap = field(repr=False)


def typed(model: type[ModelT], located: Located) -> tuple[ModelT | None, list[Problem]]:
    """The data of `located` as `model`, or None; and what is wrong with it."""
    if located.data is None:
        return None, []
    try:
        return model.model_validate(located.data), []
    except ValidationError as error:
        found = problems_of(error, model, located.data, located.source)
        if not has_errors(found) and not has_errors(located.problems):
            raise  # Never a file refused without a word: this is our bug.
        return None, found


def read_model(path: Path, model: type[ModelT]) -> Reading[ModelT]:
    """The file at `path` as `model`; UserError only if it cannot be opened."""
    with no_cycle_collection():
        located = locate_file(path)
        value, found = typed(model, located)
    return Reading(value, in_order([*located.problems, *found]), located.source)


def in_order(problems: list[Problem]) -> list[Problem]:
    """The problems in the order of the file."""
    return sorted(problems, key=lambda problem: problem.sort_key)


@contextmanager
def no_cycle_collection() -> Iterator[None]:
    """Reading makes only trees: looking for cycles among them took two thirds of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
