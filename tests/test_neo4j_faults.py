"""What goes wrong between a load and a real Neo4j, and what stands there afterwards."""

from __future__ import annotations

import inspect
import threading
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from builders import Part, claim, experiment, graph, paper
from conftest import Ask
from neo4j import exceptions
from neo4jserver.fixtures import Store, make_server
from neo4jserver.proxy import CutAtCommit
from neo4jserver.reading import meta, read_back, whole
from neo4jserver.server import Server, free_port

from ketamech.graph.errors import DatabaseError, KetamechError
from ketamech.graph.mechanism import MechanismGraph
from ketamech.graph.store import StoreAddress, database_error
from ketamech.graph.stored import LinkRow, LinkRows, StoreRows
from ketamech.loaders import neo4j_store as writer
from ketamech.loaders.neo4j_rows import store_rows
from ketamech.loaders.neo4j_store import load

HERE = StoreAddress("bolt://host", "me", "secret", "data")
SOME = tuple(claim("drug", "increases", f"p{n}", source=paper(f"k{n}")) for n in range(12))
OTHER: tuple[Part, ...] = (*SOME[:6], experiment("knockout", "p1", "abolishes", "relief", drug="drug", change=1))


def address(store: Store, *, port: int | None = None) -> StoreAddress:
    uri = f"bolt://127.0.0.1:{port}" if port else store.uri
    return StoreAddress(uri, store.user, store.password, store.database)


def port_of(store: Store) -> int:
    """Give the port of a server on this machine that a proxy can stand before."""
    parts = urlsplit(store.uri)
    if parts.scheme != "bolt" or parts.hostname not in ("localhost", "127.0.0.1"):
        pytest.skip("a proxy stands only before bolt:// on this machine")
    return parts.port or 7687


@pytest.fixture(scope="module")
def killable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Give a server that tests kill and start again."""
    server = make_server(tmp_path_factory.mktemp("killable"))
    server.start()
    yield server
    server.kill()


def store_of(server: Server) -> Store:
    return Store(server.uri, server.user, server.password)


def interrupted(made: MechanismGraph, what: Callable[[], object]) -> StoreRows:
    """Give the rows of a graph, doing something when the first of its relationships have been taken."""
    rows = store_rows(made)

    def links() -> Iterator[LinkRows]:
        for n, group in enumerate(rows.links):
            yield LinkRows(group.type, group.start, group.end, acting(list(group.rows), n == 0), group.key)

    def acting(found: list[LinkRow], first: bool) -> Iterator[LinkRow]:
        yield from found[:4]
        if first:
            what()
        yield from found[4:]

    return StoreRows(rows.nodes, links(), rows.load, rows.content)


def test_no_server(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody listens, one error and one hint say so, with exit status 3 and no traceback."""
    monkeypatch.setenv("NEO4J_PASSWORD", "secret word")
    uri = f"bolt://127.0.0.1:{free_port()}"
    for scheme in ("bolt", "neo4j"):
        said = ask("load", "--uri", uri.replace("bolt", scheme))
        assert (said.status, said.out) == (3, "")
        error, hint = said.err.splitlines()
        assert error == f"error: No database answers at {uri.replace('bolt', scheme)}."
        assert hint.startswith("hint: Start it")


def test_a_server_that_comes_late_is_waited_for(neo4j_store: Store) -> None:
    """With --wait a load begins as soon as the database answers."""
    port = free_port()
    late = threading.Timer(1.5, lambda: proxies.append(CutAtCommit(port_of(neo4j_store), port=port).__enter__()))
    proxies: list[CutAtCommit] = []
    late.start()
    load(store_rows(graph(*SOME)), address(neo4j_store, port=port), wait=60)
    late.join()
    proxies[0].__exit__(None, None, None)
    assert read_back(neo4j_store) == graph(*SOME).knowledge


def test_a_wrong_password_is_tried_once(neo4j_running: Store, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    """No loop: a server locks accounts after a few wrong passwords. The password is not shown."""
    monkeypatch.setenv("NEO4J_USERNAME", "nobody")
    monkeypatch.setenv("NEO4J_PASSWORD", "not the word")
    with CutAtCommit(port_of(neo4j_running)) as proxy:
        said = ask("load", "--uri", f"bolt://127.0.0.1:{proxy.port}", "--wait", "30")
        assert proxy.connections == 1
    assert (said.status, said.out, "not the word" in said.err) == (3, "", False)
    assert "refuses nobody with this password" in said.err


def test_a_database_that_is_not_there(neo4j_running: Store, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The name of the database that is missing is told."""
    for name, value in neo4j_running.environment().items():
        monkeypatch.setenv(name, value)
    said = ask("load", "--database", "nowhere")
    assert (said.status, said.out) == (3, "")
    assert said.err.startswith(f"error: There is no database 'nowhere' at {neo4j_running.uri}.\nhint: ")


def test_a_server_killed_in_mid_load(killable: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed, the store says that it is incomplete; loaded again it is whole. A restart in time goes unnoticed."""
    server, store = killable, store_of(killable)
    load(store_rows(graph(*SOME)), address(store))
    with monkeypatch.context() as patch:
        patch.setattr(writer, "RETRY_SECONDS", 1.0)
        with pytest.raises(DatabaseError, match=r"No database answers|broke"):
            load(interrupted(graph(*OTHER), server.kill), address(store), batch_size=3)
    server.start()
    assert meta(store)["complete"] is False
    load(store_rows(graph(*OTHER)), address(store))
    assert (read_back(store), meta(store)["complete"]) == (graph(*OTHER).knowledge, True)

    def restart() -> None:
        server.kill()
        server.start()

    load(interrupted(graph(*SOME), restart), address(store), batch_size=3)
    assert (read_back(store), meta(store)["complete"]) == (graph(*SOME).knowledge, True)


def test_a_read_only_database(killable: Server) -> None:
    """A database that may not be written is told apart from one that is down, at once."""
    killable.kill()
    killable.settings["server.databases.default_to_read_only"] = "true"
    killable.start()
    before = whole(store_of(killable))
    with pytest.raises(DatabaseError, match=r"The database 'neo4j' at .* is read-only"):
        load(store_rows(graph(*SOME, claim("drug", "inhibits", "p1"))), address(store_of(killable)))
    assert whole(store_of(killable)) == before


@pytest.mark.parametrize("delivered", [False, True])
def test_a_connection_cut_at_commit(neo4j_store: Store, delivered: bool) -> None:
    """Whether the lost COMMIT had been carried out or not: nothing is lost and nothing doubled."""
    rows = store_rows(graph(*SOME))
    port = port_of(neo4j_store)
    with CutAtCommit(port) as proxy:
        load(rows, address(neo4j_store, port=proxy.port))
        count = proxy.commits
    wanted = whole(neo4j_store)
    assert count > 10
    for nth in (2, 4, count // 2, count):
        neo4j_store.empty()
        with CutAtCommit(port, nth=nth, delivered=delivered) as proxy:
            load(rows, address(neo4j_store, port=proxy.port))
            assert proxy.commits == count + 1
        assert whole(neo4j_store) == wanted


def test_a_commit_that_is_always_cut(neo4j_store: Store) -> None:
    """A fate that stays unknown ends as an error that says how to go on."""
    with CutAtCommit(port_of(neo4j_store), nth=8, delivered=True, again=100) as proxy:
        with pytest.raises(DatabaseError, match="broke while data were sent") as caught:
            load(store_rows(graph(*SOME)), address(neo4j_store, port=proxy.port))
        assert proxy.commits == 7 + writer.COMMITS
    assert caught.value.hint.startswith("Load again")
    assert meta(neo4j_store)["complete"] is False


def test_two_loads_of_one_graph_at_once(neo4j_store: Store) -> None:
    """Both succeed, and the store holds everything once."""
    made = graph(*SOME)
    errors: list[BaseException] = []

    def run() -> None:
        try:
            load(store_rows(made), address(neo4j_store), batch_size=2)
        except KetamechError as error:
            errors.append(error)

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert (read_back(neo4j_store), meta(neo4j_store)["complete"]) == (made.knowledge, True)


def test_two_different_loads_at_once(neo4j_store: Store) -> None:
    """The later load wins and is whole; the earlier one gives way and says so."""
    later = graph(*OTHER)

    def rival() -> None:
        load(store_rows(later), address(neo4j_store))

    with pytest.raises(DatabaseError, match=r"Another load .* this one gives way"):
        load(interrupted(graph(*SOME), rival), address(neo4j_store), batch_size=3)
    assert (read_back(neo4j_store), meta(neo4j_store)["complete"]) == (later.knowledge, True)


def foreign() -> list[type[BaseException]]:
    """Name every exception class of the driver."""
    found = [c for _, c in inspect.getmembers(exceptions, inspect.isclass) if issubclass(c, exceptions.GqlError)]
    return [c for c in found if c is not exceptions.GqlError]


@pytest.mark.parametrize("kind", foreign(), ids=lambda c: c.__name__)
def test_no_exception_of_the_driver_comes_through(kind: type[BaseException]) -> None:
    """Each becomes ours, one line without the password, whatever it says."""
    error = kind.__new__(kind)
    Exception.__init__(error, "line one\nline two")
    with pytest.raises(DatabaseError) as caught, writer._border(HERE):
        raise error
    assert caught.value.exit_status == 3
    assert "\n" not in caught.value.message
    assert "secret" not in caught.value.message + caught.value.hint
    assert caught.value.__cause__ is error


@pytest.mark.parametrize(
    ("name", "code", "told"),
    [
        ("AuthError", "Neo.ClientError.Security.Unauthorized", "bolt://host refuses me with this password."),
        ("AuthError", "Neo.ClientError.Security.AuthenticationRateLimit", "bolt://host has locked me out for a while"),
        ("ClientError", "Neo.ClientError.Database.DatabaseNotFound", "There is no database 'data' at bolt://host."),
        ("ForbiddenOnReadOnlyDatabase", "", "The database 'data' at bolt://host is read-only."),
        ("Forbidden", "", "me may not do this in 'data' at bolt://host."),
        ("IncompleteCommit", "", "The connection to bolt://host broke while data were sent."),
        ("RoutingServiceUnavailable", "", "No database answers at bolt://host."),
        (
            "TransientError",
            "Neo.TransientError.General.MemoryPoolOutOfMemoryError",
            "bolt://host has too little memory",
        ),
    ],
)
def test_failures_are_told_apart(name: str, code: str, told: str) -> None:
    """What went wrong is said in words of the user's: who, where, what."""
    kind = type(name, (Exception,), {"code": code})
    assert database_error(kind("x"), HERE).message.startswith(told)


@pytest.mark.parametrize("kind", foreign(), ids=lambda c: c.__name__)
def test_who_only_reads_is_not_sent_to_the_options_of_a_load(kind: type[BaseException]) -> None:
    """`paths --engine neo4j` knows neither --wait nor --batch-size, and loads nothing."""
    error = kind.__new__(kind)
    Exception.__init__(error, "x")
    hint = database_error(error, HERE, reading=True).hint
    assert [word for word in ("--wait", "--batch-size", "--database", "Load again", "write") if word in hint] == []
