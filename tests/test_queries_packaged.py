"""The packaged knowledge answers what it was made for."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import networkx as nx
import pytest

from ketamech.graph.mechanism import MechanismGraph
from ketamech.graph.path_answers import PathsAnswer
from ketamech.loaders import load_default
from ketamech.queries import PathQuery, find_evidence, find_paths

ENDS = ("ketamine", "antidepressant-like behaviour")
SPINES = "dendritic spine formation"
WINDOWS: dict[str, dict[str, Any]] = {"any time": {}, "by 3 h": {"by": 3.0}, "from 12 h on": {"after": 12.0}}


@pytest.fixture(scope="module")
def graph() -> MechanismGraph:
    """Load the packaged graph once."""
    return load_default()


def relief(graph: MechanismGraph, *, by: float | None = None, after: float | None = None, k: int = 5) -> PathsAnswer:
    """Ask how ketamine relieves, within a window of hours."""
    return find_paths(graph, PathQuery(*ENDS, k=k, by=by, after=after))


def nodes(answer: PathsAnswer) -> list[list[str]]:
    """Name the nodes of every path."""
    return [[n.name for n in p.nodes] for p in answer.paths]


def test_spines_come_late(graph: MechanismGraph) -> None:
    """By 3 h no path names the formation of dendritic spines; from 12 h on one does."""
    early, late = nodes(relief(graph, by=3)), nodes(relief(graph, after=12))
    assert early
    assert [path for path in early if SPINES in path] == []
    assert [path for path in late if SPINES in path] != []


def test_the_difference_comes_from_the_evidence(graph: MechanismGraph) -> None:
    """Without the early nulls that the answer names, the answer by 3 h may pass through spines again."""
    answer = relief(graph, by=3, k=20)
    (aside,) = (s for s in answer.set_aside if s.name == SPINES)
    nulls = [c for c in graph.knowledge.claims if c.id in aside.evidence]
    assert {c.stance for c in nulls} == {"no_effect"}
    assert all(c.context.time and c.context.time.high >= 3 for c in nulls)
    again = relief(graph.without(aside.evidence), by=3, k=20)
    assert [s for s in again.set_aside if s.name == SPINES] == []
    assert nodes(again) != nodes(answer)
    assert [path for path in nodes(again) if SPINES in path] != []


@pytest.mark.parametrize("window", WINDOWS)
def test_the_top_five_paths_explain(graph: MechanismGraph, window: str) -> None:
    """Five paths are found, each of at least four steps, none of them a jump, each step with its supporting paper."""
    answer = relief(graph, **WINDOWS[window])
    assert [len(p.steps) >= 4 for p in answer.paths] == [True] * 5
    assert [p.coarse for p in answer.paths] == [False] * 5
    assert [s.edge.id for p in answer.paths for s in p.steps if not s.count("supports")] == []


@pytest.mark.parametrize("window", WINDOWS)
def test_the_top_paths_relieve_and_cite(graph: MechanismGraph, window: str) -> None:
    """Every shown path ends in more relief, joins up, and each of its steps cites a paper that is listed."""
    answer = relief(graph, **WINDOWS[window])
    listed = {r.number for r in answer.references}
    for path in answer.paths:
        assert path.sign == 1
        assert all(left.target == right.source for left, right in pairwise(path.steps))
        assert all(s.references and set(s.references) <= listed for s in path.steps)


def test_end_to_end_evidence_stands_beside_the_paths(graph: MechanismGraph) -> None:
    """What was seen from drug to behaviour is listed beside the paths, and none of it is a step of theirs."""
    answer = relief(graph)
    assert answer.end_to_end
    own = {e.id for p in answer.paths for s in p.steps for e in s.evidence}
    assert own & {c.id for c in answer.end_to_end} == set()


def test_serotonin_pet_in_macaques(graph: MechanismGraph) -> None:
    """Ketamine to 5-HT1B binding in macaques rests on Yamanaka 2014 and on nothing human; monkeys may be macaques."""
    answer = find_paths(graph, PathQuery("ketamine", "5-HT1B binding", species="macaque"))
    dois = {e["doi"] for p in answer.to_dict()["paths"] for s in p["edges"] for e in s["evidence"]}
    assert "10.1038/tp.2013.112" in dois
    species = {e.context.species for p in answer.paths for s in p.steps for e in s.evidence}
    assert species <= {"macaque", "monkey", None}


def test_what_nbqx_abolished_and_what_it_spared(graph: MechanismGraph) -> None:
    """The evidence holds the NBQX experiment: the 5-HT1B change abolished, the SERT change spared."""
    answer = find_evidence(graph, "ketamine", "5-HT1B binding")
    blocked = [
        (x.paper.doi, graph.entities[x.outcome].name, x.observed)
        for x in (*answer.experiments, *answer.contrasts)
        if "NBQX" in {i.agent for i in x.interventions}
    ]
    doi = "10.1038/tp.2013.112"
    assert (doi, "5-HT1B binding", "abolishes") in blocked
    spared = {outcome for where, outcome, observed in blocked if (where, observed) == (doi, "no_effect")}
    assert [outcome for outcome in spared if "SERT" in outcome or "serotonin transporter" in outcome] != []


def test_the_human_null(graph: MechanismGraph) -> None:
    """The evidence on the edge holds the study in people that saw no change of 5-HT1B binding."""
    answer = find_evidence(graph, "ketamine", "5-HT1B binding")
    nulls = [c for e in answer.edges for c in e.claims if c.stance == "no_effect" and c.context.species == "human"]
    assert nulls != []
    assert [c.paper.doi or c.paper.pmid for c in nulls if not (c.paper.doi or c.paper.pmid)] == []


def test_leaving_out_an_experiment_takes_its_derived_step(graph: MechanismGraph) -> None:
    """Every derived edge names its experiments, and is gone or weaker when they are left out."""
    derived = [e for e in graph.edges.values() if e.derived]
    assert derived
    for edge in derived[:10]:
        assert edge.id not in graph.without({x.id for x in edge.experiments}).edges


def test_the_networkx_view_is_complete(graph: MechanismGraph) -> None:
    """The view has every entity and every edge, and the behaviour is reached from ketamine in it."""
    made = graph.networkx()
    assert (made.number_of_nodes(), made.number_of_edges()) == (len(graph.entities), len(graph.edges))
    assert nx.has_path(made, graph.entity(ENDS[0]).id, graph.entity(ENDS[1]).id)
