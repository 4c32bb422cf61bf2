"""With something open below the map, quick steps of the slider end where the keys put it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from streamlit.proto.BackMsg_pb2 import BackMsg

pytestmark = pytest.mark.browser

STEPS = 25
GAP_MS = 60
READY_MS = 30_000
FOLLOWS_MS = 10_000
AND_BACK = (("ArrowRight", "26 Jun 2024", "2024-06-26"), ("ArrowLeft", "1 Jun 2024", "2024-06-01"))


@pytest.fixture
def open_below(server, open_page, map_frame, settle):
    """Return a function that opens the app with a part below the map, and what it then asks for."""

    def opened(below: str):
        page = open_page()
        asked: list[BackMsg] = []
        page.on("websocket", lambda socket: socket.on(
            "framesent", lambda frame: asked.append(BackMsg.FromString(frame))))  # fmt: skip
        page.goto(f"{server}/?from=2024-01-01&to=2024-06-01&below={below}")
        ready = map_frame(page).first.locator("#map_div[data-ready]")
        expect(ready).to_be_attached(timeout=READY_MS)
        expect(page.locator(".st-key-drawer")).to_contain_text(" 1 Jun 2024", timeout=READY_MS)
        settle(page)
        asked.clear()
        return page, asked

    return opened


@pytest.mark.parametrize("below", ["positions", "compare", "since", "timeline"])
def test_quick_steps_end_where_the_keys_put_them_and_all_agree(
    open_below, map_frame, below
) -> None:
    page, asked = open_below(below)
    hand = page.get_by_role("slider").nth(1)
    for key, day, url in AND_BACK:
        hand.focus()
        for _ in range(STEPS):
            page.keyboard.press(key)
            page.wait_for_timeout(GAP_MS)
        expect(page).to_have_url(re.compile(f"to={url}"), timeout=FOLLOWS_MS)
        expect(page.locator(".st-key-drawer")).to_contain_text(f" {day}", timeout=FOLLOWS_MS)
        expect(hand).to_have_attribute("aria-valuetext", day)
        expect(hand).to_be_focused()
        expect(map_frame(page).first.locator(".day b").first).to_have_text(re.compile(f" {day}$"))
    # A step that is a fragment's can take the slider away at the end of a whole run, now and then.
    assert [one.rerun_script.fragment_id for one in asked] == [""] * len(asked)
    assert len(asked) >= len(AND_BACK)


def test_one_step_is_followed_by_the_words_below(open_below) -> None:
    page, _ = open_below("positions")
    page.get_by_role("slider").nth(1).focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".st-key-drawer")).to_contain_text(" 2 Jun 2024")
    expect(page).to_have_url(re.compile("to=2024-06-02"))
