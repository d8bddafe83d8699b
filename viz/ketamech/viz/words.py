"""Words of a page: names broken into lines, the question in one line, an edge by its key, the command to ask again."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from typing import Final

from ketamech.graph.model import Triple
from ketamech.graph.path_answers import PathsAnswer
from ketamech.graph.vocabulary import PREDICATES

LABEL_WIDTH: Final = 15
LABEL_LINES: Final = 4
# What `ketamech page` assumes where nothing is said.
DEFAULTS: Final = {"k": 5, "max_length": 12}


def wrapped(name: str) -> str:
    r"""Break a name into at most four short lines, at spaces and hyphens where there are any.

    >>> wrapped("antidepressant-like behaviour")
    'antidepressant-\nlike behaviour'
    >>> wrapped("(2R,6R)-HNK")
    '(2R,6R)-HNK'
    >>> wrapped("pedunculopontine tegmental nucleus"), wrapped("hydroxynorketamine")
    ('pedunculopontine\ntegmental\nnucleus', 'hydroxyno-\nrketamine')
    """
    import textwrap

    words = [part for word in name.split() for part in _broken(word)]
    width = LABEL_WIDTH + any(len(w) > LABEL_WIDTH and "-" not in w for w in words)
    lines = textwrap.wrap(" ".join(words), width, max_lines=LABEL_LINES, placeholder=" …")
    return "\n".join(lines) or name


def _broken(word: str) -> list[str]:
    """Break a word that fits no line, with hyphens, into even parts."""
    longest = max(len(part) for part in word.split("-"))
    if longest <= LABEL_WIDTH + 1:
        return [word]
    count = -(-len(word) // LABEL_WIDTH)
    size = -(-len(word) // count)
    parts = [word[i : i + size] for i in range(0, len(word), size)]
    return [*(f"{p}-" for p in parts[:-1]), parts[-1]]


def question_of(answer: PathsAnswer) -> str:
    """Say in one line what was asked, beyond the two ends."""
    words = {
        "by": "seen by {:g} h",
        "after": "seen from {:g} h on",
        "species": "in {}",
        "region": "in the {}",
        "cell_type": "in the {}",
        "compound": "as {}",
        "indication": "for {}",
        "sex": "in {} subjects",
        "min_strength": "strength from {} up",
    }
    query = answer.query
    names = answer.names
    told = [pattern.format(names.get(query[key], query[key])) for key, pattern in words.items() if key in query]
    for key, word in (("via", "through"), ("avoid", "avoiding")):
        if query.get(key):
            told.append(f"{word} {', '.join(names.get(v, v) for v in query[key])}")
    if "sign" in query:
        told.append(f"net effect {'more' if query['sign'] > 0 else 'less'} {answer.target.name}")
    if query.get("strict_context"):
        told.append("evidence that does not report the asked context left out")
    return f"{answer.source.name} to {answer.target.name}: {', '.join(told) or 'in any context'}"


def triple_told(triple: Triple, names: Mapping[str, str]) -> str:
    """Say subject, predicate and object as a sentence, by the predicate's verb."""
    subject, predicate, object = triple
    return f"{names[subject]} {PREDICATES[predicate].verb} {names[object]}"


def edge_words(edge_id: str, names: Mapping[str, str]) -> str:
    """Say an edge by its key, as far as its ends are known."""
    subject, predicate, object = edge_id.split("|")
    name = predicate.removeprefix("~")
    verb = PREDICATES[name].verb if name in PREDICATES else name
    derived = " (experiments imply)" if predicate.startswith("~") else ""
    return f"{names.get(subject, subject)} {verb} {names.get(object, object)}{derived}"


def command_of(answer: PathsAnswer, *, swapped: bool = False) -> str:
    """Write the command that asks this question, or the one from its target to its source.

    >>> from ketamech.loaders import load_default
    >>> from ketamech.queries import PathQuery, find_paths
    >>> answer = find_paths(load_default(), PathQuery("ketamine", "5-HT1B binding", by=3, k=2))
    >>> command_of(answer, swapped=True)
    "ketamech page '5-HT1B binding' ketamine --k 2 --by 3h -o page.html"
    """
    query = answer.query
    ends = [str(query.get("source", answer.source.id)), str(query.get("target", answer.target.id))]
    words = ["ketamech", "page", *(reversed(ends) if swapped else ends)]
    for key, value in query.items():
        option = f"--{key.replace('_', '-')}"
        if key in ("source", "target") or DEFAULTS.get(key) == value:
            continue
        if key == "sign":
            words += [option, "+" if value > 0 else "-"]
        elif key in ("by", "after"):
            words += [option, f"{value:g}h"]
        elif isinstance(value, bool):
            words += [option] if value else []
        elif isinstance(value, list | tuple):
            words += [word for one in value for word in (option, str(one))]
        else:
            words += [option, str(value)]
    return shlex.join([*words, "-o", "page.html"])
