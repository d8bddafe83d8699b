"""One paper, and all that it says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ketamech.graph.errors import UnknownName
from ketamech.graph.identifiers import bare_reference
from ketamech.graph.mechanism import MechanismGraph
from ketamech.graph.paper_answers import PaperAnswer

NEAR: Final = 3
CLOSE: Final = 0.75
SHORTEST: Final = 2


def show_paper(graph: MechanismGraph, key: str) -> PaperAnswer:
    """Show one paper by its key, DOI or PubMed number; raise UnknownName.

    >>> from ketamech.loaders import load_default
    >>> show_paper(load_default(), "https://doi.org/10.1126/science.aat8078").paper.key
    'modasava2019'
    """
    k = graph.knowledge
    asked = bare_reference(key).casefold()
    found = next((p for p in k.papers if key == p.key or asked in (p.doi and p.doi.casefold(), p.pmid)), None)
    if found is None:
        example = f", such as {k.papers[0].key}" if k.papers else ""
        otherwise = f"Give its key (the first author's surname and the year{example}), its DOI or its PubMed number."
        raise UnknownName("paper", key, _near(asked, [p.key for p in k.papers]), otherwise)
    return PaperAnswer(
        found,
        tuple(sorted((c for c in k.claims if c.paper.key == found.key), key=lambda c: c.id)),
        tuple(sorted((x for x in k.experiments if x.paper.key == found.key), key=lambda x: x.id)),
        tuple(sorted((c for c in k.comparisons if c.paper.key == found.key), key=lambda c: c.id)),
        tuple(sorted((a for a in k.affinities if a.paper.key == found.key), key=lambda a: a.id)),
        tuple(h.slug for h in k.hypotheses if found.key in h.key_papers),
        graph.labels,
    )


def _near(asked: str, keys: Sequence[str]) -> list[str]:
    """Give keys that are spelled much like it, or else begin with its author."""
    from difflib import get_close_matches

    word = "".join(c for c in asked if c.isalnum())
    author = word.rstrip("0123456789")
    same = [key for key in keys if len(author) >= SHORTEST and key.casefold().startswith(author)]
    return list(dict.fromkeys([*get_close_matches(word, keys, NEAR, CLOSE), *same]))[:NEAR]
