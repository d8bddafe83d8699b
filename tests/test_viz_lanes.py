"""Where boxes stand: left to right, apart, the same for the same steps."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from ketamech.viz.lanes import BOX, COLUMN, ROW, Spot, _crossings, _isotonic, lay_out

NAMES = "abcdefghijkl"
Chains = list[list[str]]

chains_without_cycles = st.lists(
    st.sets(st.sampled_from(NAMES), min_size=2, max_size=7).map(sorted), min_size=1, max_size=9
)
any_chains = st.lists(st.permutations(NAMES).map(lambda p: p[:5]), min_size=1, max_size=6)


def kinds_of(chains: Sequence[Sequence[str]]) -> dict[str, str]:
    """Call everything a process, but the first drug."""
    return {name: "drug" if name == "a" else "process" for name in sorted({n for chain in chains for n in chain})}


@given(chains_without_cycles)
def test_steps_run_left_to_right(chains: Chains) -> None:
    """Without cycles every step leads at least one column to the right."""
    placed = lay_out(kinds_of(chains), chains).places
    assert all(placed[b][0] - placed[a][0] >= COLUMN for chain in chains for a, b in pairwise(chain))


@given(any_chains)
def test_boxes_stand_apart_whatever_the_cycles(chains: Chains) -> None:
    """No two boxes come closer than a column or a row."""
    spots = lay_out(kinds_of(chains), chains).places.values()
    assert all(abs(p[0] - q[0]) >= COLUMN or abs(p[1] - q[1]) >= ROW for p, q in combinations(spots, 2))
    assert COLUMN > BOX


@given(any_chains)
def test_the_first_chain_keeps_its_direction(chains: Chains) -> None:
    """Of chains that contradict each other the first, the strongest path, runs left to right."""
    placed = lay_out(kinds_of(chains), chains).places
    assert all(placed[a][0] < placed[b][0] for a, b in pairwise(chains[0]))


@given(chains_without_cycles, st.randoms(use_true_random=False))
def test_input_order_does_not_matter(chains: Chains, random: Random) -> None:
    """The same steps in another order give the same picture."""
    kinds = kinds_of(chains)
    mixed, turned = list(chains), list(kinds.items())
    random.shuffle(mixed)
    random.shuffle(turned)
    assert lay_out(dict(turned), mixed) == lay_out(kinds, chains)


@given(chains_without_cycles)
def test_long_arrows_run_between_boxes(chains: Chains) -> None:
    """A step that jumps columns has one bend in each, and no bend lies on a box of its column."""
    made = lay_out(kinds_of(chains), chains)
    for (a, b), bends in made.bends.items():
        assert [x for x, _ in bends] == list(range(made.places[a][0] + COLUMN, made.places[b][0], COLUMN))
        assert all(
            abs(y - other[1]) >= ROW * 3 // 5 for x, y in bends for other in made.places.values() if other[0] == x
        )


@given(chains_without_cycles)
def test_every_column_is_headed_by_its_stages(chains: Chains) -> None:
    """Each column has one head, which names the stage of every box under it."""
    kinds = kinds_of(chains)
    made = lay_out(kinds, chains)
    under: dict[int, set[str]] = {}
    for name, (x, _) in made.places.items():
        under.setdefault(x, set()).add({"drug": "Drug", "process": "Process"}[kinds[name]])
    assert {x: set(stages) for x, stages in made.heads} == under


@given(st.lists(st.tuples(st.integers(-50, 50), st.integers(1, 4)), min_size=1, max_size=9))
def test_heights_are_the_nearest_that_keep_the_order(pairs: list[tuple[int, int]]) -> None:
    """The pooled fit equals the slow one: the largest of the least means over all runs that hold the spot."""
    values, weights = zip(*pairs, strict=True)

    def mean(i: int, j: int) -> float:
        return sum(v * w for v, w in pairs[i : j + 1]) / sum(w for _, w in pairs[i : j + 1])

    slow = [max(min(mean(i, j) for j in range(k, len(pairs))) for i in range(k + 1)) for k in range(len(pairs))]
    fitted = _isotonic(values, weights)
    assert all(abs(a - b) < 1e-9 for a, b in zip(fitted, slow, strict=True))


@given(st.permutations(range(5)), st.sets(st.tuples(st.integers(0, 4), st.integers(0, 4))))
def test_crossings_are_counted_right(order: list[int], joined: set[tuple[int, int]]) -> None:
    """The count by insertion equals the count over all pairs of arrows."""
    near: dict[Spot, list[Spot]] = {}
    for left, right in sorted(joined):
        near.setdefault((f"l{left}",), []).append((f"r{right}",))
        near.setdefault((f"r{right}",), []).append((f"l{left}",))
    columns: dict[int, list[Spot]] = {0: [(f"l{i}",) for i in range(5)], 1: [(f"r{i}",) for i in order]}
    drawn = [(left, order.index(right)) for left, right in joined]
    slow = sum((a[0] - b[0]) * (a[1] - b[1]) < 0 for a, b in combinations(drawn, 2))
    assert _crossings(columns, near) == slow


def test_biology_alternates_and_still_runs_left_to_right() -> None:
    """Receptors before and after cells stand in their own columns, each headed by its stage."""
    kinds = {"ket": "drug", "nmda": "channel", "inter": "cell_type", "ampa": "channel", "test": "readout"}
    made = lay_out(kinds, [["ket", "nmda", "inter", "ampa", "test"]])
    assert made.heads == (
        (0, ("Drug",)),
        (COLUMN, ("Target",)),
        (2 * COLUMN, ("Cell",)),
        (3 * COLUMN, ("Target",)),
        (4 * COLUMN, ("Readout",)),
    )
    assert {y for _, y in made.places.values()} == {0}


def test_a_short_branch_stays_beside_a_long_one() -> None:
    """Of two routes the one that skips columns bends around the boxes of the other."""
    made = lay_out(dict.fromkeys("abcd", "process"), [["a", "b", "c", "d"], ["a", "d"]])
    assert [x for x, _ in made.bends["a", "d"]] == [COLUMN, 2 * COLUMN]
    assert made.places["b"][1] == made.places["c"][1]


def test_nothing_gives_an_empty_picture() -> None:
    """Without chains there is no place, no bend and no head."""
    made = lay_out({}, [])
    assert (made.places, made.bends, made.heads) == ({}, {}, ())
