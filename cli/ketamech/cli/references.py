"""Numbered references for answers told as text."""

from __future__ import annotations

from collections.abc import Iterable

from ketamech.cli.tell import cite, wrapped
from ketamech.graph.model import Paper


class References:
    """Number papers in the order in which they are cited."""

    def __init__(self, given: Iterable[Paper] = ()) -> None:
        self._papers: list[Paper] = list(given)
        self._numbers = {paper.key: number for number, paper in enumerate(self._papers, start=1)}

    def __call__(self, papers: Iterable[Paper]) -> str:
        """Cite papers as `[1][4]`."""
        found = set()
        for paper in papers:
            if paper.key not in self._numbers:
                self._papers.append(paper)
                self._numbers[paper.key] = len(self._papers)
            found.add(self._numbers[paper.key])
        return "".join(f"[{n}]" for n in sorted(found))

    def lines(self) -> list[str]:
        """List the references, a paper a line."""
        if not self._papers:
            return []
        listed = [wrapped(f"[{n}] {cite(p)}", "  ") for n, p in enumerate(self._papers, start=1)]
        return ["", "References:", *listed]
