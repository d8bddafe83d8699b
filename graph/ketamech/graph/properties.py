"""Records as flat properties, as a graph database, a table or a CSV file holds them, and back.

A property is text, a number, a truth value or a list of texts. None and empty lists are left out. The parts of
a record are flattened: a context and the place of an intervention under their own names (`species`, `region`),
other places under the name of their field (`object_in_region`), a time as its text with its hours (`time`,
`time_low`, `time_high`), a dose with its unit besides. A paper becomes its key. The key of a paper, hypothesis
or mechanism is called `id`, as that of all other records. Lists of records and pairs are left out: they are rows
of their own, and handed back to `unflatten` by name.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, Final, TypeVar, cast, get_args, get_origin, get_type_hints

from ketamech.graph.model import Hypothesis, Mechanism, Paper, Triple
from ketamech.graph.quantities import Dose, Hours

Scalar = str | int | float | bool
Property = Scalar | list[str]
Properties = dict[str, Property]
T = TypeVar("T")

KEYS: Final[Mapping[type, str]] = {Paper: "key", Hypothesis: "slug", Mechanism: "slug"}
_UNNAMED: Final = frozenset({"context", "place"})
_TEXTS: Final = (tuple[str, ...], Triple)


def flatten(record: object, prefix: str = "") -> Properties:
    """Give the properties of a record; raise TypeError for a field that no property can hold.

    >>> from ketamech.graph.model import Context, Place
    >>> flatten(Context(species="mouse", time=Hours.parse("30 min")))
    {'species': 'mouse', 'time': '30 min', 'time_low': 0.5, 'time_high': 0.5}
    >>> flatten(Place("UBERON:1"), "object_in_")
    {'object_in_region': 'UBERON:1'}
    """
    made: Properties = {}
    for name, kind, _ in _fields(cast("Hashable", type(record))):
        value = getattr(record, name)
        key = prefix + _called(type(record), name)
        if value is None or value == () or _is_rows(kind):
            continue
        if isinstance(value, Hours | Dose):
            made |= {key: value.text} | {f"{key}_{k}": v for k, v in flatten(value).items() if k != "text"}
        elif isinstance(value, Paper):
            made[key] = value.key
        elif is_dataclass(value):
            made |= flatten(value, prefix if name in _UNNAMED else f"{key}_")
        elif kind in _TEXTS:
            made[key] = list(value)
        elif kind is float:
            made[key] = float(value)
        elif isinstance(value, str | int):
            made[key] = value
        else:
            raise TypeError(f"{type(record).__name__}.{name} fits no property: {value!r}")
    return made


def unflatten(
    cls: type[T],
    properties: Mapping[str, Any],
    prefix: str = "",
    *,
    papers: Mapping[str, Paper] | None = None,
    **parts: object,
) -> T:
    """Make the record again; `parts` are the fields that `flatten` left out. Other properties are passed over.

    Raise KeyError where a property or paper is missing that the record cannot be without.

    >>> from ketamech.graph.model import Context
    >>> unflatten(Context, {"species": "mouse", "loader": "somebody's"}).species
    'mouse'
    """
    made: dict[str, object] = {}
    for name, kind, field in _fields(cast("Hashable", cls)):
        key = prefix + _called(cls, name)
        if name in parts:
            made[name] = parts[name]
        elif kind in (Hours, Dose):
            if key in properties:
                given = {f.name: properties[f"{key}_{f.name}"] for f in fields(kind) if f.name != "text"}
                made[name] = kind(**given, text=properties[key])
        elif kind is Paper:
            made[name] = (papers or {})[properties[key]]
        elif is_dataclass(kind):
            made[name] = unflatten(cast("type[Any]", kind), properties, prefix if name in _UNNAMED else f"{key}_")
        elif key in properties:
            value = properties[key]
            made[name] = tuple(value) if kind in _TEXTS else value
        elif field.default is MISSING and field.default_factory is MISSING:
            raise KeyError(key)
    return cast("Callable[..., T]", cls)(**made)


def _called(cls: type, name: str) -> str:
    return "id" if KEYS.get(cls) == name else name


def _is_rows(kind: object) -> bool:
    return get_origin(kind) is tuple and kind not in _TEXTS


@cache
def _fields(cls: Hashable) -> tuple[tuple[str, Any, Field[Any]], ...]:
    """Give name, type without None, and field of every field of a record."""
    hints = get_type_hints(cls)
    made = []
    for field in fields(cast("Any", cls)):
        kind = hints[field.name]
        if isinstance(kind, UnionType):
            (kind,) = (k for k in get_args(kind) if k is not type(None))
        made.append((field.name, kind, field))
    return tuple(made)
