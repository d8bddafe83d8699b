"""`leaf`: one page of the site alone, as one file that stands on its own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ketamech.cli.asked import without_path
from ketamech.cli.formats import say
from ketamech.cli.options import KnowledgeOption, graph_of

if TYPE_CHECKING:
    from ketamech.graph.mechanism import MechanismGraph
    from ketamech.viz.site.shell import Shell

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False)
OutputOption = Annotated[Path, typer.Option("--output", "-o", help="The file to write.")]
PAGE = Path("ketamech.html")


@app.callback()
def leaf() -> None:
    """Write one page of the site as one file: plain HTML with its figures, without scripts, to mail or to print.

    \b
    Examples:
      ketamech leaf entity TrkB -o trkb.html
      ketamech leaf paper modasava2019 -o modasava2019.html
    """


@app.command("entity")
def leaf_entity(
    name: Annotated[str, typer.Argument(help="Name, synonym or CURIE of one entity.")],
    output: OutputOption = PAGE,
    knowledge: KnowledgeOption = None,
) -> None:
    """Write the page of an entity: facts, neighbourhood, everything found on it, with sources.

    \b
    Examples:
      ketamech leaf entity "lateral habenula" -o habenula.html
      ketamech leaf entity CHEBI:6121 -o ketamine.html
    """
    from ketamech.queries.lookup import show
    from ketamech.viz.site.entity_page import entity_page

    graph = graph_of(knowledge)
    _write(output, entity_page(_shell(graph), show(graph, name)))


@app.command("paper")
def leaf_paper(
    key: Annotated[str, typer.Argument(help="Key, DOI or PubMed number of a paper.")],
    output: OutputOption = PAGE,
    knowledge: KnowledgeOption = None,
) -> None:
    """Write the page of a paper: all it says, each finding with its id and a text to dispute it with.

    \b
    Examples:
      ketamech leaf paper modasava2019 -o modasava2019.html
      ketamech leaf paper 10.1126/science.aat8078 -o spines.html
    """
    from ketamech.queries.papers import show_paper
    from ketamech.viz.site.paper_page import paper_page

    graph = graph_of(knowledge)
    answer = show_paper(graph, key)
    accounts = [(h.slug, h.name) for h in graph.knowledge.hypotheses if h.slug in answer.hypotheses]
    _write(output, paper_page(_shell(graph), answer, hypotheses=accounts))


@app.command("hypothesis")
def leaf_hypothesis(
    slug: Annotated[str, typer.Argument(help="Slug of a hypothesis, as `ketamech hypotheses` lists them.")],
    output: OutputOption = PAGE,
    knowledge: KnowledgeOption = None,
) -> None:
    """Write the page of a hypothesis: steps drawn and listed, counter-evidence, what would settle it.

    \b
    Examples:
      ketamech leaf hypothesis disinhibition -o disinhibition.html
      ketamech leaf hypothesis serotonin -o serotonin.html
    """
    from ketamech.queries.hypotheses import show_hypothesis
    from ketamech.viz.site.hypothesis_pages import hypothesis_page

    graph = graph_of(knowledge)
    papers = {p.key: p for p in graph.knowledge.papers}
    _write(output, hypothesis_page(_shell(graph), show_hypothesis(graph, slug), papers))


@app.command("conflict")
def leaf_conflict(
    first: Annotated[str, typer.Argument(help="One end: a drug, a target …")],
    second: Annotated[str, typer.Argument(help="The other end: a receptor, an outcome …")],
    output: OutputOption = PAGE,
    knowledge: KnowledgeOption = None,
) -> None:
    """Write the page of the largest dispute about two things: both sides, verdict, circumstances.

    \b
    Examples:
      ketamech leaf conflict ketamine "5-HT1B binding" -o binding.html
      ketamech leaf conflict ketamine "NMDA receptor" -o nmda.html
    """
    from ketamech.queries.conflicts import conflicts
    from ketamech.viz.site.conflict_pages import conflict_page

    graph = graph_of(knowledge)
    answer = conflicts(graph, first, second)
    if not answer.conflicts:
        say(f"No findings about {' and '.join(answer.about)} contradict each other; no page was written.")
        raise typer.Exit(1)
    _write(output, conflict_page(_shell(graph), answer.conflicts[0], answer.names))


@app.command("blockades")
def leaf_blockades(
    drug: Annotated[str | None, typer.Option("--drug", help="Only experiments with this drug.")] = None,
    output: OutputOption = PAGE,
    knowledge: KnowledgeOption = None,
) -> None:
    """Write the blockade matrix: what was blocked against what was watched, and the experiments behind each cell.

    \b
    Examples:
      ketamech leaf blockades -o blockades.html
      ketamech leaf blockades --drug ketamine -o ketamine-blockades.html
    """
    from ketamech.queries.blockades import BlockadeFilter, blockades
    from ketamech.viz.site.matrix_page import blockades_page

    graph = graph_of(knowledge)
    answer = blockades(graph, BlockadeFilter(drug=drug))
    if not answer.experiments:
        say("No experiment fits; no page was written.")
        raise typer.Exit(1)
    _write(output, blockades_page(_shell(graph), answer))


@app.command("timeline")
def leaf_timeline(
    drug: Annotated[str, typer.Argument(help="The compound given.")] = "ketamine",
    output: OutputOption = PAGE,
    knowledge: KnowledgeOption = None,
) -> None:
    """Write what is seen when after a dose, drawn and as a table.

    \b
    Examples:
      ketamech leaf timeline ketamine -o hours.html
      ketamech leaf timeline esketamine -o esketamine-hours.html
    """
    from ketamech.queries.timeline import timeline
    from ketamech.viz.site.question_pages import timeline_page
    from ketamech.viz.time_figure import time_svg

    graph = graph_of(knowledge)
    answer = timeline(graph, drug)
    if not answer.events:
        say(f"No effect of {answer.source.name} is recorded with its hour; no page was written.")
        raise typer.Exit(1)
    shell = _shell(graph)
    _write(output, timeline_page(shell, answer, time_svg(answer, note=shell.note)))


@app.command("ladder")
def leaf_ladder(
    source: Annotated[str, typer.Argument(help="Where the paths start.")],
    target: Annotated[str, typer.Argument(help="Where they end.")],
    output: OutputOption = PAGE,
    knowledge: KnowledgeOption = None,
) -> None:
    """Write how far up the translational ladder each step of the best paths was seen, drawn and as tables.

    \b
    Examples:
      ketamech leaf ladder ketamine "antidepressant effect" -o ladder.html
      ketamech leaf ladder ketamine "5-HT1B binding" -o binding-ladder.html
    """
    from ketamech.queries.gaps import gaps
    from ketamech.queries.question import PathQuery
    from ketamech.viz.site.question_pages import ladder_page

    graph = graph_of(knowledge)
    answer = gaps(graph, PathQuery(source, target))
    if not answer.paths:
        without_path(answer.source, answer.target, "; no page was written.")
    _write(output, ladder_page(_shell(graph), answer))


def _shell(graph: MechanismGraph) -> Shell:
    from importlib.metadata import version

    from ketamech.cli.site_pages import shell_of

    return shell_of(graph, version("ketamech"), alone=True)


def _write(path: Path, text: str) -> None:
    from ketamech.cli.pages import write_text

    write_text(path, text)
    typer.echo(str(path))
