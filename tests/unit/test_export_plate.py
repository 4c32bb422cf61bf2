"""The paper map of a scene: everything is somewhere, nothing covers anything, to scale."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest
from pyproj import Geod
from shapely.geometry import LineString, MultiLineString, Polygon, box

from components.brief.scenes import read_scenes
from components.export.composing import _Window, plate_of
from components.export.lettering import (
    LEFT_TO_RIGHT,
    cut,
    in_english,
    leans_right,
    readable,
    width_px,
    wrapped,
)
from components.export.plate import Fill
from components.export.room import overlap
from components.model.briefing import KeptView
from components.model.layer import Layer, Method
from components.model.place import Language
from components.model.view import Camera
from components.pipeline import build_world, scene, staged

ROOT = Path(__file__).parents[2]
GEODATA = ROOT / "geodata"
SIZES = ((1300, 850), (1300, 740), (515, 400), (960, 540))


@pytest.fixture(scope="module")
def world():
    return build_world(ROOT / "seeds", GEODATA)


@pytest.fixture(scope="module")
def briefing():
    return next(one for one in read_scenes(ROOT / "seeds")[0] if one.id == "cairo-truce-talks")


@pytest.fixture(scope="module")
def scenes(world, briefing):
    everything = dict(briefing.scenes[6].view) | {
        "from": "2023-01-01",
        "to": "2025-06-01",
        "drafts": "1",
    }
    more = (
        KeptView("arabic", "", "", dict(briefing.scenes[6].view) | {"lang": "ar"}),
        KeptView("hebrew", "", "", dict(briefing.scenes[7].view) | {"lang": "he"}),
        KeptView("everything", "", "", everything),
    )
    return {
        one.id: one for one in staged(world, replace(briefing, scenes=(*briefing.scenes, *more)))
    }


@pytest.fixture(scope="module")
def plates(world, scenes):
    return {
        (name, size): plate_of(one, world, GEODATA, width_px=size[0], height_px=size[1])
        for name, one in scenes.items()
        for size in SIZES
    }


def standing(one):
    """Return how many events and drafts stand at each site, by its name in the view's language."""
    sites = {}
    scene_ = one.scene
    for placed in (*scene_.placed, *scene_.drafts):
        for site in placed.sites:
            target = site.target
            name = target.names.in_language(one.view.language)
            if not isinstance(target, Layer) and target.layer == "gaza":
                name = target.names.in_language(one.view.language)
            sites.setdefault(name, set()).add(placed.event.id)
    return sites


def told_away(plate):
    """Return how many events `away` counts, by the name of the site."""
    found = {}
    for line in plate.away:
        plain = line.replace(LEFT_TO_RIGHT, "")
        count = re.search(r": (?:.*, )?(\d+) (?:event|draft)s?", plain)
        if count:
            found[plain.split(",")[0]] = int(count[1])
    return found


def test_every_placed_event_is_on_the_card_of_its_site_or_counted_as_away(scenes, plates):
    for (name, _), plate in plates.items():
        on_cards = {
            card.name: {mark.event for mark in card.marks if mark.opacity != 0.42}
            for card in plate.cards
        }
        away = told_away(plate)
        expected = standing(scenes[name])
        assert expected
        for site, events in expected.items():
            assert (site in on_cards) != (site in away), (name, site)
            if site in away:
                assert away[site] == len(events), (name, site)
            else:
                assert on_cards[site] == events, (name, site)
        assert set(away) <= set(expected)


def test_two_mentions_of_one_place_are_one_mark(world, scenes):
    one = scenes["troops-to-stay-or-to-leave"]
    twice = tuple(replace(each, sites=each.sites * 2) for each in one.scene.placed)
    doubled = replace(one, scene=replace(one.scene, placed=twice))
    plate = plate_of(doubled, world, GEODATA, width_px=1300, height_px=850)
    assert plate == plate_of(one, world, GEODATA, width_px=1300, height_px=850)
    for card in plate.cards:
        ids = [mark.event for mark in card.marks]
        assert len(ids) == len(set(ids))


def test_cards_and_names_cover_neither_each_other_nor_the_edge(plates):
    for key, plate in plates.items():
        boxes = [(one.name, one.box) for one in plate.cards]
        boxes += [(one.words, one.box) for one in plate.labels]
        for (name, one), (other_name, other) in combinations(boxes, 2):
            assert not overlap(one, other), (key, name, other_name)
        for name, (x, y, w, h) in boxes:
            inside = x >= 0 and y >= 0 and x + w <= plate.width_px and y + h <= plate.height_px
            assert inside, (key, name)


def test_cards_and_names_cover_no_corridor_and_no_border(plates):
    for key, plate in plates.items():
        drawn = [one for one in plate.shapes if one.layer.endswith(("corridor", "border"))]
        for shape in drawn:
            for ring in shape.rings:
                line = Polygon(ring) if shape.closed else LineString(ring)
                for one in (*plate.cards, *plate.labels):
                    x, y, w, h = one.box
                    assert not box(x, y, x + w, y + h).intersects(line), (key, one, shape.name)


def test_marks_stand_on_their_card_and_apart(plates):
    for plate in plates.values():
        for card in plate.cards:
            x, y, w, h = card.box
            for mark in card.marks:
                reach = mark.size_px / 2
                assert x <= mark.centre[0] - reach
                assert mark.centre[0] + reach <= x + w
                assert y <= mark.centre[1] - reach
                assert mark.centre[1] + reach <= y + h
            for one, other in combinations(card.marks, 2):
                assert math.dist(one.centre, other.centre) > one.size_px


def test_a_leader_goes_from_the_shape_to_the_edge_of_its_card(plates):
    for plate in plates.values():
        for card in plate.cards:
            if not card.leader:
                continue
            start, end = card.leader
            x, y, w, h = card.box
            assert 0 <= start[0] <= plate.width_px
            assert 0 <= start[1] <= plate.height_px
            assert box(x, y, x + w, y + h).distance(LineString([end, end])) < 0.01
            assert not (x < end[0] < x + w and y < end[1] < y + h)


def test_nothing_is_drawn_beyond_the_canvas(plates):
    for plate in plates.values():
        for shape in plate.shapes:
            for x, y in (point for ring in shape.rings for point in ring):
                assert -0.01 <= x <= plate.width_px + 0.01
                assert -0.01 <= y <= plate.height_px + 0.01


def test_the_scale_bar_is_as_long_as_it_says(scenes, plates):
    for (name, (width, height)), plate in plates.items():
        window = _Window.of(scenes[name].view, width, height)
        long = plate.bar.width_px
        middle = (width / 2, height / 2)
        ends = [window.lonlat(middle[0] + by * long / 2, middle[1]) for by in (-1, 1)]
        metres = Geod(ellps="WGS84").inv(*ends[0], *ends[1])[2]
        number, unit = plate.bar.words.split()
        said = float(number) * (1000 if unit == "km" else 1)
        assert abs(metres - said) / said < 0.02
        assert long < width / 4


def test_a_border_on_the_map_is_as_long_as_on_the_ground(plates, world):
    border = next(one for one in world.layers if one.id == "egypt_gaza_border").footprints[0]
    truth = Geod(ellps="WGS84").geometry_length(border.shape)
    for size in SIZES:
        plate = plates["who-wants-what", size]
        drawn = next(one for one in plate.shapes if one.layer == "egypt_gaza_border")
        px = MultiLineString(drawn.rings).length
        metres = px / plate.bar.width_px * float(plate.bar.words.split()[0]) * 1000
        assert abs(metres - truth) / truth < 0.02


def test_what_the_camera_saw_is_on_the_canvas(scenes):
    one = scenes["netzarim-is-cut"]
    for width, height in SIZES:
        window = _Window.of(one.view, width, height)
        camera = one.view.camera
        metres_a_px = 40_075_016.7 / (256 * 2**camera.zoom)
        across = window.world_px / (256 * 2**camera.zoom)
        assert 1080 * across <= width + 0.01
        assert 900 * across <= height + 0.01
        assert metres_a_px > 0
        assert window.point(camera.lon_deg, camera.lat_deg) == pytest.approx(
            (width / 2, height / 2)
        )


def test_pixels_and_degrees_come_back(scenes):
    window = _Window.of(scenes["the-war-begins"].view, 1300, 850)
    assert window.lonlat(*window.point(34.3, 31.4)) == pytest.approx((34.3, 31.4))


def test_only_schematic_shapes_are_hatched_and_dashed(scenes, plates):
    for (name, _), plate in plates.items():
        methods = {one.layer: one.method for one in scenes[name].scene.footprints}
        drawn = [one for one in plate.shapes if one.layer.endswith("corridor")]
        for one in drawn:
            schematic = methods[one.layer] is Method.SCHEMATIC
            assert one.dashed == schematic
            if one.closed:
                assert one.fill is (Fill.HATCHED if schematic else Fill.SOLID)
    assert any(one.dashed for one in plates["a-wider-netzarim", SIZES[0]].shapes)


def test_beyond_the_base_map_is_neither_sea_nor_land_nor_coast(world, scenes, plates):
    one = scenes["the-war-begins"]
    view = replace(one.view, camera=Camera(36.0, 35.0, 5.0))
    far = replace(one, view=view, scene=scene(world, view))
    plate = plate_of(far, world, GEODATA, width_px=1300, height_px=850)
    beyond, *others = plate.shapes
    assert (beyond.name, beyond.layer) == ("Beyond the known land", "beyond")
    assert beyond.paper == plate.card
    window = _Window.of(view, 1300, 850)
    left, foot = window.point(24, 24)
    right, top = window.point(42, 37)
    known = box(left, top, right, foot)
    shown = Polygon(beyond.rings[0], beyond.rings[1:])
    canvas = box(0, 0, 1300, 850)
    assert shown.area == pytest.approx(canvas.area - known.intersection(canvas).area, rel=1e-3)
    coasts = [shape for shape in others if shape.layer == "coast"]
    assert coasts
    for shape in coasts:
        assert MultiLineString(shape.rings).intersection(known.boundary.buffer(0.5)).length < 1
    for each in plates.values():
        assert all(shape.layer != "beyond" for shape in each.shapes)


@pytest.mark.parametrize(
    ("name", "camera", "site", "land"),
    [
        ("troops-in-the-philadelphi-corridor", None, "Gaza Strip", "Gaza Strip"),
        ("the-war-begins", Camera(34.1, 31.1, 11.5), "Israel", "Land, ISR"),  # a mere corner of it
    ],
)
def test_the_card_of_a_whole_area_stands_on_it_where_there_is_room(
    world, scenes, name, camera, site, land
):
    one = scenes[name]
    view = replace(one.view, camera=camera or one.view.camera)
    near = replace(one, view=view, scene=scene(world, view))
    plate = plate_of(near, world, GEODATA, width_px=744, height_px=451)
    card = next(each for each in plate.cards if each.name == site)
    x, y, w, h = card.box
    ground = next(each for each in plate.shapes if (each.name, each.layer) == (land, "land"))
    assert "whole area" in card.lines
    assert card.leader == ()
    assert any(Polygon(ring).contains(box(x, y, x + w, y + h)) for ring in ground.rings)


def test_a_layer_that_is_off_is_not_drawn(world, scenes):
    one = scenes["who-wants-what"]
    view = replace(one.view, layers=frozenset({"philadelphi_corridor"}), positions=False)
    bare = replace(one, view=view, scene=scene(world, view))
    plate = plate_of(bare, world, GEODATA, width_px=1300, height_px=850)
    layers = {shape.layer for shape in plate.shapes}
    assert layers == {"land", "coast", "country", "philadelphi_corridor"}
    assert not plate.crossings
    assert not [label for label in plate.labels if label.kind in {"town", "crossing"}]
    # What events stand at keeps its card.
    assert {"Netzarim Corridor", "Philadelphi Corridor"} <= {card.name for card in plate.cards}


def test_corridors_have_their_card_without_an_event(plates):
    plate = plates["netzarim-is-cut", SIZES[0]]
    assert next(one for one in plate.cards if one.name == "Netzarim Corridor").marks == ()


def test_positions_are_told_on_the_cards_and_parties_that_say_the_same_share_a_line(plates):
    cards = {one.name: one for one in plates["who-wants-what", SIZES[0]].cards}
    lines = cards["Philadelphi Corridor"].lines
    assert "Israel: wants to keep troops" in lines
    assert "Hamas, Egypt: want Israel out" in lines
    assert lines[0].startswith("Held by Israel")
    assert not [
        line
        for card in plates["troops-to-stay-or-to-leave", SIZES[0]].cards
        for line in card.lines
        if "Held by" in line
    ]


def test_the_open_event_is_chosen_and_no_other(scenes, plates):
    for (name, _), plate in plates.items():
        chosen = {mark.event for card in plate.cards for mark in card.marks if mark.chosen}
        assert chosen <= {scenes[name].view.event}
    assert any(
        mark.chosen
        for card in plates["troops-to-stay-or-to-leave", SIZES[0]].cards
        for mark in card.marks
    )


def test_sites_beyond_the_map_are_told_with_distance_and_direction(plates):
    away = plates["the-august-talks", SIZES[0]].away
    (cairo,) = [line for line in away if line.startswith("Cairo")]
    km, way, events = re.match(r"Cairo, (\d+) km ([a-z-]+): (\d+) events", cairo).groups()
    assert 320 < int(km) < 350
    assert (way, events) == ("south-west", "3")


def test_names_are_in_the_language_of_the_scene(plates):
    arabic = plates["arabic", SIZES[0]]
    assert "محور نتساريم" in {one.name for one in arabic.cards}
    assert "إسرائيل" in {one.words for one in arabic.labels}
    hebrew = plates["hebrew", SIZES[0]]
    assert "מסדרון נצרים" in {one.name for one in hebrew.cards}
    assert any(one.kind == "town" and leans_right(one.words) for one in hebrew.labels)
    # Sentences stay English ones, from left to right.
    assert all(not leans_right(line) for one in hebrew.cards for line in one.lines)


def test_the_same_scene_gives_the_same_plate(world, scenes, plates):
    for name in ("who-wants-what", "arabic"):
        again = plate_of(scenes[name], world, GEODATA, width_px=1300, height_px=850)
        assert again == plates[name, SIZES[0]]


def test_a_map_of_a_corridor_alone_tells_what_finds_no_room(world, scenes):
    one = scenes["a-wider-netzarim"]
    view = replace(one.view, camera=Camera(34.4175, 31.4655, 16), language=Language.ENGLISH)
    near = replace(one, view=view, scene=scene(world, view))
    plate = plate_of(near, world, GEODATA, width_px=1300, height_px=850)
    assert "Netzarim Corridor" not in {card.name for card in plate.cards}
    assert any(line.startswith("Netzarim Corridor, no room") for line in plate.away)


def test_recorded_events_without_a_mark_are_counted(world, scenes):
    one = scenes["the-august-talks"]
    import numpy as np  # noqa: PLC0415

    rows = replace(one, scene=replace(one.scene, recorded=np.arange(1234, dtype=np.int32)))
    plate = plate_of(rows, world, GEODATA, width_px=1300, height_px=850)
    assert "Recorded events that have no mark on this map: 1,234" in plate.away


def test_a_vague_day_is_paler(scenes, plates):
    vague = {
        one.event.id: not one.event.period.exact
        for one in scenes["troops-to-stay-or-to-leave"].scene.placed
    }
    marks = [
        mark
        for card in plates["troops-to-stay-or-to-leave", SIZES[0]].cards
        for mark in card.marks
        if mark.event in vague and not mark.chosen
    ]
    assert {mark.opacity < 1 for mark in marks} == {True, False}
    assert all((mark.opacity < 1) == vague[mark.event] for mark in marks)


def test_words_are_wrapped_to_their_room():
    words = "A long sentence that has to stand in a column which is rather narrow for it"
    lines = wrapped(words, 200, 20)
    assert " ".join(lines) == words
    assert all(width_px(line, 20) <= 200 for line in lines)
    long = wrapped("x" * 300, 200, 20)
    assert "".join(long) == "x" * 300
    assert all(width_px(line, 20) <= 200 for line in long)


def test_cut_lines_say_that_they_are_cut():
    lines = wrapped("one two three four five six seven eight", 90, 20)
    short = cut(lines, 2, 90, 20)
    assert len(short) == 2
    assert short[1].endswith("...")
    assert width_px(short[1], 20) <= 90
    assert cut(lines, 99, 90, 20) == lines
    assert cut(lines, 0, 90, 20) == ()


def test_what_cannot_be_drawn_is_shown_as_such():
    assert readable("a\x00b\nc\td") == "a b c d"
    assert readable("\ud800") == "\ufffd"
    assert readable("中") == "\ufffd"
    assert readable("\u202eevil\u2066") == "evil"
    assert readable("x" * 99_999).endswith("...")


def test_a_name_from_the_right_leaves_its_sentence_english():
    assert in_english("Hamas") == "Hamas"
    assert not leans_right(f"{in_english('חמאס')}: wants")
    assert leans_right("חמאס: wants")


def test_a_window_without_events_has_no_marks(world, scenes):
    one = scenes["the-war-begins"]
    view = replace(one.view, window=replace(one.view.window, first=date(2020, 1, 1)))
    none = replace(one, view=view, scene=replace(one.scene, placed=(), unplaced=(), drafts=()))
    plate = plate_of(none, world, GEODATA, width_px=1300, height_px=850)
    assert not [mark for card in plate.cards for mark in card.marks]
