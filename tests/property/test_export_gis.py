"""Whatever words and shapes come in: files hold them as words, and give them back."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from dataclasses import replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path
from unittest.mock import patch
from xml.etree import ElementTree as ET

import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from shapely.geometry import LineString, MultiPoint, Point, box

from components.export import gis
from components.export.events_csv import bare, csv_of, guarded, in_csv, read_csv, write_csv
from components.export.gis import (
    read_geojson,
    read_geopackage,
    read_geoparquet,
    write_geojson,
    write_geopackage,
    write_geoparquet,
)
from components.export.kml import kml, read_kml, write_kml
from components.export.records import (
    About,
    EventRow,
    FootprintRow,
    Records,
    SceneRow,
    clean,
    columns,
    records_of,
    row_of,
    tidy,
)
from components.export.takeaway import Takeaway
from components.model.article import Evidence
from components.model.briefing import Briefing, KeptView
from components.model.event import Kind, Mode, Theme
from components.model.place import Names
from components.pipeline import staged
from tests import worlds

GRAMMAR = etree.RelaxNG(etree.parse(Path(__file__).parents[1] / "data" / "kml_elements.rng"))
TRAPS = (
    "</value></Placemark><script>alert(1)</script>",
    "=cmd|' /C calc'!A0",
    "'=1",
    "'",
    "-",
    "\uff1d1+1",
    "$[description] $[name]",
    "&#36;[id] &lt;b&gt; &amp;",
    "]]> <!DOCTYPE a> <![CDATA[",
    "\x00\x01\x0b\x0c\x1f\x7f\x85",
    "\ud800 \udfff \ufffe\uffff",
    "\u202eevil\u202c \u2028 \ufeff",
    'a"b,c;d\r\ne\rf\n',
    "'; DROP TABLE events; --",
    '"geom"',
    "null",
    "NaN",
    " ",
    "\t=1",
    "x" * 3000,
    "\u0631\u0641\u062d \u05e2\u05d6\u05d4",
    "",
)
hostile = st.one_of(
    st.sampled_from(TRAPS),
    st.text(st.characters(codec=None), max_size=60),
    st.lists(st.sampled_from(TRAPS), max_size=3).map("".join),
)
line = hostile.map(lambda text: clean(" ".join(text.split())))
metres = st.one_of(st.none(), st.floats(0, 1e6, allow_nan=False))
days = st.one_of(st.none(), st.dates())
lonlats = st.tuples(st.floats(-179, 179), st.floats(-89, 89))
boxes = lonlats.map(lambda at: box(at[0], at[1], at[0] + 0.5, at[1] + 0.5))
shapes = st.one_of(
    st.none(),
    lonlats.map(Point),
    st.lists(lonlats, min_size=2, max_size=3, unique=True).map(MultiPoint),
    st.lists(lonlats, min_size=2, max_size=5, unique=True).map(LineString),
    boxes,
    boxes.map(lambda one: one.difference(one.centroid.buffer(0.1, 2))),
    st.lists(boxes, min_size=2, max_size=3).map(shapely.MultiPolygon),
    st.tuples(lonlats.map(Point), boxes).map(shapely.GeometryCollection),
).map(tidy)
VALUES = {
    "str": hostile,
    "int": st.integers(0, 10**9),
    "float": metres,
    "bool": st.booleans(),
    "date": days,
}


@st.composite
def rows(draw, kind, row):
    found = {name: draw(VALUES[type_]) for name, type_ in columns(kind).items()}
    found |= {"row": row, "number": row}
    # A view looks somewhere on the map (`components.model.link`).
    found |= dict(zip(("lon_deg", "lat_deg"), draw(lonlats), strict=True))
    found |= {"zoom": draw(st.floats(0, 24))}
    if kind is EventRow:
        event = draw(st.sampled_from(Kind))
        found |= {"kind": event.value, "theme": event.theme.value}
        found |= {"mode": draw(st.sampled_from(Mode)).value}
    if kind is FootprintRow:
        found |= {
            "layer": draw(st.sampled_from(("gaza", "crossings", "netzarim_corridor", *TRAPS)))
        }
    return row_of(kind, found, draw(shapes))


@st.composite
def found(draw):
    lines = st.lists(line.filter(bool), max_size=2).map(tuple)
    return Records(
        About(
            briefing=draw(line),
            classification=draw(line),
            author=draw(line),
            day="2024-08-22",
            made="2026-11-29T06:10:00+00:00",
            views=draw(lines),
            articles=draw(lines),
            attribution=draw(line),
            schematic=draw(line),
            legend=draw(lines),
            limits=draw(lines),
        ),
        *(
            tuple(draw(rows(kind, number)) for number in range(1, draw(st.integers(1, 3))))
            for kind in (SceneRow, FootprintRow, EventRow)
        ),
    )


OF = Takeaway(
    worlds.world(),
    Briefing("b", "b", "", "", date(2024, 8, 22), ()),
    (),
    datetime(2026, 11, 29, 6, 10, tzinfo=UTC),
)
quick = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def again(records, write, read):
    with (
        tempfile.TemporaryDirectory() as folder,
        patch.dict(write.__globals__, {"records_of": lambda _: records}),
    ):
        path, *_ = write(OF, Path(folder), Path(), lambda *_: None)
        return read(path)


def refuse(constant):
    raise AssertionError(constant)


@given(found())
@quick
def test_geojson_comes_back_and_is_json_that_any_reader_reads(records):
    text = gis.geojson(records)
    told = json.loads(text, parse_constant=refuse)
    assert len(told["features"]) == len(records.footprints) + len(records.events)
    assert again(records, write_geojson, read_geojson) == records


@given(found())
@quick
def test_geoparquet_comes_back(records):
    assert again(records, write_geoparquet, read_geoparquet) == records


@given(found())
@settings(quick, max_examples=15)
def test_a_geopackage_comes_back(records):
    assert again(records, write_geopackage, read_geopackage) == records


class Balloon(HTMLParser):
    """What a globe's balloon makes of a description."""

    def __init__(self):
        super().__init__()
        self.tags = []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, attrs))

    def handle_comment(self, data):
        self.tags.append(("!", data))

    handle_decl = unknown_decl = handle_pi = handle_comment


@given(found())
@quick
def test_kml_comes_back_and_no_word_is_markup_in_it_or_in_its_balloons(records):
    text = kml(records)
    top = etree.fromstring(text.encode())
    GRAMMAR.assertValid(top.getroottree())
    for one in ET.fromstring(text).iter("{http://www.opengis.net/kml/2.2}description"):
        assert "$[" not in (one.text or "")
        balloon = Balloon()
        balloon.feed(one.text or "")
        assert all(tag == ("br", []) for tag in balloon.tags)
    assert again(records, write_kml, read_kml) == records


@given(found())
@quick
def test_csv_comes_back_and_no_cell_is_a_formula(records):
    names, *lines = csv.reader(io.StringIO(csv_of(records), newline=""), strict=True)
    assert len(lines) == len(records.events)
    numbers = {"lon_deg", "lat_deg"}
    for cells in lines:
        assert len(cells) == len(names)
        for name, cell in zip(names, cells, strict=True):
            assert name in numbers or not cell.startswith(tuple("=+-@\t\r\n＝＋－＠"))  # noqa: RUF001
    assert again(records, write_csv, read_csv) == in_csv(records.events)


@given(hostile)
def test_what_is_guarded_is_bare_again_and_begins_no_formula(text):
    cell = guarded(text)
    assert bare(cell) == text
    assert not cell.strip().startswith(("=", "+", "-", "@"))


@given(hostile)
def test_clean_texts_can_be_written_and_stay_as_they_are(text):
    once = clean(text)
    assert clean(once) == once
    assert len(once) == len(text)
    assert "\x00" not in once.encode().decode()


@given(words=hostile, other=hostile)
@quick
def test_hostile_articles_and_briefings_make_rows_that_every_file_holds(words, other):
    event = worlds.event(
        title=words,
        date_words=other,
        date_reason=words,
        evidence=(
            Evidence("made-up", 0, len(other), other),
            Evidence("made-up", 0, len(words), words),
        ),
    )
    layer = worlds.layer(
        worlds.footprint(label=words, note=other, names=Names(words, other, words))
    )
    world = worlds.world(
        placed=(event,),
        unplaced=(worlds.event(title=other),),
        layers=(layer,),
        articles=(worlds.article(headline=words, publisher=other),),
    )
    view = {"from": "2024-08-22", "to": "2024-08-22", "event": event.id, "layers": "corridor"}
    scenes = (KeptView("one", words, other, view), KeptView("two", other, words, view))
    briefing = Briefing("b", words, other, words, date(2024, 8, 22), scenes)
    of = replace(OF, world=world, briefing=briefing, staged=staged(world, briefing))
    records = records_of(of)
    assert [one.title for one in records.events] == [clean(words), clean(other)]
    assert records.events[0].quote == clean(other)
    assert records.footprints[0].label == clean(words)
    assert again(records, write_geojson, read_geojson) == records
    assert again(records, write_kml, read_kml) == records
    assert again(records, write_csv, read_csv) == in_csv(records.events)


def test_every_theme_may_be_drawn():
    assert {one.theme for one in Kind} == set(Theme)
