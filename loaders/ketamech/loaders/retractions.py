"""The packaged list of retracted papers.

Only the check of the knowledge reads it: a look-up goes by the mark `retracted` of the paper file.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from ketamech.graph.errors import DataError, Problem
from ketamech.graph.identifiers import is_pmid
from ketamech.loaders.defaults import packaged_folder

LIST: Final = "retractions.txt"


def retracted_pmids(path: Path | None = None) -> frozenset[str]:
    """Read the PubMed numbers of retracted publications; raise DataError when the list is missing or damaged.

    >>> "19717156" in retracted_pmids(), "20724638" in retracted_pmids()
    (True, False)
    """
    path = path or packaged_folder() / LIST
    try:
        rows = path.read_text(encoding="ascii").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "not ASCII"
        raise DataError([Problem(str(path), 0, "", f"cannot be read ({why})", "install ketamech anew")]) from None
    numbers = {(line, row) for line, row in enumerate(rows, start=1) if row and not row.startswith("#")}
    wrong = [
        Problem(str(path), line, "", f"'{row}' is not a PubMed number", "write one number a line")
        for line, row in numbers
        if not is_pmid(row)
    ]
    if wrong:
        raise DataError(wrong)
    return frozenset(row for _, row in numbers)
