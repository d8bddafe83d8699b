"""The schemas that editors read: current, shipped, and as strict as the loader in what one field may hold."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from zipfile import ZipFile

import pytest
from invalid.samples import ALPHA, BETA, HERE
from jsonschema import Draft7Validator

from ketamech.graph import vocabulary as v
from ketamech.loaders import packaged_folder
from ketamech.loaders.hypothesis_file import STATUSES, HypothesisShape
from ketamech.loaders.schemas import SHAPES, schema_text, write_schemas
from ketamech.loaders.shape_check import read_shape
from ketamech.loaders.shapes import FileShape
from ketamech.loaders.yaml_text import read_yaml

ROOT = Path(__file__).parent.parent
PAPERS = sorted((packaged_folder() / "papers").glob("*.yaml"))
HYPOTHESES = sorted((packaged_folder() / "hypotheses").glob("*.yaml"))
EXAMPLES = sorted((HERE / "papers").glob("*.yaml"))
HYPOTHESIS: Final[dict[str, Any]] = {
    "hypothesis": {
        "slug": "x",
        "name": "X",
        "summary": "x",
        "status": STATUSES[0],
        "targets": [{"target": "BDNF"}],
        "key_papers": ["li2010"],
    },
    "steps": [{"subject": "ketamine", "predicate": "inhibits", "object": "NMDA receptor"}],
}


def schema(name: str) -> dict[str, Any]:
    """Read a packaged schema."""
    found: dict[str, Any] = json.loads((packaged_folder() / "schemas" / name).read_text(encoding="utf-8"))
    return found


def faults(name: str, value: Any) -> list[str]:
    """Hold data to a packaged schema."""
    return [error.message for error in Draft7Validator(schema(name)).iter_errors(value)]


def nodes(node: Any) -> Iterator[dict[str, Any]]:
    """Walk every object of a schema."""
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from nodes(child)
    if isinstance(node, dict):
        yield node


@pytest.mark.parametrize("name", SHAPES)
def test_the_schemas_are_current(name: str) -> None:
    """The packaged file is what `make schemas` writes now."""
    path = packaged_folder() / "schemas" / name
    assert path.read_text(encoding="utf-8") == schema_text(name), "run `make schemas`"


def test_the_schemas_are_written_the_same_twice(tmp_path: Path) -> None:
    """In two runs of their own, whatever the order of sets in them."""
    code = "import sys, pathlib, ketamech.loaders.schemas as s; s.write_schemas(pathlib.Path(sys.argv[1]))"
    for seed in ("1", "2"):
        env = {"PYTHONHASHSEED": seed, "PATH": "/usr/bin:/bin"}
        subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=True, env=env)
        assert {p.name: p.read_text(encoding="utf-8") for p in tmp_path.iterdir()} == {
            n: schema_text(n) for n in SHAPES
        }
    assert [p.name for p in write_schemas(tmp_path / "new")] == list(SHAPES)


@pytest.mark.parametrize("name", SHAPES)
def test_the_schemas_are_sound_and_closed(name: str) -> None:
    """Each is a JSON Schema; no record takes an unknown field; none takes null."""
    Draft7Validator.check_schema(schema(name))
    records = [n for n in nodes(schema(name)) if isinstance(n.get("properties"), dict) and n.get("type") == "object"]
    assert len(records) > 3
    assert all(n["additionalProperties"] is False for n in records)
    assert [n for n in nodes(schema(name)) if n.get("type") == "null"] == []


def test_vocabularies_are_enums() -> None:
    """Editors offer the words of the vocabulary."""
    claim = schema("paper.schema.json")["$defs"]["ClaimShape"]["properties"]
    context = schema("paper.schema.json")["$defs"]["ContextShape"]["properties"]
    assert claim["predicate"]["enum"] == list(v.PREDICATES)
    assert claim["stance"]["enum"] == list(v.STANCES)
    assert claim["sign"]["enum"] == [1, -1]
    assert context["species"]["enum"] == list(v.SPECIES)
    assert "in" in schema("paper.schema.json")["$defs"]["InterventionShape"]["properties"]
    assert schema("hypothesis.schema.json")["$defs"]["HypothesisHead"]["properties"]["status"]["enum"] == list(STATUSES)


def test_patterns_are_read_alike_everywhere() -> None:
    """Editors compile patterns strictly: nothing is escaped that need not be."""
    patterns = {n["pattern"] for name in SHAPES for n in nodes(schema(name)) if isinstance(n.get("pattern"), str)}
    assert len(patterns) >= 5
    assert [p for p in patterns if re.search(r"\\[^sSdDwWbB.\[\](){}*+?^$|/\\-]", p)] == []


def test_every_packaged_file_keeps_to_its_schema() -> None:
    """What the loader takes the schema takes too."""
    wrong: dict[str, list[str]] = {}
    for name, paths in (("paper.schema.json", PAPERS), ("hypothesis.schema.json", HYPOTHESES)):
        validator = Draft7Validator(schema(name))
        for path in paths:
            found = [e.message for e in validator.iter_errors(read_yaml(path.read_bytes(), path.name).value)]
            wrong |= {path.name: found} if found else {}
    assert PAPERS
    assert wrong == {}


def test_what_the_schema_refuses_the_loader_refuses() -> None:
    """Over every faulty example: the schema never blames what the loader takes, and sees most wrong fields."""
    seen = 0
    for path in EXAMPLES:
        doc = read_yaml(path.read_bytes(), path.name)
        if doc.value is None or doc.problems:
            continue
        refused = read_shape(doc, FileShape) is None
        blamed = faults("paper.schema.json", doc.value) != []
        assert refused or not blamed, path.name
        seen += refused and blamed
    assert seen > 20
    assert faults("paper.schema.json", read_yaml(ALPHA.encode(), "a").value) == []
    assert faults("paper.schema.json", read_yaml(BETA.encode(), "b").value) == []


@pytest.mark.parametrize(
    ("where", "value"),
    [
        (("hypothesis", "status"), "proven"),
        (("hypothesis", "slug"), "Not A Slug"),
        (("hypothesis", "key_papers"), []),
        (("hypothesis", "more"), 1),
        (("steps",), []),
    ],
)
def test_a_faulty_hypothesis_is_refused_by_both(where: tuple[str, ...], value: Any) -> None:
    """The schema and the loader agree on one sound example and on its faults."""
    data = json.loads(json.dumps(HYPOTHESIS))
    assert faults("hypothesis.schema.json", data) == []
    at = data
    for step in where[:-1]:
        at = at[step]
    at[where[-1]] = value
    assert faults("hypothesis.schema.json", data)
    assert read_shape(read_yaml(json.dumps(data).encode(), "x.yaml"), HypothesisShape) is None


def test_the_wheel_ships_what_editors_and_checks_read(tmp_path: Path) -> None:
    """The schemas and the list of retractions lie beside the papers."""
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = set(ZipFile(wheel).namelist())
    assert {f"ketamech/knowledge/schemas/{name}" for name in SHAPES} <= names
    assert "ketamech/knowledge/retractions.txt" in names
