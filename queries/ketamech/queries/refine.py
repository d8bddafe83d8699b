"""Finer steps before coarser ones.

A step whose authors skipped what lies between (`indirect`, or derived from experiments) is a jump when a chain of
two or more other steps leads the same way with the same sign. Jumps are left out of the first search and come
back as end-to-end support of the stretch they span. A curated step is refined by curated steps only, never by
derived ones. What happens within cells, from molecule to molecule, say, is not refined by a tour through brain
regions: that chain tells of another matter. Steps are judged one after the other (derived first, then the
weakest), each against those that remain, so that two jumps never refine each other away.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Mapping, Sequence
from operator import eq
from typing import Final, TypeAlias

from ketamech.graph.mechanism import MechanismGraph
from ketamech.graph.vocabulary import COMPOUNDS, OUTCOMES, PLACES, PREDICATES
from ketamech.queries.steps import Step

MAX_REFINEMENT: Final = 10
BEYOND_CELLS: Final = COMPOUNDS | PLACES | OUTCOMES | {"state", "readout"}
Barred: TypeAlias = Callable[[Step], Collection[str]]


def nowhere(step: Step) -> Collection[str]:
    """Bar no place from a chain."""
    return ()


def bar_regions(graph: MechanismGraph) -> Barred:
    """Bar regions and circuits from the chains that may refine a step within cells."""
    regions = frozenset(e.id for e in graph.entities.values() if e.kind in PLACES)

    def barred(step: Step) -> Collection[str]:
        kinds = {graph.entities[step.source].kind, graph.entities[step.target].kind}
        return () if kinds & BEYOND_CELLS else regions

    return barred


def split_jumps(
    steps: Collection[Step],
    between: Collection[str],
    related: Callable[[str, str], bool] = eq,
    barred: Barred = nowhere,
) -> tuple[list[Step], list[Step]]:
    """Part steps into fine ones and jumps, looking only at places in `between`.

    `related` tells which two places no chain passes both: a whole and its part; `barred` gives the places that no
    chain for a step may pass.
    """
    alive = {s.key: s for s in steps if s.source in between and s.target in between}
    leaving: dict[str, dict[str, Step]] = {}
    for step in alive.values():
        leaving.setdefault(step.source, {})[step.key] = step
    jumps: list[Step] = []
    for step in sorted(alive.values(), key=lambda s: (not s.edge.derived, s.strength, s.key)):
        if _may_jump(step) and _is_refined(step, leaving, related, barred(step)):
            jumps.append(step)
            del leaving[step.source][step.key]
            del alive[step.key]
    return sorted(alive.values(), key=lambda s: s.key), sorted(jumps, key=lambda s: s.key)


def _may_jump(step: Step) -> bool:
    return step.sign != 0 and step.edge.directness != "direct" and PREDICATES[step.edge.predicate].role == "step"


def _is_refined(
    step: Step,
    leaving: Mapping[str, Mapping[str, Step]],
    related: Callable[[str, str], bool],
    barred: Collection[str],
) -> bool:
    """Look breadth first for a simple chain of 2 to MAX_REFINEMENT steps with the same ends and sign."""
    queue: deque[tuple[str, int, tuple[str, ...], bool]] = deque([(step.source, 1, (step.source,), False)])
    seen: set[tuple[str, int, bool]] = set()
    while queue:
        place, sign, trail, lifted = queue.popleft()
        for onward in leaving.get(place, {}).values():
            if onward.key == step.key or not onward.sign or (onward.edge.derived and not step.edge.derived):
                continue
            if onward.edge.id == step.edge.id or PREDICATES[onward.edge.predicate].role != "step":
                continue
            if lifted and onward.lifts_source:
                continue
            after = sign * onward.sign
            if onward.target == step.target:
                if after == step.sign and len(trail) >= 2:
                    return True
                continue
            state = (onward.target, after, onward.lifts_target)
            if (
                any(related(onward.target, passed) for passed in (*trail, step.target))
                or onward.target in barred
                or len(trail) >= MAX_REFINEMENT
                or state in seen
            ):
                continue
            seen.add(state)
            queue.append((onward.target, after, (*trail, onward.target), onward.lifts_target))
    return False


def is_coarsening(nodes: Sequence[str], of: Sequence[str]) -> bool:
    """Tell whether one node list is a shorter subsequence of another with the same ends.

    >>> is_coarsening(["a", "c"], ["a", "b", "c"]), is_coarsening(["a", "d", "c"], ["a", "b", "c"])
    (True, False)
    """
    if len(nodes) >= len(of) or nodes[0] != of[0] or nodes[-1] != of[-1]:
        return False
    rest = iter(of)
    return all(node in rest for node in nodes)
