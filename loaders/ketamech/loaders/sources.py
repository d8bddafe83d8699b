"""Read the bytes of knowledge folders and hash them, without looking inside."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ketamech.graph.errors import Problem

TABLE: Final = "entities.tsv"
PAPERS: Final = "papers"
HYPOTHESES: Final = "hypotheses"
MECHANISMS: Final = "mechanisms.tsv"
SEEDS: Final = "seeds.tsv"
SUFFIXES: Final = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Source:
    """Hold the bytes of one file with the name it is reported by."""

    name: str
    data: bytes

    @property
    def kind(self) -> str:
        """Tell what it holds: one of the tables by name, `hypotheses` or `papers`."""
        path = Path(self.name)
        if path.name in (TABLE, MECHANISMS, SEEDS):
            return path.name
        return HYPOTHESES if path.parent.name == HYPOTHESES else PAPERS


def read_sources(folders: Sequence[Path]) -> tuple[list[Source], list[Problem]]:
    """Read the tables, paper files and hypotheses of folders, in a stable order, and name what cannot be read."""
    sources: list[Source] = []
    problems: list[Problem] = []
    for folder in folders:
        if not folder.is_dir():
            right = f"name one with {TABLE} and {PAPERS}/*.yaml"
            problems.append(Problem(str(folder), 0, "", "no such folder", right))
            continue
        found = _files(folder, problems)
        if not found:
            problems.append(Problem(str(folder), 0, "", "no knowledge here", f"it needs {TABLE} or {PAPERS}/*.yaml"))
        for path in found:
            try:
                sources.append(Source(str(path), path.read_bytes()))
            except OSError as error:
                problems.append(_unreadable(path, error))
    return sources, problems


def _files(folder: Path, problems: list[Problem]) -> list[Path]:
    found = [folder / name for name in (TABLE, MECHANISMS, SEEDS) if (folder / name).exists()]
    for part in (PAPERS, HYPOTHESES):
        try:
            found += paper_files(folder / part) if (folder / part).is_dir() else []
        except OSError as error:
            problems.append(_unreadable(folder / part, error))
    return found


def paper_files(folder: Path) -> list[Path]:
    """List the YAML files of a folder in a stable order, hidden ones left out; raise OSError."""
    return [p for p in sorted(folder.iterdir()) if p.suffix.lower() in SUFFIXES and not p.name.startswith(".")]


def _unreadable(path: Path, error: OSError) -> Problem:
    return Problem(str(path), 0, "", f"cannot be read ({error.strerror})", "check the file and its rights")


def content_hash(sources: Sequence[Source]) -> str:
    """Give a hash of kinds, names and bytes: the same files give the same hash wherever they lie."""
    digest = hashlib.sha256()
    for source in sources:
        name = os.fsencode(f"{source.kind}/{Path(source.name).name}")
        digest.update(b"%d:%d:" % (len(name), len(source.data)) + name + source.data)
    return digest.hexdigest()
