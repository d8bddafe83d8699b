"""The asked window of time: nodes not yet there, outcomes no longer there."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from ketamech.graph.mechanism import MechanismGraph
from ketamech.graph.model import Claim
from ketamech.graph.path_answers import SetAside
from ketamech.queries.routes import ends_here
from ketamech.queries.steps import Step
from ketamech.queries.timing import Onset


def not_yet(known: Mapping[str, Onset], by: float | None, keep: Collection[str]) -> dict[str, tuple[Claim, ...]]:
    """Give the nodes known to be absent at an hour, with the nulls that say so."""
    if by is None:
        return {}
    found = {node: onset.absent_at(by) for node, onset in known.items() if node not in keep}
    return {node: nulls for node, nulls in found.items() if nulls}


def tell_not_yet(late: Mapping[str, tuple[Claim, ...]], by: float | None, graph: MechanismGraph) -> list[SetAside]:
    """Say of each refused node which papers looked and did not see it."""
    made = []
    for node, nulls in sorted(late.items()):
        papers = ", ".join(dict.fromkeys(f"{c.paper.key} ({c.context.time.text})" for c in nulls if c.context.time))
        reason = f"not yet there {by:g} h after the dose: tested and not seen by {papers}"
        made.append(SetAside("node", graph.entities[node].name, reason, tuple(c.id for c in nulls)))
    return made


def still_there(
    steps: list[Step], known: Mapping[str, Onset], target: str, after: float, graph: MechanismGraph
) -> tuple[list[Step], list[SetAside]]:
    """Drop the last hops whose outcome was only ever seen earlier than asked.

    The target itself counts as seen when any of its readouts was.
    """
    readouts = [e.subject for e in graph.in_edges(target) if e.predicate == "is_readout_of"]
    gone: dict[str, SetAside] = {}
    kept = []
    for step in steps:
        watched = [target, *readouts] if step.target == target else [step.target]
        seen = [c for node in watched if node in known for c in known[node].seen]
        last = max((c.context.time.high for c in seen if c.context.time), default=None)
        if ends_here(step, target, graph) and last is not None and last < after:
            reason = f"seen at {last:g} h at the latest, not {after:g} h or more after the dose"
            gone[step.target] = SetAside("node", graph.entities[step.target].name, reason, tuple(c.id for c in seen))
        else:
            kept.append(step)
    return kept, [gone[node] for node in sorted(gone)]


def seen_within(
    known: Mapping[str, Onset], by: float | None, after: float | None, graph: MechanismGraph
) -> frozenset[str] | None:
    """Give the nodes (and what they are part of) seen in the asked window; None when none is asked."""
    if by is None and after is None:
        return None
    found: set[str] = set()
    for node, onset in known.items():
        hours = [c.context.time for c in onset.seen if c.context.time]
        if any((by is None or h.low <= by) and (after is None or h.high >= after) for h in hours):
            found.update((node, *graph.wholes(node)))
    return frozenset(found)
