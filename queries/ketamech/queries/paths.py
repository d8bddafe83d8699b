"""Ranked mechanism paths from one entity to another, in an asked context and window of time."""

from __future__ import annotations

import math
from collections.abc import Collection

from ketamech.graph.errors import BadValue
from ketamech.graph.mechanism import Edge, MechanismGraph
from ketamech.graph.model import Entity
from ketamech.graph.path_answers import PathsAnswer, SetAside
from ketamech.graph.views import Reference
from ketamech.graph.vocabulary import COMPOUNDS
from ketamech.queries.assemble import answer_path, end_to_end, net_sign
from ketamech.queries.context import ContextFilter, check_words
from ketamech.queries.mediation import mediation, recorded_signs
from ketamech.queries.question import PathQuery
from ketamech.queries.refine import bar_regions, split_jumps
from ketamech.queries.routes import Ask, places_between, staged_search
from ketamech.queries.steps import StepRules, usable_steps
from ketamech.queries.timing import Onset, onsets
from ketamech.queries.window import not_yet, seen_within, still_there, tell_not_yet


def find_paths(graph: MechanismGraph, query: PathQuery) -> PathsAnswer:
    """Find the k strongest mechanism paths of a question.

    Raises UnknownName, AmbiguousName or BadValue when the question cannot be asked.

    >>> from ketamech.loaders import load_default
    >>> answer = find_paths(load_default(), PathQuery("ketamine", "5-HT1B binding", species="macaque"))
    >>> answer.paths[0].nodes[0].name, answer.paths[0].nodes[-1].name
    ('ketamine', '5-HT1B binding')
    """
    source, target = graph.entity(query.source), graph.entity(query.target)
    asked = context_of(graph, query)
    drug = _drug(asked, source)
    via = tuple(graph.entity(name).id for name in query.via)
    avoid = {graph.entity(name).id for name in query.avoid}
    query.check()
    check_words(graph, indication=query.indication)
    if avoid & {source.id, target.id}:
        raise BadValue("--avoid names an end of the paths.", "Avoid what lies between, or ask from or to another end.")
    known = tested(graph, source, query)
    late = not_yet(known, query.by, keep=(source.id, target.id))
    forbidden = frozenset({*avoid, *late})
    rules = StepRules(target.id, asked, query.strict_context, query.min_strength, forbidden)
    steps, left_out = usable_steps(graph, rules)
    gone: list[SetAside] = []
    if query.after is not None:
        steps, gone = still_there(steps, known, target.id, query.after, graph)
    between = places_between(steps, source.id, target.id)
    fine, jumps = split_jumps(steps, between, graph.related, bar_regions(graph))
    ends, ends_aside = end_to_end(graph, source.id, target.id, asked, strict=query.strict_context)
    expected = net_sign(ends, target.id, graph)
    timely = seen_within(known, query.by, query.after, graph)
    credit = mediation(graph, drug, target.id, asked, query.by, query.after) if drug else {}
    ends_and_size = (source.id, target.id, via, query.sign, query.k, query.max_length)
    moved = recorded_signs(graph, drug, asked) if drug == source.id else {}
    ask = Ask(*ends_and_size, expected, timely, credit, moved, query.variants)
    routes, stopped = staged_search(graph, fine, jumps, ask)
    numbers: dict[str, Reference] = {}
    until = math.inf if query.by is None and query.after is not None else query.by
    paths = tuple(answer_path(route, ask, jumps, graph, known, until, numbers) for route in routes)
    near = [row for id, rows in sorted(left_out.items()) if _is_near(graph.edges[id], between, graph) for row in rows]
    return PathsAnswer(
        query.to_dict(),
        source,
        target,
        paths,
        tuple(ends),
        (*tell_not_yet(late, query.by, graph), *gone, *near, *ends_aside),
        tuple(numbers.values()),
        graph.labels,
        stopped,
    )


def tested(graph: MechanismGraph, source: Entity, query: PathQuery) -> dict[str, Onset]:
    """Collect when each node was seen after the drug of a question, in its context; nothing without a drug."""
    asked = context_of(graph, query)
    drug = _drug(asked, source)
    return onsets(graph, drug, asked) if drug else {}


def _drug(asked: ContextFilter, source: Entity) -> str | None:
    return asked.compound or (source.id if source.kind in COMPOUNDS else None)


def _is_near(edge: Edge, between: Collection[str], graph: MechanismGraph) -> bool:
    ends = (edge.subject, edge.object)
    return all(any(place in between for place in (end, *graph.wholes(end))) for end in ends)


def context_of(graph: MechanismGraph, query: PathQuery) -> ContextFilter:
    """Give the context that a question asks for; raise UnknownName or AmbiguousName."""

    def id_of(name: str | None) -> str | None:
        return graph.entity(name).id if name else None

    places = (id_of(query.region), id_of(query.cell_type), id_of(query.compound))
    return ContextFilter(query.species, *places, query.indication, query.sex)
