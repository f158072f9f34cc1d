"""A table as data, and as Markdown and CSV that no spreadsheet takes for formulas."""

import csv
import io
from dataclasses import dataclass

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


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
    plain = "".join(char for char in cell if char.isprintable() or char in "\n\t")
    return f"'{plain}" if plain.startswith(FORMULA_STARTS) else plain


def as_markdown(table: Table) -> str:
    """A Markdown table; line breaks inside a cell become `<br>`, what is markup is escaped."""
    lines = [_row(table.columns), _row(tuple("---" for _ in table.columns))]
    lines += [_row(tuple(map(escaped, row))) for row in table.rows]
    return "\n".join(lines) + "\n"


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(cells) + " |"


def escaped(text: str) -> str:
    """`text` as Markdown that shows it and does nothing else."""
    printable = "".join(char for char in text if char.isprintable() or char == "\n")
    for char in "\\`*_[]<>|#":
        printable = printable.replace(char, f"\\{char}" if char not in "<>" else _entity(char))
    return printable.strip().replace("\n", "<br>")


def _entity(char: str) -> str:
    return {"<": "&lt;", ">": "&gt;"}[char]
