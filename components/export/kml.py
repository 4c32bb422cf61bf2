"""A briefing as KML 2.2 for globes with a time slider, and back.

A balloon is HTML, and may replace `$[name]` by data. So it shows nothing but a description of
ours in which every text is escaped once for HTML, `$` too, before it is escaped for XML.
"""

from __future__ import annotations

import html
from dataclasses import asdict
from math import cos, radians
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import shapely
from pyproj import Geod

from components.draw.style import GROUNDS, LAYERS, MODE_WORDS, THEME_WORDS, THEMES, Mark
from components.export.records import (
    About,
    EventRow,
    FootprintRow,
    Records,
    SceneRow,
    about_of,
    gathered,
    records_of,
    row_of,
    values,
    word_of,
)
from components.model.event import Mode, Theme
from components.model.layer import Source
from components.text.sidecar import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from components.export.takeaway import Takeaway, Told

_KML = "http://www.opengis.net/kml/2.2"
_PLAIN = "plain"
_OTHER_INK = "#5f5a4f"
_ELLIPSOID = Geod(ellps="WGS84")
_CIRCLE_POINTS = 36
_GAZA_LONLAT, _GAZA_ZOOM = (34.385, 31.4), 10.5
# How far away a globe stands to see as much as a web map of 900 pixels at zoom 0.
_RANGE_M = 1.2e8
_KIND, _FOOTPRINT, _EVENT, _SCENE = "record", "footprint", "event", "scene"


def write_kml(of: Takeaway, folder: Path, _geodata: Path, told: Told) -> list[Path]:
    """Write a folder a layer, one of events and one of scenes, each thing with its days.

    Events without a place are counted in the document's description and stand in a folder of
    their own, without a shape.

    Raises
    ------
    OSError
        When the folder cannot be written to.
    """
    told("KML", 0.0)
    records = records_of(of)
    told("KML", 0.5)
    path = folder / f"{of.stem}.kml"
    write_whole(path, kml(records).encode())
    told("KML", 1.0)
    return [path]


def kml(records: Records) -> str:
    """Return records as a KML document; the children of each element are in the schema's order."""
    top = ET.Element("kml", xmlns=_KML)
    document = _under(top, "Document")
    _under(document, "name", records.about.briefing)
    _under(document, "open", "1")
    _described(document, list(_document_lines(records)))
    _look_at(document, *_GAZA_LONLAT, _GAZA_ZOOM)
    _under(document, "styleUrl", f"#{_PLAIN}")
    _styles(document, records)
    _extended(document, _about_data(records.about))
    scenes = _folder(document, "Scenes")
    for scene in records.scenes:
        _scene(scenes, scene)
    layers: dict[str, ET.Element] = {}
    for footprint in records.footprints:
        if footprint.layer not in layers:
            name = "Crossings" if footprint.place else footprint.name_en
            layers[footprint.layer] = _folder(document, name)
        _footprint(layers[footprint.layer], footprint)
    placed = _folder(document, "Events")
    waiting = _folder(document, "Events without a place on the map")
    for event in records.events:
        _event(waiting if event.shape is None else placed, event)
    ET.indent(top, " ")
    text = ET.tostring(top, encoding="unicode", xml_declaration=False)
    # A reader of XML takes a bare carriage return for a line feed.
    text = text.replace("\r", "&#13;")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _under(parent: ET.Element, name: str, text: str = "", /, **attributes: str) -> ET.Element:
    child = ET.SubElement(parent, name, attributes)
    child.text = text or None
    return child


def _folder(document: ET.Element, name: str) -> ET.Element:
    folder = _under(document, "Folder")
    _under(folder, "name", name)
    _under(folder, "styleUrl", f"#{_PLAIN}")
    return folder


def _described(parent: ET.Element, lines: Iterable[str]) -> None:
    """Add a description that shows lines as they are, and no part of it in the list of places."""
    _under(parent, "Snippet", maxLines="0")
    _under(parent, "description", "<br>".join(map(_balloon_text, lines)))


def _balloon_text(words: str) -> str:
    """Return words as HTML that shows them, with nothing in it that a globe would replace."""
    lines = html.escape(words).replace("$", "&#36;").splitlines()
    return "<br>".join(lines)


def _look_at(parent: ET.Element, lon_deg: float, lat_deg: float, zoom: float) -> None:
    look = _under(parent, "LookAt")
    range_m = _RANGE_M * cos(radians(lat_deg)) / 2**zoom
    for name, value in (
        ("longitude", lon_deg),
        ("latitude", lat_deg),
        ("altitude", 0.0),
        ("heading", 0.0),
        ("tilt", 0.0),
        ("range", round(range_m, 1)),
    ):
        _under(look, name, word_of(value))


def _time_span(parent: ET.Element, first: date | None, last: date | None) -> None:
    """Add the days, both of them whole; an open end is left out."""
    if first is None and last is None:
        return
    span = _under(parent, "TimeSpan")
    if first is not None:
        _under(span, "begin", f"{first.isoformat()}T00:00:00Z")
    if last is not None:
        _under(span, "end", f"{last.isoformat()}T23:59:59Z")


def _extended(parent: ET.Element, data: Iterable[tuple[str, str]]) -> None:
    extended = _under(parent, "ExtendedData")
    for name, value in data:
        _under(_under(extended, "Data", name=name), "value", value)


def _about_data(about: About) -> Iterator[tuple[str, str]]:
    for name, value in asdict(about).items():
        yield name, value if isinstance(value, str) else "\n".join(value)


def _row_data(kind: str, row: FootprintRow | EventRow | SceneRow) -> Iterator[tuple[str, str]]:
    yield _KIND, kind
    for name, value in values(row).items():
        yield name, word_of(value)


# Styles -------------------------------------------------------------------------------------------


def _colour(ink: str, opacity: float = 1) -> str:
    """Return `#rrggbb` as KML has it: opacity, blue, green, red."""
    return f"{round(opacity * 255):02x}{ink[5:7]}{ink[3:5]}{ink[1:3]}"


def _styles(document: ET.Element, records: Records) -> None:
    _style(document, _PLAIN)
    for layer, schematic in sorted({(one.layer, one.schematic) for one in records.footprints}):
        look = LAYERS.get(layer)
        ink = look.ink.light if look else _OTHER_INK
        area = look is not None and look.mark is Mark.AREA
        paper, opacity = (GROUNDS["gaza"].light, 0.35) if area else (ink, 0.28)
        _style(
            document,
            _land_style(layer, schematic=schematic),
            icon=(ink, 0.7),
            line=(ink, 0.7 if schematic else 1, 2.0 if schematic else 3.0),
            fill=(paper, 0.12 if schematic else opacity),
        )
    marks = {(one.theme, one.vague, one.draft) for one in records.events}
    for theme, vague, draft in sorted(marks):
        ink = THEMES[Theme(theme)].light
        pale = 0.68 if vague else 1
        _style(
            document,
            _event_style(theme, vague=vague, draft=draft),
            icon=(ink, 0.6 if draft else 0.9),
            line=(ink, pale, 1.5),
            fill=(ink, 0.04),
            opacity=pale,
        )


def _land_style(layer: str, *, schematic: bool) -> str:
    name = layer if layer in LAYERS else "layer"
    return f"{name}-schematic" if schematic else name


def _event_style(theme: str, *, vague: bool, draft: bool) -> str:
    return "-".join(["event", theme, *["vague"] * vague, *["draft"] * draft])


def _style(  # noqa: PLR0913 (what a style has)
    document: ET.Element,
    name: str,
    *,
    icon: tuple[str, float] | None = None,
    line: tuple[str, float, float] | None = None,
    fill: tuple[str, float] | None = None,
    opacity: float = 1,
) -> None:
    if any(one.get("id") == name for one in document.findall("Style")):
        return
    style = _under(document, "Style", id=name)
    if icon:
        ink, scale = icon
        mark = _under(style, "IconStyle")
        _under(mark, "color", _colour(ink, opacity))
        _under(mark, "scale", word_of(scale))
        label = _under(style, "LabelStyle")
        _under(label, "scale", "0.8")
    if line:
        ink, shown, width = line
        drawn = _under(style, "LineStyle")
        _under(drawn, "color", _colour(ink, shown))
        _under(drawn, "width", word_of(width))
    if fill:
        ink, shown = fill
        drawn = _under(style, "PolyStyle")
        _under(drawn, "color", _colour(ink, shown))
    balloon = _under(style, "BalloonStyle")
    # Nothing but the description: names and data are not escaped for HTML.
    _under(balloon, "text", "$[description]")


# Things -------------------------------------------------------------------------------------------


def _document_lines(records: Records) -> Iterator[str]:
    about = records.about
    yield from filter(None, (about.classification, about.briefing, about.author, about.day))
    yield f"Made {about.made}."
    yield from about.views
    waiting = [one for one in records.events if one.shape is None]
    yield f"Events without a place on the map: {len(waiting)}."
    yield from (f"- {one.title}: {one.reason}" for one in waiting)
    yield about.schematic
    yield "KML has no hatching and no marks of one's own. What is schematic is pale and thin here."
    yield "A pin's colour tells what an event is about; its name tells how it is put."
    yield "A pin in an outline stands for all of it. The legend of the map itself:"
    yield from about.legend
    yield from about.limits
    yield from (f"From: {one}." for one in about.articles)
    yield about.attribution


def _scene(folder: ET.Element, row: SceneRow) -> None:
    mark = _under(folder, "Placemark")
    _under(mark, "name", f"{row.number}. {row.title}")
    _described(
        mark,
        filter(
            None,
            (
                row.title,
                f"Land as of {word_of(row.day)}. {row.window}.",
                row.counts,
                row.caption,
                row.standings,
                row.schematic,
                row.missing,
                row.sources,
                row.shapes,
            ),
        ),
    )
    if row.lon_deg is None or row.lat_deg is None or row.zoom is None:
        _look_at(mark, *_GAZA_LONLAT, _GAZA_ZOOM)
    else:
        _look_at(mark, row.lon_deg, row.lat_deg, row.zoom)
    _under(mark, "styleUrl", f"#{_PLAIN}")
    _extended(mark, _row_data(_SCENE, row))


def _footprint(folder: ET.Element, row: FootprintRow) -> None:
    mark = _under(folder, "Placemark")
    how = " (schematic)" if row.schematic else ""
    _under(mark, "name", f"{row.name_en}: {row.status_words or row.label}{how}")
    _described(
        mark,
        filter(
            None,
            (
                f"{row.name_en} · {row.name_ar} · {row.name_he}",
                row.label,
                row.status_words,
                f"Days: {row.edtf}",
                f"Shape: {row.method}, accurate to {word_of(row.accuracy_m)} m",
                row.holders,
                _source(row),
                row.note,
                f"Scenes: {row.scenes}",
            ),
        ),
    )
    _time_span(mark, row.first, row.last)
    _under(mark, "styleUrl", f"#{_land_style(row.layer, schematic=row.schematic)}")
    _extended(mark, _row_data(_FOOTPRINT, row))
    if row.shape is not None:
        _geometry(mark, row.shape)


def _source(row: FootprintRow) -> str:
    return Source(row.source_publisher, row.source_published or None, row.source_checked).words


def _event(folder: ET.Element, row: EventRow) -> None:
    mark = _under(folder, "Placemark")
    how = MODE_WORDS[Mode(row.mode)]
    _under(mark, "name", f"{row.title} ({how}{', draft' if row.draft else ''})")
    _described(mark, filter(None, _event_lines(row, how)))
    _time_span(mark, row.first, row.last)
    _under(mark, "styleUrl", f"#{_event_style(row.theme, vague=row.vague, draft=row.draft)}")
    _extended(mark, _row_data(_EVENT, row))
    if row.shape is not None:
        # First its own shape; then what shows it: a circle around a point, a pin in an area.
        both = _under(mark, "MultiGeometry")
        _geometry(both, row.shape)
        if not isinstance(row.shape, shapely.Point):
            _geometry(both, row.shape.representative_point())
        elif row.radius_m:
            _geometry(both, _circle(row.shape, row.radius_m))


def _event_lines(row: EventRow, how: str) -> Iterator[str]:
    if row.draft:
        yield "Draft: nobody has accepted it."
    yield row.title
    yield f"{THEME_WORDS[Theme(row.theme)]}; {how}; {row.when}"
    yield f"\u201c{row.quote}\u201d"
    yield f"{row.publisher}, {word_of(row.published)}, characters {row.start} to {row.stop}"
    yield row.also
    yield row.who and f"Says so: {row.who}"
    yield row.quantities
    yield row.date_words and f"Written: {row.date_words}. {row.date_reason}"
    yield row.place and f"Place: {row.place} ({row.place_basis})"
    if row.radius_m:
        yield f"Within {row.radius_m:,.0f} m of the pin"
    yield row.placed
    yield row.reason
    yield f"Scenes: {row.scenes}"


def _circle(centre: shapely.Point, radius_m: float) -> shapely.Polygon:
    """Return what lies within metres of a point, its outline counterclockwise."""
    bearings = [-360 * number / _CIRCLE_POINTS for number in range(_CIRCLE_POINTS)]
    count = len(bearings)
    lons, lats, _ = _ELLIPSOID.fwd(
        [centre.x] * count, [centre.y] * count, bearings, [radius_m] * count
    )
    return shapely.Polygon(
        [(round(lon, 6), round(lat, 6)) for lon, lat in zip(lons, lats, strict=True)]
    )


# Shapes -------------------------------------------------------------------------------------------


def _geometry(parent: ET.Element, shape: BaseGeometry) -> None:
    if isinstance(shape, shapely.Point):
        _points(_under(parent, "Point"), shape)
    elif isinstance(shape, shapely.LineString):
        _points(_under(parent, "LineString"), shape)
    elif isinstance(shape, shapely.Polygon):
        polygon = _under(parent, "Polygon")
        _ring(_under(polygon, "outerBoundaryIs"), shape.exterior)
        for hole in shape.interiors:
            _ring(_under(polygon, "innerBoundaryIs"), hole)
    else:
        many = _under(parent, "MultiGeometry")
        for part in shapely.get_parts(shape):
            _geometry(many, part)


def _ring(parent: ET.Element, ring: BaseGeometry) -> None:
    _points(_under(parent, "LinearRing"), ring)


def _points(parent: ET.Element, shape: BaseGeometry) -> None:
    points = shapely.get_coordinates(shape).tolist()
    _under(parent, "coordinates", " ".join(f"{lon!r},{lat!r}" for lon, lat in points))


# Reading ------------------------------------------------------------------------------------------


class _NoDoctype(ET.TreeBuilder):
    """Builds a tree, and refuses what could make a small file grow: types of one's own."""

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:  # noqa: ARG002
        """Refuse a document type."""
        message = f"a KML file has no document type, and this one has {name!r}"
        raise ValueError(message)


def read_kml(path: Path) -> Records:
    """Read what `write_kml` wrote.

    Raises
    ------
    OSError
        When it cannot be read.
    xml.etree.ElementTree.ParseError
        When it is no XML.
    ValueError, KeyError
        When it is none of ours.
    """
    parser = ET.XMLParser(target=_NoDoctype())  # noqa: S314 (no document types, so no entities)
    parser.feed(path.read_bytes())
    top = parser.close()
    document = top.find(_name("Document"))
    if document is None:
        message = f"{path.name} has no Document; it is no KML file of ours."
        raise ValueError(message)
    scenes: list[SceneRow] = []
    footprints: list[FootprintRow] = []
    events: list[EventRow] = []
    for mark in document.iter(_name("Placemark")):
        data = _data(mark)
        shape = next((one for one in mark if one.tag in _SHAPES), None)
        if data[_KIND] == _SCENE:
            scenes.append(row_of(SceneRow, data))
        elif data[_KIND] == _FOOTPRINT:
            outline = None if shape is None else _read_shape(shape)
            footprints.append(row_of(FootprintRow, data, outline))
        else:
            outline = None if shape is None else _read_shape(shape[0])
            events.append(row_of(EventRow, data, outline))
    return Records(
        about_of(_data(document)),
        tuple(scenes),
        tuple(sorted(footprints, key=lambda one: one.row)),
        tuple(sorted(events, key=lambda one: one.row)),
    )


def _name(name: str) -> str:
    return f"{{{_KML}}}{name}"


_SHAPES = {_name(one) for one in ("Point", "LineString", "Polygon", "MultiGeometry")}


def _data(parent: ET.Element) -> dict[str, str]:
    return {
        one.attrib["name"]: one.findtext(_name("value")) or ""
        for one in parent.findall(f"{_name('ExtendedData')}/{_name('Data')}")
    }


def _read_shape(found: ET.Element) -> BaseGeometry:
    kind = found.tag.rpartition("}")[2]
    if kind == "MultiGeometry":
        return gathered([_read_shape(one) for one in found])
    if kind == "Polygon":
        outer, *inner = (_read_points(one) for one in found.iter(_name("LinearRing")))
        return shapely.Polygon(outer, inner)
    points = _read_points(found)
    return shapely.Point(points[0]) if kind == "Point" else shapely.LineString(points)


def _read_points(found: ET.Element) -> list[tuple[float, ...]]:
    words = (found.findtext(_name("coordinates")) or "").split()
    return [tuple(map(float, one.split(","))) for one in words]
