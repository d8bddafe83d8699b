"""Drugs side by side."""

from __future__ import annotations

import builders as b
import pytest

from ketamech.graph.errors import BadValue, UnknownName
from ketamech.graph.model import Claim
from ketamech.graph.relief import RELIEF
from ketamech.queries import compare

BOTH = ("drug", "other drug")
MADE = [b.entity(name, "drug") for name in BOTH]


@pytest.mark.parametrize(
    ("claims", "effect"),
    [
        ([("increases", "supports")], "up"),
        ([("inhibits", "supports")], "down"),
        ([("modulates", "supports")], "changed"),
        ([("binds", "supports")], "binds"),
        ([("binds", "supports"), ("inhibits", "supports")], "down"),
        ([("increases", "no_effect")], "no effect"),
        ([("increases", "refutes")], "refuted"),
        ([("increases", "supports"), ("decreases", "supports")], "1 up, 1 down"),
        ([("increases", "supports"), ("increases", "no_effect")], "1 up, 1 null"),
        ([("increases", "no_effect"), ("increases", "no_effect"), ("decreases", "supports")], "2 null, 1 down"),
        ([("binds", "no_effect"), ("binds", "supports"), ("binds", "supports")], "2 binds, 1 null"),
    ],
    ids=str,
)
def test_what_a_drug_does_to_an_element(claims: list[tuple[str, str]], effect: str) -> None:
    """Direction where there is one, contact without effect, nothing, or a dispute."""
    said = [b.claim("drug", p, "A", stance=s, source=f"p{n}") for n, (p, s) in enumerate(claims)]
    (found,) = compare(b.graph(*MADE, *said), BOTH).engagements
    assert found.effects == {"drug": effect}
    assert sorted(found.papers["drug"]) == [c.paper.key for c in said]
    assert sorted(found.evidence["drug"]) == sorted(c.id for c in said)


def test_shared_elements_come_first() -> None:
    """What most drugs engage comes first, then by kind and name; derived steps and readings are not engagements."""
    graph = b.graph(
        *MADE,
        b.claim("drug", "increases", "A", source="p1"),
        b.claim("drug", "increases", "B", source="p2"),
        b.claim("other drug", "decreases", "B", source="p3"),
        b.claim("other drug", "precedes", "C", source="p4"),
        b.experiment("knockout", "D", "abolishes", "B", drug="drug"),
    )
    answer = compare(graph, BOTH)
    assert answer.rows() == [
        {"element": "B", "kind": "protein", "drug": "up", "other drug": "down"},
        {"element": "A", "kind": "protein", "drug": "up", "other drug": ""},
    ]


def test_affinities_and_recorded_comparisons() -> None:
    """Affinities of the chosen drugs, and comparisons between two of them only."""
    graph = b.graph(
        *MADE,
        b.entity("third", "drug"),
        b.affinity("drug", "A", 500.0, source="a1"),
        b.affinity("third", "A", 5.0, source="a2"),
        b.comparison("drug", "other drug", "relief", "more", source="c1"),
        b.comparison("other drug", "drug", "harm", "less", source="c2"),
        b.comparison("drug", "third", "relief", "equal", source="c3"),
    )
    answer = compare(graph, BOTH)
    assert [a.paper.key for a in answer.affinities] == ["a1"]
    assert [c.paper.key for c in answer.comparisons] == ["c1", "c2"]


def parting(*claims: Claim) -> list[tuple[str, str, str, list[str], list[str]]]:
    """Tell where good and harm part."""
    graph = b.graph(*MADE, b.entity(RELIEF, "clinical_outcome"), b.entity("harm", "adverse_outcome"), *claims)
    return [
        (
            p.drug.name,
            p.outcome.name,
            p.last_shared.name,
            [n.id for n in p.to_relief.nodes],
            [n.id for n in p.to_outcome.nodes],
        )
        for p in compare(graph, BOTH).partings
    ]


def test_where_good_and_harm_part() -> None:
    """The last place that the best routes to relief and to harm share, for drugs that have both."""
    claims = (
        b.claim("drug", "increases", "A", source="p1"),
        b.claim("A", "increases", RELIEF, source="p2"),
        b.claim("A", "increases", "B", source="p3"),
        b.claim("B", "increases", "harm", source="p4"),
        b.claim("other drug", "increases", "B", source="p5"),
    )
    assert parting(*claims) == [("drug", "harm", "A", ["drug", "A", RELIEF], ["drug", "A", "B", "harm"])]
    assert parting(*claims[:1], *claims[2:]) == []


def test_a_graph_without_relief_has_no_partings() -> None:
    """Where relief is no entity, nothing parts."""
    assert compare(b.graph(*MADE), BOTH).partings == ()


@pytest.mark.parametrize("drugs", [["drug"], ["drug", "drug"], [], ["drug", "A"]], ids=str)
def test_what_cannot_be_compared(drugs: list[str]) -> None:
    """One drug, the same drug twice, none, or what is no drug."""
    graph = b.graph(*MADE, b.entity("A"))
    with pytest.raises(BadValue):
        compare(graph, drugs)
    with pytest.raises(UnknownName):
        compare(graph, ["nothing"])
