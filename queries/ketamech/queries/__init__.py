"""The questions: pure functions from a graph to a frozen answer.

Names are imported when they are first used, so that one question does not pay for the others.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ketamech.queries.account import account_paths
    from ketamech.queries.blockades import BlockadeFilter, blockades, necessary
    from ketamech.queries.compare import compare
    from ketamech.queries.conflicts import conflicts
    from ketamech.queries.evidence import explain, find_evidence
    from ketamech.queries.gaps import gaps
    from ketamech.queries.hypotheses import compare_hypotheses, hypotheses, show_hypothesis
    from ketamech.queries.lookup import search, show
    from ketamech.queries.papers import show_paper
    from ketamech.queries.paths import find_paths
    from ketamech.queries.prediction import predict
    from ketamech.queries.question import PathQuery
    from ketamech.queries.soundness import soundness
    from ketamech.queries.stats import stats, weak_sources
    from ketamech.queries.timeline import timeline
    from ketamech.queries.validation import validate

__all__ = [
    "BlockadeFilter",
    "PathQuery",
    "account_paths",
    "blockades",
    "compare",
    "compare_hypotheses",
    "conflicts",
    "explain",
    "find_evidence",
    "find_paths",
    "gaps",
    "hypotheses",
    "necessary",
    "predict",
    "search",
    "show",
    "show_hypothesis",
    "show_paper",
    "soundness",
    "stats",
    "timeline",
    "validate",
    "weak_sources",
]

_MODULES = {
    "account": ("account_paths",),
    "blockades": ("BlockadeFilter", "blockades", "necessary"),
    "compare": ("compare",),
    "conflicts": ("conflicts",),
    "evidence": ("explain", "find_evidence"),
    "gaps": ("gaps",),
    "hypotheses": ("compare_hypotheses", "hypotheses", "show_hypothesis"),
    "lookup": ("search", "show"),
    "papers": ("show_paper",),
    "paths": ("find_paths",),
    "prediction": ("predict",),
    "question": ("PathQuery",),
    "soundness": ("soundness",),
    "stats": ("stats", "weak_sources"),
    "timeline": ("timeline",),
    "validation": ("validate",),
}
_HOMES = {name: module for module, names in _MODULES.items() for name in names}


class _Questions(ModuleType):
    """Keep a question in front of the module of its name: once imported, `conflicts.py` would hide `conflicts`."""

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _HOMES and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Questions


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    found = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = found
    return found
