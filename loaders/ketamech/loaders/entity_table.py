"""Read `entities.tsv`, the only place for names."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from ketamech.graph.errors import Problem
from ketamech.graph.identifiers import LOCAL_PREFIX, is_curie
from ketamech.graph.model import Entity
from ketamech.graph.names import fold
from ketamech.graph.vocabulary import KINDS

COLUMNS: Final = ("curie", "name", "kind", "synonyms", "parents", "located_in", "xrefs", "note")
ROLLUPS: Final = ("is_a", "part_of")


def read_entities(text: str, file: str, known: Collection[str] = ()) -> tuple[list[Entity], list[Problem]]:
    """Read the table; give the sound entities and every problem with its line.

    `known` holds CURIEs of tables read before, which parents and places may name too.
    """
    problems: list[Problem] = []
    rows = text.split("\n")
    if tuple(rows[0].rstrip("\r").split("\t")) != COLUMNS:
        return [], [Problem(file, 1, "header", "the columns differ", f"write, tab-separated: {' '.join(COLUMNS)}")]
    entities: list[Entity] = []
    seen: dict[str, int] = {}
    names: dict[str, int] = {}
    for number, row in enumerate(rows[1:], start=2):
        if not row.strip():
            continue
        cells = row.rstrip("\r").split("\t")
        if len(cells) != len(COLUMNS):
            problems.append(Problem(file, number, "", f"{len(cells)} columns", f"write {len(COLUMNS)}, tab-separated"))
            continue
        cell = dict(zip(COLUMNS, (c.strip() for c in cells), strict=True))
        faults = list(_faults(cell))
        for field, key, earlier in (("curie", cell["curie"], seen), ("name", fold(cell["name"]), names)):
            if key in earlier:
                faults.append((field, f"'{cell[field]}' stands in line {earlier[key]} too", "keep one row per entity"))
            earlier.setdefault(key, number)
        problems += [Problem(file, number, field, wrong, right) for field, wrong, right in faults]
        if not faults:
            entities.append(_entity(cell))
    problems += _dangling(entities, seen, known, file)
    return entities, problems


def _faults(cell: dict[str, str]) -> list[tuple[str, str, str]]:
    faults = []
    for field in ("curie", "name", "kind"):
        if not cell[field]:
            faults.append((field, "is empty", "every entity has a CURIE, a name and a kind"))
    for id in [cell["curie"], *_list(cell["xrefs"])]:
        if id and not is_curie(id):
            faults.append(("curie", f"'{id}' is not a CURIE of a known prefix", "write it as CHEBI:6121 or ketamech:slug"))
    if cell["curie"].startswith(f"{LOCAL_PREFIX}:") and not cell["note"]:
        faults.append(("note", "a local CURIE without a reason", "say why no public vocabulary holds it"))
    if cell["kind"] and cell["kind"] not in KINDS:
        faults.append(("kind", f"'{cell['kind']}' is not a kind", f"use one of: {', '.join(KINDS)}"))
    for parent in _list(cell["parents"]):
        relation, _, id = parent.partition(" ")
        if relation not in ROLLUPS or not is_curie(id):
            faults.append(("parents", f"'{parent}' is not a parent", "write `part_of CURIE` or `is_a CURIE`"))
    return faults


def _entity(cell: dict[str, str]) -> Entity:
    parents = tuple((p.partition(" ")[0], p.partition(" ")[2]) for p in _list(cell["parents"]))
    return Entity(
        cell["curie"],
        cell["name"],
        cell["kind"],
        tuple(_list(cell["synonyms"])),
        parents,
        cell["located_in"] or None,
        tuple(_list(cell["xrefs"])),
        cell["note"] or None,
    )


def _dangling(
    entities: list[Entity], lines: dict[str, int], known: Collection[str], file: str
) -> list[Problem]:
    problems = []
    for entity in entities:
        for field, id in [("parents", p) for _, p in entity.parents] + [("located_in", entity.located_in or "")]:
            if id and id not in lines and id not in known:
                problems.append(Problem(file, lines[entity.id], field, f"{id} has no row", "add it or correct the CURIE"))
    return problems


def _list(cell: str) -> list[str]:
    return [part.strip() for part in cell.split("|") if part.strip()]
