"""What a page shows, as plain records: nodes, edges, paths, evidence and references of one or more answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from ketamech.graph.mechanism import MechanismGraph
from ketamech.graph.model import Claim, Entity
from ketamech.graph.path_answers import PathAnswer, PathsAnswer, SetAside, StepAnswer
from ketamech.graph.vocabulary import PREDICATES
from ketamech.viz.around import NEIGHBOURS, Around, around
from ketamech.viz.evidence_view import EvidenceView, Numbering, ReferenceView, claim_view, evidence_view
from ketamech.viz.facets import NodeTime, Reader
from ketamech.viz.lanes import EMPTY, Layout, lay_out
from ketamech.viz.words import command_of, edge_words, question_of, triple_told

SIGNS: Final = {1: "plus", -1: "minus", None: "open", 0: "open"}
_NUMBERS = re.compile(r" ?(?:\[\d+\])+(?=[;.])")


@dataclass(frozen=True, slots=True)
class EdgeView:
    """Hold one arrow with its evidence from all answers; `anchor` is its place in the page."""

    anchor: str
    id: str
    source: str
    target: str
    source_name: str
    target_name: str
    predicate: str
    verb: str
    sign: str
    directness: str
    derived: bool
    supporting: int
    refuting: int
    no_effect: int
    strength: float
    rolled_up: tuple[str, ...]
    also: tuple[str, ...]
    evidence: tuple[EvidenceView, ...]
    hypotheses: tuple[int, ...]
    # What names the arrow in addresses: its edge, with its ends where it was rolled up to others.
    key: str

    @property
    def against(self) -> int:
        """Count what speaks against the arrow: refutations and nulls."""
        return self.refuting + self.no_effect

    @property
    def words(self) -> str:
        """Say the arrow as a short sentence."""
        return f"{self.source_name} {self.verb} {self.target_name}"

    @property
    def references(self) -> tuple[int, ...]:
        """Give the numbers of the papers behind the arrow."""
        return tuple(sorted({e.number for e in self.evidence}))


@dataclass(frozen=True, slots=True)
class PathView:
    """Hold one ranked path: its sentence, its arrows, and whether each node goes up or down along it."""

    rank: int
    score: float
    share: float
    sign: str
    told: str
    names: tuple[str, ...]
    trends: tuple[str, ...]
    edges: tuple[EdgeView, ...]
    nodes: tuple[str, ...]
    remarks: tuple[str, ...]
    stretches: tuple[str, ...]
    coarse: bool


@dataclass(frozen=True, slots=True)
class AnswerView:
    """Hold one answer of the page, with its own drawing, and a wider one where neighbours were asked for."""

    label: str
    question: str
    paths: tuple[PathView, ...]
    ends: tuple[EvidenceView, ...]
    set_aside: tuple[SetAside, ...]
    stopped: bool
    layout: Layout
    command: str = ""
    swapped: str = ""
    cut: int = 0
    near: tuple[EdgeView, ...] = ()
    wide: Layout = EMPTY
    neighbours: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class PageView:
    """Hold everything on one page; papers are numbered across its answers; hypotheses are slug and name."""

    nodes: Mapping[str, Entity] = field(default_factory=dict)
    edges: Mapping[str, EdgeView] = field(default_factory=dict)
    answers: tuple[AnswerView, ...] = ()
    references: tuple[ReferenceView, ...] = ()
    hypotheses: tuple[tuple[str, str], ...] = ()
    times: Mapping[str, NodeTime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Setting:
    """Hold what lies around the answers: their graph (for hypotheses, wholes, neighbours), hops to draw, node times."""

    graph: MechanismGraph | None = None
    hops: int = 0
    times: Mapping[str, NodeTime] = field(default_factory=dict)


ALONE: Final = Setting()


def view_of(answers: Sequence[tuple[str, PathsAnswer]], setting: Setting = ALONE, most: int | None = None) -> PageView:
    """Merge labelled answers into one page; paths that would bring more than `most` boxes are left out and counted."""
    answers, cuts = _fitting(answers, most)
    nodes = {node.id: node for _, answer in answers for path in answer.paths for node in path.nodes}
    names = {id: name for _, answer in answers for id, name in answer.names.items()}
    graph = setting.graph
    reader = Reader(graph.entities if graph else nodes, names, graph)
    numbers = Numbering()
    merged = _merged([s for _, answer in answers for path in answer.paths for s in path.steps])
    nears = [_near(answer, setting, most, len(nodes)) for _, answer in answers]
    # An arrow of the neighbourhood of one answer may be a step of another: it keeps that answer's evidence.
    for near in nears:
        for key, step in _merged(near.steps).items():
            merged.setdefault(key, step)
            nodes |= {n.id: n for n in (step.source, step.target)}
    held = _held(graph, merged)
    edges: dict[str, EdgeView] = {}
    for i, (key, step) in enumerate(merged.items(), start=1):
        edges[key] = _edge(f"step-{i}", step, reader, numbers, held.get(key, ()))
    made = []
    for (label, answer), near, cut in zip(answers, nears, cuts, strict=True):
        best = max((p.score for p in answer.paths), default=0.0)
        paths = tuple(_path(rank, p, best, edges, answer.names) for rank, p in enumerate(answer.paths, start=1))
        kinds = {n.id: n.kind for p in answer.paths for n in p.nodes}
        chains = [p.nodes for p in paths]
        layout = lay_out(kinds, chains)
        beside = tuple(edges[_key(s)] for s in near.steps)
        kinds |= {n.id: n.kind for s in near.steps for n in (s.source, s.target)}
        wide = lay_out(kinds, [*chains, *((e.source, e.target) for e in beside)]) if beside else EMPTY
        ends = tuple(_end(claim, reader, numbers) for claim in answer.end_to_end)
        made.append(
            AnswerView(
                label,
                question_of(answer),
                paths,
                ends,
                answer.set_aside,
                answer.stopped,
                layout,
                command_of(answer),
                command_of(answer, swapped=True),
                cut,
                beside,
                wide,
                (near.drawn, near.found),
            )
        )
    told = tuple((h.slug, h.name) for h in graph.knowledge.hypotheses) if graph else ()
    return PageView(
        nodes, {e.anchor: e for e in edges.values()}, tuple(made), numbers.references(), told, setting.times
    )


def _fitting(
    answers: Sequence[tuple[str, PathsAnswer]], most: int | None
) -> tuple[list[tuple[str, PathsAnswer]], list[int]]:
    """Keep the first paths of every answer whose boxes fit together on the page; count what is left out."""
    seen: set[str] = set()
    kept, cuts = [], []
    for label, answer in answers:
        paths: list[PathAnswer] = []
        for path in answer.paths:
            wider = seen | {n.id for n in path.nodes}
            if most is not None and len(wider) > most:
                break
            seen = wider
            paths.append(path)
        kept.append((label, replace(answer, paths=tuple(paths))))
        cuts.append(len(answer.paths) - len(paths))
    return kept, cuts


def _near(answer: PathsAnswer, setting: Setting, most: int | None, used: int) -> Around:
    if not setting.graph or not setting.hops:
        return Around()
    nodes = [n.id for p in answer.paths for n in p.nodes]
    drawn = {s.edge.id for p in answer.paths for s in p.steps}
    room = NEIGHBOURS if most is None else min(NEIGHBOURS, most - used)
    return around(setting.graph, dict.fromkeys(nodes), drawn, room, setting.hops)


def _held(graph: MechanismGraph | None, steps: Mapping[str, StepAnswer]) -> dict[str, tuple[int, ...]]:
    """Say which hypotheses (by place in their list) hold each step."""
    found: dict[str, tuple[int, ...]] = {}
    for key, step in steps.items():
        triple = (step.edge.subject, step.edge.predicate, step.edge.object)
        accounts = graph.knowledge.hypotheses if graph else ()
        found[key] = tuple(i for i, h in enumerate(accounts) if triple in h.triples)
    return found


def _key(step: StepAnswer) -> str:
    return f"{step.edge.id}@{step.source.id}>{step.target.id}"


def _merged(steps: Iterable[StepAnswer]) -> dict[str, StepAnswer]:
    """Fold the steps that are the same arrow, with all their evidence."""
    made: dict[str, StepAnswer] = {}
    for step in steps:
        known = made.setdefault(_key(step), step)
        evidence = tuple({e.id: e for e in (*known.evidence, *step.evidence)}.values())
        also = tuple(dict.fromkeys((*known.also, *step.also)))
        made[_key(step)] = replace(
            known,
            evidence=evidence,
            also=also,
            strength=max(known.strength, step.strength),
        )
    return made


def _path(
    rank: int, path: PathAnswer, best: float, edges: Mapping[str, EdgeView], names: Mapping[str, str]
) -> PathView:
    state: int | None = 1
    trends = []
    for step in path.steps:
        state = state * step.sign if state and step.sign else None
        trends.append(SIGNS[state])
    return PathView(
        rank,
        path.score,
        path.score / best if best else 0.0,
        SIGNS[path.sign],
        # The answer's numbers count its own papers; the page numbers the papers of all its answers.
        _NUMBERS.sub("", path.told),
        tuple(n.name for n in path.nodes),
        tuple(trends),
        tuple(edges[_key(s)] for s in path.steps),
        tuple(n.id for n in path.nodes),
        path.remarks,
        tuple(edge_words(id, names) for id in path.stretches),
        path.coarse,
    )


def _edge(anchor: str, step: StepAnswer, reader: Reader, numbers: Numbering, hypotheses: tuple[int, ...]) -> EdgeView:
    return EdgeView(
        anchor,
        step.edge.id,
        step.source.id,
        step.target.id,
        step.source.name,
        step.target.name,
        step.edge.predicate,
        PREDICATES[step.edge.predicate].verb,
        SIGNS[step.sign],
        step.edge.directness,
        step.edge.derived,
        step.count("supports"),
        step.count("refutes"),
        step.count("no_effect"),
        step.strength,
        tuple(text.rpartition(" (")[0] for text in step.rolled_up),
        tuple(edge_words(id, reader.names) for id in step.also),
        tuple(evidence_view(e, reader, step.edge.objections, numbers) for e in step.evidence),
        hypotheses,
        step.edge.id if (step.source.id, step.target.id) == (step.edge.subject, step.edge.object) else _key(step),
    )


def _end(claim: Claim, reader: Reader, numbers: Numbering) -> EvidenceView:
    names = reader.names
    triple = triple_told(claim.triple, names)
    return replace(claim_view(claim, reader, numbers), told=triple)
