"""When things happen after a dose, as SVG: one panel a species, a row a thing, hours on a logarithmic axis."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Final

from ketamech.graph.timeline_answers import TimedEvent, TimelineAnswer
from ketamech.viz.svg import Xml, drawing, joined, label, lines_of, tag, width_of

LEFT: Final = 236
WIDE: Final = 520
ROW: Final = 24
SIZE: Final = 12.5
SMALL: Final = 11.5
INK: Final = "#1b2024"
SOFT: Final = "#51585e"
COLOURS: Final = {1: ("plus", "#005a9c"), -1: ("minus", "#a63d00"), 0: ("open", "#5a5a5a")}
TRENDS: Final = {1: "↑", -1: "↓", 0: "~"}
TICKS: Final = (
    (1 / 60, "1 min"), (5 / 60, "5 min"), (0.25, "15 min"), (0.5, "30 min"), (1.0, "1 h"), (3.0, "3 h"), (6.0, "6 h"),
    (12.0, "12 h"), (24.0, "1 d"), (72.0, "3 d"), (168.0, "1 wk"), (336.0, "2 wk"), (672.0, "4 wk"), (2016.0, "12 wk"),
)  # fmt: skip
Href = Callable[[str], str | None]


def time_svg(answer: TimelineAnswer, *, note: str = "", href: Href = lambda _: None) -> Xml:
    """Draw a timeline: marks for sightings, crosses for nulls; hours after the dose on a logarithmic axis.

    A sighting within a range of hours is an outline with a solid end at the later hour.
    `note` is printed below it; `href` gives the page of a CURIE, or None. Raises ValueError without an event.
    """
    if not answer.events:
        raise ValueError("a time figure needs at least one event")
    low, high = _range(answer.events)
    place = _scale(low, high)
    panels: list[Xml] = []
    y = 34.0
    for species in sorted({e.species or "" for e in answer.events}, key=lambda s: (not s, s)):
        rows = [e for e in answer.events if (e.species or "") == species]
        panel, y = _panel(species or "species not reported", rows, y, place, answer, href)
        panels.append(panel)
    width = LEFT + WIDE + 40
    notes = lines_of(note, SMALL, width - 32) if note else []
    grid = _grid(low, high, place, y)
    legend = _legend(y + 22)
    height = y + 54 + 15 * len(notes)
    return drawing(
        f"After {answer.source.name}: what is seen when",
        f"{len(answer.events)} timed events by hours after the dose, for each species; logarithmic axis",
        width,
        height,
        grid,
        joined(panels),
        legend,
        label(notes, 16, y + 60, size=SMALL, class_="soft", fill=SOFT) if notes else Xml(""),
    )


def _hours(event: TimedEvent) -> list[tuple[float, float]]:
    return [(e.hour.low, e.hour.high) for e in (*event.seen, *event.absent) if e.hour]


def _range(events: Sequence[TimedEvent]) -> tuple[float, float]:
    ends = [h for e in events for span in _hours(e) for h in span if h > 0] or [1.0, 24.0]
    return max(min(ends) / 1.4, 1 / 120), max(ends) * 1.4


def _scale(low: float, high: float) -> Callable[[float], float]:
    span = math.log(high / low)
    return lambda hour: LEFT + WIDE * math.log(max(hour, low) / low) / span


def _grid(low: float, high: float, place: Callable[[float], float], bottom: float) -> Xml:
    made: list[Xml] = []
    last = -math.inf
    for hour, words in TICKS:
        if not low <= hour <= high:
            continue
        x = place(hour)
        made.append(tag("path", class_="grid", d=f"M{x:.1f} 26V{bottom:.1f}", stroke="#d9d5cb", fill="none"))
        half = width_of(words, SMALL) / 2
        if x - half > last + 6:
            made.append(tag("text", words, class_="soft", x=x, y=18, font_size=SMALL, fill=SOFT, text_anchor="middle"))
            last = x + half
    made.append(tag("text", "hours after the dose", class_="soft", x=16, y=18, font_size=SMALL, fill=SOFT))
    return joined(made)


def _panel(
    head: str,
    rows: Sequence[TimedEvent],
    top: float,
    place: Callable[[float], float],
    answer: TimelineAnswer,
    href: Href,
) -> tuple[Xml, float]:
    made = [
        tag("rect", class_="lane", x=6, y=top, width=LEFT + WIDE + 28, height=22, rx=4, fill="#f7f5ef"),
        tag("text", head, class_="ink", x=16, y=top + 15.5, font_size=SIZE, fill=INK, font_weight=600),
    ]
    y = top + 22
    for event in rows:
        where = answer.names.get(event.region or "", "")
        told = f"{TRENDS[event.direction]} {event.node.name}" + (f", {where}" if where else "")
        lines = lines_of(told, SIZE, LEFT - 30, 3)
        height = ROW + (len(lines) - 1) * 14
        words = label(lines, 16, y + 16, size=SIZE, class_="ink", fill=INK)
        link = href(event.node.id)
        made += [tag("a", words, href=link) if link else words, _marks(event, y + height / 2, place)]
        y += height
    return joined(made), y + 10


def _marks(event: TimedEvent, y: float, place: Callable[[float], float]) -> Xml:
    """Draw sightings above nulls where both are known, so that neither hides the other."""
    name, colour = COLOURS[event.direction]
    made: list[Xml] = []
    first, last = event.first_seen, event.last_seen
    low = y + 6 if event.seen else y
    y = y - 5 if event.absent else y
    if first is not None and last is not None and last > first:
        made.append(tag("path", class_=f"arrow {name}", d=f"M{place(first):.1f} {y:.1f}H{place(last):.1f}", fill="none",
                        stroke=colour, stroke_width=1.4, stroke_dasharray="3 3"))  # fmt: skip
    for found in event.seen:
        time = found.hour
        if time:
            title = tag("title", f"seen at {time.text}: {found.id}")
            a, b = place(time.low), place(time.high)
            made.append(tag("g", title, _seen(a, b, y, name, colour)))
    for found in event.absent:
        time = found.hour
        if time:
            a, b = place(time.low), place(time.high)
            d = f"M{a - 4:.1f} {low - 4:.1f}l8 8m0 -8l-8 8" + (f"m8 -4H{b:.1f}" if b > a + 8 else "")
            made.append(tag("g", tag("title", f"not seen at {time.text}: {found.id}"),
                            tag("path", class_="cross", d=d, stroke=INK, stroke_width=1.8, fill="none")))  # fmt: skip
    return joined(made)


def _seen(a: float, b: float, y: float, name: str, colour: str) -> Xml:
    """Draw one sighting: a dot, or for a range of hours an outline up to a dot at its later end.

    A range says that it was seen by then, not that it was seen all along.
    """
    dot = tag("rect", class_=f"head {name}", x=b - 4.5, y=y - 4.5, width=9, height=9, rx=4.5, fill=colour)
    if b - a < 1:
        return dot
    outline = tag("rect", class_=f"mark {name}", x=a - 4.5, y=y - 4.5, width=b - a + 9, height=9, rx=4.5,
                  fill="#ffffff", stroke=colour, stroke_width=1.4)  # fmt: skip
    return joined([outline, dot])


def _legend(y: float) -> Xml:
    made: list[Xml] = []
    x = 16.0
    for sign, words in ((1, "↑ raised"), (-1, "↓ lowered"), (0, "~ changed, direction not given")):
        name, colour = COLOURS[sign]
        made.append(tag("rect", class_=f"head {name}", x=x, y=y - 9, width=9, height=9, rx=4.5, fill=colour))
        made.append(tag("text", words, class_="soft", x=x + 15, y=y, font_size=SMALL, fill=SOFT))
        x += width_of(words, SMALL) + 34
    made.append(tag("path", class_="cross", d=f"M{x} {y - 9}l9 9m0 -9l-9 9", stroke=INK, stroke_width=1.8, fill="none"))
    made.append(tag("text", "looked for and not seen", class_="soft", x=x + 15, y=y, font_size=SMALL, fill=SOFT))
    y += 18
    made.append(_seen(20.5, 52, y - 4.5, *COLOURS[0]))
    words = "a range of hours: seen at some time in the outline, by its solid end at the latest"
    made.append(tag("text", words, class_="soft", x=64, y=y, font_size=SMALL, fill=SOFT))
    return joined(made)
