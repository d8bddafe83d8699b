"""A mechanism figure as SVG: lanes from left to right, the places of `lanes`, a legend within the picture."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from ketamech.viz.figure_model import Arrow, Box, Figure
from ketamech.viz.lanes import COLUMN, Layout, Point, lay_out
from ketamech.viz.stages import PALETTES, stage_of
from ketamech.viz.svg import Xml, drawing, joined, label, lines_of, tag, width_of

BOX_WIDTH: Final = 132
LINE: Final = 15
MARGIN: Final = 16
PORT: Final = 12
TALLEST: Final = 74
SIZE: Final = 12.5
SMALL: Final = 11.5
INK: Final = "#1b2024"
SOFT: Final = "#51585e"
COLOURS: Final = {"plus": "#005a9c", "minus": "#a63d00", "open": "#5a5a5a"}
DASHES: Final = {"plus": None, "minus": "7 4", "open": "2 4"}
LEGEND: Final = (
    ("plus", False, "raises or activates"),
    ("minus", False, "lowers or inhibits"),
    ("open", False, "direction not given"),
    ("plus", True, "thin: from experiments or assumed"),
)
Href = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Rect:
    """Hold a rectangle by its middle and size, in pixels."""

    x: float
    y: float
    width: float
    height: float

    def meets(self, other: Rect) -> bool:
        """Tell whether two rectangles overlap."""
        return (
            abs(self.x - other.x) * 2 < self.width + other.width
            and abs(self.y - other.y) * 2 < self.height + other.height
        )


def lane_svg(figure: Figure, *, note: str = "", href: Href = lambda _: None) -> Xml:
    """Write a mechanism figure as SVG.

    `note` is printed below it (data version, licence); `href` gives the page of a CURIE, or None.
    Raises ValueError when there is no box.
    """
    if not figure.boxes:
        raise ValueError("a figure needs at least one box")
    layout = lay_out({b.key: b.kind for b in figure.boxes}, figure.chains)
    tall = {b.key: _height(b, figure.arrows) for b in figure.boxes}
    heads = {x: lines_of(" / ".join(stages), SMALL, COLUMN - 30, 3) for x, stages in layout.heads}
    shift = _shift(layout, tall, max(map(len, heads.values()), default=0))
    boxes = {b.key: _rect(layout.places[b.key], tall[b.key], shift) for b in figure.boxes}
    lines = _routes(figure, layout, boxes, shift)
    bottom = max([r.y + r.height / 2 for r in boxes.values()] + [y for line in lines.values() for _, y in line])
    width = max(max(heads) + shift[0] + COLUMN / 2, 440.0)
    notes = lines_of(note, SMALL, width - 2 * MARGIN) if note else []
    legend, foot = _legend(figure, MARGIN, bottom + 30, width)
    height = foot + 8 + len(notes) * LINE
    return drawing(
        figure.title,
        figure.about,
        width,
        height,
        _lanes(heads, shift[0], bottom + 12),
        joined(_line(a, line) for a, line in lines.items()),
        joined(_box(b, boxes[b.key], href, b.key == figure.centre) for b in figure.boxes),
        _marks(figure, lines, list(boxes.values())),
        legend,
        label(notes, MARGIN, foot + 12, size=SMALL, class_="soft", fill=SOFT) if notes else Xml(""),
    )


def _shift(layout: Layout, tall: Mapping[str, float], head_lines: int) -> tuple[float, float]:
    left = min(x for x, _ in layout.places.values())
    top = min(y - tall[key] / 2 for key, (_, y) in layout.places.items())
    return COLUMN / 2 - left, 24 + head_lines * LINE - top


def _height(box: Box, arrows: Sequence[Arrow]) -> float:
    """Make room for the name and for the ends of the arrows."""
    ends = max(sum(a.source == box.key for a in arrows), sum(a.target == box.key for a in arrows))
    return max(len(lines_of(box.name, SIZE, BOX_WIDTH - 14)) * LINE + 13, min(ends * PORT + 4, TALLEST))


def _rect(place: Point, height: float, shift: tuple[float, float]) -> Rect:
    return Rect(place[0] + shift[0], place[1] + shift[1], BOX_WIDTH, height)


def _lanes(heads: Mapping[int, Sequence[str]], shift: float, bottom: float) -> Xml:
    made = []
    for x, words in heads.items():
        middle = x + shift
        made.append(
            tag("rect", class_="lane", x=middle - COLUMN / 2 + 4, y=4, width=COLUMN - 8, height=bottom - 4, rx=6,
                fill="#f7f5ef")
        )  # fmt: skip
        made.append(label(words, middle, 20, size=SMALL, class_="soft", fill=SOFT, text_anchor="middle"))
    return joined(made)


def _box(box: Box, rect: Rect, href: Href, centre: bool) -> Xml:
    stage = stage_of(box.kind)
    tone = PALETTES[stage].light
    lines = lines_of(box.name, SIZE, BOX_WIDTH - 14)
    name = stage.lower().replace(" ", "-")
    inside = (
        tag("title", f"{box.name} ({box.id}, {box.kind.replace('_', ' ')})"),
        tag("rect", class_=f"box stage-{name}", x=rect.x - rect.width / 2, y=rect.y - rect.height / 2,
            width=rect.width, height=rect.height, rx=7, fill=tone.fill, stroke=tone.border,
            stroke_width=2.6 if centre else 1.3),
        label(lines, rect.x, rect.y - (len(lines) - 1) * LINE / 2 + 4.5, size=SIZE, class_=f"on-{name}",
              fill=tone.ink, text_anchor="middle", font_weight=600 if centre else None),
    )  # fmt: skip
    link = href(box.id)
    return tag("a", *inside, href=link) if link else tag("g", *inside)


def _routes(
    figure: Figure, layout: Layout, boxes: Mapping[str, Rect], shift: tuple[float, float]
) -> dict[Arrow, list[tuple[float, float]]]:
    """Give every arrow its points: out of one box, through its bends, into the next; backward ones pass below."""
    made: dict[Arrow, list[tuple[float, float]]] = {}
    leave, enter = _ports(figure, layout, boxes, shift)
    for i, arrow in enumerate(figure.arrows):
        a, b = boxes[arrow.source], boxes[arrow.target]
        if a.x < b.x:
            bends = layout.bends.get((arrow.source, arrow.target), ())
            points = [(x + shift[0], y + shift[1]) for x, y in bends]
            made[arrow] = [(a.x + a.width / 2, leave[i]), *points, (b.x - b.width / 2, enter[i])]
        elif a.x == b.x:
            side = a.x + a.width / 2
            made[arrow] = [(side, a.y), (side + 26, (a.y + b.y) / 2), (side, b.y)]
        else:
            low = max(a.y + a.height / 2, b.y + b.height / 2) + 20
            made[arrow] = [(a.x, a.y + a.height / 2), (a.x, low), (b.x, low), (b.x, b.y + b.height / 2)]
    return made


def _ports(
    figure: Figure, layout: Layout, boxes: Mapping[str, Rect], shift: tuple[float, float]
) -> tuple[dict[int, float], dict[int, float]]:
    """Spread the ends of arrows over the side of their box, in the order of where they lead."""
    sides: dict[tuple[str, str], list[tuple[float, int]]] = {}
    for i, arrow in enumerate(figure.arrows):
        if boxes[arrow.source].x >= boxes[arrow.target].x:
            continue
        bends = layout.bends.get((arrow.source, arrow.target), ())
        after = bends[0][1] + shift[1] if bends else boxes[arrow.target].y
        before = bends[-1][1] + shift[1] if bends else boxes[arrow.source].y
        sides.setdefault((arrow.source, "leave"), []).append((after, i))
        sides.setdefault((arrow.target, "enter"), []).append((before, i))
    found: dict[str, dict[int, float]] = {"leave": {}, "enter": {}}
    for (key, side), ends in sides.items():
        rect = boxes[key]
        step = min(PORT, (rect.height - 10) / max(len(ends) - 1, 1))
        for place, (_, i) in enumerate(sorted(ends)):
            found[side][i] = rect.y + (place - (len(ends) - 1) / 2) * step
    return found["leave"], found["enter"]


def _line(arrow: Arrow, points: Sequence[tuple[float, float]]) -> Xml:
    (x, y), (px, _) = points[-1], points[-2]
    back = points[0][0] > x
    turned = not back and px > x
    colour = COLOURS[arrow.sign]
    gap = 9 if arrow.sign == "plus" else 4 if arrow.sign == "minus" else 8
    tip = (x, y + gap) if back else (x + gap, y) if turned else (x - gap, y)
    path = _curve([*points[:-1], tip], straight=back)
    wide = 1.1 if arrow.thin else 2.0
    shaft = tag("path", class_=f"arrow {arrow.sign}", d=path, fill="none", stroke=colour, stroke_width=wide,
                stroke_dasharray=DASHES[arrow.sign])  # fmt: skip
    said = f"{arrow.words}: {arrow.supporting} for, {arrow.against} against"
    turn = "90" if back else "0" if turned else "180"
    return tag(
        "g",
        tag("title", said + (" (assumed, not tested)" if arrow.assumed else "")),
        shaft,
        _head(arrow.sign, x, y, turn),
    )


def _head(sign: str, x: float, y: float, turn: str) -> Xml:
    """Draw the end of an arrow that touches (x, y) and comes from the direction `turn` (degrees)."""
    colour = COLOURS[sign]
    move = f"translate({x:g} {y:g}) rotate({turn})"
    if sign == "plus":
        return tag("path", class_="head plus", d="M0 0L10 -5L10 5Z", transform=move, fill=colour)
    if sign == "minus":
        return tag(
            "path", class_="bar minus", d="M3 -5.5L3 5.5", transform=move, stroke=colour, stroke_width=3, fill="none"
        )
    return tag("circle", class_="head open", cx=4.5, cy=0, r=4, transform=move, fill=colour)


def _curve(points: Sequence[tuple[float, float]], *, straight: bool) -> str:
    made = f"M{points[0][0]:g} {points[0][1]:g}"
    for (x, y), (nx, ny) in pairwise(points):
        if straight:
            made += f"L{nx:g} {ny:g}"
        else:
            half = (nx - x) / 2
            made += f"C{x + half:g} {y:g} {nx - half:g} {ny:g} {nx:g} {ny:g}"
    return made


def _marks(figure: Figure, lines: Mapping[Arrow, Sequence[tuple[float, float]]], taken: list[Rect]) -> Xml:
    """Write marks on their arrows where they meet neither boxes nor each other; where none fits, it is left out."""
    made = []
    for arrow in figure.arrows:
        if not arrow.mark:
            continue
        width = width_of(arrow.mark, SMALL) + 7
        for rect in _spots(lines[arrow], width):
            if not any(rect.meets(other) for other in taken):
                taken.append(rect)
                made.append(_mark(arrow, rect))
                break
    return joined(made)


def _spots(points: Sequence[tuple[float, float]], width: float) -> list[Rect]:
    found = []
    for (x, y), (nx, ny) in pairwise(points):
        for share in (0.5, 0.4, 0.6, 0.3, 0.7):
            # the curve eases in and out, as the cubic above
            rise = share * share * (3 - 2 * share)
            found.append(Rect(x + (nx - x) * share, y + (ny - y) * rise, width, 16))
    return found


def _mark(arrow: Arrow, rect: Rect) -> Xml:
    return tag(
        "g",
        tag("rect", class_=f"mark {arrow.sign}", x=rect.x - rect.width / 2, y=rect.y - 8, width=rect.width, height=16,
            rx=8, fill="#ffffff", stroke=COLOURS[arrow.sign], stroke_width=1),
        tag("text", arrow.mark, class_="ink", x=rect.x, y=rect.y + 4, font_size=SMALL, fill=INK, text_anchor="middle"),
    )  # fmt: skip


def _legend(figure: Figure, left: float, top: float, width: float) -> tuple[Xml, float]:
    """Explain the arrows that occur; give the drawing and where it ends."""
    used = {a.sign for a in figure.arrows}
    thin = any(a.thin for a in figure.arrows)
    entries = [e for e in LEGEND if (thin if e[1] else e[0] in used)]
    counts = any(":" in a.mark for a in figure.arrows)
    made: list[Xml] = []
    x, y = left, top
    for sign, slight, words in [*entries, *([("", False, "3:1 means 3 findings for, 1 against")] if counts else [])]:
        space = (44 if sign else 0) + width_of(words, SMALL) + 20
        if x + space > width and x > left:
            x, y = left, y + 20
        if sign:
            sample = Arrow("", "", words, sign, thin=slight)
            made.append(_line(sample, [(x, y - 4), (x + 36, y - 4)]))
        start = x + (44 if sign else 0)
        made.append(tag("text", words, class_="soft", x=start, y=y, font_size=SMALL, fill=SOFT))
        x += space
    return joined(made), y + 6
