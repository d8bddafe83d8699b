"""`load` and `export`: the graph into a database, or into the files that a database imports."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ketamech.cli.formats import clean, progress, say, write
from ketamech.cli.options import FormatOption, KnowledgeOption, graph_of
from ketamech.cli.store_settings import DatabaseOption, UriOption, UserOption, store_address

if TYPE_CHECKING:
    from ketamech.graph.store_answers import LoadAnswer


class Target(StrEnum):
    """Name what files are written for."""

    NEO4J_CSV = "neo4j-csv"


def load(
    uri: UriOption = None,
    user: UserOption = None,
    database: DatabaseOption = None,
    batch_size: Annotated[int, typer.Option("--batch-size", min=1, max=100_000, help="Rows per transaction.")] = 1000,
    wait: Annotated[
        float, typer.Option("--wait", min=0, help="Seconds to wait for a database that does not answer yet.")
    ] = 0,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only count what would be sent; ask no database.")] = False,
    format: FormatOption = None,
    knowledge: KnowledgeOption = None,
) -> None:
    """Bring a Neo4j database to hold the graph; loading again changes nothing, and others' data stay untouched.

    NEO4J_URI, NEO4J_USERNAME, NEO4J_PASSWORD and NEO4J_DATABASE are read from the environment or from .env; the
    password is asked for on a terminal. Exit status 3: no database, or it refuses.

    \b
    Examples:
      ketamech load --dry-run
      ketamech load --wait 60
    """
    from ketamech.loaders.neo4j_rows import store_rows
    from ketamech.loaders.neo4j_store import load as fill
    from ketamech.loaders.neo4j_store import plan

    address = store_address(uri, user, database, ask_password=not dry_run)
    rows = store_rows(graph_of(knowledge))
    if dry_run:
        answer = plan(rows, address)
    else:
        with progress(rows.total) as told:
            answer = fill(rows, address, batch_size=batch_size, wait=wait, progress=told)
    write(answer, format)
    say(clean(_told(answer)))


def export(
    folder: Annotated[Path, typer.Argument(help="New or empty folder to write into.")],
    to: Annotated[Target, typer.Option("--to", help="What to write the files for.")] = Target.NEO4J_CSV,
    format: FormatOption = None,
    knowledge: KnowledgeOption = None,
) -> None:
    """Write the graph as the CSV files that `neo4j-admin database import full` reads, with its arguments.

    For databases to be filled while they are stopped; the import has no constraints, the next `load` makes them.

    \b
    Examples:
      ketamech export for-neo4j
      ketamech export --to neo4j-csv for-import --format json
    """
    from ketamech.loaders.neo4j_csv import ARGUMENTS, write_csv
    from ketamech.loaders.neo4j_rows import store_rows

    if to is Target.NEO4J_CSV:
        answer = write_csv(store_rows(graph_of(knowledge)), folder)
        write(answer, format)
        say(f"In {clean(str(folder))}: neo4j-admin database import full neo4j --overwrite-destination @{ARGUMENTS}")


def _told(answer: LoadAnswer) -> str:
    # the GraphMeta node, which says what was loaded, is none of the rows, but the database counts it as created
    counted = f"{answer.nodes:,} nodes, the node GraphMeta and {answer.relationships:,} relationships"
    if answer.dry_run:
        return f"would send {counted} to {answer.database} at {answer.uri}"
    if answer.unchanged:
        return f"{answer.database} at {answer.uri} holds these {counted} already; nothing changed"
    c = answer.changes
    left = f"; {c.handed_over} stale nodes stay, since others' relationships end there" if c.handed_over else ""
    return (
        f"loaded {counted} into {answer.database} at {answer.uri}: "
        f"{c.nodes_created:,} nodes and {c.relationships_created:,} relationships created, "
        f"{c.nodes_deleted:,} and {c.relationships_deleted:,} deleted, {c.properties_set:,} properties set{left}"
    )
