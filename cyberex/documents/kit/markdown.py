"""From the Markdown of a kit text to nodes, with `${variables}` put in after it is read.

A value can therefore never become markup. What is not in the subset is shown as it was written.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from cyberex.documents.kit.nodes import (
    Break,
    Entry,
    Grid,
    Heading,
    Listing,
    Node,
    Paragraph,
    Quote,
    Span,
    Text,
    marked,
    said,
)
from cyberex.wording.clean import clean

Blocks = Callable[[str], tuple[Node, ...]]
Values = Mapping[str, Span]

PLAIN = Span("")

_HEADING = re.compile(r"(#{1,3})\s+(.*?)\s*#*\s*").fullmatch
_RULE = re.compile(r"-{3,}\s*").fullmatch
_BLOCK = re.compile(r"\s*\{\{\s*([a-z-]+)\s*\}\}\s*").fullmatch
_ENTRY = re.compile(r"(\s*)(?:([-*])|(\d{1,3})[.)])\s+(?:\[( |x|X)\]\s+)?(.*)").fullmatch
_ROW = re.compile(r"\s*\|.*").fullmatch
_DASHES = re.compile(r"\s*\|?[\s:|-]*-[\s:|-]*\|?\s*").fullmatch
_LAZY = ("list", "quote")
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_INLINE = re.compile(
    r"\\([\\`*_{}\[\]()#+\-.!|$<>])"
    r"|\$\{([a-z_]+)\}"
    r"|(?<!\w)(\*\*\*|\*\*|\*)(?=\S)(.+?)(?<=\S)\3(?!\*)",
    re.S,
)


def nodes_of(body: str, values: Values, blocks: Blocks) -> tuple[Node, ...]:
    """The nodes of `body`; `blocks` gives those that a `{{name}}` alone on its line stands for."""
    lines = clean(_COMMENT.sub("", body)).split("\n")
    return tuple(_nodes(lines, values, blocks))


def _nodes(lines: Sequence[str], values: Values, blocks: Blocks) -> Iterator[Node]:
    at = 0
    while at < len(lines):
        line = lines[at]
        if not line.strip():
            at += 1
        elif heading := _HEADING(line):
            yield Heading(len(heading[1]), spans_of(heading[2], values))
            at += 1
        elif _RULE(line):
            yield Break()
            at += 1
        elif block := _BLOCK(line):
            yield from blocks(block[1])
            at += 1
        else:
            end = _end_of(lines, at)
            yield from _chunk(lines[at:end], values, blocks)
            at = end


def _kind(line: str) -> str:
    if line.lstrip().startswith(">"):
        return "quote"
    if _ROW(line):
        return "table"
    return "list" if _ENTRY(line) else "text"


def _stands_alone(line: str) -> bool:
    return bool(_HEADING(line) or _RULE(line) or _BLOCK(line))


def _belongs(kind: str, line_kind: str) -> bool:
    return line_kind == kind or (kind in _LAZY and line_kind == "text")


def _end_of(lines: Sequence[str], at: int) -> int:
    """Where what begins at `at` ends; the lines under an entry belong to it."""
    kind = _kind(lines[at])
    end = at + 1
    while end < len(lines):
        line = lines[end]
        if not line.strip():
            after = next((later for later in lines[end:] if later.strip()), "")
            if kind != "list" or not _ENTRY(after):
                break
        elif _stands_alone(line) or not _belongs(kind, _kind(line)):
            break
        end += 1
    return end


def _chunk(lines: Sequence[str], values: Values, blocks: Blocks) -> Iterator[Node]:
    match _kind(lines[0]):
        case "quote":
            inner = [re.sub(r"^\s*> ?", "", line) for line in lines]
            yield Quote(tuple(_nodes(inner, values, blocks)))
        case "table":
            yield _table(lines, values)
        case "list":
            yield Listing(tuple(_entries(lines, values)))
        case _:
            yield Paragraph(spans_of(_joined(lines), values))


def _joined(lines: Sequence[str]) -> str:
    """Lines run on, but after two spaces or a backslash a line is kept."""
    said = ""
    for line in lines:
        keep = line.endswith(("  ", "\\"))
        said += line.rstrip("\\").strip() + ("\n" if keep else " ")
    return said.strip()


def _entries(lines: Sequence[str], values: Values) -> Iterator[Entry]:
    held: Entry | None = None
    words: list[str] = []
    for line in lines:
        found = _ENTRY(line)
        if found is None:
            words.append(line)
            continue
        if held is not None:
            yield replace(held, text=spans_of(_joined(words), values))
        mark = "box" if found[4] else ("-" if found[2] else "1")
        held, words = Entry((), mark, min(2, len(found[1]) // 2)), [found[5]]
    if held is not None:
        yield replace(held, text=spans_of(_joined(words), values))


def _table(lines: Sequence[str], values: Values) -> Grid:
    rows = [
        tuple(spans_of(cell.replace("<br>", "\n"), values) for cell in _cells(line))
        for line in lines
        if not _DASHES(line)
    ]
    head, *body = rows or [()]
    wide = len(head)
    fitted = tuple((*row, *(((Span(""),),) * wide))[:wide] for row in body)
    blank = [[not said(cell).strip() for cell in row] for row in fitted]
    empty = any(map(all, blank)) or any(map(all, zip(*blank, strict=True)))
    return Grid(tuple(said(cell) for cell in head), fitted, _widths(head, fitted), pen=empty)


def _widths(head: tuple[Text, ...], rows: tuple[tuple[Text, ...], ...]) -> tuple[float, ...]:
    """Shares by the longest text, within reason: an empty column is there to be written in."""
    found = []
    for place, name in enumerate(head):
        longest = max((len(said(row[place])) for row in rows), default=0)
        untold = not longest and not said(name).strip()
        found.append(float(36 if untold else max(6, min(36, longest), len(said(name)) + 2)))
    return tuple(found)


def _cells(line: str) -> list[str]:
    inner = line.strip().removeprefix("|")
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", inner)]


def spans_of(text: str, values: Values, style: Span = PLAIN) -> Text:
    """Runs of `text`: bold, italic, variables; an unknown variable is shown to be completed."""
    found: list[Span] = []
    at = 0
    for match in _INLINE.finditer(text):
        found += _plain(text[at : match.start()], style)
        escaped, name, stars, inner = match.groups()
        if escaped:
            found.append(replace(style, text=escaped))
        elif name:
            value = values.get(name, Span(f"${{{name}}}"))
            found.append(replace(value, bold=style.bold, italic=style.italic))
        else:
            bold, italic = "**" in stars, stars in ("*", "***")
            inside = replace(style, bold=style.bold or bold, italic=style.italic or italic)
            found += spans_of(inner, values, inside)
        at = match.end()
    found += _plain(text[at:], style)
    return tuple(found)


def _plain(text: str, style: Span) -> list[Span]:
    if not text:
        return []
    return [replace(style, text=span.text, fill=span.fill) for span in marked(text)]
