"""Rows of the timeline: corridors and crossings with their states, or parties; who stands where."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from components.draw.lanes import packed
from components.draw.states import bands, tints
from components.model.event import Basis, Mode, Role
from components.model.place import Names
from components.model.world import How, PlacedEvent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from components.draw.lanes import Bar
    from components.draw.states import Band
    from components.model.event import Event
    from components.model.layer import Footprint
    from components.model.period import Period
    from components.model.place import Language
    from components.model.position import Party
    from components.model.world import Link, UnplacedEvent, World

    Outcome = PlacedEvent | UnplacedEvent

_LINES = frozenset({"corridor", "border"})
_CROSSING = "crossing"
_CROSSINGS = "crossings"
STATED = _LINES | {_CROSSINGS}
_ELSEWHERE = Names("Elsewhere", "أماكن أخرى", "מקומות אחרים")
_NOBODY = Names("Nobody named", "لم يُسمَّ أحد", "לא צוין איש")


class Group(NamedTuple):
    """What one row is about, and the events that belong there.

    Attributes
    ----------
    layer, place : str or None
        What is opened from its name.
    footprints : sequence of Footprint
        Its states.
    """

    id: str
    names: Names
    events: Sequence[Event]
    layer: str | None = None
    place: str | None = None
    footprints: Sequence[Footprint] = ()


@dataclass(frozen=True)
class Row:
    """One row, with everything in its lane.

    Attributes
    ----------
    bands : tuple of tuple of Band
        A tuple a lane.
    """

    id: str
    name: str
    layer: str | None
    place: str | None
    bands: tuple[tuple[Band, ...], ...]
    bars: tuple[Bar, ...]

    @property
    def lanes(self) -> int:
        """How many lanes its events take."""
        return max((bar.lane + 1 for bar in self.bars), default=0)


def rows(
    groups: Iterable[Group], world: World, span: Period, language: Language
) -> tuple[Row, ...]:
    """Return the rows from top to bottom; one in which nothing would stand is left out.

    Parameters
    ----------
    span : Period
        From the slider's first to its last day.
    """
    tint = tints(world.layers)
    found = (
        Row(
            one.id,
            one.names.in_language(language),
            one.layer,
            one.place,
            bands(one.footprints, span, tint),
            packed(one.events, span),
        )
        for one in groups
    )
    return tuple(row for row in found if row.bands or row.bars)


def by_corridor(
    outcomes: Iterable[Outcome], world: World, layers: frozenset[str]
) -> Iterator[Group]:
    """Yield a group for each corridor, the border, each crossing, and one for what is elsewhere.

    An event is in the group of everything that it is about: what positions are read from it
    stands where they stand; else it is where it takes place, or its topic, or what holds it.

    Parameters
    ----------
    layers : frozenset of str
        Ids of the layers that are on; the states of the others are not shown.
    """
    lines = [layer for layer in world.layers if layer.kind in _LINES]
    crossings = [place for place in world.places if place.kind == _CROSSING]
    known = frozenset({line.id for line in lines} | {place.id for place in crossings})
    grounds = _Grounds(world, known)
    at: dict[str, list[Event]] = defaultdict(list)
    for one in outcomes:
        for ground in sorted(grounds.of(one)) or [""]:
            at[ground].append(one.event)
    for line in lines:
        states = line.footprints if line.id in layers else ()
        yield Group(line.id, line.names, at[line.id], line.id, None, states)
    layer = next((one for one in world.layers if one.kind == _CROSSINGS), None)
    of_place: dict[str | None, list[Footprint]] = defaultdict(list)
    for footprint in layer.footprints if layer and layer.id in layers else ():
        of_place[footprint.place].append(footprint)
    for place in crossings:
        opens = layer.id if layer else None
        yield Group(place.id, place.names, at[place.id], opens, place.id, of_place[place.id])
    yield Group("", _ELSEWHERE, at[""])


def by_party(
    outcomes: Iterable[Outcome], world: World, find: Callable[[str], Party]
) -> Iterator[Group]:
    """Yield a group for each party: those on the list, the others by name, then for nobody.

    Parameters
    ----------
    find : callable
        From a name to the party that it means.
    """
    names = {party.id: party.names for party in world.parties}
    strangers: dict[str, Names] = {}
    at: dict[str, list[Event]] = defaultdict(list)
    for one in outcomes:
        parties = parties_of(one.event, find)
        strangers |= {party.id: party.names for party in parties if party.id not in names}
        for ident in [party.id for party in parties] or [""]:
            at[ident].append(one.event)
    by_name = sorted(strangers, key=lambda ident: (strangers[ident].en.casefold(), ident))
    for ident in (*names, *by_name):
        yield Group(ident, names.get(ident) or strangers[ident], at[ident])
    yield Group("", _NOBODY, at[""])


def parties_of(event: Event, find: Callable[[str], Party]) -> list[Party]:
    """Return who does or says something in an event, each once.

    Not whom it is done to or asked of, and not who is only claimed to have done it.
    """
    found: dict[str, Party] = {}
    for one in (event, *event.also):
        others = {"target"}
        if one.mode in {Mode.CLAIMED, Mode.DENIED}:
            others.add("said to act")
        for actor in one.actors:
            if actor.role not in others:
                party = find(actor.name)
                found.setdefault(party.id, party)
    return list(found.values())


class _Grounds:
    """Finds out which of the known corridors, borders and crossings an event belongs to."""

    def __init__(self, world: World, known: frozenset[str]) -> None:
        self.known = known
        self.places = {
            footprint.id: footprint.place
            for layer in world.layers
            for footprint in layer.footprints
        }
        self.stated: dict[str, set[str]] = defaultdict(set)
        for statement in world.statements:
            self.stated[statement.event].add(statement.ground.id)
        self.links: dict[str, list[Link]] = defaultdict(list)
        for link in world.links:
            self.links[link.event].append(link)

    def of(self, one: Outcome) -> frozenset[str]:
        """Return their ids; none when it is elsewhere."""
        event = one.event
        stated = {ground for told in (event, *event.also) for ground in self.stated[told.id]}
        links = self.links[event.id]
        sites = one.sites if isinstance(one, PlacedEvent) else ()
        named = {
            role: {
                link.layer
                for link in links
                if link.how is How.NAMED and link.role is role and link.basis is not Basis.GUESSED
            }
            for role in (Role.EVENT, Role.TOPIC)
        }
        holding = [link for link in links if link.how is How.INSIDE]
        choices = (
            stated,
            named[Role.EVENT] | {site.target.id for site in sites},
            named[Role.TOPIC],
            {link.layer for link in holding}
            | {self.places.get(link.footprint or "") or "" for link in holding},
        )
        return next((found for ids in choices if (found := self.known & ids)), frozenset())
