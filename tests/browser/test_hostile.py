"""Law 8: no text of an article, of a file or of the URL becomes markup or script."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
HOSTILE_APP = Path(__file__).with_name("hostile_app.py")


@pytest.mark.parametrize("server", [HOSTILE_APP], indirect=True)
def test_an_article_full_of_attacks_is_only_text(open_app, map_frame) -> None:
    page = open_app("?lang=%3Cimg%20src%3Dx%20onerror%3D%22hurt%3D1%22%3E", reduced_motion="reduce")
    page.get_by_role("tab", name="Events").click()
    page.get_by_role("button", name=re.compile("parent.hurt")).click()
    expect(page.locator("mark")).to_contain_text("<script>parent.hurt")
    expect(page.locator(".panel h2")).to_contain_text("onerror='parent.hurt")
    page.get_by_role("tab", name="About").click()
    frame = map_frame(page)
    frame.get_by_role("button", name=re.compile("^Cairo: 1 event")).click()
    expect(frame.locator(".callout[data-id='place:cairo']")).to_be_visible()
    assert page.evaluate("() => window.hurt ?? null") is None
    assert frame.locator("body").evaluate("() => window.hurt ?? null") is None
    assert page.locator("img[src^='http://example']").count() == 0
    assert page.locator("a[href^='javascript']").count() == 0
