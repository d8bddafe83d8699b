"""`add` and `sources`: what goes to stdout and stderr, exit status, and that their examples work."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest
from conftest import Ask

ROOT = Path(__file__).parent.parent
NOTE = "See [spines](https://doi.org/10.1126/SCIENCE.aat8078), 10.5555/new1\nand PMC5999402.\n"


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run every test in a folder of its own that holds a note."""
    monkeypatch.chdir(tmp_path)
    Path("note.md").write_text(NOTE, encoding="utf-8")


@pytest.mark.parametrize("name", ["add", "sources"])
def test_the_examples_of_the_help_work(ask: Ask, name: str) -> None:
    """Each is run as it stands and leaves something on stdout; README names the command."""
    examples = re.findall(rf"^ +ketamech ({name} .+)$", ask(name, "--help").out, flags=re.MULTILINE)
    assert len(examples) == 2
    for words in map(shlex.split, examples):
        said = ask(*words)
        assert said.status == 0, said.err
        assert said.out
    assert f"ketamech {name} " in (ROOT / "README.md").read_text(encoding="utf-8")


def test_add_prints_the_path_and_what_is_left(ask: Ask) -> None:
    """The path alone on stdout, ./papers unless said otherwise; the words on stderr."""
    said = ask("add", "doi:10.5555/1", "--author", "Doe J et al.", "--year", "2020", "--journal", "Nature: x")
    assert (said.status, said.out) == (0, "papers/doe2020.yaml\n")
    assert said.err == "Left to fill: title, kind, checked (required); pmid, group (where seen); one finding or more.\n"
    assert '\n  journal: "Nature: x"\n  # kind: primary' in Path("papers/doe2020.yaml").read_text(encoding="utf-8")
    assert ask("add", "10.5555/2", "--key", "own2020", "--into", "a/b").out == "a/b/own2020.yaml\n"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["10.1126/SCIENCE.AAT8078"], "DOI 10.1126/SCIENCE.AAT8078 is in the knowledge already: "),
        (["10.5555/1", "--pmid", "20724638"], "PMID 20724638 is in the knowledge already: "),
        (["10.5555/1", "--key", "modasava2019"], "The key modasava2019 is taken: "),
    ],
)
def test_add_names_the_file_of_a_known_paper(ask: Ask, words: list[str], says: str) -> None:
    """One error line with the file, one hint, status 2, nothing written."""
    said = ask("add", *words)
    assert (said.status, said.out) == (2, "")
    assert re.fullmatch(rf"error: {says}\S+/papers/(?:modasava2019|li2010)\.yaml\nhint: .+\n", said.err)
    assert not Path("papers").exists()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["nature"], "error: 'nature' is not a DOI."),
        (["10.5555/1", "--year", "19"], "error: year: 19 is an impossible year."),
        (["10.5555/1", "--pmid", "PMC1"], "error: pmid: 'PMC1' is not a PubMed number."),
        (["10.5555/1", "--title", " "], "error: title: is empty."),
        (["10.5555/1", "--title", "a\u202eb"], "error: bidirectional control character U+202E."),
        (["10.5555/1", "--title", "a\udcffb"], "error: What is given is not text in UTF-8."),
        (["10.5555/1", "--key", "../x"], "error: '../x' is not a key."),
    ],
)
def test_add_refuses_what_the_format_refuses(ask: Ask, words: list[str], says: str) -> None:
    """The error says what is wrong and the hint what would be right."""
    said = ask("add", *words)
    assert (said.status, said.out) == (2, "")
    assert said.err.splitlines()[0] == says
    assert said.err.splitlines()[1].startswith("hint: ")
    assert not Path("papers").exists()


def test_sources_tells_what_is_known(ask: Ask) -> None:
    """Known papers by key, unknown ones, and those that cannot be told."""
    said = ask("sources", "note.md", "--format", "json")
    assert (said.status, said.err) == (0, "")
    answer = json.loads(said.out)
    assert (answer["schema_version"], answer["query"]) == (1, {"note": "note.md"})
    assert [(s["kind"], s["line"], s["known"], s["paper"]) for s in answer["sources"]] == [
        ("doi", 1, True, "modasava2019"),
        ("doi", 1, False, None),
        ("pmcid", 2, None, None),
    ]
    assert ask("sources", "note.md").out.splitlines()[:2] == [
        "kind\tid\tline\ttimes\tknown\tpaper\tfound",
        "doi\t10.1126/SCIENCE.aat8078\t1\t1\tyes\tmodasava2019\thttps://doi.org/10.1126/SCIENCE.aat8078",
    ]


def test_sources_drafts_the_unknown(ask: Ask) -> None:
    """The files are named on stderr; a second run keeps them."""
    begun = ask("sources", "note.md", "--draft", "d")
    assert begun.err == "begun: d/new-10-5555-new1.yaml\n"
    assert ask("sources", "note.md", "--draft", "d").err == "kept as it was: d/new-10-5555-new1.yaml\n"


def test_sources_without_a_source_is_status_1(ask: Ask) -> None:
    """Nothing found is said on stderr; a note that cannot be read is status 2."""
    Path("empty.md").write_text("nothing here")
    said = ask("sources", "empty.md")
    assert (said.status, said.out) == (1, "")
    assert said.err == "No DOI, PubMed number or publisher's link in empty.md.\n"
    Path("\udcff.md").write_text("PMID 1")
    assert json.loads(ask("sources", "\udcff.md", "--format", "json").out)["query"] == {"note": "?.md"}
    Path("broken.md").write_bytes(b"\xff")
    said = ask("sources", "broken.md")
    assert (said.status, said.out) == (2, "")
    assert said.err.startswith("error: broken.md:1: the text is not UTF-8.\nhint: ")
