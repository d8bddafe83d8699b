"""Finer steps before coarser ones: which steps are jumps."""

from __future__ import annotations

import builders as b
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ketamech.graph.mechanism import MechanismGraph
from ketamech.graph.model import Claim
from ketamech.graph.path_answers import PathsAnswer
from ketamech.queries import PathQuery, find_paths
from ketamech.queries.refine import bar_regions, is_coarsening, split_jumps
from ketamech.queries.steps import Step, StepRules, usable_steps


def jumps_of(graph: MechanismGraph) -> list[str]:
    """Name the edges that jump over finer steps."""
    steps, _ = usable_steps(graph, StepRules("relief"))
    return [s.edge.id for s in split_jumps(steps, set(graph.entities))[1]]


def indirect(subject: str, predicate: str, object: str, source: str = "coarse") -> Claim:
    """Report an effect whose steps were skipped."""
    return b.claim(subject, predicate, object, source=source, directness="indirect")


CHAIN = [b.claim("A", "inhibits", "B", source="p1"), b.claim("B", "inhibits", "C", source="p2")]


def test_a_chain_of_the_same_sign_makes_a_jump() -> None:
    """Two inhibitions in a row raise, so `A increases C` jumps over them; `A decreases C` says something else."""
    assert jumps_of(b.graph(*CHAIN, indirect("A", "increases", "C"))) == ["A|increases|C"]
    assert jumps_of(b.graph(*CHAIN, indirect("A", "decreases", "C"))) == []


def test_a_direct_step_is_never_a_jump() -> None:
    """What touches is not explained by a detour."""
    assert jumps_of(b.graph(*CHAIN, b.claim("A", "increases", "C"))) == []


def test_an_unsigned_step_neither_jumps_nor_refines() -> None:
    """Where a direction is missing, no chain can be said to lead the same way."""
    assert jumps_of(b.graph(*CHAIN, indirect("A", "modulates", "C"))) == []
    unsigned = [b.claim("A", "modulates", "B", source="p1"), CHAIN[1]]
    assert jumps_of(b.graph(*unsigned, indirect("A", "increases", "C"))) == []


def test_what_happens_within_cells_is_not_refined_by_a_tour_through_regions() -> None:
    """A step from receptor to process stays fine beside a detour over a region; a step into a behaviour does not."""
    places = [b.entity("A", kind="receptor"), b.entity("B", kind="brain_region"), b.entity("C", kind="process")]
    graph = b.graph(*places, *CHAIN, indirect("A", "increases", "C"))
    steps, _ = usable_steps(graph, StepRules("relief"))
    every = set(graph.entities)
    assert split_jumps(steps, every, graph.related, bar_regions(graph))[1] == []
    assert [s.edge.id for s in split_jumps(steps, every, graph.related)[1]] == ["A|increases|C"]
    outcome = b.graph(*places[:2], b.entity("C", kind="behaviour"), *CHAIN, indirect("A", "increases", "C"))
    steps, _ = usable_steps(outcome, StepRules("relief"))
    assert [s.edge.id for s in split_jumps(steps, every, outcome.related, bar_regions(outcome))[1]] == ["A|increases|C"]


def test_a_parallel_edge_is_no_chain() -> None:
    """One other step between the same two places is not finer."""
    assert jumps_of(b.graph(indirect("A", "increases", "C"), b.claim("A", "activates", "C", source="p1"))) == []


def test_a_chain_must_be_simple_and_forward() -> None:
    """A chain that returns to its start, or leads backwards, refines nothing."""
    loop = [b.claim("A", "increases", "B", source="p1"), b.claim("B", "increases", "A", source="p2")]
    assert jumps_of(b.graph(*loop, indirect("A", "increases", "C"))) == []
    backward = [b.claim("C", "increases", "B", source="p1"), b.claim("B", "increases", "A", source="p2")]
    assert jumps_of(b.graph(*backward, indirect("A", "increases", "C"))) == []


def test_derived_steps_never_refine_curated_ones() -> None:
    """What experiments imply does not push aside what a paper says; the other way round it does."""
    implied = [
        b.experiment("agonist", "A", "mimics", "B", change=1, source="x1"),
        b.experiment("agonist", "B", "mimics", "C", change=1, source="x2"),
    ]
    assert jumps_of(b.graph(*implied, indirect("A", "increases", "C"))) == []
    coarse = b.experiment("agonist", "A", "mimics", "C", change=1, source="x3")
    assert jumps_of(b.graph(*implied, coarse)) == ["A|~increases|C"]
    assert jumps_of(b.graph(*CHAIN, coarse)) == ["A|~increases|C"]


def test_two_jumps_never_refine_each_other_away() -> None:
    """Of A to C by way of B and A to B by way of C, one remains, so that C and B stay within reach."""
    graph = b.graph(
        indirect("A", "increases", "B", "p1"),
        indirect("A", "increases", "C", "p2"),
        indirect("B", "increases", "C", "p3"),
        indirect("C", "increases", "B", "p4"),
    )
    (jump,) = jumps_of(graph)
    assert jump in ("A|increases|B", "A|increases|C")


def test_a_chain_may_not_enter_by_one_part_and_leave_by_another() -> None:
    """What no path may walk does not refine; a plain way round it does, also where both reach one whole."""
    parts = [b.entity("B1", part_of=["B"]), b.entity("B2", part_of=["B"])]
    seam = [b.claim("A", "increases", "B1", source="p1"), b.claim("B2", "increases", "C", source="p2")]
    jump = indirect("A", "increases", "C")
    assert jumps_of(b.graph(*parts, *seam, jump)) == []
    way_round = [b.claim("A", "increases", "D", source="p3"), b.claim("D", "increases", "B", source="p4")]
    assert jumps_of(b.graph(*parts, *seam, jump, *way_round)) == ["A|increases|C"]


NODES = "ABCDE"


@st.composite
def step_lists(draw: st.DrawFn, *, acyclic: bool) -> list[Step]:
    """Draw the steps of a small graph of direct, indirect and derived edges."""
    pairs = [(x, y) for x in NODES for y in NODES if (x < y if acyclic else x != y)]
    chosen = draw(st.lists(st.tuples(st.sampled_from(pairs), st.sampled_from(["increases", "decreases"])), max_size=12))
    facts: list[b.Part] = []
    for n, ((x, y), predicate) in enumerate(chosen):
        sign = 1 if predicate == "increases" else -1
        how = draw(st.sampled_from(["direct", "indirect", "indirect", "derived"]))
        species = draw(st.sampled_from(["mouse", "human"]))
        if how == "derived":
            facts.append(b.experiment("agonist", x, "mimics", y, change=sign, source=f"x{n}", species=species))
        else:
            facts.append(b.claim(x, predicate, y, source=f"p{n}", directness=how, species=species))
    return usable_steps(b.graph(*facts), StepRules("E"))[0]


def has_chain(step: Step, steps: list[Step]) -> bool:
    """Enumerate every simple chain of two or more other steps with the same ends and sign."""
    allowed = [s for s in steps if s.edge.id != step.edge.id and (step.edge.derived or not s.edge.derived)]

    def walk(place: str, sign: int, trail: tuple[str, ...]) -> bool:
        if place == step.target:
            return sign == step.sign and len(trail) > 2
        onward = [s for s in allowed if s.source == place and s.target not in trail]
        return any(walk(s.target, sign * s.sign, (*trail, s.target)) for s in onward)

    return walk(step.source, 1, (step.source,))


@given(step_lists(acyclic=True))
@settings(max_examples=200, deadline=None)
def test_without_cycles_exactly_the_refined_steps_are_jumps(steps: list[Step]) -> None:
    """Every step is kept or a jump; a kept one is direct or has no finer chain, a jump has one of kept steps."""
    fine, jumps = split_jumps(steps, set(NODES))
    assert sorted(s.key for s in (*fine, *jumps)) == sorted(s.key for s in steps)
    assert [s.key for s in fine if s.edge.directness != "direct" and has_chain(s, fine)] == []
    assert [s.key for s in jumps if s.edge.directness == "direct" or not has_chain(s, fine)] == []


@given(step_lists(acyclic=False))
@settings(max_examples=200, deadline=None)
def test_no_jump_without_a_finer_chain_and_no_place_lost(steps: list[Step]) -> None:
    """With cycles, too, a jump has a finer chain among all steps, and kept steps lead wherever all steps lead."""
    fine, jumps = split_jumps(steps, set(NODES))
    assert [s.key for s in jumps if not has_chain(s, steps)] == []
    assert {n: reached(n, fine) for n in NODES} == {n: reached(n, steps) for n in NODES}


def reached(start: str, steps: list[Step]) -> set[str]:
    """Give every place that can be walked to."""
    found: set[str] = {start}
    while more := {s.target for s in steps if s.source in found} - found:
        found |= more
    return found


JUMPED = b.graph(
    b.claim("drug", "inhibits", "A", source="p1"),
    b.claim("A", "inhibits", "B", source="p2"),
    b.claim("B", "increases", "relief", source="p3", directness="indirect"),
    indirect("A", "decreases", "relief"),
    indirect("drug", "increases", "B", "p4"),
)


def routes(answer: PathsAnswer) -> list[tuple[str, bool]]:
    """Name the paths by their nodes, and say which are coarse."""
    return [(" > ".join(n.name for n in p.nodes), p.coarse) for p in answer.paths]


def test_a_finer_path_carries_its_jumps() -> None:
    """The jumps are no second path: they are named as end-to-end support of the stretch that they span."""
    answer = find_paths(JUMPED, PathQuery("drug", "relief"))
    assert routes(answer) == [("drug > A > B > relief", False)]
    assert answer.paths[0].stretches == ("A|decreases|relief", "drug|increases|B")


def test_a_jump_that_leads_elsewhere_is_a_coarse_path() -> None:
    """Where the finer chain is out of reach, the jump stands in, marked as coarse."""
    answer = find_paths(JUMPED, PathQuery("drug", "relief", max_length=2))
    assert routes(answer) == [("drug > B > relief", True), ("drug > A > relief", True)]


def test_touching_goes_before_unknown_first_steps() -> None:
    """A drug's own targets come first, however strong its indirect effects are."""
    graph = b.graph(
        b.claim("drug", "inhibits", "A", source="p1", read="title"),
        b.claim("A", "decreases", "relief", source="p2", read="title"),
        b.claim("drug", "increases", "B", source="p3", species="human", directness="indirect"),
        b.claim("B", "increases", "relief", source="p4", species="human"),
    )
    assert routes(find_paths(graph, PathQuery("drug", "relief"))) == [
        ("drug > A > relief", False),
        ("drug > B > relief", False),
    ]


@pytest.mark.parametrize(
    ("nodes", "coarser"),
    [("AC", True), ("ABC", False), ("ADC", False), ("BC", False), ("AB", False), ("ACB", False)],
)
def test_what_coarsens(nodes: str, coarser: bool) -> None:
    """A coarsening has the same ends, fewer nodes, and these in the same order."""
    assert is_coarsening(nodes, "ABC") is coarser
    assert is_coarsening("ACD", "ABCD") is True
