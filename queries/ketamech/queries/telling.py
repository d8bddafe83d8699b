"""Paths in plain words, with numbered references."""

from __future__ import annotations

from collections.abc import Sequence

from ketamech.graph.answers import StepAnswer
from ketamech.graph.vocabulary import PREDICATES

ENDS = {1: "Net effect: more", -1: "Net effect: less"}


def tell_path(steps: Sequence[StepAnswer], sign: int | None) -> str:
    """Tell a path step by step: what each node does to the next, and whether that goes up or down."""
    parts = []
    state: int | None = 1
    for step in steps:
        verb = PREDICATES[step.edge.predicate].verb
        cited = "".join(f"[{n}]" for n in step.references)
        state = state * step.sign if state and step.sign else None
        arrow = {1: " (up)", -1: " (down)"}.get(state or 0, " (direction not given)")
        told = f"{_subject(step)} {verb} {_object(step)}{arrow}"
        if step.edge.derived:
            told += ", as experiments imply"
        if step.disputed:
            told += ", disputed"
        parts.append(f"{told} {cited}".rstrip())
    end = steps[-1].target.name
    if sign is None:
        unsigned = [f"{s.source.name} {PREDICATES[s.edge.predicate].verb} {s.target.name}" for s in steps if not s.sign]
        return (
            "; ".join(parts)
            + f". Net effect on {end} undetermined: no direction is given where {' and '.join(unsigned)}."
        )
    return "; ".join(parts) + f". {ENDS[sign]} {end}."


def _subject(step: StepAnswer) -> str:
    own = next((text.partition(" (")[0] for text in step.rolled_up if text.endswith("(subject)")), "")
    return f"{step.source.name} ({own})" if own else step.source.name


def _object(step: StepAnswer) -> str:
    own = next((text.partition(" (")[0] for text in step.rolled_up if text.endswith("(object)")), "")
    return f"{step.target.name} ({own})" if own else step.target.name
