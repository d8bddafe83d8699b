"""The static site without a browser: every link leads somewhere, every finding has its place, all text is inert."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from conftest import Ask
from hostile import PAYLOADS
from hypothesis import given
from hypothesis import strategies as st
from sites import Page, hostile_graph, site_of, small_graph

from ketamech.cli.site_folder import LIST, write_site
from ketamech.cli.site_pages import shell_of, site_jobs
from ketamech.graph.identifiers import PREFIX_URLS
from ketamech.graph.model import Knowledge
from ketamech.loaders import load
from ketamech.queries.lookup import show
from ketamech.viz.site.addresses import anchor, file_name
from ketamech.viz.site.entity_page import entity_page
from ketamech.viz.site.hypothesis_pages import pair_path

OUTSIDE = ("https://doi.org/", "https://pubmed.ncbi.nlm.nih.gov/", *(u.partition("{")[0] for u in PREFIX_URLS.values()))
WINDOWS = {"con", "prn", "aux", "nul", "com1", "lpt1"}


@pytest.fixture(scope="session")
def pages(whole: Path) -> dict[str, Page]:
    """Read the pages of the whole site that are ours alone (interactive graphs are tested elsewhere)."""
    return {place: Page(text) for place, text in site_of(whole).items() if not place.startswith("graph/")}


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """Load the packaged knowledge once."""
    return load().knowledge


def broken_links(folder: Path) -> list[str]:
    """Find links to pages and anchors that do not exist."""
    pages = site_of(folder)
    ids = {place: set(re.findall(r'\bid="([^"]*)"', text)) for place, text in pages.items()}
    broken = []
    for place, text in pages.items():
        for raw in set(re.findall(r'\bhref="([^"]*)"', text)):
            parts = urlsplit(unescape(raw))
            if parts.scheme:
                continue
            to = (folder / place).parent / parts.path if parts.path else folder / place
            goal = to.resolve().relative_to(folder.resolve()).as_posix()
            if not (folder / goal).is_file() or (parts.fragment and unescape(parts.fragment) not in ids.get(goal, ())):
                broken.append(f"{place}: {raw}")
    return sorted(broken)


def test_every_internal_link_of_the_whole_site_resolves(whole: Path) -> None:
    """No link of the site of the packaged knowledge leads to a page or an anchor that is not there."""
    assert broken_links(whole) == []


def test_every_internal_link_of_a_small_site_resolves(small: Path) -> None:
    """The same, where ids are of every kind."""
    assert broken_links(small) == []


def test_every_finding_has_its_anchor(pages: dict[str, Page], knowledge: Knowledge) -> None:
    """Each claim, experiment, comparison and affinity stands on the page of its paper under its id."""
    ids = {place: set(page.ids) for place, page in pages.items()}
    missing = [r.id for r in knowledge.records if anchor(r.id) not in ids[f"paper/{file_name(r.paper.key)}.html"]]
    assert missing == []


def places_of(k: Knowledge) -> list[str]:
    """Give the places of the pages of all entities, papers and hypotheses."""
    return [
        *(f"entity/{file_name(e.id)}.html" for e in k.entities),
        *(f"paper/{file_name(p.key)}.html" for p in k.papers),
        *(f"hypothesis/{file_name(h.slug)}.html" for h in k.hypotheses),
    ]


def test_every_record_has_its_page(pages: dict[str, Page], knowledge: Knowledge) -> None:
    """Each entity, paper and hypothesis has a page of its own."""
    wanted = places_of(knowledge)
    assert set(wanted) - set(pages) == set()
    assert len(wanted) == len(set(wanted))


def test_every_finding_can_be_disputed(pages: dict[str, Page], knowledge: Knowledge) -> None:
    """The page of a paper holds, for each of its findings, a ready text with its id and the data version."""
    words = {place: "".join(page.words) for place, page in pages.items() if place.startswith("paper/")}
    missing = [
        r.id
        for r in knowledge.records
        if f"Dispute of {r.id} (ketamech knowledge {knowledge.content[:12]})"
        not in words[f"paper/{file_name(r.paper.key)}.html"]
    ]
    assert missing == []


def test_pages_cite_their_data_and_ids_are_unique(pages: dict[str, Page], knowledge: Knowledge) -> None:
    """Ids are unique within a page; version, licence and the warning stand on each."""
    for place, page in pages.items():
        assert len(page.ids) == len(set(page.ids)), place
        words = "".join(page.words)
        for needed in ("Not medical advice", "CC BY 4.0", knowledge.content[:12], "ketamech 1.2.3"):
            assert needed in words, place


def test_pages_load_nothing_from_elsewhere(whole: Path, pages: dict[str, Page]) -> None:
    """Nothing is fetched: one own style sheet, no source, no inline style, links only to known public places."""
    sheet = (whole / "assets" / "style.css").read_text(encoding="utf-8")
    assert re.findall(r"url\(|@import|https?:", sheet) == []
    for place, page in pages.items():
        for tag, attrs in page.elements:
            assert not {"src", "style", "srcset", "srcdoc", "action"} & set(attrs), (place, tag)
            assert not [name for name in attrs if name.startswith("on")], (place, tag)
            assert tag not in {"img", "iframe", "object", "embed", "base", "form"}, place
        outside = [link for link in page.links if urlsplit(link).scheme]
        assert [link for link in outside if not link.startswith(OUTSIDE)] == [], place


def test_the_policy_names_the_only_script(pages: dict[str, Page]) -> None:
    """Each page forbids all but the shared sheet; the first page allows its one script by its hash."""
    for place, page in pages.items():
        live = [s for s in page.scripts if not s.startswith("[")]
        hashes = [base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in live]
        scripts = " ".join(f"'sha256-{h}'" for h in hashes) or "'none'"
        assert page.policy.startswith(f"default-src 'none'; script-src {scripts}; style-src 'self' file:;"), place
        assert len(live) == (place == "index.html")


def test_the_first_page_lists_everything_without_scripts(pages: dict[str, Page], knowledge: Knowledge) -> None:
    """Each entity, paper and hypothesis is linked from the first page outside its script, and named in its index."""
    page = pages["index.html"]
    places = set(places_of(knowledge))
    assert places - set(page.links) == set()
    (index,) = [json.loads(s) for s in page.scripts if s.startswith("[")]
    assert places - {address for _, _, address, _ in index} == set()


def test_cells_of_wide_tables_tell_their_column(small: Path) -> None:
    """Each cell names its column, for windows in which the cells of a row stand below each other."""
    unlike = []
    for place, text in site_of(small).items():
        if place.startswith("graph/"):
            continue
        for table in re.findall(r"<table>.*?</table>", text, re.DOTALL):
            head = table.partition("</thead>")[0]
            heads = [re.sub(r"<[^>]*>", "", h) for h in re.findall(r"<th scope[^>]*>(.*?)</th>", head)]
            heads = ["Step" if h == "#" else h for h in heads]
            for row in re.findall(r"<tr>(.*?)</tr>", table.partition("</thead>")[2], re.DOTALL):
                if "colspan" in row:
                    continue
                cells = re.findall(r"<(td|th)\b([^>]*)>", row)
                told = [re.search(r'data-label="([^"]*)"', attrs) for tag, attrs in cells if tag == "td"]
                wanted = [h for h, (tag, _) in zip(heads, cells, strict=True) if tag == "td"]
                if [t and t[1] for t in told] != wanted:
                    unlike.append((place, row))
    assert unlike == []


def test_a_step_without_findings_has_no_strength(small: Path) -> None:
    """A step that nobody tested is not told as one of strength 0."""
    text = (small / "hypothesis" / "second.html").read_text(encoding="utf-8")
    (row,) = re.findall(r"<tr>(?:(?!</tr>).)*assumed: nobody has tested it.*?</tr>", text, re.DOTALL)
    assert re.findall(r'data-label="Strength">([^<]*)<', row) == ["no evidence held"]


def test_interactive_pages_lead_back_to_the_site(small: Path) -> None:
    """Who opens a graph of the site finds the way to its first page."""
    graphs = {place: text for place, text in site_of(small).items() if place.startswith("graph/")}
    assert graphs
    assert [place for place, text in graphs.items() if '<a href="../index.html">' not in text] == []


def test_the_site_stays_small(whole: Path) -> None:
    """The site of the packaged knowledge takes less than 60 MB, and no page more than 3 MB."""
    sizes = [p.stat().st_size for p in whole.rglob("*") if p.is_file()]
    assert (sum(sizes) < 60e6, max(sizes) < 3e6) == (True, True)


def test_the_same_knowledge_gives_the_same_bytes(small: Path, tmp_path: Path) -> None:
    """Two sites of the same knowledge are the same, byte for byte."""
    again = tmp_path / "again"
    write_site(again, site_jobs(small_graph(), "1.2.3"))
    first, second = (
        {p.relative_to(f): p.read_bytes() for f in (d,) for p in f.rglob("*") if p.is_file()} for d in (small, again)
    )
    assert first == second


def test_every_kind_of_page_is_in_the_small_site(small: Path) -> None:
    """The small graph fills all kinds, so that tests on it speak of all."""
    kinds = {p.parent.name for p in small.rglob("*.html")} - {"out"}
    assert kinds == {"conflict", "entity", "graph", "hypothesis", "paper", "question", "rivals", "timeline"}


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_text_stays_text(payload: str) -> None:
    """A payload in every field of every record changes no page's elements but in number of links and words."""
    mild, hostile = (
        {
            place: write()
            for place, write in site_jobs(g, "1")
            if place.endswith(".html") and not place.startswith("graph/")
        }
        for g in (hostile_graph("mild"), hostile_graph(payload))
    )
    assert set(mild) == set(hostile)
    for place, text in hostile.items():
        page = Page(text)
        assert {t for t, _ in page.elements} <= {t for t, _ in Page(mild[place]).elements} | {"tspan"}, place
        assert not [a for _, attrs in page.elements for a in attrs if a.startswith("on")], place
        assert [link for link in page.links if urlsplit(link).scheme and not link.startswith(OUTSIDE)] == [], place
        assert len(page.scripts) == (2 if place == "index.html" else 0), place
    assert payload in "".join(Page(hostile["paper/p1.html"]).words)


def test_a_page_alone_stands_on_its_own() -> None:
    """A single page holds its style under a hash and leads to public places only."""
    graph = small_graph()
    page = Page(entity_page(shell_of(graph, "1", alone=True), show(graph, "CHEBI:1")))
    (style,) = page.styles
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in page.policy
    assert [link for link in page.links if not link.startswith(("#", *OUTSIDE))] == []
    assert [link for link in page.links if link.startswith("#") and link[1:] not in page.ids] == []


CURIES = st.one_of(
    st.sampled_from(["CHEBI:1", "chebi:1", "CHEBI-1", "chebi-1", "con", "CON", "nul", "a", "A", "MESH:D1", "MESH:d1"]),
    st.text(max_size=30),
    st.from_regex(r"(CHEBI|GO|ketamech|MESH):[A-Za-z0-9._-]{1,12}", fullmatch=True),
)


@given(CURIES, CURIES)
def test_names_are_safe_and_never_collide(first: str, second: str) -> None:
    """Two ids share no file name, even where case does not count; a name holds no sign that a system forbids."""
    for make in (file_name, anchor):
        if first != second:
            assert make(first).lower() != make(second).lower() or make is anchor
            assert make(first) != make(second)
        assert re.fullmatch(r"[a-z0-9._~-]+", make(first))
    assert file_name(first) not in WINDOWS
    assert not file_name(first).endswith(".")
    assert len(file_name(first)) <= 100


def test_pairs_of_accounts_never_share_a_page() -> None:
    """A slug may hold a line where another ends: `a_b` and `c` are not `a` and `b_c`."""
    assert len({pair_path("a_b", "c"), pair_path("a", "b_c"), pair_path("a-b", "c"), pair_path("a", "b-c")}) == 4


def test_two_pages_in_one_place_are_a_fault(tmp_path: Path) -> None:
    """No page overwrites another in silence."""
    with pytest.raises(ValueError, match="two pages share"):
        write_site(tmp_path / "site", [("a.html", lambda: "1"), ("a.html", lambda: "2")])
    assert list(tmp_path.iterdir()) == []


def test_a_second_site_takes_the_place_of_the_first(tmp_path: Path) -> None:
    """A folder that holds a site is replaced whole; pages of the first that the second lacks are gone."""
    folder = tmp_path / "site"
    write_site(folder, [("a.html", lambda: "1"), ("entity/b.html", lambda: "2")])
    assert write_site(folder, [("a.html", lambda: "3")]) == (1, 1)
    assert sorted(p.name for p in folder.rglob("*")) == ["a.html", LIST]
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


@pytest.mark.parametrize("where", ["note.txt", "entity/note.txt", "a.html"])
def test_files_of_others_are_never_touched(tmp_path: Path, where: str) -> None:
    """A folder with a file that is not as the site wrote it is refused and left as it was."""
    from ketamech.graph.errors import UsageError

    folder = tmp_path / "site"
    write_site(folder, [("a.html", lambda: "1"), ("entity/b.html", lambda: "2")])
    (folder / where).write_text("mine", encoding="utf-8")
    before = {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    with pytest.raises(UsageError) as caught:
        write_site(folder, [("a.html", lambda: "3")])
    assert where in caught.value.message
    assert {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()} == before
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


@pytest.mark.parametrize(
    "content", ["{}", "[]", "no JSON", '{"made_by": "other", "files": {}}', '{"made_by": "ketamech", "files": []}']
)
def test_a_folder_that_is_no_site_is_refused(tmp_path: Path, content: str) -> None:
    """A foreign folder, even with a file of the list's name, is left alone."""
    from ketamech.graph.errors import UsageError

    (tmp_path / "own").mkdir()
    (tmp_path / "own" / LIST).write_text(content, encoding="utf-8")
    with pytest.raises(UsageError):
        write_site(tmp_path / "own", [("a.html", lambda: "1")])
    assert (tmp_path / "own" / LIST).read_text(encoding="utf-8") == content


def test_a_foreign_folder_is_refused_before_anything_is_asked(ask: Ask, tmp_path: Path) -> None:
    """The folder is looked at first: knowledge that cannot be read is not reached."""
    (tmp_path / "note.txt").write_text("mine", encoding="utf-8")
    said = ask("site", str(tmp_path), "--knowledge", str(tmp_path / "nowhere"))
    assert (said.status, said.out) == (2, "")
    assert said.err.startswith(f"error: {tmp_path} is not empty and no site of ketamech.")


def test_a_link_in_the_folder_is_not_followed(tmp_path: Path) -> None:
    """A symbolic link in the place of a page is a file of others."""
    from ketamech.graph.errors import UsageError

    folder = tmp_path / "site"
    write_site(folder, [("a.html", lambda: "1")])
    (tmp_path / "precious").write_text("1", encoding="utf-8")
    (folder / "a.html").unlink()
    (folder / "a.html").symlink_to(tmp_path / "precious")
    with pytest.raises(UsageError):
        write_site(folder, [("a.html", lambda: "2")])
    assert (tmp_path / "precious").read_text(encoding="utf-8") == "1"


def test_a_failure_leaves_all_as_it_was(tmp_path: Path) -> None:
    """When a page cannot be written, the earlier site stays and nothing is left beside it."""
    folder = tmp_path / "site"
    write_site(folder, [("a.html", lambda: "1")])

    def fail() -> str:
        raise RuntimeError("no page")

    with pytest.raises(RuntimeError):
        write_site(folder, [("a.html", lambda: "2"), ("b.html", fail)])
    assert (folder / "a.html").read_text(encoding="utf-8") == "1"
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


def test_pages_are_written_one_by_one(tmp_path: Path) -> None:
    """A page is made only after the one before it stands on the disk."""
    seen: list[int] = []

    def job(number: int) -> str:
        made = next(p for p in tmp_path.iterdir() if p.name.startswith(".site-new-"))
        seen.append(len(list(made.glob("*.html"))))
        return str(number)

    write_site(tmp_path / "site", [(f"{i}.html", lambda i=i: job(i)) for i in range(4)])  # type: ignore[misc]
    assert seen == [0, 1, 2, 3]
