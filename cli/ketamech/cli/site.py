"""`site`: the whole knowledge as a folder of pages."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from ketamech.cli.formats import progress, say
from ketamech.cli.options import KnowledgeOption, graph_of


def site(
    folder: Annotated[Path, typer.Argument(help="A new or empty folder, or one that this command wrote before.")],
    open_it: Annotated[bool, typer.Option("--open", help="Open the first page in the browser.")] = False,
    knowledge: KnowledgeOption = None,
) -> None:
    """Write the whole knowledge as linked pages with figures, and print the path of the first one.

    No server and no network are needed: open the folder, or put it on any web space. Pages of entities, papers,
    hypotheses and conflicts, the blockade matrix, timelines, paths with their ladder, interactive graphs, and a
    search. A folder that holds anything else is left as it is.

    \b
    Examples:
      ketamech site ketamech-site
      ketamech site my-site --knowledge my-papers --open
    """
    from importlib.metadata import version

    from ketamech.cli.site_folder import check_folder, write_site
    from ketamech.cli.site_pages import site_jobs

    check_folder(folder.absolute())
    with _status("Asking the questions of the site"):
        jobs = site_jobs(graph_of(knowledge), version("ketamech"))
    with progress(len(jobs)) as told:
        count, size = write_site(folder, jobs, lambda done: told("pages", done))
    say(f"{count} files, {size / 1e6:.1f} MB")
    first = folder / "index.html"
    typer.echo(str(first))
    if open_it:
        typer.launch(first.resolve().as_uri())


@contextmanager
def _status(words: str) -> Iterator[None]:
    """Say on a terminal what goes on, nothing elsewhere."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(words):
        yield
