"""How much is known, and what a curator should look at."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import builders as b
import pytest
from conftest import Ask

from ketamech.graph.answers import Answer
from ketamech.graph.mechanism import MechanismGraph
from ketamech.graph.model import Mechanism
from ketamech.loaders import load_default
from ketamech.queries import (
    BlockadeFilter,
    PathQuery,
    blockades,
    compare,
    compare_hypotheses,
    conflicts,
    gaps,
    hypotheses,
    necessary,
    predict,
    show_hypothesis,
    soundness,
    stats,
    timeline,
    validate,
    weak_sources,
)

MADE: tuple[b.Part, ...] = (
    b.claim("drug", "increases", "A", source=b.paper("p1", group="G", doi="10.1/x"), species="rat"),
    b.claim("A", "increases", "relief", source=b.paper("p2", group="G"), stance="no_effect"),
    b.claim("A1", "inhibits", "B", source=b.paper("p3", pmid="3"), stance="refutes", region="inner region"),
    b.entity("A1", part_of=["A"]),
    b.experiment("knockout", "A", "no_effect", "relief", drug="drug", source="x1", species="human"),
    b.experiment("knockout", "C", "abolishes", "relief", drug="drug", source="x2", change=1),
    b.comparison("drug", "other drug", "relief", "more", source="c1"),
    b.affinity("drug", "B", 5.0, source="a1"),
    b.hypothesis("h", ("drug", "increases", "A")),
)


def test_totals() -> None:
    """Papers, groups, records and edges are counted, and the share of evidence that refutes or saw nothing."""
    graph = b.graph(*MADE)
    assert stats(graph).totals == {
        "papers": 7,
        "papers with DOI or PMID": 2,
        "groups": 6,
        "entities": len(graph.entities),
        "claims": 3,
        "claims whose subject is no drug": 2,
        "experiments": 2,
        "comparisons": 1,
        "affinities": 1,
        "edges": 4,
        "derived edges": 1,
        "hypotheses": 1,
        "share of evidence refuting or null": 0.6,
    }
    assert stats(b.graph(b.entity("A"))).totals["share of evidence refuting or null"] == 0.0


def test_counts_by_property() -> None:
    """What is commonest comes first; rungs of the ladder in their order; what is not reported is said."""
    counts = stats(b.graph(*MADE)).counts
    assert counts["stance"] == {"no_effect": 1, "refutes": 1, "supports": 1}
    assert counts["observed"] == {"abolishes": 1, "no_effect": 1}
    assert list(counts["species"].items()) == [("not reported", 3), ("human", 1), ("rat", 1)]
    assert list(counts["tier"].items()) == [("unknown", 3), ("rodent", 1), ("human observational", 1)]
    assert counts["region"] == {"inner region": 1}
    assert counts["group"]["G"] == 2


@pytest.mark.parametrize(
    ("mechanism", "papers", "groups", "thin"),
    [
        (Mechanism("m", "by entity, with its parts", ("A",)), 4, 3, False),
        (Mechanism("m", "by a part", ("A1",)), 1, 1, True),
        (Mechanism("m", "by paper", papers=("p1", "p2")), 2, 1, True),
        (Mechanism("m", "by both", ("B",), papers=("c1",)), 3, 3, False),
        (Mechanism("m", "by region", ("inner region",)), 1, 1, True),
        (Mechanism("m", "nothing"), 0, 0, True),
    ],
    ids=lambda m: m.name if isinstance(m, Mechanism) else "",
)
def test_coverage(mechanism: Mechanism, papers: int, groups: int, thin: bool) -> None:
    """A mechanism is covered by the records on its entities and of its papers; few papers or groups are thin."""
    (found,) = stats(b.graph(*MADE, mechanism)).mechanisms
    assert (found.papers, found.groups, found.thin) == (papers, groups, thin)


def test_three_papers_of_one_group_are_thin() -> None:
    """Papers alone do not make a mechanism well covered."""
    claims = [b.claim("drug", "increases", "A", source=b.paper(f"p{n}", group="G")) for n in range(3)]
    (found,) = stats(b.graph(*claims, Mechanism("m", "m", ("A",), searched="2001-02-03"))).mechanisms
    assert (found.papers, found.groups, found.thin) == (3, 1, True)
    assert stats(b.graph(*claims, Mechanism("m", "m", searched="2001-02-03"))).searched == "2001-02-03"


SOUND: tuple[b.Part, ...] = (
    b.claim("drug", "increases", "A", source=b.paper("p1", pmid="1")),
    b.claim("A", "increases", "relief", source="p2"),
)


@pytest.mark.parametrize(
    ("parts", "findings"),
    [
        ((), []),
        ((b.entity("B"),), [("loose end", "B"), ("orphan", "B")]),
        ((b.entity("B", "state"),), [("orphan", "B")]),
        ((b.claim("A", "binds", "B"),), [("loose end", "B")]),
        ((b.affinity("drug", "B", 5.0),), []),
        ((b.experiment("knockout", "B", "no_effect", "relief", drug="drug"),), []),
        ((b.claim("drug", "increases", "A", source="p1", id="again"),), [("duplicate", "again")]),
        ((b.claim("drug", "increases", "A", source="p1", id="again", time="1 h"),), []),
        (
            tuple(b.experiment("knockout", "A", "no_effect", "relief", drug="drug", id=id) for id in ("x", "y")),
            [("duplicate", "y")],
        ),
        ((b.paper("silent"),), [("empty paper", "silent")]),
        ((b.claim("A", "increases", "B", source=b.paper("gone", pmid="13")),), [("retracted", "gone")]),
        ((b.claim("A", "increases", "B", source=b.paper("gone", pmid="13", retracted=True)),), []),
        (
            (
                b.entity("test", "readout"),
                b.claim("test", "is_readout_of", "relief", sign=1, source="r1"),
                b.claim("drug", "increases", "test", source="j1", id="jump", directness="indirect"),
            ),
            [("jump", "jump")],
        ),
        (
            (
                b.entity("test", "readout"),
                b.claim("test", "is_readout_of", "relief", sign=1, source="r1"),
                b.claim("drug", "increases", "test", source="j1", directness="overall"),
            ),
            [],
        ),
    ],
    ids=[
        "sound",
        "orphan",
        "orphan that joins nothing",
        "loose end",
        "held by an affinity",
        "held by an experiment",
        "claim twice",
        "at another hour",
        "experiment twice",
        "empty paper",
        "retracted",
        "known to be retracted",
        "jump",
        "overall",
    ],
)
def test_soundness(parts: tuple[b.Part, ...], findings: list[tuple[str, str]]) -> None:
    """Each kind of finding is named with its place, and nothing else is."""
    answer = soundness(b.graph(*SOUND, *parts), retracted={"13"})
    assert [(f.kind, f.where) for f in answer.findings] == findings
    assert [list(r) for r in answer.rows()] == [["kind", "where", "what", "remedy"]] * len(findings)


@pytest.fixture(scope="module")
def packaged() -> MechanismGraph:
    """Load the packaged graph once."""
    return load_default()


ANSWERS: dict[str, Callable[[MechanismGraph], Answer]] = {
    "conflicts": conflicts,
    "blockades": lambda g: blockades(g, BlockadeFilter(observed=("abolishes", "no_effect"))),
    "necessary": lambda g: necessary(g, "ketamine", "antidepressant effect"),
    "timeline": timeline,
    "hypotheses": hypotheses,
    "hypothesis": lambda g: show_hypothesis(g, "disinhibition"),
    "rivals": lambda g: compare_hypotheses(g, "disinhibition", "direct-inhibition"),
    "gaps": lambda g: gaps(g, PathQuery("ketamine", "antidepressant effect", k=2)),
    "compare": lambda g: compare(g, ["ketamine", "MK-801"]),
    "predict": lambda g: predict(g, "AMPA receptor", outcome="antidepressant effect"),
    "validate": validate,
    "stats": stats,
    "soundness": lambda g: soundness(g.without(["maeng2008", "li2010"])),
}


@pytest.mark.parametrize("question", ANSWERS)
def test_answers_are_plain_data(packaged: MechanismGraph, question: str) -> None:
    """Every answer is JSON as it stands, carries its version, and its rows hold plain values under the same columns."""
    answer = ANSWERS[question](packaged)
    told: dict[str, Any] = answer.to_dict()
    assert json.loads(json.dumps(told)) == told
    assert "schema_version" in told
    rows = answer.rows()
    assert len({tuple(row) for row in rows}) <= 1
    plain = (str, int, float, bool, type(None))
    assert [row for row in rows if not all(isinstance(value, plain) for value in row.values())] == []
    if question != "soundness":
        assert rows != []


def test_weak_sources() -> None:
    """Papers that no identifier finds, then what was read by title, then in a review; other records are not weak."""
    graph = b.graph(
        b.claim("A", "increases", "B", source=b.paper("p1", doi="10.1000/1"), read="review"),
        b.claim("A", "increases", "B", source=b.paper("p2", pmid="12"), read="title"),
        b.claim("A", "increases", "B", source=b.paper("p3"), read="abstract"),
    )
    answer = weak_sources(graph)
    assert [p.key for p in answer.papers] == ["p3"]
    assert [(r.paper.key, r.read) for r in answer.records] == [("p2", "title"), ("p1", "review")]
    assert [row["why"] for row in answer.rows()] == ["no DOI or PMID", "read: title only", "read: review only"]


def test_without_weak_sources_the_status_is_1(ask_small: Ask) -> None:
    """Where every paper has an identifier and was read, nothing is found, and that is said."""
    said = ask_small("stats", "--weak")
    assert (said.status, said.out) == (1, "")
    assert said.err.startswith("Every paper has an identifier")
