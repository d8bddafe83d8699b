"""Small disputes for tests: a drug and what it does to A, and whether its relief needs A."""

from __future__ import annotations

from typing import Any

import builders as b

from ketamech.graph.conflict_answers import Conflict
from ketamech.graph.model import Claim, Experiment
from ketamech.queries import conflicts

PLACES = (
    b.entity("inner region", "brain_region", part_of=["outer region"]),
    b.entity("basket cell", "cell_type", is_a=["inter cell"]),
    b.entity("A1", part_of=["A"]),
)


def up(source: str = "p1", **context: Any) -> Claim:
    """Report that the drug raises A."""
    return b.claim("drug", "increases", "A", source=source, **context)


def null(source: str = "p2", **context: Any) -> Claim:
    """Report that the drug does not raise A."""
    return b.claim("drug", "increases", "A", source=source, stance="no_effect", **context)


def trial(observed: str, source: str, mode: str = "knockout", target: str = "A", **context: Any) -> Experiment:
    """Report what taking A away did to the drug's relief."""
    return b.experiment(mode, target, observed, "relief", drug="drug", source=source, **context)


def told(*parts: b.Part) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Give verdict, axes and `shown_by` of every objection."""
    return [(o.verdict, o.axes, o.shown_by) for c in conflicts(b.graph(*parts)).conflicts for o in c.objections]


def sides(conflict: Conflict) -> list[tuple[str, tuple[str, ...]]]:
    """Give what every side says with its papers, the leading side first."""
    return [(s.says, s.papers) for s in (conflict.leading, *(o.side for o in conflict.objections))]


def verdicts(conflict: Conflict) -> list[tuple[str, tuple[str, ...]]]:
    """Give verdict and axes of every objection."""
    return [(o.verdict, o.axes) for o in conflict.objections]
