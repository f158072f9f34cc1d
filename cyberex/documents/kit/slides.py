"""A document as slides that people edit: a title, then its texts and tables under each other."""

import io
from collections.abc import Iterator
from typing import Any

import pptx
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.oxml.xmlchemy import OxmlElement
from pptx.util import Mm, Pt

from cyberex.documents.kit.nodes import (
    Frame,
    Grid,
    Listing,
    Node,
    Paragraph,
    Quote,
    Text,
    plain,
    said,
)
from cyberex.documents.kit.page import Page, Slide

WIDTH, HEIGHT, MARGIN = Mm(338.7), Mm(190.5), Mm(16)
TITLE_TOP, BODY_TOP, BODY_END = Mm(18), Mm(42), Mm(176)
_COLOUR: Any = RGBColor
BLACK = _COLOUR(0, 0, 0)
RULED = "{5940675A-B579-460E-94D1-54222C63F5DA}"  # The style "no style, table grid".
TABLE_SIZES = (18, 16, 14, 12, 11, 10, 9)
LETTER_SHARE = 0.52
TITLE_ONLY = 5
LINE_LETTERS = 62


def slides_file(page: Page) -> bytes:
    """The file's bytes."""
    deck = pptx.Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    core = deck.core_properties
    core.title, core.author, core.language = (
        f"{page.mark} – {page.title}",
        page.author,
        page.language,
    )
    core.keywords = page.mark
    slides = page.deck()
    for number, slide in enumerate(slides, 1):
        _slide(deck, page, slide, f"{number} / {len(slides)}")
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def _slide(deck: Any, page: Page, slide: Slide, number: str) -> None:
    made = deck.slides.add_slide(deck.slide_layouts[TITLE_ONLY])
    title = made.shapes.title
    title.left, title.top, title.width, title.height = MARGIN, TITLE_TOP, WIDTH - 2 * MARGIN, Mm(20)
    frame = title.text_frame
    frame.word_wrap = True
    frame.paragraphs[0].alignment = PP_ALIGN.LEFT
    _write(frame.paragraphs[0], slide.title, 32)
    for run in frame.paragraphs[0].runs:
        run.font.bold = True
        if page.accent:
            run.font.color.rgb = _COLOUR.from_string(page.accent.upper())
    head = " · ".join(part for part in (page.mark, page.title, page.audience) if part)
    _small(made, head, Mm(7), WIDTH - 2 * MARGIN)
    _small(made, page.footer, Mm(182), WIDTH - 2 * MARGIN - Mm(24))
    _small(made, number, Mm(182), Mm(22), left=WIDTH - MARGIN - Mm(22))
    if page.logo is not None:
        picture = made.shapes.add_picture(io.BytesIO(page.logo), 0, Mm(5), height=Mm(11))
        picture.left = WIDTH - MARGIN - picture.width
    top = int(BODY_TOP)
    for part in _parts(slide.nodes):
        top = _table(made, part, top) if isinstance(part, Grid) else _lines(made, part, top)


def _small(made: Any, text: str, top: int, width: int, left: int = MARGIN) -> None:
    box = made.shapes.add_textbox(left, top, width, Mm(7))
    box.text_frame.word_wrap = True
    _write(box.text_frame.paragraphs[0], plain(text), 10)


Line = tuple[Text, int, str]
"""A text, its depth, the mark before it: none, "-", "1" or "box"."""

INDENT = Mm(9)


def _parts(nodes: tuple[Node, ...]) -> Iterator[Grid | list[Line]]:
    """Tables, and between them the lines of text with their depth."""
    lines: list[Line] = []
    for node in nodes:
        if isinstance(node, Grid):
            if lines:
                yield lines
                lines = []
            yield node
        else:
            lines += _lines_of(node)
    if lines:
        yield lines


def _lines_of(node: Node) -> Iterator[Line]:
    match node:
        case Paragraph(text):
            yield text, 0, ""
        case Listing(entries):
            for entry in entries:
                yield entry.text, entry.depth, entry.mark
        case Quote(children):
            for child in children:
                yield from _lines_of(child)
        case Frame(title, children):
            yield plain(title, bold=True), 0, ""
            for child in children:
                yield from _lines_of(child)
        case _:
            pass


def _lines(made: Any, lines: list[Line], top: int) -> int:
    """The foot of the text: letters small enough for what there is to say."""
    count = sum(1 + len(said(text)) // LINE_LETTERS for text, _depth, _mark in lines)
    size = 24 if count <= 8 else 20 if count <= 11 else 16 if count <= 15 else 13
    height = min(count * int(Pt(size * 1.45)), max(int(Mm(10)), int(BODY_END) - top))
    box = made.shapes.add_textbox(MARGIN, top, WIDTH - 2 * MARGIN, height)
    frame = box.text_frame
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.TEXT_TO_FIT_SHAPE
    for place, (text, depth, mark) in enumerate(lines):
        paragraph = frame.paragraphs[0] if not place else frame.add_paragraph()
        paragraph.level, paragraph.space_after = depth, Pt(6)
        _mark(paragraph, depth, mark)
        _write(paragraph, text, size)
    return top + height + int(Mm(3))


def _mark(paragraph: Any, depth: int, mark: str) -> None:
    """A bullet, a number or a box that hangs before the text."""
    shape = paragraph._p.get_or_add_pPr()
    if mark:
        shape.set("marL", str(int(INDENT) * (depth + 1)))
        shape.set("indent", str(-int(INDENT)))
    bullet = OxmlElement({"": "a:buNone", "1": "a:buAutoNum"}.get(mark, "a:buChar"))
    if mark == "1":
        bullet.set("type", "arabicPeriod")
    elif mark:
        bullet.set("char", "☐" if mark == "box" else "•")
    shape.append(bullet)


def _table(made: Any, grid: Grid, top: int) -> int:
    headed = any(name.strip() for name in grid.head)
    rows = [*([tuple(plain(name, bold=True) for name in grid.head)] if headed else []), *grid.rows]
    if not rows:
        return top
    width, room = int(WIDTH - 2 * MARGIN), int(BODY_END) - top
    shares = grid.widths or (1,) * len(grid.head)
    widths = [int(width * share / sum(shares)) for share in shares]
    size, heights = next(
        (
            (size, found)
            for size in TABLE_SIZES
            if sum(found := [_row_height(row, widths, size) for row in rows]) <= room
        ),
        (TABLE_SIZES[-1], [_row_height(row, widths, TABLE_SIZES[-1]) for row in rows]),
    )
    shape = made.shapes.add_table(len(rows), len(grid.head), MARGIN, top, width, sum(heights))
    shape._element.graphic.graphicData.tbl.tblPr.find(qn("a:tableStyleId")).text = RULED
    table = shape.table
    for column, share in zip(table.columns, widths, strict=True):
        column.width = share
    for row, cells, height in zip(table.rows, rows, heights, strict=True):
        row.height = height
        for cell, text in zip(row.cells, cells, strict=True):
            _write(cell.text_frame.paragraphs[0], text, size)
    return top + sum(heights) + int(Mm(4))


def _row_height(row: tuple[Text, ...], widths: list[int], size: int) -> int:
    """As high as its longest cell, letters being half as wide as they are high."""
    lines = 1
    for text, width in zip(row, widths, strict=True):
        letters = max(1, int(width / (Pt(size) * LETTER_SHARE)))
        lines = max(lines, sum(1 + len(part) // letters for part in said(text).split("\n")))
    return int(Pt(size) * 1.25 * lines) + int(Mm(3))


def _write(paragraph: Any, text: Text, size: int) -> None:
    for span in text:
        run = paragraph.add_run()
        run.text = span.text.replace("\n", "\v")
        run.font.size, run.font.name = Pt(size), "Calibri"
        run.font.color.rgb = BLACK
        run.font.bold = True if span.bold or span.fill else None
        run.font.italic = True if span.italic else None
        run.font.underline = True if span.fill else None
