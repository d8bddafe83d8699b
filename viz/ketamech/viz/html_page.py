"""One self-contained page of one or more answers: no request to any network, all text inert.

Jinja escapes every value; the data of the graph lies in one JSON element; a strict policy lets only the two
scripts run whose hashes it names.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from importlib.resources import files
from typing import Any, Final

from ketamech.graph.path_answers import PathsAnswer
from ketamech.viz.library import vis_network_script
from ketamech.viz.view import view_of

CAP: Final = 300
LICENCE: Final = "CC BY 4.0"


def page(
    answers: Sequence[tuple[str, PathsAnswer]],
    *,
    title: str,
    version: str = "",
    data_version: str = "",
    licence: str = LICENCE,
) -> str:
    """Write labelled answers as one HTML page; the same input gives the same bytes.

    `version` is that of ketamech, `data_version` and `licence` are those of the knowledge.
    Raises ValueError when there is no answer, when the answers hold more than CAP nodes (narrow the question), or
    when a number is not finite.

    >>> from ketamech.loaders import load_default
    >>> from ketamech.queries import PathQuery, find_paths
    >>> answer = find_paths(load_default(), PathQuery("ketamine", "5-HT1B binding", species="macaque"))
    >>> page([("", answer)], title="PET").startswith("<!doctype html>")
    True
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    if not answers:
        raise ValueError("a page needs at least one answer")
    view = view_of(answers)
    if len(view.nodes) > CAP:
        raise ValueError(
            f"{len(view.nodes)} nodes are too many for one page; ask for fewer paths (at most {CAP} nodes)"
        )
    library, script = vis_network_script(), _static("app.js")
    environment = Environment(
        loader=PackageLoader("ketamech.viz"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("page.html.j2").render(
        title=title,
        view=view,
        data=Markup(_json(view.data())),  # noqa: S704 - escaped by _json
        style=Markup(_static("app.css")),  # noqa: S704 - our own file
        library=Markup(library),  # noqa: S704 - the library's own text, checked
        script=Markup(script),  # noqa: S704 - our own file
        hashes=[_hash(library), _hash(script)],
        version=version,
        data_version=data_version,
        licence=licence,
    )


def _static(name: str) -> str:
    return (files("ketamech.viz") / "static" / name).read_text(encoding="utf-8")


def _json(data: Any) -> str:
    """Write JSON that cannot end its element nor start a comment, and that old script parsers read."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, sort_keys=True)
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


def _hash(script: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
