"""Where a question takes its knowledge from: a port with two harbours, the loaded graph and a database.

A source hands over as much as a question needs, always as a `MechanismGraph`, so that one and the same pure function
answers whatever stands behind it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from ketamech.graph.mechanism import MechanismGraph


class KnowledgeSource(Protocol):
    """Give knowledge by the amount a question needs."""

    def named(self) -> MechanismGraph:
        """Give a graph that holds every entity, and maybe nothing else: enough for names."""
        ...

    def about(self, first: str, second: str | None = None) -> MechanismGraph:
        """Give a graph that holds at least all that bears on the edges between two entities, or on one by its key."""
        ...

    def whole(self) -> MechanismGraph:
        """Give a graph with all entities, papers, claims and experiments."""
        ...


@dataclass(frozen=True, slots=True)
class InMemory:
    """Hand over the loaded graph itself."""

    graph: MechanismGraph

    def named(self) -> MechanismGraph:
        """Give the graph."""
        return self.graph

    def about(self, first: str, second: str | None = None) -> MechanismGraph:
        """Give the graph."""
        return self.graph

    def whole(self) -> MechanismGraph:
        """Give the graph."""
        return self.graph
