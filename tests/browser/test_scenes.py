"""Scenes in a real browser: keep, come back by link, open, present, take away."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit
from zipfile import ZipFile

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

FIRST = "cairo-truce-talks"


def query(page: Page) -> dict[str, str]:
    return {name: one[0] for name, one in parse_qs(urlsplit(page.url).query).items()}


def open_tab(page: Page) -> None:
    page.get_by_role("tab", name="Scenes").click()
    expect(page.get_by_role("button", name="Keep this view")).to_be_visible()


def days(page: Page) -> list[str]:
    """Return what the slider says of its two hands."""
    thumbs = page.locator(".st-key-days").get_by_role("slider")
    return [thumbs.nth(hand).get_attribute("aria-valuetext") or "" for hand in (0, 1)]


def drawn(frame) -> tuple[str, str]:
    """Return the map's own word of its day, and where the layers and names stand."""
    return frame.locator(".day > b").inner_text(), frame.locator(".day .counts").inner_text()


def test_a_kept_view_comes_back_by_its_link_in_a_new_page(open_app, map_frame, settle) -> None:
    page = open_app("?layer=philadelphi_corridor&from=2024-05-01&to=2024-06-10&lang=ar&positions=1"
                    "&camera=34.26,31.27,12.5")  # fmt: skip
    open_tab(page)
    page.get_by_role("button", name="Keep this view").click()
    settle(page)
    expect(page).to_have_url(re.compile(r"\?briefing=cairo-truce-talks&scene=[^&]+$"))
    assert set(query(page)) == {"briefing", "scene"}
    before = drawn(map_frame(page))
    again = open_app(f"?{urlsplit(page.url).query}")
    assert query(again) == query(page)
    assert days(again) == days(page)
    assert drawn(map_frame(again)) == before
    expect(again.get_by_role("article", name="Facts")).to_be_visible()
    expect(map_frame(again).get_by_text("محور فيلادلفيا").first).to_be_visible()
    # A pixel of the camera, or a round of the page, does not take the scene out of the link.
    again.get_by_role("tab", name="Layers").click()
    settle(again)
    again.wait_for_timeout(800)
    assert query(again) == query(page)
    # All tests share the folder of articles.
    page.get_by_role("button", name="Undo: kept").click()
    settle(page)
    expect(page.get_by_text("Undone: kept")).to_be_visible()
    assert "scene" not in query(page)


def test_a_click_opens_a_scene_and_the_map_goes_there(open_app, map_frame, settle) -> None:
    page = open_app()
    open_tab(page)
    page.get_by_role("button", name="Netzarim is cut").click()
    expect(page).to_have_url(re.compile("scene=netzarim-is-cut"))
    expect(map_frame(page).locator(".day > b")).to_have_text("Wed 6 Mar 2024")
    settle(page)
    page.wait_for_timeout(1500)
    assert query(page) == {"briefing": FIRST, "scene": "netzarim-is-cut"}
    page.get_by_role("button", name="The war begins").click()
    expect(map_frame(page).locator(".day > b")).to_have_text("Sat 7 Oct 2023")
    settle(page)
    page.wait_for_timeout(1500)
    assert query(page) == {"briefing": FIRST, "scene": "the-war-begins"}


def test_a_window_that_changes_on_the_way_to_a_scene_does_not_stop_it(
    open_app, map_frame, settle
) -> None:
    page = open_app()
    open_tab(page)
    page.get_by_role("button", name="Netzarim is cut").click()
    expect(map_frame(page).locator(".day > b")).to_have_text("Wed 6 Mar 2024")
    for width in (1400, 1360, 1320):
        page.set_viewport_size({"width": width, "height": 860})
        page.wait_for_timeout(100)
    page.wait_for_timeout(1500)
    settle(page)
    assert query(page) == {"briefing": FIRST, "scene": "netzarim-is-cut"}


def test_a_typed_note_is_kept_and_undone(open_app, settle) -> None:
    page = open_app(f"?briefing={FIRST}&scene=what-to-watch")
    note = page.get_by_role("textbox", name="Note")
    expect(note).not_to_have_value("")
    before = note.input_value()
    note.fill("Ask for questions.")
    note.blur()
    settle(page)
    undo = page.get_by_role("button", name="Undo: note of")
    expect(undo).to_be_visible()
    undo.click()
    settle(page)
    expect(page.get_by_role("textbox", name="Note")).to_have_value(before)


def test_what_is_being_typed_outlasts_a_run_of_the_page(open_app, settle) -> None:
    page = open_app(f"?briefing={FIRST}&scene=what-to-watch")
    note = page.get_by_role("textbox", name="Note")
    expect(note).not_to_have_value("")
    before = note.input_value()
    note.press_sequentially("Not yet said. ")
    # The map reports where it looks, and the page runs, while the hand is still in the field.
    page.mouse.move(700, 300)
    page.mouse.wheel(0, -300)
    expect(page).not_to_have_url(re.compile("scene="))
    settle(page)
    expect(note).to_have_value(re.compile("Not yet said"))
    note.fill(before)


def test_present_begins_with_the_open_scene(open_app, map_frame) -> None:
    page = open_app(f"?briefing={FIRST}&scene=netzarim-is-cut")
    page.get_by_role("button", name="Present", exact=True).click()
    expect(page.locator("html")).to_have_attribute("data-presented", "1")
    expect(map_frame(page).locator(".foot span")).to_have_text(re.compile("^Scene 2 of "))


@pytest.mark.parametrize(
    ("words", "ending"), [("PowerPoint", "pptx"), ("PDF, A4 and Letter", "pdf.zip")]
)
def test_one_click_gives_a_file_and_progress_is_shown(
    open_app, settle, tmp_path, words, ending
) -> None:
    page = open_app(f"?briefing={FIRST}")
    page.get_by_role("button", name="Take away").click()
    with page.expect_download(timeout=120_000) as waiting:
        page.get_by_role("button", name=words).click()
        expect(page.get_by_test_id("stProgress").first).to_be_visible()
    file = tmp_path / "file"
    waiting.value.save_as(file)
    assert re.fullmatch(
        rf"gaza-truce-talks-.*_of-2024-08-22_made-[\d-]+[._]{re.escape(ending)}",
        waiting.value.suggested_filename,
    )
    with ZipFile(file) as content:
        assert content.testzip() is None
    expect(page.get_by_text(re.compile(rf"{words}: [\d,]+ kB, made in [\d.]+ s"))).to_be_visible()
    expect(page.get_by_test_id("stProgress")).to_have_count(0)
    settle(page)


def test_a_link_to_no_briefing_gives_the_page_and_a_notice(open_app) -> None:
    page = open_app("?briefing=%3Cscript%3E&scene=x")
    expect(page.get_by_text("briefing=<script>: no briefing has this id")).to_be_visible()
    expect(page.get_by_role("tab", name="Scenes")).to_be_visible()


def test_the_four_tabs_stand_in_one_line(open_app) -> None:
    page = open_app()
    boxes = [one.bounding_box() for one in page.get_by_role("tab").all()]
    assert len(boxes) == 4
    assert len({box["y"] for box in boxes}) == 1
    sidebar = page.get_by_test_id("stSidebar").bounding_box()
    assert boxes[-1]["x"] + boxes[-1]["width"] < sidebar["x"] + sidebar["width"]
