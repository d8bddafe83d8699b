"""Write what Neo4j Browser takes: saved queries, a style in the colours of the page, a guide of ten steps.

`python docs/browser/make.py` writes the files beside this one; `--check` only tells whether they are current;
`--serve` serves them on http://localhost:8474, where Neo4j Browser may fetch them.
"""

from __future__ import annotations

import sys
from functools import partial
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from ketamech.graph.stored import EDGE_TYPES, KIND_LABELS
from ketamech.graph.vocabulary import PREDICATES
from ketamech.queries.cypher_files import saved_queries, saved_query
from ketamech.viz.stages import HUES, PALETTES, STAGES

HERE = Path(__file__).parent
PORT = 8474
RECORDS = {
    "Publication": ("#e9e9e6", "#5f5d57"),
    "Evidence": ("#ffffff", "#8a8d91"),
    "Experiment": ("#ffffff", "#5f5d57"),
    "Comparison": ("#ffffff", "#5f5d57"),
    "Affinity": ("#ffffff", "#5f5d57"),
    "Hypothesis": ("#16191c", "#16191c"),
    "HypothesisStep": ("#4a4f55", "#16191c"),
}
STEPS = [
    (
        "What is in here",
        "Papers say claims (Evidence); claims with one subject, predicate and object are one relationship.",
        "what-is-in-here",
        {},
    ),
    ("Find a thing", "By a part of its name, of a synonym or of an identifier.", "find", {}),
    (
        "See its neighbours",
        "Every relationship is an edge with its evidence counted; its type says what it does. Click one to read it.",
        "neighbours",
        {"'GluN2B'": "'BDNF'"},
    ),
    (
        "How does ketamine work?",
        "The strongest routes to antidepressant-like behaviour; the score multiplies the strengths of the steps.",
        "strongest-paths",
        {},
    ),
    (
        "What is quick enough?",
        "The same, without steps that were first seen later than three hours after the dose.",
        "strongest-paths",
        {"  null AS by_hour": "  3 AS by_hour"},
    ),
    (
        "What stands behind a step?",
        "Every finding on one relationship, for and against, with its circumstances and its paper.",
        "evidence",
        {},
    ),
    (
        "What is necessary?",
        "Targets without which the effect was lost, and those that could be missed.",
        "necessary",
        {},
    ),
    ("How do we know?", "The experiments that blocked, removed or drove a target.", "blockades", {}),
    ("Which accounts are there?", "The steps of one hypothesis; another name shows another one.", "hypothesis", {}),
    (
        "Where do two papers disagree?",
        "A finding beside one that saw nothing or the opposite: compare species, dose and hours.",
        "two-papers-disagree",
        {},
    ),
]


def signs() -> dict[int, str]:
    """Give the colours in which the page draws raising, lowering and open edges, in its light scheme."""
    named = HUES["light"]
    return {1: named["plus"], -1: named["minus"], 0: named["open"]}


def queries() -> str:
    """Give every saved question in one file, each ended by a semicolon."""
    return "\n".join(q.text.rstrip("\n") + ";\n" for q in saved_queries().queries)


def style() -> str:
    """Give the style: a colour for every stage, as on the page, and for every sign."""
    tones = signs()
    blocks = [
        _block("node", color="#ffffff", border_color="#8a8d91", caption='"{name}"', diameter="60px", font_size="10px"),
        _block("relationship", color=tones[0], caption='"<type>"', shaft_width="1px", font_size="8px"),
    ]
    for kind, label in KIND_LABELS.items():
        tone = PALETTES[STAGES[kind]].light
        blocks.append(_node(label, tone.fill, tone.border, tone.ink))
    for label, (fill, border) in RECORDS.items():
        blocks.append(_node(label, fill, border, "#ffffff" if fill < "#5" else "#16191c"))
    for predicate, type in EDGE_TYPES.items():
        rule = PREDICATES[predicate]
        walked = rule.role == "step"
        colour = tones[rule.sign]
        blocks.append(
            _block(
                f"relationship.{type}",
                color=colour,
                border_color=colour,
                shaft_width="3px" if walked else "1px",
                caption='"<type>"',
            )
        )
    return "".join(blocks)


def _node(label: str, fill: str, border: str, ink: str) -> str:
    given = {"color": fill, "border_color": border, "border_width": "2px", "text_color_internal": ink}
    return _block(f"node.{label}", **given, caption='"{name}"')


def _block(selector: str, **values: str) -> str:
    return f"{selector} {{\n" + "".join(f"  {k.replace('_', '-')}: {v};\n" for k, v in values.items()) + "}\n\n"


def guide() -> str:
    """Give the guide: a slide for every step, each with a query that runs on a click."""
    slides = []
    for number, (title, text, name, changes) in enumerate(STEPS, start=1):
        cypher = saved_query(name).text
        for old, new in changes.items():
            if cypher.count(old) != 1:
                raise ValueError(f"{name}: {old} does not stand there once")
            cypher = cypher.replace(old, new)
        slides.append(
            f'<slide class="row-fluid">\n<div class="col-sm-12">\n<h3>{number}. {escape(title)}</h3>\n'
            f"<p>{escape(text)}</p>\n"
            f'<figure><pre class="mode-cypher code runnable standalone-example">{escape(cypher, quote=False)}</pre>'
            "</figure>\n</div>\n</slide>\n"
        )
    head = '<article class="guide">\n<title>ketamech in ten steps</title>\n<carousel class="deck container-fluid">\n'
    return head + "".join(slides) + "</carousel>\n</article>\n"


FILES = {"ketamech.cypher": queries, "ketamech.grass": style, "guide.html": guide}


class _Handler(SimpleHTTPRequestHandler):
    """Serve these files to Neo4j Browser, which is a page of another origin."""

    def end_headers(self) -> None:
        """Let pages of every origin read what anybody may read."""
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Access-Control-Allow-Headers", "*")
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def do_OPTIONS(self) -> None:
        """Answer the question that a browser asks before it fetches."""
        self.send_response(204)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing of each file fetched."""


def serve(port: int = PORT) -> ThreadingHTTPServer:
    """Make a server of these files on this machine alone."""
    return ThreadingHTTPServer(("127.0.0.1", port), partial(_Handler, directory=str(HERE)))


def main() -> None:
    """Write, check or serve."""
    if "--serve" in sys.argv:
        at = f"http://localhost:{PORT}"
        sys.stdout.write(f"In Neo4j Browser:\n  :style {at}/ketamech.grass\n  :play {at}/guide.html\nCtrl-C ends it.\n")
        sys.stdout.flush()
        serve().serve_forever()
    for name, text in FILES.items():
        path = HERE / name
        if "--check" not in sys.argv:
            path.write_text(text(), encoding="utf-8")
        elif not path.is_file() or path.read_text(encoding="utf-8") != text():
            sys.exit(f"docs/browser/{name} is not current: python docs/browser/make.py")


if __name__ == "__main__":
    main()
