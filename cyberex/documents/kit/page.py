"""One document ready for any format: its nodes, and what stands on each of its pages."""

from collections.abc import Iterator
from dataclasses import dataclass

from cyberex.documents.kit.nodes import Break, Heading, Node, Text, plain


@dataclass(frozen=True, slots=True)
class Slide:
    title: Text
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """`mark` is on every page; `title` names the file and runs on top; `heading` opens the first
    page; `audience` says who may read it; `footer` which version it is. A `poster`
    fills its page. `accent`: six hexadecimal digits dark enough to be read, "" for black."""

    name: str
    title: str
    heading: Text
    nodes: tuple[Node, ...]
    language: str
    mark: str
    audience: str
    author: str
    exercise: str
    footer: str
    logo: bytes | None = None
    poster: bool = False
    accent: str = ""

    def deck(self) -> list[Slide]:
        """A slide at each break and big heading; without a heading it keeps the one before."""
        return list(self._slides())

    def _slides(self) -> Iterator[Slide]:
        title, held = self.heading or plain(self.title), list[Node]()
        opened = False
        for node in self.nodes:
            if isinstance(node, Heading) and node.level <= 2:
                if held or opened:
                    yield Slide(title, tuple(held))
                title, held, opened = node.text, [], True
            elif isinstance(node, Break):
                if held:
                    yield Slide(title, tuple(held))
                    held, opened = [], False
            else:
                held.append(node)
        if held or opened:
            yield Slide(title, tuple(held))
