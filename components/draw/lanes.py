"""Lanes of the timeline: marks that would hide one another lie under one another."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from components.model.table import day_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from components.model.event import Event
    from components.model.period import Period

# Marks are packed for the narrowest plot there is; the style sheet lets none be narrower.
NARROWEST_PX = 600
MARK_PX = 28


@dataclass(frozen=True)
class Bar:
    """An event in a row.

    Attributes
    ----------
    days : Period
        The event's days, cut off where the span ends.
    lane : int
        Counted from the top of the row's events, from 0.
    room_days : float
        How far its lane is free beside it, for its words: behind it, or before it when negative.
    """

    event: Event
    days: Period
    lane: int
    room_days: float


def extent(days: Period, least_days: float = 0) -> tuple[float, float]:
    """Return from where to where a period reaches, in days since 1970, and no less than so much."""
    start, stop = day_number(days.first), day_number(days.last) + 1
    lacking = max(least_days - (stop - start), 0) / 2
    return start - lacking, stop + lacking


def lanes(extents: Sequence[tuple[float, float]]) -> list[int]:
    """Return a lane for each extent: of one lane, no two overlap, and the lanes are few."""
    stops: list[float] = []
    found = [0] * len(extents)
    for number in sorted(range(len(extents)), key=extents.__getitem__):
        start, stop = extents[number]
        lane = next((lane for lane, free in enumerate(stops) if free <= start), len(stops))
        stops[lane : lane + 1] = [stop]
        found[number] = lane
    return found


def rooms(extents: Sequence[tuple[float, float]], span: Period) -> list[float]:
    """Return how far the lane is free beside each of its extents, which are in order.

    Returns
    -------
    list of float
        Days behind it, or, negative, before it. None is given to two.
    """
    start, stop = extent(span)
    edges = [(start, start), *extents, (stop, stop)]
    gaps = [max(after[0] - before[1], 0) for before, after in pairwise(edges)]
    found: list[float] = []
    for number in range(len(extents)):
        before, behind = gaps[number : number + 2]
        found.append(behind if behind >= before else -before)
        if behind >= before:
            gaps[number + 1] = 0
    return found


def in_lanes(extents: Sequence[tuple[float, float]]) -> list[list[int]]:
    """Return the numbers of the extents of each lane, the lanes from the top, each in order."""
    by_lane: dict[int, list[int]] = defaultdict(list)
    for number, lane in enumerate(lanes(extents)):
        by_lane[lane].append(number)
    return [sorted(by_lane[lane], key=extents.__getitem__) for lane in sorted(by_lane)]


def packed(events: Iterable[Event], span: Period) -> tuple[Bar, ...]:
    """Return the events of a row in their lanes; those that do not meet the span are left out."""
    start, stop = extent(span)
    least_days = MARK_PX / NARROWEST_PX * (stop - start)
    inside = [(event, days) for event in events if (days := event.period.within(span))]
    extents = [extent(days, least_days) for _, days in inside]
    return tuple(
        Bar(*inside[number], lane, room)
        for lane, numbers in enumerate(in_lanes(extents))
        for number, room in zip(
            numbers, rooms([extents[number] for number in numbers], span), strict=True
        )
    )
