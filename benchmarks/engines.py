"""Print how the path search compares with other engines on seeded scale-free graphs: ratios of one run.

Run `python benchmarks/engines.py` (under ten minutes) or `python benchmarks/engines.py --big` (200,000 nodes, 5,000,000
edges, ours alone). Engines of benchmarks/requirements.txt that are not installed are named and left out. Answers are
compared: k-best weights to nine digits, numbers of paths exactly. Times belong to the machine; ratios are to be read.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import importlib.util
import multiprocessing
import os
import platform
import resource
import statistics
import sys
import tempfile
import time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import numpy as np
from rivals import ENGINES, Arrays

K = 100
LENGTHS = range(3, 9)
PATIENCE = 5.0
SEED = 20
SPAWN = multiprocessing.get_context("spawn")


def scale_free(nodes: int, edges: int) -> Arrays:
    """Draw a directed graph without parallel edges; the expected degree of rank r falls as r**-0.5 (exponent 3)."""
    draw = np.random.default_rng(SEED)
    chance = np.cumsum(np.arange(1, nodes + 1) ** -0.5)
    names = draw.permutation(nodes)
    tails, heads = (names[np.searchsorted(chance, draw.random(edges * 13 // 10) * chance[-1])] for _ in range(2))
    pairs = np.unique((tails * nodes + heads)[tails != heads])
    pairs = np.sort(draw.permutation(pairs)[:edges])
    weights = -np.log(draw.uniform(0.05, 1.0, len(pairs)))
    return (pairs // nodes).astype(np.int32), (pairs % nodes).astype(np.int32), weights, nodes


def ends(arrays: Arrays) -> dict[str, tuple[int, int]]:
    """Choose the pair with the median number of paths of at most 5 edges among 25 drawn, and the two busiest nodes."""
    from ketamech.queries.arraygraph import ArrayGraph
    from ketamech.queries.arraysearch import all_paths

    graph, draw = ArrayGraph.from_arrays(*arrays), np.random.default_rng(SEED)
    pairs = [(int(a), int(z)) for a, z in draw.integers(0, arrays[3], (25, 2)) if a != z]
    pairs.sort(key=lambda pair: (all_paths(graph, *pair, 5, keep=False).number, pair))
    busiest = np.argsort(-np.bincount(arrays[0], minlength=arrays[3]), kind="stable")
    return {"typical": pairs[len(pairs) // 2], "busy": (int(busiest[0]), int(busiest[1]))}


def serve(pipe: Connection, name: str, folder: str) -> None:
    """Load a graph into one engine, then answer questions: give the middle time of up to fifteen, and the answer."""
    arrays = (*(np.load(Path(folder, f"{part}.npy")) for part in ("tails", "heads", "weights")),)
    nodes = int(Path(folder, "nodes").read_text(encoding="utf-8"))
    start = time.perf_counter()
    engine: Any = ENGINES[name]((*arrays, nodes))
    pipe.send((time.perf_counter() - start, None, peak()))
    while True:
        what, asked = pipe.recv()
        times: list[float] = []
        while not times or (len(times) < 15 and sum(times) < 0.5):
            start = time.perf_counter()
            answer = getattr(engine, what)(*asked)
            times.append(time.perf_counter() - start)
        pipe.send((statistics.median(times), answer, peak()))


def peak() -> float:
    """Give the most memory this process has held, in GB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e9


class Worker:
    """Run one engine in a process of its own, which is ended when it takes too long."""

    def __init__(self, name: str, folder: str) -> None:
        self.name, self.folder = name, folder
        self.process: Any = None
        self.loaded: tuple[float, float] = (0.0, 0.0)

    def ask(self, what: str, asked: tuple[int, ...], patience: float) -> tuple[float, Any, float] | None:
        """Give time, answer and memory; nothing if it took too long or broke."""
        if self.process is None:
            self.pipe, theirs = SPAWN.Pipe()
            self.process = SPAWN.Process(target=serve, args=(theirs, self.name, self.folder), daemon=True)
            self.process.start()
            theirs.close()
            seconds, _, memory = self.pipe.recv()
            self.loaded = seconds, memory
        self.pipe.send((what, asked))
        try:
            if self.pipe.poll(patience):
                said: tuple[float, Any, float] = self.pipe.recv()
                return said
        except EOFError:
            pass
        self.close()
        return None

    def close(self) -> None:
        """End the process."""
        if self.process is not None:
            self.process.kill()
            self.process.join()
            self.process = None


def save(arrays: Arrays, folder: str) -> None:
    """Write a graph where the workers find it."""
    for part, array in zip(("tails", "heads", "weights"), arrays[:3], strict=True):
        np.save(Path(folder, f"{part}.npy"), array)
    Path(folder, "nodes").write_text(str(arrays[3]), encoding="utf-8")


def same(ours: Any, theirs: Any) -> bool:
    """Compare numbers of paths, or lists of weights to nine digits."""
    if isinstance(ours, int):
        return bool(ours == theirs)
    return len(ours) == len(theirs) and bool(np.allclose(ours, theirs, rtol=0, atol=1e-9))


def row(workers: dict[str, Worker], what: str, asked: tuple[int, ...], late: set[str]) -> tuple[float, Any, list[str]]:
    """Ask every engine one question; engines that were late before are not asked again.

    Paths by weight (Yen) are asked for from 6 edges on, as they get easier and not harder with more.
    """
    said = workers["ours"].ask(what, asked, 10 * PATIENCE)
    if said is None:
        return 0.0, None, []
    mine, answer, _ = said
    cells = []
    for name, worker in workers.items():
        if name == "ours":
            continue
        theirs = None
        by_weight = "Yen" in name
        if getattr(ENGINES[name], what, None) is None or (by_weight and asked[-1] < 6):
            cells.append("")
            continue
        if name not in late:
            theirs = worker.ask(what, asked, PATIENCE + 2)
        if name in late:
            cells.append("-")
        elif theirs is None or theirs[0] > PATIENCE:
            if not by_weight:
                late.add(name)
            cells.append(f"not in {PATIENCE / mine:,.0f}" if mine < PATIENCE else f"not in {PATIENCE:g} s")
        else:
            cells.append(f"{theirs[0] / mine:,.1f} {'AGREE' if same(answer, theirs[1]) else 'DIFFER'}")
    return mine, answer, cells


def table(first: str, workers: dict[str, Worker]) -> None:
    """Print the head of a table."""
    names = [first, "paths", "ours, ms", "growth", *(name for name in workers if name != "ours")]
    print("| " + " | ".join(names) + " |\n|" + "---|" * len(names), flush=True)


def line(label: str, mine: float, answer: Any, before: float, cells: list[str]) -> None:
    """Print one line of a table."""
    number = answer if isinstance(answer, int) else len(answer)
    growth = f"{mine / before:.1f}" if before else ""
    print("| " + " | ".join([label, f"{number:,}", f"{mine * 1000:,.1f}", growth, *cells]) + " |", flush=True)


def compare(installed: list[str], nodes: int, edges: int, pairs: list[str]) -> None:
    """Print tables by number of edges in a path, for both questions and every pair."""
    arrays = scale_free(nodes, edges)
    chosen = ends(arrays)
    with tempfile.TemporaryDirectory() as folder:
        save(arrays, folder)
        workers = {name: Worker(name, folder) for name in installed}
        for what, title in (("best", f"{K} best"), ("all", "all paths")):
            for pair in pairs:
                print(f"\n### {title}, {pair} pair, {nodes:,} nodes, {len(arrays[0]):,} edges\n")
                table("L", workers)
                late: set[str] = set()
                before = 0.0
                for longest in LENGTHS:
                    asked = (*chosen[pair], K, longest) if what == "best" else (*chosen[pair], longest)
                    mine, answer, cells = row(workers, what, asked, late)
                    if answer is None:
                        print(f"| {longest} | | not in {10 * PATIENCE:.0f} s | |", flush=True)
                        break
                    line(str(longest), mine, answer, before, cells)
                    before = mine
                    if mine > PATIENCE / 4:
                        break
        for worker in workers.values():
            worker.close()


def grow(installed: list[str]) -> None:
    """Print a table by size of the graph at L 6."""
    print(f"\n### {K} best, typical pair, L 6, by size\n")
    before = 0.0
    for nodes in (5_000, 20_000, 80_000):
        arrays = scale_free(nodes, 10 * nodes)
        chosen = ends(arrays)["typical"]
        with tempfile.TemporaryDirectory() as folder:
            save(arrays, folder)
            workers = {name: Worker(name, folder) for name in installed if "Yen" not in name}
            if not before:
                table("nodes, edges", workers)
            mine, answer, cells = row(workers, "best", (*chosen, K, 6), set())
            line(f"{nodes:,}, {len(arrays[0]):,}", mine, answer, before, cells)
            before = mine
            for worker in workers.values():
                worker.close()


def big() -> None:
    """Print times and memory of ours on 5,000,000 edges."""
    arrays = scale_free(200_000, 5_000_000)
    chosen = ends(arrays)
    with tempfile.TemporaryDirectory() as folder:
        save(arrays, folder)
        for what, title in (("best", f"{K} best"), ("all", "all paths")):
            print(f"\n### {title}, 200,000 nodes, {len(arrays[0]):,} edges\n")
            print("| pair | L | paths | ms | growth | memory, GB |\n|---|---|---|---|---|---|", flush=True)
            for pair, two in chosen.items():
                worker, before = Worker("ours", folder), 0.0
                for longest in LENGTHS:
                    asked = (*two, K, longest) if what == "best" else (*two, longest)
                    said = worker.ask(what, asked, 60.0)
                    if said is None:
                        print(f"| {pair} | {longest} | | not in 60 s | | |", flush=True)
                        break
                    number = said[1] if isinstance(said[1], int) else len(said[1])
                    growth = f"{said[0] / before:.1f}" if before else ""
                    cells = [
                        pair,
                        str(longest),
                        "stopped at its work limit" if number < 0 else f"{number:,}",
                        f"{said[0] * 1000:,.1f}",
                        growth,
                        f"{said[2]:.2f}",
                    ]
                    print("| " + " | ".join(cells) + " |", flush=True)
                    before = said[0]
                    if before > 5:
                        break
                worker.close()
        print(f"\nloaded from arrays in {worker.loaded[0]:.1f} s, memory after it {worker.loaded[1]:.2f} GB")


def machine() -> str:
    """Name processor, cores and versions, and nothing that names the computer."""
    cpu = platform.machine()
    if Path("/proc/cpuinfo").exists():
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        cpu = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), cpu)
    return f"{cpu}, {os.cpu_count()} cores, Python {platform.python_version()}"


def main() -> None:
    """Compare whatever is installed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--big", action="store_true", help="200,000 nodes and 5,000,000 edges, ours alone")
    options.add_argument("--only-growth", action="store_true", help="only the table by size of the graph")
    asked = options.parse_args()
    installed = [name for name, engine in ENGINES.items() if importlib.util.find_spec(engine.module)]
    versions = [
        f"{module} {importlib.metadata.version(module)}" for module in sorted({ENGINES[n].module for n in installed})
    ]
    print(f"{machine()}; {', '.join(v for v in versions if not v.startswith('ketamech'))}")
    if missing := [name for name in ENGINES if name not in installed]:
        print(f"not installed, left out: {', '.join(missing)}")
    start = time.perf_counter()
    if asked.big:
        big()
    else:
        if not asked.only_growth:
            compare(installed, 20_000, 200_000, ["typical", "busy"])
        grow(installed)
    print(f"\n{time.perf_counter() - start:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
