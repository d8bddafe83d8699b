"""Writing a graph into Neo4j: the only writer that knows the driver.

A load may be cut at any moment and begun again: every batch is idempotent. `(:GraphMeta)` says which load the
store holds and whether it is complete: no while a load is on its way, yes in its last transaction, which also
removes what this loader had put there and the graph no longer has. Data of others are never touched.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from importlib.metadata import version
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, TypeVar

from ketamech.graph.errors import DatabaseError, KetamechError
from ketamech.graph.store import LOADER, STORE_SCHEMA, StoreAddress, database_error
from ketamech.graph.store_answers import Changes, LoadAnswer, Sent
from ketamech.graph.stored import META_ID, LinkRows, NodeRows, StoreRows
from ketamech.loaders import neo4j_cypher as cypher

if TYPE_CHECKING:
    import neo4j

T = TypeVar("T")
Progress = Callable[[str, int], None]
Work = Callable[["_Counted"], T]

BATCH: Final = 1000
RETRY_SECONDS: Final = 30.0
COMMITS: Final = 5
SWEEP: Final = 20_000


def load(
    rows: StoreRows,
    address: StoreAddress,
    *,
    batch_size: int = BATCH,
    wait: float = 0.0,
    progress: Progress = lambda _stage, _done: None,
) -> LoadAnswer:
    """Bring a database to hold these rows and no others of this loader; raise DatabaseError.

    `wait` is how many seconds to wait for a database that does not answer yet. A load that broke is repeated as it
    is. Two loads of the same graph may run at once; of two different ones the later wins and the other is told.
    """
    import neo4j

    with _border(address):
        driver = neo4j.GraphDatabase.driver(
            address.uri,
            auth=(address.user, address.password),
            max_transaction_retry_time=RETRY_SECONDS,
            connection_timeout=15.0,
            notifications_min_severity=neo4j.NotificationMinimumSeverity.OFF,
            user_agent=f"ketamech/{version('ketamech')}",
        )
        with driver:
            _reach(driver, address, wait)
            with driver.session(database=address.database) as session:
                return _Loading(session, rows, address, batch_size, progress).run()


def plan(rows: StoreRows, address: StoreAddress) -> LoadAnswer:
    """Tell what a load would send, without asking any database."""
    sent = [Sent("node", n.kind or n.label, len(list(n.rows))) for n in rows.nodes]
    sent += [Sent("relationship", r.type, len(list(r.rows))) for r in rows.links]
    return LoadAnswer(address.database, address.uri, rows.load, rows.content, _summed(sent)).planned()


@contextmanager
def _border(address: StoreAddress) -> Iterator[None]:
    """Let no exception of the driver through as it is."""
    from neo4j.exceptions import DriverError, Neo4jError

    try:
        yield
    except KetamechError:
        raise
    except (DriverError, Neo4jError, OSError) as error:
        raise database_error(error, address) from error


def _reach(driver: neo4j.Driver, address: StoreAddress, wait: float) -> None:
    """Ask for one answer, not letting the driver try again for half a minute on its own account."""
    from neo4j.exceptions import DatabaseUnavailable, ServiceUnavailable

    end = time.monotonic() + wait
    while True:
        try:
            with driver.session(database=address.database) as session:
                session.run("RETURN 1").consume()
            return
        except (ServiceUnavailable, DatabaseUnavailable, OSError):
            if time.monotonic() >= end:
                raise
            time.sleep(min(0.5, wait))


class _Counted:
    """Run queries in one transaction and count what they change."""

    def __init__(self, transaction: neo4j.ManagedTransaction) -> None:
        self._transaction = transaction
        self.changes = Changes()

    def ask(self, query: str, **values: Any) -> Any:
        """Give the one value that a query returns, or None."""
        result = self._transaction.run(query, values)
        found = result.value()
        c = result.consume().counters
        self.changes += Changes(
            c.nodes_created,
            c.nodes_deleted,
            c.relationships_created,
            c.relationships_deleted,
            c.properties_set,
            c.labels_added,
            c.labels_removed,
            c.constraints_added,
            c.indexes_added,
        )
        return found[0] if found else None


class _Loading:
    """One load on its way."""

    def __init__(
        self, session: neo4j.Session, rows: StoreRows, address: StoreAddress, batch_size: int, progress: Progress
    ) -> None:
        self._session = session
        self._rows = rows
        self._address = address
        self._batch_size = batch_size
        self._progress = progress
        self._ours = {"graph": META_ID, "loader": LOADER, "load": rows.load}
        self._changes = Changes()
        self._done = 0
        self._settled = False

    def run(self) -> LoadAnswer:
        """Make the schema, announce the load, write, sweep, declare it complete."""
        self._progress("constraints and indexes", 0)
        self._refuse_newer()
        self._write(_make_schema)
        self._write(lambda tx: tx.ask("CALL db.awaitIndexes(300)"))
        self._begin()
        sent = [self._nodes(group) for group in self._rows.nodes]
        sent += [self._links(found) for found in self._rows.links]
        self._progress("removing what is stale", self._done)
        self._sweep()
        self._write(lambda tx: self._finish(tx, sent))
        self._progress("complete", self._done)
        a = self._address
        return LoadAnswer(a.database, a.uri, self._rows.load, self._rows.content, _summed(sent), self._changes)

    def _meta(self) -> dict[str, Any]:
        return self._write(lambda tx: tx.ask(cypher.READ_META, graph=META_ID)) or {}

    def _refuse_newer(self) -> None:
        found = self._meta().get("schema_version", 0)
        if isinstance(found, int) and found > STORE_SCHEMA:
            raise DatabaseError(
                f"'{self._address.database}' holds a graph of schema version {found}, newer than {STORE_SCHEMA}.",
                "Load with the newer ketamech, or into another database.",
            )

    def _begin(self) -> None:
        """Announce the load, unless the very same one is there and complete."""
        meta = {
            "id": META_ID,
            "name": "ketamech",
            "loader": LOADER,
            "load": self._rows.load,
            "content_sha256": self._rows.content,
            "schema_version": STORE_SCHEMA,
            "tool_version": version("ketamech"),
        }

        def begin(tx: _Counted) -> bool:
            found = tx.ask(cypher.READ_META, graph=META_ID) or {}
            if found.get("complete") is True and meta.items() <= found.items():
                return True
            tx.ask(cypher.BEGIN, graph=META_ID, meta={**meta, "complete": False})
            return False

        self._settled = self._write(begin)

    def _nodes(self, group: NodeRows) -> Sent:
        query = cypher.nodes(group.label, group.kind)
        stamp = {"loader": LOADER, "load": self._rows.load}
        rows = ({"id": row["id"], "properties": {**row, **stamp}} for row in group.rows)
        return Sent(
            "node",
            group.kind or group.label,
            self._batches(query, rows, group.kind or group.label, **cypher.other_kinds(group.kind)),
        )

    def _links(self, group: LinkRows) -> Sent:
        query = cypher.links(group.type, group.start, group.end, group.key)
        stamp = {"loader": LOADER, "load": self._rows.load}
        rows = (
            {"start": start, "end": end, "key": row[group.key], "properties": {**row, **stamp}}
            for start, end, row in group.rows
        )
        return Sent("relationship", group.type, self._batches(query, rows, group.type))

    def _batches(self, query: str, rows: Iterable[dict[str, Any]], what: str, **more: object) -> int:
        """Write rows in batches, each in a transaction of its own; give their number."""
        count = 0
        rest = iter(rows)
        while batch := list(islice(rest, self._batch_size)):
            stored = self._write(partial(self._batch, query=query, batch=batch, what=what, more=more))
            count += stored
            self._done += stored
            self._progress(what, self._done)
        return count

    def _batch(
        self, tx: _Counted, *, query: str, batch: list[dict[str, Any]], what: str, more: dict[str, object]
    ) -> int:
        self._hold(tx)
        stored = tx.ask(query, rows=batch, loader=LOADER, **more)
        if stored != len(batch):
            raise DatabaseError(
                f"Of {len(batch)} rows of {what} only {stored} could be stored in '{self._address.database}': "
                "their ids are taken by data that are not ours, or their ends are missing.",
                "Load into a database of its own.",
            )
        return len(batch)

    def _hold(self, tx: _Counted) -> None:
        """Make sure that no other load has begun; wait for a batch of it that is being written."""
        before = tx.changes
        if not tx.ask(cypher.STILL if self._settled else cypher.HOLD, **self._ours):
            raise DatabaseError(
                f"Another load into '{self._address.database}' at {self._address.uri} has begun; this one gives way.",
                "Load again when the other is complete.",
            )
        tx.changes = before

    def _sweep(self) -> None:
        """Leave to the last transaction no more stale rows than fit into one."""
        for count, sweep in (
            (cypher.STALE_LINKS, cypher.SWEEP_LINKS),
            (cypher.STALE_NODES, cypher.SWEEP_NODES),
        ):
            left = self._write(partial(self._count, query=count))
            while left > SWEEP:
                self._write(partial(self._sweep_some, query=sweep))
                left -= SWEEP

    def _count(self, tx: _Counted, *, query: str) -> int:
        return int(tx.ask(query, **self._ours))

    def _sweep_some(self, tx: _Counted, *, query: str) -> None:
        self._hold(tx)
        tx.ask(query, limit=SWEEP, **self._ours)

    def _finish(self, tx: _Counted, sent: Iterable[Sent]) -> None:
        """Remove what is stale, compare what is stored with what was sent, declare the load complete."""
        self._hold(tx)
        everything = 2**62
        tx.ask(cypher.SWEEP_LINKS, limit=everything, **self._ours)
        tx.ask(cypher.SWEEP_NODES, limit=everything, **self._ours)
        handed = tx.ask(cypher.HAND_OVER, **self._ours)
        tx.changes += Changes(handed_over=handed)
        totals = {}
        for element, query in (("node", cypher.COUNT_NODES), ("relationship", cypher.COUNT_LINKS)):
            wanted = sum(s.rows for s in sent if s.element == element)
            found = tx.ask(query, **self._ours)
            if found != wanted:
                raise DatabaseError(
                    f"{wanted} {element}s were sent, but '{self._address.database}' holds {found} of them.",
                    "Load again; if that does not help, two rows share an id.",
                )
            totals[f"{element}s"] = found
        if not self._settled:
            before = tx.changes
            tx.ask(cypher.END, graph=META_ID, totals={**totals, "complete": True})
            tx.changes = before

    def _write(self, work: Work[T]) -> T:
        """Run one transaction to its end; a commit whose fate is unknown is run again, since all are idempotent."""
        from neo4j.exceptions import ForbiddenOnReadOnlyDatabase, IncompleteCommit

        def counted(transaction: neo4j.ManagedTransaction) -> tuple[T, Changes]:
            tx = _Counted(transaction)
            try:
                return work(tx), tx.changes
            except ForbiddenOnReadOnlyDatabase as error:  # the driver would try again for half a minute
                raise database_error(error, self._address) from error
            except (OverflowError, TypeError, ValueError) as error:
                raise DatabaseError(f"A value cannot be stored: {error}", "Mend the row it stands in.") from error

        for left in reversed(range(COMMITS)):
            try:
                found, changes = self._session.execute_write(counted)
            except IncompleteCommit:
                if not left:
                    raise
            else:
                self._changes += changes
                return found
        raise AssertionError("unreachable")


def _make_schema(tx: _Counted) -> None:
    for statement in cypher.schema():
        tx.ask(statement)


def _summed(sent: Iterable[Sent]) -> tuple[Sent, ...]:
    """Add up rows of one label or type that came in several groups."""
    found: dict[tuple[str, str], int] = {}
    for s in sent:
        if s.rows:
            found[s.element, s.type] = found.get((s.element, s.type), 0) + s.rows
    return tuple(Sent(element, type, rows) for (element, type), rows in found.items())
