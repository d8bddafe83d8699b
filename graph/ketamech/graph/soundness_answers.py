"""What `check` returns: things that a curator should look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ketamech.graph.display import Shown
from ketamech.graph.views import SCHEMA_VERSION, Row


@dataclass(frozen=True, slots=True)
class Finding:
    """Hold one thing to look at: what kind, where (an id or name), what is the matter and what would mend it."""

    kind: str
    where: str
    what: str
    remedy: str


@dataclass(frozen=True, slots=True, repr=False)
class SoundnessAnswer(Shown):
    """Hold every finding, sorted by kind and place."""

    findings: tuple[Finding, ...]

    def to_dict(self) -> dict[str, Any]:
        """Give plain JSON data."""
        return {"schema_version": SCHEMA_VERSION, "findings": self.rows()}

    def rows(self) -> list[Row]:
        """Give one row per finding."""
        return [{"kind": f.kind, "where": f.where, "what": f.what, "remedy": f.remedy} for f in self.findings]
