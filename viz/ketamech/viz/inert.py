"""What keeps the text of every page inert, alone or on the site: escaping templates, JSON, hashes of the policy."""

from __future__ import annotations

import base64
import hashlib
import json
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from ketamech.viz.svg import Xml

if TYPE_CHECKING:
    from jinja2 import Environment

LICENCE: Final = "CC BY 4.0"


def static(name: str) -> str:
    """Read one of our own files."""
    return (files("ketamech.viz") / "static" / name).read_text(encoding="utf-8")


def inert_json(data: Any) -> Xml:
    r"""Write JSON that cannot end its element nor start a comment, and that old script parsers read.

    >>> print(inert_json({"b": 1, "a": "</script>"}))
    {"a":"\u003c/script\u003e","b":1}
    """
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return Xml(text)


def policy_hash(text: str) -> str:
    """Give the hash by which a policy names a script or style sheet."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def templates(**known: Any) -> Environment:
    """Give the templates, which escape every value and refuse names that nobody gave; all of them see `known`."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("ketamech.viz"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(known)
    return environment
