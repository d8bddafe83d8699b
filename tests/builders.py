"""Small knowledge for tests, written so that a test reads like the finding it is about.

Entities are called by their CURIE, which here is their name. Ends that a test does not describe are made as it
mentions them: `drug` is a drug, `relief` a behaviour, a `... region` a brain region, all others proteins.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ketamech.graph.mechanism import MechanismGraph
from ketamech.graph.model import Claim, Context, Entity, Experiment, Intervention, Knowledge, Paper, Place, Triple
from ketamech.graph.quantities import Dose, Hours

Part = Entity | Claim | Experiment
KNOWN_KINDS = {"drug": "drug", "other drug": "drug", "relief": "behaviour"}


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


def paper(key: str, *, group: str | None = None, kind: str = "primary", retracted: bool = False) -> Paper:
    """Make a paper; papers without a group are independent."""
    return Paper(key, f"On {key}", f"{key} et al.", 2001, kind=kind, group=group, retracted=retracted)


def _cited(given: Paper | str) -> Paper:
    return paper(given) if isinstance(given, str) else given


def _context(
    species: str | None, system: str | None, compound: str | None, time: str | None, dose: str | None
) -> Context:
    return Context(
        species=species,
        system=system,
        compound=compound,
        time=Hours.parse(time) if time else None,
        dose=Dose.parse(dose) if dose else None,
    )


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
    species: str | None = None,
    system: str | None = None,
    compound: str | None = None,
    time: str | None = None,
    dose: str | None = None,
    region: str | None = None,
    cell_type: str | None = None,
    subject_region: str | None = None,
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
        context=_context(species, system, compound, time, dose),
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
    species: str | None = None,
    system: str | None = None,
    region: str | None = None,
) -> Experiment:
    """Make an experiment: `mode` of `target` (and `also` of others) had an effect `observed` on an outcome.

    `change` is how the outcome moved: by the drug or, without one, by the intervention.
    """
    cited = _cited(source)
    done = tuple(Intervention(f"{m} of {t}", t, m) for m, t in ((mode, target), *also))
    return Experiment(
        id or f"{cited.key}: {mode} of {target} {observed} {outcome}",
        cited,
        done,
        outcome,
        observed,
        f"{mode} of {target} {observed} {outcome}",
        drug=drug,
        outcome_change=change,
        outcome_in=Place(region),
        on=on,
        read=read,
        context=_context(species, system, None, None, None),
    )


def graph(*parts: Part) -> MechanismGraph:
    """Build a graph from entities, claims and experiments in any order; entities not given are made."""
    entities = {p.id: p for p in parts if isinstance(p, Entity)}
    claims = tuple(p for p in parts if isinstance(p, Claim))
    experiments = tuple(p for p in parts if isinstance(p, Experiment))
    records: tuple[Claim | Experiment, ...] = (*claims, *experiments)
    ids = [r.id for r in records]
    if len(ids) != len(set(ids)):
        raise ValueError(f"two records share an id; give each its own paper: {sorted(ids)}")
    for id in _mentioned(entities.values(), claims, experiments):
        entities.setdefault(id, entity(id, _kind(id)))
    papers = {r.paper.key: r.paper for r in records}
    ordered = tuple(entities[id] for id in sorted(entities))
    return MechanismGraph(Knowledge(ordered, tuple(papers[k] for k in sorted(papers)), claims, experiments))


def _kind(id: str) -> str:
    return "brain_region" if id.endswith(" region") else KNOWN_KINDS.get(id, "protein")


def _mentioned(entities: Iterable[Entity], claims: Iterable[Claim], experiments: Iterable[Experiment]) -> Iterable[str]:
    found = [parent for e in entities for _, parent in e.parents]
    for c in claims:
        found += [c.subject, c.object, *c.regions, *c.cell_types, c.context.compound or ""]
    for x in experiments:
        found += [x.drug or "", x.outcome, *x.regions, *x.cell_types, *(i.target for i in x.interventions)]
    return dict.fromkeys(id for id in found if id)
