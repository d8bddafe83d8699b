"""A compiled form of the knowledge: plain JSON that a look-up reads instead of YAML.

It lies in the user's cache folder under two hashes: of the files it was made from, and of the code that read
them (a stricter rule must not be passed by what an older one let through). It is written atomically; a few are
kept. Without a writable cache everything still works, only slower.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeVar

from ketamech.graph import model
from ketamech.graph.model import (
    Affinity,
    Claim,
    Comparison,
    Context,
    Entity,
    Experiment,
    Hypothesis,
    HypothesisStep,
    Intervention,
    Knowledge,
    Mechanism,
    Needed,
    Paper,
    Place,
    Separation,
)
from ketamech.graph.quantities import Dose, Hours

T = TypeVar("T")
FORMAT: Final = 2
CACHE_VARIABLE: Final = "KETAMECH_CACHE"
KEPT: Final = 8
_NO_CACHE: Final = (OSError, RuntimeError)  # RuntimeError: no home folder is known


def cache_folder() -> Path:
    """Give the folder for compiled knowledge: $KETAMECH_CACHE, else the platform's cache folder."""
    chosen = os.environ.get(CACHE_VARIABLE)
    if chosen:
        return Path(chosen)
    if os.name == "nt":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home()) / "ketamech" / "cache"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "ketamech"


def dump(knowledge: Knowledge) -> str:
    """Write knowledge as compact JSON: each record a list of its fields, each paper once."""
    papers = {p.key: i for i, p in enumerate(knowledge.papers)}

    def flat(value: Any) -> Any:
        if isinstance(value, Paper):
            return papers[value.key]
        if is_dataclass(value):
            return [flat(getattr(value, f.name)) for f in fields(value)]
        return [flat(v) for v in value] if isinstance(value, tuple) else value

    body = {
        "papers": [[getattr(p, f.name) for f in fields(p)] for p in knowledge.papers],
        **{name: flat(getattr(knowledge, name)) for name in _RECORDS},
    }
    head = {"format": FORMAT, "content": knowledge.content}
    return json.dumps({**head, **body}, ensure_ascii=False, separators=(",", ":"))


def load(text: str) -> Knowledge:
    """Read what `dump` wrote; raise ValueError when it is of another format or broken."""
    body = json.loads(text)
    if not isinstance(body, dict) or body.get("format") != FORMAT:
        raise ValueError("compiled knowledge of another format")
    try:
        papers = tuple(_make(Paper, row, checked=tuple) for row in body["papers"])
        made = {name: tuple(make(row, papers) for row in body[name]) for name, make in _RECORDS.items()}
        return Knowledge(papers=papers, content=body["content"], **made)
    except (LookupError, TypeError, ValueError) as error:
        raise ValueError("broken compiled knowledge") from error


def read_cached(content: str) -> Knowledge | None:
    """Give the knowledge compiled from files of this hash, or None."""
    try:
        found = load(_path(content).read_text(encoding="utf-8"))
    except (*_NO_CACHE, ValueError):  # RecursionError, of a foreign file, is a RuntimeError too
        return None
    return found if found.content == content else None


def write_cached(knowledge: Knowledge) -> None:
    """Keep compiled knowledge for the next time, silently doing without where that is not possible."""
    with contextlib.suppress(*_NO_CACHE):
        path = _path(knowledge.content)
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(dump(knowledge))
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        kept = sorted(path.parent.glob("knowledge-*.json"), key=lambda p: p.stat().st_mtime_ns)
        for old in kept[:-KEPT]:
            old.unlink(missing_ok=True)


def _path(content: str) -> Path:
    return cache_folder() / f"knowledge-{FORMAT}-{_code()[:12]}-{content[:32]}.json"


@cache
def _code() -> str:
    digest = hashlib.sha256()
    for folder in (Path(model.__file__).parent, Path(__file__).parent):
        for file in sorted(folder.glob("*.py")):
            digest.update(file.read_bytes())
    return digest.hexdigest()


def _make(cls: type[T], row: list[Any], **readers: Callable[[Any], Any]) -> T:
    """Make a record of a list of its fields, some of them read first."""
    values = dict(zip(_FIELDS[cls], row, strict=True))
    for name, read in readers.items():
        values[name] = read(values[name])
    return cls(**values)


def _perhaps(cls: type[T]) -> Callable[[Any], T | None]:
    return lambda row: _make(cls, row) if row else None


def _entity(row: list[Any], _: Any) -> Entity:
    return _make(Entity, row, synonyms=tuple, parents=lambda pairs: tuple((r, p) for r, p in pairs), xrefs=tuple)


def _context(row: list[Any]) -> Context:
    return _make(Context, row, dose=_perhaps(Dose), time=_perhaps(Hours))


def _place(row: list[Any]) -> Place:
    return _make(Place, row)


def _claim(row: list[Any], papers: tuple[Paper, ...]) -> Claim:
    return _make(Claim, row, paper=papers.__getitem__, subject_in=_place, object_in=_place, context=_context)


def _interventions(rows: list[Any]) -> tuple[Intervention, ...]:
    return tuple(_make(Intervention, row, place=_place) for row in rows)


def _experiment(row: list[Any], papers: tuple[Paper, ...]) -> Experiment:
    return _make(
        Experiment,
        row,
        paper=papers.__getitem__,
        interventions=_interventions,
        outcome_in=_place,
        measured_at=_perhaps(Hours),
        on=lambda triple: tuple(triple) if triple else None,
        context=_context,
    )


def _comparison(row: list[Any], papers: tuple[Paper, ...]) -> Comparison:
    return _make(Comparison, row, paper=papers.__getitem__, context=_context)


def _affinity(row: list[Any], papers: tuple[Paper, ...]) -> Affinity:
    return _make(Affinity, row, paper=papers.__getitem__, context=_context)


def _steps(rows: list[Any]) -> tuple[HypothesisStep, ...]:
    return tuple(_make(HypothesisStep, row, triple=tuple) for row in rows)


def _separations(rows: list[Any]) -> tuple[Separation, ...]:
    return tuple(_make(Separation, row, done=tuple) for row in rows)


def _hypothesis(row: list[Any], _: Any) -> Hypothesis:
    lists: dict[str, Callable[[Any], Any]] = {"targets": _needed, "key_papers": tuple, "against": tuple}
    return _make(Hypothesis, row, steps=_steps, separations=_separations, **lists)


def _needed(rows: list[Any]) -> tuple[Needed, ...]:
    return tuple(_make(Needed, row, place=_place) for row in rows)


def _mechanism(row: list[Any], _: Any) -> Mechanism:
    return _make(Mechanism, row, entities=tuple, papers=tuple)


_FIELDS: Final[dict[type, tuple[str, ...]]] = {
    cls: tuple(f.name for f in fields(cls))
    for cls in (
        *(Affinity, Claim, Comparison, Context, Dose, Entity, Experiment, Hours, Hypothesis, HypothesisStep),
        *(Intervention, Mechanism, Needed, Paper, Place, Separation),
    )
}
_RECORDS: Final[dict[str, Any]] = {
    "entities": _entity,
    "claims": _claim,
    "experiments": _experiment,
    "comparisons": _comparison,
    "affinities": _affinity,
    "hypotheses": _hypothesis,
    "mechanisms": _mechanism,
}
