"""Draw the pictures of the documents from the real pages, in headless Chromium.

Run `make pictures`. It needs Chromium (Debian: the package `chromium`; elsewhere set CHROMIUM to its path).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
VIEWS = {
    "page-light": {"viewport": {"width": 1280, "height": 800}, "color_scheme": "light"},
    "page-dark": {"viewport": {"width": 1280, "height": 800}, "color_scheme": "dark"},
    "page-path": {"viewport": {"width": 1280, "height": 800}, "color_scheme": "light"},
    "page-hours": {"viewport": {"width": 1280, "height": 800}, "color_scheme": "light"},
    "page-phone": {"viewport": {"width": 390, "height": 844}, "color_scheme": "light", "device_scale_factor": 2},
}
# What the reader has chosen in a picture: by the address, as everything on the page can be.
CHOSEN = {
    "page-path": "answer=0&path=1&step=CHEBI%3A6121%7Cinhibits%7CGO%3A0017146",
    "page-hours": "answer=1&to=3h&species=mouse",
}
SITE_VIEWS = {
    "light": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
    "dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": 844}, "color_scheme": "light"},
}
# One page of each kind of the site; where a pattern fits several, the first by name.
SITE_PAGES = {
    "index": "index.html",
    "entity": "entity/hgnc-8032.html",
    "paper": "paper/modasava2019.html",
    "hypothesis": "hypothesis/disinhibition.html",
    "hypotheses": "hypotheses.html",
    "rivals": "rivals/*disinhibition*.html",
    "conflict": "conflict/experiment-*.html",
    "conflicts": "conflicts.html",
    "blockades": "blockades.html",
    "timeline": "timeline/chebi-6121.html",
    "question": "question/chebi-6121.html",
}
QUIET = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
QUESTION = ["ketamine", "antidepressant-like behaviour", "--by", "3h", "--after", "12h", "--split"]


def main() -> None:
    """Write the page of the demo and take a picture of each view."""
    from playwright.sync_api import sync_playwright

    browser_path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not browser_path:
        sys.exit("No Chromium: install it, or set CHROMIUM to its path.")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        page_path = Path(folder) / "ketamine.html"
        command = [sys.executable, "-m", "ketamech.cli", "page", *QUESTION, "-o", str(page_path)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        browser = driver.chromium.launch(executable_path=browser_path, args=QUIET)
        for name, view in VIEWS.items():
            shoot(browser, page_path, view, name, wait=800, at=CHOSEN.get(name, ""))
        site = Path(folder) / "site"
        command = [sys.executable, "-m", "ketamech.cli", "site", str(site)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        for kind, pattern in SITE_PAGES.items():
            found = sorted(site.glob(pattern))
            if not found:
                sys.exit(f"No page of the site fits {pattern}.")
            for scheme, view in SITE_VIEWS.items():
                shoot(browser, found[0], view, f"site-{kind}-{scheme}", wait=100)
        ladder = next(site.glob(SITE_PAGES["question"]))
        for scheme, view in SITE_VIEWS.items():
            shoot(browser, ladder, view, f"site-ladder-{scheme}", wait=100, at="ladder")
        browser.close()


def shoot(browser: Any, path: Path, view: dict[str, Any], name: str, *, wait: int, at: str = "") -> None:
    """Take a picture of a page as one sees it first, or from an anchor on."""
    context = browser.new_context(**view)
    page = context.new_page()
    page.goto(path.as_uri() + (f"#{at}" if at else ""))
    page.wait_for_timeout(wait)
    page.screenshot(path=HERE / f"{name}.png")
    context.close()


if __name__ == "__main__":
    main()
