"""Draw the pictures of docs/neo4j-browser.md in the Neo4j Browser of a real server, in headless Chromium.

Run `make browser-pictures`: it starts a server of its own (Java and Maven, as `make neo4j`), loads the packaged
knowledge and needs Chromium as `make pictures` does.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
import tempfile
import threading
from pathlib import Path

from neo4jserver.browser_page import QUIET, connect, run
from neo4jserver.jars import LTS
from neo4jserver.server import Server

from ketamech.graph.store import StoreAddress
from ketamech.loaders import load_default
from ketamech.loaders.neo4j_rows import store_rows
from ketamech.loaders.neo4j_store import load
from ketamech.queries.cypher_files import saved_query

HERE = Path(__file__).parent
SETTLED = 9_000


def main() -> None:
    """Take a picture of paths, of neighbours, and of the guide."""
    from playwright.sync_api import sync_playwright

    browser_path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not browser_path:
        sys.exit("No Chromium: install it, or set CHROMIUM to its path.")
    spec = importlib.util.spec_from_file_location("make_browser_files", HERE.parent / "browser" / "make.py")
    if spec is None or spec.loader is None:
        sys.exit("No docs/browser/make.py.")
    files = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(files)
    served = files.serve()
    threading.Thread(target=served.serve_forever, daemon=True).start()
    at = f"http://localhost:{files.PORT}"
    with tempfile.TemporaryDirectory() as home, Server(Path(home), LTS) as server, sync_playwright() as driver:
        load(store_rows(load_default()), StoreAddress(server.uri, server.user, server.password))
        browser = driver.chromium.launch(executable_path=browser_path, args=QUIET)
        page = browser.new_page(viewport={"width": 1280, "height": 640})
        connect(page, server.page, server.uri, server.user, server.password)
        run(page, f":style {at}/ketamech.grass")
        page.wait_for_selector("[data-testid=exportGraSSButton]", state="attached")
        for name, text in (
            ("neo4j-paths", saved_query("strongest-paths").text),
            ("neo4j-neighbours", saved_query("neighbours").text),
        ):
            run(page, ":clear")
            run(page, text)
            page.wait_for_selector("g.node circle")
            page.wait_for_timeout(SETTLED)
            page.screenshot(path=HERE / f"{name}.png")
        run(page, ":clear")
        run(page, f":play {at}/guide.html")
        page.wait_for_selector("text=1 / 10")
        page.wait_for_timeout(1_000)
        page.screenshot(path=HERE / "neo4j-guide.png")
        browser.close()
    served.shutdown()


if __name__ == "__main__":
    main()
