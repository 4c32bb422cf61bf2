"""What a person sees and does, in a real browser with the network cut off."""

from __future__ import annotations

import os
import re
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageChops, ImageStat
from playwright.sync_api import Page, expect

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.browser

CORRIDORS = ["Netzarim Corridor", "Philadelphi Corridor"]
ARTICLE = "2024-08-22-reuters-cairo-truce-talks"
LATER_MS = 1_200
SIZES = [(1440, 900), (1920, 1080), (390, 844)]


@pytest.fixture
def state(map_frame):
    """Return a function that reads what the map shows: footprints, events, camera, mark."""

    def read(page: Page) -> dict:
        return (
            map_frame(page)
            .locator("#map_div")
            .evaluate(
                """node => ({
                footprints: node.dataset.footprints.split(" "),
                events: node.dataset.events.split(" "),
                camera: [map.getCenter().lng, map.getCenter().lat, map.getZoom()],
                mark: window.remembered ?? null,
            })"""
            )
        )

    return read


@pytest.fixture
def remember(map_frame):
    """Return a function that marks the map's frame, so that a new one would be noticed."""
    return lambda page: map_frame(page).locator("body").evaluate("() => window.remembered = 'me'")


def hands(page: Page):
    """Return the two hands of the date slider."""
    return page.get_by_role("slider")


def day(page: Page):
    """Return the day of the land that is drawn, in words."""
    return page.frame_locator("iframe[title^=streamlit_folium]").locator(".day b").first


def press(page: Page, hand: int, key: str, times: int = 1) -> None:
    """Press a key on one of the slider's hands."""
    hands(page).nth(hand).focus()
    for _ in range(times):
        page.keyboard.press(key)


def test_it_opens_offline_on_both_corridors_and_says_what_lies_outside(
    open_app, map_frame, state
) -> None:
    page = open_app()
    frame = map_frame(page)
    for name in CORRIDORS:
        expect(frame.get_by_role("button", name=re.compile(f"^{name}"))).to_be_visible()
    # 13 are placed; one more is only likely in Cairo, and said to be so.
    cairo = re.compile("^Cairo: 3 events, 1 only likely there")
    expect(frame.get_by_role("button", name=cairo)).to_be_visible()
    assert len(state(page)["events"]) == 14
    expect(day(page)).to_have_text("Fri 23 Aug 2024")


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_map_fills_the_window_without_a_page_scroll(open_app, width, height) -> None:
    page = open_app(viewport={"width": width, "height": height})
    box = page.locator("iframe").bounding_box()
    assert box["y"] + box["height"] == pytest.approx(height, abs=1)
    assert box["x"] + box["width"] == pytest.approx(width, abs=1)
    scrolls = "() => document.scrollingElement.scrollHeight > innerHeight + 1"
    assert not page.evaluate(scrolls)
    assert not page.locator("[data-testid=stMain]").evaluate(
        "node => node.scrollHeight > node.clientHeight + 1"
    )


def test_the_slider_changes_the_land_and_nothing_else(
    open_app, map_frame, state, remember, settle
) -> None:
    page = open_app()
    remember(page)
    frame = map_frame(page)
    frame.locator("#map_div").evaluate("() => map.setView([31.42, 34.40], 11.5, {animate: false})")
    page.wait_for_timeout(LATER_MS)
    settle(page)
    before = state(page)
    # Counts, in every frame that is painted, the shapes of a layer that never changes.
    frame.locator("body").evaluate(
        """() => { window.least = Infinity; const look = () => {
            const shapes = document.querySelectorAll("path.leaflet-interactive").length;
            window.least = Math.min(window.least, shapes);
            requestAnimationFrame(look); }; look(); }"""
    )
    press(page, 1, "ArrowRight", 12)
    expect(day(page)).to_have_text("Wed 4 Sep 2024")
    press(page, 1, "ArrowRight")
    expect(day(page)).to_have_text("Thu 5 Sep 2024")
    expect(frame.locator("#map_div")).to_have_attribute(
        "data-footprints", re.compile("philadelphi_corridor:2024-09-05")
    )
    after = state(page)
    assert "philadelphi_corridor:2024-08" in before["footprints"]
    assert "philadelphi_corridor:2024-08" not in after["footprints"]
    assert after["mark"] == "me"
    assert after["camera"] == before["camera"]
    assert frame.locator("body").evaluate("() => window.least") > 0


def test_a_toggle_survives_the_slider_and_the_url_restores_the_view(
    open_app, map_frame, state, settle
) -> None:
    page = open_app()
    page.get_by_text("Netzarim Corridor", exact=True).first.click()
    frame = map_frame(page).locator("#map_div")
    expect(frame).not_to_have_attribute("data-footprints", re.compile("netzarim"))
    press(page, 1, "ArrowLeft", 3)
    expect(day(page)).to_have_text("Tue 20 Aug 2024")
    expect(frame).not_to_have_attribute("data-footprints", re.compile("netzarim"))
    map_frame(page).locator("#map_div").evaluate(
        "() => map.setView([31.30, 34.27], 12.5, {animate: false})"
    )
    expect(page).to_have_url(re.compile("camera="), timeout=5_000)
    settle(page)
    again = open_app("?" + page.url.partition("?")[2])
    assert state(again)["footprints"] == state(page)["footprints"]
    assert state(again)["camera"] == pytest.approx(state(page)["camera"], abs=1e-3)


def test_a_click_on_a_callout_opens_a_stack_and_an_event_its_evidence(
    open_app, map_frame, state, remember
) -> None:
    page = open_app()
    remember(page)
    frame = map_frame(page)
    frame.locator("#map_div").evaluate("() => map.setView([31.35, 34.30], 11.75, {animate: false})")
    before = state(page)
    frame.get_by_role("button", name=re.compile("^Philadelphi Corridor: 4 events")).click()
    stack = frame.get_by_role("dialog")
    expect(stack.get_by_role("listitem")).to_have_count(4)
    stack.get_by_role("button", name=re.compile("bring arms")).click()
    evidence = page.locator("mark")
    expect(evidence).to_have_text("Israel says Hamas has used the area to bring arms into Gaza.")
    expect(page.get_by_text("the article does not confirm it")).to_be_visible()
    after = state(page)
    assert after["mark"] == "me"
    assert after["camera"] == pytest.approx(before["camera"], abs=1e-9)
    assert (
        page.locator(".st-key-panel").bounding_box()["x"]
        >= (
            page.locator("iframe").bounding_box()["x"]
            + page.locator("iframe").bounding_box()["width"]
        )
        - 1
    )


def test_a_click_on_a_corridor_opens_its_facts_of_the_day(open_app, map_frame) -> None:
    page = open_app()
    frame = map_frame(page)
    frame.locator("#map_div").evaluate(
        """() => { const at = map.latLngToContainerPoint([31.4651, 34.4267]);
            window.spot = [at.x, at.y]; }"""
    )
    x, y = frame.locator("body").evaluate("() => window.spot")
    box = page.locator("iframe").bounding_box()
    page.mouse.click(box["x"] + x, box["y"] + y)
    panel = page.locator(".panel")
    expect(panel.get_by_role("heading", name="Netzarim Corridor")).to_be_visible()
    expect(panel).to_contain_text("July 2024 to Sun 1 Dec 2024")
    expect(panel).to_contain_text("As of 23 Aug 2024")
    expect(panel).to_contain_text("26.28 km²")
    expect(panel).to_contain_text("schematic, ± 1 km")
    close = page.get_by_role("button", name="Close").bounding_box()
    page.mouse.click(close["x"] + close["width"] / 2, close["y"] + close["height"] / 2)
    expect(panel).not_to_be_visible()


def test_an_edge_marker_leads_to_cairo(open_app, map_frame, state) -> None:
    page = open_app(reduced_motion="reduce")
    map_frame(page).get_by_role("button", name=re.compile("^Cairo: 3 events")).click()
    expect(page).to_have_url(re.compile("camera="), timeout=5_000)
    lon, lat, _ = state(page)["camera"]
    assert (lon, lat) == pytest.approx((31.24, 30.06), abs=0.3)
    callout = map_frame(page).locator(".callout[data-id='place:cairo']")
    expect(callout).to_be_visible()


def test_stepping_opens_events_and_moves_the_window(open_app) -> None:
    page = open_app("?from=2024-08-20&to=2024-08-23")
    page.get_by_role("button", name="Next event").click()
    expect(page.locator(".panel h2")).to_be_visible()
    first = page.locator(".panel h2").inner_text()
    page.get_by_role("button", name="Next event").click()
    expect(page.locator(".panel h2")).not_to_have_text(first)
    page.get_by_role("tab", name="Events").click()
    page.get_by_role("button", name=re.compile("lead an incursion")).click()
    expect(day(page)).to_have_text("Sat 7 Oct 2023")


def test_everything_works_from_the_keyboard(open_app, map_frame) -> None:
    page = open_app()
    reached: list[str] = []
    describe = """() => { let e = document.activeElement;
        while (e?.tagName === "IFRAME" && e.contentDocument?.activeElement
            && e.contentDocument.activeElement !== e.contentDocument.body)
            e = e.contentDocument.activeElement;
        return [e.getAttribute("role") || e.tagName.toLowerCase(),
            e.getAttribute("aria-label") || e.innerText || e.closest("label")?.innerText || ""]
            .join(": "); }"""
    for _ in range(70):
        page.keyboard.press("Tab")
        reached.append(page.evaluate(describe))
    whole = "\n".join(reached)
    for what in (
        "Window of days", "Next event", "Cumulative", "Netzarim Corridor", "Talks and diplomacy",
        "Online map tiles", "Philadelphi Corridor: 4 events", "Cairo: 3 events, 1 only likely",
    ):  # fmt: skip
        assert what in whole, f"{what} was not reached:\n{whole}"
    page.get_by_role("tab", name="Events").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name=re.compile("shut off smuggling")).focus()
    page.keyboard.press("Enter")
    expect(page.locator("mark")).to_have_text("Egypt says it has shut off smuggling routes.")
    toggle = page.get_by_role("tab", name="Layers")
    toggle.focus()
    page.keyboard.press("Enter")
    page.get_by_role("switch", name=re.compile("Netzarim Corridor")).focus()
    page.keyboard.press("Space")
    expect(map_frame(page).locator("#map_div")).not_to_have_attribute(
        "data-footprints", re.compile("netzarim")
    )


def test_every_control_has_a_name(open_app, map_frame) -> None:
    page = open_app(f"?event={ARTICLE}:1236-1296:arms")
    nameless = """root => [...root.querySelectorAll(
        "button, input, select, textarea, [role=slider], [role=tab], a[href], [tabindex='0']")]
        .filter(e => e.checkVisibility() && !(e.getAttribute("aria-label") || e.innerText?.trim()
            || e.title || (e.getAttribute("aria-labelledby") || "").split(" ").map(
                id => document.getElementById(id)?.innerText).join("").trim()
            || e.closest("label")?.innerText || e.labels?.[0]?.innerText))
        .map(e => e.outerHTML.slice(0, 200))"""
    assert page.locator("body").evaluate(nameless) == []
    assert map_frame(page).locator("body").evaluate(nameless) == []


def test_names_are_in_the_chosen_language_and_run_its_way(open_app, map_frame) -> None:
    page = open_app("?lang=ar")
    label = map_frame(page).get_by_text("محور نتساريم").first
    expect(label).to_be_visible()
    page.get_by_text("עברית", exact=True).click()
    expect(map_frame(page).get_by_text("מסדרון נצרים").first).to_be_visible()
    assert map_frame(page).locator("#map_div").get_attribute("data-direction") == "rtl"


def test_tiles_that_cannot_be_had_are_told_and_the_map_stays(
    open_app, map_frame, incidents
) -> None:
    page = open_app()
    page.get_by_text("Online map tiles").click()
    notice = map_frame(page).get_by_role("status")
    expect(notice).to_contain_text("cannot be reached", timeout=10_000)
    assert all("tile.openstreetmap.org" in url for url in incidents.outside)
    assert incidents.outside
    incidents.clear()
    page.get_by_text("Online map tiles").click()
    expect(notice).not_to_be_visible()
    page.wait_for_timeout(LATER_MS)
    incidents.clear()


@pytest.mark.parametrize(
    "query",
    [
        "?from=2024-08-22&to=2024-05-01",
        "?event=nobody&layer=nothing",
        "?camera=north&from=tomorrow",
        "?event=%3Cscript%3Ealert(1)%3C/script%3E",
        "?layers=" + "x" * 10_000,
    ],
)
def test_a_broken_url_gives_the_page_and_a_notice(open_app, query) -> None:
    page = open_app(query)
    expect(page.get_by_text("made no sense")).to_be_visible()
    page.get_by_role("button", name="Dismiss").click()
    expect(page.get_by_text("made no sense")).not_to_be_visible()


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/Los_Angeles", "Asia/Gaza"])
def test_days_do_not_depend_on_the_time_zone(open_app, zone) -> None:
    page = open_app("?from=2024-05-07&to=2024-05-29", timezone_id=zone)
    expect(day(page)).to_have_text("Wed 29 May 2024")
    assert "29 May 2024" in hands(page).nth(1).get_attribute("aria-valuetext")


def test_dark_and_light_are_followed_without_a_new_frame(open_app, map_frame, remember) -> None:
    page = open_app()
    remember(page)
    sea = "() => getComputedStyle(document.querySelector('#map_div')).backgroundColor"
    light = map_frame(page).locator("body").evaluate(sea)
    page.emulate_media(color_scheme="dark")
    page.wait_for_timeout(LATER_MS)
    assert map_frame(page).locator("body").evaluate(sea) != light
    assert map_frame(page).locator("body").evaluate("() => window.remembered") == "me"


def test_the_readmes_picture_is_what_the_app_looks_like(open_app, repository: Path) -> None:
    """A picture that is stale is made anew and the test fails, so that somebody looks at it."""
    picture = repository / "tests" / "browser" / "corridors.png"
    page = open_app(f"?event={ARTICLE}:1236-1296:arms", device_scale_factor=1)
    page.wait_for_timeout(LATER_MS)
    seen = Image.open(BytesIO(page.screenshot())).convert("RGB")
    small = (144, 90)
    if picture.exists() and "CORRIDORS_RENEW_PICTURE" not in os.environ:
        kept = Image.open(picture).convert("RGB")
        apart = ImageChops.difference(seen.resize(small), kept.resize(small))
        if max(ImageStat.Stat(apart).mean) < 6:
            return
    seen.save(picture, optimize=True)
    pytest.fail(f"{picture.name} was stale; a new one was written. Look at it and commit it.")


def test_the_panel_scrolls_to_the_end_of_the_article(open_app) -> None:
    page = open_app(f"?event={ARTICLE}:1236-1296:arms")
    page.locator(".panel blockquote").hover()
    end = page.locator(".panel .article")
    height = page.viewport_size["height"]
    assert end.bounding_box()["y"] + end.bounding_box()["height"] > height
    page.mouse.wheel(0, 5_000)
    page.wait_for_timeout(300)
    assert end.bounding_box()["y"] + end.bounding_box()["height"] <= height
