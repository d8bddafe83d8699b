"""Putting an answer together: references, remarks on context and time, and what was seen end to end."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from ketamech.graph.mechanism import MechanismGraph
from ketamech.graph.model import Claim, Entity, Paper
from ketamech.graph.path_answers import PathAnswer, SetAside, StepAnswer
from ketamech.graph.views import Reference
from ketamech.graph.vocabulary import OUTCOMES, PREDICATES, TIERS
from ketamech.queries.context import ContextFilter, Fit, judge
from ketamech.queries.mediation import CARRIES, SPARES
from ketamech.queries.routes import Ask, Route, opposed, rank_of
from ketamech.queries.seams import is_seam
from ketamech.queries.steps import Step
from ketamech.queries.telling import tell_path
from ketamech.queries.timing import Onset

NOT_CARRIERS = OUTCOMES | {"readout"}


def answer_path(
    route: Route,
    ask: Ask,
    jumps: Sequence[Step],
    graph: MechanismGraph,
    known: Mapping[str, Onset],
    until: float | None,
    numbers: dict[str, Reference],
) -> PathAnswer:
    """Turn a route into an answer: numbered references, remarks, telling."""
    steps = route.steps
    made = tuple(_step_answer(s, graph, numbers) for s in steps)
    sign = math.prod(s.sign for s in steps) or None
    nodes = (made[0].source, *(s.target for s in made))
    score = round(rank_of(route, ask, graph), 6)
    remarks = (
        *_tested(nodes, ask),
        *_against(route, ask, graph),
        *_remarks(made, [n.id for n in nodes], graph, known, until),
    )
    stretches = _stretches(steps, [n.id for n in nodes], jumps, graph)
    return PathAnswer(nodes, made, score, sign, tell_path(made, sign), route.coarse, remarks, stretches)


def _step_answer(step: Step, graph: MechanismGraph, numbers: dict[str, Reference]) -> StepAnswer:
    papers: dict[str, Paper] = {}
    for piece in step.evidence:
        papers.setdefault(piece.paper.key, piece.paper)
    cited = []
    for key, paper in sorted(papers.items()):
        numbers.setdefault(key, Reference(len(numbers) + 1, paper))
        cited.append(numbers[key].number)
    rolled = []
    for own, place, end in ((step.edge.subject, step.source, "subject"), (step.edge.object, step.target, "object")):
        if own != place:
            rolled.append(f"{graph.entities[own].name} (part or kind of {graph.entities[place].name}) ({end})")
    return StepAnswer(
        step.edge,
        graph.entities[step.source],
        graph.entities[step.target],
        step.sign,
        step.strength,
        step.evidence,
        tuple(sorted(cited)),
        step.unknown,
        tuple(rolled),
        step.also,
    )


def _remarks(
    steps: Sequence[StepAnswer],
    nodes: Sequence[str],
    graph: MechanismGraph,
    known: Mapping[str, Onset],
    until: float | None,
) -> tuple[str, ...]:
    found = []
    species = [{e.context.species for e in s.evidence if e.context.species} for s in steps if _acts(s)]
    known_species = [values for values in species if values]
    if known_species and not set.intersection(*known_species):
        found.append(f"stitched from different species: {', '.join(sorted(set().union(*known_species)))}")
    seams = [
        left.target.name
        for left, right in pairwise(steps)
        if _acts(right) and is_seam(left.target.id, left.evidence, right.evidence, graph)
    ]
    if seams:
        found.append(f"joins evidence from different regions at {', '.join(seams)}")
    hours = [(graph.entities[n].name, known[n].seen_by) for n in nodes if n in known]
    seen = [(name, hour) for name, hour in hours if hour is not None]
    absent = {graph.entities[n].name: known[n] for n in nodes if n in known}
    for (early, _), (late, hour) in pairwise(seen):
        if absent[early].absent_at(hour):
            found.append(f"known hours run backwards: {late} is seen at {hour:g} h, {early} is absent then")
    if until is not None:
        found += _earliest([(graph.entities[n].name, known[n]) for n in nodes if n in known], until)
        blank = [graph.entities[n].name for n in nodes[1:] if n not in known or known[n].seen_by is None]
        if blank:
            found.append(f"hour not known for: {', '.join(blank)}")
    unknown = sum(s.unknown for s in steps)
    if unknown:
        found.append(f"{unknown} pieces of evidence do not report the asked context")
    return tuple(found)


def _earliest(known: Sequence[tuple[str, Onset]], until: float) -> Iterable[str]:
    """Tell the hour by which each place was first seen; apart, what was seen after the asked hour only."""
    in_time: list[str] = []
    late: list[str] = []
    unwatched: list[str] = []
    for name, onset in known:
        if onset.seen_by is not None and onset.first_seen is not None:
            here = in_time if onset.first_seen <= until else late if onset.watched_by(until) else unwatched
            here.append(f"{name} {round(onset.seen_by, 2):g} h")
    if in_time:
        yield f"earliest hour on record: {', '.join(in_time)}"
    if unwatched:
        yield f"no finding gives an hour up to {until:g} h, seen later: {', '.join(unwatched)}"
    if late:
        yield f"looked for up to {until:g} h and not seen, seen later: {', '.join(late)}"


def _tested(nodes: Sequence[Entity], ask: Ask) -> Iterable[str]:
    """Say which places were shown to carry the drug's effect on the outcome, and which not to."""
    for factor, words in ((CARRIES, "taking it away took the effect away"), (SPARES, "the effect stayed without it")):
        found = [n.name for n in nodes[1:-1] if ask.credit.get(n.id) == factor and n.kind not in NOT_CARRIERS]
        if found:
            yield f"{words}: {', '.join(found)}"


def _against(route: Route, ask: Ask, graph: MechanismGraph) -> Iterable[str]:
    """Say which places the route moves against what the drug was seen to do to them."""
    found = [graph.entities[place].name for place in opposed(route, ask)]
    if found:
        yield f"moved here against what {graph.entities[ask.source].name} was seen to do: {', '.join(found)}"


def _acts(step: StepAnswer) -> bool:
    return PREDICATES[step.edge.predicate].role == "step"


def _stretches(
    steps: Sequence[Step], nodes: Sequence[str], jumps: Sequence[Step], graph: MechanismGraph
) -> tuple[str, ...]:
    found = []
    own = {s.key for s in steps}
    for jump in jumps:
        if jump.key in own or jump.source not in nodes or jump.target not in nodes:
            continue
        i, j = nodes.index(jump.source), nodes.index(jump.target)
        if j - i >= 2 and math.prod(s.sign for s in steps[i:j]) == jump.sign:
            found.append(jump.edge.id)
    return tuple(dict.fromkeys(found))


def end_to_end(
    graph: MechanismGraph, source: str, target: str, asked: ContextFilter, *, strict: bool = False
) -> tuple[list[Claim], list[SetAside]]:
    """Give the overall claims from source to target or its readouts, and those whose context does not fit.

    Those that support come first; people before monkeys, rodents and dishes, then the newest.
    """
    ends = {target, *graph.parts(target)}
    ends |= {e.subject for end in tuple(ends) for e in graph.in_edges(end) if e.predicate == "is_readout_of"}
    kept, aside = [], []
    for edge in graph.out_edges(source):
        if edge.object not in ends or edge.derived or edge.directness != "overall":
            continue
        for claim in edge.claims:
            verdict = judge(claim, asked, graph)
            if verdict.fit is Fit.UNFIT or (strict and verdict.fit is Fit.UNKNOWN):
                name = f"{graph.entities[source].name} {edge.predicate} {graph.entities[edge.object].name}"
                aside.append(SetAside("end to end", name, verdict.reason, (claim.id,)))
            else:
                kept.append(claim)
    return sorted(kept, key=_plainest_first), aside


def _plainest_first(claim: Claim) -> tuple[bool, int, int, str]:
    return (claim.stance != "supports", -TIERS.index(claim.tier), -claim.paper.year, claim.id)


def net_sign(ends: Sequence[Claim], target: str, graph: MechanismGraph) -> int | None:
    """Give the sign of the effect on the target that is seen end to end, by majority; None when there is none.

    A readout counts with its own sign (less immobility is more of what it reads out); nulls and retracted papers
    do not vote.
    """
    wholes = (target, *graph.parts(target))
    reads = {e.subject: e.sign for end in wholes for e in graph.in_edges(end) if e.predicate == "is_readout_of"}
    votes = 0
    for claim in (c for c in ends if not c.paper.retracted):
        sign = PREDICATES[claim.predicate].sign * reads.get(claim.object, 1)
        votes += {"supports": sign, "refutes": -sign}.get(claim.stance, 0)
    return (votes > 0) - (votes < 0) or None
