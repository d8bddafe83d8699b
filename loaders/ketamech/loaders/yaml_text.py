"""Read one YAML file as plain data, with the line of every value, and refuse every known trap.

YAML 1.2 is read with ruamel's composer; nothing is constructed by tag. Refused, each with line and remedy:
other encodings than UTF-8, byte order marks, NUL, control and bidirectional characters (also when escaped), a
second document, directives, anchors, aliases and merge keys (so no bombs), tags, duplicate keys, deep nesting, and
plain words that some YAML readers take for something else (`NO`, `0123`, `1e3`, `2019-04-12`, `12:30`, `=`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import AliasEvent, DocumentStartEvent, ScalarEvent
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from ketamech.graph.errors import Problem
from ketamech.loaders.plain_text import read_text, unseen_characters

MAX_DEPTH: Final = 12
MAX_WORDS: Final = 500
_INT: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_FLOAT: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,17})\.[0-9]{1,17}")
_MANGLED: Final = (
    (re.compile(r"(?i:y|n|yes|no|on|off|true|false)"), "a truth value"),
    (re.compile(r"[-+]?0[0-7_]+|0x[0-9a-fA-F]+|0o[0-7]+|0b[01]+"), "an octal or other-base number"),
    (re.compile(r"[-+]?\.?\d[\d_.]*[eE][-+]?\d+"), "a number in exponent form"),
    (re.compile(r"[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.\d*)?"), "a base-60 number"),
    (re.compile(r"\d{4}-\d{1,2}-\d{1,2}(?:[Tt ].*)?"), "a date"),
    (re.compile(r"(?i:~|null|=)|[-+]?\.(?i:inf)|\.(?i:nan)|[-+]?\.?\d[\d_.]*"), "something else"),
)

Path = tuple[str | int, ...]


@dataclass(slots=True)
class Document:
    """Hold the data of one file, the line of every value (by path), and the problems met while reading."""

    file: str
    value: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def line(self, path: Path) -> int:
        """Give the line of a value or of the nearest thing that holds it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def add(self, line: int, where: str, wrong: str, right: str) -> None:
        """Note one problem."""
        where, wrong, right = (w if len(w) <= MAX_WORDS else f"{w[:MAX_WORDS]}…" for w in (where, wrong, right))
        self.problems.append(Problem(self.file, line, where, wrong, right))


def read_yaml(data: bytes, file: str) -> Document:
    """Read bytes into a Document; its value is None, with a problem, when the text cannot be read at all."""
    doc = Document(file)
    text, doc.problems = read_text(data, file)
    if text is None or not _structure_is_plain(text, doc):
        return doc
    try:
        root = YAML(typ="safe", pure=True).compose(text)
    except (YAMLError, ValueError, OverflowError) as error:
        _syntax_problem(doc, error, 1)
        return doc
    doc.value = None if root is None else _plain(root, (), doc)
    if doc.value is None:
        doc.add(1, "", "the file is empty", "start it with `paper:`")
    return doc


def _structure_is_plain(text: str, doc: Document) -> bool:
    documents = depth = 0
    line = 1
    try:
        for event in YAML(typ="safe", pure=True).parse(text):
            line = event.start_mark.line + 1
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if event.version or event.tags:
                    doc.add(line, "", "a directive", "remove the lines that start with %")
                    return False
            if documents > 1:
                doc.add(line, "", "a second document starts here", "keep one paper per file; remove the `---`")
                return False
            if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
                doc.add(line, "", "an anchor or alias", "write the value out; `&` and `*` names are not read")
                return False
            tag = getattr(event, "tag", None) or getattr(event, "ctag", None)
            if tag and str(tag) != "!" and not (isinstance(event, ScalarEvent) and event.implicit[0]):
                doc.add(line, "", f"the tag {tag}", "remove it; values are plain text and numbers")
                return False
            name = type(event).__name__
            depth += ("MappingStart" in name or "SequenceStart" in name) - (
                "MappingEnd" in name or "SequenceEnd" in name
            )
            if depth > MAX_DEPTH:
                doc.add(line, "", "the nesting is too deep", f"use at most {MAX_DEPTH} levels")
                return False
    except (YAMLError, ValueError, OverflowError) as error:
        _syntax_problem(doc, error, line)
        return False
    return True


def _syntax_problem(doc: Document, error: Exception, last: int) -> None:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    words = getattr(error, "problem", None) or "an escape that is no character"
    doc.add(mark.line + 1 if mark else last, "", f"not YAML: {words}", "check quotes, colons and indentation")


def _plain(node: Node, path: Path, doc: Document) -> Any:
    doc.lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, ScalarNode):
        return _scalar(node, path, doc)
    if isinstance(node, SequenceNode):
        return [_plain(child, (*path, i), doc) for i, child in enumerate(node.value)]
    made: dict[str, Any] = {}
    if isinstance(node, MappingNode):
        for key_node, child in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, ScalarNode):
                doc.add(line, dotted(path), "a key that is not a word", "use field names as keys")
                continue
            key = _seen(key_node, path, doc)
            if key == "<<":
                doc.add(line, dotted(path), "a merge key", "write the fields out")
                continue
            if key in made:
                first = doc.lines[(*path, key)]
                doc.add(line, dotted((*path, key)), f"the field stands twice (first in line {first})", "keep one")
                continue
            doc.lines[(*path, key)] = line
            made[key] = _plain(child, (*path, key), doc)
    return made


def _scalar(node: ScalarNode, path: Path, doc: Document) -> Any:
    text = _seen(node, path, doc)
    if node.style is not None:
        return text
    if text == "":
        return None
    if text in ("true", "false"):
        return text == "true"
    if _INT.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    for pattern, meaning in _MANGLED:
        if pattern.fullmatch(text):
            doc.add(
                node.start_mark.line + 1,
                dotted(path),
                f"{text} is read as {meaning} by some YAML readers",
                f'put it in quotes: "{text}"',
            )
            return text
    return text


def _seen(node: ScalarNode, path: Path, doc: Document) -> str:
    """Give the text of a node, which may hold by way of escapes what `read_text` refuses in the file itself."""
    text: str = node.value
    for unseen in unseen_characters(text):
        doc.add(node.start_mark.line + 1, dotted(path), f"escaped {unseen}", "remove it")
    return text.encode("utf-8", "replace").decode("utf-8")


def dotted(path: Path) -> str:
    """Write a path as people read it, counting from one: `claims[2].object`."""
    made = ""
    for step in path:
        made += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if made else step
    return made
