"""Draw the pictures of the documents from the real page, in headless Chromium.

Run `make pictures`. It needs Chromium (Debian: the package `chromium`; elsewhere set CHROMIUM to its path).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

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
    "page-path": "#answer=0&path=1&step=CHEBI%3A6121%7Cinhibits%7CGO%3A0017146",
    "page-hours": "#answer=1&to=3h&species=mouse",
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
            context = browser.new_context(**view)
            page = context.new_page()
            page.goto(page_path.as_uri() + CHOSEN.get(name, ""))
            page.wait_for_timeout(800)
            page.screenshot(path=HERE / f"{name}.png")
            context.close()
        browser.close()


if __name__ == "__main__":
    main()
