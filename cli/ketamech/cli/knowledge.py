"""`check` and `stats`: whether the knowledge is sound, and how much of it there is."""

from __future__ import annotations

from typing import Annotated

import typer

from ketamech.cli.formats import Format, chosen, say, write
from ketamech.cli.options import FormatOption, KnowledgeOption, graph_of


def check(format: FormatOption = None, knowledge: KnowledgeOption = None) -> None:
    """Read every knowledge file and report all problems at once, as file:line: field: wrong; right.

    Exit status 4 when there are any. Sound files are looked through for orphans, loose ends, duplicates, empty or
    retracted papers and steps that jump: these are listed, with exit status 1.

    \b
    Examples:
      ketamech check
      ketamech check --knowledge my-papers
    """
    from ketamech.loaders.retractions import retracted_pmids
    from ketamech.queries.soundness import soundness

    graph = graph_of(knowledge)
    k = graph.knowledge
    derived = sum(e.derived for e in graph.edges.values())
    say(
        f"sound: {len(k.papers)} papers, {len(k.entities)} entities, {len(k.claims)} claims, "
        f"{len(k.experiments)} experiments, {len(k.comparisons)} comparisons, {len(k.affinities)} affinities; "
        f"{len(graph.edges)} edges, {derived} of them derived"
    )
    answer = soundness(graph, retracted_pmids())
    write(answer, format)
    if answer.findings or not k.papers:
        say(f"{len(answer.findings)} things to look at." if k.papers else "There are no papers in it.")
        raise typer.Exit(1)


def stats(
    weak: Annotated[
        bool, typer.Option("--weak", help="List papers without identifier, and what was read by title or review only.")
    ] = False,
    format: FormatOption = None,
    knowledge: KnowledgeOption = None,
) -> None:
    """Count the knowledge: by kind, tier, species, region, stance, year, group; coverage of mechanisms, hypotheses.

    \b
    Examples:
      ketamech stats
      ketamech stats --weak --format tsv
    """
    from ketamech.cli.tell_stats import stats_text, weak_text
    from ketamech.queries.stats import stats as ask
    from ketamech.queries.stats import weak_sources

    table = chosen(format) is Format.TABLE
    if weak:
        found = weak_sources(graph_of(knowledge))
        write(found, format, weak_text(found) if table else None)
        if not (found.papers or found.records):
            say("Every paper has an identifier, and nothing was read by title or review only.")
            raise typer.Exit(1)
        return
    answer = ask(graph_of(knowledge))
    write(answer, format, stats_text(answer) if table else None)
