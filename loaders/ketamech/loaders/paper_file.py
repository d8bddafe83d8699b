"""Turn one paper file into claims, experiments, comparisons and affinities, or say what is wrong with it.

Names are resolved against the entity table; rules that need more than one field are checked here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from ketamech.graph.errors import AmbiguousName, UnknownName
from ketamech.graph.model import (
    Affinity,
    Claim,
    Comparison,
    Context,
    Entity,
    Experiment,
    Intervention,
    Paper,
    Place,
    Triple,
)
from ketamech.graph.names import NameIndex
from ketamech.graph.quantities import Dose, Hours
from ketamech.graph.vocabulary import COMPOUNDS, KINDS, MOLECULES, OUTCOMES, PREDICATES, joins
from ketamech.loaders.shapes import ClaimShape, ContextShape, ExperimentShape, FileShape, PaperShape, PlaceShape
from ketamech.loaders.yaml_text import Document, Path, dotted

_SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(slots=True)
class PaperFile:
    """Hold what one file says, with the place of every record (for checks across files).

    `claimed` counts the claims of the file, also those that could not be made.
    """

    doc: Document
    paper: Paper
    claims: list[Claim] = field(default_factory=list)
    experiments: list[Experiment] = field(default_factory=list)
    comparisons: list[Comparison] = field(default_factory=list)
    affinities: list[Affinity] = field(default_factory=list)
    places: dict[str, Path] = field(default_factory=dict)
    claimed: int = 0


class PaperReader:
    """Resolve the names of one file and apply the rules that join fields."""

    def __init__(self, doc: Document, names: NameIndex) -> None:
        self._doc = doc
        self._names = names

    def read(self, shape: FileShape) -> PaperFile:
        """Make the records of a file whose shape is sound; note every problem."""
        made = PaperFile(self._doc, _paper(shape.paper), claimed=len(shape.claims))
        for i, claim in enumerate(shape.claims):
            self._keep(made, made.claims, self._claim(claim, made.paper, ("claims", i)), claim.id, ("claims", i))
        for i, experiment in enumerate(shape.experiments):
            path: Path = ("experiments", i)
            self._keep(made, made.experiments, self._experiment(experiment, made.paper, path), experiment.id, path)
        for i, c in enumerate(shape.comparisons):
            path = ("comparisons", i)
            a, b = self._compound(c.a, (*path, "a")), self._compound(c.b, (*path, "b"))
            outcome, context = self._entity(c.outcome, (*path, "outcome")), self._context(c.context, path)
            row = None
            if a and b and outcome:
                row = Comparison(
                    c.id, made.paper, a.id, b.id, outcome.id, c.aspect, c.result, c.summary, c.read, context
                )
            self._keep(made, made.comparisons, row, c.id, path)
        for i, f in enumerate(shape.affinities):
            path = ("affinities", i)
            ligand = self._compound(f.ligand, (*path, "ligand"))
            target = self._of_kind(f.target, sorted(MOLECULES), (*path, "target"))
            context = self._context(f.context, path)
            held = None
            if ligand and target:
                held = Affinity(
                    f.id,
                    made.paper,
                    ligand.id,
                    target.id,
                    f.parameter,
                    f.relation,
                    f.value_nM,
                    f.summary,
                    f.read,
                    context,
                )
            self._keep(made, made.affinities, held, f.id, path)
        if not (shape.claims or shape.experiments or shape.comparisons or shape.affinities):
            self._fault(("paper",), "the paper says nothing", "enter a claim, experiment, comparison or affinity")
        return made

    def _keep(self, made: PaperFile, rows: list[Any], row: Any, id: str, path: Path) -> None:
        key, _, slug = id.partition(".")
        if key != made.paper.key or not _SLUG.fullmatch(slug):
            self._fault(
                (*path, "id"), f"'{id}' is not the paper's key, a dot and a slug", f"write {made.paper.key}.short-slug"
            )
        if id in made.places:
            first = self._doc.line((*made.places[id], "id"))
            self._fault((*path, "id"), f"'{id}' stands in line {first} too", "give every record an id of its own")
        made.places.setdefault(id, path)
        if row is not None:
            rows.append(row)

    def _claim(self, c: ClaimShape, paper: Paper, path: Path) -> Claim | None:
        subject = self._entity(c.subject, (*path, "subject"))
        object = self._entity(c.object, (*path, "object"))
        context = self._context(c.context, path)
        places = (self._place(c.subject_in, (*path, "subject_in")), self._place(c.object_in, (*path, "object_in")))
        rule = PREDICATES[c.predicate]
        if rule.own_sign and c.sign is None:
            self._fault((*path, "predicate"), f"{c.predicate} without a sign", "add `sign: 1` or `sign: -1`")
        if not rule.own_sign and c.sign is not None:
            self._fault((*path, "sign"), f"{c.predicate} has its own sign", "remove the field")
        if subject is None or object is None:
            return None
        if subject.kind in KINDS and object.kind in KINDS:  # else the table is to blame, and says so
            self._check_join(subject, c.predicate, object, path)
            self._check_directness(subject, c.directness, object, path)
        return Claim(
            c.id,
            paper,
            subject.id,
            c.predicate,
            object.id,
            c.directness,
            c.stance,
            c.summary,
            c.read,
            c.sign or 0,
            c.mechanism,
            *places,
            context,
        )

    def _check_join(self, subject: Entity, predicate: str, object: Entity, path: Path) -> None:
        if subject.id == object.id:
            self._fault((*path, "object"), "subject and object are the same", "name what it acts on")
        elif not joins(predicate, subject.kind, object.kind):
            rule = PREDICATES[predicate]
            side = "subject" if rule.subjects and subject.kind not in rule.subjects else "object"
            kind, allowed = (subject.kind, rule.subjects) if side == "subject" else (object.kind, rule.objects)
            self._fault(
                (*path, "predicate"),
                f"{predicate} does not join {side}s of kind {kind} ({(subject if side == 'subject' else object).name})",
                f"its {side} is one of: {', '.join(sorted(allowed))}",
            )

    def _check_directness(self, subject: Entity, directness: str, object: Entity, path: Path) -> None:
        end = object.kind in OUTCOMES
        if subject.kind in COMPOUNDS | {"state"} and end and directness != "overall":
            self._fault(
                (*path, "directness"), f"'{directness}' from {subject.kind} to {object.kind}", "write overall: no step"
            )
        if directness == "overall" and not end and object.kind != "readout":
            self._fault(
                (*path, "directness"),
                f"'overall' to a {object.kind}",
                "write direct or indirect: overall ends at behaviour, clinical or adverse outcomes and their readouts",
            )
        if directness == "overall" and subject.kind not in COMPOUNDS | {"state", "hormone"}:
            self._fault(
                (*path, "directness"), f"'overall' from a {subject.kind}", "write indirect: only drugs and stressors"
            )

    def _experiment(self, e: ExperimentShape, paper: Paper, path: Path) -> Experiment | None:
        drug = self._compound(e.drug, (*path, "drug")) if e.drug else None
        outcome = self._entity(e.outcome, (*path, "outcome"))
        context = self._context(e.context, path)
        outcome_in = self._place(e.outcome_in, (*path, "outcome_in"))
        interventions = []
        for i, x in enumerate(e.interventions):
            at: Path = (*path, "interventions", i)
            target, place = self._entity(x.target, (*at, "target")), self._place(x.place, (*at, "in"))
            if target:
                interventions.append(Intervention(x.agent, target.id, x.mode, place, x.at))
        if e.drug is None and e.observed not in ("mimics", "no_effect"):
            self._fault(
                (*path, "observed"), f"'{e.observed}' without a drug", "name the drug, or write mimics or no_effect"
            )
        on = self._triple(e, path)
        if outcome is None or (e.drug and drug is None) or len(interventions) < len(e.interventions):
            return None
        change = {"increases": 1, "decreases": -1}.get(e.outcome_change or "", 0)
        return Experiment(
            e.id,
            paper,
            tuple(interventions),
            outcome.id,
            e.observed,
            e.summary,
            drug.id if drug else None,
            e.aspect,
            change,
            outcome_in,
            Hours.parse(e.measured_at) if e.measured_at else None,
            e.control,
            on,
            e.read,
            context,
        )

    def _triple(self, e: ExperimentShape, path: Path) -> Triple | None:
        if e.on is None:
            return None
        subject = self._entity(e.on.subject, (*path, "on", "subject"))
        object = self._entity(e.on.object, (*path, "on", "object"))
        return (subject.id, e.on.predicate, object.id) if subject and object else None

    def _context(self, shape: ContextShape, path: Path) -> Context:
        compound = self._compound(shape.compound, (*path, "context", "compound")) if shape.compound else None
        fields = shape.model_dump(exclude={"compound", "dose", "time"})
        return Context(
            **fields,
            compound=compound.id if compound else None,
            dose=Dose.parse(shape.dose) if shape.dose else None,
            time=Hours.parse(shape.time) if shape.time else None,
        )

    def _place(self, shape: PlaceShape, path: Path) -> Place:
        region = self._of_kind(shape.region, ("brain_region", "circuit"), (*path, "region"))
        cell = self._of_kind(shape.cell_type, ("cell_type",), (*path, "cell_type"))
        return Place(region.id if region else None, cell.id if cell else None)

    def _of_kind(self, name: str | None, kinds: Iterable[str], path: Path) -> Entity | None:
        found = self._entity(name, path) if name else None
        if found and found.kind in KINDS and found.kind not in kinds:
            self._fault(path, f"{found.name} is a {found.kind}", f"name a {' or '.join(kinds)}")
            return None
        return found

    def _compound(self, name: str, path: Path) -> Entity | None:
        found = self._entity(name, path)
        if found and found.kind in KINDS and found.kind not in COMPOUNDS | {"neurotransmitter", "hormone", "protein"}:
            self._fault(path, f"{found.name} is a {found.kind}", "name a drug or metabolite")
            return None
        return found

    def _entity(self, name: str, path: Path) -> Entity | None:
        try:
            return self._names.resolve(name)
        except AmbiguousName as error:
            self._fault(path, error.message.rstrip("."), "write the preferred name or the CURIE")
        except UnknownName as error:
            near = f"did you mean {' or '.join(error.suggestions)}? Else " if error.suggestions else ""
            self._fault(path, f"no entity '{name}'", f"{near}add a row to entities.tsv")
        return None

    def _fault(self, path: Path, wrong: str, right: str) -> None:
        self._doc.add(self._doc.line(path), dotted(path), wrong, right)


def _paper(p: PaperShape) -> Paper:
    return Paper(
        p.key,
        p.title,
        p.authors or "",
        p.year,
        p.journal,
        p.kind,
        p.doi,
        p.pmid,
        p.group,
        p.retracted,
        tuple(p.checked),
    )
