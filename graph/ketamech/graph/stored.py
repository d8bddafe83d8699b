"""Rows of a store: what a graph becomes in a database, and the knowledge made of such rows again.

Nodes are told apart by a key label and an id, relationships by a type and a key. Whoever reads a database hands
over nodes by key label and relationships by type; in which order does not matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from ketamech.graph.model import (
    Affinity,
    Claim,
    Comparison,
    Entity,
    Experiment,
    Hypothesis,
    HypothesisStep,
    Intervention,
    Knowledge,
    Mechanism,
    Needed,
    Paper,
    Separation,
)
from ketamech.graph.properties import Properties, unflatten
from ketamech.graph.vocabulary import KINDS, LOWERING, PREDICATES, RAISING

T = TypeVar("T")
LinkRow = tuple[str, str, Properties]

KIND_LABELS: Final[Mapping[str, str]] = {k: "".join(word.capitalize() for word in k.split("_")) for k in KINDS}
EDGE_TYPES: Final[Mapping[str, str]] = {p: p.upper() for p in PREDICATES}
PARENT_TYPES: Final[Mapping[str, str]] = {"is_a": "IS_A", "part_of": "PART_OF"}
INTERVENTION_TYPES: Final = ("BLOCKS", "DRIVES", "ALTERS")
NODE_LABELS: Final = (
    *("Entity", "Publication", "Evidence", "Experiment", "Comparison", "Affinity"),
    *("Hypothesis", "HypothesisStep", "Separation", "Mechanism"),
)
LINK_TYPES: Final = (
    *("IS_A", "PART_OF", "LOCATED_IN", "CITES", "ABOUT_SUBJECT", "ABOUT_OBJECT", *INTERVENTION_TYPES),
    *("OF_DRUG", "OUTCOME", "COMPARES_A", "COMPARES_B", "OF_LIGAND", "AT_TARGET"),
    *("HAS_STEP", "STEP_FROM", "STEP_TO", "NEEDS", "HAS_SEPARATION", "AGAINST_RIVAL", "KEY_PAPER", "SPOKEN_AGAINST_BY"),
    *("CONCERNS", "COVERED_BY"),
)
META: Final = "GraphMeta"
META_ID: Final = "ketamech"


def intervention_type(mode: str) -> str:
    """Give the relationship of an intervention: what lowers BLOCKS, what raises DRIVES, the rest ALTERS.

    >>> intervention_type("antagonist"), intervention_type("stimulation"), intervention_type("diet")
    ('BLOCKS', 'DRIVES', 'ALTERS')
    """
    return "BLOCKS" if mode in LOWERING else "DRIVES" if mode in RAISING else "ALTERS"


@dataclass(frozen=True, slots=True)
class NodeRows:
    """Hold nodes of one key label (and, of entities, one kind's label), each with an `id` and a `name`."""

    label: str
    rows: Iterable[Properties]
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class LinkRows:
    """Hold relationships of one type between nodes of two key labels, each with a unique property `key`.

    A row is the id of its start, the id of its end, and its properties.
    """

    type: str
    start: str
    end: str
    rows: Iterable[LinkRow]
    key: str = "id"


@dataclass(frozen=True, slots=True)
class StoreRows:
    """Hold everything that goes into a store; iterated once, nodes first.

    `load` names this content: the same rows have the same `load`, other rows another. `content` is the hash of
    the files they came from. `total` is the number of rows, where it is known, for a progress bar.
    """

    nodes: Iterable[NodeRows]
    links: Iterable[LinkRows]
    load: str
    content: str = ""
    total: int | None = None


def knowledge_from(
    nodes: Mapping[str, Iterable[Mapping[str, Any]]], links: Mapping[str, Iterable[LinkRow]], content: str = ""
) -> Knowledge:
    """Make the knowledge again from nodes by key label and relationships by type; raise KeyError when parts lack."""
    found = {label: sorted(nodes.get(label, ()), key=lambda n: (n["order"], n["id"])) for label in NODE_LABELS}
    papers = {n["id"]: unflatten(Paper, n) for n in found["Publication"]}

    def records(label: str, cls: type[T]) -> tuple[T, ...]:
        return tuple(unflatten(cls, n, papers=papers) for n in found[label])

    parents = _grouped((s, p, (relation, e)) for relation, t in PARENT_TYPES.items() for s, e, p in _own(links, t))
    done = _grouped(
        (s, p, unflatten(Intervention, {**p, "target": e})) for t in INTERVENTION_TYPES for s, e, p in _own(links, t)
    )
    needs = _grouped((s, p, unflatten(Needed, {**p, "target": e})) for s, e, p in _own(links, "NEEDS"))
    steps = _grouped((n["hypothesis"], n, unflatten(HypothesisStep, n)) for n in found["HypothesisStep"])
    separations = _grouped((n["hypothesis"], n, unflatten(Separation, n)) for n in found["Separation"])
    return Knowledge(
        tuple(unflatten(Entity, n, parents=parents.get(n["id"], ())) for n in found["Entity"]),
        tuple(papers.values()),
        records("Evidence", Claim),
        tuple(
            unflatten(Experiment, n, papers=papers, interventions=done.get(n["id"], ())) for n in found["Experiment"]
        ),
        records("Comparison", Comparison),
        records("Affinity", Affinity),
        tuple(
            unflatten(
                Hypothesis,
                n,
                steps=steps.get(n["id"], ()),
                targets=needs.get(n["id"], ()),
                separations=separations.get(n["id"], ()),
            )
            for n in found["Hypothesis"]
        ),
        records("Mechanism", Mechanism),
        content,
    )


def _own(links: Mapping[str, Iterable[LinkRow]], type: str) -> Iterable[LinkRow]:
    """Give the structural relationships of a type: IS_A and PART_OF may also be edges with evidence."""
    return (row for row in links.get(type, ()) if "edge_id" not in row[2])


def _grouped(rows: Iterable[tuple[str, Mapping[str, Any], T]]) -> dict[str, tuple[T, ...]]:
    """Put values under their owner, in their `order`."""
    found: dict[str, list[tuple[int, T]]] = {}
    for owner, properties, value in rows:
        found.setdefault(owner, []).append((properties["order"], value))
    return {owner: tuple(v for _, v in sorted(values, key=lambda pair: pair[0])) for owner, values in found.items()}
