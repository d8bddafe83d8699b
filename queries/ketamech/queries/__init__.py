"""The questions: pure functions from a graph to a frozen answer.

Names are imported when they are first used, so that one question does not pay for the others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ketamech.queries.evidence import explain, find_evidence
    from ketamech.queries.lookup import search, show
    from ketamech.queries.paths import find_paths
    from ketamech.queries.question import PathQuery

__all__ = ["PathQuery", "explain", "find_evidence", "find_paths", "search", "show"]

_HOMES = {
    "PathQuery": "question",
    "explain": "evidence",
    "find_evidence": "evidence",
    "find_paths": "paths",
    "search": "lookup",
    "show": "lookup",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
