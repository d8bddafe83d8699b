"""Asking for one paper: what is offered where the key is not known."""

from __future__ import annotations

import builders as b
import pytest

from ketamech.graph.errors import UnknownName
from ketamech.queries import show_paper

KEYS = ("autry2011", "autry2012", "li2010", "modasava2019", "smith2001_cells")
GRAPH = b.graph(*(b.claim("A", "increases", "B", source=key) for key in KEYS))


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        ("autry2013", ("autry2012", "autry2011")),
        ("Autry 2011", ("autry2011", "autry2012")),
        ("moda-sava2019", ("modasava2019",)),
        ("Smith", ("smith2001_cells",)),
        ("10.1000/unknown", ()),
    ],
)
def test_near_keys_are_offered(asked: str, near: tuple[str, ...]) -> None:
    """Keys spelled alike or of the same author; where there is none, the hint says what a key looks like."""
    with pytest.raises(UnknownName) as refused:
        show_paper(GRAPH, asked)
    assert refused.value.suggestions == near
    hint = refused.value.hint
    assert "search" not in hint
    assert hint.startswith("Did you mean: " if near else "Give its key (the first author's surname and the year")
