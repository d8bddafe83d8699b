"""What was blocked, removed or driven, and what came of it; and what a drug's effect needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from ketamech.graph.errors import BadValue
from ketamech.graph.experiment_answers import BlockadesAnswer, NecessaryAnswer, Need
from ketamech.graph.mechanism import MechanismGraph
from ketamech.graph.model import Experiment
from ketamech.graph.relief import measures_of
from ketamech.graph.vocabulary import COMPOUNDS, LOWERING, MODES, OBSERVED, REMOVING, SEXES, SPECIES
from ketamech.queries.context import ContextFilter, Fit, check_words, judge

NEEDED: Final = frozenset({"abolishes", "attenuates", "occludes", "shortens"})
SPARED: Final = frozenset({"no_effect"})
BETTER: Final = frozenset({"enhances", "prolongs"})
GROUPED: Final = {"removed": REMOVING, "lowered": LOWERING}


@dataclass(frozen=True, slots=True)
class BlockadeFilter:
    """Hold what is asked of experiments; None leaves a field open. Targets and outcomes include their parts.

    Outcomes include what reads them out: `antidepressant effect` stands for every test of it. `drug` may be `none`:
    then only interventions tested alone are given. `mode` may be `removed` (gone: knockout, knockdown, lesion,
    depletion) or `lowered` (every way of having less of it, antagonists and silencing too).
    """

    drug: str | None = None
    target: str | None = None
    mode: str | None = None
    outcome: str | None = None
    observed: tuple[str, ...] = ()
    species: str | None = None
    region: str | None = None
    cell_type: str | None = None
    indication: str | None = None
    sex: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Give the filter as plain data, open fields left out."""
        given = {name: getattr(self, name) for name in self.__slots__}
        return {k: list(v) if isinstance(v, tuple) else v for k, v in given.items() if v}

    def check(self) -> None:
        """Raise BadValue when a word is not one of the vocabulary."""
        for name, value, allowed in (
            ("mode", self.mode, (*GROUPED, *MODES)),
            ("species", self.species, SPECIES),
            ("sex", self.sex, SEXES),
            *(("observed", word, OBSERVED) for word in self.observed),
        ):
            if value is not None and value not in allowed:
                raise BadValue(f"--{name} {value} is not known.", f"Use one of: {', '.join(allowed)}.")


def blockades(graph: MechanismGraph, asked: BlockadeFilter) -> BlockadesAnswer:
    """List the experiments that fit a filter.

    Raises UnknownName, AmbiguousName or BadValue.

    >>> from ketamech.loaders import load_default
    >>> answer = blockades(load_default(), BlockadeFilter(drug="ketamine", target="AMPA receptor", species="macaque"))
    >>> sorted({x.paper.key for x in answer.experiments})
    ['yamanaka2014']
    """
    asked.check()
    check_words(graph, indication=asked.indication)
    fit = _test(graph, asked)
    judged = [(x, fit(x)) for x in graph.knowledge.experiments]
    found = [x for x, verdict in judged if verdict is Fit.FITS]
    unknown = sorted(x.id for x, verdict in judged if verdict is Fit.UNKNOWN)
    names = graph.labels
    found.sort(key=lambda x: ([names[i.target] for i in x.interventions], names[x.outcome], x.id))
    return BlockadesAnswer(asked.to_dict(), tuple(found), names, tuple(unknown))


def _test(graph: MechanismGraph, asked: BlockadeFilter) -> Callable[[Experiment], Fit]:
    def id_of(name: str | None) -> str | None:
        return graph.entity(name).id if name else None

    alone = asked.drug == "none"
    drug = None if alone else id_of(asked.drug)
    target, outcome = id_of(asked.target), id_of(asked.outcome)
    places = (id_of(asked.region), id_of(asked.cell_type))
    context = ContextFilter(asked.species, *places, None, asked.indication, asked.sex)
    measured = measures_of(graph, outcome) if outcome else frozenset()

    modes_asked = GROUPED.get(asked.mode or "")

    def fit(x: Experiment) -> Fit:
        modes = {i.mode for i in x.interventions}
        wanted = (
            (not alone or x.drug is None)
            and (drug is None or x.drug == drug)
            and (target is None or any(graph.within(i.target, target) for i in x.interventions))
            and (asked.mode is None or asked.mode in modes or (modes_asked is not None and modes <= modes_asked))
            and (outcome is None or x.outcome in measured)
            and (not asked.observed or x.observed in asked.observed)
        )
        return judge(x, context, graph).fit if wanted else Fit.UNFIT

    return fit


def necessary(graph: MechanismGraph, source: str, target: str) -> NecessaryAnswer:
    """Say what had to be intact for a drug's effect on an outcome, and what did not, with evidence on both sides.

    Raises UnknownName or AmbiguousName.

    >>> from ketamech.loaders import load_default
    >>> answer = necessary(load_default(), "ketamine", "5-HT1B binding")
    >>> [(n.target.name, n.verdict) for n in answer.needs]
    [('AMPA receptor', 'needed')]
    """
    drug, end = graph.entity(source), graph.entity(target)
    measured = measures_of(graph, end.id)
    kept: dict[str, list[Experiment]] = {}
    for x in graph.knowledge.experiments:
        if x.drug != drug.id or len(x.interventions) != 1 or x.paper.retracted:
            continue
        done = x.interventions[0]
        if done.mode not in LOWERING or graph.entities[done.target].kind in COMPOUNDS:
            continue
        if x.outcome in measured:
            kept.setdefault(done.target, []).append(x)
    needs = [_need(graph, id, found) for id, found in kept.items()]
    needs = [n for n in needs if n.needed or n.spared or n.better]
    order = ("needed", "in dispute", "not needed", "hinders")
    needs.sort(key=lambda n: (order.index(n.verdict), -n.groups, n.target.name))
    return NecessaryAnswer(drug, end, tuple(needs), graph.labels)


def _need(graph: MechanismGraph, id: str, found: Iterable[Experiment]) -> Need:
    rows = sorted(found, key=lambda x: x.id)
    needed, spared, better = (tuple(x for x in rows if x.observed in words) for words in (NEEDED, SPARED, BETTER))
    sides = sum(bool(side) for side in (needed, spared, better))
    verdict = "in dispute" if sides > 1 else "needed" if needed else "hinders" if better else "not needed"
    return Need(graph.entities[id], verdict, needed, spared, better)
