"""Where the database is: options, environment, .env; and the compose file that starts one."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from conftest import Ask
from ruamel.yaml import YAML

from ketamech.cli.store_settings import read_env_file, store_address
from ketamech.graph.errors import BadValue
from ketamech.graph.store import StoreAddress

ROOT = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [n for n in os.environ if n.startswith("NEO4J_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def test_options_come_before_the_environment_and_that_before_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each setting has three places; the nearest one counts."""
    Path(".env").write_text(
        "NEO4J_URI=bolt://file\nNEO4J_USERNAME=file\nNEO4J_PASSWORD=file\nNEO4J_DATABASE=file\n", encoding="utf-8"
    )
    assert store_address() == StoreAddress("bolt://file", "file", "file", "file")
    monkeypatch.setenv("NEO4J_URI", "neo4j+s://environment")
    monkeypatch.setenv("NEO4J_PASSWORD", "environment")
    assert store_address(database="given") == StoreAddress("neo4j+s://environment", "file", "environment", "given")


def test_what_is_not_said_is_usual(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the password has no default."""
    monkeypatch.setenv("NEO4J_PASSWORD", "p")
    assert store_address() == StoreAddress("bolt://localhost:7687", "neo4j", "p", "neo4j")


def test_the_password_is_never_shown() -> None:
    """What is printed of an address holds no password."""
    assert "hidden" not in repr(StoreAddress(password="hidden"))  # noqa: S106


@pytest.mark.parametrize(
    ("uri", "told"),
    [
        ("localhost:7687", "is no address"),
        ("", "There is no password"),
        ("http://localhost", "is no address"),
        ("bolt://", "is no address"),
        ("bolt://me:hidden@localhost", "holds a user or password"),
        ("x://me:hidden@localhost", "'localhost' is no address"),
    ],
)
def test_a_wrong_address_is_refused(ask: Ask, uri: str, told: str) -> None:
    """Exit status 2, one error and one hint, and no password that stood in the address."""
    said = ask("load", "--uri", uri)
    assert (said.status, said.out, len(said.err.splitlines())) == (2, "", 2)
    assert told in said.err
    assert "hidden" not in said.err


def test_the_env_file_is_read_as_compose_reads_it() -> None:
    """Quotes, comments, export and blanks; the rest is passed over."""
    Path("e").write_text(
        "\ufeff# a comment\nA=1 # one\nexport B='two # 2' # x\nC=\"three\"\n"
        " D = four \n#E=5\nF\nG=\nH=a=b#c\nI=# none\n",
        encoding="utf-8",
    )
    found = {"A": "1", "B": "two # 2", "C": "three", "D": "four", "G": "", "H": "a=b#c", "I": ""}
    assert read_env_file(Path("e")) == found
    assert read_env_file(Path("nowhere")) == {}
    Path("latin").write_bytes(b"A=\xe9")
    with pytest.raises(BadValue, match="not UTF-8"):
        read_env_file(Path("latin"))


def compose() -> dict[str, Any]:
    return dict(YAML(typ="safe").load((ROOT / "docker-compose.yml").read_text(encoding="utf-8")))


def test_the_compose_file_is_pinned_and_closed() -> None:
    """A pinned long-term release, a password of the user's, ports of this machine only, limits, a health check."""
    (service,) = compose()["services"].values()
    assert service["image"] == "neo4j:${NEO4J_TAG:-5.26.33-community}"
    assert service["environment"]["NEO4J_AUTH"].startswith("neo4j/${NEO4J_PASSWORD:?")
    assert service["environment"]["NEO4J_db_transaction_timeout"] == "120s"
    assert {port.split(":")[0] for port in service["ports"]} == {"127.0.0.1"}
    assert {volume.split(":")[0] for volume in service["volumes"]} == set(compose()["volumes"])
    assert {"test", "interval", "timeout", "retries", "start_period"} == set(service["healthcheck"])
    memory = [name for name in service["environment"] if "memory" in name]
    assert len(memory) == 3


def test_the_example_names_what_is_read() -> None:
    """.env.example names each variable of the compose file and of the command."""
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    named = {line.lstrip("# ").partition("=")[0] for line in text.splitlines() if "=" in line}
    own = {f"NEO4J_{name}" for name in ("URI", "USERNAME", "PASSWORD", "DATABASE")}
    assert named == own | {"NEO4J_TAG", "NEO4J_HEAP", "NEO4J_PAGECACHE"}
    assert read_env_file(ROOT / ".env.example") == {"NEO4J_PASSWORD": ""}


def test_compose_itself_accepts_the_file() -> None:
    """Where docker compose is installed, it reads the file."""
    probe = ["docker", "compose", "version"]
    if not shutil.which("docker") or subprocess.run(probe, capture_output=True, check=False).returncode:
        pytest.skip("docker compose is not installed")
    said = subprocess.run(
        ["docker", "compose", "-f", str(ROOT / "docker-compose.yml"), "config", "--quiet"],
        env={**os.environ, "NEO4J_PASSWORD": "12345678"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (said.returncode, said.stderr) == (0, "")
