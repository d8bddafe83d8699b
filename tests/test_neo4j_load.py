"""Loading into a real Neo4j: what stands there afterwards, and what a second load changes."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from builders import claim, entity, experiment, graph, paper
from conftest import SMALL, Ask
from neo4jserver.fixtures import VERSION, MakeServer, Store
from neo4jserver.jars import CALENDAR
from neo4jserver.reading import meta, read_back, whole

from ketamech.graph.errors import DatabaseError
from ketamech.graph.mechanism import MechanismGraph
from ketamech.graph.properties import Properties
from ketamech.graph.store import StoreAddress
from ketamech.graph.store_answers import Changes, LoadAnswer
from ketamech.graph.stored import LinkRows, NodeRows, StoreRows
from ketamech.loaders import load as load_graph
from ketamech.loaders import load_default, neo4j_cypher
from ketamech.loaders.neo4j_rows import store_rows
from ketamech.loaders.neo4j_store import load

HOSTILE = "x'\"`{}$p\\u0027}) DETACH DELETE n //\n\t𝄞\u202e</script>"
SOME = (
    claim("drug", "increases", "b", source=paper("k1", doi="10.1/x", pmid="7"), time="12-24 h", region="r region"),
    claim("drug", "increases", "b", source="k2", stance="no_effect", species="rat"),
    experiment("knockout", "b", "abolishes", "relief", drug="drug", change=1, within="r region"),
)


def address(store: Store) -> StoreAddress:
    return StoreAddress(store.uri, store.user, store.password, store.database)


def put(made: MechanismGraph, store: Store, **choices: int) -> LoadAnswer:
    return load(store_rows(made), address(store), **choices)  # type: ignore[arg-type]


def test_the_packaged_knowledge_is_read_back_as_it_was(neo4j_store: Store) -> None:
    """The store holds everything: what is made of it equals what was loaded. A second load changes nothing."""
    made = load_default()
    first = put(made, neo4j_store)
    assert read_back(neo4j_store) == made.knowledge
    before = whole(neo4j_store)
    second = put(made, neo4j_store)
    assert (second.unchanged, second.changes, whole(neo4j_store)) == (True, Changes(), before)
    assert (first.nodes, first.relationships) == (second.nodes, second.relationships)
    said = meta(neo4j_store)
    assert (said["complete"], said["schema_version"], said["content_sha256"]) == (True, 1, made.knowledge.content)
    assert (said["nodes"], said["relationships"]) == (first.nodes, first.relationships)


def test_edges_evidence_and_papers_have_their_shape(neo4j_store: Store) -> None:
    """An edge is one typed relationship with what its evidence says in short; each finding is a node that cites."""
    put(graph(entity("b", "receptor"), *SOME), neo4j_store)
    (edge,) = neo4j_store.ask("MATCH (:Drug)-[r:INCREASES]->(b:Entity:Receptor) RETURN properties(r) AS r, b.name AS b")
    wanted = {
        "edge_id": "drug|increases|b",
        "predicate": "increases",
        "sign": 1,
        "directness": "direct",
        "derived": False,
        "supporting": 1,
        "refuting": 0,
        "no_effect": 1,
        "species": ["rat"],
        "regions": ["r region"],
        "first_hour": 12.0,
        "pmids": ["7"],
        "dois": ["10.1/x"],
    }
    assert (edge["b"], {k: edge["r"][k] for k in wanted}) == ("b", wanted)
    (found,) = neo4j_store.ask(
        "MATCH (s:Entity)<-[:ABOUT_SUBJECT]-(e:Evidence {stance: 'supports'})-[:ABOUT_OBJECT]->(o:Entity), "
        "(e)-[:CITES]->(p:Publication) RETURN s.id AS s, o.id AS o, e.time_low AS low, p.doi AS doi, e.edge_id AS edge"
    )
    assert found == {"s": "drug", "o": "b", "low": 12.0, "doi": "10.1/x", "edge": "drug|increases|b"}
    (done,) = neo4j_store.ask(
        "MATCH (d:Drug)<-[:OF_DRUG]-(x:Experiment)-[r:BLOCKS]->(t:Receptor), (x)-[:OUTCOME]->(o:Behaviour), "
        "(x)-[:CITES]->(:Publication) RETURN r.mode AS mode, r.region AS region, t.name AS t, o.name AS o"
    )
    assert done == {"mode": "knockout", "region": "r region", "t": "b", "o": "relief"}
    assert neo4j_store.ask("MATCH (n) WHERE n.name IS NULL RETURN n") == []
    assert neo4j_store.ask("MATCH (n) WHERE n.loader <> 'ketamech' OR n.load IS NULL RETURN n") == []


def test_names_are_found_by_full_text(neo4j_store: Store) -> None:
    """Names and synonyms answer to a full-text search."""
    put(graph(entity("b", synonyms=["Brain factor"])), neo4j_store)
    rows = neo4j_store.ask("CALL db.index.fulltext.queryNodes('entity_text', 'factor') YIELD node RETURN node.id AS id")
    assert rows == [{"id": "b"}]


def test_what_is_no_longer_known_goes(neo4j_store: Store) -> None:
    """A smaller graph takes the place of a larger one; a changed kind leaves no label behind."""
    put(graph(*SOME, entity("c", "enzyme")), neo4j_store)
    smaller = graph(*SOME[:2], entity("c", "receptor"))
    answer = put(smaller, neo4j_store)
    assert answer.changes.nodes_deleted > 0
    assert read_back(neo4j_store) == smaller.knowledge
    assert neo4j_store.ask("MATCH (c {id: 'c'}) RETURN labels(c) AS l") == [{"l": ["Entity", "Receptor"]}]
    assert put(smaller, neo4j_store).unchanged


def test_a_load_mends_what_was_changed_by_hand(neo4j_store: Store) -> None:
    """Edited and deleted rows of ours come back, though the load is the one that is there."""
    put(graph(*SOME), neo4j_store)
    before = whole(neo4j_store)
    neo4j_store.ask("MATCH (e:Evidence) SET e.stance = 'refutes', e.more = 1")
    neo4j_store.ask("MATCH (x:Experiment) DETACH DELETE x")
    assert not put(graph(*SOME), neo4j_store).unchanged
    assert whole(neo4j_store) == before


def test_the_data_of_others_stay(neo4j_store: Store) -> None:
    """Nodes and relationships without our stamp survive loading and sweeping, even where they hang on ours."""
    put(graph(*SOME), neo4j_store)
    neo4j_store.ask(
        "CREATE (:Entity {name: 'no id'})-[:INCREASES {edge_id: 'theirs'}]->(:Person {id: 'drug', load: 'x'})"
    )
    neo4j_store.ask("MATCH (x:Experiment) CREATE (:Note {text: 'mine'})-[:ON]->(x)")
    neo4j_store.ask("MATCH (b:Entity {id: 'b'}) SET b:Favourite")
    theirs = "MATCH (a)-[r]->(b) WHERE r.loader IS NULL RETURN properties(a) AS a, properties(r) AS r, b.name AS b"
    before = neo4j_store.ask(theirs)
    answer = put(graph(*SOME[:2]), neo4j_store)
    assert answer.changes.handed_over == 1
    assert sorted(map(str, neo4j_store.ask(theirs))) == sorted(map(str, before))
    assert neo4j_store.ask("MATCH (:Note)-[:ON]->(x) RETURN labels(x) AS l") == [{"l": ["FormerKetamech"]}]
    assert neo4j_store.ask("MATCH (b:Favourite) RETURN b.id AS id") == [{"id": "b"}]
    assert read_back(neo4j_store) == graph(*SOME[:2]).knowledge
    assert put(graph(*SOME), neo4j_store).changes.handed_over == 0
    assert read_back(neo4j_store) == graph(*SOME).knowledge


def test_ids_that_others_hold_are_not_taken_over(neo4j_store: Store) -> None:
    """Where somebody else's node bears our label and id, the load fails and leaves it as it was."""
    neo4j_store.ask("CREATE (:Entity {id: 'drug', name: 'theirs'})")
    with pytest.raises(DatabaseError, match=r"only \d+ could be stored"):
        put(graph(*SOME), neo4j_store)
    assert neo4j_store.ask("MATCH (n:Entity {id: 'drug'}) RETURN properties(n) AS p, labels(n) AS l") == [
        {"p": {"id": "drug", "name": "theirs"}, "l": ["Entity"]}
    ]
    assert meta(neo4j_store)["complete"] is False


def test_an_older_store_is_renewed_and_a_newer_one_refused(neo4j_store: Store) -> None:
    """What an older version had put there goes; what a newer one put there is not touched."""
    neo4j_store.ask("CREATE (:GraphMeta {id: 'ketamech', loader: 'ketamech', load: 'old', schema_version: 0})")
    neo4j_store.ask(
        "CREATE (a:Thing {id: 'drug', loader: 'ketamech', load: 'old'})-[:R {loader: 'ketamech', load: 'old'}]->(a)"
    )
    put(graph(*SOME), neo4j_store)
    assert neo4j_store.ask("MATCH (n:Thing) RETURN n") == []
    assert read_back(neo4j_store) == graph(*SOME).knowledge
    neo4j_store.ask("MATCH (m:GraphMeta) SET m.schema_version = 99")
    before = whole(neo4j_store)
    with pytest.raises(DatabaseError, match="schema version 99"):
        put(graph(*SOME[:1]), neo4j_store)
    assert whole(neo4j_store) == before


def test_hostile_text_is_data(neo4j_store: Store) -> None:
    """Quotes, braces, Cypher, control characters and scripts arrive as they are, in names, ids and lists."""
    made = graph(
        entity(HOSTILE, "drug", id="x:" + HOSTILE, synonyms=["`", "'", HOSTILE]),
        claim("x:" + HOSTILE, "increases", "b", id=HOSTILE, model=HOSTILE),
    )
    put(made, neo4j_store)
    assert read_back(neo4j_store) == made.knowledge


def test_labels_and_types_come_from_our_lists_only() -> None:
    """No other word is ever written into Cypher."""
    for call in (
        lambda: neo4j_cypher.nodes("Entity) DETACH DELETE (n", None),
        lambda: neo4j_cypher.other_kinds("Drug`"),
        lambda: neo4j_cypher.links("A`]->() //", "Entity", "Entity", "id"),
        lambda: neo4j_cypher.links("BINDS", "Entity", "Entity", "id}"),
    ):
        with pytest.raises(ValueError, match="is no label, type or key"):
            call()


def test_a_row_too_few_is_an_error(neo4j_store: Store) -> None:
    """A relationship whose end is missing, and two rows with one id, are not passed over in silence."""
    node: Properties = {"id": "a", "name": "a", "order": 0}
    nodes = [NodeRows("Entity", [dict(node)], "Drug")]
    loose = [LinkRows("BINDS", "Entity", "Entity", [("a", "nowhere", {"edge_id": "1"})], "edge_id")]
    with pytest.raises(DatabaseError, match="Of 1 rows of BINDS only 0"):
        load(StoreRows(nodes, loose, "l1"), address(neo4j_store))
    twice = [NodeRows("Entity", [dict(node), {**node, "name": "b"}], "Drug")]
    with pytest.raises(DatabaseError, match="2 nodes were sent, but 'neo4j' holds 1"):
        load(StoreRows(twice, [], "l2"), address(neo4j_store))
    assert meta(neo4j_store)["complete"] is False
    huge = [NodeRows("Entity", [{**node, "n": 2**63}], "Drug")]
    with pytest.raises(DatabaseError, match="cannot be stored"):
        load(StoreRows(huge, [], "l3"), address(neo4j_store))


def test_small_batches_give_the_same(neo4j_store: Store) -> None:
    """The size of the batches changes nothing of what is stored."""
    made = graph(*SOME)
    put(made, neo4j_store, batch_size=1)
    assert read_back(neo4j_store) == made.knowledge
    assert put(made, neo4j_store).unchanged


def test_the_command_loads(neo4j_store: Store, ask_small: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    """`ketamech load` finds the database by its variables; data go to stdout, words to stderr."""
    for name, value in neo4j_store.environment().items():
        monkeypatch.setenv(name, value)
    said = ask_small("load", "--format", "json")
    assert (said.status, said.err.startswith("loaded ")) == (0, True)
    told = json.loads(said.out)
    assert told["changes"]["nodes_created"] == told["nodes"] + 1
    assert read_back(neo4j_store) == load_graph([str(SMALL)]).knowledge
    again = ask_small("load", "--format", "json")
    assert set(json.loads(again.out)["changes"].values()) == {0}
    assert "nothing changed" in again.err


def test_the_examples_in_its_help_work(neo4j_store: Store, tmp_path: Path) -> None:
    """Both examples run as they stand, the address and password in .env."""
    lines = "".join(f"{name}='{value}'\n" for name, value in neo4j_store.environment().items())
    (tmp_path / ".env").write_text(lines, encoding="utf-8")
    env = {name: value for name, value in os.environ.items() if not name.startswith("NEO4J_")}
    command = [sys.executable, "-W", "error", "-m", "ketamech.cli"]

    def run(words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*command, *words.split()], cwd=tmp_path, env=env, capture_output=True, text=True, check=False
        )

    examples = re.findall(r"^ +ketamech (load .+)$", run("load --help").stdout, flags=re.MULTILINE)
    assert len(examples) == 2
    for words in examples:
        said = run(words)
        assert (said.returncode, said.stdout.startswith("element\ttype\trows\n")) == (0, True), said.stderr
    assert neo4j_store.password not in run("load --dry-run").stderr


@pytest.mark.parametrize("version", [v for v in (CALENDAR,) if v != VERSION])
def test_the_calendar_release_holds_the_same(own_server: MakeServer, version: str) -> None:
    """The newest release, whose language is Cypher 25, takes the same load; a second changes nothing."""
    server = own_server(version=version, settings={"db.query.default_language": "CYPHER_25"})
    server.start()
    store = Store(server.uri, server.user, server.password)
    made = graph(entity("b", "receptor"), *SOME, replace(entity("c"), note=HOSTILE))
    put(made, store)
    assert read_back(store) == made.knowledge
    assert put(made, store).unchanged
    put(graph(*SOME[:1]), store)
    assert read_back(store) == graph(*SOME[:1]).knowledge
