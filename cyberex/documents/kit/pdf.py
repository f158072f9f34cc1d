"""A document as PDF, through typst: nodes become data that the template lays out.

The template is ours and never changes; texts reach it as JSON, so that none can become markup.
"""

import json
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import Any

import typst

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
    Text,
    Tiles,
    said,
)
from cyberex.documents.kit.page import Page, Slide
from cyberex.i18n import _

TEMPLATE, LOGO = "document.typ", "logo.png"
SMALL_DOCUMENT = 30
# What is estimated here decides page breaks only: about how many letters a line of A4 holds.
LINE_LETTERS, LYING_LETTERS = 105, 175
WHOLE_LINES, PAGE_LINES = 26, 34
PEN_LINES = 2.4
FRAME_LETTERS = 1500


class Press:
    """Compiles documents one after the other; fonts are read once."""

    def __init__(self, folder: Path, printed_at: datetime) -> None:
        self._printed_at = printed_at.replace(microsecond=0)
        self._compiler = typst.Compiler(
            root=str(folder),
            font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=True),
            ignore_system_fonts=True,
        )
        self._template = str(folder / TEMPLATE)

    def pdf(self, page: Page) -> bytes:
        return self._compiled(_data(page, slides=False))

    def slides(self, page: Page) -> bytes:
        return self._compiled(_data(page, slides=True))

    def _compiled(self, data: dict[str, Any]) -> bytes:
        made = self._compiler.compile(
            input=self._template,
            format="pdf",
            sys_inputs={"document": json.dumps(data, ensure_ascii=False)},
            timestamp=self._printed_at,
        )
        if not isinstance(made, bytes):
            raise TypeError(type(made))
        return made


@contextmanager
def press(logo: bytes | None, printed_at: datetime) -> Iterator[Press]:
    """A press with its template in a folder of its own: it reads nothing else of the machine."""
    with tempfile.TemporaryDirectory(prefix="cyberex-print-") as name:
        folder = Path(name).resolve()
        template = resources.files("cyberex.documents.kit") / TEMPLATE
        with resources.as_file(template) as path:
            shutil.copyfile(path, folder / TEMPLATE)
        if logo is not None:
            (folder / LOGO).write_bytes(logo)
        yield Press(folder, printed_at)


def _data(page: Page, *, slides: bool) -> dict[str, Any]:
    wide = any(isinstance(node, Grid) and node.wide for node in page.nodes)
    return {
        "lang": page.language,
        "mark": page.mark,
        "title": f"{page.mark} – {page.title}",
        "heading": [] if _signs(page) else _text(page.heading),
        "running": page.title,
        "audience": page.audience,
        "author": page.author,
        "exercise": page.exercise,
        "footer": page.footer,
        "notes": _("Played at …… : ……   by: ……………………   What was answered: ………………………………"),
        "logo": page.logo is not None,
        "slides": slides,
        "landscape": wide and not slides and len(page.nodes) <= SMALL_DOCUMENT,
        "poster": page.poster,
        "accent": page.accent,
        "tint": tint(page.accent) if page.accent else "",
        "nodes": [] if slides else _nodes(page.nodes),
        "deck": [_slide(slide) for slide in page.deck()] if slides else [],
    }


def _signs(page: Page) -> bool:
    """Signs have their pages for themselves."""
    first = page.nodes[0] if page.nodes else None
    return isinstance(first, Tiles) and first.signs


def _slide(slide: Slide) -> dict[str, Any]:
    return {"title": _text(slide.title), "nodes": _nodes(slide.nodes)}


def _nodes(nodes: Sequence[Node]) -> list[dict[str, Any]]:
    """Each node; a short text stays with the small table that it announces."""
    found = [_node(node) for node in nodes]
    for this, following in pairwise(found):
        if this["kind"] == "paragraph" and following["kind"] == "grid" and following["whole"]:
            this["lead"] = True
    return found


def _text(text: Text) -> list[dict[str, Any]]:
    return [asdict(span) for span in text]


def _node(node: Node) -> dict[str, Any]:
    match node:
        case Heading(level, text):
            return {"kind": "heading", "level": level, "text": _text(text)}
        case Paragraph(text):
            lead = all(span.bold for span in text)
            return {"kind": "paragraph", "text": _text(text), "lead": lead}
        case Listing(entries):
            return {"kind": "listing", "lists": _lists(entries, 0)}
        case Grid():
            return _grid(node)
        case Quote(children):
            return {"kind": "quote", "children": [_node(child) for child in children]}
        case Break():
            return {"kind": "break"}
        case Frame(title, children, strong):
            inner = [_node(child) for child in children]
            whole = strong or len(json.dumps(inner, ensure_ascii=False)) < FRAME_LETTERS
            return {
                "kind": "frame", "title": title, "children": inner, "strong": strong,
                "whole": whole,
            }  # fmt: skip
        case Sheet():
            return {"kind": "sheet", **asdict(node)}
        case Tiles(tiles, signs):
            shown = [
                {"top": tile.top, "main": _text(tile.main), "foot": _text(tile.foot)}
                for tile in tiles
            ]
            return {"kind": "signs" if signs else "badges", "tiles": shown}


def _grid(grid: Grid) -> dict[str, Any]:
    lines = _lines_of_rows(grid)
    return {
        "kind": "grid",
        "head": list(grid.head),
        "rows": [[_text(cell) for cell in row] for row in grid.rows],
        "widths": list(grid.widths or (1,) * len(grid.head)),
        "whole": not grid.wide and sum(lines) <= WHOLE_LINES,
        "tall": [count > PAGE_LINES for count in lines],
        "pen": grid.pen,
        "wide": grid.wide,
    }


def _lines_of_rows(grid: Grid) -> list[float]:
    """About how many lines each row takes: a small table stays on one page, a row too."""
    shares = grid.widths or (1,) * len(grid.head)
    line = LYING_LETTERS if grid.wide else LINE_LETTERS
    letters = [max(1.0, line * share / sum(shares)) for share in shares]
    rows = []
    for row in grid.rows:
        count = max(
            sum(1 + len(part) // room for part in said(cell).split("\n"))
            for cell, room in zip(row, letters, strict=True)
        )
        rows.append(max(count, PEN_LINES) if grid.pen else count)
    return rows


def _lists(entries: Sequence[Entry], depth: int) -> list[dict[str, Any]]:
    """Entries of one depth and mark together, deeper ones under the entry before them."""
    found: list[dict[str, Any]] = []
    at = 0
    while at < len(entries):
        entry = entries[at]
        end = at + 1
        while end < len(entries) and entries[end].depth > depth:
            end += 1
        item = {"text": _text(entry.text), "children": _lists(entries[at + 1 : end], depth + 1)}
        if found and found[-1]["mark"] == entry.mark:
            found[-1]["items"].append(item)
        else:
            found.append({"mark": entry.mark, "items": [item]})
        at = end
    return found
