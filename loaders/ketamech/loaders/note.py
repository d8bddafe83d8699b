"""Read a note or article and say which of the papers it cites are in the knowledge."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from ketamech.graph.errors import UsageError
from ketamech.graph.model import Knowledge
from ketamech.graph.source_answers import CitedSource, SourcesAnswer
from ketamech.loaders.citations import find_citations

MAX_NOTE: Final = 20_000_000
_OTHER: Final = ((b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"), (b"%PDF-", "a PDF"), (b"PK\x03\x04", "an archive"))


def read_note(path: Path) -> str:
    """Read a text file of any kind (Markdown, HTML, plain); raise UsageError when it is no text in UTF-8."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_NOTE + 1)
    except OSError as error:
        raise UsageError(f"{path} cannot be read ({error.strerror}).", "Name a text file.") from None
    if len(data) > MAX_NOTE:
        raise UsageError(f"{path} has more than {MAX_NOTE // 1_000_000} MB.", "Split it, or take out what is no text.")
    for mark, name in _OTHER:
        if data.startswith(mark):
            raise UsageError(f"{path} is {name}, not text in UTF-8.", "Save it as plain text in UTF-8.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UsageError(f"{path}:{line}: the text is not UTF-8.", "Save it as plain text in UTF-8.") from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise UsageError(f"{path}:{line}: there is a NUL in it, so it is no text.", "Save it as plain text in UTF-8.")
    return text


def cited_sources(text: str, knowledge: Knowledge, note: str = "") -> SourcesAnswer:
    """Find what a text cites and name the paper of each DOI and PubMed number that the knowledge holds.

    >>> from ketamech.loaders import load_default
    >>> answer = cited_sources("doi:10.1126/SCIENCE.AAT8078 and PMID 1", load_default().knowledge)
    >>> [(s.id, s.known, s.paper) for s in answer.sources]
    [('10.1126/SCIENCE.AAT8078', True, 'modasava2019'), ('1', False, None)]
    """
    keys = {("doi", p.doi.lower()): p.key for p in knowledge.papers if p.doi}
    keys |= {("pmid", p.pmid): p.key for p in knowledge.papers if p.pmid}
    found = []
    for s in find_citations(text):
        key = keys.get((s.kind, s.id.lower()))
        known = key is not None if s.kind in ("doi", "pmid") else None
        found.append(CitedSource(s.kind, s.id, s.line, s.found, s.times, known, key))
    return SourcesAnswer(note.encode("utf-8", "replace").decode("utf-8"), tuple(found))
