"""`paths` and `page`: the ranked routes of a question, told or drawn."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from ketamech.cli.asked import Asked, asks, without_path
from ketamech.cli.formats import Format, chosen, say, write
from ketamech.cli.options import Engine, EngineOption, FormatOption, KnowledgeOption, graph_of, source_of
from ketamech.graph.errors import BadValue


@asks
def paths(
    asked: Asked,
    format: FormatOption = None,
    knowledge: KnowledgeOption = None,
    engine: EngineOption = Engine.MEMORY,
) -> None:
    """Rank the mechanism paths from one entity to another, each step with its evidence.

    \b
    Examples:
      ketamech paths ketamine "antidepressant-like behaviour" --by 3h
      ketamech paths ketamine "5-HT1B binding" --species macaque --format json
    """
    from ketamech.cli.tell_paths import paths_text
    from ketamech.queries.paths import find_paths

    query = asked.query()
    with source_of(engine, knowledge) as source:
        answer = find_paths(source.whole(), query)
    write(answer, format, paths_text(answer) if chosen(format) is Format.TABLE else None)
    if answer.stopped:
        say("The search was stopped at its work limit: stronger filters or a smaller --max-length complete it.")
    if not answer.paths:
        rest = f" within {query.max_length} steps in this context."
        without_path(answer.source, answer.target, rest, "loosen a filter, or allow more steps with --max-length.")


@asks
def page(
    asked: Asked,
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write.")] = Path("ketamech.html"),
    split: Annotated[bool, typer.Option("--split", help="Two answers on one page: --by and --after apart.")] = False,
    around: Annotated[
        int, typer.Option("--around", min=0, max=2, help="Also neighbours so many steps from the paths: 0, 1 or 2.")
    ] = 0,
    open_it: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
    knowledge: KnowledgeOption = None,
) -> None:
    """Draw the answer of a question as one page that needs no network, and print its path.

    \b
    Examples:
      ketamech page ketamine "antidepressant-like behaviour" -o ketamine.html
      ketamech page ketamine "5-HT1B binding" --species macaque --around 1 -o macaque.html --open
    """
    from ketamech.cli.pages import write_page

    query = asked.query()
    if split and (query.by is None or query.after is None):
        raise BadValue("--split needs --by and --after.", "Give both, for example --by 3h --after 12h --split.")
    queries = [replace(query, after=None), replace(query, by=None)] if split else [query]
    write_page(graph_of(knowledge), queries, output, around)
    typer.echo(str(output))
    if open_it:
        typer.launch(output.resolve().as_uri())
