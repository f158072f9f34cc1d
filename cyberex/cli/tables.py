"""A table on a terminal, as wide as the terminal is."""

import sys

from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from cyberex.documents.tables import Table
from cyberex.problems import shown


def print_table(title: str, table: Table, *, width: int | None = None) -> None:
    """Columns wrap; texts are never read as markup. Piped, it is 160 columns wide."""
    wide = width or (None if sys.stdout and sys.stdout.isatty() else 160)
    console = Console(width=wide, highlight=False)
    grid = RichTable(title=Text(shown(title)), title_justify="left", show_lines=True)
    for column in table.columns:
        narrow = column in table.narrow
        grid.add_column(
            Text(column),
            no_wrap=narrow,
            overflow="fold",
            ratio=None if narrow else _ratio(table, column),
        )
    for row in table.rows:
        grid.add_row(*(Text(_lines(cell)) for cell in row))
    console.print(grid)


def _ratio(table: Table, column: str) -> int:
    """Wide columns share the width by the longest text they hold, within reason."""
    place = table.columns.index(column)
    longest = max((len(row[place]) for row in table.rows), default=1)
    return max(2, min(8, longest // 12))


def _lines(cell: str) -> str:
    return "\n".join(shown(line) for line in cell.splitlines())
