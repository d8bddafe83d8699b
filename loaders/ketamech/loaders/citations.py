"""Find what a text cites: DOIs, PubMed and PMC numbers, and publishers' links that give none of these.

Every pattern is bounded, so that the time grows with the length of the text and no faster.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Final
from urllib.parse import unquote, urlsplit

from ketamech.graph.identifiers import is_doi, is_pmid
from ketamech.graph.source_answers import CitedSource

MAX_DOI: Final = 250
_BEGIN: Final = r"(?<![0-9.])10\.[0-9]{4,9}(?:/|%2[Ff])"
_REST: Final = r"(?:(?!https?://|[,;](?:10\.[0-9]{4}|doi))[A-Za-z0-9._;()/:+~\[\]@!$*,=%-]){1,300}"
_DOI: Final = re.compile(_BEGIN + _REST)
_TOKEN: Final = re.compile(
    r"(?P<url>(?:https?://|(?<![A-Za-z0-9.@/_-])(?:[A-Za-z0-9-]{1,30}\.){1,4}(?:com|org|gov|net|edu|uk|eu|io)/)"
    r"[A-Za-z0-9._~:/?#\[\]@!$&()*+,;=%-]{1,500})"
    rf"|(?P<doi>{_BEGIN}{_REST})"
    r"|(?i:\bPMID(?P<many>s?)(?![A-Za-z])|\bPubMed(?:[ _]?ID)?(?=\s{0,3}[:#=]))"
    r"(?:</?[A-Za-z]{1,10}>|[\s:#=*_\[({\"'-]){0,8}(?P<pmid>[0-9]{1,8})(?![0-9])"
    r"|(?i:\bPMC(?:ID[\s:#=*_-]{0,6}(?:PMC)?)?)(?P<pmc>[0-9]{3,9})(?![0-9])"
)
_NEXT_PMID: Final = re.compile(r"\s{0,3}(?:[,;]|and\b)\s{0,3}([0-9]{5,8})(?![0-9])")
_PMID_PAGES: Final = re.compile(
    r"(?i:(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/(?:m/)?pubmed)/(?:\?term=)?|/pmc/articles/pmid/"
    r"|europepmc\.org/(?:article|abstract)/MED/)([0-9]{1,8})(?![0-9A-Za-z+%])"
)
_PMC_PAGES: Final = re.compile(
    r"(?i:(?:ncbi\.nlm\.nih\.gov/(?:labs/)?pmc|pmc\.ncbi\.nlm\.nih\.gov)/articles/(?:PMC)?"
    r"|europepmc\.org/(?:article|articles|abstract)/(?:PMC/)?(?:PMC)?)([0-9]{3,9})(?![0-9])"
)
_NATURE: Final = re.compile(r"(?i:nature\.com/articles/)([A-Za-z0-9.-]{3,60})")
_ELIFE: Final = re.compile(r"(?i:elifesciences\.org/(?:articles|reviewed-preprints)/)([0-9]{4,6})(?![0-9])")
_NATURE_SAME: Final = re.compile(
    r"[sd][0-9]{5}-[0-9]{3}-[0-9]{4,5}-[0-9a-z]|(?:nature|ncomms|srep)[0-9]{3,6}|n[a-z]{1,9}[0-9]{3,4}"
    r"|[a-z]{2,12}(?:\.[0-9]{1,5}){1,3}"
)
_NATURE_YEAR: Final = re.compile(r"([a-z]{2,12})((?:19|20)[0-9]{2})([0-9]{1,4})")
_MARKS: Final = ".,;:!?*_~/=$@-"
_VIEW_WORDS: Final = """
abstract full fulltext full-text text html article pdf epdf pdfdirect epub meta references summary figures tables
metrics suppl
"""
_VIEWS: Final = frozenset(_VIEW_WORDS.split())
_FILE: Final = re.compile(r"(?i:\.(?:full|abstract|pdf|html?|xml)(?:\+html)?)$")
_PREPRINT: Final = re.compile(r"(10\.(?:1101|64898)/[0-9.]+)v[0-9]{1,3}(?![0-9A-Za-z]).*")
_TRACKING: Final = re.compile(r"[?&](?:via|utm_[a-z]+|casa_token|ref|rss|dgcid|fbclid)(?:=|%3D)[^&#]*", re.IGNORECASE)
_ENTITY: Final = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{1,31});")
_ESCAPED: Final = re.compile(r"\\([_*()\[\]<>~#.&+-])")
_UNSEEN: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_HYPHENS: Final = str.maketrans("\u2010\u2011", "--")
_BRACKET: Final = re.compile(r"[()\[\]]")
_PAIRS: Final = {")": "(", "]": "["}
_HOSTS: Final = """
acs.org ahajournals.org annualreviews.org aspetjournals.org biologicalpsychiatryjournal.com biomedcentral.com
biorxiv.org bmj.com cambridge.org cell.com degruyter.com dovepress.com elifesciences.org elsevier.com embopress.org
eneuro.org f1000research.com frontiersin.org hindawi.com jamanetwork.com jbc.org jci.org jneurosci.org jstor.org
karger.com liebertpub.com lww.com mdpi.com medrxiv.org nature.com nejm.org oup.com oxfordjournals.org peerj.com
physiology.org plos.org pnas.org psychiatrist.com psychiatryonline.org researchgate.net researchsquare.com rsc.org
rupress.org sagepub.com science.org sciencedirect.com sciencemag.org semanticscholar.org springer.com
springeropen.com ssrn.com tandfonline.com thelancet.com wiley.com
"""
_PUBLISHERS: Final = frozenset(_HOSTS.split())


def find_citations(text: str) -> list[CitedSource]:
    """Find what a text cites, in its order, each once; identifiers that differ only in case are one.

    >>> [(s.kind, s.id, s.line) for s in find_citations("See [this](https://doi.org/10.1126/science.aat8078).")]
    [('doi', '10.1126/science.aat8078', 1)]
    >>> [s.id for s in find_citations("www.nature.com/articles/s41398-020-0844-4, PMID: 20724638")]
    ['10.1038/s41398-020-0844-4', '20724638']
    """
    first: dict[tuple[str, str], CitedSource] = {}
    times: dict[tuple[str, str], int] = {}
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), start=1):
        for kind, name, found in _in_line(_readable(line)):
            same = (kind, name.lower())
            first.setdefault(same, CitedSource(kind, name, number, found))
            times[same] = times.get(same, 0) + 1
    return [CitedSource(s.kind, s.id, s.line, s.found, times[same]) for same, s in first.items()]


def _readable(line: str) -> str:
    """Undo what HTML, Markdown and word processors do to identifiers; nothing that steers a terminal stays."""
    line = _ENTITY.sub(lambda m: unescape(m[0]), line) if "&" in line else line
    line = _ESCAPED.sub(r"\1", line) if "\\" in line else line
    line = _UNSEEN.sub("", line).translate(_HYPHENS)
    return line if line.isprintable() else "".join(c if c.isprintable() else " " for c in line)


def _in_line(line: str) -> Iterator[tuple[str, str, str]]:
    at = 0
    while token := _TOKEN.search(line, at):
        at = token.end()
        if token["url"]:
            found = _balanced(token["url"])
            at = token.start() + max(len(found), 1)
            found = found.rstrip(".,;:!?*_~")
            if cited := _behind(found):
                yield *cited, found
        elif token["doi"]:
            found = _balanced(token["doi"])
            at = token.start() + max(len(found), 1)
            yield from _doi(found)
        elif token["pmc"]:
            yield "pmcid", f"PMC{token['pmc']}", token[0]
        elif is_pmid(token["pmid"]):
            yield "pmid", token["pmid"], token[0]
            while token["many"] and (more := _NEXT_PMID.match(line, at)):
                at = more.end()
                yield "pmid", more[1], more[1]


def _doi(found: str) -> Iterator[tuple[str, str, str]]:
    name = tidy_doi(found)
    if name:
        yield "doi", name, found


def _behind(url: str) -> tuple[str, str] | None:
    """Tell what a link leads to: an identifier it holds or implies, else the page of a publisher."""
    plain = unquote(url)
    doi = _DOI.search(plain)
    name = tidy_doi(doi[0]) if doi else None
    if name:
        return "doi", name
    if (page := _PMID_PAGES.search(plain)) and is_pmid(page[1]):
        return "pmid", page[1]
    if page := _PMC_PAGES.search(plain):
        return "pmcid", f"PMC{page[1]}"
    if page := _ELIFE.search(plain):
        return "doi", f"10.7554/eLife.{page[1]}"
    if (page := _NATURE.search(plain)) and (name := _of_nature(page[1].lower())):
        return "doi", name
    return _page(url)


def _page(url: str) -> tuple[str, str] | None:
    try:
        parts = urlsplit(url if "://" in url else f"https://{url}")
        host = (parts.hostname or "").split(".")
    except ValueError:
        return None
    of_publisher = any(".".join(host[-n:]) in _PUBLISHERS for n in (2, 3))
    if not of_publisher or not any(c.isdigit() for c in parts.path + parts.query):
        return None
    return "link", _TRACKING.sub("", parts._replace(fragment="").geturl())


def _of_nature(article: str) -> str | None:
    """Give the DOI that an article number of nature.com stands for, where the rule is certain."""
    article = re.sub(r"(?:_reference)?\.e?pdf$", "", article).rstrip(".")
    if _NATURE_SAME.fullmatch(article):
        return f"10.1038/{article}"
    parts = _NATURE_YEAR.fullmatch(article)
    return f"10.1038/{parts[1]}.{parts[2]}.{parts[3]}" if parts else None


def tidy_doi(found: str) -> str | None:
    """Take off a found DOI what does not belong to it; None when no DOI is left.

    >>> tidy_doi("10.3389/fnins.2019.00123/full"), tidy_doi("10.1101/2020.01.01.123456v2.full.pdf")
    ('10.3389/fnins.2019.00123', '10.1101/2020.01.01.123456')
    >>> tidy_doi("10.1016/S0140-6736(19)30041-8)."), tidy_doi("10.1126/...")
    ('10.1016/S0140-6736(19)30041-8', None)
    """
    if "%" in found:
        whole = _DOI.match(unquote(found))
        found = whole[0] if whole else ""
    found = _balanced(found)
    preprint = _PREPRINT.fullmatch(found)
    found = preprint[1] if preprint else found
    for _ in range(4):  # "…/full.pdf." takes three rounds
        found = _FILE.sub("", found.rstrip(_MARKS))
        head, _, last = found.rpartition("/")
        found = head if last.lower() in _VIEWS else found
    prefix, _, suffix = found.partition("/")
    truncated = "(sici)" in suffix.lower() and not suffix.lower().partition("co;2")[1]
    sound = prefix and any(c.isalnum() for c in suffix) and len(found) <= MAX_DOI and not truncated
    return found if sound and is_doi(found) else None


def _balanced(text: str) -> str:
    """Cut a text before the first bracket that has no partner in it."""
    open_at: dict[str, list[int]] = {"(": [], "[": []}
    for bracket in _BRACKET.finditer(text):
        if bracket[0] in open_at:
            open_at[bracket[0]].append(bracket.start())
        elif open_at[_PAIRS[bracket[0]]]:
            open_at[_PAIRS[bracket[0]]].pop()
        else:
            return text[: bracket.start()]
    unclosed = [places[0] for places in open_at.values() if places]
    return text[: min(unclosed)] if unclosed else text
