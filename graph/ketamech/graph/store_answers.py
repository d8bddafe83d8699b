"""What loading into a database and writing files for one answer: how much went in, and what that changed."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

from ketamech.graph.views import SCHEMA_VERSION, Row


@dataclass(frozen=True, slots=True)
class Sent:
    """Count the rows of one label or relationship type."""

    element: str
    type: str
    rows: int


@dataclass(frozen=True, slots=True)
class Changes:
    """Count what a load changed in the database; all zero when everything was there already.

    `handed_over` counts stale nodes that somebody else's relationships hold on to: they stay, no longer ours.
    """

    nodes_created: int = 0
    nodes_deleted: int = 0
    relationships_created: int = 0
    relationships_deleted: int = 0
    properties_set: int = 0
    labels_added: int = 0
    labels_removed: int = 0
    constraints_added: int = 0
    indexes_added: int = 0
    handed_over: int = 0

    def __add__(self, other: Changes) -> Changes:
        return Changes(**{f.name: getattr(self, f.name) + getattr(other, f.name) for f in fields(self)})


@dataclass(frozen=True, slots=True)
class LoadAnswer:
    """Hold what was loaded where; `load` names the content: the same graph has the same."""

    database: str
    uri: str
    load: str
    content: str
    sent: tuple[Sent, ...]
    changes: Changes = Changes()
    dry_run: bool = False

    @property
    def nodes(self) -> int:
        """Count the nodes sent."""
        return sum(s.rows for s in self.sent if s.element == "node")

    @property
    def relationships(self) -> int:
        """Count the relationships sent."""
        return sum(s.rows for s in self.sent if s.element == "relationship")

    @property
    def unchanged(self) -> bool:
        """Tell whether everything was there already."""
        return not self.dry_run and self.changes == Changes()

    def planned(self) -> LoadAnswer:
        """Give the same as a plan that nothing was done about."""
        return replace(self, dry_run=True)

    def to_dict(self) -> dict[str, Any]:
        """Give plain JSON data."""
        return {
            "schema_version": SCHEMA_VERSION,
            "query": {"uri": self.uri, "database": self.database, "dry_run": self.dry_run},
            "load": self.load,
            "content": self.content,
            "nodes": self.nodes,
            "relationships": self.relationships,
            "changes": {f.name: getattr(self.changes, f.name) for f in fields(self.changes)},
            "sent": self.rows(),
        }

    def rows(self) -> list[Row]:
        """Give one row per label or relationship type."""
        return [{"element": s.element, "type": s.type, "rows": s.rows} for s in self.sent]


@dataclass(frozen=True, slots=True)
class Written:
    """Name one file with what stands in it."""

    file: str
    element: str
    type: str
    rows: int


@dataclass(frozen=True, slots=True)
class ExportAnswer:
    """Hold the files that were written into a folder for a database to import."""

    folder: str
    load: str
    content: str
    files: tuple[Written, ...]

    def to_dict(self) -> dict[str, Any]:
        """Give plain JSON data."""
        return {
            "schema_version": SCHEMA_VERSION,
            "query": {"folder": self.folder},
            "load": self.load,
            "content": self.content,
            "files": self.rows(),
        }

    def rows(self) -> list[Row]:
        """Give one row per file."""
        return [{"file": w.file, "element": w.element, "type": w.type, "rows": w.rows} for w in self.files]
