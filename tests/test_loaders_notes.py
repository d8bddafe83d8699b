"""What is found in notes: identifiers and publishers' links as people paste them, their lines, and what is known."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reference import reference

from ketamech.graph.errors import UsageError
from ketamech.graph.identifiers import is_doi, is_pmid
from ketamech.loaders import load_default
from ketamech.loaders.citations import find_citations
from ketamech.loaders.note import MAX_NOTE, cited_sources, read_note


def found(text: str) -> list[tuple[str, str]]:
    """Give kind and identifier of all that a text cites."""
    return [(s.kind, s.id) for s in find_citations(text)]


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("10.1126/science.aat8078", "10.1126/science.aat8078"),
        ("doi:10.1126/science.aat8078.", "10.1126/science.aat8078"),
        ("DOI 10.1126/science.aat8078, and", "10.1126/science.aat8078"),
        ("DOI10.1126/science.aat8078", "10.1126/science.aat8078"),
        ("(10.1126/science.aat8078)", "10.1126/science.aat8078"),
        ("**10.1126/science.aat8078**", "10.1126/science.aat8078"),
        ("_10.1126/science.aat8078_;", "10.1126/science.aat8078"),
        ("`10.1126/science.aat8078`", "10.1126/science.aat8078"),
        ("|10.1126/science.aat8078|", "10.1126/science.aat8078"),
        ("'10.1126/science.aat8078'", "10.1126/science.aat8078"),
        ("doi = {10.1126/science.aat8078},", "10.1126/science.aat8078"),
        ("10.1126/science.aat8078?", "10.1126/science.aat8078"),
        ("10.1126/science.aat8078，见", "10.1126/science.aat8078"),
        ("“10.1126/science.aat8078”", "10.1126/science.aat8078"),
        ("<https://doi.org/10.1126/science.aat8078>", "10.1126/science.aat8078"),
        ("[10.1126/science.aat8078](https://doi.org/10.1126/science.aat8078)", "10.1126/science.aat8078"),
        ("[a study](https://doi.org/10.1016/S0140-6736(19)30041-8)", "10.1016/S0140-6736(19)30041-8"),
        ("(see 10.1016/S0140-6736(19)30041-8).", "10.1016/S0140-6736(19)30041-8"),
        ("https://doi.org/10.1016%2FS0140-6736%2819%2930041-8", "10.1016/S0140-6736(19)30041-8"),
        ("10.1016%2Fj.neuron.2019.01.001", "10.1016/j.neuron.2019.01.001"),
        (r"10.1007/978-3-030-1\_12", "10.1007/978-3-030-1_12"),
        ('<a href="https://doi.org/10.1126/x1">10.1126/x1</a>', "10.1126/x1"),
        ("<b>10.1126/x1</b>", "10.1126/x1"),
        ("10.1126/x1&nbsp;next", "10.1126/x1"),
        ("10.1016/S0140\u20106736", "10.1016/S0140-6736"),
        ("10.1126/science.\u200baat8078", "10.1126/science.aat8078"),
        ("https://www.nature.com/articles/s41398-020-0844-4", "10.1038/s41398-020-0844-4"),
        ("nature.com/articles/s41586-019-1234-5.pdf", "10.1038/s41586-019-1234-5"),
        ("https://www.nature.com/articles/nature17998#Sec2", "10.1038/nature17998"),
        ("https://www.nature.com/articles/nrn3839", "10.1038/nrn3839"),
        ("https://www.nature.com/articles/tp2013112", "10.1038/tp.2013.112"),
        ("https://www.nature.com/articles/nn.4321", "10.1038/nn.4321"),
        ("https://www.science.org/doi/10.1126/science.aat8078", "10.1126/science.aat8078"),
        ("https://www.science.org/doi/full/10.1126/science.aat8078?af=R", "10.1126/science.aat8078"),
        ("https://onlinelibrary.wiley.com/doi/full/10.1111/jnc.12345", "10.1111/jnc.12345"),
        ("https://onlinelibrary.wiley.com/doi/10.1002/hipo.1/abstract", "10.1002/hipo.1"),
        ("https://www.tandfonline.com/doi/abs/10.1080/15622975.2019.1?journalCode=i", "10.1080/15622975.2019.1"),
        ("https://www.frontiersin.org/articles/10.3389/fnins.2019.00123/full", "10.3389/fnins.2019.00123"),
        ("https://public-pages-files-2025.frontiersin.org/10.3389/fnins.2025.1/text", "10.3389/fnins.2025.1"),
        ("https://www.biorxiv.org/content/10.1101/2020.01.02.123456v2", "10.1101/2020.01.02.123456"),
        ("https://www.biorxiv.org/content/10.1101/123456v1.full.pdf+html", "10.1101/123456"),
        ("https://www.medrxiv.org/content/10.64898/2026.01.02.123456v12.full", "10.64898/2026.01.02.123456"),
        ("https://jamanetwork.com/article.aspx?doi=10.1001/jama.2019.1&x=2", "10.1001/jama.2019.1"),
        ("https://journals.plos.org/plosone/article?id=10.1371/journal.pone.1&type=p", "10.1371/journal.pone.1"),
        ("https://elifesciences.org/articles/12345", "10.7554/eLife.12345"),
        ("https://www.google.com/url?q=https%3A%2F%2Fdoi.org%2F10.1126%2Fx1&sa=D", "10.1126/x1"),
        ("10.1206/0003-0090(2005)287[0001:XXX]2.0.CO;2", "10.1206/0003-0090(2005)287[0001:XXX]2.0.CO;2"),
    ],
)
def test_a_doi_is_found_as_it_is_pasted(text: str, doi: str) -> None:
    """Brackets, marks, links, entities and views fall off; what belongs to the DOI stays, and it stands once."""
    assert found(text) == [("doi", doi)]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("PMID: 30975859", ["30975859"]),
        ("PMID30975859; PMID 1", ["30975859", "1"]),
        ("PMIDs: 30975859, 20724638 and 12345 (2019)", ["30975859", "20724638", "12345"]),
        ("PMID: 30975859, 2019", ["30975859"]),
        ("<b>PMID:</b> 30975859", ["30975859"]),
        ("**PMID:** 30975859", ["30975859"]),
        ("pmid = {30975859},", ["30975859"]),
        ("PubMed ID: 30975859", ["30975859"]),
        ("PMID- 30975859", ["30975859"]),
        ("https://pubmed.ncbi.nlm.nih.gov/30975859/", ["30975859"]),
        ("pubmed.ncbi.nlm.nih.gov/30975859", ["30975859"]),
        ("[x](https://www.ncbi.nlm.nih.gov/pubmed/30975859)", ["30975859"]),
        ("https://www.ncbi.nlm.nih.gov/pubmed/?term=30975859", ["30975859"]),
        ("https://europepmc.org/article/MED/30975859", ["30975859"]),
        ("https://www.ncbi.nlm.nih.gov/pmc/articles/pmid/30975859/", ["30975859"]),
    ],
)
def test_pubmed_numbers_are_found(text: str, ids: list[str]) -> None:
    """With the word before them, in lists, and in links."""
    assert found(text) == [("pmid", i) for i in ids]


@pytest.mark.parametrize(
    "text",
    [
        "PMC5999402",
        "PMCID: PMC5999402.",
        "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC5999402/",
        "https://pmc.ncbi.nlm.nih.gov/articles/PMC5999402/#S2",
        "https://europepmc.org/article/PMC/PMC5999402",
    ],
)
def test_pmc_numbers_are_found(text: str) -> None:
    """Bare, after the word PMCID, and in links."""
    assert found(text) == [("pmcid", "PMC5999402")]


@pytest.mark.parametrize(
    ("text", "link"),
    [
        (
            "https://www.cell.com/neuron/fulltext/S0896-6273(19)30114-2).",
            "https://www.cell.com/neuron/fulltext/S0896-6273(19)30114-2",
        ),
        (
            "https://www.sciencedirect.com/science/article/pii/S0014299919304996?via%3Dihub",
            "https://www.sciencedirect.com/science/article/pii/S0014299919304996",
        ),
        (
            "jamanetwork.com/journals/jamapsychiatry/fullarticle/2733209",
            "https://jamanetwork.com/journals/jamapsychiatry/fullarticle/2733209",
        ),
        ("https://www.nature.com/articles/1301234", "https://www.nature.com/articles/1301234"),
        (
            "https://x.wiley.com/doi/10.1002/(SICI)1097-0258%2819980815%2917:15%3C1661::AID%3E3.0.CO;2-2",
            "https://x.wiley.com/doi/10.1002/(SICI)1097-0258%2819980815%2917:15%3C1661::AID%3E3.0.CO;2-2",
        ),
    ],
)
def test_a_publishers_page_without_an_identifier_is_a_link(text: str, link: str) -> None:
    """It is reported, never guessed into a DOI."""
    assert found(text) == [("link", link)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no source here",
        "https://www.npr.org/2019/04/11/712295937/ketamine",
        "https://www.nature.com/",
        "https://www.sciencedirect.com/topics/neuroscience/ketamine",
        "PMID: 123456789",
        "PMID: 012",
        "version 110.1234/5",
        "10.1126/...",
        "10.123/x 10.1126/",
        "http://[::1",
        "PubMed 2019 was searched",
        "10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2",
        "&#xD800;&#99999999999999999999;",
    ],
)
def test_what_is_no_source_is_not_found(text: str) -> None:
    """Other pages, wrong numbers and half identifiers are passed over."""
    assert found(text) == []


def test_lines_times_and_order_are_kept() -> None:
    """Each source stands once with its first line, however lines end; case makes no difference."""
    text = "PMID: 7\r\nhttps://doi.org/10.1126/ABC1\r10.1126/abc1, pmid:7\n\x0c10.1126/x2,10.1126/x3\x85PMC1234"
    assert [(s.id, s.line, s.times) for s in find_citations(text)] == [
        ("7", 1, 2),
        ("10.1126/ABC1", 2, 2),
        ("10.1126/x2", 4, 1),
        ("10.1126/x3", 4, 1),
        ("PMC1234", 4, 1),
    ]


@given(st.text(alphabet="10.1126/()[]<>&;#x%2Ff:htps,PMIDC \n\\*_?\x00\u202e\ud7ffé", max_size=200))
def test_whatever_is_found_is_sound(text: str) -> None:
    """No text raises, every identifier has its grammar and nothing found can steer a terminal."""
    for s in find_citations(text):
        assert s.kind != "doi" or is_doi(s.id)
        assert s.kind != "pmid" or is_pmid(s.id)
        assert s.found.isprintable()
        assert 1 <= s.line <= text.count("\n") + 1


@given(
    st.from_regex(r"10\.[1-9][0-9]{3}/[a-z0-9]{1,8}([._-][a-z0-9]{1,6}){0,3}", fullmatch=True),
    st.sampled_from(["({})", "[t](https://doi.org/{})", "doi:{}.", "<{}>", "**{}**", '"{}",', "a {}; b", "«{}»"]),
)
def test_wrapping_takes_nothing_from_a_doi(doi: str, wrap: str) -> None:
    """A DOI comes out of every wrapping as it went in, but for a view or version of a page at its end."""
    got = found(wrap.format(doi))
    plain = found(doi)
    assert got == plain
    assert len(plain) <= 1
    assert all(doi.startswith(name) for _, name in plain)


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "PMID: ",
        "10.1234/]",
        "https://(",
        "10.1234/x(",
        "&#9",
        "10.",
        "<b>",
        "[",
        "https://doi.org/10.1234/" + "." * 90,
        "\\",
        "\x01",
    ],
)
def test_a_long_hostile_line_comes_to_an_end(unit: str) -> None:
    """Half a megabyte without a line end is read through; what repeats stands once."""
    assert {s.id for s in find_citations(unit * (500_000 // len(unit)))} <= {"10.1234/x"}


def test_a_note_of_five_megabytes_is_read() -> None:
    """A long honest note is read to its last line."""
    lines = [f"Line {i} tells of spines and stress, at length and without a source." for i in range(75_000)]
    text = "\n".join([*lines, "10.1126/science.aat8078"])
    assert len(text) > 5_000_000
    assert [(s.id, s.line) for s in find_citations(text)] == [("10.1126/science.aat8078", 75_001)]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"one\ntwo \xff\xfe", "note.md:2: the text is not UTF-8."),
        (b"\xff\xfea\0", "note.md is UTF-16, not text in UTF-8."),
        (b"%PDF-1.7", "note.md is a PDF, not text in UTF-8."),
        (b"a\nb\0c", "note.md:2: there is a NUL in it, so it is no text."),
        (b"a" * (MAX_NOTE + 1), "note.md has more than 20 MB."),
    ],
    ids=["broken", "utf-16", "pdf", "nul", "long"],
)
def test_what_is_no_text_is_refused_in_words(data: bytes, says: str, tmp_path: Path) -> None:
    """The error names the file and, where there is one, the line."""
    note = tmp_path / "note.md"
    note.write_bytes(data)
    with pytest.raises(UsageError) as caught:
        read_note(note)
    assert caught.value.message == f"{tmp_path}/{says}"
    assert caught.value.hint


def test_a_note_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    """So is a folder in its place."""
    for path in (tmp_path / "missing.md", tmp_path):
        with pytest.raises(UsageError, match="cannot be read"):
            read_note(path)


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    """Notes come from all kinds of editors."""
    note = tmp_path / "note.md"
    note.write_bytes(b"\xef\xbb\xbfPMID: 1")
    assert read_note(note) == "PMID: 1"


def test_the_shared_notes_are_read() -> None:
    """Real notes and articles: their identifiers, lines and the papers they are."""
    knowledge = load_default().knowledge
    got = {
        path.name[:3]: [(s.kind, s.id, s.line, s.paper) for s in cited_sources(read_note(path), knowledge).sources]
        for path in sorted(reference("seeds").glob("*.txt"))
    }
    assert [name for name, rows in got.items() if not rows] == ["000", "001", "004"]
    assert got["003"][0] == ("doi", "10.1126/science.ado7010", 10, "chen2024")
    assert got["003"][1][:3] == ("doi", "10.1126/science.adq9566", 34)
    assert got["002"][0] == ("doi", "10.1038/s41398-020-0844-4", 10, "tiger2020")
    assert [(kind, line) for kind, _, line, _ in got["002"][1:]] == [
        *(("link", 13), ("link", 16), ("pmcid", 17), ("link", 19)),
        *(("pmcid", 21), ("pmcid", 23), ("pmcid", 25), ("pmcid", 27)),
    ]
