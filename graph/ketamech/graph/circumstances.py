"""Where a finding was made and what was given: as reported, else as far as what it is about tells."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from ketamech.graph.model import Claim, Entity, Experiment
from ketamech.graph.vocabulary import COMPOUNDS, PLACES


def regions_of(evidence: Claim | Experiment, entities: Mapping[str, Entity]) -> tuple[str, ...]:
    """Give the regions reported, else the regions and circuits that the finding is about."""
    return evidence.regions or _ends(evidence, entities, PLACES)


def cell_types_of(evidence: Claim | Experiment, entities: Mapping[str, Entity]) -> tuple[str, ...]:
    """Give the cell types reported, else those that the finding is about."""
    return evidence.cell_types or _ends(evidence, entities, {"cell_type"})


def compound_of(evidence: Claim | Experiment, entities: Mapping[str, Entity]) -> str | None:
    """Give the compound reported, else the compound that acts; None where neither is."""
    drug = evidence.subject if isinstance(evidence, Claim) else evidence.drug
    return evidence.context.compound or (drug if drug and _is(drug, entities, COMPOUNDS) else None)


def _ends(evidence: Claim | Experiment, entities: Mapping[str, Entity], kinds: Collection[str]) -> tuple[str, ...]:
    if isinstance(evidence, Claim):
        ends: tuple[str, ...] = (evidence.subject, evidence.object)
    else:
        ends = (*(i.target for i in evidence.interventions), evidence.outcome)
    return tuple(id for id in ends if _is(id, entities, kinds))


def _is(id: str, entities: Mapping[str, Entity], kinds: Collection[str]) -> bool:
    return id in entities and entities[id].kind in kinds
