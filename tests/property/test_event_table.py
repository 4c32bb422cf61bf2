"""The columns say of every row what an object of it would say."""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import LineString, Point, box

from components.geo.joining import rows_near, spatial_links
from components.model.event import Kind, Mode, Theme
from components.model.period import Period
from tests.worlds import footprint, layer, row, table

# Few days, so that periods begin and end on the edges of windows again and again.
DAYS = st.dates(date(2024, 1, 1), date(2024, 1, 12))
ENDS = st.tuples(DAYS | st.just(date.min), DAYS | st.just(date.max))
PERIODS = ENDS.filter(lambda ends: ends[0] <= ends[1]).map(lambda ends: Period.of(*ends))
DATES = st.builds(lambda day: Period.of(day, day), DAYS)
ROWS = st.lists(
    st.builds(
        lambda period, kind, mode, lon_deg, radius_m: row(
            period, kind=str(kind), mode=str(mode), lon_deg=lon_deg, radius_m=radius_m
        ),
        DATES | PERIODS,
        st.sampled_from(Kind),
        st.sampled_from(Mode),
        st.floats(-180, 180),
        st.floats(1, 5000, width=32),
    ),
    max_size=20,
).flatmap(st.permutations)
THEMES = st.frozensets(st.sampled_from(Theme))
# The shapes lie within 34.40 to 34.50 E and 31.40 to 31.45 N; 5 km are some 0.05 degrees.
SHAPES = st.lists(
    st.sampled_from(
        [
            box(34.40, 31.40, 34.42, 31.41),
            LineString([(34.40, 31.45), (34.50, 31.42)]),
            Point(34.48, 31.40),
        ]
    ),
    max_size=3,
)
POINTS = st.lists(
    st.tuples(st.floats(34.33, 34.57), st.floats(31.34, 31.51)) | st.just((-58.4, -34.6)),
    max_size=12,
)


def events(known):
    """Return every row as an event, by the model's own objects."""
    return [known.opened(number)[0].event for number in range(len(known))]


@given(ROWS, PERIODS, THEMES)
def test_the_rows_in_a_window_are_those_that_meet_it(rows, window, themes) -> None:
    known = table(*rows)
    assert known.rows_in(window, themes).tolist() == [
        number
        for number, event in enumerate(events(known))
        if event.kind.theme in themes and event.period.meets(window)
    ]


@given(ROWS)
def test_rows_are_sorted_and_runs_part_them(rows) -> None:
    known = table(*rows)
    order = [
        (
            [*Theme].index(event.kind.theme),
            [*Mode].index(event.mode),
            event.period.first != event.period.last,
            event.period.first,
            event.period.last,
            event.id,
        )
        for event in events(known)
    ]
    assert order == sorted(order)
    runs = known.runs()
    assert [number for run in runs for number in range(run.start, run.stop)] == [*range(len(rows))]
    for run in runs:
        for event in events(known)[run.start : run.stop]:
            assert (event.kind.theme, event.mode) == (run.theme, run.mode)
            assert (event.period.first == event.period.last) == run.exact
    for one, other in pairwise(runs):
        assert (one.theme, one.mode, one.exact) != (other.theme, other.mode, other.exact)


@given(ROWS)
def test_an_opened_row_is_what_was_recorded(rows) -> None:
    known = table(*rows)
    assert len(known) == len(rows)
    for recorded in rows:
        placed, article = known.opened(known.words.row_of(recorded["id"]))
        event = placed.event
        assert (event.id, event.title) == (recorded["id"], recorded["title"])
        assert (event.kind, event.mode) == (recorded["kind"], recorded["mode"])
        assert event.period.first == (recorded["first"] or date.min)
        assert event.period.last == (recorded["last"] or date.max)
        assert article.text == recorded["quote"]
        (site,) = placed.sites
        assert (site.target.shape.x, site.target.shape.y) == (recorded["lon_deg"], 31.45)
        assert site.target.radius_m == recorded["radius_m"]


@given(ROWS, PERIODS.filter(lambda period: not (period.opens or period.stands)))
def test_each_day_has_as_many_exact_events_as_happened_on_it(rows, span) -> None:
    known = table(*rows)
    counts = Counter(
        event.period.first for event in events(known) if event.period.first == event.period.last
    )
    days = [span.first + timedelta(n) for n in range((span.last - span.first).days + 1)]
    assert known.per_day(span).tolist() == [counts[day] for day in days]


@given(ROWS)
def test_the_span_is_that_of_the_known_days(rows) -> None:
    days = [day for one in rows for day in (one["first"], one["last"]) if day]
    assert table(*rows).span == (Period.of(min(days), max(days)) if days else None)


@given(ROWS, st.integers(0, 20))
def test_the_latest_are_those_that_had_begun_last(rows, count) -> None:
    known = table(*rows)
    begun = [event.period.order[0] for event in events(known)]
    latest = known.latest(np.arange(len(rows), dtype=np.int32), count)
    assert len(set(latest)) == len(latest)
    assert [begun[number] for number in latest] == sorted(begun, reverse=True)[:count]


@given(POINTS, SHAPES, st.data())
def test_rows_near_shapes_are_those_that_spatial_links_ties(points, shapes, data) -> None:
    known = table(*(row(lon_deg=lon_deg, lat_deg=lat_deg) for lon_deg, lat_deg in points))
    rows = data.draw(
        st.lists(st.sampled_from(range(len(known))), unique=True) if points else st.just([])
    )
    land = layer(*(footprint(shape=shape) for shape in shapes))
    tied = {link.event for link in spatial_links((known.opened(n)[0] for n in rows), [land])}
    near = rows_near(known, shapes, np.array(rows, np.int32))
    assert near.tolist() == [n for n in rows if known.words.ids([n])[0] in tied]
