"""The saved questions in Cypher: each runs as it stands, and says what the loaded graph says."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from engine_graphs import ENDS, KNOWLEDGE, filled
from neo4jserver.fixtures import MakeServer, Store
from neo4jserver.jars import CALENDAR

from ketamech.graph.cypher_answers import SavedQuery
from ketamech.graph.mechanism import Edge, MechanismGraph
from ketamech.graph.model import Claim
from ketamech.graph.vocabulary import PREDICATES
from ketamech.queries.blockades import BlockadeFilter, blockades, necessary
from ketamech.queries.compare import compare
from ketamech.queries.cypher_files import parse, saved_queries, saved_query, settle
from ketamech.queries.hypotheses import show_hypothesis
from ketamech.queries.lookup import show
from ketamech.queries.neo4j_reader import Reader, open_reader
from ketamech.queries.pathsearch import Arc, k_best
from ketamech.queries.timeline import timeline

QUERIES = saved_queries().queries
Rows = list[dict[str, Any]]
AskCypher = Callable[..., Rows]


@pytest.fixture(scope="module", params=["packaged", "cycles", "parallel"])
def name(request: pytest.FixtureRequest) -> str:
    """Name a graph; all questions are asked of one before the next is loaded."""
    return str(request.param)


@pytest.fixture(scope="module")
def loaded(name: str) -> MechanismGraph:
    """Give the graph itself."""
    return KNOWLEDGE[name]()


@pytest.fixture(scope="module")
def reader(loaded: MechanismGraph, neo4j_running: Store) -> Iterator[Reader]:
    """Open the database that holds the graph."""
    with open_reader(filled(loaded, neo4j_running)) as opened:
        yield opened


@pytest.fixture(scope="module")
def ask_cypher(reader: Reader) -> AskCypher:
    """Ask a saved question with some of its values changed."""

    def call(name: str, **given: Any) -> Rows:
        saved = saved_query(name)
        answer = reader.ask(saved.query, settle(saved, given), name)
        return [dict(zip(answer.columns, row, strict=True)) for row in answer.found]

    return call


def routes(graph: MechanismGraph, source: str, target: str, longest: int) -> list[tuple[Edge, ...]]:
    """Walk every simple route, slowly and obviously: the steps that the files walk, a reading only at the end."""
    found: list[tuple[Edge, ...]] = []
    worth = {e.id for e in graph.edges.values() if e.strength.value > 0}

    def walk(trail: tuple[Edge, ...], here: str) -> None:
        for edge in graph.out_edges(here):
            step = edge.is_step and edge.id in worth
            reads = edge.predicate == "is_readout_of" and edge.id in worth
            if edge.object == target and (step or reads) and source != target:
                found.append((*trail, edge))
            elif step and len(trail) + 1 < longest and edge.object not in {source, *(e.object for e in trail)}:
                walk((*trail, edge), edge.object)

    walk((), source)
    return found


@pytest.mark.parametrize("longest", [1, 4])
def test_paths_are_those_of_a_slow_search(
    ask_cypher: AskCypher, loaded: MechanismGraph, name: str, longest: int
) -> None:
    """Shortest and strongest, in order, by every route there is: none goes round a circle."""
    source, target = (loaded.entity(end).id for end in ENDS[name])
    value = {e.id: e.strength.value for e in loaded.edges.values()}
    every = [
        (round(math.prod(value[e.id] for e in r), 9), len(r), [e.id for e in r], math.prod(e.sign for e in r))
        for r in routes(loaded, source, target, longest)
    ]
    strongest = sorted(every, key=lambda r: (-r[0], r[1], r[2]))
    shortest = sorted(every, key=lambda r: (r[1], -r[0], r[2]))
    for question, expected in (("strongest-paths", strongest), ("shortest-paths", shortest)):
        found = ask_cypher(question, source=ENDS[name][0], target=ENDS[name][1], k=25, max_length=longest)
        assert [(r["score"], r["steps"], r["edges"], r["sign"]) for r in found] == expected[:25]
        wanted = ask_cypher(question, source=source, target=target, k=25, max_length=longest, sign=-1)
        assert [r["edges"] for r in wanted] == [edges for _, _, edges, sign in expected if sign == -1][:25]


def test_the_strongest_paths_are_those_of_the_path_search(
    ask_cypher: AskCypher, loaded: MechanismGraph, name: str
) -> None:
    """The search in memory, on the same steps and by the product of strengths alone, finds the same."""
    source, target = (loaded.entity(end).id for end in ENDS[name])
    arcs: dict[Any, list[Arc]] = {}
    for edge in loaded.edges.values():
        value = edge.strength.value
        if value > 0 and (edge.is_step or (edge.predicate == "is_readout_of" and edge.object == target)):
            arcs.setdefault(edge.subject, []).append(Arc(edge.subject, edge.object, -math.log(value), edge.id))
    expected = k_best(arcs, source, [target], 10, 5).paths
    found = ask_cypher("strongest-paths", source=source, target=target, k=10, max_length=5)
    assert [tuple(r["edges"]) for r in found] == [p.keys for p in expected]


def test_neighbours(ask_cypher: AskCypher, loaded: MechanismGraph, name: str) -> None:
    """The edges of an entity, a loop in both directions, with their counts."""
    for end in (*ENDS[name], "BDNF" if name == "packaged" else "A"):
        expected = sorted(show(loaded, end).rows(), key=lambda r: (r["direction"], -r["strength"], r["edge"]))
        found = ask_cypher("neighbours", entity=end)
        columns = ("direction", "predicate", "supporting", "refuting", "no_effect", "strength", "derived", "edge")
        assert [[r[c] for c in columns] for r in found] == [[r[c] for c in columns] for r in expected]


def test_evidence(ask_cypher: AskCypher, loaded: MechanismGraph) -> None:
    """The claims of every pair of ends."""
    pairs = sorted({c.triple[::2] for c in loaded.knowledge.claims})
    for subject, object in pairs[:: 1 + len(pairs) // 20]:
        edges = [e for e in loaded.between(subject, object) if not e.derived]
        expected = sorted((e.predicate, c.id, c.stance) for e in edges for c in e.claims)
        found = ask_cypher("evidence", subject=subject, object=object)
        assert [(r["predicate"], r["evidence"], r["stance"]) for r in found] == expected


def sound(loaded: MechanismGraph) -> list[Claim]:
    """Give the claims of papers that stand."""
    return [c for c in loaded.knowledge.claims if not c.paper.retracted]


def test_conflicts(ask_cypher: AskCypher, loaded: MechanismGraph) -> None:
    """Pairs on which findings part, counted by what they say."""
    groups: dict[tuple[str, str, bool], Counter[str]] = {}
    for c in sound(loaded):
        rule = PREDICATES[c.predicate]
        if rule.role in ("rollup", "last") or c.predicate in ("precedes", "located_in"):
            continue
        sign = c.sign if rule.own_sign else rule.sign
        says = {1: "raises", -1: "lowers", 0: "changes"}[sign] if c.stance == "supports" else "against"
        groups.setdefault((c.subject, c.object, rule.own_sign), Counter())[says] += 1
    expected = []
    for (subject, object, association), n in groups.items():
        objections = n["against"] + min(n["raises"], n["lowers"])
        if objections and n["raises"] + n["lowers"] + n["changes"]:
            expected.append((-objections, subject, object, association, n["raises"], n["lowers"], n["changes"]))
    found = ask_cypher("conflicts", most=1000)
    columns = ("subject_id", "object_id", "association", "raises", "lowers", "changes")
    assert [(-r["objections"], *(r[c] for c in columns)) for r in found] == sorted(expected)


def test_two_papers_disagree(ask_cypher: AskCypher, loaded: MechanismGraph, name: str) -> None:
    """Every pair of findings of two papers, one for and one against the same edge."""
    subject = loaded.entity(ENDS[name][0]).id
    mine = [c for c in sound(loaded) if c.subject == subject]
    expected = [
        (a.object, a.predicate, a.id, b.id)
        for a in mine
        for b in mine
        if a.stance == "supports" != b.stance and a.triple == b.triple and a.paper != b.paper
    ]
    found = ask_cypher("two-papers-disagree", subject=subject, object=None, most=1000)
    assert [(r["evidence"], r["objection"]) for r in found] == [(a, b) for _, _, a, b in sorted(expected)]


def test_blockades(ask_cypher: AskCypher, loaded: MechanismGraph, name: str) -> None:
    """The experiments on a target, its parts included."""
    target = "AMPA receptor" if name == "packaged" else "A"
    expected = (
        blockades(loaded, BlockadeFilter(drug=ENDS[name][0], target=target)).experiments
        if loaded.knowledge.experiments
        else ()
    )
    found = ask_cypher("blockades", drug=ENDS[name][0], target=target, most=1000)
    assert sorted({r["experiment"] for r in found}) == sorted(x.id for x in expected)


def test_necessary(ask_cypher: AskCypher, loaded: MechanismGraph, name: str) -> None:
    """Targets, verdicts and counts."""
    outcome = "antidepressant effect" if name == "packaged" else "relief"
    expected = {
        n.target.id: (n.verdict, len(n.needed), len(n.spared), len(n.better))
        for n in necessary(loaded, ENDS[name][0], outcome).needs
    }
    found = ask_cypher("necessary", drug=ENDS[name][0], outcome=outcome)
    assert {r["id"]: (r["verdict"], r["needed"], r["spared"], r["better"]) for r in found} == expected


def test_timeline(ask_cypher: AskCypher, loaded: MechanismGraph, name: str) -> None:
    """First and last hours of the findings (not of experiments), the regions taken together."""
    seen: dict[tuple[str, int, str | None], list[float]] = {}
    for e in timeline(loaded, ENDS[name][0]).events:
        claims = [c for c in e.seen if isinstance(c, Claim)]
        if claims or e.absent:
            hours = seen.setdefault((e.node.id, e.direction, e.species), [])
            hours += [c.context.time.high for c in claims if c.context.time]
    expected = {key: (min(hours, default=None), max(hours, default=None)) for key, hours in seen.items()}
    found = ask_cypher("timeline", drug=ENDS[name][0])
    key = ("id", "direction", "species")
    assert {tuple(r[k] for k in key): (r["first_seen_h"], r["last_seen_h"]) for r in found} == expected


def test_hypothesis(ask_cypher: AskCypher, loaded: MechanismGraph) -> None:
    """The steps in order, with the strength of each edge."""
    for h in loaded.knowledge.hypotheses:
        cases = show_hypothesis(loaded, h.slug).steps
        expected = [(*c.step.triple, c.edge.strength.value if c.edge else None, c.step.assumed) for c in cases]
        found = ask_cypher("hypothesis", hypothesis=h.slug)
        ids = [(loaded.entity(r["subject"]).id, r["predicate"], loaded.entity(r["object"]).id) for r in found]
        rest = [(r["strength"], r["assumed"]) for r in found]
        assert [(*i, *r) for i, r in zip(ids, rest, strict=True)] == expected


def test_gaps(ask_cypher: AskCypher, loaded: MechanismGraph, name: str) -> None:
    """The steps of the strongest paths, with the papers, groups and people that speak for each."""
    ends = {"source": ENDS[name][0], "target": ENDS[name][1], "k": 8, "max_length": 4}
    expected = []
    for r in ask_cypher("strongest-paths", **ends):
        for id in r["edges"]:
            edge = loaded.edge(id)
            told = edge.experiments if edge.derived else [c for c in edge.claims if c.stance == "supports"]
            papers, groups = {e.paper.key for e in told}, {e.paper.lab for e in told}
            people = any(e.context.species == "human" for e in told)
            expected.append((r["rank"], id, len(papers), len(groups), people))
    found = ask_cypher("gaps", **ends)
    assert [(r["rank"], r["edge"], r["papers"], r["groups"], r["in_people"]) for r in found] == expected


def test_compare_drugs(ask_cypher: AskCypher, loaded: MechanismGraph, name: str) -> None:
    """What each drug touches."""
    drugs = ["ketamine", "MK-801", "memantine"] if name == "packaged" else ["drug"]
    if name == "packaged":
        expected = {e.element.id: len(e.effects) for e in compare(loaded, drugs).engagements}
    else:
        expected = {e.object: 1 for e in loaded.out_edges("drug") if not e.derived}
    assert {r["id"]: r["touched"] for r in ask_cypher("compare-drugs", drugs=drugs)} == expected


def test_records_and_papers(ask_cypher: AskCypher, loaded: MechanismGraph) -> None:
    """Comparisons, affinities, papers and names: as many as there are, and those that are asked for."""
    k = loaded.knowledge
    for a in {c.a for c in k.comparisons}:
        expected = sorted(c.id for c in k.comparisons if a in (c.a, c.b))
        assert sorted(r["comparison"] for r in ask_cypher("head-to-head", drug=a)) == expected
    for target in {a.target for a in k.affinities}:
        held = sorted(a.id for a in k.affinities if loaded.within(a.target, target))
        assert sorted(r["affinity"] for r in ask_cypher("affinities", target=target)) == held
    papers = ask_cypher("papers", author=None, most=10_000)
    cited = Counter(c.paper.key for c in k.claims)
    expected_papers = [(p.key, cited[p.key]) for p in sorted(k.papers, key=lambda p: (-p.year, p.key))]
    assert [(r["paper"], r["findings"]) for r in papers] == expected_papers
    years = ask_cypher("papers", author=None, from_year=2000, to_year=2010, most=10_000)
    assert sorted(r["paper"] for r in years) == sorted(p.key for p in k.papers if 2000 <= p.year <= 2010)
    counted = {r["kind"]: r["nodes"] for r in ask_cypher("what-is-in-here")}
    assert counted == {
        **Counter(f"Entity: {e.kind}" for e in k.entities),
        **{kind: n for kind, n in counted.items() if ":" not in kind},
    }
    assert (counted["Evidence"], counted["Publication"]) == (len(k.claims), len(k.papers))
    named = {e.id for e in k.entities if any("re" in n.lower() for n in (e.name, e.id, *e.synonyms))}
    assert {r["id"] for r in ask_cypher("find", text="RE", most=10_000)} == named


@pytest.mark.parametrize("name", ["packaged"], indirect=True, scope="module")
@pytest.mark.parametrize("saved", QUERIES, ids=lambda q: q.name)
def test_a_file_runs_as_it_stands_and_with_its_values_beside_it(saved: SavedQuery, reader: Reader) -> None:
    """What is pasted into Neo4j Browser finds something, and the same as when its values are parameters."""
    pasted = reader.ask(saved.text, {})
    assert pasted.found
    assert reader.ask(saved.query, saved.examples).found == pasted.found


def test_hours_and_regions_bound_a_path(neo4j_running: Store) -> None:
    """A step first seen too late, or in other regions only, is not walked; unknown ones are."""
    with open_reader(filled(KNOWLEDGE["cycles"](), neo4j_running)) as reader:

        def lengths(**given: Any) -> list[int]:
            saved = saved_query("shortest-paths")
            ends = {"source": "drug", "target": "relief", **given}
            return [row[1] for row in reader.ask(saved.query, settle(saved, ends)).found]

        assert lengths() == [2, 4]
        assert (lengths(by_hour=1), lengths(by_hour=0.5)) == ([2, 4], [])
        assert (lengths(region="some region"), lengths(region="relief")) == ([2, 4], [2])
        assert (lengths(weakest=0.6), lengths(weakest=1.0)) == ([], [])


def test_every_question_is_compared_with_the_graph() -> None:
    """Each file has its test here."""
    compared = {name.removeprefix("test_").replace("_", "-") for name in globals()}
    together = {"shortest-paths", "strongest-paths", "head-to-head", "affinities", "papers", "find", "what-is-in-here"}
    assert {q.name for q in QUERIES} - compared - together == set()


def test_the_files_mean_the_same_in_both_dialects(own_server: MakeServer) -> None:
    """Cypher 5 and 25, on the newest release: equal rows, and no word of what is deprecated."""
    import neo4j

    server = own_server(version=CALENDAR)
    server.start()
    filled(KNOWLEDGE["packaged"](), Store(server.uri, server.user, server.password))
    said: dict[str, list[Any]] = {"CYPHER 5": [], "CYPHER 25": []}
    complaints = []
    with server.driver() as driver, driver.session(default_access_mode=neo4j.READ_ACCESS) as session:
        for dialect, answers in said.items():
            for saved in QUERIES:
                result = session.run(neo4j.Query(f"{dialect} {saved.text}"))
                answers.append((saved.name, [row.data() for row in result]))
                status = result.consume().gql_status_objects
                complaints += [
                    (saved.name, s.status_description) for s in status if s.gql_status[:2] not in ("00", "02")
                ]
    assert said["CYPHER 5"] == said["CYPHER 25"]
    assert all(rows for _, rows in said["CYPHER 25"])
    assert complaints == []


@pytest.mark.parametrize("text", ["RETURN 1", "// No purpose\nRETURN 1\n", "// A: b.\nWITH\n  1 AS x\nRETURN x\n"])
def test_a_file_of_another_form_is_refused(text: str) -> None:
    """A head without a purpose, or a value that nobody explains, is no saved question."""
    with pytest.raises(ValueError, match="a-file"):
        parse("a-file", text)
