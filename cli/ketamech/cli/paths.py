"""`paths` and `page`: the ranked routes of a question, told or drawn."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ketamech.cli.formats import Format, chosen, say, write
from ketamech.cli.options import FormatOption, KnowledgeOption, graph_of, hours
from ketamech.graph.errors import BadValue
from ketamech.queries.question import DEFAULT_K, DEFAULT_LENGTH, PathQuery

Source = Annotated[str, typer.Argument(help="Where the paths start: a drug, a receptor …")]
Target = Annotated[str, typer.Argument(help="Where they end: a behaviour, a readout …")]
K = Annotated[int, typer.Option("--k", help="How many paths.")]
MaxLength = Annotated[int, typer.Option("--max-length", help="At most so many steps.")]
Sign = Annotated[str | None, typer.Option("--sign", help="Only paths of this net sign: + or -.")]
Species = Annotated[str | None, typer.Option("--species", help="Evidence from this species: mouse, rat, human …")]
Region = Annotated[str | None, typer.Option("--region", help="Evidence from this brain region or its parts.")]
CellType = Annotated[str | None, typer.Option("--cell-type", help="Evidence from this cell type or its kinds.")]
Compound = Annotated[str | None, typer.Option("--compound", help="Evidence given with this compound.")]
By = Annotated[str | None, typer.Option("--by", help="No step known to be absent at this time after the dose: 3h.")]
After = Annotated[str | None, typer.Option("--after", help="The outcome is seen at this time or later: 12h.")]
Via = Annotated[list[str] | None, typer.Option("--via", help="Pass through this entity. Repeatable.")]
Avoid = Annotated[list[str] | None, typer.Option("--avoid", help="Do not pass through this entity. Repeatable.")]
MinStrength = Annotated[float, typer.Option("--min-strength", help="Only steps at least this strong (0 to 1).")]
Variants = Annotated[bool, typer.Option("--variants", help="Also routes that differ only in a part, kind or readout.")]
Strict = Annotated[bool, typer.Option("--strict-context", help="Drop evidence that does not report the asked context.")]


def _sign(text: str | None) -> int | None:
    if text not in (None, "+", "-"):
        raise BadValue(f"'{text}' is not a sign.", "Write --sign + or --sign -.")
    return {"+": 1, "-": -1}.get(text or "")


def paths(
    source: Source,
    target: Target,
    k: K = DEFAULT_K,
    max_length: MaxLength = DEFAULT_LENGTH,
    sign: Sign = None,
    species: Species = None,
    region: Region = None,
    cell_type: CellType = None,
    compound: Compound = None,
    by: By = None,
    after: After = None,
    via: Via = None,
    avoid: Avoid = None,
    min_strength: MinStrength = 0.0,
    strict_context: Strict = False,
    variants: Variants = False,
    format: FormatOption = None,
    knowledge: KnowledgeOption = None,
) -> None:
    """Rank the mechanism paths from one entity to another, each step with its evidence.

    \b
    Examples:
      ketamech paths ketamine "antidepressant-like behaviour" --by 3h
      ketamech paths ketamine "5-HT1B binding" --species macaque --format json
    """
    from ketamech.cli.tell import paths_text
    from ketamech.queries.paths import find_paths

    query = PathQuery(
        source, target, k, max_length, _sign(sign), species, region, cell_type, compound, hours(by), hours(after),
        tuple(via or ()), tuple(avoid or ()), min_strength, strict_context, variants,
    )  # fmt: skip
    answer = find_paths(graph_of(knowledge), query)
    write(answer, format, paths_text(answer) if chosen(format) is Format.TABLE else None)
    if answer.stopped:
        say("The search was stopped at its work limit: stronger filters or a smaller --max-length complete it.")
    if not answer.paths:
        say(f"No path from {answer.source.name} to {answer.target.name} within {max_length} steps in this context.")
        say("hint: loosen a filter, or allow more steps with --max-length.")
        raise typer.Exit(1)


def page(
    source: Source,
    target: Target,
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write.")] = Path("ketamech.html"),
    k: K = DEFAULT_K,
    max_length: MaxLength = DEFAULT_LENGTH,
    sign: Sign = None,
    species: Species = None,
    region: Region = None,
    cell_type: CellType = None,
    compound: Compound = None,
    by: By = None,
    after: After = None,
    via: Via = None,
    avoid: Avoid = None,
    min_strength: MinStrength = 0.0,
    strict_context: Strict = False,
    variants: Variants = False,
    split: Annotated[bool, typer.Option("--split", help="Two answers on one page: --by and --after apart.")] = False,
    open_it: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
    knowledge: KnowledgeOption = None,
) -> None:
    """Draw the answer of a question as one page that needs no network, and print its path.

    \b
    Examples:
      ketamech page ketamine "antidepressant-like behaviour" -o ketamine.html
      ketamech page ketamine "5-HT1B binding" --species macaque -o macaque.html --open
    """
    from ketamech.cli.pages import write_page

    windows = [(hours(by), None), (None, hours(after))] if split else [(hours(by), hours(after))]
    if split and (by is None or after is None):
        raise BadValue("--split needs --by and --after.", "Give both, for example --by 3h --after 12h --split.")
    queries = [
        PathQuery(
            source, target, k, max_length, _sign(sign), species, region, cell_type, compound, early, late,
            tuple(via or ()), tuple(avoid or ()), min_strength, strict_context, variants,
        )
        for early, late in windows
    ]  # fmt: skip
    write_page(graph_of(knowledge), queries, output)
    typer.echo(str(output))
    if open_it:
        typer.launch(output.resolve().as_uri())
