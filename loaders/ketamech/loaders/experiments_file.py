"""Read experiments that are to be foretold: a paper file, or several in one list, whose names may be unknown here.

The shape must be sound (else DataError, with file, line and remedy). An experiment that names what the knowledge does
not hold is not an error: it is given back by id with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ketamech.graph.errors import DataError, Problem
from ketamech.graph.model import Entity, Experiment
from ketamech.graph.names import NameIndex
from ketamech.loaders.paper_file import PaperReader
from ketamech.loaders.shape_check import read_shape
from ketamech.loaders.shapes import FileShape
from ketamech.loaders.sources import paper_files
from ketamech.loaders.yaml_text import Document, read_yaml


def read_experiments(path: Path, entities: Iterable[Entity]) -> tuple[list[Experiment], list[tuple[str, str]]]:
    """Read the experiments of a paper file, or of every paper file of a folder.

    Gives those whose names are known, and the others as (id, reason). Raises DataError.
    """
    names = NameIndex(entities)
    found: list[Experiment] = []
    unknown: list[tuple[str, str]] = []
    problems: list[Problem] = []
    for file in _files(path):
        try:
            doc = read_yaml(file.read_bytes(), str(file))
        except OSError as error:
            raise _unreadable(file, error) from error
        shape = read_shape(doc, FileShape) if doc.value is not None else None
        if shape is None:
            problems += doc.problems
            continue
        for wanted in shape.experiments:
            alone = Document(doc.file, doc.value, doc.lines)
            bare = wanted.model_copy(update={"on": None})
            made = PaperReader(alone, names).read(shape.model_copy(update={"claims": [], "experiments": [bare]}))
            faults = [p for p in alone.problems if "experiments" in p.field]
            if wanted.id in {x.id for x in found}:
                unknown.append((wanted.id, "the id stands twice"))
            elif made.experiments and not faults:
                found += made.experiments
            else:
                unknown.append((wanted.id, "; ".join(p.wrong for p in faults)))
    if problems:
        raise DataError(problems)
    return found, unknown


def _files(path: Path) -> list[Path]:
    try:
        files = paper_files(path) if path.is_dir() else [path]
    except OSError as error:
        raise _unreadable(path, error) from error
    if not files:
        raise DataError([Problem(str(path), 0, "", "no paper file here", "name a paper file, or a folder of some")])
    return files


def _unreadable(path: Path, error: OSError) -> DataError:
    wrong = f"cannot be read ({error.strerror})"
    return DataError([Problem(str(path), 0, "", wrong, "check the file and its rights")])
