"""Rival accounts: what each rests on, what speaks against it, and where two of them can be told apart."""

from __future__ import annotations

from ketamech.graph.errors import UnknownName
from ketamech.graph.hypothesis_answers import (
    Decider,
    HypothesesAnswer,
    HypothesisAnswer,
    HypothesisComparison,
    StepCase,
)
from ketamech.graph.mechanism import Edge, MechanismGraph
from ketamech.graph.model import NOWHERE, Claim, Experiment, Hypothesis, Place, Record, Triple
from ketamech.graph.relief import relief_signs
from ketamech.graph.vocabulary import COMPOUNDS, LOWERING
from ketamech.queries.blockades import NEEDED, SPARED

LOST = "needs it: lost"
STAYS = "does not need it: stays"


def hypotheses(graph: MechanismGraph) -> HypothesesAnswer:
    """List every hypothesis with its strength, counter-evidence and blockades, the strongest first.

    >>> from ketamech.loaders import load_default
    >>> len(hypotheses(load_default()).answers) >= 9
    True
    """
    answers = [_answer(graph, h) for h in graph.knowledge.hypotheses]
    return HypothesesAnswer(tuple(sorted(answers, key=lambda a: (-a.strength, a.hypothesis.slug))))


def show_hypothesis(graph: MechanismGraph, slug: str) -> HypothesisAnswer:
    """Show one hypothesis; raise UnknownName.

    >>> from ketamech.loaders import load_default
    >>> show_hypothesis(load_default(), "disinhibition").hypothesis.slug
    'disinhibition'
    """
    return _answer(graph, _find(graph, slug))


def compare_hypotheses(graph: MechanismGraph, first: str, second: str) -> HypothesisComparison:
    """Hold two hypotheses against each other; raise UnknownName.

    They part on an experiment with a drug of both when what was taken away is needed after one of them only.

    >>> from ketamech.loaders import load_default
    >>> answer = compare_hypotheses(load_default(), "disinhibition", "direct-inhibition")
    >>> answer.first.hypothesis.slug, len(answer.deciders) > 0
    ('disinhibition', True)
    """
    a, b = show_hypothesis(graph, first), show_hypothesis(graph, second)
    mine, theirs = set(a.hypothesis.triples), set(b.hypothesis.triples)
    deciders = []
    common = a.hypothesis.subjects & b.hypothesis.subjects
    for x in _relief_experiments(graph):
        if x.drug not in common:
            continue
        needs = [_needs(graph, h.hypothesis, x) for h in (a, b)]
        if needs[0] is needs[1]:
            continue
        says = tuple(LOST if need else STAYS for need in needs)
        lost = x.observed in NEEDED
        fits = (a if needs[0] is lost else b).hypothesis.slug
        deciders.append(Decider(x, says[0], says[1], fits))
    return HypothesisComparison(
        a,
        b,
        tuple(s for s in a.steps if s.step.triple in theirs),
        tuple(s for s in a.steps if s.step.triple not in theirs),
        tuple(s for s in b.steps if s.step.triple not in mine),
        tuple(sorted(deciders, key=lambda d: d.experiment.id)),
        graph.labels,
    )


def _find(graph: MechanismGraph, slug: str) -> Hypothesis:
    for h in graph.knowledge.hypotheses:
        if slug.casefold() in (h.slug, h.name.casefold()):
            return h
    from difflib import get_close_matches

    slugs = [h.slug for h in graph.knowledge.hypotheses]
    near = [s for s in slugs if slug.casefold() in s] or get_close_matches(slug.casefold(), slugs, 3)
    raise UnknownName("hypothesis", slug, near or slugs)


def _answer(graph: MechanismGraph, h: Hypothesis) -> HypothesisAnswer:
    steps = tuple(StepCase(s, _edge(graph, s.triple)) for s in h.steps)
    records = {r.id: r for r in graph.knowledge.records if r.id in h.against}
    counter: dict[str, Record] = {id: records[id] for id in h.against if id in records}
    human: dict[str, Claim | Experiment] = {}
    for case in steps:
        for c in case.edge.claims if case.edge else ():
            if c.stance != "supports":
                counter.setdefault(c.id, c)
            if c.context.species == "human":
                human.setdefault(c.id, c)
    tested = [x for x in _relief_experiments(graph) if _needs(graph, h, x)]
    human |= {x.id: x for x in tested if x.context.species == "human"}
    return HypothesisAnswer(
        h,
        steps,
        tuple(counter.values()),
        tuple(x for x in tested if x.observed in NEEDED),
        tuple(x for x in tested if x.observed in SPARED),
        tuple(human[id] for id in sorted(human)),
        graph.labels,
        graph.entities,
    )


def _edge(graph: MechanismGraph, triple: Triple) -> Edge | None:
    subject, predicate, object = triple
    found = [e for e in graph.between(subject, object) if e.predicate == predicate]
    return min(found, key=lambda e: e.derived) if found else None


def _relief_experiments(graph: MechanismGraph) -> list[Experiment]:
    """Give the experiments that took one target away and watched a drug's relief."""
    signs = relief_signs(graph)
    return [
        x
        for x in graph.knowledge.experiments
        if x.drug
        and x.outcome in signs
        and len(x.interventions) == 1
        and x.interventions[0].mode in LOWERING
        and x.observed in NEEDED | SPARED
        and not x.paper.retracted
        and graph.entities[x.interventions[0].target].kind not in COMPOUNDS
    ]


def _needs(graph: MechanismGraph, h: Hypothesis, x: Experiment) -> bool:
    """Tell whether a hypothesis predicts that what an experiment took away was needed.

    It speaks of its own drugs only. What is removed everywhere is removed in the place it names, too; what was removed
    in some other place, or tested for the onset where only the duration depends on it, says nothing of it. The loss
    of a part tells of the whole; that a part can be missed says nothing of the whole.
    """
    done = x.interventions[0]
    return x.drug in h.subjects and any(
        _is_target(graph, x, done.target, need.target)
        and _lies_in(graph, done.place, need.place)
        and (need.aspect is None or x.aspect == need.aspect)
        for need in h.targets
    )


def _is_target(graph: MechanismGraph, x: Experiment, removed: str, needed: str) -> bool:
    return graph.within(needed, removed) if x.observed in SPARED else graph.within(removed, needed)


def _lies_in(graph: MechanismGraph, place: Place, asked: Place) -> bool:
    if place == NOWHERE or asked == NOWHERE:
        return True
    pairs = ((place.region, asked.region), (place.cell_type, asked.cell_type))
    return all(want is None or (have is not None and graph.within(have, want)) for have, want in pairs)
