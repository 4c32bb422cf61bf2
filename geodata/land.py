"""Land, coasts and borders, from the OpenStreetMap polygons of `@geo-maps/countries-land-1m`.

WGS 84 degrees, lon lat. The package's rings come from a machine's tiling of the planet: some
polygons cross themselves, and neighbours overlap where both claim land. `shapely.coverage_clean`
makes one coverage of them, in which every border is drawn once.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING

import shapely
from shapely import LineString, MultiLineString, MultiPolygon, Polygon
from shapely.geometry import shape

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    Shapes = NDArray[np.object_]

# ISO 3166-1 alpha-3 of the countries that have land in the box of the basemap.
COUNTRIES = (
    "CYP",
    "EGY",
    "GRC",
    "IRQ",
    "ISR",
    "JOR",
    "LBN",
    "LBY",
    "PSE",
    "SAU",
    "SYR",
    "TUR",
)
WORLD = shapely.box(24, 24, 42, 37)
DETAIL = shapely.box(33.9, 30.9, 34.8, 31.8)
GAZA = "GAZ"  # the part of PSE on the coast, a land of its own here; not an ISO code

_BASEMAP_TOLERANCE_DEG = 0.006  # about 600 m: less than a pixel where that part is looked at
_OUTLINE_TOLERANCE_DEG = 0.03  # about 3 km
_LEAST_LAND_DEG2 = 0.0004  # about 4 km²
_LEAST_LAKE_DEG = 0.03  # about 3 km across: the Sea of Galilee stays, ponds and bogus cracks go
_RECORD = re.compile(r'"properties":\{"A3":"(\w{3})"\}\},?$')


def read_countries(package: Path) -> dict[str, BaseGeometry]:
    """Read the outlines of `COUNTRIES` from an unpacked `@geo-maps/countries-land-1m`.

    The file has 200 MB and one country a line; a line is parsed only if its country is needed.
    """
    countries = {}
    with (package / "map.geo.json").open(encoding="utf-8") as lines:
        for line in lines:
            record = line.rstrip().removesuffix(",")
            found = _RECORD.search(record)
            if found and found[1] in COUNTRIES:
                countries[found[1]] = shape(json.loads(record)["geometry"])
    missing = sorted({*COUNTRIES} - countries.keys())
    if missing:
        message = f"{package / 'map.geo.json'}: no outline of {', '.join(missing)}."
        raise ValueError(message)
    return countries


@dataclass(frozen=True)
class Land:
    """Countries as the source gives them, and what follows from them.

    Attributes
    ----------
    outlines : dict of str to BaseGeometry
        By ISO 3166-1 alpha-3 code; WGS 84 degrees, lon lat; of the whole country.
    """

    outlines: dict[str, BaseGeometry]

    @cached_property
    def gaza(self) -> Polygon:
        """Gaza, without the source's interior rings: three triangles that no one lives around."""
        parts = [part for part in shapely.get_parts(self.outlines["PSE"]) if part.within(DETAIL)]
        return Polygon(max(parts, key=lambda part: part.area).exterior)

    @cached_property
    def egypt_gaza_border(self) -> LineString:
        """The border, from the sea to where Egypt, Gaza and Israel meet."""
        line = _shared(self.gaza, self._near("EGY"))
        return line if line.coords[0][1] > line.coords[-1][1] else line.reverse()

    @cached_property
    def israel_gaza_line(self) -> LineString:
        """The line between Israel and Gaza, from the sea to where Egypt meets them."""
        line = _shared(self.gaza, self._near("ISR"))
        return line if line.coords[0][1] > line.coords[-1][1] else line.reverse()

    @cached_property
    def coverage(self) -> dict[str, BaseGeometry]:
        """Whole countries, and Gaza by itself, that meet without cracks and never overlap.

        What two countries have in the source goes to the one with which it shares more border:
        the West Bank for the eastern part of Jerusalem.
        """
        pieces = {code: _valid(self.outlines[code]) for code in COUNTRIES}
        pieces["PSE"] = MultiPolygon(
            [part for part in pieces["PSE"].geoms if not part.within(DETAIL)]
        )
        pieces[GAZA] = MultiPolygon([self.gaza])
        clean = shapely.coverage_clean(  # type: ignore[attr-defined] # newer than its stubs
            [*pieces.values()], gap_width=_LEAST_LAKE_DEG
        )
        return dict(zip(pieces, clean, strict=True))

    @cached_property
    def basemap(self) -> dict[str, MultiPolygon]:
        """Land within `WORLD`: as the source has it within `DETAIL`, coarser outside.

        One polygon reaches across the edge of `DETAIL`, so that there is no seam to see.
        """
        within = shapely.intersection([*self.coverage.values()], WORLD)
        return {
            code: _polygons(land, _LEAST_LAND_DEG2)
            for code, land in zip(
                self.coverage, _thinned(within, _BASEMAP_TOLERANCE_DEG), strict=True
            )
        }

    @cached_property
    def country_borders(self) -> dict[tuple[str, str], MultiLineString]:
        """Land borders by pair of codes, as the basemap draws them, without those of Gaza."""
        codes = sorted(self.basemap.keys() - {GAZA})
        borders = {}
        for pair in combinations(codes, 2):
            one, other = (self.basemap[code].boundary for code in pair)
            lines = _lines(shapely.intersection(one, other))
            if not lines.is_empty:
                borders[pair] = lines
        return borders

    @cached_property
    def outlines_in_few_vertices(self) -> dict[str, MultiPolygon]:
        """Whole countries for telling in from out: exact within `DETAIL`, very coarse outside."""
        codes = ("EGY", "ISR", "PSE")
        whole = [self.coverage[code] for code in codes]
        return {
            code: _polygons(land, _LEAST_LAND_DEG2)
            for code, land in zip(codes, _thinned(whole, _OUTLINE_TOLERANCE_DEG), strict=True)
        }

    def _near(self, code: str) -> BaseGeometry:
        return shapely.make_valid(self.outlines[code]).intersection(DETAIL)


def _thinned(coverage: Shapes | list[BaseGeometry], tolerance_deg: float) -> Shapes:
    """Return a coverage as it is within `DETAIL` and in fewer vertices outside."""
    # The detail takes part as one more piece, so that what crosses its edge stays in place.
    outside = [*shapely.difference(coverage, DETAIL), DETAIL]
    coarse = shapely.coverage_simplify(outside, tolerance_deg)[:-1]
    return shapely.union(coarse, shapely.intersection(coverage, DETAIL))


def _shared(one: BaseGeometry, other: BaseGeometry) -> LineString:
    """Return the line along which two neighbours meet; the source gives both the same vertices."""
    lines = _lines(shapely.intersection(one.boundary, other.boundary))
    return max(lines.geoms, key=lambda line: line.length)


def _lines(shape_of_any_kind: BaseGeometry) -> MultiLineString:
    parts = [
        part
        for part in shapely.get_parts(shape_of_any_kind)
        if isinstance(part, LineString) and not part.is_empty
    ]
    merged = shapely.line_merge(MultiLineString(parts))
    return MultiLineString([*shapely.get_parts(merged)])


def _polygons(shape_of_any_kind: BaseGeometry, least_deg2: float = 0) -> MultiPolygon:
    """Return the polygons larger than `least_deg2`, the largest first."""
    parts = [
        part
        for part in shapely.get_parts(shape_of_any_kind)
        if isinstance(part, Polygon) and part.area > least_deg2
    ]
    parts.sort(key=lambda part: (-part.area, part.bounds))
    return MultiPolygon(parts)


def _valid(country: BaseGeometry) -> MultiPolygon:
    """Return a country's polygons without the crossings of their own rings."""
    return _polygons(shapely.union_all(shapely.get_parts(shapely.make_valid(country))))
