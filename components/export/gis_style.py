"""How the tables of a GeoPackage look: rules, as QGIS (QML) and other programs (SLD) read them.

Colours are those of the map. What is schematic is hatched and dashed; a mark's shape says how the
article puts it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias
from xml.etree import ElementTree as ET

from components.draw.style import (
    GROUNDS,
    LAYERS,
    MODE_WORDS,
    THEME_WORDS,
    THEMES,
    VAGUE_OPACITY,
    Ink,
    LayerStyle,
)
from components.draw.style import Mark as Way
from components.model.event import Mode, Theme
from components.model.layer import Method

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from components.export.records import EventRow

_MM_TO_PX = 3.6
_QUIET = LayerStyle(Ink("#5f5a4f", "#a6b0b8"), Way.AREA, Method.SURVEYED)
# A circle of metres around a point of degrees, near enough in Gaza and around it.
_REACH = (
    "transform(buffer(transform($geometry, 'EPSG:4326', 'EPSG:32636'),"
    " coalesce(\"radius_m\", 0)), 'EPSG:32636', 'EPSG:4326')"
)


@dataclass(frozen=True)
class Fill:
    """The inside of an area, and its outline."""

    ink: str
    opacity: float = 0.0
    width_mm: float = 0.5
    dashed: bool = False
    paper: str = ""


@dataclass(frozen=True)
class Hatch:
    """Slanted lines over an area."""

    ink: str


@dataclass(frozen=True)
class Line:
    """A line."""

    ink: str
    width_mm: float = 0.7
    dashed: bool = False


@dataclass(frozen=True)
class Marker:
    """A mark at a point; without a fill it is hollow."""

    shape: str
    ink: str
    fill: str = ""
    size_mm: float = 3.4
    width_mm: float = 0.5
    pen: str = "solid"


@dataclass(frozen=True)
class Reach:
    """A circle around a point, as far as `radius_m` says."""

    ink: str


Part: TypeAlias = "Fill | Hatch | Line | Marker | Reach"


@dataclass(frozen=True)
class Rule:
    """Rows with these values look so.

    Attributes
    ----------
    where : mapping
        Columns and the values they have.
    parts : tuple
        From back to front.
    """

    label: str
    where: Mapping[str, str | bool]
    parts: tuple[Part, ...]
    opacity: float = field(default=1.0)


def land_rules(layer: str, geometry: str) -> tuple[Rule, ...]:
    """Return how a layer's footprints look: whole, or schematic.

    Parameters
    ----------
    geometry : str
        "points", "lines" or "areas".
    """
    style = LAYERS.get(layer, _QUIET)
    ink = style.ink.light
    if geometry == "points":
        return tuple(_crossings(ink))
    if geometry == "lines":
        whole: tuple[Part, ...] = (Line(ink),)
        schematic: tuple[Part, ...] = (Line(ink, dashed=True),)
    else:
        filled = Fill(ink, 0.28)
        if style.mark is Way.AREA:
            filled = Fill(ink, 1, 0.4, paper=GROUNDS["gaza"].light)
        whole = (filled,)
        schematic = (Fill(ink, 0.12, dashed=True), Hatch(ink))
    return (
        Rule("Published or derived outline", {"schematic": False}, whole),
        Rule("Schematic: the true outline is not published", {"schematic": True}, schematic),
    )


def _crossings(ink: str) -> Iterator[Rule]:
    paper = GROUNDS["card"].light
    marks: dict[str, tuple[Part, ...]] = {
        "open": (Marker("square", ink, ink),),
        "limited": (Marker("square", ink, paper), Marker("half_square", ink, ink)),
        "closed": (Marker("square", ink, paper), Marker("cross2", ink, size_mm=2.4)),
        "unknown": (Marker("square", ink, paper),),
    }
    for status, parts in marks.items():
        yield Rule(f"Crossing, {status}", {"status": status}, parts)


def event_rules(rows: Iterable[EventRow], geometry: str) -> tuple[Rule, ...]:
    """Return how events look: a rule for each theme and mode, pale when vague, framed as drafts."""
    found = {(one.theme, one.mode, one.vague, one.draft) for one in rows}
    return tuple(
        Rule(
            ", ".join(
                (
                    THEME_WORDS[theme],
                    MODE_WORDS[mode],
                    *["day vague"] * vague,
                    *["draft"] * draft,
                )
            ),
            {"theme": theme.value, "mode": mode.value, "vague": vague, "draft": draft},
            (
                *_ground(THEMES[theme].light, geometry),
                *_mark(mode, THEMES[theme].light),
                *[Marker("square", THEMES[theme].light, size_mm=5.4, width_mm=0.3, pen="dash")]
                * draft,
            ),
            VAGUE_OPACITY if vague else 1,
        )
        for theme in Theme
        for mode in Mode
        for vague in (False, True)
        for draft in (False, True)
        if (theme.value, mode.value, vague, draft) in found
    )


def _ground(ink: str, geometry: str) -> tuple[Part, ...]:
    if geometry == "points":
        return (Reach(ink),)
    if geometry == "lines":
        return (Line(ink, 0.3, dashed=True),)
    return (Fill(ink, 0, 0.3, dashed=True),)


def _mark(mode: Mode, ink: str) -> tuple[Part, ...]:
    return {
        Mode.HAPPENED: (Marker("circle", ink, ink),),
        Mode.ONGOING: (Marker("circle", ink, ink, 2.0), Marker("circle", ink)),
        Mode.PLANNED: (Marker("circle", ink),),
        Mode.DEMANDED: (Marker("diamond", ink),),
        Mode.CLAIMED: (Marker("circle", ink, pen="dot"),),
        Mode.DENIED: (Marker("circle", ink), Marker("cross2", ink, size_mm=1.8)),
    }[mode]


def qml(rules: Sequence[Rule], geometry: str) -> str:
    """Return rules as a QGIS style; its temporal controller reads the days of the rows."""
    top = ET.Element("qgis", version="3.28.0", styleCategories="Symbology|Temporal|Fields")
    temporal = ET.SubElement(
        top,
        "temporal",
        enabled="1",
        mode="2",
        limitMode="1",
        startField="first",
        endField="last",
        durationField="",
        startExpression="",
        endExpression="",
        durationUnit="days",
        fixedDuration="0",
        accumulate="0",
    )
    span = ET.SubElement(temporal, "fixedRange")
    ET.SubElement(span, "start")
    ET.SubElement(span, "end")
    renderer = ET.SubElement(
        top,
        "renderer-v2",
        type="RuleRenderer",
        symbollevels="0",
        enableorderby="0",
        forceraster="0",
    )
    tree = ET.SubElement(renderer, "rules", key="rules")
    symbols = ET.SubElement(renderer, "symbols")
    for number, rule in enumerate(rules):
        ET.SubElement(
            tree,
            "rule",
            key=f"rule-{number}",
            label=rule.label,
            symbol=str(number),
            filter=" AND ".join(map(_condition, rule.where, rule.where.values())),
        )
        symbol = _symbol(symbols, str(number), _SYMBOLS[geometry], rule.opacity)
        for place, part in enumerate(rule.parts):
            _draw(symbol, part, f"@{number}@{place}", geometry)
    return f"<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n{_text(top)}"


_ONE_INSIDE = {"point_on_surface": "1", "point_on_all_parts": "0"}
_SYMBOLS = {"points": "marker", "lines": "line", "areas": "fill"}


def _condition(column: str, value: str | bool) -> str:  # noqa: FBT001 (what a cell holds)
    told = f"'{value}'" if isinstance(value, str) else str(value).lower()
    return f'"{column}" = {told}'


def _symbol(parent: ET.Element, name: str, type_: str, opacity: float = 1) -> ET.Element:
    return ET.SubElement(
        parent,
        "symbol",
        name=name,
        type=type_,
        alpha=f"{opacity:g}",
        clip_to_extent="1",
        force_rhr="0",
    )


def _layer(symbol: ET.Element, class_: str, options: Mapping[str, str]) -> ET.Element:
    layer = ET.SubElement(
        symbol, "layer", {"class": class_, "enabled": "1", "locked": "0", "pass": "0"}
    )
    told = ET.SubElement(layer, "Option", type="Map")
    for name, value in options.items():
        ET.SubElement(told, "Option", name=name, type="QString", value=value)
    return layer


def _draw(symbol: ET.Element, part: Part, name: str, geometry: str) -> None:
    """Add a part to a QGIS symbol; marks stand in the middle of lines and areas."""
    if isinstance(part, Marker) and geometry != "points":
        if geometry == "areas":
            around = _layer(symbol, "CentroidFill", _ONE_INSIDE)
        else:
            around = _layer(symbol, "MarkerLine", {"placement": "centralpoint", "rotate": "0"})
        symbol = _symbol(around, name, "marker")
    if isinstance(part, Reach):
        options = {"SymbolType": "Fill", "geometryModifier": _REACH, "units": "MapUnit"}
        circle = _symbol(_layer(symbol, "GeometryGenerator", options), name, "fill")
        _draw(circle, Fill(part.ink, 0.06, 0.3, dashed=True), f"{name}@0", "areas")
    elif isinstance(part, Hatch):
        hatch = {"angle": "45", "distance": "2", "distance_unit": "MM", "color": _rgba(part.ink)}
        lines = _symbol(_layer(symbol, "LinePatternFill", hatch), name, "line")
        _draw(lines, Line(part.ink, 0.3), f"{name}@0", "lines")
    else:
        _layer(symbol, *_plain(part))


def _plain(part: Fill | Line | Marker) -> tuple[str, dict[str, str]]:
    """Return a part as a simple QGIS symbol layer."""
    if isinstance(part, Line):
        return "SimpleLine", {
            "line_color": _rgba(part.ink),
            "line_style": "dash" if part.dashed else "solid",
            "line_width": f"{part.width_mm:g}",
            "line_width_unit": "MM",
        }
    outline = {
        "outline_color": _rgba(part.ink),
        "outline_width": f"{part.width_mm:g}",
        "outline_width_unit": "MM",
    }
    if isinstance(part, Fill):
        return "SimpleFill", outline | {
            "color": _rgba(part.paper or part.ink, part.opacity),
            "outline_style": "dash" if part.dashed else "solid",
            "style": "solid" if part.opacity else "no",
        }
    return "SimpleMarker", outline | {
        "name": part.shape,
        "color": _rgba(part.fill or part.ink, 1 if part.fill else 0),
        "outline_style": part.pen,
        "size": f"{part.size_mm:g}",
        "size_unit": "MM",
    }


def _rgba(ink: str, opacity: float = 1) -> str:
    red, green, blue = (int(ink[place : place + 2], 16) for place in (1, 3, 5))
    return f"{red},{green},{blue},{round(opacity * 255)}"


_SLD = "http://www.opengis.net/sld"
_OGC = "http://www.opengis.net/ogc"


def sld(rules: Sequence[Rule], table: str) -> str:
    """Return rules as a Styled Layer Descriptor 1.0.0, which knows no circle of metres."""
    top = ET.Element(
        "StyledLayerDescriptor", {"version": "1.0.0", "xmlns": _SLD, "xmlns:ogc": _OGC}
    )
    layer = ET.SubElement(top, "NamedLayer")
    ET.SubElement(layer, "Name").text = table
    kind = ET.SubElement(ET.SubElement(layer, "UserStyle"), "FeatureTypeStyle")
    for one in rules:
        rule = ET.SubElement(kind, "Rule")
        ET.SubElement(rule, "Name").text = one.label
        within = ET.SubElement(rule, "ogc:Filter")
        if len(one.where) > 1:
            within = ET.SubElement(within, "ogc:And")
        for column, value in one.where.items():
            equal = ET.SubElement(within, "ogc:PropertyIsEqualTo")
            ET.SubElement(equal, "ogc:PropertyName").text = column
            ET.SubElement(equal, "ogc:Literal").text = str(value).lower()
        for part in one.parts:
            _symbolizer(rule, part, one.opacity)
    return _text(top)


def _symbolizer(rule: ET.Element, part: Part, opacity: float) -> None:
    if isinstance(part, Fill):
        area = ET.SubElement(rule, "PolygonSymbolizer")
        if part.opacity:
            _paint(area, part.paper or part.ink, part.opacity * opacity)
        _stroke(area, part.ink, part.width_mm, opacity, dashed=part.dashed)
    elif isinstance(part, Hatch):
        fill = ET.SubElement(ET.SubElement(rule, "PolygonSymbolizer"), "Fill")
        graphic = ET.SubElement(ET.SubElement(fill, "GraphicFill"), "Graphic")
        mark = ET.SubElement(graphic, "Mark")
        ET.SubElement(mark, "WellKnownName").text = "slash"
        _stroke(mark, part.ink, 0.3, opacity)
        ET.SubElement(graphic, "Size").text = "8"
    elif isinstance(part, Line):
        line = ET.SubElement(rule, "LineSymbolizer")
        _stroke(line, part.ink, part.width_mm, opacity, dashed=part.dashed)
    elif isinstance(part, Marker):
        graphic = ET.SubElement(ET.SubElement(rule, "PointSymbolizer"), "Graphic")
        mark = ET.SubElement(graphic, "Mark")
        ET.SubElement(mark, "WellKnownName").text = _WELL_KNOWN.get(part.shape, part.shape)
        if part.fill:
            _paint(mark, part.fill, opacity)
        _stroke(mark, part.ink, part.width_mm, opacity, dashed=part.pen != "solid")
        ET.SubElement(graphic, "Size").text = f"{part.size_mm * _MM_TO_PX:.3g}"


# The six names of the standard have no diamond and no half.
_WELL_KNOWN = {"cross2": "x", "diamond": "diamond", "half_square": "triangle"}


def _paint(parent: ET.Element, ink: str, opacity: float) -> None:
    _parameters(ET.SubElement(parent, "Fill"), {"fill": ink, "fill-opacity": f"{opacity:.3g}"})


def _stroke(
    parent: ET.Element, ink: str, width_mm: float, opacity: float, *, dashed: bool = False
) -> None:
    told = {"stroke": ink, "stroke-width": f"{width_mm * _MM_TO_PX:.3g}"}
    told |= {"stroke-opacity": f"{opacity:g}"} | ({"stroke-dasharray": "6 4"} if dashed else {})
    _parameters(ET.SubElement(parent, "Stroke"), told)


def _parameters(parent: ET.Element, told: Mapping[str, str]) -> None:
    for name, value in told.items():
        ET.SubElement(parent, "CssParameter", name=name).text = value


def _text(top: ET.Element) -> str:
    ET.indent(top)
    return ET.tostring(top, encoding="unicode")
