"""Doses and times after a dose: a strict grammar and typed intervals."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from ketamech.graph.errors import BadValue

HOURS_PER: Final = {"s": 1 / 3600, "min": 1 / 60, "h": 1.0, "d": 24.0, "wk": 168.0}
DOSE_UNITS: Final = (
    "mg/kg",
    "ug/kg",
    "ng/kg",
    "mg/kg/h",
    "ug/kg/min",
    "mg/m2",
    "g",
    "mg",
    "ug",
    "ng",
    "pg",
    "umol",
    "nmol",
    "pmol",
    "mM",
    "uM",
    "nM",
    "pM",
    "ug/ml",
    "ng/ml",
    "mg/l",
    "%",
)

_NUMBER = r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?"
_TIME = re.compile(rf"({_NUMBER})(?:-({_NUMBER}))? (s|min|h|d|wk)")
_SHORT_TIME = re.compile(rf"({_NUMBER})(?:-({_NUMBER}))? ?(s|min|h|d|wk)")
_DOSE = re.compile(
    rf"({_NUMBER})(?:-({_NUMBER}))? ({'|'.join(re.escape(u) for u in sorted(DOSE_UNITS, key=len, reverse=True))})"
)


@dataclass(frozen=True, slots=True)
class Hours:
    """Hold an interval of time after a dose, in hours, with the words it was written in."""

    low: float
    high: float
    text: str

    @classmethod
    def parse(cls, text: str) -> Hours:
        """Read `30 min`, `12-24 h`, `7 d` or `2 wk`; raise BadValue for anything else.

        >>> Hours.parse("12-24 h").low, Hours.parse("30 min").high
        (12.0, 0.5)
        """
        return cls._read(_TIME, text)

    @classmethod
    def parse_option(cls, text: str) -> Hours:
        """Read a time as typed on a command line, where `3h` stands for `3 h`.

        >>> Hours.parse_option("3h").high
        3.0
        """
        return cls._read(_SHORT_TIME, text.strip())

    @classmethod
    def _read(cls, grammar: re.Pattern[str], text: str) -> Hours:
        found = grammar.fullmatch(text)
        if not found:
            raise BadValue(
                f"'{text}' is not a time.", "Write a number or range and a unit: 30 min, 12-24 h, 7 d, 2 wk."
            )
        first, second, unit = found.groups()
        low = float(first) * HOURS_PER[unit]
        high = float(second or first) * HOURS_PER[unit]
        if high < low:
            raise BadValue(f"The time '{text}' runs backwards.", "Write the earlier hour first.")
        return cls(low, high, text)


@dataclass(frozen=True, slots=True)
class Dose:
    """Hold a dose or concentration as an interval with its unit and the words it was written in."""

    low: float
    high: float
    unit: str
    text: str

    @classmethod
    def parse(cls, text: str) -> Dose:
        """Read `10 mg/kg`, `0.5-1 mg/kg` or `20 uM`; raise BadValue for anything else.

        >>> Dose.parse("5-10 mg/kg").unit
        'mg/kg'
        """
        found = _DOSE.fullmatch(text)
        if not found:
            raise BadValue(f"'{text}' is not a dose.", f"Write a number or range and one of: {', '.join(DOSE_UNITS)}.")
        first, second, unit = found.groups()
        low, high = float(first), float(second or first)
        if high < low:
            raise BadValue(f"The dose '{text}' runs backwards.", "Write the smaller dose first.")
        return cls(low, high, unit, text)
