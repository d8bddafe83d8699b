"""Rival accounts: what each rests on, what speaks against it, and where two part."""

from __future__ import annotations

import builders as b
import pytest

from ketamech.graph.errors import UnknownName
from ketamech.graph.mechanism import MechanismGraph
from ketamech.graph.model import Experiment, Needed
from ketamech.graph.relief import RELIEF
from ketamech.queries import compare_hypotheses, hypotheses, show_hypothesis
from ketamech.queries.hypotheses import LOST, STAYS

FIRST = ("drug", "increases", "A")
SECOND = ("A", "increases", "relief")
GUESS = ("A", "increases", "B")
BASE: tuple[b.Part, ...] = (
    b.entity(RELIEF, "clinical_outcome"),
    b.entity("relief", "behaviour", is_a=[RELIEF]),
    b.entity("A1", part_of=["A"]),
    b.entity("inner region", "brain_region", part_of=["outer region"]),
    b.claim(*FIRST, source="p1"),
    b.claim(*SECOND, source="p2", species="human"),
)


def trial(observed: str, source: str, target: str = "A", drug: str = "drug", within: str | None = None) -> Experiment:
    """Report what taking a target away did to a drug's relief."""
    return b.experiment("knockout", target, observed, "relief", drug=drug, source=source, within=within)


def with_account(*parts: b.Part, targets: tuple[Needed | str, ...] = ("A",)) -> MechanismGraph:
    """Add one account in which A carries the relief."""
    return b.graph(*BASE, b.hypothesis("main", FIRST, SECOND, assumed=[GUESS], targets=targets), *parts)


def test_steps_and_what_is_assumed() -> None:
    """Each step names the edge that carries it; a step that nobody tested has none."""
    answer = show_hypothesis(with_account(), "main")
    assert [(s.step.triple, s.edge.id if s.edge else None, s.step.assumed) for s in answer.steps] == [
        (FIRST, "drug|increases|A", False),
        (SECOND, "A|increases|relief", False),
        (GUESS, None, True),
    ]
    assert answer.weakest.step.triple == GUESS
    assert answer.rows()[2]["strength"] == 0.0


def test_strength_is_the_geometric_mean() -> None:
    """A guess weighs 0.05; the others what their edges weigh."""
    graph = with_account()
    strengths = [graph.edge(id).strength.value for id in ("drug|increases|A", "A|increases|relief")]
    expected = (strengths[0] * strengths[1] * 0.05) ** (1 / 3)
    assert show_hypothesis(graph, "main").strength == pytest.approx(expected, abs=1e-4)


def test_a_curated_step_goes_before_a_derived_one() -> None:
    """An experiment carries a step only where no claim does."""
    derived = trial("abolishes", "x1", target="B")
    drug_relieves = b.claim("drug", "increases", "relief", source="p3", directness="overall")
    graph = b.graph(*BASE, derived, drug_relieves, b.hypothesis("h", ("B", "increases", "relief"), SECOND))
    edges = [s.edge for s in show_hypothesis(graph, "h").steps]
    assert [e.derived for e in edges if e] == [True, False]


def test_counter_evidence() -> None:
    """What its author names against it comes first, then every null or refuting claim on its steps."""
    denied = b.claim(*FIRST, source="p3", stance="refutes", id="denied")
    named = b.comparison("other drug", "drug", "relief", "more", id="named")
    tight = b.affinity("drug", "B", 5.0, id="tight")
    account = b.hypothesis("h", FIRST, SECOND, against=["named", "tight"])
    answer = show_hypothesis(b.graph(*BASE, denied, named, tight, account), "h")
    assert [r.id for r in answer.counter] == ["named", "tight", "denied"]
    assert [r["id"] for r in answer.to_dict()["counter_evidence"]] == ["named", "tight", "denied"]


def test_blockades_for_and_against() -> None:
    """Losing the effect without what it needs (or a part of it) speaks for it; keeping it speaks against."""
    graph = with_account(
        trial("abolishes", "x1"),
        trial("attenuates", "x2", target="A1"),
        trial("no_effect", "x3"),
        trial("no_effect", "x4", target="B"),
        trial("abolishes", "x5", drug="other drug"),
        trial("enhances", "x6"),
    )
    answer = show_hypothesis(graph, "main")
    assert [x.paper.key for x in answer.blockades_for] == ["x1", "x2"]
    assert [x.paper.key for x in answer.blockades_against] == ["x3"]


@pytest.mark.parametrize(
    ("within", "counts"), [("outer region", True), ("inner region", True), (None, True), ("far region", False)]
)
def test_a_need_may_name_its_place(within: str | None, counts: bool) -> None:
    """A target needed in one region is tested there, in its parts, or everywhere; not in another region."""
    need = b.needed("A", region="outer region")
    graph = with_account(
        b.entity("far region", "brain_region"), trial("no_effect", "x1", within=within), targets=(need,)
    )
    assert len(show_hypothesis(graph, "main").blockades_against) == counts


def test_a_need_may_name_its_cells() -> None:
    """A target needed in one cell type is not tested in another."""
    need = b.needed("A", cell_type="basket cell")
    trials = [
        b.experiment("knockout", "A", "no_effect", "relief", drug="drug", source=f"x{n}", in_cells=cells)
        for n, cells in enumerate(("basket cell", "other cell", None))
    ]
    answer = show_hypothesis(with_account(*trials, targets=(need,)), "main")
    assert [x.paper.key for x in answer.blockades_against] == ["x0", "x2"]


def test_human_evidence() -> None:
    """Claims in people on its steps, and trials in people of what it needs, are told apart."""
    tested = b.experiment("antagonist", "A", "abolishes", "relief", drug="drug", source="x1", species="human")
    answer = show_hypothesis(with_account(tested), "main")
    assert [e.paper.key for e in answer.human] == ["p2", "x1"]


def test_the_strongest_comes_first() -> None:
    """Accounts are listed by strength; a name in any case finds one; an unknown slug is refused."""
    graph = b.graph(*BASE, b.hypothesis("a", FIRST, assumed=[GUESS]), b.hypothesis("b", FIRST, name="The Best"))
    assert [a.hypothesis.slug for a in hypotheses(graph).answers] == ["b", "a"]
    assert [show_hypothesis(graph, text).hypothesis.slug for text in ("B", "the best")] == ["b", "b"]
    with pytest.raises(UnknownName) as refused:
        show_hypothesis(graph, "nothing")
    assert refused.value.suggestions == ("a", "b")


RIVAL = ("drug", "increases", "C")


def rivals(*parts: b.Part) -> MechanismGraph:
    """Set two accounts against each other: A or C carries the relief, B carries it in both."""
    return b.graph(
        *BASE,
        b.claim(*RIVAL, source="p4"),
        b.hypothesis("left", FIRST, SECOND, targets=["A", "B"]),
        b.hypothesis("right", RIVAL, SECOND, targets=["C", "B"]),
        *parts,
    )


def test_shared_and_own_steps() -> None:
    """Steps of both are shared, the others belong to one."""
    answer = compare_hypotheses(rivals(), "left", "right")
    found = [[s.step.triple for s in side] for side in (answer.shared, answer.own_first, answer.own_second)]
    assert found == [[SECOND], [FIRST], [RIVAL]]


def test_what_decides_between_two() -> None:
    """An experiment decides where only one of them says the effect is lost; it fits the one that foretold it."""
    graph = rivals(
        trial("abolishes", "x1", target="A"),
        trial("no_effect", "x2", target="A"),
        trial("abolishes", "x3", target="C"),
        trial("abolishes", "x4", target="B"),
        trial("abolishes", "x5", target="D"),
        trial("abolishes", "x6", target="A", drug="other drug"),
    )
    answer = compare_hypotheses(graph, "left", "right")
    assert [(d.experiment.paper.key, d.predicts, d.rival_predicts, d.fits) for d in answer.deciders] == [
        ("x1", LOST, STAYS, "left"),
        ("x2", LOST, STAYS, "right"),
        ("x3", STAYS, LOST, "right"),
    ]
    turned = compare_hypotheses(graph, "right", "left")
    assert [d.fits for d in turned.deciders] == ["left", "right", "right"]
    with pytest.raises(UnknownName):
        compare_hypotheses(graph, "left", "nothing")


def test_a_decider_must_be_about_a_drug_of_both() -> None:
    """Accounts of different drugs are not told apart by an experiment with one of them."""
    graph = b.graph(
        *BASE,
        b.hypothesis("left", FIRST, targets=["A"]),
        b.hypothesis("right", ("other drug", "increases", "C"), targets=["C"]),
        trial("abolishes", "x1"),
    )
    assert compare_hypotheses(graph, "left", "right").deciders == ()
