# ruff: noqa: T201  the table is what it is for
"""Measures how fast the map follows the slider: our app and its peers, in one run.

    python tests/benchmarks/map.py [--n 20,1000] [--peers all|none|NAME,NAME] [--steps 20]

It prints a table and, last, one line of JSON. It needs what the tests need; for the peers also npm
and an index of packages, from which it installs into `--folder`.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import venv
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from functools import partial
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

import numpy as np
from playwright.sync_api import Error, sync_playwright

HERE = Path(__file__).parent
REPOSITORY = HERE.parents[1]
sys.path.insert(0, str(REPOSITORY))

from events import FIRST, count, generate, write_arrays, write_seeds  # noqa: E402
from serving import LOOPBACK, held_MB, serve  # noqa: E402  the repository is found first
from visit import BYTES_S, WINDOW, Visit, map_frame, native_hand  # noqa: E402
from wire import relay  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from events import Arrays
    from playwright.sync_api import Browser, Locator, Page
    from visit import Figures
    from wire import Wire

CHROMIUMS = ("chromium", "google-chrome")
FLAGS = [
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    f"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE {LOOPBACK}",
    *(["--no-sandbox"] if os.geteuid() == 0 else []),
]
MIDDLE = FIRST + 325  # the window of the owner's article
MORE = 2  # days that the slider needs to the right of a series of steps
SLOW_S = 20
WAY_S = 300  # for one way at one number of events
WEIGHED = 5
OURS = "ours"
COLUMNS = {
    "step_ms": "step (ms)",
    "cumulative_ms": "cumulative (ms)",
    "ready_s": "ready (s)",
    "ws_kB": "websocket a step (kB)",
    "wire_kB": "the same, compressed on the wire (kB)",
    "python_ms": "Python a step (ms)",
    "browser_MB": "renderers (MB)",
    "browser_more_MB": "more than at the least N (MB)",
    "drag_updates_s": "updates a second, dragging",
    "drag_after_ms": "after the hand stops (ms)",
    "pan_fps": "pan (frames/s)",
    "zoom_fps": "zoom (frames/s)",
    "server_MB_per_session": "server, 2nd and 3rd session (MB)",
    "survives": "survives ten steps",
}


def timestamped_hand(page: Page, step: int) -> tuple[Locator, str]:
    """Return the button beside the time slider, which knows no keys itself."""
    name = "forward" if step > 0 else "backward"
    return map_frame(page).locator(f".timecontrol-{name}"), "Enter"


def timeline_hand(page: Page, step: int) -> tuple[Locator, str]:
    """Return the slider in the map."""
    return map_frame(page).locator("input.time-slider"), native_hand(page, step)[1]


PEERS = {
    "rebuilt": native_hand,
    "feature_group": native_hand,
    "leafmap": native_hand,
    "pydeck": native_hand,
    "timestamped": timestamped_hand,
    "timeline": timeline_hand,
}


def say(*words: object) -> None:
    """Tell how far it is."""
    print(time.strftime("%H:%M:%S"), *words, file=sys.stderr, flush=True)


def run(command: list[str | Path], folder: Path) -> None:
    """Run a command; when it fails, tell its last words and go on."""
    try:
        done = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True)
    except FileNotFoundError as error:
        say(error)
        return
    if done.returncode:
        say(f"{command[0]} failed: {done.stderr[-500:]}")


def install_peers(folder: Path) -> tuple[Path, Path]:
    """Return a Python with the peers and the folder of their scripts, which are installed."""
    python = folder / "venv" / "bin" / "python"
    if not python.exists():
        venv.create(folder / "venv", with_pip=True)
    # One by one: what cannot be installed fails alone, when its script imports it.
    for line in (HERE / "requirements.txt").read_text(encoding="utf-8").splitlines():
        say("pip install", line)
        run([python, "-m", "pip", "install", "--disable-pip-version-check", *line.split()], HERE)
    shutil.copy(HERE / "package.json", folder)
    say("npm install")
    run(["npm", "install", "--no-audit", "--no-fund"], folder)
    return python, folder / "node_modules"


class Bench:
    """What all measurements share."""

    def __init__(self, options: argparse.Namespace, folder: Path) -> None:
        self.options, self.folder = options, folder
        self.peers = install_peers(options.folder or folder) if options.peers else None
        self.chromium = ""

    @contextmanager
    def browser(self) -> Iterator[Browser]:
        """Start a Chromium and its driver; each way and number of events has its own.

        It is killed, not asked, since a page that is busy for minutes answers nothing.
        """
        found = [path for name in CHROMIUMS if (path := shutil.which(name))]
        path = found[0] if found else None
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
            self.chromium = browser.version
            everything = browser.new_browser_cdp_session()
            processes = everything.send("SystemInfo.getProcessInfo")["processInfo"]
            pid = next(each["id"] for each in processes if each["type"] == "browser")
            watch = threading.Timer(WAY_S, os.kill, (pid, signal.SIGKILL))
            watch.start()
            try:
                yield browser
            except Error as error:
                if watch.is_alive() and "closed" not in str(error):
                    raise
                message = "the browser or its driver broke down"
                if not watch.is_alive():
                    message = f"stopped after {WAY_S} s in all"
                raise RuntimeError(message) from error
            finally:
                watch.cancel()
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)

    def measure(self, name: str, folder: Path, events: Arrays) -> Figures:
        """Measure one way; if something fails, return what was measured before, and the reason."""
        figures: Figures = {}
        environment = {"BENCHMARK_FOLDER": str(folder)}
        python, script = sys.executable, HERE / "ours_app.py"
        if name != OURS:
            python, assets = map(str, self.peers)
            environment |= {
                "BENCHMARK_ASSETS": assets,
                "BENCHMARK_RENDERER": self.options.renderer,
            }
            script = HERE / "peers" / f"{name}_app.py"
        try:
            with (
                serve(python, script, environment, self.folder / f"{name}.log") as server,
                self.browser() as browser,
            ):
                visit = partial(
                    Visit,
                    browser,
                    server.url,
                    limit_s=self.options.limit,
                    hand=PEERS.get(name, native_hand),
                    probe=HERE / "peers" / f"{name}_probe.js",
                    events=events if name == OURS else None,
                )
                if name == OURS:
                    figures["server_MB_per_session"] = server_memory(visit, folder, server.pid)
                end = int(events["first"].max())  # some sliders end with the last event
                self.common(visit, browser, figures, end, folder / "runs" if name == OURS else None)
                if name == OURS:
                    more(visit, events, figures)
                    with relay(LOOPBACK, int(server.url.rpartition(":")[2])) as wire:
                        url = f"http://{LOOPBACK}:{wire.port}"
                        figures["wire_kB"] = on_the_wire(
                            partial(Visit, browser, url, limit_s=self.options.limit), wire
                        )
        except (Error, RuntimeError) as error:
            figures["failed"] = f"after {', '.join(figures) or 'nothing'}: {error}".splitlines()[0]
        return figures

    def common(
        self,
        visit: Callable[..., Visit],
        browser: Browser,
        figures: Figures,
        end: int,
        runs: Path | None,
    ) -> None:
        """Measure what is measured of every way; `end` is the last day that all sliders have."""
        steps = self.options.steps
        with ExitStack() as stack:
            page = stack.enter_context(visit(MIDDLE))
            figures["first_ready_s"] = page.ready_s
            ready = [page.ready_s]
            if page.ready_s < SLOW_S:  # else the first visit has to do
                ready = []
                for _ in range(3):
                    stack.close()
                    page = stack.enter_context(visit(MIDDLE))
                    ready.append(page.ready_s)
            figures["ready_s"] = median(ready)
            figures |= page.steps("step", steps, runs, WEIGHED)
            figures |= page.memory(browser)
        with visit(end - MORE - steps, show="cumulative") as page:
            figures |= page.steps("cumulative", steps)
            figures["cumulative_browser_MB"] = page.memory(browser)["browser_MB"]


def server_memory(visit: Callable[..., Visit], folder: Path, pid: int) -> list[float]:
    """Return MB that a second and a third session add to the server of the first."""
    (folder / "settle").touch()
    held = []
    with ExitStack() as stack:
        for _ in range(3):
            stack.enter_context(visit(MIDDLE)).steps("warm", 3)
            held.append(held_MB(pid, "Private_Clean", "Private_Dirty"))
    (folder / "settle").unlink()
    return [after - before for before, after in pairwise(held)]


def on_the_wire(visit: Callable[..., Visit], wire: Wire) -> float:
    """Return kB that a step takes on the wire, both ways, where messages are compressed."""
    took = []
    with visit(MIDDLE) as page:
        for _ in range(WEIGHED):
            before = wire.bytes
            page.step(1)
            page.page.wait_for_timeout(BYTES_S * 1_000)
            took.append((wire.bytes - before) / 1_000)
            page.follow()
            page.page.wait_for_timeout(BYTES_S * 1_000)
    return median(took)


def more(visit: Callable[..., Visit], events: Arrays, figures: Figures) -> None:
    """Measure what is promised of our app alone."""
    with visit(MIDDLE) as page:
        figures["drawn"] = page.step(1)[1]["count"]
        figures["expected"] = count(events, MIDDLE - WINDOW + 1, page.day)
        figures |= page.drag()
    with visit(MIDDLE) as page:
        figures |= page.frames()
    event = int(np.abs(events["first"] - MIDDLE + WINDOW // 2).argmin())
    # The window is opened round it; an event outside would move the window.
    day = int(events["first"][event]) + WINDOW // 2
    with visit(day, query=f"&event=generated:{event:07d}") as page:
        figures["survives"] = page.survives()


def ratios(ours: dict[str, Figures], peers: dict[str, dict[str, Figures]]) -> dict[str, Figures]:
    """Return how many times longer each peer takes, and which one takes least."""
    found: dict[str, Figures] = {}
    for n, figures in ours.items():
        for key in ("step_ms", "cumulative_ms"):
            times = {
                peer: by_n[n][key] / figures[key]
                for peer, by_n in peers.items()
                if key in by_n.get(n, {}) and key in figures
            }
            if times:
                best = min(times, key=times.__getitem__)
                found.setdefault(n, {})[key] = {"best": times[best], "by": best, "each": times}
    return found


def rounded(value: Any) -> Any:
    """Return the same with no more digits than were measured."""
    if isinstance(value, dict):
        return {key: rounded(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [rounded(inner) for inner in value]
    return round(float(value), 2 if abs(value) < 100 else 1) if isinstance(value, float) else value


def table(ways: dict[str, dict[str, Figures]]) -> str:
    """Return the figures as Markdown; a spread is that of the middle 80 %."""
    used = {key for by_n in ways.values() for figures in by_n.values() for key in figures}
    columns = [key for key in COLUMNS if key in used]
    rows = [
        ["N", "way", *(COLUMNS[key] for key in columns)],
        ["--:", "---"] + ["--:"] * len(columns),
    ]
    for n in dict.fromkeys(n for by_n in ways.values() for n in by_n):
        for way, by_n in ways.items():
            if n in by_n:
                rows.append([f"{int(n):,}", way, *(cell(by_n[n], key) for key in columns)])
    failed = [
        f"{way}, {int(n):,}: {figures['failed']}"
        for way, by_n in ways.items()
        for n, figures in by_n.items()
        if "failed" in figures
    ]
    return "\n".join([*(f"| {' | '.join(row)} |" for row in rows), "", *failed])


def cell(figures: Figures, key: str) -> str:
    """Return one figure in words."""
    value = figures.get(key)
    if value is None:
        return "failed" if "failed" in figures else "-"
    if isinstance(value, dict):
        return ", ".join(f"{name} {'yes' if kept else 'NO'}" for name, kept in value.items())
    if isinstance(value, list):
        return ", ".join(f"{each:.1f}" for each in value)
    spread = figures.get(key.replace("_ms", "_spread"), {}) if key.endswith("_ms") else {}
    text = f"{value:,.1f}" if value < 100 else f"{value:,.0f}"
    return f"{text} ({spread['p10']:,.0f}..{spread['p90']:,.0f})" if spread else text


def machine(chromium: str) -> str:
    """Return on what was measured."""
    cpu = next(
        line.split(":")[1].strip()
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        if line.startswith("model name")
    )
    ram_GB = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9  # noqa: N806
    pinned = (HERE / "requirements.txt").read_text(encoding="utf-8").split()[2:]
    packages = [f"{name}=={version(name)}" for name in ("streamlit", "folium", "streamlit-folium")]
    return (
        f"{datetime.now().astimezone():%Y-%m-%d %H:%M %Z}. {cpu}, {os.cpu_count()} cores, "
        f"{ram_GB:.0f} GB; {platform.system()} {platform.release()}; "
        f"Chromium {chromium}, headless, no GPU, 1440 x 900; "
        f"Python {platform.python_version()}; {', '.join(packages + pinned)}.\n"
        "Milliseconds from the key to the painted frame that shows the new set: median "
        "(p10..p90), window of 30 days."
    )


def asked() -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--n", default="20,1000,10000,100000,1000000", help="numbers of events")
    parser.add_argument("--peers", default="all", help=f"all, none, or some of {','.join(PEERS)}")
    parser.add_argument("--steps", type=int, default=20, help="steps of the slider a series")
    parser.add_argument("--limit", type=float, default=120, help="seconds for a page to be ready")
    parser.add_argument("--folder", type=Path, help="keeps the peers' installation")
    parser.add_argument(
        "--renderer", choices=("canvas", "svg"), default="canvas", help="of peers that use Leaflet"
    )
    parser.add_argument("--no-ours", action="store_true", help="measures the peers only")
    options = parser.parse_args()
    options.n = sorted(int(n) for n in options.n.split(","))
    options.peers = {"all": [*PEERS], "none": []}.get(options.peers) or [
        name for name in options.peers.split(",") if name != "none"
    ]
    if strange := set(options.peers) - set(PEERS):
        parser.error(f"no such peer: {', '.join(sorted(strange))}. There are {', '.join(PEERS)}.")
    if options.folder:
        options.folder = options.folder.resolve()
        options.folder.mkdir(parents=True, exist_ok=True)
    return options


def main() -> None:
    """Measure everything that was asked for, and print it."""
    options = asked()
    # The servers and browsers are ended on the way out.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    names = ([] if options.no_ours else [OURS]) + options.peers
    ways: dict[str, dict[str, Figures]] = {name: {} for name in names}
    with tempfile.TemporaryDirectory() as temporary:
        bench = Bench(options, Path(temporary))
        for n in options.n:
            folder = bench.folder / str(n)
            events = generate(n, REPOSITORY)
            write_seeds(events, folder / "seeds", REPOSITORY)
            write_arrays(events, folder / "events.npz")
            for name, measured in ways.items():
                hopeless = [m for m, seen in measured.items() if "ready_s" not in seen]
                if hopeless and name != OURS:
                    measured[str(n)] = {"failed": f"not tried: not ready at N = {hopeless[0]}"}
                    continue
                say(f"{name}, N = {n:,}")
                measured[str(n)] = rounded(bench.measure(name, folder, events))
                say(measured[str(n)])
        print(machine(bench.chromium))
    for by_n in ways.values():
        for figures in by_n.values():
            if "browser_MB" in figures and "browser_MB" in (least := next(iter(by_n.values()))):
                figures["browser_more_MB"] = rounded(figures["browser_MB"] - least["browser_MB"])
    print(f"\n{table(ways)}\n")
    ours = ways.pop(OURS, {})
    print(json.dumps({"ours": ours, "peers": ways, "ratios": rounded(ratios(ours, ways))}))


if __name__ == "__main__":
    main()
