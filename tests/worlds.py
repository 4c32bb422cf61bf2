"""Small model objects for tests; real types, made-up content."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from itertools import count
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from shapely.geometry import Point, box

from components.geo.tables import ROWS, event_table
from components.model.article import Article, Evidence
from components.model.draft import Draft, State
from components.model.event import Attribution, Basis, Event, Kind, Mention, Mode, Role, Scope
from components.model.layer import Footprint, Layer, Measures, Method, Source
from components.model.period import Period
from components.model.place import Names, Place
from components.model.world import PlacedEvent, Site, UnplacedEvent, World

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from components.model.table import EventTable

_NUMBER = count()
SOURCE = Source("Somebody", "2024", checked=False)
BAND = box(34.40, 31.44, 34.45, 31.46)


def names(name: str) -> Names:
    """Return a name that is the same in the three languages."""
    return Names(name, name, name)


def event(edtf: str = "2024-08-22", **changes: Any) -> Event:
    """Return an event with made-up evidence; `changes` replace fields."""
    number = next(_NUMBER)
    fields: dict[str, Any] = {
        "id": f"made-up:{number}-{number + 1}:talks",
        "kind": Kind.TALKS,
        "mode": Mode.HAPPENED,
        "title": f"Event {number}",
        "actors": (),
        "places": (),
        "period": Period.from_edtf(edtf),
        "date_words": None,
        "date_reason": "made up",
        "attributions": (Attribution("Somebody", None, Scope.EVENT),),
        "quantities": (),
        "evidence": (Evidence("made-up", number, number + 1, "."),),
    }
    return Event(**fields | changes)


def article(name: str = "made-up", text: str = "Talks began.", **changes: Any) -> Article:
    """Return an article without events; `changes` replace fields."""
    fields: dict[str, Any] = {
        "id": name,
        "text": text,
        "headline": "Talks",
        "publisher": "A paper",
        "dateline": None,
        "byline": None,
        "url": None,
        "published": date(2024, 8, 22),
        "published_reason": "made up",
        "sha256": sha256(text.encode()).hexdigest(),
        "events": (),
    }
    return Article(**fields | changes)


def told(of: Article, words: str, kind: Kind = Kind.TALKS, **changes: Any) -> Event:
    """Return an event whose evidence is where an article has some words."""
    start = of.text.index(words)
    stop = start + len(words)
    fields = {
        "id": f"{of.id}:{start}-{stop}:{kind}",
        "kind": kind,
        "evidence": (Evidence(of.id, start, stop, words),),
        "period": Period.from_edtf(str(of.published)),
    }
    return event(**fields | changes)


def draft(of: Event, state: State = State.OPEN) -> Draft:
    """Return the draft of an event."""
    return Draft(of, "It says so.", state)


def mention(name: str, role: Role = Role.EVENT, basis: Basis = Basis.STATED) -> Mention:
    """Return a place as an article names it."""
    return Mention(name, role, basis)


def place(name: str, shape: BaseGeometry | None = None, **changes: Any) -> Place:
    """Return a gazetteer place, at a point of the sea unless told otherwise."""
    fields: dict[str, Any] = {
        "id": name.lower(),
        "names": names(name),
        "aliases": (),
        "kind": "city",
        "shape": shape or Point(33.0, 32.0),
        "radius_m": 1000.0,
        "accuracy_m": 100.0,
        "layer": None,
        "source": "made up",
    }
    return Place(**fields | changes)


def footprint(
    first: date = date.min, last: date = date.max, shape: BaseGeometry | None = BAND, **changes: Any
) -> Footprint:
    """Return a footprint of a layer called "corridor"."""
    fields: dict[str, Any] = {
        "id": f"corridor:{next(_NUMBER)}",
        "layer": "corridor",
        "place": None,
        "names": None,
        "label": "A strip",
        "period": Period.of(first, last),
        "shape": shape,
        "control": (),
        "accuracy_m": 100.0,
        "method": Method.DERIVED,
        "width_m": None,
        "published_value": None,
        "source": SOURCE,
        "note": None,
        "status": None,
        "status_words": None,
        "measures": Measures(None, None),
    }
    return Footprint(**fields | changes)


def layer(*footprints: Footprint, name: str = "Corridor", kind: str = "corridor") -> Layer:
    """Return a layer; its id is its name in lower case."""
    return Layer(name.lower(), kind, names(name), (), "A strip of land.", footprints)


def row(period: Period | None = None, **changes: Any) -> dict[str, Any]:
    """Return a recorded event, as a sound row of a file is once read."""
    number = next(_NUMBER)
    period = period or Period.of(date(2024, 8, 22), date(2024, 8, 22))
    fields: dict[str, Any] = {
        "id": f"made-up:{number}",
        "title": f"Event {number}",
        "kind": "talks",
        "mode": "happened",
        "first": None if period.opens else period.first,
        "last": None if period.stands else period.last,
        "radius_m": 500.0,
        "source": "Somebody",
        "publisher": "A paper",
        "published": date(2024, 8, 23),
        "quote": f"It happened, says number {number}.",
        "lon_deg": 34.42,
        "lat_deg": 31.45,
    }
    return fields | changes


def table(*rows: dict[str, Any]) -> EventTable:
    """Return the table of these rows, sorted as every table is."""
    return event_table(pa.Table.from_pylist(list(rows), schema=ROWS))


def world(
    placed: tuple[Event, ...] = (),
    unplaced: tuple[Event, ...] = (),
    layers: tuple[Layer, ...] = (),
    **changes: Any,
) -> World:
    """Return a world; placed events stand at one made-up place."""
    site = Site(mention("Nowhere"), place("Nowhere"))
    span = Period.of(date(2023, 10, 7), date(2024, 8, 23))
    fields: dict[str, Any] = {
        "articles": (),
        "events": tuple(sorted((*placed, *unplaced), key=lambda one: one.order)),
        "layers": layers,
        "places": (site.target,),
        "placed": tuple(PlacedEvent(one, (site,)) for one in placed),
        "unplaced": tuple(UnplacedEvent(one, "no place", None) for one in unplaced),
        "links": (),
        "faults": (),
        "table": table(),
        "events_span": span,
        "record_span": Period.of(date(1979, 1, 1), date(2026, 2, 2)),
    }
    return World(**fields | changes)
