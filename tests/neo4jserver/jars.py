"""Which Java runs which release, and its jars, fetched once by Maven into a folder that git ignores."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
CACHE = ROOT / ".cache" / "neo4j"
POM = Path(__file__).with_name("pom.xml")
LTS = "5.26.30"
CALENDAR = "2026.08.1"


class Missing(Exception):
    """Say what a server would need that is not here."""


def oldest_java(version: str) -> int:
    """Give the oldest Java that a release runs on."""
    return 17 if version.startswith("5.") else 21


def java(version: str) -> tuple[Path, int]:
    """Find the oldest Java that runs a release, with its number; raise Missing."""
    needed = oldest_java(version)
    # The long-term release is made for 17 and 21; newer ones it only tries.
    found = sorted((number, path) for path, number in _javas() if number >= needed)
    if not found:
        raise Missing(f"Java {needed} or newer (looked at JAVA_HOME, PATH and /usr/lib/jvm)")
    return found[0][1], found[0][0]


def _javas() -> Iterable[tuple[Path, int]]:
    on_path = shutil.which("java")
    homes = [Path(os.environ["JAVA_HOME"])] if os.environ.get("JAVA_HOME") else []
    homes += [Path(on_path).resolve().parent.parent] if on_path else []
    homes += sorted(Path("/usr/lib/jvm").glob("*"))
    for home in dict.fromkeys(h.resolve() for h in homes):
        program = home / "bin" / "java"
        if program.is_file():
            said = subprocess.run([program, "-version"], capture_output=True, text=True, check=False).stderr
            number = re.search(r'version "(\d+)', said)
            if number:
                yield program, int(number[1])


def missing(version: str = LTS) -> str | None:
    """Tell in words what is missing to run a release, or None."""
    try:
        java(version)
    except Missing as what:
        return str(what)
    return None if (CACHE / version / "lib").is_dir() or shutil.which("mvn") else "Maven (mvn)"


def jars(version: str) -> Path:
    """Give the folder with the jars of a release, fetched when it is not there yet; raise Missing."""
    lib = CACHE / version / "lib"
    lib.parent.mkdir(parents=True, exist_ok=True)
    with (lib.parent / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not lib.is_dir():
            _fetch(version, lib)
    return lib


def _fetch(version: str, lib: Path) -> None:
    maven = shutil.which("mvn")
    if not maven:
        raise Missing("Maven (mvn)")
    part = lib.with_name("lib.part")
    shutil.rmtree(part, ignore_errors=True)
    command = [maven, "-q", "-B", "-f", str(POM), "dependency:copy-dependencies", "-DincludeScope=runtime"]
    command += [f"-Dneo4j.version={version}", f"-DoutputDirectory={part}"]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    if said.returncode or not any(part.glob("neo4j-bolt-*.jar")):
        raise Missing(f"the jars of Neo4j {version} (Maven said: {(said.stdout + said.stderr).strip()[:500]})")
    part.rename(lib)
