"""The evidence on an edge in an asked context, and what is near an edge that nobody reported."""

from __future__ import annotations

import builders as b
import pytest

from ketamech.graph.errors import BadValue, UnknownEdge
from ketamech.queries import find_evidence
from ketamech.queries.evidence import EvidenceFilter

GRAPH = b.graph(
    b.claim("drug", "decreases", "A", source="ill", species="human", indication="depression", sex="both"),
    b.claim("drug", "decreases", "A", source="cut", species="human", indication="surgery"),
    b.claim("drug", "decreases", "A", source="rat", species="rat", sex="male", doses=3),
    b.claim("drug", "increases", "A", source="knife", indication="surgery"),
    b.experiment("knockout", "B", "abolishes", "A", drug="drug", source="x1", species="mouse", sex="male"),
)


def kept(asked: EvidenceFilter) -> tuple[list[str], list[str], list[str]]:
    """Give the papers that pass, those that do not report it, and those set aside."""
    answer = find_evidence(GRAPH, "drug", "A", asked)
    found = [e.paper.key for edge in answer.edges for e in edge.claims] + [x.paper.key for x in answer.experiments]
    aside = [id.partition(":")[0] for item in answer.set_aside for id in item.evidence]
    return sorted(found), [id.partition(":")[0] for id in answer.unknown], sorted(aside)


@pytest.mark.parametrize(
    ("asked", "found", "unknown", "aside"),
    [
        (EvidenceFilter(), ["cut", "ill", "knife", "rat", "x1"], [], []),
        (EvidenceFilter(indication="depression"), ["ill", "rat", "x1"], ["rat", "x1"], ["cut", "knife"]),
        (EvidenceFilter(indication="depression", strict=True), ["ill"], [], ["cut", "knife", "rat", "x1"]),
        (EvidenceFilter(sex="female"), ["cut", "ill", "knife"], ["cut", "knife"], ["rat", "x1"]),
        (EvidenceFilter(species="human"), ["cut", "ill", "knife"], ["knife"], ["rat", "x1"]),
    ],
    ids=str,
)
def test_evidence_fits_is_unknown_or_does_not_fit(
    asked: EvidenceFilter, found: list[str], unknown: list[str], aside: list[str]
) -> None:
    """What fits and what does not say stays, unless strictness is asked; the rest is set aside with its reason."""
    assert kept(asked) == (found, unknown, aside)


def test_an_edge_without_fitting_evidence_is_left_out() -> None:
    """The edge that rests on surgery alone goes, and its evidence is told among what was set aside."""
    answer = find_evidence(GRAPH, "drug", "A", EvidenceFilter(indication="depression"))
    assert [e.predicate for e in answer.edges] == ["decreases"]
    assert [(s.name, s.reason) for s in answer.set_aside] == [
        ("drug decreases A", "indication surgery, not depression"),
        ("drug increases A", "indication surgery, not depression"),
    ]


@pytest.mark.parametrize(
    "asked", [EvidenceFilter(species="unicorn"), EvidenceFilter(sex="many"), EvidenceFilter(indication="gout")], ids=str
)
def test_words_that_no_finding_could_have(asked: EvidenceFilter) -> None:
    """A species, sex or indication that is not there is refused, with those that are."""
    with pytest.raises(BadValue, match="is not known") as refused:
        find_evidence(GRAPH, "drug", "A", asked)
    assert refused.value.hint.startswith("Use one of: ")


def test_rows_tell_indication_and_doses() -> None:
    """The flat rows have a column for what the patients had and for the number of doses."""
    rows = find_evidence(GRAPH, "drug", "A").rows()
    assert [(r["indication"], r["doses"]) for r in rows] == [
        ("surgery", ""),
        ("depression", ""),
        ("", 3),
        ("surgery", ""),
        ("", ""),
    ]


def test_an_edge_that_nobody_reported_has_neighbours() -> None:
    """The hint names edges turned round or between parts, what does act there, and the way over other places."""
    graph = b.graph(
        b.entity("A1", part_of=["A"]),
        b.claim("drug", "increases", "A1", source="p1"),
        b.claim("B", "increases", "A", source="p2"),
        b.claim("A", "increases", "drug target", source="p3"),
    )
    with pytest.raises(UnknownEdge) as refused:
        find_evidence(graph, "drug", "A")
    assert refused.value.message == "No edge 'drug -> A'."
    assert refused.value.hint == (
        "Near to it: drug -> A1. What acts on A: B. For a way over other places: ketamech paths drug A"
    )
    with pytest.raises(UnknownEdge) as refused:
        find_evidence(graph, "drug target", "A")
    assert refused.value.suggestions == ("A -> drug target",)


def test_paths_are_offered_only_where_one_is_found() -> None:
    """A way over other places is told with its command; of one thing alone there is no edge to offer."""
    steps = [b.claim("drug", "increases", "B", source="p1"), b.claim("B", "increases", "far A", source="p2")]
    with pytest.raises(UnknownEdge) as refused:
        find_evidence(b.graph(*steps), "drug", "far A")
    assert refused.value.hint == ("What acts on far A: B. For a way over other places: ketamech paths drug 'far A'")
    with pytest.raises(UnknownEdge) as refused:
        find_evidence(b.graph(*steps, b.claim("C", "inhibits", "D", source="p3")), "drug", "D")
    assert refused.value.hint == (
        "What acts on D: C. What drug acts on: B. No path leads there over other places either."
    )
    with pytest.raises(UnknownEdge) as refused:
        find_evidence(b.graph(*steps), "drug", "drug")
    assert refused.value.hint == "Both ends are the same; for all of drug: ketamech show drug"
