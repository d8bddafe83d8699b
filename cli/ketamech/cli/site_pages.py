"""What stands on the static site: every page as its place and the call that writes it.

Nothing is written before it is asked for, so that a site of any size needs the memory of one page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from ketamech.cli.site_folder import Job
from ketamech.graph.conflict_answers import Conflict, ConflictsAnswer
from ketamech.graph.hypothesis_answers import HypothesesAnswer
from ketamech.graph.mechanism import MechanismGraph
from ketamech.graph.model import Paper
from ketamech.graph.path_answers import PathsAnswer
from ketamech.graph.relief import RELIEF
from ketamech.graph.timeline_answers import TimedEvent, TimelineAnswer
from ketamech.graph.vocabulary import COMPOUNDS
from ketamech.queries.account import account_paths
from ketamech.queries.blockades import BlockadeFilter, blockades
from ketamech.queries.conflicts import conflicts
from ketamech.queries.gaps import gaps
from ketamech.queries.hypotheses import compare_hypotheses, hypotheses
from ketamech.queries.lookup import show
from ketamech.queries.papers import show_paper
from ketamech.queries.paths import find_paths
from ketamech.queries.question import PathQuery
from ketamech.queries.timeline import timeline
from ketamech.viz.html_page import page
from ketamech.viz.site.addresses import Links, file_name
from ketamech.viz.site.conflict_pages import conflict_page, conflict_path, conflicts_page
from ketamech.viz.site.entity_page import Around, entity_page
from ketamech.viz.site.hypothesis_pages import hypotheses_page, hypothesis_page, pair_path, pairs, rivals_page
from ketamech.viz.site.index_page import index_page
from ketamech.viz.site.matrix_page import blockades_page
from ketamech.viz.site.paper_page import paper_page
from ketamech.viz.site.question_pages import QuestionRow, question_page, questions_page, timeline_page, timelines_page
from ketamech.viz.site.shell import STYLE, Shell, stylesheet
from ketamech.viz.time_figure import time_svg

HOME: Final = "All pages of the site"
MOST_QUESTIONS: Final = 6
MOST_ENTITIES: Final = 16
ENOUGH_EDGES: Final = 8


@dataclass(frozen=True, slots=True)
class Question:
    """Hold one question with its answer; `about` is what its interactive page is looked up by."""

    about: str
    words: str
    query: PathQuery
    answer: PathsAnswer

    @property
    def place(self) -> str:
        """Give the place of its interactive page."""
        return graph_path(self.about)


def graph_path(about: str) -> str:
    """Give the place of the interactive page of a question, an entity or a hypothesis (kind, space, id).

    >>> graph_path("entity HGNC:8032")
    'graph/entity.hgnc-8032.html'
    """
    kind, _, id = about.partition(" ")
    return f"graph/{kind}.{file_name(id)}.html"


def shell_of(graph: MechanismGraph, version: str, *, alone: bool = False) -> Shell:
    """Make what all pages share."""
    k = graph.knowledge
    links = Links(
        alone=alone,
        entities=graph.entities.keys(),
        records={r.id: r.paper.key for r in k.records},
        papers=frozenset(p.key for p in k.papers),
        hypotheses=frozenset(h.slug for h in k.hypotheses),
    )
    return Shell(graph.entities, links, version, k.content[:12])


def site_jobs(graph: MechanismGraph, version: str) -> list[Job]:
    """List every page of the site, in the order of their places."""
    return sorted(_jobs(graph, version), key=lambda job: job[0])


def _jobs(graph: MechanismGraph, version: str) -> Iterator[Job]:
    base = shell_of(graph, version)
    names = dict(graph.labels)
    questions = _questions(graph)
    inside = _through(graph, questions)
    accounts = {h.slug: account_paths(graph, h.slug) for h in graph.knowledge.hypotheses}
    timelines = _timelines(graph)
    graphs = {q.about: q.place for q in (*questions, *inside)}
    graphs |= {about: graph_path(about) for about in (f"hypothesis {slug}" for slug in accounts)}
    graphs |= {f"timeline {t.source.id}": f"timeline/{file_name(t.source.id)}.html" for t in timelines}
    root = replace(base, graphs=graphs)
    leaf = root.below("../")
    disputes = conflicts(graph)

    yield STYLE, stylesheet
    yield "index.html", partial(index_page, root, graph.knowledge, disputes.conflicts, names)
    yield "conflicts.html", partial(conflicts_page, root, disputes)
    yield "blockades.html", lambda: blockades_page(root, blockades(graph, BlockadeFilter()))
    for dispute in disputes.conflicts:
        yield conflict_path(dispute), partial(conflict_page, leaf, dispute, names)
    yield from _entities(graph, leaf, disputes, timelines)
    yield from _papers(graph, leaf, disputes)
    yield from _accounts(graph, root, leaf)
    yield from _timeline_jobs(root, leaf, timelines)
    yield from _question_jobs(graph, root, leaf, questions)
    drawn = partial(page, version=version, data_version=base.data_version, home=("../index.html", HOME))
    for question in (*questions, *inside):
        yield question.place, partial(drawn, [("", question.answer)], title=question.words)
    for slug, answer in accounts.items():
        place = graphs[f"hypothesis {slug}"]
        title = next(h.name for h in graph.knowledge.hypotheses if h.slug == slug)
        yield place, partial(drawn, [("", answer)], title=title)


def _questions(graph: MechanismGraph) -> list[Question]:
    """Ask how relief comes about, for the compounds most is known of."""
    if RELIEF not in graph.entities:
        return []
    compounds = [e.id for e in graph.entities.values() if e.kind in COMPOUNDS]
    known = {id: len(graph.out_edges(id)) for id in compounds}
    made: list[Question] = []
    for id in sorted(compounds, key=lambda id: (-known[id], id)):
        if len(made) == MOST_QUESTIONS or not known[id]:
            break
        query = PathQuery(id, RELIEF)
        answer = find_paths(graph, query)
        if answer.paths:
            words = f"From {answer.source.name} to {answer.target.name}"
            made.append(Question(f"question {id}", words, query, answer))
    return made


def _through(graph: MechanismGraph, questions: list[Question]) -> list[Question]:
    """Ask the first question through what hypotheses hold to be needed, then through what most is known of."""
    if not questions:
        return []
    first = questions[0].query
    ends = {first.source, first.target, *graph.parts(RELIEF)}
    needed = dict.fromkeys(t.target for h in graph.knowledge.hypotheses for t in h.targets)
    degree = {id: len(graph.in_edges(id)) + len(graph.out_edges(id)) for id in graph.entities}
    busy = sorted((id for id, n in degree.items() if n >= ENOUGH_EDGES), key=lambda id: (-degree[id], id))
    made: list[Question] = []
    for id in dict.fromkeys((*sorted(needed, key=lambda id: (-degree[id], id)), *busy)):
        if len(made) == MOST_ENTITIES:
            break
        if id in ends or graph.entities[id].kind in COMPOUNDS | {"state"}:
            continue
        query = replace(first, via=(id,))
        answer = find_paths(graph, query)
        if answer.paths:
            words = f"From {answer.source.name} to {answer.target.name} through {graph.entities[id].name}"
            made.append(Question(f"entity {id}", words, query, answer))
    return made


def _timelines(graph: MechanismGraph) -> list[TimelineAnswer]:
    compounds = sorted(e.id for e in graph.entities.values() if e.kind in COMPOUNDS)
    found = [timeline(graph, id) for id in compounds]
    return sorted((t for t in found if t.events), key=lambda t: (-len(t.events), t.source.name, t.source.id))


def _entities(
    graph: MechanismGraph, leaf: Shell, disputes: ConflictsAnswer, timelines: list[TimelineAnswer]
) -> Iterator[Job]:
    events: dict[str, list[tuple[str, TimedEvent]]] = {}
    for answer in timelines:
        for event in answer.events:
            events.setdefault(event.node.id, []).append((answer.source.id, event))
    about: dict[str, list[Conflict]] = {}
    for dispute in disputes.conflicts:
        for id in dict.fromkeys(filter(None, (dispute.subject, dispute.object, dispute.drug))):
            about.setdefault(id, []).append(dispute)
    accounts: dict[str, list[tuple[str, str]]] = {}
    for h in graph.knowledge.hypotheses:
        for id in dict.fromkeys([*(end for s, _, o in h.triples for end in (s, o)), *(t.target for t in h.targets)]):
            accounts.setdefault(id, []).append((h.slug, h.name))
    for id in graph.entities:
        around = Around(events.get(id, ()), accounts.get(id, ()), about.get(id, ()))
        yield f"entity/{file_name(id)}.html", partial(_entity, graph, leaf, id, around)


def _entity(graph: MechanismGraph, leaf: Shell, id: str, around: Around) -> str:
    return entity_page(leaf, show(graph, id), around)


def _papers(graph: MechanismGraph, leaf: Shell, disputes: ConflictsAnswer) -> Iterator[Job]:
    groups: dict[str, list[Paper]] = {}
    for paper in graph.knowledge.papers:
        groups.setdefault(paper.group or paper.key, []).append(paper)
    part: dict[str, list[Conflict]] = {p.key: [] for p in graph.knowledge.papers}
    for dispute in disputes.conflicts:
        for key in dispute.papers:
            part[key].append(dispute)
    accounts = {h.slug: h.name for h in graph.knowledge.hypotheses}
    for paper in graph.knowledge.papers:
        peers = [(p.key, p.short) for p in groups[paper.group or paper.key] if p.key != paper.key]
        yield (
            f"paper/{file_name(paper.key)}.html",
            partial(_paper, graph, leaf, paper.key, part[paper.key], peers, accounts),
        )


def _paper(
    graph: MechanismGraph,
    leaf: Shell,
    key: str,
    disputes: list[Conflict],
    peers: list[tuple[str, str]],
    accounts: Mapping[str, str],
) -> str:
    answer = show_paper(graph, key)
    return paper_page(leaf, answer, disputes, peers, [(slug, accounts[slug]) for slug in answer.hypotheses])


def _accounts(graph: MechanismGraph, root: Shell, leaf: Shell) -> Iterator[Job]:
    answer: HypothesesAnswer = hypotheses(graph)
    papers = {p.key: p for p in graph.knowledge.papers}
    for account in answer.answers:
        place = f"hypothesis/{file_name(account.hypothesis.slug)}.html"
        yield place, partial(hypothesis_page, leaf, account, papers)
    parted: dict[tuple[str, str], int] = {}
    for first, second in pairs(answer):
        parted[first, second] = len(compare_hypotheses(graph, first, second).deciders)
        yield pair_path(first, second), partial(_rivals, graph, leaf, first, second)
    yield "hypotheses.html", partial(hypotheses_page, root, answer, parted)


def _rivals(graph: MechanismGraph, leaf: Shell, first: str, second: str) -> str:
    return rivals_page(leaf, compare_hypotheses(graph, first, second))


def _timeline_jobs(root: Shell, leaf: Shell, timelines: list[TimelineAnswer]) -> Iterator[Job]:
    rows = []
    for answer in timelines:
        place = f"timeline/{file_name(answer.source.id)}.html"
        yield place, partial(_timeline, leaf, answer)
        species = len({e.species for e in answer.events if e.species})
        rows.append((answer.source.name, root.links.other(place) or "", len(answer.events), species))
    yield "timelines.html", partial(timelines_page, root, rows)


def _timeline(leaf: Shell, answer: TimelineAnswer) -> str:
    return timeline_page(leaf, answer, time_svg(answer, note=leaf.note, href=leaf.links.entity))


def _question_jobs(graph: MechanismGraph, root: Shell, leaf: Shell, questions: list[Question]) -> Iterator[Job]:
    rows = []
    for q in questions:
        place = f"question/{file_name(q.query.source)}.html"
        yield place, partial(_question, graph, leaf, q)
        rows.append(
            QuestionRow(
                q.words, place, q.place, len(q.answer.paths), " → ".join(n.name for n in q.answer.paths[0].nodes)
            )
        )
    yield "questions.html", partial(questions_page, root, rows)


def _question(graph: MechanismGraph, leaf: Shell, question: Question) -> str:
    return question_page(leaf, question.answer, gaps(graph, question.query), leaf.graph(question.about))
