"""Hold `seeds.tsv` true: every claim of the texts the project sprang from has its records, or the reason why none."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from ketamech.graph.errors import Problem

COLUMNS: Final = ("seed", "claim", "verdict", "stands_for", "reason")
VERDICTS: Final = ("right", "imprecise", "wrong", "right, with contrary evidence", "not checkable here")


def check_seeds(text: str, file: str, evidence: Collection[str]) -> list[Problem]:
    """Give every problem of the table with its line; `evidence` holds the ids of all records."""
    rows = text.split("\n")
    if tuple(rows[0].rstrip("\r").split("\t")) != COLUMNS:
        return [Problem(file, 1, "header", "the columns differ", f"write, tab-separated: {' '.join(COLUMNS)}")]
    problems: list[Problem] = []
    seen: set[str] = set()
    for line, row in enumerate(rows[1:], start=2):
        cells = [c.strip() for c in row.rstrip("\r").split("\t")]
        if cells == [""]:
            continue
        if len(cells) != len(COLUMNS):
            problems.append(Problem(file, line, "", f"{len(cells)} columns", f"write {len(COLUMNS)}, tab-separated"))
            continue
        seed, claim, verdict, stands_for, reason = cells
        ids = [id for id in (part.strip() for part in stands_for.split("|")) if id]
        faults = [("stands_for", f"no record '{id}'", "name one, or say why none") for id in ids if id not in evidence]
        if not seed or seed in seen:
            faults.append(("seed", f"'{seed}' is no name of its own", "give every claim one row"))
        if not claim:
            faults.append(("claim", "is empty", "say what the text claims, in your own words"))
        if verdict not in VERDICTS:
            faults.append(("verdict", f"'{verdict}' is not a verdict", f"use one of: {'; '.join(VERDICTS)}"))
        if not ids and not reason:
            faults.append(("reason", "neither a record nor a reason", "name a record, or say why none stands for it"))
        seen.add(seed)
        problems += [Problem(file, line, *fault) for fault in faults]
    return problems
