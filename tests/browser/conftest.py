"""The running app and a browser that is cut off from every network but this machine's own."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    FrameLocator,
    Page,
    WebSocket,
    expect,
    sync_playwright,
)

START_S = 60
READY_MS = 30_000
LOOPBACK = "127.0.0.1"
# The test command makes sure that one of these is there, or else Playwright's own.
CHROMIUMS = ("chromium", "google-chrome")
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # The network cable is out: every other name is unknown, whoever asks.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE " + LOOPBACK,
]
VISITOR: dict[str, Any] = {
    "locale": "en-GB",
    "timezone_id": "Europe/London",
    "viewport": {"width": 1440, "height": 900},
    "color_scheme": "light",
}
FAILED = pytest.StashKey[bool]()
# A loaded machine is slow, which is no fault of the app. Where a time is promised, a test says it.
expect.set_options(timeout=15_000)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Remember whether the test failed, for the picture that `open_page` then takes."""
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


@pytest.fixture(scope="session")
def server(
    request: pytest.FixtureRequest, repository: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Run the app, or the script that the test names as parameter, and give its address.

    It works on a copy of the articles, so that no test writes into the repository's own.
    """
    script = getattr(request, "param", repository / "app.py")
    articles = tmp_path_factory.mktemp("articles")
    shutil.copytree(repository / "seeds", articles, dirs_exist_ok=True)
    log = tmp_path_factory.mktemp("server") / "streamlit.log"
    with socket.socket() as free:
        free.bind((LOOPBACK, 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(script)]
    options = {
        "server.headless": "true",
        "server.address": LOOPBACK,
        "server.port": str(port),
        # Somebody who edits while the tests run would reload the page under them.
        "server.fileWatcherType": "none",
    }
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*command, *(f"--{name}={value}" for name, value in options.items())],
            cwd=repository,
            env=os.environ | {"CORRIDORS_ARTICLES": str(articles)},
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        wait_until_up(process, port, log)
        yield f"http://{LOOPBACK}:{port}"
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
        process.wait(10)


def wait_until_up(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    """Ask for the server's health until it answers, or fail with what it said."""
    give_up = time.monotonic() + START_S
    while process.poll() is None and time.monotonic() < give_up:
        with closing(HTTPConnection(LOOPBACK, port, timeout=1)) as connection, suppress(OSError):
            connection.request("GET", "/_stcore/health")
            if connection.getresponse().status == HTTPStatus.OK:
                return
        time.sleep(0.1)
    pytest.fail(f"Streamlit did not start (exit code {process.poll()}):\n{log.read_text()}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start one Chromium for all tests: the system's, or else Playwright's own."""
    found = [path for name in CHROMIUMS if (path := shutil.which(name))]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=found[0] if found else None, args=FLAGS
        )
        yield chromium
        chromium.close()


@dataclass
class Incidents:
    """What must not happen in any test. One that provokes an incident checks it and clears it.

    Attributes
    ----------
    outside : list[str]
        Addresses beyond this machine that a page asked for.
    errors : list[str]
        What a page wrote to the console as an error, or threw.
    """

    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def clear(self) -> None:
        """Forget what was provoked."""
        self.outside.clear()
        self.errors.clear()

    def watch(self, context: BrowserContext) -> None:
        """Listen to all pages of a context, their frames and their web sockets."""
        context.on("request", lambda request: self._see_address(request.url))
        context.on("console", self._see_message)
        context.on("weberror", lambda error: self.errors.append(str(error.error)))
        context.on("page", lambda page: page.on("websocket", self._see_socket))

    def _see_address(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.hostname != LOOPBACK:
            self.outside.append(url)

    def _see_socket(self, socket: WebSocket) -> None:
        self._see_address(socket.url)

    def _see_message(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(f"{message.text} ({message.location['url']})")


@pytest.fixture
def incidents() -> Iterator[Incidents]:
    """Fail the test at its end if a page asked for the outside or complained."""
    seen = Incidents()
    yield seen
    if seen.outside or seen.errors:
        pytest.fail(f"Asked for outside: {seen.outside}\nErrors: {seen.errors}")


@pytest.fixture
def open_page(
    browser: Browser, incidents: Incidents, request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[Callable[..., Page]]:
    """Open empty pages, each a visitor's own; options are those of `Browser.new_context`.

    When the test has failed, a picture of each page is left and its path is printed.
    """
    pages: list[Page] = []

    def opened(**options: object) -> Page:
        context = browser.new_context(**(VISITOR | options))
        incidents.watch(context)
        pages.append(context.new_page())
        return pages[-1]

    yield opened
    for page in pages:
        incidents.errors.extend(page.get_by_test_id("stException").all_inner_texts())
    for number, page in enumerate(pages):
        if request.node.stash.get(FAILED, False) or incidents.outside or incidents.errors:
            picture = tmp_path / f"page-{number}.png"
            page.screenshot(path=picture)
            request.node.add_report_section("teardown", "screenshot", str(picture))
        page.context.close()


@pytest.fixture
def map_frame() -> Callable[[Page], FrameLocator]:
    """Return a function from a page to the frame in which streamlit-folium holds the map.

    While two days are compared, it is that of the later one.
    """
    return lambda page: page.frame_locator(
        "iframe[title^=streamlit_folium]:not(.st-key-then_frame iframe)"
    )


@pytest.fixture
def corridors(map_frame: Callable[[Page], FrameLocator]) -> Callable[..., Any]:
    """Return a function that runs a script of `map`, the plugin, in the map's frame.

    It waits for what the script promises.
    """
    return lambda page, script, value=None: (
        map_frame(page)
        .locator("#map_div")
        .evaluate(
            f"async (node, value) => {{ const map = window.corridors; return {script}; }}", value
        )
    )


@pytest.fixture
def settle() -> Callable[[Page], None]:
    """Return a function that waits until Streamlit has run what a page asked for."""

    def settled(page: Page) -> None:
        idle = page.locator("[data-test-script-state=notRunning]")
        expect(idle).to_be_attached(timeout=READY_MS)

    return settled


@pytest.fixture
def open_app(
    server: str,
    open_page: Callable[..., Page],
    map_frame: Callable[[Page], FrameLocator],
    settle: Callable[[Page], None],
) -> Callable[..., Page]:
    """Open the app at a query such as `?event=...` and wait until the map is drawn.

    Options are those of `Browser.new_context`, such as `color_scheme="dark"`.
    """

    def opened(query: str = "", **options: object) -> Page:
        page = open_page(**options)
        page.goto(f"{server}/{query}")
        expect(map_frame(page).locator("#map_div[data-ready]")).to_be_attached(timeout=READY_MS)
        settle(page)
        return page

    return opened
