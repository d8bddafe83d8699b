"""`ketamech cypher` and `--engine neo4j`: reading only, refusals in words, answers as the other commands give them."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest
from conftest import SMALL, Ask
from engine_graphs import KNOWLEDGE, filled
from neo4jserver.fixtures import Store
from neo4jserver.server import free_port

from ketamech.graph.store import StoreAddress
from ketamech.loaders import load
from ketamech.queries.cypher_files import read_parameter, saved_queries
from ketamech.queries.neo4j_reader import Reader

SMALL_FOLDER = ("--knowledge", str(SMALL))


@pytest.fixture
def ask_store(ask: Ask, neo4j_running: Store, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Run the command line beside a database that holds the small knowledge."""
    for name, value in neo4j_running.environment().items():
        monkeypatch.setenv(name, value)
    filled(load([str(SMALL)]), neo4j_running)
    return ask


def test_the_saved_questions_are_listed_without_a_database(ask: Ask) -> None:
    """Each with its purpose; JSON holds the text and the values too."""
    said = ask("cypher", "--format", "tsv")
    lines = [line.split("\t")[:2] for line in said.out.splitlines()]
    assert lines == [["name", "purpose"], *([q.name, q.purpose] for q in saved_queries().queries)]
    listed = json.loads(ask("cypher", "--format", "json").out)["questions"]
    assert [q["cypher"] for q in listed] == [q.text for q in saved_queries().queries]


def test_the_text_of_a_question_is_printed_without_a_database(ask: Ask) -> None:
    """As it stands in its file, to be pasted."""
    assert [ask("cypher", q.name, "--text").out for q in saved_queries().queries] == [
        q.text for q in saved_queries().queries
    ]


def test_a_saved_question_takes_values(ask_store: Ask) -> None:
    """The values given are asked, the others are those of the file."""
    said = ask_store("cypher", "neighbours", "--param", "entity=GluN2B", "--format", "json")
    answer = json.loads(said.out)
    assert said.status == 0
    assert answer["query"] == {"name": "neighbours", "parameters": {"entity": "GluN2B", "weakest": 0.0}}
    assert {row["direction"] for row in answer["rows"]} <= {"in", "out"}
    assert answer["rows"][0]["path"]["nodes"][0]["properties"]["name"] == "GluN2B"


def test_nothing_found_is_status_1(ask_store: Ask) -> None:
    """No rows, and a word about it."""
    said = ask_store("cypher", "neighbours", "--param", "entity=nobody")
    assert (said.status, said.out) == (1, "")
    told = "Find names: ketamech cypher find --param text=..."
    assert said.err.splitlines() == ["No rows.", f"hint: entity: the database holds no 'nobody'. {told}"]


@pytest.mark.parametrize("typed", ["ketmine", "KETAMINE"])
def test_a_parameter_that_names_nothing_gets_near_names(ask_store: Ask, typed: str) -> None:
    """Saved questions compare names as they stand, so another spelling finds nothing, and the right one is offered."""
    said = ask_store("cypher", "neighbours", "--param", f"entity={typed}")
    assert said.status == 1
    assert said.err.startswith(f"No rows.\nhint: entity: the database holds no '{typed}'. Did you mean: ketamine")


def test_no_rows_for_names_that_are_held_are_left_at_that(ask_store: Ask) -> None:
    """A filter that nothing passes is not told as a wrong name."""
    said = ask_store("cypher", "neighbours", "--param", "entity=ketamine", "--param", "weakest=1.0")
    assert (said.status, said.err) == (1, "No rows.\n")


WRITES = [
    "CREATE (n:Mark)",
    "MATCH (n) DETACH DELETE n",
    "MATCH (n) SET n.name = 'x'",
    "CREATE INDEX mark FOR (n:Mark) ON (n.x)",
    "CALL db.createLabel('Mark')",
    "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS",
]


@pytest.mark.parametrize("text", WRITES)
def test_a_query_that_would_write_is_refused(ask_store: Ask, neo4j_running: Store, text: str) -> None:
    """By the server, in words of our own; what is stored stays."""
    count = "MATCH (n) RETURN count(n) AS nodes, count(DISTINCT n.name) AS names"
    before = neo4j_running.ask(count)
    said = ask_store("cypher", text)
    assert (said.status, said.out) == (2, "")
    assert said.err.splitlines()[0] == "error: This query would write; here the graph is only read."
    assert neo4j_running.ask(count) == before


def test_what_a_session_for_writing_would_write_is_rolled_back(neo4j_store: Store) -> None:
    """Should a server take a write in a session for reading, nothing of it stays."""
    with neo4j_store.driver() as driver, driver.session(database=neo4j_store.database) as session:
        reader = Reader(session, StoreAddress(neo4j_store.uri), 10.0)
        assert reader.ask("CREATE (m:Mark) RETURN m.x IS NULL AS made", {}).found == ((True,),)
    assert neo4j_store.ask("MATCH (m:Mark) RETURN m") == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("RETRN 1",), "The database does not take this query: Invalid input 'RETRN'"),
        (("RETURN $x",), "Expected parameter(s): x."),
        (("RETURN 1 / 0",), "The database does not take this query: / by zero."),
        (("RETURN 1", "--param", "x"), "'x' is no parameter."),
        (("RETURN $x", "--param", 'x="\\ud800"'), "A parameter cannot be sent:"),
        (("RETURN $x", "--param", "x=9223372036854775808"), "The value of 'x' is too large a number."),
        (("strongest-path",), "No question 'strongest-path'."),
        (("neighbours", "--param", "from=BDNF"), "'neighbours' has no parameter 'from'."),
    ],
)
def test_a_wrong_question_is_told_in_a_line_and_a_hint(ask_store: Ask, words: tuple[str, ...], told: str) -> None:
    """Status 2, no traceback."""
    said = ask_store("cypher", *words)
    error, hint = said.err.splitlines()
    assert (said.status, said.out) == (2, "")
    assert error.startswith(f"error: {told}")
    assert hint.startswith("hint: ")


def test_a_query_that_takes_too_long_is_ended(ask_store: Ask) -> None:
    """By the server, after the seconds given."""
    said = ask_store("cypher", "UNWIND range(1, 1000000000000) AS x RETURN count(x)", "--timeout", "0.5")
    assert (said.status, said.err.splitlines()[0]) == (3, "error: The query took longer than 0.5 s.")


def test_free_answers_are_printed_sensibly(ask_store: Ask) -> None:
    """Nodes by name, relationships by type, paths in a line, lists and mappings in words, hours as ISO 8601."""
    text = (
        "MATCH p = (:Entity {name: 'ketamine'})-[:INHIBITS]->(b:Entity {name: 'NMDA receptor'})<-[:ABOUT_OBJECT]-() "
        "RETURN b, relationships(p)[0] AS r, p, [1, null, {a: b}] AS l, date('2020-01-02') AS d, 1.5 AS x, true AS t, "
        "null AS n, point({x: 1, y: 2}) AS at ORDER BY p LIMIT 1"
    )
    (row,) = [json.loads(line) for line in ask_store("cypher", text, "--format", "jsonl").out.splitlines()]
    path = row.pop("p")
    assert path.startswith("ketamine -[INHIBITS]-> NMDA receptor <-[ABOUT_OBJECT]- ")
    assert row == {
        "b": "NMDA receptor",
        "r": "[INHIBITS]",
        "l": "1, -, {a: NMDA receptor}",
        "d": "2020-01-02",
        "x": 1.5,
        "t": True,
        "n": None,
        "at": "{srid: 7203, coordinates: 1.0, 2.0}",
    }
    whole = json.loads(ask_store("cypher", text, "--format", "json").out)["rows"][0]
    assert whole["b"]["labels"] == ["Entity", "Receptor"]
    assert whole["l"][2]["a"] == whole["b"]
    assert [link["forward"] for link in whole["p"]["relationships"]] == [True, False]


@pytest.mark.parametrize("format", ["table", "tsv", "csv", "markdown", "json"])
def test_nothing_in_an_answer_steers_a_terminal(ask_store: Ask, format: str) -> None:
    """Control characters and markup are data."""
    said = ask_store("cypher", r"RETURN '\u001b[31mred\u202e' AS a, '[bold]b[/bold]' AS b", "--format", format)
    assert said.status == 0
    assert "\x1b" not in said.out
    assert "[31mred" in said.out
    assert "[bold]b[/bold]" in said.out


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("DELETE m", "holds no mechanism graph."),
        ("SET m.complete = false", "holds a graph whose loading has not come to its end."),
        ("SET m.schema_version = 99", "holds a graph of schema version 99; this ketamech reads version 1."),
        ("REMOVE m.schema_version", "holds a graph of schema version None; this ketamech reads version 1."),
    ],
)
def test_what_is_not_wholly_loaded_is_not_answered_from(
    ask_store: Ask, neo4j_running: Store, change: str, told: str
) -> None:
    """Neither a saved question nor another command trusts it; free Cypher may still look around."""
    neo4j_running.ask(f"MATCH (m:GraphMeta) {change}")
    try:
        for words in (("cypher", "what-is-in-here"), ("search", "ketamine", "--engine", "neo4j")):
            said = ask_store(*words)
            assert (said.status, said.err.splitlines()[0].endswith(told)) == (3, True), said
        assert ask_store("cypher", "RETURN 1").status == 0
    finally:
        neo4j_running.empty()


@pytest.mark.parametrize(
    "words",
    [
        ("paths", "ketamine", "forced-swim immobility"),
        ("evidence", "ketamine", "NMDA receptor"),
        ("conflicts",),
        ("search", "ketmine"),
    ],
)
@pytest.mark.parametrize("format", ["json", "tsv", "table"])
def test_both_engines_write_the_same(ask_store: Ask, words: tuple[str, ...], format: str) -> None:
    """Byte for byte, with the same status."""
    here = ask_store(*words, "--format", format, *SMALL_FOLDER)
    there = ask_store(*words, "--format", format, "--engine", "neo4j")
    assert there == here
    assert here.status in (0, 1)


def test_an_engine_has_one_knowledge(ask: Ask) -> None:
    """--engine neo4j and --knowledge are two sources."""
    said = ask("search", "x", "--engine", "neo4j", *SMALL_FOLDER)
    assert (said.status, said.err.splitlines()[0]) == (2, "error: --engine neo4j asks the database, not --knowledge.")


@pytest.mark.parametrize("words", [("cypher", "RETURN 1"), ("paths", "a", "b", "--engine", "neo4j")])
def test_a_database_that_is_down_is_told_at_once(
    ask: Ask, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Status 3 and a remedy."""
    uri = f"bolt://127.0.0.1:{free_port()}"
    monkeypatch.setenv("NEO4J_URI", uri)
    monkeypatch.setenv("NEO4J_PASSWORD", "any password")
    said = ask(*words)
    assert (said.status, said.out) == (3, "")
    assert (
        said.err == f"error: No database answers at {uri}.\nhint: Start one: `make neo4j`, or `docker compose up -d`.\n"
    )


@pytest.mark.parametrize(
    ("name", "value", "status"),
    [
        ("NEO4J_PASSWORD", "not the password", 3),
        ("NEO4J_DATABASE", "nowhere", 3),
        ("NEO4J_URI", "bolt://localhost:port", 2),
        ("NEO4J_URI", "localhost:7687", 2),
    ],
)
def test_a_wrong_door_is_told(
    ask_store: Ask, name: str, value: str, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Password, database and address each have their own words."""
    monkeypatch.setenv(name, value)
    said = ask_store("cypher", "RETURN 1")
    assert (said.status, said.out) == (status, "")
    assert "Traceback" not in said.err
    assert len(said.err.splitlines()) == 2


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("x=1", 1),
        ("x=-1.5", -1.5),
        ("x=null", None),
        ("x=true", True),
        ('x=["a", "b"]', ["a", "b"]),
        ('x="1"', "1"),
        ("x=5-HT1B", "5-HT1B"),
        ("x=NaN", "NaN"),
        ("x=a=b", "a=b"),
        ("x=", ""),
    ],
)
def test_a_value_is_read_as_json_or_else_as_text(text: str, value: object) -> None:
    """What is no JSON needs no quotes."""
    assert read_parameter(text) == ("x", value)


def test_the_examples_of_the_help_work(ask: Ask, neo4j_running: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """As they stand, on the packaged knowledge."""
    for name, value in neo4j_running.environment().items():
        monkeypatch.setenv(name, value)
    filled(KNOWLEDGE["packaged"](), neo4j_running)
    found = re.findall(r"^ +ketamech (cypher.*)$", ask("cypher", "--help").out, flags=re.MULTILINE)
    examples = [shlex.split(text) for text in found if not text.startswith("cypher [")]
    assert len(examples) == 2
    for words in examples:
        said = ask(*words)
        assert (said.status, said.err) == (0, "")
        assert said.out


def test_the_fields_of_the_json_are_those_of_the_document(ask_store: Ask) -> None:
    """docs/json.md names every field of a row's frame, of nodes, relationships and paths, and of the list."""
    section = (Path(__file__).parent.parent / "docs" / "json.md").read_text(encoding="utf-8").split("## cypher\n")[1]
    told = set(re.findall(r"[\"`](\w+)[\"`]", section.partition("\n## ")[0]))
    answer = json.loads(ask_store("cypher", "neighbours", "--format", "json").out)
    path = answer["rows"][0]["path"]
    listed = json.loads(ask_store("cypher", "--format", "json").out)
    fields = {*answer, *answer["query"], *path, *path["nodes"][0], *path["relationships"][0], *listed}
    fields |= {*listed["questions"][0], *listed["questions"][0]["parameters"][0]}
    assert told == fields | {"null"}


def test_hostile_values_are_data(neo4j_running: Store, ask_store: Ask) -> None:
    """A value that looks like Cypher is looked for, not run."""
    filled(KNOWLEDGE["hostile"](), neo4j_running)
    said = ask_store("cypher", "neighbours", "--param", "entity=') DETACH DELETE n //", "--format", "jsonl")
    found = [json.loads(line)["edge"] for line in said.out.splitlines()]
    assert "X:'1|inhibits|X:4" in found
