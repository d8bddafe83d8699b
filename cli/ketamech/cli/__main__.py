"""Run the command line as `python -m ketamech.cli`."""

from ketamech.cli.main import run

run()
