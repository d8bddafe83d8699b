"""Bytes, characters and shapes of YAML that no file may hold; written here, so that no editor spoils them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invalid.samples import ALPHA, BETA, TABLE, as_bytes, folder, problems

from ketamech.graph.errors import DataError
from ketamech.loaders import load
from ketamech.loaders.entity_table import read_entities
from ketamech.loaders.folder import load_sources
from ketamech.loaders.plain_text import MAX_BYTES, unseen_characters
from ketamech.loaders.sources import Source
from ketamech.loaders.yaml_text import read_yaml

SUMMARY = "Mice swam longer."
BOMB = "a: &a [x, x]\nb: &b [*a, *a, *a, *a]\nc: &c [*b, *b, *b, *b]\nd: [*c, *c, *c, *c]\n"

SPOILT: dict[str, tuple[bytes, str]] = {
    "byte order mark": (b"\xef\xbb\xbf" + ALPHA.encode(), "1: the file starts with a UTF-8 byte order mark"),
    "UTF-16 little-endian": (b"\xff\xfe" + ALPHA.encode("utf-16-le"), "1: the file starts with UTF-16"),
    "UTF-16 big-endian": (b"\xfe\xff" + ALPHA.encode("utf-16-be"), "1: the file starts with UTF-16"),
    "Latin-1": (ALPHA.replace(SUMMARY, "Naïve mice").encode("latin-1"), "47: the file is not UTF-8"),
    "NUL": (ALPHA.replace(SUMMARY, "Mice\0swam").encode(), "47: control character U+0000"),
    "escape": (ALPHA.replace(SUMMARY, "\x1b[2JMice").encode(), "47: control character U+001B"),
    "bell": (ALPHA.replace(SUMMARY, "Mice\x07").encode(), "47: control character U+0007"),
    "delete": (ALPHA.replace(SUMMARY, "Mice\x7f").encode(), "47: control character U+007F"),
    "next line": (ALPHA.replace(SUMMARY, "Mice\x85swam").encode(), "47: control character U+0085"),
    "lone carriage return": (ALPHA.replace(SUMMARY, "Mice\rswam").encode(), "47: control character U+000D"),
    "override": (ALPHA.replace(SUMMARY, "Mice \u202eswam").encode(), "47: bidirectional control character U+202E"),
    "isolate": (ALPHA.replace(SUMMARY, "Mice \u2067swam").encode(), "47: bidirectional control character U+2067"),
    "right-to-left mark": (ALPHA.replace(SUMMARY, "\u200fMice").encode(), "47: bidirectional control character U+200F"),
    "zero-width space": (ALPHA.replace(SUMMARY, "Mi\u200bce").encode(), "47: invisible character U+200B"),
    "mark in the middle": (ALPHA.replace(SUMMARY, "Mi\ufeffce").encode(), "47: invisible character U+FEFF"),
    "line separator": (ALPHA.replace(SUMMARY, "Mi\u2028ce").encode(), "47: line-separating character U+2028"),
    "private use": (ALPHA.replace(SUMMARY, "Mi\ue000ce").encode(), "47: private-use character U+E000"),
    "non-character": (ALPHA.replace(SUMMARY, "Mi\ufffece").encode(), "47: unassigned character U+FFFE"),
    "surrogate": (ALPHA.replace(SUMMARY, "Mi\ud800ce").encode("utf-8", "surrogatepass"), "47: the file is not UTF-8"),
    "nothing": (b"", "1: the file is empty"),
    "white space": (b" \n\n", "1: the file is empty"),
    "comments": (b"# nothing yet\n# still nothing\n", "1: the file is empty"),
    "only a document mark": (b"---\n", "1: the file is empty"),
    "a list": (b"- paper\n- claims\n", "1: is not a record of fields"),
    "a word": (b"paper\n", "1: is not a record of fields"),
    "a number": (b"12\n", "1: is not a record of fields"),
    "an alias bomb": (BOMB.encode(), "1: an anchor or alias"),
    "a nest": (b"[" * 100_000, "1: the nesting is too deep"),
    "a nest of records": (b"{a: " * 50_000, "1: the nesting is too deep"),
    "a nest of hyphens": (b"- " * 500 + b"x", "1: the nesting is too deep"),
    "too many bytes": (ALPHA.encode() + b"#" * MAX_BYTES, f"1: the file has {len(ALPHA) + MAX_BYTES} bytes"),
}


@pytest.mark.parametrize("trap", SPOILT)
def test_a_spoilt_file_is_refused_with_its_line(trap: str, tmp_path: Path) -> None:
    """Encodings, unseen characters, empty files, foreign roots and bombs are one problem each, never a traceback."""
    data, expected = SPOILT[trap]
    at = folder(tmp_path / "k", papers={"alpha2020": data, "beta2021": BETA})
    assert problems(at) == [f"alpha2020.yaml:{expected}"]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"\xef\xbb\xbf" + TABLE.encode(), "1: the file starts with a UTF-8 byte order mark"),
        (TABLE.encode("utf-16"), "1: the file starts with UTF-16"),
        (TABLE.replace("MK-801", "MK\0801").encode(), "2: control character U+0000"),
        (TABLE.replace("MK-801", "MK\u202e801").encode(), "2: bidirectional control character U+202E"),
        (TABLE.replace("MK-801", "MK\xad801").encode(), "2: invisible character U+00AD"),
        (TABLE.replace("MK-801", "MK-é").encode("latin-1"), "2: the file is not UTF-8"),
        (b"", "1: header: the columns differ"),
    ],
)
def test_a_spoilt_table_is_refused_and_no_paper_blamed_for_it(data: bytes, expected: str, tmp_path: Path) -> None:
    """A table that cannot be read is the one problem; names that it would have held are not called unknown."""
    assert problems(folder(tmp_path / "k", table=data)) == [f"entities.tsv:{expected}"]


def test_line_ends_of_either_kind_make_the_same_knowledge(tmp_path: Path) -> None:
    """Files saved on Windows, with CR LF, say the same as files saved elsewhere."""
    unix = folder(tmp_path / "unix")
    papers = {"alpha2020": ALPHA.replace("\n", "\r\n"), "beta2021": BETA.replace("\n", "\r\n")}
    windows = folder(tmp_path / "windows", table=TABLE.replace("\n", "\r\n"), papers=papers)
    assert load([str(unix)]).knowledge == load([str(windows)]).knowledge


def test_every_unseen_character_of_a_file_is_named(tmp_path: Path) -> None:
    """A file with several such characters is told of all of them at once."""
    text = ALPHA.replace(SUMMARY, "Mice\0 \u202eswam").replace("title: ", "title: \u200b")
    assert problems(folder(tmp_path / "k", papers={"alpha2020": text, "beta2021": BETA})) == [
        "alpha2020.yaml:6: invisible character U+200B",
        "alpha2020.yaml:47: bidirectional control character U+202E",
        "alpha2020.yaml:47: control character U+0000",
    ]


def test_a_quoted_no_stays_text(tmp_path: Path) -> None:
    """Nitric oxide in quotes is the text NO, and `no` within words needs no quotes."""
    text = ALPHA.replace("mechanism: channel block", 'mechanism: "NO"').replace(SUMMARY, "There was no effect of NO.")
    claims = load([str(folder(tmp_path / "k", papers={"alpha2020": text, "beta2021": BETA}))]).knowledge.claims
    assert (claims[0].mechanism, claims[1].summary) == ("NO", "There was no effect of NO.")


@pytest.mark.parametrize(
    "word", ["0123", "1e3", "12:30", "2019-04-12", "null", "~", "true", "12", "1_000", "=", ".inf"]
)
@pytest.mark.parametrize("quote", ['"', "'"])
def test_quotes_keep_every_word_as_it_stands(word: str, quote: str) -> None:
    """What a reader of YAML might take for a number, date or truth value is text when quoted."""
    doc = read_yaml(f"a: {quote}{word}{quote}".encode(), "f.yaml")
    assert (doc.value, doc.problems) == ({"a": word}, [])


@pytest.mark.parametrize(
    ("word", "value"),
    [("12", 12), ("0", 0), ("-3", -3), ("0.5", 0.5), ("-1.25", -1.25), ("true", True), ("false", False)],
)
def test_plain_numbers_and_truth_values_that_all_readers_agree_on_are_read(word: str, value: object) -> None:
    """Decimal numbers without tricks, true and false are what they look like."""
    doc = read_yaml(f"a: {word}".encode(), "f.yaml")
    assert (doc.value, type(doc.value["a"]), doc.problems) == ({"a": value}, type(value), [])


@pytest.mark.parametrize("word", ["12 h", "24-48 h", "5-HT", "1e3 cells", "10.1126/science.aat8078", "p<0.05", "-5 mV"])
def test_words_that_only_begin_like_numbers_need_no_quotes(word: str) -> None:
    """Doses, times, DOIs and names with digits are plain text."""
    doc = read_yaml(f"a: {word}".encode(), "f.yaml")
    assert (doc.value, doc.problems) == ({"a": word}, [])


@pytest.mark.parametrize("words", ["9" * 500_000, "1" * 200_000 + "x", "1_" * 200_000 + "!", "0:" * 200_000])
def test_a_very_long_word_is_read_or_refused(words: str) -> None:
    """Half a megabyte of digits is text or a problem, told in a short line, and no slower for being odd."""
    doc = read_yaml(f"a: {words}".encode(), "f.yaml")
    assert doc.value == {"a": words} or doc.problems
    assert all(len(str(problem)) < 2_000 for problem in doc.problems)


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"])).filter(lambda t: not unseen_characters(t)))
def test_quoted_text_comes_back_unchanged(text: str) -> None:
    """Any text that can be seen survives a double-quoted scalar."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    doc = read_yaml(f'a: "{escaped}"'.encode(), "f.yaml")
    assert (doc.value, doc.problems) == ({"a": text}, [])


MARKS = [*"ab0-[]{},'|>!?:#=@`~%", '"', "\t", "\n", "\r\n", "\u2028", "\ufffe", "😀"]
WORDS = ["a: ", "- ", "  ", "&x ", "*x", "!!str ", "---", "--- ", "...", "<<: ", "1e3", "NO", "paper: ", "%YAML 1.1\n"]
ESCAPES = [r"\x41", r"\UFFFFFFFF", r"\ud800", r"\0", "9" * 5000, "9" * 400 + ".0"]
FRAGMENTS = st.sampled_from(MARKS + WORDS + ESCAPES)


@settings(deadline=None)
@given(st.one_of(st.binary(), st.text(), st.lists(FRAGMENTS, max_size=12).map("".join)))
def test_any_bytes_give_a_value_or_a_problem(data: bytes | str) -> None:
    """Nothing that a file can hold makes a traceback, or passes in silence without a value."""
    raw = data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass")
    doc = read_yaml(raw, "f.yaml")
    assert doc.value is not None or doc.problems
    assert all(problem.file == "f.yaml" and problem.line >= 1 and problem.right for problem in doc.problems)


@settings(deadline=None)
@given(
    st.lists(st.sampled_from([*TABLE.split("\n"), *TABLE.split("\t"), "", "\t", "\r", "|", "part_of "]), max_size=30)
)
def test_any_rows_give_entities_or_problems(rows: list[str]) -> None:
    """No table, however jumbled, makes a traceback."""
    entities, faults = read_entities(TABLE + "\n".join(rows), "entities.tsv")
    assert entities is not None
    assert all(fault.line >= 1 and fault.right for fault in faults)


ODD: st.SearchStrategy[str] = st.recursive(
    st.sampled_from(["", "x", '""', "12", "-0.5", "true", '"\\ud800"', "ketamine", "[]", "{}"]),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda parts: f"[{', '.join(p or 'x' for p in parts)}]")
        | st.tuples(st.sampled_from(["id", "species", "in", "12", "region"]), inner).map(
            lambda p: f"{{{p[0]}: {p[1]}}}"
        )
    ),
    max_leaves=6,
)


@settings(deadline=None)
@given(st.sampled_from([n for n, row in enumerate(ALPHA.split("\n")) if ": " in row]), ODD)
def test_any_value_in_any_field_is_read_or_refused(row: int, value: str) -> None:
    """Whatever stands in a field, the outcome is knowledge or problems."""
    lines = ALPHA.split("\n")
    lines[row] = f"{lines[row].partition(': ')[0]}: {value}"
    sources = [Source("k/entities.tsv", as_bytes(TABLE)), Source("k/papers/alpha2020.yaml", as_bytes("\n".join(lines)))]
    try:
        assert load_sources(sources).papers
    except DataError as error:
        assert error.problems  # noqa: PT017 - both outcomes are right
