"""Where findings contradict each other, and on which axes of context they differ."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import builders as b
import pytest
from disputing import PLACES, null, sides, told, trial, up, verdicts

from ketamech.graph.conflict_answers import AxisFinding, Conflict
from ketamech.graph.errors import UnknownName
from ketamech.graph.mechanism import MechanismGraph
from ketamech.graph.model import Experiment
from ketamech.graph.relief import RELIEF, outcome_class, relief_signs
from ketamech.loaders import load_default
from ketamech.queries import conflicts
from ketamech.queries.axes import DIFFERS, NOT_COMPARABLE, STRONG, UNRESOLVED, WEAK, axes_of, compare_sides, settle
from ketamech.queries.conflicts import HINDERS, MATTERS, NULL, SAYS, SPARES

CLAIM_AXES: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("species", {"species": "mouse"}, {"species": "human"}),
    ("region", {"region": "inner region"}, {"region": "far region"}),
    ("cell_type", {"cell_type": "basket cell"}, {"cell_type": "other cell"}),
    ("state", {"state": "stressed"}, {"state": "unstressed"}),
    ("compound", {"compound": "drug"}, {"compound": "other drug"}),
    ("dose", {"dose": "1-3 mg/kg"}, {"dose": "10 mg/kg"}),
    ("time", {"time": "30 min"}, {"time": "12-24 h"}),
    ("sex", {"sex": "male"}, {"sex": "female"}),
    ("diagnosis", {"indication": "bipolar depression"}, {"population": "unipolar major depression"}),
    ("diagnosis", {"indication": "depression"}, {"indication": "surgery"}),
]


@pytest.mark.parametrize(("axis", "mine", "theirs"), CLAIM_AXES, ids=[f"{n} {a[0]}" for n, a in enumerate(CLAIM_AXES)])
def test_each_axis_of_claims_settles(axis: str, mine: dict[str, Any], theirs: dict[str, Any]) -> None:
    """Two papers that differ on one strong axis do not contradict each other, and the axis is named."""
    assert told(*PLACES, up(**mine), null(**theirs)) == [(DIFFERS, (axis,), ())]


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ({"region": "inner region"}, {"region": "outer region"}),
        ({"cell_type": "basket cell"}, {"cell_type": "inter cell"}),
        ({"dose": "3-10 mg/kg"}, {"dose": "10-30 mg/kg"}),
        ({"dose": "1 mg/kg"}, {"dose": "10 mg"}),
        ({"time": "1-4 h"}, {"time": "2 h"}),
        ({"species": "mouse"}, {"species": "mouse"}),
        ({"species": "mouse"}, {}),
        ({"sex": "male", "model": "x"}, {"sex": "male", "model": "y"}),
        ({"indication": "bipolar depression"}, {"indication": "depression"}),
    ],
    ids=[
        "part of it",
        "kind of it",
        "doses touch",
        "units differ",
        "hours overlap",
        "same",
        "one unknown",
        "weak axis",
        "depression of either kind",
    ],
)
def test_values_that_do_not_exclude_each_other_settle_nothing(mine: dict[str, Any], theirs: dict[str, Any]) -> None:
    """Places within each other, overlapping doses and hours, other units, silence and weak axes leave it unresolved."""
    assert told(*PLACES, up(**mine), null(**theirs)) == [(UNRESOLVED, (), ())]


def test_aspect_target_and_hour_of_experiments() -> None:
    """Size against duration, parts apart, and the hours of measurement tell experiments apart."""
    lost, kept = trial("abolishes", "x1", aspect="size"), trial("no_effect", "x2", aspect="duration")
    assert told(lost, kept) == [(DIFFERS, ("aspect",), ())]
    size, onset = trial("abolishes", "x1", aspect="size"), trial("no_effect", "x2", aspect="onset")
    assert told(size, onset) == [(UNRESOLVED, (), ())]
    early, late = trial("abolishes", "x1", at="1 h", time="24 h"), trial("no_effect", "x2", at="24 h", time="24 h")
    assert told(early, late) == [(DIFFERS, ("time",), ())]
    parts = [b.entity(id, part_of=["A"]) for id in ("A1", "A2")]
    first, second = trial("abolishes", "x1", target="A1"), trial("no_effect", "x2", target="A2")
    assert told(*parts, first, second) == [(DIFFERS, ("target",), ())]


def test_weak_axes_are_counted_but_carry_no_verdict() -> None:
    """Model, outcome, assay and system are told beside the strong axes; alone they leave a dispute not comparable."""
    graph = b.graph(up(model="CSDS", assay="blot"), null(model="CUMS", assay="PCR"))
    axes = axes_of(graph)
    assert [a.name for a in axes] == [*STRONG, *WEAK]
    (mine, theirs) = graph.knowledge.claims
    found = {f.axis: f for f in compare_sides(axes, [mine], [theirs])}
    assert found["model"] == AxisFinding("model", (0,), 1, 1, ("CSDS",), ("CUMS",))
    assert found["species"] == AxisFinding("species", (), 0, 1, (), ())
    assert found["outcome"].separated == ()


def test_proteins_without_context_are_not_comparable() -> None:
    """Where no strong axis is known on both sides, nothing can be said; a drug as subject is a known compound."""
    said = b.claim("B", "increases", "A", source="p1", species="rat")
    assert told(said, b.claim("B", "decreases", "A", source="p2")) == [(NOT_COMPARABLE, (), ())]
    assert told(up(species="rat"), null()) == [(UNRESOLVED, (), ())]


def test_one_axis_before_two() -> None:
    """The fewest axes that separate all pairs carry the verdict."""
    by_two = [up("p1", species="mouse", sex="male"), up("p2", species="rat", sex="female")]
    denied = null("p3", species="rat", sex="male")
    assert told(*by_two, denied) == [(DIFFERS, ("species", "sex"), ())]
    assert told(by_two[0], null("p3", species="rat", sex="female")) == [(DIFFERS, ("species",), ())]


def test_pairs_left_over_are_unresolved_with_the_axes_that_do_most() -> None:
    """One pair that nothing separates leaves a dispute unresolved; axes that separate half of the pairs are named."""
    said = [up("p1", species="mouse"), up("p2", species="rat"), up("p3", species="human", sex="male")]
    assert told(*said, null("p4", species="human", sex="male")) == [(UNRESOLVED, ("species",), ())]


def test_a_paper_that_saw_both_shows_what_makes_the_difference() -> None:
    """Within one paper the pairs are compared by themselves, and the paper is named."""
    both = [up("p1", dose="10 mg/kg", id="low"), null("p1", dose="100 mg/kg", id="high")]
    assert told(*both) == [(DIFFERS, ("dose",), ("p1",))]
    other = null("p2", dose="10 mg/kg")
    assert told(*both, other) == [(DIFFERS, ("dose",), ("p1",)), (UNRESOLVED, (), ())]
    unshown = [up("p1", id="low"), null("p1", id="high"), null("p2", dose="10 mg/kg")]
    assert told(*unshown) == [(UNRESOLVED, (), ())]


def test_a_paper_does_not_contradict_itself_between_papers() -> None:
    """Pairs of one paper are left out between papers, and are the only ones within."""
    graph = b.graph(up("p1", id="a"), null("p1", id="b"), null("p2", id="c"))
    one, own, other = graph.knowledge.claims
    axes = axes_of(graph)
    assert compare_sides(axes, [one], [own, other])[0].total == 1
    assert compare_sides(axes, [one], [own, other], within=True)[0].total == 1
    assert compare_sides(axes, [one], [own])[0].total == 0
    assert settle(compare_sides(axes, [one], [own])) == (NOT_COMPARABLE, ())


def test_opposites_nulls_and_what_is_no_dispute() -> None:
    """Raising against lowering and against a null are disputes; agreement, readouts and retracted papers are not."""
    down = b.claim("drug", "decreases", "A", source="p3")
    (found,) = conflicts(b.graph(up(), null(), down, up("p4"))).conflicts
    assert sides(found) == [(SAYS[1], ("p1", "p4")), (NULL, ("p2",)), (SAYS[-1], ("p3",))]
    assert told(up(), b.claim("drug", "activates", "A", source="p2")) == []
    retracted = b.claim("drug", "decreases", "A", source=b.paper("gone", retracted=True))
    assert told(up(), retracted) == []
    tells = b.claim("A", "is_readout_of", "relief", sign=1, source="p1")
    other = b.claim("A", "is_readout_of", "relief", sign=1, source="p2", stance="refutes")
    assert told(tells, other) == []


def test_a_null_on_the_opposite_is_no_objection() -> None:
    """That the drug does not lower A does not contradict that it raises it."""
    assert told(up(), b.claim("drug", "decreases", "A", source="p2", stance="no_effect")) == []


def test_modulates_contradicts_only_its_absence() -> None:
    """A change without direction contradicts no direction; that nothing changed contradicts any."""
    changed = b.claim("drug", "modulates", "A", source="p2")
    unchanged = b.claim("drug", "modulates", "A", source="p3", stance="no_effect")
    assert told(up(), changed) == []
    (found,) = conflicts(b.graph(up(), unchanged)).conflicts
    assert sides(found) == [(SAYS[1], ("p1",)), (NULL, ("p3",))]
    (alone,) = conflicts(b.graph(changed, unchanged)).conflicts
    assert sides(alone) == [(SAYS[0], ("p2",)), (NULL, ("p3",))]


def test_the_side_of_more_groups_leads() -> None:
    """Three papers of one group weigh as one when the leading side is chosen."""
    ups = [up(key) for key in ("u1", "u2")]
    downs = [b.claim("drug", "decreases", "A", source=b.paper(k, group="G")) for k in ("d1", "d2", "d3")]
    (found,) = conflicts(b.graph(*ups, *downs)).conflicts
    assert sides(found) == [(SAYS[1], ("u1", "u2")), (SAYS[-1], ("d1", "d2", "d3"))]


RELIEFS = (
    b.entity(RELIEF, "clinical_outcome"),
    b.entity("relief", "behaviour", is_a=[RELIEF]),
    b.entity("immobility", "readout"),
    b.entity("camera", "readout"),
    b.claim("immobility", "is_readout_of", "relief", sign=-1, source="r1"),
    b.claim("camera", "is_readout_of", "immobility", sign=1, source="r2"),
)


def test_outcomes_that_tell_of_relief() -> None:
    """Kinds of relief, their readouts, and readouts of those are one class, each with its sign."""
    graph = b.graph(*RELIEFS, b.claim("drug", "increases", "harm", source="p1"))
    signs = relief_signs(graph)
    assert signs == {RELIEF: 1, "relief": 1, "immobility": -1, "camera": -1}
    assert [outcome_class(id, signs) for id in ("camera", "harm")] == [RELIEF, "harm"]
    assert relief_signs(b.graph(up())) == {}


def test_less_immobility_agrees_with_relief() -> None:
    """Lowered immobility and raised relief are one finding; raised immobility contradicts both."""
    less = b.claim("drug", "decreases", "immobility", source="p1")
    more = b.claim("drug", "increases", "relief", source="p2")
    worse = b.claim("drug", "increases", "camera", source="p3")
    assert told(*RELIEFS, less, more) == []
    (found,) = conflicts(b.graph(*RELIEFS, less, more, worse)).conflicts
    assert (found.subject, found.object) == ("drug", RELIEF)
    assert sides(found) == [(SAYS[1], ("p1", "p2")), (SAYS[-1], ("p3",))]


def test_experiments_needed_not_needed_and_hindering() -> None:
    """A target may be needed, not needed, or hold the effect back; each is a side of its own."""
    (found,) = conflicts(
        b.graph(trial("abolishes", "x1"), trial("attenuates", "x2"), trial("no_effect", "x3"), trial("enhances", "x4"))
    ).conflicts
    assert (found.kind, found.subject, found.object, found.drug) == ("experiment", "A", "relief", "drug")
    assert sides(found) == [(MATTERS, ("x1", "x2")), (SPARES, ("x3",)), (HINDERS, ("x4",))]


@pytest.mark.parametrize(
    "other",
    [
        trial("no_effect", "x2", mode="agonist"),
        trial("no_effect", "x2", also=[("knockout", "B")]),
        b.experiment("knockout", "A", "no_effect", "relief", source="x2"),
        b.experiment("knockout", "A", "no_effect", "relief", drug="other drug", source="x2"),
        b.experiment("knockout", "A", "no_effect", "harm", drug="drug", source="x2"),
        trial("mimics", "x2"),
        b.experiment("knockout", "A", "no_effect", "relief", drug="drug", source=b.paper("x2", retracted=True)),
    ],
    ids=["raised", "two at once", "no drug", "another drug", "another outcome", "mimics", "retracted"],
)
def test_experiments_that_do_not_contradict(other: Experiment) -> None:
    """What did not take this one target away from this drug and outcome contradicts nothing."""
    assert told(trial("abolishes", "x1"), other) == []


def test_experiments_on_a_drug_are_no_dispute() -> None:
    """A compound given beside the drug is no target."""
    both = [trial("abolishes", "x1", target="other drug"), trial("no_effect", "x2", target="other drug")]
    assert told(*both) == []


def test_parts_of_a_target_count_with_the_whole() -> None:
    """The loss of a part is held against what the whole, or another part, showed; one dispute tells it."""
    graph = b.graph(*PLACES, trial("abolishes", "x1", target="A1"), trial("no_effect", "x2"))
    (found,) = conflicts(graph).conflicts
    assert (found.subject, sides(found)) == ("A", [(MATTERS, ("x1",)), (SPARES, ("x2",))])


def test_what_mattered_in_a_place_says_that_the_place_matters() -> None:
    """A receptor needed in a region credits the region and what holds it; one not needed there says nothing of it."""
    inside = trial("abolishes", "x1", target="B", within="inner region", in_cells="basket cell")
    silenced = trial("no_effect", "x2", mode="silencing", target="outer region")
    (found,) = conflicts(b.graph(*PLACES, inside, silenced)).conflicts
    assert (found.subject, sides(found)) == ("outer region", [(MATTERS, ("x1",)), (SPARES, ("x2",))])
    spared = trial("no_effect", "x1", target="B", within="inner region")
    assert told(*PLACES, spared, trial("abolishes", "x2", mode="silencing", target="inner region")) == []


def test_a_claim_of_no_part_in_relief_counts_as_an_experiment() -> None:
    """That A has no part in the drug's relief is held against experiments in which it was needed."""
    no_part = b.claim("A", "increases", "relief", source="p1", stance="no_effect", compound="drug")
    (found,) = conflicts(b.graph(*RELIEFS, trial("abolishes", "x1"), no_part)).conflicts
    assert (found.subject, sides(found)) == ("A", [(MATTERS, ("x1",)), (SPARES, ("p1",))])
    without_drug = b.claim("A", "increases", "relief", source="p1", stance="no_effect")
    assert told(*RELIEFS, trial("abolishes", "x1"), without_drug) == []


def test_asking_for_one_entity_or_edge() -> None:
    """A name picks the disputes it is an end, the drug, a whole or a place of; two names those of their edge."""
    graph = b.graph(
        *PLACES,
        b.claim("drug", "increases", "A1", source="p1", region="inner region"),
        b.claim("drug", "decreases", "A1", source="p2"),
        b.claim("B", "increases", "C", source="p1"),
        b.claim("B", "decreases", "C", source="p2"),
    )

    def subjects(*names: str) -> list[str]:
        return [c.subject for c in conflicts(graph, *names).conflicts]

    assert subjects() == ["B", "drug"]
    asked = [("A",), ("outer region",), ("drug", "A1"), ("C", "B"), ("drug", "C")]
    assert [subjects(*names) for names in asked] == [["drug"], ["drug"], ["drug"], ["B"], []]
    with pytest.raises(UnknownName):
        conflicts(graph, "nothing")


@pytest.fixture(scope="module")
def packaged() -> MechanismGraph:
    """Load the packaged graph once."""
    return load_default()


def ask(graph: MechanismGraph, about: Sequence[str], kind: str, subject: str, object: str, drug: str = "") -> Conflict:
    """Find the one dispute of this kind about these ends."""
    wanted = (kind, graph.entity(subject).id, graph.entity(object).id, graph.entity(drug).id if drug else None)
    (found,) = (c for c in conflicts(graph, *about).conflicts if (c.kind, c.subject, c.object, c.drug) == wanted)
    return found


def test_rapamycin_in_rodents_and_in_patients(packaged: MechanismGraph) -> None:
    """MTORC1 was needed in rodents and not in patients: species settles it."""
    found = ask(packaged, ["mTORC1"], "experiment", "mTORC1", "antidepressant effect", "ketamine")
    assert sides(found)[0][0] == MATTERS
    assert "li2010" in found.leading.papers
    assert [o.side.papers for o in found.objections] == [("abdallah2020",)] * 2
    assert verdicts(found) == [(DIFFERS, ("species",))] * 2


def test_the_lateral_habenula(packaged: MechanismGraph) -> None:
    """One paper shows where and when ketamine blocks NMDA receptors; whether the habenula is needed is open."""
    found = ask(packaged, ["lateral habenula"], "claim", "ketamine", "NMDA receptor")
    assert [(o.verdict, o.axes, o.shown_by) for o in found.objections] == [
        (DIFFERS, ("region", "state"), ("chen2024",)),
        (UNRESOLVED, (), ()),
        (UNRESOLVED, (), ()),
    ]
    needed = ask(packaged, ["lateral habenula"], "experiment", "lateral habenula", "antidepressant effect", "ketamine")
    assert verdicts(needed) == [(UNRESOLVED, ())]
    assert "chen2024" in needed.leading.papers
    assert [o.side.papers for o in needed.objections] == [("zhou2021",)]


def test_serotonin_1b_binding(packaged: MechanismGraph) -> None:
    """What was seen in macaques was not seen in people."""
    found = ask(packaged, ["ketamine", "5-HT1B binding"], "claim", "ketamine", "5-HT1B binding")
    assert "yamanaka2014" in found.leading.papers
    assert [o.side.papers for o in found.objections] == [("tiger2020",)]
    assert verdicts(found) == [(DIFFERS, ("species",))]


def test_hydroxynorketamine(packaged: MechanismGraph) -> None:
    """That (2R,6R)-HNK relieves leads; a paper that saw nothing objects."""
    found = ask(packaged, ["(2R,6R)-HNK"], "claim", "(2R,6R)-HNK", "antidepressant effect")
    assert found.leading.says == SAYS[1]
    assert "zanos2016" in found.leading.papers
    assert "shirayama2018_plasticity" in [p for o in found.objections for p in o.side.papers]


def test_opioid_receptors(packaged: MechanismGraph) -> None:
    """Two papers on mice disagree, and nothing known tells them apart."""
    found = ask(packaged, ["opioid receptor"], "experiment", "opioid receptor", "antidepressant effect", "ketamine")
    assert "wulf2022" in found.leading.papers
    assert "zhang2019opioid" in found.objections[0].side.papers
    assert found.objections[0].verdict == UNRESOLVED
    pieces = (*found.leading.evidence, *found.objections[0].side.evidence)
    species = {e.context.species for e in pieces if e.paper.key in ("wulf2022", "zhang2019opioid")}
    assert species <= {"mouse", None}


def test_glutamate_release_goes_by_dose(packaged: MechanismGraph) -> None:
    """One paper saw more glutamate at low doses and none more at a high one."""
    found = ask(packaged, ["ketamine", "glutamate release"], "claim", "ketamine", "glutamate release")
    (null_side,) = (o for o in found.objections if o.side.says == NULL)
    assert (null_side.verdict, null_side.axes, null_side.shown_by) == (DIFFERS, ("dose",), ("moghaddam1997",))


def test_receptors_of_interneurons(packaged: MechanismGraph) -> None:
    """Needed on interneurons and not on pyramidal cells; whether on PV cells is open, each tried another subunit."""
    found = ask(packaged, ["NMDA receptor"], "experiment", "NMDA receptor", "antidepressant effect", "ketamine")
    assert "gerhard2020" in found.leading.papers
    shown, others = found.objections
    assert (shown.verdict, shown.axes, shown.shown_by) == (DIFFERS, ("cell_type",), ("gerhard2020",))
    assert "pozzi2014" in others.side.papers
    assert (others.verdict, others.axes) == (UNRESOLVED, ("target",))
