"""Files for `neo4j-admin database import full`, imported for real."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from builders import claim, entity, experiment, graph
from conftest import SMALL, Ask
from neo4jserver.fixtures import MakeServer, Store
from neo4jserver.reading import read_back, whole

from ketamech.graph.errors import BadValue
from ketamech.graph.mechanism import MechanismGraph
from ketamech.graph.store import StoreAddress
from ketamech.loaders import load as load_graph
from ketamech.loaders.neo4j_csv import write_csv
from ketamech.loaders.neo4j_rows import store_rows
from ketamech.loaders.neo4j_store import load

HOSTILE = "a,b;c|d\"e'f\\g\n=1+1\ttab "


def some() -> MechanismGraph:
    """Give the small knowledge, with texts that try the format and types that are both edges and parents."""
    known = load_graph([str(SMALL)]).knowledge
    odd = entity(HOSTILE, "protein", id="zzz:" + HOSTILE, synonyms=[HOSTILE, "x;y"])
    more = graph(
        entity("zzz a", part_of=["zzz w"], is_a=["zzz w"]),
        replace(odd, note=" blank "),
        *(claim("zzz b", predicate, "zzz w", source="zzz") for predicate in ("part_of", "is_a", "located_in")),
        experiment("diet", "zzz a", "mimics", "zzz w", source="zzz"),
    ).knowledge
    placed = [replace(e, located_in="zzz w") if e.id == "zzz a" else e for e in more.entities]
    return MechanismGraph(
        replace(
            known,
            entities=(*known.entities, *placed),
            papers=(*known.papers, *more.papers),
            claims=(*known.claims, *more.claims),
            experiments=(*known.experiments, *more.experiments),
        )
    )


def test_an_import_holds_what_a_load_puts_there(own_server: MakeServer, neo4j_store: Store, tmp_path: Path) -> None:
    """Imported and started, the database equals a loaded one; a load afterwards adds constraints and nothing else."""
    made = some()
    write_csv(store_rows(made), tmp_path / "csv")
    server = own_server()
    words = ("database", "import", "full", "neo4j", "--overwrite-destination", "@import.args")
    said = server.admin(*words, cwd=tmp_path / "csv")
    assert said.returncode == 0, said.stdout + said.stderr
    server.start()
    store = Store(server.uri, server.user, server.password)
    assert read_back(store) == made.knowledge
    load(store_rows(made), StoreAddress(neo4j_store.uri, neo4j_store.user, neo4j_store.password, neo4j_store.database))
    assert sorted(set(whole(store)) ^ set(whole(neo4j_store))) == []
    changes = load(store_rows(made), StoreAddress(store.uri, store.user, store.password)).changes
    assert (changes.nodes_created, changes.properties_set, changes.nodes_deleted) == (0, 0, 0)
    assert changes.constraints_added > 0


def test_the_same_graph_gives_the_same_bytes(tmp_path: Path) -> None:
    """Two exports are equal file by file; every file named by the arguments is there."""
    made = graph(entity("b", synonyms=[HOSTILE]), claim("drug", "increases", "b"))
    for name in ("first", "second"):
        write_csv(store_rows(made), tmp_path / name)
    first, second = ({p.name: p.read_bytes() for p in (tmp_path / n).iterdir()} for n in ("first", "second"))
    assert first == second
    named = [w.rpartition("=")[2] for w in first["import.args"].decode().splitlines() if ".csv" in w]
    assert sorted([*named, "import.args"]) == sorted(first)


def test_an_empty_text_is_not_none(tmp_path: Path) -> None:
    """Texts are quoted, what is absent is not there."""
    write_csv(store_rows(graph(entity("b"), claim("drug", "increases", "b", model=""))), tmp_path / "d")
    head, line = (tmp_path / "d" / "nodes-Evidence.csv").read_text(encoding="utf-8").splitlines()
    assert ("model:string" in head.split(","), "mechanism:string" in head.split(",")) == (True, False)
    assert ',"",' in line


def test_what_cannot_be_written(tmp_path: Path, ask_small: Ask) -> None:
    """A folder that holds something, a file in its place and a text with the joint are refused."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("x", encoding="utf-8")
    said = ask_small("export", str(tmp_path / "mine"))
    assert (said.status, said.out) == (2, "")
    assert "is not empty" in said.err
    assert ask_small("export", str(tmp_path / "mine" / "thesis.txt")).status == 2
    with pytest.raises(BadValue, match=r"U\+001F"):
        write_csv(store_rows(graph(entity("b", synonyms=["a\x1fb"]))), tmp_path / "d")
