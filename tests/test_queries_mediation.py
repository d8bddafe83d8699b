"""What experiments say of the places on a route, and what that does to its rank."""

from __future__ import annotations

from collections.abc import Mapping

import builders as b
import pytest

from ketamech.graph.mechanism import MechanismGraph
from ketamech.graph.model import Experiment
from ketamech.queries import PathQuery, find_paths
from ketamech.queries.context import OPEN, ContextFilter
from ketamech.queries.mediation import CARRIES, SPARES, UNTESTED, mediation
from ketamech.queries.seams import SEAM, coherence
from ketamech.queries.steps import Step, StepRules, usable_steps

ROUTE = (
    b.claim("drug", "increases", "A", source="p1"),
    b.claim("A", "increases", "relief", source="p2"),
    b.claim("drug", "increases", "B", source="p3"),
    b.claim("B", "increases", "relief", source="p4"),
)


def credit(*trials: Experiment, by: float | None = None, after: float | None = None) -> Mapping[str, float]:
    """Give the factors of the places that experiments were made on."""
    graph = b.graph(*ROUTE, *trials)
    found = mediation(graph, "drug", "relief", OPEN, by, after)
    return {p: f for p, f in found.items() if p != "relief"}


def test_without_experiments_all_places_are_alike() -> None:
    """No experiment, no factor: nothing is said of any place."""
    assert credit() == {}


@pytest.mark.parametrize(
    ("mode", "observed", "factor"),
    [
        ("antagonist", "abolishes", CARRIES),
        ("knockout", "attenuates", CARRIES),
        ("knockout", "no_effect", SPARES),
        ("silencing", "no_effect", SPARES),
        ("antagonist", "no_effect", None),
        ("agonist", "abolishes", None),
        ("antagonist", "enhances", None),
    ],
)
def test_what_one_experiment_says(mode: str, observed: str, factor: float | None) -> None:
    """A loss credits the place; a null counts only where the target was surely gone."""
    found = credit(b.experiment(mode, "A", observed, "relief", drug="drug"))
    assert found == ({} if factor is None else {"A": factor})


def test_needed_and_not_needed_cancel() -> None:
    """A place on which experiments disagree is as good as untested."""
    lost = b.experiment("knockout", "A", "abolishes", "relief", drug="drug", source="x1")
    kept = b.experiment("knockout", "A", "no_effect", "relief", drug="drug", source="x2")
    assert credit(lost, kept) == {}


def test_an_experiment_on_a_part_credits_the_whole() -> None:
    """The loss of a part tells of its whole; that a part can be missed says nothing of the whole."""
    whole = b.entity("A")
    part = b.entity("A1", part_of=["A"])
    for observed, expected in (("abolishes", {"A": CARRIES, "A1": CARRIES}), ("no_effect", {"A1": SPARES})):
        graph = b.graph(whole, part, *ROUTE, b.experiment("knockout", "A1", observed, "relief", drug="drug"))
        found = mediation(graph, "drug", "relief", OPEN)
        assert {p: f for p, f in found.items() if p != "relief"} == expected


def test_another_drug_another_outcome_another_species() -> None:
    """Only experiments on this drug, this class of outcome and a fitting context speak."""
    graph = b.graph(
        *ROUTE,
        b.experiment("knockout", "A", "abolishes", "relief", drug="other drug", source="x1"),
        b.experiment("knockout", "B", "abolishes", "A", drug="drug", source="x2"),
        b.experiment("knockout", "B", "abolishes", "relief", drug="drug", source="x3", species="rat"),
    )
    assert mediation(graph, "drug", "relief", ContextFilter(species="human")) == {}


def test_a_carrier_ranks_above_an_untested_place() -> None:
    """Of two equal routes the one whose place was shown to be needed comes first, and says so."""
    graph = b.graph(*ROUTE, b.experiment("knockout", "B", "abolishes", "relief", drug="drug"))
    answer = find_paths(graph, PathQuery("drug", "relief"))
    assert [p.nodes[1].name for p in answer.paths] == ["B", "A"]
    assert [p.score for p in answer.paths] == pytest.approx([0.16**2**-0.75, (0.16 * UNTESTED) ** 2**-0.75], abs=1e-6)
    assert answer.paths[0].remarks == ("taking it away took the effect away: B",)


def test_each_seam_lowers_the_rank() -> None:
    """A node shown in one region and acting in another is a seam; parts of a region are no seam."""
    inner = b.entity("inner region", "brain_region", part_of=["outer region"])

    def of(first: str, second: str) -> float:
        graph = b.graph(
            inner,
            b.claim("drug", "increases", "A", source="p1", region=first),
            b.claim("A", "increases", "C", source="p2", region=second),
        )
        return coherence(_walk(graph), graph)

    assert of("inner region", "outer region") == 1.0
    assert of("inner region", "far region") == SEAM


def _walk(graph: MechanismGraph) -> list[Step]:
    steps, _ = usable_steps(graph, StepRules("C", OPEN, False, 0.0, frozenset()))
    by_source = {s.source: s for s in steps}
    return [by_source["drug"], by_source["A"]]


def test_variants_are_left_out_unless_asked() -> None:
    """Routes that differ only in a part, a kind or the last readout are one, the strongest; `variants` gives all."""
    graph = b.graph(
        b.entity("A1", part_of=["A"]),
        b.entity("test", "readout"),
        b.entity("other test", "readout"),
        b.claim("drug", "increases", "A", source="p1", species="human"),
        b.claim("drug", "increases", "A1", source="p2"),
        b.claim("A", "increases", "test", source="p3"),
        b.claim("A", "increases", "other test", source="p4"),
        b.claim("A1", "increases", "test", source="p5"),
        b.claim("test", "is_readout_of", "relief", sign=1, source="p6"),
        b.claim("other test", "is_readout_of", "relief", sign=1, source="p7"),
    )
    assert len(find_paths(graph, PathQuery("drug", "relief")).paths) == 1
    assert len(find_paths(graph, PathQuery("drug", "relief", variants=True)).paths) > 1
