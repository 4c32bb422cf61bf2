"""Shapes made from lines: strips and bands of a stated width.

Everything comes in and goes out as WGS 84 degrees, lon lat. Widths are buffered in UTM zone 36 N,
whose lengths are 0.02 % off near Gaza.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from pyproj import Transformer
from shapely import LineString, Point, Polygon
from shapely.geometry import mapping

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

DECIMALS = 6  # of a degree: 0.1 m, finer than any source here

_TO_METRES = Transformer.from_crs("EPSG:4326", "EPSG:32636", always_xy=True)


def strip_inside(line: LineString, width_m: float, within: Polygon) -> Polygon:
    """Return the part of `within` that lies within `width_m` of `line`.

    The ends are flat, so that the strip is as long as the line.
    """
    return _clipped(_in_metres(line).buffer(width_m, cap_style="flat"), within)


def band(axis: LineString, left_m: float, right_m: float, within: Polygon) -> Polygon:
    """Return `within` from `left_m` left of `axis` to `right_m` right of it.

    The axis is drawn out beyond both ends first: coast and fence cross it aslant, and a band that
    ended squarely at them would leave wedges out.
    """
    whole = _drawn_out(_in_metres(axis), 2 * (left_m + right_m))
    sides = [
        whole.buffer(distance, single_sided=True, join_style="mitre")
        for distance in (left_m, -right_m)
    ]
    return _clipped(shapely.union_all(sides), within)


def part_before(area: Polygon, axis: LineString, fraction: float) -> Polygon:
    """Return the part of `area` before a cut across `axis`, `fraction` of the way along it.

    The cut is square to the straight line from the axis's one end to its other.
    """
    line = _in_metres(axis)
    start, stop = (np.array(line.coords[i]) for i in (0, -1))
    forward = (stop - start) / np.hypot(*(stop - start))
    across = np.array([-forward[1], forward[0]])
    cut = np.array(line.interpolate(fraction, normalized=True).coords[0])
    far = 100_000  # beyond any area here
    corners = [
        cut + far * across,
        cut - far * across,
        cut - far * (across + forward),
        cut + far * (across - forward),
    ]
    return _clipped(Polygon(corners), area)


def fraction_at(axis: LineString, lonlat: tuple[float, float]) -> float:
    """Return how far along `axis` its point nearest to `lonlat` lies, from 0 to 1."""
    point = shapely.transform(Point(lonlat), _projected)
    return float(_in_metres(axis).project(point, normalized=True))


def feature_geometry(shape: BaseGeometry | None) -> dict[str, Any] | None:
    """Return a GeoJSON geometry (RFC 7946): rounded, outer rings anticlockwise.

    Rounding moves vertices onto a grid of `DECIMALS` in a way that keeps polygons valid.
    """
    if shape is None:
        return None
    snapped = shapely.orient_polygons(shapely.set_precision(shape, 10**-DECIMALS))
    geometry: dict[str, Any] = mapping(snapped)
    return {
        "type": geometry["type"],
        "coordinates": _rounded(geometry["coordinates"]),
    }


def _rounded(coordinates: Any) -> Any:  # noqa: ANN401 - numbers, nested as deep as the type asks
    if isinstance(coordinates, float | int):
        return round(float(coordinates), DECIMALS)
    return [_rounded(one) for one in coordinates]


def _in_metres(line: LineString) -> LineString:
    return shapely.transform(line, _projected)


def _projected(lonlats: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.column_stack(_TO_METRES.transform(lonlats[:, 0], lonlats[:, 1]))


def _unprojected(metres: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.column_stack(_TO_METRES.transform(metres[:, 0], metres[:, 1], direction="INVERSE"))


def _clipped(shape_in_metres: BaseGeometry, within: Polygon) -> Polygon:
    """Return the largest part of a UTM shape within a lon lat polygon, in degrees.

    Only slivers are lost: where the coast bends, a straight cut shaves a few square metres off.
    """
    parts = shapely.get_parts(shapely.transform(shape_in_metres, _unprojected) & within)
    return max((part for part in parts if isinstance(part, Polygon)), key=lambda part: part.area)


def _drawn_out(line: LineString, by_m: float) -> LineString:
    points: NDArray[np.float64] = np.array(line.coords)

    def beyond(end: NDArray[np.float64], before: NDArray[np.float64]) -> NDArray[np.float64]:
        step = end - before
        return np.asarray(end + step / np.hypot(*step) * by_m)

    return LineString(
        [beyond(points[0], points[1]), *points, beyond(points[-1], points[-2])],
    )
