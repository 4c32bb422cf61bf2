"""The one path: articles and land become a world; a world and a view become a scene.

article.txt -> Article -> Event (evidence >= 1) -> PlacedEvent or UnplacedEvent
                                                        |
geodata/*.geojson -> Layer (footprints with a period) --join--> Link
                                                        |
table.parquet -> EventTable (a million rows, none an object until it is opened)
                                                        |
World + View --scene()--> Scene, which `draw` puts on the map and `page` puts in words.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from components.geo.gazetteer import Gazetteer
from components.geo.joining import JOINED_KINDS, named_links, rows_near, spatial_links
from components.geo.layers import read_land
from components.geo.placing import placed
from components.geo.tables import read_tables
from components.model.event import Theme
from components.model.period import Period
from components.model.view import Scene
from components.model.world import PlacedEvent, Recorded, UnplacedEvent, World
from components.text.articles import read_articles

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from numpy.typing import NDArray

    from components.model.layer import Footprint, Layer
    from components.model.view import View

__all__ = ["JOINED_KINDS", "build_world", "recorded", "recorded_near", "scene"]

_NOTHING_KNOWN = Period.of(date(2023, 10, 7), date(2024, 8, 23))


def build_world(seeds: Path, geodata: Path) -> World:
    """Read the articles and the land, place every event and tie it to the corridors.

    Parameters
    ----------
    seeds : Path
        Folder of articles, `NAME.txt` with `NAME.json` beside it, and of tables of recorded
        events, `NAME.parquet`.
    geodata : Path
        Folder of the layers, the gazetteer and the basemap (GeoJSON, WGS 84).

    Returns
    -------
    World
        Broken records are left out and stand in its `faults`.
    """
    library = read_articles(seeds)
    tables = read_tables(seeds)
    land = read_land(geodata)
    gazetteer = Gazetteer.of(land.layers, land.places)
    events = tuple(
        sorted(
            (event for article in library.articles for event in article.events),
            key=lambda event: event.order,
        )
    )
    outcomes = [placed(event, gazetteer) for event in events]
    on_the_map = tuple(one for one in outcomes if isinstance(one, PlacedEvent))
    links = (*named_links(events, gazetteer), *spatial_links(on_the_map, land.layers))
    table = tables.table
    periods = (*(event.period for event in events), *([table.span] if table.span else []))
    span = _span(periods) or _NOTHING_KNOWN
    return World(
        articles=library.articles,
        events=events,
        layers=land.layers,
        places=land.places,
        placed=on_the_map,
        unplaced=tuple(one for one in outcomes if isinstance(one, UnplacedEvent)),
        links=links,
        faults=(*library.faults, *tables.faults, *land.faults),
        table=table,
        events_span=span,
        record_span=_span((span, *_changes(land.layers))) or span,
    )


def scene(world: World, view: View) -> Scene:
    """Return what a view sees of the world; every event is in exactly one of its four tuples.

    A row of the table is in `recorded` or in one of the two counts beside it. An event is in the
    window when its period meets the window; a footprint, when its period has the window's last
    day.
    """
    window = view.window
    if view.cumulative:
        window = Period.of(min(world.record_span.first, window.first), window.last)
    seen = {
        one.event.id
        for one in world.outcomes
        if one.event.period.meets(window) and one.event.kind.theme in view.themes
    }
    shown = world.table.rows_in(window, view.themes)
    hidden = len(world.table.rows_in(window, frozenset(Theme) - view.themes))
    unseen = [one.event for one in world.outcomes if one.event.id not in seen]
    return Scene(
        view=view,
        window=window,
        placed=tuple(one for one in world.placed if one.event.id in seen),
        unplaced=tuple(one for one in world.unplaced if one.event.id in seen),
        hidden=tuple(event for event in unseen if event.period.meets(window)),
        outside=tuple(event for event in unseen if not event.period.meets(window)),
        footprints=tuple(
            footprint
            for layer in world.layers
            if layer.id in view.layers
            for footprint in layer.on(window.last)
        ),
        links=tuple(link for link in world.links if link.event in seen),
        rejected=sum(fault.rejected_events for fault in world.faults),
        recorded=shown,
        recorded_hidden=hidden,
        recorded_outside=len(world.table) - len(shown) - hidden,
    )


def recorded(world: World, event_id: str) -> Recorded | None:
    """Return a recorded event with its sentence and its ties to the land; None when none is it."""
    row = world.table.words.row_of(event_id)
    if row is None:
        return None
    opened, article = world.table.opened(row)
    return Recorded(opened, article, tuple(spatial_links([opened], world.layers)))


def recorded_near(world: World, footprints: Iterable[Footprint]) -> NDArray[np.bool_]:
    """Return for each row of the table whether it lies inside footprints or within 5 km of one."""
    shapes = [one.shape for one in footprints if one.shape is not None]
    near = np.zeros(len(world.table), np.bool_)
    near[rows_near(world.table, shapes, np.arange(len(near), dtype=np.int32))] = True
    return near


def _span(periods: Iterable[Period]) -> Period | None:
    """Return the days from the first to the last one that is known; None when none is."""
    days = [
        day
        for period in periods
        for day, known in ((period.first, not period.opens), (period.last, not period.stands))
        if known
    ]
    return Period.of(min(days), max(days)) if days else None


def _changes(layers: Iterable[Layer]) -> Iterable[Period]:
    """Return the period of every footprint and of who held it."""
    for layer in layers:
        for footprint in layer.footprints:
            yield footprint.period
            for control in footprint.control:
                yield control.period
