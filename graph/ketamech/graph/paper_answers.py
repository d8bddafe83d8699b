"""What the question about one paper returns: all that it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ketamech.graph.display import Shown
from ketamech.graph.model import Affinity, Claim, Comparison, Experiment, Paper
from ketamech.graph.views import (
    SCHEMA_VERSION,
    Row,
    affinity_dict,
    comparison_dict,
    evidence_dict,
    evidence_row,
    triple_words,
)


@dataclass(frozen=True, slots=True, repr=False)
class PaperAnswer(Shown):
    """Hold one paper with its claims, experiments, comparisons and affinities, sorted by id.

    `hypotheses` are the slugs of the accounts that name it as a key paper.
    """

    paper: Paper
    claims: tuple[Claim, ...]
    experiments: tuple[Experiment, ...]
    comparisons: tuple[Comparison, ...]
    affinities: tuple[Affinity, ...]
    hypotheses: tuple[str, ...] = ()
    names: Mapping[str, str] = field(repr=False, default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Give plain JSON data."""
        p = self.paper
        return {
            "schema_version": SCHEMA_VERSION,
            "paper": {
                "key": p.key,
                "title": p.title,
                "authors": p.authors,
                "year": p.year,
                "journal": p.journal,
                "kind": p.kind,
                "doi": p.doi,
                "pmid": p.pmid,
                "group": p.group,
                "retracted": p.retracted,
            },
            "claims": [
                {
                    "subject": self.names[c.subject],
                    "predicate": c.predicate,
                    "object": self.names[c.object],
                    **evidence_dict(c, self.names),
                }
                for c in self.claims
            ],
            "experiments": [evidence_dict(x, self.names) for x in self.experiments],
            "comparisons": [comparison_dict(c, self.names) for c in self.comparisons],
            "affinities": [affinity_dict(a, self.names) for a in self.affinities],
            "hypotheses": list(self.hypotheses),
        }

    def rows(self) -> list[Row]:
        """Give one row per claim and experiment."""
        made = [
            {
                "about": triple_words(c.triple, self.names),
                **evidence_row(c, self.names),
            }
            for c in self.claims
        ]
        for x in self.experiments:
            done = " + ".join(f"{i.mode} of {self.names[i.target]}" for i in x.interventions)
            made.append({"about": f"{done} on {self.names[x.outcome]}", **evidence_row(x, self.names)})
        return made
