"""Foretell an experiment: whether taking a target away touches a drug's effect on an outcome.

Nine features are read off the knowledge, each without the experiment's own group. The weight of a value is the log
ratio of how often the experiments of the other groups that had an effect, and those that had none, show it; both
answers start even. CHOSEN are the three that are used: docs/prediction.md tells how and when they were chosen.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ketamech.graph.mechanism import MechanismGraph
from ketamech.graph.model import Experiment
from ketamech.graph.relief import RELIEF, relief_signs
from ketamech.graph.vocabulary import COMPOUNDS, LOWERING, RAISING
from ketamech.queries.influence import Influence, Reach

EFFECT: Final = frozenset({"abolishes", "attenuates", "occludes", "shortens", "mimics"})
NONE: Final = frozenset({"no_effect"})
FEATURES: Final = ("record", "route", "touched", "tier", "outcome", "mode", "place", "hour", "compound")
CHOSEN: Final = ("record", "tier", "hour")
STRONG_ROUTE: Final = 0.5
WEAK_ROUTE: Final = 0.05
EARLY: Final = 3.0
OFTEN: Final = 1 / 3
AT_TIMES: Final = 1 / 8
ENOUGH: Final = 3
BY_DRUG: Final = frozenset({"antagonist", "inverse_agonist", "inhibitor", "agonist", "positive_modulator", "depletion"})
PRIOR: Final = 4.0


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


def answered(graph: MechanismGraph) -> list[Case]:
    """Give every recorded experiment that asks this question and has one of the two answers."""
    return [c for x in graph.knowledge.experiments if (c := case_of(graph, x)) and c.effect is not None]


class Foreteller:
    """Turn experiments into features, by the knowledge of one graph."""

    def __init__(self, graph: MechanismGraph) -> None:
        self._graph = graph
        self._influence = Influence(graph)
        self._signs = relief_signs(graph)
        self._ketamine = next((e.id for e in graph.entities.values() if e.name == "ketamine"), None)
        self._ahead: dict[str, Reach] = {}
        self._behind: dict[str, Reach] = {}

    def features(self, case: Case) -> dict[str, str]:
        """Read every feature of one case but `record`, which is read off other experiments (see Record)."""
        x = case.experiment
        done = x.interventions[0]
        return {
            "route": self._route(case),
            "touched": self._touched(case),
            "tier": "human" if x.tier.startswith("human") else x.tier,
            "outcome": self._class(x.outcome),
            "mode": "drug" if done.mode in BY_DRUG else "gene or cell",
            "place": "cell type" if done.place.cell_type else "region" if done.place.region else "whole",
            "hour": self._hour(x),
            "compound": "ketamine" if x.drug == self._ketamine else "other" if x.drug else "none",
        }

    def _class(self, outcome: str) -> str:
        kind = self._graph.entities[outcome].kind
        return "relief" if outcome in self._signs else "adverse" if kind == "adverse_outcome" else "other"

    def _hour(self, x: Experiment) -> str:
        """Tell early effects from lasting ones: `EARLY` hours or less after the dose, or the onset itself."""
        hour = x.hour
        if x.aspect in ("duration", "onset"):
            return "late" if x.aspect == "duration" else "early"
        return "unknown" if hour is None else "early" if hour.low <= EARLY else "late"

    def _route(self, case: Case) -> str:
        """Say how the target lies to the outcome on curated steps.

        With a drug: the strength of the best route through the target as a share of the best of all. Without one:
        whether the target, moved that way, is known to bring relief (or to move another outcome at all).
        """
        x = case.experiment
        done = x.interventions[0]
        relief = x.outcome in self._signs
        sinks, behind = self._towards(x.outcome)
        members = (done.target, *self._graph.parts(done.target))
        if case.alone:
            onward = [self._influence.onward(m, done.place, behind) for m in members]
            moved = 1 if done.mode in RAISING else -1
            way, other = (max(o[sign] for o in onward) for sign in (moved, -moved))
            if not way and not other:
                return self._blank(done.target)
            return "leads there" if not relief or way >= other else "leads away"
        drug = x.drug or ""
        if drug not in self._ahead:
            self._ahead[drug] = self._influence.forward(drug)
        ahead, sign = self._ahead[drug], 1 if relief else None
        whole = ahead.best(sinks, sign) or ahead.best(sinks)
        if not whole:
            return "no route known"
        share = self._influence.through(done.target, done.place, ahead, behind, sign) / whole
        if share <= 0:
            return self._blank(done.target)
        return "strong" if share >= STRONG_ROUTE else "medium" if share >= WEAK_ROUTE else "weak"

    def _blank(self, target: str) -> str:
        steps = [e for e in self._graph.out_edges(target) if not e.derived]
        return "off the routes" if steps else "unconnected"

    def _towards(self, outcome: str) -> tuple[list[str], Reach]:
        sinks = [outcome]
        if outcome in self._signs:
            plain = self._graph.entities
            sinks = [id for id, sign in self._signs.items() if sign == 1 and plain[id].kind != "readout"]
        key = RELIEF if outcome in self._signs else outcome
        if key not in self._behind:
            self._behind[key] = self._influence.backward(sinks)
        return sinks, self._behind[key]

    def _touched(self, case: Case) -> str:
        """Say whether the drug is known to move the target (or a part of it)."""
        x = case.experiment
        if case.alone:
            return "not asked"
        members = {x.interventions[0].target, *self._graph.parts(x.interventions[0].target)}
        edges = [e for e in self._graph.out_edges(x.drug or "") if e.object in members and not e.derived]
        moved = sum(e.count("supports") for e in edges)
        still = sum(e.count("no_effect") + e.count("refutes") for e in edges)
        return "unknown" if not moved + still else "moved" if moved > still else "not moved"


class Record:
    """Remember what experiments saw, so that a new one can be held against those on the same target."""

    def __init__(self, graph: MechanismGraph, cases: Sequence[Case]) -> None:
        self._graph = graph
        self._cases = cases

    def answers(self, case: Case) -> tuple[tuple[str, bool], ...]:
        """Give paper and answer of every experiment on the same target, or a part or whole of it."""
        target = case.experiment.interventions[0].target
        return tuple(
            (other.experiment.paper.key, bool(other.effect))
            for other in self._cases
            if self._graph.related(other.experiment.interventions[0].target, target)
        )


def track_record(answers: Iterable[tuple[str, bool]], excluded: Collection[str]) -> str:
    """Say how moving this target has turned out in the experiments of other papers, whatever drug and outcome.

    `often nothing` from a third of nulls on, `at times nothing` from an eighth on; else `always something` with three
    effects or more, `few` with less.
    """
    said = [effect for paper, effect in answers if paper not in excluded]
    if not said:
        return "untested"
    nulls = said.count(False) / len(said)
    if nulls >= OFTEN:
        return "often nothing"
    if nulls >= AT_TIMES:
        return "at times nothing"
    return "always something" if said.count(True) >= ENOUGH else "few"


@dataclass(frozen=True, slots=True)
class Weights:
    """Hold, for each feature and value, its log ratio of effect to no effect, with the cases it was learned from."""

    terms: Mapping[tuple[str, str], float]
    effects: int
    nones: int

    def of(self, features: Mapping[str, str], only: Iterable[str] | None = None) -> float:
        """Add up the log ratios of a case; above 0 speaks for an effect."""
        chosen = set(features if only is None else only)
        return sum(self.terms.get((name, value), 0.0) for name, value in features.items() if name in chosen)


def learn(rows: Sequence[tuple[Mapping[str, str], bool]]) -> Weights:
    """Learn the log ratio of every value of every feature from answered cases.

    Counts are drawn towards the value's overall share as if PRIOR more cases of either answer showed just that
    (m-estimate), so that what was seen in few cases says little.
    """
    effects = sum(effect for _, effect in rows)
    nones = len(rows) - effects
    counts: dict[tuple[str, str], list[int]] = {}
    for features, effect in rows:
        for item in features.items():
            counts.setdefault(item, [0, 0])[effect] += 1
    terms = {}
    for item, (none, some) in counts.items():
        share = PRIOR * (none + some) / len(rows)
        terms[item] = math.log((some + share) / (effects + PRIOR)) - math.log((none + share) / (nones + PRIOR))
    return Weights(terms, effects, nones)
