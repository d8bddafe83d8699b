"""Turn the bytes of a file into text, refusing every encoding but UTF-8 and every character that cannot be seen."""

from __future__ import annotations

import unicodedata
from typing import Final

from ketamech.graph.errors import Problem

MAX_BYTES: Final = 2_000_000
_MARKS: Final = ((b"\xef\xbb\xbf", "a UTF-8 byte order mark"), (b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"))
_BIDI: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
_UNSEEN: Final = {
    "Cc": "control",
    "Cf": "invisible",
    "Cn": "unassigned",
    "Co": "private-use",
    "Cs": "surrogate",
    "Zl": "line-separating",
    "Zp": "paragraph-separating",
}


def read_text(data: bytes, file: str) -> tuple[str | None, list[Problem]]:
    """Decode a file; give its text, or None with every problem that forbids to read on."""
    if len(data) > MAX_BYTES:
        return None, [Problem(file, 1, "", f"the file has {len(data)} bytes", f"keep it under {MAX_BYTES} bytes")]
    for mark, name in _MARKS:
        if data.startswith(mark):
            right = "save it as UTF-8 without byte order mark"
            return None, [Problem(file, 1, "", f"the file starts with {name}", right)]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return None, [Problem(file, line, "", "the file is not UTF-8", "save it as UTF-8")]
    problems = [
        Problem(file, number, "", unseen, "remove it")
        for number, row in enumerate(text.split("\n"), start=1)
        for unseen in unseen_characters(row.removesuffix("\r"))
    ]
    return (None if problems else text), problems


def unseen_characters(text: str) -> list[str]:
    r"""Name every character of a text that a reader cannot see; tabs and line feeds are let through.

    >>> unseen_characters("5-HT\u202e"), unseen_characters("β-CaMKII")
    (['bidirectional control character U+202E'], [])
    """
    if text.isprintable():
        return []
    found = []
    for char in text:
        kind = _UNSEEN.get(unicodedata.category(char))
        if kind and char not in "\t\n":
            found.append(f"{'bidirectional control' if char in _BIDI else kind} character U+{ord(char):04X}")
    return found
