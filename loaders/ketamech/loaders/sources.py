"""Read the bytes of knowledge folders and hash them, without looking inside."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ketamech.graph.errors import DataError, Problem


@dataclass(frozen=True, slots=True)
class Source:
    """Hold the bytes of one file with the name it is reported by."""

    name: str
    data: bytes


def read_sources(folders: Sequence[Path]) -> list[Source]:
    """Read the entity tables and paper files of folders, in a stable order; raise DataError."""
    sources, problems = [], []
    for folder in folders:
        table = folder / "entities.tsv"
        found = sorted(p for p in (folder / "papers").glob("*") if p.suffix in (".yaml", ".yml"))
        if not folder.is_dir():
            problems.append(Problem(str(folder), 0, "", "no such folder", "name one with entities.tsv and papers/*.yaml"))
        elif not table.is_file() and not found:
            problems.append(Problem(str(folder), 0, "", "no knowledge here", "it needs entities.tsv or papers/*.yaml"))
        for path in ([table] if table.is_file() else []) + found:
            try:
                sources.append(Source(str(path), path.read_bytes()))
            except OSError as error:
                problems.append(Problem(str(path), 0, "", f"cannot be read ({error.strerror})", "check the file"))
    if problems:
        raise DataError(problems)
    return sources


def content_hash(sources: Sequence[Source]) -> str:
    """Give a hash of names and bytes: the same files give the same hash wherever they lie."""
    digest = hashlib.sha256()
    for source in sources:
        name = "/".join(Path(source.name).parts[-2:]).encode()
        digest.update(b"%d:%d:" % (len(name), len(source.data)) + name + source.data)
    return digest.hexdigest()
