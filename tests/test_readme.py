"""README shows what one sees: its terminal blocks are the real output."""

from __future__ import annotations

import importlib.util
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_terminal_blocks_are_true() -> None:
    """Every console block of README is what the command prints now (`python docs/readme_blocks.py` renews them)."""
    spec = importlib.util.spec_from_file_location("readme_blocks", ROOT / "docs" / "readme_blocks.py")
    assert spec
    assert spec.loader
    blocks = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(blocks)
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert len(blocks.BLOCK.findall(text)) >= 3
    assert blocks.renewed(text) == text
