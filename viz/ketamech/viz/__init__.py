"""Drawing answers: one offline page, and a pyvis network for people who know pyvis."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ketamech.viz.html_page import page
    from ketamech.viz.pyvis_network import network

__all__ = ["network", "page"]

_HOMES = {"network": "pyvis_network", "page": "html_page"}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
