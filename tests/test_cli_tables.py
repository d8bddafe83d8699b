"""Tables that do not bury their answer: a count first, the best of many, and how to see the rest."""

from __future__ import annotations

import builders as b
import pytest

from ketamech.cli.tell import evidence_text
from ketamech.cli.tell_experiments import blockades_text, conflicts_text
from ketamech.cli.tell_paths import paths_text
from ketamech.graph.mechanism import MechanismGraph
from ketamech.queries import BlockadeFilter, PathQuery, blockades, conflicts, find_evidence, find_paths


def ends(supporting: int, null: int) -> MechanismGraph:
    """Join the drug to relief by one path, with so many end-to-end findings for and against."""
    many = [(n, "supports") for n in range(supporting)] + [(n, "no_effect") for n in range(null)]
    told = [
        b.claim("drug", "increases", "relief", directness="overall", source=f"{stance}{n}", stance=stance)
        for n, stance in many
    ]
    steps = (b.claim("drug", "increases", "A", source="p1"), b.claim("A", "increases", "relief", source="p2"))
    return b.graph(*steps, *told)


@pytest.mark.parametrize(
    ("supporting", "null", "shown"),
    [(2, 0, (2, 0, 0)), (9, 0, (6, 0, 3)), (9, 2, (4, 2, 5)), (9, 9, (3, 3, 12)), (1, 9, (1, 5, 4))],
)
def test_six_end_to_end_findings_for_and_against(supporting: int, null: int, shown: tuple[int, int, int]) -> None:
    """At most six are told, those against among them, each with a numbered reference; the rest is counted."""
    text = paths_text(find_paths(ends(supporting, null), PathQuery("drug", "relief")))
    told = text[text.index("Seen end to end") : text.index("References:")]
    assert f"{supporting} for, {null} against" in told
    more = f"... and {shown[2]} more" in told
    assert (told.count("- supports:"), told.count("- no effect:"), more) == (*shown[:2], shown[2] > 0)
    assert told.count(" [") == sum(shown[:2])
    assert "[3] supports0 et al." in text


def test_people_come_before_rodents_and_new_before_old() -> None:
    """Within a stance the highest rung is told first."""
    steps = (b.claim("drug", "increases", "A", source="p1"), b.claim("A", "increases", "relief", source="p2"))
    seen = [
        b.claim("drug", "increases", "relief", directness="overall", source=f"in-{s}", species=s)
        for s in ("mouse", "human", "macaque")
    ]
    answer = find_paths(b.graph(*steps, *seen), PathQuery("drug", "relief"))
    assert [c.context.species for c in answer.end_to_end] == ["human", "macaque", "mouse"]


def disputes(number: int) -> MechanismGraph:
    """Make so many disputes of two papers each."""
    made = []
    for n in range(number):
        made.append(b.claim("drug", "increases", f"A{n}", source=f"up{n}"))
        made.append(b.claim("drug", "decreases", f"A{n}", source=f"down{n}"))
    return b.graph(*made)


def test_many_disputes_are_told_in_brief() -> None:
    """The count comes first; of many only so many are told, without their findings; 0 tells all in full."""
    answer = conflicts(disputes(30))
    text = conflicts_text(answer, 20)
    assert text.startswith("30 disputes; objections by verdict: unresolved 30\n")
    assert ("20. What drug does to" in text, "21. What drug does to" in text) == (True, False)
    assert "... and 10 more (--limit 0 tells all)" in text
    assert "References:" not in text
    whole = conflicts_text(answer, 0)
    assert ("30. What drug does to" in whole, "References:" in whole, "more (--limit" in whole) == (True, True, False)


def test_few_disputes_are_told_in_full() -> None:
    """One dispute comes with its findings and references."""
    text = conflicts_text(conflicts(disputes(1)), 20)
    assert text.startswith("1 dispute; objections by verdict: unresolved 1\n")
    assert "References:" in text


def test_many_experiments_are_counted_first() -> None:
    """What came of them, what was tested most, then so many experiments, then how many more there are."""
    made = [b.experiment("knockout", "A", "abolishes", "relief", drug="drug", source=f"x{n}") for n in range(3)]
    made.append(b.experiment("knockout", "B", "no_effect", "relief", drug="drug", source="y"))
    answer = blockades(b.graph(*made), BlockadeFilter())
    text = blockades_text(answer, 2)
    assert text.startswith("4 experiments: abolishes 3, no effect 1\nmost tested: A 3, B 1\n")
    assert "... and 2 more (--limit 0 tells all)" in text
    assert (text.count("knockout of A ("), text.count("knockout of B (")) == (2, 0)
    assert blockades_text(answer, 0).count("knockout of ") > blockades_text(answer, 2).count("knockout of ")


def test_what_does_not_report_the_circumstance_is_counted() -> None:
    """An experiment that gives no sex neither fits nor is it forgotten."""
    told = b.experiment("knockout", "A", "abolishes", "relief", drug="drug", source="x1", sex="female")
    mute = b.experiment("knockout", "A", "abolishes", "relief", drug="drug", source="x2")
    other = b.experiment("knockout", "A", "abolishes", "relief", drug="drug", source="x3", sex="male")
    answer = blockades(b.graph(told, mute, other), BlockadeFilter(sex="female"))
    assert ([x.paper.key for x in answer.experiments], answer.unknown) == (["x1"], (mute.id,))
    assert "1 more do not report what was asked for" in blockades_text(answer)


def test_the_table_of_evidence_tells_indication_and_doses() -> None:
    """A reader sees what the patients had and how many doses they got."""
    claim = b.claim("drug", "decreases", "A", species="human", indication="surgery", doses=1)
    assert "- supports; human, surgery, 1 dose (read: full-text)" in evidence_text(
        find_evidence(b.graph(claim), "drug", "A")
    )
