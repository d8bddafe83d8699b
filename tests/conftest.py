"""Fixtures that several test files share."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

SMALL = Path(__file__).parent / "small"
RIVALS = Path(__file__).parent / "rivals"


@dataclass(frozen=True)
class Said:
    """What a command left behind: exit status, stdout, stderr."""

    status: int
    out: str
    err: str


Ask = Callable[..., Said]


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the tests away from the user's cache and environment."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KETAMECH_CACHE", str(tmp_path_factory.mktemp("cache")))
        patch.delenv("KETAMECH_KNOWLEDGE", raising=False)
        patch.delenv("KETAMECH_FORMAT", raising=False)
        yield


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Run the command line in this process, as its entry point does."""
    from ketamech.cli.main import run

    def call(*words: str) -> Said:
        monkeypatch.setattr(sys, "argv", ["ketamech", *words])
        status = 0
        try:
            run()
        except SystemExit as end:
            status = int(end.code or 0)
        said = capsys.readouterr()
        return Said(status, said.out, said.err)

    return call


@pytest.fixture
def ask_small(ask: Ask) -> Ask:
    """Run the command line on the small knowledge of tests/small."""
    return lambda *words: ask(*words, "--knowledge", str(SMALL))


@pytest.fixture
def ask_rivals(ask: Ask) -> Ask:
    """Run the command line on the small knowledge with rival hypotheses, mechanisms and hostile names on top."""
    return lambda *words: ask(*words, "--knowledge", str(SMALL), "--knowledge", f"+{RIVALS}")
