"""What becomes of a drug's effects when a target is taken away, and which targets together carry them."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from ketamech.graph.errors import BadValue
from ketamech.graph.experiment_answers import NecessaryAnswer
from ketamech.graph.mechanism import MechanismGraph
from ketamech.graph.model import Entity, Experiment, Intervention, Paper
from ketamech.graph.prediction_answers import OutcomePrediction, PredictAnswer
from ketamech.graph.quantities import Hours
from ketamech.graph.relief import RELIEF, relief_signs
from ketamech.graph.vocabulary import COMPOUNDS, OUTCOMES
from ketamech.queries.blockades import necessary
from ketamech.queries.context import OPEN
from ketamech.queries.foretell import CHOSEN, Case, Foreteller, Record, Weights, answered, learn, track_record
from ketamech.queries.influence import Influence, Reach
from ketamech.queries.timing import onsets
from ketamech.queries.validation import replay
from ketamech.queries.window import not_yet

ON_ROUTE: Final = frozenset({"strong", "medium", "weak"})
LIKELY: Final = 0.8
UNLIKELY: Final = 0.5
MOST: Final = 0.75
ASKER: Final = Paper("asked", "asked", "", 0)


def predict(
    graph: MechanismGraph,
    block: str,
    drug: str = "ketamine",
    outcome: str | None = None,
    by: float | None = None,
    after: float | None = None,
) -> PredictAnswer:
    """Foretell what becomes of each measured outcome of a drug without one target.

    Where experiments on this very target and drug and on what measures the outcome are recorded, in the asked window,
    and agree, they are the answer (`basis` recorded); one on onset or duration without an hour speaks for the early or
    the late window. Else the chance of an effect is foretold from the record of the
    target and the asked hour, as `validate` scores them: from LIKELY on the effect is lost, abolished when more than
    MOST of the strength of the best route from what the drug touches goes with the target, else attenuated; up to
    UNLIKELY it is untouched; in between undetermined. Where no outcome is asked for, outcomes to which no route
    through the target is known are undetermined, too.
    Raises UnknownName, AmbiguousName, or BadValue when `drug` is no drug or blocks itself, or the window is empty.

    >>> from ketamech.loaders import load_default
    >>> answer = predict(load_default(), "AMPA receptor", outcome="antidepressant effect")
    >>> answer.predictions[0].outcome.name
    'antidepressant effect'
    """
    target, source = graph.entity(block), graph.entity(drug)
    if source.kind not in COMPOUNDS or source.id == target.id:
        raise BadValue(f"{source.name} cannot be asked without {target.name}.", "Name a drug, and a target of its own.")
    if by is not None and after is not None and after > by:
        raise BadValue("--after lies later than --by.", "Ask for a window that is not empty.")
    chosen = [graph.entity(outcome)] if outcome else _measured(graph, source.id)
    weights = _learn(graph)
    teller, record = Foreteller(graph), Record(graph, answered(graph))
    late = not_yet(onsets(graph, source.id, OPEN), by, (source.id,))
    influence, signs = Influence(graph), relief_signs(graph)
    gone = {target.id, *graph.parts(target.id)}
    whole, rest = (influence.forward(source.id, {*late, *left_out}, touching=True) for left_out in ((), gone))
    made = []
    for end in chosen:
        case = _case(source.id, target, end.id, by, after)
        features = {"record": track_record(record.answers(case), ()), **teller.features(case)}
        gated = outcome is None and features["route"] not in ON_ROUTE
        made.append(_prediction(graph, end, features, weights, (whole, rest), signs, gated=gated))
        made[-1] = _recorded(made[-1], necessary(graph, source.id, end.id), target.id, by, after)
    order = ("abolished", "attenuated", "enhanced", "untouched", "undetermined")
    made.sort(key=lambda p: (order.index(p.verdict), p.basis == "foretold", -p.chance, p.outcome.name))
    asked: dict[str, Any] = {"block": target.name, "drug": source.name, "outcome": outcome, "by": by, "after": after}
    without = {*late, *gone}
    cuts = {end.name: _cuts(graph, influence, source.id, end.id, signs, without) for end in chosen} if outcome else {}
    return PredictAnswer(
        {k: v for k, v in asked.items() if v is not None}, target, source, tuple(made), cuts, _start(weights)
    )


def _measured(graph: MechanismGraph, drug: str) -> list[Entity]:
    """Give every outcome and readout that the drug was seen to move."""
    ends = {e.object for e in graph.out_edges(drug) if e.count("supports") and not e.derived}
    kinds = OUTCOMES | {"readout"}
    return sorted((graph.entities[e] for e in ends if graph.entities[e].kind in kinds), key=lambda e: e.name)


def _case(drug: str, target: Entity, outcome: str, by: float | None, after: float | None) -> Case:
    moment = by if by is not None else after
    hour = Hours(moment, moment, "") if moment is not None else None
    done = (Intervention("asked", target.id, "antagonist"),)
    asked = Experiment("asked.block", ASKER, done, outcome, "no_effect", "", drug=drug, measured_at=hour)
    return Case(asked, False, None)


def _learn(graph: MechanismGraph) -> Weights:
    rows = [(f, bool(case.effect)) for case, f, _ in replay(graph, answered(graph)) if not case.alone]
    return learn(rows)


def _start(weights: Weights) -> float:
    """Give the share of effects among all experiments, one more of either drawn in: never 0 or 1."""
    return (weights.effects + 1) / (weights.effects + weights.nones + 2)


def _prediction(
    graph: MechanismGraph,
    end: Entity,
    features: Mapping[str, str],
    weights: Weights,
    reaches: tuple[Reach, Reach],
    signs: Mapping[str, int],
    *,
    gated: bool,
) -> OutcomePrediction:
    sinks, sign = _sinks(graph, end.id, signs)
    if not reaches[0].best(sinks, sign):
        sign = None
    before, left = (reach.best(sinks, sign) for reach in reaches)
    lost = 1 - left / before if before else None
    asked = [f for f in CHOSEN if f != "tier" and features[f] != "unknown"]
    start = _start(weights)
    odds = weights.of(features, asked) + math.log(start / (1 - start))
    chance = 1 / (1 + math.exp(-odds))
    terms = tuple((f, features[f], weights.terms.get((f, features[f]), 0.0)) for f in asked)
    verdict = "undetermined"
    if not gated and chance >= LIKELY:
        verdict = "abolished" if lost is not None and lost > MOST else "attenuated"
    elif not gated and chance <= UNLIKELY:
        verdict = "untouched"
    remaining = _route(graph, reaches[1], sinks, sign)
    return OutcomePrediction(end, verdict, chance, terms, lost, remaining)


def _recorded(
    made: OutcomePrediction, known: NecessaryAnswer, target: str, by: float | None, after: float | None
) -> OutcomePrediction:
    """Let recorded experiments on this very target, in the asked window, speak where they agree."""
    for need in known.needs:
        if need.target.id != target:
            continue
        sides = ((need.needed, "attenuated"), (need.spared, "untouched"), (need.better, "enhanced"))
        found = [([x for x in side if _within(x, by, after)], verdict) for side, verdict in sides]
        spoken = [(rows, verdict) for rows, verdict in found if rows]
        if len(spoken) == 1:
            ((rows, verdict),) = spoken
            lost = any(x.observed == "abolishes" for x in rows)
            return replace(made, verdict="abolished" if lost else verdict, recorded=tuple(x.id for x in rows))
    return made


def _within(x: Experiment, by: float | None, after: float | None) -> bool:
    """Tell whether an experiment watched the asked window; without an hour, onset is early and duration late."""
    hour = x.hour
    if hour is None:
        if by is None and after is None:
            return True
        return (x.aspect == "onset" and after is None) or (x.aspect == "duration" and by is None)
    return (by is None or hour.low <= by) and (after is None or hour.high >= after)


def _sinks(graph: MechanismGraph, outcome: str, signs: Mapping[str, int]) -> tuple[list[str], int | None]:
    if outcome in signs:
        return [id for id in (RELIEF, *graph.parts(RELIEF)) if id in graph.entities], 1
    return [outcome], None


def _route(graph: MechanismGraph, reach: Reach, sinks: Iterable[str], sign: int | None) -> tuple[str, ...]:
    states = [(s, g) for s in sinks for g in ((1, -1) if sign is None else (sign,)) if (s, g) in reach.arcs]
    if not states:
        return ()
    state = max(states, key=lambda s: reach.strength[s])
    told = [graph.entities[state[0]].name]
    while state in reach.arcs:
        arc = reach.arcs[state]
        state = (arc.source, state[1] * arc.sign)
        told.append(graph.entities[arc.source].name)
    return tuple(reversed(told))


def _cuts(
    graph: MechanismGraph,
    influence: Influence,
    source: str,
    outcome: str,
    signs: Mapping[str, int],
    without: Collection[str],
) -> tuple[tuple[str, ...], ...]:
    """Give the smallest sets of places between drug and outcome that cut every route, at most CUTS of them.

    Routes begin with what the drug touches (its direct steps) where that is known: its other effects are what such
    routes explain.
    """
    import networkx as nx

    sinks, _ = _sinks(graph, outcome, signs)
    made: nx.DiGraph[str] = nx.DiGraph()
    plain = OUTCOMES | {"readout"}
    touches = any(a.source == source and a.edge.directness == "direct" for a in influence.arcs)
    for arc in influence.arcs:
        if arc.source == source and touches and arc.edge.directness != "direct":
            continue
        if {arc.source, arc.target} & set(without) or graph.entities[arc.source].kind in plain:
            continue
        ends = graph.entities[arc.target].kind in plain
        if ends and arc.target not in signs and arc.target != outcome:
            continue
        onward = "end" if ends and (outcome in signs or arc.target in sinks) else _whole(graph, arc.target)
        if _whole(graph, arc.source) != onward:
            made.add_edge(_whole(graph, arc.source), onward)
    if source not in made or "end" not in made or not nx.has_path(made, source, "end"):
        return ()
    if made.has_edge(source, "end"):
        return ()
    size = len(nx.minimum_node_cut(made, source, "end"))
    found: list[tuple[str, ...]] = []
    tried: set[frozenset[str]] = set()
    queue: list[frozenset[str]] = [frozenset()]
    while queue and len(found) < CUTS:
        kept = queue.pop(0)
        cut = _cut(made, source, kept)
        if cut is None or len(cut) > size or frozenset(cut) in tried:
            continue
        tried.add(frozenset(cut))
        found.append(tuple(sorted(graph.entities[c].name for c in cut)))
        queue += [kept | {c} for c in sorted(cut)]
    return tuple(sorted(found))


def _whole(graph: MechanismGraph, id: str) -> str:
    """Give the molecule or cell type that a part or kind belongs to: cutting the whole cuts its parts."""
    return next((w for w in reversed(graph.wholes(id)) if graph.entities[w].kind in CUT_AS_ONE), id)


CUT_AS_ONE: Final = frozenset({"receptor", "channel", "protein", "enzyme", "complex", "cell_type"})
CUTS: Final = 6
NEVER: Final = 10_000


def _cut(made: Any, source: str, kept: Collection[str]) -> set[str] | None:
    """Give a smallest cut that leaves some places alone, by a maximum flow through split nodes."""
    import networkx as nx

    flow: nx.DiGraph[tuple[str, int]] = nx.DiGraph()
    for node in made:
        fixed = node in (source, "end") or node in kept
        flow.add_edge((node, 0), (node, 1), capacity=NEVER if fixed else 1)
    for a, b in made.edges:
        flow.add_edge((a, 1), (b, 0), capacity=NEVER)
    value, (near, _) = nx.minimum_cut(flow, (source, 1), ("end", 0))
    if value >= NEVER:
        return None
    return {node for node in made if (node, 0) in near and (node, 1) not in near}
