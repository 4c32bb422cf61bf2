"""The timeline as a person sees it: it follows the slider, opens what is clicked, reads in grey."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

from components.model.event import Mode
from components.page.served import GEODATA, SEEDS
from components.pipeline import build_world

pytestmark = pytest.mark.browser

HOSTILE_APP = Path(__file__).with_name("hostile_app.py")
READING_APP = Path(__file__).with_name("reading_app.py")
WORLD = build_world(SEEDS, GEODATA)
ROWS = ".st-key-timeline svg.marks"
DAYS = ".st-key-timeline_days svg.marks"
AUGUST = "?below=timeline&from=2024-08-01&to=2024-08-22"
READY_MS = 30_000
SMALLEST_PX = {(1440, 900): 13, (1920, 1080): 16}


def event_of(kind: str, edtf: str):
    (found,) = [one for one in WORLD.events if one.kind == kind and one.period.edtf == edtf]
    return found


@pytest.fixture
def open_timeline(open_app):
    """Return a function that opens the app and waits until the timeline is drawn."""

    def opened(query: str = AUGUST, **options: object):
        page = open_app(query, **options)
        expect(page.locator(f"{ROWS} .captions_marks text").first).to_be_attached(timeout=READY_MS)
        expect(page.locator(f"{DAYS} .last_day_marks line")).to_be_attached(timeout=READY_MS)
        return page

    return opened


def marks(page, event=None):
    """Return the marks of an event, one a row; those of all events when none is given."""
    begins = f"{event.title}. " if event else ""
    return page.locator(f"{ROWS} .marks_marks image[aria-label^={begins!r}]")


def boxes(page, selector: str) -> list[tuple[float, float, float, float]]:
    """Return left, top, right and bottom of elements."""
    return page.locator(selector).evaluate_all(
        "all => all.map((one) => one.getBoundingClientRect())"
        ".map(({ left, top, right, bottom }) => [left, top, right, bottom])"
    )


def middle(box: list[float]) -> float:
    return (box[0] + box[2]) / 2


def step(page, key: str, settle) -> None:
    page.get_by_role("slider").nth(1).focus()
    page.keyboard.press(key)
    settle(page)


def test_every_event_has_a_mark_that_says_what_it_is(open_timeline) -> None:
    page = open_timeline()
    for event in WORLD.events:
        expect(marks(page, event).first).to_be_attached()
        assert (
            marks(page, event)
            .first.get_attribute("aria-label")
            .startswith(f"{event.title}. {event.mode}. {event.when}. ")
        )
    expect(page.locator(ROWS).locator("xpath=..")).to_have_attribute(
        "aria-label", re.compile(r"^Timeline by corridor, from Sat 7 Oct 2023")
    )


def test_a_step_of_the_slider_moves_the_window_in_the_chart_that_stays(
    open_timeline, settle
) -> None:
    page = open_timeline()
    for chart in (ROWS, DAYS):
        page.locator(chart).evaluate("node => { node.before = true }")
    line = boxes(page, f"{ROWS} .last_day_marks line")
    band = boxes(page, f"{ROWS} .window_marks path")
    said = page.locator(f"{DAYS} .last_day_words_marks text")
    expect(said).to_have_text("Thu 22 Aug 2024")
    for _ in range(5):
        step(page, "ArrowRight", settle)
    expect(said).to_have_text("Tue 27 Aug 2024")
    moved = boxes(page, f"{ROWS} .last_day_marks line")
    assert middle(moved[0]) > middle(line[0]) + 3
    wider = boxes(page, f"{ROWS} .window_marks path")
    assert wider[0][2] > band[0][2] + 3
    assert wider[0][0] == pytest.approx(band[0][0], abs=0.1)
    for chart in (ROWS, DAYS):
        assert page.locator(chart).evaluate("node => node.before")


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles"])
def test_a_day_is_the_same_day_everywhere(open_timeline, zone) -> None:
    page = open_timeline(timezone_id=zone)
    expect(page.locator(f"{DAYS} .last_day_words_marks text")).to_have_text("Thu 22 Aug 2024")
    line = middle(boxes(page, f"{ROWS} .last_day_marks line")[0])
    left, _, right, _ = boxes(page, f"{ROWS} .strips_marks path")[0]
    first, last = WORLD.events_span.first, WORLD.record_span.last
    share = ((date(2024, 8, 22) - first).days + 0.5) / ((last - first).days + 1)
    assert line == pytest.approx(left + share * (right - left), abs=1)
    assert middle(boxes(page, f"{DAYS} .last_day_marks line")[0]) == pytest.approx(line, abs=0.5)
    talks = marks(page, event_of("talks", "2024-08-22")).first.bounding_box()
    assert talks["x"] + talks["width"] / 2 == pytest.approx(line, abs=0.5)


def test_a_click_on_a_mark_opens_its_sentence_and_a_second_one_does_too(
    open_timeline, settle
) -> None:
    page = open_timeline()
    event = event_of("talks", "2024-08-22")
    for _ in range(2):
        marks(page, event).first.click()
        expect(page.locator(".panel h2")).to_contain_text(event.title)
        expect(page.locator(".panel blockquote").first).to_contain_text(event.evidence[0].quote)
        expect(page).to_have_url(re.compile("event="))
        expect(page.locator(f"{ROWS} .selected_marks path")).to_have_count(
            marks(page, event).count()
        )
        page.get_by_role("button", name="Close").click()
        settle(page)
        expect(page.locator(".panel")).to_have_count(0)
        expect(page.locator(f"{ROWS} .selected_marks path")).to_have_count(0)


def test_a_click_on_a_state_opens_the_facts_of_its_corridor(open_timeline) -> None:
    page = open_timeline()
    page.locator(f"{ROWS} .bands_marks path[aria-label^='Netzarim']").first.click()
    expect(page.locator(".panel h2")).to_have_text(re.compile("Netzarim Corridor"))


def test_what_is_opened_elsewhere_is_selected_here_and_scrolled_to(open_timeline, settle) -> None:
    page = open_timeline("?below=timeline")
    page.get_by_role("tab", name="Events").click()
    event = event_of("visit", "../2024-08-22")
    page.get_by_role("button", name=event.title).click()
    settle(page)
    expect(page.locator(f"{ROWS} .selected_marks path")).to_have_count(1)
    expect(page.locator(f"{ROWS} .selected_marks path")).to_be_in_viewport()
    chosen, mark = (
        boxes(page, f"{ROWS} .selected_marks path")[0],
        marks(page, event).bounding_box(),
    )
    assert chosen[1] < mark["y"] < mark["y"] + mark["height"] < chosen[3]
    under_days = boxes(page, DAYS)[0][3]
    assert chosen[1] >= under_days - 1


@pytest.mark.parametrize("server", [READING_APP], indirect=True)
@pytest.mark.parametrize("rows", ["corridor", "party"])
@pytest.mark.parametrize("width", [1440, 390])
def test_no_mark_lies_over_another(open_timeline, rows, width) -> None:
    page = open_timeline(f"?below=timeline&rows={rows}", viewport={"width": width, "height": 844})
    found = sorted(boxes(page, f"{ROWS} .marks_marks image"))
    assert len(found) > 90
    for one, other in combinations(found, 2):
        beside = one[2] <= other[0]
        assert beside or one[3] <= other[1] or other[3] <= one[1]


@pytest.mark.parametrize("size", SMALLEST_PX)
def test_its_words_can_be_read_from_afar(open_timeline, size) -> None:
    page = open_timeline(viewport=dict(zip(("width", "height"), size, strict=True)))
    smallest = page.locator(f"{ROWS} text, {DAYS} text").evaluate_all(
        "all => Math.min(...all.map((one) => parseFloat(getComputedStyle(one).fontSize)))"
    )
    assert smallest >= SMALLEST_PX[size]


def test_the_days_stay_in_sight_while_the_rows_scroll(open_timeline) -> None:
    page = open_timeline()
    page.locator(".st-key-drawer").evaluate("node => node.scrollTo(0, 400)")
    top = boxes(page, ".st-key-drawer")[0][1]
    assert top - 1 <= boxes(page, DAYS)[0][1] < top + 20
    assert boxes(page, ROWS)[0][1] < top - 100


def test_in_grey_every_mode_still_looks_otherwise(open_timeline) -> None:
    page = open_timeline("?below=timeline", viewport={"width": 1440, "height": 5000})
    page.add_style_tag(content="html { filter: grayscale(1) }")
    pictures = {}
    for mode in {one.mode for one in WORLD.events}:
        found = page.locator(f"{ROWS} .marks_marks image[aria-label*='. {mode}. ']").first
        box = found.bounding_box()
        clip = {"x": box["x"] - 1, "y": box["y"] - 1, "width": 18, "height": 18}
        picture = Image.open(BytesIO(page.screenshot(clip=clip)))
        pixels = np.asarray(picture.convert("RGB")).astype(int)
        assert np.ptp(pixels, axis=2).max() <= 2, "no colour is left"
        grey = pixels[..., 0]
        pictures[mode] = grey < (grey.min() + grey.max()) / 2
    assert len(pictures) == len(Mode) - 1, "nothing is denied in this article"
    for one, other in combinations(pictures, 2):
        assert np.mean(pictures[one] != pictures[other]) > 0.1, (one, other)


@pytest.mark.parametrize("server", [HOSTILE_APP], indirect=True)
def test_hostile_words_are_only_words_in_marks_and_tips(open_timeline) -> None:
    page = open_timeline("?below=timeline")
    expect(page.locator(f"{ROWS} .captions_marks text").first).to_contain_text("<script>parent")
    page.locator(f"{ROWS} .marks_marks image").first.hover()
    tip = page.locator("#vg-tooltip-element")
    expect(tip).to_contain_text("<script>parent.hurt")
    expect(tip).to_contain_text("onerror='parent.hurt")
    assert page.locator("#vg-tooltip-element :is(script, img, a)").count() == 0
    assert page.evaluate("() => window.hurt ?? null") is None
