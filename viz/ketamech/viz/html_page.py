"""One self-contained page of one or more answers: no request to any network, all text inert.

Jinja escapes every value; the data of the graph lies in one JSON element; a strict policy lets only the two
scripts run whose hashes it names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ketamech.graph.path_answers import PathsAnswer
from ketamech.viz.facets import STOPS
from ketamech.viz.inert import LICENCE, inert_json, policy_hash, static, templates
from ketamech.viz.library import vis_network_script
from ketamech.viz.page_data import data_of
from ketamech.viz.stages import HUES
from ketamech.viz.svg import Xml
from ketamech.viz.view import ALONE, Setting, view_of

CAP: Final = 1000
# No scheme and no host: such an address can run no script and lead nowhere else.
_RELATIVE: Final = re.compile(r"(?!/)[\w./-]+(?:#[\w.-]+)?")
# One script and one style sheet, each joined from these files in this order.
SCRIPTS: Final = (
    *("base", "filters", "scene", "badges", "draw", "chips", "panel", "controls", "search", "address"),
    *("records", "picture", "save", "main"),
)
STYLES: Final = ("base", "layout", "drawing", "filters", "lists", "evidence", "narrow", "print")


def page(
    answers: Sequence[tuple[str, PathsAnswer]],
    *,
    title: str,
    version: str = "",
    data_version: str = "",
    licence: str = LICENCE,
    setting: Setting = ALONE,
    home: tuple[str, str] | None = None,
) -> str:
    """Write labelled answers as one HTML page; the same input gives the same bytes.

    `version` is that of ketamech, `data_version` and `licence` are those of the knowledge; `setting` adds
    hypotheses, neighbours and hours; `home` is the relative address and the title of the page to lead back to.
    Paths that would bring more than CAP nodes are left out, and the page says
    so. Raises ValueError when there is no answer, when a number is not finite, or when the address of `home` is
    not relative.

    >>> from ketamech.loaders import load_default
    >>> from ketamech.queries import PathQuery, find_paths
    >>> answer = find_paths(load_default(), PathQuery("ketamine", "5-HT1B binding", species="macaque"))
    >>> page([("", answer)], title="PET").startswith("<!doctype html>")
    True
    """
    if not answers:
        raise ValueError("a page needs at least one answer")
    if home is not None and not _RELATIVE.fullmatch(home[0]):
        raise ValueError(f"the address of home must be relative: {home[0]!r}")
    view = view_of(answers, setting, CAP)
    library, script = vis_network_script(), script_text()
    cite = citation(version, data_version, licence)
    told = {"title": title, "cite": cite, "version": version, "dataVersion": data_version, "licence": licence}
    return (
        templates()
        .get_template("page.html.j2")
        .render(
            title=title,
            view=view,
            data=inert_json(data_of(view) | {"page": told}),
            style=Xml(style_text()),
            library=Xml(library),
            script=Xml(script),
            hashes=[policy_hash(library), policy_hash(script)],
            version=version,
            data_version=data_version,
            licence=licence,
            cite=cite,
            cap=CAP,
            stops=len(STOPS),
            home=home,
        )
    )


def citation(version: str, data_version: str, licence: str) -> str:
    """Say in one line how to cite a page and what is saved from it."""
    knowledge = f"knowledge {data_version}" if data_version else "knowledge"
    return f"ketamech{' ' + version if version else ''}, {knowledge}, {licence}"


def script_text() -> str:
    """Join the script of the page; it sees nothing of other scripts, nor they of it."""
    parts = "\n".join(static(f"script/{name}.js") for name in SCRIPTS)
    return f'"use strict";\n(() => {{\n{parts}}})();\n'


def style_text() -> str:
    """Join the style sheet of the page, its hues first."""
    hues = {scheme: " ".join(f"--{name}: {hue};" for name, hue in found.items()) for scheme, found in HUES.items()}
    dark = f"@media (prefers-color-scheme: dark) {{ :root {{ {hues['dark']} }} }}"
    head = f":root {{ color-scheme: light dark; {hues['light']} }}\n{dark}\n"
    return head + "".join(static(f"style/{name}.css") for name in STYLES)
