"""The commands on a small knowledge: what they print, where, and with which exit status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import Ask
from written import assert_parses

from ketamech.cli.tell_experiments import hours

READING = [
    ("search", "ketamine"),
    ("show", "ketamine"),
    ("paths", "ketamine", "antidepressant-like behaviour"),
    ("evidence", "ketamine", "NMDA receptor"),
    ("explain", "ketamine", "NMDA receptor"),
]


@pytest.mark.parametrize("words", READING, ids=lambda w: w[0])
@pytest.mark.parametrize("format", ["table", "json", "jsonl", "tsv", "csv", "markdown"])
def test_every_reading_command_writes_every_format(ask_small: Ask, words: tuple[str, ...], format: str) -> None:
    """Each answer is found (0), on stdout alone, and parses as what it claims to be."""
    said = ask_small(*words, "--format", format)
    assert (said.status, said.err) == (0, "")
    assert_parses(said.out, format)
    assert said.out.endswith("\n")


def test_a_pipe_gets_tsv_and_the_variable_changes_that(ask_small: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without --format a pipe gets TSV; KETAMECH_FORMAT chooses otherwise and is held to its words."""
    assert ask_small("search", "NR2B").out.splitlines()[0].split("\t") == ["id", "name", "kind", "matched", "score"]
    monkeypatch.setenv("KETAMECH_FORMAT", "json")
    assert json.loads(ask_small("search", "NR2B").out)["matches"][0]["id"] == "HGNC:4586"
    monkeypatch.setenv("KETAMECH_FORMAT", "yaml")
    said = ask_small("search", "NR2B")
    assert (said.status, said.out) == (2, "")
    assert said.err.startswith("error: KETAMECH_FORMAT=yaml is not a format.")


@pytest.mark.parametrize("format", ["table", "tsv", "csv", "markdown", "json"])
@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("(2R,6R)-HNK", "(2R,6R)-HNK"),
        ("[11C]AZ10419369", "[11C]AZ10419369 binding"),
        ("thing", "thing <b>in</b> [red]brackets[/red]"),
    ],
)
def test_names_are_never_eaten(ask_small: Ask, format: str, asked: str, name: str) -> None:
    """Brackets, commas and tags in names come out as they went in, in every format."""
    shown = name.replace("<", "&lt;") if format == "markdown" else name
    assert shown in ask_small("search", asked, "--format", format).out


def test_nothing_found_is_status_1_with_a_hint(ask_small: Ask) -> None:
    """An empty answer leaves stdout empty, says so on stderr and exits with 1."""
    said = ask_small("search", "zzzzzz")
    assert (said.status, said.out) == (1, "")
    assert said.err == "Nothing answers to 'zzzzzz'. Try a shorter word.\n"
    said = ask_small("paths", "ketamine", "antidepressant-like behaviour", "--max-length", "1")
    assert (said.status, said.out) == (1, "")
    assert said.err.splitlines()[1] == "hint: loosen a filter, or allow more steps with --max-length."


@pytest.mark.parametrize("command", ["paths", "page", "gaps", "figure paths", "figure ladder", "leaf ladder"])
def test_a_path_from_a_thing_to_itself(ask_small: Ask, tmp_path: Path, command: str) -> None:
    """No filter is to blame where both ends are the same, by whatever name, in whatever command."""
    output = tmp_path / "made"
    to = ["-o", str(output)] if command in ("page", "leaf ladder") else []
    said = ask_small(*command.split(), "NMDAR", "NMDA receptor", *to)
    assert (said.status, said.out, output.exists()) == (1, "", False)
    assert said.err.splitlines() == [
        "Both ends are NMDA receptor: a path leads from one thing to another.",
        "hint: for all of it: ketamech show 'NMDA receptor'",
    ]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("show", "ketmine"), "error: No entity 'ketmine'.\nhint: Did you mean: ketamine (CHEBI:6121)?\n"),
        (("show", "projection cell"), "error: 'projection cell' names several entities: "),
        (("paths", "ketamine", "FST", "--by", "soon"), "error: 'soon' is not a time."),
        (("paths", "ketamine", "FST", "--k", "0"), "error: --k 0 is out of range."),
        (("paths", "ketamine", "FST", "--max-length", "99"), "error: --max-length 99 is out of range."),
        (("paths", "ketamine", "FST", "--min-strength", "2"), "error: --min-strength 2.0 is out of range."),
        (("paths", "ketamine", "FST", "--sign", "x"), "error: 'x' is not a sign."),
        (("paths", "ketamine", "FST", "--species", "unicorn"), "error: 'unicorn' is not a species of the knowledge."),
        (("paths", "ketamine", "FST", "--by", "3h", "--after", "12h"), "error: --after lies later than --by."),
        (("evidence", "ketamine", "GABAergic interneuron"), "error: No edge 'ketamine -> GABAergic interneuron'."),
        (("evidence", "no|such|edge"), "error: No edge 'no|such|edge'."),
    ],
    ids=lambda v: " ".join(v) if isinstance(v, tuple) else "",
)
def test_what_cannot_be_asked_is_status_2(ask_small: Ask, words: tuple[str, ...], message: str) -> None:
    """A wrong name or value is one line of error and one of hint, no traceback, nothing on stdout."""
    said = ask_small(*words)
    assert (said.status, said.out) == (2, "")
    assert said.err.startswith(message)
    assert said.err.splitlines()[1].startswith("hint: ")
    assert "Traceback" not in said.err


def test_paths_tell_steps_counts_disputes_and_references(ask_small: Ask) -> None:
    """The table names every node, counts evidence for and against, marks roll-ups and numbers the papers."""
    out = ask_small("paths", "ketamine", "antidepressant-like behaviour", "--by", "3h", "--format", "table").out
    assert "   --| NMDA receptor   (inhibits: 1 for) [1]" in out
    assert (
        "   --> GABAergic interneuron   (activates: 1 for, 1 AGAINST) via GluN2B (part or kind of NMDA receptor) [1][2]"
        in out
    )
    assert "  [2] Beta B et al., 2002. Invented paper on cells. PMID:12345678" in out
    told = "- dendritic spine formation: not yet there 3 h after the dose: tested and not seen by beta2002 (3 h)"
    assert told in " ".join(out.split())
    assert "--> dendritic spine formation" not in out


def test_evidence_shows_experiments_and_their_contrasts(ask_small: Ask) -> None:
    """An edge comes with the experiments that bear on it and the same intervention on other outcomes."""
    data = json.loads(ask_small("evidence", "ketamine", "FST", "--format", "json").out)
    assert [e["id"] for e in data["experiments"]] == ["beta2002.knockout"]
    assert [e["id"] for e in data["contrasts"]] == ["beta2002.knockout-spines"]


def test_page_is_written_whole_and_its_path_printed(ask_small: Ask, tmp_path: Path) -> None:
    """`page` prints the path of the one file it writes."""
    target = tmp_path / "deep" / "page.html"
    said = ask_small("page", "ketamine", "antidepressant-like behaviour", "-o", str(target))
    assert (said.status, said.out, said.err) == (0, f"{target}\n", "")
    assert [p.name for p in target.parent.iterdir()] == ["page.html"]
    assert target.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_page_without_a_path_writes_nothing(ask_small: Ask, tmp_path: Path) -> None:
    """No answer, no file: status 1."""
    target = tmp_path / "page.html"
    said = ask_small("page", "antidepressant-like behaviour", "ketamine", "-o", str(target))
    assert (said.status, said.out, target.exists()) == (1, "", False)


def test_check_counts_what_is_sound_and_lists_what_to_look_at(ask_small: Ask) -> None:
    """The counts stand on stderr, each thing to look at is a row on stdout, and there being any is status 1."""
    said = ask_small("check")
    assert said.status == 1
    assert said.err.startswith("sound: 2 papers, 13 entities, 12 claims, 2 experiments, ")
    assert said.err.endswith("\n4 things to look at.\n")
    assert [line.split("\t")[:2] for line in said.out.splitlines()[1:]] == [
        ["loose end", "motor neuron"],
        ["loose end", "thing <b>in</b> [red]brackets[/red]"],
        ["orphan", "motor neuron"],
        ["orphan", "thing <b>in</b> [red]brackets[/red]"],
    ]


@pytest.mark.parametrize("window", [(), ("--by", "3h"), ("--after", "12h")], ids=["neither", "by", "after"])
def test_two_answers_on_one_page_need_two_windows(ask_small: Ask, tmp_path: Path, window: tuple[str, ...]) -> None:
    """`--split` without both hours is refused before anything is written; with both, each has its part of the page."""
    target = tmp_path / "page.html"
    words = ("page", "ketamine", "antidepressant-like behaviour", "--split", "-o", str(target))
    said = ask_small(*words, *window)
    assert (said.status, said.out, target.exists()) == (2, "", False)
    assert said.err.splitlines()[0] == "error: --split needs --by and --after."
    said = ask_small(*words, "--by", "3h", "--after", "12h")
    assert (said.status, said.err) == (0, "")
    text = target.read_text(encoding="utf-8")
    assert [words in text for words in ("by 3 h", "from 12 h on", "by 3 h and from 12 h on")] == [True, True, False]


@pytest.mark.parametrize(("value", "told"), [(0.5, "30 min"), (23 / 6, "3.8 h"), (36, "36 h"), (132, "5.5 d")])
def test_hours_are_told_as_people_do(value: float, told: str) -> None:
    """The timeline writes minutes, hours or days with one decimal at most."""
    assert hours(value) == told
