"""Rows that several pages show: timed events, steps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ketamech.graph.model import Claim, Experiment
from ketamech.graph.timeline_answers import TimedEvent
from ketamech.viz.site.cards import Piece
from ketamech.viz.site.shell import Shell

DIRECTIONS = {1: "↑ raised", -1: "↓ lowered", 0: "~ changed"}


@dataclass(frozen=True, slots=True)
class EventRow:
    """Hold one timed event as a row; `who` is the compound or the thing seen, whichever the page does not fix."""

    who: Piece
    direction: str
    species: str
    region: str
    seen: tuple[Piece, ...]
    absent: tuple[Piece, ...]


def event_rows(
    shell: Shell, events: Iterable[TimedEvent], names: Mapping[str, str], who: Piece | None = None
) -> list[EventRow]:
    """Give a row for each event; hours lead to their findings."""
    return [
        EventRow(
            who or Piece(e.node.name, shell.links.entity(e.node.id)),
            DIRECTIONS[e.direction],
            e.species or "not reported",
            names.get(e.region or "", ""),
            _hours(shell, e.seen),
            _hours(shell, e.absent),
        )
        for e in events
    ]


def _hours(shell: Shell, evidence: Iterable[Claim | Experiment]) -> tuple[Piece, ...]:
    timed = [(e.hour.low, e.id, e.hour.text) for e in evidence if e.hour]
    return tuple(Piece(text, shell.links.finding(id)) for _, id, text in sorted(timed))
