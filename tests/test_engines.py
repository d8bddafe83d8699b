"""One set of questions, asked of every engine: what a database answers is what the loaded graph answers, in order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from engine_graphs import ENDS, HOSTILE, KNOWLEDGE, QUOTED, filled

from ketamech.graph.answers import Answer, EvidenceAnswer
from ketamech.graph.errors import KetamechError
from ketamech.graph.mechanism import MechanismGraph
from ketamech.queries.conflicts import conflicts
from ketamech.queries.evidence import find_evidence
from ketamech.queries.lookup import search
from ketamech.queries.neo4j_reader import open_reader
from ketamech.queries.paths import find_paths
from ketamech.queries.question import PathQuery
from ketamech.queries.source import InMemory, KnowledgeSource

ROUTES = {
    "cycles": [("drug A relief", 1), ("drug A B C relief", -1)],
    "parallel": [("drug A relief", 1), ("drug A relief", -1)],
}
TEXTS = ("ketamine", "ketmine", "HNK", "5-HT1B", "(2R,6R)-HNK", "A", "beta arrestin", "{$x}", "x:", "ﬁ", "", "nothing")


@pytest.fixture(scope="class", params=KNOWLEDGE)
def name(request: pytest.FixtureRequest) -> str:
    """Name a graph; all questions are asked of one before the next is loaded."""
    return str(request.param)


@pytest.fixture(scope="class")
def loaded(name: str) -> MechanismGraph:
    """Give the graph itself."""
    return KNOWLEDGE[name]()


@pytest.fixture(scope="class")
def source(request: pytest.FixtureRequest, loaded: MechanismGraph) -> Iterator[KnowledgeSource]:
    """Open the engine of the class on the graph."""
    if request.cls.engine == "memory":
        yield InMemory(loaded)
    else:
        with open_reader(filled(loaded, request.getfixturevalue("neo4j_running"))) as reader:
            yield reader


def said(answer: Answer | KetamechError) -> Any:
    """Give an answer, or the words in which it was refused, as data that can be compared with their order."""
    if isinstance(answer, KetamechError):
        return (type(answer).__name__, answer.message, answer.hint)
    return list(answer.to_dict().items()), answer.rows()


def asked(question: Any, *words: Any) -> Any:
    """Ask, and take a refusal for an answer."""
    try:
        return said(question(*words))
    except KetamechError as refusal:
        return said(refusal)


class Compliance:
    """Hold the questions; a class for every engine asks them of it."""

    engine = ""

    def test_it_hands_over_the_graph_that_was_loaded(self, source: KnowledgeSource, loaded: MechanismGraph) -> None:
        """Every edge with all its evidence, every entity, in the order in which they were loaded."""
        whole = source.whole()
        assert list(whole.edges.items()) == list(loaded.edges.items())
        assert list(whole.entities.items()) == list(loaded.entities.items())
        assert list(source.named().entities.items()) == list(loaded.entities.items())

    def test_paths(self, source: KnowledgeSource, loaded: MechanismGraph, name: str) -> None:
        """Paths, with contexts, hours and refusals."""
        a, b = ENDS[name]
        queries = [
            PathQuery(a, b),
            PathQuery(a, b, k=40, max_length=4, variants=True),
            PathQuery(a, b, by=3.0),
            PathQuery(a, b, after=12.0, sign=1),
            PathQuery(a, b, species="mouse", strict_context=True),
            PathQuery(a, b, min_strength=0.5),
            PathQuery(b, a),
            PathQuery(a, a),
            PathQuery(a, "no such thing"),
            PathQuery(a, b, k=0),
        ]
        whole = source.whole()
        assert [asked(find_paths, whole, q) for q in queries] == [asked(find_paths, loaded, q) for q in queries]

    def test_evidence(self, source: KnowledgeSource, loaded: MechanismGraph, name: str) -> None:
        """The evidence of edges, by their ends and by their keys, and what is said of edges that there are not."""
        edges = list(loaded.edges.values())
        some = edges[:: 1 + len(edges) // 40]
        pairs: list[tuple[str, ...]] = [(e.subject, e.object) for e in some]
        pairs += [(e.id,) for e in some]
        pairs += [(e.object, e.subject) for e in some[:3]]
        pairs += [("no such thing", "relief"), ("no|such|edge",), ENDS[name], ("part", "whole")]

        def found(subject: str, object: str | None = None) -> EvidenceAnswer:
            return find_evidence(source.about(subject, object), subject, object)

        def known(subject: str, object: str | None = None) -> EvidenceAnswer:
            return find_evidence(loaded, subject, object)

        assert [asked(found, *pair) for pair in pairs] == [asked(known, *pair) for pair in pairs]

    def test_conflicts(self, source: KnowledgeSource, loaded: MechanismGraph, name: str) -> None:
        """All conflicts, those of one entity, those of a pair."""
        about: list[tuple[str, ...]] = [(), ENDS[name][:1], ENDS[name], ("no such thing",)]
        whole = source.whole()
        assert [asked(conflicts, whole, *names) for names in about] == [
            asked(conflicts, loaded, *names) for names in about
        ]

    def test_search(self, source: KnowledgeSource, loaded: MechanismGraph) -> None:
        """Names, parts of names, mistyped ones, and ones that full-text indexes take for commands."""
        texts = [*TEXTS, HOSTILE, QUOTED, "+ - && || ! ( ) { } [ ] ^ ~ * ? : /"]
        names = source.named()
        assert [asked(search, names, text, limit) for text in texts for limit in (1, 10)] == [
            asked(search, loaded, text, limit) for text in texts for limit in (1, 10)
        ]

    @pytest.mark.parametrize("name", ROUTES, scope="class")
    def test_the_routes_that_stand_here(self, source: KnowledgeSource, name: str) -> None:
        """Routes go round no circle, and parallel edges of opposite sign make two."""
        found = find_paths(source.whole(), PathQuery(*ENDS[name], k=40))
        assert [(" ".join(n.id for n in p.nodes), p.sign) for p in found.paths] == ROUTES[name]


class TestMemory(Compliance):
    """The loaded graph."""

    engine = "memory"


class TestNeo4j(Compliance):
    """The database."""

    engine = "neo4j"
