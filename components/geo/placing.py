"""From the places an event mentions to the sites it is shown at, or the reason it has none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shapely import LineString, Point

from components.geo.geodesic import length_km
from components.model.event import Basis, Role
from components.model.layer import Layer
from components.model.world import PlacedEvent, Site, UnplacedEvent

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shapely.geometry.base import BaseGeometry

    from components.geo.gazetteer import Gazetteer
    from components.model.event import Event, Mention
    from components.model.place import Place

_MUCH_LARGER = 2.0
_ON_THE_EDGE_DEG = 0.01  # a crossing stands on the line


def placed(event: Event, gazetteer: Gazetteer) -> PlacedEvent | UnplacedEvent:
    """Return the event at its sites, or unplaced with the reason in plain words.

    Only places where the event itself is (not its topic, not a destination), that are stated
    or follow from the context, and that the gazetteer knows, put it on the map.
    """
    mentions = [mention for mention in event.places if mention.role is Role.EVENT]
    known = _known(mentions, gazetteer)
    sites = tuple(
        Site(mention, target) for mention, target in known if mention.basis is not Basis.GUESSED
    )
    if sites:
        return PlacedEvent(event, sites)
    if known:
        mention, target = known[0]
        return UnplacedEvent(
            event,
            f"The text does not say where. {mention.name} is only likely; it is listed there.",
            target,
        )
    if mentions:
        names = ", ".join(
            f"\N{LEFT DOUBLE QUOTATION MARK}{mention.name}\N{RIGHT DOUBLE QUOTATION MARK}"
            for mention in mentions
        )
        return UnplacedEvent(event, f"{names} is too vague, or not in the gazetteer.", None)
    if event.places:
        topics = ", ".join(mention.name for mention in event.places)
        return UnplacedEvent(event, f"The text does not say where. It is about: {topics}.", None)
    return UnplacedEvent(event, "The text states no place.", None)


def _known(
    mentions: Iterable[Mention], gazetteer: Gazetteer
) -> list[tuple[Mention, Place | Layer]]:
    """Return the mentions that the gazetteer knows, each with what it means."""
    return [
        (mention, target)
        for mention in mentions
        if (target := gazetteer.find(mention.name, mention.at)) is not None
    ]


def without_wider(mentions: tuple[Mention, ...], gazetteer: Gazetteer) -> tuple[Mention, ...]:
    """Return mentions without those that only say where another lies: "Rafah in the Gaza Strip".

    Of the places where an event is, one that holds another of them is left out.
    """
    where = _known((one for one in mentions if one.role is Role.EVENT), gazetteer)
    wider = {
        id(mention)
        for mention, target in where
        if any(_holds(target, other) for _, other in where if other is not target)
    }
    return tuple(mention for mention in mentions if id(mention) not in wider)


def _holds(outer: Place | Layer, inner: Place | Layer) -> bool:
    """Return whether a place lies in another that is much larger."""
    out, at = centre(outer), centre(inner)
    if out is None or at is None or at[2] * _MUCH_LARGER > out[2]:
        return False
    shape = _shape(outer)
    if shape is not None and shape.area > 0:
        return bool(shape.buffer(_ON_THE_EDGE_DEG).covers(Point(at[:2])))
    return length_km(LineString([out[:2], at[:2]])) * 1000 <= out[2]


def _shape(target: Place | Layer) -> BaseGeometry | None:
    """Return the shape of a place, or of a layer's latest footprint that has one."""
    if not isinstance(target, Layer):
        return target.shape
    shapes = [one.shape for one in target.footprints if one.shape is not None]
    return shapes[-1] if shapes else None


def centre(target: Place | Layer) -> tuple[float, float, float] | None:
    """Return the middle of a place or layer, WGS 84 lon lat, and how far it reaches in metres.

    A layer's is that of its latest footprint with an outline; None when it never had one.
    """
    shape = _shape(target)
    radius_m = 0.0 if isinstance(target, Layer) else target.radius_m
    if shape is None or shape.is_empty:
        return None
    middle = shape.centroid
    west, south, east, north = shape.bounds
    across_m = length_km(LineString([(west, south), (east, north)])) * 1000
    return middle.x, middle.y, max(radius_m, across_m / 2)
