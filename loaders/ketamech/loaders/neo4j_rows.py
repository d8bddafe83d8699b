"""What a graph becomes in Neo4j: rows of nodes and relationships (docs/neo4j.md tells the shape). Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from ketamech.graph.mechanism import Edge, MechanismGraph
from ketamech.graph.model import Claim, Entity, Experiment, Hypothesis, Knowledge, Record, Triple
from ketamech.graph.properties import Properties, flatten
from ketamech.graph.store import STORE_SCHEMA
from ketamech.graph.stored import (
    EDGE_TYPES,
    KIND_LABELS,
    PARENT_TYPES,
    LinkRow,
    LinkRows,
    NodeRows,
    StoreRows,
    intervention_type,
)


def store_rows(graph: MechanismGraph) -> StoreRows:
    """Give every node and relationship of a graph; the same graph gives the same rows in the same order."""
    nodes = tuple(_nodes(graph))
    links = tuple(_links(graph))
    digest = hashlib.sha256(f"schema {STORE_SCHEMA}".encode())
    for group in nodes:
        digest.update(json.dumps([group.label, group.kind, list(group.rows)]).encode())
    for links_of in links:
        digest.update(json.dumps([links_of.type, links_of.start, links_of.end, list(links_of.rows)]).encode())
    total = sum(len(list(n.rows)) for n in nodes) + sum(len(list(r.rows)) for r in links)
    return StoreRows(nodes, links, digest.hexdigest()[:32], graph.knowledge.content, total)


def _nodes(graph: MechanismGraph) -> Iterator[NodeRows]:
    k = graph.knowledge
    labels = graph.labels
    placed = [(e.kind, {**flatten(e), "order": order}) for order, e in enumerate(k.entities)]
    for kind, group in groupby(sorted(placed, key=lambda p: p[0]), key=lambda p: p[0]):
        yield NodeRows("Entity", [row for _, row in group], KIND_LABELS[kind])
    found: dict[str, list[Properties]] = {
        "Publication": [{**flatten(p), "name": p.short} for p in k.papers],
        "Evidence": [_evidence(c) for c in k.claims],
        "Experiment": [_experiment(e, graph) for e in k.experiments],
        "Comparison": [
            {**flatten(c), "name": _told(c.paper.short, labels.get(c.a, c.a), c.result, labels.get(c.b, c.b))}
            for c in k.comparisons
        ],
        "Affinity": [
            {**flatten(a), "name": _told(a.paper.short, f"{a.parameter} {a.relation} {a.value_nm:g} nM")}
            for a in k.affinities
        ],
        "Hypothesis": [{**flatten(h)} for h in k.hypotheses],
        "Mechanism": [{**flatten(m)} for m in k.mechanisms],
    }
    for label, rows in found.items():
        yield NodeRows(label, [{**row, "order": order} for order, row in enumerate(rows)])
    yield NodeRows("HypothesisStep", [row for h in k.hypotheses for row in _steps(h, graph)])
    yield NodeRows("Separation", [row for h in k.hypotheses for row in _separations(h)])


def _evidence(claim: Claim) -> Properties:
    edge = "|".join(claim.triple)
    return {**flatten(claim), "name": _told(claim.paper.short, claim.stance), "edge_id": edge, "tier": claim.tier}


def _experiment(experiment: Experiment, graph: MechanismGraph) -> Properties:
    agents = " + ".join(f"{i.mode} of {graph.labels.get(i.target, i.target)}" for i in experiment.interventions)
    named = _told(experiment.paper.short, agents, experiment.observed)
    made: Properties = {**flatten(experiment), "name": named, "tier": experiment.tier}
    return {**made, "edge_id": "|".join(experiment.on)} if experiment.on else made


def _steps(hypothesis: Hypothesis, graph: MechanismGraph) -> Iterator[Properties]:
    for order, step in enumerate(hypothesis.steps):
        told = _triple(step.triple, graph)
        own: Properties = {"id": f"{hypothesis.slug}|step|{order}", "name": told, "edge_id": "|".join(step.triple)}
        yield {**flatten(step), **own, "hypothesis": hypothesis.slug, "order": order}


def _separations(hypothesis: Hypothesis) -> Iterator[Properties]:
    for order, separation in enumerate(hypothesis.separations):
        own: Properties = {"id": f"{hypothesis.slug}|against|{order}", "name": f"against {separation.rival}"}
        yield {**flatten(separation), **own, "hypothesis": hypothesis.slug, "order": order}


def _links(graph: MechanismGraph) -> Iterator[LinkRows]:
    edges = sorted(graph.edges.values(), key=lambda e: (EDGE_TYPES[e.predicate], e.id))
    for type, group in groupby(edges, key=lambda e: EDGE_TYPES[e.predicate]):
        yield LinkRows(type, "Entity", "Entity", [(e.subject, e.object, _edge(e)) for e in group], "edge_id")
    k = graph.knowledge
    for relation, type in PARENT_TYPES.items():
        yield _between(type, "Entity", "Entity", _parents(k.entities, relation))
    places = [(e.id, e.located_in) for e in k.entities if e.located_in]
    yield _joined("LOCATED_IN", "Entity", "Entity", places)
    for label, records in _records(k).items():
        yield _joined("CITES", label, "Publication", [(r.id, r.paper.key) for r in records])
    ends = {"ABOUT_SUBJECT": [c.subject for c in k.claims], "ABOUT_OBJECT": [c.object for c in k.claims]}
    for type, found in ends.items():
        pairs = zip(k.claims, found, strict=True)
        yield _joined(type, "Evidence", "Entity", [(c.id, end) for c, end in pairs])
    yield from _interventions(k.experiments)
    yield _joined("OF_DRUG", "Experiment", "Entity", [(e.id, e.drug) for e in k.experiments if e.drug])
    yield _joined("OUTCOME", "Experiment", "Entity", [(e.id, e.outcome) for e in k.experiments])
    yield _joined("COMPARES_A", "Comparison", "Entity", [(c.id, c.a) for c in k.comparisons])
    yield _joined("COMPARES_B", "Comparison", "Entity", [(c.id, c.b) for c in k.comparisons])
    yield _joined("OUTCOME", "Comparison", "Entity", [(c.id, c.outcome) for c in k.comparisons])
    yield _joined("OF_LIGAND", "Affinity", "Entity", [(a.id, a.ligand) for a in k.affinities])
    yield _joined("AT_TARGET", "Affinity", "Entity", [(a.id, a.target) for a in k.affinities])
    yield from _of_hypotheses(graph)
    concerns = [(m.slug, e) for m in k.mechanisms for e in m.entities]
    yield _joined("CONCERNS", "Mechanism", "Entity", concerns)
    covered = [(m.slug, p) for m in k.mechanisms for p in m.papers]
    yield _joined("COVERED_BY", "Mechanism", "Publication", covered)


def _edge(edge: Edge) -> Properties:
    """Give an edge with what its evidence says in short; `first_hour` is the earliest hour of a supporting finding."""
    proof: tuple[Claim | Experiment, ...] = (*edge.claims, *edge.experiments, *edge.objections)
    papers = {r.paper.key: r.paper for r in proof}.values()
    hours = [c.context.time.low for c in edge.claims if c.stance == "supports" and c.context.time]
    hours += [e.measured_at.low for e in edge.experiments if e.measured_at]
    told: Properties = {
        "edge_id": edge.id,
        "predicate": edge.predicate,
        "sign": edge.sign,
        "directness": edge.directness,
        "derived": edge.derived,
        "strength": float(edge.strength.value),
        "supporting": edge.count("supports"),
        "refuting": edge.count("refutes"),
        "no_effect": edge.count("no_effect"),
    }
    lists = {
        "evidence": [r.id for r in proof],
        "species": [r.context.species for r in proof if r.context.species],
        "regions": [place for r in proof for place in r.regions],
        "pmids": [p.pmid for p in papers if p.pmid],
        "dois": [p.doi for p in papers if p.doi],
    }
    told |= {name: sorted(set(values)) for name, values in lists.items() if values}
    return {**told, "first_hour": float(min(hours))} if hours else told


def _parents(entities: Iterable[Entity], relation: str) -> Iterator[LinkRow]:
    for entity in entities:
        for order, (named, parent) in enumerate(entity.parents):
            if named == relation:
                yield entity.id, parent, {"order": order}


def _interventions(experiments: Iterable[Experiment]) -> Iterator[LinkRows]:
    found: dict[str, list[LinkRow]] = {}
    for experiment in experiments:
        for order, done in enumerate(experiment.interventions):
            row: LinkRow = (experiment.id, done.target, {**flatten(done), "order": order})
            found.setdefault(intervention_type(done.mode), []).append(row)
    for type, rows in sorted(found.items()):
        yield _between(type, "Experiment", "Entity", rows)


def _of_hypotheses(graph: MechanismGraph) -> Iterator[LinkRows]:
    k = graph.knowledge
    steps = [(h.slug, f"{h.slug}|step|{n}", s.triple, n) for h in k.hypotheses for n, s in enumerate(h.steps)]
    yield _between("HAS_STEP", "Hypothesis", "HypothesisStep", [(h, id, {"order": n}) for h, id, _, n in steps])
    yield _joined("STEP_FROM", "HypothesisStep", "Entity", [(id, triple[0]) for _, id, triple, _ in steps])
    yield _joined("STEP_TO", "HypothesisStep", "Entity", [(id, triple[2]) for _, id, triple, _ in steps])
    needs = [
        (h.slug, t.target, {**flatten(t), "order": order}) for h in k.hypotheses for order, t in enumerate(h.targets)
    ]
    yield _between("NEEDS", "Hypothesis", "Entity", needs)
    rivals = [(h.slug, f"{h.slug}|against|{n}", s.rival, n) for h in k.hypotheses for n, s in enumerate(h.separations)]
    yield _between("HAS_SEPARATION", "Hypothesis", "Separation", [(h, id, {"order": n}) for h, id, _, n in rivals])
    slugs = {h.slug for h in k.hypotheses}
    known = [(id, rival) for _, id, rival, _ in rivals if rival in slugs]
    yield _joined("AGAINST_RIVAL", "Separation", "Hypothesis", known)
    papers = {p.key for p in k.papers}
    key_papers = [(h.slug, p) for h in k.hypotheses for p in h.key_papers if p in papers]
    yield _joined("KEY_PAPER", "Hypothesis", "Publication", key_papers)
    for label, of_label in _records(k).items():
        ids = {r.id for r in of_label}
        against = [(h.slug, id) for h in k.hypotheses for id in h.against if id in ids]
        yield _joined("SPOKEN_AGAINST_BY", "Hypothesis", label, against)


def _records(k: Knowledge) -> Mapping[str, Sequence[Record]]:
    """Give what papers say, by the label of its nodes."""
    return {"Evidence": k.claims, "Experiment": k.experiments, "Comparison": k.comparisons, "Affinity": k.affinities}


def _joined(type: str, start: str, end: str, pairs: Iterable[tuple[str, str]]) -> LinkRows:
    return _between(type, start, end, ((a, b, {}) for a, b in pairs))


def _between(type: str, start: str, end: str, rows: Iterable[tuple[str, str, Properties]]) -> LinkRows:
    """Give relationships their ids: type and ends, and their order where there may be several of these."""
    made: list[LinkRow] = []
    for a, b, properties in rows:
        which = f"|{properties['order']}" if "order" in properties else ""
        made.append((a, b, {**properties, "id": f"{a}|{type}|{b}{which}"}))
    return LinkRows(type, start, end, made)


def _triple(triple: Triple, graph: MechanismGraph) -> str:
    subject, predicate, object = triple
    return f"{graph.labels.get(subject, subject)} {predicate} {graph.labels.get(object, object)}"


def _told(source: str, *words: str) -> str:
    return f"{' '.join(words)} ({source})"
