"""What the best paths lack: rungs of the translational ladder, second papers, second groups, people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ketamech.graph.gap_answers import HUMAN, GapsAnswer, HumanStep, PathGaps, Rung
from ketamech.graph.mechanism import MechanismGraph
from ketamech.graph.model import Claim, Experiment
from ketamech.graph.path_answers import PathAnswer, StepAnswer
from ketamech.graph.vocabulary import TIERS
from ketamech.queries.paths import context_of, find_paths
from ketamech.queries.question import PathQuery
from ketamech.queries.routes import places_between
from ketamech.queries.steps import Step, StepRules, by_source, usable_steps

TRIES: Final = 8
FEW: Final = 5
MOST_RUNS: Final = 10_000


def gaps(graph: MechanismGraph, query: PathQuery) -> GapsAnswer:
    """Find the best paths of a question and the rung, papers and groups of every step; and what people showed.

    The longest stretch in people is looked for on all paths, not only on the best.

    Raises what `find_paths` raises.

    >>> from ketamech.loaders import load_default
    >>> answer = gaps(load_default(), PathQuery("ketamine", "5-HT1B binding", k=1))
    >>> [r.tier for r in answer.paths[0].rungs][-1] in ("primate", "human observational", "human controlled")
    True
    """
    found = find_paths(graph, query)
    paths = tuple(_gaps(p) for p in found.paths)
    walkable = _human_steps(graph, query, found.source.id, found.target.id)
    steps = dict.fromkeys(HumanStep(s.edge, _in_people(s)) for s in walkable)
    ends = tuple(c for c in found.end_to_end if c.tier in HUMAN)
    most = _most_human(graph, query, walkable, paths)
    return GapsAnswer(found.query, found.source, found.target, paths, found.names, tuple(steps), most, ends)


def _gaps(path: PathAnswer) -> PathGaps:
    return PathGaps(path, tuple(_rung(s) for s in path.steps))


def _rung(step: StepAnswer) -> Rung:
    said = _supporting(step)
    tier = max((e.tier for e in said), key=TIERS.index, default=TIERS[0])
    papers = tuple(sorted({e.paper.key for e in said}))
    groups = tuple(sorted({e.paper.lab for e in said}))
    return Rung(step, tier, papers, groups, tuple(e.id for e in said), _in_people(step))


def _human_steps(graph: MechanismGraph, query: PathQuery, source: str, target: str) -> list[Step]:
    """Give the steps between two entities that people showed, on whatever path they lie."""
    avoid = frozenset(graph.entity(name).id for name in query.avoid)
    rules = StepRules(target, context_of(graph, query), query.strict_context, query.min_strength, avoid)
    steps, _ = usable_steps(graph, rules)
    between = places_between(steps, source, target)
    return [s for s in steps if s.source in between and s.target in between and _in_people(s)]


def _most_human(
    graph: MechanismGraph, query: PathQuery, steps: Sequence[Step], best: Sequence[PathGaps]
) -> PathGaps | None:
    """Give the path with the longest run of steps that people showed, among the best and through every such run."""
    found = [p for p in best if p.human_stretch]
    most = max(found, key=lambda p: len(p.human_stretch), default=None)
    for run in _runs(steps)[:TRIES]:
        if most is not None and len(run) - 1 <= len(most.human_stretch):
            break
        inner = tuple(
            place for place in run if place not in (graph.entity(query.source).id, graph.entity(query.target).id)
        )
        through = find_paths(graph, replace(query, k=FEW, via=(*query.via, *inner)))
        made = [g for p in through.paths if len((g := _gaps(p)).human_stretch) >= len(run) - 1]
        most = made[0] if made else most
    return most


def _runs(steps: Sequence[Step]) -> list[tuple[str, ...]]:
    """Give every run of steps that join, as places without a return, the longest first."""
    onward = by_source(steps)
    found: dict[tuple[str, ...], None] = {}
    queue: list[tuple[str, ...]] = [(start,) for start in sorted(onward)]
    while queue and len(found) < MOST_RUNS:
        run = queue.pop(0)
        for step in onward.get(run[-1], ()):
            if step.target not in run:
                longer = (*run, step.target)
                found[longer] = None
                queue.append(longer)
    return sorted(found, key=lambda run: (-len(run), run))


def _supporting(step: Step | StepAnswer) -> list[Claim | Experiment]:
    return [e for e in step.evidence if not _objects(e, step)]


def _in_people(step: Step | StepAnswer) -> tuple[str, ...]:
    return tuple(e.id for e in _supporting(step) if e.tier in HUMAN)


def _objects(evidence: Claim | Experiment, step: Step | StepAnswer) -> bool:
    return evidence.stance != "supports" if isinstance(evidence, Claim) else evidence in step.edge.objections
