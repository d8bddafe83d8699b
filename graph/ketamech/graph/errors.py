"""The exceptions of ketamech, one tree.

::

    KetamechError               base; `exit_status` is what the command line returns
    ├── UsageError         (2)  the question cannot be asked as it stands
    │   ├── UnknownName         no entity, paper or edge of that name; carries suggestions
    │   │   └── UnknownEdge     no edge between two entities; carries edges near to it
    │   ├── AmbiguousName       several entities answer to it; carries the candidates
    │   └── BadValue            a dose, time, number or option outside its grammar
    ├── DatabaseError      (3)  the graph database cannot be reached or refuses
    └── DataError          (4)  knowledge files are wrong; carries every problem found
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from shlex import quote

__all__ = [
    "AmbiguousName",
    "BadValue",
    "DataError",
    "DatabaseError",
    "KetamechError",
    "Problem",
    "UnknownEdge",
    "UnknownName",
    "UsageError",
]


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Name one fault of one file: where it stands, what is wrong, what would be right."""

    file: str
    line: int
    field: str
    wrong: str
    right: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        field = f"{self.field}: " if self.field else ""
        return f"{where}: {field}{self.wrong}; {self.right}"


class KetamechError(Exception):
    """Carry one line for the reader and, where there is one, a hint how to go on."""

    exit_status = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(KetamechError):
    """Say that the question cannot be asked as it stands."""

    exit_status = 2


class UnknownName(UsageError):
    """Say that nothing is known by this name, with the nearest names; `otherwise` is the hint where none is near."""

    def __init__(
        self,
        what: str,
        name: str,
        suggestions: Sequence[str] = (),
        otherwise: str = "Try `ketamech search` with a shorter word.",
    ) -> None:
        near = f"Did you mean: {', '.join(suggestions)}?" if suggestions else otherwise
        super().__init__(f"No {what} '{name}'.", near)
        self.name = name
        self.suggestions = tuple(suggestions)


class UnknownEdge(UnknownName):
    """Say that no edge leads from one entity to another, with what there is.

    Edges near to it, what acts on the object and what the subject acts on; `way` tells whether a path leads there over
    other places, and so whether to ask for it.
    """

    def __init__(
        self,
        subject: str,
        object: str,
        near: Sequence[str] = (),
        acting: Sequence[str] = (),
        acted: Sequence[str] = (),
        *,
        way: bool = True,
    ) -> None:
        super().__init__("edge", f"{subject} -> {object}", near)
        told = [f"Near to it: {', '.join(near)}."] if near else []
        told += [f"What acts on {object}: {', '.join(acting)}."] if acting else []
        told += [f"What {subject} acts on: {', '.join(acted)}."] if acted and not way else []
        if way:
            told.append(f"For a way over other places: ketamech paths {quote(subject)} {quote(object)}")
        else:
            told.append("No path leads there over other places either.")
        if subject == object:
            told = [f"Both ends are the same; for all of {subject}: ketamech show {quote(subject)}"]
        self.hint = " ".join(told)
        self.acting = tuple(acting)


class AmbiguousName(UsageError):
    """Say that several entities answer to this name."""

    def __init__(self, name: str, candidates: Sequence[str]) -> None:
        super().__init__(
            f"'{name}' names several entities: {', '.join(candidates)}.", "Give the full name or the CURIE."
        )
        self.name = name
        self.candidates = tuple(candidates)


class BadValue(UsageError):
    """Say that a value lies outside its grammar or range."""


class DatabaseError(KetamechError):
    """Say that the graph database cannot be reached or refuses."""

    exit_status = 3


class DataError(KetamechError):
    """Carry every problem found in the knowledge files; nothing was loaded."""

    exit_status = 4

    def __init__(self, problems: Sequence[Problem]) -> None:
        count = len(problems)
        super().__init__(
            f"{count} problem{'' if count == 1 else 's'} in the knowledge files; nothing was loaded.",
            "Each line above names file, line and remedy.",
        )
        self.problems = tuple(sorted(problems))
