"""Nodes of a document as templates write them: one plain shape, every string still plain text."""

from collections.abc import Sequence
from dataclasses import dataclass

from cyberex.documents.kit.nodes import (
    Frame,
    Grid,
    Heading,
    Listing,
    Node,
    Paragraph,
    Quote,
    Text,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """`kind`: heading, paragraph, list, table, quote or frame; other fields as far as it has
    them. `level` of a heading is 2 or 3: the page has the first. `marks` say each entry's sign
    ("-", "1", "box") and its depth."""

    kind: str
    level: int = 0
    text: Text = ()
    title: str = ""
    entries: tuple[tuple[str, int, Text], ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[Text, ...], ...] = ()
    children: "tuple[Piece, ...]" = ()


def pieces(nodes: Sequence[Node]) -> list[Piece]:
    """What is not for a screen (page breaks, badges, sheets to cut) is left out. The title that
    opens a document is the page's."""
    found = [piece for node in nodes if (piece := _piece(node)) is not None]
    first = nodes[0] if nodes else None
    return found[1:] if isinstance(first, Heading) and first.level == 1 else found


def _piece(node: Node) -> Piece | None:
    match node:
        case Heading(level=level, text=text):
            return Piece("heading", level=max(2, level), text=text)
        case Paragraph(text=text):
            return Piece("paragraph", text=text)
        case Listing(entries=entries):
            return Piece(
                "list", entries=tuple((item.mark, item.depth, item.text) for item in entries)
            )
        case Grid(head=head, rows=rows):
            return Piece("table", head=head, rows=rows)
        case Quote(children=children):
            return Piece("quote", children=tuple(pieces(children)))
        case Frame(title=title, children=children):
            return Piece("frame", title=title, children=tuple(pieces(children)))
        case _:
            return None
