"""The page of one entity: facts, neighbourhood, what acts on it and what it acts on, experiments, hours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ketamech.graph.answers import ShowAnswer
from ketamech.graph.conflict_answers import Conflict
from ketamech.graph.identifiers import curie_url
from ketamech.graph.mechanism import Edge
from ketamech.graph.model import Experiment
from ketamech.graph.timeline_answers import TimedEvent
from ketamech.graph.vocabulary import PREDICATES
from ketamech.viz.figure_model import neighbours_figure
from ketamech.viz.lane_figure import lane_svg
from ketamech.viz.site.addresses import anchor
from ketamech.viz.site.cards import Card, Cards, Piece
from ketamech.viz.site.conflict_pages import conflict_path
from ketamech.viz.site.shell import Shell
from ketamech.viz.site.tables import EventRow, event_rows
from ketamech.viz.stages import stage_of

OPEN_BELOW = 25


@dataclass(frozen=True, slots=True)
class EdgeView:
    """Hold one edge as a row and as a list of findings."""

    anchor: str
    key: str
    other: Piece
    verb: str
    sign: str
    supporting: int
    refuting: int
    nothing: int
    strength: float
    derived: bool
    directness: str
    told: tuple[Piece, ...]
    cards: Sequence[Card]


@dataclass(frozen=True, slots=True)
class PredicateView:
    """Hold all edges of one predicate and direction."""

    verb: str
    edges: Sequence[EdgeView]


@dataclass(frozen=True, slots=True)
class Section:
    """Hold findings under a head; `id` is the head's anchor."""

    id: str
    head: str
    cards: Sequence[Card]


@dataclass(frozen=True, slots=True)
class Around:
    """Hold what else names the entity: hours after each compound, hypotheses by slug and name, disputes."""

    events: Sequence[tuple[str, TimedEvent]] = ()
    hypotheses: Sequence[tuple[str, str]] = ()
    conflicts: Sequence[Conflict] = ()


def entity_page(shell: Shell, answer: ShowAnswer, around: Around | None = None) -> str:
    """Write the page of one entity."""
    around = around or Around()
    cards = Cards(shell, answer.names)
    me = answer.entity
    incoming = _predicates(answer.incoming, me.id, cards)
    outgoing = _predicates([e for e in answer.outgoing if e.object != me.id], me.id, cards)
    sections = _sections(answer, cards)
    many = sum(len(e.cards) for g in (*incoming, *outgoing) for e in g.edges) + sum(len(s.cards) for s in sections)
    return shell.write(
        "entity.html.j2",
        title=me.name,
        entity=me,
        stage=stage_of(me.kind).lower().replace(" ", "-"),
        facts=_facts(shell, answer),
        figure=_figure(shell, answer),
        graph=shell.graph(f"entity {me.id}"),
        sides=[("acts-on-it", "What acts on it", incoming), ("it-acts-on", "What it acts on", outgoing)],
        sections=sections,
        all_open=many <= OPEN_BELOW,
        events=_events(shell, answer, around.events),
        hypotheses=[Piece(name, shell.links.hypothesis(slug)) for slug, name in around.hypotheses],
        conflicts=[Piece(c.told(answer.names), shell.links.other(conflict_path(c))) for c in around.conflicts],
        paths=shell.graph(f"question {me.id}"),
        timeline=shell.graph(f"timeline {me.id}"),
    )


def _facts(shell: Shell, answer: ShowAnswer) -> list[tuple[str, list[Piece]]]:
    me = answer.entity
    links = shell.links
    rows: list[tuple[str, list[Piece]]] = [
        ("identifier", [Piece(me.id, curie_url(me.id))]),
        ("kind", [Piece(me.kind.replace("_", " "))]),
        ("also called", [Piece(s) for s in me.synonyms]),
        ("part of or kind of", [Piece(w.name, links.entity(w.id)) for w in answer.wholes]),
        ("parts and kinds", [Piece(p.name, links.entity(p.id)) for p in answer.parts]),
        ("located in", [Piece(answer.names.get(me.located_in or "", ""), links.entity(me.located_in))]),
        ("the same elsewhere", [Piece(x, curie_url(x)) for x in me.xrefs]),
        ("note", [Piece(me.note or "")]),
    ]
    return [(word, kept) for word, pieces in rows if (kept := [p for p in pieces if p.text])]


def _figure(shell: Shell, answer: ShowAnswer) -> Any:
    figure = neighbours_figure(answer, shell.entities)
    return lane_svg(figure, note=shell.note, href=shell.links.entity) if figure.arrows else None


def _predicates(edges: Iterable[Edge], me: str, cards: Cards) -> list[PredicateView]:
    grouped: dict[str, list[Edge]] = {}
    for edge in edges:
        grouped.setdefault(edge.predicate, []).append(edge)
    made = []
    for predicate in sorted(grouped, key=list(PREDICATES).index):
        found = sorted(grouped[predicate], key=lambda e: (e.derived, -e.strength.value, e.id))
        made.append(PredicateView(PREDICATES[predicate].verb, [_edge(e, me, cards) for e in found]))
    return made


def _edge(edge: Edge, me: str, cards: Cards) -> EdgeView:
    names, links = cards.names, cards.shell.links
    other = edge.subject if edge.object == me else edge.object
    verb = PREDICATES[edge.predicate].verb
    sign = {1: "plus", -1: "minus"}.get(edge.sign, "open")
    evidence = (*edge.experiments, *edge.objections) if edge.derived else edge.claims
    return EdgeView(
        anchor(edge.id),
        edge.id,
        Piece(names[other], links.entity(other)),
        verb,
        sign,
        edge.count("supports"),
        edge.count("refutes"),
        edge.count("no_effect"),
        edge.strength.value,
        edge.derived,
        edge.directness,
        (Piece(names[edge.subject]), Piece(verb, css=f"verb {sign}"), Piece(names[edge.object])),
        cards.all(evidence),
    )


def _sections(answer: ShowAnswer, cards: Cards) -> list[Section]:
    me = answer.entity.id

    def those(keep: Any) -> list[Experiment]:
        return sorted((x for x in answer.experiments if keep(x)), key=lambda x: x.id)

    blocked = those(lambda x: any(i.target == me for i in x.interventions))
    watched = those(lambda x: x.outcome == me)
    given = those(lambda x: x.drug == me)
    tightest = sorted(answer.affinities, key=lambda a: (a.value_nm, a.id))
    compared = sorted(answer.comparisons, key=lambda c: c.id)
    rows = [
        ("blockades", "Experiments that blocked, removed or drove it", cards.all(blocked)),
        ("watched", "Experiments that watched it", cards.all(watched)),
        ("given", "Experiments that tested its effect", cards.all(given)),
        ("affinities", "Affinities", cards.all(tightest)),
        ("comparisons", "Comparisons", cards.all(compared)),
    ]
    return [Section(id, head, found) for id, head, found in rows if found]


def _events(shell: Shell, answer: ShowAnswer, events: Sequence[tuple[str, TimedEvent]]) -> list[EventRow]:
    return [
        row
        for drug, event in events
        for row in event_rows(shell, [event], answer.names, Piece(answer.names[drug], shell.links.entity(drug)))
    ]
