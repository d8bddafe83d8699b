"""`evidence` and `explain`: what stands behind one edge, and how its strength is made."""

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
    SexOption,
    SpeciesOption,
    graph_of,
    source_of,
)

First = Annotated[str, typer.Argument(help="Subject (name or CURIE), or the key of an edge.")]
Second = Annotated[str | None, typer.Argument(help="Object; leave out after an edge key.")]


def evidence(
    subject: First,
    object: Second = None,
    species: SpeciesOption = None,
    indication: IndicationOption = None,
    sex: SexOption = None,
    strict_context: Annotated[
        bool, typer.Option("--strict-context", help="Drop evidence that does not report what was asked for.")
    ] = False,
    format: FormatOption = None,
    knowledge: KnowledgeOption = None,
    engine: EngineOption = Engine.MEMORY,
) -> None:
    """List every finding on an edge: supporting, refuting, null, and the experiments that bear on it.

    \b
    Examples:
      ketamech evidence ketamine "5-HT1B binding"
      ketamech evidence ketamine "MADRS score" --indication depression --format json
    """
    from ketamech.cli.tell import evidence_text
    from ketamech.queries.evidence import EvidenceFilter, find_evidence

    asked = EvidenceFilter(species, indication, sex, strict_context)
    with source_of(engine, knowledge) as source:
        answer = find_evidence(source.about(subject, object), subject, object, asked)
    write(answer, format, evidence_text(answer) if chosen(format) is Format.TABLE else None)
    if not (answer.edges or answer.experiments):
        say("No evidence on this edge fits; --format json tells what was set aside, and why.")
        raise typer.Exit(1)


def explain(
    subject: First,
    object: Second = None,
    format: FormatOption = None,
    knowledge: KnowledgeOption = None,
) -> None:
    """Explain the strength of an edge term by term.

    \b
    Examples:
      ketamech explain ketamine "NMDA receptor"
      ketamech explain "BDNF release" TrkB --format json
    """
    from ketamech.cli.tell import explain_text
    from ketamech.queries.evidence import explain as ask

    answer = ask(graph_of(knowledge), subject, object)
    write(answer, format, explain_text(answer) if chosen(format) is Format.TABLE else None)
