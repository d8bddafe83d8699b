"""What a Cypher query returns: columns and plain values; nodes, relationships and paths as records of their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from ketamech.graph.views import SCHEMA_VERSION, Row


@dataclass(frozen=True, slots=True)
class FoundNode:
    """Hold one node: its labels, sorted, and its properties."""

    labels: tuple[str, ...]
    properties: Mapping[str, Any]

    def told(self) -> str:
        """Tell it by its name, else its id, else its labels."""
        given = self.properties.get("name") or self.properties.get("id")
        return str(given) if given else f"({':'.join(self.labels)})"

    def to_dict(self) -> dict[str, Any]:
        """Give plain JSON data."""
        return {"labels": list(self.labels), "properties": plain(self.properties)}


@dataclass(frozen=True, slots=True)
class FoundLink:
    """Hold one relationship: its type and its properties."""

    type: str
    properties: Mapping[str, Any]

    def told(self) -> str:
        """Tell it by its type."""
        return f"[{self.type}]"

    def to_dict(self) -> dict[str, Any]:
        """Give plain JSON data."""
        return {"type": self.type, "properties": plain(self.properties)}


@dataclass(frozen=True, slots=True)
class FoundPath:
    """Hold a path: its nodes, the relationships between them, and which of these are walked forward."""

    nodes: tuple[FoundNode, ...]
    links: tuple[FoundLink, ...]
    forward: tuple[bool, ...]

    def told(self) -> str:
        """Tell it in a line, each relationship with its arrow."""
        words = [self.nodes[0].told()] if self.nodes else []
        for link, ahead, node in zip(self.links, self.forward, self.nodes[1:], strict=True):
            words += [f"-{link.told()}->" if ahead else f"<-{link.told()}-", node.told()]
        return " ".join(words)

    def to_dict(self) -> dict[str, Any]:
        """Give plain JSON data."""
        links = [{**link.to_dict(), "forward": f} for link, f in zip(self.links, self.forward, strict=True)]
        return {"nodes": [n.to_dict() for n in self.nodes], "relationships": links}


Found: TypeAlias = FoundNode | FoundLink | FoundPath


@dataclass(frozen=True, slots=True)
class CypherAnswer:
    """Hold the rows of a query in the server's order; `name` is that of a saved question, None for free text."""

    name: str | None
    parameters: Mapping[str, Any]
    columns: tuple[str, ...]
    found: tuple[tuple[Any, ...], ...] = field(repr=False)

    def to_dict(self) -> dict[str, Any]:
        """Give plain JSON data."""
        query = {"name": self.name, "parameters": plain(self.parameters)}
        rows = [dict(zip(self.columns, map(plain, values), strict=True)) for values in self.found]
        return {"schema_version": SCHEMA_VERSION, "query": query, "columns": list(self.columns), "rows": rows}

    def rows(self) -> list[Row]:
        """Give the rows; what is neither text, number nor truth value is told in words."""
        return [dict(zip(self.columns, map(_cell, values), strict=True)) for values in self.found]


def plain(value: Any) -> Any:
    """Give JSON data for a value that a query returned.

    >>> plain([1, {"at": FoundNode(("Entity",), {"name": "BDNF"})}])
    [1, {'at': {'labels': ['Entity'], 'properties': {'name': 'BDNF'}}}]
    """
    if isinstance(value, Found):
        return value.to_dict()
    if isinstance(value, Mapping):
        return {str(key): plain(held) for key, held in value.items()}
    if isinstance(value, list | tuple):
        return [plain(held) for held in value]
    return value


def told(value: Any) -> str:
    """Tell a value in a line.

    >>> told([FoundNode(("Entity",), {"name": "BDNF"}), None, {"n": 1}])
    'BDNF, -, {n: 1}'
    """
    if isinstance(value, Found):
        return value.told()
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {told(held)}" for key, held in value.items()) + "}"
    if isinstance(value, list | tuple):
        return ", ".join(told(held) for held in value)
    return "-" if value is None else str(value)


def _cell(value: Any) -> Any:
    return value if value is None or isinstance(value, str | int | float | bool) else told(value)


@dataclass(frozen=True, slots=True)
class SavedParameter:
    """Name one value of a saved question that may be changed, with the value it has there."""

    name: str
    example: Any
    told: str

    def to_dict(self) -> dict[str, Any]:
        """Give plain JSON data."""
        return {"name": self.name, "example": self.example, "told": self.told}


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """Hold one saved question: `text` runs as it stands, `query` with every value as a parameter of its name."""

    name: str
    title: str
    purpose: str
    parameters: tuple[SavedParameter, ...]
    text: str
    query: str

    @property
    def examples(self) -> dict[str, Any]:
        """Give the value of every parameter as it stands in the text."""
        return {p.name: p.example for p in self.parameters}


@dataclass(frozen=True, slots=True)
class SavedQueriesAnswer:
    """Hold the saved questions, by name."""

    queries: tuple[SavedQuery, ...]

    def to_dict(self) -> dict[str, Any]:
        """Give plain JSON data."""
        made = [
            {
                "name": q.name,
                "title": q.title,
                "purpose": q.purpose,
                "parameters": [p.to_dict() for p in q.parameters],
                "cypher": q.text,
            }
            for q in self.queries
        ]
        return {"schema_version": SCHEMA_VERSION, "questions": made}

    def rows(self) -> list[Row]:
        """Give one row per question."""
        return [
            {"name": q.name, "purpose": q.purpose, "parameters": ", ".join(p.name for p in q.parameters)}
            for q in self.queries
        ]
