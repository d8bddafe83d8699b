"""Foretelling experiments: influence, features, weights, replay without the own group, predictions and cuts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import builders as b
import pytest
from foretelling import BASE, ROUTE
from hypothesis import given
from hypothesis import strategies as st

from ketamech.graph.errors import BadValue
from ketamech.graph.mechanism import MechanismGraph
from ketamech.graph.model import Experiment, Paper, Place
from ketamech.graph.relief import RELIEF
from ketamech.queries import predict, validate
from ketamech.queries.foretell import PRIOR, Case, Foreteller, answered, case_of, learn, track_record
from ketamech.queries.influence import Influence
from ketamech.queries.validation import balanced_accuracy, replay

PLACES = ("drug", "A", "B", "C", "relief")
WORDS = ("increases", "decreases")
READS = ("full-text", "abstract", "title")
Arc = tuple[str, str, str, str]

arcs = st.tuples(st.sampled_from(PLACES), st.sampled_from(PLACES[1:]), st.sampled_from(WORDS), st.sampled_from(READS))
networks = st.lists(arcs.filter(lambda a: a[0] != a[1]), min_size=1, max_size=7, unique_by=lambda a: a[:3])


def network(found: Sequence[Arc]) -> MechanismGraph:
    """Build a graph of these steps."""
    named = [b.entity("relief", "behaviour"), b.entity("drug", "drug"), *(b.entity(p) for p in "ABC")]
    steps = [b.claim(s, p, o, source=f"p{n}", read=r) for n, (s, o, p, r) in enumerate(found)]
    return b.graph(*named, *steps)


def walks(graph: MechanismGraph, source: str) -> dict[tuple[str, int], float]:
    """Find the best product of strengths to every place and sign by trying all walks that repeat no place and sign."""
    best = {(source, 1): 1.0}

    def go(state: tuple[str, int], strength: float, seen: frozenset[tuple[str, int]]) -> None:
        best[state] = max(best.get(state, 0.0), strength)
        if state[0] == "relief" and source != "relief":
            return
        for edge in graph.out_edges(state[0]):
            after = (edge.object, state[1] * edge.sign)
            if after not in seen:
                go(after, strength * edge.strength.value, seen | {after})

    go((source, 1), 1.0, frozenset({(source, 1)}))
    return best


@given(networks)
def test_the_best_products_are_found(found: list[Arc]) -> None:
    """Ahead and behind, the best product of each sign is that of trying every walk."""
    graph = network(found)
    influence = Influence(graph)
    ahead, behind = influence.forward("drug").strength, influence.backward(["relief"]).strength
    assert ahead == pytest.approx(walks(graph, "drug"))
    slow: dict[tuple[str, int], float] = {}
    for place in PLACES[:-1]:
        slow |= {(place, s): v for (end, s), v in walks(graph, place).items() if end == "relief"}
    assert behind == pytest.approx(slow | {("relief", 1): 1.0})


@given(networks, st.sampled_from("ABC"))
def test_without_a_place_is_without_its_steps(found: list[Arc], gone: str) -> None:
    """Not passing through a place finds what a graph without the steps of that place finds."""
    rest = network([a for a in found if gone not in a[:2]])
    assert Influence(network(found)).forward("drug", [gone]).strength == Influence(rest).forward("drug").strength


CELLS = b.graph(
    b.entity("A1", part_of=["A"]),
    b.claim("drug", "inhibits", "A1", source="p1"),
    b.claim("A1", "decreases", "B", source="p2", cell_type="basket cell"),
    b.claim("A", "increases", "C", source="p3", cell_type="other cell"),
    b.claim("B", "increases", "relief", source="p4"),
    b.claim("C", "increases", "relief", source="p5"),
)


@pytest.mark.parametrize(
    ("cells", "sign", "steps"),
    [
        (None, None, 3),
        ("basket cell", None, 3),
        ("basket cell", -1, 0),
        ("other cell", -1, 3),
        ("other cell", 1, 0),
        ("far cell", None, 0),
    ],
)
def test_a_route_through_a_target_in_one_cell_type(cells: str | None, sign: int | None, steps: int) -> None:
    """Only the ways out of a target that were seen in the cells of the intervention count; parts count with it."""
    graph = b.graph(*CELLS.knowledge.entities, *CELLS.knowledge.claims, b.entity("far cell", "cell_type"))
    influence = Influence(graph)
    found = influence.through(
        "A", Place(cell_type=cells), influence.forward("drug"), influence.backward(["relief"]), sign
    )
    one = graph.edge("B|increases|relief").strength.value
    assert found == pytest.approx(one**steps if steps else 0.0)


def trial(
    observed: str,
    source: Paper | str = "x1",
    target: str = "A",
    mode: str = "knockout",
    outcome: str = "relief",
    drug: str | None = "drug",
    **more: Any,
) -> Experiment:
    """Report what moving a target did to the drug's relief."""
    return b.experiment(mode, target, observed, outcome, drug=drug, source=source, **more)


def features(x: Experiment, *parts: b.Part) -> dict[str, str]:
    """Read the features of one experiment."""
    graph = b.graph(*BASE, x, *parts)
    case = case_of(graph, x)
    assert case is not None
    return Foreteller(graph).features(case)


@pytest.mark.parametrize(
    ("feature", "x", "value"),
    [
        ("route", trial("no_effect"), "strong"),
        ("route", trial("no_effect", target="B"), "unconnected"),
        ("route", trial("no_effect", target="C"), "off the routes"),
        ("route", trial("no_effect", outcome="harm"), "no route known"),
        ("route", trial("mimics", mode="agonist", drug=None), "leads there"),
        ("route", trial("mimics", mode="antagonist", drug=None), "leads away"),
        ("touched", trial("no_effect"), "moved"),
        ("touched", trial("no_effect", target="B"), "unknown"),
        ("touched", trial("no_effect", target="C"), "not moved"),
        ("touched", trial("mimics", drug=None), "not asked"),
        ("tier", trial("no_effect", species="human"), "human"),
        ("tier", trial("no_effect", species="rat"), "rodent"),
        ("outcome", trial("no_effect"), "relief"),
        ("outcome", trial("no_effect", outcome="harm"), "adverse"),
        ("outcome", trial("no_effect", outcome="B"), "other"),
        ("mode", trial("no_effect", mode="antagonist"), "drug"),
        ("mode", trial("no_effect", mode="lesion"), "gene or cell"),
        ("place", trial("no_effect", within="inner region", in_cells="basket cell"), "cell type"),
        ("place", trial("no_effect", within="inner region"), "region"),
        ("place", trial("no_effect"), "whole"),
        ("hour", trial("no_effect"), "unknown"),
        ("hour", trial("no_effect", at="3 h", time="24 h"), "early"),
        ("hour", trial("no_effect", time="24 h"), "late"),
        ("hour", trial("no_effect", aspect="duration", at="1 h"), "late"),
        ("hour", trial("no_effect", aspect="onset"), "early"),
        ("compound", trial("no_effect", drug="ketamine"), "ketamine"),
        ("compound", trial("no_effect"), "other"),
        ("compound", trial("mimics", drug=None), "none"),
    ],
)
def test_features(feature: str, x: Experiment, value: str) -> None:
    """Each feature is read off the experiment and the curated steps."""
    null = b.claim("drug", "increases", "C", source="p3", stance="no_effect")
    aside = b.claim("C", "increases", "D", source="p4")
    assert features(x, *ROUTE, null, aside)[feature] == value


@pytest.mark.parametrize(
    ("x", "answer"),
    [
        (trial("abolishes"), (False, True)),
        (trial("no_effect"), (False, False)),
        (trial("enhances"), (False, None)),
        (trial("mimics", drug=None), (True, True)),
        (trial("abolishes", mode="agonist"), None),
        (trial("abolishes", target="other drug"), None),
        (trial("abolishes", also=[("knockout", "B")]), None),
        (trial("abolishes", b.paper("gone", retracted=True)), None),
        (trial("abolishes", mode="diet"), None),
    ],
)
def test_which_experiments_ask_this(x: Experiment, answer: tuple[bool, bool | None] | None) -> None:
    """One target lowered under a drug, or moved without one; the answer is an effect, none, or neither."""
    case = case_of(b.graph(x), x)
    assert (None if case is None else (case.alone, case.effect)) == answer


def test_weights_by_hand() -> None:
    """The log ratio of each value is that of its shares, drawn towards the overall share by PRIOR cases."""
    rows = [({"f": "a"}, True), ({"f": "a"}, True), ({"f": "b"}, True), ({"f": "b"}, False)]
    weights = learn(rows)
    assert (PRIOR, weights.effects, weights.nones) == (4.0, 3, 1)
    assert weights.terms == pytest.approx(
        {("f", "a"): math.log((2 + 2) / 7) - math.log((0 + 2) / 5), ("f", "b"): math.log((1 + 2) / 7 / ((1 + 2) / 5))}
    )
    assert weights.of({"f": "a", "g": "z"}) == pytest.approx(math.log(10 / 7))
    assert weights.of({"f": "a"}, only=()) == 0
    assert learn([]).of({"f": "a"}) == 0


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ([], "untested"),
        ([True, True], "few"),
        ([True, True, True], "always something"),
        ([True] * 8 + [False], "always something"),
        ([True] * 7 + [False], "at times nothing"),
        ([True, True, False], "often nothing"),
        ([False], "often nothing"),
    ],
)
def test_the_record_of_a_target(said: list[bool], word: str) -> None:
    """From a third of nulls on a target often brings nothing, from an eighth on at times; three effects make sure."""
    answers = [(f"x{n}", effect) for n, effect in enumerate(said)]
    assert track_record(answers, ()) == word
    assert track_record(answers, [paper for paper, _ in answers]) == "untested"


def replayed(graph: MechanismGraph, key: str) -> tuple[dict[str, str], list[str]]:
    """Replay the case of one paper: its features, and the papers it learns from."""
    (case,) = (c for c in answered(graph) if c.experiment.paper.key == key)
    ((_, found, learned),) = replay(graph, [case])
    return found, [c.experiment.paper.key for _, c in learned]


@pytest.mark.parametrize("tie", [{"group": "G"}, {"doi": "10.1/x"}, {"pmid": "7"}], ids=str)
def test_the_own_group_gives_no_help(tie: dict[str, Any]) -> None:
    """Papers of the same senior author, DOI or PubMed number neither lend a route nor remember an answer."""
    own, also, other = b.paper("own", **tie), b.paper("also", **tie), b.paper("other")

    def made(helper: Paper) -> MechanismGraph:
        route = [b.claim("drug", "increases", "A", source=helper), b.claim("A", "increases", "relief", source=helper)]
        return b.graph(*BASE, *route, trial("abolishes", own), trial("abolishes", helper))

    helped, used = replayed(made(other), "own")
    assert (helped["route"], helped["touched"], helped["record"], used) == ("strong", "moved", "few", ["other"])
    alone, unused = replayed(made(also), "own")
    assert (alone["route"], alone["touched"], alone["record"], unused) == ("no route known", "unknown", "untested", [])


trials = st.lists(
    st.tuples(st.sampled_from("ABC"), st.sampled_from(["abolishes", "no_effect"]), st.sampled_from("GHI")),
    min_size=1,
    max_size=5,
)


@given(networks, st.lists(st.sampled_from("GHI"), min_size=7, max_size=7), trials)
def test_leaving_the_group_out_beforehand_changes_no_case(
    found: list[Arc], groups: list[str], done: list[tuple[str, str, str]]
) -> None:
    """A case has the same features and the same papers to learn from when its group's papers were never there."""
    steps = [b.claim(s, p, o, source=b.paper(f"p{n}", group=groups[n]), read=r) for n, (s, o, p, r) in enumerate(found)]
    asked = [trial(o, b.paper(f"x{n}", group=g), target=t) for n, (t, o, g) in enumerate(done)]
    graph = b.graph(*BASE, b.entity("drug", "drug"), *(b.entity(e) for e in "ABC"), *steps, *asked)
    for case, features, learned in replay(graph, answered(graph)):
        group = [p.key for p in graph.knowledge.papers if p.group == case.experiment.paper.group]
        ((_, again, relearned),) = replay(graph.without(group), [case])
        assert again == features
        assert [c for _, c in relearned] == [c for _, c in learned]
        assert [f["record"] for f, _ in relearned] == [f["record"] for f, _ in learned]


def test_validation_counts_everything() -> None:
    """Each experiment is scored or listed with the reason; score, parts and baselines have ordered intervals."""
    graph = b.graph(
        *BASE,
        *ROUTE,
        *(trial("abolishes", f"x{n}") for n in range(4)),
        *(trial("no_effect", f"y{n}", target="B") for n in range(4)),
        trial("enhances", "z1"),
        trial("abolishes", "z2", also=[("knockout", "B")]),
        trial("abolishes", b.paper("z3", retracted=True)),
        trial("abolishes", "z4", target="other drug"),
    )
    answer = validate(graph, unknown=[("unread", "could not be read")])
    assert [reason for _, reason in answer.not_scorable] == [
        "could not be read",
        "observed `enhances` is neither an effect nor its absence",
        "several interventions at once",
        "the paper is retracted",
        "asks something else: a compound given instead, or a target raised",
    ]
    assert (answer.score.effects, answer.score.nones, len(answer.scored)) == (4, 4, 8)
    assert answer.score.balanced_accuracy == 1.0
    assert [s.hit for s in answer.scored] == [True] * 8
    assert [s.name for s in answer.others] == [
        "all nine features",
        "routes only",
        "record of the target only",
        "commonest answer",
        "commonest answer for that target elsewhere",
        "plain reachability",
    ]
    assert [s.balanced_accuracy for s in answer.others] == [1.0, 1.0, 1.0, 0.0, 1.0, 1.0]
    for s in (answer.score, *answer.others):
        assert None not in (s.low, s.balanced_accuracy, s.high)
        assert (s.low or 0) <= (s.balanced_accuracy or 0) <= (s.high or 0)
    assert validate(graph).to_dict() == validate(graph).to_dict()


def test_experiments_that_the_knowledge_has_not_seen() -> None:
    """Others may be scored in place of the recorded ones, each by what is recorded; none leaves no score."""
    graph = b.graph(
        *BASE, *ROUTE, *(trial("abolishes", f"x{n}") for n in range(3)), trial("no_effect", "y", target="B")
    )
    answer = validate(graph, [trial("attenuates", "new")])
    assert [(s.experiment.paper.key, s.predicted, s.effect) for s in answer.scored] == [("new", True, True)]
    empty = validate(graph, [])
    assert (empty.scored, empty.score.balanced_accuracy, empty.score.low, empty.score.high) == ((), None, None, None)


def test_balanced_accuracy() -> None:
    """The mean of both recalls; None where one of the answers never occurs."""
    assert balanced_accuracy([(True, True), (False, True), (False, False)]) == 0.75
    assert balanced_accuracy([(True, True)]) is None
    assert balanced_accuracy([]) is None


def test_what_is_recorded_and_what_is_foretold() -> None:
    """Experiments on this very target speak where they agree; otherwise the verdict is foretold."""
    known: list[tuple[list[Experiment], str, str]] = [
        ([trial("abolishes"), trial("attenuates", "x2")], "recorded", "abolished"),
        ([trial("attenuates")], "recorded", "attenuated"),
        ([trial("no_effect")], "recorded", "untouched"),
    ]
    for done, basis, verdict in known:
        (found,) = predict(b.graph(*BASE, *ROUTE, *done), "A", "drug", "relief").predictions
        assert (found.basis, found.verdict, found.recorded) == (basis, verdict, tuple(sorted(x.id for x in done)))
    disputed = b.graph(*BASE, *ROUTE, trial("abolishes"), trial("no_effect", "x2"))
    (found,) = predict(disputed, "A", "drug", "relief").predictions
    assert (found.basis, found.recorded) == ("foretold", ())
    odds = math.log((1 + 1) / (1 + 1)) + sum(w for _, _, w in found.terms)
    assert found.chance == pytest.approx(1 / (1 + math.exp(-odds)))


def test_what_is_lost_and_what_remains() -> None:
    """The share of the best route's strength that goes with the target, and the best route left without it."""
    other = (
        b.claim("drug", "increases", "B", source="p3", read="title"),
        b.claim("B", "increases", "relief", source="p4"),
    )
    graph = b.graph(*BASE, *ROUTE, *other)
    (by_a,) = predict(graph, "A", "drug", "relief").predictions
    (by_b,) = predict(graph, "B", "drug", "relief").predictions
    assert by_a.lost == pytest.approx(1 - graph.edge("drug|increases|B").strength.value / 0.4)
    assert by_a.remaining == ("drug", "B", RELIEF)
    assert (by_b.lost, by_b.remaining) == (0.0, ("drug", "A", RELIEF))


def test_a_route_that_worsens_is_no_remaining_relief() -> None:
    """When the only relieving route is lost, all is lost, though the drug still acts the other way round."""
    worse = (b.claim("drug", "increases", "B", source="p3"), b.claim("B", "decreases", "relief", source="p4"))
    (found,) = predict(b.graph(*BASE, *ROUTE, *worse), "A", "drug", "relief").predictions
    assert (found.lost, found.remaining) == (1.0, ())


def test_every_outcome_that_the_drug_moves() -> None:
    """Without an outcome, all outcomes that the drug was seen to move are foretold, and no cuts are sought."""
    ends = [b.claim("drug", "increases", o, source=f"e{o}", directness="overall") for o in ("relief", "harm")]
    answer = predict(b.graph(*BASE, *ROUTE, *ends), "A", "drug")
    assert sorted(p.outcome.name for p in answer.predictions) == ["harm", "relief"]
    assert answer.cuts == {}


@pytest.mark.parametrize(("block", "drug"), [("A", "B"), ("drug", "drug")])
def test_what_cannot_be_asked(block: str, drug: str) -> None:
    """A protein has no effects as a drug, and a drug cannot be asked without itself."""
    graph = b.graph(*BASE, *ROUTE, b.claim("A", "increases", "B", source="p3"))
    with pytest.raises(BadValue):
        predict(graph, block, drug)


def test_cases_hold_their_question() -> None:
    """A case without one of the two answers is a question only."""
    x = trial("enhances")
    assert case_of(b.graph(x), x) == Case(x, False, None)
