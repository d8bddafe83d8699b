"""The vis-network library as pyvis ships it, read as text without importing pyvis."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Final

LIBRARY: Final = "templates/lib/vis-9.1.2/vis-network.min.js"


def vis_network_script() -> str:
    """Give the text of vis-network; raise ValueError if it could end a script element, ImportError without pyvis."""
    found = find_spec("pyvis")
    if found is None or not found.submodule_search_locations:
        raise ImportError("pyvis is not installed; pages need its copy of vis-network (pip install pyvis)")
    text = (Path(found.submodule_search_locations[0]) / LIBRARY).read_text(encoding="utf-8")
    if "</script" in text.lower():
        raise ValueError("vis-network holds a closing script tag")
    return text
