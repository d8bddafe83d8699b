"""CURIEs, DOIs and PubMed numbers: what a valid one looks like and where it leads."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote

LOCAL_PREFIX: Final = "ketamech"
_CURIE = re.compile(r"([A-Za-z][A-Za-z0-9]*):([A-Za-z0-9][A-Za-z0-9._-]*)")
DOI_PATTERN: Final = r'10\.[0-9]{4,9}/[^\s"<>]+'
PMID_PATTERN: Final = r"[1-9][0-9]{0,7}"
SLUG_PATTERN: Final = r"[a-z][a-z0-9]*(?:[_-][a-z0-9]+)*"
_DOI = re.compile(DOI_PATTERN)
_PMID = re.compile(PMID_PATTERN)
_SLUG = re.compile(SLUG_PATTERN)
_REFERENCE = re.compile(
    r"(?i)^(?:(?:https?://(?:dx\.)?doi\.org/|doi:\s*)(?=10\.)|(?:https?://pubmed\.ncbi\.nlm\.nih\.gov/|pmid[:\s]\s*)(?=[1-9]))"
)

PREFIX_URLS: Final = {
    "CHEBI": "https://www.ebi.ac.uk/chebi/searchId.do?chebiId=CHEBI:{}",
    "HGNC": "https://www.genenames.org/data/gene-symbol-report/#!/hgnc_id/HGNC:{}",
    "GO": "https://amigo.geneontology.org/amigo/term/GO:{}",
    "MESH": "https://meshb.nlm.nih.gov/record/ui?ui={}",
    "MONDO": "https://monarchinitiative.org/MONDO:{}",
    "HP": "https://hpo.jax.org/browse/term/HP:{}",
    "UBERON": "https://purl.obolibrary.org/obo/UBERON_{}",
    "CL": "https://purl.obolibrary.org/obo/CL_{}",
    "EFO": "https://www.ebi.ac.uk/efo/EFO_{}",
    "DOID": "https://purl.obolibrary.org/obo/DOID_{}",
}


def is_curie(text: str) -> bool:
    """Tell whether a text is a CURIE of a known prefix or a local one.

    >>> is_curie("CHEBI:6121"), is_curie("ketamech:burst-firing"), is_curie("javascript:alert")
    (True, True, False)
    """
    found = _CURIE.fullmatch(text)
    return found is not None and (found[1] in PREFIX_URLS or found[1] == LOCAL_PREFIX)


def is_doi(text: str) -> bool:
    """Tell whether a text is a bare DOI.

    >>> is_doi("10.1126/science.aat8078"), is_doi("https://doi.org/10.1126/science.aat8078")
    (True, False)
    """
    return _DOI.fullmatch(text) is not None


def is_pmid(text: str) -> bool:
    """Tell whether a text is a PubMed number.

    >>> is_pmid("20724638"), is_pmid("0123456")
    (True, False)
    """
    return _PMID.fullmatch(text) is not None


def bare_reference(text: str) -> str:
    """Give a DOI or PubMed number without its prefix or web address, and any other text as it is.

    >>> bare_reference("https://doi.org/10.1126/science.aat8078"), bare_reference("PMID:20724638")
    ('10.1126/science.aat8078', '20724638')
    """
    return _REFERENCE.sub("", text.strip()).removesuffix("/")


def is_slug(text: str) -> bool:
    """Tell whether a text is a lower-case key such as `li2010` or `spines-at-24-h`.

    >>> is_slug("li2010"), is_slug("Li 2010")
    (True, False)
    """
    return _SLUG.fullmatch(text) is not None


def curie_url(curie: str) -> str | None:
    """Give the public page of a CURIE, or None for a local one.

    >>> curie_url("HGNC:1033")
    'https://www.genenames.org/data/gene-symbol-report/#!/hgnc_id/HGNC:1033'
    """
    prefix, _, local = curie.partition(":")
    pattern = PREFIX_URLS.get(prefix)
    return pattern.format(quote(local, safe="")) if pattern and is_curie(curie) else None


def paper_url(doi: str | None, pmid: str | None) -> str | None:
    """Give the public page of a paper, by DOI before PubMed number.

    >>> paper_url(None, "20724638")
    'https://pubmed.ncbi.nlm.nih.gov/20724638/'
    """
    if doi and is_doi(doi):
        return f"https://doi.org/{quote(doi, safe='/()')}"
    if pmid and is_pmid(pmid):
        return f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/"
    return None
