"""The app on generated events, with a note of how long each run of its script took."""

import ctypes
import gc
import os
import runpy
import sys
import time
from pathlib import Path

from streamlit.runtime.scriptrunner.script_runner import ScriptRunner

REPOSITORY = Path(__file__).parents[2]
FOLDER = Path(os.environ["BENCHMARK_FOLDER"])
sys.path.insert(0, str(REPOSITORY))

from components.page import served  # noqa: E402  the repository is found first


def note_times() -> None:
    """Wrap Streamlit's script runner, once a process; a step reruns fragments, not this script."""
    run = ScriptRunner._run_script  # noqa: SLF001  nothing public sees a fragment's run from outside

    def timed(runner, data) -> None:
        wall_s, thread_s = time.perf_counter(), time.thread_time()
        run(runner, data)
        wall_s, thread_s = time.perf_counter() - wall_s, time.thread_time() - thread_s
        with (FOLDER / "runs").open("a") as file:
            file.write(f"{wall_s * 1_000} {thread_s * 1_000}\n")
        if (FOLDER / "settle").exists():  # memory is being measured: only what is held shall count
            gc.collect()
            ctypes.CDLL(None).malloc_trim(0)

    ScriptRunner._run_script = timed  # noqa: SLF001


if not (FOLDER / "noted").exists():
    (FOLDER / "noted").touch()
    note_times()
served.SEEDS = FOLDER / "seeds"
runpy.run_path(str(REPOSITORY / "app.py"))
