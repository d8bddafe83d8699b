"""Output, in one place: formats (table on a terminal, TSV in a pipe, JSON and the rest on request), words, progress.

Data goes to stdout, words to stderr. Nothing in the data is ever read as markup, cut or dropped.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from ketamech.graph.errors import BadValue

if TYPE_CHECKING:
    from ketamech.graph.answers import Answer, Row

FORMAT_VARIABLE: Final = "KETAMECH_FORMAT"
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class Format(StrEnum):
    """Name the ways an answer is written."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    TSV = "tsv"
    CSV = "csv"
    MARKDOWN = "markdown"


def chosen(format: Format | None) -> Format:
    """Settle the format: the option, else $KETAMECH_FORMAT, else table on a terminal and TSV in a pipe."""
    if format is not None:
        return format
    wish = os.environ.get(FORMAT_VARIABLE, "")
    if wish:
        try:
            return Format(wish)
        except ValueError:
            raise BadValue(f"{FORMAT_VARIABLE}={wish} is not a format.", f"Use one of: {', '.join(Format)}.") from None
    return Format.TABLE if sys.stdout.isatty() else Format.TSV


def write(answer: Answer, format: Format | None, table: str | None = None) -> None:
    """Write an answer to stdout; `table` is a telling of its own to use where a table is asked."""
    wanted = chosen(format)
    if wanted is Format.TABLE and table is not None:
        _out(table)
    else:
        _out(render(answer, wanted))


def render(answer: Answer, format: Format) -> str:
    """Write an answer as text of one format, ending with a newline (empty when there are no rows)."""
    if format is Format.JSON:
        return json.dumps(answer.to_dict(), ensure_ascii=False, indent=2, allow_nan=False) + "\n"
    rows = answer.rows()
    if format is Format.JSONL:
        return "".join(json.dumps(row, ensure_ascii=False, allow_nan=False) + "\n" for row in rows)
    if not rows:
        return ""
    if format is Format.CSV:
        return _csv(rows)
    if format is Format.TSV:
        return _lines([list(rows[0]), *([_flat(v) for v in row.values()] for row in rows)])
    if format is Format.MARKDOWN:
        return markdown(rows)
    return rich_table(rows)


def rich_table(rows: Sequence[Row]) -> str:
    """Draw rows as a table as wide as the terminal; long cells fold, none is cut."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(show_header=True, header_style="bold", box=None, pad_edge=False)
    for name in rows[0]:
        table.add_column(Text(name), overflow="fold")
    for row in rows:
        table.add_row(*(Text(_flat(value)) for value in row.values()))
    target = io.StringIO()
    terminal = sys.stdout.isatty()
    width = None if terminal else 200
    console = Console(file=target, markup=False, highlight=False, emoji=False, width=width, force_terminal=terminal)
    console.print(table)
    return target.getvalue()


def markdown(rows: Sequence[Row]) -> str:
    """Draw rows as a Markdown table."""
    head = list(rows[0])
    lines = [head, ["---"] * len(head), *([_flat(v) for v in row.values()] for row in rows)]
    cells = ([c.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;") for c in line] for line in lines)
    return "".join("| " + " | ".join(line) + " |\n" for line in cells)


def _csv(rows: Sequence[Row]) -> str:
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(rows[0])
    writer.writerows([_flat(v) for v in row.values()] for row in rows)
    return target.getvalue()


def _lines(lines: Sequence[Sequence[str]]) -> str:
    return "".join("\t".join(line) + "\n" for line in lines)


def _flat(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    return clean(text)


def clean(text: str) -> str:
    """Put a text on one line and take out what could steer a terminal."""
    return _CONTROL.sub("", text.replace("\t", " ").replace("\r", " ").replace("\n", " "))


def _out(text: str) -> None:
    sys.stdout.write(text)


@contextmanager
def progress(total: int | None) -> Iterator[Callable[[str, int], None]]:
    """Draw a bar on stderr where that is a terminal, nothing elsewhere; call what is given with words and number."""
    if not sys.stderr.isatty():
        yield lambda _words, _done: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}", markup=False))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total)
        yield lambda words, done: bar.update(task, completed=done, description=words)


def say(text: str) -> None:
    """Write a line of words to stderr."""
    sys.stderr.write(text + "\n")
