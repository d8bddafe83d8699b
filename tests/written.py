"""What every output format promises, for the tests of all commands."""

from __future__ import annotations

import csv
import io
import json


def assert_parses(text: str, format: str) -> None:
    """See that an answer with rows parses as the format it claims to be."""
    if format == "json":
        assert json.loads(text)["schema_version"] == 1
    elif format == "jsonl":
        assert all(isinstance(json.loads(line), dict) for line in text.splitlines())
    elif format in ("tsv", "csv"):
        table = list(csv.reader(io.StringIO(text), delimiter="\t" if format == "tsv" else ","))
        assert len(table) > 1
        assert {len(row) for row in table} == {len(table[0])}
    elif format == "markdown":
        assert text.splitlines()[1].startswith("| --- |")
