"""What the conflict question returns: who says so, who says otherwise, and on which axes they differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ketamech.graph.display import Shown
from ketamech.graph.model import Claim, Experiment
from ketamech.graph.views import SCHEMA_VERSION, Row, cite, evidence_dict

Values = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AxisFinding:
    """Hold, for one axis, the pairs across two sides (by number) that it separates, and the values met."""

    axis: str
    separated: tuple[int, ...]
    known: int
    total: int
    values: tuple[str, ...]
    other_values: tuple[str, ...]

    @property
    def share(self) -> float:
        """Give the share of pairs that it separates."""
        return len(self.separated) / self.total if self.total else 0.0

    def to_dict(self, names: Mapping[str, str]) -> dict[str, Any]:
        """Give plain JSON data."""
        return {
            "axis": self.axis,
            "separated": len(self.separated),
            "known": self.known,
            "pairs": self.total,
            "values": [names.get(v, v) for v in self.values],
            "other_values": [names.get(v, v) for v in self.other_values],
        }


@dataclass(frozen=True, slots=True)
class Side:
    """Hold the findings of one side under the words for what they say."""

    says: str
    evidence: tuple[Claim | Experiment, ...]

    @property
    def papers(self) -> tuple[str, ...]:
        """Give the keys of its papers."""
        return tuple(sorted({e.paper.key for e in self.evidence}))


@dataclass(frozen=True, slots=True)
class Objection:
    """Hold one opposing side with the verdict (differs, unresolved, not comparable) and the axes that carry it.

    `shown_by` names the papers that saw both sides themselves and so show what makes the difference; it is empty
    where the verdict comes of comparing papers. `contrasts` pairs the values that stand against each other on these
    axes, as they were met: one side's, then the other's.
    """

    side: Side
    verdict: str
    axes: tuple[str, ...]
    findings: tuple[AxisFinding, ...]
    shown_by: tuple[str, ...] = ()
    contrasts: tuple[tuple[Values, Values], ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """Hold one dispute: what it is about (subject, object), the leading side and the objections to it.

    `kind` is `claim` (does subject move object?), `association` (do they go together?) or `experiment` (is subject
    needed for the drug's effect on object?). Ends are CURIEs. `beside` holds what bears on it without contradicting
    anybody: that driving the subject changes the effect says nothing of whether the effect needs it.
    """

    kind: str
    subject: str
    object: str
    drug: str | None
    leading: Side
    objections: tuple[Objection, ...]
    beside: tuple[Side, ...] = ()

    @property
    def sides(self) -> tuple[Side, ...]:
        """Give every side: the leading one, the objections, what stands beside them."""
        return (self.leading, *(o.side for o in self.objections), *self.beside)

    @property
    def papers(self) -> tuple[str, ...]:
        """Give the keys of all papers."""
        return tuple(sorted({p for s in self.sides for p in s.papers}))

    @property
    def size(self) -> int:
        """Count all findings."""
        return sum(len(s.evidence) for s in self.sides)

    def told(self, names: Mapping[str, str]) -> str:
        """Say in a few words what is disputed."""
        if self.kind == "association":
            return f"How {names[self.subject]} goes with {names[self.object]}"
        if self.kind == "claim":
            return f"What {names[self.subject]} does to {names[self.object]}"
        return f"Whether {names[self.drug or '']} needs {names[self.subject]} for {names[self.object]}"

    def to_dict(self, names: Mapping[str, str]) -> dict[str, Any]:
        """Give plain JSON data."""
        return {
            "kind": self.kind,
            "about": self.told(names),
            "subject": names[self.subject],
            "object": names[self.object],
            "drug": names.get(self.drug or ""),
            "leading": _side_dict(self.leading, names),
            "objections": [
                {
                    **_side_dict(o.side, names),
                    "verdict": o.verdict,
                    "axes": list(o.axes),
                    "shown_by": list(o.shown_by),
                    "contrasts": [[[names.get(v, v) for v in side] for side in pair] for pair in o.contrasts],
                    "findings": [f.to_dict(names) for f in o.findings if f.known],
                }
                for o in self.objections
            ],
            "beside": [_side_dict(s, names) for s in self.beside],
        }


def _side_dict(side: Side, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "says": side.says,
        "papers": list(side.papers),
        "evidence": [evidence_dict(e, names) for e in side.evidence],
    }


@dataclass(frozen=True, slots=True, repr=False)
class ConflictsAnswer(Shown):
    """Hold the disputes of the knowledge, or those about one entity or edge, largest first."""

    about: tuple[str, ...]
    conflicts: tuple[Conflict, ...]
    names: Mapping[str, str] = field(repr=False, default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Give plain JSON data."""
        return {
            "schema_version": SCHEMA_VERSION,
            "query": {"about": list(self.about)},
            "conflicts": [c.to_dict(self.names) for c in self.conflicts],
        }

    def rows(self) -> list[Row]:
        """Give one row per objection."""
        return [
            {
                "about": c.told(self.names),
                "says": c.leading.says,
                "papers": ", ".join(sorted({cite(e.paper) for e in c.leading.evidence})),
                "objection": o.side.says,
                "objecting": ", ".join(sorted({cite(e.paper) for e in o.side.evidence})),
                "verdict": o.verdict,
                "axes": ", ".join(o.axes),
            }
            for c in self.conflicts
            for o in c.objections
        ]
