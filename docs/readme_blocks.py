"""Keep the terminal blocks of README.md true: run each command and compare, or write what it says now.

A block is a fence marked `console` whose first line is `$ ketamech ...`; the rest is what the command prints.
A last line `...` says that the output goes on.

Run `python docs/readme_blocks.py` to rewrite the blocks.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

README = Path(__file__).parent.parent / "README.md"
BLOCK = re.compile(r"```console\n\$ (ketamech [^\n]+)\n(.*?)```", flags=re.DOTALL)
MORE = "...\n"


def output_of(command: str) -> str:
    """Run one command as a reader would, on a terminal 100 columns wide."""
    words = shlex.split(command)[1:]
    said = subprocess.run(
        [sys.executable, "-m", "ketamech.cli", *words],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "COLUMNS": "100", "KETAMECH_FORMAT": "table"},
    )
    return said.stdout


def block_of(command: str, shown: str) -> str:
    """Make the block anew, cut after as many lines as it showed where it was cut."""
    real = output_of(command)
    if shown.endswith(MORE):
        lines = real.splitlines(keepends=True)
        keep = len(shown.splitlines()) - 1
        real = "".join(lines[:keep]) + (MORE if len(lines) > keep else "")
    return f"```console\n$ {command}\n{real}```"


def renewed(text: str) -> str:
    """Give the text with every block made anew."""
    return BLOCK.sub(lambda found: block_of(found[1], found[2]), text)


if __name__ == "__main__":
    README.write_text(renewed(README.read_text(encoding="utf-8")), encoding="utf-8")
