"""Pages of disputes: both sides, the verdict, and the circumstances in which the sides differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ketamech.graph.conflict_answers import AxisFinding, Conflict, ConflictsAnswer, Objection
from ketamech.viz.site.addresses import file_name
from ketamech.viz.site.cards import Card, Cards, Piece, paper_line
from ketamech.viz.site.shell import Shell

KINDS = {"claim": "Does it move it?", "association": "Do they go together?", "experiment": "Is it needed?"}


@dataclass(frozen=True, slots=True)
class SideView:
    """Hold one side with its findings, and how it stands against the leading one."""

    says: str
    cards: Sequence[Card]
    papers: int
    verdict: str = ""
    shown_by: Sequence[Piece] = ()
    axes: Sequence[tuple[str, str, str, str, bool]] = ()


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """Hold one dispute as a row of the list."""

    about: Piece
    kind: str
    leading: str
    objections: Sequence[tuple[str, str]]


def conflict_path(conflict: Conflict) -> str:
    """Give the place of a dispute's page in the site."""
    return (
        f"conflict/{file_name('|'.join((conflict.kind, conflict.subject, conflict.object, conflict.drug or '')))}.html"
    )


def conflict_page(shell: Shell, conflict: Conflict, names: Mapping[str, str]) -> str:
    """Write the page of one dispute."""
    cards = Cards(shell, names)
    leading = SideView(conflict.leading.says, cards.all(conflict.leading.evidence), len(conflict.leading.papers))
    ends = [conflict.subject, conflict.object, *([conflict.drug] if conflict.drug else [])]
    return shell.write(
        "conflict.html.j2",
        title=conflict.told(names),
        kind=KINDS[conflict.kind],
        leading=leading,
        objections=[_objection(o, conflict, cards) for o in conflict.objections],
        ends=[Piece(names[id], shell.links.entity(id)) for id in ends],
    )


def conflicts_page(shell: Shell, answer: ConflictsAnswer) -> str:
    """Write the list of disputes, the largest first."""
    rows = [
        ConflictRow(
            Piece(c.told(answer.names), shell.links.other(conflict_path(c))),
            KINDS[c.kind],
            f"{c.leading.says} ({len(c.leading.evidence)})",
            [(f"{o.side.says} ({len(o.side.evidence)})", verdict_words(o)) for o in c.objections],
        )
        for c in answer.conflicts
    ]
    return shell.write("conflicts.html.j2", title="Where findings contradict each other", rows=rows)


def verdict_words(objection: Objection) -> str:
    """Say a verdict in a few words."""
    axes = " and ".join(a.replace("_", " ") for a in objection.axes)
    if objection.verdict == "differs":
        return f"explained: the sides differ in {axes}"
    if objection.verdict == "unresolved":
        return f"unresolved{f'; in part they differ in {axes}' if axes else ''}"
    return "not comparable: no circumstance is reported on both sides"


def _objection(objection: Objection, conflict: Conflict, cards: Cards) -> SideView:
    papers = {e.paper.key: e.paper for s in (conflict.leading, objection.side) for e in s.evidence}
    shown = [paper_line(papers[key], cards.shell) for key in objection.shown_by if key in papers]
    return SideView(
        objection.side.says,
        cards.all(objection.side.evidence),
        len(objection.side.papers),
        verdict_words(objection),
        [Piece(p.text, p.href) for p in shown],
        [_axis(f, f.axis in objection.axes, cards.names) for f in objection.findings if f.known],
    )


def _axis(found: AxisFinding, carries: bool, names: Mapping[str, str]) -> tuple[str, str, str, str, bool]:
    mine, theirs = (", ".join(names.get(v, v) for v in side) for side in (found.values, found.other_values))
    return found.axis.replace("_", " "), mine, theirs, f"{len(found.separated)} of {found.total}", carries
