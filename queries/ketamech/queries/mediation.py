"""How far a place between drug and outcome is known to carry the effect: needed, untested, not needed.

A route is a claim that each of its places carries the drug's effect. Where taking a place away took the effect, it
does; where the effect stayed, it hardly does; most places were never tested. The factor of every place passed is
multiplied into the rank of a route (never into the strength of a step). The three values are conventions.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ketamech.graph.mechanism import MechanismGraph
from ketamech.graph.model import Experiment
from ketamech.graph.relief import outcome_class, relief_signs
from ketamech.graph.vocabulary import COMPOUNDS, LOWERING, OUTCOMES, REMOVING
from ketamech.queries.blockades import NEEDED, SPARED
from ketamech.queries.context import ContextFilter, Fit, judge

CARRIES: Final = 1.0
UNTESTED: Final = 0.6
SPARES: Final = 0.3
OPPOSED: Final = 0.3
SURELY_GONE: Final = REMOVING | {"silencing"}


def mediation(
    graph: MechanismGraph,
    drug: str,
    target: str,
    asked: ContextFilter,
    by: float | None = None,
    after: float | None = None,
) -> Mapping[str, float]:
    """Give the factor of every place that may lie between a drug and an outcome; places not named have UNTESTED.

    Empty where no experiment tells anything: then all places are alike.

    Where an early window is asked (`by`), experiments on how long an effect lasts say nothing; where a late one is
    (`after`, hours), they speak first. A null counts only where the target was surely gone (a gene, a lesion,
    silenced cells): a drug that leaves the effect may not have reached its target. That an effect lasts without a
    place never says that it begins without it.
    A place is credited with experiments on itself, on its parts, and on what was taken away within it (a receptor in
    a cell type). Readouts and outcomes carry nothing.
    """
    signs = relief_signs(graph)
    wanted = outcome_class(target, signs)
    found: dict[tuple[str, bool], set[bool]] = {}
    for x in graph.knowledge.experiments:
        if not _bears(x, drug, graph) or outcome_class(x.outcome, signs) != wanted:
            continue
        done = x.interventions[0]
        lasting, needed = x.aspect == "duration", x.observed in NEEDED
        gone = x.observed in SPARED and done.mode in SURELY_GONE
        hour = x.hour
        if by is not None and hour is not None and hour.low > by:
            continue
        if judge(x, asked, graph).fit is Fit.UNFIT or not (needed or gone):
            continue
        for place in (p for p in (done.target, done.place.cell_type) if p):
            for whole in (place, *graph.wholes(place)) if needed else (place,):
                found.setdefault((whole, lasting), set()).add(needed)
    made: dict[str, float] = {}
    for place in {p for p, _ in found}:
        size, long = found.get((place, False), set()), found.get((place, True), set())
        said = size if by is not None else long if after is not None and True in long else size | long
        if said == {True}:
            made[place] = CARRIES
        elif size == {False} and said == {False}:
            made[place] = SPARES
    if not made:
        return {}
    plain = (e.id for e in graph.entities.values() if e.kind in OUTCOMES or e.kind == "readout")
    return made | dict.fromkeys(plain, 1.0)


def recorded_signs(graph: MechanismGraph, drug: str, asked: ContextFilter) -> Mapping[str, int]:
    """Give what the drug was seen to do to each place, where fitting evidence tells of one direction only."""
    seen: dict[str, set[int]] = {}
    for edge in graph.out_edges(drug):
        told = any(c.stance == "supports" and judge(c, asked, graph).fit is not Fit.UNFIT for c in edge.claims)
        if edge.sign and told:
            seen.setdefault(edge.object, set()).add(edge.sign)
    return {place: next(iter(signs)) for place, signs in seen.items() if len(signs) == 1}


def _bears(x: Experiment, drug: str, graph: MechanismGraph) -> bool:
    if x.drug != drug or len(x.interventions) != 1 or x.paper.retracted:
        return False
    done = x.interventions[0]
    return done.mode in LOWERING and graph.entities[done.target].kind not in COMPOUNDS
