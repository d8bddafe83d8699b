"""Values as the driver hands them over, made plain: told apart by their class names, so that nothing is imported."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from ketamech.graph.cypher_answers import FoundLink, FoundNode, FoundPath


def found_value(value: Any) -> Any:
    r"""Give a value as text, number, truth value, list, mapping, or as node, relationship or path.

    Dates, times and durations become ISO 8601, bytes hexadecimal digits; what is no finite number becomes a text.

    >>> found_value([1, float("nan"), b"\x01", {"a": None}])
    [1, 'NaN', '01', {'a': None}]
    """
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else {1: "Infinity", -1: "-Infinity"}.get(_sign(value), "NaN")
    if isinstance(value, bytes | bytearray):
        return value.hex()
    if isinstance(value, list):
        return [found_value(held) for held in value]
    if hasattr(value, "relationships"):
        return _path(value)
    if hasattr(value, "labels"):
        return FoundNode(tuple(sorted(value.labels)), _properties(value))
    if hasattr(value, "start_node"):
        return FoundLink(value.type, _properties(value))
    if isinstance(value, Mapping):
        return {str(key): found_value(held) for key, held in value.items()}
    if hasattr(value, "srid"):
        return {"srid": value.srid, "coordinates": list(value)}
    return value.iso_format() if hasattr(value, "iso_format") else str(value)


def _sign(value: float) -> int:
    return 0 if math.isnan(value) else 1 if value > 0 else -1


def _properties(entity: Any) -> dict[str, Any]:
    return {key: found_value(entity[key]) for key in sorted(entity)}


def _path(path: Any) -> FoundPath:
    nodes = tuple(path.nodes)
    links = tuple(path.relationships)
    return FoundPath(
        tuple(found_value(node) for node in nodes),
        tuple(found_value(link) for link in links),
        tuple(link.start_node == node for link, node in zip(links, nodes, strict=False)),
    )
