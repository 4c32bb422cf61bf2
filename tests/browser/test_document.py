"""The one HTML file, opened from disk in a browser that has no network."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from components.brief.scenes import read_scenes
from components.export.document import write_document
from components.export.takeaway import Takeaway
from components.model.period import Period
from components.model.table import day_number
from components.model.view import View
from components.pipeline import build_world, scene, staged
from tests.worlds import row, table

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    from components.model.world import World

pytestmark = pytest.mark.browser

LARGEST_BYTES = 3_000_000
READY_MS = 30_000
HOSTILE = (
    "</script><script>window.hit=1</script><img src=x onerror=window.hit=1>{{7*7}}\u2028\x00\ud800"
)
SEEN = "</script><script>window.hit=1</script><img src=x onerror=window.hit=1>{{7*7}}"


@pytest.fixture(scope="module")
def takeaway(repository: Path) -> Takeaway:
    """Return the first briefing."""
    world = build_world(repository / "seeds", repository / "geodata")
    (briefing, *_), _faults = read_scenes(repository / "seeds")
    return Takeaway(world, briefing, staged(world, briefing), datetime(2026, 11, 29, 6, tzinfo=UTC))


@pytest.fixture
def open_file(
    open_page: Callable[..., Page], tmp_path: Path, repository: Path
) -> Callable[..., Page]:
    """Write a takeaway and open it from disk, with no network at all."""

    def opened(of: Takeaway, **options: object) -> Page:
        (path,) = write_document(of, tmp_path, repository / "geodata", lambda *_: None)
        page = open_page(**options)
        page.context.set_offline(True)
        page.asked = []  # type: ignore[attr-defined]
        page.on("request", lambda request: page.asked.append(request.url))  # type: ignore[attr-defined]
        page.goto(path.as_uri())
        expect(page.locator(".corridors[data-ready]")).to_be_attached(timeout=READY_MS)
        return page

    return opened


def drawn(page: Page, what: str) -> list[str]:
    """Return the ids that the map says it shows."""
    return sorted(page.locator(".corridors").first.get_attribute(f"data-{what}").split())


def test_it_opens_from_disk_asks_for_nothing_and_is_small(open_file, takeaway, tmp_path) -> None:
    page = open_file(takeaway)
    (path,) = tmp_path.glob("*.html")
    assert page.asked == [path.as_uri()]
    assert path.stat().st_size < LARGEST_BYTES
    expect(page).to_have_title(takeaway.briefing.title)
    expect(page.locator("h1")).to_have_text(takeaway.briefing.title)
    expect(page.locator(".top")).to_contain_text("Made 29 Nov 2026, 06:00 UTC")
    expect(page.locator(".leaflet-control-attribution")).to_contain_text("OpenStreetMap")
    page.get_by_role("tab", name="About").click()
    about = page.get_by_role("tabpanel", name="About")
    for article in takeaway.world.articles:
        expect(about).to_contain_text(article.headline)
    expect(about).to_contain_text("Shapes marked schematic are schematic.")


def test_every_scene_shows_what_python_says_it_shows(open_file, takeaway) -> None:
    page = open_file(takeaway, reduced_motion="reduce")
    for one in takeaway.staged:
        page.get_by_role("tab", name="Scenes").click()
        page.locator(".scenes .go", has_text=one.sheet.title).filter(
            has=page.get_by_text(one.sheet.title, exact=True)
        ).click()
        expect(page.locator(".day b").first).to_have_text(one.sheet.day)
        first, last = one.view.window.first, one.view.window.last
        hands = page.locator(".time input")
        assert [hands.nth(i).input_value() for i in (0, 1)] == [
            str(day_number(first)),
            str(day_number(last)),
        ]
        shown = {each.id for each in one.scene.footprints if each.shape is not None}
        assert drawn(page, "footprints") == sorted(shown)
        placed = {each.event.id for each in one.scene.placed}
        assert sorted(page.evaluate("corridors.seen().placed")) == sorted(placed)
        assert placed <= set(drawn(page, "events"))
        told = page.locator(".scenes > li").nth(one.sheet.number - 1).locator(".told")
        expect(told).to_contain_text(one.sheet.note)
        for caption in one.sheet.caption:
            expect(told).to_contain_text(caption.words)
        told.locator("summary").click()
        for line in takeaway.small_print(one.sheet):
            expect(told).to_contain_text(line)


def test_the_slider_moves_the_days_and_the_counts_by_keyboard(open_file, takeaway) -> None:
    page = open_file(takeaway)
    page.locator(".scenes .go").nth(2).click()
    last = page.get_by_role("slider", name="Last day")
    last.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(page.locator(".day b").first).to_have_text("Mon 3 Jun 2024")
    page.get_by_role("slider", name="First day").focus()
    page.keyboard.press("ArrowRight")
    window = Period.of(date(2024, 5, 2), date(2024, 6, 3))
    expect(last).to_have_attribute("aria-valuetext", "Mon 3 Jun 2024")
    seen = scene(takeaway.world, replace(takeaway.staged[2].view, window=window))
    assert sorted(page.evaluate("corridors.seen().placed")) == sorted(
        one.event.id for one in seen.placed
    )
    page.get_by_role("tab", name="Events").click()
    expect(page.get_by_role("tabpanel", name="Events")).to_contain_text(
        f"{len(seen.placed)} on the map"
    )
    expect(page.locator(".events li")).to_have_count(len(seen.placed) + len(seen.unplaced))


def test_toggles_hide_a_layer_and_a_theme_and_agree_with_the_scene(open_file, takeaway) -> None:
    page = open_file(takeaway)
    page.locator(".scenes .go").nth(5).click()
    page.get_by_role("tab", name="Layers").click()
    assert any(one.startswith("philadelphi") for one in drawn(page, "footprints"))
    page.get_by_label("Philadelphi Corridor", exact=True).uncheck()
    assert not any(one.startswith("philadelphi") for one in drawn(page, "footprints"))
    before = len(page.evaluate("corridors.seen().placed"))
    page.get_by_label("Troops and withdrawals").uncheck()
    assert len(page.evaluate("corridors.seen().placed")) < before
    page.get_by_label("Who holds, who wants what").check()
    expect(page.locator(".callout .want").first).to_be_visible()
    page.get_by_label("Cumulative").check()
    expect(page.locator(".day")).to_contain_text("All events up to it")
    page.get_by_label("Language of names").select_option("ar")
    expect(page.locator(".corridors").first).to_have_attribute("lang", "ar")
    page.get_by_role("tab", name="Scenes").click()
    page.locator(".scenes .go").nth(4).click()
    page.get_by_role("tab", name="Layers").click()
    expect(page.get_by_label("Philadelphi Corridor", exact=True)).to_be_checked()
    expect(page.get_by_label("Troops and withdrawals")).not_to_be_checked()
    expect(page.get_by_label("Cumulative")).not_to_be_checked()
    expect(page.get_by_label("Language of names")).to_have_value("en")


def test_a_click_on_an_event_shows_its_sentence_in_its_article(open_file, takeaway) -> None:
    page = open_file(takeaway)
    page.locator(".scenes .go").nth(2).click()
    page.locator(".callout", has_text="Philadelphi Corridor").get_by_role("button").click()
    page.locator(".stack li button").first.click()
    chosen = page.evaluate("corridors.choices.selected.event")
    event = takeaway.world.event(chosen)
    panel = page.get_by_role("tabpanel", name="Evidence")
    expect(panel.locator("h2")).to_have_text(event.title)
    expect(panel.locator("mark")).to_have_text([one.quote for one in event.evidence])
    expect(panel.locator(".article")).to_have_text(takeaway.world.articles[0].text.strip())
    expect(panel).to_contain_text(event.date_reason)
    panel.get_by_role("button", name="Close").click()
    assert page.evaluate("corridors.choices.selected.event") is None


def test_every_event_of_the_list_opens_with_its_evidence(open_file, takeaway) -> None:
    page = open_file(takeaway)
    page.evaluate("page.show({...page.data.opening, camera: {to: null}})")
    page.get_by_role("tab", name="Events").click()
    expect(page.locator(".events li")).to_have_count(len(takeaway.world.events))
    for number, event in enumerate(takeaway.world.events):
        page.get_by_role("tab", name="Events").click()
        page.locator(".events li button").nth(number).click()
        marks = page.locator("#page-open mark")
        told = sorted(event.evidence, key=lambda one: one.start)
        expect(marks).to_have_text([one.quote for one in told])
        expect(page.locator("#page-open")).to_contain_text(event.attributions[0].source)


def test_facts_of_a_layer_are_those_of_the_day(open_file, takeaway) -> None:
    page = open_file(takeaway)
    page.get_by_role("tab", name="Layers").click()
    page.get_by_role("button", name="Facts about Netzarim Corridor").click()
    panel = page.get_by_role("tabpanel", name="Evidence")
    layer = next(one for one in takeaway.world.layers if one.id == "netzarim_corridor")
    expect(panel).to_contain_text(layer.about)
    expect(panel).to_contain_text("As of Sat 7 Oct 2023")
    page.get_by_role("slider", name="Last day").press("End")
    day = takeaway.world.events_span.last
    (now,) = layer.on(day)
    expect(panel).to_contain_text(now.label)
    expect(panel).to_contain_text(now.source.publisher)


def test_facts_of_a_ground_lead_from_each_position_to_its_sentence(open_file, takeaway) -> None:
    page = open_file(takeaway)
    page.locator(".scenes .go").nth(6).click()
    page.get_by_role("tab", name="Layers").click()
    page.get_by_role("button", name="Facts about Egypt-Gaza border").click()
    panel = page.get_by_role("tabpanel", name="Evidence")
    position = panel.get_by_role("button", name="Hamas wants Israel out")
    expect(position).to_contain_text("demanded · according to two Egyptian security sources")
    expect(position).to_contain_text("Reuters, 22 Aug 2024")
    (told,) = (
        one for one in takeaway.staged[6].sheet.standings if one.words == "Hamas wants Israel out"
        and one.ground == "Egypt-Gaza border"
    )  # fmt: skip
    position.click()
    expect(panel.locator("blockquote").first).to_contain_text(told.quotes[0])


def test_the_sample_of_a_layer_is_as_the_layer_is_drawn_on_the_day(open_file, takeaway) -> None:
    page = open_file(takeaway)
    page.get_by_role("tab", name="Layers").click()
    sample = page.locator("#page-layers li", has_text="Philadelphi Corridor").locator(".sample")
    dashed = sample.locator("[stroke-dasharray]")
    expect(dashed).to_have_count(0)
    page.get_by_role("slider", name="Last day").press("End")
    expect(dashed.first).to_be_attached()


def test_it_is_presented_by_keyboard_from_first_to_last(open_file, takeaway) -> None:
    page = open_file(takeaway, reduced_motion="reduce")
    present = page.get_by_role("button", name="Present", exact=True)
    present.focus()
    page.keyboard.press("Enter")
    for number, one in enumerate(takeaway.staged, start=1):
        expect(page.locator(".stage h1")).to_have_text(one.sheet.title)
        expect(page.locator(".stage")).to_contain_text(f"Scene {number} of {len(takeaway.staged)}")
        shown = {each.id for each in one.scene.footprints if each.shape is not None}
        assert drawn(page, "footprints") == sorted(shown)
        if number < len(takeaway.staged):
            page.keyboard.press("PageDown")
    page.keyboard.press("Escape")
    expect(page.locator(".stage")).to_have_count(0)
    expect(page.locator(".scenes .go[aria-current]")).to_contain_text(one.sheet.title)


def test_a_phone_shows_the_panel_under_the_map_without_sideways_scrolling(
    open_file, takeaway
) -> None:
    page = open_file(takeaway, viewport={"width": 390, "height": 844}, color_scheme="dark")
    ground, side = (page.locator(one).bounding_box() for one in (".ground", ".side"))
    assert side["y"] >= ground["y"] + ground["height"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(page.locator(".corridors").first).to_have_attribute("data-theme", "dark")
    assert page.locator(".time .hands").bounding_box()["width"] > 300


def test_tabs_are_walked_by_arrow_keys(open_file, takeaway) -> None:
    page = open_file(takeaway)
    page.get_by_role("tab", name="Scenes").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Evidence")).to_be_focused()
    expect(page.get_by_role("tabpanel", name="Evidence")).to_be_visible()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("tab", name="About")).to_be_focused()


def test_hostile_words_are_shown_as_words(open_file, takeaway) -> None:
    world, briefing = _hostile(takeaway.world), takeaway.briefing
    scenes = tuple(replace(one, title=HOSTILE, note=HOSTILE) for one in briefing.scenes)
    briefing = replace(
        briefing, title=HOSTILE, classification=HOSTILE, author=HOSTILE, scenes=scenes
    )
    page = open_file(Takeaway(world, briefing, staged(world, briefing), takeaway.made))
    expect(page.locator("h1")).to_contain_text(SEEN)
    expect(page.locator(".scenes .told .note").first).to_contain_text(SEEN)
    page.get_by_role("tab", name="Events").click()
    expect(page.locator(".events .title").first).to_contain_text(SEEN)
    page.locator(".events li button").first.click()
    expect(page.locator("#page-open h2")).to_contain_text(SEEN)
    page.get_by_role("tab", name="Layers").click()
    page.get_by_role("button", name="Facts about").first.click()
    expect(page.locator("#page-open h2")).to_contain_text(SEEN)
    assert page.evaluate("window.hit") is None
    assert page.locator("img").count() == 0


def _hostile(world: World) -> World:
    def names(one: object) -> object:
        return replace(one, en=HOSTILE)  # type: ignore[type-var]

    return replace(
        world,
        layers=tuple(replace(one, names=names(one.names), about=HOSTILE) for one in world.layers),
        events=tuple(replace(one, title=HOSTILE) for one in world.events),
        placed=tuple(replace(one, event=replace(one.event, title=HOSTILE)) for one in world.placed),
        unplaced=tuple(
            replace(one, event=replace(one.event, title=HOSTILE), reason=HOSTILE)
            for one in world.unplaced
        ),
    )


def test_a_few_recorded_events_are_in_it_with_their_sentences(open_file, takeaway) -> None:
    world = replace(takeaway.world, table=table(row(), row(title=SEEN, quote=SEEN)))
    of = Takeaway(world, takeaway.briefing, staged(world, takeaway.briefing), takeaway.made)
    page = open_file(of)
    page.locator(".scenes .go").nth(4).click()
    seen = scene(world, of.staged[4].view)
    assert page.evaluate("corridors.state.counts.placed") == len(seen.placed) + len(seen.recorded)
    page.evaluate("page.openRow(0)")
    expect(page.locator("#page-open mark")).to_have_text(world.table.words.record(0).quote)
    page.get_by_role("tab", name="About").click()
    expect(page.locator("#page-about")).to_contain_text("2 recorded events are in this file")


def test_a_briefing_without_scenes_opens_with_all_events(open_file, takeaway) -> None:
    briefing = replace(takeaway.briefing, scenes=())
    page = open_file(Takeaway(takeaway.world, briefing, (), takeaway.made))
    expect(page.get_by_role("button", name="Present", exact=True)).to_be_disabled()
    expect(page.locator(".events li")).to_have_count(len(takeaway.world.events))
    seen = scene(takeaway.world, View(takeaway.world.events_span))
    assert len(page.evaluate("corridors.seen().placed")) == len(seen.placed)
