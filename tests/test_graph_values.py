"""Doses, times, identifiers and the vocabulary: what is accepted, what is refused."""

from __future__ import annotations

import pytest

from ketamech.graph.errors import BadValue
from ketamech.graph.identifiers import curie_url, is_curie, is_doi, is_pmid, is_slug, paper_url
from ketamech.graph.model import Paper
from ketamech.graph.quantities import Dose, Hours
from ketamech.graph.vocabulary import (
    KINDS,
    LOWERING,
    MODES,
    OUTCOMES,
    PLACES,
    PREDICATES,
    RAISING,
    TIERS,
    joins,
    tier_of,
)

ARABIC_THREE = "\N{ARABIC-INDIC DIGIT THREE}"


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("30 min", (0.5, 0.5)),
        ("12-24 h", (12.0, 24.0)),
        ("7 d", (168.0, 168.0)),
        ("2 wk", (336.0, 336.0)),
        ("0 h", (0.0, 0.0)),
        ("0.5 h", (0.5, 0.5)),
        ("90 s", (0.025, 0.025)),
        ("1.5-2.5 d", (36.0, 60.0)),
    ],
)
def test_times_become_hours(text: str, hours: tuple[float, float]) -> None:
    """A time or range of times with its unit is an interval in hours."""
    read = Hours.parse(text)
    assert ((read.low, read.high), read.text) == (hours, text)


@pytest.mark.parametrize(
    "text",
    [
        *("", "3", "h", "3h", "3  h", " 3 h", "3 h\n", "-3 h", "03 h", "3. h", ".5 h", "1e3 h", "3 hours", "3 H"),
        *("1–2 h", "1 - 2 h", "24-12 h", "1-2-3 h", "3 h 5 min", f"{ARABIC_THREE} h", f"1{ARABIC_THREE} h"),
    ],
)
def test_other_times_are_refused(text: str) -> None:
    """Whatever lies outside the grammar of times is refused, also look-alike digits and dashes."""
    with pytest.raises(BadValue):
        Hours.parse(text)


def test_a_time_on_the_command_line_may_lack_its_space() -> None:
    """`3h` typed as an option is `3 h`; in files it is refused, and no option takes more than that."""
    assert [Hours.parse_option(t).high for t in ("3h", "3 h", " 12-24h ")] == [3.0, 3.0, 24.0]
    for text in ("", "h3", "3 hours", "3h4h"):
        with pytest.raises(BadValue):
            Hours.parse_option(text)


@pytest.mark.parametrize(
    ("text", "dose"),
    [
        ("10 mg/kg", (10.0, 10.0, "mg/kg")),
        ("0.5-1 mg/kg", (0.5, 1.0, "mg/kg")),
        ("20 uM", (20.0, 20.0, "uM")),
        ("5 mg/kg/h", (5.0, 5.0, "mg/kg/h")),
        ("84 mg", (84.0, 84.0, "mg")),
        ("50 %", (50.0, 50.0, "%")),
    ],
)
def test_doses_keep_their_unit(text: str, dose: tuple[float, float, str]) -> None:
    """A dose or range of doses is an interval with the unit it was written in."""
    read = Dose.parse(text)
    assert ((read.low, read.high, read.unit), read.text) == (dose, text)


@pytest.mark.parametrize(
    "text",
    ["", "10", "10mg/kg", "10 mg/Kg", "10 µM", "10-5 mg/kg", "010 mg", "1e1 mg", "10 mg/kg ip", f"{ARABIC_THREE} mg"],
)
def test_other_doses_are_refused(text: str) -> None:
    """Whatever lies outside the grammar of doses is refused."""
    with pytest.raises(BadValue):
        Dose.parse(text)


def test_curies_have_a_known_prefix() -> None:
    """A CURIE is known prefix, colon, local part; nothing that a browser could run is one."""
    good = ["CHEBI:6121", "HGNC:1033", "ketamech:burst-firing", "MESH:D003863"]
    bad = ["", "ketamine", "CHEBI:", ":6121", "CHEBI: 6121", "chebi:6121", "javascript:alert", "XX:1", "CHEBI:1/../2"]
    assert [t for t in good + bad if is_curie(t)] == good


def test_dois_are_bare() -> None:
    """A DOI starts with 10., four to nine digits and a slash, and carries no address."""
    good = ["10.1126/science.aat8078", "10.1016/0166-4328(93)90157-O", "10.1038/tp.2013.112"]
    bad = ["", "10.1126/", "10.12/x", "doi:10.1126/x", "https://doi.org/10.1126/x", "10.1126/a b", "10.1126/<x>"]
    assert [t for t in [*good, *bad, f"10.112{ARABIC_THREE}/x"] if is_doi(t)] == good


def test_pubmed_numbers_are_plain_digits() -> None:
    """A PubMed number is one to eight digits without a leading zero."""
    bad = ["", "0", "0123456", "123456789", "PMID:1", "12.0", f"2{ARABIC_THREE}"]
    assert [t for t in ["1", "20724638", *bad] if is_pmid(t)] == ["1", "20724638"]


def test_slugs_are_lower_case() -> None:
    """A key is lower-case letters and digits, joined by single hyphens or underscores."""
    good = ["li2010", "spines-at-24-h", "a_b"]
    assert [t for t in [*good, "", "Li2010", "2010li", "li--2010", "li-", "li 2010", "lü"] if is_slug(t)] == good


def test_identifiers_lead_to_public_pages() -> None:
    """Known CURIEs and papers lead to their page; local ones and malformed ones lead nowhere."""
    assert curie_url("CL:0000540") == "https://purl.obolibrary.org/obo/CL_0000540"
    assert [curie_url(t) for t in ("ketamech:burst-firing", "CHEBI:<x>", "javascript:alert")] == [None] * 3
    assert paper_url("10.1126/science.aat8078", "1") == "https://doi.org/10.1126/science.aat8078"
    assert paper_url("not a doi", "20724638") == "https://pubmed.ncbi.nlm.nih.gov/20724638/"
    assert paper_url(None, None) is None


def test_opposite_predicates_have_opposite_signs() -> None:
    """The opposite of the opposite is the predicate itself, and their signs cancel."""
    opposed = [p for p in PREDICATES.values() if p.opposite]
    assert [p.name for p in opposed] == ["activates", "inhibits", "increases", "decreases"]
    for p in opposed:
        other = PREDICATES[p.opposite or ""]
        assert (other.opposite, other.sign, other.role) == (p.name, -p.sign, p.role)


def test_which_predicates_may_be_walked() -> None:
    """Causes are steps; a readout only ends a path; contact, parts, places and associations are never steps."""
    roles: dict[str, list[str]] = {}
    for p in PREDICATES.values():
        roles.setdefault(p.role, []).append(p.name)
    assert roles == {
        "step": ["activates", "inhibits", "increases", "decreases", "modulates", "converts_to"],
        "beside": ["binds"],
        "last": ["is_readout_of"],
        "rollup": ["part_of", "is_a"],
        "never": ["located_in", "correlates_with", "predicts", "precedes"],
    }


@pytest.mark.parametrize(
    ("subject", "predicate", "object", "allowed"),
    [
        ("drug", "inhibits", "receptor", True),
        ("drug", "increases", "behaviour", True),
        ("brain_region", "activates", "brain_region", True),
        ("drug", "increases", "brain_region", False),
        ("drug", "activates", "behaviour", False),
        ("readout", "increases", "behaviour", False),
        ("readout", "is_readout_of", "behaviour", True),
        ("protein", "is_readout_of", "behaviour", False),
        ("drug", "converts_to", "metabolite", True),
        ("drug", "converts_to", "receptor", False),
        ("protein", "increases", "drug", False),
    ],
)
def test_what_a_predicate_joins(subject: str, predicate: str, object: str, allowed: bool) -> None:
    """Activity is raised in what is active, amounts in what is counted; a readout causes nothing."""
    assert joins(predicate, subject, object) is allowed


def test_an_outcome_is_raised_and_a_place_activated() -> None:
    """Behaviour goes up or down, places are active or silent, molecules may do both; nothing acts on a drug."""
    raising = {kind: [p for p in ("increases", "activates") if joins(p, "protein", kind)] for kind in KINDS}
    assert {tuple(raising[kind]) for kind in OUTCOMES} == {("increases",)}
    assert {tuple(raising[kind]) for kind in PLACES} == {("activates",)}
    assert raising["receptor"] == ["increases", "activates"]
    assert [kind for kind in KINDS if not raising[kind]] == ["drug"]


def test_every_mode_lowers_raises_or_is_neither() -> None:
    """No mode both lowers and raises its target; only knock-in, diet and surgery give no direction."""
    assert frozenset() == LOWERING & RAISING
    assert set(MODES) - LOWERING - RAISING == {"knockin", "diet", "surgery"}


@pytest.mark.parametrize(
    ("species", "system", "kind", "tier"),
    [
        ("human", "in vivo", "trial", "human controlled"),
        ("human", None, "meta-analysis", "human controlled"),
        ("human", "in vivo", "primary", "human observational"),
        ("human", "cell culture", "trial", "in vitro"),
        ("macaque", "in vivo", "primary", "primate"),
        ("mouse", "slice", "primary", "in vitro"),
        ("rat", "ex vivo", "primary", "rodent"),
        (None, "recombinant", "primary", "in vitro"),
        (None, None, "primary", "unknown"),
        ("zebrafish", "in vivo", "primary", "unknown"),
    ],
)
def test_the_translational_ladder(species: str | None, system: str | None, kind: str, tier: str) -> None:
    """Human cells in a dish are in vitro; only controlled human work stands on the top rung."""
    assert tier_of(species, system, kind) == tier
    assert tier in TIERS


@pytest.mark.parametrize(
    ("authors", "journal", "title", "cited"),
    [
        ("Li N et al.", "Science", "Spines", "Li N et al., Science, 2010. Spines."),
        ("Li N et al.", None, "In neocortex.", "Li N et al., 2010. In neocortex."),
        ("", "Science", "Is it so?", "Science, 2010. Is it so?"),
        ("", None, "Spines", "li2010, 2010. Spines."),
    ],
)
def test_a_citation_closes_its_title_once(authors: str, journal: str | None, title: str, cited: str) -> None:
    """No second full stop, none after a question, and no year alone."""
    assert Paper("li2010", title, authors, 2010, journal).cited == cited
