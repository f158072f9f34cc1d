"""A paper as Markdown: readable as plain text, and shown as it is meant by any viewer."""

from collections.abc import Iterable
from typing import assert_never

from cyberex.documents.blocks import (
    Block,
    Bullets,
    Cell,
    Facts,
    Grid,
    Heading,
    Paper,
    Paragraph,
    Picture,
    Struck,
)
from cyberex.documents.tables import escaped, markdown_table


def markdown_of(paper: Paper) -> str:
    parts = [
        f"**{escaped(paper.mark)}**",
        f"# {escaped(paper.title)}",
        f"**{escaped(paper.subtitle)}**",
        *(_block(block) for block in paper.blocks),
        "---",
        *map(escaped, paper.footer),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _block(block: Block) -> str:
    match block:
        case Heading(text, level):
            return f"{'#' * level} {escaped(text)}"
        case Paragraph(text):
            return escaped(text)
        case Facts(items):
            return _list(f"**{escaped(name)}** {escaped(value)}" for name, value in items)
        case Bullets(items):
            return _list(map(escaped, items))
        case Grid():
            return _grid(block)
        case Picture():
            return f"*{escaped(block.alt)}*"
    assert_never(block)


def _list(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def _grid(grid: Grid) -> str:
    columns = tuple(map(escaped, grid.columns))
    rows = (tuple(map(_cell, row)) for row in grid.rows)
    caption = f"*{escaped(grid.caption)}*\n\n" if grid.caption else ""
    return caption + markdown_table(columns, rows).rstrip("\n")


def _cell(cell: Cell) -> str:
    if isinstance(cell, Struck):
        return f"~~{escaped(cell.text)}~~" if cell.text else ""
    return escaped(cell)
