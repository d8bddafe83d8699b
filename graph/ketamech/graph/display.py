"""How an answer shows itself in a notebook: its rows as a table and, where somebody draws it, its figure.

The graph knows no drawing. Whoever can draw answers says so by an entry point of the group DRAWERS: a function that
takes an answer and gives a figure as SVG, or None. Every text of a record is escaped; nothing of it can run.
"""

from __future__ import annotations

from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

DRAWERS: Final = "ketamech.display"
MOST_ROWS: Final = 100


class Shown:
    """Give an answer that has `rows()` the methods by which notebooks show it."""

    __slots__ = ()

    def rows(self) -> list[dict[str, Any]]:
        """Give flat rows for a table or a data frame."""
        raise NotImplementedError

    def _repr_html_(self) -> str:
        drawn = [picture for draw in _drawers() if (picture := draw(self))]
        return "\n".join([*drawn[:1], table(self.rows())])

    def __repr__(self) -> str:
        """Give one line: the whole of an answer would fill the screen."""
        return f"<{type(self).__name__}: {len(self.rows())} rows>"


@lru_cache(maxsize=1)
def _drawers() -> tuple[Callable[[Any], str | None], ...]:
    from importlib.metadata import entry_points

    return tuple(found.load() for found in sorted(entry_points(group=DRAWERS), key=lambda e: e.name))


def table(rows: Sequence[dict[str, Any]], most: int = MOST_ROWS) -> str:
    """Write rows as an HTML table, at most so many; say how many more there are.

    >>> table([{"name": "a < b", "n": 1}])
    '<table><thead><tr><th>name</th><th>n</th></tr></thead><tbody><tr><td>a &lt; b</td><td>1</td></tr></tbody></table>'
    """
    if not rows:
        return "<p>Nothing found.</p>"
    head = "".join(f"<th>{escape(str(name))}</th>" for name in rows[0])
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(_flat(value))}</td>" for value in row.values()) + "</tr>" for row in rows[:most]
    )
    more = f"<p>{len(rows) - most} more rows: see rows().</p>" if len(rows) > most else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


def _flat(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(_flat, value)) if isinstance(value, list | tuple) else str(value)
