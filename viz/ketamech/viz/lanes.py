"""Where nodes stand: columns from left to right in the order of the paths, each column headed by its stages.

A fixed lane per kind of node would send arrows backwards, since biology alternates (receptor, cell, transmitter,
receptor, protein, structure, region, test). So a node's column is the longest way to it over the steps shown;
steps that would close a cycle are left out of that count. Rows come from barycentre sweeps. Ties go by id, so the
same input always gives the same picture.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

COLUMN: Final = 230
ROW: Final = 104
SWEEPS: Final = 8

STAGES: Final[Mapping[str, str]] = {
    "drug": "Drug",
    "metabolite": "Drug",
    "state": "Stress or illness",
    "receptor": "Target",
    "channel": "Target",
    "transporter": "Target",
    "enzyme": "Signal",
    "protein": "Signal",
    "gene": "Signal",
    "neurotransmitter": "Signal",
    "hormone": "Signal",
    "complex": "Signal",
    "pathway": "Signal",
    "process": "Process",
    "structure": "Structure",
    "cell_type": "Cell",
    "brain_region": "Region or circuit",
    "circuit": "Region or circuit",
    "readout": "Readout",
    "behaviour": "Outcome",
    "clinical_outcome": "Outcome",
    "adverse_outcome": "Outcome",
}


@dataclass(frozen=True, slots=True)
class Layout:
    """Hold the place of every node and the head of every column, in pixels at full size."""

    places: Mapping[str, tuple[int, int]]
    heads: tuple[tuple[int, str], ...]
    height: int


EMPTY: Final = Layout({}, (), 0)


def stage_of(kind: str) -> str:
    """Name the stage a kind of node belongs to."""
    return STAGES[kind]


def lay_out(kinds: Mapping[str, str], chains: Sequence[Sequence[str]]) -> Layout:
    """Place nodes (id to kind) so that every chain of ids runs from left to right where cycles allow."""
    arrows = _acyclic(chains)
    ranks = _ranks(kinds, arrows)
    columns: dict[int, list[str]] = {}
    for node in sorted(kinds):
        columns.setdefault(ranks[node], []).append(node)
    rows = _rows(columns, arrows)
    tallest = max((len(c) for c in columns.values()), default=1)
    places = {}
    for rank, nodes in columns.items():
        top = (tallest - len(nodes)) * ROW // 2
        for node in nodes:
            places[node] = (rank * COLUMN, top + rows[node] * ROW)
    heads = []
    for rank, nodes in sorted(columns.items()):
        named = list(dict.fromkeys(stage_of(kinds[n]) for n in sorted(nodes, key=lambda n: rows[n])))
        heads.append((rank * COLUMN, " / ".join(named)))
    return Layout(places, tuple(heads), tallest * ROW)


def _acyclic(chains: Iterable[Sequence[str]]) -> dict[str, set[str]]:
    """Collect the steps of all chains, leaving out those that would close a cycle; earlier chains come first."""
    onward: dict[str, set[str]] = {}

    def reaches(start: str, goal: str) -> bool:
        seen, queue = {start}, [start]
        while queue:
            here = queue.pop()
            if here == goal:
                return True
            fresh = onward.get(here, set()) - seen
            seen |= fresh
            queue.extend(fresh)
        return False

    for chain in chains:
        for a, b in pairwise(chain):
            if a != b and b not in onward.get(a, ()) and not reaches(b, a):
                onward.setdefault(a, set()).add(b)
    return onward


def _ranks(kinds: Iterable[str], onward: Mapping[str, set[str]]) -> dict[str, int]:
    ranks = dict.fromkeys(kinds, 0)
    waiting = dict.fromkeys(ranks, 0)
    for targets in onward.values():
        for target in targets:
            waiting[target] += 1
    queue = sorted(n for n, count in waiting.items() if not count)
    while queue:
        node = queue.pop()
        for target in sorted(onward.get(node, ())):
            ranks[target] = max(ranks[target], ranks[node] + 1)
            waiting[target] -= 1
            if not waiting[target]:
                queue.append(target)
    return ranks


def _rows(columns: Mapping[int, list[str]], onward: Mapping[str, set[str]]) -> dict[str, int]:
    """Order each column by the mean height of its neighbours, back and forth; sorts the lists in place."""
    near: dict[str, set[str]] = {}
    for a, targets in onward.items():
        for b in targets:
            near.setdefault(a, set()).add(b)
            near.setdefault(b, set()).add(a)
    height = {node: i - (len(nodes) - 1) / 2 for nodes in columns.values() for i, node in enumerate(nodes)}
    for sweep in range(SWEEPS):
        for rank in sorted(columns, reverse=bool(sweep % 2)):
            nodes = columns[rank]

            def mean(node: str) -> float:
                around = near.get(node)
                return sum(height[n] for n in around) / len(around) if around else height[node]

            nodes.sort(key=lambda n: (round(mean(n), 6), n))
            for i, node in enumerate(nodes):
                height[node] = i - (len(nodes) - 1) / 2
    return {node: i for nodes in columns.values() for i, node in enumerate(nodes)}
