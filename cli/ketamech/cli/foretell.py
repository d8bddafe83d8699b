"""`predict` and `validate`: what becomes of outcomes without a target, and how often that came true."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ketamech.cli.formats import Format, chosen, say, write
from ketamech.cli.options import FormatOption, KnowledgeOption, graph_of, hours


def predict(
    block: Annotated[str, typer.Option("--block", help="The target to take away: a receptor, a region, a cell type …")],
    drug: Annotated[str, typer.Option("--drug", help="The drug whose effects are asked for.")] = "ketamine",
    outcome: Annotated[
        str | None, typer.Option("--outcome", help="One outcome; all measured ones if left out.")
    ] = None,
    by: Annotated[str | None, typer.Option("--by", help="Effects at this time after the dose or earlier: 3h.")] = None,
    after: Annotated[str | None, typer.Option("--after", help="Effects at this time or later: 12h.")] = None,
    format: FormatOption = None,
    knowledge: KnowledgeOption = None,
) -> None:
    """Foretell, with a target taken away, which outcomes are abolished, attenuated, untouched or undetermined.

    \b
    Examples:
      ketamech predict --block "AMPA receptor"
      ketamech predict --block mTORC1 --drug esketamine --outcome "antidepressant effect"
    """
    from ketamech.cli.tell_foretell import predict_text
    from ketamech.queries.prediction import predict as ask

    answer = ask(graph_of(knowledge), block, drug, outcome, hours(by), hours(after))
    write(answer, format, predict_text(answer) if chosen(format) is Format.TABLE else None)
    if not answer.predictions:
        say(f"No route leads from {answer.drug.name} to a measured outcome here.")
        raise typer.Exit(1)


def validate(
    experiments: Annotated[
        Path | None, typer.Option("--experiments", help="A file in the knowledge format with experiments to score.")
    ] = None,
    format: FormatOption = None,
    knowledge: KnowledgeOption = None,
) -> None:
    """Replay experiments, each without the knowledge of its own group, and count how often it was foretold.

    \b
    Examples:
      ketamech validate
      ketamech validate --experiments new-experiments.yaml --format json
    """
    from ketamech.cli.tell_foretell import validate_text
    from ketamech.queries.validation import validate as ask

    graph = graph_of(knowledge)
    if experiments is None:
        answer = ask(graph)
    else:
        from ketamech.loaders.experiments_file import read_experiments

        found, unknown = read_experiments(experiments, graph.entities.values())
        answer = ask(graph, found, unknown)
    write(answer, format, validate_text(answer) if chosen(format) is Format.TABLE else None)
    if not answer.scored:
        say(f"None of {len(answer.not_scorable)} experiments could be scored; --format json tells why of each.")
        raise typer.Exit(1)
