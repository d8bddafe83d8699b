"""The whole path question on random small knowledge: filters hold, and the search misses nothing."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import builders as b
from hypothesis import given, settings
from hypothesis import strategies as st

from ketamech.graph.mechanism import MechanismGraph
from ketamech.graph.model import Claim
from ketamech.graph.path_answers import PathAnswer, PathsAnswer, StepAnswer
from ketamech.graph.strength import derived_strength, strength_of
from ketamech.queries import PathQuery, find_paths
from ketamech.queries.assemble import end_to_end, net_sign
from ketamech.queries.context import ContextFilter
from ketamech.queries.mediation import OPPOSED, UNTESTED, mediation, recorded_signs
from ketamech.queries.refine import bar_regions, split_jumps
from ketamech.queries.routes import SPAN, UNTIMED
from ketamech.queries.seams import coherence
from ketamech.queries.steps import Step, StepRules, usable_steps
from ketamech.queries.timing import onsets
from ketamech.queries.window import not_yet, seen_within, still_there

ENTITIES = [
    b.entity("drug", "drug"),
    b.entity("A1", "receptor", part_of=["A"]),
    b.entity("A2", "receptor", part_of=["A"]),
    b.entity("A", "receptor"),
    b.entity("B"),
    b.entity("C"),
    b.entity("coping", "behaviour", is_a=["relief"]),
    b.entity("relief", "behaviour"),
    b.entity("test", "readout"),
    b.entity("inner region", "brain_region", part_of=["outer region"]),
    b.entity("outer region", "brain_region"),
    b.entity("far region", "brain_region"),
]
READS = b.claim("test", "is_readout_of", "relief", sign=-1, source="reading")
CAUSES = ["drug", "A", "A1", "A2", "B", "C", "coping"]
EFFECTS = ["A", "A1", "A2", "B", "C", "coping", "relief", "test"]
# Choices are made by a seeded generator and not drawn one by one: drawn ones lean to the first of each list, and
# nearly every graph would be too bare to have a path.
RANDOM = st.randoms(use_true_random=True)


@st.composite
def graphs(draw: st.DrawFn) -> MechanismGraph:
    """Draw knowledge with parts, a readout, cycles, parallel edges, nulls, hours and experiments."""
    pick = draw(RANDOM).choice
    facts = [
        b.claim(
            pick([*CAUSES, "drug"]),
            pick(["increases", "increases", "decreases", "inhibits", "modulates"]),
            pick([*EFFECTS, "relief"]),
            source=b.paper(f"p{n}", group=pick([None, None, "g"])),
            stance=pick(["supports"] * 7 + ["no_effect", "no_effect", "refutes"]),
            directness=pick(["direct", "direct", "indirect", "indirect", "overall"]),
            species=pick([None, "rat", "rat", "human"]),
            region=pick([None, None, "inner region", "outer region", "far region"]),
            time=pick([None, "1 h", "3 h", "24 h"]),
        )
        for n in range(pick([8, 16, 24, 32]))
    ]
    trials = [
        b.experiment(
            pick(["antagonist", "agonist"]),
            pick(["A1", "B", "C"]),
            pick(["abolishes", "attenuates", "no_effect"]),
            pick(["B", "C", "relief"]),
            drug="drug",
            change=pick([1, -1]),
            source=f"x{n}",
            species=pick([None, "rat", "human"]),
        )
        for n in range(pick([0, 2, 4]))
    ]
    return b.graph(*ENTITIES, READS, *facts, *trials)


@st.composite
def questions(draw: st.DrawFn) -> PathQuery:
    """Draw a question with at most a few filters."""
    rnd = draw(RANDOM)
    filters: dict[str, Any] = {
        "sign": rnd.choice([1, -1]),
        "species": rnd.choice(["rat", "human"]),
        "region": "outer region",
        "by": rnd.choice([0.5, 2.0, 3.0]),
        "after": rnd.choice([2.0, 12.0]),
        "via": (rnd.choice(["A", "A1", "B", "C"]),),
        "avoid": (rnd.choice(["A", "A1", "B"]),),
        "min_strength": rnd.choice([0.2, 0.4]),
        "strict_context": True,
        "max_length": rnd.choice([1, 2, 3, 4]),
        "variants": True,
    }
    chosen = rnd.sample(sorted(filters), rnd.choice([0, 1, 1, 2, 3]))
    if {"by", "after"} <= {*chosen}:
        filters |= {"after": 2.0, "by": 3.0}
    target = rnd.choice(["relief", "relief", "C", "test"])
    return PathQuery("drug", target, k=rnd.choice([1, 3, 8, 20]), **{name: filters[name] for name in chosen})


Route = tuple[Step, ...]


def every_route(graph: MechanismGraph, steps: list[Step], query: PathQuery, sign: int | None) -> list[Route]:
    """Walk every simple path over these steps that the question allows, and rank by score, length, keys."""
    found: list[Route] = []

    def walk(place: str, trail: Route) -> None:
        if place == query.target:
            found.append(trail)
            return
        if len(trail) == query.max_length:
            return
        visited = {query.source, *(s.target for s in trail)}
        for step in steps:
            crosses_parts = bool(trail) and trail[-1].lifts_target and step.lifts_source
            circles = any(graph.related(step.target, earlier) for earlier in visited)
            if step.source == place and not circles and not crosses_parts:
                walk(step.target, (*trail, step))

    walk(query.source, ())
    kept = [
        r
        for r in found
        if {*query.via} <= {query.source, *(s.target for s in r)}
        and (sign is None or math.prod(s.sign for s in r) == sign)
    ]
    weight = {r: round(-sum(math.log(s.strength) for s in r), 9) for r in kept}
    return sorted(kept, key=lambda r: (weight[r], len(r), [s.key for s in r]))


def rank(route: Route, graph: MechanismGraph, query: PathQuery) -> float:
    """Rank a route by what its steps, places, hour and seams are worth, to the power length**-SPAN."""
    asked = ContextFilter(query.species, query.region)
    credit = mediation(graph, query.source, query.target, asked, query.by, query.after)
    timely = seen_within(onsets(graph, query.source, asked), query.by, query.after, graph)
    moved = recorded_signs(graph, query.source, asked)
    worth = coherence(route, graph)
    sign = 1
    for step in route[:-1]:
        sign *= step.sign
        worth *= OPPOSED if sign and moved.get(step.target, sign) != sign else 1.0
    for step in route:
        worth *= step.strength
        worth *= credit.get(step.target, UNTESTED) if credit and step.target != query.target else 1.0
        if timely is not None and acts_on_the_end(step, query.target) and step.source not in timely:
            worth *= UNTIMED
    return float(worth ** (len(route) ** -SPAN))


def account(route: Route) -> list[tuple[str, int]]:
    """Name the places of a route that are no readout, each with the sign it is reached with."""
    reached = [math.prod(s.sign for s in route[: n + 1]) for n in range(len(route))]
    inner = [(s.target, sign) for s, sign in zip(route, reached, strict=True) if s.target != "test"]
    last = (route[-1].target, reached[-1])
    return inner if inner and inner[-1] == last else [*inner, last]


def is_variant(route: Route, other: Route, graph: MechanismGraph) -> bool:
    """Tell whether two routes differ only in parts and kinds of places, and in the readout at the end."""
    mine, theirs = account(route), account(other)
    return len(mine) == len(theirs) and all(
        sign == same and graph.related(a, c) for (a, sign), (c, same) in zip(mine, theirs, strict=True)
    )


def acts_on_the_end(step: Step, target: str) -> bool:
    """Tell whether a step acts on the target or on the readout that leads to it."""
    return step.edge.predicate != "is_readout_of" and step.target in (target, "test")


def coarsens(route: Route, other: Route) -> bool:
    """Tell whether a route skips places of another."""
    mine, theirs = [s.target for s in route], [s.target for s in other]
    order = [theirs.index(p) for p in mine if p in theirs]
    return len(mine) < len(theirs) and len(order) == len(mine) and order == sorted(order)


def slow_search(graph: MechanismGraph, query: PathQuery) -> list[Route]:
    """Answer the question by enumeration, stage by stage as docs/decisions/refinement.md tells."""
    asked = ContextFilter(query.species, query.region)
    known = onsets(graph, query.source, asked)
    refused = {*query.avoid, *not_yet(known, query.by, (query.source, query.target))} - {query.source, query.target}
    rules = StepRules(query.target, asked, query.strict_context, query.min_strength, frozenset(refused))
    steps, _ = usable_steps(graph, rules)
    if query.after is not None:
        steps, _ = still_there(steps, known, query.target, query.after, graph)
    ahead, behind = spread(query.source, steps, forward=True), spread(query.target, steps, forward=False)
    fine, jumps = split_jumps(steps, ahead & behind, graph.related, bar_regions(graph))
    touching = [s for s in fine if s.edge.directness == "direct" or s.edge.subject != "drug"]
    expected = net_sign(end_to_end(graph, query.source, query.target, asked)[0], query.target, graph)
    chosen: list[Route] = []
    for sign in [query.sign] if query.sign or not expected else [expected, None]:
        for stage, coarse in [(touching, False), (fine, False), ([*fine, *jumps], True)]:
            routes = every_route(graph, stage, query, sign)
            for route in sorted(routes, key=lambda r: (-round(rank(r, graph, query), 9), len(r), [s.key for s in r])):
                if coarse and any(coarsens(route, c) for c in chosen):
                    continue
                seen = any(route == c or (not query.variants and is_variant(route, c, graph)) for c in chosen)
                if len(chosen) < query.k and not seen:
                    chosen.append(route)
    return chosen


def spread(start: str, steps: list[Step], *, forward: bool) -> set[str]:
    """Give every place that can be walked to (or from)."""
    found = {start}
    while (
        more := {s.target if forward else s.source for s in steps if (s.source if forward else s.target) in found}
        - found
    ):
        found |= more
    return found


@given(graphs(), questions())
@settings(max_examples=300, deadline=None)
def test_the_answer_is_what_enumeration_finds(graph: MechanismGraph, query: PathQuery) -> None:
    """For any knowledge and question the paths are those of the slow search, in its order."""
    answer = find_paths(graph, query)
    found = [[(s.edge.id, s.source.id, s.target.id) for s in p.steps] for p in answer.paths]
    assert found == [[(s.edge.id, s.source, s.target) for s in r] for r in slow_search(graph, query)]
    assert answer.stopped is False


@given(graphs(), questions())
@settings(max_examples=300, deadline=None)
def test_every_path_obeys_the_question(graph: MechanismGraph, query: PathQuery) -> None:
    """Ends, number, length, sign, via, avoid and min_strength hold for every path."""
    answer = find_paths(graph, query)
    assert len(answer.paths) <= query.k
    for path in answer.paths:
        places = [n.id for n in path.nodes]
        assert (places[0], places[-1]) == (query.source, query.target)
        assert len(set(places)) == len(places) == len(path.steps) + 1 <= query.max_length + 1
        assert {*query.via} <= set(places)
        assert {*query.avoid} & {*places, *(e for s in path.steps for e in (s.edge.subject, s.edge.object))} == set()
        assert query.sign in (None, path.sign)
        assert min(s.strength for s in path.steps) >= query.min_strength
        check_joints(path, graph)


def check_joints(path: PathAnswer, graph: MechanismGraph) -> None:
    """Check that steps join, each edge lies within its places, and only the last hop reads out."""
    for left, right in zip(path.nodes, path.nodes[1:], strict=False):
        assert any(s.source == left and s.target == right for s in path.steps)
    for step in path.steps:
        assert graph.within(step.edge.subject, step.source.id)
        assert graph.within(step.edge.object, step.target.id)
        assert step.edge.directness != "overall" or step.edge.predicate == "is_readout_of"
    assert all(s.edge.predicate != "is_readout_of" for s in path.steps[:-1])
    assert path.sign == (math.prod(s.sign for s in path.steps) or None)


@given(graphs(), questions())
@settings(max_examples=300, deadline=None)
def test_every_step_rests_on_evidence_that_fits(graph: MechanismGraph, query: PathQuery) -> None:
    """No piece of evidence of another species or region is counted, under strict context none that is unknown.

    The strength of a step is that of its fitting evidence, and the score is no more than what its strengths give.
    """
    for path in find_paths(graph, query).paths:
        assert path.score <= round(math.prod(s.strength for s in path.steps) ** (len(path.steps) ** -SPAN), 5) + 1e-5
        for step in path.steps:
            assert step.strength == strength_on(step) > 0
            if step.edge.predicate == "is_readout_of":
                continue
            for piece in step.evidence:
                given_species, given_regions = piece.context.species, set(piece.regions)
                strict = query.strict_context
                if query.species:
                    assert given_species in ({query.species} if strict else {query.species, None})
                if query.region:
                    assert given_regions <= {"outer region", "inner region"}
                    assert given_regions or not strict


def strength_on(step: StepAnswer) -> float:
    """Weigh the evidence that a step shows."""
    claims = [e for e in step.evidence if isinstance(e, Claim)]
    trials = [e for e in step.evidence if not isinstance(e, Claim)]
    if step.edge.derived:
        return derived_strength(
            [e for e in trials if e.observed != "no_effect"], [e for e in trials if e.observed == "no_effect"]
        ).value
    return strength_of(claims).value


def nodes_between(answer: PathsAnswer) -> set[str]:
    """Give every node and end of an edge that stands between the ends of a path."""
    ends = {answer.source.id, answer.target.id}
    paths = answer.paths
    return {e for p in paths for s in p.steps for e in (s.source.id, s.edge.subject, s.edge.object)} - ends


@given(graphs(), questions(), st.sampled_from([1.0, 3.0, 24.0]))
@settings(max_examples=200, deadline=None)
def test_by_an_hour_every_refusal_is_explained(graph: MechanismGraph, query: PathQuery, hour: float) -> None:
    """A node that was refused is on no path, and each null that refused it is on that node and late enough.

    A node seen by that hour is never refused.
    """
    answer = find_paths(graph, replace(query, by=hour, after=None))
    claims = {c.id: c for c in graph.knowledge.claims}
    refused = [s for s in answer.set_aside if s.reason.startswith("not yet there")]
    assert {s.name for s in refused} & nodes_between(answer) == set()
    for aside in refused:
        for null in (claims[id] for id in aside.evidence):
            assert (null.subject, null.object, null.stance) == ("drug", aside.name, "no_effect")
            assert null.context.time is not None
            assert null.context.time.high >= hour
    fits = [c for c in graph.knowledge.claims if c.subject == "drug" and c.stance == "supports" and c.context.time]
    open_question = query.species is None and query.region is None
    signed = [c for c in fits if c.predicate != "modulates" and c.context.time and c.context.time.low <= hour]
    if open_question:
        assert {s.name for s in refused} & {c.object for c in signed} == set()


@given(graphs(), questions())
@settings(max_examples=100, deadline=None)
def test_more_paths_begin_with_the_fewer(graph: MechanismGraph, query: PathQuery) -> None:
    """The answer to k is the head of the answer to k + 3, and asking twice gives the same."""
    few = find_paths(graph, query)
    more = find_paths(graph, replace(query, k=query.k + 3))
    assert [p.told for p in few.paths] == [p.told for p in find_paths(graph, query).paths]
    assert [p.nodes for p in few.paths] == [p.nodes for p in more.paths][: len(few.paths)]
    assert len(more.paths) >= len(few.paths)
