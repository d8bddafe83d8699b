"""Which evidence fits an asked context."""

from __future__ import annotations

import builders as b
import pytest

from ketamech.graph.mechanism import MechanismGraph
from ketamech.graph.model import Claim, Experiment
from ketamech.graph.path_answers import PathsAnswer
from ketamech.queries import PathQuery, find_paths
from ketamech.queries.context import OPEN, ContextFilter, Fit, Judgement, judge

WORLD = [
    b.entity("prelimbic region", "brain_region", part_of=["cortex region"]),
    b.entity("S1 region", "brain_region", part_of=["cortex region"]),
    b.entity("interneuron", "cell_type"),
    b.entity("PV interneuron", "cell_type", is_a=["interneuron"]),
    b.entity("pyramidal neuron", "cell_type"),
    b.entity("esketamine", "drug"),
]


def judged(evidence: Claim | Experiment, asked: ContextFilter) -> Judgement:
    """Judge one piece of evidence in a graph that holds nothing else."""
    return judge(evidence, asked, b.graph(*WORLD, evidence))


@pytest.mark.parametrize(("species", "fit"), [("rat", Fit.FITS), (None, Fit.UNKNOWN), ("mouse", Fit.UNFIT)])
def test_species(species: str | None, fit: Fit) -> None:
    """The same species fits, another does not, and none given is unknown."""
    assert judged(b.claim("A", "increases", "B", species=species), ContextFilter(species="rat")).fit is fit


@pytest.mark.parametrize(
    ("asked", "given", "fit"),
    [
        ({"species": "monkey"}, {"species": "macaque"}, Fit.FITS),
        ({"species": "macaque"}, {"species": "monkey"}, Fit.UNKNOWN),
        ({"species": "macaque"}, {"species": "marmoset"}, Fit.UNFIT),
        ({"species": "rat"}, {"species": "monkey"}, Fit.UNFIT),
        ({"indication": "depression"}, {"indication": "bipolar depression"}, Fit.FITS),
        ({"indication": "bipolar depression"}, {"indication": "depression"}, Fit.UNFIT),
        ({"indication": "depression"}, {}, Fit.UNKNOWN),
        ({"sex": "female"}, {"sex": "both"}, Fit.FITS),
        ({"sex": "female"}, {"sex": "male"}, Fit.UNFIT),
        ({"sex": "female"}, {}, Fit.UNKNOWN),
    ],
    ids=str,
)
def test_kinds_of_monkeys_indications_and_sexes(asked: dict[str, str], given: dict[str, str], fit: Fit) -> None:
    """A kind fits what it is a kind of; the other way round it does not say which; both sexes hold each."""
    assert judged(b.claim("A", "increases", "B", **given), ContextFilter(**asked)).fit is fit  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("asked", "region", "fit"),
    [
        ("cortex region", "cortex region", Fit.FITS),
        ("cortex region", "prelimbic region", Fit.FITS),
        ("prelimbic region", "cortex region", Fit.UNFIT),
        ("prelimbic region", "S1 region", Fit.UNFIT),
        ("cortex region", None, Fit.UNKNOWN),
    ],
)
def test_regions(asked: str, region: str | None, fit: Fit) -> None:
    """A child region fits its parent; the parent says nothing of which child, so it does not fit the child."""
    asks = ContextFilter(region=asked)
    assert judged(b.claim("A", "increases", "B", region=region), asks).fit is fit
    assert judged(b.experiment("agonist", "A", "mimics", "B", region=region), asks).fit is fit


def test_one_of_two_regions_is_enough() -> None:
    """A claim that joins two regions fits a question about either."""
    claim = b.claim("A", "activates", "B", region="S1 region", subject_region="prelimbic region")
    fits = [judged(claim, ContextFilter(region=r)).fit for r in ("S1 region", "prelimbic region", "cortex region")]
    assert fits == [Fit.FITS] * 3


def test_a_region_that_acts_is_its_own_place() -> None:
    """Where no region is reported but an end is one, that region is meant."""
    claim = b.claim("prelimbic region", "activates", "other region")
    assert judged(claim, ContextFilter(region="cortex region")).fit is Fit.FITS
    assert judged(claim, ContextFilter(region="S1 region")).fit is Fit.UNFIT


@pytest.mark.parametrize(
    ("cell_type", "fit"),
    [("PV interneuron", Fit.FITS), ("interneuron", Fit.FITS), ("pyramidal neuron", Fit.UNFIT), (None, Fit.UNKNOWN)],
)
def test_cell_types(cell_type: str | None, fit: Fit) -> None:
    """A kind of the asked cell fits, another cell does not."""
    claim = b.claim("A", "increases", "B", cell_type=cell_type)
    assert judged(claim, ContextFilter(cell_type="interneuron")).fit is fit


def test_compounds() -> None:
    """The compound is the one reported, else the drug that acts; a step between proteins does not say."""
    asked = ContextFilter(compound="drug")
    by_drug = b.claim("drug", "inhibits", "A")
    assert judged(by_drug, asked).fit is Fit.FITS
    assert judged(b.claim("esketamine", "inhibits", "A"), asked).fit is Fit.UNFIT
    assert judged(b.claim("drug", "inhibits", "A", compound="esketamine"), asked).fit is Fit.UNFIT
    assert judged(b.claim("A", "inhibits", "B"), asked).fit is Fit.UNKNOWN
    assert judged(b.experiment("antagonist", "A", "abolishes", "B", drug="esketamine"), asked).fit is Fit.UNFIT


def test_the_worst_axis_decides_and_gives_its_reason() -> None:
    """One axis that does not fit outweighs one that is unknown, which outweighs one that fits."""
    claim = b.claim("A", "increases", "B", species="rat", region="S1 region")
    assert judged(claim, OPEN) == Judgement(Fit.FITS)
    assert judged(claim, ContextFilter("rat", "S1 region")) == Judgement(Fit.FITS)
    unknown = judged(claim, ContextFilter("rat", cell_type="interneuron"))
    assert unknown == Judgement(Fit.UNKNOWN, "cell type not reported")
    unfit = judged(claim, ContextFilter("mouse", "prelimbic region", "interneuron"))
    assert unfit == Judgement(Fit.UNFIT, "species rat, not mouse; region S1 region, not prelimbic region")


CHAIN: MechanismGraph = b.graph(
    b.claim("drug", "inhibits", "A", source="p1", species="rat"),
    b.claim("A", "inhibits", "B", source="p2"),
    b.claim("B", "increases", "relief", source="p3", species="rat"),
    b.claim("B", "increases", "relief", source="p4", species="mouse", stance="no_effect"),
)


def routes(answer: PathsAnswer) -> list[list[str]]:
    """List the nodes of every path."""
    return [[n.name for n in p.nodes] for p in answer.paths]


def test_unknown_passes_and_is_counted() -> None:
    """A step whose species nobody gives stands in an answer for rats, and the answer says so."""
    answer = find_paths(CHAIN, PathQuery("drug", "relief", species="rat"))
    assert routes(answer) == [["drug", "A", "B", "relief"]]
    assert [s.unknown for s in answer.paths[0].steps] == [0, 1, 0]
    assert "1 pieces of evidence do not report the asked context" in answer.paths[0].remarks


def test_strict_context_drops_the_unknown() -> None:
    """With --strict-context the unknown step is set aside, with the reason."""
    answer = find_paths(CHAIN, PathQuery("drug", "relief", species="rat", strict_context=True))
    assert routes(answer) == []
    strict = find_paths(CHAIN, PathQuery("drug", "A", species="rat", strict_context=True))
    assert routes(strict) == [["drug", "A"]]


def test_a_step_is_weighed_on_what_fits() -> None:
    """The null in mice neither weakens nor disputes the answer for rats; it is named as set aside."""
    rats = find_paths(CHAIN, PathQuery("drug", "relief", species="rat"))
    everywhere = find_paths(CHAIN, PathQuery("drug", "relief"))
    assert [(s.count("no_effect"), s.disputed, s.strength) for s in rats.paths[0].steps][2] == (0, False, 0.56)
    assert [(s.count("no_effect"), s.disputed, s.strength) for s in everywhere.paths[0].steps][2] == (1, True, 0.4816)
    (aside,) = rats.set_aside
    assert (aside.name, aside.reason) == ("B increases relief", "species mouse, not rat")
    assert aside.evidence == ("p4: B increases relief (no_effect)",)


def test_a_step_with_only_unfitting_support_fails() -> None:
    """In mice only the null remains of the last step, so there is no path, and the rat finding is set aside."""
    answer = find_paths(CHAIN, PathQuery("drug", "relief", species="mouse"))
    assert routes(answer) == []


def test_evidence_from_different_species_is_said_to_be_stitched() -> None:
    """A path whose steps share no species carries a remark; one that could be told of one species does not."""
    mixed = b.graph(
        b.claim("drug", "inhibits", "A", source="p1", species="rat"),
        b.claim("A", "inhibits", "B", source="p2", species="mouse"),
    )
    assert find_paths(mixed, PathQuery("drug", "B")).paths[0].remarks == (
        "stitched from different species: mouse, rat",
    )
    assert find_paths(CHAIN, PathQuery("drug", "relief")).paths[0].remarks == ()


def test_evidence_from_different_regions_is_said_to_be_stitched() -> None:
    """Two steps that meet at a node seen in unrelated regions carry a remark; a child of the region does not."""
    for there, remarks in (
        ("S1 region", ("joins evidence from different regions at A",)),
        ("cortex region", ()),
    ):
        graph = b.graph(
            *WORLD,
            b.claim("drug", "inhibits", "A", source="p1", region="prelimbic region"),
            b.claim("A", "inhibits", "B", source="p2", region=there),
        )
        assert find_paths(graph, PathQuery("drug", "B")).paths[0].remarks == remarks
