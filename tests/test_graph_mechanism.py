"""Edges from claims, wholes and parts, smaller copies, and the networkx view."""

from __future__ import annotations

import builders as b
import networkx as nx
import pytest

from ketamech.graph.errors import UnknownName

GRAPH = b.graph(
    b.entity("drug", "drug"),
    b.entity("GluN2B", "receptor", part_of=["NMDAR"]),
    b.entity("NMDAR", "receptor", is_a=["glutamate receptor"]),
    b.claim("drug", "inhibits", "NMDAR", source="p1"),
    b.claim("drug", "inhibits", "NMDAR", source="p2", stance="no_effect", species="human"),
    b.claim("drug", "increases", "NMDAR", source="p3", directness="indirect"),
    b.claim("NMDAR", "activates", "interneuron", source="p3", directness="indirect"),
    b.claim("interneuron", "inhibits", "interneuron", source="p4"),
    b.claim("immobility", "is_readout_of", "relief", sign=-1, source="p5"),
    b.experiment("antagonist", "interneuron", "abolishes", "relief", drug="drug", change=1, source="x1"),
)


def test_claims_with_the_same_triple_are_one_edge() -> None:
    """An edge gathers every claim on its subject, predicate and object, whatever stance, paper and context."""
    edge = GRAPH.edge("drug|inhibits|NMDAR")
    assert [c.paper.key for c in edge.claims] == ["p1", "p2"]
    assert (edge.count("supports"), edge.count("no_effect"), edge.count("refutes")) == (1, 1, 0)
    assert [e.id for e in GRAPH.between("drug", "NMDAR")] == ["drug|increases|NMDAR", "drug|inhibits|NMDAR"]


def test_the_sign_of_an_edge() -> None:
    """The predicate gives the sign, except where each claim brings its own."""
    signs = {id: e.sign for id, e in GRAPH.edges.items() if not e.derived}
    assert signs == {
        "NMDAR|activates|interneuron": 1,
        "drug|increases|NMDAR": 1,
        "drug|inhibits|NMDAR": -1,
        "immobility|is_readout_of|relief": -1,
        "interneuron|inhibits|interneuron": -1,
    }


def test_the_finest_claim_says_how_direct_an_edge_is() -> None:
    """One paper that shows the contact makes the edge direct; an edge that is only overall is no step."""
    claims = [b.claim("drug", "increases", "A", source="p7", directness="overall")]
    assert not b.graph(*claims).edges["drug|increases|A"].is_step
    claims.append(b.claim("drug", "increases", "A", source="p8", directness="indirect"))
    assert b.graph(*claims).edges["drug|increases|A"].directness == "indirect"
    claims.append(b.claim("drug", "increases", "A", source="p9", directness="direct"))
    edge = b.graph(*claims).edges["drug|increases|A"]
    assert (edge.directness, edge.is_step) == ("direct", True)


def test_the_order_of_the_files_does_not_matter() -> None:
    """Records in any order make the same graph, edges in the order of their keys."""
    k = GRAPH.knowledge
    turned = b.graph(*reversed(k.entities), *reversed(k.claims), *reversed(k.experiments))
    assert list(turned.edges.items()) == list(GRAPH.edges.items())
    assert list(GRAPH.edges) == sorted(GRAPH.edges)


def test_wholes_and_parts_are_transitive() -> None:
    """A part of a kind of a thing lies in that thing; nearest first, itself never."""
    assert GRAPH.wholes("GluN2B") == ("NMDAR", "glutamate receptor")
    assert GRAPH.parts("glutamate receptor") == ("GluN2B", "NMDAR")
    assert GRAPH.within("GluN2B", "glutamate receptor")
    assert not GRAPH.within("glutamate receptor", "GluN2B")
    assert GRAPH.related("glutamate receptor", "GluN2B")


def test_a_circle_of_parents_ends() -> None:
    """Two entities that each claim to be part of the other are each other's wholes, and nothing hangs."""
    graph = b.graph(b.entity("A", part_of=["B"]), b.entity("B", part_of=["A"]))
    assert (graph.wholes("A"), graph.wholes("B")) == (("B",), ("A",))


def test_an_unknown_edge_names_its_neighbours() -> None:
    """A key that does not exist is refused with the edges of the same subject."""
    with pytest.raises(UnknownName) as refused:
        GRAPH.edge("drug|binds|NMDAR")
    assert refused.value.suggestions == ("drug|increases|NMDAR", "drug|inhibits|NMDAR")


def test_without_leaves_out_claims_and_papers() -> None:
    """A copy lacks what was named, by id or by paper; an edge goes with its last claim; the first graph stays."""
    fewer = GRAPH.without({"p1: drug inhibits NMDAR", "p3"})
    assert [c.paper.key for c in fewer.edge("drug|inhibits|NMDAR").claims] == ["p2"]
    assert sorted(set(GRAPH.edges) - set(fewer.edges)) == ["NMDAR|activates|interneuron", "drug|increases|NMDAR"]
    assert {p.key for p in GRAPH.knowledge.papers} - {p.key for p in fewer.knowledge.papers} == {"p3"}
    assert len(GRAPH.edge("drug|inhibits|NMDAR").claims) == 2


def test_experiments_that_bear_on_an_edge() -> None:
    """An experiment bears on the drug's effect that it took away and on the step that it implies."""
    (own,) = GRAPH.knowledge.experiments
    assert GRAPH.experiments_on(("drug", "increases", "relief")) == (own,)
    assert GRAPH.experiments_on(("interneuron", "increases", "relief")) == (own,)
    assert GRAPH.experiments_on(("drug", "inhibits", "NMDAR")) == ()


def test_networkx_holds_the_same_graph() -> None:
    """The view is a MultiDiGraph with every entity as node and every edge under its key, parallel ones too."""
    made = GRAPH.networkx()
    assert type(made) is nx.MultiDiGraph
    assert (made.number_of_nodes(), made.number_of_edges()) == (len(GRAPH.entities), len(GRAPH.edges))
    assert {key for _, _, key in made.edges(keys=True)} == set(GRAPH.edges)
    assert made.nodes["NMDAR"] == {"name": "NMDAR", "kind": "receptor"}


def test_networkx_edges_carry_sign_and_evidence() -> None:
    """Each edge brings what its evidence says; a derived one brings its experiments."""
    made = GRAPH.networkx()
    edge = GRAPH.edge("drug|inhibits|NMDAR")
    assert made.edges["drug", "NMDAR", edge.id] == {
        "predicate": "inhibits",
        "sign": -1,
        "strength": edge.strength.value,
        "directness": "direct",
        "derived": False,
        "supporting": 1,
        "refuting": 0,
        "no_effect": 1,
        "evidence": edge.claims,
    }
    derived = made.edges["interneuron", "relief", "interneuron|~increases|relief"]
    assert (derived["derived"], derived["supporting"], derived["evidence"]) == (True, 1, GRAPH.knowledge.experiments)


def test_networkx_functions_work_on_it() -> None:
    """What networkx does well is done there: reachability, loops, cuts."""
    made = GRAPH.networkx()
    assert nx.descendants(made, "drug") == {"NMDAR", "interneuron", "relief"}
    assert [set(c) for c in nx.simple_cycles(made)] == [{"interneuron"}]
    assert nx.has_path(made, "immobility", "relief")
    assert nx.minimum_node_cut(nx.DiGraph(made), "drug", "relief") in ({"NMDAR"}, {"interneuron"})


def test_networkx_hands_out_a_graph_of_ones_own() -> None:
    """Changing the view changes neither the mechanism graph nor the next view."""
    GRAPH.networkx().remove_node("drug")
    assert "drug" in GRAPH.networkx()


def test_a_refuted_direct_action_does_not_make_an_edge_direct() -> None:
    """How direct an edge is comes from the claims that support it."""
    seen = b.claim("drug", "activates", "A", directness="indirect", source="p1")
    denied = b.claim("drug", "activates", "A", directness="direct", stance="refutes", source="p2")
    assert [e.directness for e in b.graph(seen, denied).edges.values()] == ["indirect"]
