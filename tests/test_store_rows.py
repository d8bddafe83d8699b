"""Records as rows of a store, and the knowledge made of such rows again: nothing is lost."""

from __future__ import annotations

import random
import re
from dataclasses import replace

import pytest
from builders import affinity, claim, comparison, entity, experiment, graph, hypothesis, needed, paper

from ketamech.graph.mechanism import MechanismGraph
from ketamech.graph.model import Context, Experiment, Knowledge, Mechanism, Paper, Separation
from ketamech.graph.properties import Properties, flatten, unflatten
from ketamech.graph.quantities import Dose, Hours
from ketamech.graph.stored import EDGE_TYPES, LINK_TYPES, NODE_LABELS, LinkRow, StoreRows, knowledge_from
from ketamech.loaders import load_default
from ketamech.loaders.neo4j_rows import store_rows

HOSTILE = "x'\"`{}$p\\u0027}) DETACH DELETE n //\n\t𝄞\u202e"


def again(rows: StoreRows) -> Knowledge:
    """Make the knowledge of rows in another order, as a database would give them."""
    nodes: dict[str, list[Properties]] = {}
    links: dict[str, list[LinkRow]] = {}
    for group in rows.nodes:
        nodes.setdefault(group.label, []).extend(group.rows)
    for found in rows.links:
        links.setdefault(found.type, []).extend(found.rows)
    shuffle = random.Random(1).shuffle  # noqa: S311
    for values in (*nodes.values(), *links.values()):
        shuffle(values)  # type: ignore[arg-type]
    return knowledge_from(nodes, links, rows.content)


def everything() -> MechanismGraph:
    """Make a graph with every kind of record and every field used."""
    cited = replace(paper("k1", group="G", doi="10.1/x", pmid="1", kind="trial"), journal="J", checked=("a", "b"))
    own = replace(hypothesis("by-b", ("drug", "increases", "relief"), targets=[needed("b", region="r region")]))
    own = replace(own, separations=(Separation("rival", "do it", "yes", "no", ("s", "t")),), key_papers=("k1",))
    return graph(
        entity("a", part_of=["w", "v"], is_a=["u"], synonyms=["A", HOSTILE], xrefs=["x:1"]),
        replace(entity("b"), note=HOSTILE, located_in="r region"),
        claim("drug", "increases", "b", source=cited, time="12-24 h", dose="5-10 mg/kg", region="r region"),
        claim("b", "part_of", "w", source=cited),
        claim("a", "is_readout_of", "relief", source="k2", sign=-1, stance="no_effect", subject_region="r region"),
        experiment("knockout", "b", "abolishes", "relief", drug="drug", change=1, at="24 h", also=[("agonist", "a")]),
        experiment("diet", "b", "mimics", "relief", source="x2", on=("drug", "increases", "b"), within="r region"),
        comparison("drug", "other drug", "relief", "less"),
        affinity("drug", "a", 3),
        own,
        hypothesis("rival", ("drug", "increases", "b"), assumed=[("b", "increases", "relief")], against=["k1: x"]),
        Mechanism("m2", "Second", ("a",), ("k1",), "2026-01-01"),
        Mechanism("m1", "First"),
    )


def test_every_record_survives() -> None:
    """The knowledge made of its rows is the knowledge, in its order."""
    knowledge = everything().knowledge
    assert again(store_rows(MechanismGraph(knowledge))) == knowledge


def test_the_packaged_knowledge_survives() -> None:
    """Nothing that the project ships is lost on the way into rows."""
    rows = store_rows(load_default())
    assert again(rows) == load_default().knowledge
    assert again(rows).content == load_default().knowledge.content != ""


def test_every_field_of_a_context_is_a_property() -> None:
    """A context is flat: each field under its own name, times and doses as numbers besides."""
    dose, time = Dose.parse("0.5-1 mg/kg"), Hours.parse("30 min")
    full = Context("rat", "slice", "m", "ill", "male", "p", "i", "c", dose, 2, "ip", time, "a", 12)
    flat = flatten(full)
    assert (flat["dose_low"], flat["dose_high"], flat["dose_unit"]) == (0.5, 1.0, "mg/kg")
    assert (flat["time"], flat["time_low"], flat["time_high"]) == ("30 min", 0.5, 0.5)
    assert unflatten(Context, flat) == full
    assert unflatten(Context, {}) == Context()


def test_a_record_without_what_it_must_have_is_refused() -> None:
    """A lost property is an error, never a default."""
    flat = flatten(paper("k"))
    with pytest.raises(KeyError, match="title"):
        unflatten(Paper, {k: v for k, v in flat.items() if k != "title"})
    with pytest.raises(KeyError, match="x1"):
        unflatten(Experiment, flatten(experiment("knockout", "b", "mimics", "c")), papers={}, interventions=())


def test_only_what_a_database_can_hold() -> None:
    """Properties are scalars or lists of texts; every node has a name; labels and types come from the lists."""
    rows = store_rows(everything())
    for nodes in rows.nodes:
        assert nodes.label in NODE_LABELS
        for row in nodes.rows:
            assert row["name"]
            assert {type(v) for v in row.values()} <= {str, int, float, bool, list}
    for links in rows.links:
        assert links.type in {*LINK_TYPES, *EDGE_TYPES.values()}
        assert re.fullmatch("[A-Z_]+", links.type)
        assert {type(v) for *_, row in links.rows for v in row.values()} <= {str, int, float, bool, list}


def test_ids_are_unique_and_ends_exist() -> None:
    """No two rows of a label or type share their key, and every relationship ends at nodes that are there."""
    for made in (everything(), load_default()):
        rows = store_rows(made)
        ids: dict[str, list[object]] = {}
        for nodes in rows.nodes:
            ids.setdefault(nodes.label, []).extend(row["id"] for row in nodes.rows)
        assert {label: len(found) for label, found in ids.items()} == {n: len(set(f)) for n, f in ids.items()}
        known = {label: set(found) for label, found in ids.items()}
        keys = []
        for links in rows.links:
            for start, end, row in links.rows:
                keys.append((links.type, links.key, row[links.key]))
                assert start in known[links.start]
                assert end in known[links.end]
        assert len(keys) == len(set(keys))


def test_the_load_names_the_content() -> None:
    """The same knowledge has the same load; any change makes another."""
    first, second = store_rows(everything()), store_rows(everything())
    changed = store_rows(everything().without(["k2"]))
    assert first == second
    assert first.load != changed.load
