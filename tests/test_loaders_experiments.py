"""Experiments that are to be foretold: known names are read, unknown ones given back, broken files refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from invalid.samples import ALPHA, BETA, TABLE, told

from ketamech.graph.errors import DataError
from ketamech.graph.model import Entity, Triple
from ketamech.loaders.entity_table import read_entities
from ketamech.loaders.experiments_file import read_experiments

ENTITIES: list[Entity] = read_entities(TABLE, "entities.tsv", known={})[0] or []
TWO = """\
  - id: beta2021.two
    interventions:
      - {agent: BDNF infusion, target: BDNF, mode: agonist}
    outcome: forced-swim immobility
    observed: no_effect
    summary: Once more, without effect.
"""


def written(at: Path, text: str) -> Path:
    """Write a file and give its path."""
    at.write_text(text, encoding="utf-8")
    return at


def faults(path: Path) -> list[str]:
    """Give each problem of what cannot be read as `file:line: field: wrong`."""
    with pytest.raises(DataError) as caught:
        read_experiments(path, ENTITIES)
    return [told(Path(p.file).name, p.line, p.field, p.wrong) for p in caught.value.problems]


def test_experiments_of_known_names_are_read(tmp_path: Path) -> None:
    """Names become CURIEs, and the paper comes with them; claims, comparisons and affinities are not read."""
    found, unknown = read_experiments(written(tmp_path / "new.yaml", ALPHA), ENTITIES)
    assert [(x.id, x.drug, x.outcome, x.paper.group) for x in found] == [
        ("alpha2020.nbqx-fst", "CHEBI:10002", "ketamech:fst-immobility", "Omega Z")
    ]
    assert unknown == []


def test_the_edge_an_experiment_is_on_is_left_out(tmp_path: Path) -> None:
    """What it shows of a claimed edge would tell the answer, and the edge need not be in the knowledge."""
    edges: list[Triple | None] = [x.on for x in read_experiments(written(tmp_path / "a.yaml", ALPHA), ENTITIES)[0]]
    assert edges == [None]


@pytest.mark.parametrize(
    ("name", "unknown_name", "reason"),
    [
        ("target: BDNF", "target: VEGF", "no entity 'VEGF'"),
        ("target: BDNF", "target: glutamate receptor", "'glutamate receptor' names several entities: "),
        ("outcome: forced-swim", "outcome: tail-swim", "no entity 'tail-swim immobility'"),
        ("    observed: mimics\n", "    observed: abolishes\n", "'abolishes' without a drug"),
    ],
)
def test_what_the_knowledge_does_not_hold_is_given_back(
    name: str, unknown_name: str, reason: str, tmp_path: Path
) -> None:
    """Such an experiment is named with the reason, and the others of its file are read all the same."""
    text = BETA.replace(name, unknown_name, 1) + TWO
    found, unknown = read_experiments(written(tmp_path / "new.yaml", text), ENTITIES)
    assert [x.id for x in found] == ["beta2021.two"]
    ((id, why),) = unknown
    assert id == "beta2021.bdnf-fst"
    assert why.startswith(reason)


def test_every_reason_is_told(tmp_path: Path) -> None:
    """Several unknown names of one experiment are told together."""
    text = BETA.replace("target: BDNF", "target: VEGF").replace("outcome: forced", "outcome: unforced")
    _, unknown = read_experiments(written(tmp_path / "new.yaml", text), ENTITIES)
    assert unknown == [("beta2021.bdnf-fst", "no entity 'unforced-swim immobility'; no entity 'VEGF'")]


def test_unknown_names_of_claims_do_no_harm(tmp_path: Path) -> None:
    """Only what is to be foretold must be known."""
    text = BETA.replace("    subject: forced-swim immobility", "    subject: nobody knows what")
    found, unknown = read_experiments(written(tmp_path / "new.yaml", text), ENTITIES)
    assert ([x.id for x in found], unknown) == (["beta2021.bdnf-fst"], [])


def test_an_id_that_stands_twice_is_given_back(tmp_path: Path) -> None:
    """The first is read; scores are kept by id, so the second cannot be."""
    text = BETA + TWO.replace("beta2021.two", "beta2021.bdnf-fst")
    found, unknown = read_experiments(written(tmp_path / "new.yaml", text), ENTITIES)
    assert [x.observed for x in found] == ["mimics"]
    assert unknown == [("beta2021.bdnf-fst", "the id stands twice")]


def test_a_folder_is_read_file_by_file(tmp_path: Path) -> None:
    """All YAML files in order, whatever the case of the suffix; other and hidden files are not read."""
    written(tmp_path / "b.YML", BETA)
    written(tmp_path / "a.yaml", ALPHA)
    written(tmp_path / ".hidden.yaml", "not: sound")
    written(tmp_path / "notes.txt", "not: sound")
    found, _ = read_experiments(tmp_path, ENTITIES)
    assert [x.id for x in found] == ["alpha2020.nbqx-fst", "beta2021.bdnf-fst"]


def test_a_broken_shape_is_refused_with_every_fault_of_every_file(tmp_path: Path) -> None:
    """Nothing is half-read: file, line and field of each fault are told."""
    written(tmp_path / "a.yaml", ALPHA.replace("observed: abolishes", "observed: kills"))
    written(tmp_path / "b.yaml", BETA.replace("year: 2021", "year: 21"))
    written(tmp_path / "c.yaml", "paper: [")
    lines = faults(tmp_path)
    assert lines[:2] == [
        "a.yaml:65: experiments[1].observed: 'kills' is not one of its words",
        "b.yaml:7: paper.year: 21 is an impossible year",
    ]
    assert lines[2].startswith("c.yaml:1")
    assert len(lines) == 3


def test_what_cannot_be_read_is_refused(tmp_path: Path) -> None:
    """A file that is not there, a folder in a file's place and a folder without paper files are told by name."""
    assert faults(tmp_path / "none.yaml") == ["none.yaml:0: cannot be read (No such file or directory)"]
    assert faults(tmp_path) == [f"{tmp_path.name}:0: no paper file here"]
    (tmp_path / "x.yaml").mkdir()
    assert faults(tmp_path) == ["x.yaml:0: cannot be read (Is a directory)"]


def test_text_that_is_no_utf_8_is_refused(tmp_path: Path) -> None:
    """The rules for text are those of the knowledge."""
    (tmp_path / "x.yaml").write_bytes(b"\xff")
    assert faults(tmp_path / "x.yaml") == ["x.yaml:1: the file is not UTF-8"]
