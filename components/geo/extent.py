"""How large a footprint is, what one has gained on another, and how far that may be off."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import shapely

from components.geo.geodesic import area_km2, in_degrees, in_metres

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shapely.geometry.base import BaseGeometry

    from components.model.layer import Footprint

_SAME_EDGE_M = 1.0  # shapes are cut along Gaza's outline, and rounded to 0.1 m
_ROUNDING_KM2 = 0.005  # so rounded, an outline of 50 km is this much off


@dataclass(frozen=True)
class Area:
    """An area in square kilometres, on the WGS 84 ellipsoid.

    Attributes
    ----------
    drawn_km2 : float
        Of the shape as drawn.
    least_km2, most_km2 : float
        What it may be, by the accuracy of the shapes it comes from.
    """

    drawn_km2: float
    least_km2: float
    most_km2: float

    @property
    def certain(self) -> bool:
        """Whether it is more than nothing, wherever within its accuracy the outline lies."""
        return self.least_km2 > _ROUNDING_KM2

    @property
    def none(self) -> bool:
        """Whether nothing is drawn at all."""
        return self.drawn_km2 <= _ROUNDING_KM2

    def __add__(self, other: Area) -> Area:
        """Return the sum; both may be off the same way at once."""
        return Area(
            self.drawn_km2 + other.drawn_km2,
            self.least_km2 + other.least_km2,
            self.most_km2 + other.most_km2,
        )


NOTHING = Area(0.0, 0.0, 0.0)


@dataclass(frozen=True)
class Extent:
    """The land that a corridor takes up, in UTM zone 36 N metres.

    Attributes
    ----------
    drawn_m : BaseGeometry
        As drawn.
    least_m, most_m : BaseGeometry
        What it takes up at the least and at the most; each holds the one before it:
        least, drawn, most.
    """

    drawn_m: BaseGeometry
    least_m: BaseGeometry
    most_m: BaseGeometry

    @cached_property
    def area(self) -> Area:
        """How large it is."""
        return _area(self.drawn_m, self.least_m, self.most_m)

    def beyond(self, other: Extent) -> Area:
        """Return how much of it lies outside of another."""
        return _area(
            self.drawn_m - other.drawn_m,
            self.least_m - other.most_m,
            self.most_m - other.least_m,
        )


def extent_of(footprints: Iterable[Footprint], gaza: BaseGeometry | None) -> Extent | None:
    """Return the land that the footprints of one layer and day take up; None without an outline.

    An outline may lie up to its `accuracy_m` from where it is drawn, on either side. Only where
    it runs along Gaza's own does it stay: that one is cut the same on every day.

    Parameters
    ----------
    footprints : iterable of Footprint
        One a source. Where they differ, what is drawn is all that any of them has; at the least
        it is what all of them have.
    gaza : BaseGeometry or None
        Gaza in WGS 84 degrees, lon lat. What a shape may have beyond its outline lies in Gaza.
        None: every edge is in doubt, and nothing bounds it.

    Returns
    -------
    Extent or None
        None when no footprint is an area: a line has none, and where no outline is known there
        is nothing to measure.
    """
    land_m = None if gaza is None else in_metres(gaza)
    found = [
        _one(in_metres(one.shape), one.accuracy_m, land_m)
        for one in footprints
        if one.shape is not None and one.shape.geom_type.endswith("Polygon")
    ]
    if not found:
        return None
    return Extent(
        shapely.union_all([one.drawn_m for one in found]),
        _areas(shapely.intersection_all([one.least_m for one in found])),
        shapely.union_all([one.most_m for one in found]),
    )


def _one(drawn_m: BaseGeometry, accuracy_m: float, land_m: BaseGeometry | None) -> Extent:
    """Take a band off along the edge that is in doubt, or add one."""
    edge = drawn_m.boundary
    if land_m is not None:
        edge -= land_m.boundary.buffer(_SAME_EDGE_M)
    band = edge.buffer(accuracy_m)
    within = band if land_m is None else _areas(band & land_m)
    return Extent(drawn_m, drawn_m - band, drawn_m | within)


def _areas(shape: BaseGeometry) -> BaseGeometry:
    """Leave out the lines and points in which shapes only touch."""
    parts = shapely.get_parts(shape)
    return shapely.MultiPolygon([one for one in parts if one.geom_type == "Polygon"])


def _area(drawn_m: BaseGeometry, least_m: BaseGeometry, most_m: BaseGeometry) -> Area:
    drawn = _km2(drawn_m)
    # Where they are nearly one, rounding in the plane may turn their order round.
    return Area(drawn, min(drawn, _km2(least_m)), max(drawn, _km2(most_m)))


def _km2(shape_m: BaseGeometry) -> float:
    return area_km2(in_degrees(shape_m)) if shape_m.area else 0.0
