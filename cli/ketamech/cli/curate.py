"""`add` and `sources`: beginning the file of a paper, and finding the papers that a note cites."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ketamech.cli.formats import clean, say, write
from ketamech.cli.options import FormatOption, KnowledgeOption, graph_of

Into = Annotated[Path, typer.Option("--into", help="Folder to write into; ./papers unless said otherwise.")]


def add(
    doi: Annotated[str, typer.Argument(help="DOI of the paper, bare or as an address.")],
    key: Annotated[str | None, typer.Option("--key", help="Its key; else made of author and year, or the DOI.")] = None,
    title: Annotated[str | None, typer.Option("--title", help="Exact title as seen.")] = None,
    author: Annotated[str | None, typer.Option("--author", help='As in "Moda-Sava RN et al.".')] = None,
    year: Annotated[int | None, typer.Option("--year", help="Year of publication.")] = None,
    journal: Annotated[str | None, typer.Option("--journal", help="Journal as seen.")] = None,
    pmid: Annotated[str | None, typer.Option("--pmid", help="PubMed number.")] = None,
    into: Into = Path("papers"),
    knowledge: KnowledgeOption = None,
) -> None:
    """Begin the file of a new paper, papers/<key>.yaml, with every field to fill shown; asks no network.

    Refuses a paper that is in the knowledge and never writes over a file. Prints the path of the new file.

    \b
    Examples:
      ketamech add 10.5555/12345678
      ketamech add https://doi.org/10.5555/24242424x --author "Doe J et al." --year 2019
    """
    from ketamech.loaders.defaults import chosen_folders
    from ketamech.loaders.drafts import begin_paper
    from ketamech.loaders.skeleton import Given, bare_doi, default_key

    doi = bare_doi(doi)
    given = Given(doi, key or default_key(doi, author, year), title, author, year, journal, pmid)
    path = begin_paper(given, graph_of(knowledge).knowledge, chosen_folders(knowledge or ()), into)
    typer.echo(bytes(path))
    required, wished = ", ".join(given.left), ", ".join(given.wished)
    say(f"Left to fill: {required} (required); {wished} (where seen); one finding or more.")


def sources(
    note: Annotated[Path, typer.Argument(help="A note or article: Markdown, HTML or plain text.")],
    draft: Annotated[
        Path | None, typer.Option("--draft", help="Folder to begin a file in for every DOI not in the knowledge.")
    ] = None,
    format: FormatOption = None,
    knowledge: KnowledgeOption = None,
) -> None:
    """Find the DOIs, PubMed and PMC numbers and publishers' links of a note, and which papers are known.

    `known` stays empty for PMC numbers and links: the knowledge holds none to compare. Exit status 1: none found.

    \b
    Examples:
      ketamech sources note.md
      ketamech sources note.md --draft papers --format json
    """
    from ketamech.loaders.drafts import draft_unknown
    from ketamech.loaders.note import cited_sources, read_note

    answer = cited_sources(read_note(note), graph_of(knowledge).knowledge, str(note))
    written, kept = draft_unknown(answer, draft) if draft else ([], [])
    write(answer, format)
    for word, paths in (("begun", written), ("kept as it was", kept)):
        for path in paths:
            say(f"{word}: {clean(str(path))}")
    if not answer.sources:
        say(f"No DOI, PubMed number or publisher's link in {clean(str(note))}.")
        raise typer.Exit(1)
