"""pyvis as data holder and as the source of vis-network; its template, menus and `from_nx` are not used."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from ketamech.graph.path_answers import PathsAnswer
from ketamech.viz.view import view_of

if TYPE_CHECKING:
    from pyvis.network import Network

LIBRARY = "templates/lib/vis-9.1.2/vis-network.min.js"


def network(answer: PathsAnswer) -> Network:
    """Make a pyvis Network of an answer: nodes by CURIE with their places, one edge per step.

    >>> from ketamech.loaders import load_default
    >>> from ketamech.queries import PathQuery, find_paths
    >>> net = network(find_paths(load_default(), PathQuery("ketamine", "5-HT1B binding", species="macaque")))
    >>> "CHEBI:6121" in net.get_nodes()
    True
    """
    from pyvis.network import Network

    net = Network(directed=True, notebook=False, cdn_resources="in_line")
    net.toggle_physics(False)
    data = view_of([("", answer)]).data()
    for node in data["nodes"]:
        net.add_node(node["id"], label=node["name"], group=node["stage"], x=node["x"], y=node["y"], physics=False)
    for edge in data["edges"]:
        counts = f"{edge['supporting']} for, {edge['against']} against"
        net.add_edge(edge["from"], edge["to"], title=f"{edge['words']}: {counts}", sign=edge["sign"])
    return net


def vis_network_script() -> str:
    """Give the text of vis-network as pyvis ships it; raise ValueError if it could end a script element."""
    text = (files("pyvis") / LIBRARY).read_text(encoding="utf-8")
    if "</script" in text.lower():
        raise ValueError("vis-network holds a closing script tag")
    return text
