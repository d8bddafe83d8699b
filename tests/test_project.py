"""The project itself: layout, wheel, pinned requirements, documents held true."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PORTIONS = ["cli", "graph", "knowledge", "loaders", "queries", "viz"]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_no_portion_hides_the_others() -> None:
    """`ketamech` is a namespace package: a file */ketamech/__init__.py would hide every other portion."""
    assert list(ROOT.glob("*/ketamech/__init__.py")) == []


def test_the_lists_of_portions_agree() -> None:
    """What is installed for development, packed into the wheel and found by the linters is the same."""
    build = SETTINGS["tool"]["hatch"]["build"]
    assert build["dev-mode-dirs"] == PORTIONS
    assert build["targets"]["wheel"]["packages"] == [f"{p}/ketamech" for p in PORTIONS]
    assert SETTINGS["tool"]["ruff"]["src"] == PORTIONS
    assert [p for p in PORTIONS if not (ROOT / p / "ketamech" / p).is_dir()] == []


@pytest.mark.parametrize("name", ["run", "dev", "build", "uv"])
def test_requirements_are_hashed_and_without_addresses(name: str) -> None:
    """Every pinned requirement carries hashes, and no file records where it was downloaded from."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    pinned = re.findall(r"^[a-z0-9][a-z0-9._-]*==\S+", text, flags=re.MULTILINE)
    assert pinned
    assert len(re.findall(r"^[^\s#]", text, flags=re.MULTILINE)) == len(pinned)
    assert len(re.findall(r"^[a-z0-9][^\n]*\\\n +--hash=sha256:", text, flags=re.MULTILINE)) == len(pinned)
    assert "http" not in text


def test_modules_stay_small() -> None:
    """No module grows past about 400 lines: each has one reason to change."""
    long = {
        str(path.relative_to(ROOT)): count
        for folder in (*PORTIONS, "tests")
        for path in (ROOT / folder).rglob("*.py")
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > 420
    }
    assert long == {}


def test_the_wheel_alone_answers_a_query(tmp_path: Path) -> None:
    """The wheel, installed where no source is in reach, finds the packaged knowledge and answers."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    home = tmp_path / "home"
    venv.create(home, symlinks=True, system_site_packages=False)
    site = next((home / "lib").glob("python3*/site-packages"))
    # The dependencies come from this environment by a .pth file; the sources of the project do not.
    own = Path(sys.executable).parent.parent
    (site / "dependencies.pth").write_text(str(next((own / "lib").glob("python3*/site-packages"))) + "\n")
    unpack = "import sys, zipfile; zipfile.ZipFile(sys.argv[1]).extractall(sys.argv[2])"
    subprocess.run([sys.executable, "-c", unpack, str(wheel), str(site)], check=True)
    code = (
        "import ketamech; print(sorted(ketamech.__path__))\n"
        "from ketamech.loaders import load_default\n"
        "from ketamech.queries import PathQuery, find_paths\n"
        "from ketamech.viz import page\n"
        "answer = find_paths(load_default(), PathQuery('ketamine', '5-HT1B binding', species='macaque'))\n"
        "print(answer.paths[0].nodes[-1].name, len(page([('', answer)], title='t')) > 1000)\n"
    )
    said = subprocess.run(
        [str(home / "bin" / "python"), "-c", code],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
        env={"KETAMECH_CACHE": str(tmp_path / "cache"), "PATH": "/usr/bin:/bin"},
    )
    where, answer = said.stdout.splitlines()
    assert where == str([str(site / "ketamech")])
    assert answer == "5-HT1B binding True"


def test_documents_lead_somewhere() -> None:
    """Every relative link of the documents points at a file that exists."""
    broken = []
    for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]:
        for link in re.findall(r"\]\(([^)#\s]+)", path.read_text(encoding="utf-8")):
            if not link.startswith(("http://", "https://", "mailto:")) and not (path.parent / link).exists():
                broken.append(f"{path.name}: {link}")
    assert broken == []


def test_questions_are_not_hidden_by_their_modules() -> None:
    """A question stays callable whichever module was imported before it."""
    code = (
        "import ketamech.queries as q\n"
        "from importlib import import_module\n"
        "for module in q._MODULES: import_module(f'ketamech.queries.{module}')\n"
        "print([name for name in q.__all__ if not callable(getattr(q, name))])"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
