"""How predictions read: where a chance starts, and what moves it."""

from __future__ import annotations

from dataclasses import replace

import builders as b
import pytest

from ketamech.cli.tell_foretell import predict_text
from ketamech.graph.prediction_answers import PredictAnswer
from ketamech.queries import predict


def asked() -> PredictAnswer:
    """Foretell harm without A, of which nine experiments in ten showed an effect on relief."""
    observed = ["no_effect", *["abolishes"] * 9]
    done = [b.experiment("knockout", "A", o, "relief", drug="drug", source=f"x{n}") for n, o in enumerate(observed)]
    steps = [b.claim("drug", "increases", "A", source="p1"), b.claim("A", "increases", "harm", source="p2")]
    return predict(b.graph(b.entity("drug", "drug"), *steps, *done), "A", "drug", "harm")


def told(answer: PredictAnswer) -> str:
    """Give the telling on one line."""
    return " ".join(predict_text(answer).split())


def test_the_start_of_every_chance_is_told_once() -> None:
    """The share of effects among all experiments, one more of either drawn in."""
    answer = asked()
    assert answer.start == pytest.approx((9 + 1) / (10 + 2))
    assert told(answer).count("83% of all recorded experiments show an effect") == 1


def test_what_moves_a_chance_is_told_with_its_way() -> None:
    """A high chance beside a record of nulls is no contradiction where each term says how it moves the start."""
    answer = asked()
    (found,) = answer.predictions
    terms = (("record", "few", 0.4), ("hour", "late", -0.2), ("route", "weak", 0.05))
    moved = replace(found, terms=terms, verdict="attenuated", recorded=())
    said = told(replace(answer, predictions=(moved,)))
    assert "(raised by record few (+0.40); lowered by hour late (-0.20); hardly moved by route weak (+0.05))" in said
    assert "(nothing moves it off the start)" in told(replace(answer, predictions=(replace(moved, terms=()),)))
