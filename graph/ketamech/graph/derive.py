"""Steps that experiments imply: blocking a target and watching an outcome tells that the target drives it.

- The intervention alone moved the outcome (`mimics`, no drug): the target drives the outcome.
- The intervention took the drug's effect away (`abolishes`, `attenuates`): the target lies on the drug's route.

The sign follows from the mode (lowering or raising the target) and from the way the outcome moved. Taking away a
target that the drug itself lowers (the NMDA receptor, or a subunit of it) removes the drug's site, so there the
sign turns round: with a the drug's sign on the target and s the target's on the outcome, a s is the drug's sign on
the outcome. What changes the drug's own grip on what it touches (its block of a channel, say) is no step of a route.
An antagonist of what the drug itself lowers cannot tell a missing helper from a missing site, so it implies nothing;
neither does any removal of what the drug was seen to lower in a dish only.
A blocker given alone to people is the trial of another drug, to be explained and not a step.
Experiments with several interventions, or whose direction is not known, imply nothing. `no_effect` on
the same target and outcome objects to the derived step.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from ketamech.graph.model import Claim, Entity, Experiment
from ketamech.graph.vocabulary import COMPOUNDS, LOWERING, PREDICATES, RAISING, REMOVING, joins


@dataclass(frozen=True, slots=True)
class DerivedStep:
    """Hold one implied step with the experiments for and against it."""

    subject: str
    predicate: str
    object: str
    sign: int
    supporting: tuple[Experiment, ...]
    objecting: tuple[Experiment, ...]


def derive_steps(
    experiments: Iterable[Experiment],
    claims: Sequence[Claim],
    entities: Mapping[str, Entity],
    family: Mapping[str, tuple[str, ...]],
) -> tuple[DerivedStep, ...]:
    """Read off every step that the experiments imply, sorted by subject, object and sign.

    `family` names, for an entity, itself and everything it is part of or a kind of.
    """
    effects = _drug_effects(claims)
    alive = {(c.subject, c.object) for c in claims if c.stance == "supports" and c.tier != "in vitro"}
    touched = {(c.subject, c.object) for c in claims if c.directness == "direct"}
    found: dict[tuple[str, str, int], list[Experiment]] = {}
    against: dict[tuple[str, str], list[Experiment]] = {}
    for experiment in sorted(experiments, key=lambda e: e.id):
        if len(experiment.interventions) != 1 or experiment.paper.retracted:
            continue
        intervention = experiment.interventions[0]
        target, outcome = intervention.target, experiment.outcome
        if experiment.drug is None and experiment.context.species == "human":
            continue
        if target == outcome or entities[target].kind in COMPOUNDS or (experiment.drug, outcome) in touched:
            continue
        if experiment.observed == "no_effect":
            against.setdefault((target, outcome), []).append(experiment)
            continue
        sign = implied_sign(experiment, effects, alive, family.get(target, (target,)))
        if sign:
            found.setdefault((target, outcome, sign), []).append(experiment)
    steps = []
    for (target, outcome, sign), supporting in sorted(found.items(), key=lambda item: item[0]):
        predicate = _predicate(entities[target].kind, entities[outcome].kind, sign)
        if predicate:
            objecting = tuple(against.get((target, outcome), ()))
            steps.append(DerivedStep(target, predicate, outcome, sign, tuple(supporting), objecting))
    return tuple(steps)


def implied_sign(
    experiment: Experiment,
    effects: Mapping[tuple[str, str], int],
    alive: Collection[tuple[str | None, str]],
    family: Iterable[str],
) -> int:
    """Give the sign of target on outcome that one experiment implies, 0 when it implies none.

    `alive` holds the pairs of drug and target whose effect was seen elsewhere than in a dish.
    """
    mode = experiment.interventions[0].mode
    direction = -1 if mode in LOWERING else 1 if mode in RAISING else 0
    if experiment.drug is None:
        return direction * experiment.outcome_change if experiment.observed == "mimics" else 0
    if experiment.observed not in ("abolishes", "attenuates"):
        return 0
    change = (
        experiment.outcome_change or _change_on(experiment) or effects.get((experiment.drug, experiment.outcome), 0)
    )
    if direction > 0:
        return -change
    lowered = [member for member in family if effects.get((experiment.drug, member)) == -1]
    if lowered and (mode not in REMOVING or not any((experiment.drug, member) in alive for member in lowered)):
        return 0
    return change * -direction * (-1 if lowered else 1)


def _change_on(experiment: Experiment) -> int:
    if experiment.on and experiment.on[0] == experiment.drug and experiment.on[2] == experiment.outcome:
        return PREDICATES[experiment.on[1]].sign
    return 0


def _drug_effects(claims: Iterable[Claim]) -> dict[tuple[str, str], int]:
    signs: dict[tuple[str, str], set[int]] = {}
    for claim in claims:
        sign = PREDICATES[claim.predicate].sign
        if sign and claim.stance == "supports" and not claim.paper.retracted:
            signs.setdefault((claim.subject, claim.object), set()).add(sign)
    return {pair: next(iter(found)) for pair, found in signs.items() if len(found) == 1}


def _predicate(subject_kind: str, object_kind: str, sign: int) -> str | None:
    for predicate in ("increases", "activates") if sign > 0 else ("decreases", "inhibits"):
        if joins(predicate, subject_kind, object_kind):
            return predicate
    return None
