"""The smallest sets of places that carry a drug's effect together."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import builders as b
import networkx as nx
from foretelling import BASE
from hypothesis import given
from hypothesis import strategies as st

from ketamech.graph.model import Claim
from ketamech.queries import predict
from ketamech.queries.prediction import CUTS

middle = st.sampled_from("ABCDEF")
links = st.lists(st.tuples(middle, middle).filter(lambda p: p[0] != p[1]), max_size=12, unique=True)
ends_of = st.lists(middle, min_size=1, max_size=3, unique=True)


@given(ends_of, links, ends_of)
def test_cuts_are_all_the_smallest(first: list[str], between: list[tuple[str, str]], last: list[str]) -> None:
    """With A blocked, the cuts are the smallest sets without which no route is left: all, or as many as are told."""
    pairs = [*(("drug", p) for p in first), *between, *((p, "relief") for p in last)]
    steps: list[Claim] = [b.claim(s, "increases", o, source=f"p{n}") for n, (s, o) in enumerate(pairs)]
    graph = b.graph(*BASE, *(b.entity(p) for p in "ABCDEF"), *steps)
    found = predict(graph, "A", "drug", "relief").cuts["relief"]
    made: nx.DiGraph[str] = nx.DiGraph([("drug", "nothing"), ("nothing", "nowhere"), ("elsewhere", "relief"), *pairs])
    made.remove_nodes_from(["A"])

    def holds(cut: Sequence[str]) -> bool:
        return not nx.has_path(nx.restricted_view(made, [c for c in cut if c in made], []), "drug", "relief")

    smallest: list[tuple[str, ...]] = []
    for size in range(1, 6):
        smallest = [cut for cut in combinations("BCDEF", size) if holds(cut)]
        if smallest:
            break
    if holds(()):
        assert found == ()
    elif len(smallest) <= CUTS:
        assert list(found) == smallest
    else:
        assert len(found) == CUTS
        assert set(found) <= set(smallest)
