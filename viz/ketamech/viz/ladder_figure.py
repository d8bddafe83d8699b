"""The translational ladder of a path as SVG: a row a step, a column a rung, the highest rung each step was seen on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ketamech.graph.gap_answers import GapsAnswer, PathGaps, Rung
from ketamech.graph.vocabulary import PREDICATES, TIERS
from ketamech.viz.svg import Xml, drawing, joined, label, lines_of, tag

LEFT: Final = 330
RUNG: Final = 98
REMARKS: Final = 190
SIZE: Final = 12.5
SMALL: Final = 11.5
INK: Final = "#1b2024"
SOFT: Final = "#51585e"
HUMAN: Final = "#007553"
ANIMAL: Final = "#a87100"


def ladder_svg(answer: GapsAnswer, *, note: str = "") -> Xml:
    """Draw the ladder of every path of an answer; raise ValueError without a path."""
    if not answer.paths:
        raise ValueError("a ladder needs at least one path")
    width = LEFT + RUNG * len(TIERS) + REMARKS
    made = [_heads()]
    y = 44.0
    for rank, path in enumerate(answer.paths, start=1):
        drawn, y = _path(rank, path, y, width)
        made.append(drawn)
    legend = "filled: seen in people; hollow: not yet. The bar ends on the highest rung on which the step was seen."
    notes = [*lines_of(legend, SMALL, width - 32), *(lines_of(note, SMALL, width - 32) if note else [])]
    return drawing(
        f"From {answer.source.name} to {answer.target.name}: how far up the ladder each step was seen",
        "; ".join(f"{rank}. {_people(p)}" for rank, p in enumerate(answer.paths, start=1)),
        width,
        y + 10 + 15 * len(notes),
        joined(made),
        label(notes, 16, y + 14, size=SMALL, class_="soft", fill=SOFT),
    )


def step_words(rung: Rung) -> str:
    """Say a step in words."""
    step = rung.step
    return f"{step.source.name} {PREDICATES[step.edge.predicate].verb} {step.target.name}"


def _people(path: PathGaps) -> str:
    seen = sum(r.human for r in path.rungs)
    return f"{seen} of {len(path.rungs)} steps seen in people"


def _heads() -> Xml:
    made = []
    for i, tier in enumerate(TIERS):
        words = lines_of("tier unknown" if tier == "unknown" else tier, SMALL, RUNG - 8, 2)
        x = LEFT + RUNG * (i + 0.5)
        made.append(label(words, x, 16, size=SMALL, class_="soft", fill=SOFT, text_anchor="middle"))
    return joined(made)


def _path(rank: int, path: PathGaps, top: float, width: float) -> tuple[Xml, float]:
    head = f"Path {rank}: {_people(path)}"
    made = [
        tag("rect", class_="lane", x=6, y=top, width=width - 12, height=22, rx=4, fill="#f7f5ef"),
        tag("text", head, class_="ink", x=16, y=top + 15.5, font_size=SIZE, fill=INK, font_weight=600),
    ]
    y = top + 24
    weakest = path.weakest
    for number, rung in enumerate(path.rungs, start=1):
        lines = lines_of(f"{number}. {step_words(rung)}", SIZE, LEFT - 26, 3)
        remarks = lines_of(", ".join(_remarks(rung, rung is weakest)), SMALL, REMARKS - 22, 3)
        height = max(len(lines), len(remarks)) * 15 + 10
        made += [
            label(lines, 16, y + height / 2 + 4.5 - (len(lines) - 1) * 7.6, size=SIZE, class_="ink", fill=INK),
            _bar(rung, y + height / 2),
            label(
                remarks,
                width - REMARKS + 10,
                y + height / 2 + 4 - (len(remarks) - 1) * 7,
                size=SMALL,
                class_="soft",
                fill=SOFT,
            ),
        ]
        y += height
    return joined(made), y + 10


def _remarks(rung: Rung, weakest: bool) -> Sequence[str]:
    found = ["weakest step"] if weakest else []
    if len(rung.groups) == 1:
        found.append("one group" if len(rung.papers) > 1 else "one paper")
    else:
        found.append(f"{len(rung.groups)} groups" if rung.groups else "nobody in favour")
    return found


def _bar(rung: Rung, y: float) -> Xml:
    end = LEFT + RUNG * (TIERS.index(rung.tier) + 0.5)
    name, colour = ("human", HUMAN) if rung.human else ("animal", ANIMAL)
    rails = [tag("path", class_="grid", d=f"M{LEFT + RUNG * (i + 0.5):g} {y - 8:g}v16", stroke="#d9d5cb", fill="none")
             for i in range(len(TIERS))]  # fmt: skip
    return tag(
        "g",
        tag("title", f"{step_words(rung)}: {rung.tier}; {', '.join(rung.papers) or 'no paper in favour'}"),
        joined(rails),
        tag("path", class_=f"reach {name}", d=f"M{LEFT + 4} {y:g}H{end:g}", stroke=colour, stroke_width=4, fill="none"),
        tag("circle", class_=f"rung {name}", cx=end, cy=y, r=7, stroke=colour, stroke_width=3,
            fill=colour if rung.human else "#ffffff"),
    )  # fmt: skip
