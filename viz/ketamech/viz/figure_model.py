"""What a mechanism figure shows, whatever it is written as: boxes, arrows, and the chains that order them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ketamech.graph.answers import ShowAnswer
from ketamech.graph.hypothesis_answers import HypothesisAnswer, StepCase
from ketamech.graph.mechanism import Edge
from ketamech.graph.model import Entity
from ketamech.graph.path_answers import PathsAnswer, StepAnswer
from ketamech.graph.vocabulary import DIRECTNESS, PREDICATES
from ketamech.viz.words import triple_told

SIGNS: Final = {1: "plus", -1: "minus", 0: "open"}
NEIGHBOURS: Final = 7


@dataclass(frozen=True, slots=True)
class Box:
    """Hold one box; `key` is its place in the figure, `id` the CURIE it stands for (a neighbour may stand twice)."""

    key: str
    id: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Arrow:
    """Hold one arrow between two boxes; `sign` is plus, minus or open; `mark` is written on it."""

    source: str
    target: str
    words: str
    sign: str
    supporting: int = 0
    against: int = 0
    thin: bool = False
    assumed: bool = False
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """Hold boxes and arrows; chains of keys give the order from left to right, the most important first."""

    title: str
    about: str
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    chains: tuple[tuple[str, ...], ...]
    centre: str | None = None


def paths_figure(answer: PathsAnswer) -> Figure:
    """Draw every path of an answer; steps that several paths share are one arrow."""
    nodes = {n.id: n for path in answer.paths for n in path.nodes}
    steps: dict[tuple[str, str, str], StepAnswer] = {}
    for path in answer.paths:
        for step in path.steps:
            steps.setdefault((step.source.id, step.edge.predicate, step.target.id), step)
    many = f"{len(answer.paths)} path{'s' * (len(answer.paths) != 1)}"
    return Figure(
        f"From {answer.source.name} to {answer.target.name}",
        f"{many}, drawn from left to right: " + "; ".join(p.told for p in answer.paths),
        tuple(Box(n.id, n.id, n.name, n.kind) for n in nodes.values()),
        tuple(_step_arrow(s) for s in steps.values()),
        tuple(tuple(n.id for n in p.nodes) for p in answer.paths),
    )


def _step_arrow(step: StepAnswer) -> Arrow:
    against = step.count("refutes") + step.count("no_effect")
    supporting = step.count("supports")
    verb = PREDICATES[step.edge.predicate].verb
    return Arrow(
        step.source.id,
        step.target.id,
        f"{step.source.name} {verb} {step.target.name}",
        SIGNS[step.sign],
        supporting,
        against,
        step.edge.derived,
        mark=f"{supporting}:{against}" if against else "",
    )


def hypothesis_figure(answer: HypothesisAnswer, entities: Mapping[str, Entity]) -> Figure:
    """Draw the ordered steps of one account, numbered; assumed ones are marked."""
    ids = dict.fromkeys(end for s in answer.steps for end in (s.step.triple[0], s.step.triple[2]))
    return Figure(
        answer.hypothesis.name,
        "; ".join(f"{i}. {s.told(answer.names)}" for i, s in enumerate(answer.steps, start=1)),
        tuple(Box(id, id, answer.names[id], entities[id].kind) for id in ids),
        tuple(_case_arrow(i, s, answer.names) for i, s in enumerate(answer.steps, start=1)),
        tuple((s.step.triple[0], s.step.triple[2]) for s in answer.steps),
    )


def _case_arrow(number: int, case: StepCase, names: Mapping[str, str]) -> Arrow:
    subject, predicate, object = case.step.triple
    edge = case.edge
    return Arrow(
        subject,
        object,
        triple_told(case.step.triple, names),
        SIGNS[edge.sign if edge else PREDICATES[predicate].sign],
        edge.count("supports") if edge else 0,
        edge.count("refutes") + edge.count("no_effect") if edge else 0,
        edge is None or edge.derived,
        case.step.assumed,
        f"{number}?" if case.step.assumed else str(number),
    )


def neighbours_figure(answer: ShowAnswer, entities: Mapping[str, Entity], most: int = NEIGHBOURS) -> Figure:
    """Draw the strongest steps into an entity on its left and those out of it on its right."""
    me = answer.entity
    boxes = [Box(me.id, me.id, me.name, me.kind)]
    arrows: list[Arrow] = []
    chains: list[tuple[str, str]] = []
    shown = []
    for word, edges in (("in", answer.incoming), ("out", answer.outgoing)):
        kept = strongest(edges, most)
        shown.append(f"{len(kept)} of {len({_other(e, me.id) for e in edges})}")
        for edge in kept:
            other = _other(edge, me.id)
            # a thing on both sides stands twice, so that every arrow runs to the right
            key = f"{word} {other}"
            if key not in {b.key for b in boxes}:
                boxes.append(Box(key, other, answer.names[other], entities[other].kind))
            ends = (key, me.id) if word == "in" else (me.id, key)
            arrows.append(_edge_arrow(edge, ends, answer.names))
            chains.append(ends)
    told = f"{shown[0]} things that act on it, {shown[1]} that it acts on, the best shown first"
    return Figure(f"Around {me.name}", told, tuple(boxes), tuple(arrows), tuple(chains), me.id)


def strongest(edges: Sequence[Edge], most: int) -> list[Edge]:
    """Choose one edge for each of the best shown neighbours.

    Steps of paths come before what is only seen end to end, curated ones before derived, direct ones before
    indirect, then the stronger.
    """
    steps = [e for e in edges if e.subject != e.object and PREDICATES[e.predicate].role in ("step", "last")]
    steps.sort(key=lambda e: (not e.is_step, e.derived, DIRECTNESS.index(e.directness), -e.strength.value, e.id))
    kept: dict[tuple[str, str], Edge] = {}
    for edge in steps:
        kept.setdefault((edge.subject, edge.object), edge)
    return list(kept.values())[:most]


def _other(edge: Edge, id: str) -> str:
    return edge.object if edge.subject == id else edge.subject


def _edge_arrow(edge: Edge, ends: tuple[str, str], names: Mapping[str, str]) -> Arrow:
    against = edge.count("refutes") + edge.count("no_effect")
    supporting = edge.count("supports")
    return Arrow(
        *ends,
        triple_told(edge.triple, names),
        SIGNS[edge.sign],
        supporting,
        against,
        edge.derived,
        mark=f"{supporting}:{against}" if against else "",
    )
