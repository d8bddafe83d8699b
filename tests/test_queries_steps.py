"""The steps a path may take: lifting to wholes, folding, readouts, and what is never a step."""

from __future__ import annotations

import builders as b
import pytest

from ketamech.graph.mechanism import MechanismGraph
from ketamech.graph.path_answers import PathAnswer
from ketamech.queries import PathQuery, find_paths
from ketamech.queries.steps import Step, StepRules, usable_steps


def usable(graph: MechanismGraph, target: str = "relief", **rules: object) -> list[str]:
    """Name the usable steps."""
    steps, _ = usable_steps(graph, StepRules(target, **rules))  # type: ignore[arg-type]
    return [f"{s.source} {'+-'[s.sign < 0] if s.sign else '?'} {s.target}" for s in steps]


def the_step(graph: MechanismGraph, source: str, target: str) -> Step:
    """Give the one step between two places."""
    (found,) = (s for s in usable_steps(graph, StepRules(target))[0] if (s.source, s.target) == (source, target))
    return found


def routes(graph: MechanismGraph, source: str, target: str, **options: object) -> list[str]:
    """Name the paths by their nodes."""
    answer = find_paths(graph, PathQuery(source, target, **options))  # type: ignore[arg-type]
    return [" > ".join(n.name for n in p.nodes) for p in answer.paths]


def only_path(graph: MechanismGraph, source: str, target: str) -> PathAnswer:
    """Give the one path."""
    (path,) = find_paths(graph, PathQuery(source, target)).paths
    return path


SUBUNITS = [b.entity("GluN2A", "receptor", part_of=["NMDAR"]), b.entity("GluN2B", "receptor", part_of=["NMDAR"])]


@pytest.mark.parametrize("predicate", ["binds", "part_of", "is_a", "located_in", "correlates_with", "predicts"])
def test_contact_parts_and_associations_are_no_steps(predicate: str) -> None:
    """Only causes are walked."""
    assert usable(b.graph(b.claim("A", predicate, "relief", sign=1))) == []


@pytest.mark.parametrize("predicate", ["precedes", "modulates", "converts_to", "activates"])
def test_which_relations_are_walked(predicate: str) -> None:
    """Changes, conversions and causes are steps (an unsigned one keeps its sign open); time order is not."""
    expected = {"precedes": [], "modulates": ["A ? B"]}.get(predicate, ["A + B"])
    assert usable(b.graph(b.claim("A", predicate, "B")), "B") == expected


def test_overall_edges_are_never_a_step() -> None:
    """What is to be explained explains nothing; it stands beside the answer as end-to-end evidence."""
    seen = b.claim("drug", "increases", "relief", directness="overall", source="p1")
    graph = b.graph(seen, b.claim("drug", "increases", "A", source="p2"), b.claim("A", "increases", "relief"))
    assert usable(graph) == ["A + relief", "drug + A"]
    answer = find_paths(graph, PathQuery("drug", "relief"))
    assert answer.end_to_end == (seen,)
    assert [s.edge.directness for p in answer.paths for s in p.steps] == ["direct", "direct"]


def test_end_to_end_evidence_reaches_parts_and_readouts() -> None:
    """Overall findings on a kind of the outcome, or on a readout of it, are end-to-end evidence; others are not."""
    graph = b.graph(
        b.entity("coping", "behaviour", is_a=["relief"]),
        b.claim("immobility", "is_readout_of", "coping", sign=-1, source="p1"),
        b.claim("drug", "decreases", "immobility", directness="overall", source="p2"),
        b.claim("drug", "increases", "coping", directness="overall", source="p3", species="human"),
        b.claim("drug", "increases", "nausea", directness="overall", source="p4"),
    )
    assert [c.paper.key for c in find_paths(graph, PathQuery("drug", "relief")).end_to_end] == ["p3", "p2"]
    rats = find_paths(graph, PathQuery("drug", "relief", species="rat"))
    assert [c.paper.key for c in rats.end_to_end] == ["p2"]
    assert [(s.what, s.reason) for s in rats.set_aside] == [("end to end", "species human, not rat")]
    strict = find_paths(graph, PathQuery("drug", "relief", species="human", strict_context=True))
    assert [c.paper.key for c in strict.end_to_end] == ["p3"]
    assert [(s.what, s.reason) for s in strict.set_aside][-1] == ("end to end", "species not reported")


def test_steps_of_the_sign_seen_end_to_end_come_first() -> None:
    """Where the drug is seen to relieve, weaker routes that relieve outrank a stronger one that does not."""
    routes_both_ways = [
        b.claim("drug", "increases", "A", source="p1"),
        b.claim("A", "increases", "relief", source="p2"),
        b.claim("drug", "increases", "B", source="p3", species="human"),
        b.claim("B", "decreases", "relief", source="p4", species="human"),
    ]
    immobile: list[b.Part] = [
        b.entity("coping", "behaviour", is_a=["relief"]),
        b.claim("immobility", "is_readout_of", "coping", sign=-1, source="p5"),
        b.claim("drug", "decreases", "immobility", directness="overall", source="p6"),
        b.claim("drug", "increases", "immobility", directness="overall", source=b.paper("p7", retracted=True)),
    ]
    through_b, through_a = "drug > B > relief", "drug > A > relief"
    assert routes(b.graph(*routes_both_ways), "drug", "relief") == [through_b, through_a]
    assert routes(b.graph(*routes_both_ways, *immobile), "drug", "relief") == [through_a, through_b]


def test_a_chain_joins_where_one_paper_names_the_part_and_the_next_the_whole() -> None:
    """A claim on GluN2B is lifted to the NMDA receptor, and the step says which part was meant."""
    graph = b.graph(
        *SUBUNITS,
        b.claim("drug", "inhibits", "GluN2B", source="p1"),
        b.claim("NMDAR", "increases", "A", source="p2"),
    )
    path = only_path(graph, "drug", "A")
    assert [n.name for n in path.nodes] == ["drug", "NMDAR", "A"]
    assert [s.rolled_up for s in path.steps] == [("GluN2B (part or kind of NMDAR) (object)",), ()]
    assert "drug inhibits NMDAR (GluN2B) (down)" in path.told


def test_leaving_by_a_part_of_a_whole_that_was_entered() -> None:
    """A drug that blocks the whole reaches what one part does, and the step says which part."""
    graph = b.graph(
        *SUBUNITS,
        b.claim("drug", "inhibits", "NMDAR", source="p1"),
        b.claim("GluN2A", "increases", "A", source="p2"),
    )
    path = only_path(graph, "drug", "A")
    assert [n.name for n in path.nodes] == ["drug", "NMDAR", "A"]
    assert path.steps[1].rolled_up == ("GluN2A (part or kind of NMDAR) (subject)",)


def test_entering_by_one_part_and_leaving_by_another_is_refused() -> None:
    """Blocking GluN2B says nothing of what GluN2A does, though both are parts of one receptor."""
    graph = b.graph(
        *SUBUNITS,
        b.claim("drug", "inhibits", "GluN2B", source="p1"),
        b.claim("GluN2A", "increases", "A", source="p2"),
    )
    assert routes(graph, "drug", "A") == []


def test_the_same_part_needs_no_whole() -> None:
    """Entering and leaving by one part is a path through that part, told once and without its whole."""
    graph = b.graph(
        *SUBUNITS,
        b.claim("drug", "inhibits", "GluN2B", source="p1"),
        b.claim("GluN2B", "increases", "A", source="p2"),
    )
    assert routes(graph, "drug", "A") == ["drug > GluN2B > A"]


def test_a_question_about_the_whole_finds_its_part() -> None:
    """Asked for the whole as an end, or as a place on the way, the part answers."""
    graph = b.graph(
        b.entity("prelimbic region", "brain_region", part_of=["frontal region"]),
        b.claim("drug", "activates", "prelimbic region", source="p1"),
        b.claim("frontal region", "increases", "relief", source="p2"),
    )
    assert routes(graph, "drug", "frontal region") == ["drug > frontal region"]
    assert routes(graph, "drug", "relief", via=("frontal region",)) == ["drug > frontal region > relief"]
    assert routes(graph, "drug", "prelimbic region") == ["drug > prelimbic region"]
    assert routes(graph, "frontal region", "relief") == ["frontal region > relief"]


def test_the_part_does_not_answer_for_a_sibling_or_a_child() -> None:
    """Lifting leads to wholes only: what is known of the whole is not known of each part."""
    graph = b.graph(*SUBUNITS, b.claim("drug", "inhibits", "NMDAR", source="p1"), b.claim("A", "inhibits", "GluN2A"))
    assert routes(graph, "drug", "GluN2B") == []
    assert routes(graph, "A", "GluN2B") == []


def test_a_thing_is_not_the_cause_of_its_own_whole() -> None:
    """A step whose ends become one thing, or lie in each other, when lifted is none."""
    graph = b.graph(*SUBUNITS, b.claim("GluN2A", "increases", "GluN2B"))
    assert usable(graph, "NMDAR") == ["GluN2A + GluN2B"]


def test_parallel_edges_fold_into_one_step() -> None:
    """Two predicates of one sign between two places are one step: the stronger speaks, the other is named."""
    graph = b.graph(
        b.claim("A", "activates", "B", source="p1"),
        b.claim("A", "increases", "B", source="p2", species="human"),
        b.claim("A", "inhibits", "B", source="p3"),
    )
    assert sorted(usable(graph, "B")) == ["A + B", "A - B"]
    (raises,) = (s for s in usable_steps(graph, StepRules("B"))[0] if s.sign > 0)
    assert (raises.edge.id, raises.also) == ("A|increases|B", ("A|activates|B",))
    assert len(find_paths(graph, PathQuery("A", "B")).paths) == 2


def test_a_curated_step_speaks_before_a_derived_one_and_a_plain_before_a_lifted() -> None:
    """What papers say outranks what experiments imply; what is said of the whole outranks what its part did."""
    weak = b.claim("A", "increases", "B", source=b.paper("p1", kind="review"))
    implied = b.experiment("agonist", "A", "mimics", "B", change=1, source="x1", species="macaque")
    both = the_step(b.graph(weak, implied), "A", "B")
    assert (both.edge.id, both.also) == ("A|increases|B", ("A|~increases|B",))
    on_part = b.claim("A", "inhibits", "GluN2B", source="p2", species="human")
    lifted = the_step(b.graph(*SUBUNITS, on_part, b.claim("A", "inhibits", "NMDAR")), "A", "NMDAR")
    assert (lifted.edge.id, lifted.also) == ("A|inhibits|NMDAR", ("A|inhibits|GluN2B",))


READOUT: list[b.Part] = [
    b.entity("tracer binding", "readout"),
    b.claim("tracer binding", "is_readout_of", "5-HT1B", sign=-1, source="p1"),
    b.claim("drug", "increases", "A", source="p2"),
    b.claim("A", "increases", "tracer binding", source="p3"),
    b.claim("5-HT1B", "increases", "relief", source="p4"),
]


def test_a_readout_ends_a_path_with_its_own_sign() -> None:
    """More tracer bound tells of less of its target, so the path to the target is negative."""
    (path,) = find_paths(b.graph(*READOUT), PathQuery("drug", "5-HT1B")).paths
    assert ([n.name for n in path.nodes], path.sign) == (["drug", "A", "tracer binding", "5-HT1B"], -1)


def test_a_readout_is_only_the_last_hop() -> None:
    """No path leads through a readout to something else that its target does."""
    assert routes(b.graph(*READOUT), "drug", "relief") == []


def test_a_readout_of_a_part_does_not_lead_on_within_the_whole() -> None:
    """A readout of a kind of the outcome ends at the outcome; it does not become that kind and act further."""
    graph = b.graph(
        b.entity("coping", "behaviour", is_a=["relief"]),
        b.claim("drug", "decreases", "immobility", source="p1"),
        b.claim("immobility", "is_readout_of", "coping", sign=-1, source="p2"),
        b.claim("coping", "increases", "A", source="p3"),
        b.claim("A", "increases", "relief", source="p4"),
    )
    assert routes(graph, "drug", "relief") == ["drug > immobility > relief"]


def test_a_readout_can_be_asked_for_itself() -> None:
    """The binding of a tracer is a target of its own, and other readouts are not on the way to it."""
    graph = b.graph(
        *READOUT, b.entity("other binding", "readout"), b.claim("drug", "increases", "other binding", source="p5")
    )
    assert routes(graph, "drug", "tracer binding") == ["drug > A > tracer binding"]
    assert usable(graph, "tracer binding") == ["5-HT1B + relief", "A + tracer binding", "drug + A"]


def test_a_weak_step_is_set_aside_with_its_strength() -> None:
    """Below --min-strength a step is out, and named."""
    graph = b.graph(b.claim("A", "increases", "B", source="p1"), b.claim("A", "inhibits", "B", species="human"))
    assert usable(graph, "B", min_strength=0.4) == ["A + B", "A - B"]
    steps, aside = usable_steps(graph, StepRules("B", min_strength=0.5))
    assert [s.edge.id for s in steps] == ["A|inhibits|B"]
    assert [(s.what, s.name, s.reason) for rows in aside.values() for s in rows] == [
        ("step", "A increases B", "strength 0.40 is below 0.5")
    ]


def test_what_only_retracted_or_refuting_papers_say_is_no_step() -> None:
    """A step needs support that stands."""
    for facts in (
        b.claim("A", "increases", "B", source=b.paper("gone", retracted=True)),
        b.claim("A", "increases", "B", stance="refutes"),
        b.claim("A", "increases", "B", stance="no_effect"),
    ):
        assert usable(b.graph(facts), "B") == []


def test_a_forbidden_node_is_nowhere() -> None:
    """Neither as an end of an edge nor as the whole to which one is lifted."""
    graph = b.graph(*SUBUNITS, b.claim("drug", "inhibits", "GluN2B"), b.claim("NMDAR", "increases", "A"))
    assert usable(graph, "A", forbidden={"NMDAR"}) == ["drug - GluN2B"]
    assert usable(graph, "A", forbidden={"GluN2B"}) == ["NMDAR + A"]
    assert usable(graph, "A") == ["NMDAR + A", "drug - GluN2B", "drug - NMDAR"]
