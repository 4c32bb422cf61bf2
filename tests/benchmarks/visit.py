"""One visitor's page in Chromium: what is pressed, when the map has shown it, what it cost."""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

import numpy as np
from events import EPOCH, FIRST, count
from playwright.sync_api import Error
from serving import held_MB

if TYPE_CHECKING:
    from collections.abc import Callable

    from events import Arrays
    from playwright.sync_api import Browser, FrameLocator, Locator, Page

HERE = Path(__file__).parent
WINDOW = 30
REST_S, BYTES_S, HAND_S, MOVES = 0.35, 1.5, 1.5, 90
STEP_S, BUDGET_S = 60, 30  # a step and a series may take so long
BYTES = "[bench.received / 1e3, bench.sent / 1e3]"
VISITOR: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}, "device_scale_factor": 1}
IDLE = "[data-test-script-state=notRunning]"
SEEN = """([mark, since, least]) => document.querySelector('[data-testid=stException]')
    || bench.shown.find((shown) => shown.at > since
        && (mark === null || shown.mark === mark) && (shown.count ?? Infinity) >= least)"""

Figures = dict[str, Any]


def native_hand(page: Page, step: int) -> tuple[Locator, str]:
    """Return the right hand of Streamlit's slider, and the key for a day forward or back."""
    return page.get_by_role("slider").nth(1), "ArrowRight" if step > 0 else "ArrowLeft"


def map_frame(page: Page) -> FrameLocator:
    """Return the frame in which streamlit-folium holds the map."""
    return page.frame_locator("iframe[title^=streamlit_folium]")


class Visit:
    """A fresh visitor who opens the page with a window that ends on a day.

    Attributes
    ----------
    ready_s : float
        From the start of the navigation until the first events were painted.
    day : int
        The last day of the window, counted from 1970-01-01.
    """

    def __init__(
        self,
        browser: Browser,
        url: str,
        day: int,
        *,
        show: str = "window",
        limit_s: float = 120,
        hand: Callable[[Page, int], tuple[Locator, str]] = native_hand,
        probe: Path | None = None,
        query: str = "",
        events: Arrays | None = None,
    ) -> None:
        self.day, self.show, self.hand = day, show, hand
        self.page = browser.new_context(**VISITOR).new_page()
        self.thrown: list[str] = []
        self.page.on("pageerror", lambda error: self.thrown.append(f"(thrown: {error})"))
        for script in (HERE / "probe.js", probe):
            if script and script.exists():
                self.page.add_init_script(path=script)
        first, last = (EPOCH + timedelta(d) for d in (day - WINDOW + 1, day))
        self.page.goto(f"{url}/?from={first}&to={last}&show={show}{query}", wait_until="commit")
        # A page that tells how many events it has drawn is not ready before it has drawn them all.
        since = FIRST if show == "cumulative" else day - WINDOW + 1
        least = count(events, since, day) if events else 0
        shown = self.wait_shown(None, 0, limit_s, least)
        self.ready_s = (shown["at"] - self.page.evaluate("performance.timeOrigin")) / 1_000
        self.rest(limit_s)

    def __enter__(self) -> Visit:  # noqa: PYI034  the class is not made to be inherited
        """Return the visit, which ends with the block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Leave, as a visitor who closes the tab."""
        self.page.context.close()

    def wait_shown(self, day: int | None, since: float, limit_s: float, least: int = 0) -> Figures:
        """Wait until the map has painted the set that ends on a day; None is any."""
        mark = None if day is None else 1 + day % 100
        try:
            seen = self.page.wait_for_function(
                SEEN, arg=[mark, since, least], polling=50, timeout=limit_s * 1_000
            )
        except Error as error:
            if "Timeout" not in str(error):
                raise
            message = f"no new set after {limit_s:g} s {' '.join(self.thrown[:1])}"
            raise RuntimeError(message) from error
        complaint = self.page.get_by_test_id("stException")
        if complaint.count():
            message = " ".join(complaint.first.inner_text().split())
            raise RuntimeError(message[:200])
        return seen.json_value()

    def rest(self, limit_s: float = STEP_S) -> None:
        """Wait until Streamlit has nothing to run, and a little longer."""
        self.page.wait_for_timeout(REST_S * 1_000)
        self.page.locator(IDLE).wait_for(state="attached", timeout=limit_s * 1_000)

    def step(self, step: int, limit_s: float = STEP_S) -> tuple[float, Figures]:
        """Press the slider's key once; return milliseconds until painted, and what was."""
        self.day += step
        hand, key = self.hand(self.page, step)
        hand.focus()
        pressed = self.page.evaluate("bench.keys.length")
        self.page.keyboard.press(key)
        at = self.page.evaluate(f"bench.keys[{pressed}]")
        shown = self.wait_shown(self.day, at, limit_s)
        return shown["at"] - at, shown

    def follow(self, limit_s: float = STEP_S) -> None:
        """Let the left hand follow the right one, so that the window has its 30 days again.

        Windows never come back: Streamlit keeps what it has sent once, and would not send it again.
        """
        if self.hand is native_hand and self.show == "window":
            left = self.page.get_by_role("slider").first
            left.focus()
            at = self.page.evaluate("performance.timeOrigin + performance.now()")
            self.page.keyboard.press("ArrowRight")
            self.wait_shown(self.day, at, limit_s)
        self.rest(limit_s)

    def steps(self, name: str, wanted: int, runs: Path | None = None, weighed: int = 0) -> Figures:
        """Step day by day; return milliseconds, and of the first steps what they cost.

        Parameters
        ----------
        wanted : int
            How many steps to take; there are fewer when they take long.
        runs : Path or None
            Where the server notes how long each run of its script took.
        weighed : int
            After so many steps, wait for everything that is still sent because of them.
        """
        took: list[float] = []
        costs = []
        stop = time.monotonic() + BUDGET_S
        while len(took) < wanted and (not took or time.monotonic() < stop):
            before, known = self.page.evaluate(BYTES), len(read_runs(runs))
            took.append(self.step(1)[0])
            if len(took) <= weighed:
                self.page.wait_for_timeout(BYTES_S * 1_000)
                self.rest()
                ran = read_runs(runs)[known:]
                sent = np.subtract(self.page.evaluate(BYTES), before)
                costs.append([*sent, sum(sent), *np.sum([(0, 0), *ran], axis=0), len(ran)])
            self.follow()
        low, high = np.percentile(took, [10, 90])
        spread = {"p10": low, "p90": high, "of": len(took)}
        figures = {f"{name}_ms": median(took), f"{name}_spread": spread}
        if costs:
            names = ("ws_in_kB", "ws_out_kB", "ws_kB", "python_ms", "python_thread_ms", "runs")
            found = zip(names, np.median(costs, axis=0), strict=True)
            figures |= {key: value for key, value in found if runs or key.startswith("ws")}
        return figures

    def memory(self, browser: Browser) -> Figures:
        """Return MB of the browser's renderers and its GPU process, and of the page's heap."""
        page = self.page.context.new_cdp_session(self.page)
        page.send("HeapProfiler.collectGarbage")
        heap = page.send("Runtime.getHeapUsage")
        everything = browser.new_browser_cdp_session()
        processes = everything.send("SystemInfo.getProcessInfo")["processInfo"]
        held = {
            kind: sum(held_MB(each["id"], "Pss") for each in processes if each["type"] == kind)
            for kind in ("renderer", "GPU")
        }
        names = ("usedSize", "embedderHeapUsedSize", "backingStorageSize")
        return {
            "browser_MB": held["renderer"],
            "gpu_MB": held["GPU"],
            "heap_MB": sum(heap.get(name, 0) for name in names) / 2**20,
        }

    def drag(self) -> Figures:
        """Drag the right hand by mouse; return draws a second, and how long they went on after."""
        thumb = self.hand(self.page, 1)[0].locator("xpath=../..").bounding_box()
        track = self.hand(self.page, 1)[0].locator("xpath=../../..").bounding_box()
        x, y = (thumb[a] + thumb[b] / 2 for a, b in (("x", "width"), ("y", "height")))
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        moved = self.page.evaluate("bench.moves.length")
        self.moves((x, y), (x + track["width"] * 0.25, y))
        self.page.wait_for_timeout(1_500)
        moves, shown = self.page.evaluate(f"[bench.moves.slice({moved}), bench.shown]")
        self.page.mouse.up()
        self.rest()
        draws = [draw["at"] for draw in shown if draw["at"] > moves[0]]
        during = [at for at in draws if at <= moves[-1]]
        return {
            "drag_updates_s": len(during) / (moves[-1] - moves[0]) * 1_000,
            "drag_moves_s": len(moves) / (moves[-1] - moves[0]) * 1_000,
            "drag_after_ms": max(0.0, draws[-1] - moves[-1]) if draws else None,
        }

    def moves(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Move the mouse in a straight line, about sixty times a second."""
        began = time.monotonic()
        for number in range(1, MOVES + 1):
            part = number / MOVES
            self.page.mouse.move(*(a + (b - a) * part for a, b in zip(start, end, strict=True)))
            time.sleep(max(0, began + HAND_S * part - time.monotonic()))

    def frames(self) -> Figures:
        """Return frames a second while the map is dragged and zoomed by the mouse."""
        box = self.page.locator("iframe[title^=streamlit_folium]").bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

        def pan() -> None:
            self.page.mouse.move(x, y)
            self.page.mouse.down()
            self.moves((x, y), (x + 150, y + 200))
            self.page.mouse.up()

        def zoom() -> None:
            self.page.mouse.move(x, y)
            for turn in (-120, -120, 120, 120):
                self.page.mouse.wheel(0, turn)
                self.page.wait_for_timeout(HAND_S * 250)

        figures: Figures = {}
        for name, act in (("pan", pan), ("zoom", zoom)):
            self.page.evaluate("countFrames()")
            act()
            times = np.diff(self.page.evaluate("counting = false, bench.frames"))
            figures[f"{name}_fps"] = len(times) / times.sum() * 1_000
            figures[f"{name}_slow_frames"] = int((times > 100).sum())
            self.page.wait_for_timeout(REST_S * 1_000)
        return figures

    def survives(self) -> dict[str, bool]:
        """Return what is still as it was after ten steps. An event must have been opened."""
        node = map_frame(self.page).locator("#map_div")
        panel = self.page.locator(".st-key-panel")
        look = (
            "() => [map.getCenter().lat.toFixed(4), map.getCenter().lng.toFixed(4), map.getZoom()]"
        )
        self.frames()
        self.page.get_by_text("Netzarim Corridor", exact=True).first.click()
        self.rest()
        node.evaluate("() => { window.survivor = true }")
        camera, words = node.evaluate(look), panel.inner_text()
        for number in range(10):
            self.step(-1 if number > 4 else 1)
        self.rest()
        return {
            "camera": node.evaluate(look) == camera,
            "toggle": "netzarim" not in node.get_attribute("data-footprints"),
            "panel": "Generated" in words and panel.inner_text() == words,
            "frame": node.evaluate("() => window.survivor === true"),
        }


def read_runs(path: Path | None) -> list[list[float]]:
    """Return milliseconds of each run of the script: by the clock, and of the thread."""
    if path is None or not path.exists():
        return []
    return [[float(word) for word in line.split()] for line in path.read_text().splitlines()]
