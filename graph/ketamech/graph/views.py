"""How records look in answers: plain data with names instead of CURIEs, and what is not reported left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from ketamech.graph.model import Affinity, Claim, Comparison, Context, Entity, Experiment, Paper, Triple

SCHEMA_VERSION: Final = 1
Row = dict[str, Any]


def entity_dict(entity: Entity) -> dict[str, Any]:
    """Give an entity by id, name and kind."""
    return {"id": entity.id, "name": entity.name, "kind": entity.kind}


def triple_words(triple: Triple, names: Mapping[str, str]) -> str:
    """Say subject, predicate and object with the names of both ends."""
    subject, predicate, object = triple
    return f"{names[subject]} {predicate} {names[object]}"


def context_dict(context: Context, names: Mapping[str, str]) -> dict[str, Any]:
    """Give the reported circumstances only."""
    given = {
        "species": context.species,
        "system": context.system,
        "model": context.model,
        "state": context.state,
        "sex": context.sex,
        "population": context.population,
        "indication": context.indication,
        "compound": names.get(context.compound or ""),
        "dose": context.dose.text if context.dose else None,
        "doses": context.doses,
        "route": context.route,
        "time": context.time.text if context.time else None,
        "assay": context.assay,
        "n": context.n,
    }
    return {key: value for key, value in given.items() if value is not None}


def evidence_dict(evidence: Claim | Experiment, names: Mapping[str, str]) -> dict[str, Any]:
    """Give one piece of evidence: a claim, or an experiment."""
    paper = evidence.paper
    context = context_dict(evidence.context, names)
    regions = [names[r] for r in evidence.regions]
    if regions:
        context["region"] = ", ".join(regions)
    cells = [names[c] for c in evidence.cell_types]
    if cells:
        context["cell_type"] = ", ".join(cells)
    made: dict[str, Any] = {
        "id": evidence.id,
        "paper": paper.key,
        "doi": paper.doi,
        "pmid": paper.pmid,
        "year": paper.year,
        "stance": evidence.stance if isinstance(evidence, Claim) else evidence.observed,
        "tier": evidence.tier,
        "read": evidence.read,
        "context": context,
        "summary": evidence.summary,
    }
    if isinstance(evidence, Experiment):
        made |= {
            "drug": names.get(evidence.drug or ""),
            "interventions": [
                {"agent": i.agent, "target": names[i.target], "mode": i.mode} for i in evidence.interventions
            ],
            "outcome": names[evidence.outcome],
            "aspect": evidence.aspect,
            "observed": evidence.observed,
            "measured_at": evidence.measured_at.text if evidence.measured_at else None,
        }
    return made


def comparison_dict(comparison: Comparison, names: Mapping[str, str]) -> dict[str, Any]:
    """Give one comparison of two compounds."""
    c = comparison
    return {
        "id": c.id,
        "a": names[c.a],
        "b": names[c.b],
        "outcome": names[c.outcome],
        "aspect": c.aspect,
        "result": c.result,
        "species": c.context.species,
        "summary": c.summary,
        "paper": c.paper.key,
    }


def affinity_dict(affinity: Affinity, names: Mapping[str, str]) -> dict[str, Any]:
    """Give one affinity, in nanomoles per litre."""
    a = affinity
    return {
        "id": a.id,
        "ligand": names[a.ligand],
        "target": names[a.target],
        "parameter": a.parameter,
        "relation": a.relation,
        "value_nM": a.value_nm,
        "species": a.context.species,
        "paper": a.paper.key,
    }


@dataclass(frozen=True, slots=True)
class Reference:
    """Number one paper within an answer."""

    number: int
    paper: Paper

    def to_dict(self) -> dict[str, Any]:
        """Give number and citation."""
        p = self.paper
        return {
            "number": self.number,
            "key": p.key,
            "authors": p.authors,
            "year": p.year,
            "title": p.title,
            "journal": p.journal,
            "doi": p.doi,
            "pmid": p.pmid,
            "kind": p.kind,
        }


def cite(paper: Paper) -> str:
    """Name a paper by its identifier: DOI, else PubMed number, else key."""
    return f"doi:{paper.doi}" if paper.doi else f"PMID:{paper.pmid}" if paper.pmid else paper.key


def evidence_row(evidence: Claim | Experiment, names: Mapping[str, str]) -> Row:
    """Give one piece of evidence as a flat row."""
    data = evidence_dict(evidence, names)
    context = "; ".join(f"{k}: {v}" for k, v in data["context"].items())
    paper = evidence.paper
    return {
        "id": data["id"],
        "stance": data["stance"],
        "tier": data["tier"],
        "indication": data["context"].get("indication", ""),
        "doses": data["context"].get("doses", ""),
        "context": context,
        "summary": data["summary"],
        "paper": cite(paper),
        "year": paper.year,
    }
