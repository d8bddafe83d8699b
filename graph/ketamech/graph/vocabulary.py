"""The words of the graph: kinds, predicates, stances, modes, and what may join what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

KINDS: Final = (
    "drug",
    "metabolite",
    "receptor",
    "channel",
    "transporter",
    "enzyme",
    "protein",
    "gene",
    "neurotransmitter",
    "hormone",
    "complex",
    "process",
    "pathway",
    "cell_type",
    "brain_region",
    "circuit",
    "structure",
    "state",
    "behaviour",
    "clinical_outcome",
    "adverse_outcome",
    "readout",
)
COMPOUNDS: Final = frozenset({"drug", "metabolite"})
MOLECULES: Final = frozenset({"receptor", "channel", "transporter", "enzyme", "protein", "complex"})
OUTCOMES: Final = frozenset({"behaviour", "clinical_outcome", "adverse_outcome"})
PLACES: Final = frozenset({"brain_region", "circuit"})

STANCES: Final = ("supports", "refutes", "no_effect")
DIRECTNESS: Final = ("direct", "indirect", "overall")
READ_LEVELS: Final = ("full-text", "abstract", "review", "title")
PAPER_KINDS: Final = ("primary", "trial", "review", "meta-analysis", "preprint", "news")
SPECIES: Final = (
    "mouse",
    "rat",
    "macaque",
    "marmoset",
    "human",
    "monkey",
    "guinea-pig",
    "zebrafish",
    "fly",
    "frog",
    "hamster",
)
SYSTEMS: Final = ("in vivo", "ex vivo", "slice", "cell culture", "recombinant", "post-mortem")
SEXES: Final = ("male", "female", "both")
ROUTES: Final = ("ip", "iv", "im", "sc", "oral", "intranasal", "local", "icv", "bath", "inhaled", "epidural")
STATES: Final = ("stressed", "unstressed", "ill", "healthy", "active", "silent")

LOWERING: Final = frozenset(
    {
        "antagonist",
        "inverse_agonist",
        "inhibitor",
        "knockout",
        "knockdown",
        "depletion",
        "lesion",
        "antibody",
        "silencing",
    }
)
RAISING: Final = frozenset({"agonist", "positive_modulator", "overexpression", "stimulation"})
REMOVING: Final = frozenset({"knockout", "knockdown", "lesion", "depletion"})
MODES: Final = tuple(sorted(LOWERING | RAISING | {"knockin", "diet", "surgery"}))
OBSERVED: Final = (
    "abolishes",
    "attenuates",
    "no_effect",
    "mimics",
    "occludes",
    "enhances",
    "prolongs",
    "shortens",
    "restores",
)
ASPECTS: Final = ("size", "onset", "duration", "presence")
COMPARED: Final = ("size", "onset", "duration", "potency", "safety")
RESULTS: Final = ("more", "less", "equal")
PARAMETERS: Final = ("Ki", "Kd", "IC50", "EC50")
RELATIONS: Final = ("=", "<", ">")
MOMENTS: Final = ("before", "with", "after")

TIERS: Final = ("unknown", "in vitro", "rodent", "primate", "human observational", "human controlled")
RODENTS: Final = frozenset({"mouse", "rat", "guinea-pig", "hamster"})
PRIMATES: Final = frozenset({"macaque", "marmoset", "monkey"})


@dataclass(frozen=True, slots=True)
class Predicate:
    """Describe one relation: its sign, its opposite, whether it may be a step, and what it joins.

    `sign` is +1, -1 or 0 (none); `own_sign` says that each claim brings its own.
    `role` is `step`, `last` (only the last hop of a path), `beside` (shown, never walked), `rollup` or `never`.
    An empty `subjects` or `objects` allows every kind.
    """

    name: str
    sign: int
    opposite: str | None
    role: str
    verb: str
    subjects: frozenset[str] = frozenset()
    objects: frozenset[str] = frozenset()
    own_sign: bool = False


_CAUSES: Final = frozenset(KINDS) - {"readout"}
_ACTIVE: Final = MOLECULES | {"pathway", "cell_type"} | PLACES
_COUNTED: Final = frozenset(KINDS) - {"drug"} - PLACES
_MATTER: Final = frozenset({"drug", "metabolite", "neurotransmitter", "hormone"})

PREDICATES: Final[dict[str, Predicate]] = {
    p.name: p
    for p in (
        Predicate("activates", 1, "inhibits", "step", "activates", _CAUSES, _ACTIVE),
        Predicate("inhibits", -1, "activates", "step", "inhibits", _CAUSES, _ACTIVE),
        Predicate("increases", 1, "decreases", "step", "raises", _CAUSES, _COUNTED),
        Predicate("decreases", -1, "increases", "step", "lowers", _CAUSES, _COUNTED),
        Predicate("modulates", 0, None, "step", "changes", _CAUSES, frozenset(KINDS) - {"drug"}),
        Predicate("binds", 0, None, "beside", "binds", _MATTER | {"protein", "complex"}, MOLECULES),
        Predicate("converts_to", 1, None, "step", "is converted to", _MATTER, _MATTER),
        Predicate("is_readout_of", 0, None, "last", "tells of", frozenset({"readout", "behaviour"}), own_sign=True),
        Predicate("part_of", 0, None, "rollup", "is part of"),
        Predicate("is_a", 0, None, "rollup", "is a kind of"),
        Predicate("located_in", 0, None, "never", "is located in"),
        Predicate("correlates_with", 0, None, "never", "goes with", own_sign=True),
        Predicate("predicts", 0, None, "never", "predicts", own_sign=True),
        Predicate("precedes", 0, None, "never", "comes before"),
    )
}


def joins(predicate: str, subject_kind: str, object_kind: str) -> bool:
    """Tell whether a predicate may join these two kinds.

    >>> joins("inhibits", "drug", "receptor"), joins("activates", "readout", "receptor")
    (True, False)
    """
    rule = PREDICATES[predicate]
    return (not rule.subjects or subject_kind in rule.subjects) and (not rule.objects or object_kind in rule.objects)


def tier_of(species: str | None, system: str | None, paper_kind: str) -> str:
    """Place one piece of evidence on the translational ladder.

    Dishes, slices and expressed receptors are `in vitro` whatever the species; a human trial is
    `human controlled`, every other finding in people `human observational`.

    >>> tier_of("human", "cell culture", "primary"), tier_of("rat", None, "primary")
    ('in vitro', 'rodent')
    """
    if system in ("cell culture", "recombinant", "slice"):
        return "in vitro"
    if species == "human":
        return "human controlled" if paper_kind in ("trial", "meta-analysis") else "human observational"
    if species in PRIMATES:
        return "primate"
    return "rodent" if species in RODENTS else "unknown"
