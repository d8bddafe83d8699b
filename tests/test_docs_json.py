"""docs/json.md names the fields of every answer: no more than there are, and no fewer."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from pathlib import Path
from typing import Any

import pytest
from conftest import SMALL, Ask

TEXT = (Path(__file__).parent.parent / "docs" / "json.md").read_text(encoding="utf-8")
BLOCKS = dict(re.findall(r"^## ([^\n]+)\n```\n(.+?)^```$", TEXT, flags=re.MULTILINE | re.DOTALL))
KEYED_BY_DATA = {"totals", "counts", "effects", "smallest_cuts"}
TOLD_ELSEWHERE = {
    "hypotheses compare": {"first", "second", "shared", "own_first", "own_second"},
    "stats": {"hypotheses"},
}
SLUGS = {"by-cells", "by-spines"}
UNSEEN = """\
  - id: beta2002.unseen
    drug: ketamine
    interventions: [{agent: a thing, target: a target that nobody entered, mode: knockout}]
    outcome: forced-swim immobility
    observed: abolishes
    summary: It was lost.
"""
ASKED: dict[str, tuple[str, ...]] = {
    "conflicts": (),
    "blockades": ("--drug", "ketamine", "--target", "GluN2B"),
    "necessary": ("ketamine", "FST"),
    "timeline": (),
    "hypotheses": (),
    "hypotheses show": ("by-cells",),
    "hypotheses compare": ("by-cells", "by-spines"),
    "gaps": ("ketamine", "FST"),
    "compare": ("ketamine", "other drug =1+1"),
    "predict": ("--block", "GluN2B", "--outcome", "FST"),
    "validate": ("--experiments", "seen.yaml"),
    "stats": (),
    "load": ("--dry-run",),
    "export": ("for-import",),
}


def keys(value: Any, closed: Collection[str]) -> set[str]:
    """Gather the fields of an answer, without those of findings and those inside `closed` fields."""
    if isinstance(value, list):
        return {key for child in value for key in keys(child, closed)}
    if not isinstance(value, dict) or {"stance", "tier", "read"} <= set(value):
        return set()
    by_drug = {key for key, child in value.items() if key in ("papers", "evidence") and isinstance(child, dict)}
    below = [child for key, child in value.items() if key not in {*closed, *by_drug}]
    return set(value) | {key for child in below for key in keys(child, closed)}


def told(name: str) -> set[str]:
    """Gather the fields that a block of the document names in quotes."""
    return set(re.findall(r'"(\w+)"', BLOCKS[name]))


@pytest.mark.parametrize("name", ASKED)
def test_the_fields_of_an_answer_are_those_of_the_document(
    ask_rivals: Ask, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each field of the JSON is named under its command, and each that is named is there."""
    monkeypatch.chdir(tmp_path)
    seen = (SMALL / "papers" / "beta2002.yaml").read_text(encoding="utf-8")
    Path("seen.yaml").write_text(seen + UNSEEN, encoding="utf-8")
    said = ask_rivals(*name.split(), *ASKED[name], "--format", "json")
    assert said.status == 0
    found = keys(json.loads(said.out), KEYED_BY_DATA | TOLD_ELSEWHERE.get(name, set()))
    assert found - SLUGS == told(name)


def test_what_a_block_leaves_to_another_is_there(ask_rivals: Ask) -> None:
    """Hypotheses within other answers are those of `hypotheses` and `hypotheses show`."""

    def data(*words: str) -> Any:
        return json.loads(ask_rivals(*words, "--format", "json").out)

    assert data("stats")["hypotheses"] == data("hypotheses")["hypotheses"]
    shown, compared = data("hypotheses", "show", "by-cells"), data("hypotheses", "compare", "by-cells", "by-spines")
    assert compared["first"] == shown
    assert compared["shared"] + compared["own_first"] == shown["steps"]
    assert "by-cells" in compared["deciders"][0]


def test_the_fields_of_check_are_those_of_the_document(ask_small: Ask) -> None:
    """What there is to look at has four fields."""
    assert keys(json.loads(ask_small("check", "--format", "json").out), ()) == told("check")


def test_the_fields_of_weak_sources_are_those_of_the_document(ask: Ask) -> None:
    """Papers without an identifier and weakly read records have the fields that are told."""
    found = json.loads(ask("stats", "--weak", "--format", "json").out)
    assert keys(found, ()) == told("stats --weak")
