"""Stages: what part of the mechanism a kind of node belongs to, and in which colours it is drawn.

The hues are those of Okabe and Ito (https://jfly.uni-koeln.de/color/), which colour-blind readers tell apart; as
tints under dark text in the light scheme and as shades under light text in the dark one. No meaning rests on
colour alone: columns are headed by their stages, and signs differ by line and arrowhead.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Tone:
    """Hold fill, border and ink of a box in one colour scheme."""

    fill: str
    border: str
    ink: str


@dataclass(frozen=True, slots=True)
class Palette:
    """Hold the tones of one stage."""

    light: Tone
    dark: Tone


_INK: Final = "#16191c"
_CHALK: Final = "#f4f2ec"

PALETTES: Final[Mapping[str, Palette]] = {
    "Drug": Palette(Tone("#f6c9ad", "#b04c00", _INK), Tone("#63300f", "#f0945a", _CHALK)),
    "State": Palette(Tone("#dcdad4", "#5f5d57", _INK), Tone("#3d3f41", "#b4b2ac", _CHALK)),
    "Target": Palette(Tone("#fbdfa6", "#a87100", _INK), Tone("#594110", "#f0b840", _CHALK)),
    "Signal": Palette(Tone("#f8f3b8", "#85800f", _INK), Tone("#494710", "#e0d850", _CHALK)),
    "Process": Palette(Tone("#bfe7da", "#007553", _INK), Tone("#0e4537", "#4cc9a2", _CHALK)),
    "Structure": Palette(Tone("#d9ecc4", "#527a2a", _INK), Tone("#2c441a", "#9fcf6e", _CHALK)),
    "Cell": Palette(Tone("#cbe7f8", "#1f7db5", _INK), Tone("#15425c", "#7cc6f2", _CHALK)),
    "Region or circuit": Palette(Tone("#c3d8ee", "#00568a", _INK), Tone("#0d3a63", "#5ea8e6", _CHALK)),
    "Readout": Palette(Tone("#ffffff", "#4a4f55", _INK), Tone("#24292e", "#d5d2ca", _CHALK)),
    "Outcome": Palette(Tone("#f1d3e4", "#a04a7c", _INK), Tone("#562a44", "#e39ac4", _CHALK)),
}

# Everything else that is drawn, by its name in the style sheet.
HUES: Final[Mapping[str, Mapping[str, str]]] = {
    "light": {
        **{"paper": "#f7f6f2", "card": "#ffffff", "band": "#f7f5ef", "ink": "#1b2024", "soft": "#51585e"},
        **{"line": "#d9d5cb", "faint": "#b9b6ae", "plus": "#005a9c", "minus": "#a63d00", "open": "#5a5a5a"},
        **{"halo": "#f6d27a", "mark": "#ffefc2", "link": "#0b5394", "good": "#00613f", "bad": "#a63d00"},
    },
    "dark": {
        **{"paper": "#14171a", "card": "#1c2024", "band": "#22272b", "ink": "#eceae4", "soft": "#b4bac0"},
        **{"line": "#3a4147", "faint": "#5a6168", "plus": "#7cc0f5", "minus": "#ff9d66", "open": "#b8b8b8"},
        **{"halo": "#75591a", "mark": "#4c4013", "link": "#8fc4f7", "good": "#6fd3a9", "bad": "#ff9d66"},
    },
}

STAGES: Final[Mapping[str, str]] = {
    "drug": "Drug",
    "metabolite": "Drug",
    "state": "State",
    "receptor": "Target",
    "channel": "Target",
    "transporter": "Target",
    "enzyme": "Signal",
    "protein": "Signal",
    "gene": "Signal",
    "neurotransmitter": "Signal",
    "hormone": "Signal",
    "complex": "Signal",
    "pathway": "Signal",
    "process": "Process",
    "structure": "Structure",
    "cell_type": "Cell",
    "brain_region": "Region or circuit",
    "circuit": "Region or circuit",
    "readout": "Readout",
    "behaviour": "Outcome",
    "clinical_outcome": "Outcome",
    "adverse_outcome": "Outcome",
}


def stage_of(kind: str) -> str:
    """Name the stage a kind of node belongs to.

    >>> stage_of("channel"), stage_of("behaviour")
    ('Target', 'Outcome')
    """
    return STAGES[kind]
