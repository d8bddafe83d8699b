"""Where findings contradict each other, and whether their contexts explain it.

Two claims on one subject and object contradict when one says raises and the other lowers, or when one says so and
the other tested the same and saw nothing. Two experiments contradict when one target was needed for a drug's effect
and was not. Outcomes that tell of relief (ketamech.graph.relief) are one class, each turned by its sign; parts of a
target count with the whole.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Final

from ketamech.graph.conflict_answers import Conflict, ConflictsAnswer, Objection, Side
from ketamech.graph.mechanism import MechanismGraph
from ketamech.graph.model import Claim, Experiment
from ketamech.graph.relief import outcome_class, relief_signs
from ketamech.graph.vocabulary import COMPOUNDS, LOWERING, PREDICATES, RAISING
from ketamech.queries.axes import DIFFERS, STRONG, Axis, axes_of, compare_sides, contrasts, settle
from ketamech.queries.blockades import BETTER, NEEDED, SPARED

SAYS: Final = {1: "raises it", -1: "lowers it", 0: "changes it"}
GOES: Final = {1: "more goes with more", -1: "more goes with less", 0: "they go together"}
NULL: Final = "no effect, or the opposite"
MATTERS: Final = "it matters: without it the effect is lost or smaller"
SPARES: Final = "it does not matter: without it the effect stays"
MOVES: Final = "driving it changes the effect"
HINDERS: Final = "it holds the effect back: without it the effect is larger or lasts longer"


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
    places = {p for side in conflict.sides for e in side.evidence for p in (*e.regions, *e.cell_types)}
    return any(end and graph.within(end, id) for end in ends | places) or (
        id in signs and conflict.object == outcome_class(id, signs) and not _measured(conflict) - {id}
    )


def _measured(conflict: Conflict) -> set[str]:
    pieces = (e for side in conflict.sides for e in side.evidence)
    return {e.outcome if isinstance(e, Experiment) else e.object for e in pieces}


def _claim_conflicts(graph: MechanismGraph, signs: dict[str, int], axes: Sequence[Axis]) -> Iterable[Conflict]:
    """Group claims by subject and class of object; associations are disputed apart from causes."""
    groups: dict[tuple[str, str, bool], list[Claim]] = {}
    for claim in graph.knowledge.claims:
        rule = PREDICATES[claim.predicate]
        if rule.role in ("rollup", "last") or claim.predicate in ("precedes", "located_in") or claim.paper.retracted:
            continue
        groups.setdefault((claim.subject, outcome_class(claim.object, signs), rule.own_sign), []).append(claim)
    for (subject, object, goes_with), claims in sorted(groups.items()):
        yield from _dispute(subject, object, claims, signs, axes, "association" if goes_with else "claim")


def _direction(claim: Claim, signs: dict[str, int]) -> int:
    rule = PREDICATES[claim.predicate]
    return (claim.sign if rule.own_sign else rule.sign) * signs.get(claim.object, 1)


def _dispute(
    subject: str, object: str, claims: Sequence[Claim], signs: dict[str, int], axes: Sequence[Axis], kind: str
) -> Iterable[Conflict]:
    words = GOES if kind == "association" else SAYS
    said: dict[int, list[Claim]] = {}
    denied: dict[int, list[Claim]] = {}
    for claim in claims:
        side = said if claim.stance == "supports" else denied
        side.setdefault(_direction(claim, signs), []).append(claim)
    if not said:
        return
    leading = max(said, key=lambda d: (len({c.paper.lab for c in said[d]}), len(said[d]), d))
    nulls = [c for direction in (leading, 0) if direction in denied for c in denied.pop(direction)]
    against = [Side(NULL, tuple(nulls))] if nulls else []
    against += [Side(words[-leading], tuple(said[-leading]))] if leading and -leading in said else []
    if against:
        yield _conflict(kind, subject, object, None, Side(words[leading], tuple(said[leading])), against, axes)


def _experiment_conflicts(graph: MechanismGraph, signs: dict[str, int], axes: Sequence[Axis]) -> Iterable[Conflict]:
    """Group experiments by target (or what holds it), drug and outcome.

    What mattered within a region or cell type says that the region or cells matter; what did not says nothing of them.
    That driving a target changes the effect, either way, never shows that the effect needs it: it objects to its having
    no part in it where nothing else does, and else stands beside.
    A claim that a thing has no part in the drug's relief counts as an experiment in which it was not needed; one that
    refutes such a part may mean the opposite or a plain absence, and stands where its paper's own experiment does.
    """
    keys: dict[tuple[str, str, str], dict[str, list[Claim | Experiment]]] = {}
    for c in graph.knowledge.claims:
        drug = c.context.compound
        null = c.stance != "supports" and not c.paper.retracted and PREDICATES[c.predicate].role == "step"
        if drug and null and c.object in signs and graph.entities[c.subject].kind not in COMPOUNDS | {"state"}:
            stands = _twin_side(c, graph, signs) if c.stance == "refutes" else SPARES
            keys.setdefault((c.subject, drug, outcome_class(c.object, signs)), {}).setdefault(stands, []).append(c)
    for x in graph.knowledge.experiments:
        side = _side(x)
        if side is None or not x.drug or len(x.interventions) != 1 or x.paper.retracted:
            continue
        done = x.interventions[0]
        if graph.entities[done.target].kind in COMPOUNDS:
            continue
        places = [p for p in (done.place.region, done.place.cell_type) if p and side in (MATTERS, MOVES)]
        for place in dict.fromkeys(w for p in (done.target, *places) for w in (p, *graph.wholes(p))):
            found = keys.setdefault((place, x.drug, outcome_class(x.outcome, signs)), {})
            found.setdefault(side, []).append(x)
    told: list[frozenset[str]] = []
    for (target, drug, outcome), found in sorted(keys.items(), key=lambda item: (-_size(item[1]), item[0])):
        sides = [Side(words, tuple(found[words])) for words in (MATTERS, SPARES, HINDERS) if words in found]
        driven = [Side(MOVES, tuple(found[MOVES]))] if MOVES in found else []
        if [s.says for s in sides] == [SPARES]:
            sides, driven = [*driven, *sides], []
        pieces = frozenset(x.id for s in (*sides, *driven) for x in s.evidence)
        if len(sides) < 2 or any(pieces <= other for other in told):
            continue
        told.append(pieces)
        made = _conflict("experiment", target, outcome, drug, sides[0], sides[1:], axes)
        yield replace(made, beside=tuple(driven))


def _twin_side(claim: Claim, graph: MechanismGraph, signs: dict[str, int]) -> str:
    """Give the side of the experiment that tells the result of a refuting claim; SPARES where none or several do.

    Experiments of its paper on the same target, drug and outcome, at the claim's hour where any was at that hour.
    """
    twins = [
        x
        for x in graph.knowledge.experiments
        if (x.paper.key, x.drug) == (claim.paper.key, claim.context.compound)
        and [i.target for i in x.interventions] == [claim.subject]
        and outcome_class(x.outcome, signs) == outcome_class(claim.object, signs)
    ]
    timed = [x for x in twins if claim.hour and x.hour == claim.hour]
    told = {_side(x) for x in timed or twins}
    (side,) = told if len(told) == 1 else (None,)
    return side or SPARES


def _side(x: Experiment) -> str | None:
    """Say what one experiment shows of its target: lowered, whether the effect needs it; raised, that it moves it."""
    modes = {i.mode for i in x.interventions}
    if x.observed in SPARED:
        return SPARES if modes <= LOWERING else None
    if x.observed not in NEEDED | BETTER:
        return None
    if modes <= RAISING or (x.observed in BETTER and not modes <= LOWERING):
        return MOVES
    return HINDERS if x.observed in BETTER else MATTERS


def _size(found: dict[str, list[Claim | Experiment]]) -> int:
    return sum(len(rows) for rows in found.values())


def _conflict(
    kind: str,
    subject: str,
    object: str,
    drug: str | None,
    leading: Side,
    against: Sequence[Side],
    axes: Sequence[Axis],
) -> Conflict:
    objections = tuple(o for side in against for o in _objections(leading, side, axes))
    return Conflict(kind, subject, object, drug, leading, objections)


def _objections(leading: Side, side: Side, axes: Sequence[Axis]) -> Iterable[Objection]:
    """Settle one side: what papers that saw both sides show themselves, then the rest by comparing papers.

    What one paper shows settles its own findings only; papers that show the same are told together.
    """
    both = sorted(set(leading.papers) & set(side.papers))
    shown: dict[tuple[str, ...], list[Claim | Experiment]] = {}
    settled = set()
    for key in both:
        carried, mine = _shown(axes, _of(leading, [key]), _of(side, [key]))
        if carried:
            shown.setdefault(carried, []).extend(mine)
            settled.add(key)
    if not shown and set(leading.papers) == set(side.papers) == set(both):
        yield _objection(side.says, leading.evidence, side.evidence, axes, tuple(both))
        return
    for mine in shown.values():
        keys = tuple(sorted({e.paper.key for e in mine}))
        yield _objection(side.says, mine, _of(side, keys), axes, keys)
    rest = _of(side, [key for key in side.papers if key not in settled])
    if rest:
        yield _objection(side.says, leading.evidence, rest, axes)


def _shown(
    axes: Sequence[Axis], mine: Sequence[Claim | Experiment], theirs: Sequence[Claim | Experiment]
) -> tuple[tuple[str, ...], Sequence[Claim | Experiment]]:
    """Give the axes by which one paper's findings stand apart, and those of the leading side that show it.

    All of them; or, on one axis, those that say where they stand on it: a whole trial is no case against what its
    subgroups show.
    """
    verdict, carried = settle(compare_sides(axes, mine, theirs, within=True))
    if verdict == DIFFERS:
        return carried, mine
    for axis in axes:
        known = [e for e in mine if axis.values(e)]
        if axis.name in STRONG and 0 < len(known) < len(mine):
            verdict, carried = settle(compare_sides(axes, known, theirs, within=True))
            if verdict == DIFFERS and carried == (axis.name,):
                return carried, known
    return (), ()


def _of(side: Side, papers: Collection[str]) -> tuple[Claim | Experiment, ...]:
    return tuple(e for e in side.evidence if e.paper.key in papers)


def _objection(
    says: str,
    mine: Sequence[Claim | Experiment],
    theirs: Sequence[Claim | Experiment],
    axes: Sequence[Axis],
    shown_by: tuple[str, ...] = (),
) -> Objection:
    within = bool(shown_by)
    findings = compare_sides(axes, mine, theirs, within=within)
    verdict, carried = settle(findings)
    told = contrasts(axes, carried, mine, theirs, within=within)
    return Objection(Side(says, tuple(theirs)), verdict, carried, findings, shown_by, told)
