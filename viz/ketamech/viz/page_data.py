"""What the script of a page reads: nodes, arrows with what their findings can be filtered by, drawings, colours."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from ketamech.graph.identifiers import curie_url
from ketamech.viz.facets import STOPS
from ketamech.viz.lanes import BOX, COLUMN, Layout
from ketamech.viz.stages import HUES, PALETTES, stage_of
from ketamech.viz.view import AnswerView, EdgeView, PageView
from ketamech.viz.words import wrapped


def data_of(view: PageView) -> dict[str, Any]:
    """Give plain JSON data."""
    return {
        "nodes": [
            {
                "id": id,
                "name": e.name,
                "label": wrapped(e.name),
                "kind": e.kind.replace("_", " "),
                "stage": stage_of(e.kind),
                "words": [e.name, e.id, *e.synonyms],
                "link": curie_url(e.id),
            }
            for id, e in view.nodes.items()
        ],
        "edges": [_edge(e) for e in view.edges.values()],
        "answers": [_answer(a, view) for a in view.answers],
        "hypotheses": [{"slug": slug, "name": name} for slug, name in view.hypotheses],
        "stops": list(STOPS),
        "column": COLUMN,
        "box": BOX,
        "palette": {stage: asdict(tones) for stage, tones in PALETTES.items()},
        "hues": {scheme: dict(hues) for scheme, hues in HUES.items()},
    }


def _edge(edge: EdgeView) -> dict[str, Any]:
    return {
        "id": edge.anchor,
        "key": edge.key,
        "from": edge.source,
        "to": edge.target,
        "sign": edge.sign,
        "derived": edge.derived,
        "supporting": edge.supporting,
        "refuting": edge.refuting,
        "noEffect": edge.no_effect,
        "against": edge.against,
        "strength": round(edge.strength, 4),
        "words": edge.words,
        "hypotheses": list(edge.hypotheses),
        "findings": [{"stance": e.stance, **e.facets.data()} for e in edge.evidence],
    }


def _answer(answer: AnswerView, view: PageView) -> dict[str, Any]:
    own = tuple(dict.fromkeys(e for p in answer.paths for e in p.edges))
    ends = {p.nodes[i] for p in answer.paths for i in (0, -1)}
    drawn = {n for p in answer.paths for n in p.nodes} | {n for e in answer.near for n in (e.source, e.target)}
    times = {n: view.times[n] for n in sorted(drawn - ends) if n in view.times}
    made: dict[str, Any] = {
        "label": answer.label,
        "question": answer.question,
        "command": answer.command,
        "swapped": answer.swapped,
        "paths": [
            {
                "edges": [e.anchor for e in p.edges],
                "nodes": p.nodes,
                "score": p.score,
                "sign": p.sign,
                "told": p.told,
                "remarks": p.remarks,
            }
            for p in answer.paths
        ],
        **_drawing(answer.layout, own),
        "times": {n: {"first": t.first, "absent": [list(pair) for pair in t.absent]} for n, t in times.items()},
    }
    if answer.near:
        near = [e.anchor for e in answer.near]
        made["wide"] = {"edges": near, **_drawing(answer.wide, (*own, *answer.near))}
    return made


def _drawing(layout: Layout, edges: Iterable[EdgeView]) -> dict[str, Any]:
    bends = layout.bends
    return {
        "places": dict(layout.places),
        "bends": {e.anchor: bends[e.source, e.target] for e in edges if (e.source, e.target) in bends},
        "heads": [{"x": x, "stages": stages} for x, stages in layout.heads],
    }
