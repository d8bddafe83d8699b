"""The list of retracted papers: what it holds, who reads it, and which papers it names."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from builders import paper
from reference import reference

from ketamech.graph.errors import DataError
from ketamech.graph.mechanism import MechanismGraph
from ketamech.graph.model import Knowledge
from ketamech.loaders import packaged_folder
from ketamech.loaders.retractions import LIST, retracted_pmids
from ketamech.queries import soundness

RETRACTED = "19717156"
SOUND = "20724638"


def test_the_list_is_in_order_and_says_what_it_is() -> None:
    """One number a line, each once, rising, after comments."""
    lines = (packaged_folder() / LIST).read_text(encoding="ascii").splitlines()
    head = [line for line in lines if line.startswith("#")]
    numbers = [int(line) for line in lines[len(head) :]]
    assert "retracted" in head[0]
    assert numbers == sorted(set(numbers))
    assert f"{len(numbers)} of them" in head[0]
    assert f"{numbers[-1]};" in head[1]
    assert retracted_pmids() == {str(n) for n in numbers}


def test_the_list_is_that_of_the_reference_table() -> None:
    """Nothing is lost or added on the way."""
    table = reference("ontology/pubmed_retractions.tsv").read_text(encoding="utf-8")
    assert retracted_pmids() == frozenset(table.split())


def test_a_listed_paper_without_a_mark_is_named() -> None:
    """Marked ones, unlisted ones and those without a PubMed number are not."""
    papers = (
        replace(paper("b2001"), pmid=RETRACTED),
        replace(paper("a2001"), pmid=RETRACTED),
        replace(paper("c2001"), pmid=RETRACTED, retracted=True),
        replace(paper("d2001"), pmid=SOUND),
        replace(paper("e2001"), pmid=None),
    )
    graph = MechanismGraph(Knowledge((), papers, (), (), (), ()))
    named = [f.where for f in soundness(graph, retracted_pmids()).findings if f.kind == "retracted"]
    assert named == ["a2001", "b2001"]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"# head\n123\nPMC5\n", "list.txt:3: 'PMC5' is not a PubMed number; write one number a line"),
        (b"123\n 4\n", "list.txt:2: ' 4' is not a PubMed number; write one number a line"),
        (b"\xc3\xa9", "list.txt: cannot be read (not ASCII); install ketamech anew"),
        (None, "list.txt: cannot be read (No such file or directory); install ketamech anew"),
    ],
)
def test_a_damaged_list_is_a_problem_with_its_line(data: bytes | None, says: str, tmp_path: Path) -> None:
    """A damaged list never reads as an empty one."""
    path = tmp_path / "list.txt"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(DataError) as caught:
        retracted_pmids(path)
    assert [str(p).removeprefix(f"{tmp_path}/") for p in caught.value.problems] == [says]


def test_look_ups_never_read_the_list() -> None:
    """Asking does not even import its module."""
    code = (
        "import sys; sys.argv = ['ketamech', 'show', 'ketamine', '--format', 'json']\n"
        "from ketamech.cli.main import run\n"
        "try: run()\n"
        "except SystemExit: pass\n"
        "print('ketamech.loaders.retractions' in sys.modules, file=sys.stderr)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stderr.splitlines()[-1] == "False"
