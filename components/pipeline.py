"""The one path: articles and land become a world; a world and a view become a scene.

article.txt -> Article -> Event (evidence >= 1) -> PlacedEvent or UnplacedEvent
                                                        |
geodata/*.geojson -> Layer (footprints with a period) --join--> Link
                                                        |
table.parquet -> EventTable (a million rows, none an object until it is opened)
                                                        |
Event + parties.csv --> Statement: who wants, claims or does what, on which ground

World + View --scene()--> Scene, which `draw` puts on the map and `page` puts in words.

Briefing + World --staged()--> its scenes in order, each with all words that go with it

text --read_text()--> Reading -> drafts, which `components.text.review` makes events, or not.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from heapq import nlargest
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from components.brief.parties import read_parties
from components.brief.phrases import KINDS
from components.brief.positions import Reader, dated, positions_on
from components.brief.sheets import sheet_of
from components.geo.duplicates import decided, likenesses, united
from components.geo.gazetteer import Gazetteer, folded
from components.geo.joining import JOINED_KINDS, named_links, rows_near, spatial_links
from components.geo.layers import read_land
from components.geo.placing import placed, without_wider
from components.geo.resolving import Toponym, resolve
from components.geo.tables import read_tables
from components.geo.world import read_world
from components.model.briefing import Staged
from components.model.draft import State
from components.model.event import Theme
from components.model.link import kept_view_of
from components.model.period import Period
from components.model.place import Names
from components.model.view import Scene
from components.model.world import PlacedEvent, Recorded, UnplacedEvent, World
from components.text.articles import read_articles
from components.text.reading import PlaceNames

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from numpy.typing import NDArray

    from components.geo.layers import Land
    from components.geo.world import WorldGazetteer
    from components.model.article import Article
    from components.model.briefing import Briefing
    from components.model.event import Event, Mention
    from components.model.layer import Footprint, Layer
    from components.model.place import Place
    from components.model.position import Statement
    from components.model.view import View
    from components.text.reading import Found, Reading

__all__ = [
    "JOINED_KINDS",
    "ReadingWithPlaces",
    "build_world",
    "find_place_names",
    "read_text",
    "recorded",
    "recorded_near",
    "scene",
    "staged",
]

_NOTHING_KNOWN = Period.of(date(2023, 10, 7), date(2024, 8, 23))


@dataclass(frozen=True)
class ReadingWithPlaces:
    """What was understood of an article, and the place that each mention of one means.

    Attributes
    ----------
    targets : tuple
        One for each of `reading.places`; None where nothing fits.
    """

    reading: Reading
    targets: tuple[Place | Layer | None, ...]


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
    events, strays = united(library.articles)
    waiting = tuple(
        draft.event
        for article in library.articles
        for draft in article.drafts
        if draft.state is State.OPEN
    )
    gazetteer = _gazetteer(land, geodata, (*events, *waiting))
    outcomes = [placed(event, gazetteer) for event in events]
    drafts = tuple(placed(event, gazetteer) for event in waiting)
    on_the_map = tuple(one for one in outcomes if isinstance(one, PlacedEvent))
    links = (*named_links(events, gazetteer), *spatial_links(on_the_map, land.layers))
    parties, unsound = read_parties(geodata)
    reader = Reader(
        parties,
        land.layers,
        lambda mention: gazetteer.find(mention.name, mention.at),
    )
    statements, silent, elsewhere = _statements(reader, events, library.articles)
    table = tables.table
    periods = (*(event.period for event in events), *([table.span] if table.span else []))
    span = _span(periods) or _NOTHING_KNOWN
    published = (Period.of(one.published, one.published) for one in library.articles)
    return World(
        articles=library.articles,
        events=events,
        layers=land.layers,
        places=land.places,
        placed=on_the_map,
        unplaced=tuple(one for one in outcomes if isinstance(one, UnplacedEvent)),
        links=links,
        faults=(*library.faults, *strays, *tables.faults, *land.faults, *unsound),
        table=table,
        events_span=span,
        record_span=_span((span, *_changes(land.layers), *published)) or span,
        drafts=drafts,
        same=tuple(likenesses((*outcomes, *drafts), decided(library.articles))),
        parties=parties.parties,
        statements=statements,
        silent=silent,
        elsewhere=elsewhere,
    )


def _statements(
    reader: Reader, events: Iterable[Event], articles: Iterable[Article]
) -> tuple[tuple[Statement, ...], frozenset[str], frozenset[str]]:
    """Return the positions that events state, and the events that state none, of two sorts."""
    by_id = {article.id: article for article in articles}
    found: list[Statement] = []
    silent: set[str] = set()
    elsewhere: set[str] = set()
    for event in events:
        stated = [
            statement
            for one in (event, *event.also)
            for statement in reader.statements(one, by_id[one.evidence[0].article], event.id)
        ]
        found += stated
        if not stated and event.kind in KINDS:
            elsewhere.add(event.id)
        elif not stated and reader.has_ground(event, by_id[event.evidence[0].article]):
            silent.add(event.id)
    return dated(found), frozenset(silent), frozenset(elsewhere)


def read_text(
    text: str, *, published: date, article: str, publisher: str, geodata: Path
) -> ReadingWithPlaces:
    """Read an article and find the places that it names.

    The reader and the names of the world are loaded at the first call, which takes seconds: the
    map does without both.

    Parameters
    ----------
    article : str
        Id of the article, for the ids of its events.

    Returns
    -------
    ReadingWithPlaces
        Its events say in `Mention.at` which place is meant, where their names alone do not.
    """
    from components.text.reader import read  # noqa: PLC0415 (loads spaCy, which the map never needs)

    gazetteer = _read_gazetteer(geodata)
    world = _read_world(geodata)
    names = PlaceNames(gazetteer.curated_names, world.names, world.demonyms)
    reading = read(text, published=published, article=article, publisher=publisher, names=names)
    toponyms = [Toponym(one.name, one.within) for one in reading.places]
    targets = resolve(toponyms, gazetteer)
    meant: dict[str, Place | Layer] = {}
    for one, target in zip(reading.places, targets, strict=True):
        if target is not None:
            for name in (one.name, one.text):
                meant.setdefault(folded(name), target)

    def placed_as_meant(found: Found) -> Found:
        def told(mention: Mention) -> Mention:
            target = meant.get(folded(mention.name))
            if mention.at or target is None or folded(mention.name) in gazetteer.by_name:
                return mention
            return replace(mention, at=target.id)

        places = without_wider(tuple(map(told, found.event.places)), gazetteer)
        return replace(found, event=replace(found.event, places=places))

    events = tuple(placed_as_meant(found) for found in reading.events)
    return ReadingWithPlaces(replace(reading, events=events), targets)


def find_place_names(words: str, geodata: Path, most: int = 20) -> tuple[Place | Layer, ...]:
    """Return the places whose names begin with some words, for one of them to be chosen.

    Those of this project come first, then the world's, the likeliest first; those have the name
    of their country behind their own.
    """
    begin = folded(words)
    if not begin:
        return ()
    gazetteer, world = _read_gazetteer(geodata), _read_world(geodata)
    curated = (target for name, target in gazetteer.by_name.items() if name.startswith(begin))
    names = [name for name in world.names if name.startswith(begin) and name != begin]
    candidates = (
        *world.candidates(words),
        *nlargest(
            most,
            (one for name in names for one in world.candidates(name)[:1]),
            key=lambda one: one.weight,
        ),
    )
    known = (_with_its_country(world.place(one.row), one.country, world) for one in candidates)
    found: dict[str, Place | Layer] = {}
    for target in (*curated, *known):
        found.setdefault(target.id, target)
    return tuple(islice(found.values(), most))


def _with_its_country(place: Place, code: str, world: WorldGazetteer) -> Place:
    """Return a place under a name that tells it from others of the same name."""
    country = world.place_of(f"iso:{code}")
    if country is None or country.id == place.id:
        return place
    name = f"{place.names.en}, {country.names.en}"
    return replace(place, names=Names(name, name, name))


@lru_cache(maxsize=1)
def _read_world(geodata: Path) -> WorldGazetteer:
    """Read the names of the world, once."""
    return read_world(geodata)


@lru_cache(maxsize=1)
def _read_gazetteer(geodata: Path) -> Gazetteer:
    """Read the gazetteer with all names of the world, once."""
    land = read_land(geodata)
    return Gazetteer.of(land.layers, land.places, _read_world(geodata))


def _gazetteer(land: Land, geodata: Path, events: Iterable[Event]) -> Gazetteer:
    """Return the gazetteer that some events need; the whole world is read only when it is named."""
    gazetteer = Gazetteer.of(land.layers, land.places)
    for event in events:
        for mention in event.places:
            # Without a capital it is no name of the world's ("the region").
            named = mention.at or mention.name.removeprefix("the ")[:1].isupper()
            if named and gazetteer.find(mention.name, mention.at) is None:
                return Gazetteer.of(land.layers, land.places, _read_world(geodata))
    return gazetteer


def scene(world: World, view: View) -> Scene:
    """Return what a view sees of the world; every event is in exactly one of its four tuples.

    A row of the table is in `recorded` or in one of the two counts beside it, and a draft in
    one of its two tuples or of the two counts. An event is in the
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
    waiting = [one for one in world.drafts if one.event.period.meets(window)]
    drafts = [one for one in waiting if view.drafts and one.event.kind.theme in view.themes]
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
        drafts=tuple(one for one in drafts if isinstance(one, PlacedEvent)),
        drafts_unplaced=tuple(one for one in drafts if isinstance(one, UnplacedEvent)),
        drafts_hidden=len(waiting) - len(drafts),
        drafts_outside=len(world.drafts) - len(waiting),
        positions=positions_on(world.statements, window.last, hindsight=view.hindsight),
    )


def staged(world: World, briefing: Briefing) -> tuple[Staged, ...]:
    """Return the scenes of a briefing as the world shows them, each with its words.

    What a scene names and the world does not hold is left out of it and told in its `missing`.
    """
    found: list[Staged] = []
    for number, kept in enumerate(briefing.scenes, start=1):
        view, missing = kept_view_of(kept.view, world)
        seen = scene(world, view)
        sheet = sheet_of(
            world,
            seen,
            kept,
            number=number,
            count=len(briefing.scenes),
            missing=missing,
            opened=recorded(world, view.event) if view.event else None,
        )
        found.append(Staged(kept.id, view, seen, sheet))
    return tuple(found)


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
