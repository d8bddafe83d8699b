"""Where nodes stand: columns from left to right in the order of the paths, each headed by the stages it holds.

A fixed lane per kind of node would send arrows backwards, since biology alternates (receptor, cell, transmitter,
receptor, protein, structure, region, test). So the lanes are columns, and they follow the paths:

1. A node's column is the longest way to it over the steps shown. A step that would close a cycle is left out of
   that count (the earlier, stronger path keeps its direction). Then nodes move right where that shortens arrows.
2. A step that jumps columns gets a bend in each column it crosses, so that it runs between boxes, not through them.
3. Rows: barycentre sweeps and swaps of neighbours, keeping the order with fewest crossings; then heights nearest to
   the mean of the neighbours, at a least distance (isotonic regression: doi:10.18637/jss.v102.c01).

Ties go by id, so the same steps always give the same picture.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from ketamech.viz.stages import stage_of

COLUMN: Final = 198
ROW: Final = 88
BOX: Final = 130
SWEEPS: Final = 12

Point = tuple[int, int]
# A box is (id,); a bend is (id of source, id of target, column): one type, so that both sort and stack alike.
Spot = tuple[str, ...]
Steps = Mapping[str, set[str]]


@dataclass(frozen=True, slots=True)
class Layout:
    """Hold the place of every node, the bends of long arrows and the head of every column, in pixels at full size."""

    places: Mapping[str, Point]
    bends: Mapping[tuple[str, str], tuple[Point, ...]]
    heads: tuple[tuple[int, tuple[str, ...]], ...]


EMPTY: Final = Layout({}, {}, ())


def lay_out(kinds: Mapping[str, str], chains: Sequence[Sequence[str]]) -> Layout:
    """Place nodes (id to kind) so that every chain of ids runs from left to right where cycles allow."""
    onward = _acyclic(chains)
    ranks = _ranks(kinds, onward)
    columns, near, bent = _columns(ranks, onward)
    _order(columns, near)
    heights = _heights(columns, near)
    places = {s[0]: (rank * COLUMN, heights[s]) for rank, spots in columns.items() for s in spots if len(s) == 1}
    bends = {
        edge: tuple(((ranks[edge[0]] + i) * COLUMN, heights[s]) for i, s in enumerate(spots, start=1))
        for edge, spots in bent.items()
    }
    heads = tuple(
        (rank * COLUMN, tuple(dict.fromkeys(stage_of(kinds[s[0]]) for s in columns[rank] if len(s) == 1)))
        for rank in sorted(columns)
    )
    return Layout(places, bends, heads)


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


def _ranks(kinds: Iterable[str], onward: Steps) -> dict[str, int]:
    """Give every node its column."""
    before: dict[str, set[str]] = {}
    for a, targets in onward.items():
        for b in targets:
            before.setdefault(b, set()).add(a)
    waiting = {node: len(before.get(node, ())) for node in kinds}
    ranks = dict.fromkeys(waiting, 0)
    queue = sorted(n for n, count in waiting.items() if not count)
    for node in queue:
        for target in sorted(onward.get(node, ())):
            ranks[target] = max(ranks[target], ranks[node] + 1)
            waiting[target] -= 1
            if not waiting[target]:
                queue.append(target)
    for node in reversed(queue):
        after, ahead = onward.get(node, set()), before.get(node, set())
        if ahead and len(after) > len(ahead):
            ranks[node] = min(ranks[t] for t in after) - 1
    return ranks


def _columns(
    ranks: Mapping[str, int], onward: Steps
) -> tuple[dict[int, list[Spot]], dict[Spot, list[Spot]], dict[tuple[str, str], list[Spot]]]:
    """Give the spots of every column, which spots are joined, and the bends of every long step."""
    columns: dict[int, list[Spot]] = {}
    near: dict[Spot, list[Spot]] = {}
    bent: dict[tuple[str, str], list[Spot]] = {}
    for node in sorted(ranks):
        columns.setdefault(ranks[node], []).append((node,))
    for a in sorted(onward):
        for b in sorted(onward[a]):
            bends: list[Spot] = [(a, b, f"{rank:04}") for rank in range(ranks[a] + 1, ranks[b])]
            for rank, spot in enumerate(bends, start=ranks[a] + 1):
                columns.setdefault(rank, []).append(spot)
            if bends:
                bent[a, b] = bends
            for left, right in pairwise([(a,), *bends, (b,)]):
                near.setdefault(left, []).append(right)
                near.setdefault(right, []).append(left)
    for spots in columns.values():
        spots.sort()
    return columns, near, bent


def _order(columns: dict[int, list[Spot]], near: Mapping[Spot, Sequence[Spot]]) -> None:
    """Order the spots of every column, in place, for few crossings."""
    row = {spot: i - (len(spots) - 1) / 2 for spots in columns.values() for i, spot in enumerate(spots)}
    best, fewest = {rank: list(spots) for rank, spots in columns.items()}, _crossings(columns, near)
    for sweep in range(SWEEPS):
        for rank in sorted(columns, reverse=bool(sweep % 2)):
            spots = columns[rank]
            means = {s: sum(row[n] for n in near[s]) / len(near[s]) if near.get(s) else row[s] for s in spots}
            spots.sort(key=lambda s: (round(means[s], 6), s))
            row.update((spot, i - (len(spots) - 1) / 2) for i, spot in enumerate(spots))
        _swap(columns, near)
        row.update((s, i - (len(spots) - 1) / 2) for spots in columns.values() for i, s in enumerate(spots))
        found = _crossings(columns, near)
        if found < fewest:
            best, fewest = {rank: list(spots) for rank, spots in columns.items()}, found
    columns.update(best)


def _swap(columns: Mapping[int, list[Spot]], near: Mapping[Spot, Sequence[Spot]]) -> None:
    """Swap neighbours of a column, in place, where that takes crossings away."""
    row = {spot: i for spots in columns.values() for i, spot in enumerate(spots)}
    column = {spot: rank for rank, spots in columns.items() for spot in spots}
    for rank in sorted(columns):
        spots = columns[rank]
        sides = {
            s: [sorted(row[n] for n in near.get(s, ()) if (column[n] < rank) == left) for left in (True, False)]
            for s in spots
        }
        for i in range(len(spots) - 1):
            upper, lower = sides[spots[i]], sides[spots[i + 1]]
            now = sum(a > b for left in (0, 1) for a in upper[left] for b in lower[left])
            then = sum(b > a for left in (0, 1) for a in upper[left] for b in lower[left])
            if then < now:
                spots[i], spots[i + 1] = spots[i + 1], spots[i]
        row.update((spot, i) for i, spot in enumerate(spots))


def _crossings(columns: Mapping[int, Sequence[Spot]], near: Mapping[Spot, Sequence[Spot]]) -> int:
    """Count the crossings between neighbouring columns."""
    row = {spot: (rank, i) for rank, spots in columns.items() for i, spot in enumerate(spots)}
    total = 0
    for rank in sorted(columns):
        seen: list[int] = []
        for spot in columns[rank]:
            ends = sorted(row[n][1] for n in near.get(spot, ()) if row[n][0] == rank + 1)
            total += sum(len(seen) - bisect_right(seen, end) for end in ends)
            for end in ends:
                insort(seen, end)
    return total


def _heights(columns: Mapping[int, Sequence[Spot]], near: Mapping[Spot, Sequence[Spot]]) -> dict[Spot, int]:
    """Give every spot its height: near its neighbours', never closer to the next spot of its column than allowed."""
    height: dict[Spot, float] = {}
    for spots in columns.values():
        offsets = _offsets(spots)
        height.update((spot, offset - offsets[-1] / 2) for spot, offset in zip(spots, offsets, strict=True))
    for sweep in range(2 * SWEEPS):
        for rank in sorted(columns, reverse=bool(sweep % 2)):
            spots = columns[rank]
            wanted = [sum(height[n] for n in near[s]) / len(near[s]) if near.get(s) else height[s] for s in spots]
            # Bends pull harder than boxes, so that long arrows run straight.
            weights = [1.0 if len(s) == 1 else 3.0 for s in spots]
            offsets = _offsets(spots)
            fitted = _isotonic([w - o for w, o in zip(wanted, offsets, strict=True)], weights)
            height.update((s, f + o) for s, f, o in zip(spots, fitted, offsets, strict=True))
    made: dict[Spot, int] = {}
    for spots in columns.values():
        last: Spot | None = None
        for spot in spots:
            # Rounding may bring two spots a pixel too close.
            least = made[last] + _gap(last, spot) if last is not None else round(height[spot])
            made[spot] = max(round(height[spot]), least)
            last = spot
    top = min(made.values(), default=0)
    return {spot: h - top for spot, h in made.items()}


def _gap(upper: Spot, lower: Spot) -> int:
    return (ROW * 2 // 5, ROW * 3 // 5, ROW)[(len(upper) == 1) + (len(lower) == 1)]


def _offsets(spots: Sequence[Spot]) -> list[int]:
    found = [0]
    for upper, lower in pairwise(spots):
        found.append(found[-1] + _gap(upper, lower))
    return found


def _isotonic(wanted: Sequence[float], weights: Sequence[float]) -> list[float]:
    """Fit the nearest non-decreasing values (least squares, pooling adjacent violators)."""
    pools: list[tuple[float, float, int]] = []
    for value, weight in zip(wanted, weights, strict=True):
        mean, mass, count = value, weight, 1
        while pools and pools[-1][0] >= mean:
            before, heavy, many = pools.pop()
            mean = (before * heavy + mean * mass) / (heavy + mass)
            mass, count = heavy + mass, many + count
        pools.append((mean, mass, count))
    return [mean for mean, _, count in pools for _ in range(count)]
