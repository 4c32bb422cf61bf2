"""Which events belong to which footprints: named in the text, inside, or near."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas

from components.geo.geodesic import DEGREES, METRES, distance_m
from components.model.layer import Layer
from components.model.place import Place
from components.model.world import How, Link, PlacedEvent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from components.geo.gazetteer import Gazetteer
    from components.model.event import Event

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
