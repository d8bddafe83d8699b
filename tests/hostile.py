"""Hostile words, and a small knowledge with one of them in every field of every record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from ketamech.graph.mechanism import MechanismGraph
from ketamech.graph.path_answers import PathsAnswer
from ketamech.graph.vocabulary import PREDICATES
from ketamech.loaders import load
from ketamech.queries import PathQuery, find_paths

SMALL = str(Path(__file__).parent / "small")
RIVALS = str(Path(__file__).parent / "rivals")
ENDS = ("CHEBI:6121", "ketamech:relief")
PAYLOADS = [
    "<script>window.hit=1</script>",
    "</script><script>window.hit=1</script>",
    "<ScRiPt>window.hit=1</sCrIpT >",
    "<script src=//example.org/x.js></script>",
    "<script type=module>window.hit=1</script>",
    "<img src=x onerror=window.hit=1>",
    "<img src=//example.org/p.png>",
    "<svg/onload=window.hit=1>",
    "<svg><script>window.hit=1</script></svg>",
    "<svg><animate onbegin=window.hit=1 attributeName=x dur=1s>",
    "<svg><use href='data:image/svg+xml,<svg id=x onload=window.hit=1>#x'/></svg>",
    '" onmouseover="window.hit=1',
    "' onfocus='window.hit=1' autofocus='",
    "` onclick=window.hit=1 `",
    '"><img src=x onerror=window.hit=1>',
    "'><svg onload=window.hit=1>",
    "javascript:window.hit=1",
    "JaVaScRiPt:window.hit=1",
    "data:text/html,<script>window.hit=1</script>",
    "vbscript:msgbox(1)",
    "<!--<script>",
    "--><script>window.hit=1</script>",
    "--!><img src=x onerror=window.hit=1>",
    "]]><script>window.hit=1</script>",
    "<![CDATA[<script>window.hit=1</script>]]>",
    "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>",
    "{{ 7*7 }}{% raw %}",
    "{{ self.__init__.__globals__ }}",
    "${window.hit=1}",
    "#{window.hit=1}",
    "line\u2028separator\u2029paragraph",
    "<iframe srcdoc='<script>parent.hit=1</script>'>",
    "<object data=//example.org/x></object><embed src=//example.org/x>",
    "<a href=javascript:window.hit=1>x</a>",
    "<style>*{display:none}</style>",
    "</style><script>window.hit=1</script>",
    "<link rel=stylesheet href=//example.org/x.css>",
    "<base href=//example.org>",
    "<meta http-equiv=refresh content=0>",
    "<form action=//example.org><button>x</button></form>",
    "<details open ontoggle=window.hit=1>",
    "<input autofocus onfocus=window.hit=1>",
    "<video><source onerror=window.hit=1></video>",
    "<template><script>window.hit=1</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=window.hit=1>'>",
    "</textarea></title></style><img src=x onerror=window.hit=1>",
    "&lt;script&gt;",
    "&#x3c;img src=x onerror=window.hit=1&#x3e;",
    "\\u003cscript\\u003e",
    "\\x3cimg src=x onerror=window.hit=1\\x3e",
    "<math><mi//xlink:href='data:x,<script>window.hit=1</script>'>",
    "__proto__",
    "constructor",
    "\u202egnp.exe\u202c \u0000 😀 \x1b[31m",
    "[11C]AZ10419369 (2R,6R)-HNK <b>",
]
# Words of the vocabulary, which the loader takes from closed lists only.
CLOSED = frozenset(
    {"kind", "predicate", "directness", "stance", "observed", "mode", "aspect", "status", "parents", "at", "read"}
)
NAMED = frozenset({"id", "key", "slug", "name"})


def poisoned(value: Any, payload: str, ids: Mapping[str, str], field: str = "") -> Any:
    """Put a payload into every text of a record and of what it holds; names and keys keep what sets them apart."""
    if isinstance(value, str):
        if value in ids:
            return ids[value]
        if field in CLOSED or value in PREDICATES:
            return value
        return f"{value} {payload}" if field in NAMED else payload
    if isinstance(value, tuple):
        return tuple(poisoned(v, payload, ids, field) for v in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: poisoned(getattr(value, f.name), payload, ids, f.name) for f in fields(value)})
    return value


@cache
def hostile_graph(payload: str) -> MechanismGraph:
    """Poison the small knowledge with its rival hypotheses; only the ends of the question keep their identifiers."""
    knowledge = load([SMALL, f"+{RIVALS}"]).knowledge
    ids = {e.id: e.id if e.id in ENDS else f"{e.id} {payload}" for e in knowledge.entities}
    return MechanismGraph(poisoned(knowledge, payload, ids))


@cache
def hostile_answer(payload: str) -> PathsAnswer:
    """Ask the poisoned knowledge for its routes."""
    return find_paths(hostile_graph(payload), PathQuery(*ENDS))
