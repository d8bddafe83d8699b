"""The questions in Cypher: files that run as they stand in Neo4j Browser, and with parameters from here.

Every file has one form. Its first line is `// Title: purpose.`, more comment lines may follow. What may be changed
stands in a `WITH` at the head, one value a line: `  VALUE AS name, // what it is`. So the text can be pasted as it is;
to run it with other values, each VALUE becomes `$name`, and the values travel beside the text, never in it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Any, Final

from ketamech.graph.cypher_answers import SavedParameter, SavedQueriesAnswer, SavedQuery
from ketamech.graph.errors import BadValue, UnknownName
from ketamech.graph.names import NameIndex

_HEAD: Final = re.compile(r"// (?P<title>[^:\n]+): (?P<purpose>[^\n]+)\n(?:// [^\n]*\n)*")
_VALUE: Final = re.compile(r"^(?P<before>  )(?P<value>.+?) AS (?P<name>[a-z_]+)(?P<after>,?) +// (?P<told>.+)$")
# Parameters of saved questions that name entities; the questions compare them with id, name and synonyms as they stand.
ENTITIES: Final = frozenset(
    ("entity", "subject", "object", "source", "target", "drug", "drugs", "ligand", "outcome", "other", "region")
)
_TEXT: Final = re.compile(r"'([^'\\]*)'")


def parse(name: str, text: str) -> SavedQuery:
    r"""Read a file of one question; raise ValueError when it has not the one form.

    >>> saved = parse("greet", "// Greet: say something.\nWITH\n  'you' AS who // a name\nRETURN who\n")
    >>> saved.purpose, saved.examples, saved.query.splitlines()[2]
    ('Say something.', {'who': 'you'}, '  $who AS who // a name')
    """
    head = _HEAD.match(text)
    if head is None:
        raise ValueError(f"{name}: does not begin with `// Title: purpose.`")
    lines = text[head.end() :].splitlines()
    found: list[SavedParameter] = []
    if lines[0] == "WITH":
        for number, line in enumerate(lines[1:], start=1):
            value = _VALUE.match(line)
            if value is None:
                raise ValueError(f"{name}: not `VALUE AS name // what it is`: {line}")
            found.append(SavedParameter(value["name"], _read(name, value["value"]), value["told"]))
            lines[number] = f"{value['before']}${value['name']} AS {value['name']}{value['after']} // {value['told']}"
            if not value["after"]:
                break
    purpose = head["purpose"][0].upper() + head["purpose"][1:]
    query = "\n".join([head[0].rstrip("\n"), *lines]) + "\n"
    return SavedQuery(name, head["title"], purpose, tuple(found), text, query)


def _read(name: str, literal: str) -> Any:
    try:
        return json.loads(_TEXT.sub(lambda m: json.dumps(m[1]), literal))
    except ValueError:
        raise ValueError(f"{name}: not a plain value: {literal}") from None


@cache
def saved_queries() -> SavedQueriesAnswer:
    """Give every saved question, sorted by name.

    >>> "strongest-paths" in [q.name for q in saved_queries().queries]
    True
    """
    folder = files("ketamech.queries").joinpath("cypher")
    found = sorted((f for f in folder.iterdir() if f.name.endswith(".cypher")), key=lambda f: f.name)
    made = (parse(f.name.removesuffix(".cypher"), f.read_text(encoding="utf-8")) for f in found)
    return SavedQueriesAnswer(tuple(made))


def saved_query(name: str) -> SavedQuery:
    """Give the saved question of a name; raise UnknownName."""
    known = {q.name: q for q in saved_queries().queries}
    if name not in known:
        raise UnknownName("question", name, get_close_matches(name, known, 3) or list(known))
    return known[name]


def settle(saved: SavedQuery, given: dict[str, Any]) -> dict[str, Any]:
    """Give the value of every parameter: the one given, else that of the file; raise BadValue."""
    unknown = sorted(given.keys() - saved.examples.keys())
    if unknown:
        known = f"It has: {', '.join(saved.examples)}." if saved.parameters else "It has none."
        raise BadValue(f"'{saved.name}' has no parameter '{unknown[0]}'.", known)
    return {p.name: _like(p.example, given[p.name]) if p.name in given else p.example for p in saved.parameters}


def not_held(given: Mapping[str, Any], names: NameIndex) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Give parameters that name no entity as it is spelled, with their text and the nearest names."""
    made = []
    for name in sorted(ENTITIES & given.keys()):
        value = given[name]
        for text in value if isinstance(value, list) else [value]:
            if isinstance(text, str) and not names.spelled(text):
                made.append((name, text, tuple(m.entity.name for m in names.search(text, limit=3))))
    return tuple(made)


def _like(example: Any, value: Any) -> Any:
    """Take a number for a text where the example is a text, and one thing for a list of one where it is a list."""
    if isinstance(example, list) and value is not None and not isinstance(value, list):
        return [value]
    return json.dumps(value) if isinstance(example, str) and isinstance(value, int | float) else value


def read_parameter(text: str) -> tuple[str, Any]:
    """Read `name=value`, the value as JSON where it is that, else as text; raise BadValue.

    >>> read_parameter("k=3"), read_parameter("source=ketamine"), read_parameter('name="3"')
    (('k', 3), ('source', 'ketamine'), ('name', '3'))
    """
    name, mark, value = text.partition("=")
    if not mark or not name.isidentifier():
        raise BadValue(f"'{text}' is no parameter.", "Write name=value, for example source=ketamine or k=3.")
    try:
        value.encode()
        read = json.loads(value, parse_constant=_no_number)
    except UnicodeEncodeError:
        raise BadValue(f"The value of '{name}' is not UTF-8 text.", "Write it in UTF-8.") from None
    except (ValueError, RecursionError):
        read = value
    if any(isinstance(n, int) and not -(2**63) <= n < 2**63 for n in _leaves(read)):
        raise BadValue(f"The value of '{name}' is too large a number.", "Whole numbers have 64 bits.")
    return name, read


def _no_number(text: str) -> Any:
    raise ValueError(text)


def _leaves(value: Any) -> list[Any]:
    held = value if isinstance(value, list) else list(value.values()) if isinstance(value, dict) else None
    return [value] if held is None else [leaf for child in held for leaf in _leaves(child)]
