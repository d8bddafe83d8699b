"""`check`: whether the knowledge is sound."""

from __future__ import annotations

import typer

from ketamech.cli.formats import say
from ketamech.cli.options import KnowledgeOption, graph_of


def check(knowledge: KnowledgeOption = None) -> None:
    """Read every knowledge file and report all problems at once, as file:line: field: wrong; right.

    Exit status 4 when there are any.

    \b
    Examples:
      ketamech check
      ketamech check --knowledge my-papers
    """
    graph = graph_of(knowledge)
    k = graph.knowledge
    derived = sum(e.derived for e in graph.edges.values())
    typer.echo(
        f"sound: {len(k.papers)} papers, {len(k.entities)} entities, {len(k.claims)} claims, "
        f"{len(k.experiments)} experiments, {len(k.comparisons)} comparisons, {len(k.affinities)} affinities; "
        f"{len(graph.edges)} edges, {derived} of them derived"
    )
    if not k.papers:
        say("There are no papers in it.")
        raise typer.Exit(1)
