"""Lengths, areas and distances on the WGS 84 ellipsoid."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely
from pyproj import Geod, Transformer

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

DEGREES = "EPSG:4326"
METRES = "EPSG:32636"  # UTM zone 36 N; 0.02 % off in length near Gaza

_ELLIPSOID = Geod(ellps="WGS84")
_TO_METRES = Transformer.from_crs(DEGREES, METRES, always_xy=True)
_TO_DEGREES = Transformer.from_crs(METRES, DEGREES, always_xy=True)


def in_metres(shape: BaseGeometry) -> BaseGeometry:
    """Return a WGS 84 lon lat shape in UTM zone 36 N metres."""
    return _transformed(shape, _TO_METRES)


def in_degrees(shape: BaseGeometry) -> BaseGeometry:
    """Return a UTM zone 36 N shape in WGS 84 degrees, lon lat."""
    return _transformed(shape, _TO_DEGREES)


def _transformed(shape: BaseGeometry, transformer: Transformer) -> BaseGeometry:
    def moved(points: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(transformer.transform(*points.T))

    return shapely.transform(shape, moved)


def length_km(line: BaseGeometry) -> float:
    """Return the geodesic length of a lon lat line in kilometres."""
    return float(_ELLIPSOID.geometry_length(line)) / 1000


def area_km2(shape: BaseGeometry) -> float:
    """Return the geodesic area of lon lat polygons in square kilometres."""
    # One by one: which way round a ring goes cannot be told of one with a hair's breadth in it,
    # and in a sum it would be taken off.
    return sum(map(_polygon_km2, shapely.get_parts(shape)), 0.0)


def _polygon_km2(shape: BaseGeometry) -> float:
    oriented = shapely.orient_polygons(shape)
    return abs(float(_ELLIPSOID.geometry_area_perimeter(oriented)[0])) / 1e6


def distance_m(one: BaseGeometry, other: BaseGeometry) -> float:
    """Return the geodesic metres between the nearest points of two lon lat shapes.

    It is 0 if and only if they touch or overlap. The nearest pair is looked for in UTM zone
    36 N, so both should lie in or near that zone (30 to 36 degrees east).
    """
    if one.intersects(other):
        return 0.0
    gap = in_degrees(shapely.shortest_line(in_metres(one), in_metres(other)))
    return max(length_km(gap) * 1000, 1e-6)  # apart by less than rounding is still apart
