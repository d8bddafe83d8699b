"""The commands beyond look-ups and paths: what they print, where, and with which exit status."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from conftest import RIVALS, SMALL, Ask
from invalid.samples import ALPHA, BETA, folder
from written import assert_parses

HOSTILE = "thing <b>in</b> [red]brackets[/red]"
HARM = "confusion <i>of</i> [blue]mind[/blue]"
FORMULA = "other drug =1+1"
FORMATS = ["table", "json", "jsonl", "tsv", "csv", "markdown"]
QUESTIONS = [
    ("conflicts",),
    ("blockades",),
    ("necessary", "ketamine", "FST"),
    ("timeline",),
    ("gaps", "ketamine", "antidepressant effect"),
    ("compare", "ketamine", FORMULA),
    ("predict", "--block", "GluN2B"),
    ("validate",),
    ("stats",),
    ("hypotheses",),
    ("hypotheses", "show", "by-cells"),
    ("hypotheses", "compare", "by-cells", "by-spines"),
]


def rows_of(text: str, format: str) -> list[dict[str, str]]:
    """Read the rows of a TSV or CSV answer."""
    return list(csv.DictReader(io.StringIO(text), delimiter="\t" if format == "tsv" else ","))


@pytest.mark.parametrize("words", QUESTIONS, ids=lambda w: "-".join(w[:2]))
@pytest.mark.parametrize("format", FORMATS)
def test_every_question_writes_every_format(ask_rivals: Ask, words: tuple[str, ...], format: str) -> None:
    """Each answer is found (0), on stdout alone, and parses as what it claims to be."""
    said = ask_rivals(*words, "--format", format)
    assert (said.status, said.err) == (0, "")
    assert said.out.endswith("\n")
    assert "\x1b" not in said.out
    assert_parses(said.out, format)


@pytest.mark.parametrize("words", QUESTIONS, ids=lambda w: "-".join(w[:2]))
def test_rows_are_the_same_in_every_format(ask_rivals: Ask, words: tuple[str, ...]) -> None:
    """TSV, CSV, Markdown and JSON lines hold as many rows, under the same names."""
    lines = [json.loads(line) for line in ask_rivals(*words, "--format", "jsonl").out.splitlines()]
    for format in ("tsv", "csv"):
        rows = rows_of(ask_rivals(*words, "--format", format).out, format)
        assert [list(row) for row in rows] == [list(line) for line in lines]
    assert len(ask_rivals(*words, "--format", "markdown").out.splitlines()) == len(lines) + 2


@pytest.mark.parametrize("words", QUESTIONS, ids=lambda w: "-".join(w[:2]))
def test_the_same_question_has_the_same_answer(ask_rivals: Ask, words: tuple[str, ...]) -> None:
    """Two answers are the same bytes."""
    assert ask_rivals(*words, "--format", "json") == ask_rivals(*words, "--format", "json")


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize(
    ("words", "name"),
    [
        (("conflicts",), HOSTILE),
        (("blockades",), HOSTILE),
        (("timeline",), HOSTILE),
        (("gaps", "ketamine", HARM), HOSTILE),
        (("gaps", "ketamine", HARM), HARM),
        (("compare", "ketamine", FORMULA), FORMULA),
        (("predict", "--block", HOSTILE), "antidepressant effect"),
        (("necessary", "ketamine", "[11C]AZ10419369 binding"), HOSTILE),
    ],
    ids=lambda v: "-".join(v[:2]) if isinstance(v, tuple) else "",
)
def test_hostile_names_stay_text(ask_rivals: Ask, words: tuple[str, ...], name: str, format: str) -> None:
    """Brackets, tags and signs come out as they went in; only Markdown, which may become a page, disarms tags."""
    said = ask_rivals(*words, "--format", format)
    assert said.status == 0
    shown = name.replace("<", "&lt;") if format == "markdown" else name
    assert shown in " ".join(said.out.split())
    if format == "markdown":
        assert "<" not in said.out


@pytest.mark.parametrize("format", [f for f in FORMATS if f != "table"])
def test_hostile_names_stay_text_where_validate_names_targets(ask_rivals: Ask, format: str) -> None:
    """Its rows name what was removed; its telling for terminals goes by ids."""
    shown = HOSTILE.replace("<", "&lt;") if format == "markdown" else HOSTILE
    assert shown in ask_rivals("validate", "--format", format).out


def test_a_bar_in_a_summary_does_not_break_a_markdown_table(ask_rivals: Ask) -> None:
    """A bar inside a cell is escaped."""
    out = ask_rivals("blockades", "--target", HOSTILE, "--format", "markdown").out
    assert "knife \\| fork" in out
    assert len({line.replace("\\|", "").count("|") for line in out.splitlines()}) == 1


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("conflicts", "ketmine"), "error: No entity 'ketmine'."),
        (("conflicts", "ketamine", "nothing"), "error: No entity 'nothing'."),
        (("conflicts", "projection cell"), "error: 'projection cell' names several entities: "),
        (("conflicts", "--verdict", "draw"), "error: 'draw' is not a verdict."),
        (("blockades", "--drug", "ketmine"), "error: No entity 'ketmine'."),
        (("blockades", "--target", "nothing"), "error: No entity 'nothing'."),
        (("blockades", "--outcome", "nothing"), "error: No entity 'nothing'."),
        (("blockades", "--region", "nothing"), "error: No entity 'nothing'."),
        (("blockades", "--cell-type", "nothing"), "error: No entity 'nothing'."),
        (("blockades", "--mode", "prayer"), "error: --mode prayer is not known."),
        (("blockades", "--observed", "wonders"), "error: --observed wonders is not known."),
        (("blockades", "--species", "unicorn"), "error: --species unicorn is not known."),
        (("necessary", "ketmine", "FST"), "error: No entity 'ketmine'."),
        (("necessary", "ketamine", "nothing"), "error: No entity 'nothing'."),
        (("timeline", "ketmine"), "error: No entity 'ketmine'."),
        (("timeline", "--species", "unicorn"), "error: 'unicorn' is not a species of the knowledge."),
        (("gaps", "ketmine", "FST"), "error: No entity 'ketmine'."),
        (("gaps", "ketamine", "FST", "--k", "0"), "error: --k 0 is out of range."),
        (("gaps", "ketamine", "FST", "--species", "unicorn"), "error: 'unicorn' is not a species of the knowledge."),
        (("compare", "ketamine"), "error: A comparison needs two drugs."),
        (("compare", "ketamine", "racemic ketamine"), "error: A comparison needs two drugs."),
        (("compare", "ketamine", "ketmine"), "error: No entity 'ketmine'."),
        (("compare", "ketamine", "GluN2B"), "error: GluN2B is not a drug."),
        (("predict", "--block", "nothing"), "error: No entity 'nothing'."),
        (("predict", "--block", "GluN2B", "--drug", "nothing"), "error: No entity 'nothing'."),
        (("predict", "--block", "GluN2B", "--outcome", "nothing"), "error: No entity 'nothing'."),
        (("predict", "--block", "ketamine"), "error: ketamine cannot be asked without ketamine."),
        (("predict", "--block", "GluN2B", "--drug", "FST"), "error: forced-swim immobility cannot be asked "),
        (("predict", "--block", "GluN2B", "--by", "soon"), "error: 'soon' is not a time."),
        (("predict", "--block", "GluN2B", "--by", "3h", "--after", "12h"), "error: --after lies later than --by."),
        (("hypotheses", "show", "by-cell"), "error: No hypothesis 'by-cell'."),
        (("hypotheses", "compare", "by-cells", "by-luck"), "error: No hypothesis 'by-luck'."),
        (("hypotheses", "--format", "json", "show", "by-cells"), "error: Options stand before `show`."),
    ],
    ids=lambda v: "-".join(v) if isinstance(v, tuple) else "",
)
def test_what_cannot_be_asked_is_status_2(ask_rivals: Ask, words: tuple[str, ...], message: str) -> None:
    """A wrong name or value is one line of error and one of hint, nothing on stdout."""
    said = ask_rivals(*words)
    assert (said.status, said.out) == (2, "")
    lines = said.err.splitlines()
    assert lines[0].startswith(message)
    assert [line.partition(": ")[0] for line in lines] == ["error", "hint"]


@pytest.mark.parametrize("slug", ["by-cell", "Cells", "by-celsl"])
def test_the_nearest_hypothesis_is_offered(ask_rivals: Ask, slug: str) -> None:
    """Not all of them, where one is near."""
    assert ask_rivals("hypotheses", "show", slug).err.endswith("hint: Did you mean: by-cells?\n")


@pytest.mark.parametrize("words", [("predict",), ("gaps", "ketamine"), ("hypotheses", "shw", "x"), ("compare",)])
def test_what_is_no_sentence_of_the_command_line_is_status_2(ask: Ask, words: tuple[str, ...]) -> None:
    """A missing argument or option and a mistyped subcommand leave stdout empty."""
    said = ask(*words)
    assert (said.status, said.out) == (2, "")
    assert "Traceback" not in said.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("conflicts", "motor neuron"), "No two findings contradict each other here."),
        (("conflicts", "--verdict", "unresolved"), "No two findings contradict each other here."),
        (("blockades", "--species", "human"), "No experiment fits. "),
        (("necessary", "ketamine", HOSTILE), f"Nothing was taken away to test ketamine's effect on {HOSTILE}."),
        (("timeline", FORMULA), f"No effect of {FORMULA} is reported with its hour here."),
        (("gaps", "antidepressant effect", "ketamine"), "No path from antidepressant effect to ketamine."),
        (("predict", "--block", "GluN2B", "--drug", FORMULA), f"No route leads from {FORMULA} to a measured outcome "),
    ],
    ids=lambda v: "-".join(v) if isinstance(v, tuple) else "",
)
def test_nothing_found_is_status_1(ask_rivals: Ask, words: tuple[str, ...], told: str) -> None:
    """An empty answer has no rows on stdout, and a sentence on stderr; as JSON it is whole and empty."""
    said = ask_rivals(*words)
    assert (said.status, said.out) == (1, "")
    assert said.err.startswith(told)
    said = ask_rivals(*words, "--format", "json")
    assert (said.status, json.loads(said.out)["schema_version"]) == (1, 1)


def test_knowledge_without_hypotheses_is_status_1(ask_small: Ask) -> None:
    """The list is empty, and each one is unknown."""
    said = ask_small("hypotheses")
    assert (said.status, said.out, said.err) == (1, "", "There is no hypothesis in this knowledge.\n")
    assert ask_small("hypotheses", "show", "by-cells").status == 2


@pytest.mark.parametrize("words", QUESTIONS, ids=lambda w: "-".join(w[:2]))
def test_no_question_is_answered_from_faulty_knowledge(ask: Ask, words: tuple[str, ...], tmp_path: Path) -> None:
    """Status 4, every problem on stderr, nothing on stdout."""
    at = folder(tmp_path / "k", papers={"alpha2020": ALPHA, "beta2021": BETA.replace("year: 2021", "year: 21")})
    said = ask(*words, "--knowledge", str(at))
    assert (said.status, said.out) == (4, "")
    assert "beta2021.yaml:7: paper.year: 21 is an impossible year; " in said.err
    assert said.err.splitlines()[-2].startswith("error: 1 problem in the knowledge files")


def test_a_verdict_chooses_among_conflicts(ask_rivals: Ask) -> None:
    """With --verdict only disputes with such an objection are left; the axes say what makes the difference."""
    every = json.loads(ask_rivals("conflicts", "--format", "json").out)["conflicts"]
    differing = json.loads(ask_rivals("conflicts", "--verdict", "differs", "--format", "json").out)["conflicts"]
    assert differing == every
    (one,) = json.loads(ask_rivals("conflicts", "ketamine", HOSTILE, "--format", "json").out)["conflicts"]
    (objection,) = one["objections"]
    assert (one["leading"]["papers"], objection["verdict"], objection["axes"]) == (
        ["gamma2003"],
        "differs",
        ["species"],
    )


def test_blockades_obey_their_filters(ask_rivals: Ask) -> None:
    """Each option narrows the list; a repeated one widens it; `lowered` takes in antagonists, `removed` does not."""

    def ids(*words: str) -> list[str]:
        return [
            json.loads(line)["id"] for line in ask_rivals("blockades", *words, "--format", "jsonl").out.splitlines()
        ]

    assert len(ids()) == 5
    assert ids("--target", "NMDA receptor", "--outcome", "FST") == ["beta2002.knockout", "gamma2003.antagonist"]
    assert ids("--mode", "antagonist") == ["gamma2003.antagonist"]
    assert ids("--mode", "lowered") == ids()
    assert [m for m in ids("--mode", "removed") if m in ids("--mode", "antagonist") + ids("--mode", "inhibitor")] == []
    assert "beta2002.knockout" in ids("--mode", "removed")
    assert ids("--observed", "attenuates", "--observed", "abolishes", "--species", "mouse") == [
        "beta2002.knockout",
        "gamma2003.spines",
    ]
    assert ids("--cell-type", "GABAergic interneuron", "--outcome", "FST") == ["beta2002.knockout"]


def test_what_was_needed_and_not_is_in_dispute(ask_rivals: Ask) -> None:
    """Evidence on both sides stands under one verdict."""
    data = json.loads(ask_rivals("necessary", "ketamine", "FST", "--format", "json").out)
    told = [(t["target"], t["verdict"], len(t["needed"]), len(t["not_needed"])) for t in data["targets"]]
    assert told == [("dendritic spine formation", "needed", 1, 0), ("GluN2B", "in dispute", 1, 1)]


def test_the_timeline_holds_sightings_and_absences(ask_rivals: Ask) -> None:
    """Events stand by the hour first seen, with the hours at which the same was not seen."""
    rows = rows_of(ask_rivals("timeline", "ketamine", "--species", "mouse", "--format", "tsv").out, "tsv")
    assert [(r["first_seen_h"], r["absent_h"], r["node"]) for r in rows] == [
        ("24", "3 h", "dendritic spine formation"),
        ("24", "", "forced-swim immobility"),
    ]


def test_a_hypothesis_tells_its_steps_and_what_speaks_against_it(ask_rivals: Ask) -> None:
    """An assumed step has no edge and no strength; evidence of every kind may speak against a hypothesis."""
    data = json.loads(ask_rivals("hypotheses", "show", "by-spines", "--format", "json").out)
    assert [(s["assumed"], s["edge"] is None, s["strength"] > 0) for s in data["steps"]] == [
        (False, False, True),
        (True, True, False),
        (False, False, True),
    ]
    data = json.loads(ask_rivals("hypotheses", "show", "by-cells", "--format", "json").out)
    assert data["targets"] == ["GluN2B in GABAergic interneuron"]
    assert [e["id"] for e in data["counter_evidence"]] == ["beta2002.null", "gamma2003.ki", "gamma2003.harms"]
    assert [e["id"] for e in data["blockades_for"]] == ["beta2002.knockout"]
    assert [e["id"] for e in data["blockades_against"]] == ["gamma2003.antagonist"]


def test_two_hypotheses_part_on_experiments(ask_rivals: Ask) -> None:
    """Each experiment on which they part fits one of them."""
    rows = rows_of(ask_rivals("hypotheses", "compare", "by-cells", "by-spines", "--format", "csv").out, "csv")
    assert [(r["experiment"], r["fits"]) for r in rows] == [
        ("beta2002.knockout", "by-cells"),
        ("gamma2003.antagonist", "by-spines"),
        ("gamma2003.spines", "by-spines"),
    ]


def test_a_hypothesis_beside_itself_parts_on_nothing(ask_rivals: Ask) -> None:
    """All steps are shared, and there is no row."""
    said = ask_rivals("hypotheses", "compare", "by-cells", "by-cells", "--format", "json")
    data = json.loads(said.out)
    assert (len(data["shared"]), data["own_first"], data["own_second"], data["deciders"]) == (4, [], [], [])


def test_gaps_name_the_weakest_step(ask_rivals: Ask) -> None:
    """One step of each path is the weakest, and a stretch that people showed is told."""
    (path,) = json.loads(ask_rivals("gaps", "ketamine", HARM, "--k", "1", "--format", "json").out)["paths"]
    assert [(s["never_in_humans"], s["one_paper"]) for s in path["steps"]] == [(False, True), (False, True)]
    assert path["weakest"] == f"ketamine increases {HOSTILE}"
    assert len(path["human_stretch"]) == 2


def test_drugs_side_by_side_hold_affinities_and_comparisons(ask_rivals: Ask) -> None:
    """Every drug has its column; affinities and direct comparisons of the two stand in the JSON."""
    data = json.loads(ask_rivals("compare", "ketamine", FORMULA, "--format", "json").out)
    assert data["elements"][0]["effects"] == {"ketamine": "down", FORMULA: "down"}
    assert [a["id"] for a in data["affinities"]] == ["gamma2003.ki"]
    assert [c["id"] for c in data["comparisons"]] == ["gamma2003.harms"]
    assert list(rows_of(ask_rivals("compare", "ketamine", FORMULA).out, "tsv")[0])[2:] == ["ketamine", FORMULA]


def test_what_is_recorded_outranks_what_is_foretold(ask_rivals: Ask, ask_small: Ask) -> None:
    """Where experiments on the target agree they are the answer; where they do not, the graph foretells."""
    small = rows_of(ask_small("predict", "--block", "GluN2B").out, "tsv")
    assert [(r["outcome"], r["verdict"], r["basis"]) for r in small] == [
        ("forced-swim immobility", "abolished", "recorded")
    ]
    (row,) = rows_of(ask_rivals("predict", "--block", "GluN2B").out, "tsv")
    assert row["basis"] == "foretold"


def test_experiments_of_a_file_are_scored_or_told_why_not(ask: Ask, ask_rivals: Ask, tmp_path: Path) -> None:
    """Unknown names are listed with the reason; with nothing to score the status is 1, with a broken file 4."""
    file = tmp_path / "new.yaml"
    file.write_text((SMALL / "papers" / "beta2002.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    data = json.loads(ask_rivals("validate", "--experiments", str(file), "--format", "json").out)
    assert (data["experiments"], data["scored"], data["not_scorable"]) == (2, 2, [])
    file.write_text(BETA, encoding="utf-8")
    said = ask_rivals("validate", "--experiments", str(file), "--format", "json")
    assert (said.status, said.err.partition(";")[0]) == (1, "None of 1 experiments could be scored")
    assert json.loads(said.out)["not_scorable"] == [{"id": "beta2021.bdnf-fst", "reason": "no entity 'BDNF'"}]
    file.write_text(BETA.replace("mimics", "helps"), encoding="utf-8")
    said = ask_rivals("validate", "--experiments", str(file))
    assert (said.status, said.out) == (4, "")
    assert "new.yaml:24: experiments[1].observed: 'helps' is not one of its words; " in said.err
    assert ask_rivals("validate", "--experiments", str(tmp_path / "none.yaml")).status == 4


def test_stats_count_mechanisms_and_hypotheses(ask_rivals: Ask) -> None:
    """Totals are those of the folders, thin mechanisms are called so, and the search date is the latest."""
    data = json.loads(ask_rivals("stats", "--format", "json").out)
    assert [data["totals"][name] for name in ("papers", "claims", "experiments", "hypotheses")] == [3, 18, 5, 2]
    assert data["searched"] == "2026-11-21"
    assert {m["slug"]: m["thin"] for m in data["mechanisms"]} == {"block": False, "names": True, "never": False}
    assert [h["slug"] for h in data["hypotheses"]] == ["by-cells", "by-spines"]


def test_check_of_sound_folders_is_status_0(ask_rivals: Ask, ask: Ask) -> None:
    """With nothing to look at stdout is empty; as JSON there are no findings."""
    said = ask_rivals("check")
    assert (said.status, said.out) == (0, "")
    assert said.err.startswith("sound: 3 papers, 16 entities, 18 claims, 5 experiments, 1 comparisons, 1 affinities; ")
    assert json.loads(ask_rivals("check", "--format", "json").out) == {"schema_version": 1, "findings": []}
    assert ask("check", "--knowledge", str(RIVALS)).status == 4


@pytest.mark.parametrize("words", QUESTIONS[:4], ids=lambda w: w[0])
def test_a_pipe_gets_tsv(ask_rivals: Ask, words: tuple[str, ...]) -> None:
    """Without --format, what is no terminal gets TSV."""
    assert ask_rivals(*words).out == ask_rivals(*words, "--format", "tsv").out


def test_a_step_without_evidence_is_told_as_such_where_accounts_are_compared(ask: Ask) -> None:
    """It does not stand there with a strength of nought."""
    out = ask("hypotheses", "compare", "direct-inhibition", "hnk-metabolite", "--format", "table").out
    assert "BDNF translation activates TrkB (no evidence)" in out
