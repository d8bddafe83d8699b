"""The question about paths as arguments and options, written once for every command that asks it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields
from functools import wraps
from inspect import Parameter, Signature, signature
from shlex import quote
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, get_type_hints

import typer

from ketamech.cli.formats import clean, say
from ketamech.cli.options import hours
from ketamech.graph.errors import BadValue
from ketamech.queries.question import DEFAULT_K, DEFAULT_LENGTH, PathQuery

if TYPE_CHECKING:
    from ketamech.graph.model import Entity

Word = str | None
Words = list[str] | None


@dataclass(frozen=True, slots=True)
class Asked:
    """Hold a question as it was typed; each field is an argument or option of the command line."""

    source: Annotated[str, typer.Argument(help="Where the paths start: a drug, a receptor …")]
    target: Annotated[str, typer.Argument(help="Where they end: a behaviour, a readout …")]
    k: Annotated[int, typer.Option("--k", help="How many paths.")] = DEFAULT_K
    max_length: Annotated[int, typer.Option("--max-length", help="At most so many steps.")] = DEFAULT_LENGTH
    sign: Annotated[Word, typer.Option("--sign", help="Only paths of this net sign: + or -.")] = None
    species: Annotated[Word, typer.Option("--species", help="Evidence from this species: mouse, rat, human …")] = None
    region: Annotated[Word, typer.Option("--region", help="Evidence from this brain region or its parts.")] = None
    cell_type: Annotated[Word, typer.Option("--cell-type", help="Evidence from this cell type or its kinds.")] = None
    compound: Annotated[Word, typer.Option("--compound", help="Evidence given with this compound.")] = None
    indication: Annotated[Word, typer.Option("--indication", help="Evidence from people with this: depression …")] = (
        None
    )
    sex: Annotated[Word, typer.Option("--sex", help="Evidence from this sex: male, female, both.")] = None
    by: Annotated[Word, typer.Option("--by", help="No step known to be absent at this time after the dose: 3h.")] = None
    after: Annotated[Word, typer.Option("--after", help="The outcome is seen at this time or later: 12h.")] = None
    via: Annotated[Words, typer.Option("--via", help="Pass through this entity. Repeatable.")] = None
    avoid: Annotated[Words, typer.Option("--avoid", help="Do not pass through this entity. Repeatable.")] = None
    min_strength: Annotated[float, typer.Option("--min-strength", help="Only steps at least this strong (0 to 1).")] = (
        0.0
    )
    strict_context: Annotated[
        bool, typer.Option("--strict-context", help="Drop evidence that does not report the asked context.")
    ] = False
    variants: Annotated[
        bool, typer.Option("--variants", help="Also routes that differ only in a part, kind or readout.")
    ] = False

    def query(self) -> PathQuery:
        """Read signs, times and lists; raise BadValue."""
        given = {f.name: getattr(self, f.name) for f in fields(self)}
        read = {
            "sign": _sign(self.sign),
            "by": hours(self.by),
            "after": hours(self.after),
            "via": tuple(self.via or ()),
            "avoid": tuple(self.avoid or ()),
        }
        return PathQuery(**{**given, **read})


def asks(command: Callable[..., None]) -> Callable[..., None]:
    """Put the arguments and options of a question before those of a command that takes an `Asked` first."""
    hints = get_type_hints(Asked, include_extras=True)
    given = [
        Parameter(
            f.name,
            Parameter.KEYWORD_ONLY,
            default=Parameter.empty if f.default is MISSING else f.default,
            annotation=hints[f.name],
        )
        for f in fields(Asked)
    ]
    own = list(signature(command, eval_str=True).parameters.values())[1:]

    @wraps(command)
    def told(**values: Any) -> None:
        command(Asked(**{p.name: values.pop(p.name) for p in given}), **values)

    # what typer reads
    vars(told)["__signature__"] = Signature([*given, *(p.replace(kind=Parameter.KEYWORD_ONLY) for p in own)])
    return told


def without_path(source: Entity, target: Entity, rest: str = ".", hint: str = "") -> NoReturn:
    """Say that no path leads from one end to the other, and end with status 1; `rest` ends the sentence."""
    if source.id == target.id:
        say(f"Both ends are {clean(source.name)}: a path leads from one thing to another.")
        hint = f"for all of it: ketamech show {clean(quote(source.name))}"
    else:
        say(f"No path from {clean(source.name)} to {clean(target.name)}{rest}")
    if hint:
        say(f"hint: {hint}")
    raise typer.Exit(1)


def _sign(text: str | None) -> int | None:
    if text not in (None, "+", "-"):
        raise BadValue(f"'{text}' is not a sign.", "Write --sign + or --sign -.")
    return {"+": 1, "-": -1}.get(text or "")
