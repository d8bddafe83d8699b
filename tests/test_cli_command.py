"""The installed command: help, examples, completion, colours, pipes, and what is imported when."""

from __future__ import annotations

import dataclasses
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import SMALL, Ask
from invalid.samples import TABLE, folder
from typer.core import TyperGroup
from typer.main import get_command

from ketamech.cli.main import app
from ketamech.queries.question import PathQuery

ROOT = Path(__file__).parent.parent
UNUSED = ("GluN2B", "chronic stress")
USED = "".join(row for row in TABLE.splitlines(keepends=True) if not any(name in row for name in UNUSED))
WORDY = ("check", "add", "sources", "site", "load", "export")  # their words on stderr are no complaint
COMMANDS = [
    *("search", "show", "paths", "evidence", "explain", "conflicts", "blockades", "necessary", "timeline", "gaps"),
    *("compare", "predict", "validate", "page", "site", "check", "stats", "add", "sources", "load", "export", "cypher"),
    *("hypotheses", "hypotheses show", "hypotheses compare"),
    *("figure", "figure paths", "figure hypothesis", "figure timeline", "figure ladder"),
    *("leaf", "leaf entity", "leaf paper", "leaf hypothesis", "leaf conflict", "leaf blockades", "leaf timeline"),
    "leaf ladder",
]


def run(*words: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a process of its own."""
    command = [sys.executable, "-W", "error", "-m", "ketamech.cli", *words]
    return subprocess.run(command, capture_output=True, text=True, env={**os.environ, **env}, check=False)


@pytest.mark.parametrize(
    "name", [n for n in COMMANDS if n not in ("load", "cypher")]
)  # elsewhere: they need a database
def test_every_help_holds_two_examples_that_work(
    ask: Ask, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The examples in each help text are run as they stand, beside the files they name, and find something."""
    monkeypatch.chdir(tmp_path)
    folder(tmp_path / "my-papers", table=USED)
    (tmp_path / "note.md").write_text("doi:10.1126/science.aat8078 and doi:10.5555/unheard-of", encoding="utf-8")
    experiments = SMALL / "papers" / "beta2002.yaml"
    (tmp_path / "new-experiments.yaml").write_text(experiments.read_text(encoding="utf-8"), encoding="utf-8")
    found = re.findall(r"^ +ketamech (.+)$", ask(*name.split(), "--help").out, flags=re.MULTILINE)
    examples = [shlex.split(text) for text in found if not text.startswith(f"{name} [")]
    assert len(examples) == 2
    for words in examples:
        said = ask(*(w for w in words if w != "--open"))
        assert (said.status, "error:" in said.err) == (0, False), words
        assert said.out or name == "check"
        assert not said.err or name in WORDY


def registered() -> list[str]:
    """Name every command that the program knows, those below another too."""
    root = get_command(app)
    assert isinstance(root, TyperGroup)
    below = {name: command for name, command in root.commands.items() if isinstance(command, TyperGroup)}
    return [*root.commands, *(f"{name} {word}" for name, group in below.items() for word in group.commands)]


@pytest.mark.parametrize("name", ["paths", "page", "figure paths"])
def test_a_question_has_one_set_of_options(name: str) -> None:
    """What asks for paths takes every field of the question, under its own name and in its order."""
    root = get_command(app)
    assert isinstance(root, TyperGroup)
    command: Any = root
    for word in name.split():
        assert isinstance(command, TyperGroup)
        command = command.commands[word]
    taken = [parameter.name for parameter in command.params]
    fields = [field.name for field in dataclasses.fields(PathQuery)]
    assert taken[: len(fields)] == fields


def test_every_command_is_tested_here() -> None:
    """No command is registered without its name in this file."""
    assert sorted(registered()) == sorted(COMMANDS)


def test_every_command_has_its_line_in_the_readme() -> None:
    """The table of README names every command once, and no other."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| `ketamech ((?:[a-z]+ ?)+)", text, flags=re.MULTILINE)
    assert sorted(words.strip() for words in told) == sorted(COMMANDS)


def test_a_wrong_command_is_corrected() -> None:
    """A mistyped command exits with 2 and names the right one."""
    said = run("pths")
    assert (said.returncode, said.stdout) == (2, "")
    assert "paths" in said.stderr


def test_no_colour_and_no_control_characters_in_a_pipe() -> None:
    """Piped output, tables too, holds no escape sequence, with or without NO_COLOR."""
    for env in ({}, {"NO_COLOR": "1"}, {"TERM": "dumb"}):
        said = run("search", "HNK", "--format", "table", **env)
        assert (said.returncode, said.stderr) == (0, "")
        assert "\x1b" not in said.stdout
        assert "(2R,6R)-HNK" in said.stdout


def test_a_closed_pipe_ends_quietly() -> None:
    """`ketamech ... | head -1` leaves no traceback."""
    command = f"{sys.executable} -m ketamech.cli show ketamine --format tsv | head -1"
    said = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert said.stdout.startswith("direction\t")
    assert said.stderr == ""


def test_a_look_up_imports_nothing_heavy() -> None:
    """A cold look-up stays clear of networkx, the driver, pyvis, YAML, templates and numpy."""
    run("search", "ketamine")
    code = (
        "import sys; sys.argv = ['ketamech', 'paths', 'ketamine', 'forced-swim immobility'];\n"
        "from ketamech.cli.main import run\n"
        "try: run()\n"
        "except SystemExit: pass\n"
        "heavy = {'networkx', 'neo4j', 'pyvis', 'ruamel', 'jinja2', 'numpy', 'IPython', 'ketamech.loaders.shapes'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stderr.splitlines()[-1] == "[]"


def test_completion_is_offered() -> None:
    """The shell completion script can be shown."""
    said = run("--show-completion", _TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION="1", SHELL="/bin/bash")
    assert "complet" in (said.stdout + said.stderr).lower()
