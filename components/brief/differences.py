"""What differs between two days: land, control, crossings, events in between, positions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import reduce
from operator import add
from typing import TYPE_CHECKING, Generic, TypeVar

import numpy as np

from components.brief.positions import positions_on
from components.geo.extent import NOTHING, extent_of
from components.model.event import Mode
from components.model.period import Period
from components.model.table import day_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from shapely.geometry.base import BaseGeometry

    from components.geo.extent import Area, Extent
    from components.model.event import Event
    from components.model.layer import Control, Footprint, Layer
    from components.model.place import Names
    from components.model.position import Position, Statement
    from components.model.table import EventTable
    from components.model.world import World

_CORRIDOR = "corridor"
_LAND = frozenset({_CORRIDOR, "border"})
_CROSSINGS = "crossings"
_GAZA = "area"

T = TypeVar("T")


@dataclass(frozen=True)
class Land:
    """A corridor or the border on one day.

    Attributes
    ----------
    footprints : tuple of Footprint
        Those that stood; each has its label, its source and its note.
    extent : Extent or None
        None when nothing of it can be measured; `lack` says why.
    """

    footprints: tuple[Footprint, ...]
    extent: Extent | None

    @property
    def area(self) -> Area | None:
        """How large it is."""
        return self.extent.area if self.extent else None

    @property
    def lack(self) -> str | None:
        """Why it has no area; None when it has one."""
        if self.extent:
            return None
        if not self.footprints:
            return "nothing is on record"
        drawn = any(one.shape is not None for one in self.footprints)
        return "a line only, no outline" if drawn else "no outline"


@dataclass(frozen=True)
class LandChange:
    """A corridor or the border on both days.

    Attributes
    ----------
    gained, lost : Area or None
        What it takes up on the later day only, or on the earlier day only. None when it has no
        area on one of the days.
    """

    layer: Layer
    then: Land
    now: Land
    gained: Area | None
    lost: Area | None

    @property
    def same(self) -> bool:
        """Whether nothing is reported to have changed."""
        return self.then.footprints == self.now.footprints

    @property
    def measured(self) -> tuple[Area, Area, Area, Area] | None:
        """Its area then and now, what it gained and lost; None when one of the days has none."""
        figures = (self.then.area, self.now.area, self.gained, self.lost)
        return None if None in figures else figures  # type: ignore[return-value]


@dataclass(frozen=True)
class Total:
    """All corridors together that have an area on both days."""

    of: tuple[Layer, ...]
    left_out: tuple[Layer, ...]
    then: Area
    now: Area
    gained: Area
    lost: Area


@dataclass(frozen=True)
class Change(Generic[T]):
    """What was so on the earlier day only, on the later day only, and on both."""

    before: tuple[T, ...]
    after: tuple[T, ...]
    still: tuple[T, ...]

    @property
    def differs(self) -> bool:
        """Whether the two days differ in it."""
        return bool(self.before or self.after)


@dataclass(frozen=True)
class ControlChange:
    """Who held some ground, by each source; the ground has several names if it is as one."""

    grounds: tuple[Names, ...]
    held: Change[Control]


@dataclass(frozen=True)
class CrossingChange:
    """A crossing on both days; on a day on which none is on record it has no footprint."""

    names: Names
    then: tuple[Footprint, ...]
    now: tuple[Footprint, ...]

    @property
    def differs(self) -> bool:
        """Whether it has another state than it had."""
        return {one.status for one in self.then} != {one.status for one in self.now}


@dataclass(frozen=True)
class PositionChange:
    """What a party wanted, claimed or did on some ground, and what it does now."""

    stances: Change[Position]

    @property
    def about(self) -> Statement:
        """A statement that has the party, the ground and the subject."""
        return (self.stances.after or self.stances.before)[0].latest


@dataclass(frozen=True)
class Between:
    """Events that begin after the earlier day and not after the later one.

    Attributes
    ----------
    begun : tuple of Event
        Those that do, by the first day that they may have.
    perhaps : tuple of Event
        Those that may: their start is not known, or their days reach over the earlier day.
    went_on : tuple of Event
        Those that were going on by the earlier day.
    recorded, recorded_perhaps : int
        How many recorded events do, or may.
    """

    begun: tuple[Event, ...] = ()
    perhaps: tuple[Event, ...] = ()
    went_on: tuple[Event, ...] = ()
    recorded: int = 0
    recorded_perhaps: int = 0


@dataclass(frozen=True)
class Differences:
    """What differs between two days; every item has its own source.

    Attributes
    ----------
    land : tuple of LandChange
        Every corridor and border, in the order of the layers; some may be the same.
    total : Total or None
        None when no corridor has an area on both days.
    crossings_alike, positions_alike : int
        How many have the same state, or are held on both days.
    """

    then: date
    now: date
    land: tuple[LandChange, ...]
    total: Total | None
    control: tuple[ControlChange, ...]
    crossings: tuple[CrossingChange, ...]
    crossings_alike: int
    between: Between
    positions: tuple[PositionChange, ...]
    positions_alike: int


def differences(world: World, then: date, now: date, *, hindsight: bool = False) -> Differences:
    """Return what differs between two days; the days may be given either way round.

    Parameters
    ----------
    hindsight : bool
        Whether positions may rest on articles published later than the day.
    """
    land = tuple(_land(world, then, now))
    crossings = [
        CrossingChange(*of)
        for layer in world.layers
        if layer.kind == _CROSSINGS
        for of in _by_place(layer, then, now)
    ]
    taken = [
        PositionChange(change)
        for change in _stances(
            *(positions_on(world.statements, day, hindsight=hindsight) for day in (then, now))
        )
    ]
    return Differences(
        then=then,
        now=now,
        land=land,
        total=_total([one for one in land if one.layer.kind == _CORRIDOR]),
        control=tuple(_control(world.layers, then, now)),
        crossings=tuple(one for one in crossings if one.differs),
        crossings_alike=sum(not one.differs for one in crossings),
        between=_between(world, *sorted((then, now))),
        positions=tuple(one for one in taken if one.stances.differs),
        positions_alike=sum(len(one.stances.still) for one in taken),
    )


def _land(world: World, then: date, now: date) -> Iterator[LandChange]:
    """Measure each corridor and border on both days, and one day against the other."""
    gaza = next(
        (
            one.shape
            for layer in world.layers
            if layer.kind == _GAZA
            for one in layer.footprints
            if one.shape is not None
        ),
        None,
    )
    for layer in world.layers:
        if layer.kind not in _LAND:
            continue
        before, after = (_land_on(layer, day, gaza) for day in (then, now))
        gained = lost = None
        if before.extent and after.extent:
            # No report tells of a change, so there is none to be uncertain about.
            same = before.footprints == after.footprints
            gained = NOTHING if same else after.extent.beyond(before.extent)
            lost = NOTHING if same else before.extent.beyond(after.extent)
        yield LandChange(layer, before, after, gained, lost)


def _land_on(layer: Layer, day: date, gaza: BaseGeometry | None) -> Land:
    footprints = layer.on(day)
    return Land(footprints, extent_of(footprints, gaza))


def _total(corridors: Iterable[LandChange]) -> Total | None:
    """Add up what can be compared; a corridor without an area on one day would tilt the sum."""
    known = [(one.layer, one.measured) for one in corridors]
    measured = [figures for _, figures in known if figures]
    if not measured:
        return None
    then, now, gained, lost = (reduce(add, column) for column in zip(*measured, strict=True))
    return Total(
        of=tuple(layer for layer, figures in known if figures),
        left_out=tuple(layer for layer, figures in known if not figures),
        then=then,
        now=now,
        gained=gained,
        lost=lost,
    )


def _change(before: Iterable[T], after: Iterable[T]) -> Change[T]:
    """Part what two days have into what only one has, and what both have."""
    then, now = dict.fromkeys(before), dict.fromkeys(after)
    return Change(
        tuple(one for one in then if one not in now),
        tuple(one for one in now if one not in then),
        tuple(one for one in now if one in then),
    )


def _control(layers: Iterable[Layer], then: date, now: date) -> Iterator[ControlChange]:
    """Compare who held what; grounds for which the same is told are one."""
    grounds: dict[Change[Control], list[Names]] = {}
    for layer in layers:
        for names, before, after in _by_place(layer, then, now):
            held = _change(
                (one for footprint in before for one in footprint.control_on(then)),
                (one for footprint in after for one in footprint.control_on(now)),
            )
            if held.differs:
                grounds.setdefault(held, []).append(names)
    for held, of in grounds.items():
        yield ControlChange(tuple(of), held)


def _by_place(
    layer: Layer, then: date, now: date
) -> Iterator[tuple[Names, tuple[Footprint, ...], tuple[Footprint, ...]]]:
    """Yield each thing of a layer (a crossing, or the whole) with its footprints of both days."""
    before, after = layer.on(then), layer.on(now)
    for place, names in {one.place: one.names for one in (*before, *after)}.items():
        yield (
            names or layer.names,
            tuple(one for one in before if one.place == place),
            tuple(one for one in after if one.place == place),
        )


def _stances(before: Iterable[Position], after: Iterable[Position]) -> Iterator[Change[Position]]:
    """Compare, on each matter, the positions of two days; the same words are the same position."""
    days = {one.id: one for one in before}, {one.id: one for one in after}
    matters: dict[object, tuple[list[str], list[str]]] = {}
    for side, day in enumerate(days):
        for position in day.values():
            one = position.latest
            matter = (one.ground.id, one.party.id, one.subject, one.whose)
            matters.setdefault(matter, ([], []))[side].append(position.id)
    for ids in matters.values():
        change = _change(*ids)
        yield Change(
            tuple(days[0][name] for name in change.before),
            tuple(days[1][name] for name in change.after),
            tuple(days[1][name] for name in change.still),
        )


def _between(world: World, first: date, last: date) -> Between:
    """Sort the accepted events by whether they begin after `first` and not after `last`."""
    if first == last:
        return Between()
    span = Period.of(first + timedelta(1), last)
    within = [event for event in world.events if event.period.meets(span)]
    begun = tuple(event for event in within if span.has(event.period.first))
    before = [event for event in within if not span.has(event.period.first)]
    going = tuple(
        event for event in before if event.mode is Mode.ONGOING and not event.period.opens
    )
    return Between(
        begun=begun,
        perhaps=tuple(event for event in before if event not in going),
        went_on=going,
        **_recorded(world.table, span),
    )


def _recorded(table: EventTable, span: Period) -> dict[str, int]:
    """Count the rows that begin in a span, and those that may."""
    start, stop = map(np.int32, map(day_number, (span.first, span.last)))
    begun = (table.first >= start) & (table.first <= stop)
    reach = (table.first < start) & (table.last >= start)
    return {"recorded": int(begun.sum()), "recorded_perhaps": int(reach.sum())}
