"""Hypotheses and mechanisms: one invalid example per rule, and what folders on top of one another make of them."""

from __future__ import annotations

import csv
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from conftest import RIVALS, SMALL
from invalid.samples import ACCOUNTS, ALPHA, BETA, BLOCKADE, GROWTH, HERE, MECHANISMS, folder, problems, told

from ketamech.graph.model import HypothesisStep, Mechanism, Needed, Place, Separation
from ketamech.loaders import compiled, load, packaged_folder
from ketamech.loaders.folder import load_sources
from ketamech.loaders.sources import content_hash, read_sources

EXAMPLES = sorted(path.stem for path in (HERE / "hypotheses").glob("*.yaml"))
TABLES = sorted(path.stem for path in (HERE / "mechanisms").glob("*.tsv") if path.stem != "EXPECTED")
HEAD = MECHANISMS.split("\n", maxsplit=1)[0] + "\n"
INHIBITED = """\
paper:
  key: own2024
  title: A paper of the reader's own
  year: 2024
  kind: preprint
  checked: [https://example.org/own2024]
claims:
  - id: own2024.inhibits
    subject: NMDA receptor
    predicate: inhibits
    object: BDNF
    directness: indirect
    stance: supports
    summary: What was only assumed was seen.
"""


def example(name: str) -> tuple[str, str]:
    """Read an example of a hypothesis and what its first line expects."""
    text = (HERE / "hypotheses" / f"{name}.yaml").read_text(encoding="utf-8")
    return text, text.split("\n", maxsplit=1)[0].removeprefix("# expect: ")


def expected_of_tables() -> dict[str, str]:
    """Read what every example of a table expects."""
    with (HERE / "mechanisms" / "EXPECTED.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return {r["example"]: told("mechanisms.tsv", int(r["line"]), r["field"], r["wrong"]) for r in rows}


def differences(one: str, other: str) -> int:
    """Count the places in which two texts differ, line by line, the first line left out."""
    matcher = SequenceMatcher(None, one.split("\n")[1:], other.split("\n")[1:], autojunk=False)
    return sum(tag != "equal" for tag, *_ in matcher.get_opcodes())


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_faulty_hypothesis_names_line_field_and_fault(name: str, tmp_path: Path) -> None:
    """Exactly the fault that the first line of the example announces is reported, with a remedy."""
    text, expected = example(name)
    assert differences(BLOCKADE, text) == 1
    at = folder(tmp_path / "k", hypotheses={"blockade": text, "growth": GROWTH}, mechanisms=MECHANISMS)
    assert problems(at) == [f"blockade.yaml:{expected}"]


@pytest.mark.parametrize("name", TABLES)
def test_a_faulty_table_of_mechanisms_names_line_field_and_fault(name: str, tmp_path: Path) -> None:
    """Exactly the fault listed in EXPECTED.tsv is reported of each example."""
    text = (HERE / "mechanisms" / f"{name}.tsv").read_text(encoding="utf-8")
    assert differences(f"\n{MECHANISMS}", f"\n{text}") == 1
    at = folder(tmp_path / "k", hypotheses=ACCOUNTS, mechanisms=text)
    assert problems(at) == [expected_of_tables()[name]]


def test_every_example_of_a_table_of_mechanisms_is_listed() -> None:
    """No example lacks its expectation, and no expectation its example."""
    assert sorted(expected_of_tables()) == TABLES


def test_the_sound_hypotheses_load_whole(tmp_path: Path) -> None:
    """Every field is kept, names become CURIEs, order stays that of the file, and what is absent is empty."""
    found = load([str(folder(tmp_path / "k", hypotheses=ACCOUNTS))]).knowledge.hypotheses
    assert [h.slug for h in found] == ["blockade", "growth"]
    blockade, growth = found
    assert (blockade.name, blockade.status) == ("Blockade", "contested")
    assert blockade.steps == (
        HypothesisStep(("CHEBI:10002", "inhibits", "ketamech:nmda-receptor"), False, "Seen in slices."),
        HypothesisStep(("ketamech:nmda-receptor", "inhibits", "HGNC:10003"), True),
    )
    assert blockade.targets == (
        Needed("ketamech:nmda-receptor"),
        Needed("HGNC:10003", Place("UBERON:10005", "CL:10004")),
    )
    assert blockade.key_papers == ("alpha2020", "beta2021")
    assert blockade.against == ("alpha2020.fst", "alpha2020.nbqx-fst", "alpha2020.mk801", "alpha2020.ki")
    assert blockade.separations == (
        Separation(
            "growth", "Infuse BDNF, block nothing.", "Nothing changes.", "Mice swim on.", ("beta2021.bdnf-fst",)
        ),
    )
    assert (growth.against, growth.separations, growth.steps[0].note) == ((), (), None)


def test_the_sound_mechanisms_load_whole(tmp_path: Path) -> None:
    """Entities are told by name, synonym or CURIE, papers by key; empty lines are passed over."""
    at = folder(tmp_path / "k", mechanisms=MECHANISMS.replace("2026-11-20\n", "2026-11-20\r\n\n"))
    assert load([str(at)]).knowledge.mechanisms == (
        Mechanism("block", "Block of the channel", ("ketamech:nmda-receptor", "CHEBI:10001"), (), "2026-11-20"),
        Mechanism("bdnf", "BDNF", ("HGNC:10003",), ("beta2021",), "2026-11-21"),
    )


def test_faults_of_hypotheses_stand_beside_those_of_papers(tmp_path: Path) -> None:
    """Shapes and names are checked although a paper is at fault; what only sound papers can tell is not blamed."""
    accounts = {"blockade": BLOCKADE.replace("BDNF, in", "BDNFF, in"), "growth": GROWTH.replace("key_papers", "papers")}
    papers = {"alpha2020": ALPHA, "beta2021": BETA.replace("year: 2021", "year: 21")}
    assert problems(folder(tmp_path / "k", papers=papers, hypotheses=accounts)) == [
        "blockade.yaml:9: hypothesis.targets[2].target: No entity 'BDNFF'",
        "growth.yaml:2: hypothesis.key_papers: is missing",
        "growth.yaml:9: hypothesis.papers: is not a field of this record",
        "beta2021.yaml:7: paper.year: 21 is an impossible year",
    ]


def test_without_a_table_of_entities_that_can_be_read_no_name_of_a_hypothesis_is_blamed(tmp_path: Path) -> None:
    """Only the table and the shapes are reported."""
    accounts = {"blockade": BLOCKADE, "growth": GROWTH.replace("supported", "proven")}
    assert problems(folder(tmp_path / "k", table="nothing", hypotheses=accounts)) == [
        "entities.tsv:1: header: the columns differ",
        "growth.yaml:6: hypothesis.status: 'proven' is not one of its words",
    ]


def test_a_file_of_mechanisms_in_another_encoding_is_a_problem(tmp_path: Path) -> None:
    """The table is UTF-8 as every file of the knowledge."""
    at = folder(tmp_path / "k", mechanisms=b"\xff")
    assert problems(at) == ["mechanisms.tsv:1: the file is not UTF-8"]


def test_a_step_may_rest_on_experiments_alone(tmp_path: Path) -> None:
    """An edge read off experiments carries a step, so it is not to be called assumed."""
    edge = "  - {subject: AMPA receptor, predicate: decreases, object: forced-swim immobility}\n"
    at = folder(tmp_path / "k", hypotheses={"growth": GROWTH + edge})
    (growth,) = load([str(at)]).knowledge.hypotheses
    assert growth.triples[1] == ("ketamech:ampa-receptor", "decreases", "ketamech:fst-immobility")
    at = folder(tmp_path / "again", hypotheses={"growth": GROWTH + edge.replace("}", ", assumed: true}")})
    assert problems(at) == ["growth.yaml:12: steps[2]: the graph holds this edge"]


def test_a_folder_on_top_brings_hypotheses_on_what_lies_below(tmp_path: Path) -> None:
    """Its rivals, papers, evidence and edges may be those of the folder below."""
    base = folder(tmp_path / "base", hypotheses={"growth": GROWTH})
    own = folder(tmp_path / "own", table=None, papers={}, hypotheses={"blockade": BLOCKADE})
    assert [h.slug for h in load([str(base), f"+{own}"]).knowledge.hypotheses] == ["blockade", "growth"]


def test_a_folder_below_does_not_know_what_lies_on_top(tmp_path: Path) -> None:
    """By itself the same folder lacks what only the other holds."""
    own = folder(tmp_path / "own", hypotheses={"blockade": BLOCKADE})
    assert problems(own) == ["blockade.yaml:16: separations[1].rival: no other hypothesis 'growth'"]


def test_the_same_hypothesis_in_two_folders_is_a_problem(tmp_path: Path) -> None:
    """Both files are named; neither is taken silently for the other."""
    base = folder(tmp_path / "base", hypotheses=ACCOUNTS)
    own = folder(tmp_path / "own", table=None, papers={}, hypotheses={"growth": GROWTH})
    assert problems(base, f"+{own}") == ["growth.yaml:3: hypothesis.slug: 'growth' stands twice"] * 2


def test_a_folder_on_top_may_bring_evidence_for_what_a_hypothesis_assumes(tmp_path: Path) -> None:
    """A reader's own paper does not make the folder below faulty; within one folder it does."""
    base = folder(tmp_path / "base", hypotheses=ACCOUNTS)
    own = folder(tmp_path / "own", table=None, papers={"own2024": INHIBITED})
    graph = load([str(base), f"+{own}"])
    assert graph.between("ketamech:nmda-receptor", "HGNC:10003")
    papers = {"alpha2020": ALPHA, "beta2021": BETA, "own2024": INHIBITED}
    one = folder(tmp_path / "one", papers=papers, hypotheses=ACCOUNTS)
    assert problems(one) == ["blockade.yaml:14: steps[2]: the graph holds this edge"]


def test_a_hypothesis_on_top_may_not_assume_what_lies_below(tmp_path: Path) -> None:
    """Its author can see that evidence, so the fault is told."""
    base = folder(tmp_path / "base", papers={"alpha2020": ALPHA, "beta2021": BETA, "own2024": INHIBITED})
    own = folder(tmp_path / "own", table=None, papers={}, hypotheses=ACCOUNTS)
    assert problems(base, f"+{own}") == ["blockade.yaml:14: steps[2]: the graph holds this edge"]


def test_mechanisms_of_two_folders_stand_together(tmp_path: Path) -> None:
    """Rows of both are kept in order, and papers and entities of either may be named."""
    base = folder(tmp_path / "base", mechanisms=MECHANISMS)
    rows = f"{HEAD}own\tMy own\tBDNF\town2024|alpha2020\t2026-11-21\n"
    own = folder(tmp_path / "own", table=None, papers={"own2024": INHIBITED}, mechanisms=rows)
    assert [m.slug for m in load([str(base), f"+{own}"]).knowledge.mechanisms] == ["block", "bdnf", "own"]


def test_the_same_mechanism_in_two_folders_is_a_problem(tmp_path: Path) -> None:
    """It would be counted twice."""
    base = folder(tmp_path / "base", mechanisms=MECHANISMS)
    own = folder(tmp_path / "own", table=None, papers={"own2024": INHIBITED}, mechanisms=MECHANISMS)
    assert problems(base, f"+{own}") == [
        "mechanisms.tsv:2: slug: 'block' is no key of its own",
        "mechanisms.tsv:3: slug: 'bdnf' is no key of its own",
    ]


def test_the_hash_tells_a_paper_from_a_hypothesis(tmp_path: Path) -> None:
    """The same bytes under the same name mean something else in the other folder, so nothing compiled is reused."""
    first = folder(tmp_path / "first", papers={}, hypotheses={"x": BETA})
    second = folder(tmp_path / "second", papers={"x": BETA})
    assert len({content_hash(read_sources([at])[0]) for at in (first, second)}) == 2


@pytest.mark.parametrize("folders", [[SMALL, RIVALS], [packaged_folder()]], ids=["small", "packaged"])
def test_hypotheses_and_mechanisms_come_back_equal(folders: list[Path]) -> None:
    """Every field of them survives the compiled form, places of targets and notes of steps among them."""
    sources, unread = read_sources(folders)
    knowledge = load_sources(sources, unread)
    again = compiled.load(compiled.dump(knowledge))
    assert knowledge.hypotheses
    assert (again.hypotheses, again.mechanisms) == (knowledge.hypotheses, knowledge.mechanisms)
    assert again == knowledge


def test_a_second_load_finds_hypotheses_and_mechanisms_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is read from the cache is what was read from the files."""
    monkeypatch.setenv(compiled.CACHE_VARIABLE, str(tmp_path / "cache"))
    words = [str(SMALL), f"+{RIVALS}"]
    first = load(words).knowledge
    kept = compiled.read_cached(first.content)
    assert kept == first
    assert load(words).knowledge == first
