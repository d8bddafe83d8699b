"""Options that several commands share, and the one place where the graph is loaded for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ketamech.cli.formats import Format

if TYPE_CHECKING:
    from ketamech.graph.mechanism import MechanismGraph

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


def hours(text: str | None) -> float | None:
    """Read a time option such as 3h in hours."""
    from ketamech.graph.quantities import Hours

    return Hours.parse_option(text).high if text else None


def graph_of(knowledge: list[str] | None) -> MechanismGraph:
    """Load the graph that the options ask for."""
    from ketamech.loaders import load

    return load(knowledge or ())
