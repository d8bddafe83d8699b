"""Writing SVG as text: every value is escaped on its way in, numbers are short, and the order is as given.

Colours stand twice: as plain attributes, so that a figure is whole on its own, and as classes, which a style sheet
may colour anew (a sheet outranks attributes).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final
from xml.sax.saxutils import escape, quoteattr

FONT: Final = "system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif"
# What XML 1.0 forbids, lone surrogates, and signs that turn the direction of writing.
_FORBIDDEN: Final = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)
_NARROW: Final = frozenset("iljtfrI.,:;|'!()[]-/ ")
_WIDE: Final = frozenset("mwMW@%→↑↓⊣")


class Xml(str):
    """Mark text that is markup already; all other text is escaped when it is put into an element."""

    __slots__ = ()

    def __html__(self) -> str:
        """Tell templates that it is escaped."""
        return self


def plain(text: str) -> str:
    r"""Take out what XML forbids.

    >>> plain("a\x00b")
    'ab'
    """
    return _FORBIDDEN.sub("", text)


def tag(name: str, *inside: str, **attributes: str | float | None) -> Xml:
    """Write one element; `class_` and `font_size` become `class` and `font-size`, None is left out.

    >>> tag("text", "a < b", class_="label", x=1.50)
    '<text class="label" x="1.5">a &lt; b</text>'
    """
    given = "".join(
        f" {_attribute(key)}={quoteattr(plain(_value(value)))}"
        for key, value in attributes.items()
        if value is not None
    )
    body = "".join(part if isinstance(part, Xml) else escape(plain(part)) for part in inside)
    return Xml(f"<{name}{given}>{body}</{name}>" if inside else f"<{name}{given}/>")


def joined(parts: Iterable[Xml]) -> Xml:
    """Put elements behind one another, one a line."""
    return Xml("\n".join(parts))


def drawing(title: str, about: str, width: float, height: float, *inside: Xml, ground: str = "#ffffff") -> Xml:
    """Write a whole picture with its name and description for those who do not see it."""
    return tag(
        "svg",
        Xml("\n"),
        tag("title", title),
        tag("desc", about),
        tag("rect", class_="ground", width=width, height=height, fill=ground),
        Xml("\n"),
        joined(inside),
        Xml("\n"),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {_value(width)} {_value(height)}",
        width=width,
        height=height,
        role="img",
        class_="figure",
        font_family=FONT,
        font_size=13,
    )


def picture_width(picture: str) -> float:
    """Read how wide a picture made by `drawing` is, in pixels; 0 for anything else."""
    found = re.match(r'<svg [^>]*? width="([0-9.]+)"', picture)
    return float(found[1]) if found else 0.0


def width_of(text: str, size: float) -> float:
    """Estimate how wide a text is drawn, in pixels, in the widest of the fonts asked for."""
    ems = sum(0.4 if c in _NARROW else 1.0 if c in _WIDE else 0.76 if c.isupper() else 0.64 for c in text)
    return ems * size


def lines_of(text: str, size: float, width: float, most: int = 4) -> list[str]:
    """Break a text into at most so many lines of a width, at spaces, behind hyphens, or within a long word.

    >>> lines_of("antidepressant-like behaviour", 13, 120)
    ['antidepressant-', 'like behaviour']
    """
    made: list[str] = []
    line = ""
    for piece in _pieces(text, size, width):
        if line and width_of(line + piece.rstrip(), size) > width:
            made.append(line.rstrip())
            line = ""
        line += piece
    made.append(line.rstrip())
    if len(made) > most:
        last = made[most - 1]
        while last and width_of(f"{last} …", size) > width:
            last = last[:-1]
        made = [*made[: most - 1], f"{last.rstrip()} …"]
    return made


def _pieces(text: str, size: float, width: float) -> Iterable[str]:
    for word in re.findall(r"\S+?(?:-(?=\w)|\s+|$)", " ".join(plain(text).split())):
        while width_of(word.rstrip(), size) > width:
            cut = next(i for i in range(len(word), 0, -1) if i == 1 or width_of(f"{word[:i]}-", size) <= width)
            yield f"{word[:cut]}-"
            word = word[cut:]
        yield word


def label(lines: Iterable[str], x: float, y: float, *, size: float = 13, **attributes: str | float | None) -> Xml:
    """Write lines of text below each other; `y` is the base line of the first."""
    spans = [tag("tspan", line, x=x, dy=size * 1.22 if i else 0) for i, line in enumerate(lines)]
    return tag("text", *spans, x=x, y=y, font_size=size, **attributes)


def _attribute(key: str) -> str:
    return key.rstrip("_") if key.endswith("_") else key.replace("_", "-")


def _value(value: str | float) -> str:
    return value if isinstance(value, str) else f"{round(value, 2):g}" if abs(value) < 1e5 else f"{value:.0f}"
