"""The steps a path may take in an asked context: edges that fit, weighed on what fits, parallel ones folded.

A claim on a part is lifted to its wholes (GluN2B to NMDA receptor, prelimbic cortex to medial prefrontal cortex),
so that chains join where one paper names the whole and the next its part; the path says so. Entering a whole by
one part and leaving it by another is refused.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from ketamech.graph.answers import SetAside
from ketamech.graph.mechanism import Edge, MechanismGraph
from ketamech.graph.model import Claim, Experiment
from ketamech.graph.strength import derived_strength, strength_of
from ketamech.graph.vocabulary import PREDICATES
from ketamech.queries.context import OPEN, ContextFilter, Fit, judge


@dataclass(frozen=True, slots=True)
class Step:
    """Hold one usable edge between two places of a path, with the evidence that fits the question."""

    edge: Edge
    source: str
    target: str
    sign: int
    strength: float
    evidence: tuple[Claim | Experiment, ...]
    unknown: int
    also: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Give a key that tells lifted variants of one edge apart."""
        lifted = (
            ""
            if (self.source, self.target) == (self.edge.subject, self.edge.object)
            else f"@{self.source}>{self.target}"
        )
        return self.edge.id + lifted

    @property
    def lifts_source(self) -> bool:
        """Tell whether the path's place is a whole of the edge's subject."""
        return self.source != self.edge.subject

    @property
    def lifts_target(self) -> bool:
        """Tell whether the path's place is a whole of the edge's object."""
        return self.target != self.edge.object


@dataclass(frozen=True, slots=True)
class StepRules:
    """Hold what the question allows: context, strictness, weakest step, forbidden nodes."""

    target: str
    asked: ContextFilter = OPEN
    strict: bool = False
    min_strength: float = 0.0
    forbidden: Collection[str] = field(default_factory=frozenset)


def usable_steps(graph: MechanismGraph, rules: StepRules) -> tuple[list[Step], dict[str, list[SetAside]]]:
    """Give every step that the rules allow, and what was set aside, by edge id."""
    steps: dict[tuple[str, str, int], Step] = {}
    aside: dict[str, list[SetAside]] = {}
    for edge in graph.edges.values():
        if not _walkable(edge, graph, rules):
            continue
        step, left_out = _weigh(edge, graph, rules)
        if left_out:
            aside[edge.id] = left_out
        if step is None:
            continue
        for lifted in _lifts(step, graph, rules):
            place = (lifted.source, lifted.target, lifted.sign)
            steps[place] = _stronger(steps[place], lifted) if place in steps else lifted
    return sorted(steps.values(), key=lambda s: s.key), aside


def _walkable(edge: Edge, graph: MechanismGraph, rules: StepRules) -> bool:
    if edge.subject in rules.forbidden or edge.object in rules.forbidden:
        return False
    if PREDICATES[edge.predicate].role == "last":
        return graph.within(edge.object, rules.target)
    if not edge.is_step:
        return False
    if graph.entities[edge.object].kind == "readout" and not graph.within(edge.object, rules.target):
        return any(
            r.predicate == "is_readout_of" and graph.within(r.object, rules.target)
            for r in graph.out_edges(edge.object)
        )
    return True


def _weigh(edge: Edge, graph: MechanismGraph, rules: StepRules) -> tuple[Step | None, list[SetAside]]:
    kept: list[Claim | Experiment] = []
    unknown = 0
    aside: dict[str, list[str]] = {}
    reading = PREDICATES[edge.predicate].role == "last"
    for piece in (*edge.experiments, *edge.objections) if edge.derived else edge.claims:
        verdict = judge(piece, rules.asked, graph)
        if verdict.fit is Fit.UNFIT and not reading:
            aside.setdefault(verdict.reason, []).append(piece.id)
        elif verdict.fit is Fit.UNKNOWN and rules.strict and not reading:
            aside.setdefault(f"strict context: {verdict.reason}", []).append(piece.id)
        else:
            kept.append(piece)
            unknown += verdict.fit is Fit.UNKNOWN and not reading
    name = f"{graph.entities[edge.subject].name} {edge.predicate} {graph.entities[edge.object].name}"
    left_out = [SetAside("evidence", name, reason, tuple(ids)) for reason, ids in sorted(aside.items())]
    strength = _strength(edge, kept)
    if strength <= 0:
        return None, left_out
    if strength < rules.min_strength:
        weak = SetAside(
            "step", name, f"strength {strength:.2f} is below {rules.min_strength:g}", tuple(e.id for e in kept)
        )
        return None, [*left_out, weak]
    return Step(edge, edge.subject, edge.object, edge.sign, strength, tuple(kept), unknown), left_out


def _strength(edge: Edge, kept: list[Claim | Experiment]) -> float:
    if edge.derived:
        found = [e for e in kept if isinstance(e, Experiment)]
        supporting = [e for e in found if e in edge.experiments]
        return derived_strength(supporting, [e for e in found if e in edge.objections]).value if supporting else 0.0
    return strength_of(e for e in kept if isinstance(e, Claim)).value


def _lifts(step: Step, graph: MechanismGraph, rules: StepRules) -> list[Step]:
    made = []
    # A reading hop ends the path, so it may only be told of the target itself, not of a part on the way to it.
    reads = PREDICATES[step.edge.predicate].role == "last"
    targets = (rules.target,) if reads else (step.target, *graph.wholes(step.target))
    for source in (step.source, *graph.wholes(step.source)):
        for target in targets:
            if source == target or graph.related(source, target):
                continue
            if source in rules.forbidden or target in rules.forbidden:
                continue
            made.append(_at(step, source, target))
    return made


def _at(step: Step, source: str, target: str) -> Step:
    return Step(step.edge, source, target, step.sign, step.strength, step.evidence, step.unknown, step.also)


def _stronger(a: Step, b: Step) -> Step:
    """Fold two steps between the same places with the same sign: the plain, curated, stronger one speaks."""

    def rank(s: Step) -> tuple[bool, bool, float, str]:
        return (s.edge.derived, s.lifts_source or s.lifts_target, -s.strength, s.key)

    best, other = sorted((a, b), key=rank)
    also = tuple(dict.fromkeys((*best.also, other.edge.id, *other.also)))
    also = tuple(id for id in also if id != best.edge.id)
    return Step(best.edge, best.source, best.target, best.sign, best.strength, best.evidence, best.unknown, also)


def by_source(steps: Collection[Step]) -> Mapping[str, list[Step]]:
    """Group steps by the place they leave."""
    made: dict[str, list[Step]] = {}
    for step in steps:
        made.setdefault(step.source, []).append(step)
    return made
