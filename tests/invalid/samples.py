"""Folders of invented knowledge made of the files beside this one, each test's in a place of its own.

`entities.tsv`, `alpha2020.yaml` and `beta2021.yaml` are sound. Every file of `papers/` is the first paper with one
fault, every file of `second/` the second paper with one fault, every file of `tables/` the table with one fault.
So it is with the sound hypotheses `blockade.yaml` and `growth.yaml` (faulty: `hypotheses/`, each the first of them)
and the sound `mechanisms.tsv` (faulty: `mechanisms/`).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from ketamech.graph.errors import DataError
from ketamech.loaders import load

HERE = Path(__file__).parent
TABLE = (HERE / "entities.tsv").read_text(encoding="utf-8")
ALPHA = (HERE / "alpha2020.yaml").read_text(encoding="utf-8")
BETA = (HERE / "beta2021.yaml").read_text(encoding="utf-8")
BLOCKADE = (HERE / "blockade.yaml").read_text(encoding="utf-8")
GROWTH = (HERE / "growth.yaml").read_text(encoding="utf-8")
ACCOUNTS: Mapping[str, str] = {"blockade": BLOCKADE, "growth": GROWTH}
MECHANISMS = (HERE / "mechanisms.tsv").read_text(encoding="utf-8")


def folder(
    at: Path,
    table: str | bytes | None = TABLE,
    papers: Mapping[str, str | bytes] | None = None,
    hypotheses: Mapping[str, str | bytes] | None = None,
    mechanisms: str | bytes | None = None,
) -> Path:
    """Lay out a knowledge folder; without papers given it holds the two sound ones, no hypothesis and no mechanism."""
    given = {"alpha2020": ALPHA, "beta2021": BETA} if papers is None else papers
    (at / "papers").mkdir(parents=True)
    if table is not None:
        (at / "entities.tsv").write_bytes(as_bytes(table))
    for key, text in given.items():
        (at / "papers" / f"{key}.yaml").write_bytes(as_bytes(text))
    for slug, text in (hypotheses or {}).items():
        (at / "hypotheses").mkdir(exist_ok=True)
        (at / "hypotheses" / f"{slug}.yaml").write_bytes(as_bytes(text))
    if mechanisms is not None:
        (at / "mechanisms.tsv").write_bytes(as_bytes(mechanisms))
    return at


def as_bytes(text: str | bytes) -> bytes:
    """Encode text as UTF-8; let bytes be."""
    return text.encode("utf-8") if isinstance(text, str) else text


def problems(*words: str | Path) -> list[str]:
    """Load folders that are not sound; give each problem as `file:line: field: wrong`, in the order told."""
    with pytest.raises(DataError) as caught:
        load([str(word) for word in words])
    for problem in caught.value.problems:
        assert problem.right, f"{problem} says no remedy"
    return [told(Path(p.file).name, p.line, p.field, p.wrong) for p in caught.value.problems]


def told(file: str, line: int, field: str, wrong: str) -> str:
    """Write one problem without its remedy."""
    return ": ".join(part for part in (f"{file}:{line}", field, wrong) if part)
