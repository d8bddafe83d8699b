"""Which knowledge is loaded: the packaged folder, folders of the user's own, or both.

A folder given as `DIR` stands instead of the packaged one, as `+DIR` on top of it. The environment variable
KETAMECH_KNOWLEDGE takes the same words, separated as in PATH.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from ketamech.graph.mechanism import MechanismGraph
from ketamech.loaders.compiled import read_cached, write_cached
from ketamech.loaders.sources import content_hash, read_sources

KNOWLEDGE_VARIABLE: Final = "KETAMECH_KNOWLEDGE"


def packaged_folder() -> Path:
    """Give the folder of the knowledge that comes with the program."""
    from importlib.util import find_spec

    spec = find_spec("ketamech.knowledge")
    places = list(spec.submodule_search_locations or ()) if spec else []
    return Path(places[0]) if places else Path(__file__).with_name("knowledge")


def chosen_folders(words: Sequence[str] = ()) -> list[Path]:
    """Turn `DIR` and `+DIR` words (or, without any, the environment variable) into folders."""
    given = list(words) or [w for w in os.environ.get(KNOWLEDGE_VARIABLE, "").split(os.pathsep) if w]
    own = [Path(w.removeprefix("+")) for w in given]
    instead = any(not w.startswith("+") for w in given)
    return own if instead else [packaged_folder(), *own]


def load(words: Sequence[str] = ()) -> MechanismGraph:
    """Load the graph from chosen folders, by way of the compiled form; raise DataError."""
    sources, unread = read_sources(chosen_folders(words))
    knowledge = None if unread else read_cached(content_hash(sources))
    if knowledge is None:
        from ketamech.loaders.folder import load_sources

        knowledge = load_sources(sources, unread)
        write_cached(knowledge)
    return MechanismGraph(knowledge)


def load_default() -> MechanismGraph:
    """Load the packaged graph, or that of $KETAMECH_KNOWLEDGE."""
    return load()
