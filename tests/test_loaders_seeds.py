"""The table that ties the claims of the first texts to records: its rules, and that it is whole."""

from __future__ import annotations

import csv
import json

import pytest
from reference import reference

from ketamech.loaders import packaged_folder
from ketamech.loaders.seed_table import COLUMNS, check_seeds

HEAD = "\t".join(COLUMNS)


def problems(*rows: str, head: str = HEAD) -> list[str]:
    """Check a table of these rows against two known records."""
    return [str(p) for p in check_seeds("\n".join([head, *rows, ""]), "seeds.tsv", {"a2000.x", "b2001.y"})]


def test_a_sound_table() -> None:
    """A claim has records, a reason, or both."""
    assert (
        problems("s1\tsays\tright\ta2000.x | b2001.y\t", "s2\tsays\twrong\t\tan opinion", "s3\tx\tright\ta2000.x\ty")
        == []
    )


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("s1\tsays\tright\tc2002.z\t", "stands_for: no record 'c2002.z'; name one, or say why none"),
        ("s1\tsays\tright\t\t", "reason: neither a record nor a reason; name a record, or say why none stands for it"),
        ("\tsays\tright\ta2000.x\t", "seed: '' is no name of its own; give every claim one row"),
        ("s1\t\tright\ta2000.x\t", "claim: is empty; say what the text claims, in your own words"),
        ("s1\tsays\ttrue\ta2000.x\t", "verdict: 'true' is not a verdict"),
        ("s1\tsays\tright", "3 columns; write 5, tab-separated"),
    ],
)
def test_one_fault(row: str, fault: str) -> None:
    """Each fault is named with its line and remedy."""
    (said,) = problems(row)
    assert said.startswith(f"seeds.tsv:2: {fault}")


def test_a_claim_stands_once() -> None:
    """The same claim in two rows, or another heading, is a fault."""
    assert len(problems("s1\tsays\tright\ta2000.x\t", "s1\tsays\tright\ta2000.x\t")) == 1
    assert problems(head="seed\tclaim")[0].startswith("seeds.tsv:1: header: the columns differ")


def test_the_packaged_table_is_whole() -> None:
    """All 114 claims of the first texts stand in it, in order, with the verdict they were given."""
    claims = reference("literature/seed_claims.jsonl")
    given = [json.loads(line) for line in claims.read_text(encoding="utf-8").splitlines()]
    text = (packaged_folder() / "seeds.tsv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
    assert [r["seed"] for r in rows] == [g["claim_id"] for g in given]
    assert [r["verdict"] for r in rows] == [g["verdict"] for g in given]
    assert len(rows) == 114
    assert sum(bool(r["stands_for"]) for r in rows) >= 90
