"""`hypotheses`, `gaps` and `compare`: rival accounts, what paths lack, drugs side by side."""

from __future__ import annotations

from typing import Annotated

import typer

from ketamech.cli.asked import without_path
from ketamech.cli.formats import Format, chosen, say, write
from ketamech.cli.options import FormatOption, KnowledgeOption, graph_of
from ketamech.graph.errors import BadValue

app = typer.Typer(
    invoke_without_command=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
Slug = Annotated[str, typer.Argument(help="Slug of a hypothesis, as `ketamech hypotheses` lists them.")]


@app.callback()
def hypotheses(context: typer.Context, format: FormatOption = None, knowledge: KnowledgeOption = None) -> None:
    """List rival accounts of how the drug works; `show` tells one, `compare` holds two against each other.

    \b
    Examples:
      ketamech hypotheses
      ketamech hypotheses --format json
    """
    if context.invoked_subcommand is not None:
        if format or knowledge:
            word = context.invoked_subcommand
            raise BadValue(f"Options stand before `{word}`.", f"Write them after it: ketamech hypotheses {word} ...")
        return
    from ketamech.queries.hypotheses import hypotheses as ask

    answer = ask(graph_of(knowledge))
    write(answer, format)
    if not answer.answers:
        say("There is no hypothesis in this knowledge.")
        raise typer.Exit(1)


@app.command("show")
def show_one(slug: Slug, format: FormatOption = None, knowledge: KnowledgeOption = None) -> None:
    """Tell one hypothesis: steps, counter-evidence, blockades, people, and what would settle it.

    \b
    Examples:
      ketamech hypotheses show disinhibition
      ketamech hypotheses show trkb-binding --format json
    """
    from ketamech.cli.tell_hypotheses import hypothesis_text
    from ketamech.queries.hypotheses import show_hypothesis

    answer = show_hypothesis(graph_of(knowledge), slug)
    write(answer, format, hypothesis_text(answer) if chosen(format) is Format.TABLE else None)


@app.command("compare")
def compare_two(first: Slug, second: Slug, format: FormatOption = None, knowledge: KnowledgeOption = None) -> None:
    """Hold two hypotheses against each other: shared and own steps, and the experiments on which they part.

    \b
    Examples:
      ketamech hypotheses compare disinhibition direct-inhibition
      ketamech hypotheses compare serotonin opioid --format json
    """
    from ketamech.cli.tell_hypotheses import comparison_text
    from ketamech.queries.hypotheses import compare_hypotheses

    answer = compare_hypotheses(graph_of(knowledge), first, second)
    write(answer, format, comparison_text(answer) if chosen(format) is Format.TABLE else None)


def gaps(
    source: Annotated[str, typer.Argument(help="Where the paths start.")],
    target: Annotated[str, typer.Argument(help="Where they end.")],
    k: Annotated[int, typer.Option("--k", help="How many paths.")] = 5,
    species: Annotated[str | None, typer.Option("--species", help="Evidence from this species.")] = None,
    format: FormatOption = None,
    knowledge: KnowledgeOption = None,
) -> None:
    """Say what the best paths lack: rung of every step, weakest step, one-paper steps, steps never seen in humans.

    \b
    Examples:
      ketamech gaps ketamine "antidepressant effect"
      ketamech gaps ketamine "5-HT1B binding" --k 1 --format json
    """
    from ketamech.cli.tell_hypotheses import gaps_text
    from ketamech.queries.gaps import gaps as ask
    from ketamech.queries.question import PathQuery

    answer = ask(graph_of(knowledge), PathQuery(source, target, k=k, species=species))
    write(answer, format, gaps_text(answer) if chosen(format) is Format.TABLE else None)
    if not answer.paths:
        without_path(answer.source, answer.target)


def compare(
    drugs: Annotated[list[str], typer.Argument(help="Two drugs or more.")],
    format: FormatOption = None,
    knowledge: KnowledgeOption = None,
) -> None:
    """Hold drugs side by side: what each engages, affinities, direct comparisons, where relief and harm part.

    \b
    Examples:
      ketamech compare ketamine MK-801 memantine
      ketamech compare ketamine "(2R,6R)-HNK" --format tsv
    """
    from ketamech.cli.tell_hypotheses import compare_text
    from ketamech.queries.compare import compare as ask

    answer = ask(graph_of(knowledge), drugs)
    write(answer, format, compare_text(answer) if chosen(format) is Format.TABLE else None)
