"""The server that the other tests speak to."""

from __future__ import annotations

import pytest
from neo4jserver.fixtures import MakeServer, Store
from neo4jserver.jars import CALENDAR


def test_the_server_is_a_neo4j(neo4j_running: Store) -> None:
    """What answers is Neo4j's own kernel, with a password, not something that speaks like it."""
    (row,) = neo4j_running.ask("CALL dbms.components() YIELD name WHERE name = $name RETURN name", name="Neo4j Kernel")
    assert row == {"name": "Neo4j Kernel"}


def test_what_is_stored_outlives_a_kill(own_server: MakeServer) -> None:
    """A killed server starts again on its home with what it had committed."""
    server = own_server()
    for step in ("CREATE (:Mark)", "MATCH (m:Mark) RETURN count(m)"):
        server.start()
        with server.driver() as driver:
            rows = driver.execute_query(step, database_="neo4j").records
        server.kill()
    assert [row.values() for row in rows] == [[1]]


@pytest.mark.parametrize("version", [CALENDAR])
def test_the_calendar_release_runs_too(own_server: MakeServer, version: str) -> None:
    """The newest release starts from the same recipe, where a newer Java is at hand."""
    server = own_server(version=version)
    server.start()
    with server.driver() as driver:
        (row,) = driver.execute_query("CYPHER 25 RETURN 1 AS one", database_="neo4j").records
    assert row.data() == {"one": 1}
