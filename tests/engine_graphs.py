"""Graphs on which engines are compared: the packaged one, and small ones made to be hard."""

from __future__ import annotations

from builders import claim, entity, experiment, graph, paper
from neo4jserver.fixtures import Store

from ketamech.graph.mechanism import MechanismGraph
from ketamech.graph.store import StoreAddress
from ketamech.loaders import load_default
from ketamech.loaders.neo4j_rows import store_rows
from ketamech.loaders.neo4j_store import load

HOSTILE = "') DETACH DELETE n //"
QUOTED = 'a "quoted" \\ name'


def cycles() -> MechanismGraph:
    """Make routes that run in circles: back to the start, within, and through the target."""
    return graph(
        claim("drug", "inhibits", "A", source="p1", species="mouse", time="1 h"),
        claim("A", "activates", "B", source="p2"),
        claim("B", "inhibits", "A", source="p3", stance="refutes"),
        claim("B", "inhibits", "A", source="p4"),
        claim("B", "activates", "C", source="p5", species="rat", region="some region"),
        claim("C", "activates", "A", source="p6"),
        claim("C", "increases", "relief", source="p7", directness="indirect"),
        claim("relief", "activates", "B", source="p8"),
        claim("A", "decreases", "relief", source="p9", directness="indirect", species="human"),
        claim("drug", "increases", "relief", source="p10", directness="overall"),
    )


def parallel() -> MechanismGraph:
    """Make several edges between the same ends, some against others, derived ones and a loop of one node."""
    return graph(
        claim("drug", "activates", "A", source="p1"),
        claim("drug", "inhibits", "A", source="p2", species="human"),
        claim("drug", "binds", "A", source="p3"),
        claim("drug", "increases", "A", source="p4", stance="no_effect", time="24 h"),
        claim("A", "activates", "A", source="p5"),
        claim("A", "increases", "relief", source="p6", directness="indirect"),
        claim("A", "decreases", "relief", source="p7", directness="indirect", stance="no_effect"),
        claim("drug", "increases", "relief", source="p8", directness="overall", time="1-2 h"),
        experiment("knockout", "A", "abolishes", "relief", drug="drug", change=1, source="x1", species="mouse"),
        experiment("antagonist", "A", "no_effect", "relief", drug="drug", source="x2", species="rat"),
        experiment("antagonist", "A", "attenuates", "B", drug="drug", source="x2", id="x2: another outcome"),
        experiment("stimulation", "A", "mimics", "relief", change=1, source="x3", also=[("lesion", "B")]),
        experiment("lesion", "B", "no_effect", "relief", drug="drug", on=("drug", "binds", "A"), source="x4"),
    )


def hostile() -> MechanismGraph:
    """Make names and identifiers that would be code, separators, or one another's beginnings."""
    return graph(
        entity(HOSTILE, "drug", id="X:'1"),
        entity(QUOTED, id="X:2|inhibits|X:3", synonyms=["β-arrestin", "`back`", "{$x}"]),
        entity("whole", id="X:3", synonyms=["+ - && || ! ( ) { } [ ] ^ ~ * ? : /"]),
        entity("part", id="X:4", part_of=["X:3"], is_a=["X:2|inhibits|X:3"]),
        entity("part", id="X:5", part_of=["X:4"]),
        entity("\U0001d6fc\U00010437 astral", id="X:\U0001d6fc"),
        entity("\ufb01 ligature", id="X:\ufb01"),
        paper("key'1", retracted=True, doi="10.1/a'b", pmid="007"),
        claim("X:'1", "inhibits", "X:2|inhibits|X:3", source="key'1", id="c'1"),
        claim("X:'1", "inhibits", "X:4", source="p2", id="c2"),
        claim("X:4", "activates", "X:5", source="p2", id="c3", stance="no_effect"),
        claim("X:4", "activates", "X:\U0001d6fc", source="p3", id="c4", dose="10 mg/kg"),
        claim("X:\U0001d6fc", "increases", "relief", source=paper("p4", group="One G"), id="c5"),
        claim("X:\ufb01", "increases", "relief", source=paper("p5", group="One G"), id="c6"),
        claim("X:4", "inhibits", "X:\ufb01", source="p6", id="c7"),
        experiment("knockout", "X:4", "abolishes", "relief", drug="X:'1", change=1, source="p6", id="x'1"),
    )


KNOWLEDGE = {"packaged": load_default, "cycles": cycles, "parallel": parallel, "hostile": hostile, "empty": graph}
ENDS = {
    "packaged": ("ketamine", "antidepressant-like behaviour"),
    "cycles": ("drug", "relief"),
    "parallel": ("drug", "relief"),
    "hostile": (HOSTILE, "relief"),
    "empty": ("ketamine", "relief"),
}


def filled(loaded: MechanismGraph, store: Store) -> StoreAddress:
    """Bring the server to hold this graph, unless it does, and give its address."""
    address = StoreAddress(store.uri, store.user, store.password, store.database)
    rows = store_rows(loaded)
    if store.ask("MATCH (m:GraphMeta {complete: true}) RETURN m.load AS load") != [{"load": rows.load}]:
        load(rows, address)
    return address
