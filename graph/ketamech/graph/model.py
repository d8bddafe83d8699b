"""What the knowledge is made of: entities, papers, claims, experiments, comparisons, affinities, hypotheses.

Everything here is frozen and knows neither files nor screens. A claim is one piece of evidence: one paper's
finding on one subject, predicate and object. Entities are referred to by CURIE. None means "not reported".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from ketamech.graph.quantities import Dose, Hours
from ketamech.graph.vocabulary import tier_of

Triple = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Entity:
    """Name one node: a CURIE, a preferred name, a kind, and where it belongs."""

    id: str
    name: str
    kind: str
    synonyms: tuple[str, ...] = ()
    parents: tuple[tuple[str, str], ...] = ()
    located_in: str | None = None
    xrefs: tuple[str, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """Cite one publication; `checked` holds the pages on which title and identifier were read together."""

    key: str
    title: str
    authors: str
    year: int
    journal: str | None = None
    kind: str = "primary"
    doi: str | None = None
    pmid: str | None = None
    group: str | None = None
    retracted: bool = False
    checked: tuple[str, ...] = ()

    @property
    def lab(self) -> str:
        """Name the group whose papers are not independent: the senior author, else the paper itself."""
        return self.group or self.key

    @property
    def short(self) -> str:
        """Cite in a few words: first author, journal, year; the key where neither of the first two is known."""
        known = [part for part in (self.authors, self.journal) if part]
        return ", ".join([*(known or [self.key]), str(self.year)])

    @property
    def cited(self) -> str:
        """Cite with the title, which ends as it does or with a full stop."""
        title = self.title.rstrip(". ")
        return f"{self.short}. {title}{'' if title.endswith(('?', '!')) else '.'}"


@dataclass(frozen=True, slots=True)
class Place:
    """Say where a thing was seen: a region, a cell type (both CURIEs)."""

    region: str | None = None
    cell_type: str | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """Hold the circumstances of a finding; what the source does not give is None."""

    species: str | None = None
    system: str | None = None
    model: str | None = None
    state: str | None = None
    sex: str | None = None
    population: str | None = None
    indication: str | None = None
    compound: str | None = None
    dose: Dose | None = None
    doses: int | None = None
    route: str | None = None
    time: Hours | None = None
    assay: str | None = None
    n: int | None = None


NOWHERE = Place()
UNREPORTED = Context()


@dataclass(frozen=True, slots=True)
class Claim:
    """State one finding of one paper about subject, predicate and object.

    `stance` is relative to the triple as written. `sign` is set only for predicates that bring their own.
    """

    id: str
    paper: Paper
    subject: str
    predicate: str
    object: str
    directness: str
    stance: str
    summary: str
    read: str = "abstract"
    sign: int = 0
    mechanism: str | None = None
    subject_in: Place = NOWHERE
    object_in: Place = NOWHERE
    context: Context = UNREPORTED

    @property
    def triple(self) -> Triple:
        """Give subject, predicate and object: the key of the edge this claim is evidence for."""
        return (self.subject, self.predicate, self.object)

    @property
    def tier(self) -> str:
        """Give the rung of the translational ladder."""
        return tier_of(self.context.species, self.context.system, self.paper.kind)

    @property
    def hour(self) -> Hours | None:
        """Give when it was seen, or looked for, after the dose."""
        return self.context.time

    @property
    def regions(self) -> tuple[str, ...]:
        """Give the regions in which it was seen, the object's first."""
        return tuple(r for r in (self.object_in.region, self.subject_in.region) if r)

    @property
    def cell_types(self) -> tuple[str, ...]:
        """Give the cell types in which it was seen, the object's first."""
        return tuple(c for c in (self.object_in.cell_type, self.subject_in.cell_type) if c)


@dataclass(frozen=True, slots=True)
class Intervention:
    """Say what was blocked, removed or driven, with what, where and when."""

    agent: str
    target: str
    mode: str
    place: Place = NOWHERE
    at: str | None = None


@dataclass(frozen=True, slots=True)
class Experiment:
    """Report what an intervention did to an outcome, or to a drug's effect on it."""

    id: str
    paper: Paper
    interventions: tuple[Intervention, ...]
    outcome: str
    observed: str
    summary: str
    drug: str | None = None
    aspect: str = "size"
    outcome_change: int = 0
    outcome_in: Place = NOWHERE
    measured_at: Hours | None = None
    control: str | None = None
    on: Triple | None = None
    read: str = "abstract"
    context: Context = UNREPORTED

    @property
    def tier(self) -> str:
        """Give the rung of the translational ladder."""
        return tier_of(self.context.species, self.context.system, self.paper.kind)

    @property
    def hour(self) -> Hours | None:
        """Give when the outcome was measured after the dose."""
        return self.measured_at or self.context.time

    @property
    def regions(self) -> tuple[str, ...]:
        """Give the regions of the interventions and of the outcome."""
        places = [i.place.region for i in self.interventions] + [self.outcome_in.region]
        return tuple(dict.fromkeys(r for r in places if r))

    @property
    def cell_types(self) -> tuple[str, ...]:
        """Give the cell types of the interventions and of the outcome."""
        places = [i.place.cell_type for i in self.interventions] + [self.outcome_in.cell_type]
        return tuple(dict.fromkeys(c for c in places if c))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Report how one compound did against another on one outcome (a against b)."""

    id: str
    paper: Paper
    a: str
    b: str
    outcome: str
    aspect: str
    result: str
    summary: str
    read: str = "abstract"
    context: Context = UNREPORTED


@dataclass(frozen=True, slots=True)
class Affinity:
    """Report how tightly a ligand holds its target, in nanomoles per litre."""

    id: str
    paper: Paper
    ligand: str
    target: str
    parameter: str
    relation: str
    value_nm: float
    summary: str
    read: str = "abstract"
    context: Context = UNREPORTED


@dataclass(frozen=True, slots=True)
class HypothesisStep:
    """Name one edge of an account; `assumed` says that nobody has tested it (the graph does not hold it)."""

    triple: Triple
    assumed: bool = False
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Separation:
    """Describe the experiment that would separate a hypothesis from a rival, and what each predicts.

    `done` holds the ids of evidence that comes nearest to it so far.
    """

    rival: str
    experiment: str
    predicts: str
    rival_predicts: str
    done: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Needed:
    """Name what a hypothesis holds to be needed: an entity and, where it says so, in which place and for what.

    `aspect` onset or duration: needed for that only; None: for the effect as such.
    """

    target: str
    place: Place = NOWHERE
    aspect: str | None = None


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """Hold one account of how the drug works: ordered edges, key papers (by key), evidence against it (by id).

    It has no evidence of its own: its strength is that of its edges. `targets` are what it holds to be
    needed: taking one of them away should take away the effect of its drugs (the first subjects of its steps).
    """

    slug: str
    name: str
    summary: str
    status: str
    steps: tuple[HypothesisStep, ...]
    targets: tuple[Needed, ...] = ()
    key_papers: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    separations: tuple[Separation, ...] = ()

    @property
    def subjects(self) -> frozenset[str]:
        """Give the subjects of its steps; those that are drugs are the ones whose relief it explains."""
        return frozenset(s.triple[0] for s in self.steps)

    @property
    def triples(self) -> tuple[Triple, ...]:
        """Give the edges in order, as subject, predicate and object."""
        return tuple(s.triple for s in self.steps)


@dataclass(frozen=True, slots=True)
class Mechanism:
    """Name one mechanism whose coverage is counted: by the entities it is about, or by its papers (by key).

    `searched` is the date up to which its literature was searched (ISO 8601).
    """

    slug: str
    name: str
    entities: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    searched: str = ""


# What a paper can say.
Record: TypeAlias = Claim | Experiment | Comparison | Affinity


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Hold everything that was loaded, sorted, with the hash of the files it came from."""

    entities: tuple[Entity, ...] = ()
    papers: tuple[Paper, ...] = ()
    claims: tuple[Claim, ...] = ()
    experiments: tuple[Experiment, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    affinities: tuple[Affinity, ...] = ()
    hypotheses: tuple[Hypothesis, ...] = ()
    mechanisms: tuple[Mechanism, ...] = ()
    content: str = field(default="", compare=False)

    @property
    def records(self) -> tuple[Record, ...]:
        """Give what the papers say: claims, experiments, comparisons, affinities."""
        return (*self.claims, *self.experiments, *self.comparisons, *self.affinities)
