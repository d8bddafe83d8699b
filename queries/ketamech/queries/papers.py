"""One paper, and all that it says."""

from __future__ import annotations

from ketamech.graph.errors import UnknownName
from ketamech.graph.identifiers import bare_reference
from ketamech.graph.mechanism import MechanismGraph
from ketamech.graph.paper_answers import PaperAnswer


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
        from difflib import get_close_matches

        raise UnknownName("paper", key, get_close_matches(key, [p.key for p in k.papers], 3))
    return PaperAnswer(
        found,
        tuple(sorted((c for c in k.claims if c.paper.key == found.key), key=lambda c: c.id)),
        tuple(sorted((x for x in k.experiments if x.paper.key == found.key), key=lambda x: x.id)),
        tuple(sorted((c for c in k.comparisons if c.paper.key == found.key), key=lambda c: c.id)),
        tuple(sorted((a for a in k.affinities if a.paper.key == found.key), key=lambda a: a.id)),
        tuple(h.slug for h in k.hypotheses if found.key in h.key_papers),
        graph.labels,
    )
