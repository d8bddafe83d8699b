"""The server that the tests speak to: the first of these that there is.

1. NEO4J_URI, with NEO4J_USERNAME and NEO4J_PASSWORD: a server of yours. ITS DATABASE IS EMPTIED by the tests.
2. A running Docker and testcontainers.
3. Java and Maven: a server from the published jars.

Without any the tests are skipped and say what is missing; KETAMECH_REQUIRE_NEO4J=1 makes that a failure.
KETAMECH_NEO4J_VERSION chooses the release of 2 and 3.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from neo4jserver.jars import LTS, Missing, jars, missing
from neo4jserver.server import Server

if TYPE_CHECKING:
    import neo4j

VERSION = os.environ.get("KETAMECH_NEO4J_VERSION", LTS)
MakeServer = Callable[..., Server]


@dataclass(frozen=True)
class Store:
    """Say where a running server is and who may enter."""

    uri: str
    user: str
    password: str
    database: str = "neo4j"

    @contextmanager
    def driver(self) -> Iterator[neo4j.Driver]:
        """Open the official driver on it."""
        import neo4j

        with neo4j.GraphDatabase.driver(self.uri, auth=(self.user, self.password)) as driver:
            yield driver

    def ask(self, query: str, **values: object) -> list[dict[str, Any]]:
        """Run one query and give its rows."""
        with self.driver() as driver:
            answer = driver.execute_query(query, dict(values), database_=self.database)
            return [row.data() for row in answer.records]

    def empty(self) -> None:
        """Delete every node; constraints and indexes stay, as they would for a user."""
        with self.driver() as driver, driver.session(database=self.database) as session:
            session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS").consume()

    def environment(self) -> dict[str, str]:
        """Give the variables by which `ketamech` finds it."""
        return {
            "NEO4J_URI": self.uri,
            "NEO4J_USERNAME": self.user,
            "NEO4J_PASSWORD": self.password,
            "NEO4J_DATABASE": self.database,
        }


def lacking(what: str, version: str) -> None:
    """Skip, or fail where CI insists on a server (of the release under test; others are tried where they run)."""
    if os.environ.get("KETAMECH_REQUIRE_NEO4J") and version == VERSION:
        pytest.fail(f"KETAMECH_REQUIRE_NEO4J is set, but there is no Neo4j server to test with: missing {what}")
    pytest.skip(f"no Neo4j server to test with: missing {what}")


def _docker() -> bool:
    if importlib.util.find_spec("testcontainers") is None or not shutil.which("docker"):
        return False
    return subprocess.run(["docker", "info"], capture_output=True, check=False).returncode == 0


@contextmanager
def _container() -> Iterator[Store]:
    from testcontainers.neo4j import Neo4jContainer

    with Neo4jContainer(f"neo4j:{VERSION}-community", password="only-for-tests") as made:  # noqa: S106
        yield Store(made.get_connection_url(), "neo4j", "only-for-tests")


@pytest.fixture(scope="session")
def neo4j_running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Give one running server for the whole session; `neo4j_store` is the same, emptied."""
    if os.environ.get("NEO4J_URI"):
        given = {name: os.environ.get(f"NEO4J_{name}") for name in ("URI", "USERNAME", "PASSWORD", "DATABASE")}
        yield Store(
            str(given["URI"]), given["USERNAME"] or "neo4j", given["PASSWORD"] or "", given["DATABASE"] or "neo4j"
        )
    elif _docker():
        with _container() as store:
            yield store
    else:
        server = make_server(tmp_path_factory.mktemp("neo4j"))
        server.start()
        yield Store(server.uri, server.user, server.password)
        server.kill()  # its home goes with the test: nothing to put in order


@pytest.fixture
def neo4j_store(neo4j_running: Store) -> Store:
    """Give a running server with an empty database."""
    neo4j_running.empty()
    return neo4j_running


def make_server(home: Path, version: str = VERSION, **choices: object) -> Server:
    """Make a server of the test's own, not started: one that may be killed."""
    what = missing(version)
    if what:
        lacking(what, version)
    try:
        jars(version)
    except Missing as error:
        lacking(str(error), version)
    return Server(home, version, **{"short_lived": True, **choices})  # type: ignore[arg-type]


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[MakeServer]:
    """Make servers of the test's own; what still runs at the end is killed."""
    made: list[Server] = []

    def make(home: Path | None = None, version: str = VERSION, **choices: object) -> Server:
        made.append(make_server(home or tmp_path / "neo4j", version, **choices))
        return made[-1]

    yield make
    for server in made:
        server.kill()
