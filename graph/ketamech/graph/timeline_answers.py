"""What the timeline returns: events by hours after the dose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ketamech.graph.model import Claim, Entity
from ketamech.graph.views import SCHEMA_VERSION, Row, cite, entity_dict, evidence_dict


@dataclass(frozen=True, slots=True)
class TimedEvent:
    """Hold when one thing was seen after a drug in one species and direction, and when it was known not to be.

    `direction` is +1 (raised), -1 (lowered) or 0 (changed). Hours are those of the sources, never filled in.
    """

    node: Entity
    direction: int
    species: str | None
    region: str | None
    seen: tuple[Claim, ...]
    absent: tuple[Claim, ...]

    @property
    def first_seen(self) -> float | None:
        """Give the earliest hour at which it was seen; None when only nulls were timed."""
        return min((c.context.time.low for c in self.seen if c.context.time), default=None)

    @property
    def last_seen(self) -> float | None:
        """Give the latest hour at which it was seen."""
        return max((c.context.time.high for c in self.seen if c.context.time), default=None)

    @property
    def papers(self) -> tuple[str, ...]:
        """Give the identifiers of the papers."""
        return tuple(dict.fromkeys(cite(c.paper) for c in (*self.seen, *self.absent)))


@dataclass(frozen=True, slots=True)
class TimelineAnswer:
    """Hold the timed events after one compound, earliest first; `untimed` counts effects without an hour."""

    source: Entity
    events: tuple[TimedEvent, ...]
    untimed: int
    names: Mapping[str, str] = field(repr=False, default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Give plain JSON data."""
        return {
            "schema_version": SCHEMA_VERSION,
            "query": {"source": self.source.name},
            "events": [
                {
                    "node": entity_dict(e.node),
                    "direction": e.direction,
                    "species": e.species,
                    "region": self.names.get(e.region or ""),
                    "first_seen_h": e.first_seen,
                    "last_seen_h": e.last_seen,
                    "absent_h": [[c.context.time.low, c.context.time.high] for c in e.absent if c.context.time],
                    "seen": [evidence_dict(c, self.names) for c in e.seen],
                    "absent": [evidence_dict(c, self.names) for c in e.absent],
                }
                for e in self.events
            ],
            "untimed": self.untimed,
        }

    def rows(self) -> list[Row]:
        """Give one row per event; hours after the dose."""
        return [
            {
                "first_seen_h": _hour(e.first_seen),
                "last_seen_h": _hour(e.last_seen),
                "absent_h": ", ".join(c.context.time.text for c in e.absent if c.context.time),
                "node": e.node.name,
                "direction": {1: "up", -1: "down"}.get(e.direction, "changed"),
                "species": e.species or "",
                "region": self.names.get(e.region or "", ""),
                "papers": ", ".join(e.papers),
            }
            for e in self.events
        ]


def _hour(value: float | None) -> str:
    return "" if value is None else f"{value:.3g}"
