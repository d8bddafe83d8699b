"""A mechanism figure as text that other programs draw: Mermaid for documents, DOT for Graphviz.

Both are written from the places of `lanes`: boxes in order of column and height, so that the programs, which place
by order, come near the same picture. Names are quoted and escaped; nothing in them is read as a command.
"""

from __future__ import annotations

import json
from typing import Final

from ketamech.viz.figure_model import Arrow, Box, Figure
from ketamech.viz.lanes import lay_out
from ketamech.viz.stages import PALETTES, stage_of
from ketamech.viz.svg import plain

MERMAID_ARROWS: Final = {"plus": "-->", "minus": "--x", "open": "-.-o"}
DOT_ARROWS: Final = {"plus": "normal", "minus": "tee", "open": "dot"}
DOT_STYLES: Final = {"plus": "solid", "minus": "dashed", "open": "dotted"}


def mermaid(figure: Figure, note: str = "") -> str:
    """Write a figure as a Mermaid flowchart; `note` becomes its description."""
    boxes, _ = _ordered(figure)
    numbers = {b.key: f"n{i}" for i, b in enumerate(boxes)}
    lines = ["flowchart LR", f"  accTitle: {_one_line(figure.title)}"]
    lines += [f"  accDescr: {_one_line(note)}"] if note else []
    lines += [f'  {numbers[b.key]}["{_entities(b.name)}"]:::{_stage(b)}' for b in boxes]
    for a in figure.arrows:
        said = f'|"{_entities(_counts(a))}"|' if _counts(a) else ""
        lines.append(f"  {numbers[a.source]} {MERMAID_ARROWS[a.sign]}{said} {numbers[a.target]}")
    for name, stage in sorted({(_stage(b), stage_of(b.kind)) for b in boxes}):
        tone = PALETTES[stage].light
        lines.append(f"  classDef {name} fill:{tone.fill},stroke:{tone.border},color:{tone.ink}")
    return "\n".join(lines) + "\n"


def dot(figure: Figure, note: str = "") -> str:
    """Write a figure in the DOT language; `pos` holds the places in points, for `neato -n2`."""
    boxes, places = _ordered(figure)
    head = [f"  graph [rankdir=LR, label={_quoted(note)}, fontsize=10];"] if note else ["  graph [rankdir=LR];"]
    lines = [f"digraph {_quoted(figure.title)} {{", *head]
    lines.append('  node [shape=box, style="rounded,filled", fontname="Helvetica", fontsize=12];')
    lines.append('  edge [fontname="Helvetica", fontsize=10];')
    for b in boxes:
        tone = PALETTES[stage_of(b.kind)].light
        x, y = places[b.key]
        lines.append(
            f"  {_quoted(b.key)} [label={_quoted(b.name)}, fillcolor={_quoted(tone.fill)}, "
            f'color={_quoted(tone.border)}, fontcolor={_quoted(tone.ink)}, pos="{x},{-y}"];'
        )
    for a in figure.arrows:
        thin = ", penwidth=0.7" if a.thin else ", penwidth=1.6"
        said = f", label={_quoted(_counts(a))}" if _counts(a) else ""
        lines.append(
            f"  {_quoted(a.source)} -> {_quoted(a.target)} "
            f"[arrowhead={DOT_ARROWS[a.sign]}, style={DOT_STYLES[a.sign]}{thin}{said}];"
        )
    return "\n".join([*lines, "}"]) + "\n"


def _ordered(figure: Figure) -> tuple[list[Box], dict[str, tuple[int, int]]]:
    places = dict(lay_out({b.key: b.kind for b in figure.boxes}, figure.chains).places)
    return sorted(figure.boxes, key=lambda b: (*places[b.key], b.key)), places


def _counts(arrow: Arrow) -> str:
    return arrow.mark or ("assumed" if arrow.assumed else "")


def _stage(box: Box) -> str:
    return stage_of(box.kind).replace(" ", "")


def _one_line(text: str) -> str:
    """Put a text on one line without what ends a Mermaid statement."""
    return " ".join(plain(text).split()).replace(";", ",").replace("#", "").replace("%", "")


def _entities(text: str) -> str:
    """Write all but letters, digits and spaces as the entity codes of Mermaid."""
    return "".join(c if c.isalnum() or c == " " else f"#{ord(c)};" for c in " ".join(plain(text).split()))


def _quoted(text: str) -> str:
    """Quote for DOT: JSON's escapes of quotes and backslashes are DOT's, too; all other characters stay."""
    return json.dumps(" ".join(plain(text).split()), ensure_ascii=False)
