"""What the question about the knowledge itself returns: how much there is, of what, and where it is thin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ketamech.graph.display import Shown
from ketamech.graph.model import Paper, Record
from ketamech.graph.views import SCHEMA_VERSION, Row, cite

ENOUGH_PAPERS = 3
ENOUGH_GROUPS = 2


@dataclass(frozen=True, slots=True)
class Coverage:
    """Hold how well one mechanism is covered; `thin` with fewer than three papers or two groups."""

    slug: str
    name: str
    papers: int
    groups: int
    claims: int
    experiments: int
    against: int
    searched: str

    @property
    def thin(self) -> bool:
        """Tell whether it rests on too few papers or groups."""
        return self.papers < ENOUGH_PAPERS or self.groups < ENOUGH_GROUPS


@dataclass(frozen=True, slots=True, repr=False)
class StatsAnswer(Shown):
    """Hold totals, counts by property, and the coverage of mechanisms and hypotheses.

    `totals` holds whole numbers, and the share of evidence (claims and experiments) that refutes or saw nothing.
    """

    totals: Mapping[str, float]
    counts: Mapping[str, Mapping[str, int]]
    mechanisms: tuple[Coverage, ...]
    hypotheses: tuple[Row, ...]
    searched: str

    def to_dict(self) -> dict[str, Any]:
        """Give plain JSON data."""
        return {
            "schema_version": SCHEMA_VERSION,
            "searched": self.searched,
            "totals": dict(self.totals),
            "counts": {name: dict(found) for name, found in self.counts.items()},
            "mechanisms": [_row(c) for c in self.mechanisms],
            "hypotheses": list(self.hypotheses),
        }

    def rows(self) -> list[Row]:
        """Give one row per number: what, value, count."""
        made: list[Row] = [{"what": "total", "value": k, "count": v} for k, v in self.totals.items()]
        made += [
            {"what": name, "value": k, "count": v} for name, found in self.counts.items() for k, v in found.items()
        ]
        made += [
            {"what": "papers on mechanism" + (", thin" if c.thin else ""), "value": c.slug, "count": c.papers}
            for c in self.mechanisms
        ]
        return made


def _row(c: Coverage) -> Row:
    return {
        "slug": c.slug,
        "name": c.name,
        "papers": c.papers,
        "groups": c.groups,
        "claims": c.claims,
        "experiments": c.experiments,
        "against": c.against,
        "thin": c.thin,
        "searched": c.searched,
    }


@dataclass(frozen=True, slots=True, repr=False)
class WeakAnswer(Shown):
    """Hold what is hard to check: papers without a DOI or PubMed number, records read by title or in a review only."""

    papers: tuple[Paper, ...]
    records: tuple[Record, ...]

    def to_dict(self) -> dict[str, Any]:
        """Give plain JSON data."""
        return {
            "schema_version": SCHEMA_VERSION,
            "papers_without_identifier": [
                {"key": p.key, "kind": p.kind, "year": p.year, "authors": p.authors, "title": p.title}
                for p in self.papers
            ],
            "records": [
                {"id": r.id, "read": r.read, "paper": cite(r.paper), "year": r.paper.year, "summary": r.summary}
                for r in self.records
            ],
        }

    def rows(self) -> list[Row]:
        """Give one row per paper and record: why it is weak, its key or id, what it says."""
        made: list[Row] = [
            {"why": "no DOI or PMID", "id": p.key, "year": p.year, "paper": p.key, "says": p.title} for p in self.papers
        ]
        made += [
            {
                "why": f"read: {r.read} only",
                "id": r.id,
                "year": r.paper.year,
                "paper": cite(r.paper),
                "says": r.summary,
            }
            for r in self.records
        ]
        return made
