"""The rows of a store as the CSV files that `neo4j-admin database import full` reads, with its arguments.

One file per label and kind, and per type and its ends. Texts are always quoted, so that an empty text is not
taken for none; lists are joined by U+001F, which no text may hold. A second run writes the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Final

from ketamech.graph.errors import BadValue
from ketamech.graph.properties import Properties, Property
from ketamech.graph.store import LOADER, STORE_SCHEMA
from ketamech.graph.store_answers import ExportAnswer, Written
from ketamech.graph.stored import META, META_ID, StoreRows

JOINT: Final = "\x1f"
ARGUMENTS: Final = "import.args"
_TYPES: Final[Mapping[type, str]] = {str: "string", int: "long", float: "double", bool: "boolean", list: "string[]"}
_SETTINGS: Final = (
    "--array-delimiter=U+001F",
    "--multiline-fields=true",
    "--id-type=string",
    "--bad-tolerance=0",
    "--skip-bad-relationships=false",
    "--skip-duplicate-nodes=false",
)


def write_csv(rows: StoreRows, folder: Path) -> ExportAnswer:
    """Write the files into a new or empty folder; raise BadValue where it is neither or cannot be written.

    An imported database holds just what a load would have put there, without constraints and indexes: the next
    load makes these.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise BadValue(f"{folder} is not empty.", "Name a new folder.")
        return _write(rows, folder)
    except OSError as error:
        raise BadValue(f"{folder} cannot be written: {error.strerror}.", "Name another folder.") from None


def _write(rows: StoreRows, folder: Path) -> ExportAnswer:
    stamp: Properties = {"loader": LOADER, "load": rows.load}
    written: list[Written] = []
    arguments: list[str] = []
    count = {"node": 0, "relationship": 0}

    def put(name: str, element: str, type: str, head: str, lines: Iterable[Sequence[str]]) -> None:
        texts = [head, *(",".join(line) for line in lines)]
        with (folder / name).open("x", encoding="utf-8", newline="") as file:
            file.write("".join(f"{text}\n" for text in texts))
        written.append(Written(name, element, type, len(texts) - 1))
        arguments.append(f"--{element}s={type}={name}")
        if type != META:
            count[element] += len(texts) - 1

    for nodes in rows.nodes:
        found = [{**row, **stamp} for row in nodes.rows]
        if found:
            names = [nodes.label, *([nodes.kind] if nodes.kind else [])]
            head, lines = _table(found, {"id": f"id:ID({nodes.label})"})
            put(f"nodes-{'-'.join(names)}.csv", "node", ":".join(names), head, lines)
    for links in rows.links:
        ends = [(start, end) for start, end, _ in links.rows]
        if ends:
            head, lines = _table([{**row, **stamp} for *_, row in links.rows], {})
            joined = ([_text(s), _text(e), *line] for (s, e), line in zip(ends, lines, strict=True))
            head = f":START_ID({links.start}),:END_ID({links.end}),{head}"
            names = [links.type, links.start, links.end, *(["edges"] if links.key == "edge_id" else [])]
            put(f"links-{'-'.join(names)}.csv", "relationship", links.type, head, joined)
    head, lines = _table([{**_meta(rows, count), **stamp}], {"id": f"id:ID({META})"})
    put(f"nodes-{META}.csv", "node", META, head, lines)
    text = "".join(f"{line}\n" for line in (*_SETTINGS, *arguments))
    (folder / ARGUMENTS).write_text(text, encoding="utf-8", newline="")
    return ExportAnswer(str(folder), rows.load, rows.content, tuple(written))


def _meta(rows: StoreRows, count: Mapping[str, int]) -> Properties:
    return {
        "id": META_ID,
        "name": "ketamech",
        "content_sha256": rows.content,
        "schema_version": STORE_SCHEMA,
        "tool_version": version("ketamech"),
        "complete": True,
        "nodes": count["node"],
        "relationships": count["relationship"],
    }


def _table(rows: Sequence[Properties], heads: Mapping[str, str]) -> tuple[str, list[list[str]]]:
    """Give the header and the lines; a column is typed by its values."""
    columns: dict[str, type] = {}
    for row in rows:
        for name, value in row.items():
            if columns.setdefault(name, type(value)) is not type(value):
                raise TypeError(f"{name} is {columns[name].__name__} in one row and {type(value).__name__} in another")
    names = sorted(columns, key=lambda name: (name != "id", name))
    head = ",".join(heads.get(name) or f"{name}:{_TYPES[columns[name]]}" for name in names)
    return head, [[_cell(row.get(name)) for name in names] for row in rows]


def _cell(value: Property | None) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        if any(JOINT in text for text in value):
            raise BadValue("A text in a list holds the control character U+001F.", "Take it out.")
        return _text(JOINT.join(value))
    return _text(value) if isinstance(value, str) else repr(value)


def _text(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
