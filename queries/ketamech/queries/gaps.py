"""What the best paths lack: rungs of the translational ladder, second papers, second groups, people."""

from __future__ import annotations

from ketamech.graph.gap_answers import GapsAnswer, PathGaps, Rung
from ketamech.graph.mechanism import MechanismGraph
from ketamech.graph.model import Claim
from ketamech.graph.path_answers import StepAnswer
from ketamech.graph.vocabulary import TIERS
from ketamech.queries.paths import find_paths
from ketamech.queries.question import PathQuery


def gaps(graph: MechanismGraph, query: PathQuery) -> GapsAnswer:
    """Find the best paths of a question and the rung, papers and groups of every step.

    Raises what `find_paths` raises.

    >>> from ketamech.loaders import load_default
    >>> answer = gaps(load_default(), PathQuery("ketamine", "5-HT1B binding", k=1))
    >>> [r.tier for r in answer.paths[0].rungs][-1] in ("primate", "human observational", "human controlled")
    True
    """
    found = find_paths(graph, query)
    paths = tuple(PathGaps(p, tuple(_rung(s) for s in p.steps)) for p in found.paths)
    return GapsAnswer(found.query, found.source, found.target, paths, found.names)


def _rung(step: StepAnswer) -> Rung:
    said = [e for e in step.evidence if not _objects(e, step)]
    tier = max((e.tier for e in said), key=TIERS.index, default=TIERS[0])
    papers = tuple(sorted({e.paper.key for e in said}))
    groups = tuple(sorted({e.paper.lab for e in said}))
    return Rung(step, tier, papers, groups)


def _objects(evidence: object, step: StepAnswer) -> bool:
    return evidence.stance != "supports" if isinstance(evidence, Claim) else evidence in step.edge.objections
