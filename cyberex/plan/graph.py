"""Which asset or channel falls with which: a directed graph, and what is down in it.

Pure: the set of assets that were set down comes in, what is therefore down comes out. networkx is
imported by whoever needs the graph, not with the module: `cyberex check` would start twice as slow.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx as nx

CHANNEL = "channel:"
"""Prefix of channels in the graph: a channel may bear the name of an asset."""


class Dependencies:
    """Assets and channels (prefixed) and what they need."""

    def __init__(self, needs: Mapping[str, Iterable[str]]) -> None:
        self._needs = {node: tuple(needed) for node, needed in needs.items()}

    @cached_property
    def graph(self) -> "nx.DiGraph[str]":
        """An edge goes from what is needed to what needs it: the way a failure travels. Asked for
        once before play, so that nothing is imported while the clock runs."""
        import networkx as nx

        graph: nx.DiGraph[str] = nx.DiGraph()
        graph.add_nodes_from(self._needs)
        for node, needed in self._needs.items():
            graph.add_edges_from((other, node) for other in needed)
        return graph

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
        import networkx as nx

        found = {node for node in set_down if node in self.graph}
        for node in tuple(found):
            found |= nx.descendants(self.graph, node)
        return frozenset(found)

    def needs_of(self, node: str) -> tuple[str, ...]:
        """What `node` needs directly, in the author's order."""
        return self._needs.get(node, ())


def loops(edges: Mapping[str, Iterable[str]]) -> Iterator[set[str]]:
    """The sets of nodes that all lead to each other, those that lead to themselves included."""
    try:
        TopologicalSorter(edges).prepare()
    except CycleError:
        yield from _components(edges)


def _components(edges: Mapping[str, Iterable[str]]) -> Iterator[set[str]]:
    import networkx as nx

    graph: nx.DiGraph[str] = nx.DiGraph()
    for node, targets in edges.items():
        graph.add_edges_from((node, target) for target in targets)
    for component in nx.strongly_connected_components(graph):
        if len(component) > 1 or any(graph.has_edge(node, node) for node in component):
            yield component
