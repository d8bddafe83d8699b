"""Replay experiments without the knowledge of their own group, and count how often the foretelling came true."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Final

from ketamech.graph.mechanism import MechanismGraph
from ketamech.graph.model import Experiment, Paper
from ketamech.graph.prediction_answers import Score, Scored, ValidateAnswer
from ketamech.queries.foretell import CHOSEN, FEATURES, Case, Foreteller, Record, answered, case_of, learn, track_record

RESAMPLES: Final = 2000
PARTS: Final = {
    "all nine features": FEATURES,
    "routes only": ("route",),
    "record of the target only": ("record",),
}
Features = dict[str, str]
Learned = list[tuple[Features, Case]]
Kept = tuple[Scored, Case, Features, Learned]


def validate(
    graph: MechanismGraph,
    experiments: Sequence[Experiment] | None = None,
    unknown: Sequence[tuple[str, str]] = (),
) -> ValidateAnswer:
    """Score the foretelling on every recorded experiment, or on others that the knowledge has not seen.

    Each is foretold from the knowledge without its paper and all papers of its group (same senior author, DOI or
    PMID). `unknown` names experiments that could not be read, with the reason; they are listed, never dropped.
    Effect against no effect; the interval resamples groups (senior authors), since papers of one are not independent.
    Where only one of the two answers occurs the score is not defined (None). The fraction is a balanced accuracy
    (0.5 is chance).

    >>> from ketamech.loaders import load_default
    >>> answer = validate(load_default())
    >>> answer.score.name, answer.score.effects + answer.score.nones == len(answer.scored)
    ('record, tier and hour', True)
    """
    asked = graph.knowledge.experiments if experiments is None else experiments
    aside = [*unknown]
    cases: list[Case] = []
    for x in asked:
        case = case_of(graph, x)
        if case is None or case.effect is None:
            aside.append((x.id, _reason(x, case)))
        else:
            cases.append(case)
    kept: list[Kept] = []
    for case, features, learned in replay(graph, cases):
        weights = learn([(f, bool(c.effect)) for f, c in learned])
        odds = weights.of(features, CHOSEN)
        terms = tuple((f, features[f], weights.terms.get((f, features[f]), 0.0)) for f in CHOSEN)
        kept.append((Scored(case.experiment, odds >= 0, bool(case.effect), odds, terms), case, features, learned))
    kept.sort(key=lambda row: row[0].experiment.id)
    scored = tuple(row[0] for row in kept)
    others = [_part(name, only, kept) for name, only in PARTS.items()]
    others += [_baseline(name, guess, kept) for name, guess in BASELINES.items()]
    ungrouped = sum(not s.experiment.paper.group for s in scored)
    score = _score("record, tier and hour", [(_unit(s.experiment.paper), s.predicted, s.effect) for s in scored])
    return ValidateAnswer(scored, tuple(sorted(aside)), score, tuple(others), ungrouped, graph.labels)


def replay(graph: MechanismGraph, cases: Sequence[Case]) -> Iterable[tuple[Case, Features, Learned]]:
    """Give each case with its features, and the answered cases it may learn from, all without its own group.

    The features of a case to learn from are read without that case's own group, too, and its `record` also without
    the group of the case to be foretold. Its `route` and `touched` still know the claims (not the experiments) of that
    group; they are no part of the chosen predictor.
    """
    own = answered(graph)
    record = Record(graph, own)
    groups = {case.experiment.paper.key: _group(graph, case.experiment.paper) for case in (*own, *cases)}
    base: dict[int, tuple[Features, tuple[tuple[str, bool], ...]]] = {}
    tellers: dict[tuple[str, ...], Foreteller] = {}
    for case in (*own, *cases):
        group = groups[case.experiment.paper.key]
        if group not in tellers:
            tellers[group] = Foreteller(graph.without(group))
        base[id(case)] = (tellers[group].features(case), record.answers(case))

    def full(case: Case, excluded: Collection[str]) -> Features:
        features, answers = base[id(case)]
        return {"record": track_record(answers, {*groups[case.experiment.paper.key], *excluded}), **features}

    for case in cases:
        group = groups[case.experiment.paper.key]
        usable = [c for c in own if c.alone is case.alone and c.experiment.paper.key not in group]
        yield case, full(case, group), [(full(c, group), c) for c in usable]


def _group(graph: MechanismGraph, paper: Paper) -> tuple[str, ...]:
    """Name every paper that must not help: the paper itself, under any key, and those of the same senior author."""
    papers = graph.knowledge.papers
    same = [p for p in papers if p.key == paper.key or _one_paper(p, paper)]
    heads = {_head(p) for p in (paper, *same) if p.group}
    return tuple(sorted({paper.key, *(p.key for p in papers if p in same or (p.group and _head(p) in heads))}))


def _one_paper(a: Paper, b: Paper) -> bool:
    doi = a.doi and b.doi and a.doi.lower() == b.doi.lower()
    return bool(doi or (a.pmid and a.pmid == b.pmid))


def _head(paper: Paper) -> str:
    """Give surname and first initial of the senior author: `Yang J-J` is `Yang JJ`, `Zarate CA Jr` is `Zarate CA`."""
    surname, _, initials = (paper.group or "").partition(" ")
    return f"{surname} {initials[:1]}".casefold()


def _reason(x: Experiment, case: Case | None) -> str:
    if case is not None:
        return f"observed `{x.observed}` is neither an effect nor its absence"
    if len(x.interventions) != 1:
        return "several interventions at once"
    if x.paper.retracted:
        return "the paper is retracted"
    return "asks something else: a compound given instead, or a target raised"


def _unit(paper: Paper) -> str:
    """Name what is independent of the rest: the senior author, else the paper."""
    return _head(paper) if paper.group else paper.key


def _part(name: str, only: Sequence[str], kept: Sequence[Kept]) -> Score:
    pairs = []
    for s, _, features, learned in kept:
        weights = learn([({f: row[f] for f in only}, bool(c.effect)) for row, c in learned])
        pairs.append((_unit(s.experiment.paper), weights.of(features, only) >= 0, s.effect))
    return _score(name, pairs)


def _commonest(case: Case, features: Features, learned: Learned) -> bool:
    return _most(c.effect for _, c in learned)


def _commonest_of_target(case: Case, features: Features, learned: Learned) -> bool:
    target = case.experiment.interventions[0].target
    same = [c.effect for _, c in learned if c.experiment.interventions[0].target == target]
    return _most(same) if same else _commonest(case, features, learned)


def _reachable(case: Case, features: Features, learned: Learned) -> bool:
    return features["route"] not in ("off the routes", "unconnected", "no route known")


BASELINES: Final[dict[str, Callable[[Case, Features, Learned], bool]]] = {
    "commonest answer": _commonest,
    "commonest answer for that target elsewhere": _commonest_of_target,
    "plain reachability": _reachable,
}


def _most(answers: Iterable[bool | None]) -> bool:
    counts = Counter(bool(a) for a in answers)
    return counts[True] >= counts[False]


def _baseline(name: str, guess: Callable[[Case, Features, Learned], bool], kept: Sequence[Kept]) -> Score:
    rows = [
        (_unit(s.experiment.paper), guess(case, features, learned), s.effect) for s, case, features, learned in kept
    ]
    return _score(name, rows)


def _score(name: str, rows: Sequence[tuple[str, bool, bool]]) -> Score:
    """Score rows of (independent unit, predicted, observed); the interval draws whole units."""
    by_unit: dict[str, list[tuple[bool, bool]]] = {}
    for unit, predicted, effect in rows:
        by_unit.setdefault(unit, []).append((predicted, effect))
    pairs = [(predicted, effect) for _, predicted, effect in rows]
    found = [sum(p is e for p, e in pairs if e is side) for side in (True, False)]
    sizes = [sum(e is side for _, e in pairs) for side in (True, False)]
    value = balanced_accuracy(pairs)
    low, high = _interval(list(by_unit.values())) if value is not None else (None, None)
    return Score(name, value, low, high, found[0], sizes[0], found[1], sizes[1])


def _interval(units: Sequence[Sequence[tuple[bool, bool]]]) -> tuple[float | None, float | None]:
    drawn = random.Random(20261121)  # noqa: S311 - a fixed seed, so that the interval is the same each time
    values = []
    for _ in range(RESAMPLES):
        value = balanced_accuracy([row for rows in drawn.choices(units, k=len(units)) for row in rows])
        if value is not None:
            values.append(value)
    values.sort()
    return (values[int(len(values) * 0.025)], values[int(len(values) * 0.975)]) if values else (None, None)


def balanced_accuracy(rows: Sequence[tuple[bool, bool]]) -> float | None:
    """Give the mean of both recalls of (predicted, observed) pairs; None when one answer never occurs.

    >>> balanced_accuracy([(True, True), (True, True), (True, False), (False, False)])
    0.75
    """
    recalls = []
    for side in (True, False):
        mine = [predicted is side for predicted, observed in rows if observed is side]
        if not mine:
            return None
        recalls.append(sum(mine) / len(mine))
    return sum(recalls) / 2
