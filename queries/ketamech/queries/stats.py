"""How much is known, of what, and where the knowledge is thin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from ketamech.graph.mechanism import MechanismGraph
from ketamech.graph.model import Claim, Comparison, Experiment, Mechanism, Record
from ketamech.graph.stats_answers import Coverage, StatsAnswer, WeakAnswer
from ketamech.graph.vocabulary import COMPOUNDS, TIERS
from ketamech.queries.hypotheses import hypotheses

WEAKLY_READ: Final = ("title", "review")


def stats(graph: MechanismGraph) -> StatsAnswer:
    """Count the knowledge: totals, by property, and by mechanism and hypothesis.

    >>> from ketamech.loaders import load_default
    >>> answer = stats(load_default())
    >>> answer.totals["papers"] >= 180, answer.totals["claims"] >= 550
    (True, True)
    """
    k = graph.knowledge
    kinds = {e.id: e.kind for e in k.entities}
    evidence: list[Claim | Experiment] = [*k.claims, *k.experiments]
    against = [e for e in evidence if _speaks_against(e)]
    totals = {
        "papers": len(k.papers),
        "papers with DOI or PMID": sum(bool(p.doi or p.pmid) for p in k.papers),
        "groups": len({p.lab for p in k.papers}),
        "entities": len(k.entities),
        "claims": len(k.claims),
        "claims whose subject is no drug": sum(kinds[c.subject] not in COMPOUNDS for c in k.claims),
        "experiments": len(k.experiments),
        "comparisons": len(k.comparisons),
        "affinities": len(k.affinities),
        "edges": len(graph.edges),
        "derived edges": sum(e.derived for e in graph.edges.values()),
        "hypotheses": len(k.hypotheses),
        "share of evidence refuting or null": round(len(against) / len(evidence), 4) if evidence else 0.0,
    }
    names = graph.labels
    counts = {
        "paper kind": _count(p.kind for p in k.papers),
        "year": dict(sorted(_count(str(p.year) for p in k.papers).items())),
        "entity kind": _count(e.kind for e in k.entities),
        "stance": _count(c.stance for c in k.claims),
        "observed": _count(x.observed for x in k.experiments),
        "directness": _count(c.directness for c in k.claims),
        "predicate": _count(c.predicate for c in k.claims),
        "tier": {tier: n for tier in TIERS if (n := sum(e.tier == tier for e in evidence))},
        "species": _count(e.context.species or "not reported" for e in evidence),
        "region": _count(names[r] for e in evidence for r in e.regions),
        "group": dict(list(_count(p.lab for p in k.papers).items())[:25]),
        "read": _count(e.read for e in evidence),
    }
    return StatsAnswer(
        totals,
        counts,
        tuple(_coverage(graph, m) for m in k.mechanisms),
        tuple(hypotheses(graph).rows()),
        max((m.searched for m in k.mechanisms), default=""),
    )


def weak_sources(graph: MechanismGraph) -> WeakAnswer:
    """List what is hard to check: papers without an identifier, records read by title or in a review only.

    >>> from ketamech.loaders import load_default
    >>> {r.read for r in weak_sources(load_default()).records} <= {"title", "review"}
    True
    """
    k = graph.knowledge
    weak = [r for r in k.records if r.read in WEAKLY_READ]
    weak.sort(key=lambda r: (WEAKLY_READ.index(r.read), r.id))
    return WeakAnswer(tuple(p for p in k.papers if not (p.doi or p.pmid)), tuple(weak))


def _count(values: Iterable[str]) -> Mapping[str, int]:
    return dict(sorted(Counter(values).items(), key=lambda item: (-item[1], item[0])))


def _speaks_against(evidence: Claim | Experiment) -> bool:
    if isinstance(evidence, Claim):
        return evidence.stance != "supports"
    return evidence.observed == "no_effect"


def _coverage(graph: MechanismGraph, mechanism: Mechanism) -> Coverage:
    k = graph.knowledge
    members = {m for id in mechanism.entities for m in (id, *graph.parts(id))}

    def about(record: Record) -> bool:
        return record.paper.key in mechanism.papers or bool(members & _mentioned(record))

    claims = [c for c in k.claims if about(c)]
    experiments = [x for x in k.experiments if about(x)]
    records: list[Record] = [*claims, *experiments]
    records += [r for rows in (k.comparisons, k.affinities) for r in rows if about(r)]
    papers = {r.paper.key: r.paper for r in records}
    evidence: list[Claim | Experiment] = [*claims, *experiments]
    return Coverage(
        mechanism.slug,
        mechanism.name,
        len(papers),
        len({p.lab for p in papers.values()}),
        len(claims),
        len(experiments),
        sum(_speaks_against(e) for e in evidence),
        mechanism.searched,
    )


def _mentioned(record: Record) -> set[str]:
    if isinstance(record, Claim):
        return {record.subject, record.object, *record.regions, *record.cell_types}
    if isinstance(record, Experiment):
        return {record.outcome, *(i.target for i in record.interventions), *record.regions, *record.cell_types}
    if isinstance(record, Comparison):
        return {record.a, record.b, record.outcome}
    return {record.ligand, record.target}
