"""Streamlit servers on free ports, and what the machine's processes hold in memory."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from contextlib import closing, contextmanager, suppress
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

LOOPBACK = "127.0.0.1"
START_S = 60
REPOSITORY = Path(__file__).parents[2]


class Server(NamedTuple):
    """A running server."""

    url: str
    pid: int


@contextmanager
def serve(python: str, script: Path, environment: dict[str, str], log: Path) -> Iterator[Server]:
    """Run a Streamlit script until the block ends; if it does not start, tell its last words."""
    with socket.socket() as free:
        free.bind((LOOPBACK, 0))
        port = free.getsockname()[1]
    options = {
        "server.headless": "true",
        "server.address": LOOPBACK,
        "server.port": port,
        "server.fileWatcherType": "none",
        # Megabytes. The usual limit would fail the peers that send everything through the socket.
        "server.maxMessageSize": 4_000,
    }
    with log.open("wb") as output:
        process = subprocess.Popen(
            [python, "-m", "streamlit", "run", script]
            + [f"--{name}={value}" for name, value in options.items()],
            cwd=REPOSITORY,
            env=os.environ | environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        if not is_up(process, port):
            message = f"the server did not start: {log.read_text()[-300:]}"
            raise RuntimeError(message)
        yield Server(f"http://{LOOPBACK}:{port}", process.pid)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)


def is_up(process: subprocess.Popen[bytes], port: int) -> bool:
    """Ask for the server's health until it answers, it ends, or the time is over."""
    give_up = time.monotonic() + START_S
    while process.poll() is None and time.monotonic() < give_up:
        with closing(HTTPConnection(LOOPBACK, port, timeout=1)) as connection, suppress(OSError):
            connection.request("GET", "/_stcore/health")
            if connection.getresponse().status == HTTPStatus.OK:
                return True
        time.sleep(0.1)
    return False


def held_MB(pid: int, *names: str) -> float:  # noqa: N802  a unit keeps its capitals
    """Return the sum of entries of a process's memory, such as "Pss"."""
    with suppress(FileNotFoundError, ProcessLookupError):
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()[1:]
        held = {line.split(":")[0]: int(line.split()[1]) for line in lines}
        return sum(held[name] for name in names) / 1024
    return 0.0
