"""The asked window of time: nodes not yet there, outcomes no longer there."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from ketamech.graph.mechanism import MechanismGraph
from ketamech.graph.model import Claim
from ketamech.graph.path_answers import SetAside
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
    """Drop the last hops whose outcome was only ever seen earlier than asked."""
    gone: dict[str, SetAside] = {}
    kept = []
    for step in steps:
        ends_here = step.target == target or graph.entities[step.target].kind == "readout"
        onset = known.get(step.target) if ends_here else None
        last = onset.last_seen if onset else None
        if last is not None and last < after:
            reason = f"seen at {last:g} h at the latest, not {after:g} h or more after the dose"
            seen = tuple(c.id for c in onset.seen) if onset else ()
            gone[step.target] = SetAside("node", graph.entities[step.target].name, reason, seen)
        else:
            kept.append(step)
    return kept, [gone[node] for node in sorted(gone)]
