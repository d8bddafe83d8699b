"""The questions: pure functions from a graph to a frozen answer."""

from __future__ import annotations

from ketamech.queries.evidence import explain, find_evidence
from ketamech.queries.lookup import search, show
from ketamech.queries.paths import PathQuery, find_paths

__all__ = ["PathQuery", "explain", "find_evidence", "find_paths", "search", "show"]
