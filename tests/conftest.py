"""Fixtures that several test files share."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from browsing import CHROMIUM, QUIET, READY, REQUIRED, Open
from hypothesis import settings
from neo4jserver.fixtures import neo4j_running, neo4j_store, own_server

# How long an example takes is the machine's affair: a busy one must not fail a property.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

__all__ = ["neo4j_running", "neo4j_store", "own_server"]
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


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the site of the whole packaged knowledge."""
    from ketamech.cli.site_folder import write_site
    from ketamech.cli.site_pages import site_jobs
    from ketamech.loaders import load

    folder = tmp_path_factory.mktemp("site") / "out"
    write_site(folder, site_jobs(load(), "1.2.3"))
    return folder


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the site of a small graph that fills every kind of page."""
    from sites import small_graph

    from ketamech.cli.site_folder import write_site
    from ketamech.cli.site_pages import site_jobs

    folder = tmp_path_factory.mktemp("small") / "out"
    write_site(folder, site_jobs(small_graph(), "1.2.3"))
    return folder


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


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Start one headless Chromium for all tests; without one skip and say why, or fail where one is required."""

    def without(reason: str) -> None:
        if REQUIRED:
            pytest.fail(f"KETAMECH_REQUIRE_BROWSER=1, but {reason}")
        pytest.skip(f"{reason}; install it, or set CHROMIUM")

    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        without("playwright is not installed")
    if not CHROMIUM or not Path(CHROMIUM).exists():
        without("there is no Chromium here")
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield started
        started.close()


@pytest.fixture
def visit(chromium: Any) -> Iterator[Open]:
    """Open pages; afterwards no page may have asked for anything else or said a word on the console."""
    visited: list[tuple[Path, list[str], list[str]]] = []
    contexts = []

    def visit(path: Path, address: str = "", **view: Any) -> Any:
        context = chromium.new_context(**{"viewport": {"width": 1280, "height": 800}, **view})
        contexts.append(context)
        tab = context.new_page()
        asked: list[str] = []
        words: list[str] = []
        visited.append((path, asked, words))
        tab.on("request", lambda request: asked.append(request.url.partition("#")[0]))
        tab.on("console", lambda message: words.append(message.text))
        tab.on("pageerror", lambda error: words.append(str(error)))
        tab.goto(path.as_uri() + address)
        tab.wait_for_function(READY)
        return tab

    yield visit
    for context in contexts:
        context.close()
    for path, asked, words in visited:
        # What the page makes of itself (pictures to save) is no request to a network.
        outside = {url for url in asked if not url.startswith(("data:", "blob:"))}
        assert (outside, words) == ({path.as_uri()}, [])
