"""Load knowledge folders: every file is read, every problem reported at once, nothing half-loaded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ketamech.graph.errors import DataError, Problem
from ketamech.graph.mechanism import MechanismGraph
from ketamech.graph.model import Entity, Hypothesis, Knowledge, Mechanism, Paper
from ketamech.graph.names import NameIndex
from ketamech.loaders.entity_table import read_entities
from ketamech.loaders.hypothesis_file import HypothesisShape, check_hypotheses, make_hypothesis
from ketamech.loaders.mechanism_table import read_mechanisms
from ketamech.loaders.paper_file import PaperFile, PaperReader
from ketamech.loaders.plain_text import read_text
from ketamech.loaders.seed_table import check_seeds
from ketamech.loaders.shape_check import read_shape
from ketamech.loaders.shapes import FileShape
from ketamech.loaders.sources import HYPOTHESES, MECHANISMS, PAPERS, SEEDS, SUFFIXES, TABLE, Source, content_hash
from ketamech.loaders.yaml_text import Document, dotted, read_yaml
from ketamech.loaders.yaml_text import Path as DocumentPath


def load_sources(sources: Sequence[Source], unread: Sequence[Problem] = ()) -> Knowledge:
    """Make knowledge of file contents; raise DataError with every problem of every file, `unread` ones included."""
    by_kind: dict[str, list[Source]] = {kind: [] for kind in (TABLE, PAPERS, HYPOTHESES, MECHANISMS, SEEDS)}
    for source in sources:
        by_kind[source.kind].append(source)
    entities, problems = _entities(by_kind[TABLE])
    problems += unread
    tables_read = all(p.file.endswith(SUFFIXES) for p in unread)
    names = NameIndex(entities) if entities is not None and tables_read else None
    files: list[PaperFile] = []
    for source in by_kind[PAPERS]:
        doc = read_yaml(source.data, source.name)
        shape = read_shape(doc, FileShape) if doc.value is not None else None
        if shape is not None:
            _named_as_its_file(doc, shape.paper.key, ("paper", "key"))
            if names is not None:
                files.append(PaperReader(doc, names).read(shape))
        problems += doc.problems
    problems += _across(files, whole=len(files) == len(by_kind[PAPERS]))
    accounts, found = _hypotheses(by_kind[HYPOTHESES], names)
    if problems or found or names is None:
        raise DataError([*problems, *found])
    knowledge = Knowledge(
        tuple(sorted(entities or (), key=lambda e: e.id)),
        tuple(sorted((f.paper for f in files), key=lambda p: p.key)),
        tuple(sorted((c for f in files for c in f.claims), key=lambda c: c.id)),
        tuple(sorted((e for f in files for e in f.experiments), key=lambda e: e.id)),
        tuple(sorted((c for f in files for c in f.comparisons), key=lambda c: c.id)),
        tuple(sorted((a for f in files for a in f.affinities), key=lambda a: a.id)),
        tuple(sorted((h for _, h in accounts), key=lambda h: h.slug)),
        content=content_hash(sources),
    )
    check_hypotheses(accounts, MechanismGraph(knowledge), _later_papers(sources, files))
    mechanisms, faults = _mechanisms(by_kind[MECHANISMS], names, {p.key for p in knowledge.papers})
    problems = [*faults, *(p for doc, _ in accounts for p in doc.problems), *_seeds(by_kind[SEEDS], knowledge)]
    if problems:
        raise DataError(problems)
    return replace(knowledge, mechanisms=tuple(mechanisms))


def _named_as_its_file(doc: Document, key: str, path: DocumentPath) -> None:
    if key != Path(doc.file).stem:
        doc.add(doc.line(path), dotted(path), "differs from the file's name", "make them the same")


def _hypotheses(
    sources: Sequence[Source], names: NameIndex | None
) -> tuple[list[tuple[Document, Hypothesis]], list[Problem]]:
    made: list[tuple[Document, Hypothesis]] = []
    problems: list[Problem] = []
    for source in sources:
        doc = read_yaml(source.data, source.name)
        shape = read_shape(doc, HypothesisShape) if doc.value is not None else None
        if shape is not None:
            _named_as_its_file(doc, shape.hypothesis.slug, ("hypothesis", "slug"))
            account = make_hypothesis(doc, shape, names) if names is not None else None
            if account is not None and not doc.problems:
                made.append((doc, account))
        problems += doc.problems
    return made, problems


def _later_papers(sources: Sequence[Source], files: Sequence[PaperFile]) -> dict[str, set[str]]:
    """Give, for every hypothesis file, the keys of the papers that folders on top of its own add."""
    order = {folder: i for i, folder in enumerate(dict.fromkeys(_folder(s.name) for s in sources))}
    return {
        source.name: {f.paper.key for f in files if order[_folder(f.doc.file)] > order[_folder(source.name)]}
        for source in sources
        if source.kind == HYPOTHESES
    }


def _folder(file: str) -> Path:
    parent = Path(file).parent
    return parent.parent if parent.name in (PAPERS, HYPOTHESES) else parent


def _seeds(tables: Sequence[Source], knowledge: Knowledge) -> list[Problem]:
    ids = {r.id for r in knowledge.records}
    problems: list[Problem] = []
    for source in tables:
        text, found = read_text(source.data, source.name)
        problems += found
        problems += check_seeds(text, source.name, ids) if text is not None else []
    return problems


def _mechanisms(tables: Sequence[Source], names: NameIndex, papers: set[str]) -> tuple[list[Mechanism], list[Problem]]:
    made: list[Mechanism] = []
    problems: list[Problem] = []
    for source in tables:
        text, found = read_text(source.data, source.name)
        if text is not None:
            rows, faults = read_mechanisms(text, source.name, names, papers, [m.slug for m in made])
            made += rows
            found += faults
        problems += found
    return made, problems


def _entities(tables: Sequence[Source]) -> tuple[list[Entity] | None, list[Problem]]:
    """Read all tables; None for the entities says that one of them holds no rows that can be read."""
    entities: dict[str, Entity] = {}
    problems: list[Problem] = []
    whole = True
    for source in tables:
        text, found = read_text(source.data, source.name)
        rows = None
        if text is not None:
            rows, faults = read_entities(text, source.name, known=entities)
            found += faults
        problems += found
        whole = whole and rows is not None
        entities |= {e.id: e for e in rows or () if e.id not in entities}
    return list(entities.values()) if whole else None, problems


def _across(files: Sequence[PaperFile], *, whole: bool) -> list[Problem]:
    """Compare files; `on` is looked up only where every claim could be read, else it would be blamed in vain."""
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
    whole = whole and all(len(made.claims) == made.claimed for made in files)
    triples = {c.triple for made in files for c in made.claims}
    signs: dict[tuple[str, str, str], int] = {}
    for made in files:
        for claim in made.claims:
            if claim.sign and signs.setdefault(claim.triple, claim.sign) != claim.sign:
                path = (*made.places[claim.id], "sign")
                wrong, right = "differs from another claim on the same edge", "keep one sign; use `stance: refutes`"
                problems.append(Problem(made.doc.file, made.doc.line(path), dotted(path), wrong, right))
        for experiment in made.experiments if whole else ():
            if experiment.on is not None and experiment.on not in triples:
                path = (*made.places[experiment.id], "on")
                wrong = "no claim of any paper makes this edge"
                right = "enter the claim, correct the names, or leave `on` out"
                problems.append(Problem(made.doc.file, made.doc.line(path), dotted(path), wrong, right))
    return problems


def _identities(paper: Paper) -> list[tuple[str, str]]:
    found = [("key", paper.key), ("doi", (paper.doi or "").lower()), ("pmid", paper.pmid or "")]
    return [(what, value) for what, value in found if value]
