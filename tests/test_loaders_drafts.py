"""Files of papers that are begun: sound from the first, whole when filled, never over another file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invalid.samples import ALPHA, folder

from ketamech.graph.errors import KetamechError, UsageError
from ketamech.loaders import load, load_default, packaged_folder
from ketamech.loaders.drafts import MAX_DRAFTS, begin_paper, draft_unknown, drafts, paper_file
from ketamech.loaders.note import cited_sources
from ketamech.loaders.shapes import ClaimShape, ContextShape, ExperimentShape, PaperShape
from ketamech.loaders.skeleton import Given, bare_doi, default_key, skeleton
from ketamech.loaders.yaml_text import read_yaml

DOI = "10.5555/12345678"
FIELD = re.compile(r"^( *)# ", flags=re.MULTILINE)


def filled(text: str) -> str:
    """Take the mark away from the required fields of the paper and of the claim."""
    paper, mark, claim = text.partition("## One intervention")[0].partition("## One finding")
    return re.sub(r"^( *)# (?=.*# required)", r"\1", paper + mark + claim, flags=re.MULTILINE)


def laid(tmp_path: Path, text: str, key: str) -> str:
    """Lay a paper file into a folder on top of the packaged knowledge."""
    at = tmp_path / "own"
    (at / "papers").mkdir(parents=True)
    (at / "papers" / f"{key}.yaml").write_text(text, encoding="utf-8")
    return f"+{at}"


def test_a_skeleton_is_yaml_that_lacks_only_what_is_required() -> None:
    """It reads without a problem and holds what was given."""
    doc = read_yaml(skeleton(Given(DOI, "new-x", title='A: title # with “signs” \\ "')).encode(), "new-x.yaml")
    assert doc.problems == []
    assert doc.value == {"paper": {"key": "new-x", "doi": DOI, "title": 'A: title # with “signs” \\ "'}}


def test_a_skeleton_loads_once_the_required_fields_are_filled(tmp_path: Path) -> None:
    """Nothing else has to be touched."""
    text = filled(skeleton(Given(DOI, "new-x")))
    assert "new-x" in {p.key for p in load([laid(tmp_path, text, "new-x")]).knowledge.papers}


def test_a_skeleton_loads_with_every_line_taken_in(tmp_path: Path) -> None:
    """The example claim and experiment are sound as they stand, names and edge included."""
    text = FIELD.sub(r"\1", skeleton(Given(DOI, "new-x")))
    knowledge = load([laid(tmp_path, text, "new-x")]).knowledge
    assert {"new-x.short-slug"} <= {c.id for c in knowledge.claims}
    assert {"new-x.nbqx-blocks-fst"} <= {x.id for x in knowledge.experiments}


def test_a_skeleton_shows_every_field_there_is() -> None:
    """Fields that the format gains are shown too; `sign` is told in words, since most predicates forbid it."""
    paper, _, rest = skeleton(Given(DOI, "new-x")).partition("# claims:")
    claim, _, experiment = rest.partition("# experiments:")
    for text, shape, apart in (
        (paper, PaperShape, set()),
        (claim, ClaimShape, {"sign"}),
        (experiment, ExperimentShape, set()),
        (claim, ContextShape, set()),
        (experiment, ContextShape, set()),
    ):
        shown = set(re.findall(r"^[# -]*([a-z_]+):", text, flags=re.MULTILINE))
        assert set(shape.model_fields) - shown == apart
    assert "sign: -1" in claim


def test_every_vocabulary_is_shown_whole() -> None:
    """The words of a field stand beside it."""
    from ketamech.graph import vocabulary as v

    text = skeleton(Given(DOI, "new-x"))
    for words in (v.PAPER_KINDS, v.PREDICATES, v.DIRECTNESS, v.STANCES, v.SPECIES, v.ROUTES, v.MODES, v.OBSERVED):
        assert f"one of: {', '.join(words)}" in text


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=30), st.integers(0, 3000), st.text(max_size=9))
def test_whatever_is_given_comes_back_or_is_refused(
    title: str, authors: str, journal: str, year: int, pmid: str
) -> None:
    """Text of any kind is data, never YAML; what the format forbids is an error in words."""
    try:
        text = skeleton(Given(DOI, "new-x", title, authors, year, journal, pmid))
    except KetamechError:
        return
    paper = read_yaml(text.encode(), "new-x.yaml").value["paper"]
    assert (paper["title"], paper["authors"], paper["journal"]) == (title, authors, journal)
    assert (paper["year"], paper["pmid"]) == (year, pmid)


@pytest.mark.parametrize("key", ["Li 2010", "a # ../x", "x: y", "../x", "", "no", "true", "null", "x\ny: 1"])
def test_a_key_is_held_to_its_grammar(key: str, tmp_path: Path) -> None:
    """A key is never a path, never YAML."""
    with pytest.raises(UsageError):
        begin_paper(Given(DOI, key), load_default().knowledge, [], tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("10.1126/science.aat8078", "10.1126/science.aat8078"),
        (" doi: 10.1126/science.aat8078. ", "10.1126/science.aat8078"),
        ("https://doi.org/10.1126/science.aat8078", "10.1126/science.aat8078"),
        ("HTTP://DX.DOI.ORG/10.1126/SCIENCE.AAT8078", "10.1126/SCIENCE.AAT8078"),
        ("doi.org/10.1016%2FS0140-6736%2819%2930041-8", "10.1016/S0140-6736(19)30041-8"),
        ("https://www.nature.com/articles/s41398-020-0844-4", "10.1038/s41398-020-0844-4"),
    ],
)
def test_a_doi_is_taken_in_every_dress(text: str, doi: str) -> None:
    """What is stored is the bare DOI."""
    assert bare_doi(text) == doi


@pytest.mark.parametrize(
    "text", ["", "x", "10.1126", "30975859", "10.1/x", "10.1126/a and", "10.1126/a,10.1126/b", "\0"]
)
def test_what_is_no_doi_is_refused(text: str) -> None:
    """Two are none."""
    with pytest.raises(UsageError, match="is not a DOI"):
        bare_doi(text)


@pytest.mark.parametrize(
    ("authors", "year", "key"),
    [
        ("Moda-Sava RN et al.", 2019, "modasava2019"),
        ("Moda-Sava, Rachel N", 2019, "modasava2019"),
        ("LI N", 2010, "li2010"),
        ("van der Berg A.B.", 2001, "vanderberg2001"),
        ("Müller-Łącki A", 2001, "mullerlacki2001"),
        ("Berman and Charney", 2000, "berman2000"),
        ("张伟", 2001, "new-10-5555-12345678"),
        ("Li N", None, "new-10-5555-12345678"),
        (None, 2001, "new-10-5555-12345678"),
    ],
)
def test_a_key_is_made_of_surname_and_year(authors: str | None, year: int | None, key: str) -> None:
    """Without either, of the DOI."""
    assert default_key(DOI, authors, year) == key


def test_long_and_like_dois_have_keys_of_their_own() -> None:
    """A key stays short enough for a file name."""
    long = [default_key(f"10.5555/{'x' * 240}{i}") for i in range(3)]
    assert len({*long}) == 3
    assert max(map(len, long)) < 80
    assert default_key("10.5555/A.b", apart=True) != default_key("10.5555/a-b", apart=True)


def test_a_known_paper_is_refused_with_its_file(tmp_path: Path) -> None:
    """By DOI in any case, by PubMed number, and by key."""
    at = folder(tmp_path / "k")
    knowledge = load([str(at)]).knowledge
    (alpha,) = (p for p in knowledge.papers if p.key == "alpha2020")
    assert alpha.doi
    for given_ in (Given(alpha.doi.upper(), "new-x"), Given(DOI, "alpha2020"), Given(DOI, "new-x", pmid=alpha.pmid)):
        with pytest.raises(UsageError) as caught:
            begin_paper(given_, knowledge, [at], tmp_path / "papers")
        assert str(at / "papers" / "alpha2020.yaml") in caught.value.message
    assert not (tmp_path / "papers").exists()


def test_no_file_is_ever_written_over(tmp_path: Path) -> None:
    """Neither one of the same key, nor is the same DOI begun twice under two keys."""
    knowledge = load_default().knowledge
    path = begin_paper(Given(DOI, "new-x"), knowledge, [], tmp_path)
    before = path.read_bytes()
    for again, says in ((Given(DOI, "new-y"), "is begun already"), (Given("10.5555/1", "new-x"), "exists")):
        with pytest.raises(UsageError, match=says):
            begin_paper(again, knowledge, [], tmp_path)
    assert [p.read_bytes() for p in tmp_path.iterdir()] == [before]
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="cannot be written"):
        begin_paper(Given("10.5555/2", "new-z"), knowledge, [], tmp_path / "file")


def test_the_unknown_papers_of_a_note_are_drafted_once(tmp_path: Path) -> None:
    """Each unknown DOI gets a file of its own; a second run keeps what is there."""
    answer = cited_sources("10.1126/science.aat8078 10.5555/a.b 10.5555/a-b PMID 1", load_default().knowledge)
    written, kept = draft_unknown(answer, tmp_path)
    assert ([p.parent for p in written], kept) == ([tmp_path, tmp_path], [])
    assert set(drafts(tmp_path)) == {"10.5555/a.b", "10.5555/a-b"}
    assert draft_unknown(answer, tmp_path) == ([], written)


def test_a_flood_of_drafts_is_refused(tmp_path: Path) -> None:
    """Nothing is written then."""
    text = "\n".join(f"10.5555/{i}" for i in range(MAX_DRAFTS + 1))
    with pytest.raises(UsageError, match="501 DOIs"):
        draft_unknown(cited_sources(text, load_default().knowledge), tmp_path / "d")
    assert not (tmp_path / "d").exists()


def test_a_paper_is_found_by_its_key(tmp_path: Path) -> None:
    """In the folders that were loaded, with either suffix."""
    at = folder(tmp_path / "k", papers={"alpha2020": ALPHA})
    (at / "papers" / "alpha2020.yaml").rename(at / "papers" / "alpha2020.yml")
    assert paper_file("alpha2020", [packaged_folder(), at]) == at / "papers" / "alpha2020.yml"
    assert paper_file("nobody", [at]) == Path("papers/nobody.yaml")
