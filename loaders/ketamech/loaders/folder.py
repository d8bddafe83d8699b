"""Load knowledge folders: every file is read, every problem reported at once, nothing half-loaded."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ketamech.graph.errors import DataError, Problem
from ketamech.graph.model import Entity, Knowledge, Paper
from ketamech.graph.names import NameIndex
from ketamech.graph.vocabulary import PREDICATES
from ketamech.loaders.entity_table import read_entities
from ketamech.loaders.paper_file import PaperFile, PaperReader, read_shape
from ketamech.loaders.sources import Source, content_hash
from ketamech.loaders.yaml_text import read_yaml


def load_sources(sources: Sequence[Source]) -> Knowledge:
    """Make knowledge of file contents; raise DataError with every problem of every file."""
    entities, problems = _entities([s for s in sources if s.name.endswith(".tsv")])
    names = NameIndex(entities)
    files: list[PaperFile] = []
    for source in sources:
        if source.name.endswith(".tsv"):
            continue
        doc = read_yaml(source.data, source.name)
        shape = read_shape(doc) if doc.value is not None else None
        if shape is not None:
            made = PaperReader(doc, names).read(shape)
            if made.paper.key != Path(source.name).stem:
                doc.add(doc.line(("paper", "key")), "paper.key", "differs from the file's name", "make them the same")
            files.append(made)
        problems += doc.problems
    problems += _across(files)
    if problems:
        raise DataError(problems)
    return Knowledge(
        tuple(sorted(entities, key=lambda e: e.id)),
        tuple(sorted((f.paper for f in files), key=lambda p: p.key)),
        tuple(sorted((c for f in files for c in f.claims), key=lambda c: c.id)),
        tuple(sorted((e for f in files for e in f.experiments), key=lambda e: e.id)),
        tuple(sorted((c for f in files for c in f.comparisons), key=lambda c: c.id)),
        tuple(sorted((a for f in files for a in f.affinities), key=lambda a: a.id)),
        content_hash(sources),
    )


def _entities(tables: Sequence[Source]) -> tuple[list[Entity], list[Problem]]:
    entities: dict[str, Entity] = {}
    problems: list[Problem] = []
    for source in tables:
        try:
            text = source.data.decode("utf-8")
        except UnicodeDecodeError:
            problems.append(Problem(source.name, 1, "", "the file is not UTF-8", "save it as UTF-8"))
            continue
        rows, found = read_entities(text, source.name, known=entities)
        problems += found
        for entity in rows:
            earlier = entities.setdefault(entity.id, entity)
            if earlier != entity:
                wrong = f"{entity.id} is another entity in an earlier folder ({earlier.name})"
                problems.append(Problem(source.name, 0, "curie", wrong, "keep one row"))
    return list(entities.values()), problems


def _across(files: Sequence[PaperFile]) -> list[Problem]:
    problems: list[Problem] = []
    seen: dict[tuple[str, str], PaperFile] = {}
    for made in files:
        for what, value in _identities(made.paper):
            other = seen.setdefault((what, value), made)
            if other is not made:
                doc = made.doc
                wrong = f"{value} is also that of {other.doc.file}"
                where = doc.line(("paper", what))
                problems.append(Problem(doc.file, where, f"paper.{what}", wrong, "keep one file per paper"))
    triples = {c.triple for made in files for c in made.claims}
    signs: dict[tuple[str, str, str], int] = {}
    for made in files:
        for claim in made.claims:
            if PREDICATES[claim.predicate].own_sign and signs.setdefault(claim.triple, claim.sign) != claim.sign:
                path = (*made.places[claim.id], "sign")
                wrong = "differs from another claim on the same edge"
                problems.append(
                    Problem(made.doc.file, made.doc.line(path), "sign", wrong, "keep one sign; use `stance: refutes`")
                )
        for experiment in made.experiments:
            if experiment.on is not None and experiment.on not in triples:
                path = (*made.places[experiment.id], "on")
                wrong = "no claim of any paper makes this edge"
                right = "enter the claim, correct the names, or leave `on` out"
                problems.append(Problem(made.doc.file, made.doc.line(path), "on", wrong, right))
    return problems


def _identities(paper: Paper) -> list[tuple[str, str]]:
    found = [("key", paper.key), ("doi", (paper.doi or "").lower()), ("pmid", paper.pmid or "")]
    return [(what, value) for what, value in found if value]
