"""The map follows the slider while it is dragged, and what it shows is what the page knows."""

from __future__ import annotations

import random
import re
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import expect

from components.draw.map import Assets, base_map
from components.draw.record import record
from components.draw.style import THEMES
from components.model.event import Theme
from components.model.period import Period, day_words
from components.model.table import day_number, numbered_day
from components.model.view import View
from components.page import served
from components.pipeline import build_world, scene
from tests.benchmarks.events import generate, write_seeds

pytestmark = pytest.mark.browser

MANY = Path(__file__).parent / "many_app.py"
MANY_COUNT = 7_000
ARTICLE = "2024-08-22-reuters-cairo-truce-talks"
STEP_BYTES = 2_500  # both ways, before Streamlit compresses them
LATER_MS = 1_200
AFTER_MS = 200  # twice what is promised, on a machine that may be busy
with_many = pytest.mark.parametrize("server", [MANY], indirect=True)


@pytest.fixture(scope="module")
def many(tmp_path_factory, repository):
    """Return the world that many_app.py shows."""
    folder = tmp_path_factory.mktemp("many") / "seeds"
    write_seeds(generate(MANY_COUNT, repository), folder, repository)
    return build_world(folder, served.GEODATA)


def hand(page, number=1):
    return page.get_by_role("slider").nth(number)


def middle(page, number=1):
    """Return the middle of a hand of the slider, which hides its input."""
    box = hand(page, number).locator("xpath=../..").bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def press(page, key, times=1):
    hand(page).focus()
    for _ in range(times):
        page.keyboard.press(key)


def drag(page, dx, *, moves=12, let_go=True):
    x, y = middle(page)
    page.mouse.move(x, y)
    page.mouse.down()
    for move in range(1, moves + 1):
        page.mouse.move(x + dx * move / moves, y)
        page.wait_for_timeout(40)
    if let_go:
        page.mouse.up()


def test_the_map_follows_the_hand_before_it_lets_go(open_app, corridors) -> None:
    page = open_app()
    corridors(page, "(window.days = [], addEventListener('corridors:drawn', "
                    "({ detail }) => window.days.push(detail.last)), 0)")  # fmt: skip
    url = page.url
    drag(page, -60, let_go=False)
    page.wait_for_timeout(100)
    days = corridors(page, "[...new Set(window.days)]")
    assert len(days) >= 5  # of twelve moves, on a machine that may be busy
    assert days == sorted(days, reverse=True)
    words = hand(page).get_attribute("aria-valuetext")
    assert day_words(numbered_day(days[-1])).endswith(words)
    assert page.url == url  # the server has not been asked
    page.mouse.up()
    expect(page).to_have_url(re.compile(f"to={numbered_day(days[-1])}"))


def test_nothing_goes_on_after_the_hand_has_stopped(open_app, corridors) -> None:
    page = open_app()
    drag(page, -60, let_go=False)
    page.wait_for_timeout(AFTER_MS)
    before = corridors(page, "map.drawn.at")
    page.wait_for_timeout(LATER_MS)
    assert corridors(page, "map.drawn.at") == before
    page.mouse.up()


@pytest.mark.parametrize("by", ["key", "drag"])
def test_without_the_coupling_the_map_follows_when_the_hand_lets_go(
    open_page, server, map_frame, settle, corridors, by
) -> None:
    page = open_page()
    name = "Corridors.follow = "

    def uncoupled(route):
        script = route.fetch()
        assert name in script.text()
        route.fulfill(response=script, body=script.text().replace(name, "Corridors.unused = "))

    page.route("**/plugin-*.js", uncoupled)
    page.goto(server)
    expect(map_frame(page).locator("#map_div[data-ready]")).to_be_attached(timeout=30_000)
    settle(page)
    assert not corridors(page, "map.led")
    if by == "key":
        press(page, "ArrowLeft", 3)
    else:
        drag(page, -60)
    words = hand(page).get_attribute("aria-valuetext")
    expect(map_frame(page).locator(".day b").first).to_have_text(re.compile(f"{words}$"))


def test_a_slider_that_is_read_no_more_hands_over_to_the_server(
    open_app, map_frame, corridors, settle
) -> None:
    page = open_app()
    assert corridors(page, "map.led")
    # As a future Streamlit might do it: the hands are no longer inputs that can be read.
    corridors(page, "map.lead(null) ?? 0")
    page.wait_for_timeout(LATER_MS)
    settle(page)
    corridors(page, "(map.lead = () => {}, 0)")
    press(page, "ArrowLeft", 2)
    words = hand(page).get_attribute("aria-valuetext")
    expect(map_frame(page).locator(".day b").first).to_have_text(re.compile(f"{words}$"))


def test_buttons_and_typed_days_move_the_map_too(open_app, map_frame) -> None:
    page = open_app("?from=2024-08-20&to=2024-08-23")
    day = map_frame(page).locator(".day b").first
    page.get_by_role("tab", name="Events").click()
    page.get_by_role("button", name=re.compile("lead an incursion")).click()
    expect(day).to_have_text("Sat 7 Oct 2023")
    page.get_by_role("button", name="Dates").click()
    page.get_by_test_id("stPopoverBody").get_by_text("Slider from 1979").click()
    expect(hand(page, 0)).to_have_attribute("min", re.compile("^2"), timeout=10_000)
    press(page, "ArrowRight")
    expect(day).to_have_text("Sun 8 Oct 2023")


@with_many
def test_a_step_is_small_whatever_else_there_is(open_page, settle, server, map_frame) -> None:
    page = open_page()
    sent: list[int] = []
    page.on("websocket", lambda socket: [
        socket.on(way, lambda frame: sent.append(len(frame)))
        for way in ("framesent", "framereceived")])  # fmt: skip
    page.goto(f"{server}/?from=2024-07-24&to=2024-08-22")
    expect(map_frame(page).locator("#map_div[data-ready]")).to_be_attached(timeout=30_000)
    page.wait_for_timeout(LATER_MS)
    settle(page)
    sent.clear()
    press(page, "ArrowLeft")
    page.wait_for_timeout(LATER_MS)
    assert 0 < sum(sent) < STEP_BYTES


def test_the_list_of_events_follows_when_it_is_open(open_app) -> None:
    page = open_app()
    page.get_by_role("tab", name="Events").click()
    expect(page.get_by_text("17 of 17 events")).to_be_visible()
    press(page, "ArrowLeft")
    expect(page.get_by_text(re.compile("^1[0-6] of 17 events"))).to_be_visible()


def test_an_open_stack_a_toggle_and_the_camera_survive_the_slider(
    open_app, map_frame, corridors, settle
) -> None:
    page = open_app(f"?event={ARTICLE}:1236-1296:arms")
    frame = map_frame(page)
    page.get_by_text("Crossings", exact=True).click()
    corridors(page, "(map.map.setView([31.35, 34.3], 11.75, {animate: false}), window.mark = 1)")
    frame.get_by_role("button", name=re.compile("^Philadelphi Corridor: ")).click()
    stack = frame.get_by_role("dialog")
    expect(stack).to_be_visible()
    settle(page)
    camera = "[map.map.getCenter().lng, map.map.getCenter().lat, map.map.getZoom()]"
    before = corridors(page, camera)
    drag(page, -30)
    press(page, "ArrowLeft", 3)
    settle(page)
    expect(stack).to_be_visible()
    expect(page.locator("mark")).to_be_visible()
    expect(frame.locator("#map_div")).not_to_have_attribute("data-footprints", re.compile("cross"))
    assert corridors(page, camera) == before
    assert corridors(page, "window.mark") == 1


@with_many
def test_a_hundred_windows_of_many_events_show_what_scene_says(open_app, corridors, many) -> None:
    page = open_app()
    dice = random.Random(11)  # noqa: S311  repeatable, not secret
    table = many.table
    edges = sorted({*table.first[::70].tolist(), *table.last[::70].tolist()})
    for number in range(100):
        first, last = sorted(dice.choice(edges) + dice.randint(-1, 1) for _ in range(2))
        if number % 5 == 0:
            last = first
        themes = dice.sample(list(Theme), dice.randint(1, len(THEMES)))
        window = Period.of(numbered_day(first), numbered_day(last))
        seen = scene(many, View(window, themes=frozenset(themes)))
        told = corridors(
            page,
            "(map.show({ themes: value.themes }), map.days = value.days, map.draw(), "
            "{ ...map.seen(), counts: map.state.counts })",
            {"themes": themes, "days": [first, last]},
        )
        assert sorted(told["placed"]) == sorted(one.event.id for one in seen.placed)
        assert sorted(told["rows"]) == seen.recorded.tolist()
        assert told["counts"] == {
            "placed": len(seen.placed) + len(seen.recorded),
            "unplaced": len(seen.unplaced),
            "drafts": 0,
            "hidden": len(seen.hidden) + seen.recorded_hidden,
            "outside": len(seen.outside) + seen.recorded_outside,
        }


@with_many
def test_a_recorded_event_is_picked_on_the_map_and_opens_with_its_sentence(
    open_app, corridors, many, map_frame
) -> None:
    page = open_app("?from=2024-02-01&to=2024-02-02")
    frame = map_frame(page)
    spot = corridors(page, """(() => { const { marks, chronicle } = map.recorded;
        const size = map.map.getSize();
        for (const row of map.seen().rows) {
            for (let x = 60; x < size.x - 60; x += 12) for (let y = 60; y < size.y - 200; y += 12) {
                const bin = marks.at(L.point(x, y));
                if (bin?.count === 1 && document.elementFromPoint(x, y).closest(
                    ".callout, .edges, .leaflet-control") === null) return [x, y, bin.rows(1)[0]];
            } return null; } })()""")  # fmt: skip
    x, y, row = spot
    box = page.locator("iframe").bounding_box()
    page.mouse.move(box["x"] + x, box["y"] + y)
    record_ = many.table.words.record(row)
    expect(frame.locator(".leaflet-tooltip")).to_be_visible()
    page.mouse.click(box["x"] + x, box["y"] + y)
    expect(page.locator(".panel h2")).to_have_text(record_.title)
    expect(page.locator(".panel mark")).to_have_text(record_.quote)
    expect(page.locator(".panel")).to_contain_text(record_.publisher)
    assert f"event={record_.id.replace(':', '%3A')}" in page.url


def test_the_plugin_needs_no_streamlit(open_page, repository) -> None:
    """A saved Folium map with the plugin's own slider."""
    world = build_world(served.SEEDS, served.GEODATA)
    folders = {
        "leaflet": served.leaflet.BASE_DIR,
        "browser": repository / "components" / "draw" / "browser",
        "geodata": repository / "geodata",
    }
    base = base_map(
        Assets(*(f"http://127.0.0.1/{name}" for name in folders), version="1"),
        slider=(world.events_span, Period.of(date(2024, 5, 1), date(2024, 5, 7))),
        opening={
            "layers": sorted(layer.id for layer in world.layers), "themes": list(Theme),
            "language": "en", "direction": "ltr", "record": "http://127.0.0.1/record.json",
            "selected": {"event": None, "layer": None, "row": None},
        },
    )  # fmt: skip
    page = open_page()

    def files(folder):
        return lambda route: route.fulfill(
            path=Path(folder) / route.request.url.split("/")[-1].partition("?")[0]
        )

    for name, folder in folders.items():
        page.route(f"**/{name}/*", files(folder))
    page.route("**/record.json", lambda route: route.fulfill(json=record(world)))
    page.route(
        "**/map.html",
        lambda route: route.fulfill(body=base.get_root().render(), content_type="text/html"),
    )
    page.goto("http://127.0.0.1/map.html")
    expect(page.locator(".corridors[data-ready]")).to_be_attached()
    expect(page.locator(".day b").first).to_have_text("Tue 7 May 2024")
    last = page.get_by_role("slider", name="Last day")
    last.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(page.locator(".day b").first).to_have_text("Fri 10 May 2024")
    expect(last).to_have_attribute("aria-valuetext", "Fri 10 May 2024")
    seen = scene(world, View(Period.of(date(2024, 5, 1), date(2024, 5, 10))))
    assert sorted(page.evaluate("corridors.seen().placed")) == sorted(
        one.event.id for one in seen.placed
    )
    page.get_by_role("slider", name="First day").focus()
    for _ in range(40):
        page.keyboard.press("ArrowRight")
    assert (
        page.evaluate("[corridors.drawn.first, corridors.drawn.last]")
        == [day_number(date(2024, 5, 10))] * 2
    )


def test_where_places_crowd_they_are_marks_and_what_is_left_outside_is_one_marker(
    open_app, map_frame, corridors
) -> None:
    page = open_app("?event=" + f"{ARTICLE}:1236-1296:arms", reduced_motion="reduce")
    corridors(page, """(() => {
        const { record } = map, events = record.events.slice(0, 3).map(({ id }) => [id, false]);
        const known = new Set(record.sites.map(({ place }) => place));
        for (const [id, { geometry, properties }] of map.places) {
            if (known.has(id) || geometry?.type !== "Point") continue;
            record.sites.push({ id: `place:${id}`, names: properties.names, layer: null, place: id,
                of: null, lonlat: geometry.coordinates, area: false, radius_m: 1000, anchor: null,
                named: false, events });
        }
        map.draw(); })() ?? 0""")  # fmt: skip
    frame = map_frame(page)
    marks = frame.locator(".callout.mark:not(.away)")
    assert marks.count() > 20
    assert frame.locator(".callout:not(.mark):not(.away)").count() <= 14
    assert frame.locator(".edge").count() == 7
    mark = marks.filter(has_text="3").first
    expect(mark.locator("button")).to_have_attribute("aria-label", re.compile(": 3 events"))
    zoom = corridors(page, "map.map.getZoom()")
    frame.get_by_role("button", name=re.compile("more places: 3 events")).click()
    page.wait_for_timeout(LATER_MS)
    assert corridors(page, "map.map.getZoom()") < zoom


def test_a_typed_day_leaves_the_other_hand_where_it_is(open_app, map_frame, settle) -> None:
    page = open_app("?from=2024-01-01&to=2024-06-01")
    page.get_by_role("button", name="Dates").click()
    expect(page.get_by_test_id("stPopoverBody")).to_be_visible()
    press(page, "ArrowLeft", 10)
    expect(map_frame(page).locator(".day b").first).to_have_text("Wed 22 May 2024")
    expect(page).to_have_url(re.compile("to=2024-05-22"))
    settle(page)
    month = page.get_by_test_id("stPopoverBody").get_by_role("spinbutton").nth(1)
    month.focus()
    page.keyboard.press("ArrowUp")
    expect(month).to_have_attribute("aria-valuenow", "2")
    page.get_by_role("heading", name="Corridors").click()
    expect(page).to_have_url(re.compile("from=2024-02-01"), timeout=10_000)
    assert "to=2024-05-22" in page.url


def test_events_that_cannot_be_fetched_are_told_and_tried_again(
    open_page, server, map_frame, incidents
) -> None:
    page = open_page()
    failures = []

    def fail_once(route):
        failures.append(route.request.url)
        route.abort() if len(failures) == 1 else route.continue_()

    page.route("**/record-*.json", fail_once)
    page.goto(server)
    notice = map_frame(page).locator(".notice")
    expect(notice).to_contain_text("could not be loaded", timeout=30_000)
    expect(map_frame(page).locator("#map_div[data-ready]")).to_be_attached(timeout=10_000)
    expect(notice).to_have_text("")
    assert len(failures) == 2
    incidents.clear()


@with_many
def test_an_open_list_of_a_spot_follows_the_slider_and_says_what_is_open(
    open_app, map_frame, corridors, settle
) -> None:
    page = open_app("?from=2024-02-01&to=2024-02-10")
    frame = map_frame(page)
    corridors(
        page,
        """(() => { const { marks } = map.recorded, size = map.map.getSize();
        for (let x = 80; x < size.x - 80; x += 9) for (let y = 80; y < size.y - 200; y += 9) {
            const bin = marks.at(L.point(x, y));
            if (bin?.count > 2) { marks.list(bin, { x, y, w: 9, h: 9 }); return; } } })() ?? 0""",
    )
    stack = frame.get_by_role("dialog")
    expect(stack).to_be_visible()
    stack.get_by_role("listitem").first.get_by_role("button").click()
    expect(page.locator(".panel h2")).to_be_visible()
    expect(stack.locator("[aria-current]")).to_have_count(1)
    press(page, "ArrowLeft", 8)
    expect(frame.locator(".day b").first).to_have_text("Fri 2 Feb 2024")
    days = corridors(
        page,
        """(() => { const { first, last } = map.recorded.chronicle;
        return map.callouts.loose.callout.events.map(({ row }) => [first[row], last[row]]); })()""",
    )
    assert all(one[0] <= day_number(date(2024, 2, 2)) for one in days)
    settle(page)
    frame.get_by_role("button", name="Close the list").click()
    assert corridors(page, "document.activeElement === node")


@with_many
def test_new_data_leave_nothing_of_the_old_and_old_rows_mean_nothing(open_app, corridors) -> None:
    page = open_app("?from=2024-02-01&to=2024-02-02")
    layers = "map.groups.events.getLayers().filter(one => one instanceof Corridors.Marks).length"
    canvases = "document.querySelectorAll('.leaflet-marks-pane canvas').length"
    assert corridors(page, f"[{layers}, {canvases}]") == [1, 1]
    address = corridors(page, "map.choices.events")
    for number in (1, 2):
        corridors(page, "map.show({ events: value }) ?? 0", f"{address}?again={number}")
        page.wait_for_timeout(LATER_MS)
    assert corridors(page, f"[{layers}, {canvases}]") == [1, 1]
    # The page knows the first address only, so a row of another one opens nothing.
    corridors(page, "map.choose({ row: 3, of: map.choices.events }) ?? 0")
    page.wait_for_timeout(LATER_MS)
    expect(page.locator(".panel")).not_to_be_visible()
    corridors(page, "map.choose({ row: 3, of: value }) ?? 0", address)
    expect(page.locator(".panel h2")).to_be_visible()


def test_steps_that_come_faster_than_the_server_answers_break_nothing(
    open_app, map_frame, settle
) -> None:
    page = open_app(f"?event={ARTICLE}:1236-1296:arms&from=2024-01-01&to=2024-06-01")
    page.get_by_role("tab", name="Events").click()
    for _ in range(4):
        press(page, "ArrowLeft", 10)
        page.wait_for_timeout(30)
        press(page, "ArrowRight", 8)
        page.wait_for_timeout(90)
    expect(map_frame(page).locator(".day b").first).to_have_text("Fri 24 May 2024")
    expect(page).to_have_url(re.compile("to=2024-05-24"), timeout=15_000)
    settle(page)
    expect(page.locator(".panel h2")).to_be_visible()
