"""From the places an event mentions to the sites it is shown at, or the reason it has none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shapely import LineString

from components.geo.geodesic import length_km
from components.model.event import Basis, Role
from components.model.layer import Layer
from components.model.world import PlacedEvent, Site, UnplacedEvent

if TYPE_CHECKING:
    from components.geo.gazetteer import Gazetteer
    from components.model.event import Event
    from components.model.place import Place


def placed(event: Event, gazetteer: Gazetteer) -> PlacedEvent | UnplacedEvent:
    """Return the event at its sites, or unplaced with the reason in plain words.

    Only places where the event itself is (not its topic, not a destination), that are stated
    or follow from the context, and that the gazetteer knows, put it on the map.
    """
    mentions = [mention for mention in event.places if mention.role is Role.EVENT]
    known = [
        (mention, target)
        for mention in mentions
        if (target := gazetteer.find(mention.name, mention.at))
    ]
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


def centre(target: Place | Layer) -> tuple[float, float, float] | None:
    """Return the middle of a place or layer, WGS 84 lon lat, and how far it reaches in metres.

    A layer's is that of its latest footprint with an outline; None when it never had one.
    """
    if isinstance(target, Layer):
        shapes = [one.shape for one in target.footprints if one.shape is not None]
        shape = shapes[-1] if shapes else None
        radius_m = 0.0
    else:
        shape, radius_m = target.shape, target.radius_m
    if shape is None or shape.is_empty:
        return None
    middle = shape.centroid
    west, south, east, north = shape.bounds
    across_m = length_km(LineString([(west, south), (east, north)])) * 1000
    return middle.x, middle.y, max(radius_m, across_m / 2)
