"""What a document of a kit is made of, before it is a PDF, a Word file, slides or a workbook.

Values only; every string is plain text: whoever writes a format makes sure that it stays so.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from cyberex.i18n import _


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text. `fill`: a value that nobody gave yet, marked wherever it is shown."""

    text: str
    bold: bool = False
    italic: bool = False
    fill: bool = False


Text = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` 1 to 3; the document's own title is none of them."""

    level: int
    text: Text


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: Text


@dataclass(frozen=True, slots=True)
class Entry:
    """`mark`: "-" a bullet, "1" a number, "box" an empty box to tick. `depth` 0 is outermost."""

    text: Text
    mark: str = "-"
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Listing:
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. `widths` are shares of the line, one a column; `pen` lines are high enough to write
    in by hand; a `wide` table has pages of its own, lying. `name` is its sheet in a workbook."""

    head: tuple[str, ...]
    rows: tuple[tuple[Text, ...], ...]
    widths: tuple[float, ...] = ()
    pen: bool = False
    wide: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """Words to say or to send, set apart."""

    children: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Break:
    """A new page, a new slide."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Something that must be found at once: a card, a rule of stop. `strong` is black."""

    title: str
    children: "tuple[Node, ...]"
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Slip:
    """What is said or handed to players: nothing else of the animation's is on it.

    `cut`: to be cut out along its line. `label` tells the animation what to do with it."""

    label: str
    head: tuple[tuple[str, str], ...]
    paragraphs: tuple[str, ...]
    cut: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of its own for one stimulus: the animation's part, then the slip."""

    code: str
    title: str
    facts: tuple[tuple[str, str], ...]
    parts: tuple[tuple[str, tuple[str, ...]], ...]
    slip: Slip


@dataclass(frozen=True, slots=True)
class Tile:
    """A badge or a sign: `top` small, `main` big, `foot` small again."""

    top: str
    main: Text
    foot: Text


@dataclass(frozen=True, slots=True)
class Tiles:
    """Badges, several a page, to be cut; or signs, one a lying page."""

    tiles: tuple[Tile, ...]
    signs: bool = False


Node = Heading | Paragraph | Listing | Grid | Quote | Break | Frame | Sheet | Tiles


def plain(text: str, *, bold: bool = False) -> Text:
    """`text` as one run, what is left to complete in it marked."""
    return tuple(replace(span, bold=bold) for span in marked(text))


def to_complete(what: str = "") -> Span:
    """The mark of a value that nobody gave."""
    mark = _("TO COMPLETE")
    return Span(_("{mark}: {what}").format(mark=mark, what=what) if what else mark, fill=True)


def marked(text: str) -> Iterable[Span]:
    """Runs of `text`: each placeholder of an exercise folder is a run to fill."""
    rest = text
    mark = "À COMPLÉTER"
    while mark in rest:
        before, _mark, after = rest.partition(mark)
        if before:
            yield Span(before)
        yield Span(mark, fill=True)
        rest = after
    if rest or not text:
        yield Span(rest)


def said(text: Text) -> str:
    """The words alone."""
    return "".join(span.text for span in text)
