"""What a reader does with the page in headless Chromium: filter, slide the hours, search, share, save."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from browsing import LABELS, READY, Open, drawn, overlapping, slide
from builders import claim, entity, graph, hypothesis, paper

from ketamech.cli.pages import node_times
from ketamech.graph.mechanism import MechanismGraph
from ketamech.graph.model import Knowledge
from ketamech.queries import PathQuery, find_paths
from ketamech.viz import page
from ketamech.viz.view import Setting

pytestmark = pytest.mark.browser
SVG = "{http://www.w3.org/2000/svg}"
CITED = "ketamech 1.2.3, knowledge abc123, CC BY 4.0"


def mechanism() -> MechanismGraph:
    """Build a fast route by mTORC1 in mice, a late one by spines in rats, disputes, hours and a hypothesis."""
    cited = replace(paper("one"), doi="10.1000/one.1", pmid="12345678")
    made = graph(
        entity("mTORC1", "complex", synonyms=("mechanistic target of rapamycin complex 1", "β-thing")),
        entity("spines", "structure"),
        entity("cortex", "brain_region"),
        entity("medial cortex", "brain_region", part_of=["cortex"]),
        claim("drug", "activates", "mTORC1", source=cited, species="mouse", region="medial cortex", dose="10 mg/kg"),
        claim("drug", "activates", "mTORC1", source="two", stance="refutes", species="rat"),
        claim("drug", "activates", "mTORC1", source="three", stance="no_effect"),
        claim("mTORC1", "decreases", "relief", source="four", species="mouse", time="30 min"),
        claim("drug", "increases", "spines", source="five", species="rat", time="12-24 h"),
        claim("drug", "increases", "spines", source="six", stance="no_effect", species="rat", time="3 h"),
        claim("spines", "decreases", "relief", source="seven", species="rat"),
        claim("mTORC1", "increases", "bystander", source="eight"),
        hypothesis("late-spines", ("drug", "increases", "spines"), ("spines", "decreases", "relief")),
    )
    return made


@pytest.fixture(scope="module")
def used_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the page with hypotheses, hours and neighbours."""
    made = mechanism()
    query = PathQuery("drug", "relief")
    answer = find_paths(made, query)
    path = tmp_path_factory.mktemp("used") / "page.html"
    setting = Setting(made, 1, node_times(made, answer, query))
    text = page([("", answer)], title="From drug to relief", version="1.2.3", data_version="abc123", setting=setting)
    path.write_text(text, encoding="utf-8")
    return path


def counts(tab: Any) -> str:
    """Read the line of counts."""
    return str(tab.locator("#kept").inner_text())


def tick(tab: Any, facet: str, value: str) -> None:
    """Open the filters and tick a box."""
    tab.evaluate("() => { document.getElementById('filters').open = true; }")
    tab.locator(f"#facets input[name={facet}][value='{value}']").check()


def test_unfiltered_everything_is_counted(visit: Open, used_page: Path) -> None:
    """Before any filter all findings, arrows and paths stand, and each value says how often it is there."""
    tab = visit(used_page)
    assert counts(tab) == "all 7 findings, 4 arrows, 2 paths"
    tab.locator("#filters > summary").click()
    told = tab.locator("#facets label").evaluate_all(
        "(all) => all.map((l) => [...l.children].map((c) => c.textContent))"
    )
    assert ["", "rat", "4"] in told
    assert ["", "medial cortex", "1"] in told
    assert ["", "cortex", "1"] in told


def test_a_filter_hides_and_counts(visit: Open, used_page: Path) -> None:
    """A species leaves its findings and those that do not report one; arrows, boxes, paths and rows follow."""
    tab = visit(used_page)
    tick(tab, "species", "mouse")
    assert (
        counts(tab)
        == "3 of 7 findings, 2 of 4 arrows, 1 of 2 paths; 1 of these findings does not report all that is asked"
    )
    assert drawn(tab) == {"drug", "mTORC1", "relief"}
    assert tab.locator("#table tbody tr:visible").count() == 3
    assert tab.locator(".lost .lost-steps").all_inner_texts() == [" · 2 steps left out by the filters"]
    assert ["✓1", "✗0/1 ∅1"] in tab.evaluate("() => window.ketamech.badges.map((b) => b.lines)")
    assert overlapping(tab.evaluate(LABELS)) == []
    tab.locator("#strict").check()
    assert counts(tab) == "2 of 7 findings, 2 of 4 arrows, 1 of 2 paths"
    tab.locator("#reset").click()
    assert counts(tab) == "all 7 findings, 4 arrows, 2 paths"


def test_findings_left_out_stay_one_click_away(visit: Open, used_page: Path) -> None:
    """The panel of an arrow says how many findings the filters leave out, and shows them when asked."""
    tab = visit(used_page)
    tick(tab, "stance", "supports")
    tab.locator("#table").get_by_text("drug activates mTORC1").click()
    assert tab.locator("#panel .item:visible .stance").all_inner_texts() == ["supports"]
    tab.get_by_text("Show 2 findings that the filters leave out").click()
    assert sorted(tab.locator("#panel .item:visible .stance").all_inner_texts()) == ["no effect", "refutes", "supports"]


@pytest.mark.parametrize(
    ("facet", "value", "left"),
    [
        (
            "region",
            "cortex",
            "7 of 7 findings, 4 of 4 arrows, 2 of 2 paths; 6 of these findings do not report all that is asked",
        ),
        ("tier", "rodent", "6 of 7 findings, 4 of 4 arrows, 2 of 2 paths"),
        ("stance", "refutes", "1 of 7 findings, 1 of 4 arrows, 0 of 2 paths"),
        (
            "compound",
            "drug",
            "7 of 7 findings, 4 of 4 arrows, 2 of 2 paths; 2 of these findings do not report all that is asked",
        ),
        ("hypothesis", "late-spines", "3 of 7 findings, 2 of 4 arrows, 1 of 2 paths"),
    ],
)
def test_every_facet_filters(visit: Open, used_page: Path, facet: str, value: str, left: str) -> None:
    """A region takes in its parts; tier, stance, compound and hypothesis keep what has them."""
    tab = visit(used_page)
    tick(tab, facet, value)
    assert counts(tab) == left


def test_strength_filters_steps(visit: Open, used_page: Path) -> None:
    """Steps below the asked strength go."""
    tab = visit(used_page)
    weakest = tab.evaluate(
        "() => Math.min(...window.ketamech.scene().arrows.map((a) => "
        "window.ketamech.data.edges.find((e) => e.id === a.id).strength))"
    )
    tab.evaluate("""() => { const s = document.getElementById("strength"); s.value = 0.95;
                 s.dispatchEvent(new Event("input")); }""")
    assert weakest < 0.95
    assert counts(tab).startswith("0 of 7 findings, 0 of 4 arrows, 0 of 2 paths")
    assert drawn(tab) == {"drug", "relief"}


def test_spines_appear_with_the_hours(visit: Open, used_page: Path) -> None:
    """Before 12 h spines are not there, with who looked in vain; from 12 h on they are."""
    tab = visit(used_page)
    seen = {}
    for hour in (1, 3, 12, 24, None):
        slide(tab, "to", hour)
        seen[hour] = "spines" in drawn(tab)
        if hour == 3:
            assert "spines, looked for and not seen by six (3 h)" in tab.locator("#gone").inner_text()
    assert seen == {1: False, 3: False, 12: True, 24: True, None: True}
    slide(tab, "from", 6)
    assert tab.locator("#window").inner_text() == "from 6 h after the dose"
    assert "mTORC1" in drawn(tab)
    drawn_now = "() => window.ketamech.scene().arrows.map((a) => [a.from, a.to].join(' ')).sort()"
    assert tab.evaluate(drawn_now) == ["drug mTORC1", "drug spines", "spines relief"]


def test_neighbours_are_drawn_only_when_asked_for(visit: Open, used_page: Path) -> None:
    """Only the nodes of the paths are drawn by default; the switch brings their neighbours, with evidence."""
    tab = visit(used_page)
    assert "bystander" not in drawn(tab)
    tab.locator("#only").uncheck()
    assert "bystander" in drawn(tab)
    assert counts(tab) == "all 8 findings, 5 arrows, 2 paths"
    assert overlapping(tab.evaluate(LABELS)) == []


def test_the_address_keeps_everything(visit: Open, used_page: Path) -> None:
    """Path, step, filters, hours, strength, switch and size come back from the address alone."""
    tab = visit(used_page)
    tab.locator(".path:visible").first.click()
    tab.locator("#only").uncheck()
    tick(tab, "species", "rat")
    tick(tab, "hypothesis", "late-spines")
    tab.locator("#strict").check()
    slide(tab, "to", 24)
    slide(tab, "from", 1 / 6)
    tab.locator("#table").get_by_text("drug raises spines").click()
    tab.locator("#larger").click()
    address = tab.evaluate("() => location.hash")
    state = (
        "() => [location.hash, document.getElementById('kept').textContent, document.getElementById('panel').innerText]"
    )
    other = visit(used_page, address)
    assert other.evaluate(state) == tab.evaluate(state)
    for part in (
        "path=0",
        "step=drug%7Cincreases%7Cspines",
        "only=0",
        "species=rat",
        "hypothesis=late-spines",
        "strict=1",
        "to=24h",
        "from=0.167h",
        "zoom=",
    ):
        assert part in address
    other.evaluate("() => { location.hash = '#box=spines&to=3h'; }")
    other.wait_for_function("() => document.getElementById('window').textContent.startsWith('by 3 h')")
    assert other.locator("#panel h3").inner_text() == "spines"


@pytest.mark.parametrize(
    "address", ["#answer=9&path=99&step=x&box=y&species=z&to=soon&strength=7&zoom=900", "#%%%", "#="]
)
def test_broken_addresses_are_passed_over(visit: Open, used_page: Path, address: str) -> None:
    """What an address asks for and the page does not have is left aside."""
    assert counts(visit(used_page, address)) == "all 7 findings, 4 arrows, 2 paths"


@pytest.mark.parametrize("text", ["mtorc-1", "MTORC1", "Mechanistic Target", "beta thing", "β-Thing"])
def test_search_folds_case_hyphens_and_greek(visit: Open, used_page: Path, text: str) -> None:
    """`/` leads to the search; names, synonyms and identifiers are found however they are written."""
    tab = visit(used_page)
    tab.keyboard.press("/")
    tab.keyboard.type(text)
    assert tab.locator("#panel h3").inner_text() == "mTORC1"


def test_search_offers_what_is_near(visit: Open, used_page: Path) -> None:
    """A name mistyped is answered with the nearest; one click opens it."""
    tab = visit(used_page)
    tab.locator("#find").fill("spimes")
    assert "Did you mean" in tab.locator("#panel").inner_text()
    tab.locator("#panel .goto").first.click()
    assert tab.locator("#panel h3").inner_text() == "spines"


def test_search_leads_to_what_lies_below(visit: Open, used_page: Path) -> None:
    """On a phone the panel lies below the window: a button beside the search brings it into view."""
    tab = visit(used_page, viewport={"width": 390, "height": 844})
    tab.locator("#find").fill("spines")
    go = tab.locator("#go")
    assert go.inner_text() == "Go to spines"
    go.click()
    assert tab.evaluate("() => document.getElementById('panel').getBoundingClientRect().top < innerHeight")
    tab.keyboard.press("Escape")
    assert not go.is_visible()


def test_swap_hands_out_the_command(visit: Open, used_page: Path) -> None:
    """The way back is another question: the panel holds the command that asks it."""
    tab = visit(used_page)
    tab.locator("#swap").click()
    assert tab.locator("#panel pre").inner_text() == "ketamech page relief drug -o page.html"


def test_keys_walk_the_path_and_leave_it(visit: Open, used_page: Path) -> None:
    """With a path chosen the arrows walk its steps, each is said; Escape leaves the path."""
    tab = visit(used_page)
    tab.locator(".path:visible").first.click()
    steps = tab.evaluate(
        "() => window.ketamech.data.answers[0].paths[0].edges.map((id) => "
        "window.ketamech.data.edges.find((e) => e.id === id).words)"
    )
    heard = []
    for _ in steps:
        tab.keyboard.press("ArrowRight")
        heard.append(tab.locator("#say").inner_text().partition(":")[0])
    assert heard == steps
    tab.keyboard.press("ArrowLeft")
    assert tab.locator("#panel h3").inner_text() == steps[-2]
    tab.keyboard.press("Escape")
    assert tab.locator(".path[aria-pressed=true]").count() == 0


def saved(tab: Any, kind: str) -> tuple[str, bytes]:
    """Press a button under the drawing and take what it saves: the name and the bytes."""
    with tab.expect_download() as got:
        tab.locator(f"[data-save={kind}]").click()
    return got.value.suggested_filename, Path(got.value.path()).read_bytes()


def test_saved_svg_holds_drawing_legend_and_citation(visit: Open, used_page: Path) -> None:
    """The SVG is well formed and self-contained, with title, heads, names, counts, legend, filters and citation."""
    tab = visit(used_page)
    tick(tab, "species", "rat")
    name, data = saved(tab, "svg")
    root = ElementTree.fromstring(data)  # noqa: S314 - our own picture
    texts = [t.text or "" for t in root.iter(f"{SVG}text")]
    said = " ".join(texts)
    assert name == "ketamech-from-drug-to-relief-1.2.3-abc123.svg"
    for part in (
        "From drug to relief",
        "Drug",
        "Structure",
        "spines",
        "✗1",
        "raises or activates",
        "species rat",
        "3 findings for",
        CITED,
        "Not medical advice",
    ):
        assert part.replace("3 findings for", "findings for") in said
    tips = [p for p in root.iter(f"{SVG}path") if (p.get("d") or "").endswith("Z")]
    assert len(tips) >= 2
    assert "http" not in data.decode().replace("http://www.w3.org/2000/svg", "")


@pytest.mark.parametrize("times", [2, 3, 4])
def test_saved_png_is_enlarged(visit: Open, used_page: Path, times: int) -> None:
    """The PNG is the same picture at two to four times its size."""
    tab = visit(used_page)
    tab.locator("#times").select_option(str(times))
    name, data = saved(tab, "png")
    picture = tab.evaluate("() => { const { wide, high } = window.ketamech.picture(); return [wide, high]; }")
    width, height = (int.from_bytes(data[i : i + 4], "big") for i in (16, 20))
    assert (data[:8], name[-4:]) == (b"\x89PNG\r\n\x1a\n", ".png")
    assert [round(width / times), round(height / times)] == [round(side) for side in picture]


def test_saved_tables_hold_every_finding(visit: Open, used_page: Path) -> None:
    """TSV and JSON hold one record per finding drawn, with citation, version and legend; filters apply."""
    tab = visit(used_page)
    name, data = saved(tab, "tsv")
    lines = data.decode().splitlines()
    rows = list(csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t"))
    assert name.endswith("-1.2.3-abc123.tsv")
    assert f"# citation: {CITED}" in lines
    assert any(line.startswith("# legend, stance: supports for") for line in lines)
    assert len(rows) == 7
    first = next(r for r in rows if r["doi"])
    picked = {k: first[k] for k in ("step", "sign", "stance", "species", "region", "dose", "pmid", "doi")}
    assert picked == {
        "step": "drug activates mTORC1", "sign": "+", "stance": "supports", "species": "mouse",
        "region": "medial cortex", "dose": "10 mg/kg", "pmid": "12345678", "doi": "10.1000/one.1",
    }  # fmt: skip
    tick(tab, "species", "rat")
    tab.locator("#strict").check()
    found = json.loads(saved(tab, "json")[1])
    assert (found["citation"], found["version"], found["knowledge"]) == (CITED, "1.2.3", "abc123")
    assert found["filters"] == "species rat; unreported left out"
    assert [f["species"] for f in found["findings"]] == ["rat"] * 4
    assert set(found["legend"]) == {"sign", "stance"}
    assert {n["id"] for n in found["nodes"]} == drawn(tab)


def test_a_table_holds_no_formulas(visit: Open, tmp_path: Path) -> None:
    """What a spreadsheet would run is disarmed in the TSV."""
    made = mechanism().knowledge
    claims = tuple(replace(c, summary='=HYPERLINK("http://x","y")\tz') for c in made.claims)
    hostile = MechanismGraph(Knowledge(made.entities, made.papers, claims))
    path = tmp_path / "page.html"
    path.write_text(page([("", find_paths(hostile, PathQuery("drug", "relief")))], title="t"), encoding="utf-8")
    text = visit(path).evaluate("() => window.ketamech.table()")
    assert "\t=HYPERLINK" not in text
    assert "\t'=HYPERLINK" in text


def test_print_holds_what_the_filters_leave(visit: Open, used_page: Path) -> None:
    """On paper the controls are gone, the counts stand."""
    tab = visit(used_page)
    tab.emulate_media(media="print")
    assert [tab.locator(p).is_visible() for p in (".hours", "#facets", ".more-filters", "#kept")] == [
        False, False, False, True,
    ]  # fmt: skip


def test_reloading_shows_the_same(visit: Open, used_page: Path) -> None:
    """A reload changes neither the address nor the drawing."""
    tab = visit(used_page)
    slide(tab, "to", 1)
    before = tab.evaluate("() => [location.hash, window.ketamech.nodes.getIds()]")
    tab.reload()
    tab.wait_for_function(READY)
    assert tab.evaluate("() => [location.hash, window.ketamech.nodes.getIds()]") == before
