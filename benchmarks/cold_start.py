"""Print how a cold look-up compares with a bare typer program: ratios of one run, minimum of many.

Run `python benchmarks/cold_start.py [runs]`. Times belong to the machine; only the ratios are meant to be read.
"""

import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
KETAMECH = [sys.executable, "-m", "ketamech.cli"]
PROGRAMS = {
    "bare typer program": [sys.executable, str(HERE / "bare_typer.py"), "ketamine"],
    "ketamech --help": [*KETAMECH, "--help"],
    "ketamech search ketamine": [*KETAMECH, "search", "ketamine", "--knowledge", "tests/small"],
    "ketamech evidence ketamine NMDA receptor": [*KETAMECH, "evidence", "ketamine", "NMDA receptor"],
    "ketamech paths ketamine antidepressant-like behaviour": [
        *KETAMECH,
        "paths",
        "ketamine",
        "antidepressant-like behaviour",
    ],
}


def main() -> None:
    """Time every program in turn, so that a slow moment of the machine hits all of them alike."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    best = dict.fromkeys(PROGRAMS, float("inf"))
    for _ in range(runs + 1):
        for name, command in PROGRAMS.items():
            start = time.perf_counter()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
            best[name] = min(best[name], time.perf_counter() - start)
    base = best["bare typer program"]
    print(f"minimum of {runs + 1} runs each, as multiples of a bare typer program ({base * 1000:.0f} ms here)")
    for name, seconds in best.items():
        print(f"{seconds / base:6.2f}  {name}")


if __name__ == "__main__":
    main()
