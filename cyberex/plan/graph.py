"""Which asset or channel falls with which: a directed graph, and what is down in it.

Pure: the set of assets that were set down comes in, what is therefore down comes out. Written here
in a few lines: a graph library would double the time that `cyberex check` takes to start.
"""

from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

CHANNEL = "channel:"
"""Prefix of channels in the graph: a channel may bear the name of an asset."""


class Dependencies:
    """Assets and channels (prefixed) and what they need."""

    def __init__(self, needs: Mapping[str, Iterable[str]]) -> None:
        self._needs = {node: tuple(needed) for node, needed in needs.items()}
        # The way a failure travels: from what is needed to what needs it.
        self._needed_by: dict[str, list[str]] = {node: [] for node in self._needs}
        for node, needed in self._needs.items():
            for other in needed:
                self._needed_by.setdefault(other, []).append(node)

    def loop(self) -> tuple[str, ...]:
        """The first loop, as ids in order, each needed by the next; empty if there is none."""
        try:
            TopologicalSorter(self._needs).prepare()
        except CycleError as error:
            found: list[str] = error.args[1]
            return tuple(found[:-1])
        return ()

    def down(self, set_down: Iterable[str]) -> frozenset[str]:
        """All that is down when `set_down` are: setting one up never hides a need that is down."""
        found: set[str] = set()
        ahead = [node for node in set_down if node in self._needed_by]
        while ahead:
            node = ahead.pop()
            if node not in found:
                found.add(node)
                ahead.extend(self._needed_by[node])
        return frozenset(found)

    def needs_of(self, node: str) -> tuple[str, ...]:
        """What `node` needs directly, in the author's order."""
        return self._needs.get(node, ())


def loops(edges: Mapping[str, Iterable[str]]) -> Iterator[set[str]]:
    """The sets of nodes that all lead to each other (Kosaraju), those that lead to themselves
    included. Not recursive: a chain may be as long as the file allows."""
    back: dict[str, list[str]] = {node: [] for node in edges}
    for node, targets in edges.items():
        for target in targets:
            back.setdefault(target, []).append(node)
    seen: set[str] = set()
    finished = [node for start in edges for node in _depth_first(edges, start, seen)]
    seen = set()
    for start in reversed(finished):
        component = set(_depth_first(back, start, seen))
        if len(component) > 1 or start in edges.get(start, ()):
            yield component


def _depth_first(edges: Mapping[str, Iterable[str]], start: str, seen: set[str]) -> Iterator[str]:
    """What `start` leads to and `seen` does not hold yet, itself last."""
    if start in seen:
        return
    seen.add(start)
    path = [(start, iter(edges.get(start, ())))]
    while path:
        node, ahead = path[-1]
        following = next((other for other in ahead if other not in seen), None)
        if following is None:
            path.pop()
            yield node
        else:
            seen.add(following)
            path.append((following, iter(edges.get(following, ()))))
