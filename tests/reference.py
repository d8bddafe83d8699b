"""The reference tables that the packaged knowledge is compared with; no part of the project.

They are looked for in $KETAMECH_REFERENCE, else in the folder `shared` beside the clone.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

FOLDER = Path(os.environ.get("KETAMECH_REFERENCE") or Path(__file__).parents[2] / "shared")


def reference(place: str) -> Path:
    """Give a file or folder of the reference tables; skip the test that asks where it is not at hand."""
    path = FOLDER / place
    if not path.exists():
        pytest.skip(f"not at hand: {path} (set KETAMECH_REFERENCE)")
    return path
