"""What each finding can be filtered by: stance, species, tier, region, compound, hour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from ketamech.graph.circumstances import compound_of, regions_of
from ketamech.graph.mechanism import MechanismGraph
from ketamech.graph.model import Claim, Entity, Experiment
from ketamech.graph.vocabulary import PLACES

# The stops of the time sliders, in hours; beyond the last there is no bound.
STOPS: Final = (0, 1 / 6, 0.5, 1, 2, 3, 6, 12, 24, 72, 168, 336, 672)


@dataclass(frozen=True, slots=True)
class NodeTime:
    """Say when a node was seen after the drug: first hour (None: not known), and at which hours not yet.

    `absent` holds pairs of an hour of STOPS and the papers that looked and did not see it.
    """

    first: float | None = None
    absent: tuple[tuple[float, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Facets:
    """Hold what one finding reports; what it does not report is empty."""

    species: tuple[str, ...]
    tier: tuple[str, ...]
    region: tuple[str, ...]
    compound: tuple[str, ...]
    hours: tuple[float, float] | None

    def data(self) -> dict[str, Any]:
        """Give plain JSON data, empty parts left out."""
        told = {"species": self.species, "tier": self.tier, "region": self.region, "compound": self.compound}
        found: dict[str, Any] = {name: list(values) for name, values in told.items() if values}
        return found | ({"time": list(self.hours)} if self.hours else {})


@dataclass(frozen=True, slots=True)
class Reader:
    """Read facets with names; a graph adds the regions a region lies in."""

    entities: Mapping[str, Entity]
    names: Mapping[str, str]
    graph: MechanismGraph | None = None

    def read(self, evidence: Claim | Experiment) -> Facets:
        """Read one finding by the rules of the path question's context filter."""
        context = evidence.context
        time = evidence.hour
        return Facets(
            (context.species,) if context.species else (),
            (evidence.tier,),
            self._regions(evidence),
            self._compounds(evidence),
            (time.low, time.high) if time else None,
        )

    def _regions(self, evidence: Claim | Experiment) -> tuple[str, ...]:
        given = regions_of(evidence, self.entities)
        found = dict.fromkeys(given)
        if self.graph:
            wider = (w for r in given for w in self.graph.wholes(r))
            found |= dict.fromkeys(w for w in wider if self.entities[w].kind in PLACES)
        return tuple(self.names.get(r, r) for r in found)

    def _compounds(self, evidence: Claim | Experiment) -> tuple[str, ...]:
        given = compound_of(evidence, self.entities)
        return (self.names.get(given, given),) if given else ()
