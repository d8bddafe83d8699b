"""What a note cites: identifiers and links with their lines, and which of them the knowledge holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ketamech.graph.display import Shown
from ketamech.graph.views import SCHEMA_VERSION, Row


@dataclass(frozen=True, slots=True)
class CitedSource:
    """Hold one thing a note cites: its first line, how often it stands there, and the paper it is, when known.

    `kind` is `doi`, `pmid`, `pmcid` or `link` (a publisher's page that gives none of these). `known` is None where
    the knowledge cannot tell: it holds no PMC numbers and no links to compare. `found` is the text as it stood.
    """

    kind: str
    id: str
    line: int
    found: str
    times: int = 1
    known: bool | None = None
    paper: str | None = None


@dataclass(frozen=True, slots=True, repr=False)
class SourcesAnswer(Shown):
    """Hold what one note cites, in the order of the note."""

    note: str
    sources: tuple[CitedSource, ...]

    @property
    def unknown_dois(self) -> tuple[str, ...]:
        """Give the DOIs that no paper of the knowledge carries."""
        return tuple(s.id for s in self.sources if s.kind == "doi" and s.known is False)

    def to_dict(self) -> dict[str, Any]:
        """Give plain JSON data."""
        return {"schema_version": SCHEMA_VERSION, "query": {"note": self.note}, "sources": self.rows()}

    def rows(self) -> list[Row]:
        """Give one row per identifier or link."""
        return [
            {
                "kind": s.kind,
                "id": s.id,
                "line": s.line,
                "times": s.times,
                "known": s.known,
                "paper": s.paper,
                "found": s.found,
            }
            for s in self.sources
        ]
