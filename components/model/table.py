"""Recorded events by the million: a column a property, and no object until one is opened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256
from itertools import product
from typing import TYPE_CHECKING, Protocol

import numpy as np
from shapely.geometry import Point

from components.model.article import Article, Evidence
from components.model.event import (
    Attribution,
    Basis,
    Event,
    Kind,
    Mention,
    Mode,
    Role,
    Scope,
    Theme,
)
from components.model.period import Period
from components.model.place import Names, Place
from components.model.world import PlacedEvent, Site

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from numpy.typing import NDArray

    Rows = NDArray[np.int32] | Sequence[int]

CATEGORIES = tuple(product(Theme, Mode))

_DAY_ZERO = date(1970, 1, 1).toordinal()


def day_number(day: date) -> int:
    """Return the days since 1970-01-01; that of `date.min` or `date.max` is an open end, too."""
    return day.toordinal() - _DAY_ZERO


def numbered_day(number: int) -> date:
    """Return the day that has this number."""
    return date.fromordinal(number + _DAY_ZERO)


RECORDED_POINT = "recorded point"
OPEN_FIRST = day_number(date.min)
OPEN_LAST = day_number(date.max)


@dataclass(frozen=True)
class Record:
    """The words of one row."""

    id: str
    title: str
    kind: Kind
    mode: Mode
    source: str
    publisher: str
    published: date
    quote: str


class Words(Protocol):
    """The words of a table's rows, looked up when they are asked for."""

    def ids(self, rows: Rows) -> list[str]:
        """Return the ids of rows, in their order."""

    def row_of(self, id_: str, /) -> int | None:
        """Return the row that has this id, or None."""

    def record(self, row: int) -> Record:
        """Return all the words of a row."""


@dataclass(frozen=True)
class Run:
    """Rows `start` to `stop` (half-open): one theme, one mode, all exact days or all spans."""

    theme: Theme
    mode: Mode
    exact: bool
    start: int
    stop: int


@dataclass(frozen=True, eq=False)
class EventTable:
    """Recorded events in columns; a row's number is the event's number in the browser too.

    Rows are sorted by category, exact days before spans, first day, last day and id. Visitors
    share the columns, so nobody may write into them.

    Attributes
    ----------
    first, last : NDArray of int32
        Closed days since 1970-01-01; `OPEN_FIRST` and `OPEN_LAST` stand for an open end.
    category : NDArray of uint8
        Where its theme and mode stand in `CATEGORIES`.
    lonlat_deg : NDArray of float64
        One point a row, WGS 84 degrees.
    radius_m : NDArray of float32
        How far the true place may lie from the point.
    files : tuple of (str, int)
        The tables it was read from, each with its number of rows.
    """

    first: NDArray[np.int32]
    last: NDArray[np.int32]
    category: NDArray[np.uint8]
    lonlat_deg: NDArray[np.float64]
    radius_m: NDArray[np.float32]
    words: Words
    files: tuple[tuple[str, int], ...] = ()

    def __post_init__(self) -> None:
        """Make the columns read-only."""
        for column in (self.first, self.last, self.category, self.lonlat_deg, self.radius_m):
            column.setflags(write=False)

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.first)

    def runs(self) -> tuple[Run, ...]:
        """Return the runs that the rows are sorted into, in their order."""
        return self._runs

    @cached_property
    def _runs(self) -> tuple[Run, ...]:
        vague = self.first != self.last
        edges = 1 + np.flatnonzero(np.diff(self.category) | np.diff(vague))
        starts = [0, *edges.tolist()] if len(self) else []
        stops = [*starts[1:], len(self)]
        return tuple(
            Run(*CATEGORIES[int(self.category[start])], not vague[start], start, stop)
            for start, stop in zip(starts, stops, strict=False)
        )

    @cached_property
    def span(self) -> Period | None:
        """The days from the first to the last one that is known; None when none is."""
        days = np.concatenate(
            [self.first[self.first != OPEN_FIRST], self.last[self.last != OPEN_LAST]]
        )
        return Period.of(*map(numbered_day, (days.min(), days.max()))) if len(days) else None

    def rows_in(self, window: Period, themes: Collection[Theme]) -> NDArray[np.int32]:
        """Return the rows of these themes that meet the window, in ascending order."""
        # Numbers of the columns' own type: for any other, NumPy copies the column first.
        first_day, last_day = map(np.int32, map(day_number, (window.first, window.last)))
        found = [np.empty(0, np.int32)]
        for run in self.runs():
            if run.theme not in themes:
                continue
            firsts = self.first[run.start : run.stop]
            begun = np.searchsorted(firsts, last_day, side="right")
            if run.exact:
                met = np.arange(np.searchsorted(firsts, first_day), begun, dtype=np.int32)
            else:
                met = np.flatnonzero(self.last[run.start :][:begun] >= first_day).astype(np.int32)
            found.append(met + np.int32(run.start))
        return np.concatenate(found)

    def latest(self, rows: NDArray[np.int32], count: int, skip: int = 0) -> list[int]:
        """Return at most `count` of the rows, the latest first, after the `skip` latest ones.

        As in `Period.order`, an unknown start counts as the end.
        """
        first, last = self.first[rows], self.last[rows]
        begun = np.where(first == OPEN_FIRST, last, first)
        found: list[int] = rows[np.argsort(begun, stable=True)[::-1][skip : skip + count]].tolist()
        return found

    def per_day(self, span: Period) -> NDArray[np.intp]:
        """Return how many events with an exact day each day of `span` has."""
        days = self.first[self.first == self.last]
        first_day, last_day = day_number(span.first), day_number(span.last)
        within = days[(days >= first_day) & (days <= last_day)] - first_day
        return np.bincount(within, minlength=last_day - first_day + 1)

    def opened(self, row: int) -> tuple[PlacedEvent, Article]:
        """Return a row as an event at its point, and its sentence as an article.

        It is made anew each time, so that everything that shows an event shows a recorded one.
        """
        record = self.words.record(row)
        table = record.id.partition(":")[0]
        lon_deg, lat_deg = self.lonlat_deg[row].tolist()
        radius_m = float(self.radius_m[row])
        # No more decimals than are known: a hundredth of a degree is about a kilometre.
        decimals = max(0, 5 - int(np.log10(max(radius_m, 1))))
        north, east = "N" if lat_deg >= 0 else "S", "E" if lon_deg >= 0 else "W"
        point = f"{abs(lat_deg):.{decimals}f}° {north}, {abs(lon_deg):.{decimals}f}° {east}"
        mention = Mention(point, Role.EVENT, Basis.STATED)
        event = Event(
            id=record.id,
            kind=record.kind,
            mode=record.mode,
            title=record.title,
            actors=(),
            places=(mention,),
            period=Period.of(numbered_day(self.first[row]), numbered_day(self.last[row])),
            date_words=None,
            date_reason=f"As recorded in the table {table}.",
            attributions=(Attribution(record.source, None, Scope.EVENT),),
            quantities=(),
            evidence=(Evidence(record.id, 0, len(record.quote), record.quote),),
        )
        place = Place(
            id=record.id,
            names=Names(point, point, point),
            aliases=(),
            kind=RECORDED_POINT,
            shape=Point(lon_deg, lat_deg),
            radius_m=radius_m,
            accuracy_m=radius_m,
            layer=None,
            source=record.source,
        )
        article = Article(
            id=record.id,
            text=record.quote,
            headline=f"A record of the table {table}",
            publisher=record.publisher,
            dateline=None,
            byline=None,
            url=None,
            published=record.published,
            published_reason=f"As recorded in the table {table}.",
            sha256=sha256(record.quote.encode()).hexdigest(),
            events=(event,),
        )
        return PlacedEvent(event, (Site(mention, place),)), article
