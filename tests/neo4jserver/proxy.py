"""A small TCP proxy that cuts the connection at a COMMIT."""

from __future__ import annotations

import contextlib
import socket
import threading
from types import TracebackType
from typing import Self

# Bolt: a chunk of two bytes, a structure without fields, signature 0x12, end of message.
COMMIT = b"\x00\x02\xb0\x12\x00\x00"


class CutAtCommit:
    """Stand before a server and cut the n-th COMMIT: before it is sent on, or before its answer is.

    `again` cuts that many COMMITs one after another. With `nth` 0 nothing is cut, only counted.
    """

    def __init__(self, target: int, *, nth: int = 0, delivered: bool = False, again: int = 1, port: int = 0) -> None:
        self._target = target
        self._cut = range(nth, nth + again)
        self._delivered = delivered
        self.commits = 0
        self.connections = 0
        self._listener = socket.create_server(("127.0.0.1", port))
        self.port = int(self._listener.getsockname()[1])
        self._open: list[socket.socket] = []

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for end in (self._listener, *self._open):
            _close(end)

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            server = socket.create_connection(("127.0.0.1", self._target))
            self._open += [client, server]
            threading.Thread(target=self._up, args=(client, server), daemon=True).start()
            threading.Thread(target=self._down, args=(server, client), daemon=True).start()

    def _up(self, client: socket.socket, server: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := client.recv(65536):
                if data.endswith(COMMIT):
                    self.commits += 1
                    if self.commits in self._cut:
                        if self._delivered:
                            _close(client, socket.SHUT_WR)  # the answer finds nobody
                            client.close()
                            server.sendall(data)
                            while server.recv(65536):
                                pass
                        break
                server.sendall(data)
        _close(client)
        _close(server)

    def _down(self, server: socket.socket, client: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := server.recv(65536):
                client.sendall(data)
        _close(client)


def _close(end: socket.socket, how: int = socket.SHUT_RDWR) -> None:
    with contextlib.suppress(OSError):
        end.shutdown(how)
    if how == socket.SHUT_RDWR:
        end.close()
