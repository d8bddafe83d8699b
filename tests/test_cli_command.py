"""The installed command: help, examples, completion, colours, pipes, and what is imported when."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Ask

ROOT = Path(__file__).parent.parent
COMMANDS = ["search", "show", "paths", "evidence", "explain", "page", "check"]


def run(*words: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a process of its own."""
    command = [sys.executable, "-W", "error", "-m", "ketamech.cli", *words]
    return subprocess.run(command, capture_output=True, text=True, env={**os.environ, **env}, check=False)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_help_holds_two_examples_that_work(
    ask: Ask, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The examples in each help text are run as they stand and find something."""
    import shlex

    monkeypatch.chdir(tmp_path)
    found = re.findall(r"^ +ketamech (.+)$", ask(name, "--help").out, flags=re.MULTILINE)
    examples = [shlex.split(text) for text in found if not text.startswith(f"{name} [")]
    assert len(examples) == 2
    for words in examples:
        if "my-papers" in words:
            words[words.index("my-papers")] = str(ROOT / "tests" / "small")
        said = ask(*(w for w in words if w != "--open"))
        assert (said.status, said.err) == (0, ""), words
        assert said.out


def test_every_command_is_documented() -> None:
    """README names every command."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [c for c in COMMANDS if f"ketamech {c}" not in text] == []


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
