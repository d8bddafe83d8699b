"""Names as people type them."""

from __future__ import annotations

import builders as b
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketamech.graph.errors import AmbiguousName, UnknownName
from ketamech.graph.names import NameIndex, fold

INDEX = NameIndex(
    [
        b.entity("ketamine", "drug", id="CHEBI:6121", synonyms=["(R,S)-ketamine"], xrefs=["DRUGBANK:DB01221"]),
        b.entity("norketamine", "metabolite", id="CHEBI:1"),
        b.entity("(2R,6R)-HNK", "metabolite", id="ketamech:2r6r-hnk", synonyms=["(2R,6R)-hydroxynorketamine"]),
        b.entity("(2S,6S)-HNK", "metabolite", id="ketamech:2s6s-hnk"),
        b.entity("[11C]AZ10419369 binding", "readout", id="ketamech:az", synonyms=["[11C]AZ10419369"]),
        b.entity("β-CaMKII", "enzyme", id="HGNC:1461", synonyms=["CAMK2B"]),
        b.entity("5-HT1B receptor", "receptor", id="HGNC:5287", synonyms=["5-HT1B", "HTR1B"]),
        b.entity("BDNF", "protein", id="HGNC:1033", synonyms=["brain-derived neurotrophic factor"]),
        b.entity("TrkB", "receptor", id="HGNC:8032", synonyms=["BDNF receptor", "NTRK2"]),
        b.entity("GluN2A", "receptor", id="HGNC:4585", synonyms=["NMDAR subunit", "NR2A"]),
        b.entity("GluN2B", "receptor", id="HGNC:4586", synonyms=["NMDAR subunit", "NR2B"]),
        b.entity("Arc", "protein", id="HGNC:648"),
        b.entity("ARC", "brain_region", id="UBERON:0001932"),
        b.entity("glutamate", "neurotransmitter", id="CHEBI:2", synonyms=["TrkB ligand"]),
    ]
)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("ketamine", "ketamine"),
        ("KETAMINE", "ketamine"),
        (" ketamine ", "ketamine"),
        ("(R,S)-ketamine", "ketamine"),
        ("DRUGBANK:DB01221", "ketamine"),
        ("chebi:6121", "ketamine"),
        ("(2R,6R)-HNK", "(2R,6R)-HNK"),
        ("2R6R-HNK", "(2R,6R)-HNK"),
        ("[11C]AZ10419369", "[11C]AZ10419369 binding"),
        ("11C-AZ10419369", "[11C]AZ10419369 binding"),
        ("beta-CaMKII", "β-CaMKII"),
        ("beta CaMKII", "β-CaMKII"),
        ("ΒCaMKII", "β-CaMKII"),  # a Greek capital
        ("5HT1B", "5-HT1B receptor"),
        ("5-HT₁B", "5-HT1B receptor"),
        ("5‑HT1B", "5-HT1B receptor"),  # a non-breaking hyphen
        ("brain derived neurotrophic factor", "BDNF"),
        ("nr2b", "GluN2B"),
    ],
)
def test_a_name_is_recognised_however_it_is_typed(typed: str, name: str) -> None:
    """Case, hyphens, brackets, Greek letters and indices do not matter; synonyms, ids and xrefs answer too."""
    assert INDEX.resolve(typed).name == name


def test_a_shared_synonym_lists_its_candidates() -> None:
    """A name that several entities answer to is refused, with every candidate and its id."""
    with pytest.raises(AmbiguousName) as refused:
        INDEX.resolve("NMDAR subunit")
    assert refused.value.candidates == ("GluN2A (HGNC:4585)", "GluN2B (HGNC:4586)")


def test_the_preferred_name_outranks_a_synonym_of_another() -> None:
    """Where one entity is called so and another only answers to it, the first is meant."""
    shared = NameIndex([b.entity("Homer", id="A"), b.entity("Homer1a", id="B", synonyms=["homer"])])
    assert shared.resolve("homer").id == "A"


def test_two_names_that_differ_only_in_case() -> None:
    """The protein Arc and the region ARC are told apart when spelled so; any other spelling is ambiguous."""
    assert (INDEX.resolve("Arc").id, INDEX.resolve("ARC").id) == ("HGNC:648", "UBERON:0001932")
    with pytest.raises(AmbiguousName) as refused:
        INDEX.resolve("arc")
    assert set(refused.value.candidates) == {"Arc (HGNC:648)", "ARC (UBERON:0001932)"}


@pytest.mark.parametrize(("typed", "near"), [("ketmine", "ketamine"), ("gluatmate", "glutamate"), ("BDFN", "BDNF")])
def test_a_typo_is_refused_with_the_name_that_was_meant(typed: str, near: str) -> None:
    """A mistyped name does not resolve, but the first suggestion is what was meant."""
    with pytest.raises(UnknownName) as refused:
        INDEX.resolve(typed)
    assert refused.value.suggestions[0].startswith(f"{near} (")
    assert INDEX.search(typed)[0].entity.name == near


@pytest.mark.parametrize("typed", ["", " ", "-", "()", "→"])
def test_nothing_answers_to_no_letters(typed: str) -> None:
    """A text without letters or digits matches nothing."""
    assert INDEX.search(typed) == ()
    with pytest.raises(UnknownName) as refused:
        INDEX.resolve(typed)
    assert refused.value.suggestions == ()


def test_search_ranks_exact_then_beginning_then_inside() -> None:
    """An exact name comes first with score 1, then names that begin so, then names that hold it."""
    found = INDEX.search("ketamine")
    assert [(m.entity.name, m.score == 1.0) for m in found][:2] == [("ketamine", True), ("norketamine", False)]
    assert [m.entity.name for m in INDEX.search("glu")] == ["GluN2A", "GluN2B", "glutamate"]
    assert len(INDEX.search("a", limit=2)) <= 2


def test_search_says_which_name_matched() -> None:
    """A hit on a synonym gives that synonym."""
    (match,) = INDEX.search("CAMK2B")
    assert (match.entity.name, match.matched, match.score) == ("β-CaMKII", "CAMK2B", 1.0)


@given(st.text(max_size=20))
def test_folding_twice_is_folding_once(text: str) -> None:
    """What is folded stays as it is."""
    assert fold(fold(text)) == fold(text)


@given(st.lists(st.sampled_from(["β", "κ", "5", "HT", "a", "Camk", "2R"]), min_size=1), st.data())
def test_separators_and_case_never_matter(pieces: list[str], data: st.DataObject) -> None:
    """However the pieces of a name are joined and cased, it folds alike."""
    joiners = [data.draw(st.sampled_from(["", "-", " ", ",", "(", ")-", "/", "‑"])) for _ in pieces]
    typed = "".join(p + j for p, j in zip(pieces, joiners, strict=True))
    assert fold(typed) == fold("".join(pieces)) == fold(typed.upper()) == fold(typed.lower())


@given(st.text(max_size=12))
def test_search_is_in_order_and_within_bounds(text: str) -> None:
    """Every match scores above 0 and at most 1, best first, each entity once."""
    found = INDEX.search(text)
    scores = [m.score for m in found]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < s <= 1 for s in scores)
    assert len({m.entity.id for m in found}) == len(found)


def test_whole_words_beat_stretches_of_words() -> None:
    """HNK finds the hydroxynorketamines before DHNK, and a local identifier is no name."""
    index = NameIndex(
        [
            b.entity("dehydronorketamine", id="CHEBI:192730", synonyms=["DHNK"]),
            b.entity("(2R,6R)-HNK", id="ketamech:2r-6r-hnk"),
            b.entity("(2R,6R;2S,6S)-HNK", id="ketamech:2r-6r-2s-6s-hnk"),
            b.entity("CPP", id="ketamech:cpp-hnk-antagonist"),
        ]
    )
    assert [m.entity.name for m in index.search("HNK")] == ["(2R,6R)-HNK", "(2R,6R;2S,6S)-HNK", "dehydronorketamine"]
    assert [m.entity.name for m in index.search("ketamech:cpp")] == ["CPP"]
