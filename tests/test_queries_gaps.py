"""What the best paths lack: rungs of the translational ladder, second papers, second groups, people."""

from __future__ import annotations

import builders as b

from ketamech.cli.tell_hypotheses import gaps_text
from ketamech.graph.gap_answers import PathGaps
from ketamech.graph.mechanism import MechanismGraph
from ketamech.queries import PathQuery, gaps


def chain(*species: str | None) -> MechanismGraph:
    """Join the drug to relief by one step per species."""
    nodes = ["drug", *(f"N{n}" for n in range(1, len(species))), "relief"]
    ends = zip(nodes, nodes[1:], species, strict=False)
    return b.graph(*(b.claim(s, "increases", o, source=f"p{n}", species=seen) for n, (s, o, seen) in enumerate(ends)))


def only(graph: MechanismGraph) -> PathGaps:
    """Give the one path from the drug to relief."""
    (found,) = gaps(graph, PathQuery("drug", "relief")).paths
    return found


def test_the_highest_rung_papers_and_groups() -> None:
    """A step stands on the highest rung of what supports it; papers of one group are one group."""
    group = [b.paper(key, group="G") for key in ("p1", "p2")]
    graph = b.graph(
        b.claim("drug", "increases", "A", source=group[0], species="rat"),
        b.claim("drug", "increases", "A", source=group[1], species="macaque"),
        b.claim("drug", "increases", "A", source="p3", species="human", stance="no_effect"),
        b.claim("A", "increases", "relief", source="p4"),
    )
    rungs = only(graph).rungs
    assert [(r.tier, r.papers, r.groups, r.human) for r in rungs] == [
        ("primate", ("p1", "p2"), ("G",), False),
        ("unknown", ("p4",), ("p4",), False),
    ]


def test_a_derived_step_rests_on_its_experiments() -> None:
    """The experiments that imply a step give its rung; those that object do not."""
    graph = b.graph(
        b.claim("drug", "increases", "A", source="p1"),
        b.claim("drug", "increases", "relief", source="p2", directness="overall"),
        b.experiment("knockout", "A", "abolishes", "relief", drug="drug", source="x1", species="mouse"),
        b.experiment("knockout", "A", "no_effect", "relief", drug="drug", source="x2", species="human"),
    )
    assert [(r.tier, r.papers) for r in only(graph).rungs] == [("unknown", ("p1",)), ("rodent", ("x1",))]


def test_the_longest_stretch_in_people() -> None:
    """The longest run of steps that people showed is told, the first of equals."""
    found = only(chain("human", "rat", "human", "human", "mouse"))
    assert [r.step.edge.subject for r in found.human_stretch] == ["N2", "N3"]
    assert [r.step.edge.subject for r in only(chain("human", "rat", "human")).human_stretch] == ["drug"]
    assert only(chain("rat", "rat")).human_stretch == ()


def test_the_weakest_step() -> None:
    """The step of least strength is told, also as a row."""
    answer = gaps(chain("human", None, "rat"), PathQuery("drug", "relief"))
    assert answer.paths[0].weakest.step.edge.subject == "N1"
    rows = [(r["path"], r["step"], r["told"], r["weakest"], r["in_humans"]) for r in answer.rows()]
    assert rows == [
        (1, 1, "drug increases N1", False, True),
        (1, 2, "N1 increases N2", True, False),
        (1, 3, "N2 increases relief", False, False),
    ]


def test_what_a_step_lacks_is_said() -> None:
    """One paper, one group, never in people."""
    told = gaps(chain("rat", "human"), PathQuery("drug", "relief")).to_dict()["paths"][0]["steps"]
    assert [(s["one_paper"], s["one_group"], s["never_in_humans"]) for s in told] == [
        (True, True, True),
        (True, True, False),
    ]


def test_without_a_path_there_are_no_gaps() -> None:
    """What is not connected lacks nothing."""
    graph = b.graph(b.claim("drug", "increases", "A"), b.claim("B", "increases", "relief"))
    assert gaps(graph, PathQuery("drug", "relief")).paths == ()


def test_the_most_human_path_is_looked_for_beyond_the_best() -> None:
    """A weak path that people showed for two steps running is told although the best path has none."""
    best = [b.claim("drug", "increases", "A", source="p1"), b.claim("A", "increases", "relief", source="p2")]
    weak = [
        b.claim("drug", "increases", "B", source="p3", species="human", read="title"),
        b.claim("B", "increases", "C", source="p4", species="human", read="title"),
        b.claim("C", "increases", "relief", source="p5", species="rat", read="title"),
        b.claim("drug", "increases", "aside", source="p6", species="human"),
        b.claim("drug", "increases", "relief", directness="overall", source="p7", species="human"),
    ]
    answer = gaps(b.graph(*best, *weak), PathQuery("drug", "relief", k=1))
    assert [n.id for n in answer.paths[0].path.nodes] == ["drug", "A", "relief"]
    assert answer.most_human is not None
    assert [n.id for n in answer.most_human.path.nodes] == ["drug", "B", "C", "relief"]
    assert [(s.edge.object, s.evidence) for s in answer.human_steps] == [("C", (weak[1].id,)), ("B", (weak[0].id,))]
    assert [c.paper.key for c in answer.human_ends] == ["p7"]


def test_without_people_no_path_is_most_human() -> None:
    """Where no step was shown in people there is no such path, and the table says none."""
    answer = gaps(chain("rat", "mouse"), PathQuery("drug", "relief"))
    assert (answer.most_human, answer.human_steps, answer.human_ends) == (None, (), ())
    assert gaps_text(answer).splitlines()[-2:] == [
        "In people, over all paths: the effect from end to end 0 for, 0 against; steps:",
        "  none",
    ]


def test_a_rung_names_its_evidence() -> None:
    """What supports a step is named, and what of it people showed; what speaks against it is not."""
    graph = b.graph(
        b.claim("drug", "increases", "relief", source="p1", species="human", id="in people"),
        b.claim("drug", "increases", "relief", source="p2", species="rat", id="in rats"),
        b.claim("drug", "increases", "relief", source="p3", species="human", id="null", stance="no_effect"),
    )
    (rung,) = only(graph).rungs
    assert (rung.evidence, rung.in_people) == (("in people", "in rats"), ("in people",))
