"""The path question: ends, how many, how long, which context, which hours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from ketamech.graph.errors import BadValue
from ketamech.graph.vocabulary import SEXES, SPECIES

DEFAULT_K: Final = 5
DEFAULT_LENGTH: Final = 12


@dataclass(frozen=True, slots=True)
class PathQuery:
    """Hold a question: ends, how many, how long, which context, which hours (after the dose)."""

    source: str
    target: str
    k: int = DEFAULT_K
    max_length: int = DEFAULT_LENGTH
    sign: int | None = None
    species: str | None = None
    region: str | None = None
    cell_type: str | None = None
    compound: str | None = None
    indication: str | None = None
    sex: str | None = None
    by: float | None = None
    after: float | None = None
    via: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    min_strength: float = 0.0
    strict_context: bool = False
    variants: bool = False

    def to_dict(self) -> dict[str, Any]:
        """Give the question as plain data, unset options left out."""
        given = {name: getattr(self, name) for name in self.__slots__}
        return {k: list(v) if isinstance(v, tuple) else v for k, v in given.items() if v not in (None, (), False, 0.0)}

    def check(self) -> None:
        """Raise BadValue when a value lies outside its range."""
        if self.k < 1 or self.k > 1000:
            raise BadValue(f"--k {self.k} is out of range.", "Ask for 1 to 1000 paths.")
        if self.max_length < 1 or self.max_length > 30:
            raise BadValue(f"--max-length {self.max_length} is out of range.", "Paths have 1 to 30 steps.")
        if not 0 <= self.min_strength <= 1:
            raise BadValue(f"--min-strength {self.min_strength} is out of range.", "Strength lies between 0 and 1.")
        if self.by is not None and self.after is not None and self.after > self.by:
            raise BadValue("--after lies later than --by.", "Ask for a window that is not empty.")
        if self.species is not None and self.species not in SPECIES:
            raise BadValue(f"'{self.species}' is not a species of the knowledge.", f"Use one of: {', '.join(SPECIES)}.")
        if self.sex is not None and self.sex not in SEXES:
            raise BadValue(f"--sex {self.sex} is not known.", f"Use one of: {', '.join(SEXES)}.")
