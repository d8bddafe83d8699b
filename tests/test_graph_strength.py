"""The strength of evidence, against a slow obvious version of its formula."""

from __future__ import annotations

import builders as b
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ketamech.graph.model import Claim, Experiment
from ketamech.graph.strength import derived_strength, strength_of

# The constants as the documentation states them, on purpose not imported.
TIER = {"unknown": 0.5, "in vitro": 0.6, "rodent": 0.7, "primate": 0.8, "human observational": 0.85}
TIER |= {"human controlled": 1.0}
READ = {"full-text": 1.0, "abstract": 0.9, "review": 0.5, "title": 0.5}
KIND = {"primary": 1.0, "trial": 1.0, "meta-analysis": 1.0, "preprint": 0.8, "review": 0.2, "news": 0.2}
ORIGINAL = ["primary", "trial", "meta-analysis", "preprint"]


def slow_weight(e: Claim | Experiment) -> float:
    """Multiply tier, read and kind; a null counts half, an attenuation 0.7, a retracted paper nothing."""
    share = 1.0
    if isinstance(e, Claim) and e.stance == "no_effect":
        share = 0.5
    if isinstance(e, Experiment):
        share = {"no_effect": 0.5, "attenuates": 0.7}.get(e.observed, 1.0)
    return 0.0 if e.paper.retracted else TIER[e.tier] * READ[e.read] * KIND[e.paper.kind] * share


def slow_side(evidence: list[Claim] | list[Experiment], supporting: bool) -> float:
    """Count each group once, by its weightiest piece; reviews are one group, ignored beside original support."""
    groups: dict[str, float] = {}
    for e in evidence:
        group = "reviews" if e.paper.kind in ("review", "news") else f"group {e.paper.group or e.paper.key}"
        groups[group] = max(groups.get(group, 0.0), slow_weight(e))
    if supporting and any(w > 0 for g, w in groups.items() if g != "reviews"):
        groups.pop("reviews", None)
    missing = 1.0
    for weight in groups.values():
        missing *= 1 - 0.8 * weight
    return 1 - missing


def slow_strength(claims: list[Claim]) -> float:
    """Weigh support against objection."""
    support = slow_side([c for c in claims if c.stance == "supports"], supporting=True)
    objection = slow_side([c for c in claims if c.stance != "supports"], supporting=False)
    return support * (1 - 0.5 * objection)


def make(
    number: int, stance: str = "supports", group: str | None = None, kind: str = "primary", **more: str | bool | None
) -> Claim:
    """Make one claim of its own paper."""
    retracted = bool(more.get("retracted"))
    species, read = more.get("species", "mouse"), more.get("read") or "full-text"
    source = b.paper(f"p{number}", group=group, kind=kind, retracted=retracted)
    return b.claim(
        "A", "increases", "B", source=source, stance=stance, species=str(species) if species else None, read=str(read)
    )


@st.composite
def claim_lists(draw: st.DrawFn, kinds: list[str] | None = None, least: int = 0) -> list[Claim]:
    """Draw claims of any stance, group, tier, read level and kind of paper."""
    return [
        make(
            n,
            draw(st.sampled_from(["supports", "supports", "refutes", "no_effect"])),
            draw(st.sampled_from([None, "g1", "g2"])),
            draw(st.sampled_from(kinds or list(KIND))),
            species=draw(st.sampled_from([None, "mouse", "macaque", "human"])),
            read=draw(st.sampled_from(sorted(READ))),
            retracted=draw(st.sampled_from([False, False, False, True])),
        )
        for n in range(draw(st.integers(least, 6)))
    ]


@given(claim_lists())
@settings(deadline=None)
def test_the_formula(claims: list[Claim]) -> None:
    """The strength is what the documented formula gives, whatever the order of the claims, and lies in 0 to 1."""
    strength = strength_of(claims)
    assert strength.value == pytest.approx(slow_strength(claims), abs=6e-5)
    assert strength == strength_of(reversed(claims))
    assert 0 <= strength.value <= strength.support <= 1


@given(claim_lists(), st.sampled_from(sorted(KIND)), st.sampled_from(sorted(READ)))
@settings(deadline=None)
def test_an_independent_supporting_group_never_lowers(claims: list[Claim], kind: str, read: str) -> None:
    """One more group that supports an edge can only add, also where only reviews stood before."""
    more = make(99, group="a new group", kind=kind, read=read, species=None)
    assert strength_of([*claims, more]).value >= strength_of(claims).value


@given(claim_lists(), st.sampled_from(["refutes", "no_effect"]), st.sampled_from(["g1", "a new group"]))
@settings(deadline=None)
def test_an_objection_never_raises(claims: list[Claim], stance: str, group: str) -> None:
    """One more refutation or null result can only take away."""
    assert strength_of([*claims, make(99, stance, group)]).value <= strength_of(claims).value


def test_a_null_objects_less_than_a_refutation() -> None:
    """A null result weighs half of a finding to the contrary."""
    plain = strength_of([make(1)]).value
    null = strength_of([make(1), make(2, "no_effect")]).value
    refuted = strength_of([make(1), make(2, "refutes")]).value
    assert (plain, null, refuted) == (0.56, 0.4816, 0.4032)


def test_a_second_paper_of_a_group_adds_nothing() -> None:
    """Papers of one group count once, with the weightiest; a paper of another group adds."""
    best = make(1, group="Duman R", species="human")
    weaker = make(2, group="Duman R")
    assert strength_of([weaker, best]).value == strength_of([best]).value
    assert strength_of([make(2, group="Monteggia L"), best]).value > strength_of([best]).value


def test_objection_and_support_of_one_group_both_count() -> None:
    """A group that objects to its own finding is counted on both sides."""
    both = strength_of([make(1, group="g"), make(2, "refutes", group="g")])
    assert (both.support, both.objection) == (0.56, 0.56)


def test_a_retracted_paper_weighs_nothing() -> None:
    """Neither its support nor its objection counts, and its term says so."""
    alone = strength_of([make(1)])
    for stance in ("supports", "refutes"):
        beside = strength_of([make(1), make(2, stance, retracted=True)])
        assert beside.value == alone.value
        assert [t.counts for t in beside.terms if t.paper == "p2"] == [False]
    assert strength_of([make(1, retracted=True)]).value == 0.0


@pytest.mark.parametrize("kind", ["review", "news"])
def test_a_review_adds_nothing_to_original_work(kind: str) -> None:
    """Reviews and news count only where no original work supports the edge, and then as one group."""
    assert strength_of([make(1), make(2, kind=kind, species="human")]).value == strength_of([make(1)]).value
    one = strength_of([make(2, kind=kind)]).value
    assert 0 < one == strength_of([make(2, kind=kind), make(3, kind="review")]).value
    assert strength_of([make(1, retracted=True), make(2, kind=kind)]).value == one


@given(claim_lists(kinds=ORIGINAL, least=1))
@settings(deadline=None)
def test_no_review_changes_an_edge_that_original_work_supports(claims: list[Claim]) -> None:
    """Beside original support that is not retracted, a supporting review changes nothing at all."""
    if any(c.stance == "supports" and not c.paper.retracted for c in claims):
        assert strength_of([*claims, make(99, kind="review")]).value == strength_of(claims).value


def test_every_term_is_told() -> None:
    """The terms multiply to their weight and say which of them count for their group."""
    strength = strength_of(
        [make(1, group="g"), make(2, "no_effect", read="abstract"), make(3, group="g", read="title")]
    )
    told = [(t.paper, t.group, t.tier, t.read, t.kind, t.share, round(t.weight, 4), t.counts) for t in strength.terms]
    assert told == [
        ("p1", "g", 0.7, 1.0, 1.0, 1.0, 0.7, True),
        ("p3", "g", 0.7, 0.5, 1.0, 1.0, 0.35, False),
        ("p2", "p2", 0.7, 0.9, 1.0, 0.5, 0.315, True),
    ]


def trial(number: int, observed: str, group: str | None = None) -> Experiment:
    """Make one experiment of its own paper."""
    source = b.paper(f"x{number}", group=group)
    return b.experiment("antagonist", "A", observed, "B", drug="drug", change=1, source=source, species="mouse")


def test_a_derived_step_is_worth_half_of_a_curated_one() -> None:
    """The same evidence weighs half where a step is only implied, and less where it only attenuates."""
    assert strength_of([make(1)]).value == 0.56
    assert derived_strength([trial(1, "abolishes")]).value == 0.28
    assert derived_strength([trial(1, "attenuates")]).value == 0.196
    assert derived_strength([trial(1, "abolishes")], [trial(2, "no_effect")]).value == 0.2408
    assert derived_strength([]).value == 0.0


@pytest.mark.parametrize("mode", ["knockout", "knockin"])
def test_a_gene_changed_for_life_weighs_less_alone(mode: str) -> None:
    """A changed gene that moves the outcome without a drug may have acted since before birth."""
    x = b.experiment(mode, "A", "mimics", "B", change=1, source=b.paper("x"), species="mouse")
    assert derived_strength([x]).value == 0.168


@pytest.mark.parametrize(
    ("mode", "observed", "drug"), [("silencing", "mimics", None), ("knockout", "abolishes", "drug")]
)
def test_what_is_done_to_the_grown_animal_or_to_the_drug_weighs_in_full(
    mode: str, observed: str, drug: str | None
) -> None:
    """Cells silenced later, or a drug that works no more, do not lie in development alone."""
    x = b.experiment(mode, "A", observed, "B", drug=drug, change=1, source=b.paper("x"), species="mouse")
    assert derived_strength([x]).value == 0.28


@given(
    st.lists(st.tuples(st.sampled_from(["abolishes", "attenuates"]), st.sampled_from(["g1", "g2", None])), max_size=4),
    st.integers(0, 2),
)
@settings(deadline=None)
def test_derived_strength_is_the_same_formula_halved(kinds: list[tuple[str, str | None]], nulls: int) -> None:
    """Groups, shares and objections work for experiments as they do for claims."""
    supporting = [trial(n, observed, group) for n, (observed, group) in enumerate(kinds)]
    objecting = [trial(50 + n, "no_effect") for n in range(nulls)]
    slow = slow_side(supporting, supporting=True) * (1 - 0.5 * slow_side(objecting, supporting=False)) * 0.5
    assert derived_strength(supporting, objecting).value == pytest.approx(slow, abs=6e-5)
