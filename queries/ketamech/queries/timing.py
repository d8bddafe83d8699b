"""When a node was seen after a drug: first seen, known absent.

Onset belongs to (drug, node). First seen at 24 h is not absent at 3 h: only a null bounds the onset. A null in
one region says nothing of another, so sightings are kept in tracks, one per region in which the node was seen;
a null joins every track whose region it shares, contains or lies in (or all, when either gives no region).
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from ketamech.graph.mechanism import MechanismGraph
from ketamech.graph.model import Claim
from ketamech.graph.quantities import Hours
from ketamech.graph.vocabulary import PREDICATES
from ketamech.queries.context import ContextFilter, Fit, judge


@dataclass(frozen=True, slots=True)
class Track:
    """Hold what was seen, and not seen, of one node after one drug in one region (None: region not given)."""

    region: str | None
    seen: tuple[Claim, ...]
    nulls: tuple[Claim, ...]

    @property
    def first_seen(self) -> float | None:
        """Give the earliest hour at which it may have been there, by what was seen."""
        return min((self._start(c.context.time) for c in self.seen if c.context.time), default=None)

    def _start(self, span: Hours) -> float:
        """Give the beginning of a sighting's span: the end of a null within it, which tells more than the span."""
        ends = (
            math.nextafter(t.high, math.inf)
            for c in self.nulls
            if (t := c.context.time) and span.low <= t.high < span.high
        )
        return max(ends, default=span.low)

    def absent_at(self, hour: float) -> tuple[Claim, ...]:
        """Give the nulls that show it absent at this hour: taken then, or later and before it was first seen.

        What was never seen at a known hour may have come and gone, so a later null says nothing of an earlier hour.
        """
        first = self.first_seen
        return tuple(
            c
            for c in self.nulls
            if c.context.time
            and c.context.time.high >= hour
            and (c.context.time.low <= hour if first is None else c.context.time.low < first)
        )


@dataclass(frozen=True, slots=True)
class Onset:
    """Hold every track of one node after one drug."""

    node: str
    tracks: tuple[Track, ...]

    @property
    def seen(self) -> tuple[Claim, ...]:
        """Give every sighting that gives its hour."""
        return tuple(c for t in self.tracks for c in t.seen if c.context.time)

    @property
    def seen_by(self) -> float | None:
        """Give the hour by which it was first seen anywhere: of a range, its end."""
        return min((c.context.time.high for c in self.seen if c.context.time), default=None)

    @property
    def first_seen(self) -> float | None:
        """Give the earliest hour at which it may have been there anywhere, by what was seen."""
        return min((t.first_seen for t in self.tracks if t.first_seen is not None), default=None)

    def watched_by(self, hour: float) -> bool:
        """Tell whether anybody looked at this hour or earlier, whatever was found."""
        looked = (c.context.time for t in self.tracks for c in (*t.seen, *t.nulls))
        return any(time.low <= hour for time in looked if time)

    def absent_at(self, hour: float) -> tuple[Claim, ...]:
        """Give the nulls that show it absent at this hour in every track, or nothing when one track is open."""
        if self.first_seen is not None and self.first_seen <= hour:
            return ()
        found: dict[str, Claim] = {}
        for track in self.tracks:
            nulls = track.absent_at(hour)
            if not nulls:
                return ()
            found.update({c.id: c for c in nulls})
        return tuple(found[id] for id in sorted(found))


def onsets(graph: MechanismGraph, drug: str, asked: ContextFilter) -> dict[str, Onset]:
    """Collect, for every node the drug was tested on, when it was seen and when not, in the asked context."""
    tested: dict[str, list[Claim]] = {}
    for edge in graph.out_edges(drug):
        if edge.derived or not PREDICATES[edge.predicate].sign:
            continue
        for claim in edge.claims:
            if not claim.paper.retracted and judge(claim, asked, graph).fit is not Fit.UNFIT:
                tested.setdefault(claim.object, []).append(claim)
    return {node: Onset(node, _tracks(claims, graph)) for node, claims in tested.items()}


def _tracks(claims: Iterable[Claim], graph: MechanismGraph) -> tuple[Track, ...]:
    claims = list(claims)
    seen = [c for c in claims if c.stance == "supports"]
    nulls = [c for c in claims if c.stance == "no_effect"]
    regions = sorted({_region(c) or "" for c in seen}) or [""]
    tracks = []
    for name in regions:
        region = name or None
        here = tuple(c for c in seen if (_region(c) or "") == name)
        bounding = tuple(c for c in nulls if _shares(_region(c), region, graph))
        tracks.append(Track(region, here, bounding))
    return tuple(tracks)


def _region(claim: Claim) -> str | None:
    return claim.regions[0] if claim.regions else None


def _shares(a: str | None, b: str | None, graph: MechanismGraph) -> bool:
    return a is None or b is None or graph.related(a, b)
