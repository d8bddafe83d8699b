"""Write the files of papers that are begun: never a paper that is known already, never over another file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from ketamech.graph.errors import BadValue, UsageError
from ketamech.graph.model import Knowledge
from ketamech.graph.source_answers import SourcesAnswer
from ketamech.loaders.skeleton import Given, default_key, skeleton
from ketamech.loaders.sources import PAPERS, SUFFIXES

MAX_DRAFTS: Final = 500
_DOI_LINE: Final = re.compile(r"^[ \t]{1,20}doi:[ \t]{0,20}[\"']?([^\s\"'#]+)", re.MULTILINE)


def begin_paper(given: Given, knowledge: Knowledge, folders: Sequence[Path], into: Path) -> Path:
    """Write the skeleton of one paper into a folder; raise UsageError when the paper or the file is there already."""
    text = skeleton(given)
    for paper in knowledge.papers:
        same = [
            what
            for what, is_same in (
                (f"DOI {given.doi}", (paper.doi or "").lower() == given.doi.lower()),
                (f"PMID {given.pmid}", given.pmid is not None and paper.pmid == given.pmid),
            )
            if is_same
        ]
        at = paper_file(paper.key, folders)
        if same:
            raise UsageError(f"{same[0]} is in the knowledge already: {at}", "Add to that file instead.")
        if paper.key == given.key:
            raise UsageError(f"The key {given.key} is taken: {at}", f"Give another one: --key {given.key}b")
    drafted = drafts(into).get(given.doi.lower())
    if drafted:
        raise UsageError(f"DOI {given.doi} is begun already: {drafted}", "Go on in that file.")
    return _write(into / f"{given.key}.yaml", text)


def draft_unknown(answer: SourcesAnswer, into: Path) -> tuple[list[Path], list[Path]]:
    """Write a skeleton for every DOI that the knowledge lacks; give the new files and those that were there before."""
    if len(answer.unknown_dois) > MAX_DRAFTS:
        wrong = f"{len(answer.unknown_dois)} DOIs are not in the knowledge; at most {MAX_DRAFTS} are drafted at once."
        raise BadValue(wrong, "Split the note.")
    begun = drafts(into)
    texts: dict[Path, str] = {}
    for doi in answer.unknown_dois:
        if doi.lower() not in begun:
            given = Given(doi, default_key(doi))
            if into / f"{given.key}.yaml" in {*texts, *begun.values()}:
                given = Given(doi, default_key(doi, apart=True))
            texts[into / f"{given.key}.yaml"] = skeleton(given)
    written = [_write(path, text) for path, text in texts.items()]
    return written, [begun[doi.lower()] for doi in answer.unknown_dois if doi.lower() in begun]


def drafts(into: Path) -> dict[str, Path]:
    """Find the papers of a folder by their DOI (lower case), finished or not, without loading them."""
    found: dict[str, Path] = {}
    try:
        for path in sorted(into.iterdir()) if into.is_dir() else ():
            if path.suffix.lower() in SUFFIXES and path.is_file():
                doi = _DOI_LINE.search(path.read_text(encoding="utf-8", errors="replace"))
                if doi:
                    found.setdefault(doi[1].lower(), path)
    except OSError as error:
        raise UsageError(f"{into} cannot be read ({error.strerror}).", "Choose another folder.") from None
    return found


def paper_file(key: str, folders: Sequence[Path]) -> Path:
    """Give the file of a paper that was loaded from one of these folders."""
    places = [folder / PAPERS / f"{key}{suffix}" for folder in folders for suffix in SUFFIXES]
    return next((p for p in places if p.is_file()), Path(PAPERS, f"{key}{SUFFIXES[0]}"))


def _write(path: Path, text: str) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        if path.exists():
            raise UsageError(f"{path} exists; nothing was written.", "Give another --key, or another folder.") from None
        raise UsageError(f"{path} cannot be written ({error.strerror}).", "Choose another folder.") from None
    return path
