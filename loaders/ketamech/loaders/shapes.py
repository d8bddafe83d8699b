"""The shape of a paper file: strict, every unknown field refused, every value held to its vocabulary."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, GetJsonSchemaHandler, field_validator
from pydantic_core import PydanticCustomError, core_schema

from ketamech.graph import vocabulary as v
from ketamech.graph.errors import BadValue
from ketamech.graph.identifiers import DOI_PATTERN, PMID_PATTERN, SLUG_PATTERN, is_doi, is_pmid, is_slug
from ketamech.graph.quantities import Dose, Hours

FIRST_YEAR: Final = 1900
MAX_QUANTITY: Final = 40
_ADDRESS_PATTERN: Final = r'https?://[A-Za-z0-9.-]+(?::[0-9]+)?(?:[/?#][^\s<>"]*)?'
_ADDRESS: Final = re.compile(_ADDRESS_PATTERN)


def _fault(wrong: str, right: str) -> PydanticCustomError:
    return PydanticCustomError("rule", "{wrong}", {"wrong": wrong, "right": right})


def _given(value: Any) -> Any:
    if value is None:
        raise _fault("has no value", "write one, or leave the field out (absent means not reported)")
    return value


def _text(value: Any) -> Any:
    _given(value)
    if isinstance(value, bool):
        word = str(value).lower()
        raise _fault(f"{word} is a truth value, not text", f'put it in quotes: "{word}"')
    if isinstance(value, int | float):
        raise _fault(f"{value} is a number, not text", f'put it in quotes: "{value}"')
    if isinstance(value, str) and not value.strip():
        raise _fault("is empty", "write something, or leave the field out (absent means not reported)")
    return value


@dataclass(frozen=True, eq=False)
class Rule:
    """Hold one check of a value before its type is looked at, and what a JSON Schema says of it."""

    check: Callable[[Any], Any]
    schema: dict[str, Any] = field(default_factory=dict)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        return core_schema.no_info_before_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(self, core: Any, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {**handler(core), **self.schema}


def one_of(*allowed: str) -> Rule:
    """Hold a text to a vocabulary."""

    def check(value: Any) -> Any:
        if _text(value) not in allowed:
            raise _fault(f"'{value}' is not one of its words", f"use one of: {', '.join(allowed)}")
        return value

    return Rule(check, {"enum": list(allowed)})


def checked(test: Callable[[str], bool], pattern: str, what: str, right: str) -> Rule:
    """Hold a text to a test; editors are told its pattern."""

    def check(value: Any) -> Any:
        if not isinstance(_text(value), str) or not test(value):
            raise _fault(f"'{value}' is not {what}", right)
        return value

    return Rule(check, {"pattern": f"^(?:{pattern})$"})


def quantity(parse: Callable[[str], object], example: str) -> Rule:
    """Hold a text to the grammar of doses or times."""

    def check(value: Any) -> Any:
        try:
            parse(str(_text(value)))
        except BadValue as error:
            raise _fault(error.message.rstrip("."), error.hint.rstrip(".")) from None
        if not value.isascii() or len(value) > MAX_QUANTITY:
            raise _fault(f"'{value}' is not written in plain digits", f"write it like {example}")
        return value

    return Rule(check, {"examples": [example]})


def whole(low: int, high: int, what: str) -> Rule:
    """Hold a value to whole numbers in a range."""

    def check(value: Any) -> Any:
        if isinstance(value, bool) or not isinstance(value, int):
            raise _fault(f"{value!r} is not a whole number", f"write {what} as a plain number")
        if not low <= value <= high:
            raise _fault(f"{value} is out of range", f"{what} lies between {low} and {high}")
        return value

    return Rule(check, {"minimum": low, "maximum": high})


def _year(value: Any) -> Any:
    last = datetime.date.today().year + 1
    if isinstance(value, bool) or not isinstance(value, int):
        raise _fault(f"{value!r} is not a year", "write it as a plain number, such as 2019")
    if not FIRST_YEAR <= value <= last:
        raise _fault(f"{value} is an impossible year", f"it lies between {FIRST_YEAR} and {last}")
    return value


def _sign(value: Any) -> Any:
    if not isinstance(value, int) or isinstance(value, bool) or value not in (1, -1):
        raise _fault(f"{value!r} is not a sign", "write 1 or -1")
    return value


def _is_address(value: str) -> bool:
    return _ADDRESS.fullmatch(value) is not None


def _is_number_of_pubmed(value: str) -> bool:
    return value.isascii() and is_pmid(value)


Text = Annotated[str, Rule(_text, {"pattern": r"\S"})]
Slug = Annotated[
    str, checked(is_slug, SLUG_PATTERN, "a key", "use lower-case letters, digits and hyphens, such as li2010")
]
Time = Annotated[str, quantity(Hours.parse, "12-24 h")]
DoseText = Annotated[str, quantity(Dose.parse, "10 mg/kg")]
Address = Annotated[
    str,
    checked(_is_address, _ADDRESS_PATTERN, "a web address", "give the page where title and identifier stood together"),
]


class Shape(BaseModel):
    """Refuse unknown fields and convert nothing."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    @field_validator("*", mode="before")
    @classmethod
    def _every_field_given(cls, value: Any) -> Any:
        return _given(value)


class PaperShape(Shape):
    """The citation."""

    key: Slug
    title: Text
    year: Annotated[int, Rule(_year, {"minimum": FIRST_YEAR})]
    kind: Annotated[str, one_of(*v.PAPER_KINDS)]
    checked: Annotated[list[Address], Field(min_length=1)]
    authors: Text | None = None
    journal: Text | None = None
    doi: Annotated[str, checked(is_doi, DOI_PATTERN, "a bare DOI", "write it as 10.1126/science.aat8078")] | None = None
    pmid: (
        Annotated[
            str,
            checked(_is_number_of_pubmed, PMID_PATTERN, "a PubMed number", 'write its digits in quotes: "20724638"'),
        ]
        | None
    ) = None
    group: Text | None = None
    retracted: bool = False


class PlaceShape(Shape):
    """Where a thing was seen."""

    region: Text | None = None
    cell_type: Text | None = None


class ContextShape(Shape):
    """The circumstances; absent means not reported."""

    species: Annotated[str, one_of(*v.SPECIES)] | None = None
    system: Annotated[str, one_of(*v.SYSTEMS)] | None = None
    model: Text | None = None
    state: Annotated[str, one_of(*v.STATES)] | None = None
    sex: Annotated[str, one_of(*v.SEXES)] | None = None
    population: Text | None = None
    indication: Text | None = None
    compound: Text | None = None
    dose: DoseText | None = None
    doses: Annotated[int, whole(1, 1000, "the number of doses")] | None = None
    route: Annotated[str, one_of(*v.ROUTES)] | None = None
    time: Time | None = None
    assay: Text | None = None
    n: Annotated[int, whole(1, 10_000_000, "the number of subjects")] | None = None


class RecordShape(Shape):
    """What claims, experiments, comparisons and affinities share."""

    id: Text
    summary: Text
    read: Annotated[str, one_of(*v.READ_LEVELS)] = "abstract"
    context: ContextShape = ContextShape()


class ClaimShape(RecordShape):
    """One finding."""

    subject: Text
    predicate: Annotated[str, one_of(*v.PREDICATES)]
    object: Text
    directness: Annotated[str, one_of(*v.DIRECTNESS)]
    stance: Annotated[str, one_of(*v.STANCES)]
    sign: Annotated[int, Rule(_sign, {"enum": [1, -1]})] | None = None
    mechanism: Text | None = None
    subject_in: PlaceShape = PlaceShape()
    object_in: PlaceShape = PlaceShape()


class InterventionShape(Shape):
    """What was blocked, removed or driven."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, populate_by_name=True)

    agent: Text
    target: Text
    mode: Annotated[str, one_of(*v.MODES)]
    at: Annotated[str, one_of(*v.MOMENTS)] | None = None
    place: PlaceShape = Field(default=PlaceShape(), alias="in")


class TripleShape(Shape):
    """The edge an experiment bears on."""

    subject: Text
    predicate: Annotated[str, one_of(*v.PREDICATES)]
    object: Text


class ExperimentShape(RecordShape):
    """What an intervention did to an outcome."""

    interventions: Annotated[list[InterventionShape], Field(min_length=1)]
    outcome: Text
    observed: Annotated[str, one_of(*v.OBSERVED)]
    drug: Text | None = None
    aspect: Annotated[str, one_of(*v.ASPECTS)] = "size"
    outcome_change: Annotated[str, one_of("increases", "decreases")] | None = None
    outcome_in: PlaceShape = PlaceShape()
    measured_at: Time | None = None
    control: Text | None = None
    on: TripleShape | None = None


class ComparisonShape(RecordShape):
    """One compound against another."""

    a: Text
    b: Text
    outcome: Text
    aspect: Annotated[str, one_of(*v.COMPARED)]
    result: Annotated[str, one_of(*v.RESULTS)]


def _positive(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 1e12:
        raise _fault(f"{value!r} is not a concentration", "write nanomoles per litre as a plain number above 0")
    return float(value)


class AffinityShape(RecordShape):
    """How tightly a ligand holds its target."""

    ligand: Text
    target: Text
    parameter: Annotated[str, one_of(*v.PARAMETERS)]
    relation: Annotated[str, one_of(*v.RELATIONS)] = "="
    value_nM: Annotated[float, Rule(_positive, {"exclusiveMinimum": 0})]  # noqa: N815 - the unit keeps its case


class FileShape(Shape):
    """One paper and all that is taken from it."""

    paper: PaperShape
    claims: list[ClaimShape] = []
    experiments: list[ExperimentShape] = []
    comparisons: list[ComparisonShape] = []
    affinities: list[AffinityShape] = []
