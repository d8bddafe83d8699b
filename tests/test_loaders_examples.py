"""One invalid example per rule: each names the line, the field and the fault, and has no other."""

from __future__ import annotations

import csv
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from invalid.samples import ALPHA, BETA, HERE, TABLE, folder, problems, told

from ketamech.graph import vocabulary
from ketamech.graph.model import Context, Place
from ketamech.loaders import load

PAPERS = sorted(path.stem for path in (HERE / "papers").glob("*.yaml"))
SECOND = sorted(path.stem for path in (HERE / "second").glob("*.yaml"))
TABLES = sorted(path.stem for path in (HERE / "tables").glob("*.tsv") if path.stem != "EXPECTED")


def example(kind: str, name: str) -> tuple[str, str]:
    """Read an example and what its first line expects."""
    text = (HERE / kind / f"{name}.yaml").read_text(encoding="utf-8")
    return text, text.split("\n", maxsplit=1)[0].removeprefix("# expect: ")


def expected_of_tables() -> dict[str, list[str]]:
    """Read what every example of a table expects."""
    with (HERE / "tables" / "EXPECTED.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    made: dict[str, list[str]] = {}
    for row in rows:
        line = told("entities.tsv", int(row["line"]), row["field"], row["wrong"])
        made.setdefault(row["example"], []).append(line)
    return made


def differences(one: str, other: str) -> int:
    """Count the places in which two texts differ, line by line, the first line left out."""
    matcher = SequenceMatcher(None, one.split("\n")[1:], other.split("\n")[1:], autojunk=False)
    return sum(tag != "equal" for tag, *_ in matcher.get_opcodes())


@pytest.mark.parametrize("name", PAPERS)
def test_a_faulty_paper_names_line_field_and_fault(name: str, tmp_path: Path) -> None:
    """Exactly the fault that the first line of the example announces is reported, with a remedy."""
    text, expected = example("papers", name)
    at = folder(tmp_path / "k", papers={"alpha2020": text, "beta2021": BETA})
    assert problems(at) == [f"alpha2020.yaml:{expected}"]


@pytest.mark.parametrize("name", SECOND)
def test_a_fault_that_only_two_files_together_make_is_named(name: str, tmp_path: Path) -> None:
    """What two papers may not share, or one says of the other, is reported in the later file."""
    text, expected = example("second", name)
    at = folder(tmp_path / "k", papers={"alpha2020": ALPHA, "beta2021": text})
    assert [line.replace(f"{at}/papers/", "") for line in problems(at)] == [f"beta2021.yaml:{expected}"]


@pytest.mark.parametrize("name", TABLES)
def test_a_faulty_table_names_line_field_and_fault(name: str, tmp_path: Path) -> None:
    """Exactly the fault listed in EXPECTED.tsv is reported of each example."""
    text = (HERE / "tables" / f"{name}.tsv").read_text(encoding="utf-8")
    assert problems(folder(tmp_path / "k", table=text, papers={})) == expected_of_tables()[name]


def test_every_example_of_a_table_is_listed() -> None:
    """No example lacks its expectation, and no expectation its example."""
    assert sorted(expected_of_tables()) == TABLES


@pytest.mark.parametrize(
    ("kind", "name", "sound"),
    [("papers", name, ALPHA) for name in PAPERS] + [("second", name, BETA) for name in SECOND],
)
def test_an_example_differs_from_sound_knowledge_in_one_place(kind: str, name: str, sound: str) -> None:
    """The fault is all that is wrong: with that one place mended the example is the sound paper."""
    assert differences(sound, example(kind, name)[0]) == 1


@pytest.mark.parametrize("name", TABLES)
def test_an_example_of_a_table_differs_in_one_place(name: str) -> None:
    """The fault is all that is wrong in the table."""
    text = (HERE / "tables" / f"{name}.tsv").read_text(encoding="utf-8")
    assert differences(f"\n{TABLE}", f"\n{text}") == 1


def test_the_sound_papers_load(tmp_path: Path) -> None:
    """The papers that the examples are made of load whole, every field of every record."""
    k = load([str(folder(tmp_path / "k"))]).knowledge
    assert [p.key for p in k.papers] == ["alpha2020", "beta2021"]
    assert [c.id for c in k.claims] == [
        "alpha2020.blocks-nmda",
        "alpha2020.fst",
        "alpha2020.readout",
        "beta2021.readout",
    ]
    assert [e.id for e in k.experiments] == ["alpha2020.nbqx-fst", "beta2021.bdnf-fst"]
    claim, experiment = k.claims[0], k.experiments[0]
    unset = [name for name in type(claim.context).__slots__ if getattr(claim.context, name) is None]
    assert unset == []
    assert (claim.subject, claim.object, claim.paper.pmid) == ("CHEBI:10002", "ketamech:nmda-receptor", "20200001")
    assert experiment.interventions[0].place.region == "UBERON:10005"
    assert experiment.on == ("CHEBI:10002", "decreases", "ketamech:fst-immobility")
    assert (k.comparisons[0].result, k.affinities[0].value_nm) == ("less", 660.0)


def test_what_is_absent_is_not_reported(tmp_path: Path) -> None:
    """A field left out of a claim is None, never a guess; only the depth of reading has a default."""
    claim = load([str(folder(tmp_path / "k"))]).knowledge.claims[-1]
    assert (claim.subject_in, claim.object_in, claim.context) == (Place(), Place(), Context())
    assert (claim.mechanism, claim.paper.group, claim.paper.journal, claim.read) == (None, None, None, "abstract")


@pytest.mark.parametrize("predicate", sorted(vocabulary.PREDICATES))
@pytest.mark.parametrize("target", ["chronic stress", "medial prefrontal cortex", "MK-801", "BDNF"])
def test_a_predicate_joins_the_kinds_of_its_rule_and_no_others(predicate: str, target: str, tmp_path: Path) -> None:
    """The loader refuses exactly the joins that the vocabulary forbids."""
    rule = vocabulary.PREDICATES[predicate]
    kinds = {"chronic stress": "state", "medial prefrontal cortex": "brain_region", "MK-801": "drug", "BDNF": "protein"}
    sign = "    sign: 1\n" if rule.own_sign else ""
    text = ALPHA.replace(
        "    predicate: inhibits\n    object: NMDA receptor\n    directness: direct\n",
        f"    predicate: {predicate}\n    object: {target}\n    directness: direct\n{sign}",
    )
    at = folder(tmp_path / "k", papers={"alpha2020": text, "beta2021": BETA})
    if vocabulary.joins(predicate, "drug", kinds[target]):
        assert load([str(at)]).knowledge.claims[0].predicate == predicate
    else:
        (line,) = problems(at)
        assert line.startswith(f"alpha2020.yaml:17: claims[1].predicate: {predicate} does not join ")
