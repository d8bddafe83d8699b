"""The blockade matrix: what was taken away or driven, against what was watched, for each drug."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ketamech.graph.experiment_answers import BlockadesAnswer
from ketamech.graph.model import Experiment
from ketamech.viz.site.addresses import anchor
from ketamech.viz.site.cards import Cards, Piece, sentence
from ketamech.viz.site.shell import Shell

OWN_MATRIX: Final = 5
# word, sign, class: signs differ in shape, since colour alone says nothing to many
OUTCOMES: Final = {
    "abolishes": ("lost", "●"),
    "attenuates": ("lost", "◐"),
    "occludes": ("lost", "◍"),
    "shortens": ("lost", "◔"),
    "no_effect": ("stays", "○"),
    "enhances": ("larger", "▲"),
    "prolongs": ("larger", "△"),
    "mimics": ("alike", "✚"),
    "restores": ("alike", "↺"),
}
LEGEND: Final = (
    ("●", "lost", "abolishes the effect"),
    ("◐", "lost", "weakens it"),
    ("◍", "lost", "occludes it"),
    ("◔", "lost", "shortens it"),
    ("○", "stays", "leaves it as it was"),
    ("▲", "larger", "makes it larger"),
    ("△", "larger", "makes it last longer"),
    ("✚", "alike", "acts like the drug"),
    ("↺", "alike", "brings back what was lost"),
)


@dataclass(frozen=True, slots=True)
class Cell:
    """Hold what one blockade did to one outcome: signs with counts, in words, and where the list stands."""

    marks: tuple[tuple[str, str, int], ...]
    words: str
    href: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """Hold the matrix of one drug (or of interventions alone), its heads and its cells."""

    id: str
    head: str
    outcomes: tuple[Piece, ...]
    rows: tuple[tuple[Piece, tuple[Cell | None, ...]], ...]
    count: int


@dataclass(frozen=True, slots=True)
class Listed:
    """Hold the experiments behind one cell."""

    anchor: str
    head: str
    lines: tuple[tuple[tuple[str, str], tuple[Piece, ...], str, Piece, str], ...]


def blockades_page(shell: Shell, answer: BlockadesAnswer) -> str:
    """Write the matrix of every drug and the experiments behind each cell."""
    groups = _groups(answer.experiments, answer.names)
    made = [_matrix(head, found, shell, answer.names) for head, found in groups]
    return shell.write(
        "blockades.html.j2",
        title="What was blocked, and what came of it",
        matrices=[m for m, _ in made],
        lists=[(m, listed) for m, listed in made],
        legend=LEGEND,
        count=len(answer.experiments),
    )


def _groups(experiments: Sequence[Experiment], names: Mapping[str, str]) -> list[tuple[str, list[Experiment]]]:
    """Give a group for each drug with enough experiments, one for the other drugs, one for none."""
    counts = Counter(x.drug for x in experiments if x.drug)
    own = sorted((d for d, n in counts.items() if n >= OWN_MATRIX), key=lambda d: (-counts[d], names[d]))
    made = [(names[d], [x for x in experiments if x.drug == d]) for d in own]
    made.append(("other drugs", [x for x in experiments if x.drug and x.drug not in own]))
    made.append(("no drug: the intervention alone", [x for x in experiments if not x.drug]))
    return [(head, found) for head, found in made if found]


def _matrix(
    head: str, found: Sequence[Experiment], shell: Shell, names: Mapping[str, str]
) -> tuple[Matrix, list[Listed]]:
    cells: dict[tuple[tuple[str, ...], str], list[Experiment]] = {}
    for x in found:
        cells.setdefault((tuple(i.target for i in x.interventions), x.outcome), []).append(x)
    counted = Counter(x.outcome for x in found)
    outcomes = sorted(counted, key=lambda o: (-counted[o], names[o], o))
    targets = sorted({t for t, _ in cells}, key=lambda t: ([names[i].lower() for i in t], t))
    rows = []
    listed = []
    for target in targets:
        told = " + ".join(names[i] for i in target)
        row: list[Cell | None] = []
        for outcome in outcomes:
            here = cells.get((target, outcome))
            if not here:
                row.append(None)
                continue
            place = anchor("|".join((head, *target, outcome)))
            row.append(_cell(here, f"{told}, {names[outcome]}", place))
            listed.append(_listed(here, f"{told}: {names[outcome]}", place, shell, names))
        href = shell.links.entity(target[0]) if len(target) == 1 else None
        rows.append((Piece(told, f"{href}#blockades" if href else None), tuple(row)))
    matrix = Matrix(
        anchor(head),
        head,
        tuple(Piece(names[o], shell.links.entity(o)) for o in outcomes),
        tuple(rows),
        len(found),
    )
    return matrix, listed


def _cell(found: Sequence[Experiment], what: str, place: str) -> Cell:
    counts = Counter(x.observed for x in found)
    order = [o for o in OUTCOMES if o in counts]
    words = ", ".join(f"{o.replace('_', ' ')} {counts[o]}" for o in order)
    return Cell(tuple((OUTCOMES[o][1], OUTCOMES[o][0], counts[o]) for o in order), f"{what}: {words}", f"#{place}")


def _listed(found: Sequence[Experiment], head: str, place: str, shell: Shell, names: Mapping[str, str]) -> Listed:
    cards = Cards(shell, names)
    lines = []
    for x in sorted(found, key=lambda x: x.id):
        css, sign = OUTCOMES[x.observed]
        card = cards.card(x)
        facts = ", ".join(v for k, v in card.facts if k in ("species", "model", "region", "dose", "measured at"))
        said = sentence(x, names, shell)
        lines.append(((sign, css), said, facts, Piece(x.id, shell.links.finding(x.id)), x.paper.short))
    return Listed(place, head, tuple(lines))
