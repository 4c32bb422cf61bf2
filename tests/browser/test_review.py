"""An article is pasted, read and reviewed; its text is only ever text."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

# A server of its own: what is reviewed here must not be on the map of other tests.
pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("server", [Path(__file__).parents[2] / "app.py"], indirect=True),
]
READ_MS = 120_000
TEXT = """Talks resume as crossing stays shut \N{SLEEPING SYMBOL}

RAFAH (Wire) - Israeli and Egyptian officials met in Cairo on Thursday to discuss the \
Philadelphi Corridor, two Egyptian security sources said.

The Rafah crossing was closed on Wednesday, Egypt said. Israeli troops withdrew from the \
Netzarim Corridor in May.
"""
ATTACK = (
    "<script>window.hurt=1</script></script><img src=x onerror='window.hurt=1'>"
    "\u202e{{ 7 * 7 }}[p](javascript:hurt=1)\u202c"
)
SELECT = """(root, words) => {
  const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walk.nextNode()) nodes.push(walk.currentNode);
  const at = root.textContent.indexOf(words);
  const place = (offset) => {
    for (const node of nodes) {
      if (offset <= node.data.length) return [node, offset];
      offset -= node.data.length;
    }
  };
  const range = document.createRange();
  range.setStart(...place(at));
  range.setEnd(...place(at + words.length));
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""


@pytest.fixture
def open_desk(server, open_page, settle):
    """Return a function that opens the form for a new article and fills it in."""

    def opened(text: str, publisher: str = "Wire") -> Page:
        page = open_page()
        page.goto(f"{server}/?page=add")
        box = page.get_by_label("The article, headline first")
        box.fill(text, timeout=READ_MS)
        box.press("Control+Enter")
        settle(page)
        page.get_by_label("Publisher (needed)").fill(publisher)
        page.get_by_role("spinbutton", name=re.compile("^year, Published on")).click()
        page.keyboard.type("20240822")
        page.keyboard.press("Tab")
        settle(page)
        page.get_by_role("button", name="Read it").click()
        expect(page.get_by_text("Nothing is saved yet")).to_be_visible(timeout=READ_MS)
        settle(page)
        return page

    return opened


@pytest.fixture
def review(open_desk, settle):
    """Return a function that goes on to the review, as a reviewer with a name."""

    def reviewed(text: str, publisher: str = "Wire", name: str = "Ada Example") -> Page:
        page = open_desk(text, publisher)
        page.get_by_role("button", name="Save and review").click()
        box = page.get_by_placeholder("Reviewer: your name")
        box.fill(name, timeout=READ_MS)
        box.press("Enter")
        expect(page.get_by_role("button", name=f"Reviewer: {name}")).to_be_visible()
        settle(page)
        return page

    return reviewed


def counts(page: Page):
    """Return where the page says how many events there are of each sort."""
    return page.locator(".counts")


def test_keys_decide_on_an_article_that_was_pasted(review, settle) -> None:
    page = review(TEXT)
    text = page.locator(".reading-text")
    assert text.evaluate("root => root.textContent") == TEXT
    for mark, words in (("date", "Thursday"), ("place", "Cairo"), ("claim", "said")):
        expect(text.locator(f".mark-{mark}", has_text=words).first).to_be_visible()
    expect(text.locator(".mark-place", has_text="Cairo")).to_have_attribute("data-label", "where")
    expect(text.locator(".current").first).to_be_visible()
    (whole,) = re.findall(r"(\d+) to review", counts(page).inner_text())
    assert int(whole) >= 3
    first = page.locator(".card h2").inner_text()
    page.keyboard.press("n")
    expect(page.locator(".card h2")).not_to_have_text(first)
    second = page.locator(".card h2").inner_text()
    settle(page)
    page.keyboard.press("a")
    expect(counts(page)).to_contain_text("1 accepted")
    expect(page.locator(".card h2")).not_to_have_text(second)
    settle(page)
    page.keyboard.press("x")
    expect(counts(page)).to_contain_text("1 rejected")
    settle(page)
    page.get_by_text(re.compile("^History")).click()
    expect(page.locator(".change").first).to_contain_text("rejected by Ada Example on 20")


def test_selected_words_and_a_click_on_the_map_are_taken_over(review, settle) -> None:
    page = review(TEXT.replace("Talks resume", "Talks go on"))
    page.keyboard.press("e")
    only = page.get_by_role("button", name="The only evidence")
    words = "officials met in Cairo on Thursday"
    expect(page.get_by_role("button", name="Save changes")).to_be_visible()
    page.locator(".reading-text").evaluate(SELECT, words)
    expect(page.locator(".selected")).to_have_text(words)
    only.click()
    expect(page.locator(".quote").first).to_have_text(words)
    expect(page.locator(".reading-text .current").first).to_be_visible()
    settle(page)
    page.get_by_text("Choose it on a map").first.click()
    frame = page.frame_locator("iframe[title^=streamlit_folium]")
    expect(frame.locator("#map_div[data-ready]")).to_be_attached(timeout=30_000)
    frame.locator("#map_div").click(position={"x": 60, "y": 40})
    meant = page.get_by_role("combobox", name="Which place is meant").first
    expect(meant).to_have_value(re.compile(r"the point 3[34]\.\d+, 31\.\d+, within 2 km"))
    settle(page)
    page.get_by_role("button", name="Save changes").click()
    expect(page.locator(".card")).to_contain_text(words)
    where = re.compile(r"the point 3[34]\.\d+, 31\.\d+, within 2 km")
    expect(page.locator(".card")).to_contain_text(where)


def test_a_click_in_the_text_opens_its_event(review) -> None:
    page = review(TEXT.replace("Talks resume", "Talks proceed"))
    page.locator(".reading-text .evidence", has_text="withdrew").first.click()
    expect(page.locator(".card blockquote").first).to_contain_text("withdrew")


def test_a_hostile_article_stays_text(review, settle) -> None:
    text = TEXT.replace("two Egyptian", f"{ATTACK} two Egyptian").replace("Talks", f"{ATTACK}Talks")
    page = review(
        text, publisher=ATTACK, name=ATTACK.replace("\u202e", "").replace("\u202c", "")[:80]
    )
    shown = page.locator(".reading-text")
    assert shown.evaluate("root => root.textContent") == text
    assert shown.locator("script, img, a").count() == 0
    page.keyboard.press("a")
    expect(counts(page)).to_contain_text("1 accepted")
    settle(page)
    page.get_by_role("button", name="All articles").click()
    expect(page.locator(".listed h2").first).to_be_visible()
    assert page.evaluate("() => window.hurt ?? null") is None
    assert page.locator("img[src='x']").count() == 0


def test_back_leaves_the_articles_as_it_came(open_app, settle) -> None:
    page = open_app("?to=2024-06-01")
    page.get_by_role("button", name="Articles").first.click()
    expect(page.locator(".listed h2").first).to_be_visible(timeout=READ_MS)
    settle(page)
    page.get_by_role("button", name=re.compile("^(Open|Review)$")).first.click()
    expect(page.locator(".card h2")).to_be_visible(timeout=READ_MS)
    settle(page)
    page.go_back()
    expect(page.locator(".listed h2").first).to_be_visible()
    expect(page.locator(".card")).to_have_count(0)
    settle(page)
    page.go_back()
    expect(page.frame_locator("iframe").locator("#map_div[data-ready]")).to_be_attached()
    expect(page).to_have_url(re.compile(r"\?to=2024-06-01$"))


def test_two_events_are_united_and_the_choice_closes(review, settle) -> None:
    page = review(TEXT.replace("Talks resume", "Talks begin"))
    (whole,) = re.findall(r"(\d+) to review", counts(page).inner_text())
    page.get_by_role("button", name="Same event as").click()
    page.get_by_role("combobox", name="This is the same event as").click()
    page.get_by_role("option", name=re.compile("^Here: ")).first.click()
    settle(page)
    page.get_by_role("button", name="Unite them").click()
    expect(counts(page)).to_have_text(f"{int(whole) - 1} to review")
    settle(page)
    expect(page.get_by_role("button", name="Unite them")).to_have_count(0)


def test_what_is_decided_is_in_sight(review, open_page, settle) -> None:
    page = review(TEXT.replace("Talks resume", "Talks start"))
    address = page.url
    for width, height in ((1440, 900), (390, 844)):
        page = open_page(viewport={"width": width, "height": height})
        page.goto(address)
        expect(page.locator(".card h2")).to_be_visible(timeout=READ_MS)
        settle(page)
        parts = (counts(page), page.locator(".st-key-do_accept"), page.locator(".st-key-edit"))
        tops = [part.bounding_box()["y"] for part in (*parts, page.locator(".reading-text"))]
        assert tops[2] < 0.75 * height
        if width < height:
            tops.append(page.locator(".card").bounding_box()["y"])
            assert tops == sorted(tops)
        wide = page.evaluate("() => document.querySelector('.card').scrollWidth")
        assert wide <= width


def test_what_saves_a_new_article_is_in_sight(open_desk) -> None:
    page = open_desk(TEXT.replace("Talks resume", "Talks open"))
    expect(page.get_by_role("button", name="Save and review")).to_be_in_viewport(ratio=1)
