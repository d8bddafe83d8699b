"""Write the JSON Schemas of paper and hypothesis files, for editors; made of the shapes that the loader checks.

Run `python -m ketamech.loaders.schemas` (or `make schemas`) after a change of shapes or vocabulary. The loader knows
rules that join fields or files and that no schema tells; `ketamech check` has the last word.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, Final

from ketamech.loaders.defaults import packaged_folder
from ketamech.loaders.hypothesis_file import HypothesisShape
from ketamech.loaders.shapes import FileShape, Shape

FOLDER: Final = "schemas"
SHAPES: Final[dict[str, type[Shape]]] = {
    "hypothesis.schema.json": HypothesisShape,
    "paper.schema.json": FileShape,
}
DRAFT: Final = "http://json-schema.org/draft-07/schema#"  # what editors read best
_NULL: Final = {"type": "null"}


def schema_text(name: str) -> str:
    """Write one schema, the same bytes every time.

    >>> json.loads(schema_text("paper.schema.json"))["additionalProperties"]
    False
    """
    made = {"$schema": DRAFT, **_plain(SHAPES[name].model_json_schema())}
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


def write_schemas(folder: Path) -> list[Path]:
    """Write every schema into a folder; give their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / name for name in SHAPES]
    for path in paths:
        path.write_text(schema_text(path.name), encoding="utf-8", newline="\n")
    return paths


def _plain(node: Any) -> Any:
    """Take out what the files never hold (null) and what tells an editor nothing (made-up titles, empty defaults)."""
    if isinstance(node, list):
        return [_plain(child) for child in node]
    if not isinstance(node, dict):
        return node
    choices = [c for c in node.get("anyOf", ()) if c != _NULL]
    if len(choices) == 1 and len(node["anyOf"]) == 2:
        node = {**{k: v for k, v in node.items() if k != "anyOf"}, **choices[0]}
    made = {}
    for key, child in node.items():
        if key == "properties":
            made[key] = {name: _plain(field) for name, field in child.items()}
        elif not (key == "title" or (key == "default" and not isinstance(child, str | bool))):
            made[key] = _plain(child)
    return made


if __name__ == "__main__":
    for written in write_schemas(packaged_folder() / FOLDER):
        sys.stdout.write(f"{written}\n")
