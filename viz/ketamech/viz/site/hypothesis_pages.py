"""Pages of rival accounts: one each, all side by side, and two against each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from ketamech.graph.hypothesis_answers import (
    HypothesesAnswer,
    HypothesisAnswer,
    HypothesisComparison,
    StepCase,
)
from ketamech.graph.model import Claim, Paper
from ketamech.graph.vocabulary import PREDICATES
from ketamech.viz.figure_model import hypothesis_figure
from ketamech.viz.lane_figure import lane_svg
from ketamech.viz.site.addresses import anchor, file_name
from ketamech.viz.site.cards import Cards, Piece, paper_line
from ketamech.viz.site.entity_page import Section
from ketamech.viz.site.shell import Shell
from ketamech.viz.words import triple_told

# A step without findings is not a weak one: a strength of 0 would say that it was looked at.
NOTHING_HELD: Final = "no evidence held"


@dataclass(frozen=True, slots=True)
class StepRow:
    """Hold one step as a row; `where` leads to its findings."""

    number: int
    said: tuple[Piece, ...]
    strength: str
    supporting: int
    against: int
    assumed: bool
    derived: bool
    note: str
    where: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """Hold one account as a row beside its rivals."""

    name: Piece
    status: str
    strength: float
    steps: int
    assumed: int
    targets: str
    weakest: str
    blockades: tuple[int, int]
    human: tuple[int, int]
    counter: int


def hypothesis_page(shell: Shell, answer: HypothesisAnswer, papers: Mapping[str, Paper]) -> str:
    """Write the page of one account; `papers` holds those it names as key papers."""
    h = answer.hypothesis
    cards = Cards(shell, answer.names)
    sections = [
        Section("counter", "Counter-evidence", cards.all(answer.counter)),
        Section("for", "Blockades that speak for it", cards.all(answer.blockades_for)),
        Section("against", "Blockades that speak against it", cards.all(answer.blockades_against)),
        Section("human", "In people", cards.all(answer.human)),
    ]
    return shell.write(
        "hypothesis.html.j2",
        title=h.name,
        hypothesis=h,
        strength=answer.strength,
        weakest=triple_told(answer.weakest.step.triple, answer.names),
        figure=lane_svg(hypothesis_figure(answer, shell.entities), note=shell.note, href=shell.links.entity),
        graph=shell.graph(f"hypothesis {h.slug}"),
        steps=step_rows(shell, answer.steps, answer.names),
        targets=_targets(answer),
        key_papers=[paper_line(papers[key], shell) for key in h.key_papers if key in papers],
        sections=[s for s in sections if s.cards],
        separations=[
            (
                Piece(s.rival, shell.links.hypothesis(s.rival)),
                s,
                [Piece(id, shell.links.finding(id)) for id in s.done],
            )
            for s in h.separations
        ],
    )


def step_rows(shell: Shell, steps: Sequence[StepCase], names: Mapping[str, str]) -> list[StepRow]:
    """Give a row for each step."""
    made = []
    for number, case in enumerate(steps, start=1):
        subject, predicate, object = case.step.triple
        edge = case.edge
        sign = edge.sign if edge else PREDICATES[predicate].sign
        css = {1: "plus", -1: "minus"}.get(sign, "open")
        page = shell.links.entity(subject)
        made.append(
            StepRow(
                number,
                (
                    Piece(names[subject], page),
                    Piece(PREDICATES[predicate].verb, css=f"verb {css}"),
                    Piece(names[object], shell.links.entity(object)),
                ),
                f"{case.strength:.2f}" if edge else NOTHING_HELD,
                edge.count("supports") if edge else 0,
                edge.count("refutes") + edge.count("no_effect") if edge else 0,
                case.step.assumed,
                edge is not None and edge.derived,
                case.step.note or "",
                f"{page}#{anchor(edge.id)}" if page and edge else None,
            )
        )
    return made


def _targets(answer: HypothesisAnswer) -> str:
    return ", ".join(answer.to_dict()["targets"])


def pair_path(first: str, second: str) -> str:
    """Give the place of the page that holds two accounts against each other; no name of a slug holds a point."""
    return f"rivals/{file_name(first)}.{file_name(second)}.html"


def hypotheses_page(shell: Shell, answer: HypothesesAnswer, parted: Mapping[tuple[str, str], int]) -> str:
    """Write all accounts side by side; `parted` counts the experiments on which two of them part."""
    rows = [
        Row(
            Piece(a.hypothesis.name, shell.links.hypothesis(a.hypothesis.slug)),
            a.hypothesis.status,
            a.strength,
            len(a.steps),
            sum(s.edge is None for s in a.steps),
            _targets(a),
            triple_told(a.weakest.step.triple, a.names),
            (len(a.blockades_for), len(a.blockades_against)),
            (sum(_speaks_for(e) for e in a.human), sum(not _speaks_for(e) for e in a.human)),
            len(a.counter),
        )
        for a in answer.answers
    ]
    grid = []
    for a in answer.answers:
        cells = []
        for b in answer.answers:
            pair = tuple(sorted((a.hypothesis.slug, b.hypothesis.slug)))
            shared = len(set(a.hypothesis.triples) & set(b.hypothesis.triples))
            known = len(pair) == 2 and pair[0] != pair[1]
            href = shell.links.other(pair_path(pair[0], pair[1])) if known else None
            cells.append((shared, parted.get((pair[0], pair[1]), 0), href, a is b))
        grid.append((Piece(a.hypothesis.name, shell.links.hypothesis(a.hypothesis.slug)), cells))
    return shell.write(
        "hypotheses.html.j2",
        title="Rival accounts side by side",
        rows=rows,
        heads=[a.hypothesis.slug for a in answer.answers],
        grid=grid,
    )


def _speaks_for(evidence: object) -> bool:
    if isinstance(evidence, Claim):
        return evidence.stance == "supports"
    return getattr(evidence, "observed", "") != "no_effect"


def pairs(answer: HypothesesAnswer) -> list[tuple[str, str]]:
    """Give every two accounts, by slug."""
    return list(combinations(sorted(a.hypothesis.slug for a in answer.answers), 2))


def rivals_page(shell: Shell, answer: HypothesisComparison) -> str:
    """Write two accounts against each other: steps shared and own, experiments on which they part."""
    first, second = answer.first.hypothesis, answer.second.hypothesis
    cards = Cards(shell, answer.names)
    deciders = [(cards.card(d.experiment), d.predicts, d.rival_predicts, d.fits) for d in answer.deciders]
    names = {first.slug: first.name, second.slug: second.name}
    return shell.write(
        "rivals.html.j2",
        title=f"{first.name} against {second.name}",
        sides=[
            (Piece(first.name, shell.links.hypothesis(first.slug)), answer.first),
            (Piece(second.name, shell.links.hypothesis(second.slug)), answer.second),
        ],
        steps=[
            ("Steps in both", step_rows(shell, answer.shared, answer.names)),
            (f"Only in {first.name}", step_rows(shell, answer.own_first, answer.names)),
            (f"Only in {second.name}", step_rows(shell, answer.own_second, answer.names)),
        ],
        deciders=[(card, a, b, names.get(fits, fits)) for card, a, b, fits in deciders],
    )
