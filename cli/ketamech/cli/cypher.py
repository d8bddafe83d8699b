"""`cypher`: the saved questions of the database, and free ones; nothing is written."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from ketamech.cli.formats import Format, chosen, clean, rich_table, say, write
from ketamech.cli.options import FormatOption
from ketamech.cli.store_settings import DatabaseOption, UriOption, UserOption, store_address


def cypher(
    question: Annotated[
        str | None, typer.Argument(help="The name of a saved question, or Cypher; leave out to list the saved ones.")
    ] = None,
    param: Annotated[
        list[str] | None, typer.Option("--param", help="name=value, the value as JSON or as text. Repeatable.")
    ] = None,
    timeout: Annotated[float, typer.Option("--timeout", min=0.001, help="Seconds that the server may take.")] = 60,
    text: Annotated[
        bool, typer.Option("--text", help="Print the Cypher of a saved question; ask no database.")
    ] = False,
    uri: UriOption = None,
    user: UserOption = None,
    database: DatabaseOption = None,
    format: FormatOption = None,
) -> None:
    """List the saved Cypher questions, or ask the loaded database one of them, or one of your own; reading only.

    NEO4J_URI, NEO4J_USERNAME, NEO4J_PASSWORD and NEO4J_DATABASE are read from the environment or from .env.

    \b
    Examples:
      ketamech cypher
      ketamech cypher strongest-paths --param source=ketamine --param k=3
    """
    from ketamech.queries.cypher_files import not_held, read_parameter, saved_queries, saved_query, settle

    if question is None:
        answer = saved_queries()
        write(answer, format, rich_table(answer.rows()) if chosen(format) is Format.TABLE else None)
        return
    given = dict(read_parameter(p) for p in param or ())
    saved = saved_query(question) if re.fullmatch(r"[\w-]+", question) else None
    if text and saved:
        typer.echo(saved.text, nl=False)
        return
    from ketamech.queries.neo4j_reader import open_reader

    unknown: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
    with open_reader(store_address(uri, user, database), timeout) as reader:
        if saved:
            reader.check()
            found = reader.ask(saved.query, settle(saved, given), saved.name)
            if not found.found:
                unknown = not_held(given, reader.named().names)
        else:
            found = reader.ask(question, given)
    write(found, format)
    if not found.found:
        say("No rows.")
        for name, value, near in unknown:
            told = f"Did you mean: {', '.join(near)}?" if near else "Find names: ketamech cypher find --param text=..."
            say(clean(f"hint: {name}: the database holds no '{value}'. {told}"))
        raise typer.Exit(1)
