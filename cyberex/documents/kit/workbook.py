"""The tables of a document as a workbook: a sheet each, texts only, never a formula or a link."""

import io
import re
from typing import Any

import xlsxwriter

from cyberex.documents.kit.colour import tint
from cyberex.documents.kit.nodes import Grid, said
from cyberex.documents.kit.page import Page

NAME_LETTERS = 31
WIDTH_LETTERS = 150
HEAD_ROW = 3
LINE_POINTS, TALLEST_ROW = 15, 400
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def workbook_file(page: Page) -> bytes:
    """The file's bytes; a document without a table gives one sheet with its title."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        book.set_properties({"title": f"{page.mark} – {page.title}", "author": page.author})
        grids = [node for node in page.nodes if isinstance(node, Grid)]
        used: set[str] = set()
        for grid in grids or [Grid((page.title,), ())]:
            _sheet(book, page, grid, used)
    return out.getvalue()


def _sheet(book: Any, page: Page, grid: Grid, used: set[str]) -> None:
    sheet = book.add_worksheet(_name(grid.name or page.title, used))
    bold = book.add_format({"bold": True})
    fill = f"#{tint(page.accent)}" if page.accent else "#E8E8E8"
    head = book.add_format({"bold": True, "bg_color": fill, "border": 1, "text_wrap": True,
                            "valign": "top"})  # fmt: skip
    body = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
    sheet.write_string(0, 0, " · ".join(filter(None, (page.mark, page.title, page.audience))), bold)
    sheet.write_string(1, 0, page.footer)
    shares = grid.widths or (1,) * len(grid.head)
    widths = [max(8, round(WIDTH_LETTERS * share / sum(shares))) for share in shares]
    for column, (name, width) in enumerate(zip(grid.head, widths, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(HEAD_ROW, column, name, head)
    for number, row in enumerate(grid.rows, HEAD_ROW + 1):
        texts = [said(cell) for cell in row]
        sheet.set_row(number, _height(texts, widths))
        for column, text in enumerate(texts):
            sheet.write_string(number, column, text, body)
    last = HEAD_ROW + len(grid.rows)
    if grid.rows and grid.head:
        sheet.autofilter(HEAD_ROW, 0, last, len(grid.head) - 1)
    sheet.freeze_panes(HEAD_ROW + 1, 0)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD_ROW)
    sheet.set_header("&L&B" + _running(page.mark) + "&B&C" + _running(page.title))
    sheet.set_footer("&L&8" + _running(page.footer) + "&R&P / &N")


def _height(texts: list[str], widths: list[int]) -> int:
    """Points for the longest cell: not every program makes room for it by itself."""
    lines = max(
        sum(1 + len(part) // width for part in text.split("\n"))
        for text, width in zip(texts, widths, strict=True)
    )
    return min(TALLEST_ROW, LINE_POINTS * lines + 2)


def _running(text: str) -> str:
    """As text in a header, where `&` would give an order; 255 signs at most for the whole line."""
    return text.replace("&", "&&")[:110]


def _name(text: str, used: set[str]) -> str:
    """A name that a workbook takes, unlike the others."""
    base = _FORBIDDEN.sub(" ", text).strip().strip("'")[:NAME_LETTERS].strip() or "1"
    name, number = base, 2
    while name.casefold() in used or name.casefold() == "history":
        tail = f" {number}"
        name, number = base[: NAME_LETTERS - len(tail)] + tail, number + 1
    used.add(name.casefold())
    return name
