"""The map of a scene on paper: what of it is in view, and where each thing stands.

Drawn as the web map draws it, from the one table of style, on a light ground: `components.draw`.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely
from pyproj import Geod
from shapely.geometry import LineString, Point, Polygon, box, shape
from shapely.ops import nearest_points

from components.draw.map import OPENING_LONLAT
from components.draw.record import NAMED, by_weight
from components.draw.style import BASE, GROUNDS, LIKELY_OPACITY, REGIONS, THEMES, VAGUE_OPACITY
from components.draw.style import LAYERS as STYLES
from components.draw.style import Ground as Side
from components.draw.style import Mark as Sort
from components.export.lettering import CUT, LEADING, cut, in_english, readable, width_px, wrapped
from components.export.plate import Bar, Card, Crossing, Fill, Label, Mark, Plate, Shape
from components.export.room import Anchor, Room, overlap
from components.model.layer import Layer, Method
from components.model.world import PlacedEvent

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from components.draw.style import Ink
    from components.export.plate import Box
    from components.export.plate import Point as Pixel
    from components.model.briefing import Staged
    from components.model.event import Event
    from components.model.layer import Footprint
    from components.model.place import Place
    from components.model.view import Scene, View
    from components.model.world import UnplacedEvent, World

# A camera is as seen in a map of this size.
_SEEN_PX = (1080, 900)
_TILE_PX = 256
_OPENING_MARGIN = 0.05
# Letters of the web map that are as large as the smallest of a plate.
_WEB_LETTERS_PX = 12.5
# Of a card: its lines are as large as the smallest letters of the plate, its name is larger.
LINE_SHARE = 0.9
_CARD_SHARE = 1 / LINE_SHARE
_INSET = 0.35
_MARK_SHARE = 1.25
_GAP_SHARE = 0.4
_ROW = 10
_WIDEST = {False: 15.0, True: 21.0}  # of a card, in sizes of its letters; with positions
_LINES = {True: 5, False: 2}  # of positions: of a layer, of a crossing
_WRAPPED = 2
# On an area with more free spots in view than these, a card may stand.
_ROOMY = 3
# What a corridor measures on the map at the least, and how wide it is when nobody says.
_THIN_PX = 8.0
_WIDE_M = 4000.0
_FROM_ZOOM = (0.0, 6.0, 9.0, 10.75, 12.0)
_CROSSINGS_FROM_ZOOM = 9.0
_OUTLINE = 250.0
_WAYS = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")
_ELLIPSOID = Geod(ellps="WGS84")
_GAZA = "land:GAZ"
_BEYOND, _NO_ROOM = "beyond", "no room"
# Names of these ranks are larger, and may stand further off.
_LARGE = 2
_UNRANKED = 9


def _ink(of: Ink) -> str:
    return of.on(Side.LIGHT)


@dataclass(frozen=True)
class Basemap:
    """Land, borders and the ranks of places; WGS 84 degrees, lon lat.

    Attributes
    ----------
    pieces : tuple
        Id, class ("land", "country_border", "israel_gaza_line") and shape.
    known : BaseGeometry
        The rectangle that is drawn; of what lies beyond it nothing is known.
    ranks : mapping of str to int
        How important a place's name is, by its id; 1 is the most.
    """

    pieces: tuple[tuple[str, str, BaseGeometry], ...]
    known: BaseGeometry
    ranks: Mapping[str, int] = field(repr=False)


@lru_cache(maxsize=2)
def read_basemap(geodata: Path) -> Basemap:
    """Read the base map and the ranks of places, once a folder.

    Raises
    ------
    OSError
        When a file is not there.
    """
    base = json.loads((geodata / "basemap.geojson").read_bytes())
    places = json.loads((geodata / "places.geojson").read_bytes())
    pieces = [
        (str(one["id"]), one["properties"]["class"], shape(one["geometry"]))
        for one in base["features"]
        if one["geometry"]
    ]
    return Basemap(
        tuple(one for one in pieces if one[1] != "sea"),
        box(*shapely.total_bounds([one for *_, one in pieces])),
        {str(one["id"]): int(one["properties"]["rank"]) for one in places["features"]},
    )


def _mercator(lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return WGS 84 degrees as parts of the world's width in Web Mercator, y down."""
    lat = np.radians(np.clip(lonlat[:, 1], -85, 85))
    return np.column_stack(
        ((lonlat[:, 0] + 180) / 360, 0.5 - np.log(np.tan(np.pi / 4 + lat / 2)) / (2 * np.pi))
    )


@dataclass(frozen=True)
class _Window:
    """What part of the world a canvas shows.

    Attributes
    ----------
    world_px : float
        How wide the whole world would be.
    """

    width: float
    height: float
    world_px: float
    x: float
    y: float

    @classmethod
    def of(cls, view: View, width: float, height: float) -> _Window:
        """Return the window that shows at least what the view's camera sees."""
        if view.camera:
            world = _TILE_PX * 2**view.camera.zoom
            wide, high = (side / world for side in _SEEN_PX)
            centre = _mercator(np.array([[view.camera.lon_deg, view.camera.lat_deg]]))[0]
        else:
            (left, foot), (right, top) = _mercator(np.array(OPENING_LONLAT))
            wide, high = (right - left, foot - top)
            wide, high = (side * (1 + 2 * _OPENING_MARGIN) for side in (wide, high))
            centre = np.array([(left + right) / 2, (foot + top) / 2])
        world_px = min(width / wide, height / high)
        return cls(width, height, world_px, *map(float, centre))

    def px(self, of: BaseGeometry) -> BaseGeometry:
        """Return a lon lat shape in pixels of the canvas."""
        return shapely.transform(of, self._project)

    def point(self, lon: float, lat: float) -> tuple[float, float]:
        """Return a place in pixels of the canvas."""
        x, y = self._project(np.array([[lon, lat]]))[0]
        return float(x), float(y)

    def _project(self, lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
        middle = np.array([self.width / 2, self.height / 2])
        off: NDArray[np.float64] = (_mercator(lonlat) - [self.x, self.y]) * self.world_px + middle
        return off

    def lonlat(self, x: float, y: float) -> tuple[float, float]:
        """Return where a pixel of the canvas lies."""
        east = self.x + (x - self.width / 2) / self.world_px
        down = self.y + (y - self.height / 2) / self.world_px
        return east * 360 - 180, math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * down))))

    @property
    def metres_a_px(self) -> float:
        """How long a pixel is at the middle of the canvas."""
        middle = (self.width / 2, self.height / 2)
        one = self.lonlat(middle[0] - 50, middle[1])
        other = self.lonlat(middle[0] + 50, middle[1])
        return float(_ELLIPSOID.inv(*one, *other)[2]) / 100

    def has(self, x: float, y: float, margin: float = 0.0) -> bool:
        """Return whether a pixel lies on the canvas, so far from its edge."""
        return margin < x < self.width - margin and margin < y < self.height - margin


class _Stood(NamedTuple):
    """An event at a site; `likely`: its place is only likely."""

    event: Event
    likely: bool
    draft: bool


@dataclass
class _Site:
    """A layer, or a place, with the events that stand there."""

    target: Layer | Place
    events: list[_Stood] = field(default_factory=list)

    @property
    def layer(self) -> str | None:
        return self.target.id if isinstance(self.target, Layer) else None


@dataclass(frozen=True)
class _Seen:
    """A site as it is on the scene's day; `shapes` in degrees."""

    site: _Site
    footprints: tuple[Footprint, ...]
    shapes: tuple[BaseGeometry, ...]
    lines: tuple[str, ...]

    @property
    def area(self) -> bool:
        return self.site.layer not in NAMED and any(one.area > 0 for one in self.shapes)

    @property
    def lonlat(self) -> tuple[float, float] | None:
        """A point of it, or where its card would stand on another day."""
        if self.shapes:
            point = self.shapes[0].representative_point()
            return point.x, point.y
        anchors = STYLES[self.site.layer].anchors if self.site.layer in STYLES else ()
        return (anchors[0].lon_deg, anchors[0].lat_deg) if anchors else None


def plate_of(  # noqa: PLR0913 (a scene, what it is drawn with, and how large)
    staged: Staged,
    world: World,
    geodata: Path,
    *,
    width_px: float,
    height_px: float,
    text_px: float | None = None,
) -> Plate:
    """Return the map of a scene, on a canvas of so many pixels.

    Parameters
    ----------
    geodata : Path
        Folder of the base map.
    text_px : float, optional
        Size of the smallest letters; as a rule a fiftieth of the canvas.

    Returns
    -------
    Plate
        Every event of the scene that stands anywhere is on a card, or counted in `away`.

    Raises
    ------
    OSError
        When the base map is not there.
    """
    text = text_px or math.sqrt(width_px * height_px) / 50
    return _Composer(staged, world, read_basemap(geodata), width_px, height_px, text).plate()


class _Composer:
    """The making of one plate; `unit` is a pixel of the web map."""

    def __init__(  # noqa: PLR0913, PLR0917
        self,
        staged: Staged,
        world: World,
        base: Basemap,
        width: float,
        height: float,
        text: float,
    ) -> None:
        self.scene: Scene = staged.scene
        self.view: View = staged.view
        self.world, self.base = world, base
        self.window = _Window.of(staged.view, width, height)
        self.text = text
        self.unit = text / _WEB_LETTERS_PX
        self.day = staged.scene.window.last
        self.frame = box(0, 0, width, height)
        self.stands = [one for layer in world.layers for one in layer.on(self.day)]
        self.zoom = math.log2(self.window.world_px / self.unit / _TILE_PX)
        self.away: list[tuple[int, str]] = []

    def plate(self) -> Plate:
        """Return it: shapes, then cards, then names, each clear of those before it."""
        shapes = (*self._ground(), *self._lines(), *self._footprints())
        crossings = tuple(self._crossings())
        cards = tuple(self._cards())
        labels, unnamed = self._labels({one.name for one in cards})
        away = [words for _, words in sorted(self.away, key=lambda one: -one[0])]
        if rows := len(self.scene.recorded):
            away.append(f"Recorded events that have no mark on this map: {rows:,}")
        if unnamed:
            away.append(f"Names that find no room on this map: {unnamed}")
        return Plate(
            width_px=self.window.width,
            height_px=self.window.height,
            sea=_ink(GROUNDS["sea"]),
            card=_ink(GROUNDS["card"]),
            ink=_ink(BASE["ink"]),
            quiet=_ink(BASE["quiet"]),
            shapes=shapes,
            crossings=crossings,
            labels=labels,
            cards=cards,
            bar=self._bar(),
            away=tuple(away),
        )

    def _bar(self) -> Bar:
        metre = self.window.metres_a_px
        longest = self.window.width * 0.22 * metre
        power = 10 ** math.floor(math.log10(longest))
        length = max(by * power for by in (1, 2, 5) if by * power <= longest)
        kilometres = length / 1000
        words = f"{kilometres:,.0f} km" if kilometres >= 1 else f"{length:,.3g} m"
        return Bar(words, length / metre)

    # -- Land and lines -----------------------------------------------------------------------

    def _ground(self) -> Iterator[Shape]:
        """Yield land, cut at the canvas's edge, each with its coast as a line of its own.

        Where the canvas shows more than the base map has, that is neither sea nor land.
        """
        known = self.window.px(self.base.known)
        beyond = self.frame.difference(known)
        plain = _ink(GROUNDS["card"])
        look = Shape(
            name="Beyond the known land",
            layer="beyond",
            rings=(),
            closed=True,
            ink=plain,
            paper=plain,
            opacity=1.0,
            fill=Fill.SOLID,
            width_px=0.0,
            dashed=False,
        )
        yield from self._area(beyond, look)
        # There the land is cut; that is no coast.
        cuts = known.boundary.buffer(self.unit)
        land = [one for one in self.base.pieces if one[1] == "land"]
        for name, _, lonlat in sorted(land, key=lambda one: one[0] == _GAZA):
            whole = self.window.px(lonlat)
            kind = "gaza" if name == _GAZA else "land"
            paper = _ink(GROUNDS[kind])
            title = "Gaza Strip" if kind == "gaza" else f"Land, {name.removeprefix('land:')}"
            look = replace(look, name=title, layer="land", ink=paper, paper=paper)
            yield from self._area(whole, look)
            coast = replace(
                look,
                name=f"Coast, {title}",
                layer="coast",
                closed=False,
                ink=_ink(BASE["coast"]),
                fill=Fill.NONE,
                width_px=0.8 * self.unit,
            )
            shore = whole.boundary if beyond.is_empty else whole.boundary.difference(cuts)
            yield from self._line(shore, coast)

    def _lines(self) -> Iterator[Shape]:
        for name, kind, lonlat in self.base.pieces:
            if kind == "land":
                continue
            country = kind == "country_border"
            look = Shape(
                name=name if country else "Line between Israel and Gaza",
                layer="country",
                rings=(),
                closed=False,
                ink=_ink(BASE["country" if country else "line"]),
                paper="#ffffff",
                opacity=0.0,
                fill=Fill.NONE,
                width_px=(1.1 if country else 1.6) * self.unit,
                dashed=country,
            )
            yield from self._line(self.window.px(lonlat), look)

    def _area(self, px: BaseGeometry, look: Shape) -> Iterator[Shape]:
        """Yield an area as far as it is on the canvas; where it is cut, its outline by itself."""
        whole = self.frame.contains(px)
        inside = shapely.make_valid(px).intersection(self.frame).simplify(0.25 * self.unit)
        polygons = [one for one in _parts(inside) if isinstance(one, Polygon)]
        rings = tuple(
            tuple(map(_pixel, ring.coords))
            for polygon in polygons
            for ring in (polygon.exterior, *polygon.interiors)
        )
        if rings and whole:
            yield replace(look, rings=rings)
        elif rings:
            yield replace(look, rings=rings, width_px=0.0)
            if look.width_px:
                edge = replace(look, name=f"Outline of {look.name}", closed=False, fill=Fill.NONE)
                yield from self._line(px.boundary, edge)

    def _line(self, px: BaseGeometry, look: Shape) -> Iterator[Shape]:
        inside = shapely.line_merge(px.intersection(self.frame)).simplify(0.25 * self.unit)
        rings = tuple(
            tuple(map(_pixel, one.coords)) for one in _parts(inside) if "Line" in one.geom_type
        )
        if rings:
            yield replace(look, rings=rings)

    def _footprints(self) -> Iterator[Shape]:
        """Yield corridors and borders, the thin over the wide; Gaza's outline lies lowest."""
        order = list(STYLES)

        def depth(one: Footprint) -> tuple[bool, bool, int]:
            sort = STYLES[one.layer].mark
            return sort is not Sort.AREA, sort is Sort.LINE, order.index(one.layer)

        drawn = [
            one for one in self.scene.footprints if STYLES[one.layer].mark is not Sort.CROSSING
        ]
        names = {layer.id: layer.names for layer in self.world.layers}
        for one in sorted(drawn, key=depth):
            if one.shape is None:
                continue
            sort = STYLES[one.layer].mark
            px = self.window.px(one.shape)
            schematic = one.method is Method.SCHEMATIC
            solid = px.area > 0
            ink = _ink(STYLES[one.layer].ink)
            more = 1.8 if self.view.layer == one.layer else 0.0
            width = {Sort.AREA: 1.8, Sort.LINE: 2.2}.get(sort)
            if width is None:
                web_m = self.window.metres_a_px * self.unit
                thin = (one.width_m or _WIDE_M) / web_m if solid else 0.0
                width = max(2.0, _THIN_PX - thin)
            fill = Fill.NONE
            if solid and sort is not Sort.AREA:
                fill = Fill.HATCHED if schematic else Fill.SOLID
            called = (one.names or names[one.layer]).in_language(self.view.language)
            look = Shape(
                name=f"{called}: {one.label}",
                layer=one.layer,
                rings=(),
                closed=solid,
                ink=ink,
                paper=ink,
                opacity=0.0 if fill is Fill.NONE else 0.12 if schematic else 0.26,
                fill=fill,
                width_px=(width + more) * self.unit,
                dashed=schematic,
            )
            yield from self._area(px, look) if solid else self._line(px, look)

    def _crossings(self) -> Iterator[Crossing]:
        if self.zoom < _CROSSINGS_FROM_ZOOM:
            return
        for one in self._crossing_footprints():
            x, y = self.window.point(*_middle(one.shape))
            size = 16 * self.unit
            if self.window.has(x, y, size / 2):
                yield Crossing(self._name(one), one.status or "unknown", (x, y), size)

    def _crossing_footprints(self) -> list[Footprint]:
        return [
            one
            for one in self.scene.footprints
            if one.shape is not None and STYLES[one.layer].mark is Sort.CROSSING
        ]

    def _name(self, one: Footprint) -> str:
        layer = next(layer for layer in self.world.layers if layer.id == one.layer)
        return (one.names or layer.names).in_language(self.view.language)

    # -- Cards --------------------------------------------------------------------------------

    def _sites(self) -> list[_Site]:
        """Return the sites that have a card, in the order of the table of style."""
        layers = {one.id: one for one in self.world.layers}
        shown = {one.layer for one in self.stands if one.layer in self.view.layers}
        sites = {_key(layers[name]): _Site(layers[name]) for name in NAMED & layers.keys() & shown}
        for target, one in self._standing():
            # Gaza is the whole of its layer; a crossing is one of its layer's things.
            if (
                not isinstance(target, Layer)
                and target.layer in layers
                and STYLES[target.layer].mark is not Sort.CROSSING
            ):
                target = layers[target.layer]  # noqa: PLW2901
            events = sites.setdefault(_key(target), _Site(target)).events
            # Two mentions may lead to one site; the event counts once there.
            if all(other.event.id != one.event.id for other in events):
                events.append(one)
        for target in self._grounds(layers):
            sites.setdefault(_key(target), _Site(target))
        order = {f"layer:{name}": number for number, name in enumerate(STYLES)}
        return [
            sites[name] for name in sorted(sites, key=lambda one: (order.get(one, len(order)), one))
        ]

    def _standing(self) -> Iterator[tuple[Layer | Place, _Stood]]:
        """Yield where each event and draft of the scene stands."""
        scene = self.scene
        outcomes: tuple[tuple[bool, tuple[PlacedEvent | UnplacedEvent, ...]], ...] = (
            (False, (*scene.placed, *scene.unplaced)),
            (True, (*scene.drafts, *scene.drafts_unplaced)),
        )
        for draft, some in outcomes:
            for one in some:
                if isinstance(one, PlacedEvent):
                    for where in one.sites:
                        yield where.target, _Stood(one.event, likely=False, draft=draft)
                elif one.likely is not None:
                    yield one.likely, _Stood(one.event, likely=True, draft=draft)

    def _grounds(self, layers: Mapping[str, Layer]) -> Iterator[Layer | Place]:
        """Yield what somebody takes a position on, when the view tells it and its layer is on."""
        places = {one.id: one for one in self.world.places}
        for position in self.scene.positions if self.view.positions else ():
            ground = position.latest.ground
            on = [
                one.layer in self.view.layers
                for one in self.stands
                if one.layer == ground.layer and ground.place in {None, one.place}
            ]
            target = layers.get(ground.id) if ground.place is None else places.get(ground.id)
            if target is not None and (any(on) or not on):
                yield target

    def _seen(self, site: _Site) -> _Seen:
        target = site.target
        if isinstance(target, Layer):
            own = [one for one in self.stands if one.layer == target.id]
        else:
            own = [one for one in self.stands if target.layer and one.place == target.id]
        drawn = [one.shape for one in own if one.shape is not None]
        if not drawn and not isinstance(target, Layer) and target.shape is not None:
            drawn = [target.shape]
        seen = _Seen(site, tuple(own), tuple(drawn), ())
        return replace(seen, lines=tuple(self._words(seen)))

    def _words(self, seen: _Seen) -> Iterator[str]:
        """Yield what stands under a name: notes, who holds it, and who wants what."""
        site = seen.site
        if site.layer and not seen.shapes and STYLES[site.layer].anchors:
            yield "no outline this day"
        elif seen.area:
            yield "whole area"
        if likely := sum(one.likely for one in site.events):
            yield f"{likely} only likely here (pale)"
        # A layer that is turned off takes what is said of it along.
        layers = {one.layer for one in seen.footprints}
        if not self.view.positions or (layers and not layers & self.view.layers):
            return
        language = self.view.language
        ground = site.target.id
        held = [one for each in seen.footprints for one in each.control_on(self.day)]
        names = {party.names.en: party.names for party in self.world.parties}
        told: dict[str, tuple[list[str], str]] = {}
        latest = {one.latest for one in self.scene.positions if one.latest.ground.id == ground}
        for one in (one for one in by_weight(self.world) if one in latest):
            who, _ = told.setdefault(one.one, ([], one.many))
            name = in_english(one.party.names.in_language(language))
            if name not in who:
                who.append(name)
        if site.layer is None and not told:
            return
        holders = dict.fromkeys(
            in_english(
                names[one.holder].in_language(language) if one.holder in names else one.holder
            )
            for one in sorted(held, key=lambda one: one.period.first, reverse=True)
        )
        if holders:
            yield f"Held by {'; '.join(holders)}"
        lines = [
            f"{', '.join(who)}: {many if len(who) > 1 else one}"
            for one, (who, many) in told.items()
        ]
        most = _LINES[site.layer is not None]
        fits = lines if len(lines) <= most + 1 else lines[:most]
        yield from fits
        if len(lines) > len(fits):
            yield f"and {len(lines) - len(fits)} more"

    def _cards(self) -> Iterator[Card]:
        self.room = self._room(gaza=True)
        seen = [self._seen(site) for site in self._sites()]
        ready: list[tuple[_Seen, list[Anchor]]] = []
        for one in seen:
            anchors = self._anchors(one)
            if anchors:
                ready.append((one, anchors))
            else:
                self._tell_away(one, _BEYOND)

        def freedom(pair: tuple[_Seen, list[Anchor]]) -> tuple[int, int]:
            one, _ = pair
            # Lines first; of the others, what most events stand at.
            rank = 0 if one.site.layer in NAMED else 1
            return (rank, 0 if not rank else -len(one.site.events))

        for one, anchors in sorted(ready, key=freedom):
            card = self._card(one, anchors)
            if card is None and one.lines:
                card = self._card(replace(one, lines=()), anchors)
                if card is not None:
                    told = "1 line" if len(one.lines) == 1 else f"{len(one.lines)} lines"
                    self.away.append((0, f"{in_english(card.name)}: no room for {told} of words"))
            if card is None:
                self._tell_away(one, _NO_ROOM)
            else:
                yield card

    def _tell_away(self, seen: _Seen, why: str) -> None:
        """Tell of a site that has no card on the canvas."""
        events = seen.site.events
        if not events and why != _NO_ROOM:
            return
        kinds = (
            (sum(not one.draft and not one.likely for one in events), "event", "events"),
            (sum(one.draft for one in events), "draft", "drafts"),
            (
                sum(one.likely and not one.draft for one in events),
                "only likely there",
                "only likely there",
            ),
        )
        counts = ", ".join(
            f"{number} {one if number == 1 else many}" for number, one, many in kinds if number
        )
        name = in_english(seen.site.target.names.in_language(self.view.language))
        where = "no room for it on this map" if why == _NO_ROOM else "no outline this day"
        if why == _BEYOND and seen.lonlat:
            where = self._way(*seen.lonlat)
        self.away.append((len(events), f"{name}, {where}: {counts or 'no events'}"))

    def _way(self, lon: float, lat: float) -> str:
        """Return how far, and which way, a place lies from the middle of the map."""
        middle = self.window.lonlat(self.window.width / 2, self.window.height / 2)
        bearing, _, metres = _ELLIPSOID.inv(*middle, lon, lat)
        way = _WAYS[round(bearing % 360 / 45) % 8]
        return f"{metres / 1000:,.0f} km {way}"

    def _anchors(self, seen: _Seen) -> list[Anchor]:
        """Return where a site's leader may end, the best first; none when it is out of view."""
        own = STYLES[seen.site.layer].anchors if seen.site.layer else ()
        if all(one.length == 0 for one in seen.shapes):
            if not seen.lonlat:
                return []
            x, y = self.window.point(*seen.lonlat)
            bearing = own[0].bearing_deg if own else 60.0
            return [Anchor(x, y, bearing)] if self.window.has(x, y, 4 * self.unit) else []
        whole = self._whole(seen)
        inside = whole.intersection(self.frame)
        if inside.is_empty:
            return []
        found = []
        for anchor in own:
            point = Point(self.window.point(anchor.lon_deg, anchor.lat_deg))
            if not (whole.area and whole.contains(point)):
                point = nearest_points(whole, point)[0]
            if self.window.has(point.x, point.y, 16 * self.unit):
                x, y = self._beside_crossings(point, whole)
                found.append(Anchor(x, y, anchor.bearing_deg))
        piece = max(_parts(inside), key=lambda one: (one.area, one.length))
        within = self._within(inside, piece) if seen.area and not found else []
        if found or len(within) > _ROOMY:
            return found or within
        line = piece.length and not piece.area
        point = piece.interpolate(0.5, normalized=True) if line else piece.representative_point()
        beside = [Anchor(point.x, point.y, bearing) for bearing in (0.0, 90.0, 180.0, 270.0)]
        return [*within, *beside]

    def _whole(self, seen: _Seen) -> BaseGeometry:
        """Return all shapes of a site in pixels, on the canvas and beyond it."""
        return shapely.union_all([shapely.make_valid(self.window.px(one)) for one in seen.shapes])

    def _within(self, inside: BaseGeometry, piece: BaseGeometry) -> list[Anchor]:
        """Return spots on an area, the most central first; one is the roomiest of its `piece`."""
        width, height = self.window.width, self.window.height
        step = max(60 * self.unit, min(width, height) / 9)
        spots = [
            (float(x), float(y))
            for y in np.arange(step / 2, height, step)
            for x in np.arange(step / 2, width, step)
            if inside.contains(Point(x, y))
        ]
        if isinstance(piece, Polygon):
            x, y, *_ = shapely.maximum_inscribed_circle(piece, self.unit).coords[0]
            spots.append((x, y))
        costs = [0.3 * math.dist(one, (width / 2, height / 2)) / self.unit for one in spots]
        found = [
            Anchor(*one, cost=cost, within=True) for one, cost in zip(spots, costs, strict=True)
        ]
        return sorted(found, key=lambda one: one.cost)

    def _beside_crossings(self, point: Point, whole: BaseGeometry) -> tuple[float, float]:
        """Return a point of a shape near another, where no crossing's mark stands."""
        least = 16 * self.unit
        for one in self._crossing_footprints():
            mark = Point(self.window.point(*_middle(one.shape)))
            rest = whole.difference(mark.buffer(least))
            if point.distance(mark) < least and not rest.is_empty:
                point = nearest_points(rest, point)[0]
        return point.x, point.y

    def _card(self, seen: _Seen, anchors: list[Anchor]) -> Card | None:
        """Return a site's card where it finds room; None when there is none."""
        size = self.text * _CARD_SHARE
        site = seen.site
        name = readable(site.target.names.in_language(self.view.language))
        stances = self.view.positions and len(seen.lines) > 1
        widest = min(_WIDEST[stances] * size, self.window.width * 0.45) - 2 * _INSET * size
        lines: list[str] = []
        for words in seen.lines:
            whole = wrapped(words, widest, size * LINE_SHARE)
            lines += cut(whole, _WRAPPED, widest, size * LINE_SHARE)
        while len(name) > 1 and width_px(name, size, bold=True) > widest:
            name = name.removesuffix(CUT)[:-1].rstrip() + CUT
        wide = max(
            (width_px(name, size, bold=True), *(width_px(one, size * LINE_SHARE) for one in lines))
        )
        events = sorted(site.events, key=lambda one: one.event.order)
        step = (_MARK_SHARE + _GAP_SHARE) * size
        columns = min(len(events), max(_ROW, int(wide / step)))
        rows = math.ceil(len(events) / columns) if events else 0
        w = max(wide, columns * step) + 2 * _INSET * size
        head = (_INSET + LEADING) * size
        foot = len(lines) * LEADING * LINE_SHARE * size
        h = head + rows * step + foot + _INSET * size
        within = [one for one in anchors if one.within]
        # Wholly on its own area, else beside it: another country says something else.
        spot = self.room.place_on(self._whole(seen), within, w, h) if within else None
        if spot is None:
            beside = [one for one in anchors if not one.within]
            spot = self.room.place(beside or anchors, w, h)
        if spot is None:
            return None
        x, y = spot.box[:2]
        left = x + _INSET * size + _MARK_SHARE * size / 2
        top = y + head + step / 2
        marks = tuple(
            self._mark(one, (left + number % columns * step, top + number // columns * step), size)
            for number, one in enumerate(events)
        )
        ink = _ink(STYLES[site.layer].ink) if site.layer else _ink(BASE["ink"])
        return Card(name, tuple(lines), marks, spot.box, size, ink, spot.leader)

    def _mark(self, one: _Stood, centre: Pixel, size: float) -> Mark:
        event = one.event
        opacity = LIKELY_OPACITY if one.likely else 1.0 if event.period.exact else VAGUE_OPACITY
        chosen = self.view.event in {event.id, *(other.id for other in event.also)}
        return Mark(
            event=event.id,
            title=event.title,
            theme=event.kind.theme,
            mode=event.mode,
            ink=_ink(THEMES[event.kind.theme]),
            centre=centre,
            size_px=_MARK_SHARE * size,
            opacity=1.0 if chosen else opacity,
            draft=one.draft,
            chosen=chosen,
        )

    # -- Names --------------------------------------------------------------------------------

    def _room(self, *, gaza: bool) -> Room:
        """Return the canvas with what cards (`gaza`) or names keep clear of."""
        room = Room(self.window.width, self.window.height, self.unit)
        reach = self.frame.buffer(60 * self.unit)
        for one in self.stands:
            if one.shape is None:
                continue
            px = shapely.make_valid(self.window.px(one.shape)).intersection(reach)
            sort = STYLES[one.layer].mark
            if px.is_empty:
                continue
            if sort is Sort.AREA:
                room.cost(px, 60 if gaza else 0)
                room.cost(px.boundary, 30 if gaza else 12, 8 if gaza else 3)
            elif one.layer in self.view.layers and sort is not Sort.CROSSING:
                room.block(px, 13 if gaza else 7)
        for crossing in self._crossings():
            (x, y), far = crossing.centre, crossing.size_px / 2
            room.taken.append((x - far, y - far, 2 * far, 2 * far))
        for site in self._sites():
            at = None if isinstance(site.target, Layer) else site.target.shape
            if at is not None and not at.area:
                x, y = self.window.point(*_middle(at))
                if self.window.has(x, y):
                    room.block(Point(x, y), 7)
        return room

    def _labels(self, carded: set[str]) -> tuple[tuple[Label, ...], int]:
        """Return the names that find a free spot, and how many in view find none."""
        room = self._room(gaza=False)
        room.taken += self.room.taken
        room.leaders = self.room.leaders
        room.gap = 2.0
        language = self.view.language
        divides = shapely.union_all(
            [
                self.window.px(one.shape)
                for one in self.stands
                if one.shape is not None and STYLES[one.layer].mark is Sort.LINE
            ]
        )
        points = self._named_points()
        dot = 1.8 * self.unit
        room.taken += [
            (x - dot, y - dot, 2 * dot, 2 * dot) for _, _, (x, y), marked in points if not marked
        ]
        found: list[Label] = []
        left_out = 0
        for region in REGIONS:
            name = region.names.in_language(language)
            if readable(name) in carded:
                continue
            sea = region.kind == "sea"
            ink = _ink(BASE["water" if sea else "quiet"])
            size = 1.3 * self.text
            words = readable(name)
            w, h = width_px(words, size) + 4 * self.unit, size * 1.25
            spots = [self.window.point(*spot) for spot in region.spots_lonlat]
            boxes = [(x - w / 2, y - h / 2, w, h) for x, y in spots if self.window.has(x, y)]
            if taken := room.free(boxes, _OUTLINE):
                found.append(Label(words, region.kind, taken, size, ink, italic=sea))
        for words, rank, at, crossing in points:
            if words in carded or not words:
                continue
            size = self.text * (1.15 if rank == 1 else 1.05 if rank <= _LARGE else 1.0)
            w, h = width_px(words, size, bold=rank == 1) + 3 * self.unit, size * 1.25
            boxes = self._beside(at, w, h, rank, crossing=crossing)
            if not crossing:
                # Nor across a border from its dot.
                boxes = [
                    one
                    for one in boxes
                    if not LineString([at, (one[0] + one[2] / 2, one[1] + one[3] / 2)]).intersects(
                        divides
                    )
                ]
            taken = room.free(boxes, _OUTLINE)
            if taken is None:
                left_out += 1
                continue
            found.append(
                Label(
                    words=words,
                    kind="crossing" if crossing else "town",
                    box=taken,
                    size_px=size,
                    ink=_ink(BASE["ink" if crossing or rank <= _LARGE else "quiet"]),
                    bold=rank == 1 and not crossing,
                    italic=crossing,
                    dot=None if crossing else at,
                )
            )
        return tuple(found), left_out

    def _named_points(self) -> list[tuple[str, int, Pixel, bool]]:
        """Return names, ranks and points of crossings and, when they are on, of towns in view."""
        language = self.view.language
        found: list[tuple[str, int, Pixel, bool]] = []
        if self.zoom >= _CROSSINGS_FROM_ZOOM:
            found += [
                (self._name(one), _LARGE, self.window.point(*_middle(one.shape)), True)
                for one in self._crossing_footprints()
            ]
        for place in self.world.places if "places" in self.view.layers else ():
            rank = self.base.ranks.get(place.id, _UNRANKED)
            least = _FROM_ZOOM[rank] if rank < len(_FROM_ZOOM) else math.inf
            point = isinstance(place.shape, Point) and place.kind != "crossing"
            if point and self.zoom >= least:
                at = self.window.point(*_middle(place.shape))
                found.append((place.names.in_language(language), rank, at, False))
        # A town on the very edge, or under a card, has no room for its name.
        seen = [
            (readable(words), rank, at, crossing)
            for words, rank, at, crossing in found
            if self.window.has(*at, 6 * self.unit)
            and (crossing or not any(overlap((*at, 0, 0), one) for one in self.room.taken))
        ]
        return sorted(seen, key=lambda one: (one[1], not one[3]))

    def _beside(self, at: Pixel, w: float, h: float, rank: int, *, crossing: bool) -> list[Box]:
        """Return boxes right, left, above and below of a point, the nearest first."""
        x, y = at
        gap = (11 if crossing else 6) * self.unit
        far = (1.0, 1.5, 2.2) if crossing else (1.0, 2.0, 3.2) if rank <= _LARGE else (1.0,)
        return [
            one
            for by in far
            for one in (
                (x + gap * by, y - h / 2, w, h),
                (x - gap * by - w, y - h / 2, w, h),
                (x - w / 2, y - h - gap * by + self.unit, w, h),
                (x - w / 2, y + gap * by - self.unit, w, h),
            )
        ]


def _key(target: Layer | Place) -> str:
    return f"{'layer' if isinstance(target, Layer) else 'place'}:{target.id}"


def _parts(of: BaseGeometry) -> Iterator[BaseGeometry]:
    """Yield the single shapes of a shape, through collections of collections."""
    for one in shapely.get_parts(of):
        if "Multi" in one.geom_type or "Collection" in one.geom_type:
            yield from _parts(one)
        elif not one.is_empty:
            yield one


def _pixel(at: tuple[float, ...]) -> Pixel:
    return round(at[0], 2), round(at[1], 2)


def _middle(of: BaseGeometry | None) -> tuple[float, float]:
    if of is None:
        return math.nan, math.nan
    point = of.centroid if of.area else of.representative_point()
    return point.x, point.y
