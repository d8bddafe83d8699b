"""When a node was seen after a drug, and what a question about hours does with it."""

from __future__ import annotations

import builders as b
import pytest

from ketamech.graph.errors import BadValue
from ketamech.graph.mechanism import MechanismGraph
from ketamech.graph.model import Claim
from ketamech.graph.path_answers import PathsAnswer
from ketamech.queries import PathQuery, find_paths
from ketamech.queries.context import OPEN, ContextFilter
from ketamech.queries.timing import onsets
from ketamech.queries.window import seen_within

PLACES = [
    b.entity("prelimbic region", "brain_region", part_of=["frontal region"]),
    b.entity("S1 region", "brain_region"),
]


def seen(time: str | None, *, region: str | None = None, source: str = "seen", species: str | None = None) -> Claim:
    """Report that the drug raised spines."""
    return b.claim("drug", "increases", "spines", time=time, region=region, source=source, species=species)


def null(time: str | None, *, region: str | None = None, source: str = "null", species: str | None = None) -> Claim:
    """Report that the drug did not change spines."""
    return b.claim(
        "drug", "increases", "spines", stance="no_effect", time=time, region=region, source=source, species=species
    )


def absent(claims: list[Claim], hour: float, asked: ContextFilter = OPEN) -> list[str]:
    """Name the papers that show spines to be absent at an hour."""
    known = onsets(b.graph(*PLACES, *claims), "drug", asked)
    return [c.paper.key for c in known["spines"].absent_at(hour)]


@pytest.mark.parametrize(
    ("claims", "hour", "papers"),
    [
        ([seen("24 h")], 3, []),
        ([seen("24 h"), null("3 h")], 3, ["null"]),
        ([seen("24 h"), null("3 h")], 1, ["null"]),
        ([seen("24 h"), null("3 h")], 4, []),
        ([seen("24 h"), null("1-6 h")], 3, ["null"]),
        ([seen("24 h"), null(None)], 3, []),
        ([seen("20 min"), null("24 h")], 3, []),
        ([seen("20 min"), null("24 h")], 0.1, []),
        ([seen("2-4 h"), null("3 h")], 3, ["null"]),
        ([seen("2-4 h")], 3, []),
        ([seen("2-4 h"), null("3 h")], 3.5, []),
        ([seen("0-24 h"), null("0-3 h")], 3, ["null"]),
        ([seen("0-24 h"), null("0-3 h")], 4, []),
        ([seen("2 h"), null("1-6 h")], 3, []),
        ([seen(None), null("3 h")], 3, ["null"]),
        ([null("3 h")], 3, ["null"]),
        ([null("24 h")], 3, []),
        ([seen("24 h"), null("3 h"), null("6 h", source="later")], 3, ["later", "null"]),
        ([seen("24 h"), null("3 h"), null("6 h", source="later")], 6, ["later"]),
    ],
    ids=[
        "first seen late is not absent early",
        "a null at that hour",
        "a null after that hour",
        "a null before that hour says nothing",
        "a null over a span that reaches the hour",
        "a null without an hour",
        "a transient that is gone later",
        "a transient, asked before it was seen",
        "seen over a span, a null within it",
        "seen over a span that holds the hour",
        "seen over a span, asked after the null within it",
        "seen over a span whose beginning a null covers",
        "seen over a span, asked after the null over its beginning",
        "seen by the hour, within the span of the null",
        "seen at an unknown hour",
        "never seen, null at that hour",
        "never seen, null later",
        "two nulls",
        "two nulls, one of them too early",
    ],
)
def test_only_a_null_before_the_first_sighting_bounds(claims: list[Claim], hour: float, papers: list[str]) -> None:
    """Absent at an hour is what a null missed then, or later and before the first sighting; never seen tells less."""
    assert absent(claims, hour) == papers


@pytest.mark.parametrize(
    ("where_null", "papers"),
    [
        ("frontal region", ["null"]),
        ("prelimbic region", ["null"]),
        ("S1 region", []),
        (None, ["null"]),
    ],
)
def test_a_null_bounds_only_what_shares_its_region(where_null: str | None, papers: list[str]) -> None:
    """A null in the same region, a child of it, or nowhere in particular bounds; one in another region does not."""
    assert absent([seen("24 h", region="frontal region"), null("3 h", region=where_null)], 3) == papers


def test_every_region_where_it_was_seen_must_be_bounded() -> None:
    """Spines seen in two regions at 24 h are absent at 3 h only when nulls speak for both."""
    both = [seen("24 h", region="frontal region"), seen("24 h", region="S1 region", source="seen too")]
    assert absent([*both, null("3 h", region="S1 region")], 3) == []
    assert absent([*both, null("3 h", region="S1 region"), null("3 h", source="n2", region="prelimbic region")], 3) == [
        "n2",
        "null",
    ]
    assert absent([*both, null("3 h")], 3) == ["null"]


def test_onset_belongs_to_one_drug_and_context() -> None:
    """Nulls of another drug, of a retracted paper, of no sign or of an unfitting species bound nothing."""
    other = b.claim("other drug", "increases", "spines", stance="no_effect", time="3 h", source="other")
    unsigned = b.claim("drug", "modulates", "spines", stance="no_effect", time="3 h", source="unsigned")
    retracted = b.claim(
        "drug", "increases", "spines", stance="no_effect", time="3 h", source=b.paper("gone", retracted=True)
    )
    assert absent([seen("24 h"), other, unsigned, retracted], 3) == []
    rats = ContextFilter(species="rat")
    assert absent([seen("24 h"), null("3 h", species="mouse")], 3, rats) == []
    assert absent([seen("24 h"), null("3 h", species="rat")], 3, rats) == ["null"]
    assert absent([seen("24 h"), null("3 h")], 3, rats) == ["null"]


def test_the_first_hour() -> None:
    """The first hour is the end of the earliest sighting; sightings without an hour give none."""
    known = onsets(b.graph(seen("12-24 h"), seen("2-3 h", source="s2"), seen(None, source="s3")), "drug", OPEN)
    assert known["spines"].seen_by == 3.0
    assert len(known["spines"].seen) == 2


EARLY_NULL = null("3 h")
GRAPH: MechanismGraph = b.graph(
    b.claim("drug", "increases", "BDNF", source="p1", time="1 h"),
    b.claim("BDNF", "increases", "spines", source="p2"),
    b.claim("spines", "increases", "relief", source="p3"),
    b.claim("BDNF", "increases", "relief", source="p4", species="human"),
    seen("24 h"),
    EARLY_NULL,
)


def routes(answer: PathsAnswer) -> set[str]:
    """Name every path by its nodes."""
    return {" > ".join(n.name for n in p.nodes) for p in answer.paths}


def told_aside(answer: PathsAnswer) -> list[tuple[str, str, tuple[str, ...]]]:
    """List what was set aside."""
    return [(s.name, s.reason, s.evidence) for s in answer.set_aside]


THROUGH_SPINES = {"drug > spines > relief", "drug > BDNF > spines > relief"}
EARLY = {"drug > BDNF > relief"}


def test_by_an_hour_refuses_what_is_not_there_yet() -> None:
    """No path by 3 h leads through spines, and the answer says which paper looked and did not see them."""
    answer = find_paths(GRAPH, PathQuery("drug", "relief", by=3))
    assert routes(answer) == EARLY
    reason = "not yet there 3 h after the dose: tested and not seen by null (3 h)"
    assert told_aside(answer) == [("spines", reason, (EARLY_NULL.id,))]


def test_by_a_later_hour_and_without_hours_spines_are_there() -> None:
    """By 24 h, by 6 h (where nobody looked) and without a window the paths through spines stand."""
    for hour in (24, 6, None):
        answer = find_paths(GRAPH, PathQuery("drug", "relief", by=hour))
        assert routes(answer) == EARLY | THROUGH_SPINES
        assert answer.set_aside == ()


@pytest.mark.parametrize("left_out", ["null", EARLY_NULL.id])
def test_without_the_early_null_the_early_answer_changes(left_out: str) -> None:
    """Leaving out the paper, or its finding, that did not see spines early brings them back by 3 h."""
    assert routes(find_paths(GRAPH.without({left_out}), PathQuery("drug", "relief", by=3))) == EARLY | THROUGH_SPINES


def test_hours_of_the_asked_compound_count() -> None:
    """The hours are those of the drug that was asked for; from a protein there are none."""
    assert routes(find_paths(GRAPH, PathQuery("BDNF", "relief", by=3))) == {"BDNF > relief", "BDNF > spines > relief"}
    assert routes(find_paths(GRAPH, PathQuery("BDNF", "relief", by=3, compound="drug"))) == {"BDNF > relief"}


def test_the_ends_themselves_are_never_refused() -> None:
    """A question about spines by 3 h still gets its paths; a null on the target is not a reason to be silent."""
    answer = find_paths(GRAPH, PathQuery("drug", "spines", by=3))
    assert routes(answer) == {"drug > spines", "drug > BDNF > spines"}


def test_a_question_about_hours_tells_the_hours() -> None:
    """The known first hours are listed along the path, and the nodes without one are named."""
    (early,) = find_paths(GRAPH, PathQuery("drug", "relief", by=3)).paths
    assert early.remarks == ("earliest hour on record: BDNF 1 h", "hour not known for: relief")
    (untimed,) = find_paths(GRAPH, PathQuery("drug", "relief", avoid=("spines",))).paths
    assert untimed.remarks == ()


def test_what_was_seen_after_the_asked_hour_only_is_told_apart() -> None:
    """A step first seen at 24 h is no earliest hour of a path by 3 h; that nobody looked, or saw none, is said."""
    made = [
        b.claim("drug", "inhibits", "receptor", time="24 h"),
        b.claim("receptor", "decreases", "spines", source="p2"),
    ]
    null = b.claim("drug", "inhibits", "receptor", source="p3", time="1 h", stance="no_effect", region="far")
    here = b.claim("drug", "inhibits", "receptor", source="p4", time="12 h", region="near")

    def told(*more: b.Part, by: float | None = None, after: float | None = None) -> str:
        (path,) = find_paths(b.graph(*made, *more), PathQuery("drug", "spines", by=by, after=after)).paths
        return path.remarks[0]

    assert told(by=3) == "no finding gives an hour up to 3 h, seen later: receptor 24 h"
    assert told(null, here, by=3) == "looked for up to 3 h and not seen, seen later: receptor 12 h"
    assert told(by=24) == told(after=1) == "earliest hour on record: receptor 24 h"


def test_hours_that_run_backwards_are_flagged() -> None:
    """A path from what was absent at 3 h to what was seen at 2 h says so, also when no window is asked."""
    graph = b.graph(
        seen("24 h"),
        EARLY_NULL,
        b.claim("spines", "increases", "potentiation", source="p2"),
        b.claim("drug", "increases", "potentiation", source="p3", time="2 h", directness="indirect"),
    )
    (through,) = find_paths(graph, PathQuery("drug", "potentiation")).paths
    assert [n.name for n in through.nodes] == ["drug", "spines", "potentiation"]
    assert through.remarks == ("known hours run backwards: potentiation is seen at 2 h, spines is absent then",)


def outcome_graph(*times: str) -> MechanismGraph:
    """Join the drug to relief by BDNF (seen at 1 h); relief was seen end to end at these hours."""
    ends = [
        b.claim("drug", "increases", "relief", source=f"o{n}", time=t, directness="overall")
        for n, t in enumerate(times)
    ]
    return b.graph(
        *ends,
        b.claim("drug", "increases", "BDNF", source="p1", time="1 h"),
        b.claim("BDNF", "increases", "relief", source="p2"),
    )


@pytest.mark.parametrize(("times", "found"), [(["2 h"], 0), (["2 h", "24 h"], 1), (["2-12 h"], 1), ([], 1)])
def test_after_an_hour_drops_an_outcome_only_seen_earlier(times: list[str], found: int) -> None:
    """From 12 h on the outcome must have been seen then; BDNF, seen at 1 h only, stays as an early step."""
    answer = find_paths(outcome_graph(*times), PathQuery("drug", "relief", after=12))
    assert len(answer.paths) == found
    gone = [("relief", "seen at 2 h at the latest, not 12 h or more after the dose", ("o0: drug increases relief",))]
    if not times:
        gone = []
    assert told_aside(answer) == (gone if not found else [])


def test_a_readout_seen_later_keeps_the_outcome() -> None:
    """What a readout of the outcome showed at 24 h counts as a sighting of the outcome."""
    graph = b.graph(
        *outcome_graph("2 h").knowledge.claims,
        b.claim("swimming", "is_readout_of", "relief", sign=1, source="p3"),
        b.claim("drug", "increases", "swimming", source="p4", time="24 h", directness="overall"),
    )
    assert routes(find_paths(graph, PathQuery("drug", "relief", after=12))) == {"drug > BDNF > relief"}


def test_within_a_window_actors_seen_in_it_come_first() -> None:
    """Of two routes, the one whose last actor was seen in the window comes first, though it is weaker."""
    graph = b.graph(
        b.claim("drug", "increases", "glutamate", source="p1", time="1 h"),
        b.claim("glutamate", "increases", "relief", source="p2"),
        b.claim("drug", "increases", "spines", source="p3", time="24 h", read="abstract"),
        b.claim("spines", "increases", "relief", source="p4", read="abstract"),
    )

    def first(query: PathQuery) -> str:
        return find_paths(graph, query).paths[0].nodes[1].name

    assert first(PathQuery("drug", "relief")) == "glutamate"
    assert first(PathQuery("drug", "relief", by=3)) == "glutamate"
    assert first(PathQuery("drug", "relief", after=12)) == "spines"


def test_a_span_that_reaches_into_the_window_counts() -> None:
    """Seen from 2 to 24 h is seen after 12 h and by 3 h, but not after 48 h or by 1 h."""
    graph = b.graph(seen("2-24 h"))
    known = onsets(graph, "drug", OPEN)
    windows = [(None, 12.0), (3.0, None), (48.0, 24.0), (None, 48.0), (1.0, None)]
    found = [bool(seen_within(known, by, after, graph)) for by, after in windows]
    assert found == [True, True, True, False, False]
    assert seen_within(known, None, None, graph) is None


def test_a_window_lies_between_sightings() -> None:
    """Seen at 1 h and at 72 h is not seen between 6 h and 24 h."""
    graph = b.graph(
        b.claim("drug", "increases", "glutamate", source="p1", time="1 h"),
        b.claim("drug", "increases", "glutamate", source="p5", time="72 h"),
        b.claim("glutamate", "increases", "relief", source="p2"),
        b.claim("drug", "increases", "spines", source="p3", time="12 h", read="abstract"),
        b.claim("spines", "increases", "relief", source="p4", read="abstract"),
    )
    answer = find_paths(graph, PathQuery("drug", "relief", after=6, by=24))
    assert [p.nodes[1].name for p in answer.paths] == ["spines", "glutamate"]


def test_an_empty_window_is_refused() -> None:
    """Asking for after 12 h and by 3 h is an impossible question."""
    with pytest.raises(BadValue):
        find_paths(GRAPH, PathQuery("drug", "relief", by=3, after=12))


def test_the_hours_of_a_week_are_written_out() -> None:
    """The remark on first sightings writes 168 h as people do, not as a power of ten."""
    made = b.graph(b.claim("drug", "inhibits", "receptor", time="7 d"), b.claim("receptor", "decreases", "spines"))
    (path,) = find_paths(made, PathQuery("drug", "spines", by=200)).paths
    assert "earliest hour on record: receptor 168 h" in path.remarks
