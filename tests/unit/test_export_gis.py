"""A briefing as GIS files: all that its scenes show, once, and read again as it was."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from unittest.mock import patch
from xml.etree import ElementTree as ET

import geopandas
import pyogrio
import pytest
import shapely
from shapely.geometry import Point, Polygon, box

from components.brief.scenes import read_scenes
from components.draw.map import ATTRIBUTION
from components.export import gis, records
from components.export.gis import (
    read_geojson,
    read_geopackage,
    read_geoparquet,
    write_geojson,
    write_geopackage,
    write_geoparquet,
)
from components.export.records import clean, records_of, tidy
from components.export.takeaway import Takeaway
from components.geo.layers import LAYER_FILES
from components.model.briefing import Briefing, KeptView
from components.model.event import Mode, Theme
from components.model.layer import Control
from components.model.period import Period
from components.model.world import PlacedEvent, Site, UnplacedEvent
from components.pipeline import build_world, staged
from tests import worlds

ROOT = Path(__file__).parents[2]
MADE = datetime(2026, 11, 29, 6, 10, tzinfo=UTC)
FORMATS = {
    "geojson": (write_geojson, read_geojson),
    "gpkg": (write_geopackage, read_geopackage),
    "parquet": (write_geoparquet, read_geoparquet),
}


def silent(*_):
    """Tell nobody how far it is."""


def takeaway(world, *views):
    kept = tuple(KeptView(f"s{n}", f"Scene {n}", "A note", one) for n, one in enumerate(views))
    briefing = Briefing("b", "A briefing", "OPEN", "A person", date(2024, 8, 22), kept)
    return Takeaway(world, briefing, staged(world, briefing), MADE)


@pytest.fixture(scope="module")
def of():
    world = build_world(ROOT / "seeds", ROOT / "geodata")
    briefing = next(one for one in read_scenes(ROOT / "seeds")[0] if one.id == "cairo-truce-talks")
    return Takeaway(world, briefing, staged(world, briefing), MADE)


@pytest.fixture(scope="module")
def rows(of):
    return records_of(of)


@pytest.fixture(scope="module")
def paths(of, tmp_path_factory):
    folder = tmp_path_factory.mktemp("gis")
    return {name: write(of, folder, Path(), silent)[0] for name, (write, _) in FORMATS.items()}


@pytest.fixture(scope="module")
def collection(paths):
    return json.loads(paths["geojson"].read_text(encoding="utf-8"))


def ids(found, number):
    return {one.id for one in found if str(number) in one.scenes.split(", ")}


def test_every_event_of_a_scene_is_a_row_with_a_shape_or_with_a_reason(of, rows):
    placed = [one for one in rows.events if one.shape is not None]
    others = [one for one in rows.events if one.shape is None]
    for number, one in enumerate(of.staged, start=1):
        assert ids(placed, number) == {seen.event.id for seen in one.scene.placed}
        assert ids(others, number) == {seen.event.id for seen in one.scene.unplaced}
    assert all(one.reason for one in others)
    assert not any(one.reason for one in placed)


def test_every_footprint_of_a_scene_is_one_row_that_names_the_scene(of, rows):
    for number, one in enumerate(of.staged, start=1):
        assert ids(rows.footprints, number) == {drawn.id for drawn in one.scene.footprints}
    assert len({one.id for one in rows.footprints}) == len(rows.footprints)


def test_nothing_vague_becomes_a_crisp_pin(rows):
    for one in rows.events:
        if isinstance(one.shape, Point):
            assert one.radius_m > 0
        elif one.shape is not None:
            assert one.place_id in {"gaza", "israel"} or one.outline.startswith(one.place_id)
            assert one.shape.length > 0


def test_an_event_on_a_layer_has_the_outline_of_its_days_else_of_the_last_scene(rows):
    found = {one.title: one for one in rows.events}
    outlines = {one.id: one.shape for one in rows.footprints}
    of_may = next(one for title, one in found.items() if title.startswith("Israeli troops advance"))
    no_day = next(one for title, one in found.items() if title.startswith("Israel says Hamas used"))
    assert (of_may.edtf, of_may.outline) == ("2024-05", "philadelphi_corridor:2024-05-29")
    assert (no_day.edtf, no_day.outline) == ("../2024-08-22", "philadelphi_corridor:2024-08")
    for one in (of_may, no_day):
        assert one.shape == outlines[one.outline]
    assert "schematic" in no_day.placed


def test_a_row_tells_whose_word_it_is_and_where_the_sentence_stands(of, rows):
    (article,) = of.world.articles
    for one in rows.events:
        assert article.text[one.start : one.stop] == one.quote
        assert (one.publisher, one.published) == ("Reuters", date(2024, 8, 22))
        assert one.who
        assert one.edtf
    first = rows.events[0]
    assert "Israeli tallies (of the figures only)" in first.who
    assert "about 1,200 people killed (“around 1,200 people”)" in first.quantities


def test_holders_are_those_of_the_days_of_the_scenes():
    held = tuple(
        Control(name, Period.from_edtf(edtf), "It says so.", worlds.SOURCE)
        for name, edtf in (("Before", "2023"), ("Then", "2024-08"), ("Later", "2024-09/.."))
    )
    world = worlds.world(layers=(worlds.layer(worlds.footprint(control=held)),))
    (row,) = records_of(takeaway(world, {"from": "2024-08-01", "to": "2024-08-22"})).footprints
    assert row.holders == (
        "Then, August 2024, day not stated: It says so. (Somebody, 2024, original not opened)"
    )


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_written_is_read_again_equal(name, paths, rows):
    _, read = FORMATS[name]
    assert read(paths[name]) == rows


@pytest.mark.parametrize("name", FORMATS)
def test_each_file_says_what_it_is_of_and_what_is_schematic(name, of, paths):
    _, read = FORMATS[name]
    again = read(paths[name])
    about = again.about
    assert about.briefing == of.briefing.title
    assert about.made == "2026-11-29T06:10:00+00:00"
    assert about.articles == of.articles
    assert about.attribution == ATTRIBUTION
    assert "Netzarim Corridor" in about.schematic
    assert len(about.views) == len(again.scenes) == len(of.staged)
    assert "Netzarim Corridor, schematic: #7a1fa8, hatched and dashed." in about.legend
    assert "Event, planned: a ring." in about.legend
    for scene, one in zip(again.scenes, of.staged, strict=True):
        assert (scene.first, scene.last) == (one.scene.window.first, one.scene.window.last)


def test_a_scene_has_a_column_for_each_of_its_choices_and_who_wants_what(of, rows):
    for row, one in zip(rows.scenes, of.staged, strict=True):
        view = one.view
        assert (row.event, row.layer) == (view.event or "", view.layer or "")
        assert (row.positions, row.hindsight) == (view.positions, view.hindsight)
        assert row.compare == view.compare
        lines = row.standings.split("\n") if row.standings else []
        assert len(lines) == len(one.sheet.standings)
        for line, standing in zip(lines, one.sheet.standings, strict=True):
            assert line.startswith(f"{standing.ground}: {standing.words}.")
            assert all(f"\u201c{quote}\u201d" in line for quote in standing.quotes)
            assert standing.source in line
    wanted = next(one for one in rows.scenes if one.title == "Who wants what")
    assert "Philadelphi Corridor: Hamas wants Israel out." in wanted.standings
    assert "Held by Israel" in wanted.standings


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_compared_and_open_comes_back(name, tmp_path):
    view = {"to": "2024-08-22", "compare": "2024-05-01", "hindsight": "1", "layer": "corridor"}
    world = worlds.world(layers=(worlds.layer(worlds.footprint()),))
    of = takeaway(world, view)
    write, read = FORMATS[name]
    (path,) = write(of, tmp_path, Path(), silent)
    (row,) = read(path).scenes
    assert (row.compare, row.hindsight, row.layer) == (date(2024, 5, 1), True, "corridor")
    assert (row.event, row.positions) == ("", False)


def test_a_presenters_note_is_not_left_behind(tmp_path):
    of = takeaway(worlds.world(placed=(worlds.event(),)), {"to": "2024-08-22"})
    assert of.staged[0].sheet.note == "A note"
    for write, _ in FORMATS.values():
        (path,) = write(of, tmp_path, Path(), silent)
        assert b"A note" not in path.read_bytes()


def test_names_say_what_and_when_and_progress_ends_at_one(of, tmp_path):
    told = []
    for ending, (write, _) in FORMATS.items():
        (path,) = write(of, tmp_path, Path(), lambda *words: told.append(words))
        assert path == tmp_path / f"{of.stem}.{ending}"
        assert told[-1][1] == 1
    assert {path.suffix for path in tmp_path.iterdir()} == {".geojson", ".gpkg", ".parquet"}


# GeoJSON


def test_geojson_is_as_rfc_7946_wants_it(collection):
    assert collection["type"] == "FeatureCollection"
    assert "crs" not in collection
    features = collection["features"]
    assert len({one["id"] for one in features}) == len(features)
    shapes = [
        shapely.from_geojson(json.dumps(one["geometry"])) for one in features if one["geometry"]
    ]
    west, south, east, north = collection["bbox"]
    assert shapely.total_bounds(shapes).tolist() == [west, south, east, north]
    polygons = [
        part for one in shapes for part in shapely.get_parts(one) if isinstance(part, Polygon)
    ]
    assert polygons
    for one in polygons:
        assert one.exterior.is_ccw
        assert not any(hole.is_ccw for hole in one.interiors)


def test_rings_that_come_in_clockwise_go_out_counterclockwise():
    wrong = Polygon(
        [(34, 31), (34, 32), (35, 32), (35, 31)],
        [[(34.4, 31.4), (34.6, 31.4), (34.6, 31.6), (34.4, 31.6)]],
    )
    right = tidy(wrong)
    assert right.exterior.is_ccw
    assert not right.interiors[0].is_ccw
    assert right.equals(wrong)


def test_a_shape_that_is_none_is_none():
    assert tidy(Polygon()) is None
    assert tidy(Point(float("nan"), 31)) is None
    assert tidy(Point(200, 31)) is None


def test_gdal_reads_the_geojson(paths, rows):
    frame = pyogrio.read_dataframe(paths["geojson"])
    assert len(frame) == len(rows.footprints) + len(rows.events)
    assert frame.crs.to_epsg() == 4326
    assert set(frame["title"].dropna()) == {one.title for one in rows.events}


# GeoParquet


def test_geopandas_reads_the_geoparquet(paths, rows):
    frame = geopandas.read_parquet(paths["parquet"])
    assert frame.crs.equals("OGC:CRS84")
    assert frame["record"].value_counts().to_dict() == {
        "event": len(rows.events),
        "footprint": len(rows.footprints),
    }
    wanted = [one.shape for one in (*rows.footprints, *rows.events)]
    assert [None if one is None else one.wkt for one in frame.geometry] == [
        None if one is None else one.wkt for one in wanted
    ]


# GeoPackage


def test_each_layer_is_a_table_with_its_own_geometry(paths):
    tables = dict(pyogrio.list_layers(paths["gpkg"]).tolist())
    assert tables == {
        "crossings": "Point",
        "egypt_gaza_border": "MultiLineString",
        "gaza": "MultiPolygon",
        "netzarim_corridor": "MultiPolygon",
        "netzarim_corridor_lines": "MultiLineString",
        "philadelphi_corridor": "MultiPolygon",
        "events": "Point",
        "events_lines": "MultiLineString",
        "events_areas": "MultiPolygon",
        "events_not_placed": None,
        "scenes": None,
        "about": None,
        "layer_styles": None,
    }
    assert {one.removesuffix(".geojson") for one in LAYER_FILES} < set(tables)


def rows_of(path, query):
    with closing(sqlite3.connect(path)) as base:
        return base.execute(query).fetchall()


def test_each_table_is_described_and_of_the_moment_it_was_made(paths):
    found = rows_of(
        paths["gpkg"], "SELECT table_name, identifier, description, last_change FROM gpkg_contents"
    )
    assert len(found) == 13
    for name, identifier, description, moment in found:
        assert identifier == name
        assert moment == "2026-11-29T06:10:00.000Z"
        if name != "layer_styles":
            assert ATTRIBUTION in description
            assert "schematic" in description


def test_the_same_briefing_is_the_same_geopackage(of, paths, tmp_path):
    (again,) = write_geopackage(of, tmp_path, Path(), silent)
    assert again.read_bytes() == paths["gpkg"].read_bytes()


def test_each_table_with_shapes_has_a_default_style_in_the_colours_of_the_map(paths):
    tables = {name for name, type_ in pyogrio.list_layers(paths["gpkg"]) if type_}
    found = rows_of(
        paths["gpkg"],
        "SELECT f_table_name, f_geometry_column, useAsDefault, styleQML, styleSLD"
        " FROM layer_styles",
    )
    assert {name for name, *_ in found} == tables
    for name, column, default, qml, sld in found:
        assert (column, default) == ("geom", 1)
        columns = {one[1] for one in rows_of(paths["gpkg"], f'PRAGMA table_info("{name}")')}
        top = ET.fromstring(qml)
        rules = top.findall(".//rule")
        assert rules
        for rule in rules:
            assert {part.split('"')[1] for part in rule.get("filter").split(" AND ")} <= columns
            assert top.find(f".//symbols/symbol[@name='{rule.get('symbol')}']") is not None
        temporal = top.find("temporal")
        assert {temporal.get("startField"), temporal.get("endField")} <= columns
        described = ET.fromstring(sld)
        assert len(described.findall(".//{*}Rule")) == len(rules)
    qml = next(one[3] for one in found if one[0] == "netzarim_corridor")
    assert "122,31,168" in qml


def test_what_is_schematic_is_hatched_and_dashed_and_nothing_else_is(paths):
    ((qml,),) = rows_of(
        paths["gpkg"],
        "SELECT styleQML FROM layer_styles WHERE f_table_name = 'philadelphi_corridor'",
    )
    top = ET.fromstring(qml)
    for rule in top.findall(".//rule"):
        symbol = top.find(f".//symbols/symbol[@name='{rule.get('symbol')}']")
        schematic = rule.get("filter") == '"schematic" = true'
        assert (symbol.find("layer[@class='LinePatternFill']") is not None) == schematic
        dashes = symbol.find(".//Option[@name='outline_style']").get("value")
        assert (dashes == "dash") == schematic


def test_marks_of_events_have_the_shape_of_their_mode(paths):
    found = rows_of(
        paths["gpkg"], "SELECT styleQML FROM layer_styles WHERE f_table_name LIKE 'events%'"
    )
    shapes = {}
    for (qml,) in found:
        top = ET.fromstring(qml)
        for rule in top.findall(".//rule"):
            symbol = top.find(f".//symbols/symbol[@name='{rule.get('symbol')}']")
            mark = symbol.find(".//layer[@class='SimpleMarker']/Option")
            mode = rule.get("filter").split('"mode" = ')[1].split("'")[1]
            told = {one.get("name"): one.get("value") for one in mark}
            hollow = told["color"].endswith(",0")
            shapes[mode] = (told["name"], told["outline_style"], hollow)
    assert shapes["happened"] == ("circle", "solid", False)
    assert shapes["planned"] == ("circle", "solid", True)
    assert shapes["demanded"] == ("diamond", "solid", True)
    assert shapes["claimed"] == ("circle", "dot", True)


def test_a_crash_leaves_the_old_geopackage_and_nothing_unfinished(of, tmp_path):
    path = tmp_path / f"{of.stem}.gpkg"
    path.write_bytes(b"old")
    with (
        patch.object(gis, "_write_styles", side_effect=OSError("no room")),
        pytest.raises(OSError, match="no room"),
    ):
        write_geopackage(of, tmp_path, Path(), silent)
    assert [one.name for one in tmp_path.iterdir()] == [path.name]
    assert path.read_bytes() == b"old"


def test_ogrinfo_opens_the_files_without_a_warning(paths, rows):
    if shutil.which("ogrinfo") is None:
        pytest.skip("ogrinfo (gdal-bin) is not installed")
    for name in ("gpkg", "geojson"):
        done = subprocess.run(
            ["ogrinfo", "-al", "-so", str(paths[name])], capture_output=True, text=True, check=True
        )
        assert done.stderr == ""
        counts = [
            int(one.split()[-1]) for one in done.stdout.splitlines() if "Feature Count" in one
        ]
        assert sum(counts) >= len(rows.footprints) + len(rows.events)


# What the first briefing does not have


def test_drafts_are_rows_only_where_a_scene_shows_them_and_say_so():
    site = Site(worlds.mention("Nowhere"), worlds.place("Nowhere"))
    waiting, nowhere = worlds.event(title="Waits"), worlds.event(title="Waits nowhere")
    world = worlds.world(
        placed=(worlds.event(title="Accepted"),),
        drafts=(PlacedEvent(waiting, (site,)), UnplacedEvent(nowhere, "no place", None)),
    )
    days = {"from": "2024-08-22", "to": "2024-08-22"}
    without = records_of(takeaway(world, days))
    assert [(one.title, one.draft) for one in without.events] == [("Accepted", False)]
    shown = records_of(takeaway(world, days, days | {"drafts": "1"}))
    assert {(one.title, one.draft, one.scenes) for one in shown.events} == {
        ("Accepted", False, "1, 2"),
        ("Waits", True, "2"),
        ("Waits nowhere", True, "2"),
    }


@pytest.mark.parametrize("name", FORMATS)
def test_recorded_events_are_rows_with_their_radius(name, tmp_path):
    world = worlds.world(table=worlds.table(worlds.row(title="One"), worlds.row(title="Two")))
    of = takeaway(world, {"from": "2024-08-22", "to": "2024-08-22"})
    write, read = FORMATS[name]
    (path,) = write(of, tmp_path, Path(), silent)
    again = read(path)
    assert again == records_of(of)
    assert {(one.title, one.recorded, one.radius_m) for one in again.events} == {
        ("One", True, 500.0),
        ("Two", True, 500.0),
    }
    assert all(one.shape == Point(34.42, 31.45) for one in again.events)


def test_a_recorded_event_names_the_scenes_that_show_it():
    days = [date(2024, 8, day) for day in (19, 20, 21)]
    table = worlds.table(*(worlds.row(first=day, last=day, title=f"{day}") for day in days))
    views = ({"from": f"2024-08-{first}", "to": f"2024-08-{last}"} for first, last in LOOKS)
    found = records_of(takeaway(worlds.world(table=table), *views))
    assert [(one.title, one.scenes) for one in found.events] == [
        ("2024-08-19", "1, 2"),
        ("2024-08-20", "1"),
        ("2024-08-21", "1, 3"),
    ]


LOOKS = ((19, 21), (18, 19), (21, 22))


def test_recorded_events_beyond_the_limit_are_counted_and_told(monkeypatch):
    monkeypatch.setattr(records, "MOST_RECORDED", 2)
    days = [date(2024, 8, day) for day in (19, 20, 21)]
    table = worlds.table(*(worlds.row(first=day, last=day, title=f"{day}") for day in days))
    view = {"from": "2024-08-01", "to": "2024-08-22"}
    found = records_of(takeaway(worlds.world(table=table), view))
    assert [one.title for one in found.events] == ["2024-08-20", "2024-08-21"]
    told = "The scenes show 3 recorded events. Here are the latest 2 of them. Left out: 1."
    assert told in found.about.limits


def test_a_crossing_stands_at_its_own_point_not_at_all_of_them():
    here, there = worlds.place("Here", layer="crossings"), Point(34.25, 31.24)
    layer = worlds.layer(
        worlds.footprint(shape=Point(34.5, 31.5), place="there", layer="crossings"),
        worlds.footprint(shape=there, place="here", layer="crossings"),
        name="Crossings",
    )
    event = worlds.event()
    seen = PlacedEvent(event, (Site(worlds.mention("Here"), here),))
    world = replace(worlds.world(layers=(layer,), events=(event,)), placed=(seen,))
    view = {"from": "2024-08-22", "to": "2024-08-22"}
    (row,) = records_of(takeaway(world, view)).events
    assert row.shape == there


OUTLINES = ("2024-03/2024-05-06", "2024-05-29/2024-07-31", "2024-08/2024-09")


@pytest.mark.parametrize(
    ("days", "outline"),
    [
        ("2024-04-01", OUTLINES[0]),
        ("2024-05", OUTLINES[1]),  # two are of that month: that of its last day
        ("2024-05-06/2024-05-20", OUTLINES[0]),
        ("2024-05-20", OUTLINES[2]),  # none is of that day
        ("../2024-05-30", OUTLINES[2]),
        ("2024-05-30/..", OUTLINES[2]),
    ],
)
def test_an_event_stands_on_the_outline_of_its_own_days(days, outline):
    layer = worlds.layer(
        *(
            worlds.footprint(period=Period.from_edtf(one), id=one, shape=box(34, 31, 35, 32))
            for one in OUTLINES
        )
    )
    event = worlds.event(edtf=days)
    seen = PlacedEvent(event, (Site(worlds.mention("Corridor"), layer),))
    world = replace(worlds.world(layers=(layer,), events=(event,)), placed=(seen,))
    # The last scene is of August.
    looks = ({"from": f"{first}-01", "to": "2024-08-22"} for first in ("2024-03", "2024-08"))
    row = records_of(takeaway(world, *looks)).events[0]
    assert row.outline == outline
    assert row.placed.startswith("somewhere on the outline of Corridor (")


def test_an_event_is_in_an_area_and_on_a_line(rows):
    placed = {one.placed.split(" (")[0] for one in rows.events if one.outline}
    assert placed == {
        "somewhere in Gaza Strip",
        "somewhere on the outline of Egypt-Gaza border",
        "somewhere on the outline of Netzarim Corridor",
        "somewhere on the outline of Philadelphi Corridor",
    }


def test_a_layer_without_an_outline_gives_an_event_no_shape_and_a_reason():
    layer = worlds.layer(worlds.footprint(shape=None))
    event = worlds.event()
    seen = PlacedEvent(event, (Site(worlds.mention("Corridor"), layer),))
    world = replace(worlds.world(layers=(layer,), events=(event,)), placed=(seen,))
    (row,) = records_of(takeaway(world, {"from": "2024-08-22", "to": "2024-08-22"})).events
    assert row.shape is None
    assert row.reason == "No outline of Corridor is known."


def test_a_further_sentence_and_another_article_are_kept():
    first, other = worlds.article("one", "Talks began. They went on."), worlds.article("two")
    told = worlds.told(other, "Talks began.", title="Talks start")
    event = worlds.told(first, "Talks began.", also=(told,))
    more = worlds.told(first, "They went").evidence
    event = replace(event, evidence=(*event.evidence, *more))
    world = worlds.world(placed=(event,), articles=(first, other))
    (row,) = records_of(takeaway(world, {"from": "2024-08-22", "to": "2024-08-22"})).events
    assert row.quote == "Talks began."
    here, there = row.also.split("\n")
    assert here == "“They went” A paper, 22 Aug 2024, characters 13 to 22."
    assert there.startswith("“Talks began.” A paper, 22 Aug 2024, characters 0 to 12. Talks start")


def test_an_empty_briefing_makes_files_that_open(tmp_path):
    of = takeaway(worlds.world())
    for write, read in FORMATS.values():
        (path,) = write(of, tmp_path, Path(), silent)
        assert read(path) == records_of(of)


def test_a_layer_of_any_name_has_a_table_of_a_sound_name(tmp_path):
    shapes = (box(34.1, 31.1, 34.2, 31.2), Point(34.5, 31.5))
    layers = tuple(
        worlds.layer(worlds.footprint(shape=one, layer=name.lower()), name=name)
        for name, one in zip(('GPKG_"contents', "events;--"), shapes, strict=True)
    )
    of = takeaway(worlds.world(layers=layers), {"layers": ",".join(one.id for one in layers)})
    (path,) = write_geopackage(of, tmp_path, Path(), silent)
    assert read_geopackage(path) == records_of(of)


def test_texts_that_no_file_can_hold_become_the_mark_for_that():
    assert clean("a\x00b\ud800c\ufffed\x0b") == "a�b�c�d�"
    assert clean("a\tb\r\nc \U0001f600 رفح") == "a\tb\r\nc \U0001f600 رفح"


def test_every_mode_and_theme_has_its_words_in_a_legend():
    assert set(records.MODE_MARKS) == set(Mode)
    assert set(records.THEMES) == set(Theme)
