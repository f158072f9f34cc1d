"""The observation sheet as observers tick it: handed to the portal by whoever serves it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cyberex.documents.kit.blocks_data import criteria_of
from cyberex.documents.kit.edition import Edition


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


def sheet_of(edition: Edition) -> tuple[Criterion, ...]:
    """The sheet as it is printed for this edition, by theme: a line says for which cells it is."""
    lines: dict[str, tuple[Mapping[str, Any], list[str]]] = {}
    for cell in edition.plan.cells:
        for item in criteria_of(edition, cell):
            lines.setdefault(_said(item, "id"), (item, []))[1].append(cell)
    themes = edition.data.observation.get("themes") or ()
    return tuple(line for theme in themes for line in _of_theme(theme, lines))


def _of_theme(
    theme: Mapping[str, Any], lines: Mapping[str, tuple[Mapping[str, Any], list[str]]]
) -> Iterator[Criterion]:
    for id, (item, cells) in lines.items():
        if item.get("theme") == theme.get("id"):
            text, title = _said(item, "observable"), _said(item, "title")
            yield Criterion(id, _said(theme, "title"), text, title, tuple(cells))


def _said(record: Mapping[str, Any], key: str) -> str:
    value = record.get(key)
    return value if isinstance(value, str) else ""
