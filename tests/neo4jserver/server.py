"""One server process: a home of its own, free ports, a password, start, stop, kill."""

from __future__ import annotations

import contextlib
import ctypes
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Self

from neo4jserver.jars import jars, java

if TYPE_CHECKING:
    import neo4j

_OPENED = "java.base/{}=ALL-UNNAMED"
_FLAGS = [
    "-XX:+UseG1GC",
    *(f"--add-opens={_OPENED.format(p)}" for p in ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent")),
    "-Dio.netty.tryReflectionSetAccessible=true",
    "-Dlog4j2.disable.jmx=true",
]
_NEWER_FLAGS = [
    "--sun-misc-unsafe-memory-access=allow",
    "--enable-native-access=ALL-UNNAMED",
    "--add-modules=jdk.incubator.vector",
]
_MAIN = {True: "org.neo4j.server.CommunityEntryPoint", False: "org.neo4j.server.Neo4jCommunity"}
_PATIENCE = 120.0


def free_port() -> int:
    """Give a port that nobody listens on just now."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _end_with_parent() -> None:
    """Let a server not outlive the tests that started it, even if these are killed (Linux only)."""
    if sys.platform == "linux":
        set_parent_death_signal = 1
        ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGKILL)


class Server:
    """Run a Neo4j server on a home folder; a context manager that stops it at the end.

    Several servers may run one after another on one home. The password is set at the first start.
    """

    user = "neo4j"

    def __init__(
        self,
        home: Path,
        version: str,
        *,
        password: str | None = None,
        bolt: int | None = None,
        http: int | None = None,
        heap: str = "512m",
        settings: dict[str, str] | None = None,
        short_lived: bool = False,
    ) -> None:
        self.home = home.resolve()
        self.version = version
        self.password = password or secrets.token_urlsafe(16)
        self.bolt = bolt or free_port()
        self.http = http or free_port()
        self.heap = heap
        self.settings = settings or {}
        # Only the first compiler: a third less work for a server that lives for minutes.
        self.flags = [*_FLAGS, *(["-XX:TieredStopAtLevel=1"] if short_lived else [])]
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def uri(self) -> str:
        """Give the address that drivers speak to."""
        return f"bolt://127.0.0.1:{self.bolt}"

    @property
    def page(self) -> str:
        """Give the address of Neo4j Browser."""
        return f"http://127.0.0.1:{self.http}/browser/"

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Start the process and wait until the database answers to the password."""
        for name in ("conf", "data", "logs", "run", "import", "plugins"):
            (self.home / name).mkdir(parents=True, exist_ok=True)
        self._write_settings()
        program, number = java(self.version)
        lib = jars(self.version)
        flags = [f"-Xms{self.heap}", f"-Xmx{self.heap}", *self.flags, *(_NEWER_FLAGS if number >= 24 else [])]
        path = os.pathsep.join([f"{self.home}/plugins/*", f"{self.home}/conf", f"{lib}/*"])
        main = [_MAIN[self.version.startswith("5.")], f"--home-dir={self.home}", f"--config-dir={self.home}/conf"]
        with (self.home / "logs" / "console.log").open("ab") as log:
            # A session of its own, so that Ctrl-C at a terminal reaches it only by way of `stop`.
            command = [str(program), *flags, "-cp", path, *main]
            self.process = subprocess.Popen(
                command, stdout=log, stderr=log, start_new_session=True, preexec_fn=_end_with_parent
            )
        try:
            self._wait()
        except BaseException:
            self.kill()
            raise

    def stop(self) -> None:
        """Ask the process to end, and wait for it."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End the process as a power cut would."""
        self._end(signal.SIGKILL)

    def _end(self, how: signal.Signals) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(how)
            try:
                self.process.wait(60)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(60)
        self.process = None

    @contextlib.contextmanager
    def driver(self) -> Iterator[neo4j.Driver]:
        """Open the official driver on this server."""
        import neo4j

        with neo4j.GraphDatabase.driver(self.uri, auth=(self.user, self.password)) as driver:
            yield driver

    def admin(self, *words: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        """Run `neo4j-admin` with these words on this (stopped) home."""
        for name in ("conf", "data", "logs", "run", "import", "plugins"):
            (self.home / name).mkdir(parents=True, exist_ok=True)
        self._write_settings()
        program, number = java(self.version)
        flags = [f"-Xmx{self.heap}", *self.flags, *(_NEWER_FLAGS if number >= 24 else [])]
        places = {"NEO4J_HOME": str(self.home), "NEO4J_CONF": str(self.home / "conf")}
        command = [str(program), *flags, "-cp", f"{jars(self.version)}/*", "org.neo4j.cli.AdminTool", *words]
        return subprocess.run(
            command, capture_output=True, text=True, check=False, cwd=cwd, env={**os.environ, **places}
        )

    def _write_settings(self) -> None:
        chosen = {
            "server.default_listen_address": "127.0.0.1",
            "server.bolt.listen_address": f":{self.bolt}",
            "server.bolt.advertised_address": f"127.0.0.1:{self.bolt}",
            "server.http.listen_address": f":{self.http}",
            "server.https.enabled": "false",
            "server.memory.pagecache.size": "128m",
            "dbms.usage_report.enabled": "false",
            "client.allow_telemetry": "false",
            "db.transaction.timeout": "120s",
            **self.settings,
        }
        lines = "".join(f"{name}={value}\n" for name, value in chosen.items())
        (self.home / "conf" / "neo4j.conf").write_text(lines, encoding="utf-8")

    def _wait(self) -> None:
        import neo4j
        from neo4j.exceptions import AuthError, DriverError, Neo4jError

        end = time.monotonic() + _PATIENCE
        while True:
            try:
                self._listening()
                # A plain session: what the driver tries again on its own account, it does after long pauses.
                with self.driver() as driver, driver.session(database="neo4j") as session:
                    session.run("RETURN 1").consume()
                return
            except AuthError:
                first = neo4j.GraphDatabase.driver(self.uri, auth=(self.user, "neo4j"))
                with contextlib.suppress(DriverError, Neo4jError), first as driver:
                    driver.execute_query(
                        "ALTER CURRENT USER SET PASSWORD FROM $o TO $n",
                        {"o": "neo4j", "n": self.password},
                        database_="system",
                    )
            except (DriverError, Neo4jError, OSError):
                pass
            if self.process is None or self.process.poll() is not None or time.monotonic() > end:
                log = (self.home / "logs" / "console.log").read_text(encoding="utf-8", errors="replace")
                raise RuntimeError(f"Neo4j {self.version} did not start:\n{log[-3000:]}")
            time.sleep(0.1)

    def _listening(self) -> None:
        """Fail at once while nobody listens: the driver itself would try again for half a minute."""
        socket.create_connection(("127.0.0.1", self.bolt), timeout=1).close()
