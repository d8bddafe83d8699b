"""The first page: search over everything, and everything listed by kind and letter for when scripts are off."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from ketamech.graph.conflict_answers import Conflict
from ketamech.graph.model import Hypothesis, Knowledge, Paper
from ketamech.viz.inert import inert_json, static
from ketamech.viz.site.addresses import file_name
from ketamech.viz.site.cards import Piece
from ketamech.viz.site.conflict_pages import conflict_path
from ketamech.viz.site.shell import Shell
from ketamech.viz.stages import STAGES, stage_of

Letters = list[tuple[str, list[Piece]]]


def index_page(shell: Shell, knowledge: Knowledge, conflicts: Sequence[Conflict], names: dict[str, str]) -> str:
    """Write the first page."""
    links = shell.links
    stages: dict[str, list[Piece]] = {}
    for e in sorted(knowledge.entities, key=lambda e: (_letter(e.name), e.name.lower(), e.id)):
        stages.setdefault(stage_of(e.kind), []).append(Piece(e.name, links.entity(e.id)))
    order = list(dict.fromkeys(STAGES.values()))
    papers = sorted(knowledge.papers, key=lambda p: (p.authors.lower() or p.key, p.year, p.key))
    script = static("search.js")
    return shell.write(
        "index.html.j2",
        title="ketamech: how ketamine relieves depression, finding by finding",
        script=script,
        index=inert_json(_index(shell, knowledge, conflicts, names)),
        counts=[
            (len(knowledge.papers), "papers"),
            (len(knowledge.claims), "claims"),
            (len(knowledge.experiments), "experiments"),
            (len(knowledge.comparisons), "comparisons"),
            (len(knowledge.affinities), "affinities"),
            (len(knowledge.entities), "entities"),
            (len(knowledge.hypotheses), "hypotheses"),
        ],
        hypotheses=[Piece(h.name, links.hypothesis(h.slug)) for h in _by_name(knowledge.hypotheses)],
        stages=[(s, f"kind-{s.lower().replace(' ', '-')}", _letters(stages[s])) for s in order if s in stages],
        papers=_letters(Piece(_cited(p), links.paper(p.key)) for p in papers),
        conflicts=len(conflicts),
    )


def _by_name(hypotheses: Iterable[Hypothesis]) -> list[Hypothesis]:
    return sorted(hypotheses, key=lambda h: (h.name.lower(), h.slug))


def _cited(paper: Paper) -> str:
    return f"{paper.authors or paper.key} {paper.year}. {paper.title.rstrip('.')}"


def _letter(name: str) -> str:
    """Give the letter a name is filed under: Greek letters and accents under their own, signs and digits under #."""
    bare = unicodedata.normalize("NFKD", name).lstrip("([{'\"-")
    return bare[0].upper() if bare and bare[0].isalpha() else "#"


def _letters(pieces: Iterable[Piece]) -> Letters:
    made: dict[str, list[Piece]] = {}
    for piece in pieces:
        made.setdefault(_letter(piece.text), []).append(piece)
    return [(letter, made[letter]) for letter in sorted(made)]


def _index(
    shell: Shell, knowledge: Knowledge, conflicts: Sequence[Conflict], names: dict[str, str]
) -> list[list[object]]:
    """Give, for each page, what it is called, its kind, its address, and what else it answers to."""
    made: list[list[object]] = []
    for e in knowledge.entities:
        made.append([e.name, e.kind.replace("_", " "), f"entity/{file_name(e.id)}.html", [e.id, *e.synonyms, *e.xrefs]])
    for p in knowledge.papers:
        words = [p.key, p.doi or "", p.pmid or "", p.group or "", p.journal or ""]
        made.append([_cited(p), "paper", f"paper/{file_name(p.key)}.html", [w for w in words if w]])
    for h in knowledge.hypotheses:
        made.append([h.name, "hypothesis", f"hypothesis/{file_name(h.slug)}.html", [h.slug]])
    for c in conflicts:
        made.append([c.told(names), "conflict", conflict_path(c), []])
    return made
