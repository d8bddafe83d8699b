"""A hypothesis as routes, so that what draws answers about paths draws accounts, too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from ketamech.graph.hypothesis_answers import GUESS, HypothesisAnswer, StepCase
from ketamech.graph.mechanism import Edge, MechanismGraph
from ketamech.graph.model import Paper
from ketamech.graph.path_answers import PathAnswer, PathsAnswer, StepAnswer
from ketamech.graph.views import Reference
from ketamech.graph.vocabulary import PREDICATES
from ketamech.queries.hypotheses import show_hypothesis

MOST_ROUTES: Final = 24


def account_paths(graph: MechanismGraph, slug: str) -> PathsAnswer:
    """Give the routes of one account, from its first things to its last, at most 24; raise UnknownName.

    An assumed step is an edge without evidence, of strength 0.

    >>> from ketamech.loaders import load_default
    >>> answer = account_paths(load_default(), "disinhibition")
    >>> answer.paths[0].nodes[0].name
    'ketamine'
    """
    told = show_hypothesis(graph, slug)
    chains = _chains(told.steps)
    papers: dict[str, Paper] = {}
    for case in told.steps:
        edge = case.edge or Edge("", "", "", 0, "indirect")
        cited = [c.paper for c in edge.claims] + [x.paper for x in (*edge.experiments, *edge.objections)]
        papers.update({p.key: p for p in cited})
    numbers = {key: i for i, key in enumerate(papers, start=1)}
    paths = tuple(_path(graph, told, chain, numbers) for chain in chains)
    return PathsAnswer(
        {"source": paths[0].nodes[0].name, "target": paths[0].nodes[-1].name},
        paths[0].nodes[0],
        paths[0].nodes[-1],
        paths,
        (),
        (),
        tuple(Reference(numbers[key], paper) for key, paper in papers.items()),
        graph.labels,
    )


def _chains(steps: Sequence[StepCase]) -> list[tuple[StepCase, ...]]:
    """Walk from every thing that no step leads to, along steps, to every thing from which none leads on."""
    after: dict[str, list[StepCase]] = {}
    for case in steps:
        after.setdefault(case.step.triple[0], []).append(case)
    reached = {c.step.triple[2] for c in steps}
    firsts = [s for s in after if s not in reached] or [steps[0].step.triple[0]]
    made: list[tuple[StepCase, ...]] = []

    def walk(node: str, chain: tuple[StepCase, ...], seen: frozenset[str]) -> None:
        onward = [c for c in after.get(node, ()) if c.step.triple[2] not in seen]
        if not onward and chain:
            made.append(chain)
        for case in onward:
            if len(made) < MOST_ROUTES:
                walk(case.step.triple[2], (*chain, case), seen | {case.step.triple[2]})

    for first in firsts:
        walk(first, (), frozenset({first}))
    return made


def _path(
    graph: MechanismGraph, told: HypothesisAnswer, chain: Sequence[StepCase], numbers: Mapping[str, int]
) -> PathAnswer:
    steps = tuple(_step(graph, case, numbers) for case in chain)
    sign: int | None = 1
    score = 1.0
    for step in steps:
        sign = sign * step.sign if sign and step.sign else None
        score *= max(step.strength, GUESS)
    remarks = [f"assumed, nobody has tested it: {c.told(told.names)}" for c in chain if c.step.assumed]
    remarks += [f"{c.told(told.names)}: {c.step.note}" for c in chain if c.step.note]
    nodes = (steps[0].source, *(s.target for s in steps))
    return PathAnswer(
        nodes, steps, round(score ** (1 / len(steps)), 4), sign, told.hypothesis.summary, remarks=tuple(remarks)
    )


def _step(graph: MechanismGraph, case: StepCase, numbers: Mapping[str, int]) -> StepAnswer:
    subject, predicate, object = case.step.triple
    edge = case.edge or Edge(subject, predicate, object, PREDICATES[predicate].sign, "indirect")
    evidence = (*edge.experiments, *edge.objections) if edge.derived else edge.claims
    return StepAnswer(
        edge,
        graph.entities[subject],
        graph.entities[object],
        edge.sign,
        case.strength,
        evidence,
        tuple(sorted({numbers[e.paper.key] for e in evidence if e.paper.key in numbers})),
    )
