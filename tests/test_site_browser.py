"""One page of each kind of the site in headless Chromium: quiet, readable, inert, found by search."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from browsing import CONTRAST
from hostile import PAYLOADS
from sites import hostile_graph

from ketamech.cli.site_folder import write_site
from ketamech.cli.site_pages import site_jobs

pytestmark = pytest.mark.browser
KINDS = ["index", "entity", "paper", "hypothesis", "hypotheses", "rivals", "conflict", "conflicts", "blockades",
         "timeline", "timelines", "question", "questions"]  # fmt: skip
SVG_CONTRAST = """() => {
  const part = (v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  const lum = (t) => { const [r, g, b] = t.match(/[\\d.]+/g).map(Number).map((v) => part(v / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const bad = [];
  for (const svg of document.querySelectorAll("svg.figure")) {
    const grounds = [...svg.querySelectorAll("rect")].map((r) => [r.getBoundingClientRect(), r]);
    for (const text of svg.querySelectorAll("text")) {
      const box = text.getBoundingClientRect(), x = (box.left + box.right) / 2, y = (box.top + box.bottom) / 2;
      /* the last drawn rectangle that holds the middle of the text is its ground */
      const under = grounds.filter(([r]) => r.left <= x && x <= r.right && r.top <= y && y <= r.bottom).pop();
      const a = lum(getComputedStyle(text).fill), b = lum(getComputedStyle(under[1]).fill);
      const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      const size = parseFloat(getComputedStyle(text).fontSize);
      if (ratio < 4.5 || size < 11) bad.push([text.textContent, ratio.toFixed(2), size]);
    }
  }
  return bad;
}"""
TEXTS = """() => [...document.querySelectorAll("svg.figure")].map((svg) => {
  const frame = svg.getBoundingClientRect();
  return [...svg.querySelectorAll("text")].map((t) => { const b = t.getBoundingClientRect();
    return [t.textContent, b.left - frame.left, b.top - frame.top, b.right - frame.left, b.bottom - frame.top]; })
    .concat([["frame", 0, 0, frame.width, frame.height]]); })"""
IN_BOXES = """() => [...document.querySelectorAll("svg.figure rect.box")].filter((r) => {
  const box = r.getBoundingClientRect(), text = r.parentElement.querySelector("text").getBoundingClientRect();
  return text.left < box.left || text.right > box.right || text.top < box.top - 1 || text.bottom > box.bottom + 1;
}).map((r) => r.parentElement.textContent)"""


@pytest.fixture
def browser(chromium: Any) -> Any:
    """Give the browser that all tests share."""
    return chromium


def opened(browser: Any, path: Path, **view: Any) -> tuple[Any, list[str], list[str]]:
    """Open a page and gather what it says on the console and asks of the network."""
    tab = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **view}).new_page()
    words: list[str] = []
    asked: list[str] = []
    tab.on("console", lambda message: words.append(message.text))
    tab.on("pageerror", lambda error: words.append(str(error)))
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(path.as_uri())
    return tab, words, asked


def page_of(folder: Path, kind: str) -> Path:
    """Give the page of a kind that holds most."""
    own = folder / f"{kind}.html"
    if own.exists():
        return own
    pages = sorted((folder / kind).glob("*.html"), key=lambda p: (p.stat().st_size, p.name))
    # the very largest entity takes long to measure and shows nothing that the tenth does not
    return pages[-10] if len(pages) > 20 else pages[-1]


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_quiet_and_readable(browser: Any, whole: Path, kind: str) -> None:
    """It asks for its style sheet only, says nothing, and text has 11 px and a contrast of 4.5 in both schemes."""
    path = page_of(whole, kind)
    for scheme, width in (("light", 1280), ("dark", 390)):
        tab, words, asked = opened(browser, path, color_scheme=scheme, viewport={"width": width, "height": 844})
        assert (asked, words) == ([path.as_uri(), (whole / "assets" / "style.css").as_uri()], [])
        tab.evaluate("() => document.querySelectorAll('details').forEach((d) => { d.open = true; })")
        assert (
            tab.evaluate(CONTRAST.replace('querySelectorAll("body *")', 'querySelectorAll("body *:not(svg *)")')) == []
        )
        assert tab.evaluate(SVG_CONTRAST) == []
        # the page itself never scrolls sideways: wide things do so in their own frame
        assert tab.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
        tab.context.close()


@pytest.mark.parametrize("kind", ["conflicts", "hypotheses", "hypothesis", "rivals", "timeline", "questions"])
def test_rows_of_tables_stack_on_a_phone(browser: Any, whole: Path, kind: str) -> None:
    """At 390 px nothing of a table lies off to the right and each cell tells its column; wide windows keep columns."""
    cells = """(name) => [...document.querySelectorAll("table:not(.matrix) tbody tr")]
      .filter((row) => row.querySelector("td.text, td:last-child"))
      .map((row) => [...row.cells].map((c) => c.getBoundingClientRect()[name]))"""
    tab, _, _ = opened(browser, page_of(whole, kind), viewport={"width": 390, "height": 844})
    rows = tab.evaluate(cells, "right")
    assert rows
    assert max(max(row) for row in rows) <= 390
    told = tab.evaluate("() => getComputedStyle(document.querySelector('table:not(.matrix) td'), '::before').content")
    assert told.startswith('"')
    tab.emulate_media(media="print")
    assert all(len(set(row)) == 1 for row in tab.evaluate(cells, "top"))
    tab.context.close()
    tab, _, _ = opened(browser, page_of(whole, kind))
    assert all(len(set(row)) == 1 for row in tab.evaluate(cells, "top"))
    tab.context.close()


@pytest.mark.parametrize("kind", ["entity", "hypothesis", "timeline", "question"])
def test_labels_of_figures_lie_apart(browser: Any, whole: Path, kind: str) -> None:
    """No two texts of a figure overlap, none leaves the picture, and names stay within their boxes."""
    tab, _, _ = opened(browser, page_of(whole, kind))
    figures = tab.evaluate(TEXTS)
    assert figures
    for *texts, (_, left, top, right, bottom) in figures:
        outside = [t for t, x, y, to_x, to_y in texts if x < left or y < top or to_x > right or to_y > bottom]
        assert outside == []
        over = [
            (a[0], b[0])
            for i, a in enumerate(texts)
            for b in texts[i + 1 :]
            if a[1] < b[3] - 1 and b[1] < a[3] - 1 and a[2] < b[4] - 2 and b[2] < a[4] - 2
        ]
        assert over == []
    assert tab.evaluate(IN_BOXES) == []
    tab.context.close()


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ("NMDAR", "NMDA receptor"),
        ("CHEBI:6121", "ketamine"),
        ("ketam", "ketamine"),
    ],
)
def test_search_finds_names_synonyms_and_identifiers(browser: Any, whole: Path, asked: str, wanted: str) -> None:
    """`/` leads to the search, the first hit answers, Enter opens its page."""
    tab, words, _ = opened(browser, whole / "index.html")
    tab.keyboard.press("/")
    tab.keyboard.type(asked)
    assert wanted in tab.locator("#hits a").all_inner_texts()
    assert "found" in tab.locator("#said").inner_text()
    first = tab.locator("#hits a").first.inner_text()
    tab.keyboard.press("Enter")
    tab.wait_for_selector("h1")
    tab.wait_for_url("**/entity/*")
    assert (tab.locator("h1").inner_text(), words) == (first, [])
    tab.context.close()


@pytest.mark.parametrize(
    ("asked", "wanted"), [("ketmine", "ketamine"), ("ketamien", "ketamine"), ("NMDAQ", "NMDA receptor")]
)
def test_search_offers_what_is_near(browser: Any, whole: Path, asked: str, wanted: str) -> None:
    """A mistyped name answers with the nearest ones, and says that it was not found; what is near nothing does not."""
    tab, words, _ = opened(browser, whole / "index.html")
    tab.locator("#q").fill(asked)
    assert wanted in tab.locator("#hits a").all_inner_texts()
    assert tab.locator("#said").inner_text() == "Nothing answers to this; did you mean one of these?"
    tab.locator("#q").fill("zzzzqqqq")
    assert (tab.locator("#hits a").count(), words) == (0, [])
    assert tab.locator("#said").inner_text() == "Nothing answers to this; all pages are listed below."
    tab.context.close()


@pytest.mark.parametrize("asked", ["https://doi.org/{doi}", "doi:{doi}", "PMID:{pmid}", "{pmid}"])
def test_search_finds_papers_by_identifiers_as_copied(browser: Any, whole: Path, asked: str) -> None:
    """A DOI or PubMed number answers with its prefix or web address, too."""
    tab, words, _ = opened(browser, whole / "index.html")
    tab.locator("#q").fill(asked.format(doi="10.1126/science.1190287", pmid="20724638"))
    (found,) = tab.locator("#hits a").all_inner_texts()
    assert (found.startswith("Li N et al. 2010."), words) == (True, [])
    tab.context.close()


def test_without_scripts_the_first_page_lists_all(browser: Any, whole: Path) -> None:
    """With scripts off there is no dead search box, and entities and papers are listed."""
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto((whole / "index.html").as_uri())
    assert tab.locator("#q").is_hidden()
    assert tab.locator(".letters a:visible").count() > 500
    context.close()


def test_an_address_with_a_finding_opens_it(browser: Any, whole: Path) -> None:
    """A link to a finding within a closed list shows it."""
    tab, _, _ = opened(browser, page_of(whole, "entity"))
    inner = "details:not([open]) .card[id]"
    id = tab.evaluate(f"() => document.querySelector('{inner}').id")
    assert not tab.locator(f"[id='{id}']").is_visible()
    tab.evaluate(f"() => {{ location.hash = '{id}'; }}")
    tab.wait_for_selector(f"[id='{id}']", state="visible")
    tab.context.close()


def test_no_payload_of_a_site_runs(browser: Any, tmp_path: Path) -> None:
    """Hostile text in every field runs nothing and asks nothing, in the search either."""
    for number, payload in enumerate(PAYLOADS[:5]):
        folder = tmp_path / str(number)
        write_site(folder, [job for job in site_jobs(hostile_graph(payload), "1") if "graph/" not in job[0]])
        for kind in ("index", "entity", "paper", "blockades"):
            path = page_of(folder, kind)
            tab, words, asked = opened(browser, path)
            if kind == "index":
                tab.locator("#q").fill("drug")
                assert tab.locator("#hits a").count() > 0
            assert (words, len(asked), tab.evaluate("() => window.hit")) == ([], 2, None), (payload, kind)
            tab.context.close()
