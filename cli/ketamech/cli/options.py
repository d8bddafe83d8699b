"""Options that several commands share, and the one place where the graph is loaded for them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from ketamech.cli.formats import Format
from ketamech.graph.errors import BadValue

if TYPE_CHECKING:
    from ketamech.graph.mechanism import MechanismGraph
    from ketamech.queries.source import KnowledgeSource


class Engine(StrEnum):
    """Name where a question takes its knowledge from."""

    MEMORY = "memory"
    NEO4J = "neo4j"


FormatOption = Annotated[
    Format | None,
    typer.Option("--format", "-f", help="How to write: table on a terminal and TSV in a pipe unless said otherwise."),
]
KnowledgeOption = Annotated[
    list[str] | None,
    typer.Option("--knowledge", help="Folder to load instead of the packaged one; +DIR loads it on top. Repeatable."),
]
SpeciesOption = Annotated[str | None, typer.Option("--species", help="Seen in this species: mouse, rat, human …")]
IndicationOption = Annotated[str | None, typer.Option("--indication", help="Seen in people with this: depression …")]
SexOption = Annotated[str | None, typer.Option("--sex", help="Seen in this sex: male, female, both.")]
LimitOption = Annotated[
    int, typer.Option("--limit", min=0, help="At most so many in a table (0: all); other formats are always whole.")
]
EngineOption = Annotated[
    Engine, typer.Option("--engine", help="Ask the loaded files, or the database that `ketamech load` has filled.")
]


def hours(text: str | None) -> float | None:
    """Read a time option such as 3h in hours."""
    from ketamech.graph.quantities import Hours

    return Hours.parse_option(text).high if text else None


def graph_of(knowledge: list[str] | None) -> MechanismGraph:
    """Load the graph that the options ask for."""
    from ketamech.loaders import load

    return load(knowledge or ())


@contextmanager
def source_of(engine: Engine, knowledge: list[str] | None) -> Iterator[KnowledgeSource]:
    """Open the source of knowledge that the options ask for; raise BadValue for two of them."""
    if engine is Engine.NEO4J:
        from ketamech.cli.store_settings import store_address
        from ketamech.queries.neo4j_reader import open_reader

        if knowledge:
            raise BadValue("--engine neo4j asks the database, not --knowledge.", "Load that folder: ketamech load.")
        with open_reader(store_address()) as reader:
            yield reader
    else:
        from ketamech.queries.source import InMemory

        yield InMemory(graph_of(knowledge))
