"""All that the map may ever show of a world, sent to the browser once per version of the data.

What of it stands in the window is decided in the browser (`browser/scene.js`), as `scene` does.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, TypeAlias, cast

from components.draw.style import LAYERS, MODE_WORDS, Mark
from components.model.event import Mode, Scope
from components.model.layer import Layer
from components.model.period import short_day
from components.model.place import Names
from components.model.table import day_number
from components.model.world import PlacedEvent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from components.model.event import Event
    from components.model.layer import Footprint
    from components.model.place import Place
    from components.model.position import Ground, Statement
    from components.model.table import EventTable
    from components.model.world import UnplacedEvent, World

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"

# In this order they stand on the map.
_WEIGHTS = {
    Mode.DEMANDED: 0,
    Mode.PLANNED: 1,
    Mode.ONGOING: 2,
    Mode.HAPPENED: 2,
    Mode.CLAIMED: 3,
    Mode.DENIED: 3,
}
_KILOMETRE_M = 1_000

# Up to here each recorded event goes with its title; beyond, it has one when it is opened.
TITLED = 5_000

# These keep their name on the map when they have no events.
NAMED = frozenset(name for name, style in LAYERS.items() if style.mark in {Mark.BAND, Mark.LINE})


def record(world: World) -> dict[str, Json]:
    """Return footprints, events and drafts with their days, and the sites at which they stand.

    Days are whole numbers from 1 January 1970. `events` are in the order of time; `sites` are
    in the order in which they stand on the map, each with the numbers of its events.
    """
    layers = {layer.id: layer for layer in world.layers}
    sites: dict[str, dict[str, Json]] = {
        f"layer:{name}": _site(layers[name]) for name in sorted(NAMED & layers.keys())
    }
    events_at: dict[str, list[Json]] = {}

    def stand(event: Event, target: Place | Layer, *, likely: bool) -> None:
        # Gaza is the whole of its layer; a crossing is one of its layer's things.
        if (
            not isinstance(target, Layer)
            and target.layer is not None
            and LAYERS[target.layer].mark is not Mark.CROSSING
        ):
            target = layers[target.layer]
        kind = "layer" if isinstance(target, Layer) else "place"
        name = f"{kind}:{target.id}"
        sites.setdefault(name, _site(target))
        standing = events_at.setdefault(name, [])
        # Two mentions may lead to one site; the event counts once there.
        if [event.id, likely] not in standing:
            standing.append([event.id, likely])

    outcomes = (*world.outcomes, *world.drafts)
    for one in outcomes:
        for target, likely in _where(one):
            stand(one.event, target, likely=likely)

    # What somebody takes a position on has a site, whether or not an event stands there.
    grounds: dict[str, Place | Layer] = layers | {place.id: place for place in world.places}
    for statement in world.statements:
        sites.setdefault(_site_id(statement.ground), _site(grounds[statement.ground.id]))

    placed = {one.event.id for one in outcomes if isinstance(one, PlacedEvent)}
    drafts = {one.event.id for one in world.drafts}
    parties = {party.names.en: party.names for party in world.parties}
    order = {f"layer:{name}": number for number, name in enumerate(LAYERS)}
    return {
        "begins": day_number(world.record_span.first),
        "footprints": [
            _footprint(footprint, layer, parties)
            for layer in world.layers
            for footprint in layer.footprints
        ],
        "events": [
            _event(event, placed=event.id in placed, draft=event.id in drafts)
            for event in sorted((one.event for one in outcomes), key=lambda event: event.order)
        ],
        "sites": [
            sites[name] | {"events": events_at.get(name, [])}
            for name in sorted(sites, key=lambda one: (order.get(one, len(order)), one))
        ],
        "positions": [_statement(one) for one in by_weight(world)],
        "rows": _rows(world.table) if len(world.table) <= TITLED else None,
    }


def _where(outcome: PlacedEvent | UnplacedEvent) -> list[tuple[Place | Layer, bool]]:
    """Return where an event stands, and whether that is only likely."""
    if isinstance(outcome, PlacedEvent):
        return [(site.target, False) for site in outcome.sites]
    return [] if outcome.likely is None else [(outcome.likely, True)]


def _footprint(footprint: Footprint, layer: Layer, parties: Mapping[str, Names]) -> dict[str, Json]:
    shape = footprint.shape
    # A point of the shape itself: the centre of a bent line or a crescent lies beside it.
    point = None if shape is None else shape.representative_point()
    return {
        "id": footprint.id,
        "layer": footprint.layer,
        "place": footprint.place,
        "first": day_number(footprint.period.first),
        "last": day_number(footprint.period.last),
        "names": asdict(footprint.names or layer.names),
        "label": footprint.status_words or footprint.label,
        "accuracy": f"{footprint.method}, ± {metres_words(footprint.accuracy_m)}",
        "method": footprint.method.value,
        "lonlat": None if point is None else [point.x, point.y],
        "area": shape is not None and shape.area > 0,
        # Who took it last stands first.
        "held": [
            [
                asdict(parties.get(one.holder) or Names(*[one.holder] * 3)),
                day_number(one.period.first),
                day_number(one.period.last),
                one.source.told,
            ]
            for one in sorted(footprint.control, key=lambda one: one.period.first, reverse=True)
        ],
    }


def by_weight(world: World) -> list[Statement]:
    """Return what is wanted before what is done and what is claimed, by party, latest first."""
    order = {party.id: number for number, party in enumerate(world.parties)}
    latest_first = reversed(world.statements)
    return sorted(
        latest_first,
        key=lambda one: (_WEIGHTS[one.mode], order.get(one.party.id, len(order)), one.party.id),
    )


def _statement(one: Statement) -> dict[str, Json]:
    """Return a position with the days on which it stands: what is known by then, and hindsight."""
    days = [
        [
            day_number(one.known_from(hindsight=hindsight)),
            None if over is None else day_number(over) - 1,
        ]
        for hindsight, over in ((False, one.superseded), (True, one.superseded_in_hindsight))
    ]
    party = one.party.names.en
    return {
        "at": _site_id(one.ground),
        "party": asdict(one.party.names),
        "one": one.one,
        "many": one.many,
        "event": one.event,
        "mode": MODE_WORDS[one.mode],
        "source": f"{one.publisher}, {short_day(one.published)}",
        # Who says so, but for the party itself.
        "who": " and ".join(
            source for source in one.sources if source.casefold() not in party.casefold()
        ),
        "days": cast("Json", days),
    }


def _site_id(ground: Ground) -> str:
    return f"layer:{ground.id}" if ground.place is None else f"place:{ground.id}"


def _site(target: Place | Layer) -> dict[str, Json]:
    """Return a site without events: a layer, one thing of a layer, or a place of its own."""
    names: Json = asdict(target.names)
    if isinstance(target, Layer):
        anchors = LAYERS[target.id].anchors
        return {
            "id": f"layer:{target.id}",
            "names": names,
            "layer": target.id,
            "place": None,
            "of": target.id,
            "lonlat": None,
            "area": False,
            "radius_m": None,
            # Its events stay on the map on days on which it has no outline.
            "anchor": [anchors[0].lon_deg, anchors[0].lat_deg] if anchors else None,
            "named": target.id in NAMED,
        }
    point = None if target.shape is None else target.shape.representative_point()
    return {
        "id": f"place:{target.id}",
        "names": names,
        "layer": None,
        "place": target.id,
        "of": target.layer,
        "lonlat": None if point is None else [point.x, point.y],
        "area": target.shape is not None and target.shape.area > 0,
        "radius_m": target.radius_m,
        "anchor": None,
        "named": False,
    }


def _event(event: Event, *, placed: bool, draft: bool) -> dict[str, Json]:
    sources = [said.source for said in event.attributions if said.scope is Scope.EVENT]
    return {
        "id": event.id,
        "title": event.title,
        "theme": event.kind.theme.value,
        "mode": event.mode.value,
        "placed": placed,
        "draft": draft,
        "vague": not event.period.exact,
        "when": event.when,
        "who": ", ".join(dict.fromkeys(sources)),
        "first": day_number(event.period.first),
        "last": day_number(event.period.last),
    }


def _rows(table: EventTable) -> list[Json]:
    """Return title and source of each row of a small table."""
    records = (table.words.record(row) for row in range(len(table)))
    return [[one.title, one.source] for one in records]


def metres_words(metres: float) -> str:
    """Return a length in metres as one says it: "410 m", "1.5 km"."""
    return f"{metres / _KILOMETRE_M:,.3g} km" if metres >= _KILOMETRE_M else f"{metres:,.0f} m"
