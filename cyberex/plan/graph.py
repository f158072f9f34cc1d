"""Which asset or channel falls with which: a directed graph, and what is down in it.

Pure: the set of assets that were set down comes in, what is therefore down comes out.
"""

from collections.abc import Iterable, Mapping

import networkx as nx

CHANNEL = "channel:"
"""Prefix of channels in the graph: a channel may bear the name of an asset."""


class Dependencies:
    """Assets and channels (prefixed) and what they need."""

    def __init__(self, needs: Mapping[str, Iterable[str]]) -> None:
        # An edge goes from what is needed to what needs it: the way a failure travels.
        self._graph: nx.DiGraph[str] = nx.DiGraph()
        self._graph.add_nodes_from(needs)
        for node, needed in needs.items():
            self._graph.add_edges_from((other, node) for other in needed)

    def loop(self) -> tuple[str, ...]:
        """The first loop, as ids in order, each needed by the next; empty if there is none."""
        try:
            return tuple(edge[0] for edge in nx.find_cycle(self._graph))
        except nx.NetworkXNoCycle:
            return ()

    def down(self, set_down: Iterable[str]) -> frozenset[str]:
        """All that is down when `set_down` are: setting one up never hides a need that is down."""
        found = {node for node in set_down if node in self._graph}
        for node in tuple(found):
            found |= nx.descendants(self._graph, node)
        return frozenset(found)

    def needs_of(self, node: str) -> tuple[str, ...]:
        """What `node` needs directly, in the author's order."""
        return tuple(self._graph.predecessors(node))
