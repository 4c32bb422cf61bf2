"""What the browser shows of a record is what `scene` says: scene.js alone, in a real browser."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from shapely.geometry import Point, box

from components import draw
from components.draw import style
from components.draw.drawing import drawing
from components.draw.record import record
from components.model.event import Theme
from components.model.layer import Method
from components.model.period import Period, day_words
from components.model.place import Language
from components.model.table import day_number
from components.model.view import View
from components.model.world import PlacedEvent, Site, UnplacedEvent
from components.page.served import GEODATA, SEEDS
from components.pipeline import build_world, scene
from tests import worlds

pytestmark = pytest.mark.browser

BROWSER = Path(draw.__file__).parent / "browser"
WORLD = build_world(SEEDS, GEODATA)
LAYERS = frozenset(layer.id for layer in WORLD.layers)
DAY = date(2024, 8, 22)
WINDOW = Period.of(date(2024, 5, 1), DAY)
CAIRO = worlds.place("Cairo", Point(31.24, 30.06))
BAND = worlds.footprint(id="n:1", layer="netzarim_corridor", method=Method.SCHEMATIC)
GONE = worlds.footprint(id="n:2", layer="netzarim_corridor", last=date(2024, 1, 1))
NETZARIM = replace(worlds.layer(BAND, GONE), id="netzarim_corridor")
STRIP = worlds.footprint(id="g:1", layer="gaza", shape=box(34.2, 31.2, 34.6, 31.6))
GAZA = replace(worlds.layer(STRIP), id="gaza")
GATES = tuple(
    worlds.footprint(id=f"c:{name}", layer="crossings", place=name, shape=Point(34.3, 31.3))
    for name in ("gate", "other_gate")
)
CROSSINGS = replace(worlds.layer(*GATES), id="crossings")


@pytest.fixture
def shown(open_page):
    """Return a function from a world and a view to what scene.js shows of them."""
    page = open_page()
    page.add_script_tag(path=BROWSER / "scene.js")

    def show(world, view):
        return page.evaluate(
            """([record, chosen]) => {
                const scene = new Corridors.Scene(record);
                const days = scene.window(chosen.window, chosen.cumulative);
                const [layers, themes] = [new Set(chosen.layers), new Set(chosen.themes)];
                return scene.at(days, { ...chosen, layers, themes }); }""",
            [json.loads(json.dumps(record(world))), drawing(view)],
        )

    return show


@pytest.fixture
def callouts(shown):
    """Return a function from placed events to the callouts of `WINDOW`, by id."""

    def called(*placed, unplaced=(), layers=(NETZARIM, GAZA, CROSSINGS), on=()):
        events = tuple(sorted((one.event for one in (*placed, *unplaced)), key=lambda e: e.order))
        world = replace(
            worlds.world(layers=layers), placed=placed, unplaced=unplaced, events=events
        )
        found = shown(world, View(WINDOW, layers=frozenset(on)))["callouts"]
        return {one["id"]: one for one in found}

    return called


def at(happening, *targets):
    return PlacedEvent(happening, tuple(Site(worlds.mention("there"), one) for one in targets))


def random_views(count: int) -> list[View]:
    """Return views whose windows end and begin on the edges of events and footprints, or not."""
    dice = random.Random(7)  # noqa: S311  repeatable, not secret
    edges = [
        day
        for one in (
            *(event.period for event in WORLD.events),
            *(footprint.period for layer in WORLD.layers for footprint in layer.footprints),
        )
        for edge in (one.first, one.last)
        if edge not in {date.min, date.max}
        for day in (edge - timedelta(1), edge, edge + timedelta(1))
    ]
    span = (WORLD.record_span.last - WORLD.record_span.first).days
    days = [WORLD.record_span.first + timedelta(dice.randrange(span)) for _ in range(count)]
    return [
        View(
            Period.of(dice.choice(edges), dice.choice(edges + days)),
            cumulative=dice.random() < 0.3,
            layers=frozenset(dice.sample(sorted(LAYERS), dice.randint(0, len(LAYERS)))),
            themes=frozenset(dice.sample(list(Theme), dice.randint(1, len(Theme)))),
        )
        for _ in range(count)
    ]


def with_drafts(world):
    """Return a world in which every second event is still a draft."""
    drafts = tuple(one for one in world.outcomes if first_offset(one) % 4 == 0)
    return replace(
        world,
        drafts=drafts,
        placed=tuple(one for one in world.placed if one not in drafts),
        unplaced=tuple(one for one in world.unplaced if one not in drafts),
        events=tuple(one.event for one in world.outcomes if one not in drafts),
    )


def first_offset(outcome) -> int:
    return outcome.event.evidence[0].start


@pytest.mark.parametrize("drafts", [False, True])
def test_drafts_are_shown_when_asked_for_and_are_in_no_count_of_events(shown, drafts) -> None:
    world = with_drafts(WORLD)
    assert world.drafts
    for one in random_views(20):
        view = replace(one, drafts=drafts)
        seen, told = scene(world, view), shown(world, view)
        assert sorted(told["drafts"]) == sorted(one.event.id for one in seen.drafts)
        assert sorted(told["placed"]) == sorted(one.event.id for one in seen.placed)
        assert (told["hidden"], told["outside"]) == (len(seen.hidden), len(seen.outside))
        marked = {
            event["id"] for one in told["callouts"] for event in one["events"] if event["draft"]
        }
        likely = {one.event.id for one in seen.drafts_unplaced if one.likely is not None}
        assert marked == set(told["drafts"]) | likely


def test_a_hundred_windows_show_what_scene_says(shown) -> None:
    for view in random_views(100):
        seen = scene(WORLD, view)
        told = shown(WORLD, view)
        assert sorted(told["placed"]) == sorted(one.event.id for one in seen.placed)
        assert sorted(told["unplaced"]) == sorted(one.event.id for one in seen.unplaced)
        assert (told["hidden"], told["outside"]) == (len(seen.hidden), len(seen.outside))
        assert sorted(one["id"] for one in told["footprints"]) == sorted(
            one.id for one in seen.footprints if one.shape is not None
        )
        listed = {event["id"] for one in told["callouts"] for event in one["events"]}
        likely = {one.event.id for one in seen.unplaced if one.likely is not None}
        assert listed == set(told["placed"]) | likely


@pytest.mark.parametrize(
    "day", [date(1979, 6, 1), date(2023, 10, 7), date(2024, 2, 29), date(2024, 9, 5)]
)
def test_days_are_said_as_the_page_says_them(open_page, day) -> None:
    for zone in ("Pacific/Kiritimati", "America/Los_Angeles", "Asia/Gaza"):
        page = open_page(timezone_id=zone)
        page.add_script_tag(path=BROWSER / "scene.js")
        words = page.evaluate("day => Corridors.dayWords(day)", day_number(day))
        assert words == day_words(day)


def test_events_of_one_site_share_its_callout_and_a_likely_one_says_so(callouts) -> None:
    placed = [at(worlds.event(), CAIRO) for _ in range(3)]
    likely = UnplacedEvent(worlds.event(), "inferred", CAIRO)
    nowhere = UnplacedEvent(worlds.event(), "no place", None)
    (found,) = callouts(*placed, unplaced=(likely, nowhere)).values()
    assert found["name"] == "Cairo"
    assert [told["likely"] for told in found["events"]] == [False, False, False, True]
    assert found["lonlat"] == [31.24, 30.06]
    assert found["radius_m"] == 1000
    assert not found["area"]


def test_a_place_that_is_a_layer_is_its_whole_area(callouts) -> None:
    gaza = replace(worlds.place("Gaza"), shape=None, layer="gaza")
    (found,) = callouts(at(worlds.event(), gaza)).values()
    assert (found["id"], found["note"]) == ("layer:gaza", "whole area")
    assert found["area"]
    assert found["footprints"] == ["g:1"]
    assert found["radius_m"] is None


def test_a_crossing_has_the_footprint_of_its_own(callouts) -> None:
    gate = worlds.place("Gate", Point(34.3, 31.3), layer="crossings")
    (found,) = callouts(at(worlds.event(), gate)).values()
    assert (found["id"], found["layer"], found["footprints"]) == ("place:gate", None, ["c:gate"])


def test_a_country_is_an_area_and_never_a_point(callouts) -> None:
    (found,) = callouts(at(worlds.event(), worlds.place("Israel", box(34, 29, 36, 33)))).values()
    assert found["area"]
    assert found["radius_m"] is None


def test_corridors_are_named_without_events_while_they_are_on(callouts) -> None:
    found = callouts(at(worlds.event(), CAIRO), on=("netzarim_corridor",))
    assert list(found) == ["layer:netzarim_corridor", "place:cairo"]
    assert not found["layer:netzarim_corridor"]["events"]
    assert found["layer:netzarim_corridor"]["method"] == "schematic"
    assert list(callouts(at(worlds.event(), CAIRO))) == ["place:cairo"]


def test_a_callout_ends_on_the_footprint_of_the_windows_last_day(callouts) -> None:
    assert callouts(at(worlds.event(), NETZARIM))["layer:netzarim_corridor"]["footprints"] == [
        "n:1"
    ]


def test_a_layer_without_an_outline_keeps_its_events_at_its_anchor(callouts) -> None:
    anchor = style.LAYERS["netzarim_corridor"].anchors[0]
    gone = replace(NETZARIM, footprints=(replace(BAND, shape=None),))
    (found,) = callouts(at(worlds.event(), gone), layers=(gone,)).values()
    assert found["lonlat"] == [anchor.lon_deg, anchor.lat_deg]
    assert found["note"] == "no outline this day"
    assert len(found["events"]) == 1


def test_names_are_in_the_chosen_language(shown) -> None:
    view = View(WINDOW, layers=LAYERS, language=Language.HEBREW)
    told = shown(WORLD, view)
    names = {one["id"]: one["name"] for one in told["callouts"]}
    assert names["layer:netzarim_corridor"] == "מסדרון נצרים"
    assert any("א" <= letter <= "ת" for one in told["footprints"] for letter in one["name"])
