"""Which events belong to which footprints: named in the text, inside, or near."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from components.geo.geodesic import DEGREES, METRES, distance_m, in_metres, length_km
from components.model.layer import Layer
from components.model.place import Place
from components.model.world import How, Link, PlacedEvent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from components.geo.gazetteer import Gazetteer
    from components.model.event import Event
    from components.model.table import EventTable

JOINED_KINDS = frozenset({"corridor", "border", "crossings"})
NEAR_M = 5_000.0
_SLACK = 1.01  # the planar search may be a little short; the geodesic distance decides


def named_links(events: Iterable[Event], gazetteer: Gazetteer) -> Iterator[Link]:
    """Tie events to each layer that they mention, as it stood on the event's days.

    A layer that is named while none of its footprints stood is tied all the same, with no
    footprint.
    """
    for event in events:
        for mention in event.places:
            layer = gazetteer.find(mention.name)
            if isinstance(layer, Layer) and layer.kind in JOINED_KINDS:
                stood: tuple[str | None, ...] = tuple(
                    footprint.id for footprint in layer.during(event.period)
                )
                for footprint in stood or (None,):
                    yield Link(
                        event.id, layer.id, footprint, How.NAMED, None, mention.role, mention.basis
                    )


def spatial_links(placed: Iterable[PlacedEvent], layers: Iterable[Layer]) -> Iterator[Link]:
    """Tie events at a point to the footprints of their days that hold it or lie within 5 km.

    Distances are geodesic metres from the place's point. Events of whole areas are left to
    their names: a country is not "near" a corridor.
    """
    sites = [
        (one.event, site.mention, site.target.shape)
        for one in placed
        for site in one.sites
        if isinstance(site.target, Place)
        and site.target.shape is not None
        and site.target.shape.geom_type == "Point"
    ]
    footprints = [
        (footprint, footprint.shape)
        for layer in layers
        if layer.kind in JOINED_KINDS
        for footprint in layer.footprints
        if footprint.shape is not None
    ]
    if not sites or not footprints:
        return
    import geopandas  # noqa: PLC0415 (heavy, and the reader of articles does without)

    points = geopandas.GeoDataFrame(geometry=[shape for *_, shape in sites], crs=DEGREES)
    shapes = geopandas.GeoDataFrame(geometry=[shape for _, shape in footprints], crs=DEGREES)
    pairs = points.to_crs(METRES).sjoin(
        shapes.to_crs(METRES), predicate="dwithin", distance=NEAR_M * _SLACK
    )
    for left, right in zip(pairs.index, pairs["index_right"], strict=True):
        event, mention, point = sites[left]
        footprint, shape = footprints[right]
        if not event.period.meets(footprint.period):
            continue
        apart_m = distance_m(point, shape)
        if apart_m <= NEAR_M:
            how = How.NEAR if apart_m else How.INSIDE
            yield Link(
                event.id, footprint.layer, footprint.id, how, apart_m, mention.role, mention.basis
            )


def rows_near(
    table: EventTable, shapes: Iterable[BaseGeometry], rows: NDArray[np.int32]
) -> NDArray[np.int32]:
    """Return which of the rows lie inside or within 5 km of any of the shapes, in their order.

    It agrees with `spatial_links`, the days apart; only the points that the plane leaves in
    doubt are measured on the ellipsoid, one by one.
    """
    import geopandas  # noqa: PLC0415 (heavy, and the reader of articles does without)

    land = shapely.union_all([*shapes])
    west, south, east, north = land.bounds
    # A degree of latitude is never shorter than 110,574 m.
    margin_deg = NEAR_M * _SLACK / 110_574
    wide_deg = margin_deg / np.cos(np.radians(min(max(-south, north) + margin_deg, 89)))
    lon_deg, lat_deg = table.lonlat_deg[rows].T
    candidates = np.flatnonzero(
        (lon_deg >= west - wide_deg)
        & (lon_deg <= east + wide_deg)
        & (lat_deg >= south - margin_deg)
        & (lat_deg <= north + margin_deg)
    )
    points = geopandas.points_from_xy(lon_deg[candidates], lat_deg[candidates], crs=DEGREES)
    spots, plane = np.asarray(points.to_crs(METRES)), in_metres(land)
    shapely.prepare(plane)
    near = shapely.dwithin(plane, spots, NEAR_M / _SLACK)
    doubtful = np.flatnonzero(shapely.dwithin(plane, spots, NEAR_M * _SLACK) & ~near)
    gaps = geopandas.GeoSeries(shapely.shortest_line(spots[doubtful], plane), crs=METRES)
    near[doubtful] = [length_km(gap) * 1000 <= NEAR_M for gap in gaps.to_crs(DEGREES)]
    return rows[candidates[near]]
