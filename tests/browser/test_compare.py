"""Two maps of two days, in a real browser: each its own day, and one view of the land."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

ARTICLE = "2024-08-22-reuters-cairo-truce-talks"
COMPARED = "?below=compare&compare=2024-05-01"
LATER, EARLIER = ".st-key-map_frame", ".st-key-then_frame"
READY_MS = 30_000
REST_MS = 900
STILL_MS = 120  # a hand that rests before it lets go throws nothing
VIEW = "() => ({ ...map.getCenter(), zoom: map.getZoom(), px: map.project(map.getCenter()) })"


def frame(page, side):
    return page.frame_locator(f"{side} iframe")


@pytest.fixture
def open_compared(server, open_page, settle):
    """Return a function that opens the app with two days compared, and waits for both maps."""

    def opened(query=COMPARED, **options):
        page = open_page(**options)
        page.goto(f"{server}/{query}")
        both_ready(page)
        settle(page)
        return page

    return opened


def both_ready(page) -> None:
    for side in (LATER, EARLIER):
        ready = frame(page, side).locator("#map_div[data-ready]")
        expect(ready).to_be_attached(timeout=READY_MS)


def view(page, side):
    return frame(page, side).locator("body").evaluate(VIEW)


def look_alike(page) -> bool:
    """Whether both look at one place, to a pixel."""
    later, earlier = view(page, LATER), view(page, EARLIER)
    apart = max(abs(later["px"][axis] - earlier["px"][axis]) for axis in "xy")
    return later["zoom"] == earlier["zoom"] and apart <= 1


def day(page, side):
    return frame(page, side).locator(".day b").first


def spot(page, side, across=0.2, down=0.62):
    """Return a place on a map where the sea is, and nothing to be clicked."""
    box = page.locator(f"{side} iframe").bounding_box()
    return box["x"] + across * box["width"], box["y"] + down * box["height"]


def drag(page, side, dx, dy, *, let_go=True) -> None:
    x, y = spot(page, side)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + dx, y + dy, steps=8)
    page.wait_for_timeout(STILL_MS)
    if let_go:
        page.mouse.up()
        page.wait_for_timeout(REST_MS)


def mark(page, side) -> None:
    """Mark a map's document, so that a new one would be noticed."""
    frame(page, side).locator("html").evaluate("node => { node.dataset.kept = 'yes'; }")


def kept(page, side):
    return frame(page, side).locator("html").get_attribute("data-kept")


def turn_compare(page) -> None:
    page.locator(".st-key-below").get_by_text("Compare", exact=True).click()


def test_each_map_shows_its_own_day_and_its_own_land(open_compared) -> None:
    page = open_compared()
    expect(day(page, EARLIER)).to_have_text("Wed 1 May 2024")
    expect(day(page, LATER)).to_have_text("Fri 23 Aug 2024")
    left, right = (page.locator(f"{side} iframe").bounding_box() for side in (EARLIER, LATER))
    assert left["x"] + left["width"] <= right["x"] + 1
    assert left["y"] == right["y"]
    for side, month in (
        (EARLIER, "2024-04-25"),
        (LATER, "2024-07"),
    ):
        expect(frame(page, side).locator("#map_div")).to_have_attribute(
            "data-footprints", re.compile(f"netzarim_corridor:{month}")
        )
        size_px = day(page, side).evaluate("node => parseFloat(getComputedStyle(node).fontSize)")
        assert size_px >= 22
    assert look_alike(page)


def test_a_fresh_link_with_a_camera_opens_both_maps_there(open_compared) -> None:
    page = open_compared(f"{COMPARED}&camera=34.3,31.32,12.5")
    for side in (LATER, EARLIER):
        seen = view(page, side)
        assert (seen["lng"], seen["lat"]) == pytest.approx((34.3, 31.32), abs=1e-4)
        assert seen["zoom"] == 12.5


@pytest.mark.parametrize(("led", "following"), [(LATER, EARLIER), (EARLIER, LATER)])
def test_a_drag_of_one_map_moves_the_other_at_once_and_without_drift(
    open_compared, led, following
) -> None:
    page = open_compared()
    before = view(page, following)
    drag(page, led, 90, -50, let_go=False)
    assert look_alike(page)
    moved = view(page, following)
    assert moved["px"]["x"] == pytest.approx(before["px"]["x"] - 90, abs=2)
    page.mouse.up()
    page.wait_for_timeout(REST_MS)
    assert view(page, following) == moved
    frame(page, led).locator("#map_div").focus()
    for key in ("ArrowLeft", "ArrowDown", "ArrowRight", "ArrowUp"):
        page.keyboard.press(key)
        page.wait_for_timeout(REST_MS)
        assert look_alike(page)
    assert view(page, following)["px"] == pytest.approx(moved["px"], abs=2)


@pytest.mark.parametrize("led", [LATER, EARLIER])
def test_a_zoom_of_one_map_zooms_the_other(open_compared, led) -> None:
    page = open_compared()
    before = view(page, LATER)["zoom"]
    page.mouse.move(*spot(page, led))
    page.mouse.wheel(0, -240)
    page.wait_for_timeout(REST_MS)
    assert view(page, LATER)["zoom"] > before
    assert look_alike(page)
    frame(page, led).get_by_role("button", name="Zoom out").click()
    page.wait_for_timeout(REST_MS)
    assert look_alike(page)
    for _ in range(6):
        page.mouse.wheel(0, -120)
        page.wait_for_timeout(60)
    page.wait_for_timeout(REST_MS)
    assert look_alike(page)


def test_a_flight_and_a_key_lead_the_other_map_too(open_compared) -> None:
    page = open_compared()
    cairo = frame(page, EARLIER).get_by_role("button", name=re.compile("^Cairo"))
    cairo.click()
    page.wait_for_timeout(400)
    assert view(page, LATER)["lat"] < 31.39
    page.wait_for_timeout(2_500)
    assert view(page, LATER)["lng"] == pytest.approx(31.25, abs=0.1)
    assert look_alike(page)
    frame(page, EARLIER).locator("#map_div").focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_timeout(REST_MS)
    assert look_alike(page)


def test_where_the_person_looks_on_either_map_is_kept_in_the_link(open_compared) -> None:
    page = open_compared()
    drag(page, EARLIER, 100, -40)
    seen = view(page, LATER)
    expect(page).to_have_url(re.compile("camera="))
    kept_camera = parse_qs(urlsplit(page.url).query)["camera"][0].split(",")
    assert [*map(float, kept_camera[:2])] == pytest.approx([seen["lng"], seen["lat"]], abs=1e-4)


def test_comparing_does_not_remake_the_map_and_neither_does_the_slider(open_app, settle) -> None:
    page = open_app("?compare=2024-05-01")
    mark(page, LATER)
    drag(page, LATER, 120, -60)
    seen = view(page, LATER)
    turn_compare(page)
    both_ready(page)
    settle(page)
    expect(day(page, EARLIER)).to_have_text("Wed 1 May 2024")
    assert look_alike(page)
    assert (view(page, LATER)["lng"], view(page, LATER)["zoom"]) == pytest.approx(
        (seen["lng"], seen["zoom"]), abs=1e-3
    )
    assert kept(page, LATER) == "yes"
    mark(page, EARLIER)
    page.get_by_role("slider").nth(1).focus()
    page.keyboard.press("ArrowLeft")
    expect(day(page, LATER)).to_have_text("Thu 22 Aug 2024")
    settle(page)
    page.wait_for_timeout(REST_MS)
    expect(day(page, EARLIER)).to_have_text("Wed 1 May 2024")
    assert (kept(page, LATER), kept(page, EARLIER)) == ("yes", "yes")
    assert look_alike(page)
    turn_compare(page)
    expect(page.locator(f"{EARLIER} iframe")).to_have_count(0)
    settle(page)
    assert kept(page, LATER) == "yes"
    box = page.locator(f"{LATER} iframe").bounding_box()
    assert box["height"] == 900


def test_while_a_hand_is_dragged_only_the_later_map_follows(open_compared) -> None:
    page = open_compared()
    hand = page.get_by_role("slider").nth(1).bounding_box()
    page.mouse.move(hand["x"] + hand["width"] / 2, hand["y"] + hand["height"] / 2)
    page.mouse.down()
    page.mouse.move(hand["x"] + 3, hand["y"] + hand["height"] / 2, steps=4)
    expect(day(page, LATER)).not_to_have_text("Fri 23 Aug 2024")
    expect(day(page, EARLIER)).to_have_text("Wed 1 May 2024")
    page.mouse.up()


def test_a_click_on_the_earlier_map_opens_what_it_shows_and_moves_no_day(open_compared) -> None:
    page = open_compared()
    earlier = frame(page, EARLIER)
    earlier.get_by_role("button", name=re.compile("^Philadelphi Corridor")).click()
    earlier.get_by_role("button", name="Facts about Philadelphi").click()
    expect(page).to_have_url(re.compile("layer=philadelphi_corridor"), timeout=5_000)
    expect(page.locator(".panel")).to_be_visible()
    earlier.get_by_role("button", name=re.compile("Israeli troops advance")).click()
    expect(page).to_have_url(re.compile(f"event={ARTICLE}"), timeout=5_000)
    expect(page.locator(".panel blockquote").first).to_be_visible()
    expect(day(page, EARLIER)).to_have_text("Wed 1 May 2024")
    expect(day(page, LATER)).to_have_text("Fri 23 Aug 2024")


def test_language_layers_and_theme_are_those_of_both_maps(open_compared) -> None:
    page = open_compared(f"{COMPARED}&lang=ar&layers=crossings,gaza", color_scheme="dark")
    for side in (LATER, EARLIER):
        root = frame(page, side).locator("#map_div")
        expect(root).to_have_attribute("data-theme", "dark")
        expect(root).to_have_attribute("lang", "ar")
        expect(root).not_to_have_attribute("data-footprints", re.compile("corridor"))


def test_on_a_phone_they_stand_one_above_the_other_and_each_says_its_day(open_compared) -> None:
    page = open_compared(viewport={"width": 390, "height": 844})
    above, below = (page.locator(f"{side} iframe").bounding_box() for side in (EARLIER, LATER))
    assert above["y"] + above["height"] <= below["y"] + 1
    assert above["width"] == below["width"] == 390
    for side in (EARLIER, LATER):
        expect(day(page, side)).to_be_visible()
    drawer = page.locator(".st-key-drawer").bounding_box()
    assert below["y"] + below["height"] <= drawer["y"] + 1
    assert drawer["y"] + drawer["height"] == pytest.approx(844, abs=3)


def test_an_event_between_the_days_opens_from_the_drawer(open_compared) -> None:
    page = open_compared()
    drawer = page.locator(".st-key-drawer")
    expect(drawer.get_by_text("10.1 km² (3.7 to 16)").first).to_be_visible()
    drawer.get_by_role("tab", name="Events between").click()
    drawer.locator("[class*=st-key-between_2024] button").first.click()
    expect(page).to_have_url(re.compile(f"event={ARTICLE}"), timeout=5_000)
    expect(page.locator(".panel blockquote").first).to_be_visible()
    expect(day(page, EARLIER)).to_have_text("Wed 1 May 2024")
