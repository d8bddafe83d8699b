"""What becomes of a drug's effects when a target is taken away, and which targets together carry them."""

from __future__ import annotations

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
SURE: Final = 0.4
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

    Where experiments on this very target, drug and class of outcome are recorded and agree, they are the answer
    (`basis` recorded). Else the track record of the target and the asked hour speak, as scored by `validate`: by more
    than SURE log odds for an effect, and with the target on a known route to the outcome, it is abolished when more
    than MOST of the best route's strength is lost with the target, else attenuated. By as much against: untouched.
    In between, or off every known route: undetermined.
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
    whole, rest = influence.forward(source.id, late), influence.forward(source.id, gone | set(late))
    made = []
    for end in chosen:
        case = _case(source.id, target, end.id, by, after)
        features = {"record": track_record(record.answers(case), ()), **teller.features(case)}
        made.append(_prediction(graph, end, features, weights, (whole, rest), signs))
        made[-1] = _recorded(made[-1], necessary(graph, source.id, end.id), target.id, by, after)
    order = ("abolished", "attenuated", "untouched", "undetermined")
    made.sort(key=lambda p: (order.index(p.verdict), -p.log_odds, p.outcome.name))
    asked: dict[str, Any] = {"block": target.name, "drug": source.name, "outcome": outcome, "by": by, "after": after}
    cuts = {end.name: _cuts(graph, influence, source.id, end.id, signs, late) for end in chosen} if outcome else {}
    return PredictAnswer({k: v for k, v in asked.items() if v is not None}, target, source, tuple(made), cuts)


def _measured(graph: MechanismGraph, drug: str) -> list[Entity]:
    """Give every outcome and readout that the drug was seen to move."""
    ends = {e.object for e in graph.out_edges(drug) if e.count("supports") and not e.derived}
    kinds = OUTCOMES | {"readout"}
    return sorted((graph.entities[e] for e in ends if graph.entities[e].kind in kinds), key=lambda e: e.name)


def _case(drug: str, target: Entity, outcome: str, by: float | None, after: float | None) -> Case:
    hour = Hours(after or 0.0, by if by is not None else after or 0.0, "") if by is not None or after else None
    done = (Intervention("asked", target.id, "antagonist"),)
    asked = Experiment("asked.block", ASKER, done, outcome, "no_effect", "", drug=drug, measured_at=hour)
    return Case(asked, False, None)


def _learn(graph: MechanismGraph) -> Weights:
    rows = [(f, bool(case.effect)) for case, f, _ in replay(graph, answered(graph)) if not case.alone]
    return learn(rows)


def _prediction(
    graph: MechanismGraph,
    end: Entity,
    features: Mapping[str, str],
    weights: Weights,
    reaches: tuple[Reach, Reach],
    signs: Mapping[str, int],
) -> OutcomePrediction:
    sinks, sign = _sinks(graph, end.id, signs)
    if not reaches[0].best(sinks, sign):
        sign = None
    before, left = (reach.best(sinks, sign) for reach in reaches)
    lost = 1 - left / before if before else None
    asked = [f for f in CHOSEN if f != "tier" and features[f] != "unknown"]
    odds = weights.of(features, asked)
    terms = tuple((f, features[f], weights.terms.get((f, features[f]), 0.0)) for f in asked)
    terms += (("route", features["route"], 0.0),)
    verdict = "untouched" if odds < -SURE else "undetermined"
    if odds > SURE and features["route"] in ON_ROUTE:
        verdict = "abolished" if lost is not None and lost > MOST else "attenuated"
    remaining = _route(graph, reaches[1], sinks, sign)
    return OutcomePrediction(end, verdict, odds, terms, lost, remaining)


def _recorded(
    made: OutcomePrediction, known: NecessaryAnswer, target: str, by: float | None, after: float | None
) -> OutcomePrediction:
    """Let recorded experiments on this very target, in the asked window, speak where they agree."""
    for need in known.needs:
        needed, spared = (
            [x for x in side if _within(x, by, after)] if need.target.id == target else []
            for side in (need.needed, need.spared)
        )
        if bool(needed) is not bool(spared):
            lost = any(x.observed == "abolishes" for x in needed)
            verdict = "untouched" if spared else "abolished" if lost else "attenuated"
            return replace(made, verdict=verdict, recorded=tuple(x.id for x in (*needed, *spared)))
    return made


def _within(x: Experiment, by: float | None, after: float | None) -> bool:
    hour = x.measured_at or x.context.time
    if hour is None:
        return by is None and after is None
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
        made.add_edge(arc.source, "end" if ends and (outcome in signs or arc.target in sinks) else arc.target)
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
