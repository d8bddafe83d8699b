"""The command `ketamech`: parse, call, print.

Exit status: 0 found, 1 nothing found, 2 the question cannot be asked as it stands, 3 the database cannot be
reached, 4 the knowledge files are wrong.
"""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from ketamech.cli.curate import add, sources
from ketamech.cli.cypher import cypher
from ketamech.cli.evidence import evidence, explain
from ketamech.cli.experiments import blockades, conflicts, necessary, timeline
from ketamech.cli.figure import app as figure
from ketamech.cli.foretell import predict, validate
from ketamech.cli.formats import clean, say
from ketamech.cli.hypotheses import app as hypotheses
from ketamech.cli.hypotheses import compare, gaps
from ketamech.cli.knowledge import check, stats
from ketamech.cli.leaf import app as leaf
from ketamech.cli.lookup import search, show
from ketamech.cli.paths import page, paths
from ketamech.cli.site import site
from ketamech.cli.store import export, load
from ketamech.graph.errors import DataError, KetamechError

app = typer.Typer(
    name="ketamech",
    help="Ask a graph of ketamine's antidepressant mechanism; every step carries its evidence. Not medical advice.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in (
    *(search, show, paths, evidence, explain, conflicts, blockades, necessary, timeline, gaps, compare, cypher),
    *(predict, validate, page, site, check, stats, add, sources, load, export),
):
    app.command()(command)
app.add_typer(hypotheses, name="hypotheses")
app.add_typer(figure, name="figure")
app.add_typer(leaf, name="leaf")


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"ketamech {version('ketamech')}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Ask a graph of ketamine's antidepressant mechanism; every step carries its evidence. Not medical advice."""


def run() -> None:
    """Run the command line; errors of use become one line and a hint, with their exit status."""
    try:
        app()
    except DataError as error:
        for problem in error.problems:
            say(clean(str(problem)))
        _fail(error)
    except KetamechError as error:
        _fail(error)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)


def _fail(error: KetamechError) -> None:
    say(f"error: {clean(error.message)}")
    if error.hint:
        say(f"hint: {clean(error.hint)}")
    sys.exit(error.exit_status)
