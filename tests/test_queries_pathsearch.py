"""The k best simple paths, against a slow obvious enumeration of all of them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from ketamech.queries.pathsearch import INFINITE, Arc, Found, Outcome, State, k_best

Arcs = Mapping[State, Sequence[Arc]]
WEIGHTS = [0.0, 0.25, 0.5, 0.5, 1.0, 2.0]
NODES = "ABCDE"


def network(*arcs: tuple[State, State, float, str]) -> dict[State, list[Arc]]:
    """Group arcs by the state they leave."""
    made: dict[State, list[Arc]] = {}
    for source, target, weight, key in arcs:
        made.setdefault(source, []).append(Arc(source, target, weight, key))
    return made


def told(outcome: Outcome) -> list[tuple[tuple[str, ...], float]]:
    """List keys and weight of every path found."""
    return [(found.keys, found.weight) for found in outcome.paths]


def every_path(
    arcs: Arcs, source: State, goals: set[State], max_length: int, place_of: Callable[[State], Hashable]
) -> list[tuple[tuple[str, ...], float]]:
    """Walk every simple path that ends at the first goal it meets, and sort by weight, length, keys."""
    found: list[Found] = []

    def walk(state: State, trail: tuple[Arc, ...], visited: frozenset[Hashable]) -> None:
        if trail and state in goals:
            found.append(Found(trail, sum(a.weight for a in trail)))
            return
        for arc in arcs.get(state, ()) if len(trail) < max_length else ():
            if place_of(arc.target) not in visited:
                walk(arc.target, (*trail, arc), visited | {place_of(arc.target)})

    walk(source, (), frozenset({place_of(source)}))
    return sorted(((f.keys, f.weight) for f in found), key=lambda p: (p[1], len(p[0]), p[0]))


@st.composite
def networks(draw: st.DrawFn) -> dict[State, list[Arc]]:
    """Draw a multigraph with cycles, parallel arcs, self loops and many ties of weight."""
    ends = st.sampled_from(NODES)
    arcs = draw(st.lists(st.tuples(ends, ends, st.sampled_from(WEIGHTS)), max_size=16))
    keys = draw(st.permutations([f"e{n:02}" for n in range(len(arcs))]))
    return network(*((a, z, w, key) for (a, z, w), key in zip(arcs, keys, strict=True)))


def itself(state: State) -> Hashable:
    """Take every state for a place of its own."""
    return state


GOALS = st.sets(st.sampled_from(NODES + "X"), max_size=3)


@given(networks(), st.sampled_from(NODES), GOALS, st.integers(0, 8), st.integers(0, 5))
@settings(max_examples=400, deadline=None)
def test_the_k_best_are_the_first_k_of_all(
    arcs: dict[State, list[Arc]], source: str, goals: set[str], k: int, max_length: int
) -> None:
    """On any multigraph the answer is the head of the sorted list of all simple paths; X is never reached."""
    outcome = k_best(arcs, source, goals, k, max_length)
    assert told(outcome) == every_path(arcs, source, set(goals), max_length, itself)[:k]
    assert outcome.stopped is False


def first(state: State) -> Hashable:
    """Take the first half of a pair for its place."""
    return state[0] if isinstance(state, tuple) else state


@st.composite
def doubled_networks(draw: st.DrawFn) -> dict[State, list[Arc]]:
    """Draw a multigraph whose states are pairs of place and tag."""
    states = st.tuples(st.sampled_from(NODES), st.booleans())
    arcs = draw(st.lists(st.tuples(states, states, st.sampled_from(WEIGHTS)), max_size=20))
    return network(*((a, z, w, f"e{n:02}") for n, (a, z, w) in enumerate(arcs)))


@given(doubled_networks(), st.integers(1, 6), st.integers(1, 5))
@settings(max_examples=300, deadline=None)
def test_two_states_of_one_place_are_visited_once_together(
    arcs: dict[State, list[Arc]], k: int, max_length: int
) -> None:
    """Where several states stand for one place, a path enters the place at most once."""
    goals: set[State] = {("E", True), ("E", False), ("A", True)}
    outcome = k_best(arcs, ("A", False), goals, k, max_length, place_of=first)
    assert told(outcome) == every_path(arcs, ("A", False), goals, max_length, first)[:k]


@given(networks(), st.sampled_from(NODES), st.integers(1, 5))
@settings(max_examples=150, deadline=None)
def test_no_way_to_itself_or_out_of_reach(arcs: dict[State, list[Arc]], source: str, max_length: int) -> None:
    """A source that is its own only goal, and a goal that no arc enters, give nothing and stop nothing."""
    assert k_best(arcs, source, {source}, 5, max_length) == Outcome((), stopped=False)
    assert k_best(arcs, source, {"X"}, 5, max_length) == Outcome((), stopped=False)


@given(networks(), st.integers(1, 9))
@settings(max_examples=150, deadline=None)
def test_a_search_with_little_room_is_right_as_far_as_it_goes(arcs: dict[State, list[Arc]], room: int) -> None:
    """With a cap on the partial paths kept the paths found are the first of all; the rest is told to be missing."""
    best = every_path(arcs, "A", {"E"}, 5, itself)[:4]
    outcome = k_best(arcs, "A", {"E"}, 4, 5, room=room)
    assert told(outcome) == best[: len(outcome.paths)]
    assert outcome.limit == ("memory" if outcome.stopped else None)
    assert outcome.stopped or told(outcome) == best


@given(networks(), st.integers(1, 30))
@settings(max_examples=150, deadline=None)
def test_what_a_stopped_search_has_found_is_still_the_best(arcs: dict[State, list[Arc]], budget: int) -> None:
    """Within a budget the paths found are the first of all, and the flag says whether it ran out."""
    best = every_path(arcs, "A", {"E"}, 5, itself)[:4]
    outcome = k_best(arcs, "A", {"E"}, 4, 5, budget=budget)
    assert told(outcome) == best[: len(outcome.paths)]
    assert outcome.limit == ("work" if outcome.stopped else None)
    assert outcome.stopped or told(outcome) == best


LADDER = network(
    ("A", "B", 0.5, "ab"), ("B", "C", 0.5, "bc"), ("A", "C", 1.0, "ac"), ("A", "C", 1.0, "aa"), ("A", "C", 3.0, "far")
)


def test_order_is_weight_then_length_then_keys() -> None:
    """Of equal weight the shorter path comes first, of equal length the one with the earlier keys."""
    assert told(k_best(LADDER, "A", {"C"}, 9, 9)) == [
        (("aa",), 1.0),
        (("ac",), 1.0),
        (("ab", "bc"), 1.0),
        (("far",), 3.0),
    ]


def test_limits_of_number_and_length() -> None:
    """No more than k paths and no path longer than max_length; none at all for zero."""
    assert told(k_best(LADDER, "A", {"C"}, 2, 9)) == [(("aa",), 1.0), (("ac",), 1.0)]
    assert [f.keys for f in k_best(LADDER, "A", {"C"}, 9, 1).paths] == [("aa",), ("ac",), ("far",)]
    assert k_best(LADDER, "A", {"C"}, 0, 9).paths == k_best(LADDER, "A", {"C"}, 9, 0).paths == ()


def test_sums_that_differ_only_by_rounding_are_ties() -> None:
    """0.1 + 0.2 weighs as much as 0.3: the shorter path comes first whichever way the sum is off."""
    arcs = network(("A", "B", 0.1, "1"), ("B", "C", 0.2, "2"), ("A", "C", 0.3, "3"))
    assert [f.keys for f in k_best(arcs, "A", {"C"}, 1, 3).paths] == [("3",)]
    arcs = network(("A", "B", 0.1, "1"), ("B", "C", 0.2, "2"), ("A", "C", 0.1 + 0.2 + 1e-16, "3"))
    assert [f.keys for f in k_best(arcs, "A", {"C"}, 1, 3).paths] == [("3",)]


def test_nowhere_to_go() -> None:
    """Unknown ends, no ends, and a source that is its own only goal give nothing."""
    loop = network(("A", "A", 0.0, "loop"), ("A", "B", 0.0, "ab"), ("B", "A", 0.0, "ba"))
    answers = [k_best(LADDER, "A", {"Z"}, 5, 5), k_best(LADDER, "Z", {"C"}, 5, 5), k_best(LADDER, "A", (), 5, 5)]
    answers += [k_best(loop, "A", {"A"}, 5, 5), k_best({}, "A", {"B"}, 5, 5)]
    assert answers == [Outcome((), stopped=False)] * 5


def test_the_budget_is_told() -> None:
    """A search that may look at one partial path only stops and says so; with enough it does not."""
    assert k_best(LADDER, "A", {"C"}, 9, 9, budget=1).stopped is True
    assert k_best(LADDER, "A", {"C"}, 9, 9, budget=2).stopped is False


def test_the_time_is_told() -> None:
    """A search with no time stops and says so; with time enough it does not."""
    assert k_best(LADDER, "A", {"C"}, 9, 9, seconds=0) == Outcome((), stopped=True, limit="time")
    assert k_best(LADDER, "A", {"C"}, 9, 9, seconds=1e6).limit is None


def test_an_arc_of_infinite_weight_leads_nowhere() -> None:
    """An arc of strength nought is not there."""
    arcs = network(("A", "C", INFINITE, "never"), ("A", "B", 1.0, "ab"), ("B", "C", 1.0, "bc"))
    assert [found.keys for found in k_best(arcs, "A", {"C"}, 5, 5).paths] == [("ab", "bc")]


def test_ties_beyond_k_are_not_gathered() -> None:
    """Of many paths of one weight only k are looked for: the work does not grow with the number of ties."""
    layers = [
        (f"{a}{b}", f"{a + 1}{c}", 1.0, f"{a:02}{b}{c}") for a in range(20, 32) for b in range(3) for c in range(3)
    ]
    outcome = k_best(network(*layers), "200", {"322"}, 2, 13, budget=40)
    assert (len(outcome.paths), outcome.stopped) == (2, False)


def test_a_dead_end_costs_nothing() -> None:
    """Branches from which the goal is out of reach are never entered, so that they use no budget."""
    maze = [(f"m{i}", f"m{j}", 0.0, f"{i}-{j}") for i in range(8) for j in range(8) if i != j]
    arcs = network(("A", "m0", 0.0, "in"), ("A", "C", 9.0, "ac"), *maze)
    assert told(k_best(arcs, "A", {"C"}, 5, 9, budget=1)) == [(("ac",), 9.0)]
