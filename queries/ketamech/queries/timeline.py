"""What happens when after a dose: first seen, last seen, known absent."""

from __future__ import annotations

import math

from ketamech.graph.errors import BadValue
from ketamech.graph.mechanism import MechanismGraph
from ketamech.graph.model import Claim
from ketamech.graph.timeline_answers import TimedEvent, TimelineAnswer
from ketamech.graph.vocabulary import PREDICATES, SPECIES

Key = tuple[str, int, str, str]


def timeline(graph: MechanismGraph, source: str = "ketamine", species: str | None = None) -> TimelineAnswer:
    """List the effects of a compound whose hour is given, by first sighting, for each species and region apart.

    A null is filed with the sightings of the same thing in the same species, of its own region or of none.
    Raises UnknownName, AmbiguousName or BadValue.

    >>> from ketamech.loaders import load_default
    >>> answer = timeline(load_default())
    >>> [(e.first_seen, e.node.name) for e in answer.events if e.node.name == "dendritic spine formation"][0]
    (12.0, 'dendritic spine formation')
    """
    drug = graph.entity(source)
    if species is not None and species not in SPECIES:
        raise BadValue(f"'{species}' is not a species of the knowledge.", f"Use one of: {', '.join(SPECIES)}.")
    seen: dict[Key, list[Claim]] = {}
    nulls: dict[Key, list[Claim]] = {}
    untimed = 0
    for edge in graph.out_edges(drug.id):
        rule = PREDICATES[edge.predicate]
        if edge.derived or rule.role != "step":
            continue
        for claim in edge.claims:
            if claim.paper.retracted or (species and claim.context.species != species):
                continue
            if claim.context.time is None:
                untimed += claim.stance == "supports"
                continue
            key = (claim.object, edge.sign, claim.context.species or "", next(iter(claim.regions), ""))
            (seen if claim.stance == "supports" else nulls).setdefault(key, []).append(claim)
    events = [
        TimedEvent(graph.entities[key[0]], key[1], key[2] or None, key[3] or None, tuple(found), _absent(key, nulls))
        for key, found in seen.items()
    ]
    told = {c.id for e in events for c in e.absent}
    for key, found in nulls.items():
        alone = tuple(c for c in found if c.id not in told)
        if alone:
            events.append(TimedEvent(graph.entities[key[0]], key[1], key[2] or None, key[3] or None, (), alone))
    events.sort(key=_order)
    return TimelineAnswer(drug, tuple(events), untimed, graph.labels)


def _absent(key: Key, nulls: dict[Key, list[Claim]]) -> tuple[Claim, ...]:
    node, sign, species, region = key
    fitting = [
        claim
        for other, found in nulls.items()
        if other[:3] == (node, sign, species) and (not region or other[3] in ("", region))
        for claim in found
    ]
    return tuple(sorted(fitting, key=lambda c: (c.context.time.low if c.context.time else 0.0, c.id)))


def _order(event: TimedEvent) -> tuple[float, str, str, str, int]:
    hours = [event.first_seen if event.first_seen is not None else math.inf]
    hours += [c.context.time.low for c in event.absent if c.context.time] if event.first_seen is None else []
    return (min(hours), event.node.name, event.species or "", event.region or "", event.direction)
