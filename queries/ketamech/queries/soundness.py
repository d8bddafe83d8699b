"""What may be wrong with sound knowledge: not faults that forbid loading, but things a curator should look at."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final

from ketamech.graph.mechanism import MechanismGraph
from ketamech.graph.model import Claim, Experiment
from ketamech.graph.names import fold
from ketamech.graph.soundness_answers import Finding, SoundnessAnswer
from ketamech.graph.vocabulary import COMPOUNDS, PREDICATES

JOINING: Final = frozenset(
    {
        "receptor", "channel", "transporter", "enzyme", "protein", "complex", "gene", "process", "pathway",
        "cell_type", "brain_region", "circuit",
    }
)  # fmt: skip


def soundness(graph: MechanismGraph, retracted: Collection[str] = ()) -> SoundnessAnswer:
    """Look for orphans, dead ends, duplicates, empty and retracted papers, and ungrounded names without a reason.

    `retracted` holds the PubMed numbers of retracted papers.

    >>> from ketamech.loaders import load_default
    >>> soundness(load_default()).findings
    ()
    """
    found = [
        *_orphans(graph),
        *_loose_ends(graph),
        *_duplicates(graph),
        *_papers(graph, retracted),
        *_coarse(graph),
    ]
    return SoundnessAnswer(tuple(sorted(found, key=lambda f: (f.kind, f.where))))


def _used(graph: MechanismGraph) -> set[str]:
    k = graph.knowledge
    found: set[str] = set()
    for c in k.claims:
        found |= {c.subject, c.object, *c.regions, *c.cell_types} | {c.context.compound or c.subject}
    for x in k.experiments:
        found |= {x.outcome, x.drug or x.outcome, *(i.target for i in x.interventions), *x.regions, *x.cell_types}
    for p in k.comparisons:
        found |= {p.a, p.b, p.outcome}
    for a in k.affinities:
        found |= {a.ligand, a.target}
    return found | {w for id in found for w in graph.wholes(id)}


def _orphans(graph: MechanismGraph) -> Iterable[Finding]:
    """Find entities that no record names; a drug may be named by an intervention's agent."""
    used = _used(graph)
    agents = " ".join(f" {fold(i.agent)} " for x in graph.knowledge.experiments for i in x.interventions)
    for entity in graph.entities.values():
        if entity.id not in used and not (entity.kind in COMPOUNDS and fold(entity.name) in agents):
            yield Finding("orphan", entity.name, "no record names it", "use it, or take its row away")


def _loose_ends(graph: MechanismGraph) -> Iterable[Finding]:
    """Find molecules, cells, regions and circuits that lie on no path and in no experiment or affinity."""
    k = graph.knowledge
    tested = {t for x in k.experiments for t in (x.outcome, *(i.target for i in x.interventions))}
    tested |= {p for x in k.experiments for p in (*x.regions, *x.cell_types)}
    tested |= {a.target for a in k.affinities}
    steps = [e for e in graph.edges.values() if e.is_step or PREDICATES[e.predicate].role == "last"]
    walked = {end for e in steps for end in (e.subject, e.object)}
    walked |= {p for c in k.claims for p in (*c.regions, *c.cell_types)}
    joined = tested | walked
    joined |= {w for id in joined for w in graph.wholes(id)}
    for entity in graph.entities.values():
        if entity.kind in JOINING and entity.id not in joined:
            yield Finding(
                "loose end", entity.name, "lies on no path and in no experiment", "enter a step or experiment on it"
            )


def _duplicates(graph: MechanismGraph) -> Iterable[Finding]:
    """Find records of one paper that say the same of the same in the same circumstances."""
    seen: dict[object, str] = {}
    for c in graph.knowledge.claims:
        yield from _twice(seen, (c.paper.key, c.triple, c.stance, c.subject_in, c.object_in, c.context), c)
    for x in graph.knowledge.experiments:
        done = tuple((i.target, i.mode, i.agent, i.place) for i in x.interventions)
        key = (x.paper.key, x.drug, done, x.outcome, x.outcome_in, x.aspect, x.observed, x.measured_at, x.context)
        yield from _twice(seen, key, x)


def _twice(seen: dict[object, str], key: object, record: Claim | Experiment) -> Iterable[Finding]:
    first = seen.setdefault(key, record.id)
    if first != record.id:
        yield Finding("duplicate", record.id, f"says what {first} says", "keep one, or tell how they differ")


def _papers(graph: MechanismGraph, retracted: Collection[str]) -> Iterable[Finding]:
    k = graph.knowledge
    telling = {r.paper.key for r in k.records}
    for paper in k.papers:
        if paper.key not in telling:
            yield Finding("empty paper", paper.key, "says nothing", "enter a record, or take the file away")
        if paper.pmid in retracted and not paper.retracted:
            yield Finding("retracted", paper.key, "is on the list of retracted papers", "write `retracted: true`")


def _coarse(graph: MechanismGraph) -> Iterable[Finding]:
    """Find readouts that a drug moves `indirect`ly although they tell of behaviour: such a step would jump all."""
    for edge in graph.edges.values():
        if not edge.is_step or edge.derived:
            continue
        reads = [e for e in graph.out_edges(edge.object) if e.predicate == "is_readout_of"]
        outcomes = [graph.entities[e.object].kind for e in reads]
        if graph.entities[edge.subject].kind in ("drug", "metabolite") and "behaviour" in outcomes:
            yield Finding(
                "jump",
                edge.claims[0].id,
                f"a drug moves {graph.entities[edge.object].name} as a step",
                "write `directness: overall`: this is what paths explain",
            )
