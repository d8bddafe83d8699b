"""What a page says, and what it refuses: merged evidence, links, colours, hostile words, pyvis."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from builders import claim, entity, experiment, graph, paper
from hostile import PAYLOADS
from test_page_text import parsed

from ketamech.graph.mechanism import MechanismGraph
from ketamech.graph.path_answers import PathsAnswer, SetAside
from ketamech.queries import PathQuery, find_paths
from ketamech.viz import network, page
from ketamech.viz.html_page import CAP
from ketamech.viz.page_data import data_of
from ketamech.viz.stages import PALETTES, STAGES, Tone
from ketamech.viz.view import view_of
from ketamech.viz.words import command_of, question_of

KINDS = {
    "ketamine": "drug",
    "NMDA receptor": "channel",
    "GABAergic interneuron": "cell_type",
    "pyramidal neuron": "cell_type",
    "glutamate release": "process",
    "AMPA receptor": "channel",
    "BDNF release": "process",
    "TrkB": "receptor",
    "mTORC1": "complex",
    "synaptic protein synthesis": "process",
    "dendritic spine formation": "structure",
    "eEF2 kinase": "enzyme",
    "eEF2 phosphorylation": "process",
    "lateral habenula burst firing": "process",
    "lateral habenula": "brain_region",
    "dorsal raphe nucleus": "brain_region",
    "lateral habenula to dorsal raphe projection": "circuit",
    "serotonin release": "process",
    "(2R,6R)-hydroxynorketamine": "metabolite",
    "forced-swim immobility": "readout",
    "antidepressant-like behaviour": "behaviour",
}
STEPS = """
ketamine inhibits NMDA receptor
NMDA receptor activates GABAergic interneuron
GABAergic interneuron inhibits pyramidal neuron
pyramidal neuron increases glutamate release
glutamate release activates AMPA receptor
AMPA receptor increases BDNF release
BDNF release activates TrkB
TrkB activates mTORC1
mTORC1 increases synaptic protein synthesis
synaptic protein synthesis increases dendritic spine formation
dendritic spine formation decreases forced-swim immobility
NMDA receptor activates eEF2 kinase
eEF2 kinase increases eEF2 phosphorylation
eEF2 phosphorylation decreases BDNF release
NMDA receptor increases lateral habenula burst firing
lateral habenula burst firing activates lateral habenula
lateral habenula activates lateral habenula to dorsal raphe projection
lateral habenula to dorsal raphe projection inhibits dorsal raphe nucleus
dorsal raphe nucleus increases serotonin release
serotonin release decreases forced-swim immobility
ketamine converts_to (2R,6R)-hydroxynorketamine
(2R,6R)-hydroxynorketamine modulates AMPA receptor
TrkB increases AMPA receptor
"""
ENDS = ("ketamine", "antidepressant-like behaviour")


def mechanism() -> MechanismGraph:
    """Build the textbook route, a habenular branch, a metabolite, a loop, and a dispute on the first step."""
    names = sorted(KINDS, key=len, reverse=True)
    made = []
    for i, line in enumerate(STEPS.strip().splitlines()):
        subject = next(n for n in names if line.startswith(f"{n} "))
        predicate, _, object = line.removeprefix(f"{subject} ").partition(" ")
        made.append(claim(subject, predicate, object, source=f"p{i}", species="mouse", region="mPFC region"))
    cited = replace(paper("doubt"), doi="10.1000/doubt.1", pmid="12345678", retracted=True)
    return graph(
        *(entity(name, kind) for name, kind in KINDS.items()),
        *made,
        claim(*("ketamine", "inhibits", "NMDA receptor"), source=cited, stance="refutes", time="24 h", dose="10 mg/kg"),
        claim(*("ketamine", "inhibits", "NMDA receptor"), source="null", stance="no_effect"),
        claim(*("forced-swim immobility", "is_readout_of", "antidepressant-like behaviour"), source="read", sign=-1),
        claim(*("ketamine", "decreases", "forced-swim immobility"), source="end", directness="overall"),
        experiment("knockout", "TrkB", "abolishes", "antidepressant-like behaviour", drug="ketamine", change=1),
    )


def textbook(k: int = 8) -> PathsAnswer:
    """Ask the textbook graph for its routes."""
    return find_paths(mechanism(), PathQuery(*ENDS, k=k, max_length=16))


def short(**changes: object) -> PathsAnswer:
    """Ask a graph of two steps, and change the answer."""
    made = graph(claim("drug", "inhibits", "x", source="a"), claim("x", "decreases", "relief", source="b"))
    return replace(find_paths(made, PathQuery("drug", "relief")), **changes)  # type: ignore[arg-type]


class Balance(HTMLParser):
    """Check that every element that opens also closes, in order."""

    VOID = frozenset({"meta", "input", "br", "hr", "img", "link"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element that must close."""
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Pass over an element that closes itself."""

    def handle_endtag(self, tag: str) -> None:
        """Close an element, or note that it was not the innermost."""
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


def test_the_markup_is_balanced() -> None:
    """Every element closes, in order, and no id stands twice."""
    html = page([("by 3 h", textbook()), ("from 12 h on", short())], title="t")
    check = Balance()
    check.feed(html)
    assert (check.open, check.wrong) == ([], [])
    ids = [attrs["id"] for _, attrs in parsed(html).found if "id" in attrs]
    assert sorted(ids, key=str) == sorted(set(ids), key=str)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_words_around_the_evidence_stay_text(payload: str) -> None:
    """Title, label, versions, licence, question, sentence, remarks and what was set aside add no element."""

    def shaped(word: str) -> tuple[list[tuple[str, list[str]]], bool]:
        answer = short()
        path = replace(answer.paths[0], told=word, remarks=(word,), stretches=(f"drug|{word}|relief",))
        hostile = replace(
            answer,
            paths=(path,),
            query={**answer.query, "species": word, "via": [word]},
            set_aside=(SetAside(word, word, word, (word,)),),
        )
        html = page([(word, hostile)], title=word, version=word, data_version=word, licence=word)
        elements = parsed(html)
        inert = json.loads(elements.scripts[0])["answers"][0]["label"] == word
        return [(tag, sorted(attrs)) for tag, attrs in elements.found], inert

    assert shaped(payload) == (shaped("plain")[0], True)


def test_numbers_that_json_cannot_hold_are_refused() -> None:
    """A score that is not a number never reaches the page."""
    answer = short()
    with pytest.raises(ValueError, match="JSON compliant"):
        page([("", replace(answer, paths=(replace(answer.paths[0], score=float("nan")),)))], title="t")


def test_a_page_leads_home_only_where_it_is_told_to() -> None:
    """The way back is one line of the masthead; nothing else of the page depends on it."""
    alone = page([("", textbook())], title="t")
    back = '<p><a href="../index.html">All &lt;pages&gt;</a></p>\n'
    led = page([("", textbook())], title="t", home=("../index.html", "All <pages>"))
    assert led.count(back) == 1
    assert led.replace(back, "") == alone


@pytest.mark.parametrize("address", ["javascript:alert(1)", "//host/x.html", "https://host/", "/etc/x.html", ""])
def test_the_way_home_stays_in_the_folder(address: str) -> None:
    """An address that is not relative is refused."""
    with pytest.raises(ValueError, match="must be relative"):
        page([("", textbook())], title="t", home=(address, "Home"))


def test_a_page_without_an_answer_is_refused() -> None:
    """A page needs something to show."""
    with pytest.raises(ValueError, match="at least one answer"):
        page([], title="t")


def test_paths_beyond_the_cap_are_left_out_and_told() -> None:
    """Paths whose boxes find no room are counted on the page, with the options that narrow the question."""
    many = [claim("drug", "activates", f"x{i}", source=f"a{i}") for i in range(6)]
    many += [claim(f"x{i}", "increases", "relief", source=f"b{i}") for i in range(6)]
    answer = find_paths(graph(*many), PathQuery("drug", "relief", k=6))
    view = view_of([("a", answer), ("b", answer)], most=5)
    assert (len(view.nodes), [(len(a.paths), a.cut) for a in view.answers]) == (5, [(3, 3), (3, 3)])
    assert [a.cut for a in view_of([("", answer)], most=CAP).answers] == [0]


def test_an_answer_without_paths_still_makes_a_page() -> None:
    """Where no path was found, the page says so and keeps what was set aside."""
    html = page(
        [("", short(paths=(), references=(), set_aside=(SetAside("node", "x", "not yet there", ()),)))], title="t"
    )
    assert "no path in this context" in html
    assert "not yet there" in html


def test_evidence_of_all_answers_meets_on_one_arrow() -> None:
    """One arrow of two answers carries the evidence of both, counted once."""
    whole = textbook()
    steps = {s.edge.id: s for p in whole.paths for s in p.steps}
    first = steps["ketamine|inhibits|NMDA receptor"]
    part = replace(
        whole,
        paths=tuple(
            replace(p, steps=(replace(p.steps[0], evidence=first.evidence[:1]), *p.steps[1:])) for p in whole.paths[:1]
        ),
    )
    edge = view_of([("part", part), ("whole", whole)]).edges["step-1"]
    assert (edge.words, edge.supporting, edge.refuting, edge.no_effect) == ("ketamine inhibits NMDA receptor", 1, 1, 1)


def test_papers_are_numbered_across_answers() -> None:
    """Each paper has one number on the page, in order of appearance, with safe links to DOI and PubMed."""
    view = view_of([("a", textbook()), ("b", textbook())])
    assert [r.number for r in view.references] == list(range(1, len(view.references) + 1))
    doubt = next(r for r in view.references if r.text.startswith("doubt"))
    assert doubt.retracted
    assert [(link.text, link.url) for link in doubt.links] == [
        ("doi:10.1000/doubt.1", "https://doi.org/10.1000/doubt.1"),
        ("PMID:12345678", "https://pubmed.ncbi.nlm.nih.gov/12345678/"),
    ]


def test_only_public_identifiers_lead_somewhere() -> None:
    """A node of a public vocabulary has a link, a local one and an invented one have none."""
    made = graph(
        entity("ketamine", "drug", id="CHEBI:6121"),
        entity("x", id="ketamech:x"),
        entity("relief", "behaviour", id="javascript:alert(1)"),
        claim("CHEBI:6121", "inhibits", "ketamech:x", source="a"),
        claim("ketamech:x", "decreases", "javascript:alert(1)", source="b"),
    )
    answer = find_paths(made, PathQuery("CHEBI:6121", "javascript:alert(1)"))
    links = {n["id"]: n["link"] for n in data_of(view_of([("", answer)]))["nodes"]}
    assert links == {
        "CHEBI:6121": "https://www.ebi.ac.uk/chebi/searchId.do?chebiId=CHEBI:6121",
        "ketamech:x": None,
        "javascript:alert(1)": None,
    }


def test_each_finding_is_printed_with_its_circumstances() -> None:
    """Stance, species, region, dose, hour and tier stand with their labels; an experiment is told in words."""
    view = view_of([("", textbook())])
    found = {e.id: e for edge in view.edges.values() for e in edge.evidence}
    refuted = next(e for e in found.values() if e.stance == "refutes")
    assert dict(refuted.facts) == {"dose": "10 mg/kg", "hour": "24 h"}
    first = next(e for e in found.values() if e.id.startswith("p0:"))
    assert (dict(first.facts), first.tier) == ({"species": "mouse", "region": "mPFC region"}, "rodent")
    made = graph(
        claim("drug", "activates", "x", source="a"),
        experiment("knockout", "x", "abolishes", "relief", drug="drug", change=1, source="b"),
        experiment("knockdown", "x", "no_effect", "relief", drug="drug", change=1, source="c"),
    )
    derived = view_of([("", find_paths(made, PathQuery("drug", "relief")))]).edges["step-2"]
    assert derived.derived
    assert [(e.stance, e.told) for e in derived.evidence] == [
        ("supports", "experiment: knockout of x (knockout of x) abolishes the effect of drug on relief"),
        ("no effect", "experiment: knockdown of x (knockdown of x) leaves unchanged the effect of drug on relief"),
    ]


def test_a_path_tells_where_things_go_up_and_down() -> None:
    """Each step says whether its target rises or falls along the path; an unsigned step ends that knowledge."""
    trends = {p.names[-2]: p.trends for p in view_of([("", short())]).answers[0].paths}
    assert trends == {"x": ("minus", "plus")}
    made = graph(claim("drug", "modulates", "x", source="a"), claim("x", "decreases", "relief", source="b"))
    unsigned = view_of([("", find_paths(made, PathQuery("drug", "relief")))]).answers[0].paths[0]
    assert (unsigned.sign, unsigned.trends) == ("open", ("open", "open"))


def test_the_question_is_told() -> None:
    """What was asked beyond the two ends stands under the label."""
    assert question_of(short()) == "drug to relief: in any context"
    asked = {"species": "mouse", "by": 3.0, "via": ["x"], "sign": 1, "strict_context": True}
    assert question_of(short(query=asked)) == (
        "drug to relief: seen by 3 h, in mouse, through x, net effect more relief, "
        "evidence that does not report the asked context left out"
    )
    by_id = short(query={"via": ["x:1"], "avoid": ["z:9"], "region": "r:2"}, names={"x:1": "x", "r:2": "cortex"})
    assert question_of(by_id) == "drug to relief: in the cortex, through x, avoiding z:9", "names, not identifiers"


def test_the_command_names_only_what_is_not_assumed_anyway() -> None:
    """The page knows the defaults of the command: a plain question is asked again plainly."""
    answer = find_paths(graph(claim("drug", "increases", "relief", source="a")), PathQuery("drug", "relief"))
    assert command_of(answer) == "ketamech page drug relief -o page.html"
    assert command_of(replace(answer, query={**answer.query, "k": 6})) == "ketamech page drug relief --k 6 -o page.html"


def test_findings_that_two_answers_share_are_printed_once() -> None:
    """What was seen end to end is not repeated when the next answer has the same."""
    html = page([("by 3 h", textbook()), ("from 12 h on", textbook())], title="t")
    assert html.count("ketamine lowers forced-swim immobility") == 1
    assert "The same 1 finding as for “by 3 h”." in html


def test_the_page_says_what_it_is() -> None:
    """Versions, licences, how to cite and the warning stand on the page."""
    html = page([("", short())], title="t", version="0.1.0", data_version="abc123")
    assert "Not medical advice." in html
    assert "To cite: “ketamech 0.1.0, knowledge abc123, CC BY 4.0”" in html
    assert "code Apache-2.0" in html


def luminance(colour: str) -> float:
    """Give the relative luminance of a colour (WCAG 2.2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("tone", [t for p in PALETTES.values() for t in (p.light, p.dark)])
def test_names_in_boxes_are_readable(tone: Tone) -> None:
    """The ink of every box has a contrast of 4.5 to its fill, in both colour schemes."""
    low, high = sorted((luminance(tone.fill), luminance(tone.ink)))
    assert (high + 0.05) / (low + 0.05) >= 4.5


def test_every_kind_has_a_stage_with_colours() -> None:
    """No kind of the vocabulary is left without a stage, no stage without colours."""
    from ketamech.graph.vocabulary import KINDS as KNOWN

    assert (set(STAGES), set(STAGES.values())) == (set(KNOWN), set(PALETTES))


def test_pyvis_writes_our_page(tmp_path: Path) -> None:
    """Whichever way pyvis is asked to write, it writes the offline page and no foreign address."""
    answer = short()
    net = network(answer)
    wanted = page([("", answer)], title="From drug to relief")
    for name, write in (("a.html", net.write_html), ("b.html", net.save_graph)):
        write(str(tmp_path / name))
        assert (tmp_path / name).read_text(encoding="utf-8") == wanted
    assert net.generate_html() == wanted
    assert net.show(str(tmp_path / "c.html"), notebook=True).src == str(tmp_path / "c.html")


def test_pyvis_holds_places_and_signs() -> None:
    """The pyvis nodes carry our places, without physics; the edges carry sign, dash and arrowhead."""
    net = network(short())
    places = {n["id"]: n["x"] for n in net.nodes}
    assert sorted(places, key=lambda id: places[id]) == ["drug", "x", "relief"]
    assert net.options.physics.enabled is False
    assert [(e["from"], e["to"], e["sign"], e["arrows"]["to"]["type"]) for e in net.edges] == [
        ("drug", "x", "minus", "bar"),
        ("x", "relief", "minus", "bar"),
    ]


def test_making_a_page_does_not_import_pyvis() -> None:
    """Pages take the text of vis-network from pyvis' folder without paying for its import."""
    code = (
        "import sys, ketamech.viz.html_page as h; h.vis_network_script();"
        "print(sorted({'pyvis', 'jinja2', 'networkx'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
