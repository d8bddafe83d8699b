"""What makes the difference in a dispute: which values stand against which, and what one paper shows."""

from __future__ import annotations

import builders as b
import pytest
from disputing import PLACES, null, sides, told, trial, up

from ketamech.cli.tell_experiments import conflicts_text
from ketamech.graph.model import Experiment
from ketamech.graph.relief import RELIEF
from ketamech.queries import conflicts
from ketamech.queries.axes import DIFFERS, UNRESOLVED
from ketamech.queries.conflicts import HINDERS, MATTERS, MOVES, SPARES


def test_values_on_both_sides_are_no_difference() -> None:
    """Where all sides show the same values an axis that separates half of the pairs is not offered."""
    said = [up("p1", species="mouse"), up("p2", species="rat")]
    denied = [null("p3", species="mouse"), null("p4", species="rat")]
    assert told(*said, *denied) == [(UNRESOLVED, (), ())]
    assert told(*said, denied[0]) == [(UNRESOLVED, ("species",), ())]


def test_the_pairs_that_stand_against_each_other() -> None:
    """Where each side shows both values, the pairs say which stood against which, and the telling gives them."""
    made = [
        up("p1", id="a", region="far region", state="active"),
        up("p1", id="b", region="inner region", state="stressed"),
        null("p1", id="c", region="far region", state="stressed"),
        null("p1", id="d", region="inner region", state="silent"),
    ]
    answer = conflicts(b.graph(*PLACES, *made))
    (objection,) = answer.conflicts[0].objections
    assert (objection.axes, objection.shown_by) == (("region", "state"), ("p1",))
    assert objection.contrasts[0] == (("far region", "active"), ("far region", "stressed"))
    text = " ".join(conflicts_text(answer).split())
    assert "(far region, active against far region, stressed; far region, active against inner region, silent;" in text


def test_values_of_both_sides_are_not_told_as_a_difference() -> None:
    """The telling names what is on one side only."""
    said, denied = [up("p1", species="mouse"), up("p2", species="rat")], null("p3", species="human")
    text = " ".join(conflicts_text(conflicts(b.graph(*said, denied, null("p4", species="mouse")))).split())
    assert "in part they differ in species (rat against human)" in text


def test_values_that_several_papers_showed_are_told_paper_by_paper() -> None:
    """A dose that did much in one paper does not stand as a difference against the same dose in another."""
    ours = [
        up("p1", id="a1", dose="0.5 mg/kg"),
        up("p1", id="a2", dose="1.0 mg/kg"),
        null("p1", id="a3", dose="0.1 mg/kg"),
    ]
    theirs = [up("p2", id="b1", dose="10 mg/kg"), null("p2", id="b2", dose="1 mg/kg")]
    text = " ".join(conflicts_text(conflicts(b.graph(*ours, *theirs))).split())
    assert "dose (0.5 mg/kg, 1.0 mg/kg against 0.1 mg/kg; 10 mg/kg against 1 mg/kg), shown within p1, p2" in text


def test_papers_that_show_different_things_are_told_apart() -> None:
    """What one paper shows by dose and another by hour are two objections; papers that show the same are one."""
    by_dose = [up(k, id=f"{k}low", dose="1 mg/kg") for k in ("p1", "p2")]
    by_dose += [null(k, id=f"{k}high", dose="9 mg/kg") for k in ("p1", "p2")]
    by_hour = [up("p3", id="early", time="1 h"), null("p3", id="late", time="24 h")]
    assert told(*by_dose, *by_hour) == [(DIFFERS, ("dose",), ("p1", "p2")), (DIFFERS, ("time",), ("p3",))]


def test_a_whole_trial_is_no_case_against_its_subgroups() -> None:
    """The finding on all patients does not hide that the subgroups differ by diagnosis."""
    whole = up("p1", id="whole", indication="suicidal ideation")
    some = up("p1", id="some", population="inpatients with bipolar disorder")
    others = null("p1", id="others", population="inpatients with depressive disorder")
    assert told(whole, some, others) == [(DIFFERS, ("diagnosis",), ("p1",))]
    assert told(whole, others) == [(UNRESOLVED, (), ("p1",))]


def test_driving_a_target_stands_beside() -> None:
    """That raising A changes the effect, longer or shorter, neither shows a need nor contradicts that there is none."""
    driven = [trial("prolongs", "x3", mode="agonist"), trial("shortens", "x4", mode="stimulation")]
    (found,) = conflicts(b.graph(trial("abolishes", "x1"), trial("no_effect", "x2"), *driven)).conflicts
    assert sides(found) == [(MATTERS, ("x1",)), (SPARES, ("x2",))]
    assert [(s.says, s.papers) for s in found.beside] == [(MOVES, ("x3", "x4"))]
    assert found.size == 4
    assert told(trial("abolishes", "x1"), *driven) == []


def test_driving_a_target_objects_to_its_having_no_part() -> None:
    """Where nothing else speaks against a target that was not needed, that driving it changes the effect does."""
    (found,) = conflicts(b.graph(trial("no_effect", "x2"), trial("prolongs", "x3", mode="agonist"))).conflicts
    assert (sides(found), found.beside) == ([(MOVES, ("x3",)), (SPARES, ("x2",))], ())


RELIEF_ITSELF = (b.entity(RELIEF, "clinical_outcome"), b.entity("relief", "behaviour", is_a=[RELIEF]))


@pytest.mark.parametrize(
    ("stance", "twins", "side"),
    [
        ("refutes", [trial("no_effect", "p", id="a", at="24 h"), trial("prolongs", "p", id="b", at="2 wk")], HINDERS),
        ("refutes", [trial("no_effect", "p", id="a", at="24 h"), trial("prolongs", "p", id="b", at="3 wk")], SPARES),
        ("refutes", [trial("prolongs", "p", id="b")], HINDERS),
        ("refutes", [trial("prolongs", "other", id="b", at="2 wk")], SPARES),
        ("refutes", [], SPARES),
        ("no_effect", [trial("prolongs", "p", id="b", at="2 wk")], SPARES),
    ],
    ids=["same hour", "none at that hour, and at odds", "the only one", "of another paper", "none", "a plain null"],
)
def test_a_refuting_claim_stands_where_its_experiment_does(stance: str, twins: list[Experiment], side: str) -> None:
    """That the opposite was shown is not filed as no effect where an experiment of the same paper says which it was."""
    said = b.claim("A", "increases", "relief", source="p", stance=stance, compound="drug", time="2 wk")
    (found,) = conflicts(b.graph(*RELIEF_ITSELF, trial("abolishes", "x1"), *twins, said)).conflicts
    assert [s.says for s in found.sides if said.id in {e.id for e in s.evidence}] == [side]
