"""Writing pages: ask, draw, and replace the file only when the whole page is there."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ketamech.cli.asked import without_path
from ketamech.graph.errors import UsageError
from ketamech.graph.mechanism import MechanismGraph
from ketamech.graph.path_answers import PathsAnswer
from ketamech.queries.paths import find_paths, tested
from ketamech.queries.question import PathQuery
from ketamech.queries.timing import Onset

if TYPE_CHECKING:
    from ketamech.viz.facets import NodeTime


def write_page(graph: MechanismGraph, queries: Sequence[PathQuery], output: Path, hops: int = 0) -> None:
    """Answer the questions and write one page, with neighbours `hops` steps away; exit 1 when no path is found."""
    from importlib.metadata import version

    from ketamech.viz import page
    from ketamech.viz.view import Setting

    answers = [(window(query), find_paths(graph, query)) for query in queries]
    first = answers[0][1]
    if not any(answer.paths for _, answer in answers):
        without_path(first.source, first.target, " in this context; no page was written.")
    title = f"From {first.source.name} to {first.target.name}"
    setting = Setting(graph, hops, node_times(graph, first, queries[0]))
    made = page(
        answers,
        title=title,
        version=version("ketamech"),
        data_version=graph.knowledge.content[:12],
        setting=setting,
    )
    write_text(output, made)


def node_times(graph: MechanismGraph, answer: PathsAnswer, query: PathQuery) -> dict[str, NodeTime]:
    """Say of every node the drug was tested on when it was first seen and at which hours it was not yet there.

    A node some of whose sightings give no hour has no first hour: it may have been there earlier. It was not yet
    there where the question's own rule says so, and before its first hour where someone had looked and not seen it.
    """
    from ketamech.viz.facets import STOPS, NodeTime

    def missed(onset: Onset, hour: float) -> str:
        first = onset.first_seen
        nulls = {c.id: c for c in onset.absent_at(hour)}
        if first is not None and first > hour:
            nulls |= {
                c.id: c
                for t in onset.tracks
                for c in t.nulls
                if c.context.time and t.first_seen is not None and c.context.time.low < t.first_seen
            }
        told = [f"{c.paper.key} ({c.context.time.text})" for _, c in sorted(nulls.items()) if c.context.time]
        return ", ".join(dict.fromkeys(told))

    made = {}
    for node, onset in tested(graph, answer.source, query).items():
        every = [c for t in onset.tracks for c in t.seen]
        first = onset.first_seen if all(c.context.time for c in every) else None
        absent = tuple((hour, papers) for hour in STOPS if (papers := missed(onset, hour)))
        if first is not None or absent:
            made[node] = NodeTime(first, absent)
    return made


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
