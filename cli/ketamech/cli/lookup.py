"""`search` and `show`: finding entities and all that is known of one."""

from __future__ import annotations

from typing import Annotated

import typer

from ketamech.cli.formats import Format, chosen, clean, rich_table, say, write
from ketamech.cli.options import Engine, EngineOption, FormatOption, KnowledgeOption, graph_of, source_of


def search(
    text: Annotated[str, typer.Argument(help="Name, synonym or identifier; typos are forgiven.")],
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="At most so many entities.")] = 10,
    format: FormatOption = None,
    knowledge: KnowledgeOption = None,
    engine: EngineOption = Engine.MEMORY,
) -> None:
    """Find entities by name.

    \b
    Examples:
      ketamech search "(2R,6R)-HNK"
      ketamech search NR2B --format json
    """
    from ketamech.queries.lookup import search as ask

    with source_of(engine, knowledge) as source:
        answer = ask(source.named(), text, limit)
    write(answer, format)
    if not answer.matches:
        say(f"Nothing answers to '{clean(text)}'. Try a shorter word.")
        raise typer.Exit(1)


def show(
    name: Annotated[str, typer.Argument(help="Name, synonym or CURIE of one entity.")],
    format: FormatOption = None,
    knowledge: KnowledgeOption = None,
) -> None:
    """Show what acts on an entity and what it acts on, with the count of evidence for and against.

    \b
    Examples:
      ketamech show "lateral habenula"
      ketamech show CHEBI:6121 --format json
    """
    from ketamech.queries.lookup import show as ask

    answer = ask(graph_of(knowledge), name)
    table = None
    if chosen(format) is Format.TABLE:
        e = answer.entity
        head = [f"{e.name}  ({e.id}, {e.kind.replace('_', ' ')})"]
        head += [f"also: {', '.join(e.synonyms)}"] if e.synonyms else []
        head += [f"part of or kind of: {', '.join(w.name for w in answer.wholes)}"] if answer.wholes else []
        head += [f"parts and kinds: {', '.join(p.name for p in answer.parts)}"] if answer.parts else []
        counts = f"{len(answer.experiments)} experiments, {len(answer.comparisons)} comparisons, "
        head.append(counts + f"{len(answer.affinities)} affinities (see --format json)")
        table = "".join(clean(line) + "\n" for line in head) + "\n"
        table += rich_table(answer.rows()) if answer.rows() else ""
    write(answer, format, table)
