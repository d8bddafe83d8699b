"""What a page shows, as plain records: nodes, edges, paths, evidence and references of one or more answers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ketamech.graph.identifiers import curie_url, paper_url
from ketamech.graph.model import Claim, Entity, Experiment, Paper
from ketamech.graph.path_answers import PathAnswer, PathsAnswer, SetAside, StepAnswer
from ketamech.graph.views import evidence_dict
from ketamech.graph.vocabulary import PREDICATES
from ketamech.viz.lanes import EMPTY, Layout, lay_out, stage_of

ORDER = ("species", "model", "state", "sex", "region", "cell_type", "compound", "dose", "route", "time", "assay", "n")
_NUMBERS = re.compile(r" ?(?:\[\d+\])+(?=[;.])")
SIGNS = {1: "plus", -1: "minus", None: "open", 0: "open"}


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """Hold one finding as it is printed."""

    id: str
    stance: str
    context: str
    summary: str
    citation: str
    link: str | None
    number: int
    read: str


@dataclass(frozen=True, slots=True)
class EdgeView:
    """Hold one arrow with all its evidence; `anchor` is its place in the page."""

    anchor: str
    id: str
    source: str
    target: str
    source_name: str
    target_name: str
    predicate: str
    verb: str
    sign: str
    derived: bool
    supporting: int
    against: int
    strength: float
    rolled_up: tuple[str, ...]
    evidence: tuple[EvidenceView, ...]


@dataclass(frozen=True, slots=True)
class PathView:
    """Hold one ranked path: its sentence and the anchors of its arrows."""

    rank: int
    score: float
    sign: str
    told: str
    names: tuple[str, ...]
    edges: tuple[str, ...]
    nodes: tuple[str, ...]
    remarks: tuple[str, ...]
    coarse: bool


@dataclass(frozen=True, slots=True)
class AnswerView:
    """Hold one answer of the page."""

    label: str
    paths: tuple[PathView, ...]
    ends: tuple[EvidenceView, ...]
    set_aside: tuple[SetAside, ...]


@dataclass(slots=True)
class PageView:
    """Gather everything on one page; papers are numbered across its answers."""

    nodes: dict[str, Entity] = field(default_factory=dict)
    edges: dict[str, EdgeView] = field(default_factory=dict)
    answers: list[AnswerView] = field(default_factory=list)
    papers: dict[str, tuple[int, Paper]] = field(default_factory=dict)
    layout: Layout = EMPTY

    def number(self, paper: Paper) -> int:
        """Give a paper its number, in order of appearance."""
        return self.papers.setdefault(paper.key, (len(self.papers) + 1, paper))[0]

    def references(self) -> list[dict[str, Any]]:
        """Give the numbered references with their links."""
        return [
            {"number": n, "text": f"{p.short}. {p.title}.", "link": paper_url(p.doi, p.pmid), "ids": _ids(p)}
            for n, p in self.papers.values()
        ]

    def data(self) -> dict[str, Any]:
        """Give what the script needs: places, arrows, paths."""
        return {
            "nodes": [
                {
                    "id": id,
                    "name": e.name,
                    "stage": stage_of(e.kind),
                    "x": self.layout.places[id][0],
                    "y": self.layout.places[id][1],
                    "words": [e.name, e.id, *e.synonyms],
                    "link": curie_url(e.id),
                }
                for id, e in self.nodes.items()
            ],
            "edges": [
                {
                    "id": e.anchor,
                    "from": e.source,
                    "to": e.target,
                    "sign": e.sign,
                    "derived": e.derived,
                    "supporting": e.supporting,
                    "against": e.against,
                    "words": f"{e.source_name} {e.verb} {e.target_name}",
                }
                for e in self.edges.values()
            ],
            "heads": [{"x": x, "text": text} for x, text in self.layout.heads],
            "answers": [
                {"label": a.label, "paths": [{"edges": p.edges, "nodes": p.nodes} for p in a.paths]}
                for a in self.answers
            ],
        }


def view_of(answers: Sequence[tuple[str, PathsAnswer]]) -> PageView:
    """Merge labelled answers into one page."""
    made = PageView()
    chains: list[list[str]] = []
    for label, answer in answers:
        paths = tuple(_path(made, rank, path, answer.names) for rank, path in enumerate(answer.paths, start=1))
        ends = tuple(_end(made, claim, answer.names) for claim in answer.end_to_end)
        made.answers.append(AnswerView(label, paths, ends, answer.set_aside))
        chains += [list(p.nodes) for p in paths]
    made.layout = lay_out({id: e.kind for id, e in made.nodes.items()}, chains)
    return made


def _path(page: PageView, rank: int, path: PathAnswer, names: Mapping[str, str]) -> PathView:
    for node in path.nodes:
        page.nodes.setdefault(node.id, node)
    edges = tuple(_edge(page, step, names).anchor for step in path.steps)
    nodes = tuple(n.id for n in path.nodes)
    told = tuple(n.name for n in path.nodes)
    return PathView(rank, path.score, SIGNS[path.sign], _told(path), told, edges, nodes, path.remarks, path.coarse)


def _told(path: PathAnswer) -> str:
    """Give the sentence without its reference numbers, which belong to one answer and not to the page."""
    return _NUMBERS.sub("", path.told)


def _edge(page: PageView, step: StepAnswer, names: Mapping[str, str]) -> EdgeView:
    key = f"{step.edge.id}@{step.source.id}>{step.target.id}"
    known = page.edges.get(key)
    if known and len(known.evidence) >= len(step.evidence):
        return known
    anchor = known.anchor if known else f"step-{len(page.edges) + 1}"
    page.edges[key] = EdgeView(
        anchor,
        step.edge.id,
        step.source.id,
        step.target.id,
        step.source.name,
        step.target.name,
        step.edge.predicate,
        PREDICATES[step.edge.predicate].verb,
        SIGNS[step.sign],
        step.edge.derived,
        step.count("supports"),
        step.count("refutes") + step.count("no_effect"),
        step.strength,
        tuple(text.rpartition(" (")[0] for text in step.rolled_up),
        tuple(_evidence(page, e, names, step.edge.objections) for e in step.evidence),
    )
    return page.edges[key]


def _end(page: PageView, claim: Claim, names: Mapping[str, str]) -> EvidenceView:
    made = _evidence(page, claim, names, ())
    triple = f"{names[claim.subject]} {PREDICATES[claim.predicate].verb} {names[claim.object]}"
    stance = f"{made.stance}: {triple}"
    return EvidenceView(made.id, stance, made.context, made.summary, made.citation, made.link, made.number, made.read)


def _evidence(
    page: PageView, evidence: Claim | Experiment, names: Mapping[str, str], objections: Sequence[Experiment]
) -> EvidenceView:
    context = evidence_dict(evidence, names)["context"]
    told = ", ".join(f"n = {context[k]}" if k == "n" else str(context[k]) for k in ORDER if k in context)
    if isinstance(evidence, Claim):
        stance = evidence.stance.replace("_", " ")
    else:
        tools = " + ".join(
            f"{i.mode.replace('_', ' ')} of {names[i.target]} ({i.agent})" for i in evidence.interventions
        )
        drug = f" after {names[evidence.drug]}" if evidence.drug else ""
        side = "against, " if evidence in objections else ""
        stance = f"{side}experiment: {tools} {evidence.observed.replace('_', ' ')} on {names[evidence.outcome]}{drug}"
    paper = evidence.paper
    return EvidenceView(
        evidence.id,
        stance,
        told or "context not reported",
        evidence.summary,
        f"{paper.short}. {paper.title}." + (" RETRACTED." if paper.retracted else ""),
        paper_url(paper.doi, paper.pmid),
        page.number(paper),
        evidence.read,
    )


def _ids(paper: Paper) -> str:
    return " ".join(
        x for x in (f"doi:{paper.doi}" if paper.doi else "", f"PMID:{paper.pmid}" if paper.pmid else "") if x
    )
