"""The timeline: rows of corridors or of parties, with their events and states over the days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from components.draw.chart import DAY_MS, days_chart, rows_chart
from components.draw.lanes import extent
from components.draw.rows import STATED, by_corridor, by_party, rows
from components.draw.style import MODE_WORDS, Ground
from components.model.event import Mode, Scope
from components.model.period import Period, day_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from components.draw.lanes import Bar
    from components.draw.rows import Row
    from components.draw.states import Band
    from components.model.position import Party
    from components.model.view import Scene
    from components.model.world import World

    Data = list[dict[str, Any]]

_NAME_PX = 28
_BAND_PX = 22
_LANE_PX = 27
_COUNT_PX = 44
_GAP_PX = 10
_BINS = 240


@dataclass(frozen=True)
class Timeline:
    """Two charts in Vega-Lite, and how many events they show and leave out.

    Attributes
    ----------
    days, rows : dict
        The axis with the window, and what lies under it; of one width and one span.
    events, drafts : int
        How many are drawn; each counts once, though it may stand in several rows.
    turned_off, outside : int
        Events whose theme is off, and others that lie wholly outside the span.
    drafts_left : int
        Drafts that are not drawn: they or their themes are off, or they lie outside the span.
    stateless : tuple of str
        Names of the layers that are off, so that their states are not drawn.
    """

    days: dict[str, Any]
    rows: dict[str, Any]
    events: int
    drafts: int
    turned_off: int
    outside: int
    drafts_left: int
    stateless: tuple[str, ...]


def timeline(
    seen: Scene,
    world: World,
    span: Period,
    ground: Ground,
    find: Callable[[str], Party] | None = None,
) -> Timeline:
    """Return the timeline of what a scene shows, within and outside its window.

    Parameters
    ----------
    span : Period
        From the slider's first to its last day.
    find : callable or None
        From a name to the party that it means; then the rows are parties. Else they are corridors.
    """
    view = seen.view
    on = [one for one in world.outcomes if one.event.kind.theme in view.themes]
    waiting = [one for one in world.drafts if view.drafts and one.event.kind.theme in view.themes]
    events, drafts = (
        [one for one in some if one.event.period.meets(span)] for some in (on, waiting)
    )
    told = (*events, *drafts)
    groups = by_party(told, world, find) if find else by_corridor(told, world, view.layers)
    laid = _Layout(world, span)
    if len(world.table):
        laid.count(*_counted(seen, world, span))
    table = rows(groups, world, span, view.language)
    for row in table:
        laid.add(row)
    window = _window(seen.window, span)
    selected = [one for one in laid.events if one["event"] == view.event]
    words = f"from {day_words(span.first)} to {day_words(span.last)}"
    return Timeline(
        days=days_chart(span, ground)
        | {
            "datasets": {"window": window, "selected": selected[:1]},
            "description": f"The days of the timeline, {words}, with the window of the slider.",
        },
        rows=rows_chart(
            span, laid.height_px, ground, right_to_left=view.language.direction == "rtl"
        )
        | {
            "datasets": {
                "window": window,
                "names": laid.names,
                "counts": laid.counts,
                "bands": laid.bands,
                "events": laid.events,
                "selected": selected,
            },
            "description": f"Timeline by {'party' if find else 'corridor'}, {words}. Rows: "
            f"{'; '.join(row.name for row in table)}. Events: {len(told)}. The list under Events "
            "has the same events in words, and opens them.",
        },
        events=len(events),
        drafts=len(drafts),
        turned_off=len(world.outcomes) - len(on),
        outside=len(on) - len(events),
        drafts_left=len(world.drafts) - len(drafts),
        stateless=()
        if find
        else tuple(
            layer.names.in_language(view.language)
            for layer in world.layers
            if layer.kind in STATED and layer.id not in view.layers
        ),
    )


def _window(window: Period, span: Period) -> Data:
    """Return the window's days, and its last one in words."""
    days = window.within(span)
    if days is None:
        return []
    start, stop = extent(days)
    last = (stop - 0.5) * DAY_MS
    return [{"x": start * DAY_MS, "x2": stop * DAY_MS, "last": last, "words": day_words(days.last)}]


def _counted(seen: Scene, world: World, span: Period) -> tuple[str, Data]:
    """Return what is to say of the recorded events, and how many each few days have."""
    picked = world.table.rows_in(span, seen.view.themes)
    first, last = world.table.first[picked], world.table.last[picked]
    start, stop = map(int, extent(span))
    per_day = np.bincount(first[first == last] - start, minlength=stop - start)
    step = -(-len(per_day) // _BINS)
    begins = np.arange(0, len(per_day), step)
    numbers = np.add.reduceat(per_day, begins).tolist()
    most, exact = max(numbers), sum(numbers)
    days = "a day" if step == 1 else f"in {step} days"
    words = f"{exact:,} on exact days, up to {most:,} {days}"
    if exact < len(picked):
        words += f"; {len(picked) - exact:,} on vague dates, not drawn"
    return words, [
        {
            "x": (start + begin) * DAY_MS,
            "x2": min(start + begin + step, stop) * DAY_MS,
            "share": number / most,
            "told": f"{number:,} recorded {days}",
        }
        for begin, number in zip(begins.tolist(), numbers, strict=True)
        if number
    ]


class _Layout:
    """Lays rows one under another, as the data of their chart."""

    def __init__(self, world: World, span: Period) -> None:
        self.span = span
        self.publishers = {article.id: article.publisher for article in world.articles}
        self.drafts = frozenset(one.event.id for one in world.drafts)
        self.height_px = 0
        self.names: Data = []
        self.counts: Data = []
        self.bands: Data = []
        self.events: Data = []

    def count(self, words: str, counts: Data) -> None:
        """Add the strip of recorded events."""
        self._name("Recorded events", words)
        base = self.height_px + _COUNT_PX
        self.counts = [
            one | {"y": base - max(one["share"] * _COUNT_PX, 2), "y2": base} for one in counts
        ]
        self.height_px = base + _GAP_PX

    def add(self, row: Row) -> None:
        """Add a row: its name, its states, its events."""
        number = len(row.bars)
        told = f"{number} event{'' if number == 1 else 's'}" if number else ""
        self._name(row.name, told, row.layer, row.place)
        for lane in row.bands:
            self.bands += [self._band(band, row) for band in lane]
            self.height_px += _BAND_PX
        self.height_px += _GAP_PX // 3
        self.events += [self._event(bar, row) for bar in row.bars]
        self.height_px += row.lanes * _LANE_PX + _GAP_PX

    def _name(
        self, name: str, told: str = "", layer: str | None = None, place: str | None = None
    ) -> None:
        top, bottom = self.height_px, self.height_px + _NAME_PX - 4
        at = {"y": top, "y2": bottom, "middle": (top + bottom) / 2}
        self.names.append(at | {"name": name, "told": told, "layer": layer, "place": place})
        self.height_px += _NAME_PX

    def _band(self, band: Band, row: Row) -> dict[str, Any]:
        start, stop = extent(band.days)
        height_px, bottom = _BAND_PX - 3, self.height_px + _BAND_PX - 3
        return {
            "x": start * DAY_MS,
            "x2": stop * DAY_MS,
            "y": bottom - height_px * band.share,
            "y2": bottom,
            "middle": bottom - height_px / 2,
            "room": band.room_days * DAY_MS,
            "words": band.words,
            "more": band.more,
            "title": f"{row.name}: {band.words}",
            "told": band.told,
            "tint": band.tint,
            "sure": band.sure,
            "status": band.status or "",
            "layer": row.layer,
            "place": row.place,
        }

    def _event(self, bar: Bar, row: Row) -> dict[str, Any]:
        event = bar.event
        start, stop = extent(bar.days)
        draft, put = event.id in self.drafts, MODE_WORDS[event.mode]
        before, after, notes = _ends(event.period, self.span)
        tellers = (event, *event.also)
        sources = (
            said.source for one in tellers for said in one.attributions if said.scope is Scope.EVENT
        )
        said = "" if event.mode is Mode.HAPPENED else f"{put}: "
        return {
            "event": event.id,
            "x": start * DAY_MS,
            "x2": stop * DAY_MS,
            "middle": self.height_px + (bar.lane + 0.5) * _LANE_PX,
            "exact": event.period.exact,
            "room": bar.room_days * DAY_MS,
            "before": before,
            "after": after,
            "mode": event.mode.value,
            "theme": event.kind.theme.value,
            "draft": draft,
            "caption": f"{'Draft: ' if draft else ''}{said}{event.title}",
            "title": event.title,
            "when": f"{event.when}. {notes}".strip(),
            "put": f"{put}; a draft that nobody has accepted" if draft else put,
            "says": _listed(sources),
            "publisher": _listed(
                self.publishers.get(one.evidence[0].article, "") for one in tellers
            ),
            "row": row.name,
            "described": f"{event.title}. {put}. {event.when}. {row.name}.",
        }


def _ends(period: Period, span: Period) -> tuple[str, str, str]:
    """Return signs for ends that lie beyond the span, before and after it, and what they mean."""
    before = after = ""
    notes: list[str] = []
    if period.opens:
        before = "\N{LEFTWARDS ARROW}?"
        notes.append("Its start is not stated.")
    elif period.first < span.first:
        before = "\N{LEFTWARDS ARROW}"
        notes.append("It begins before the slider's first day.")
    if period.stands:
        after = "\N{RIGHTWARDS ARROW}?"
        notes.append("Its end is not stated or has not come.")
    elif period.last > span.last:
        after = "\N{RIGHTWARDS ARROW}"
        notes.append("It ends after the slider's last day.")
    return before, after, " ".join(notes)


def _listed(words: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(word for word in words if word))
