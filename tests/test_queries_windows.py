"""Foretelling within an hour's window, and what a score says of few or dependent experiments."""

from __future__ import annotations

import builders as b
import pytest

from ketamech.cli.tell_foretell import validate_text
from ketamech.graph.model import Experiment
from ketamech.graph.relief import RELIEF
from ketamech.queries import predict, validate

BASE: tuple[b.Part, ...] = (
    b.entity(RELIEF, "clinical_outcome"),
    b.entity("relief", "behaviour", is_a=[RELIEF]),
    b.claim("drug", "increases", "A", source="p1"),
    b.claim("A", "increases", "relief", source="p2"),
)


def trial(observed: str, source: str, **more: str) -> Experiment:
    """Report what taking A away did to the drug's relief."""
    return b.experiment("knockout", "A", observed, "relief", drug="drug", source=source, **more)  # type: ignore[arg-type]


STARTS = trial("no_effect", "x1", aspect="onset")
LASTS = trial("abolishes", "x2", aspect="duration")
TIMED = trial("attenuates", "x3", at="6 h")


@pytest.mark.parametrize(
    ("by", "after", "recorded", "verdict"),
    [
        (3.0, None, ["x1"], "untouched"),
        (24.0, None, [], ""),
        (None, 12.0, ["x2"], "abolished"),
        (None, 3.0, ["x2", "x3"], "abolished"),
        (None, None, [], ""),
    ],
    ids=["early", "disputed within the window", "late", "from early on", "disputed without a window"],
)
def test_onset_and_duration_stand_for_early_and_late(
    by: float | None, after: float | None, recorded: list[str], verdict: str
) -> None:
    """An experiment on onset was observed early, one on duration late, though neither gives its hour."""
    graph = b.graph(*BASE, STARTS, LASTS, TIMED)
    (found,) = predict(graph, "A", "drug", "relief", by, after).predictions
    assert [id.partition(":")[0] for id in found.recorded] == recorded
    assert (found.basis, found.verdict if recorded else "") == ("recorded" if recorded else "foretold", verdict)


@pytest.mark.parametrize(("by", "hour"), [(1.0, "early"), (24.0, "late"), (None, "")])
def test_a_window_is_as_late_as_its_hour(by: float | None, hour: str) -> None:
    """`--by 24h` is not an early hour; without a window the hour is no term."""
    others = [b.experiment("knockout", "B", "abolishes", "relief", drug="drug", at="24 h", source="y1")]
    others += [b.experiment("knockout", "C", "no_effect", "relief", drug="drug", at="1 h", source="y2")]
    (found,) = predict(b.graph(*BASE, *others), "A", "drug", "relief", by).predictions
    assert [v for f, v, _ in found.terms if f == "hour"] == ([hour] if hour else [])


def test_what_is_blocked_is_no_part_of_a_cut() -> None:
    """The places to cut are sought in what is left, and a part is cut with its whole."""
    graph = b.graph(
        *BASE,
        b.entity("C1", "receptor", part_of=["C"]),
        b.entity("C", "receptor"),
        b.claim("drug", "increases", "C1", source="p3"),
        b.claim("C", "increases", "relief", source="p4"),
        b.claim("C1", "increases", "relief", source="p5"),
    )
    assert predict(graph, "A", "drug", "relief").cuts == {"relief": (("C",),)}
    assert predict(graph, "C", "drug", "relief").cuts == {"relief": (("A",),)}


def test_one_answer_only_gives_no_score() -> None:
    """Balanced accuracy of effects alone is not defined, and is told so."""
    answer = validate(b.graph(*BASE, trial("abolishes", "x1"), trial("abolishes", "x2")))
    assert (answer.score.balanced_accuracy, answer.score.low, answer.score.effects) == (None, None, 2)
    assert "record, tier and hour: balanced accuracy not defined, only one answer occurs" in validate_text(answer)
    assert answer.to_dict()["score"]["interval"] == [None, None]


def test_papers_of_one_group_are_drawn_together() -> None:
    """The interval of two groups is as wide as if each group were one paper."""
    made = []
    for number, (group, observed) in enumerate([("Doe J", "abolishes")] * 4 + [("Roe R", "no_effect")] * 4):
        cited = b.paper(f"x{number}", group=group)
        made.append(b.experiment("knockout", "ABCDEFGH"[number], observed, "relief", drug="drug", source=cited))
    groups = validate(b.graph(*BASE, *made)).score
    assert (groups.effects, groups.nones) == (4, 4)
    assert groups.low == groups.high == groups.balanced_accuracy


def test_misses_come_by_how_surely_they_were_foretold() -> None:
    """The first row is the miss of largest log odds, then the other misses, then the hits."""
    made = [trial("abolishes", f"x{n}") for n in range(6)] + [trial("no_effect", "miss")]
    made += [b.experiment("knockout", "B", "no_effect", "relief", drug="drug", source=f"y{n}") for n in range(3)]
    rows = validate(b.graph(*BASE, *made)).rows()
    misses = [abs(r["log_odds"]) for r in rows if not r["hit"]]
    assert misses == sorted(misses, reverse=True)
    assert [r["hit"] for r in rows] == sorted(r["hit"] for r in rows)


def test_two_experiments_of_one_name_are_both_scored() -> None:
    """Experiments of a file that share an id are scored one by one."""
    graph = b.graph(*BASE, trial("abolishes", "x1"), trial("no_effect", "x2"))
    twins = [trial("abolishes", "new", at="1 h"), trial("no_effect", "new", at="24 h")]
    named = [b.experiment("knockout", "A", x.observed, "relief", drug="drug", source="new", id="new.a") for x in twins]
    score = validate(graph, named).others[0]
    assert (score.effects, score.nones) == (1, 1)
