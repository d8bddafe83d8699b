"""Read `mechanisms.tsv`: the mechanisms whose coverage is counted, each with the entities or papers it is about."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date
from typing import Final

from ketamech.graph.errors import AmbiguousName, Problem, UnknownName
from ketamech.graph.identifiers import is_slug
from ketamech.graph.model import Mechanism
from ketamech.graph.names import NameIndex

COLUMNS: Final = ("slug", "name", "entities", "papers", "searched")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def read_mechanisms(
    text: str, file: str, names: NameIndex, papers: Collection[str], taken: Collection[str] = ()
) -> tuple[list[Mechanism], list[Problem]]:
    """Read the table; give the mechanisms and every problem with its line. `taken` slugs stand in earlier tables."""
    rows = text.split("\n")
    if tuple(rows[0].rstrip("\r").split("\t")) != COLUMNS:
        return [], [Problem(file, 1, "header", "the columns differ", f"write, tab-separated: {' '.join(COLUMNS)}")]
    made: list[Mechanism] = []
    problems: list[Problem] = []
    for line, row in enumerate(rows[1:], start=2):
        cells = [c.strip() for c in row.rstrip("\r").split("\t")]
        if cells == [""]:
            continue
        if len(cells) != len(COLUMNS):
            wrong, right = f"{len(cells)} columns", f"write {len(COLUMNS)}, tab-separated"
            problems.append(Problem(file, line, "", wrong, right))
            continue
        slug, name, entities, keys, searched = cells
        ids = []
        for word in _list(entities):
            try:
                ids.append(names.resolve(word).id)
            except (AmbiguousName, UnknownName) as error:
                wrong = error.message.rstrip(".")
                problems.append(Problem(file, line, "entities", wrong, "write a name of entities.tsv"))
        found = _list(keys)
        problems += [
            Problem(file, line, "papers", f"no paper '{key}'", "name a paper that is in the knowledge")
            for key in found
            if key not in papers
        ]
        if not is_slug(slug) or slug in {*taken, *(m.slug for m in made)}:
            problems.append(Problem(file, line, "slug", f"'{slug}' is no key of its own", "write one such as opioid"))
        if not name or not (ids or found):
            problems.append(Problem(file, line, "", "a mechanism about nothing", "give a name, and entities or papers"))
        if not _is_date(searched):
            problems.append(Problem(file, line, "searched", f"'{searched}' is not a date", "write it as 2026-11-21"))
        made.append(Mechanism(slug, name, tuple(ids), tuple(found), searched))
    return made, problems


def _is_date(text: str) -> bool:
    try:
        return bool(_DATE.fullmatch(text) and date.fromisoformat(text))
    except ValueError:
        return False


def _list(cell: str) -> list[str]:
    return [part.strip() for part in cell.split("|") if part.strip()]
