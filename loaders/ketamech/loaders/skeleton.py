"""Begin the file of a new paper: what is known stands in it, every other field as a commented line with its words."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ketamech.graph import vocabulary as v
from ketamech.graph.errors import BadValue
from ketamech.graph.identifiers import is_slug
from ketamech.loaders.citations import find_citations
from ketamech.loaders.shape_check import read_shape
from ketamech.loaders.shapes import PaperShape
from ketamech.loaders.yaml_text import Document, read_yaml

REQUIRED: Final = ("title", "year", "kind", "checked")
WISHED: Final = ("pmid", "authors", "group", "journal")
MAX_SLUG: Final = 60
_PLAIN: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/()-]*")
_FOLD: Final = str.maketrans({"ø": "o", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "đ": "d", "ı": "i", "ð": "d"})
_STAND_INS: Final = {"title": "x", "year": 2000, "kind": "primary", "checked": ["https://example.org/"]}


@dataclass(frozen=True, slots=True)
class Given:
    """Hold what is known of a paper before it is read."""

    doi: str
    key: str
    title: str | None = None
    authors: str | None = None
    year: int | None = None
    journal: str | None = None
    pmid: str | None = None

    @property
    def left(self) -> tuple[str, ...]:
        """Name the required fields that are still to fill."""
        return tuple(name for name in REQUIRED if getattr(self, name, None) is None)

    @property
    def wished(self) -> tuple[str, ...]:
        """Name the other fields of the citation that are still to fill, where they can be seen."""
        return tuple(name for name in WISHED if getattr(self, name, None) is None)


def bare_doi(text: str) -> str:
    """Give the DOI of a text that is a DOI, its `doi:` form or an address that holds it; raise BadValue.

    >>> bare_doi("https://doi.org/10.1126/science.aat8078"), bare_doi("doi:10.1038/tp.2013.112")
    ('10.1126/science.aat8078', '10.1038/tp.2013.112')
    """
    word = text.strip()
    found = [s.id for s in find_citations(word) if s.kind == "doi"]
    if len(found) == 1 and not re.search(r"\s", re.sub(r"(?i)^doi:\s+", "", word)):
        return found[0]
    raise BadValue(f"'{text}' is not a DOI.", "Write it as 10.1126/science.aat8078 or https://doi.org/10.1126/….")


def default_key(doi: str, authors: str | None = None, year: int | None = None, *, apart: bool = False) -> str:
    """Make the key of a paper: first author's surname and year, else `new` and the DOI.

    `apart` tells two DOIs apart that differ only in signs which a key cannot hold.

    >>> default_key("10.1126/science.aat8078", "Moda-Sava RN et al.", 2019)
    'modasava2019'
    >>> default_key("10.1126/science.aat8078")
    'new-10-1126-science-aat8078'
    """
    key = f"{_surname(authors or '')}{year}"
    if authors and year is not None and is_slug(key):
        return key
    slug = "-".join(re.findall(r"[a-z0-9]+", doi.lower()))
    if apart or len(slug) > MAX_SLUG:
        slug = f"{slug[:MAX_SLUG].rstrip('-')}-{hashlib.sha256(doi.lower().encode()).hexdigest()[:8]}"
    return f"new-{slug}"


def _surname(authors: str) -> str:
    words = authors.partition(",")[0].split()
    own = words[:1]
    for word in words[1:]:
        if word.replace(".", "").replace("-", "").isupper() or word.lower() in ("et", "and", "&"):
            break
        own.append(word)
    plain = unicodedata.normalize("NFKD", "".join(own).lower().translate(_FOLD))
    return "".join(c for c in plain if c.isascii() and c.isalnum())


def skeleton(given: Given) -> str:
    """Write the file of a paper that is begun; raise BadValue when what is given breaks a rule of the format."""
    if not is_slug(given.key):
        raise BadValue(f"'{given.key}' is not a key.", "Use lower-case letters, digits and hyphens, such as li2010.")
    text = "\n".join([*_HEAD, "paper:", *_paper(given), *_records(given.key)]) + "\n"
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError:
        raise BadValue("What is given is not text in UTF-8.", "Type it anew.") from None
    doc = read_yaml(data, given.key)
    if not doc.problems:
        stand_ins = {name: _STAND_INS[name] for name in given.left}
        doc = Document(given.key, value={**doc.value["paper"], **stand_ins})
        read_shape(doc, PaperShape)
    for problem in doc.problems:
        where = problem.field.removeprefix("paper.")
        raise BadValue(
            f"{where + ': ' if where else ''}{problem.wrong}.", f"{problem.right[:1].upper()}{problem.right[1:]}."
        )
    return text


_HEAD: Final = (
    "## A paper that is begun. Lines that start with one # are fields: fill them and take the # away, or delete them.",
    "## What the source does not report is left out; docs/curation.md tells the rest. Then run `ketamech check`.",
)


def _paper(given: Given) -> Iterator[str]:
    yield f"  key: {given.key}"
    yield f"  doi: {_scalar(given.doi)}"
    rows: Sequence[tuple[str, Any, str, str]] = (
        ("pmid", given.pmid, '"12345678"', "its digits in quotes"),
        ("title", given.title, '"Exact title as seen"', "required"),
        ("authors", given.authors, "Surname AB et al.", ""),
        ("group", None, "Senior C", "the last author"),
        ("year", given.year, "2019", "required"),
        ("journal", given.journal, "Journal as seen", ""),
        ("kind", None, v.PAPER_KINDS[0], _one_of(v.PAPER_KINDS, "required, ")),
        ("retracted", None, "false", "one of: true, false"),
        ("checked", None, "[https://page.where/title-and-doi-stood-together]", "required, one address or more"),
    )
    for name, value, example, note in rows:
        if value is None:
            yield f"  # {name}: {example}" + (f"  # {note}" if note else "")
        else:
            yield f"  {name}: {_scalar(value)}"


def _records(key: str) -> Iterator[str]:
    yield "## One finding of the paper; names are those of entities.tsv. Repeat it for every finding."
    for line in (
        "claims:  # required, unless there is an experiment, comparison or affinity",
        f"  - id: {key}.short-slug  # required: key, dot, lower-case words and hyphens",
        "    subject: ketamine  # required",
        f"    predicate: inhibits  # {_one_of(v.PREDICATES, 'required, ')}",
        "    object: NMDA receptor  # required",
        f"    directness: direct  # {_one_of(v.DIRECTNESS, 'required, ')}",
        f"    stance: supports  # {_one_of(v.STANCES, 'required, ')}",
        "    mechanism: channel block",
        "    summary: One sentence of your own.  # required",
        f"    read: abstract  # {_one_of(v.READ_LEVELS)}",
        "    subject_in: {region: medial prefrontal cortex, cell_type: pyramidal neuron}",
        "    object_in: {region: medial prefrontal cortex, cell_type: pyramidal neuron}",
        *_context(),
    ):
        yield f"# {line}"
    signed = ", ".join(name for name, rule in v.PREDICATES.items() if rule.own_sign)
    yield f"## {signed} also need `sign: 1` or `sign: -1`; no other predicate has a sign."
    yield "## One intervention and what it did to an outcome. Repeat it for every experiment."
    agent = f"agent: NBQX, target: AMPA receptor, mode: antagonist, at: {v.MOMENTS[0]}"
    for line in (
        "experiments:",
        f"  - id: {key}.nbqx-blocks-fst  # required",
        "    drug: ketamine  # left out when the intervention was tested alone",
        f"    interventions: [{{{agent}, in: {{region: medial prefrontal cortex}}}}]  # required",
        "    outcome: forced-swim immobility  # required",
        "    outcome_change: decreases  # one of: increases, decreases (how the drug alone moved the outcome)",
        "    outcome_in: {region: medial prefrontal cortex, cell_type: pyramidal neuron}",
        f"    aspect: size  # {_one_of(v.ASPECTS)}",
        f"    observed: abolishes  # {_one_of(v.OBSERVED, 'required, ')}",
        "    measured_at: 24 h",
        "    control: saline",
        "    on: {subject: ketamine, predicate: decreases, object: forced-swim immobility}  # an edge of some claim",
        "    summary: One sentence of your own.  # required",
        f"    read: abstract  # {_one_of(v.READ_LEVELS)}",
        *_context(),
    ):
        yield f"# {line}"
    yield f"## mode: {_one_of(v.MODES)}"
    yield f"## at: {_one_of(v.MOMENTS)}"
    yield "## Comparisons of two compounds and affinities: see docs/curation.md."


def _context() -> Iterator[str]:
    yield "    context:"
    for name, example, note in (
        ("species", "mouse", _one_of(v.SPECIES)),
        ("system", "in vivo", _one_of(v.SYSTEMS)),
        ("model", "chronic corticosterone", ""),
        ("state", "stressed", _one_of(v.STATES)),
        ("sex", "male", _one_of(v.SEXES)),
        ("population", "adult patients", ""),
        ("indication", "depression", ""),
        ("compound", "ketamine", "a drug or metabolite of entities.tsv"),
        ("dose", "10 mg/kg", "number or range, and unit"),
        ("doses", "1", "how many were given"),
        ("route", "ip", _one_of(v.ROUTES)),
        ("time", "12-24 h", "after the last dose"),
        ("assay", "two-photon imaging", ""),
        ("n", "12", "how many subjects"),
    ):
        yield f"      {name}: {example}" + (f"  # {note}" if note else "")


def _one_of(words: Sequence[str] | dict[str, v.Predicate], before: str = "") -> str:
    return f"{before}one of: {', '.join(words)}"


def _scalar(value: str | int) -> str:
    """Write a value so that YAML reads it back as it was."""
    if isinstance(value, int):
        return str(value)
    plain = _PLAIN.fullmatch(value) and value.startswith("10.") and "/" in value
    return value if plain else json.dumps(value, ensure_ascii=False)
