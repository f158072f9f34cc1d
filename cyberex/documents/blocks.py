"""What a paper is made of, before it is Markdown or HTML: headings, texts, tables, a picture.

Values only; every string is plain text, whoever renders escapes it.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Struck:
    """Text that was withdrawn: shown, struck out."""

    text: str


Cell = str | Struck


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` 2 or 3: the title of the paper is the only level 1."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and what stands against them."""

    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with its caption. `head` is the column that names the row; `narrow` columns are not
    broken, `whole` ones between words only, `to_fill` ones are left empty for a pen. `compact`
    tables stand side by side where there is room."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    head: int = 0
    narrow: tuple[int, ...] = ()
    whole: tuple[int, ...] = ()
    to_fill: tuple[int, ...] = ()
    compact: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing and what it says in words, for whom cannot see it."""

    svg: str
    alt: str
    caption: str


Block = Heading | Paragraph | Facts | Bullets | Grid | Picture


@dataclass(frozen=True, slots=True)
class Paper:
    """`mark` is the word borne by every page, `running` what stands beside it there."""

    language: str
    mark: str
    title: str
    subtitle: str
    running: str
    blocks: tuple[Block, ...]
    footer: tuple[str, ...]
