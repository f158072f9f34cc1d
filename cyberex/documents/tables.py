"""A table as data, and as Markdown and CSV that no spreadsheet takes for formulas."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

from cyberex.wording.clean import clean

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
MARKUP = "\\`*_[]|#~$"
ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


@dataclass(frozen=True, slots=True)
class Table:
    """Every row is as long as `columns`; `narrow` names columns that must not be broken."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    narrow: tuple[str, ...] = ()


def as_csv(table: Table) -> str:
    """Semicolons and a byte-order mark: what a French spreadsheet opens with accents right."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(table.columns)
    for row in table.rows:
        writer.writerow([harmless(cell) for cell in row])
    return "\ufeff" + out.getvalue()


def harmless(cell: str) -> str:
    """The cell as text for any spreadsheet: one that could be a formula is quoted."""
    plain = clean(cell)
    return f"'{plain}" if plain.lstrip(" \u00a0").startswith(FORMULA_STARTS) else plain


def as_markdown(table: Table) -> str:
    """A Markdown table; line breaks inside a cell become `<br>`, what is markup is escaped."""
    rows = (tuple(map(escaped, row)) for row in table.rows)
    return markdown_table(tuple(map(escaped, table.columns)), rows)


def markdown_table(columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A Markdown table of cells that are Markdown already."""
    lines = [_row(columns), _row(tuple("---" for _ in columns)), *map(_row, rows)]
    return "\n".join(lines) + "\n"


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(cells) + " |"


def escaped(text: str) -> str:
    """`text` as Markdown that shows it and does nothing else; newlines become `<br>`."""
    shown = "".join(_escaped_char(char) for char in clean(text).strip())
    return shown.replace("\n", "<br>")


def _escaped_char(char: str) -> str:
    return ENTITIES.get(char) or (f"\\{char}" if char in MARKUP else char)
