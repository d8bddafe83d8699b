"""The figures of answers for notebooks: chosen by the kind of answer, inert SVG."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ketamech.graph.answers import ShowAnswer
from ketamech.graph.gap_answers import GapsAnswer
from ketamech.graph.hypothesis_answers import HypothesisAnswer
from ketamech.graph.path_answers import PathsAnswer
from ketamech.graph.timeline_answers import TimelineAnswer
from ketamech.viz.figure_model import Figure, hypothesis_figure, neighbours_figure, paths_figure
from ketamech.viz.ladder_figure import ladder_svg
from ketamech.viz.lane_figure import lane_svg
from ketamech.viz.time_figure import time_svg

NOTE = "Evidence ranked by a convention; not medical advice."


def picture_of(answer: object) -> str | None:
    """Draw an answer as SVG; None where it has no figure or holds nothing.

    >>> from ketamech.loaders import load_default
    >>> from ketamech.queries import show, stats
    >>> picture_of(show(load_default(), "TrkB")).startswith("<svg "), picture_of(stats(load_default()))
    (True, None)
    """
    draw = _DRAWN.get(type(answer))
    return draw(answer) if draw else None


def _lanes(figure: Figure) -> str | None:
    return lane_svg(figure, note=NOTE) if figure.arrows else None


_DRAWN: Mapping[type, Callable[[Any], str | None]] = {
    PathsAnswer: lambda a: _lanes(paths_figure(a)),
    ShowAnswer: lambda a: _lanes(neighbours_figure(a, a.entities)) if a.entities else None,
    HypothesisAnswer: lambda a: _lanes(hypothesis_figure(a, a.entities)) if a.entities else None,
    TimelineAnswer: lambda a: time_svg(a, note=NOTE) if a.events else None,
    GapsAnswer: lambda a: ladder_svg(a, note=NOTE) if a.paths else None,
}
