"""What happens when after a dose."""

from __future__ import annotations

from typing import Any

import builders as b
import pytest

from ketamech.cli.tell_experiments import timeline_text
from ketamech.graph.errors import UnknownName
from ketamech.graph.model import Claim
from ketamech.graph.timeline_answers import TimelineAnswer
from ketamech.queries import timeline


def seen(object: str, time: str | None, source: str, **more: Any) -> Claim:
    """Report that the drug raised something at an hour."""
    return b.claim("drug", "increases", object, time=time, source=source, **more)


def null(object: str, time: str | None, source: str, **more: Any) -> Claim:
    """Report that the drug did not raise something at an hour."""
    return seen(object, time, source, stance="no_effect", **more)


def told(answer: TimelineAnswer) -> list[tuple[str, float | None, float | None, list[str]]]:
    """Give node, first hour, last hour and the papers that saw nothing."""
    return [(e.node.name, e.first_seen, e.last_seen, [c.paper.key for c in e.absent]) for e in answer.events]


def ask(*claims: Claim, species: str | None = None) -> TimelineAnswer:
    """Ask for the timeline of the drug."""
    return timeline(b.graph(*claims), "drug", species)


def test_events_in_the_order_of_their_first_hour() -> None:
    """The earliest hour comes first; the last one is the end of the latest sighting."""
    answer = ask(
        seen("B", "12-24 h", "p1"), seen("A", "30 min", "p2"), seen("B", "7 d", "p3"), seen("C", "1-2 h", "p4")
    )
    assert told(answer) == [("A", 0.5, 0.5, []), ("C", 2.0, 2.0, []), ("B", 24.0, 168.0, [])]


def test_species_regions_and_directions_stand_apart() -> None:
    """What was seen in another species, another region or the other way is an event of its own."""
    answer = ask(
        seen("A", "1 h", "p1", species="rat"),
        seen("A", "2 h", "p2", species="mouse"),
        seen("A", "3 h", "p3", species="mouse", region="inner region"),
        b.claim("drug", "decreases", "A", time="4 h", source="p4", species="mouse"),
    )
    rows = [(e.first_seen, e.species, e.region, e.direction) for e in answer.events]
    assert rows == [
        (1.0, "rat", None, 1),
        (2.0, "mouse", None, 1),
        (3.0, "mouse", "inner region", 1),
        (4.0, "mouse", None, -1),
    ]


def test_nulls_are_filed_with_the_sightings() -> None:
    """A null stands with the same thing in the same species, in its own region or in none, by its hour."""
    answer = ask(
        seen("A", "24 h", "p1", region="inner region"),
        null("A", "6 h", "later", region="inner region"),
        null("A", "3 h", "unplaced"),
        null("A", "1 h", "elsewhere", region="far region"),
    )
    assert told(answer) == [("A", None, None, ["elsewhere"]), ("A", 24.0, 24.0, ["unplaced", "later"])]


def test_a_null_alone_is_an_event() -> None:
    """What was only ever looked for in vain is told at the hour at which it was looked for."""
    answer = ask(null("A", "3 h", "p1"), seen("B", "1 h", "p2"), seen("C", "6 h", "p3"))
    assert told(answer) == [("B", 1.0, 1.0, []), ("A", None, None, ["p1"]), ("C", 6.0, 6.0, [])]
    assert answer.rows()[1]["absent_h"] == "3 h"


def test_a_null_in_another_species_is_not_filed_with_it() -> None:
    """People who show nothing do not bound what was seen in rats."""
    answer = ask(seen("A", "1 h", "p1", species="rat"), null("A", "3 h", "p2", species="human"))
    assert told(answer) == [("A", 1.0, 1.0, []), ("A", None, None, ["p2"])]


def test_effects_without_an_hour_are_counted() -> None:
    """Effects without an hour are no events, but their number is told; nulls without one are neither."""
    answer = ask(seen("A", None, "p1"), seen("B", None, "p2"), null("C", None, "p3"), seen("D", "1 h", "p4"))
    assert (told(answer), answer.untimed) == ([("D", 1.0, 1.0, [])], 2)


def test_one_species_may_be_asked() -> None:
    """Only events of the asked species are told; an unreported species is not it."""
    claims = (seen("A", "1 h", "p1", species="rat"), seen("B", "1 h", "p2"), seen("C", "1 h", "p3", species="mouse"))
    assert told(ask(*claims, species="rat")) == [("A", 1.0, 1.0, [])]


def test_what_is_no_event() -> None:
    """Retracted papers, contact without effect, other drugs and interventions alone tell no hours."""
    graph = b.graph(
        seen("A", "1 h", "p0"),
        b.claim("drug", "increases", "B", time="1 h", source=b.paper("gone", retracted=True)),
        b.claim("drug", "binds", "C", time="1 h", source="p1"),
        b.claim("other drug", "increases", "D", time="1 h", source="p2"),
        b.experiment("knockout", "A", "abolishes", "relief", drug="other drug", at="1 h"),
        b.experiment("agonist", "A", "mimics", "relief", at="1 h", source="x2"),
        b.experiment("agonist", "A", "enhances", "relief", drug="drug", at="1 h", source="x3"),
    )
    assert told(timeline(graph, "drug")) == [("A", 1.0, 1.0, [])]
    with pytest.raises(UnknownName):
        timeline(graph, "nothing")


def test_a_range_is_no_sighting_at_its_beginning() -> None:
    """What was seen within 0-72 h comes after what was seen at 24 h, and is not told as seen at once."""
    answer = ask(seen("A", "0-72 h", "p1"), seen("B", "24 h", "p2"), seen("C", "12-24 h", "p3"))
    assert [(e.node.name, e.first_seen) for e in answer.events] == [("B", 24.0), ("C", 24.0), ("A", 72.0)]
    lines = timeline_text(answer).splitlines()
    assert lines[2:5] == ["  24 h: B up [1]", "  12-24 h: C up [2]", "  within 3 d: A up [3]"]


def test_an_earlier_hour_within_a_range_is_the_first() -> None:
    """A sighting at 2 h bounds what another paper saw at some time within 0-72 h."""
    (event,) = ask(seen("A", "0-72 h", "p1"), seen("A", "2 h", "p2")).events
    assert (event.first_seen, event.last_seen) == (2.0, 72.0)


def test_experiments_tell_hours_too() -> None:
    """That an effect was lost or kept at an hour says that the drug has it then."""
    lost = b.experiment("knockout", "A", "abolishes", "relief", drug="drug", at="24 h", source="x1", change=1)
    kept = b.experiment("knockout", "B", "no_effect", "relief", drug="drug", at="1 h", source="x2", change=1)
    mute = b.experiment("knockout", "C", "no_effect", "relief", drug="drug", source="x3", change=1)
    answer = timeline(b.graph(lost, kept, mute), "drug")
    assert told(answer) == [("relief", 1.0, 24.0, [])]
    assert (answer.untimed, answer.events[0].untimed, answer.events[0].direction) == (1, 1, 1)


def test_nulls_tell_their_dose_and_each_hour_once() -> None:
    """Two nulls at one hour are told together; another dose is told apart."""
    answer = ask(
        seen("A", "1 h", "p1"),
        null("A", "24 h", "p2", dose="1 mg/kg"),
        null("A", "24 h", "p3", dose="1 mg/kg"),
        null("A", "24 h", "p4"),
    )
    assert answer.rows()[0]["absent_h"] == "24 h (1 mg/kg), 24 h"
    assert "1 h: A up [1]; not seen at 24 h (1 mg/kg) [2][3], 24 h [4]" in timeline_text(answer)


def test_only_timed_nulls_are_no_never() -> None:
    """Where only nulls give an hour the telling says whether it was seen at all."""
    text = timeline_text(ask(null("A", "3 h", "p1"), seen("A", None, "p2"), null("B", "4 h", "p3")))
    assert text.startswith("After drug, by hours after the dose: 2 timed events\n1 sighting more without an hour\n")
    assert "no hour known: A up; not seen at 3 h" in text
    assert "no sighting on record: B up; not seen at 4 h" in text


def test_macaques_are_monkeys() -> None:
    """Asked for monkeys, the timeline takes in macaques, not the other way round."""
    claims = (seen("A", "1 h", "p1", species="macaque"), seen("B", "1 h", "p2", species="monkey"))
    found = [[n for n, *_ in told(ask(*claims, species=s))] for s in ("monkey", "macaque")]
    assert found == [["A", "B"], ["A"]]
