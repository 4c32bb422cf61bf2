"""The URL as a declared schema: a view becomes a query, and any query becomes a view."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from components.model.event import Theme
from components.model.period import Period
from components.model.place import Language
from components.model.view import Below, Camera, View

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from components.model.world import World

PLACES = "places"
LONGEST = 2_000
REACH = {"lon": (24, 42), "lat": (24, 37), "zoom": (6, 16)}
_SHOWN = 60
_DECIMALS = 5


def opening_view(world: World) -> View:
    """Return the view of a visitor who chose nothing: all events, all layers, Gaza."""
    layers = frozenset(layer.id for layer in world.layers)
    return View(window=world.events_span, layers=layers | {PLACES})


def query_of(view: View, opening: View) -> dict[str, str]:
    """Return the query parameters in which a view differs from the opening view."""
    usual = _words(opening)
    return {name: text for name, text in _words(view).items() if text != usual[name]}


def words_of(view: View) -> dict[str, str]:
    """Return a view as query parameters, whole: so it is kept in a briefing."""
    # What is not chosen is left out; no layer at all is a choice.
    return {
        name: text for name, text in _words(view).items() if text or name in {"layers", "events"}
    }


def _words(view: View) -> dict[str, str]:
    return {
        "from": view.window.first.isoformat(),
        "to": view.window.last.isoformat(),
        "show": "cumulative" if view.cumulative else "window",
        "layers": ",".join(sorted(view.layers)),
        "events": ",".join(sorted(view.themes)),
        "event": view.event or "",
        "layer": view.layer or "",
        "lang": view.language.value,
        "camera": _camera_words(view.camera),
        "tiles": "on" if view.tiles else "off",
        "drafts": "1" if view.drafts else "0",
        "positions": "1" if view.positions else "0",
        "hindsight": "1" if view.hindsight else "0",
        "below": view.below.value,
        "compare": view.compare.isoformat() if view.compare else "",
        "rows": "party" if view.by_party else "corridor",
    }


def view_of(query: Mapping[str, str], world: World) -> tuple[View, tuple[str, ...]]:
    """Return the view that a query asks for, and a notice for each part that made no sense.

    No query raises: what cannot be read is left as in the opening view.

    Parameters
    ----------
    query : mapping of str to str
        Query parameters as decoded from a URL; hostile until shown otherwise.
    world : World
        Gives the known ids and days.
    """
    view = opening_view(world)
    notices: list[str] = []
    readers: dict[str, Callable[[str], View]] = {
        "from": lambda text: replace(view, window=Period.of(_known_day(text, world), date.max)),
        "to": lambda text: replace(view, window=_until(view, _known_day(text, world), notices)),
        "show": lambda text: replace(view, cumulative=_one_of(text, "window", "cumulative") == 1),
        "layers": lambda text: replace(
            view, layers=frozenset(_each_of(text, opening_view(world).layers, notices))
        ),
        "events": lambda text: replace(
            view, themes=frozenset(map(Theme, _each_of(text, frozenset(Theme), notices)))
        ),
        "event": lambda text: replace(
            view,
            event=text if world.table.words.row_of(text) is not None else _known_event(text, world),
        ),
        "layer": lambda text: replace(
            view,
            event=None,
            layer=_known(text, {layer.id for layer in world.layers}, "layer"),
        ),
        "lang": lambda text: replace(view, language=Language(text)),
        "camera": lambda text: replace(view, camera=_camera(text)),
        "tiles": lambda text: replace(view, tiles=_one_of(text, "off", "on") == 1),
        "drafts": lambda text: replace(view, drafts=_one_of(text, "0", "1") == 1),
        "positions": lambda text: replace(view, positions=_one_of(text, "0", "1") == 1),
        "hindsight": lambda text: replace(view, hindsight=_one_of(text, "0", "1") == 1),
        "below": lambda text: replace(
            view, below=Below(_known(text, {*Below}, "part of the page"))
        ),
        "compare": lambda text: replace(view, compare=_known_day(text, world)),
        "rows": lambda text: replace(view, by_party=_one_of(text, "corridor", "party") == 1),
    }
    for name, read in readers.items():
        text = query.get(name)
        if text is None:
            continue
        if len(text) > LONGEST:
            notices.append(f"{name}: {len(text):,} characters; at most {LONGEST:,} are read")
            continue
        try:
            view = read(text)
        except (ValueError, OverflowError) as error:
            notices.append(f"{name}={text[:_SHOWN]}: {error}")
    if view.window.stands:  # a first day alone: up to the usual last day, if that is later
        first, usual = view.window.first, opening_view(world).window.last
        last = usual if first <= usual else world.record_span.last
        view = replace(view, window=Period.of(first, last))
    return view, tuple(notices)


def kept_view_of(words: Mapping[str, str], world: World) -> tuple[View, tuple[str, ...]]:
    """Return the view that a scene keeps, and all that it asks for and the world does not hold.

    Unlike a link that makes no sense, a scene of which no layer is left shows none.
    """
    view, notices = view_of(words, world)
    asked = {name: set(words.get(name, "").split(",")) - {""} for name in ("layers", "events")}
    if asked["layers"] and not asked["layers"] & opening_view(world).layers:
        view = replace(view, layers=frozenset())
    if asked["events"] and not asked["events"] & set(Theme):
        view = replace(view, themes=frozenset())
    strange = sorted(words.keys() - _words(view).keys())
    return view, (*notices, *(f"{one[:_SHOWN]}: nothing of a view is called so" for one in strange))


def _until(view: View, last: date, notices: list[str]) -> Period:
    """Close the window on its last day; a reversed pair is turned round and told."""
    if last < view.window.first:
        notices.append(f"from is after to; the days were swapped ({last} to {view.window.first})")
    return Period.of(view.window.first, last)


def _known_day(text: str, world: World) -> date:
    day = date.fromisoformat(text)
    if not world.record_span.has(day):
        message = f"the record runs from {world.record_span.first} to {world.record_span.last}"
        raise ValueError(message)
    return day


def _one_of(text: str, *words: str) -> int:
    if text not in words:
        message = f"expected {' or '.join(words)}"
        raise ValueError(message)
    return words.index(text)


def _each_of(text: str, known: frozenset[str], notices: list[str]) -> frozenset[str]:
    """Keep the ids that are known; tell the others."""
    asked = {word for word in text.split(",") if word}
    if asked and not asked & known:
        message = "none of these is known here"
        raise ValueError(message)
    if strange := sorted(asked - known):
        notices.append(f"not known here: {', '.join(strange)[:_SHOWN]}")
    return frozenset(asked & known)


def _known(text: str, known: set[str], what: str) -> str:
    if text not in known:
        message = f"no {what} has this id"
        raise ValueError(message)
    return text


def _known_event(text: str, world: World) -> str:
    """Return the id of the event or draft that a text names, by its own id or a teller's."""
    if event := world.event(text):
        return event.id
    return _known(text, {one.event.id for one in world.drafts}, "event")


def _camera(text: str) -> Camera:
    """Read `lon,lat,zoom`: degrees and a web-map zoom level."""
    try:
        lon_deg, lat_deg, zoom = (float(part) for part in text.split(","))
    except ValueError as error:
        message = "expected lon,lat,zoom in degrees, such as 34.4,31.4,11"
        raise ValueError(message) from error
    return camera_of(lon_deg, lat_deg, zoom)


def camera_of(lon_deg: float, lat_deg: float, zoom: float) -> Camera:
    """Return a camera, rounded as the URL keeps it.

    Raises
    ------
    ValueError
        When it looks outside the basemap (24 to 42 E, 24 to 37 N, zoom 6 to 16).
    """
    limits = zip((lon_deg, lat_deg, zoom), REACH.values(), strict=True)
    if not all(low <= value <= high for value, (low, high) in limits):
        message = "the map covers 24 to 42 E, 24 to 37 N at zoom 6 to 16"
        raise ValueError(message)
    return Camera(round(lon_deg, _DECIMALS), round(lat_deg, _DECIMALS), round(zoom, 2))


def _camera_words(camera: Camera | None) -> str:
    return "" if camera is None else f"{camera.lon_deg},{camera.lat_deg},{camera.zoom}"
