"""Time the questions that both engines answer, each as a command of its own, and what of it the reading takes.

Run `ketamech load`, then `python benchmarks/neo4j_engine.py`; NEO4J_URI and the rest as for `load`.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

QUESTIONS = (
    ("search", "ketmine"),
    ("evidence", "ketamine", "5-HT1B binding"),
    ("conflicts",),
    ("paths", "ketamine", "antidepressant-like behaviour"),
)
TIMES = 5


def main() -> None:
    """Print the median seconds of each question on each engine."""
    print(f"{'question':10} {'memory':>8} {'neo4j':>8}")
    for words in QUESTIONS:
        taken = []
        for engine in ("memory", "neo4j"):
            seconds = []
            for _ in range(TIMES):
                start = time.perf_counter()
                command = [sys.executable, "-m", "ketamech.cli", *words, "--engine", engine, "--format", "json"]
                subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
                seconds.append(time.perf_counter() - start)
            taken.append(statistics.median(seconds))
        print(f"{words[0]:10} {taken[0]:8.2f} {taken[1]:8.2f}")


if __name__ == "__main__":
    main()
