"""Steps that experiments imply: every row of the rule, and when there is none."""

from __future__ import annotations

import builders as b
import pytest

from ketamech.graph.mechanism import MechanismGraph
from ketamech.graph.model import Claim, Experiment
from ketamech.graph.vocabulary import LOWERING, MODES, OBSERVED, RAISING

Derived = tuple[str, str, str, int]


def derived(graph: MechanismGraph) -> list[Derived]:
    """List the derived edges with their sign."""
    return [(e.subject, e.predicate, e.object, e.sign) for e in graph.edges.values() if e.derived]


RAISES = [("A", "increases", "relief", 1)]
LOWERS = [("A", "decreases", "relief", -1)]


@pytest.mark.parametrize("change", [1, -1])
@pytest.mark.parametrize("mode", MODES)
def test_an_intervention_alone_that_moves_the_outcome(mode: str, change: int) -> None:
    """Raising a target that raises the outcome, or lowering one that lowers it, says that the target raises it."""
    sign = change * (mode in RAISING) - change * (mode in LOWERING)
    graph = b.graph(b.experiment(mode, "A", "mimics", "relief", change=change))
    assert derived(graph) == {1: RAISES, -1: LOWERS, 0: []}[sign]


@pytest.mark.parametrize("observed", ["abolishes", "attenuates"])
@pytest.mark.parametrize("change", [1, -1])
@pytest.mark.parametrize("mode", MODES)
def test_an_intervention_that_takes_the_effect_of_a_drug(mode: str, change: int, observed: str) -> None:
    """Losing a raise by lowering the target says that the target raises; by raising it, that the target lowers."""
    sign = change * (mode in LOWERING) - change * (mode in RAISING)
    graph = b.graph(b.experiment(mode, "A", observed, "relief", drug="drug", change=change))
    assert derived(graph) == {1: RAISES, -1: LOWERS, 0: []}[sign]


@pytest.mark.parametrize("observed", sorted(set(OBSERVED) - {"abolishes", "attenuates"}))
def test_other_observations_beside_a_drug_imply_nothing(observed: str) -> None:
    """Only a lost or lessened effect of the drug puts the target on its route."""
    graph = b.graph(b.experiment("antagonist", "A", observed, "relief", drug="drug", change=1))
    assert derived(graph) == []


@pytest.mark.parametrize("observed", sorted(set(OBSERVED) - {"mimics"}))
def test_other_observations_without_a_drug_imply_nothing(observed: str) -> None:
    """Without a drug only an outcome that moved says that the target drives it."""
    assert derived(b.graph(b.experiment("agonist", "A", observed, "relief", change=1))) == []


@pytest.mark.parametrize(
    ("drug_acts", "mode", "sign"),
    [
        ("inhibits", "knockout", -1),
        ("decreases", "knockdown", -1),
        ("activates", "knockout", 1),
        ("increases", "antagonist", 1),
        ("modulates", "antagonist", 1),
        ("binds", "antagonist", 1),
        ("inhibits", "agonist", -1),
        ("activates", "agonist", -1),
    ],
)
def test_the_drugs_own_site_turns_the_sign_round(drug_acts: str, mode: str, sign: int) -> None:
    """Taking away what the drug itself blocks removes its site: then the target lowers what the drug raises.

    Driving the target against the drug gives the same answer whatever the drug does to it.
    """
    graph = b.graph(
        b.claim("drug", drug_acts, "A"), b.experiment(mode, "A", "abolishes", "relief", drug="drug", change=1)
    )
    assert derived(graph) == {1: RAISES, -1: LOWERS}[sign]


def test_an_antagonist_of_what_the_drug_lowers_implies_nothing() -> None:
    """It may take a helper away or the drug's own site: the loss tells neither."""
    graph = b.graph(
        b.claim("drug", "inhibits", "A"), b.experiment("antagonist", "A", "abolishes", "relief", drug="drug", change=1)
    )
    assert derived(graph) == []


def test_a_block_seen_in_a_dish_only_turns_nothing_round() -> None:
    """What an expressed receptor shows need not happen in the animal, so the loss tells neither."""
    graph = b.graph(
        b.claim("drug", "inhibits", "A", system="recombinant"),
        b.experiment("knockout", "A", "abolishes", "relief", drug="drug", change=1),
    )
    assert derived(graph) == []


def test_a_subunit_of_what_the_drug_blocks_turns_it_round_too() -> None:
    """A GluN2B knock-out does not say that GluN2B relieves, where the drug blocks the NMDA receptor."""
    graph = b.graph(
        b.entity("GluN2B", "receptor", part_of=["NMDAR"]),
        b.claim("drug", "inhibits", "NMDAR"),
        b.experiment("knockout", "GluN2B", "abolishes", "relief", drug="drug", change=1),
    )
    assert derived(graph) == [("GluN2B", "decreases", "relief", -1)]


def test_the_whole_is_not_turned_round_by_one_of_its_parts() -> None:
    """A drug that blocks one subunit is not known to lower the receptor."""
    graph = b.graph(
        b.entity("GluN2B", "receptor", part_of=["NMDAR"]),
        b.claim("drug", "inhibits", "GluN2B"),
        b.experiment("knockout", "NMDAR", "abolishes", "relief", drug="drug", change=1),
    )
    assert derived(graph) == [("NMDAR", "increases", "relief", 1)]


@pytest.mark.parametrize(
    "facts",
    [
        [b.claim("other drug", "inhibits", "A")],
        [b.claim("drug", "inhibits", "A", stance="no_effect")],
        [b.claim("drug", "inhibits", "A", stance="refutes")],
        [b.claim("drug", "inhibits", "A", source=b.paper("gone", retracted=True))],
        [b.claim("drug", "inhibits", "A"), b.claim("drug", "increases", "A", source="p2")],
    ],
    ids=["another drug", "a null", "refuted", "retracted", "contradictory"],
)
def test_what_does_not_turn_the_sign_round(facts: list[Claim]) -> None:
    """Only an undivided, standing finding that this drug lowers the target turns the sign round."""
    graph = b.graph(*facts, b.experiment("knockout", "A", "abolishes", "relief", drug="drug", change=1))
    assert derived(graph) == RAISES


def test_where_the_direction_of_the_outcome_comes_from() -> None:
    """How the outcome moved is read from the experiment, else from its edge, else from the drug's known effect."""
    plain = b.experiment("antagonist", "A", "abolishes", "relief", drug="drug")
    known = b.claim("drug", "decreases", "relief", directness="overall")
    on = b.experiment("antagonist", "A", "abolishes", "relief", drug="drug", on=("drug", "decreases", "relief"))
    own = b.experiment(
        "antagonist", "A", "abolishes", "relief", drug="drug", change=1, on=("drug", "decreases", "relief")
    )
    other = b.experiment("antagonist", "A", "abolishes", "relief", drug="drug", on=("drug", "decreases", "BDNF"))
    found = [derived(b.graph(plain)), derived(b.graph(plain, known)), derived(b.graph(on))]
    found += [derived(b.graph(own)), derived(b.graph(other))]
    assert found == [[], LOWERS, LOWERS, RAISES, []]


def test_combined_interventions_imply_nothing() -> None:
    """Where two things were done at once, neither is known to be the cause."""
    both = b.experiment("antagonist", "A", "abolishes", "relief", drug="drug", change=1, also=[("agonist", "B")])
    assert derived(b.graph(both)) == []


def test_a_drug_a_thing_itself_and_a_retraction_imply_nothing() -> None:
    """No step starts at a compound, leads from a thing to itself, or rests on a retracted paper."""
    gone = b.paper("gone", retracted=True)
    assert derived(b.graph(b.experiment("depletion", "other drug", "abolishes", "relief", drug="drug", change=1))) == []
    assert derived(b.graph(b.experiment("antagonist", "A", "abolishes", "A", drug="drug", change=1))) == []
    assert derived(b.graph(b.experiment("agonist", "A", "mimics", "relief", change=1, source=gone))) == []


def test_a_null_on_the_same_target_and_outcome_objects() -> None:
    """Blocking without effect lowers the step, is named on it, and alone implies nothing."""
    lost = b.experiment("antagonist", "A", "abolishes", "relief", drug="drug", change=1)
    null = b.experiment("antagonist", "A", "no_effect", "relief", drug="drug", source="x2")
    elsewhere = b.experiment("antagonist", "A", "no_effect", "BDNF", drug="drug", source="x3")
    (step,) = (e for e in b.graph(lost, null, elsewhere).edges.values() if e.derived)
    assert (step.experiments, step.objections) == ((lost,), (null,))
    assert (step.count("supports"), step.count("no_effect"), step.count("refutes")) == (1, 1, 0)
    assert step.strength.value < b.graph(lost, elsewhere).edges[step.id].strength.value
    assert derived(b.graph(null)) == []


def test_experiments_that_agree_are_one_step_and_opposite_ones_two() -> None:
    """Evidence with the same sign is gathered on one edge; a contradiction is shown as two edges."""
    lost = b.experiment("antagonist", "A", "abolishes", "relief", drug="drug", change=1)
    driven = b.experiment("agonist", "A", "mimics", "relief", change=1, source="x2")
    opposite = b.experiment("agonist", "A", "mimics", "relief", change=-1, source="x3")
    graph = b.graph(lost, driven, opposite)
    found = {e.id: e.experiments for e in graph.edges.values()}
    assert found == {"A|~increases|relief": (lost, driven), "A|~decreases|relief": (opposite,)}


def test_the_predicate_fits_the_outcome() -> None:
    """What a region or circuit does is raised or lowered in activity, anything else in amount."""
    place, gene = b.entity("LHb", "brain_region"), b.entity("G", "gene")
    for outcome, up, down in ((place, "activates", "inhibits"), (gene, "increases", "decreases")):
        for change, predicate in ((1, up), (-1, down)):
            graph = b.graph(outcome, b.experiment("stimulation", "A", "mimics", outcome.id, change=change))
            assert derived(graph) == [("A", predicate, outcome.id, change)]


def test_a_derived_step_is_marked_and_gone_with_its_experiment() -> None:
    """The edge is keyed apart from a curated one, is indirect, and leaves with the experiment or its paper."""
    lost: Experiment = b.experiment("antagonist", "A", "abolishes", "relief", drug="drug", change=1, id="lost")
    graph = b.graph(lost, b.claim("A", "increases", "relief"))
    assert [(e.id, e.derived, e.directness) for e in graph.edges.values()] == [
        ("A|increases|relief", False, "direct"),
        ("A|~increases|relief", True, "indirect"),
    ]
    assert derived(graph.without({"lost"})) == derived(graph.without({"x1"})) == []
    assert list(graph.without({"lost"}).edges) == ["A|increases|relief"]
    assert derived(graph) == RAISES


def test_a_changed_grip_of_the_drug_is_no_step() -> None:
    """Silencing that stops a channel block tells of the drug's access to its target, not of a route to it."""
    silenced = b.experiment("silencing", "A", "abolishes", "B", drug="drug", change=-1)
    grip = b.claim("drug", "inhibits", "B", directness="direct", source="p1")
    effect = b.claim("drug", "inhibits", "B", directness="indirect", source="p2")
    assert derived(b.graph(silenced, grip)) == []
    assert [step[:3:2] for step in derived(b.graph(silenced, effect))] == [("A", "B")]
