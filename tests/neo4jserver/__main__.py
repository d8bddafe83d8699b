"""`make neo4j`: a server for people, with Browser, on a home that stays; ends on Ctrl-C.

The password comes from NEO4J_PASSWORD, in the environment or in `.env`; else one is made up, kept beside the
home and printed at the first start only. KETAMECH_NEO4J_VERSION chooses the release.
"""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path

from neo4jserver.jars import CACHE, LTS, ROOT, Missing
from neo4jserver.server import Server

NAME = "NEO4J_PASSWORD"


def main() -> int:
    """Start, say where, wait for Ctrl-C, stop."""
    version = os.environ.get("KETAMECH_NEO4J_VERSION", LTS)
    home = CACHE / version / "home"
    password, told = _password(home)
    server = Server(home, version, password=password, bolt=_port("BOLT", 7687), http=_port("HTTP", 7474), heap="1g")
    _say(f"Neo4j {version} is starting (its jars are fetched the first time) …")
    try:
        with server:
            _say(f"Bolt     {server.uri}\nBrowser  {server.page}\nUser     {server.user}\nPassword {told}")
            _say(f"Data     {home.relative_to(ROOT)} (delete it to begin anew)\nCtrl-C ends it.")
            if server.process:
                return server.process.wait()
    except KeyboardInterrupt:
        return 0
    except (Missing, RuntimeError) as error:
        sys.stderr.write(f"error: {error}\nhint: Needs Java and Maven; or use `docker compose up -d`.\n")
        return 3
    return 0


def _password(home: Path) -> tuple[str, str]:
    if os.environ.get(NAME):
        return os.environ[NAME], f"that of {NAME} in the environment"
    from ketamech.cli.store_settings import read_env_file

    written = read_env_file(ROOT / ".env").get(NAME)
    if written:
        return written, f"that of {NAME} in .env"
    kept = home.parent / "password"
    if kept.is_file():
        return kept.read_text(
            encoding="utf-8"
        ).strip(), f"the one made up at the first start ({kept.relative_to(ROOT)})"
    made = secrets.token_urlsafe(12)
    home.parent.mkdir(parents=True, exist_ok=True)
    kept.touch(mode=0o600)
    kept.write_text(made + "\n", encoding="utf-8")
    return made, f"{made} (made up now; put {NAME}={made} into .env to load with it)"


def _port(name: str, usual: int) -> int:
    return int(os.environ.get(f"KETAMECH_NEO4J_{name}", usual))


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
