"""A paper as one HTML file that loads nothing: no script, no font, no picture from elsewhere.

Sober, for A4, legible in black and white; each printed page bears the word EXERCICE.
"""

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
from cyberex.documents.markup import Markup, element, escape, joined, void
from cyberex.documents.style import STYLE
from cyberex.wording.clean import clean

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def html_of(paper: Paper) -> str:
    return page_of(paper, joined(*map(block_html, paper.blocks)))


def page_of(paper: Paper, body: Markup, *, style: str = STYLE) -> str:
    """The whole page, `body` standing for the paper's blocks."""
    head = element(
        "head",
        void("meta", charset="utf-8"),
        void("meta", http_equiv="Content-Security-Policy", content=POLICY),
        void("meta", name="viewport", content="width=device-width, initial-scale=1"),
        void("meta", name="referrer", content="no-referrer"),
        element("title", f"{paper.mark} – {paper.title} – {paper.subtitle}"),
        element("style", Markup(style)),
    )
    running = element(
        "div",
        element("p", element("strong", paper.mark), element("span", paper.running)),
        class_="running",
        aria_hidden="true",
    )
    top = element(
        "header",
        element("p", paper.mark, class_="mark"),
        element("h1", clean(paper.title)),
        element("p", clean(paper.subtitle), class_="subtitle"),
    )
    footer = element("footer", *(element("p", clean(line)) for line in paper.footer))
    main = element("main", body)
    sheet = element(
        "div", running, element("div", top, main, footer, class_="body"), class_="sheet"
    )
    page = element("html", head, element("body", sheet), lang=paper.language)
    return f"<!DOCTYPE html>\n{page}\n"


def block_html(block: Block) -> Markup:
    match block:
        case Heading(text, level):
            return element(f"h{level}", clean(text))
        case Paragraph(text):
            return element("p", text_html(text))
        case Facts(items):
            pairs = (
                element("div", element("dt", clean(name)), element("dd", text_html(value)))
                for name, value in items
            )
            return element("dl", *pairs)
        case Bullets(items):
            return element("ul", *(element("li", text_html(item)) for item in items))
        case Grid():
            return _grid(block)
        case Picture(svg, _, caption):
            return element("figure", Markup(svg), element("figcaption", caption))
    assert_never(block)


def _grid(grid: Grid) -> Markup:
    columns = (
        element("th", clean(name), scope="col", class_=_class(grid, place))
        for place, name in enumerate(grid.columns)
    )
    rows = (
        element("tr", *(_cell(grid, place, cell) for place, cell in enumerate(row)))
        for row in grid.rows
    )
    return element(
        "table",
        element("caption", clean(grid.caption)) if grid.caption else Markup(),
        element("thead", element("tr", *columns)),
        element("tbody", *rows),
        class_="compact" if grid.compact else None,
    )


def _cell(grid: Grid, place: int, cell: Cell) -> Markup:
    shown = element("del", text_html(cell.text)) if isinstance(cell, Struck) else text_html(cell)
    if place == grid.head:
        return element("th", shown, scope="row", class_=_class(grid, place))
    return element("td", shown, class_=_class(grid, place))


def _class(grid: Grid, place: int) -> str | None:
    names = [
        *(["narrow"] if place in grid.narrow else []),
        *(["whole"] if place in grid.whole else []),
        *(["to-fill"] if place in grid.to_fill else []),
    ]
    return " ".join(names) or None


def text_html(text: str) -> Markup:
    """The text, harmless, its line breaks kept."""
    lines = [escape(line) for line in clean(text).split("\n")]
    return Markup(void("br").join(lines)) if len(lines) > 1 else joined(*lines)
