"""What happens when after a dose: first seen, last seen, known absent."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from ketamech.graph.errors import BadValue
from ketamech.graph.mechanism import MechanismGraph
from ketamech.graph.model import Claim, Experiment
from ketamech.graph.timeline_answers import TimedEvent, TimelineAnswer
from ketamech.graph.vocabulary import PREDICATES, SPECIES
from ketamech.queries.blockades import NEEDED, SPARED
from ketamech.queries.context import ContextFilter, Fit, judge

Key = tuple[str, int, str, str]


def timeline(graph: MechanismGraph, source: str = "ketamine", species: str | None = None) -> TimelineAnswer:
    """List the effects of a compound whose hour is given, by first sighting, for each species and region apart.

    An experiment on what the drug's effect needs is a sighting, too: it was there to be lost or kept. A null is filed
    with the sightings of the same thing in the same species, of its own region or of none.
    Raises UnknownName, AmbiguousName or BadValue.

    >>> from ketamech.loaders import load_default
    >>> answer = timeline(load_default())
    >>> [(e.first_seen, e.node.name) for e in answer.events if e.node.name == "dendritic spine formation"][0]
    (12.0, 'dendritic spine formation')
    """
    drug = graph.entity(source)
    asked = ContextFilter(species)
    if species is not None and species not in SPECIES:
        raise BadValue(f"'{species}' is not a species of the knowledge.", f"Use one of: {', '.join(SPECIES)}.")
    seen: dict[Key, list[Claim | Experiment]] = {}
    nulls: dict[Key, list[Claim]] = {}
    blank: Counter[tuple[str, int, str]] = Counter()
    for key, piece in _told(graph, drug.id):
        if piece.paper.retracted or judge(piece, asked, graph).fit is not Fit.FITS:
            continue
        if isinstance(piece, Claim) and piece.stance != "supports":
            if piece.context.time:
                nulls.setdefault(key, []).append(piece)
        elif piece.hour is None:
            blank[key[:3]] += 1
        else:
            seen.setdefault(key, []).append(piece)
    events = [_event(graph, key, found, _absent(key, nulls), blank) for key, found in seen.items()]
    told = {c.id for e in events for c in e.absent}
    for key, missed in nulls.items():
        alone = tuple(c for c in missed if c.id not in told)
        if alone:
            events.append(_event(graph, key, (), alone, blank))
    events.sort(key=_order)
    return TimelineAnswer(drug, tuple(events), blank.total(), graph.labels)


def _told(graph: MechanismGraph, drug: str) -> Iterable[tuple[Key, Claim | Experiment]]:
    """Give what tells of an effect of the drug: claims, and experiments in whose controls the drug had it."""
    for edge in graph.out_edges(drug):
        if not edge.derived and PREDICATES[edge.predicate].role == "step":
            for claim in edge.claims:
                yield (claim.object, edge.sign, claim.context.species or "", next(iter(claim.regions), "")), claim
    for x in graph.knowledge.experiments:
        if x.drug == drug and x.observed in NEEDED | SPARED:
            yield (x.outcome, x.outcome_change, x.context.species or "", x.outcome_in.region or ""), x


def _event(
    graph: MechanismGraph,
    key: Key,
    seen: Sequence[Claim | Experiment],
    absent: tuple[Claim, ...],
    blank: Mapping[tuple[str, int, str], int],
) -> TimedEvent:
    node, direction, species, region = key
    found = tuple(seen)
    return TimedEvent(
        graph.entities[node], direction, species or None, region or None, found, absent, blank.get(key[:3], 0)
    )


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
