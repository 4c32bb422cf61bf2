"""Law 8: no text of an article, of a file or of the URL becomes markup or script."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
HOSTILE_APP = Path(__file__).with_name("hostile_app.py")


with_attacks = pytest.mark.parametrize("server", [HOSTILE_APP], indirect=True)


@pytest.fixture
def unhurt(map_frame):
    """Return a function that checks that nothing of an attack has run or become an element."""

    def check(page) -> None:
        assert page.evaluate("() => window.hurt ?? null") is None
        assert map_frame(page).locator("body").evaluate("() => window.hurt ?? null") is None
        assert page.locator("img[src^='http://example']").count() == 0
        assert page.locator("a[href^='javascript']").count() == 0

    return check


@with_attacks
def test_an_article_full_of_attacks_is_only_text(open_app, map_frame, unhurt) -> None:
    page = open_app("?lang=%3Cimg%20src%3Dx%20onerror%3D%22hurt%3D1%22%3E", reduced_motion="reduce")
    page.get_by_role("tab", name="Events").click()
    page.get_by_role("button", name=re.compile("parent.hurt")).first.click()
    expect(page.locator("mark")).to_contain_text("<script>parent.hurt")
    expect(page.locator(".panel h2")).to_contain_text("onerror='parent.hurt")
    page.get_by_role("tab", name="About").click()
    frame = map_frame(page)
    frame.get_by_role("button", name=re.compile("^Cairo: 1 event")).click()
    expect(frame.locator(".callout[data-id='place:cairo']")).to_be_visible()
    unhurt(page)


@with_attacks
@pytest.mark.parametrize("below", ["positions", "compare", "since", "timeline"])
def test_what_stands_below_the_map_is_only_text(open_app, map_frame, settle, unhurt, below) -> None:
    page = open_app(f"?below={below}&positions=1&compare=2024-01-01", reduced_motion="reduce")
    expect(page.locator(".drawer").first).to_be_visible()
    expect(map_frame(page).locator(".want b")).to_contain_text("<script>parent.hurt")
    if below == "positions":
        expect(page.locator(".party")).to_contain_text("onerror='parent.hurt")
        page.get_by_role("button", name=re.compile("^wants 2 <script>")).click()
        expect(page.locator(".panel mark")).to_contain_text("<script>parent.hurt")
    elif below == "compare":
        for part in ("Events between", "Positions"):
            page.get_by_role("tab", name=part).click()
            settle(page)
            shown = page.locator(".st-key-drawer").get_by_role("button")
            expect(shown.filter(has_text="<script>").first).to_be_visible()
    elif below == "since":
        page.get_by_role("button", name=re.compile("^Mark")).click()
    settle(page)
    unhurt(page)


@with_attacks
def test_a_recorded_event_full_of_attacks_is_only_text(open_app, map_frame, unhurt) -> None:
    page = open_app()
    frame = map_frame(page)
    x, y = frame.locator("body").evaluate(
        "() => { const { x, y } = map.latLngToContainerPoint([31.40, 34.31]); return [x, y]; }"
    )
    box = page.locator("iframe").bounding_box()
    page.mouse.move(box["x"] + x, box["y"] + y)
    expect(frame.locator(".leaflet-tooltip")).to_contain_text("<script>parent.hurt")
    page.mouse.click(box["x"] + x, box["y"] + y)
    expect(page.locator(".panel h2")).to_contain_text("<script>parent.hurt")
    expect(page.locator(".panel mark")).to_contain_text("onerror='parent.hurt")
    page.get_by_role("tab", name="About").click()
    expect(page.get_by_text("broken.parquet").first).to_be_visible()
    unhurt(page)
