"""On which axes of context two sides of a dispute differ.

An axis separates a pair of findings when both give a value there and the values exclude each other (regions that
do not contain one another, doses or hours that do not overlap; a `monkey` may be a macaque). A set of axes settles a
dispute when every pair is separated by one of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final

from ketamech.graph.conflict_answers import AxisFinding, Values
from ketamech.graph.mechanism import MechanismGraph
from ketamech.graph.model import Claim, Experiment
from ketamech.graph.quantities import Dose, Hours
from ketamech.graph.vocabulary import COMPOUNDS, PLACES, PRIMATES

Evidence = Claim | Experiment
Given = tuple[Any, ...]
CELLS: Final = frozenset({"cell_type"})
STRONG: Final = (
    "species", "region", "cell_type", "state", "compound", "dose", "time", "aspect", "target", "sex", "diagnosis",
)  # fmt: skip
DIFFERS: Final = "differs"
UNRESOLVED: Final = "unresolved"
NOT_COMPARABLE: Final = "not comparable"
VERDICTS: Final = (DIFFERS, UNRESOLVED, NOT_COMPARABLE)
DIAGNOSES: Final = {
    "bipolar disorder": r"bipolar",
    "depressive disorder": r"unipolar|major depress|depressive disorder",
    "schizophrenia": r"schizophreni",
    "post-traumatic stress disorder": r"post-traumatic|\bptsd\b",
    "surgery": r"surgery|surgical",
}
MOOD: Final = frozenset({"depression", "bipolar disorder", "depressive disorder"})
CONTRASTS: Final = 6
WEAK: Final = ("model", "outcome", "assay", "system")


@dataclass(frozen=True, slots=True)
class Axis:
    """Say how to read one axis off a finding, and when two of its values exclude each other."""

    name: str
    values: Callable[[Evidence], Given]
    exclude: Callable[[Any, Any], bool]


def axes_of(graph: MechanismGraph) -> tuple[Axis, ...]:
    """Give every axis, strong ones first."""

    def apart(a: str, b: str) -> bool:
        return not graph.related(a, b)

    plain = {
        name: Axis(name, lambda e, n=name: _one(getattr(e.context, n)), lambda a, b: a != b)  # type: ignore[misc]
        for name in ("state", "sex", "model", "assay", "system")
    }
    found = {
        **plain,
        "species": Axis("species", lambda e: _one(e.context.species), _species_apart),
        "region": Axis("region", lambda e: _site(e, "region") or _ends(e, graph, PLACES), apart),
        "cell_type": Axis("cell_type", lambda e: _site(e, "cell_type") or _ends(e, graph, CELLS), apart),
        "compound": Axis("compound", lambda e: _compound(e, graph), lambda a, b: a != b),
        "dose": Axis("dose", lambda e: _one(e.context.dose), _doses_apart),
        "time": Axis("time", lambda e: _one(e.hour), lambda a, b: a.high < b.low or b.high < a.low),
        "aspect": Axis("aspect", lambda e: _one(e.aspect if isinstance(e, Experiment) else None), _aspects_apart),
        "target": Axis("target", _targets, apart),
        "diagnosis": Axis("diagnosis", _diagnoses, _diagnoses_apart),
        "outcome": Axis("outcome", lambda e: (e.outcome if isinstance(e, Experiment) else e.object,), apart),
    }
    return tuple(found[name] for name in (*STRONG, *WEAK))


def _one(value: Any) -> Given:
    return () if value is None else (value,)


def _site(evidence: Evidence, what: str) -> Given:
    """Give where it was done or acted, else where the effect was seen."""
    if isinstance(evidence, Experiment):
        done = [getattr(i.place, what) for i in evidence.interventions]
        seen = getattr(evidence.outcome_in, what)
    else:
        done, seen = [getattr(evidence.subject_in, what)], getattr(evidence.object_in, what)
    return tuple(p for p in done if p) or _one(seen)


def _species_apart(a: str, b: str) -> bool:
    return a != b and not ("monkey" in (a, b) and {a, b} <= PRIMATES)


def _doses_apart(a: Dose, b: Dose) -> bool:
    return a.unit == b.unit and (a.high < b.low or b.high < a.low)


def _aspects_apart(a: str, b: str) -> bool:
    return a != b and "duration" in (a, b)


def _diagnoses(evidence: Evidence) -> Given:
    """Read what the people had off the words for indication and population."""
    given = f"{evidence.context.indication or ''}; {evidence.context.population or ''}".lower()
    found = tuple(name for name, words in DIAGNOSES.items() if re.search(words, given))
    return found or (("depression",) if "depress" in given else ())


def _diagnoses_apart(a: str, b: str) -> bool:
    """Depression without further words may be of either kind."""
    return a != b and not ("depression" in (a, b) and {a, b} <= MOOD)


def _targets(evidence: Evidence) -> Given:
    return tuple(i.target for i in evidence.interventions) if isinstance(evidence, Experiment) else ()


def _ends(evidence: Evidence, graph: MechanismGraph, kinds: frozenset[str]) -> Given:
    ends = _targets(evidence) if isinstance(evidence, Experiment) else (evidence.subject, evidence.object)
    return tuple(e for e in ends if graph.entities[e].kind in kinds)


def _compound(evidence: Evidence, graph: MechanismGraph) -> Given:
    given = evidence.context.compound or (evidence.drug if isinstance(evidence, Experiment) else evidence.subject)
    return (given,) if given and graph.entities[given].kind in COMPOUNDS else ()


def compare_sides(
    axes: Sequence[Axis], a: Sequence[Evidence], b: Sequence[Evidence], *, within: bool = False
) -> tuple[AxisFinding, ...]:
    """Count, for every axis, the pairs across two sides that it separates, and those where both give a value.

    A paper does not contradict itself: pairs of one paper are left out, or (`within`) are the only ones counted.
    """
    pairs = _pairs(a, b, within=within)
    return tuple(_finding(axis, pairs) for axis in axes)


def contrasts(
    axes: Sequence[Axis], chosen: Sequence[str], a: Sequence[Evidence], b: Sequence[Evidence], *, within: bool = False
) -> tuple[tuple[Values, Values], ...]:
    """Give the values of each pair on the chosen axes, those that separate it, each once and at most CONTRASTS."""
    asked = [axis for axis in axes if axis.name in chosen]
    found: dict[tuple[Values, Values], None] = {}
    for left, right in _pairs(a, b, within=within):
        if any(_separates(axis, left, right) for axis in asked):
            mine, theirs = (tuple(w for axis in asked for w in _words(axis, [e])) for e in (left, right))
            found[mine, theirs] = None
    return tuple(found)[:CONTRASTS]


def _pairs(a: Sequence[Evidence], b: Sequence[Evidence], *, within: bool) -> list[tuple[Evidence, Evidence]]:
    return [(x, y) for x in a for y in b if (x.paper.key == y.paper.key) is within]


def _separates(axis: Axis, left: Evidence, right: Evidence) -> bool:
    mine, theirs = axis.values(left), axis.values(right)
    return bool(mine and theirs) and all(axis.exclude(x, y) for x in mine for y in theirs)


def _finding(axis: Axis, pairs: Sequence[tuple[Evidence, Evidence]]) -> AxisFinding:
    separated, known = [], 0
    for number, (left, right) in enumerate(pairs):
        known += bool(axis.values(left) and axis.values(right))
        if _separates(axis, left, right):
            separated.append(number)
    apart = [pairs[number] for number in separated] or pairs
    values = (_words(axis, (pair[side] for pair in apart)) for side in (0, 1))
    return AxisFinding(axis.name, tuple(separated), known, len(pairs), *values)


def _words(axis: Axis, side: Iterable[Evidence]) -> Values:
    given = (value for evidence in side for value in axis.values(evidence))
    return tuple(dict.fromkeys(v.text if isinstance(v, Dose | Hours) else str(v) for v in given))


def settle(findings: Sequence[AxisFinding]) -> tuple[str, tuple[str, ...]]:
    """Give the verdict of a dispute and the axes that carry it.

    `differs` with the one strong axis, or the two, by which every pair is separated; else `unresolved` with the axes
    that separate at least half of the pairs and on which the sides have not the same values altogether;
    `not comparable` where no strong axis is known on both sides.
    """
    strong = [f for f in findings if f.axis in STRONG]
    if not any(f.known for f in strong):
        return NOT_COMPARABLE, ()
    total = strong[0].total
    for size in (1, 2):
        for chosen in combinations([f for f in strong if f.separated], size):
            if len({pair for f in chosen for pair in f.separated}) == total:
                return DIFFERS, tuple(f.axis for f in chosen)
    telling = [f for f in strong if 2 * len(f.separated) >= total and set(f.values) != set(f.other_values)]
    half = sorted(telling, key=lambda f: -len(f.separated))
    return UNRESOLVED, tuple(f.axis for f in half)
