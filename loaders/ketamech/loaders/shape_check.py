"""Hold a document to the shape of its records; every fault becomes a problem with its line."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import ValidationError

from ketamech.loaders.shapes import Shape
from ketamech.loaders.yaml_text import Document, Path, dotted

S = TypeVar("S", bound=Shape)


def read_shape(doc: Document, shape: type[S]) -> S | None:
    """Check the shape of a document; note every problem in it."""
    try:
        return shape.model_validate(doc.value)
    except ValidationError as error:
        for fault in error.errors(include_url=False):
            path = tuple(p for p in fault["loc"] if isinstance(p, str | int))
            wrong, right = _explain(fault, path)
            doc.add(doc.line(path), dotted(path), wrong, right)
        return None


def _explain(fault: Any, path: Path) -> tuple[str, str]:
    kind, ctx = fault["type"], fault.get("ctx") or {}
    if kind == "rule":
        return str(ctx["wrong"]), str(ctx["right"])
    if kind == "extra_forbidden":
        return "is not a field of this record", "remove it, or correct its spelling (see docs/curation.md)"
    if kind == "missing":
        return "is missing", "write it"
    if kind == "too_short":
        return "is empty", "write at least one"
    if kind == "list_type":
        return "is not a list", "start each record with a hyphen"
    if kind in ("model_type", "dict_type", "model_attributes_type"):
        return "is not a record of fields", "write `field: value` lines"
    if kind == "string_type":
        return "is not a text", "write one line of words"
    if kind == "bool_type":
        return f"{fault['input']!r} is neither true nor false", "write true or false"
    return str(fault["msg"]), "correct it (see docs/curation.md)"
