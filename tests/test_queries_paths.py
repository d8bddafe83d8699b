"""The path question on small readable graphs, and the questions beside it."""

from __future__ import annotations

import builders as b
import pytest

from ketamech.graph.errors import BadValue, UnknownName
from ketamech.graph.mechanism import MechanismGraph
from ketamech.queries import PathQuery, explain, find_evidence, find_paths, search, show
from ketamech.queries.evidence import edges_of

GRAPH: MechanismGraph = b.graph(
    b.entity("NMDA receptor", "receptor", synonyms=["NMDAR"]),
    b.claim("drug", "inhibits", "NMDA receptor", source="p1"),
    b.claim("NMDA receptor", "activates", "interneuron", source="p2"),
    b.claim("interneuron", "inhibits", "pyramidal neuron", source="p3"),
    b.claim("pyramidal neuron", "increases", "relief", source="p1"),
    b.claim("NMDA receptor", "activates", "LHb region", source="p4", species="human"),
    b.claim("LHb region", "decreases", "relief", source="p5", species="human"),
    b.claim("LHb region", "increases", "relief", source="p6", read="title"),
    b.claim("interneuron", "modulates", "relief", source="p7", read="title"),
)
CORTEX = "drug > NMDA receptor > interneuron > pyramidal neuron > relief"
HABENULA = "drug > NMDA receptor > LHb region > relief"
UNSIGNED = "drug > NMDA receptor > interneuron > relief"


def routes(**options: object) -> list[tuple[str, int | None]]:
    """Name the paths from drug to relief by their nodes, with their sign."""
    answer = find_paths(GRAPH, PathQuery("drug", "relief", **options))  # type: ignore[arg-type]
    return [(" > ".join(n.name for n in p.nodes), p.sign) for p in answer.paths]


def test_ranked_by_score() -> None:
    """The score is the product to the power steps**-0.75; parallel steps of opposite sign make two paths."""
    answer = find_paths(GRAPH, PathQuery("drug", "relief"))
    assert routes() == [(HABENULA, 1), (HABENULA, -1), (CORTEX, 1), (UNSIGNED, None)]
    assert [s.strength for s in answer.paths[2].steps] == [0.4, 0.4, 0.4, 0.4]
    assert [p.score for p in answer.paths] == pytest.approx([0.47695, 0.27882, 0.27367, 0.22091], abs=1e-4)


def test_asking_for_a_sign() -> None:
    """A sign keeps the paths with that net sign; an undetermined one is neither."""
    assert routes(sign=1) == [(HABENULA, 1), (CORTEX, 1)]
    assert routes(sign=-1) == [(HABENULA, -1)]


def test_an_undetermined_sign_is_named() -> None:
    """Where a direction is missing the telling says at which step."""
    answer = find_paths(GRAPH, PathQuery("drug", "relief", via=("interneuron",), max_length=3))
    assert [p.told for p in answer.paths] == [
        "drug inhibits NMDA receptor (down) [1]; NMDA receptor activates interneuron (down) [2]; interneuron changes"
        " relief (direction not given) [3]. Net effect on relief undetermined: no direction is given where"
        " interneuron changes relief."
    ]


def test_via_and_avoid() -> None:
    """Every via must be on the path, in any order; no avoid may be; names and synonyms are understood."""
    assert routes(via=("interneuron", "NMDAR")) == [(CORTEX, 1), (UNSIGNED, None)]
    assert routes(via=("interneuron", "LHb region")) == []
    assert routes(via=("drug", "relief"), k=1) == [(HABENULA, 1)]
    assert routes(avoid=("pyramidal neuron", "LHb region")) == [(UNSIGNED, None)]
    assert routes(avoid=("nmda-receptor",)) == []
    assert routes(via=("interneuron",), avoid=("interneuron",)) == []


def test_number_length_and_strength() -> None:
    """No more than k, no longer than max_length, no step weaker than min_strength."""
    assert routes(k=1) == [(HABENULA, 1)]
    assert routes(max_length=3) == [(HABENULA, 1), (HABENULA, -1), (UNSIGNED, None)]
    assert routes(max_length=2) == []
    assert routes(min_strength=0.3) == [(HABENULA, 1), (CORTEX, 1)]


def test_from_a_thing_to_itself_there_is_no_path() -> None:
    """Source and target being one gives an empty answer, whatever loops there are."""
    graph = b.graph(b.claim("A", "increases", "A"), b.claim("A", "increases", "B"), b.claim("B", "increases", "A"))
    assert find_paths(graph, PathQuery("A", "A")).paths == ()


def test_nothing_found_is_an_answer() -> None:
    """No path is an empty answer that still names its ends."""
    answer = find_paths(GRAPH, PathQuery("relief", "drug"))
    assert (answer.paths, answer.source.name, answer.target.name, answer.stopped) == ((), "relief", "drug", False)


def test_told_with_numbered_references() -> None:
    """Each step says what goes up or down and cites its papers by number; one paper keeps its number."""
    answer = find_paths(GRAPH, PathQuery("drug", "relief", via=("pyramidal neuron",)))
    assert answer.paths[0].told == (
        "drug inhibits NMDA receptor (down) [1]; NMDA receptor activates interneuron (down) [2]; interneuron inhibits"
        " pyramidal neuron (up) [3]; pyramidal neuron raises relief (up) [1]. Net effect: more relief."
    )
    assert [(r.number, r.paper.key) for r in answer.references] == [(1, "p1"), (2, "p2"), (3, "p3")]


@pytest.mark.parametrize(
    "options",
    [
        {"k": 0},
        {"k": 1001},
        {"max_length": 0},
        {"max_length": 31},
        {"min_strength": -0.1},
        {"min_strength": 1.1},
        {"min_strength": float("nan")},
        {"species": "unicorn"},
        {"by": 3.0, "after": 12.0},
        {"avoid": ("relief",)},
        {"avoid": ("drug",)},
    ],
    ids=str,
)
def test_impossible_values_are_refused(options: dict[str, object]) -> None:
    """A value outside its range, or a question that excludes its own end, is a usage error."""
    with pytest.raises(BadValue):
        routes(**options)


@pytest.mark.parametrize("option", ["region", "cell_type", "compound"])
def test_unknown_names_are_refused_with_suggestions(option: str) -> None:
    """Every option that takes a name refuses one that is not known, and says what is near."""
    for query in (
        PathQuery("NMDA recptor", "relief"),
        PathQuery("drug", "NMDA recptor"),
        PathQuery("drug", "relief", via=("NMDA recptor",)),
        PathQuery("drug", "relief", avoid=("NMDA recptor",)),
        PathQuery("drug", "relief", **{option: "NMDA recptor"}),  # type: ignore[arg-type]
    ):
        with pytest.raises(UnknownName) as refused:
            find_paths(GRAPH, query)
        assert refused.value.suggestions == ("NMDA receptor (NMDA receptor)",)


def test_the_documented_json() -> None:
    """The plain data holds the keys that docs/json.md promises, with names beside ids."""
    data = find_paths(GRAPH, PathQuery("drug", "NMDAR", species="rat")).to_dict()
    assert data["schema_version"] == 1
    assert data["query"] == {"source": "drug", "target": "NMDAR", "k": 5, "max_length": 12, "species": "rat"}
    (path,) = data["paths"]
    assert path["nodes"] == [
        {"id": "drug", "name": "drug", "kind": "drug"},
        {"id": "NMDA receptor", "name": "NMDA receptor", "kind": "receptor"},
    ]
    (edge,) = path.pop("edges")
    (evidence,) = edge.pop("evidence")
    told = {key: path[key] for key in ("score", "sign", "length", "coarse")}
    assert told == {"score": 0.4, "sign": -1, "length": 1, "coarse": False}
    shown = ("id", "subject", "predicate", "object", "sign", "strength", "derived", "supporting", "context_unknown")
    expected = ("drug|inhibits|NMDA receptor", "drug", "inhibits", "NMDA receptor", -1, 0.4, False, 1, 1)
    assert {key: edge[key] for key in shown} == dict(zip(shown, expected, strict=True))
    assert (evidence["paper"], evidence["stance"], evidence["tier"]) == ("p1", "supports", "unknown")


def test_rows_hold_one_step_each() -> None:
    """A table of an answer has one row per step, numbered within its path."""
    rows = find_paths(GRAPH, PathQuery("drug", "relief", k=2, sign=1)).rows()
    told = [(r["path"], r["step"], r["subject"], r["sign"], r["papers"]) for r in rows]
    assert told == [
        (1, 1, "drug", "-", "p1"),
        (1, 2, "NMDA receptor", "+", "p4"),
        (1, 3, "LHb region", "-", "p5"),
        (2, 1, "drug", "-", "p1"),
        (2, 2, "NMDA receptor", "+", "p2"),
        (2, 3, "interneuron", "-", "p3"),
        (2, 4, "pyramidal neuron", "+", "p1"),
    ]


BLOCKED = b.graph(
    b.claim("drug", "increases", "5-HT1B", directness="indirect", source="p1"),
    b.claim("drug", "increases", "5-HT1B", directness="indirect", source="p2", stance="no_effect", species="human"),
    b.experiment("antagonist", "AMPAR", "abolishes", "5-HT1B", drug="drug", change=1, source="p1"),
    b.experiment("antagonist", "AMPAR", "no_effect", "SERT", drug="drug", source="p1"),
    b.experiment("knockout", "AMPAR", "no_effect", "SERT", drug="drug", source="p1"),
    b.experiment("antagonist", "AMPAR", "no_effect", "SERT", drug="drug", source="p3"),
)


def test_evidence_with_experiments_and_contrasts() -> None:
    """All claims of an edge, the experiments on it, and what the same intervention spared in the same paper."""
    answer = find_evidence(BLOCKED, "drug", "5-HT1B")
    assert [(c.paper.key, c.stance) for e in answer.edges for c in e.claims] == [
        ("p1", "supports"),
        ("p2", "no_effect"),
    ]
    assert [x.id for x in answer.experiments] == ["p1: antagonist of AMPAR abolishes 5-HT1B"]
    assert [x.id for x in answer.contrasts] == ["p1: antagonist of AMPAR no_effect SERT"]


def test_edges_by_key_or_by_ends() -> None:
    """An edge is found by its key or by both ends; a missing one names the edge the other way round."""
    assert edges_of(BLOCKED, "AMPAR|~increases|5-HT1B") == edges_of(BLOCKED, "AMPAR", "5-HT1B")
    with pytest.raises(UnknownName) as refused:
        edges_of(BLOCKED, "5-HT1B", "drug")
    assert refused.value.suggestions == ("drug -> 5-HT1B",)


def test_explaining_an_edge_is_its_strength() -> None:
    """The explanation of an edge carries the terms of its strength."""
    ((edge, strength),) = explain(BLOCKED, "drug", "5-HT1B").strengths
    assert (edge.id, strength) == ("drug|increases|5-HT1B", BLOCKED.edge("drug|increases|5-HT1B").strength)
    assert [t.paper for t in strength.terms] == ["p1", "p2"]


def test_showing_an_entity() -> None:
    """What is shown of an entity is every edge at it and every experiment that touches it."""
    shown = show(BLOCKED, "AMPAR")
    assert [e.id for e in shown.outgoing] == ["AMPAR|~increases|5-HT1B"]
    assert (shown.incoming, len(shown.experiments)) == ((), 4)
    assert [e.id for e in show(GRAPH, "NMDAR").incoming] == ["drug|inhibits|NMDA receptor"]


def test_the_rows_of_an_entity_begin_with_its_strongest_steps() -> None:
    """Steps by strength, then other predicates, and what was only ever not seen last, a step or not."""
    graph = b.graph(
        b.claim("A", "correlates_with", "Z", source="p1", sign=1),
        b.claim("A", "inhibits", "B", source="p2", stance="no_effect"),
        b.claim("A", "activates", "C", source="p3", read="title"),
        b.claim("A", "increases", "D", source="p4"),
        b.claim("E", "binds", "A", source="p5"),
    )
    rows = show(graph, "A").rows()
    assert [(r["direction"], r["subject"], r["object"]) for r in rows] == [
        ("in", "E", "A"),
        *(("out", "A", end) for end in "DCZB"),
    ]


def test_searching() -> None:
    """A search gives the entity and the name of it that matched."""
    (match,) = search(GRAPH, "nmdar").matches
    assert (match.entity.name, match.matched) == ("NMDA receptor", "NMDAR")
