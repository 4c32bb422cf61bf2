"""A relay between browser and server that counts the bytes of web sockets as they are sent."""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

CHUNK = 1 << 16


class Wire:
    """What has gone through, both ways, in bytes."""

    def __init__(self, port: int) -> None:
        self.bytes, self.port = 0, port


def carry(source: socket.socket, sink: socket.socket, wire: Wire) -> None:
    """Pass on what comes until either side ends; count it once it is a web socket's."""
    counts = False
    with suppress(OSError):
        while chunk := source.recv(CHUNK):
            sink.sendall(chunk)
            wire.bytes += len(chunk) if counts else 0
            head = chunk.lower()
            counts = counts or b"upgrade: websocket" in head
    with suppress(OSError):
        sink.shutdown(socket.SHUT_WR)


@contextmanager
def relay(host: str, port: int) -> Iterator[Wire]:
    """Listen on a free port until the block ends, and pass everything on to `port`."""
    with socket.create_server((host, 0)) as listener:
        wire = Wire(listener.getsockname()[1])

        def accept() -> None:
            with suppress(OSError):
                while True:
                    browser, _ = listener.accept()
                    server = socket.create_connection((host, port))
                    for ends in ((browser, server), (server, browser)):
                        threading.Thread(target=carry, args=(*ends, wire), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        yield wire
