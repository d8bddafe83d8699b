"""Which experiments a filter lets through, and what a drug's effect needs."""

from __future__ import annotations

from typing import Any

import builders as b
import pytest

from ketamech.graph.errors import BadValue, UnknownName
from ketamech.graph.experiment_answers import NecessaryAnswer
from ketamech.graph.relief import RELIEF
from ketamech.queries import BlockadeFilter, blockades, necessary

GRAPH = b.graph(
    b.entity(RELIEF, "clinical_outcome"),
    b.entity("relief", "behaviour", is_a=[RELIEF]),
    b.entity("A1", part_of=["A"]),
    b.entity("inner region", "brain_region", part_of=["outer region"]),
    b.experiment("knockout", "A1", "abolishes", "relief", drug="drug", source="part", species="mouse"),
    b.experiment("agonist", "A", "mimics", "relief", source="alone", species="rat", region="inner region"),
    b.experiment("antagonist", "B", "no_effect", "harm", drug="other drug", source="other", in_cells="basket cell"),
    b.experiment("silencing", "B", "attenuates", "relief", drug="drug", source="both", also=[("agonist", "A")]),
)


def keys(**asked: Any) -> list[str]:
    """Name the papers of the experiments that a filter lets through."""
    return sorted(x.paper.key for x in blockades(GRAPH, BlockadeFilter(**asked)).experiments)


@pytest.mark.parametrize(
    ("asked", "papers"),
    [
        ({}, ["alone", "both", "other", "part"]),
        ({"drug": "drug"}, ["both", "part"]),
        ({"drug": "none"}, ["alone"]),
        ({"target": "A"}, ["alone", "both", "part"]),
        ({"target": "A1"}, ["part"]),
        ({"mode": "agonist"}, ["alone", "both"]),
        ({"mode": "removed"}, ["part"]),
        ({"mode": "lowered"}, ["other", "part"]),
        ({"outcome": "relief"}, ["alone", "both", "part"]),
        ({"outcome": RELIEF}, ["alone", "both", "part"]),
        ({"outcome": "harm"}, ["other"]),
        ({"observed": ("abolishes", "no_effect")}, ["other", "part"]),
        ({"species": "mouse"}, ["part"]),
        ({"region": "outer region"}, ["alone"]),
        ({"cell_type": "basket cell"}, ["other"]),
        ({"drug": "drug", "target": "A", "mode": "knockout"}, ["part"]),
        ({"drug": "none", "target": "B"}, []),
    ],
    ids=str,
)
def test_every_filter(asked: dict[str, Any], papers: list[str]) -> None:
    """Each field narrows the answer; parts count with the whole, and what is not reported does not fit."""
    assert keys(**asked) == papers


def test_a_readout_of_relief_counts_as_relief() -> None:
    """An outcome that reads relief is found when relief is asked for."""
    graph = b.graph(
        b.entity(RELIEF, "clinical_outcome"),
        b.entity("immobility", "readout"),
        b.claim("immobility", "is_readout_of", RELIEF, sign=-1),
        b.experiment("knockout", "A", "abolishes", "immobility", drug="drug"),
    )
    assert len(blockades(graph, BlockadeFilter(outcome=RELIEF)).experiments) == 1
    assert [n.verdict for n in necessary(graph, "drug", RELIEF).needs] == ["needed"]


def test_experiments_are_ordered_by_target_and_outcome() -> None:
    """The answer is sorted by the names of targets, then of outcomes."""
    found = blockades(GRAPH, BlockadeFilter()).experiments
    assert [[i.target for i in x.interventions] for x in found] == [["A"], ["A1"], ["B"], ["B", "A"]]


def test_the_query_is_told_without_open_fields() -> None:
    """Only what was asked is told."""
    answer = blockades(GRAPH, BlockadeFilter(drug="none", observed=("mimics",)))
    assert answer.to_dict()["query"] == {"drug": "none", "observed": ["mimics"]}


@pytest.mark.parametrize(
    "asked", [{"mode": "magic"}, {"species": "unicorn"}, {"observed": ("mimics", "explodes")}], ids=str
)
def test_words_outside_the_vocabulary(asked: dict[str, Any]) -> None:
    """A wrong mode, species or result is refused with the words that are right."""
    with pytest.raises(BadValue, match="is not known"):
        keys(**asked)


@pytest.mark.parametrize("field", ["drug", "target", "outcome", "region", "cell_type"])
def test_names_that_nobody_has(field: str) -> None:
    """A name that no entity answers to is refused."""
    with pytest.raises(UnknownName):
        keys(**{field: "nothing"})


def told(answer: NecessaryAnswer) -> list[tuple[str, str, int]]:
    """Give target, verdict and number of groups."""
    return [(n.target.name, n.verdict, n.groups) for n in answer.needs]


def test_what_was_needed() -> None:
    """Targets are needed, in dispute, not needed or hinder; in this order, those that most groups tested first."""
    trials = [
        ("A", "abolishes", "x1"),
        ("B", "occludes", "x2"),
        ("B", "shortens", "x3"),
        ("C", "abolishes", "x4"),
        ("C", "no_effect", "x5"),
        ("D", "no_effect", "x6"),
        ("E", "prolongs", "x7"),
        ("F", "enhances", "x8"),
        ("F", "no_effect", "x9"),
        ("G", "restores", "x10"),
        ("H", "attenuates", "x11"),
    ]
    made = [b.experiment("knockout", t, o, "relief", drug="drug", source=s) for t, o, s in trials]
    assert told(necessary(b.graph(*made), "drug", "relief")) == [
        ("B", "needed", 2),
        ("A", "needed", 1),
        ("H", "needed", 1),
        ("C", "in dispute", 2),
        ("F", "in dispute", 2),
        ("D", "not needed", 1),
        ("E", "hinders", 1),
    ]


def test_papers_of_one_group_count_once() -> None:
    """Two papers of one senior author are one group."""
    papers = [b.paper(key, group="G") for key in ("x1", "x2")]
    made = [b.experiment("knockout", "A", "abolishes", "relief", drug="drug", source=p) for p in papers]
    assert told(necessary(b.graph(*made), "drug", "relief")) == [("A", "needed", 1)]


def test_what_is_no_removal_of_one_target() -> None:
    """Driving a target, two targets at once, compounds, other drugs and outcomes, and retracted papers are left out."""
    gone = b.paper("gone", retracted=True)
    graph = b.graph(
        b.experiment("agonist", "A", "abolishes", "relief", drug="drug", source="x1"),
        b.experiment("knockout", "A", "abolishes", "relief", drug="drug", source="x2", also=[("knockout", "B")]),
        b.experiment("inhibitor", "other drug", "abolishes", "relief", drug="drug", source="x3"),
        b.experiment("knockout", "A", "abolishes", "relief", drug="other drug", source="x4"),
        b.experiment("knockout", "A", "abolishes", "harm", drug="drug", source="x5"),
        b.experiment("knockout", "A", "mimics", "relief", source="x6"),
        b.experiment("knockout", "A", "abolishes", "relief", drug="drug", source=gone),
    )
    assert told(necessary(graph, "drug", "relief")) == []
