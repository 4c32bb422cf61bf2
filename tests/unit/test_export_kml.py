"""A briefing as KML: elements in the standard's order, days for the slider, and no markup."""

from __future__ import annotations

import html
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pyogrio
import pytest
import shapely
from lxml import etree
from shapely.geometry import MultiPolygon, Point, Polygon, box

from components.brief.scenes import read_scenes
from components.draw.map import ATTRIBUTION
from components.draw.style import LAYERS
from components.export.kml import kml, read_kml, write_kml
from components.export.records import records_of
from components.export.takeaway import Takeaway
from components.geo.geodesic import area_km2
from components.pipeline import build_world, staged

ROOT = Path(__file__).parents[2]
MADE = datetime(2026, 11, 29, 6, 10, tzinfo=UTC)
NAMES = {"k": "http://www.opengis.net/kml/2.2"}


@pytest.fixture(scope="module")
def rows():
    world = build_world(ROOT / "seeds", ROOT / "geodata")
    briefing = next(one for one in read_scenes(ROOT / "seeds")[0] if one.id == "cairo-truce-talks")
    of = Takeaway(world, briefing, staged(world, briefing), MADE)
    return of, records_of(of)


@pytest.fixture(scope="module")
def path(rows, tmp_path_factory):
    (path,) = write_kml(rows[0], tmp_path_factory.mktemp("kml"), Path(), lambda *_: None)
    return path


@pytest.fixture(scope="module")
def document(path):
    return ET.parse(path).getroot().find("k:Document", NAMES)


@pytest.fixture(scope="module")
def grammar():
    return etree.RelaxNG(etree.parse(Path(__file__).parents[1] / "data" / "kml_elements.rng"))


def marks(document, folder):
    for one in document.findall("k:Folder", NAMES):
        if one.findtext("k:name", namespaces=NAMES) == folder:
            return one.findall("k:Placemark", NAMES)
    return []


def value(mark, name):
    return mark.findtext(f"k:ExtendedData/k:Data[@name='{name}']/k:value", namespaces=NAMES)


def test_every_element_stands_where_the_standard_has_it(path, grammar):
    grammar.assertValid(etree.parse(path))


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("<styleUrl>#plain</styleUrl><Style", "<Style"),
        ("<begin>", "<end>2024-01-01T00:00:00Z</end><begin>"),
        ("<longitude>", "<latitude>31.0</latitude><longitude>"),
        ("T00:00:00Z", "T25:00:00Z"),
    ],
)
def test_the_grammar_refuses_what_is_out_of_order(path, grammar, right, wrong):
    text = "".join(one.strip() for one in path.read_text(encoding="utf-8").splitlines())
    text = text.removeprefix('<?xml version="1.0" encoding="UTF-8"?>')
    assert grammar.validate(etree.fromstring(text))
    assert right in text
    assert not grammar.validate(etree.fromstring(text.replace(right, wrong, 1)))


def test_what_is_written_is_read_again_equal(path, rows):
    assert read_kml(path) == rows[1]


def test_each_footprint_has_its_days_and_an_open_end_is_left_out(document, rows):
    for one in rows[1].footprints:
        folder = "Crossings" if one.place else one.name_en
        (mark,) = (mark for mark in marks(document, folder) if value(mark, "id") == one.id)
        begin = mark.findtext("k:TimeSpan/k:begin", namespaces=NAMES)
        end = mark.findtext("k:TimeSpan/k:end", namespaces=NAMES)
        assert begin == (None if one.first is None else f"{one.first}T00:00:00Z")
        # The last day counts: it goes to its last second.
        assert end == (None if one.last is None else f"{one.last}T23:59:59Z")
    assert marks(document, "Gaza Strip")[0].find("k:TimeSpan", NAMES) is None


def test_a_folder_a_layer_and_one_for_events_without_a_place(document, rows):
    names = [
        one.findtext("k:name", namespaces=NAMES) for one in document.findall("k:Folder", NAMES)
    ]
    assert set(names) == {
        "Scenes",
        "Netzarim Corridor",
        "Philadelphi Corridor",
        "Egypt-Gaza border",
        "Crossings",
        "Gaza Strip",
        "Events",
        "Events without a place on the map",
    }
    waiting = marks(document, "Events without a place on the map")
    assert len(waiting) == len([one for one in rows[1].events if one.shape is None]) == 4
    told = document.findtext("k:description", namespaces=NAMES)
    assert "Events without a place on the map: 4." in told
    assert "“the region” is too vague" in told


def test_the_document_says_what_it_is_of(document, rows):
    told = html.unescape(document.findtext("k:description", namespaces=NAMES))
    assert ATTRIBUTION in told
    assert "Made 2026-11-29T06:10:00+00:00." in told
    assert "nobody has published their true outline" in told
    assert "Reuters, 22 Aug 2024" in told
    for view in rows[1].about.views:
        assert view in told


def test_colours_are_those_of_the_map_from_blue_to_red(document):
    ink = LAYERS["philadelphi_corridor"].ink.light
    style = document.find("k:Style[@id='philadelphi_corridor']", NAMES)
    colour = style.findtext("k:LineStyle/k:color", namespaces=NAMES)
    assert colour == f"ff{ink[5:]}{ink[3:5]}{ink[1:3]}"


def test_what_is_schematic_has_a_style_and_a_name_that_say_so(document):
    found = {
        (
            mark.findtext("k:name", namespaces=NAMES).endswith(" (schematic)"),
            mark.findtext("k:styleUrl", namespaces=NAMES).endswith("-schematic"),
            value(mark, "schematic") == "true",
        )
        for folder in ("Netzarim Corridor", "Philadelphi Corridor", "Crossings")
        for mark in marks(document, folder)
    }
    assert found == {(True, True, True), (False, False, False)}


def test_every_style_that_is_asked_for_is_there(document):
    styles = {f"#{one.get('id')}" for one in document.findall("k:Style", NAMES)}
    asked = {one.text for one in document.iter(f"{{{NAMES['k']}}}styleUrl")}
    assert asked <= styles


def test_a_point_has_the_circle_that_it_is_somewhere_in(document):
    (mark, *_) = (one for one in marks(document, "Events") if value(one, "place") == "Cairo")
    point, circle = mark.find("k:MultiGeometry", NAMES)
    assert point.tag.endswith("Point")
    ring = circle.findtext(".//k:coordinates", namespaces=NAMES).split()
    assert ring[0] == ring[-1]
    outline = Polygon([tuple(map(float, one.split(","))) for one in ring])
    assert outline.exterior.is_ccw
    assert area_km2(outline) == pytest.approx(3.14159 * 15**2, rel=0.01)


def test_a_pin_in_an_area_comes_with_its_outline(document):
    (mark, *_) = (one for one in marks(document, "Events") if value(one, "place") == "Israel")
    area, pin = mark.find("k:MultiGeometry", NAMES)
    assert area.tag.endswith("MultiGeometry")
    assert pin.tag.endswith("Point")


def test_names_of_events_say_how_they_are_put(document):
    for mark in marks(document, "Events"):
        name = mark.findtext("k:name", namespaces=NAMES)
        assert name == f"{value(mark, 'title')} ({value(mark, 'mode')})"


class Tags(HTMLParser):
    """What a balloon makes of a text."""

    def __init__(self):
        super().__init__()
        self.tags, self.words = [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, attrs))

    def handle_data(self, data):
        self.words.append(data)


def test_hostile_words_are_shown_as_they_are_in_a_balloon_and_replace_nothing(rows, grammar):
    attack = "<img src=x onerror=alert(1)> $[quote] &lt;b&gt; <![CDATA[x]]> </Placemark>"
    event = replace(rows[1].events[0], title=attack, quote=attack, also=f"{attack}\n{attack}")
    footprint = replace(rows[1].footprints[0], label=attack, name_en=attack)
    about = replace(rows[1].about, briefing=attack, classification=attack)
    hostile = replace(rows[1], about=about, events=(event,), footprints=(footprint,))
    text = kml(hostile)
    top = etree.fromstring(text.encode())
    grammar.assertValid(top.getroottree())
    for one in top.iter(f"{{{NAMES['k']}}}description"):
        assert "$[" not in one.text
        balloon = Tags()
        balloon.feed(one.text)
        assert all(tag == "br" and not attributes for tag, attributes in balloon.tags)
    shown = Tags()
    shown.feed(top.findtext(".//k:Folder[k:name='Events']//k:description", namespaces=NAMES))
    assert attack in shown.words


def test_balloons_show_nothing_but_the_description(document):
    texts = {one.text for one in document.iter(f"{{{NAMES['k']}}}text")}
    assert texts == {"$[description]"}


def test_a_shape_with_holes_and_parts_comes_back(rows, tmp_path):
    holed = Polygon(
        box(34, 31, 35, 32).exterior, [box(34.4, 31.4, 34.6, 31.6).exterior.coords[::-1]]
    )
    many = MultiPolygon([holed, box(36, 31, 37, 32)])
    footprints = tuple(
        replace(one, shape=shape)
        for one, shape in zip(rows[1].footprints, (holed, many, Point(34, 31)), strict=False)
    )
    changed = replace(rows[1], footprints=footprints)
    path = tmp_path / "a.kml"
    path.write_text(kml(changed), encoding="utf-8", newline="")
    assert read_kml(path) == changed
    assert shapely.get_num_interior_rings(read_kml(path).footprints[0].shape) == 1


def test_a_document_type_is_refused(path, tmp_path):
    text = path.read_text(encoding="utf-8")
    first, rest = text.split("\n", 1)
    bomb = tmp_path / "bomb.kml"
    bomb.write_text(f'{first}\n<!DOCTYPE kml [<!ENTITY a "aaaa">]>\n{rest}', encoding="utf-8")
    with pytest.raises(ValueError, match="no document type"):
        read_kml(bomb)


def test_gdal_reads_every_folder_with_its_days(path, rows):
    layers = dict(pyogrio.list_layers(path).tolist())
    assert layers.keys() >= {"Events", "Crossings", "Netzarim Corridor"}
    frame = pyogrio.read_dataframe(path, layer="Netzarim Corridor")
    wanted = [one for one in rows[1].footprints if one.layer == "netzarim_corridor"]
    assert frame["id"].tolist() == [one.id for one in wanted]
    assert [one.date() for one in frame["begin"]] == [one.first for one in wanted]
    assert [one.date() for one in frame["end"]] == [one.last for one in wanted]
    assert frame.geometry.iloc[1].equals_exact(wanted[1].shape, 1e-7)


def test_ogrinfo_opens_it_without_a_warning(path, rows):
    if shutil.which("ogrinfo") is None:
        pytest.skip("ogrinfo (gdal-bin) is not installed")
    done = subprocess.run(
        ["ogrinfo", "-al", "-so", str(path)], capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    counts = [int(one.split()[-1]) for one in done.stdout.splitlines() if "Feature Count" in one]
    found = rows[1]
    assert sum(counts) == len(found.scenes) + len(found.footprints) + len(found.events)


def test_a_scene_flies_to_where_it_looks(document, rows):
    for mark, scene in zip(marks(document, "Scenes"), rows[1].scenes, strict=True):
        lon = float(mark.findtext("k:LookAt/k:longitude", namespaces=NAMES))
        assert lon == (34.385 if scene.lon_deg is None else scene.lon_deg)
        assert value(mark, "day") == scene.day.isoformat()
        told = html.unescape(mark.findtext("k:description", namespaces=NAMES))
        assert all(line in told for line in scene.standings.split("\n"))
    assert rows[1].scenes[0].day == date(2023, 10, 7)
