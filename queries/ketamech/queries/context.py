"""Which evidence fits an asked context: every piece fits, does not fit, or does not say.

Child regions count as fitting. A question without filters is fitted by everything.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from ketamech.graph.mechanism import MechanismGraph
from ketamech.graph.model import Claim, Experiment
from ketamech.graph.vocabulary import COMPOUNDS, PLACES


class Fit(Enum):
    """Say how a piece of evidence stands to the asked context."""

    FITS = "fits"
    UNKNOWN = "unknown"
    UNFIT = "does not fit"


@dataclass(frozen=True, slots=True)
class ContextFilter:
    """Hold the asked context; None leaves an axis open. Regions, cell types and compounds are CURIEs."""

    species: str | None = None
    region: str | None = None
    cell_type: str | None = None
    compound: str | None = None

    @property
    def is_open(self) -> bool:
        """Tell whether nothing was asked."""
        return self == OPEN


OPEN = ContextFilter()


@dataclass(frozen=True, slots=True)
class Judgement:
    """Hold a verdict with its reason (empty when it fits)."""

    fit: Fit
    reason: str = ""


FITS = Judgement(Fit.FITS)


def judge(evidence: Claim | Experiment, asked: ContextFilter, graph: MechanismGraph) -> Judgement:
    """Judge one claim or experiment against the asked context; the worst axis decides."""
    if asked.is_open:
        return FITS
    verdicts = [
        _axis("species", asked.species, [evidence.context.species] if evidence.context.species else [], _same),
        _axis("region", asked.region, _regions(evidence, graph), graph.within),
        _axis("cell type", asked.cell_type, _cell_types(evidence, graph), graph.within),
        _axis("compound", asked.compound, _compounds(evidence, graph), _same),
    ]
    for fit in (Fit.UNFIT, Fit.UNKNOWN):
        reasons = [v.reason for v in verdicts if v.fit is fit]
        if reasons:
            return Judgement(fit, _named("; ".join(reasons), graph))
    return FITS


def _same(a: str, b: str) -> bool:
    return a == b


def _axis(name: str, asked: str | None, given: Iterable[str], fits: object) -> Judgement:
    found = list(given)
    if asked is None:
        return FITS
    if not found:
        return Judgement(Fit.UNKNOWN, f"{name} not reported")
    if any(fits(value, asked) for value in found):  # type: ignore[operator]
        return FITS
    return Judgement(Fit.UNFIT, f"{name} {' and '.join(found)}, not {asked}")


def _named(text: str, graph: MechanismGraph) -> str:
    return " ".join(_name(word, graph) for word in text.split(" "))


def _name(word: str, graph: MechanismGraph) -> str:
    bare = word.rstrip(",;")
    return graph.entities[bare].name + word[len(bare) :] if bare in graph.entities else word


def _ends(evidence: Claim | Experiment) -> list[str]:
    if isinstance(evidence, Claim):
        return [evidence.subject, evidence.object]
    return [*(i.target for i in evidence.interventions), evidence.outcome]


def _regions(evidence: Claim | Experiment, graph: MechanismGraph) -> list[str]:
    given = list(evidence.regions)
    return given or [e for e in _ends(evidence) if graph.entities[e].kind in PLACES]


def _cell_types(evidence: Claim | Experiment, graph: MechanismGraph) -> list[str]:
    given = list(evidence.cell_types)
    return given or [e for e in _ends(evidence) if graph.entities[e].kind == "cell_type"]


def _compounds(evidence: Claim | Experiment, graph: MechanismGraph) -> list[str]:
    if evidence.context.compound:
        return [evidence.context.compound]
    drug = evidence.subject if isinstance(evidence, Claim) else evidence.drug
    return [drug] if drug and graph.entities[drug].kind in COMPOUNDS else []
