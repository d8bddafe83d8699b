"""What happens when after a dose."""

from __future__ import annotations

from typing import Any

import builders as b
import pytest

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
    assert told(answer) == [("A", 0.5, 0.5, []), ("C", 1.0, 2.0, []), ("B", 12.0, 168.0, [])]


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
    """Retracted papers, contact without effect, other drugs and derived steps tell no hours."""
    graph = b.graph(
        seen("A", "1 h", "p0"),
        b.claim("drug", "increases", "B", time="1 h", source=b.paper("gone", retracted=True)),
        b.claim("drug", "binds", "C", time="1 h", source="p1"),
        b.claim("other drug", "increases", "D", time="1 h", source="p2"),
        b.experiment("knockout", "A", "abolishes", "relief", drug="drug", at="1 h"),
    )
    assert told(timeline(graph, "drug")) == [("A", 1.0, 1.0, [])]
    with pytest.raises(UnknownName):
        timeline(graph, "nothing")
