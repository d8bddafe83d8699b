"""pyvis for people who know it: a Network of an answer, whose page is ours and not pyvis' template.

pyvis' own template loads from foreign servers and runs hostile text, so every way of pyvis to write a page
(`generate_html`, `write_html`, `save_graph`, `show`) gives the offline page of `html_page` instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pyvis.network import Network

from ketamech.graph.path_answers import PathsAnswer
from ketamech.viz.html_page import page
from ketamech.viz.page_data import data_of
from ketamech.viz.view import view_of

ARROWS = {"plus": "arrow", "minus": "bar", "open": "circle"}
DASHES: dict[str, bool | list[int]] = {"plus": False, "minus": [7, 5], "open": [2, 5]}


class MechanismNetwork(Network):  # type: ignore[misc]
    """Hold the nodes and arrows of labelled answers as pyvis data."""

    def __init__(self, answers: Sequence[tuple[str, PathsAnswer]], *, title: str, **options: Any) -> None:
        super().__init__(directed=True, notebook=False, cdn_resources="in_line", **options)
        self.answers = tuple(answers)
        self.page_title = title
        self.toggle_physics(False)
        data = data_of(view_of(self.answers))
        # Later answers do not move what an earlier one has placed.
        places = {id: place for drawing in reversed(data["answers"]) for id, place in drawing["places"].items()}
        for node in data["nodes"]:
            x, y = places[node["id"]]
            colour = data["palette"][node["stage"]]["light"]["fill"]
            self.add_node(
                node["id"], label=node["label"], title=node["name"], group=node["stage"], color=colour,
                shape="box", x=x, y=y, physics=False,
            )  # fmt: skip
        for edge in data["edges"]:
            self.add_edge(
                edge["from"], edge["to"], title=f"{edge['words']}: {edge['supporting']} for, {edge['against']} against",
                sign=edge["sign"], dashes=DASHES[edge["sign"]],
                arrows={"to": {"enabled": True, "type": ARROWS[edge["sign"]]}},
            )  # fmt: skip

    def generate_html(self, name: str = "index.html", local: bool = True, notebook: bool = False) -> str:
        """Give the text of the offline page."""
        return page(self.answers, title=self.page_title)

    def write_html(self, name: str, local: bool = True, notebook: bool = False, open_browser: bool = False) -> None:
        """Write the offline page as UTF-8, whatever the locale."""
        Path(name).write_text(self.generate_html(), encoding="utf-8", newline="\n")
        if open_browser:
            import webbrowser

            webbrowser.open(Path(name).resolve().as_uri())

    def show(self, name: str, local: bool = True, notebook: bool = True) -> Any:
        """Write the offline page; give a frame of it in a notebook, else open it in the browser."""
        self.write_html(name, open_browser=not notebook)
        if not notebook:
            return None
        from IPython.display import IFrame

        return IFrame(name, width="100%", height=800)


def network(answer: PathsAnswer) -> Network:
    """Make a pyvis Network of an answer: nodes by CURIE with their places, one edge per step.

    >>> from ketamech.loaders import load_default
    >>> from ketamech.queries import PathQuery, find_paths
    >>> net = network(find_paths(load_default(), PathQuery("ketamine", "5-HT1B binding", species="macaque")))
    >>> "CHEBI:6121" in net.get_nodes()
    True
    """
    title = f"From {answer.source.name} to {answer.target.name}"
    return MechanismNetwork([("", answer)], title=title)
