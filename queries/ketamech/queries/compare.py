"""Drugs side by side: what each engages, how tightly, what was compared, and where good and harm part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import takewhile
from typing import Final

from ketamech.graph.errors import BadValue
from ketamech.graph.gap_answers import CompareAnswer, Engagement, Parting
from ketamech.graph.mechanism import Edge, MechanismGraph
from ketamech.graph.model import Entity
from ketamech.graph.path_answers import PathAnswer
from ketamech.graph.relief import RELIEF
from ketamech.graph.views import cite
from ketamech.graph.vocabulary import COMPOUNDS, PREDICATES
from ketamech.queries.paths import find_paths
from ketamech.queries.question import PathQuery

ORDER: Final = ("up", "down", "changed", "binds", "null", "refuted")


def compare(graph: MechanismGraph, drugs: Sequence[str]) -> CompareAnswer:
    """Compare two drugs or more.

    Elements engaged by most of them come first. Raises UnknownName, AmbiguousName, or BadValue for fewer than two
    drugs or for what is no drug.

    >>> from ketamech.loaders import load_default
    >>> answer = compare(load_default(), ["ketamine", "MK-801"])
    >>> [(c.aspect, c.result) for c in answer.comparisons if c.paper.key == "maeng2008"]
    [('duration', 'less')]
    """
    chosen = tuple(dict.fromkeys(graph.entity(name).id for name in drugs))
    wrong = [graph.entities[id].name for id in chosen if graph.entities[id].kind not in COMPOUNDS]
    if len(chosen) < 2 or wrong:
        raise BadValue(
            f"{wrong[0]} is not a drug." if wrong else "A comparison needs two drugs.",
            "Name two drugs or more, for example ketamine MK-801.",
        )
    k = graph.knowledge

    return CompareAnswer(
        tuple(graph.entities[id] for id in chosen),
        _engagements(graph, chosen),
        tuple(a for a in k.affinities if a.ligand in chosen),
        tuple(c for c in k.comparisons if c.a in chosen and c.b in chosen),
        tuple(p for id in chosen for p in _partings(graph, graph.entities[id])),
        graph.labels,
    )


def _engagements(graph: MechanismGraph, drugs: Sequence[str]) -> tuple[Engagement, ...]:
    found: dict[str, dict[str, list[Edge]]] = {}
    for drug in drugs:
        for edge in graph.out_edges(drug):
            if PREDICATES[edge.predicate].role in ("step", "beside") and not edge.derived:
                found.setdefault(edge.object, {}).setdefault(drug, []).append(edge)
    made = []
    for element, by_drug in found.items():
        effects = {drug: _effect(edges) for drug, edges in by_drug.items()}
        papers = {
            drug: tuple(dict.fromkeys(cite(c.paper) for e in edges for c in e.claims))
            for drug, edges in by_drug.items()
        }
        ids = {drug: tuple(c.id for e in edges for c in e.claims) for drug, edges in by_drug.items()}
        made.append(Engagement(graph.entities[element], effects, papers, ids))
    made.sort(key=lambda e: (-len(e.effects), e.element.kind, e.element.name))
    return tuple(made)


def _effect(edges: Iterable[Edge]) -> str:
    """Say what the evidence says in a word, or in counts where it disagrees; contact explains a direction."""
    said: Counter[str] = Counter()
    for edge in edges:
        word = {1: "up", -1: "down"}.get(edge.sign, "binds" if edge.predicate == "binds" else "changed")
        said += Counter(
            {word: edge.count("supports"), "null": edge.count("no_effect"), "refuted": edge.count("refutes")}
        )
    if len({*said} - {"null", "refuted"}) > 1:
        del said["binds"]
    if len(said) == 1:
        (word,) = said
        return "no effect" if word == "null" else word
    return ", ".join(f"{said[word]} {word}" for word in sorted(said, key=lambda w: (-said[w], ORDER.index(w))))


def _partings(graph: MechanismGraph, drug: Entity) -> Iterable[Parting]:
    if RELIEF not in graph.entities:
        return
    relief = _best(graph, drug.name, RELIEF)
    if relief is None:
        return
    for outcome in sorted(graph.entities.values(), key=lambda e: e.name):
        if outcome.kind != "adverse_outcome":
            continue
        harm = None if _seen_absent(graph, drug.id, outcome.id) else _best(graph, drug.name, outcome.id)
        if harm is not None:
            pairs = zip(relief.nodes, harm.nodes, strict=False)
            shared = [a for a, _ in takewhile(lambda pair: pair[0].id == pair[1].id, pairs)]
            yield Parting(drug, outcome, shared[-1], relief, harm)


def _seen_absent(graph: MechanismGraph, drug: str, outcome: str) -> bool:
    """Tell whether the harm was looked for after the drug and never seen."""
    edges = graph.between(drug, outcome)
    return bool(edges) and not any(e.count("supports") for e in edges)


def _best(graph: MechanismGraph, source: str, target: str) -> PathAnswer | None:
    found = find_paths(graph, PathQuery(source, target, k=1, sign=1))
    return found.paths[0] if found.paths else None
