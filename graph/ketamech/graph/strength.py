"""How strong the evidence for one edge is: a documented formula, explained term by term.

Every claim has a weight, tier x read x kind (tables below). Papers of one group are not independent, so each
group counts once, with its weightiest claim; all reviews and news together count as one group, and only where
no original work supports the edge; they weigh at most as much as the weakest original finding, so that a first
original finding never lowers an edge. With w the weight of each group,

    support   S = 1 - product over supporting groups of (1 - P w)
    objection R = 1 - product over objecting groups of  (1 - P w), a null result with half its weight
    strength    = S (1 - D R)

P is the chance that one perfect finding settles a step, D the share that full objection takes away.
A derived step (from experiments) is worth at most DERIVED of that; an attenuation counts less than a loss, and a
changed gene that moves the outcome without any drug counts less too, for it may have acted since before birth.
Retracted papers weigh nothing.
The shape is the noisy-or of independent witnesses; the constants are conventions of this project, not measured.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from ketamech.graph.model import Claim, Experiment, Paper

TIER_WEIGHT: Final = {
    "unknown": 0.5,
    "in vitro": 0.6,
    "rodent": 0.7,
    "primate": 0.8,
    "human observational": 0.85,
    "human controlled": 1.0,
}
READ_WEIGHT: Final = {"full-text": 1.0, "abstract": 0.9, "review": 0.5, "title": 0.5}
KIND_WEIGHT: Final = {
    "primary": 1.0,
    "trial": 1.0,
    "meta-analysis": 1.0,
    "preprint": 0.8,
    "review": 0.2,
    "news": 0.2,
}
SECONDARY: Final = frozenset({"review", "news"})
NULL_SHARE: Final = 0.5
P: Final = 0.8
D: Final = 0.5
DERIVED: Final = 0.5
ATTENUATES_SHARE: Final = 0.7
INBORN_SHARE: Final = 0.6
INBORN: Final = frozenset({"knockout", "knockin"})


@dataclass(frozen=True, slots=True)
class Term:
    """Hold the weight of one claim or experiment and whether it counts for its group."""

    id: str
    paper: str
    group: str
    stance: str
    tier: float
    read: float
    kind: float
    share: float
    counts: bool

    @property
    def weight(self) -> float:
        """Multiply the factors."""
        return self.tier * self.read * self.kind * self.share


@dataclass(frozen=True, slots=True)
class Strength:
    """Hold the value (0 to 1) with support, objection and every term that made it."""

    value: float
    support: float
    objection: float
    derived: bool
    terms: tuple[Term, ...]


def strength_of(claims: Iterable[Claim]) -> Strength:
    """Weigh the claims of one edge.

    >>> strength_of([]).value
    0.0
    """
    terms = [
        _term(c.id, c.paper, c.stance, TIER_WEIGHT[c.tier], c.read, NULL_SHARE if c.stance == "no_effect" else 1.0)
        for c in claims
    ]
    return _combine(terms, derived=False)


def derived_strength(experiments: Iterable[Experiment], objections: Iterable[Experiment] = ()) -> Strength:
    """Weigh the experiments that imply one step; an attenuation, or a gene alone, counts less than a loss."""
    terms = []
    for e in experiments:
        terms.append(_term(e.id, e.paper, "supports", TIER_WEIGHT[e.tier], e.read, _share(e)))
    terms += [_term(e.id, e.paper, "no_effect", TIER_WEIGHT[e.tier], e.read, NULL_SHARE) for e in objections]
    return _combine(terms, derived=True)


def _share(experiment: Experiment) -> float:
    if experiment.observed == "attenuates":
        return ATTENUATES_SHARE
    alone = experiment.drug is None and {i.mode for i in experiment.interventions} <= INBORN
    return INBORN_SHARE if alone else 1.0


def _term(id: str, paper: Paper, stance: str, tier: float, read: str, share: float) -> Term:
    kind = 0.0 if paper.retracted else KIND_WEIGHT[paper.kind]
    group = "reviews and news" if paper.kind in SECONDARY else paper.lab
    return Term(id, paper.key, group, stance, tier, READ_WEIGHT[read], kind, share, counts=False)


def _combine(terms: list[Term], *, derived: bool) -> Strength:
    best: dict[tuple[bool, str], Term] = {}
    for term in sorted(terms, key=lambda t: (-t.weight, t.id)):
        best.setdefault((term.stance == "supports", term.group), term)
    original = any(side and group != "reviews and news" and t.weight > 0 for (side, group), t in best.items())
    chosen = {
        t.id
        for (side, group), t in best.items()
        if t.weight > 0 and not (side and original and group == "reviews and news")
    }
    kept = tuple(
        Term(t.id, t.paper, t.group, t.stance, t.tier, t.read, t.kind, t.share, t.id in chosen)
        for t in sorted(terms, key=lambda t: (t.stance != "supports", -t.weight, t.id))
    )
    support = _noisy_or(t.weight for t in kept if t.counts and t.stance == "supports")
    objection = _noisy_or(t.weight for t in kept if t.counts and t.stance != "supports")
    value = support * (1 - D * objection) * (DERIVED if derived else 1.0)
    return Strength(round(value, 4), round(support, 4), round(objection, 4), derived, kept)


def _noisy_or(weights: Iterable[float]) -> float:
    missing = 1.0
    for weight in weights:
        missing *= 1 - P * weight
    return 1 - missing
