"""Which evidence fits an asked context: every piece fits, does not fit, or does not say.

Child regions count as fitting; so do a macaque where monkeys are asked for, both sexes where one is, and bipolar
depression where depression is. A question without filters is fitted by everything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum

from ketamech.graph.circumstances import cell_types_of, compound_of, regions_of
from ketamech.graph.errors import BadValue
from ketamech.graph.mechanism import MechanismGraph
from ketamech.graph.model import Claim, Experiment
from ketamech.graph.vocabulary import PRIMATES, SEXES, SPECIES


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
    indication: str | None = None
    sex: str | None = None

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
        _species(asked.species, evidence.context.species),
        _axis("region", asked.region, regions_of(evidence, graph.entities), graph.within),
        _axis("cell type", asked.cell_type, cell_types_of(evidence, graph.entities), graph.within),
        _axis("compound", asked.compound, _given(compound_of(evidence, graph.entities)), _same),
        _axis("indication", asked.indication, _given(evidence.context.indication), _indicated),
        _axis("sex", asked.sex, _given(evidence.context.sex), _of_sex),
    ]
    for fit in (Fit.UNFIT, Fit.UNKNOWN):
        reasons = [v.reason for v in verdicts if v.fit is fit]
        if reasons:
            return Judgement(fit, _named("; ".join(reasons), graph))
    return FITS


def _same(a: str, b: str) -> bool:
    return a == b


def _given(value: str | None) -> list[str]:
    return [value] if value else []


def _indicated(given: str, asked: str) -> bool:
    return given == asked or given.endswith(f" {asked}")


def _of_sex(given: str, asked: str) -> bool:
    return given in (asked, "both")


def _species(asked: str | None, given: str | None) -> Judgement:
    if given == "monkey" and asked in PRIMATES - {given}:
        return Judgement(Fit.UNKNOWN, "which monkey not reported")
    return _axis("species", asked, _given(given), _of_species)


def _of_species(given: str, asked: str) -> bool:
    return given == asked or (asked == "monkey" and given in PRIMATES)


def check_words(
    graph: MechanismGraph, species: str | None = None, indication: str | None = None, sex: str | None = None
) -> None:
    """Raise BadValue when a species, an indication or a sex is asked for that no finding could have."""
    known = {i for i in _indications(graph) if indication is None or _indicated(i, indication)}
    for name, value, found, allowed in (
        ("species", species, species in SPECIES, SPECIES),
        ("sex", sex, sex in SEXES, SEXES),
        ("indication", indication, bool(known), _indications(graph)),
    ):
        if value is not None and not found:
            raise BadValue(f"--{name} {value} is not known.", f"Use one of: {', '.join(allowed) or 'none'}.")


def _indications(graph: MechanismGraph) -> tuple[str, ...]:
    evidence: list[Claim | Experiment] = [*graph.knowledge.claims, *graph.knowledge.experiments]
    return tuple(sorted({e.context.indication for e in evidence if e.context.indication}))


def _axis(name: str, asked: str | None, given: Iterable[str], fits: Callable[[str, str], bool]) -> Judgement:
    found = list(given)
    if asked is None:
        return FITS
    if not found:
        return Judgement(Fit.UNKNOWN, f"{name} not reported")
    if any(fits(value, asked) for value in found):
        return FITS
    return Judgement(Fit.UNFIT, f"{name} {' and '.join(found)}, not {asked}")


def _named(text: str, graph: MechanismGraph) -> str:
    return " ".join(_name(word, graph) for word in text.split(" "))


def _name(word: str, graph: MechanismGraph) -> str:
    bare = word.rstrip(",;")
    return graph.entities[bare].name + word[len(bare) :] if bare in graph.entities else word
