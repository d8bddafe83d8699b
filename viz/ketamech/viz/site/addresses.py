"""Where pages and findings stand: file names and anchors made of CURIEs, keys and ids.

A name is the id in lower case where one can tell the id from it again; any other gets a hash behind `~`, which no
plain name holds. So two ids never share a name, on file systems that do not tell case apart either, and the name
of one does not depend on what else there is.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

from ketamech.graph.identifiers import LOCAL_PREFIX, PREFIX_URLS

LONGEST: Final = 80
_PLAIN: Final = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
_LOCAL: Final = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*")
_EVIDENCE: Final = re.compile(r"[a-z][a-z0-9_-]*\.[a-z0-9][a-z0-9_-]*")
_PREFIXES: Final = {prefix.lower(): prefix for prefix in PREFIX_URLS}
# Windows opens devices under these names, whatever ending follows.
_DEVICES: Final = frozenset({"con", "prn", "aux", "nul", *(f"{n}{i}" for n in ("com", "lpt") for i in range(10))})


def file_name(id: str) -> str:
    """Give the name of the page of an id, without ending.

    >>> file_name("CHEBI:6121"), file_name("modasava2019"), file_name("ketamech:2r-6r-hnk")
    ('chebi-6121', 'modasava2019', 'ketamech-2r-6r-hnk')
    >>> file_name("con") == "con"
    False
    """
    prefix, colon, local = id.partition(":")
    if colon:
        known = prefix in PREFIX_URLS or prefix == LOCAL_PREFIX
        same = local == (local.lower() if prefix == LOCAL_PREFIX else local.upper())
        if known and same and len(id) <= LONGEST and _LOCAL.fullmatch(local.lower()):
            return f"{prefix.lower()}-{local.lower()}"
        return _hashed(id)
    # A key that looks like a CURIE's name would be taken for one.
    taken = id.partition("-")[0] in {*_PREFIXES, LOCAL_PREFIX}
    safe = _PLAIN.fullmatch(id) and len(id) <= LONGEST and id not in _DEVICES and not taken
    return id if safe else _hashed(id)


def anchor(id: str) -> str:
    """Give the anchor of a finding or an edge: the id of a finding itself.

    >>> anchor("modasava2019.spines-restored")
    'modasava2019.spines-restored'
    >>> anchor("CHEBI:6121|inhibits|GO:0017146").partition("~")[0]
    'chebi-6121-inhibits-go-0017146'
    """
    return id if _EVIDENCE.fullmatch(id) and len(id) <= 2 * LONGEST else _hashed(id)


def _hashed(id: str) -> str:
    words = re.sub(r"[^a-z0-9]+", "-", id.lower()).strip("-")[:LONGEST].strip("-") or "x"
    return f"{words}~{hashlib.sha256(id.encode('utf-8', 'surrogatepass')).hexdigest()[:10]}"


@dataclass(frozen=True, slots=True)
class Links:
    """Say where one page finds the others: `up` leads to the root of the site.

    What the site does not hold, and everything on a page that stands `alone`, leads nowhere (None).
    """

    up: str = ""
    alone: bool = False
    entities: Collection[str] = ()
    records: Mapping[str, str] = field(default_factory=dict)
    papers: Collection[str] = ()
    hypotheses: Collection[str] = ()

    def entity(self, id: str | None) -> str | None:
        """Give the page of an entity."""
        known = id is not None and id in self.entities and not self.alone
        return f"{self.up}entity/{file_name(id or '')}.html" if known else None

    def paper(self, key: str) -> str | None:
        """Give the page of a paper."""
        return f"{self.up}paper/{file_name(key)}.html" if key in self.papers and not self.alone else None

    def finding(self, id: str) -> str | None:
        """Give the place of a finding on the page of its paper."""
        page = self.paper(self.records.get(id, ""))
        return f"{page}#{anchor(id)}" if page else None

    def hypothesis(self, slug: str) -> str | None:
        """Give the page of a hypothesis."""
        known = slug in self.hypotheses and not self.alone
        return f"{self.up}hypothesis/{file_name(slug)}.html" if known else None

    def other(self, path: str) -> str | None:
        """Give any other page of the site by its path."""
        return None if self.alone else f"{self.up}{path}"
