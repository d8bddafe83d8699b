"""Which folders are loaded, how their problems are told, and that nothing is ever half-loaded."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from invalid.samples import ALPHA, BETA, TABLE, folder, problems
from reference import reference

from ketamech.loaders import KNOWLEDGE_VARIABLE, load, load_default, packaged_folder

ROOT = Path(__file__).parent.parent
COMMAND = Path(sys.executable).with_name("ketamech")

OWN = """\
paper:
  key: own2024
  title: A paper of the reader's own
  year: 2024
  kind: preprint
  checked: [https://example.org/own2024]
claims:
  - id: own2024.blocks-nmda
    subject: ketamine
    predicate: inhibits
    object: NMDA receptor
    directness: direct
    stance: supports
    summary: Seen once more.
"""
HEAD = TABLE.split("\n", maxsplit=1)[0] + "\n"


def command(tmp_path: Path, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Run the installed command with a cache of its own."""
    own = {**os.environ, "KETAMECH_CACHE": str(tmp_path / "cache"), **env}
    return subprocess.run([COMMAND, *words], capture_output=True, text=True, encoding="utf-8", env=own, check=False)


def own_folder(at: Path, rows: str = "") -> Path:
    """Lay out a folder with one paper of the reader's own and, where given, rows of a table."""
    return folder(at, table=HEAD + rows if rows else None, papers={"own2024": OWN})


def faulty(at: Path) -> Path:
    """Lay out a folder in which the table and both papers have several faults."""
    table = TABLE.replace("\tdrug\tdizocilpine", "\tmedicine\tdizocilpine").replace(
        "UBERON:10005\t\t\n", "UBERON:1\t\t\n"
    )
    alpha = ALPHA.replace("subject: ketamine\n", "subject: ketamin\n", 1).replace("object: NMDA", "object: kainate")
    beta = (
        BETA.replace("stance: supports", "stance: maybe").replace("year: 2021", "year: 21").replace("mimics", "helps")
    )
    return folder(at, table=table, papers={"alpha2020": alpha, "beta2021": beta})


FAULTS = [
    "papers/alpha2020.yaml:16: claims[1].subject: no entity 'ketamin'",
    "papers/alpha2020.yaml:18: claims[1].object: no entity 'kainate receptor'",
    "papers/beta2021.yaml:7: paper.year: 21 is an impossible year",
    "papers/beta2021.yaml:16: claims[1].stance: 'maybe' is not one of its words",
    "papers/beta2021.yaml:24: experiments[1].observed: 'helps' is not one of its words",
]
TABLE_FAULTS = [
    "entities.tsv:2: kind: 'medicine' is not a kind",
    "entities.tsv:11: located_in: UBERON:1 has no row",
]


def test_every_problem_of_every_file_is_told_at_once(tmp_path: Path) -> None:
    """Faults of the table, of names and of shapes stand in one sorted list; one fault hides no other."""
    assert problems(faulty(tmp_path / "k")) == TABLE_FAULTS + [line.removeprefix("papers/") for line in FAULTS]


def test_the_command_ends_with_status_4_and_tells_the_problems_on_stderr(tmp_path: Path) -> None:
    """Each line is file:line: field: fault; remedy. Nothing goes to stdout, nothing into the cache."""
    at = faulty(tmp_path / "k")
    done = command(tmp_path, "check", "--knowledge", str(at))
    lines = done.stderr.splitlines()
    assert (done.returncode, done.stdout) == (4, "")
    assert [line.partition("; ")[0] for line in lines[:-2]] == [f"{at}/{line}" for line in TABLE_FAULTS + FAULTS]
    assert lines[-2:] == [
        "error: 7 problems in the knowledge files; nothing was loaded.",
        "hint: Each line above names file, line and remedy.",
    ]
    assert not (tmp_path / "cache").exists()


@pytest.mark.parametrize("words", [("paths", "ketamine", "BDNF"), ("search", "ketamine"), ("show", "ketamine")])
def test_no_question_is_answered_from_faulty_knowledge(words: tuple[str, ...], tmp_path: Path) -> None:
    """Every command refuses alike; one bad file of two is enough."""
    at = folder(tmp_path / "k", papers={"alpha2020": ALPHA, "beta2021": BETA.replace("year: 2021", "year: 21")})
    done = command(tmp_path, *words, "--knowledge", str(at))
    assert (done.returncode, done.stdout) == (4, "")
    assert "beta2021.yaml:7: paper.year: 21 is an impossible year; " in done.stderr


def test_sound_knowledge_ends_with_status_0(tmp_path: Path) -> None:
    """The check of a folder without anything to look at counts what it holds, in words alone."""
    rows = [row for row in TABLE.splitlines(keepends=True) if "chronic stress" not in row and "GluN2B" not in row]
    done = command(tmp_path, "check", "--knowledge", str(folder(tmp_path / "k", table="".join(rows))))
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.startswith("sound: 2 papers, 9 entities, 4 claims, 2 experiments, 1 comparisons, 1 affinities;")


def test_a_fault_that_is_mended_is_forgotten(tmp_path: Path) -> None:
    """After the fault the same folder loads, and breaks again when it comes back: no stale answer is kept."""
    at = folder(tmp_path / "k")
    paper = at / "papers" / "beta2021.yaml"
    for _ in range(2):
        paper.write_text(BETA.replace("year: 2021", "year: 21"), encoding="utf-8")
        assert problems(at) == ["beta2021.yaml:7: paper.year: 21 is an impossible year"]
        paper.write_text(BETA, encoding="utf-8")
        assert len(load([str(at)]).knowledge.papers) == 2


def test_a_file_whose_name_is_not_its_key_is_a_problem(tmp_path: Path) -> None:
    """The file of a paper is found by its key."""
    at = folder(tmp_path / "k", papers={"alpha2020": ALPHA, "other": BETA})
    assert problems(at) == ["other.yaml:3: paper.key: differs from the file's name"]


def test_an_unreadable_claim_does_not_put_the_blame_on_a_sound_file(tmp_path: Path) -> None:
    """While a paper cannot be read nobody knows which edges it claims, so `on` in other papers is not doubted."""
    at = folder(tmp_path / "k", papers={"alpha2020": ALPHA.replace("claims:", "claim:"), "beta2021": BETA})
    assert problems(at) == ["alpha2020.yaml:14: claim: is not a field of this record"]


def test_a_folder_stands_instead_of_the_packaged_one(tmp_path: Path) -> None:
    """`DIR` alone: nothing of the packaged knowledge is there."""
    graph = load([str(folder(tmp_path / "k"))])
    assert ([p.key for p in graph.knowledge.papers], len(graph.entities)) == (["alpha2020", "beta2021"], 11)


def test_a_folder_stands_on_top_of_the_packaged_one(tmp_path: Path) -> None:
    """`+DIR`: a paper of the reader's own names packaged entities and adds evidence to a packaged edge."""
    packaged, both = load(), load([f"+{own_folder(tmp_path / 'k')}"])
    triple = both.entity("ketamine").id, "inhibits", both.entity("NMDA receptor").id
    ids = [{c.id for c in g.knowledge.claims if c.triple == triple} for g in (packaged, both)]
    assert ids[1] - ids[0] == {"own2024.blocks-nmda"}
    assert len(both.knowledge.papers) == len(packaged.knowledge.papers) + 1
    assert both.entities == packaged.entities


def test_the_same_paper_without_the_packaged_table_has_no_names(tmp_path: Path) -> None:
    """`DIR` without a table of its own: its names are unknown, each one a problem."""
    assert problems(own_folder(tmp_path / "k")) == [
        "own2024.yaml:9: claims[1].subject: no entity 'ketamine'",
        "own2024.yaml:11: claims[1].object: no entity 'NMDA receptor'",
    ]


def test_several_folders_are_laid_on_one_another(tmp_path: Path) -> None:
    """`DIR +DIR`: later folders build on earlier ones."""
    base, own = folder(tmp_path / "base"), own_folder(tmp_path / "own")
    assert [p.key for p in load([str(base), f"+{own}"]).knowledge.papers] == ["alpha2020", "beta2021", "own2024"]


def test_a_table_on_top_may_add_entities_below_earlier_ones(tmp_path: Path) -> None:
    """Rows of a later table name parents and places of an earlier one; a row said again alike is no harm."""
    rows = "HGNC:20000\tGluN2A\tprotein\t\tpart_of ketamech:nmda-receptor\tUBERON:10005\t\t\n"
    same = "HGNC:10003\tBDNF\tprotein\t\t\t\t\t\n"
    graph = load([str(folder(tmp_path / "base")), f"+{own_folder(tmp_path / 'own', rows + same)}"])
    assert graph.entity("GluN2A").parents == (("part_of", "ketamech:nmda-receptor"),)
    assert len(graph.entities) == 12


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (
            "CHEBI:10002\tesketamine\tdrug\t\t\t\t\t\n",
            "curie: CHEBI:10002 is described otherwise in an earlier folder (ketamine)",
        ),
        (
            "CHEBI:10002\tketamine\tmetabolite\t\t\t\t\t\n",
            "curie: CHEBI:10002 is described otherwise in an earlier folder (ketamine)",
        ),
        ("CHEBI:20000\tKetamine\tdrug\t\t\t\t\t\n", "name: 'Ketamine' is the name of CHEBI:10002 in an earlier folder"),
    ],
)
def test_a_table_on_top_may_not_say_otherwise(row: str, expected: str, tmp_path: Path) -> None:
    """Another name or kind for a known CURIE, or another CURIE for a known name, is a problem with its line."""
    base, own = folder(tmp_path / "base"), own_folder(tmp_path / "own", row)
    assert problems(base, f"+{own}") == [f"entities.tsv:2: {expected}"]


def test_the_same_paper_in_two_folders_is_a_problem(tmp_path: Path) -> None:
    """A paper on top may not repeat a packaged one."""
    base, own = folder(tmp_path / "base"), folder(tmp_path / "own", table=None, papers={"beta2021": BETA})
    first = base / "papers" / "beta2021.yaml"
    assert problems(base, f"+{own}") == [
        f"beta2021.yaml:3: paper.key: beta2021 is also that of {first}",
        f"beta2021.yaml:4: paper.doi: 10.1000/beta.2021 is also that of {first}",
        f"beta2021.yaml:5: paper.pmid: 20210001 is also that of {first}",
    ]


def test_the_environment_variable_takes_the_same_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """KETAMECH_KNOWLEDGE holds `DIR` and `+DIR`, separated as in PATH; words on the command line outrank it."""
    base, own = folder(tmp_path / "base"), own_folder(tmp_path / "own")
    monkeypatch.setenv(KNOWLEDGE_VARIABLE, f"{base}{os.pathsep}+{own}")
    assert [p.key for p in load_default().knowledge.papers] == ["alpha2020", "beta2021", "own2024"]
    assert [p.key for p in load([str(base)]).knowledge.papers] == ["alpha2020", "beta2021"]
    monkeypatch.setenv(KNOWLEDGE_VARIABLE, f"+{own}")
    assert "own2024" in {p.key for p in load_default().knowledge.papers}
    assert len(load_default().knowledge.papers) > 1


def test_the_command_obeys_the_environment_variable(tmp_path: Path) -> None:
    """The variable alone chooses the folder for every command."""
    done = command(tmp_path, "check", KETAMECH_KNOWLEDGE=str(folder(tmp_path / "k")))
    assert done.stderr.startswith("sound: 2 papers, 11 entities, ")


def test_folders_without_knowledge_are_problems(tmp_path: Path) -> None:
    """A folder that is missing, a file in its place, and an empty folder are told, beside faults of other folders."""
    (tmp_path / "empty" / "papers").mkdir(parents=True)
    (tmp_path / "file").write_text("", encoding="utf-8")
    at = folder(tmp_path / "k", papers={"alpha2020": ALPHA, "beta2021": BETA.replace("year: 2021", "year: 21")})
    words = [tmp_path / "missing", tmp_path / "empty", tmp_path / "file", at]
    assert problems(*words) == [
        "empty:0: no knowledge here",
        "file:0: no such folder",
        "beta2021.yaml:7: paper.year: 21 is an impossible year",
        "missing:0: no such folder",
    ]


def test_a_file_that_cannot_be_read_is_a_problem_beside_the_others(tmp_path: Path) -> None:
    """Folders in place of files are told with the fault of another file, and no name is called unknown."""
    at = folder(tmp_path / "k", table=None, papers={"beta2021": BETA.replace("year: 2021", "year: 21")})
    (at / "entities.tsv").mkdir()
    (at / "papers" / "alpha2020.yaml").mkdir()
    assert problems(at) == [
        "entities.tsv:0: cannot be read (Is a directory)",
        "alpha2020.yaml:0: cannot be read (Is a directory)",
        "beta2021.yaml:7: paper.year: 21 is an impossible year",
    ]


def test_either_suffix_is_read_and_hidden_files_are_not(tmp_path: Path) -> None:
    """`.yml` and capitals are read; what editors and file managers leave behind is not."""
    at = folder(tmp_path / "k")
    papers = at / "papers"
    (papers / "beta2021.yaml").rename(papers / "beta2021.YML")
    (papers / "._alpha2020.yaml").write_bytes(b"\0")
    (papers / "alpha2020.yaml~").write_bytes(b"\0")
    assert [p.key for p in load([str(at)]).knowledge.papers] == ["alpha2020", "beta2021"]


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="file names are text there")
def test_a_file_name_that_is_no_text_is_a_problem(tmp_path: Path) -> None:
    """Names in another encoding are refused in words."""
    at = folder(tmp_path / "k")
    (at / "papers" / os.fsdecode(b"\xe9.yaml")).write_text(OWN, encoding="utf-8")
    done = command(tmp_path, "check", "--knowledge", str(at))
    assert (done.returncode, done.stdout) == (4, "")
    assert "Traceback" not in done.stderr
    assert "paper.key: differs from the file's name" in done.stderr


def test_the_packaged_knowledge_is_sound() -> None:
    """What comes with the program loads without a problem and holds papers."""
    assert load([str(packaged_folder())]).knowledge.papers


def test_the_packaged_knowledge_agrees_with_the_reference_tables() -> None:
    """No identifier, title or retraction contradicts the reference data."""
    words = [sys.executable, str(reference("tools/check_knowledge.py")), str(packaged_folder())]
    done = subprocess.run(words, capture_output=True, text=True, encoding="utf-8", check=False)
    assert [line for line in done.stdout.splitlines() if line.startswith("WRONG")] == []
    assert done.stderr == ""
