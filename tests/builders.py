"""Small knowledge for tests, written so that a test reads like the finding it is about.

Entities are called by their CURIE, which here is their name. Ends that a test does not describe are made as it
mentions them: `drug` is a drug, `relief` a behaviour, a `... region` a brain region, `... cell` a cell type, all
others proteins. RELIEF is the antidepressant effect itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypedDict, Unpack

from ketamech.graph.mechanism import MechanismGraph
from ketamech.graph.model import (
    Affinity,
    Claim,
    Comparison,
    Context,
    Entity,
    Experiment,
    Hypothesis,
    HypothesisStep,
    Intervention,
    Knowledge,
    Mechanism,
    Needed,
    Paper,
    Place,
    Triple,
)
from ketamech.graph.quantities import Dose, Hours
from ketamech.graph.relief import RELIEF

Record = Claim | Experiment | Comparison | Affinity
Part = Entity | Paper | Record | Hypothesis | Mechanism
KNOWN_KINDS = {"drug": "drug", "other drug": "drug", "relief": "behaviour", RELIEF: "clinical_outcome"}


def entity(
    name: str,
    kind: str = "protein",
    *,
    id: str | None = None,
    part_of: Sequence[str] = (),
    is_a: Sequence[str] = (),
    synonyms: Sequence[str] = (),
    xrefs: Sequence[str] = (),
) -> Entity:
    """Make an entity; its id is its name unless one is given."""
    parents = (*(("part_of", w) for w in part_of), *(("is_a", w) for w in is_a))
    return Entity(id or name, name, kind, tuple(synonyms), parents, xrefs=tuple(xrefs))


def paper(
    key: str,
    *,
    group: str | None = None,
    kind: str = "primary",
    retracted: bool = False,
    doi: str | None = None,
    pmid: str | None = None,
) -> Paper:
    """Make a paper; papers without a group are independent."""
    return Paper(
        key, f"On {key}", f"{key} et al.", 2001, kind=kind, doi=doi, pmid=pmid, group=group, retracted=retracted
    )


def _cited(given: Paper | str) -> Paper:
    return paper(given) if isinstance(given, str) else given


class Circumstances(TypedDict, total=False):
    """Say under which circumstances something was seen, besides its time and dose."""

    species: str | None
    system: str | None
    compound: str | None
    state: str | None
    sex: str | None
    model: str | None
    assay: str | None
    indication: str | None
    doses: int | None
    population: str | None


def _context(time: str | None, dose: str | None, others: Circumstances) -> Context:
    return Context(**others, time=Hours.parse(time) if time else None, dose=Dose.parse(dose) if dose else None)


def claim(
    subject: str,
    predicate: str,
    object: str,
    *,
    source: Paper | str = "p1",
    id: str | None = None,
    stance: str = "supports",
    directness: str = "direct",
    read: str = "full-text",
    sign: int = 0,
    region: str | None = None,
    cell_type: str | None = None,
    subject_region: str | None = None,
    time: str | None = None,
    dose: str | None = None,
    **circumstances: Unpack[Circumstances],
) -> Claim:
    """Make a claim of a paper (`source`); `region` and `cell_type` say where the object was seen."""
    cited = _cited(source)
    against = "" if stance == "supports" else f" ({stance})"
    return Claim(
        id or f"{cited.key}: {subject} {predicate} {object}{against}",
        cited,
        subject,
        predicate,
        object,
        directness,
        stance,
        f"{subject} {predicate} {object}",
        read=read,
        sign=sign,
        subject_in=Place(subject_region),
        object_in=Place(region, cell_type),
        context=_context(time, dose, circumstances),
    )


def experiment(
    mode: str,
    target: str,
    observed: str,
    outcome: str,
    *,
    drug: str | None = None,
    change: int = 0,
    also: Iterable[tuple[str, str]] = (),
    on: Triple | None = None,
    source: Paper | str = "x1",
    id: str | None = None,
    read: str = "full-text",
    region: str | None = None,
    cell_type: str | None = None,
    within: str | None = None,
    in_cells: str | None = None,
    aspect: str = "size",
    at: str | None = None,
    time: str | None = None,
    dose: str | None = None,
    **circumstances: Unpack[Circumstances],
) -> Experiment:
    """Make an experiment: `mode` of `target` (and `also` of others) had an effect `observed` on an outcome.

    `change` is how the outcome moved: by the drug or, without one, by the intervention. `region` and `cell_type` say
    where the outcome was seen, `within` and `in_cells` where the intervention was made, `at` at which hour it was
    measured.
    """
    cited = _cited(source)
    place = Place(within, in_cells)
    done = tuple(Intervention(f"{m} of {t}", t, m, place) for m, t in ((mode, target), *also))
    return Experiment(
        id or f"{cited.key}: {mode} of {target} {observed} {outcome}",
        cited,
        done,
        outcome,
        observed,
        f"{mode} of {target} {observed} {outcome}",
        drug=drug,
        aspect=aspect,
        outcome_change=change,
        outcome_in=Place(region, cell_type),
        measured_at=Hours.parse(at) if at else None,
        on=on,
        read=read,
        context=_context(time, dose, circumstances),
    )


def comparison(
    a: str,
    b: str,
    outcome: str,
    result: str,
    *,
    aspect: str = "size",
    source: Paper | str = "c1",
    id: str | None = None,
) -> Comparison:
    """Make a comparison: `a` did more, less or as much as `b` on an outcome."""
    cited = _cited(source)
    told = f"{a} {result} than {b} on {outcome}"
    return Comparison(id or f"{cited.key}: {told}", cited, a, b, outcome, aspect, result, told)


def affinity(
    ligand: str, target: str, value_nm: float, *, source: Paper | str = "a1", id: str | None = None
) -> Affinity:
    """Make an affinity: a ligand holds a target with this Ki."""
    cited = _cited(source)
    told = f"{ligand} holds {target}"
    return Affinity(id or f"{cited.key}: {told}", cited, ligand, target, "Ki", "=", value_nm, told)


def needed(target: str, *, region: str | None = None, cell_type: str | None = None) -> Needed:
    """Make what a hypothesis holds to be needed."""
    return Needed(target, Place(region, cell_type))


def hypothesis(
    slug: str,
    *steps: Triple,
    assumed: Sequence[Triple] = (),
    targets: Sequence[Needed | str] = (),
    against: Sequence[str] = (),
    name: str | None = None,
) -> Hypothesis:
    """Make a hypothesis of these steps, those that nobody has tested (`assumed`) last."""
    made = (*(HypothesisStep(s) for s in steps), *(HypothesisStep(s, assumed=True) for s in assumed))
    asked = tuple(Needed(t) if isinstance(t, str) else t for t in targets)
    return Hypothesis(slug, name or f"The {slug} account", slug, "live", made, asked, against=tuple(against))


def graph(*parts: Part) -> MechanismGraph:
    """Build a graph from entities, papers and records in any order; entities and papers not given are made."""
    entities = {p.id: p for p in parts if isinstance(p, Entity)}
    claims = tuple(p for p in parts if isinstance(p, Claim))
    experiments = tuple(p for p in parts if isinstance(p, Experiment))
    comparisons = tuple(p for p in parts if isinstance(p, Comparison))
    affinities = tuple(p for p in parts if isinstance(p, Affinity))
    hypotheses = tuple(p for p in parts if isinstance(p, Hypothesis))
    mechanisms = tuple(p for p in parts if isinstance(p, Mechanism))
    records: tuple[Record, ...] = (*claims, *experiments, *comparisons, *affinities)
    ids = [r.id for r in records]
    if len(ids) != len(set(ids)):
        raise ValueError(f"two records share an id; give each its own paper: {sorted(ids)}")
    named = [*_mentioned(entities.values(), claims, experiments), *_compared(comparisons, affinities, hypotheses)]
    for id in named:
        entities.setdefault(id, entity(id, _kind(id)))
    papers = {p.key: p for p in parts if isinstance(p, Paper)} | {r.paper.key: r.paper for r in records}
    return MechanismGraph(
        Knowledge(
            tuple(entities[id] for id in sorted(entities)),
            tuple(papers[k] for k in sorted(papers)),
            claims,
            experiments,
            comparisons,
            affinities,
            hypotheses,
            mechanisms,
        )
    )


def _kind(id: str) -> str:
    if id.endswith(" cell"):
        return "cell_type"
    return "brain_region" if id.endswith(" region") else KNOWN_KINDS.get(id, "protein")


def _mentioned(entities: Iterable[Entity], claims: Iterable[Claim], experiments: Iterable[Experiment]) -> Iterable[str]:
    found = [parent for e in entities for _, parent in e.parents]
    for c in claims:
        found += [c.subject, c.object, *c.regions, *c.cell_types, c.context.compound or ""]
    for x in experiments:
        found += [x.drug or "", x.outcome, *x.regions, *x.cell_types, *(i.target for i in x.interventions)]
        found.append(x.context.compound or "")
    return dict.fromkeys(id for id in found if id)


def _compared(
    comparisons: Iterable[Comparison], affinities: Iterable[Affinity], hypotheses: Iterable[Hypothesis]
) -> Iterable[str]:
    found = [id for c in comparisons for id in (c.a, c.b, c.outcome)]
    found += [id for a in affinities for id in (a.ligand, a.target)]
    for h in hypotheses:
        found += [end for subject, _, object in h.triples for end in (subject, object)]
        found += [id for t in h.targets for id in (t.target, t.place.region, t.place.cell_type) if id]
    return dict.fromkeys(found)
