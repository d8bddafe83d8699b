"""`conflicts`, `blockades`, `necessary` and `timeline`: what disagrees, what was needed, what happens when."""

from __future__ import annotations

from typing import Annotated

import typer

from ketamech.cli.formats import Format, chosen, say, write
from ketamech.cli.options import (
    Engine,
    EngineOption,
    FormatOption,
    IndicationOption,
    KnowledgeOption,
    LimitOption,
    SexOption,
    SpeciesOption,
    graph_of,
    source_of,
)
from ketamech.graph.errors import BadValue

First = Annotated[str | None, typer.Argument(help="An entity, or the subject of an edge; all when left out.")]
Second = Annotated[str | None, typer.Argument(help="The other end of the edge.")]
Verdict = Annotated[str | None, typer.Option("--verdict", help="Only: differs, unresolved, not-comparable.")]
Target = Annotated[str | None, typer.Option("--target", help="What was blocked, removed or driven, or a part of it.")]
Drug = Annotated[str | None, typer.Option("--drug", help="Whose effect was watched; none: intervention alone.")]
Mode = Annotated[str | None, typer.Option("--mode", help="antagonist, knockout …; removed: gone; lowered: any way.")]
Outcome = Annotated[str | None, typer.Option("--outcome", help="What was measured, or a whole that it belongs to.")]
Observed = Annotated[list[str] | None, typer.Option("--observed", help="abolishes, no_effect … Repeatable.")]
Region = Annotated[str | None, typer.Option("--region", help="In this brain region or its parts.")]
TOLD = 20
CellType = Annotated[str | None, typer.Option("--cell-type", help="In this cell type or its kinds.")]


def conflicts(
    first: First = None,
    second: Second = None,
    verdict: Verdict = None,
    limit: LimitOption = TOLD,
    format: FormatOption = None,
    knowledge: KnowledgeOption = None,
    engine: EngineOption = Engine.MEMORY,
) -> None:
    """List where findings contradict each other, and the circumstances by which the sides differ.

    \b
    Examples:
      ketamech conflicts ketamine "5-HT1B binding"
      ketamech conflicts "lateral habenula" --format json
    """
    from dataclasses import replace

    from ketamech.cli.tell_experiments import conflicts_text
    from ketamech.queries.axes import VERDICTS
    from ketamech.queries.conflicts import conflicts as ask

    with source_of(engine, knowledge) as source:
        answer = ask(source.whole(), first, second)
    if verdict is not None:
        wanted = verdict.replace("-", " ")
        if wanted not in VERDICTS:
            raise BadValue(f"'{verdict}' is not a verdict.", f"Use one of: {', '.join(VERDICTS)}.")
        kept = tuple(c for c in answer.conflicts if any(o.verdict == wanted for o in c.objections))
        answer = replace(answer, conflicts=kept)
    write(answer, format, conflicts_text(answer, limit) if chosen(format) is Format.TABLE else None)
    if not answer.conflicts:
        say("No two findings contradict each other here.")
        raise typer.Exit(1)


def blockades(
    target: Target = None,
    drug: Drug = None,
    mode: Mode = None,
    outcome: Outcome = None,
    observed: Observed = None,
    species: SpeciesOption = None,
    region: Region = None,
    cell_type: CellType = None,
    indication: IndicationOption = None,
    sex: SexOption = None,
    limit: LimitOption = TOLD,
    format: FormatOption = None,
    knowledge: KnowledgeOption = None,
) -> None:
    """List the experiments in which something was blocked, removed or driven, and what came of it.

    \b
    Examples:
      ketamech blockades --drug ketamine --target "AMPA receptor"
      ketamech blockades --drug ketamine --mode lowered --observed no_effect --limit 0
    """
    from ketamech.cli.tell_experiments import blockades_text
    from ketamech.queries.blockades import BlockadeFilter
    from ketamech.queries.blockades import blockades as ask

    seen = tuple(observed or ())
    asked = BlockadeFilter(drug, target, mode, outcome, seen, species, region, cell_type, indication, sex)
    answer = ask(graph_of(knowledge), asked)
    write(answer, format, blockades_text(answer, limit) if chosen(format) is Format.TABLE else None)
    if not answer.experiments:
        blank = f" {len(answer.unknown)} do not report what was asked for." if answer.unknown else ""
        say(f"No experiment fits.{blank} Loosen a filter; `ketamech show NAME` tells what is known of a target.")
        raise typer.Exit(1)


def necessary(
    source: Annotated[str, typer.Argument(help="The drug.")],
    target: Annotated[str, typer.Argument(help="The effect, for example `antidepressant effect`.")],
    format: FormatOption = None,
    knowledge: KnowledgeOption = None,
) -> None:
    """Say what had to be intact for a drug's effect and what did not, with the evidence on both sides.

    \b
    Examples:
      ketamech necessary ketamine "antidepressant effect"
      ketamech necessary ketamine "5-HT1B binding" --format json
    """
    from ketamech.cli.tell_experiments import necessary_text
    from ketamech.queries.blockades import necessary as ask

    answer = ask(graph_of(knowledge), source, target)
    write(answer, format, necessary_text(answer) if chosen(format) is Format.TABLE else None)
    if not answer.needs:
        say(f"Nothing was taken away to test {answer.source.name}'s effect on {answer.target.name}.")
        raise typer.Exit(1)


def timeline(
    source: Annotated[str, typer.Argument(help="The compound.")] = "ketamine",
    species: SpeciesOption = None,
    format: FormatOption = None,
    knowledge: KnowledgeOption = None,
) -> None:
    """List what happens when after a dose: first seen, last seen, known absent.

    \b
    Examples:
      ketamech timeline
      ketamech timeline ketamine --species human --format tsv
    """
    from ketamech.cli.tell_experiments import timeline_text
    from ketamech.queries.timeline import timeline as ask

    answer = ask(graph_of(knowledge), source, species)
    write(answer, format, timeline_text(answer) if chosen(format) is Format.TABLE else None)
    if not answer.events:
        say(f"No effect of {answer.source.name} is reported with its hour here.")
        raise typer.Exit(1)
