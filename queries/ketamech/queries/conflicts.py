"""Where findings contradict each other, and whether their contexts explain it.

Two claims on one subject and object contradict when one says raises and the other lowers, or when one says so and
the other tested the same and saw nothing. Two experiments contradict when one target was needed for a drug's effect
and was not. Outcomes that tell of relief (ketamech.graph.relief) are one class, each turned by its sign; parts of a
target count with the whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from ketamech.graph.conflict_answers import Conflict, ConflictsAnswer, Objection, Side
from ketamech.graph.mechanism import MechanismGraph
from ketamech.graph.model import Claim, Experiment
from ketamech.graph.relief import outcome_class, relief_signs
from ketamech.graph.vocabulary import COMPOUNDS, LOWERING, PREDICATES
from ketamech.queries.axes import DIFFERS, Axis, axes_of, compare_sides, settle
from ketamech.queries.blockades import BETTER, NEEDED, SPARED

SAYS: Final = {1: "raises it", -1: "lowers it", 0: "changes it"}
NULL: Final = "no effect, or the opposite"


def conflicts(graph: MechanismGraph, first: str | None = None, second: str | None = None) -> ConflictsAnswer:
    """List the disputes of the whole knowledge, of one entity, or of one edge (by both its ends).

    Raises UnknownName or AmbiguousName.

    >>> from ketamech.loaders import load_default
    >>> answer = conflicts(load_default(), "ketamine", "5-HT1B binding")
    >>> [(o.verdict, o.axes) for o in answer.conflicts[0].objections]
    [('differs', ('species',))]
    """
    about = tuple(graph.entity(name).id for name in (first, second) if name)
    signs = relief_signs(graph)
    axes = axes_of(graph)
    found = [*_claim_conflicts(graph, signs, axes), *_experiment_conflicts(graph, signs, axes)]
    wanted = [c for c in found if all(_touches(c, id, graph, signs) for id in about)]
    wanted.sort(key=lambda c: (-c.size, c.kind, c.subject, c.object, c.drug or ""))
    return ConflictsAnswer(tuple(graph.entities[id].name for id in about), tuple(wanted), graph.labels)


def _touches(conflict: Conflict, id: str, graph: MechanismGraph, signs: dict[str, int]) -> bool:
    ends = {conflict.subject, conflict.object, conflict.drug or "", *_measured(conflict)}
    places = {p for side in _sides(conflict) for e in side.evidence for p in (*e.regions, *e.cell_types)}
    return any(end and graph.within(end, id) for end in ends | places) or (
        id in signs and conflict.object == outcome_class(id, signs) and not _measured(conflict) - {id}
    )


def _sides(conflict: Conflict) -> Iterable[Side]:
    return (conflict.leading, *(o.side for o in conflict.objections))


def _measured(conflict: Conflict) -> set[str]:
    pieces = (e for side in _sides(conflict) for e in side.evidence)
    return {e.outcome if isinstance(e, Experiment) else e.object for e in pieces}


def _claim_conflicts(graph: MechanismGraph, signs: dict[str, int], axes: Sequence[Axis]) -> Iterable[Conflict]:
    groups: dict[tuple[str, str], list[Claim]] = {}
    for claim in graph.knowledge.claims:
        rule = PREDICATES[claim.predicate]
        if rule.role in ("rollup", "last") or claim.predicate in ("precedes", "located_in") or claim.paper.retracted:
            continue
        groups.setdefault((claim.subject, outcome_class(claim.object, signs)), []).append(claim)
    for (subject, object), claims in sorted(groups.items()):
        yield from _dispute(subject, object, claims, signs, axes)


def _direction(claim: Claim, signs: dict[str, int]) -> int:
    rule = PREDICATES[claim.predicate]
    return (claim.sign if rule.own_sign else rule.sign) * signs.get(claim.object, 1)


def _dispute(
    subject: str, object: str, claims: Sequence[Claim], signs: dict[str, int], axes: Sequence[Axis]
) -> Iterable[Conflict]:
    said: dict[int, list[Claim]] = {}
    denied: dict[int, list[Claim]] = {}
    for claim in claims:
        side = said if claim.stance == "supports" else denied
        side.setdefault(_direction(claim, signs), []).append(claim)
    if not said:
        return
    leading = max(said, key=lambda d: (len({c.paper.lab for c in said[d]}), len(said[d]), d))
    against = [Side(NULL, tuple(denied[leading]))] if leading in denied else []
    against += [Side(SAYS[-leading], tuple(said[-leading]))] if leading and -leading in said else []
    if against:
        yield _conflict("claim", subject, object, None, Side(SAYS[leading], tuple(said[leading])), against, axes)


def _experiment_conflicts(graph: MechanismGraph, signs: dict[str, int], axes: Sequence[Axis]) -> Iterable[Conflict]:
    single = [
        x
        for x in graph.knowledge.experiments
        if x.drug and len(x.interventions) == 1 and not x.paper.retracted and x.interventions[0].mode in LOWERING
    ]
    keys: dict[tuple[str, str, str], list[Experiment]] = {}
    for x in single:
        target = x.interventions[0].target
        if graph.entities[target].kind in COMPOUNDS:
            continue
        for whole in (target, *graph.wholes(target)):
            keys.setdefault((whole, x.drug or "", outcome_class(x.outcome, signs)), []).append(x)
    told: list[frozenset[str]] = []
    for (target, drug, outcome), found in sorted(keys.items(), key=lambda item: (-len(item[1]), item[0])):
        sides = [
            Side(words, tuple(x for x in found if x.observed in seen))
            for words, seen in (
                ("needed: without it the effect is lost or smaller", NEEDED),
                ("not needed: without it the effect stays", SPARED),
                ("without it the effect is larger or lasts longer", BETTER),
            )
        ]
        sides = [s for s in sides if s.evidence]
        pieces = frozenset(x.id for s in sides for x in s.evidence)
        if len(sides) < 2 or any(pieces <= other for other in told):
            continue
        told.append(pieces)
        yield _conflict("experiment", target, outcome, drug, sides[0], sides[1:], axes)


def _conflict(
    kind: str,
    subject: str,
    object: str,
    drug: str | None,
    leading: Side,
    against: Sequence[Side],
    axes: Sequence[Axis],
) -> Conflict:
    objections = tuple(_objection(leading, side, axes) for side in against)
    return Conflict(kind, subject, object, drug, leading, objections)


def _objection(leading: Side, side: Side, axes: Sequence[Axis]) -> Objection:
    """Settle one objection between papers or, where that does not, by papers that saw both sides themselves."""
    findings = compare_sides(axes, leading.evidence, side.evidence)
    verdict, carried = settle(findings)
    both = tuple(sorted(set(leading.papers) & set(side.papers)))
    if verdict != DIFFERS and both:
        own = compare_sides(axes, leading.evidence, side.evidence, within=True)
        shown, by = settle(own)
        if shown == DIFFERS or not findings[0].total:
            return Objection(side, shown, by, own, both)
    return Objection(side, verdict, carried, findings)
