"""Read `entities.tsv`, the only place for names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from ketamech.graph.errors import Problem
from ketamech.graph.identifiers import LOCAL_PREFIX, is_curie
from ketamech.graph.model import Entity
from ketamech.graph.names import fold
from ketamech.graph.vocabulary import KINDS

COLUMNS: Final = ("curie", "name", "kind", "synonyms", "parents", "located_in", "xrefs", "note")
ROLLUPS: Final = ("is_a", "part_of")
Fault = tuple[str, str, str]


def read_entities(
    text: str, file: str, known: Mapping[str, Entity] | None = None
) -> tuple[list[Entity] | None, list[Problem]]:
    """Read the table; give the entities and every problem with its line, or None when the columns differ.

    `known` holds the entities of tables read before, by CURIE: parents and places may name them, no row may
    say something else of them. Rows with faults are given too, so that papers which name them are not blamed.
    """
    rows = text.split("\n")
    if tuple(rows[0].rstrip("\r").split("\t")) != COLUMNS:
        return None, [Problem(file, 1, "header", "the columns differ", f"write, tab-separated: {' '.join(COLUMNS)}")]
    table = _Table(known or {})
    for number, row in enumerate(rows[1:], start=2):
        if row.strip():
            table.add(number, row.rstrip("\r").split("\t"))
    table.check_references()
    return list(table.entities.values()), [Problem(file, line, *fault) for line, fault in table.faults]


class _Table:
    """Collect the rows of one table and the faults of each."""

    def __init__(self, known: Mapping[str, Entity]) -> None:
        self.entities: dict[str, Entity] = {}
        self.faults: list[tuple[int, Fault]] = []
        self._known = known
        self._named = {fold(e.name): e for e in known.values()}
        self._lines: dict[tuple[str, str], int] = {}

    def add(self, line: int, cells: list[str]) -> None:
        """Take in one row."""
        if len(cells) != len(COLUMNS):
            self.faults.append((line, ("", f"{len(cells)} columns", f"write {len(COLUMNS)}, tab-separated")))
            return
        cell = dict(zip(COLUMNS, (c.strip() for c in cells), strict=True))
        self.faults += [(line, fault) for fault in (*_faults(cell), *self._clashes(line, cell))]
        if cell["curie"]:
            self.entities.setdefault(cell["curie"], _entity(cell))

    def _clashes(self, line: int, cell: dict[str, str]) -> Iterator[Fault]:
        for field, key in (("curie", cell["curie"]), ("name", fold(cell["name"]))):
            if key:
                first = self._lines.setdefault((field, key), line)
                if first != line:
                    yield field, f"'{cell[field]}' stands in line {first} too", "keep one row per entity"
        same, namesake = self._known.get(cell["curie"]), self._named.get(fold(cell["name"]))
        if same and same != _entity(cell):
            wrong = f"{same.id} is described otherwise in an earlier folder ({same.name})"
            yield "curie", wrong, "remove the row, or make it the same"
        elif namesake and namesake.id != cell["curie"]:
            wrong = f"'{cell['name']}' is the name of {namesake.id} in an earlier folder"
            yield "name", wrong, "choose another name, or use that entity"

    def check_references(self) -> None:
        """Look up every parent and place, and refuse wholes that lie in their own parts."""
        for entity in self.entities.values():
            line = self._lines["curie", entity.id]
            for field, id in [("parents", p) for _, p in entity.parents] + [("located_in", entity.located_in or "")]:
                if id and id not in self.entities and id not in self._known:
                    self.faults.append((line, (field, f"{id} has no row", "add it or correct the CURIE")))
            if entity.id in self._above(entity):
                self.faults.append((line, ("parents", f"{entity.id} lies above itself", "break the circle")))

    def _above(self, entity: Entity) -> set[str]:
        found: set[str] = set()
        queue = [entity.id]
        while queue:
            above = self.entities.get(queue.pop())
            new = {id for _, id in above.parents} - found if above else set()
            found |= new
            queue += new
        return found


def _faults(cell: dict[str, str]) -> Iterator[Fault]:
    for field in ("curie", "name", "kind"):
        if not cell[field]:
            yield field, "is empty", "every entity has a CURIE, a name and a kind"
    for field, value in cell.items():
        if len(value) > 1 and value[0] == value[-1] == '"':
            yield field, f"{value} is in quotes", "write it without; nothing is quoted in this table"
    if cell["name"] and not fold(cell["name"]):
        yield "name", f"'{cell['name']}' has no letter or digit", "write a name that can be asked for"
    for field, ids in (("curie", [cell["curie"]]), ("xrefs", _list(cell["xrefs"]))):
        for id in ids:
            if id and not is_curie(id):
                yield field, f"'{id}' is not a CURIE of a known prefix", "write it as CHEBI:6121 or ketamech:slug"
    if cell["curie"].startswith(f"{LOCAL_PREFIX}:") and not cell["note"]:
        yield "note", "a local CURIE without a reason", "say why no public vocabulary holds it"
    if cell["kind"] and cell["kind"] not in KINDS:
        yield "kind", f"'{cell['kind']}' is not a kind", f"use one of: {', '.join(KINDS)}"
    for relation, id in _parents(cell):
        if relation not in ROLLUPS or not is_curie(id):
            yield "parents", f"'{f'{relation} {id}'.strip()}' is not a parent", "write `part_of CURIE` or `is_a CURIE`"


def _entity(cell: dict[str, str]) -> Entity:
    parents = tuple((relation, id) for relation, id in _parents(cell) if relation in ROLLUPS and is_curie(id))
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


def _parents(cell: dict[str, str]) -> list[tuple[str, str]]:
    parts = (parent.partition(" ") for parent in _list(cell["parents"]))
    return [(relation, id.strip()) for relation, _, id in parts]


def _list(cell: str) -> list[str]:
    return [part.strip() for part in cell.split("|") if part.strip()]
