"""Names as people type them: folding of case, hyphens and Greek letters, and an index that answers to them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from ketamech.graph.errors import AmbiguousName, UnknownName
from ketamech.graph.model import Entity

GREEK: Final = {
    "α": "alpha",
    "β": "beta",
    "γ": "gamma",
    "δ": "delta",
    "ε": "epsilon",
    "ζ": "zeta",
    "η": "eta",
    "θ": "theta",
    "κ": "kappa",
    "λ": "lambda",
    "μ": "mu",
    "µ": "mu",
    "σ": "sigma",
    "ω": "omega",
}
TYPO: Final = 0.75
BEGINS: Final = 0.9
BETWEEN: Final = re.compile(r"[\s()\[\],;:/-]+")


def fold(text: str) -> str:
    """Reduce a name to the letters and digits by which it is recognised.

    >>> fold("(2R,6R)-HNK"), fold("5-HT₁B"), fold("β-CaMKII") == fold("beta CaMKII")
    ('2r6rhnk', '5ht1b', True)
    """
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(GREEK.get(c, c) for c in plain if c.isalnum())


@dataclass(frozen=True, slots=True)
class Match:
    """Hold one answer of a search: the entity, the name that matched, how well (1.0 is exact)."""

    entity: Entity
    matched: str
    score: float


class NameIndex:
    """Answer to names, synonyms and identifiers of entities, also when they are mistyped."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self._entities = tuple(entities)
        self._exact: dict[str, dict[str, Entity]] = {}
        self._preferred: dict[str, list[Entity]] = {}
        for entity in self._entities:
            self._preferred.setdefault(fold(entity.name), []).append(entity)
            for name in (entity.name, entity.id, *entity.synonyms, *entity.xrefs):
                self._exact.setdefault(fold(name), {})[entity.id] = entity

    def spelled(self, name: str) -> bool:
        """Tell whether an entity has this name, synonym or identifier letter by letter."""
        found = self._exact.get(fold(name), {}).values()
        return any(name in (e.id, e.name, *e.synonyms) for e in found)

    def resolve(self, name: str) -> Entity:
        """Find the one entity of this name, synonym or CURIE.

        Raises UnknownName with suggestions, or AmbiguousName with the candidates.
        """
        key = fold(name)
        found = self._exact.get(key, {}) if key else {}
        if len(found) == 1:
            return next(iter(found.values()))
        preferred = self._preferred.get(key, []) if key else []
        spelled = [e for e in preferred if e.name == name]
        for narrowed in (preferred, spelled):
            if len(narrowed) == 1:
                return narrowed[0]
        if found:
            raise AmbiguousName(name, [f"{e.name} ({e.id})" for e in sorted(found.values(), key=lambda e: e.name)])
        raise UnknownName("entity", name, [f"{m.entity.name} ({m.entity.id})" for m in self.search(name, limit=3)])

    def search(self, text: str, limit: int = 10) -> tuple[Match, ...]:
        """Rank entities by how well a name of theirs fits: exact, beginning, whole words, inside, mistyped.

        Identifiers answer only when they are given from their beginning.
        """
        key = fold(text)
        if not key:
            return ()
        best: dict[str, Match] = {}
        for entity in self._entities:
            scores = [(name, _score(key, name)) for name in (entity.name, *entity.synonyms)]
            scores += [(id, score) for id in (entity.id, *entity.xrefs) if (score := _score(key, id)) >= BEGINS]
            for name, score in scores:
                if score and (entity.id not in best or score > best[entity.id].score):
                    best[entity.id] = Match(entity, name, score)
        ranked = sorted(best.values(), key=lambda m: (-m.score, len(m.entity.name), m.entity.name))
        return tuple(ranked[:limit])


def _stretches(text: str) -> set[str]:
    """Give every stretch of whole words of a name, folded: `HNK` of `(2R,6R)-HNK`."""
    words = [fold(word) for word in BETWEEN.split(text)]
    return {"".join(words[i:j]) for i in range(len(words)) for j in range(i + 1, len(words) + 1)}


def _score(key: str, text: str) -> float:
    name = fold(text)
    if key == name:
        return 1.0
    if name.startswith(key):
        return round(BEGINS + 0.09 * len(key) / len(name), 3)
    if key in name and key in _stretches(text):
        return round(0.89 + 0.009 * len(key) / len(name), 4)
    if len(key) >= 3 and key in name:
        return round(0.8 + 0.09 * len(key) / len(name), 3)
    if len(key) < 4 or abs(len(key) - len(name)) > 3 or not set(key) & set(name):
        return 0.0
    matcher = SequenceMatcher(None, key, name, autojunk=False)
    if matcher.real_quick_ratio() < TYPO or matcher.quick_ratio() < TYPO:
        return 0.0
    ratio = matcher.ratio()
    return round(ratio * 0.79, 3) if ratio >= TYPO else 0.0
