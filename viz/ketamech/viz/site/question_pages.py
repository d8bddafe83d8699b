"""Pages of questions and hours: paths as a figure and a ladder, and when things happen after a dose."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ketamech.graph.gap_answers import GapsAnswer
from ketamech.graph.path_answers import PathsAnswer
from ketamech.graph.timeline_answers import TimelineAnswer
from ketamech.viz.figure_model import paths_figure
from ketamech.viz.ladder_figure import ladder_svg, step_words
from ketamech.viz.lane_figure import lane_svg
from ketamech.viz.site.addresses import anchor
from ketamech.viz.site.cards import Piece, paper_line
from ketamech.viz.site.shell import Shell
from ketamech.viz.site.tables import event_rows


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """Hold one question of the site as a row of the list."""

    words: str
    page: str
    graph: str | None
    paths: int
    best: str


def question_page(shell: Shell, paths: PathsAnswer, gaps: GapsAnswer, graph: str | None = None) -> str:
    """Write the page of one question: its paths drawn and told, and their ladder; `graph` is the interactive page."""
    ladder = []
    for rank, path in enumerate(gaps.paths, start=1):
        rows = []
        for rung in path.rungs:
            page = shell.links.entity(rung.step.edge.subject)
            href = f"{page}#{anchor(rung.step.edge.id)}" if page else None
            papers = [Piece(key, shell.links.paper(key)) for key in rung.papers]
            rows.append((Piece(step_words(rung), href), rung, papers, rung is path.weakest))
        ladder.append((rank, rows))
    return shell.write(
        "question.html.j2",
        title=f"From {paths.source.name} to {paths.target.name}",
        ends=[Piece(e.name, shell.links.entity(e.id)) for e in (paths.source, paths.target)],
        figure=lane_svg(paths_figure(paths), note=shell.note, href=shell.links.entity) if paths.paths else None,
        ladder_figure=ladder_svg(gaps, note=shell.note) if gaps.paths else None,
        paths=[(_told(p.told, len(paths.references)), p.remarks) for p in paths.paths],
        references=[(r.number, paper_line(r.paper, shell)) for r in paths.references],
        ladder=ladder,
        graph=graph,
    )


def _told(text: str, most: int) -> list[Piece]:
    """Link the numbers of references that stand on the page."""
    return [
        Piece(
            part, f"#ref-{part[1:-1]}" if re.fullmatch(r"\[[1-9][0-9]*\]", part) and int(part[1:-1]) <= most else None
        )
        for part in re.split(r"(\[[0-9]+\])", text)
    ]


def questions_page(shell: Shell, rows: Sequence[QuestionRow]) -> str:
    """Write the list of the questions that have a page."""
    return shell.write("questions.html.j2", title="Questions: how does it work?", rows=rows)


def ladder_page(shell: Shell, answer: GapsAnswer) -> str:
    """Write the ladder of one question alone."""
    rows = [
        (rank, [(Piece(step_words(r)), r, [Piece(k) for k in r.papers], r is p.weakest) for r in p.rungs])
        for rank, p in enumerate(answer.paths, start=1)
    ]
    return shell.write(
        "question.html.j2",
        title=f"From {answer.source.name} to {answer.target.name}: what the paths lack",
        ends=[Piece(e.name, shell.links.entity(e.id)) for e in (answer.source, answer.target)],
        figure=None,
        ladder_figure=ladder_svg(answer, note=shell.note) if answer.paths else None,
        paths=(),
        references=(),
        ladder=rows,
        graph=None,
    )


def timeline_page(shell: Shell, answer: TimelineAnswer, figure: str | None) -> str:
    """Write what is seen when after one compound; `figure` is its drawing, None without an event."""
    return shell.write(
        "timeline.html.j2",
        title=f"After {answer.source.name}: what is seen when",
        source=Piece(answer.source.name, shell.links.entity(answer.source.id)),
        figure=figure,
        rows=event_rows(shell, answer.events, answer.names),
        untimed=answer.untimed,
    )


def timelines_page(shell: Shell, rows: Sequence[tuple[str, str, int, int]]) -> str:
    """Write the list of compounds with timed effects: name, page, events, species."""
    return shell.write("timelines.html.j2", title="Timelines: what happens when", rows=rows)
