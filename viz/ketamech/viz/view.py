"""What a page shows, as plain records: nodes, edges, paths, evidence and references of one or more answers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Final

from ketamech.graph.identifiers import curie_url
from ketamech.graph.model import Claim, Entity
from ketamech.graph.path_answers import PathAnswer, PathsAnswer, SetAside, StepAnswer
from ketamech.graph.vocabulary import PREDICATES
from ketamech.viz.evidence_view import EvidenceView, Numbering, ReferenceView, claim_view, evidence_view
from ketamech.viz.lanes import BOX, COLUMN, Layout, lay_out
from ketamech.viz.stages import PALETTES, stage_of

SIGNS: Final = {1: "plus", -1: "minus", None: "open", 0: "open"}
LABEL_WIDTH: Final = 15
LABEL_LINES: Final = 4
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
    """Hold one answer of the page, with its own drawing."""

    label: str
    question: str
    paths: tuple[PathView, ...]
    ends: tuple[EvidenceView, ...]
    set_aside: tuple[SetAside, ...]
    stopped: bool
    layout: Layout


@dataclass(frozen=True, slots=True)
class PageView:
    """Hold everything on one page; papers are numbered across its answers."""

    nodes: Mapping[str, Entity] = field(default_factory=dict)
    edges: Mapping[str, EdgeView] = field(default_factory=dict)
    answers: tuple[AnswerView, ...] = ()
    references: tuple[ReferenceView, ...] = ()

    def data(self) -> dict[str, Any]:
        """Give what the script needs: nodes, arrows, paths, places, colours."""
        return {
            "nodes": [
                {
                    "id": id,
                    "name": e.name,
                    "label": wrapped(e.name),
                    "kind": e.kind.replace("_", " "),
                    "stage": stage_of(e.kind),
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
                    "words": e.words,
                }
                for e in self.edges.values()
            ],
            "answers": [_drawing(a) for a in self.answers],
            "column": COLUMN,
            "box": BOX,
            "palette": {stage: asdict(tones) for stage, tones in PALETTES.items()},
        }


def view_of(answers: Sequence[tuple[str, PathsAnswer]]) -> PageView:
    """Merge labelled answers into one page."""
    nodes = {node.id: node for _, answer in answers for path in answer.paths for node in path.nodes}
    names = {id: name for _, answer in answers for id, name in answer.names.items()}
    numbers = Numbering()
    edges: dict[str, EdgeView] = {}
    for i, (key, step) in enumerate(_merged(answers).items(), start=1):
        edges[key] = _edge(f"step-{i}", step, names, numbers)
    made = []
    for label, answer in answers:
        best = max((p.score for p in answer.paths), default=0.0)
        paths = tuple(_path(rank, p, best, edges, answer.names) for rank, p in enumerate(answer.paths, start=1))
        kinds = {n.id: n.kind for p in answer.paths for n in p.nodes}
        layout = lay_out(kinds, [p.nodes for p in paths])
        ends = tuple(_end(claim, answer.names, numbers) for claim in answer.end_to_end)
        question = question_of(answer)
        made.append(AnswerView(label, question, paths, ends, answer.set_aside, answer.stopped, layout))
    return PageView(nodes, {e.anchor: e for e in edges.values()}, tuple(made), numbers.references())


def wrapped(name: str) -> str:
    r"""Break a name into at most four short lines, at spaces and hyphens where there are any.

    >>> wrapped("antidepressant-like behaviour")
    'antidepressant-\nlike behaviour'
    >>> wrapped("(2R,6R)-HNK")
    '(2R,6R)-HNK'
    >>> wrapped("pedunculopontine tegmental nucleus"), wrapped("hydroxynorketamine")
    ('pedunculopontine\ntegmental\nnucleus', 'hydroxyno-\nrketamine')
    """
    import textwrap

    words = [part for word in name.split() for part in _broken(word)]
    width = LABEL_WIDTH + any(len(w) > LABEL_WIDTH and "-" not in w for w in words)
    lines = textwrap.wrap(" ".join(words), width, max_lines=LABEL_LINES, placeholder=" …")
    return "\n".join(lines) or name


def _broken(word: str) -> list[str]:
    """Break a word that fits no line, with hyphens, into even parts."""
    longest = max(len(part) for part in word.split("-"))
    if longest <= LABEL_WIDTH + 1:
        return [word]
    count = -(-len(word) // LABEL_WIDTH)
    size = -(-len(word) // count)
    parts = [word[i : i + size] for i in range(0, len(word), size)]
    return [*(f"{p}-" for p in parts[:-1]), parts[-1]]


def question_of(answer: PathsAnswer) -> str:
    """Say in one line what was asked, beyond the two ends."""
    words = {
        "by": "seen by {:g} h",
        "after": "seen from {:g} h on",
        "species": "in {}",
        "region": "in the {}",
        "cell_type": "in the {}",
        "compound": "as {}",
        "min_strength": "strength from {} up",
    }
    query = answer.query
    told = [pattern.format(query[key]) for key, pattern in words.items() if key in query]
    for key, word in (("via", "through"), ("avoid", "avoiding")):
        if query.get(key):
            told.append(f"{word} {', '.join(query[key])}")
    if "sign" in query:
        told.append(f"net effect {'more' if query['sign'] > 0 else 'less'} {answer.target.name}")
    if query.get("strict_context"):
        told.append("evidence that does not report the asked context left out")
    return f"{answer.source.name} to {answer.target.name}: {', '.join(told) or 'in any context'}"


def _drawing(answer: AnswerView) -> dict[str, Any]:
    bends = answer.layout.bends
    edges = dict.fromkeys(e for p in answer.paths for e in p.edges)
    return {
        "label": answer.label,
        "paths": [
            {"edges": [e.anchor for e in p.edges], "nodes": p.nodes, "score": p.score, "sign": p.sign}
            for p in answer.paths
        ],
        "places": dict(answer.layout.places),
        "bends": {e.anchor: bends[e.source, e.target] for e in edges if (e.source, e.target) in bends},
        "heads": [{"x": x, "stages": stages} for x, stages in answer.layout.heads],
    }


def _key(step: StepAnswer) -> str:
    return f"{step.edge.id}@{step.source.id}>{step.target.id}"


def _merged(answers: Sequence[tuple[str, PathsAnswer]]) -> dict[str, StepAnswer]:
    """Fold the steps of all paths of all answers that are the same arrow, with all their evidence."""
    made: dict[str, StepAnswer] = {}
    for step in (s for _, answer in answers for path in answer.paths for s in path.steps):
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
        tuple(_words(id, names) for id in path.stretches),
        path.coarse,
    )


def _words(edge_id: str, names: Mapping[str, str]) -> str:
    """Say an edge by its key, as far as its ends are known."""
    subject, predicate, object = edge_id.split("|")
    name = predicate.removeprefix("~")
    verb = PREDICATES[name].verb if name in PREDICATES else name
    derived = " (experiments imply)" if predicate.startswith("~") else ""
    return f"{names.get(subject, subject)} {verb} {names.get(object, object)}{derived}"


def _edge(anchor: str, step: StepAnswer, names: Mapping[str, str], numbers: Numbering) -> EdgeView:
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
        tuple(_words(id, names) for id in step.also),
        tuple(evidence_view(e, names, step.edge.objections, numbers) for e in step.evidence),
    )


def _end(claim: Claim, names: Mapping[str, str], numbers: Numbering) -> EvidenceView:
    triple = f"{names[claim.subject]} {PREDICATES[claim.predicate].verb} {names[claim.object]}"
    return replace(claim_view(claim, names, numbers), told=triple)
