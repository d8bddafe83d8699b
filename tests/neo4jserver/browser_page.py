"""Neo4j Browser (the one that its jars hold) in headless Chromium: connect, run, look."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

QUIET = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
PATIENCE = 60_000
EDITOR = ".monaco-editor textarea"


def connect(page: Page, address: str, uri: str, user: str, password: str) -> None:
    """Open Neo4j Browser and enter."""
    page.set_default_timeout(PATIENCE)
    page.goto(address)
    page.fill("input[data-testid=boltaddress]", uri)
    page.fill("input[data-testid=username]", user)
    page.fill("input[data-testid=password]", password)
    page.click("button[data-testid=connect]")
    page.wait_for_selector("input[data-testid=password]", state="detached")


def run(page: Page, text: str) -> None:
    """Paste a text into the editor and run it, as a person would."""
    page.click(".monaco-editor")
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)
    page.keyboard.press("Control+Enter")
