"""What the tests of pages share: reading HTML, and knowledge with a hostile text in every field."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

from builders import affinity, claim, comparison, entity, experiment, graph, hypothesis, paper

from ketamech.graph.mechanism import MechanismGraph
from ketamech.graph.model import Context, Separation
from ketamech.graph.quantities import Hours
from ketamech.graph.relief import RELIEF

VOID = {"meta", "link", "br", "img", "input", "hr", "base", "source"}


class Page(HTMLParser):
    """Collect elements, ids, links, and the text of scripts and styles; raise when elements do not nest."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.styles: list[str] = []
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == [], "elements left open"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element without content."""
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        """Close an element."""
        assert self._open, f"</{tag}> closes nothing"
        assert self._open.pop() == tag, f"</{tag}> closes another element"

    def handle_data(self, data: str) -> None:
        """Note text."""
        inside = self._open[-1] if self._open else ""
        {"script": self.scripts, "style": self.styles}.get(inside, self.words).append(data)

    @property
    def ids(self) -> list[str]:
        """Give every id, in order."""
        return [attrs["id"] or "" for _, attrs in self.elements if "id" in attrs]

    @property
    def links(self) -> list[str]:
        """Give where every link leads."""
        return [attrs["href"] or "" for _, attrs in self.elements if "href" in attrs]

    @property
    def policy(self) -> str:
        """Give the content security policy."""
        found = [a["content"] for t, a in self.elements if t == "meta" and "http-equiv" in a]
        assert len(found) == 1
        return found[0] or ""


def site_of(folder: Path) -> dict[str, str]:
    """Read every page of a site, by place."""
    return {p.relative_to(folder).as_posix(): p.read_text(encoding="utf-8") for p in folder.rglob("*.html")}


def small_graph() -> MechanismGraph:
    """Build a graph that fills every kind of page."""
    return graph(
        entity("drug", "drug", id="CHEBI:1", synonyms=["remedy"], xrefs=["MESH:D1"]),
        entity("block", "receptor", id="HGNC:1"),
        entity("release", "process", id="GO:1", part_of=["GO:2"]),
        entity("whole", "process", id="GO:2"),
        entity("swim test", "readout", id="ketamech:swim"),
        entity("relief", "clinical_outcome", id=RELIEF),
        claim("CHEBI:1", "inhibits", "HGNC:1", source="p1", id="p1.block", species="mouse", time="30 min"),
        claim(
            "CHEBI:1", "inhibits", "HGNC:1", source="p2", id="p2.none", stance="no_effect", species="rat", time="3 h"
        ),
        claim("HGNC:1", "decreases", "GO:1", source="p1", id="p1.release"),
        claim("GO:1", "increases", RELIEF, source=paper("p3", doi="10.1000/x", pmid="123"), id="p3.relief"),
        claim("GO:1", "increases", "HGNC:1", source="p4", id="p4.back", species="human", time="1-7 d"),
        claim("ketamech:swim", "is_readout_of", RELIEF, sign=-1, source="p5", id="p5.reads"),
        claim("CHEBI:1", "decreases", "ketamech:swim", source="p5", id="p5.swim", directness="overall", time="1 h"),
        experiment("knockout", "GO:1", "abolishes", RELIEF, drug="CHEBI:1", source="x1", id="x1.lost", species="mouse"),
        experiment("knockout", "GO:1", "no_effect", RELIEF, drug="CHEBI:1", source="x2", id="x2.stays", species="rat"),
        experiment("stimulation", "GO:1", "mimics", "ketamech:swim", source="x3", id="x3.alike", change=-1),
        comparison("CHEBI:1", "other drug", RELIEF, "more", source="c1", id="c1.more"),
        affinity("CHEBI:1", "HGNC:1", 500.0, source="a1", id="a1.ki"),
        replace(
            hypothesis("first", ("CHEBI:1", "inhibits", "HGNC:1"), ("HGNC:1", "decreases", "GO:1"), targets=["GO:1"]),
            key_papers=("p1",),
            against=("p2.none",),
            separations=(Separation("second", "try it", "lost", "stays", ("x1.lost",)),),
        ),
        hypothesis("second", ("GO:1", "increases", RELIEF), assumed=[("CHEBI:1", "increases", "GO:1")]),
    )


def hostile_graph(payload: str) -> MechanismGraph:
    """Put a payload into every text field of every record of the small graph."""
    k = small_graph().knowledge
    context = Context(
        model=payload, population=payload, indication=payload, assay=payload, time=Hours(1.0, 2.0, payload)
    )
    papers = {
        p.key: replace(p, title=payload, authors=payload, journal=payload, doi=payload, pmid=payload, group=payload,
                       checked=(payload,))
        for p in k.papers
    }  # fmt: skip
    entities = tuple(
        replace(e, name=f"{e.name} {payload}", synonyms=(payload,), xrefs=(payload,), note=payload) for e in k.entities
    )
    common = {"summary": payload, "context": context}
    claims = tuple(replace(c, **common, mechanism=payload, paper=papers[c.paper.key]) for c in k.claims)  # type: ignore[arg-type]
    experiments = tuple(
        replace(
            x,
            **common,  # type: ignore[arg-type]
            control=payload,
            measured_at=Hours(1.0, 1.0, payload),
            paper=papers[x.paper.key],
            interventions=tuple(replace(i, agent=payload) for i in x.interventions),
        )
        for x in k.experiments
    )
    comparisons = tuple(replace(c, **common, paper=papers[c.paper.key]) for c in k.comparisons)  # type: ignore[arg-type]
    affinities = tuple(replace(a, **common, paper=papers[a.paper.key]) for a in k.affinities)  # type: ignore[arg-type]
    hypotheses = tuple(
        replace(
            h,
            name=f"{h.slug} {payload}",
            summary=payload,
            status=payload,
            separations=tuple(
                replace(s, experiment=payload, predicts=payload, rival_predicts=payload, done=(*s.done, payload))
                for s in h.separations
            ),
            steps=tuple(replace(s, note=payload) for s in h.steps),
        )
        for h in k.hypotheses
    )
    return MechanismGraph(
        replace(
            k,
            papers=tuple(papers.values()),
            entities=entities,
            claims=claims,
            experiments=experiments,
            comparisons=comparisons,
            affinities=affinities,
            hypotheses=hypotheses,
            content=payload,
        )
    )
