"""States of corridors, the border and crossings as bands: who held them, how wide, how open."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from components.draw.lanes import extent, in_lanes, rooms
from components.draw.record import metres_words
from components.model.layer import Method
from components.model.period import Period

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from components.model.layer import Control, Footprint, Layer

_DARKEST, _PALEST = 0.44, 0.1
_TINTS = {"open": 0.5, "limited": 0.24}
_WIDTH_TINT = 0.3
_THINNEST = 0.2


@dataclass(frozen=True)
class Band:
    """A state, over its days.

    Attributes
    ----------
    days : Period
        Cut off where the span ends.
    words, more : str
        What is written in it; `more` where there is room.
    told : str
        All that is known of it, with its sources.
    tint : float
        Opacity of its fill.
    share : float
        How much of its lane's height it takes: a width, against the widest one.
    sure : bool
        False: nobody published the outline, or the state is not known.
    status : str or None
        A crossing's state.
    room_days : float
        How far its lane is free beside it, as in `Bar`.
    """

    days: Period
    words: str
    more: str
    told: str
    tint: float
    share: float = 1.0
    sure: bool = True
    status: str | None = None
    room_days: float = 0


def tints(layers: Iterable[Layer]) -> dict[str, float]:
    """Return how dark each holder is drawn: the same one alike in every row."""
    holders = dict.fromkeys(
        control.holder
        for layer in layers
        for footprint in layer.footprints
        for control in footprint.control
    )
    return {holder: max(_DARKEST / 2**number, _PALEST) for number, holder in enumerate(holders)}


def bands(
    footprints: Sequence[Footprint], span: Period, tint: dict[str, float]
) -> tuple[tuple[Band, ...], ...]:
    """Return the states of one corridor, border or crossing in lanes, from top to bottom.

    Parameters
    ----------
    tint : dict
        Opacity of each holder, as `tints` returns it.

    Returns
    -------
    tuple of tuple of Band
        How open it was, who held it (by several lanes where several are said to), how wide it was.
    """
    footprints = [one for one in footprints if one.period.meets(span)]
    states = [_open(one, span) for one in footprints if one.status]
    held = list(_held(footprints, span, tint))
    widest_m = max((one.width_m or 0 for one in footprints), default=0)
    wide = [_wide(one, span, widest_m) for one in footprints] if widest_m else []
    return tuple(lane for group in (states, held, wide) for lane in _lanes(group, span))


def _lanes(group: list[Band], span: Period) -> Iterator[tuple[Band, ...]]:
    extents = [extent(band.days) for band in group]
    for numbers in in_lanes(extents):
        free = rooms([extents[number] for number in numbers], span)
        yield tuple(
            replace(group[number], room_days=room)
            for number, room in zip(numbers, free, strict=True)
        )


def _open(one: Footprint, span: Period) -> Band:
    words = one.status or ""
    return Band(
        days=_within(one.period, span),
        words=words,
        more=f"{words}: {one.status_words}" if one.status_words else words,
        told=f"{one.status_words or words}. {one.period.words}. ({one.source.words})",
        tint=_TINTS.get(words, 0),
        sure=words != "unknown",
        status=words,
    )


def _held(footprints: Iterable[Footprint], span: Period, tint: dict[str, float]) -> Iterator[Band]:
    """Yield a band for each holder and each unbroken time that some source says it held it."""
    by_holder: dict[str, list[Control]] = defaultdict(list)
    for control in dict.fromkeys(c for one in footprints for c in one.control):
        if control.period.meets(span):
            by_holder[control.holder].append(control)
    for holder, controls in by_holder.items():
        words = f"Held by: {holder}"
        joined: list[Band] = []
        for one in sorted(controls, key=lambda one: one.period):
            told = f"{one.period.words}: {one.words} ({one.source.words})"
            days = _within(one.period, span)
            before = joined[-1] if joined else None
            if before and extent(days)[0] <= extent(before.days)[1]:
                last = max(before.days.last, days.last)
                joined[-1] = replace(
                    before,
                    days=Period.of(before.days.first, last),
                    told=f"{before.told}\n{told}",
                )
            else:
                joined.append(Band(days, words, words, told, tint[holder]))
        yield from joined


def _wide(one: Footprint, span: Period, widest_m: float) -> Band:
    width_m = (one.width_m or 0) if one.shape else 0
    if one.shape:
        words = f"{metres_words(width_m)} wide" if width_m else "width not known"
        outline = f"{one.method.capitalize()}, ± {metres_words(one.accuracy_m)}."
    else:
        words, outline = "no outline", "No outline drawn."
    note = f" {one.note}" if one.note else ""
    return Band(
        days=_within(one.period, span),
        words=words,
        more=f"{words}: {one.label}",
        told=f"{one.label}. {one.period.words}. {outline}{note} ({one.source.words})",
        tint=_WIDTH_TINT if width_m else 0,
        share=max(width_m / widest_m, _THINNEST) if width_m else 1,
        sure=one.shape is not None and one.method is not Method.SCHEMATIC,
    )


def _within(period: Period, span: Period) -> Period:
    """Return the days of a period that meets the span, cut off where the span ends."""
    return Period.of(max(period.first, span.first), min(period.last, span.last))
