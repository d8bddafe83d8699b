"""Writing pages: ask, draw, and replace the file only when the whole page is there."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

import typer

from ketamech.cli.formats import say
from ketamech.graph.errors import UsageError
from ketamech.graph.mechanism import MechanismGraph
from ketamech.queries.paths import find_paths
from ketamech.queries.question import PathQuery


def write_page(graph: MechanismGraph, queries: Sequence[PathQuery], output: Path) -> None:
    """Answer the questions and write one page; exit 1 when no path is found."""
    from importlib.metadata import version

    from ketamech.viz import page

    answers = [(window(query), find_paths(graph, query)) for query in queries]
    first = answers[0][1]
    if not any(answer.paths for _, answer in answers):
        say(f"No path from {first.source.name} to {first.target.name} in this context; no page was written.")
        raise typer.Exit(1)
    title = f"From {first.source.name} to {first.target.name}"
    write_text(
        output, page(answers, title=title, version=version("ketamech"), data_version=graph.knowledge.content[:12])
    )


def window(query: PathQuery) -> str:
    """Name the window of time of a question."""
    words = [f"by {query.by:g} h"] if query.by is not None else []
    words += [f"from {query.after:g} h on"] if query.after is not None else []
    return " and ".join(words) or "at any time"


def write_text(path: Path, text: str) -> None:
    """Write a text file whole or not at all."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except OSError as error:
        raise UsageError(f"{path} cannot be written ({error.strerror}).", "Choose another --output.") from None
