"""Marking a day as briefed, and what a person then sees and can copy."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

DAYS = "?below=since&from=2023-10-07&to="
BEFORE, AFTER = f"{DAYS}2024-08-15", f"{DAYS}2024-08-23"
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def marked(open_app, settle):
    """Mark 15 Aug 2024 as briefed, and take it back in the end: all tests share the folder."""
    page = open_app(BEFORE)
    button(page, "Mark as briefed: Thu 15 Aug 2024").click()
    expect(drawer(page).get_by_role("status").first).to_contain_text("Marked: the briefing of")
    settle(page)
    yield page
    button(page, "Undo: Thu 15 Aug 2024").click()
    expect(drawer(page)).to_contain_text("Taken back: the briefing of Thu 15 Aug 2024")
    expect(drawer(page)).to_contain_text("No day is marked yet")


def drawer(page):
    return page.locator(".st-key-drawer")


def button(page, name):
    return drawer(page).get_by_role("button", name=name)


def test_a_marked_day_is_told_with_where_it_is_kept(marked) -> None:
    expect(drawer(marked)).to_contain_text(re.compile(r"Kept in \S+briefings\.jsonl\."))
    expect(drawer(marked)).to_contain_text("nothing new")


@pytest.mark.usefixtures("marked")
def test_what_is_new_is_listed_and_opens_its_sentence(open_app, settle) -> None:
    page = open_app(AFTER)
    expect(drawer(page).get_by_role("heading", level=2)).to_have_text(
        "Since the briefing of Thu 15 Aug 2024"
    )
    headings = drawer(page).get_by_role("heading", level=3).all_inner_texts()
    assert headings == ["New positions: 9", "New events: 17", "New articles: 1", "Text to copy"]
    demand = button(page, re.compile("On the Netzarim Corridor, Israel wants to keep troops"))
    expect(demand).to_contain_text("Reuters, 22 Aug 2024")
    expect(demand).to_contain_text("“Israeli demands to keep troops deployed along the Netzarim")
    demand.click()
    settle(page)
    expect(page.locator(".st-key-panel mark")).to_contain_text("Israeli demands to keep troops")
    # The list stays beside it.
    expect(demand).to_be_attached()


@pytest.mark.usefixtures("marked")
def test_no_line_is_cut_off(open_app) -> None:
    page = open_app(AFTER)
    lines = drawer(page).locator("[class*=st-key-since_] button")
    assert lines.count() == 27
    cut = lines.evaluate_all(
        "lines => lines.flatMap(line => [line, ...line.querySelectorAll('*')])"
        ".filter(one => one.clientWidth && one.scrollWidth > one.clientWidth + 1).length"
    )
    assert cut == 0


@pytest.mark.usefixtures("marked")
def test_the_copy_button_gives_the_whole_text(open_app) -> None:
    page = open_app(AFTER)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    # It is seen without the pointer on it, as on a touch screen.
    expect(button(page, "Copy to clipboard")).to_be_visible()
    assert button(page, "Copy to clipboard").evaluate(
        "node => node.checkVisibility({ opacityProperty: true, visibilityProperty: true })"
    )
    button(page, "Copy to clipboard").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.split("\n") == drawer(page).locator("code").inner_text().split("\n")
    head, *lines = copied.split("\n")
    assert head == "Since the briefing of Thu 15 Aug 2024, as of Fri 23 Aug 2024:"
    assert [line.partition(":")[0] for line in lines] == [
        "New positions", "New events", "New articles",
    ]  # fmt: skip
    assert copied.count(" [Reuters, 22 Aug 2024].") == 27


@pytest.mark.usefixtures("marked")
@pytest.mark.parametrize("color_scheme", ["light", "dark"])
def test_on_a_phone_the_text_comes_first_and_nothing_reaches_out(open_app, color_scheme) -> None:
    page = open_app(AFTER, viewport=PHONE, color_scheme=color_scheme)
    text = drawer(page).locator(".st-key-brief_text")
    first = drawer(page).locator("[class*=st-key-since_]").first
    expect(text).to_be_attached()
    assert text.bounding_box()["y"] < first.bounding_box()["y"]
    wide = drawer(page).evaluate("node => node.scrollWidth - node.clientWidth")
    assert wide <= 0


@pytest.mark.usefixtures("marked")
def test_a_double_click_marks_once_and_takes_one_mark_back(open_app, settle) -> None:
    page = open_app(f"{DAYS}2024-08-16")
    button(page, "Mark as briefed: Fri 16 Aug 2024").dblclick()
    settle(page)
    expect(button(page, "Marked as briefed: Fri 16 Aug 2024")).to_be_disabled()
    button(page, "Undo: Fri 16 Aug 2024").dblclick()
    expect(drawer(page)).to_contain_text("Taken back: the briefing of Fri 16 Aug 2024")
    settle(page)
    expect(drawer(page).get_by_role("heading", level=2)).to_have_text(
        "Since the briefing of Thu 15 Aug 2024"
    )
