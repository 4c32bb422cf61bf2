"""Laws 5 and 6: a wider window loses nothing; every event is counted once."""

from dataclasses import replace
from datetime import date

from hypothesis import example, given
from hypothesis import strategies as st

from components.model.event import Kind, Theme
from components.model.period import Period
from components.model.view import View
from components.model.world import Fault, UnplacedEvent
from components.pipeline import scene
from tests.worlds import event, footprint, layer, row, table, world

DAYS = st.dates(date(2023, 1, 1), date(2025, 12, 31))
PERIODS = st.builds(Period.of, DAYS, DAYS)
OPEN_ENDS = st.builds(Period.of, st.just(date.min), DAYS) | st.builds(
    Period.of, DAYS, st.just(date.max)
)
EVENTS = st.lists(
    st.builds(
        lambda period, kind: event(period=period, kind=kind),
        PERIODS | OPEN_ENDS,
        st.sampled_from(Kind),
    ),
    max_size=8,
).map(tuple)
ROWS = st.lists(
    st.builds(
        lambda period, kind: row(period, kind=str(kind)), PERIODS | OPEN_ENDS, st.sampled_from(Kind)
    ),
    max_size=8,
)
THEMES = st.frozensets(st.sampled_from(Theme))


def counted(seen) -> list[str]:
    """Return the ids in a scene's four tuples."""
    return [one.event.id for one in (*seen.placed, *seen.unplaced)] + [
        one.id for one in (*seen.hidden, *seen.outside)
    ]


@given(EVENTS, EVENTS, PERIODS, THEMES, st.booleans(), st.integers(0, 5))
def test_every_event_is_counted_once(placed, unplaced, window, themes, cumulative, lost) -> None:
    known = world(placed, unplaced, faults=(Fault("a file", "broken", lost),))
    seen = scene(known, View(window, cumulative=cumulative, themes=themes))
    assert sorted(counted(seen)) == sorted(one.id for one in known.events)
    assert seen.rejected == lost


@given(ROWS, PERIODS, THEMES, st.booleans())
def test_every_recorded_event_is_counted_once(rows, window, themes, cumulative) -> None:
    known = world(table=table(*rows))
    seen = scene(known, View(window, cumulative=cumulative, themes=themes))
    events = [known.table.opened(number)[0].event for number in range(len(rows))]
    met = [event.period.meets(seen.window) for event in events]
    shown = [event.kind.theme in themes for event in events]
    assert seen.recorded.tolist() == [
        number for number in range(len(rows)) if met[number] and shown[number]
    ]
    assert seen.recorded_hidden == sum(m and not s for m, s in zip(met, shown, strict=True))
    assert seen.recorded_outside == met.count(False)


@given(EVENTS, EVENTS, PERIODS, THEMES, st.booleans(), st.booleans())
def test_every_draft_is_counted_once_and_no_draft_is_an_event(
    placed, unplaced, window, themes, cumulative, drafts
) -> None:
    known = replace(
        world(),
        drafts=(*world(placed).placed, *(UnplacedEvent(one, "no place", None) for one in unplaced)),
    )
    seen = scene(known, View(window, cumulative=cumulative, themes=themes, drafts=drafts))
    met = [one for one in (*placed, *unplaced) if one.period.meets(seen.window)]
    shown = {one.id for one in met if drafts and one.kind.theme in themes}
    assert {one.event.id for one in seen.drafts} == shown & {one.id for one in placed}
    assert {one.event.id for one in seen.drafts_unplaced} == shown & {one.id for one in unplaced}
    assert seen.drafts_hidden == len(met) - len(shown)
    assert seen.drafts_outside == len(known.drafts) - len(met)
    assert not counted(seen)


@given(EVENTS, PERIODS, DAYS, THEMES)
def test_a_wider_window_loses_no_event(events, window, day, themes) -> None:
    known = world(events)
    wider = Period.of(min(day, window.first), max(day, window.last))
    narrow = {one.event.id for one in scene(known, View(window, themes=themes)).placed}
    wide = {one.event.id for one in scene(known, View(wider, themes=themes)).placed}
    assert narrow <= wide


@given(st.lists(PERIODS, max_size=5), PERIODS, DAYS)
def test_footprints_are_those_of_the_last_day_and_an_earlier_first_day_changes_none(
    periods, window, day
) -> None:
    known = world(layers=(layer(*(footprint(one.first, one.last) for one in periods)),))
    view = View(window, layers=frozenset({"corridor"}))
    seen = scene(known, view).footprints
    assert len(seen) == sum(one.has(window.last) for one in periods)
    wider = Period.of(min(day, window.first), window.last)
    assert scene(known, replace(view, window=wider)).footprints == seen


@given(EVENTS, PERIODS)
def test_the_edges_of_the_window_count(events, window) -> None:
    known = world(events)
    shown = {one.event.id for one in scene(known, View(window)).placed}
    for one in events:
        if one.period.last == window.first or one.period.first == window.last:
            assert one.id in shown


@given(EVENTS, PERIODS)
def test_cumulative_shows_all_that_had_begun_by_the_last_day(events, window) -> None:
    shown = {one.event.id for one in scene(world(events), View(window, cumulative=True)).placed}
    assert shown == {one.id for one in events if one.period.first <= window.last}


@given(ROWS, PERIODS)
@example([row(Period.of(date(2023, 1, 1), date(2023, 1, 1)))], Period.from_edtf("2024"))
def test_cumulative_shows_all_recorded_events_that_had_begun(rows, window) -> None:
    known = world(table=table(*rows))
    shown = scene(known, View(window, cumulative=True)).recorded
    begun = {one["id"] for one in rows if (one["first"] or date.min) <= window.last}
    assert set(known.table.words.ids(shown)) == begun
