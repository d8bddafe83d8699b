"""How one finding and one paper are printed: stance, circumstances with their labels, safe links."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ketamech.graph.identifiers import paper_url
from ketamech.graph.model import Claim, Experiment, Paper
from ketamech.graph.views import evidence_dict
from ketamech.viz.facets import Facets, Reader

FACTS: Final = {
    "species": "species",
    "system": "system",
    "model": "model",
    "state": "state",
    "sex": "sex",
    "population": "population",
    "indication": "indication",
    "region": "region",
    "cell_type": "cell type",
    "compound": "compound",
    "dose": "dose",
    "doses": "doses",
    "route": "route",
    "time": "hour",
    "assay": "assay",
    "n": "n",
}
OBSERVED: Final = {"no_effect": "leaves unchanged", "mimics": "acts like the drug on"}


@dataclass(frozen=True, slots=True)
class Link:
    """Hold an identifier of a paper and where it leads (None: nowhere safe)."""

    text: str
    url: str | None


@dataclass(frozen=True, slots=True)
class ReferenceView:
    """Hold one numbered paper as it is printed."""

    number: int
    text: str
    kind: str
    retracted: bool
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """Hold one finding as it is printed; `told` says more than the stance where there is more to say."""

    id: str
    stance: str
    told: str
    facts: tuple[tuple[str, str], ...]
    summary: str
    citation: str
    retracted: bool
    links: tuple[Link, ...]
    number: int
    read: str
    tier: str
    facets: Facets


class Numbering:
    """Number papers in order of appearance."""

    def __init__(self) -> None:
        self._papers: dict[str, Paper] = {}
        self._numbers: dict[str, int] = {}

    def number(self, paper: Paper) -> int:
        """Give a paper its number."""
        self._papers.setdefault(paper.key, paper)
        return self._numbers.setdefault(paper.key, len(self._numbers) + 1)

    def references(self) -> tuple[ReferenceView, ...]:
        """Give every numbered paper as it is printed."""
        return tuple(
            ReferenceView(self._numbers[key], p.cited, p.kind, p.retracted, _links(p))
            for key, p in self._papers.items()
        )


def claim_view(claim: Claim, reader: Reader, numbers: Numbering) -> EvidenceView:
    """Print a claim."""
    return evidence_view(claim, reader, (), numbers)


def evidence_view(
    evidence: Claim | Experiment, reader: Reader, objections: Sequence[Experiment], numbers: Numbering
) -> EvidenceView:
    """Print a claim or an experiment; an experiment among the objections speaks against its step."""
    names = reader.names
    data = evidence_dict(evidence, names)
    facts = [(label, str(data["context"][key])) for key, label in FACTS.items() if key in data["context"]]
    if isinstance(evidence, Claim):
        stance = evidence.stance.replace("_", " ")
        told = f"mechanism: {evidence.mechanism}" if evidence.mechanism else ""
    else:
        stance = "no effect" if evidence in objections else "supports"
        told = _experiment(evidence, names)
        if evidence.measured_at:
            facts.append(("measured at", evidence.measured_at.text))
        if evidence.control:
            facts.append(("control", evidence.control))
    paper = evidence.paper
    return EvidenceView(
        evidence.id,
        stance,
        told,
        tuple(facts),
        evidence.summary,
        paper.cited,
        paper.retracted,
        _links(paper),
        numbers.number(paper),
        evidence.read,
        evidence.tier,
        reader.read(evidence),
    )


def _experiment(experiment: Experiment, names: Mapping[str, str]) -> str:
    tools = " + ".join(f"{i.mode.replace('_', ' ')} of {names[i.target]} ({i.agent})" for i in experiment.interventions)
    seen = OBSERVED.get(experiment.observed, experiment.observed)
    effect = f"the effect of {names[experiment.drug]} on " if experiment.drug else ""
    if experiment.observed == "mimics":
        effect = ""
    return f"experiment: {tools} {seen} {effect}{names[experiment.outcome]}"


def _links(paper: Paper) -> tuple[Link, ...]:
    found = []
    if paper.doi:
        found.append(Link(f"doi:{paper.doi}", paper_url(paper.doi, None)))
    if paper.pmid:
        found.append(Link(f"PMID:{paper.pmid}", paper_url(None, paper.pmid)))
    return tuple(found)
