"""What the canvas of recorded events shows, counts and finds, in a browser without a server."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from importlib.resources import files
from io import BytesIO
from itertools import pairwise

import numpy as np
import pytest
from PIL import Image, ImageChops

from components.draw.style import browser_style
from components.model.event import Mode, Theme

pytestmark = pytest.mark.browser

THEMES, MODES = list(Theme), list(Mode)
WAR, HAPPENED, CLAIMED = THEMES.index(Theme.WAR), 0, MODES.index(Mode.CLAIMED)
OPEN_START, OPEN_END = -719162, 2932896
CENTRE = (34.4, 31.4)
ZOOM = 11
CELL_PX = 6
ORIGIN = "http://127.0.0.1/"
PAGE = """<!doctype html><link rel="stylesheet" href="/leaflet.css">
<style>html, body, #map { margin: 0; width: 1100px; height: 900px }
#map { --scale: 1; --ink: #20262c; --card: #ffffff; --theme-war: #006a55; background: #dde }</style>
<div id="map"></div>
<script src="/leaflet.js"></script>
<script src="/chronicle.js"></script><script src="/marks.js"></script>"""
START = """async ([style, centre, zoom]) => {
    const told = window.told = [];
    window.map = L.map("map", { zoomSnap: 0.25, zoomAnimation: false, inertia: false })
        .setView([centre[1], centre[0]], zoom);
    window.group = L.featureGroup().addTo(map);
    window.chronicle = await Corridors.Chronicle.read("/events.bin.gz");
    window.marks = new Corridors.Marks(map, chronicle, {
        style, group, tip: (bin) => document.createTextNode(bin.count),
        list: (bin) => told.push(["list", bin.rows()]), pick: (row) => told.push(["pick", row]) });
    await marks.restyle();
    window.show = (first, last, themes) => marks.show({ first, last, themes: new Set(themes) });
    window.alpha = (x, y, w = 1, h = 1) => {
        const ratio = window.devicePixelRatio;
        const at = map.containerPointToLayerPoint([x, y]).subtract(marks._bounds.min);
        const { data } = marks._ctx.getImageData(at.x * ratio, at.y * ratio, w, h);
        return Array.from({ length: w * h }, (_, i) => data[4 * i + 3]);
    };
}"""


@dataclass
class Table:
    """Events as columns, in the order in which the browser numbers them."""

    theme: np.ndarray
    mode: np.ndarray
    lonlat: np.ndarray
    first: np.ndarray
    last: np.ndarray
    accuracy: np.ndarray

    def __post_init__(self) -> None:
        """Sort by theme, mode, exactness and days."""
        vague = self.first != self.last
        order = np.lexsort((self.last, self.first, vague, self.mode, self.theme))
        for name, column in vars(self).items():
            setattr(self, name, np.asarray(column)[order])

    def world(self) -> np.ndarray:
        """Return the points in widths of the world, from its north-west corner."""
        x = (self.lonlat[:, 0] + 180) / 360
        y = 0.5 - np.log(np.tan(np.pi / 4 + np.radians(self.lonlat[:, 1]) / 2)) / (2 * np.pi)
        return np.stack([x, y], axis=1)

    def binary(self) -> bytes:
        """Return the file that the browser reads."""
        key = (self.theme * len(MODES) + self.mode) * 2 + (self.first != self.last)
        cuts = [0, *(np.flatnonzero(np.diff(key)) + 1).tolist(), len(key)]
        runs = [
            {
                "theme": THEMES[self.theme[start]],
                "mode": MODES[self.mode[start]],
                "exact": bool(self.first[start] == self.last[start]),
                "start": start,
                "stop": stop,
            }
            for start, stop in pairwise(cuts)
        ]
        origin = self.world().mean(axis=0)
        columns = {
            "xy": (self.world() - origin).astype("<f4"),
            "first": self.first.astype("<i4"),
            "last": self.last.astype("<i4"),
            "accuracy": self.accuracy.astype("u1"),
        }
        header_bytes = 8 * (400 + 16 * len(runs))
        offsets, body = {}, b""
        for name, column in columns.items():
            body += bytes(-len(body) % 8)
            offsets[name] = 8 + header_bytes + len(body)
            body += column.tobytes()
        header = {"rows": len(key), "origin": origin.tolist(), "runs": runs, "columns": offsets}
        text = json.dumps(header).encode().ljust(header_bytes)
        return gzip.compress(b"CORR" + header_bytes.to_bytes(4, "little") + text + body)

    def rows(self, first: int, last: int, themes: list[Theme]) -> list[int]:
        """Return the rows that a window shows."""
        on = np.isin(self.theme, [THEMES.index(theme) for theme in themes])
        return np.flatnonzero(on & (self.first <= last) & (self.last >= first)).tolist()


def sample(rows: int, seed: int = 1, *, spread_deg: float = 0.1) -> Table:
    """Return random events around the centre, some vague in place or time, some open-ended."""
    random = np.random.default_rng(seed)
    first = random.integers(0, 60, rows)
    last = first + random.integers(1, 20, rows) * (random.random(rows) < 0.3)
    first[random.random(rows) < 0.03] = OPEN_START
    last[random.random(rows) < 0.03] = OPEN_END
    return Table(
        random.integers(0, len(THEMES), rows),
        random.integers(0, len(MODES), rows),
        np.array(CENTRE) + random.uniform(-spread_deg, spread_deg, (rows, 2)),
        first,
        last,
        random.choice([2, 12, 20, 23], rows),
    )


def at_once(*spots: tuple[int, int, float, float, int]) -> Table:
    """Return events of the first day: how many, mode, degrees off the centre, accuracy."""
    many = [spot for spot in spots for _ in range(spot[0])]
    _, mode, east, north, accuracy = (np.array(column) for column in zip(*many, strict=True))
    zero = np.zeros(len(many), int)
    lonlat = np.array(CENTRE) + np.stack([east, north], axis=1)
    return Table(zero + WAR, mode, lonlat, zero, zero, accuracy)


@pytest.fixture
def open_map(open_page, repository):
    """Return a function that opens a map with the events of a table, before any are shown."""
    folders = (
        repository / "components" / "draw" / "browser",
        files("xstatic.pkg.leaflet") / "data",
    )
    types = {"js": "text/javascript", "css": "text/css"}

    def opened(table: Table):
        page = open_page(viewport={"width": 1100, "height": 900})
        made = {"": PAGE, "events.bin.gz": table.binary(), "bad.gz": gzip.compress(b"<html>")}

        def answer(route):
            name = route.request.url.removeprefix(ORIGIN)
            found = (
                [made[name]]
                if name in made
                else [
                    (folder / name).read_bytes() for folder in folders if (folder / name).is_file()
                ]
            )
            kind = types.get(
                name.rpartition(".")[2], "application/octet-stream" if name else "text/html"
            )
            route.fulfill(status=200 if found else 404, body=(*found, "")[0], content_type=kind)

        page.route("**/*", answer)
        page.goto(ORIGIN)
        page.evaluate(START, [browser_style(), CENTRE, ZOOM])
        return page

    return opened


def picture(page, box: tuple[int, int, int, int]) -> Image.Image:
    """Return a part of the page: left, top, width, height."""
    clip = dict(zip(("x", "y", "width", "height"), box, strict=True))
    return Image.open(BytesIO(page.screenshot(clip=clip))).convert("RGB")


def test_windows_show_the_rows_that_meet_them(open_map) -> None:
    table = sample(3_000)
    page = open_map(table)
    random = np.random.default_rng(7)
    edges = [OPEN_START, OPEN_START + 1, -1, 0, 59, 60, 79, 80, OPEN_END - 1, OPEN_END]
    for number in range(100):
        days = random.choice(edges, 2) if number % 4 == 0 else random.integers(-5, 85, 2)
        first, last = sorted(days.tolist())
        last = first if number % 5 == 0 else last
        themes = [theme for theme in THEMES if random.random() < 0.7]
        expected = table.rows(first, last, themes)
        window = [first, last, themes]
        assert page.evaluate("([a, b, on]) => show(a, b, on)", window) == len(expected)
        assert page.evaluate("([a, b, on]) => chronicle.count(a, b, new Set(on))", window) == len(
            expected
        )
        found = page.evaluate("([a, b, on]) => [...chronicle.rowsIn(a, b, new Set(on))]", window)
        assert found == expected


def test_rows_are_counted_but_not_drawn_while_events_are_off(open_map) -> None:
    page = open_map(sample(300))
    page.evaluate("map.removeLayer(group)")
    assert page.evaluate(f"show({OPEN_START}, {OPEN_END}, {json.dumps(THEMES)})") == 300
    assert page.evaluate("document.querySelector('canvas')") is None
    page.evaluate("map.addLayer(group)")
    assert page.evaluate("marks.bins.length") > 100


def test_a_file_that_is_none_is_named(open_map, incidents) -> None:
    page = open_map(sample(20))
    for name, fault in (("/bad.gz", 'it begins with "<htm"'), ("/none.gz", "answer 404")):
        said = page.evaluate(f"Corridors.Chronicle.read('{name}').catch((error) => error.message)")
        assert said.startswith(name)
        assert fault in said
    # The browser itself complains of the missing one.
    incidents.clear()


@pytest.mark.parametrize("accuracy", [17, 20, 23, 25])
def test_a_vague_event_is_a_square_or_a_ring_as_large_as_its_accuracy(open_map, accuracy) -> None:
    vague = (1, HAPPENED, 0, 0, accuracy)
    page = open_map(at_once(vague, (5_000, HAPPENED, -0.19, 0.19, 0)))
    pixel = "map.distance(...[550, 551].map((x) => map.containerPointToLatLng([x, 450])))"
    across = 2 * 2 ** (accuracy / 2) / page.evaluate(pixel)
    page.evaluate("show(0, 0, ['war'])")
    assert not page.evaluate("marks.rich")
    # Alone in its row and its column of the picture: the crowd is at another corner.
    for line in ("alpha(-250, 450, 1600, 1)", "alpha(550, -200, 1, 1300)"):
        assert sum(value > 0 for value in page.evaluate(line)) >= across
    page.evaluate("map.setZoom(13)")
    ring = page.evaluate("marks.at(map.getSize().divideBy(2))")
    assert ring["radius"] >= across / 2 * 4 * 0.999
    assert not ring["exact"]


@pytest.mark.parametrize(("rows", "rich"), [(5_000, True), (5_001, False)])
def test_beyond_five_thousand_in_view_squares_take_over(open_map, rows, rich) -> None:
    page = open_map(at_once((rows, HAPPENED, 0, 0, 0), (3_000, HAPPENED, 3, 0, 0)))
    assert page.evaluate("show(0, 0, ['war'])") == rows + 3_000
    assert page.evaluate("marks.rich") is rich
    # A mark is a disc of 18 pixels, a square has six.
    painted = sum(value > 0 for value in page.evaluate("alpha(530, 450, 40, 1)"))
    assert (painted > 12) is rich


def test_picking_a_mark_gives_what_it_stands_for(open_map) -> None:
    table = sample(400, spread_deg=0.05)
    page = open_map(table)
    page.evaluate(f"show(0, 40, {json.dumps(THEMES)})")
    marks = page.evaluate("marks.bins.map((bin) => bin.rows())")
    rows = sorted(row for members in marks for row in members)
    assert rows == table.rows(0, 40, THEMES)
    # What lies on top is found, where two overlap.
    found = page.evaluate("""() => marks.bins.map(({ x, y }) => {
        const bin = marks.at(map.layerPointToContainerPoint([x, y]));
        return { ...bin, rows: bin.rows(), some: bin.rows(2) };
    })""")
    assert sum(bin_["rows"] == members for bin_, members in zip(found, marks, strict=True)) > 50
    for one in found:
        members = one["rows"]
        assert members in marks
        assert one["count"] == len(members)
        assert one["some"] == members[:2]
        for name, words, column in (
            ("byTheme", THEMES, table.theme),
            ("byMode", MODES, table.mode),
        ):
            values, counts = np.unique(column[members], return_counts=True)
            assert one[name] == {words[v]: n for v, n in zip(values, counts.tolist(), strict=True)}


def test_picking_a_square_gives_what_lies_in_it(open_map) -> None:
    table = sample(9_000)
    page = open_map(table)
    page.evaluate(f"show(0, 40, {json.dumps(THEMES)})")
    assert not page.evaluate("marks.rich")
    shown = np.array([row for row in table.rows(0, 40, THEMES) if table.accuracy[row] <= 12])
    world = table.world()[shown] * 256 * 2**ZOOM
    cell = np.floor(world / CELL_PX)
    inside = np.abs(world / CELL_PX - cell - 0.5).max(axis=1) < 0.45
    corner = np.array(page.evaluate("Object.values(map.getPixelBounds().min)"))
    for number in np.flatnonzero(inside)[::40]:
        x, y = (world[number] - corner).tolist()
        bin_ = page.evaluate(
            "(at) => { const bin = marks.at(L.point(at)); return { ...bin, rows: bin.rows() } }",
            [x, y],
        )
        assert bin_["rows"] == shown[(cell == cell[number]).all(axis=1)].tolist()
        assert bin_["exact"]


def test_what_is_only_claimed_is_an_outline(open_map) -> None:
    east = 0.1
    page = open_map(
        at_once(
            (5_000, HAPPENED, -0.19, 0.19, 0),
            (9, CLAIMED, 0, 0, 21),
            (9, CLAIMED, east, 0, 21),
            (1, HAPPENED, east, 0, 21),
        )
    )
    page.evaluate("show(0, 0, ['war'])")
    x = page.evaluate(f"map.latLngToContainerPoint([{CENTRE[1]}, {CENTRE[0] + east}]).x")
    claimed, stated = (
        sum(value > 0 for value in page.evaluate("(x) => alpha(x - 60, 390, 120, 120)", middle))
        for middle in (550, x)
    )
    # Both are as large; of the one only the edge is painted.
    side = stated**0.5
    assert side >= 40
    assert 3 * side < claimed < 4 * side


def test_a_mark_of_claims_only_is_hollow(open_map) -> None:
    table = at_once((1, CLAIMED, 0, 0, 0), (1, MODES.index(Mode.DENIED), 0, 0, 0))
    page = open_map(table)
    page.evaluate("show(0, 0, ['war'])")
    dark = ImageChops.invert(picture(page, (538, 438, 24, 24)).convert("L"))
    share = sum(dark.point(lambda v: v > 128 and 255).histogram()[255:]) / 24**2
    # A ring and a figure; a filled disc would be 44 % of the square.
    assert 0.03 < share < 0.3


@pytest.mark.parametrize("rows", [3_000, 60_000])
def test_the_picture_stays_while_panning_and_follows_far(open_map, rows) -> None:
    page = open_map(sample(rows, spread_deg=0.9))
    page.evaluate(f"show(0, 40, {json.dumps(THEMES)})")
    before = picture(page, (300, 300, 400, 300))
    page.mouse.move(1000, 500)
    page.mouse.down()
    page.mouse.move(940, 460, steps=5)
    during = picture(page, (240, 260, 400, 300))
    assert ImageChops.difference(before, during).getbbox() is None
    # Far beyond the canvas, still in the same drag.
    page.mouse.move(100, 460, steps=10)
    drawn = picture(page, (700, 300, 400, 300))
    page.mouse.up()
    page.mouse.move(5, 5)
    assert len(drawn.getcolors(120_000)) > 10
    assert ImageChops.difference(drawn, picture(page, (700, 300, 400, 300))).getbbox() is None


def test_a_click_reaches_a_mark_over_a_corridor_but_not_one_under_a_card(open_map) -> None:
    page = open_map(at_once((1, HAPPENED, 0, 0, 0), (2, HAPPENED, 0.05, 0, 0)))
    page.evaluate("show(0, 0, ['war'])")
    page.evaluate("""() => {
        L.rectangle(map.getBounds().pad(-0.3), { bubblingMouseEvents: false }).addTo(map)
            .on("click", (event) => { L.DomEvent.stop(event); told.push(["corridor"]); });
        const card = document.createElement("button");
        card.className = "callout";
        card.style = "position: absolute; z-index: 2000; left: 700px; width: 90px; height: 30px";
        card.addEventListener("click", () => told.push(["card"]));
        map.getContainer().append(card);
    }""")
    several = page.evaluate(f"map.latLngToContainerPoint([{CENTRE[1]}, {CENTRE[0] + 0.05}]).x")
    page.mouse.click(552, 448)
    page.mouse.click(several, 450)
    page.mouse.click(552, 500)
    page.evaluate("document.querySelector('.callout').style.top = '440px'")
    page.evaluate("document.querySelector('.callout').style.left = '540px'")
    page.mouse.click(552, 448)
    assert page.evaluate("told") == [["pick", 0], ["list", [1, 2]], ["corridor"], ["card"]]


def test_a_drag_that_ends_on_a_mark_is_no_click(open_map) -> None:
    page = open_map(at_once((1, HAPPENED, 0, 0, 0)))
    page.evaluate("show(0, 0, ['war'])")
    page.mouse.move(550, 450)
    page.mouse.down()
    page.mouse.move(620, 480, steps=4)
    page.mouse.up()
    assert page.evaluate("told") == []
    page.mouse.click(620, 480)
    assert page.evaluate("told") == [["pick", 0]]


def test_a_pointer_at_rest_is_told_what_is_there(open_map) -> None:
    page = open_map(at_once((7, HAPPENED, 0, 0, 0)))
    page.evaluate("show(0, 0, ['war'])")
    page.mouse.move(551, 451)
    page.locator(".leaflet-tooltip", has_text="7").wait_for()
    page.mouse.move(300, 300)
    page.locator(".leaflet-tooltip").wait_for(state="detached")
