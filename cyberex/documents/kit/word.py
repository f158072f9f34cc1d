"""A document as a Word file, for what people edit: same nodes, styles that Word knows."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph

from cyberex.documents.kit.colour import tint
from cyberex.documents.kit.nodes import (
    Break,
    Entry,
    Frame,
    Grid,
    Heading,
    Listing,
    Node,
    Paragraph,
    Quote,
    Sheet,
    Span,
    Text,
    Tiles,
    plain,
    said,
)
from cyberex.documents.kit.page import Page

FONT = "Calibri"
LONG, SHORT, MARGIN = Mm(297), Mm(210), Mm(20)
PEN_LINE = Mm(8)
LANGUAGES = {"fr": "fr-FR", "en": "en-GB"}
WIDE_ALONE = 30


def word_file(page: Page) -> bytes:
    """The file's bytes."""
    document = docx.Document()
    wide = any(isinstance(node, Grid) and node.wide for node in page.nodes)
    _styles(document, page)
    _paper(document, lying=wide and len(page.nodes) <= WIDE_ALONE)
    _running(document, page)
    document.add_heading(level=1)
    _write(document.paragraphs[-1], page.heading)
    writer = _Writer(document, tint(page.accent) if page.accent else "EEEEEE")
    for node in page.nodes:
        writer.add(node)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _styles(document: Document, page: Page) -> None:
    core = document.core_properties
    core.title, core.author, core.language = (
        f"{page.mark} – {page.title}",
        page.author,
        page.language,
    )
    core.comments, core.keywords = "", page.mark
    normal: Any = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(10.5)
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(5), 1.05
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), LANGUAGES[page.language])
    normal.element.get_or_add_rPr().append(spoken)
    for level, size in ((1, 20), (2, 14), (3, 12)):
        style: Any = document.styles[f"Heading {level}"]
        style.font.name, style.font.size, style.font.bold = FONT, Pt(size), True
        style.font.color.rgb = RGBColor.from_string((page.accent or "000000").upper())
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for name in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(name), None)
        style.paragraph_format.keep_with_next = True


def _paper(document: Document, *, lying: bool) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE if lying else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (LONG, SHORT) if lying else (SHORT, LONG)
    section.left_margin = section.right_margin = MARGIN
    section.top_margin, section.bottom_margin = Mm(24), Mm(18)
    section.header_distance = section.footer_distance = Mm(9)


def _running(document: Document, page: Page) -> None:
    section = document.sections[0]
    head = section.header.paragraphs[0]
    if page.logo is not None:
        head.add_run().add_picture(io.BytesIO(page.logo), height=Mm(9))
        head.add_run("   ")
    head.add_run(page.mark).bold = True
    head.add_run("".join(f" · {part}" for part in (page.title, page.audience) if part))
    foot = section.footer.paragraphs[0]
    foot.add_run(f"{page.footer}   ").font.size = Pt(7.5)
    _field(foot, "PAGE")
    foot.add_run(" / ")
    _field(foot, "NUMPAGES")


def _field(paragraph: WordParagraph, name: str) -> None:
    """A number that Word computes."""
    run = paragraph.add_run()
    for kind in ("begin", "instr", "end"):
        if kind == "instr":
            element = OxmlElement("w:instrText")
            element.set(qn("xml:space"), "preserve")
            element.text = f" {name} "
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)


def _write(paragraph: WordParagraph, text: Text) -> None:
    for span in text:
        _run(paragraph, span)


def _run(paragraph: WordParagraph, span: Span) -> None:
    run = paragraph.add_run(span.text)
    run.bold = True if span.bold or span.fill else None
    run.italic = True if span.italic else None
    if span.fill:
        run._r.get_or_add_rPr().append(_shade("DDDDDD"))


def _shade(fill: str) -> Any:
    shade = OxmlElement("w:shd")
    for key, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", fill)):
        shade.set(qn(key), value)
    return shade


class _Writer:
    """Adds nodes to a document, or to the cell that holds a frame or a quote."""

    def __init__(self, document: Document, head_fill: str) -> None:
        self._document = document
        self._head_fill = head_fill.upper()
        self._into: Document | _Cell = document
        self._fresh = False

    def add(self, node: Node) -> None:
        match node:
            case Heading(level, text):
                _write(self._paragraph(f"Heading {min(level + (level == 1), 3)}"), text)
            case Paragraph(text):
                _write(self._paragraph(), text)
            case Listing(entries):
                self._listing(entries)
            case Grid():
                self._grid(node)
            case Quote(children):
                with self._boxed():
                    for child in children:
                        self.add(child)
            case Frame(title, children):
                with self._boxed():
                    _write(self._paragraph(), plain(title, bold=True))
                    for child in children:
                        self.add(child)
            case Break():
                self._paragraph().add_run().add_break(WD_BREAK.PAGE)
            case Sheet():
                self._sheet(node)
            case Tiles():
                for tile in node.tiles:
                    lines = (plain(tile.top, bold=True), tile.main, tile.foot)
                    with self._boxed():
                        for line in lines:
                            _write(self._paragraph(), line)

    def _paragraph(self, style: str | None = None) -> WordParagraph:
        """A new paragraph; the one that a cell is born with is used first."""
        if self._fresh and isinstance(self._into, _Cell):
            self._fresh = False
            paragraph: WordParagraph = self._into.paragraphs[0]
            if style:
                paragraph.style = style
            return paragraph
        return self._into.add_paragraph(style=style)

    @contextmanager
    def _boxed(self) -> Iterator[None]:
        if isinstance(self._into, _Cell):
            yield
            return
        table = self._document.add_table(rows=1, cols=1)
        table.style = "Table Grid"
        _stays_whole(table.rows[0])
        self._into, self._fresh = table.cell(0, 0), True
        yield
        self._into, self._fresh = self._document, False
        self._document.add_paragraph()

    def _listing(self, entries: tuple[Entry, ...]) -> None:
        """Numbers are written out: Word would go on counting from one list to the next."""
        numbers: dict[int, int] = {}
        for entry in entries:
            numbers = {depth: count for depth, count in numbers.items() if depth <= entry.depth}
            numbers[entry.depth] = numbers.get(entry.depth, 0) + 1 if entry.mark == "1" else 0
            sign = {"1": f"{numbers[entry.depth]}.", "box": "☐"}.get(entry.mark, "•")
            paragraph = self._paragraph()
            shape = paragraph.paragraph_format
            shape.left_indent = Mm(7 + 6 * entry.depth)
            shape.first_line_indent, shape.space_after = Mm(-6), Pt(3)
            shape.tab_stops.add_tab_stop(Mm(7 + 6 * entry.depth))
            paragraph.add_run(f"{sign}\t")
            _write(paragraph, entry.text)

    def _grid(self, grid: Grid) -> None:
        section = self._document.sections[0]
        width = int(section.page_width or SHORT) - 2 * int(MARGIN)
        headed = any(name.strip() for name in grid.head)
        table: Any = self._into.add_table(rows=0, cols=len(grid.head))
        table.style, table.autofit = "Table Grid", False
        shares = grid.widths or (1,) * len(grid.head)
        widths = [int(width * share / sum(shares)) for share in shares]
        for column, share in zip(table.columns, widths, strict=True):
            column.width = share
        rows = [tuple(plain(name, bold=True) for name in grid.head)] if headed else []
        for number, cells in enumerate([*rows, *grid.rows]):
            row = table.add_row()
            _stays_whole(row)
            if headed and not number:
                _repeats(row)
            elif grid.pen and any(not said(cell).strip() for cell in cells):
                row.height = PEN_LINE
            for cell, text, share in zip(row.cells, cells, widths, strict=True):
                cell.width = share
                _write(cell.paragraphs[0], text)
                if headed and not number:
                    cell._tc.get_or_add_tcPr().append(_shade(self._head_fill))
                for run in cell.paragraphs[0].runs:
                    run.font.size = Pt(8 if grid.wide else 9)
        self._paragraph()

    def _sheet(self, sheet: Sheet) -> None:
        heading = self._paragraph("Heading 2")
        heading.paragraph_format.page_break_before = True
        _write(heading, plain(f"{sheet.code}   {sheet.title}"))
        for name, text in sheet.facts:
            _write(self._paragraph(), (Span(f"{name} : ", bold=True), *plain(text)))
        for name, lines in sheet.parts:
            _write(self._paragraph(), plain(name, bold=True))
            self._listing(tuple(Entry(plain(line)) for line in lines))
        _write(self._paragraph(), plain(sheet.slip.label, bold=True))
        with self._boxed():
            for name, text in sheet.slip.head:
                _write(self._paragraph(), plain(f"{name} : {text}"))
            for line in sheet.slip.paragraphs:
                _write(self._paragraph(), plain(line))


def _stays_whole(row: Any) -> None:
    """No page ends in the middle of the row."""
    whole = OxmlElement("w:cantSplit")
    whole.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(whole)


def _repeats(row: Any) -> None:
    """The row is the head of every page that the table reaches."""
    head = OxmlElement("w:tblHeader")
    head.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(head)
