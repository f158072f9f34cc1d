"""The observation sheet as observers tick it: handed to the portal by whoever serves it."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of the sheet. `theme` and `text` are shown as they are; `title` is short, "" if the
    text says all; `cells` () is for the observers of every cell."""

    id: str
    theme: str
    text: str
    title: str = ""
    cells: tuple[str, ...] = ()


def of_cell(criteria: Iterable[Criterion], cell: str) -> tuple[Criterion, ...]:
    """What the observer of `cell` ticks, in the order of the sheet."""
    return tuple(item for item in criteria if not item.cells or cell in item.cells)
