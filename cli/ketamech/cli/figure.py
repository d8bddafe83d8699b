"""`figure`: a drawing for a paper or a document, as SVG, Mermaid or DOT."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ketamech.cli.asked import Asked, asks, without_path
from ketamech.cli.formats import say
from ketamech.cli.options import KnowledgeOption, graph_of

if TYPE_CHECKING:
    from ketamech.graph.mechanism import MechanismGraph
    from ketamech.viz.figure_model import Figure


class Drawn(StrEnum):
    """Name the ways a mechanism figure is written."""

    SVG = "svg"
    MERMAID = "mermaid"
    DOT = "dot"


app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False)
ToOption = Annotated[Drawn, typer.Option("--to", help="How to write it.")]
OutputOption = Annotated[
    Path | None, typer.Option("--output", "-o", help="The file to write; left out, it goes to stdout.")
]


@app.callback()
def figure() -> None:
    """Draw a figure for a paper or a document: paths, a hypothesis, hours after a dose, the translational ladder.

    The places are those of `ketamech page`; version and licence of the data stand below the drawing.

    \b
    Examples:
      ketamech figure paths ketamine "antidepressant effect" --by 3h -o ketamine.svg
      ketamech figure timeline ketamine -o hours.svg
    """


@app.command("paths")
@asks
def draw_paths(
    asked: Asked, to: ToOption = Drawn.SVG, output: OutputOption = None, knowledge: KnowledgeOption = None
) -> None:
    """Draw the best paths of a question, all steps from left to right.

    \b
    Examples:
      ketamech figure paths ketamine "5-HT1B binding" --species macaque -o macaque.svg
      ketamech figure paths ketamine "antidepressant effect" --k 2 --to mermaid
    """
    from ketamech.queries.paths import find_paths
    from ketamech.viz.figure_model import paths_figure

    graph = graph_of(knowledge)
    answer = find_paths(graph, asked.query())
    if not answer.paths:
        without_path(answer.source, answer.target, " in this context. Nothing was drawn.")
    _write(_drawn(paths_figure(answer), graph, to), output)


@app.command("hypothesis")
def draw_hypothesis(
    slug: Annotated[str, typer.Argument(help="Slug of a hypothesis, as `ketamech hypotheses` lists them.")],
    to: ToOption = Drawn.SVG,
    output: OutputOption = None,
    knowledge: KnowledgeOption = None,
) -> None:
    """Draw the numbered steps of a hypothesis.

    \b
    Examples:
      ketamech figure hypothesis disinhibition -o disinhibition.svg
      ketamech figure hypothesis trkb-binding --to dot
    """
    from ketamech.queries.hypotheses import show_hypothesis
    from ketamech.viz.figure_model import hypothesis_figure

    graph = graph_of(knowledge)
    _write(_drawn(hypothesis_figure(show_hypothesis(graph, slug), graph.entities), graph, to), output)


@app.command("timeline")
def draw_timeline(
    drug: Annotated[str, typer.Argument(help="The compound given.")] = "ketamine",
    species: Annotated[str | None, typer.Option("--species", help="Only what was seen in this species.")] = None,
    output: OutputOption = None,
    knowledge: KnowledgeOption = None,
) -> None:
    """Draw what is seen when after a dose: a panel a species, hours on a logarithmic axis (SVG).

    \b
    Examples:
      ketamech figure timeline ketamine -o hours.svg
      ketamech figure timeline ketamine --species mouse -o mouse.svg
    """
    from ketamech.queries.timeline import timeline
    from ketamech.viz.time_figure import time_svg

    graph = graph_of(knowledge)
    answer = timeline(graph, drug, species)
    if not answer.events:
        _nothing(f"No effect of {answer.source.name} is recorded with its hour.")
    _write(f"{time_svg(answer, note=_note(graph))}\n", output)


@app.command("ladder")
def draw_ladder(
    source: Annotated[str, typer.Argument(help="Where the paths start.")],
    target: Annotated[str, typer.Argument(help="Where they end.")],
    k: Annotated[int, typer.Option("--k", help="How many paths.")] = 3,
    output: OutputOption = None,
    knowledge: KnowledgeOption = None,
) -> None:
    """Draw how far up the translational ladder each step of the best paths was seen (SVG).

    \b
    Examples:
      ketamech figure ladder ketamine "antidepressant effect" -o ladder.svg
      ketamech figure ladder ketamine "5-HT1B binding" --k 1 -o binding.svg
    """
    from ketamech.queries.gaps import gaps
    from ketamech.queries.question import PathQuery
    from ketamech.viz.ladder_figure import ladder_svg

    graph = graph_of(knowledge)
    answer = gaps(graph, PathQuery(source, target, k=k))
    if not answer.paths:
        without_path(answer.source, answer.target, ". Nothing was drawn.")
    _write(f"{ladder_svg(answer, note=_note(graph))}\n", output)


def _drawn(figure: Figure, graph: MechanismGraph, to: Drawn) -> str:
    from ketamech.viz.lane_figure import lane_svg
    from ketamech.viz.text_figures import dot, mermaid

    note = _note(graph)
    written: dict[Drawn, Callable[[], str]] = {
        Drawn.SVG: lambda: f"{lane_svg(figure, note=note)}\n",
        Drawn.MERMAID: lambda: mermaid(figure, note),
        Drawn.DOT: lambda: dot(figure, note),
    }
    return written[to]()


def _note(graph: MechanismGraph) -> str:
    from importlib.metadata import version

    from ketamech.viz.site.shell import Shell

    return Shell(graph.entities, version=version("ketamech"), data_version=graph.knowledge.content[:12]).note


def _write(text: str, output: Path | None) -> None:
    from ketamech.cli.pages import write_text

    if output is None:
        typer.echo(text, nl=False)
        return
    write_text(output, text)
    typer.echo(str(output))


def _nothing(words: str) -> None:
    say(f"{words} Nothing was drawn.")
    raise typer.Exit(1)
