"""Reading a database that `ketamech load` has filled: the knowledge in it, and answers to Cypher.

Nothing here writes: sessions are opened for reading, which the server enforces, and every transaction is rolled back.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from ketamech.graph.cypher_answers import CypherAnswer
from ketamech.graph.errors import BadValue, DatabaseError, UsageError
from ketamech.graph.mechanism import MechanismGraph
from ketamech.graph.store import LOADER, STORE_SCHEMA, StoreAddress, database_error
from ketamech.graph.stored import EDGE_TYPES, INTERVENTION_TYPES, META, META_ID, PARENT_TYPES, knowledge_from
from ketamech.queries.neo4j_values import found_value

if TYPE_CHECKING:
    import neo4j

TIMEOUT: Final = 60.0
CONNECT_SECONDS: Final = 10.0
PORT: Final = 7687
_LABELS: Final = ("Entity", "Publication", "Evidence", "Experiment")
_OWN: Final = f"n.loader = '{LOADER}'"
_META: Final = f"MATCH (m:{META} {{id: $id}}) RETURN properties(m)"
_EDGE_ENDS: Final = (
    f"MATCH (a:Entity)-[r:{'|'.join(sorted(EDGE_TYPES.values()))} {{edge_id: $key}}]->(b:Entity) RETURN a.id, b.id"
)
# What bears on the edges from $a to $b: their claims; the experiments that name them, that gave the drug $a and
# watched $b, or that took $a away and watched $b; whatever else those papers did; and what the drugs of these
# experiments do to $a, to what holds it, and to $b: by that the signs of derived edges are settled.
_BEARS: Final = f"""\
MATCH (b:Entity {{id: $b}})<-[:OUTCOME]-(n:Experiment)
WHERE {_OWN} AND (EXISTS {{ (n)-[:OF_DRUG]->(:Entity {{id: $a}}) }}
  OR EXISTS {{ (n)-[:{"|".join(INTERVENTION_TYPES)}]->(:Entity {{id: $a}}) }})
RETURN DISTINCT n.id, n.paper, n.drug
UNION
MATCH (n:Experiment)
WHERE n.edge_id IN $keys AND {_OWN}
RETURN n.id, n.paper, n.drug"""
_CLAIMS: Final = f"""\
UNWIND $subjects AS subject
UNWIND $objects AS object
MATCH (:Entity {{id: subject}})<-[:ABOUT_SUBJECT]-(n:Evidence)-[:ABOUT_OBJECT]->(:Entity {{id: object}})
WHERE {_OWN}
RETURN DISTINCT properties(n)"""
_OF_PAPERS: Final = f"MATCH (n:Experiment) WHERE n.paper IN $papers AND {_OWN} RETURN properties(n)"
_PAPERS: Final = f"MATCH (n:Publication) WHERE n.id IN $papers AND {_OWN} RETURN properties(n)"
_ALL: Final = f"MATCH (n:{{}}) WHERE {_OWN} RETURN properties(n)"
_PARENTS: Final = f"""\
MATCH (a:Entity)-[n:{{}}]->(b:Entity) WHERE n.edge_id IS NULL AND {_OWN} RETURN a.id, b.id, properties(n)"""
_DONE: Final = f"""\
MATCH (a:Experiment)-[n:{{}}]->(b:Entity)
WHERE {_OWN} AND ($ids IS NULL OR a.id IN $ids)
RETURN a.id, b.id, properties(n)"""

Nodes = dict[str, list[Mapping[str, Any]]]


@contextmanager
def open_reader(address: StoreAddress, timeout: float = TIMEOUT) -> Iterator[Reader]:
    """Open a database for reading; raise DatabaseError at once when it does not answer.

    `timeout` is how many seconds the server gives each query.
    """
    _knock(address)
    import neo4j
    from neo4j.exceptions import DriverError, Neo4jError

    try:
        driver = neo4j.GraphDatabase.driver(
            address.uri,
            auth=(address.user, address.password),
            connection_timeout=CONNECT_SECONDS,
            connection_acquisition_timeout=CONNECT_SECONDS,
            max_transaction_retry_time=0.0,
            notifications_min_severity=neo4j.NotificationMinimumSeverity.OFF,
            user_agent="ketamech",
        )
        with driver:
            driver.verify_connectivity()
            with driver.session(database=address.database, default_access_mode=neo4j.READ_ACCESS) as session:
                yield Reader(session, address, timeout)
    except (DriverError, Neo4jError) as error:
        raise database_error(error, address, reading=True) from error


def _knock(address: StoreAddress) -> None:
    """Find out whether anybody listens before the driver is imported, which takes longer."""
    try:
        place = urlsplit(address.uri)
        port = place.port or PORT
    except ValueError as error:
        raise BadValue(f"'{address.uri}' is no address of a database.", "Like bolt://localhost:7687.") from error
    try:
        socket.create_connection((place.hostname or "localhost", port), timeout=CONNECT_SECONDS).close()
    except OSError as error:
        raise database_error(error, address, reading=True) from error


class Reader:
    """Read an open database; a `KnowledgeSource` whose graphs equal those that were loaded."""

    def __init__(self, session: neo4j.Session, address: StoreAddress, timeout: float) -> None:
        self._session = session
        self._address = address
        self._timeout = timeout

    def ask(self, text: str, parameters: Mapping[str, Any], name: str | None = None) -> CypherAnswer:
        """Run one query and give its rows; raise UsageError for one that is wrong or would write."""
        from neo4j.exceptions import ClientError

        try:
            with self._transaction() as transaction:
                result = transaction.run(text.strip().removesuffix(";"), dict(parameters))
                columns = tuple(result.keys())
                found = tuple(tuple(found_value(v) for v in row.values()) for row in result)
        except ClientError as error:
            raise _wrong(error, self._timeout) or error from error
        except (OverflowError, TypeError, ValueError) as error:
            raise BadValue(f"A parameter cannot be sent: {error}", "Texts, numbers, truth values, lists.") from error
        return CypherAnswer(name, dict(parameters), columns, found)

    def check(self) -> None:
        """Raise DatabaseError unless a load stands there complete, in a shape that is known here."""
        with self._transaction() as transaction:
            self._loaded(transaction)

    def named(self) -> MechanismGraph:
        """Give a graph of every entity, without any evidence."""
        return self._graph(lambda _tx: {})

    def whole(self) -> MechanismGraph:
        """Give a graph with all entities, papers, claims and experiments."""
        others = _LABELS[1:]
        return self._graph(lambda tx: {label: _rows(tx, _ALL.format(label)) for label in others}, every=True)

    def about(self, first: str, second: str | None = None) -> MechanismGraph:
        """Give a graph with all that bears on the edges between two entities, or on one edge by its key.

        Where there is no such edge, the whole graph: it knows what the asker may have meant.
        """
        names = self.named()
        if second is None:
            with self._transaction() as transaction:
                ends = [(row[0], row[1]) for row in transaction.run(_EDGE_ENDS, {"key": first})]
        else:
            ends = [(names.entity(first).id, names.entity(second).id)]
        if len(ends) != 1:
            return self.whole()
        a, b = ends[0]
        found = self._graph(lambda tx: _bearing(tx, a, b, (a, *names.wholes(a))))
        return found if found.between(a, b) else self.whole()

    def _graph(self, read: Callable[[neo4j.Transaction], Nodes], *, every: bool = False) -> MechanismGraph:
        """Read entities and, by `read`, other nodes in one transaction; refuse what a load has mixed meanwhile."""
        with self._transaction() as transaction:
            before = self._loaded(transaction)
            nodes: Nodes = {"Entity": _rows(transaction, _ALL.format("Entity")), **read(transaction)}
            links = {t: _links(transaction, _PARENTS.format(t)) for t in PARENT_TYPES.values()}
            if nodes.get("Experiment"):
                ids = None if every else [n["id"] for n in nodes["Experiment"]]
                links |= {t: _links(transaction, _DONE.format(t), ids=ids) for t in INTERVENTION_TYPES}
            if self._loaded(transaction)["load"] != before["load"]:
                raise self._unfit("was loaded anew while it was read.", "Ask again.")
        return MechanismGraph(knowledge_from(nodes, links, before.get("content_sha256", "")))

    def _loaded(self, transaction: neo4j.Transaction) -> dict[str, Any]:
        found = [row[0] for row in transaction.run(_META, {"id": META_ID})]
        if not found:
            raise self._unfit("holds no mechanism graph.", "Fill it: ketamech load.")
        meta: dict[str, Any] = found[0]
        version = meta.get("schema_version")
        if version != STORE_SCHEMA:
            newer = isinstance(version, int) and version > STORE_SCHEMA
            remedy = "Use the newer ketamech that loaded it." if newer else "Load again: ketamech load."
            told = f"holds a graph of schema version {version}; this ketamech reads version {STORE_SCHEMA}."
            raise self._unfit(told, remedy)
        if meta.get("complete") is not True:
            raise self._unfit("holds a graph whose loading has not come to its end.", "Load again: ketamech load.")
        return meta

    def _unfit(self, what: str, remedy: str) -> DatabaseError:
        return DatabaseError(f"The database '{self._address.database}' at {self._address.uri} {what}", remedy)

    @contextmanager
    def _transaction(self) -> Iterator[neo4j.Transaction]:
        with self._session.begin_transaction(timeout=self._timeout) as transaction:
            yield transaction
            transaction.rollback()


def _rows(transaction: neo4j.Transaction, query: str, **values: Any) -> list[Mapping[str, Any]]:
    return [row[0] for row in transaction.run(query, values)]


def _links(transaction: neo4j.Transaction, query: str, **values: Any) -> list[tuple[str, str, dict[str, Any]]]:
    return [(row[0], row[1], row[2]) for row in transaction.run(query, values)]


def _bearing(transaction: neo4j.Transaction, a: str, b: str, family: Sequence[str]) -> Nodes:
    keys = [f"{a}|{predicate}|{b}" for predicate in EDGE_TYPES]
    bearing = [tuple(row.values()) for row in transaction.run(_BEARS, {"a": a, "b": b, "keys": keys})]
    papers = sorted({paper for _, paper, _ in bearing})
    drugs = sorted({drug for _, _, drug in bearing if drug})
    claims = {row["id"]: row for row in _rows(transaction, _CLAIMS, subjects=[a], objects=[b])}
    effects = _rows(transaction, _CLAIMS, subjects=drugs, objects=sorted({*family, b}))
    claims |= {row["id"]: row for row in effects}
    experiments = _rows(transaction, _OF_PAPERS, papers=papers)
    cited = sorted({row["paper"] for row in (*claims.values(), *experiments)})
    return {
        "Evidence": list(claims.values()),
        "Experiment": experiments,
        "Publication": _rows(transaction, _PAPERS, papers=cited),
    }


def _wrong(error: neo4j.exceptions.ClientError, seconds: float) -> UsageError | DatabaseError | None:
    """Tell what is wrong with a query; None when it is not the query."""
    code = error.code or ""
    if "Transaction.TransactionTimedOut" in code:
        return DatabaseError(f"The query took longer than {seconds:g} s.", "Ask for less, or give --timeout.")
    if "Statement.AccessMode" in code or "implicit transaction" in (error.message or ""):
        return UsageError("This query would write; here the graph is only read.", "Write with `ketamech load`.")
    if "ParameterMissing" in code:
        return UsageError(_first(error), "Give it: --param name=value.")
    if ".Statement." in code or ".Procedure." in code:
        return UsageError(f"The database does not take this query: {_first(error)}", "See docs/neo4j-browser.md.")
    return None


def _first(error: neo4j.exceptions.ClientError) -> str:
    lines = [line.strip() for line in (error.message or str(error)).splitlines()]
    return next((line for line in lines if line), "no reason given").rstrip(".") + "."
