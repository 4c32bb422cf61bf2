"""Positions in the room: labels on the map, the table below it, and each lights the other."""

from __future__ import annotations

import json
import random
import re
import shutil
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from components import draw
from components.brief.positions import positions_on
from components.draw.drawing import drawing
from components.draw.record import record
from components.model.period import Period
from components.model.place import Language
from components.model.view import View
from components.page.served import GEODATA
from components.pipeline import build_world, scene

pytestmark = pytest.mark.browser

SCENE = Path(draw.__file__).parent / "browser" / "scene.js"
QUERY = "?below=positions&positions=1&to=2024-08-22"
CELL = ".st-key-cell_{}__{}"
PHILADELPHI = "layer:philadelphi_corridor"


@pytest.fixture(scope="module")
def many(repository, tmp_path_factory):
    """Return the world of the owner's article and the twelve that are marked by hand."""
    folder = tmp_path_factory.mktemp("many") / "seeds"
    shutil.copytree(repository / "seeds", folder)
    for kind in ("txt", "json"):
        for path in (repository / "tests" / "reading").glob(f"*.{kind}"):
            shutil.copy(path, folder)
    return build_world(folder, GEODATA)


def test_the_map_says_on_each_day_what_the_table_says(many, open_page) -> None:
    dice = random.Random(5)  # noqa: S311  repeatable, not secret
    page = open_page()
    page.add_script_tag(path=SCENE)
    told = json.loads(json.dumps(record(many)))
    page.evaluate("(told) => { window.told = new Corridors.Scene(told); }", told)
    layers = frozenset(layer.id for layer in many.layers)
    edges = [one.published for one in many.statements]
    for _ in range(60):
        day = dice.choice(edges) + timedelta(dice.choice([-1, 0, 1]))
        view = View(
            Period.of(date(2023, 10, 7), day), layers=layers, positions=True,
            hindsight=dice.random() < 0.5,
        )  # fmt: skip
        callouts = page.evaluate(
            """(chosen) => {
                const [layers, themes] = [new Set(chosen.layers), new Set(chosen.themes)];
                return told.at(chosen.window, { ...chosen, layers, themes }).callouts; }""",
            drawing(view),
        )
        shown = {
            one["id"]: {(who, line["words"]) for line in one["wants"] for who in line["who"]}
            for one in callouts
            if one["wants"]
        }
        # A party alone says "wants", several say "want".
        known = defaultdict(lambda: defaultdict(set))
        positions = scene(many, view).positions
        assert positions == positions_on(many.statements, day, hindsight=view.hindsight)
        for position in positions:
            for one in position.told:
                kind = "place" if one.ground.place else "layer"
                known[f"{kind}:{one.ground.id}"][one.one, one.many].add(one.party.names.en)
        expected = {
            site: {
                (who, words[len(parties) > 1])
                for words, parties in lines.items()
                for who in parties
            }
            for site, lines in known.items()
        }
        assert shown == expected, day


def test_each_corridor_says_who_holds_it_and_who_wants_what(open_app, map_frame) -> None:
    page = open_app(QUERY)
    card = map_frame(page).locator(f'.callout[data-id="{PHILADELPHI}"] .card')
    for words in (
        "Held by Israel; Egypt, on its own side of the border",
        "Israel wants to keep troops",
        "Hamas, Egypt want Israel out",
        "Egypt, United States seek compromises",
        "Israel claims that arms came through",
        "Egypt claims that routes are shut",
    ):
        expect(card).to_contain_text(words)
    netzarim = map_frame(page).locator('.callout[data-id="layer:netzarim_corridor"] .card')
    expect(netzarim).to_contain_text("Israel wants to keep troops")
    expect(netzarim).not_to_contain_text("Hamas")


@pytest.mark.parametrize("width", [1440, 1920])
def test_it_can_be_read_from_the_back_row(open_app, map_frame, width) -> None:
    page = open_app("?positions=1", viewport={"width": width, "height": width * 9 // 16})
    size = (
        map_frame(page)
        .locator(f'.callout[data-id="{PHILADELPHI}"] .want')
        .first.evaluate("(node) => parseFloat(getComputedStyle(node).fontSize)")
    )
    assert size >= {1440: 16, 1920: 21}[width]


def test_without_positions_the_map_says_none_and_a_toggle_brings_them(
    open_app, map_frame, settle
) -> None:
    page = open_app()
    expect(map_frame(page).locator(".want")).to_have_count(0)
    page.get_by_text("Who holds, who wants what").click()
    settle(page)
    expect(map_frame(page).locator(".want").first).to_be_visible()
    expect(page).to_have_url(re.compile("positions=1"))


def test_positions_follow_the_slider_at_once(open_app, map_frame) -> None:
    page = open_app("?positions=1&from=2024-08-01&to=2024-08-22")
    wants = map_frame(page).locator(".want")
    expect(wants.first).to_be_visible()
    page.get_by_role("slider").nth(1).focus()
    page.keyboard.press("ArrowLeft")
    expect(wants).to_have_count(0)
    page.keyboard.press("ArrowRight")
    expect(wants.first).to_be_visible()


def test_a_cell_lights_its_corridor_and_the_corridor_its_cells(open_app, map_frame) -> None:
    page = open_app(QUERY)
    frame = map_frame(page)
    card = frame.locator(f'.callout[data-id="{PHILADELPHI}"]')
    strip = """() => {
        const { visible } = corridors.footprints.shown.get("philadelphi_corridor:2024-08");
        return getComputedStyle(visible.getLayers()[0].getElement()).strokeWidth; }"""
    before = frame.locator("body").evaluate(strip)
    cell = page.locator(CELL.format("philadelphi_corridor", 0))
    cell.get_by_role("button").first.hover()
    expect(card).to_contain_class("lit")
    page.wait_for_timeout(300)
    assert float(frame.locator("body").evaluate(strip)[:-2]) > float(before[:-2])
    page.locator(".standing-head").hover()
    expect(card).not_to_contain_class("lit")

    card.hover()
    expect(cell).to_contain_class("lit")
    expect(page.locator(CELL.format("netzarim_corridor", 0))).not_to_contain_class("lit")


def test_a_click_in_the_table_opens_the_sentence_and_keeps_the_map(
    open_app, map_frame, settle
) -> None:
    page = open_app(QUERY)
    map_frame(page).locator("body").evaluate("(node) => { node.dataset.mine = 'kept'; }")
    page.get_by_role("button", name="claims that arms came through").click()
    settle(page)
    expect(page.locator(".panel mark")).to_have_text(
        "Israel says Hamas has used the area to bring arms into Gaza."
    )
    expect(map_frame(page).locator("body[data-mine=kept]")).to_be_attached()


def test_names_are_in_the_visitors_language(open_app, map_frame) -> None:
    page = open_app(f"{QUERY}&lang={Language.ARABIC}")
    card = map_frame(page).locator(f'.callout[data-id="{PHILADELPHI}"]')
    expect(card).to_contain_text("حماس")
    expect(page.locator(".st-key-standing")).to_contain_text("محور فيلادلفيا")
