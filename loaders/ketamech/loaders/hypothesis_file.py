"""Turn one hypothesis file into a hypothesis, and hold it against the papers: every edge, id and key must exist."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Annotated, Final

from pydantic import ConfigDict, Field

from ketamech.graph.errors import AmbiguousName, UnknownName
from ketamech.graph.mechanism import MechanismGraph
from ketamech.graph.model import Hypothesis, HypothesisStep, Needed, Place, Separation, Triple
from ketamech.graph.names import NameIndex
from ketamech.graph.vocabulary import PREDICATES
from ketamech.loaders.shapes import PlaceShape, Shape, Slug, Text, one_of
from ketamech.loaders.yaml_text import Document, Path, dotted

STATUSES: Final = ("supported", "contested", "weakened")
PLACES: Final = {"region": ("brain_region", "circuit"), "cell_type": ("cell_type",)}
EMPTY: Final[Mapping[str, Collection[str]]] = {}


class NeededShape(Shape):
    """What must be intact, and where."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, populate_by_name=True)

    target: Text
    place: PlaceShape = Field(default=PlaceShape(), alias="in")
    aspect: Annotated[str, one_of("onset", "duration")] | None = None


class HypothesisHead(Shape):
    """What a hypothesis says in words."""

    slug: Slug
    name: Text
    summary: Text
    status: Annotated[str, one_of(*STATUSES)]
    targets: Annotated[list[NeededShape], Field(min_length=1)]
    key_papers: Annotated[list[Slug], Field(min_length=1)]
    against: list[Text] = Field(default=[])


class StepShape(Shape):
    """One edge of a hypothesis."""

    subject: Text
    predicate: Annotated[str, one_of(*PREDICATES)]
    object: Text
    assumed: bool = False
    note: Text | None = None


class SeparationShape(Shape):
    """The experiment that would separate it from a rival."""

    rival: Slug
    experiment: Text
    predicts: Text
    rival_predicts: Text
    done: list[Text] = Field(default=[])


class HypothesisShape(Shape):
    """One hypothesis: head, ordered edges, separating experiments."""

    hypothesis: HypothesisHead
    steps: Annotated[list[StepShape], Field(min_length=1)]
    separations: list[SeparationShape] = Field(default=[])


def make_hypothesis(doc: Document, shape: HypothesisShape, names: NameIndex) -> Hypothesis | None:
    """Resolve the names of a hypothesis; note every problem, and give None when one of its names is unknown."""
    before = len(doc.problems)

    def id_of(name: str, path: Path, kinds: Collection[str] = ()) -> str:
        try:
            found = names.resolve(name)
            if kinds and found.kind not in kinds:
                wrong, right = f"{found.name} is a {found.kind}", f"name a {' or '.join(kinds)}"
                doc.add(doc.line(path), dotted(path), wrong, right)
            return found.id
        except (AmbiguousName, UnknownName) as error:
            doc.add(doc.line(path), dotted(path), error.message.rstrip("."), "write a name of entities.tsv")
            return ""

    steps = []
    for i, s in enumerate(shape.steps):
        triple = (id_of(s.subject, ("steps", i, "subject")), s.predicate, id_of(s.object, ("steps", i, "object")))
        steps.append(HypothesisStep(triple, s.assumed, s.note))
    head = shape.hypothesis
    targets = []
    for i, t in enumerate(head.targets):
        path: Path = ("hypothesis", "targets", i)
        region, cell = (
            id_of(name, (*path, "in", field), PLACES[field]) if name else None
            for field, name in (("region", t.place.region), ("cell_type", t.place.cell_type))
        )
        targets.append(Needed(id_of(t.target, (*path, "target")), Place(region, cell), t.aspect))
    if len(doc.problems) > before:
        return None
    return Hypothesis(
        head.slug,
        head.name,
        head.summary,
        head.status,
        tuple(steps),
        tuple(targets),
        tuple(head.key_papers),
        tuple(head.against),
        tuple(
            Separation(s.rival, s.experiment, s.predicts, s.rival_predicts, tuple(s.done)) for s in shape.separations
        ),
    )


def check_hypotheses(
    made: Sequence[tuple[Document, Hypothesis]],
    graph: MechanismGraph,
    later: Mapping[str, Collection[str]] = EMPTY,
) -> None:
    """Note in each document what its hypothesis names and the knowledge does not hold.

    `later` names, by file, the papers of folders on top of that of the file: evidence that a reader adds for an edge
    that the packaged knowledge assumes is no fault of the packaged file.
    """
    k = graph.knowledge
    papers = {p.key for p in k.papers}
    evidence = {r.id for r in k.records}
    slugs = [h.slug for _, h in made]
    edges: dict[Triple, set[str]] = {}
    for e in graph.edges.values():
        keys = {c.paper.key for c in e.claims} | {x.paper.key for x in (*e.experiments, *e.objections)}
        edges.setdefault((e.subject, e.predicate, e.object), set()).update(keys)
    for doc, h in made:
        _known(doc, ("hypothesis", "key_papers"), h.key_papers, papers, "paper")
        _known(doc, ("hypothesis", "against"), h.against, evidence, "evidence")
        if slugs.count(h.slug) > 1:
            doc.add(doc.line(("hypothesis", "slug")), "hypothesis.slug", f"'{h.slug}' stands twice", "choose another")
        for i, step in enumerate(h.steps):
            path: Path = ("steps", i)
            known = edges.get(step.triple, set())
            if known - set(later.get(doc.file, ())) if step.assumed else not known:
                wrong = "the graph holds this edge" if step.assumed else "no evidence makes this edge"
                right = "take `assumed` away" if step.assumed else "correct the names, or write `assumed: true`"
                doc.add(doc.line(path), dotted(path), wrong, right)
        for i, s in enumerate(h.separations):
            _known(doc, ("separations", i, "rival"), [s.rival], set(slugs) - {h.slug}, "other hypothesis")
            _known(doc, ("separations", i, "done"), s.done, evidence, "evidence")


def _known(doc: Document, path: Path, given: Iterable[str], allowed: set[str], what: str) -> None:
    for word in given:
        if word not in allowed:
            doc.add(doc.line(path), dotted(path), f"no {what} '{word}'", "name one that is in the knowledge")
