"""What the map shows of a scene, in plain values that JSON can carry."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from components.draw.style import LAYERS, MODE_WORDS, Mark
from components.model.event import Scope
from components.model.layer import Layer
from components.model.period import day_words

if TYPE_CHECKING:
    from datetime import date

    from components.model.event import Event
    from components.model.layer import Footprint
    from components.model.place import Language, Place
    from components.model.view import Scene
    from components.model.world import World

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"

_KILOMETRE_M = 1_000

# These keep their name on the map when they have no events.
_NAMED = {name for name, style in LAYERS.items() if style.mark in {Mark.BAND, Mark.LINE}}


@dataclass
class _Site:
    """A callout while it is being gathered."""

    id: str
    target: Place | Layer
    footprints: tuple[Footprint, ...]
    events: list[tuple[Event, bool]] = field(default_factory=list)


def drawing(scene: Scene, world: World, *, move: int = 0) -> dict[str, Json]:
    """Return what the browser side needs to draw `scene`.

    Parameters
    ----------
    move : int
        Number of the camera command. The map goes to the view's camera (None: the opening
        view) when this number is one that it has not seen, and stays otherwise.
    """
    view = scene.view
    names = {layer.id: layer.names for layer in world.layers}
    return {
        "language": view.language.value,
        "direction": view.language.direction,
        "day": day_words(scene.window.last),
        "places": "places" in view.layers,
        "tiles": view.tiles,
        "footprints": [
            {
                "id": footprint.id,
                "layer": footprint.layer,
                "name": (footprint.names or names[footprint.layer]).in_language(view.language),
                "label": footprint.status_words or footprint.label,
                "accuracy": f"{footprint.method}, ± {metres_words(footprint.accuracy_m)}",
            }
            for footprint in scene.footprints
            if footprint.shape is not None
        ],
        "callouts": [_callout(site, view.language) for site in _sites(scene, world)],
        "selected": {"event": view.event, "layer": view.layer},
        "camera": {
            "move": move,
            "to": None
            if view.camera is None
            else [view.camera.lon_deg, view.camera.lat_deg, view.camera.zoom],
        },
    }


def _sites(scene: Scene, world: World) -> list[_Site]:
    """Group the events by where they stand: layers in the order of the style, then places."""
    layers = {layer.id: layer for layer in world.layers}
    sites: dict[str, _Site] = {}

    def site(target: Place | Layer) -> _Site:
        found = _site(target, layers, scene.window.last)
        return sites.setdefault(found.id, found)

    for name in sorted(_NAMED & {footprint.layer for footprint in scene.footprints}):
        site(layers[name])
    for placed in scene.placed:
        # Two mentions may lead to one site; its event counts once there.
        for found in {(here := site(place.target)).id: here for place in placed.sites}.values():
            found.events.append((placed.event, False))
    for unplaced in scene.unplaced:
        if unplaced.likely is not None:
            site(unplaced.likely).events.append((unplaced.event, True))

    order = {f"layer:{name}": number for number, name in enumerate(LAYERS)}
    return sorted(sites.values(), key=lambda found: (order.get(found.id, len(order)), found.id))


def _site(target: Place | Layer, layers: dict[str, Layer], day: date) -> _Site:
    """Return a site without events: a layer, one thing of a layer, or a place of its own."""
    # A crossing is one of its layer's things; Gaza is the whole of its layer.
    if (
        not isinstance(target, Layer)
        and target.layer is not None
        and LAYERS[target.layer].mark is not Mark.CROSSING
    ):
        target = layers[target.layer]
    if isinstance(target, Layer):
        return _Site(f"layer:{target.id}", target, target.on(day))
    footprints = layers[target.layer].on(day) if target.layer is not None else ()
    own = tuple(footprint for footprint in footprints if footprint.place == target.id)
    return _Site(f"place:{target.id}", target, own)


def _callout(site: _Site, language: Language) -> dict[str, Json]:
    target = site.target
    layer = target.id if isinstance(target, Layer) else None
    shape = None if isinstance(target, Layer) else target.shape
    shapes = [found.shape for found in site.footprints if found.shape is not None]
    if shape is None and shapes:
        shape = shapes[0]
    # A point of the shape itself: the centre of a bent line or a crescent lies beside it.
    point = None if shape is None else shape.representative_point()
    lonlat: list[Json] | None = None if point is None else [point.x, point.y]
    area = shape is not None and shape.area > 0 and layer not in _NAMED
    note = "whole area" if area else ""
    if layer is not None and lonlat is None and LAYERS[layer].anchors:
        # Its events stay on the map on days on which it has no outline.
        anchor = LAYERS[layer].anchors[0]
        lonlat, note = [anchor.lon_deg, anchor.lat_deg], "no outline this day"
    events = sorted(site.events, key=lambda found: found[0].order)
    return {
        "id": site.id,
        "name": target.names.in_language(language),
        "layer": layer,
        "place": None if isinstance(target, Layer) else target.id,
        "footprints": [found.id for found in site.footprints if found.shape is not None],
        "method": next((found.method.value for found in site.footprints if found.shape), None),
        "area": area,
        "lonlat": lonlat,
        "note": note,
        "radius_m": None if isinstance(target, Layer) or area else target.radius_m,
        "events": [_event(event, likely=likely) for event, likely in events],
    }


def _event(event: Event, *, likely: bool) -> dict[str, Json]:
    sources = [said.source for said in event.attributions if said.scope is Scope.EVENT]
    return {
        "id": event.id,
        "title": event.title,
        "theme": event.kind.theme.value,
        "mode": event.mode.value,
        "mode_words": MODE_WORDS[event.mode],
        "vague": not event.period.exact,
        "likely": likely,
        "when": event.period.words,
        "who": ", ".join(dict.fromkeys(sources)),
    }


def metres_words(metres: float) -> str:
    """Return a length in metres as one says it: "410 m", "1.5 km"."""
    return f"{metres / _KILOMETRE_M:,.3g} km" if metres >= _KILOMETRE_M else f"{metres:,.0f} m"
