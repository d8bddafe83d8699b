"""Foretelling an experiment: does taking a target away touch a drug's effect on an outcome?

Every feature below was written down before any score was looked at (docs/prediction.md). Each is read off the
knowledge without the experiment's own group; the weight of a value is the log ratio of how often the experiments of
the other groups that had an effect, and those that had none, show it (add-one smoothing). Both answers start even.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ketamech.graph.mechanism import MechanismGraph
from ketamech.graph.model import Experiment
from ketamech.graph.relief import RELIEF, relief_signs
from ketamech.graph.vocabulary import COMPOUNDS, LOWERING, RAISING
from ketamech.queries.influence import Influence

EFFECT: Final = frozenset({"abolishes", "attenuates", "occludes", "shortens", "mimics"})
NONE: Final = frozenset({"no_effect"})
STRONG_ROUTE: Final = 0.5
WEAK_ROUTE: Final = 0.05
GENETIC: Final = frozenset({"knockout", "knockin", "knockdown", "overexpression"})


@dataclass(frozen=True, slots=True)
class Case:
    """Hold one experiment as a question, with its answer where one was observed (None: not one of the two)."""

    experiment: Experiment
    alone: bool
    effect: bool | None


def case_of(graph: MechanismGraph, x: Experiment) -> Case | None:
    """Read an experiment as a question, or None when it does not ask this one.

    With a drug: one target was lowered and the drug's effect was lost or smaller, or was not. Without a drug: one
    target was moved and the outcome moved, or did not.
    """
    if len(x.interventions) != 1 or x.paper.retracted:
        return None
    done = x.interventions[0]
    if graph.entities[done.target].kind in COMPOUNDS or done.mode not in LOWERING | RAISING:
        return None
    if x.drug and done.mode not in LOWERING:
        return None
    effect = True if x.observed in EFFECT else False if x.observed in NONE else None
    return Case(x, x.drug is None, effect)


class Foreteller:
    """Turn experiments into features, by the knowledge of one graph."""

    def __init__(self, graph: MechanismGraph) -> None:
        self._graph = graph
        self._influence = Influence(graph)
        self._signs = relief_signs(graph)
        self._cases = [c for x in graph.knowledge.experiments if (c := case_of(graph, x)) and c.effect is not None]
        self._reach: dict[object, object] = {}

    def features(self, case: Case) -> dict[str, str]:
        """Read every feature of one case."""
        x = case.experiment
        done = x.interventions[0]
        return {
            "route": self._route(case),
            "earlier": self._earlier(case),
            "touched": self._touched(case),
            "tier": "human" if x.tier.startswith("human") else x.tier,
            "outcome": "relief" if x.outcome in self._signs else self._graph.entities[x.outcome].kind,
            "mode": "gene" if done.mode in GENETIC else "place" if done.mode in ("lesion", "silencing") else "drug",
            "place": "cell type" if done.place.cell_type else "region" if done.place.region else "whole",
            "aspect": x.aspect if x.aspect == "duration" else "size",
        }
