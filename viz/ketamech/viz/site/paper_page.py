"""The page of one paper: citation, links, and all its findings, each with its id and a text to dispute it with."""

from __future__ import annotations

from collections.abc import Sequence

from ketamech.graph.conflict_answers import Conflict
from ketamech.graph.paper_answers import PaperAnswer
from ketamech.viz.site.cards import Cards, Piece, paper_line
from ketamech.viz.site.conflict_pages import conflict_path
from ketamech.viz.site.entity_page import Section
from ketamech.viz.site.shell import Shell


def paper_page(
    shell: Shell,
    answer: PaperAnswer,
    conflicts: Sequence[Conflict] = (),
    peers: Sequence[tuple[str, str]] = (),
    hypotheses: Sequence[tuple[str, str]] = (),
) -> str:
    """Write the page of one paper; `peers` are other papers of its group, `hypotheses` accounts that build on it."""
    paper = answer.paper
    cards = Cards(shell, answer.names, disputable=True)
    found = (
        ("claims", "Claims", answer.claims),
        ("experiments", "Experiments", answer.experiments),
        ("comparisons", "Comparisons", answer.comparisons),
        ("affinities", "Affinities", answer.affinities),
    )
    return shell.write(
        "paper.html.j2",
        title=paper.title.rstrip("."),
        paper=paper,
        cited=paper_line(paper, shell),
        sections=[Section(id, head, cards.all(records)) for id, head, records in found if records],
        conflicts=[Piece(c.told(answer.names), shell.links.other(conflict_path(c))) for c in conflicts],
        peers=[Piece(words, shell.links.paper(key)) for key, words in peers],
        hypotheses=[Piece(name, shell.links.hypothesis(slug)) for slug, name in hypotheses],
    )
