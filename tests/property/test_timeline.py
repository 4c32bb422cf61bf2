"""The timeline loses no event, hides none behind another, and draws each once a row."""

from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from components.brief.parties import PartyList
from components.draw.lanes import MARK_PX, NARROWEST_PX, extent, in_lanes, lanes, packed, rooms
from components.draw.rows import by_corridor, by_party, rows
from components.draw.style import Ground
from components.draw.timeline import timeline
from components.model.event import Actor, Basis, Kind, Mode, Role, Theme
from components.model.period import Period
from components.model.place import Language
from components.model.view import View
from components.model.world import How, Link, UnplacedEvent
from components.pipeline import scene
from tests.worlds import event, footprint, layer, row, table, world

SPAN = Period.of(date(2024, 1, 1), date(2024, 12, 31))
DAYS = st.dates(date(2023, 6, 1), date(2025, 6, 30))
PERIODS = (
    st.builds(Period.of, DAYS, DAYS)
    | DAYS.map(lambda day: Period.of(day, day))
    | st.builds(Period.of, st.just(date.min), DAYS)
    | st.builds(Period.of, DAYS, st.just(date.max))
)
EXTENTS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 30)).map(lambda one: (one[0], one[0] + one[1])),
    max_size=12,
)
NAMES = ("Israel", "Egypt", "A stranger", "Another")
LAND = (layer(footprint()), layer(footprint(layer="border"), name="Border", kind="border"))
GROUNDS = ("corridor", "border")
EVENTS = st.lists(
    st.builds(
        lambda period, kind, mode, names: event(
            period=period,
            kind=kind,
            mode=mode,
            actors=tuple(Actor(name, "participant") for name in names),
        ),
        PERIODS,
        st.sampled_from(Kind),
        st.sampled_from(Mode),
        st.lists(st.sampled_from(NAMES), max_size=3),
    ),
    max_size=8,
).map(tuple)
THEMES = st.frozensets(st.sampled_from(Theme))


def overlap(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


@st.composite
def worlds(draw):
    """Return worlds whose events are about some corridors, or none."""
    placed, unplaced, drafts = draw(EVENTS), draw(EVENTS), draw(EVENTS)
    links = tuple(
        Link(one.id, ground, None, How.NAMED, None, draw(st.sampled_from(Role)), Basis.STATED)
        for one in (*placed, *unplaced)
        for ground in draw(st.lists(st.sampled_from(GROUNDS), max_size=2))
    )
    known = world(placed, unplaced, layers=LAND, links=links)
    return replace(known, drafts=tuple(UnplacedEvent(one, "no place", None) for one in drafts))


@given(EXTENTS)
def test_no_two_of_one_lane_overlap(extents) -> None:
    found = lanes(extents)
    for one, other in combinations(range(len(extents)), 2):
        if found[one] == found[other]:
            assert not overlap(extents[one], extents[other])


@given(EXTENTS)
def test_there_are_as_many_lanes_as_lie_over_one_spot_and_no_more(extents) -> None:
    deepest = max(
        (sum(one[0] <= spot < one[1] for one in extents) for spot, _ in extents), default=0
    )
    assert len({*lanes(extents)}) == deepest == len(in_lanes(extents))


@given(EXTENTS)
def test_words_beside_marks_lie_over_no_mark_and_no_other_words(extents) -> None:
    span = Period.of(date(1970, 1, 1), date(1970, 4, 10))
    for numbers in in_lanes(extents):
        lane = [extents[number] for number in numbers]
        taken = list(lane)
        for (start, stop), room in zip(lane, rooms(lane, span), strict=True):
            words = (stop, stop + room) if room >= 0 else (start + room, start)
            assert words[0] >= 0
            assert words[1] <= 100
            assert not any(overlap(words, other) for other in taken if words[0] < words[1])
            taken.append(words)


@given(EVENTS)
def test_a_row_draws_every_event_that_meets_the_span_once_and_cuts_it_there(events) -> None:
    bars = packed(events, SPAN)
    assert Counter(bar.event.id for bar in bars) == Counter(
        one.id for one in events if one.period.meets(SPAN)
    )
    for bar in bars:
        assert bar.days.first == max(bar.event.period.first, SPAN.first)
        assert bar.days.last == min(bar.event.period.last, SPAN.last)


@given(EVENTS)
def test_no_mark_hides_another_on_the_narrowest_screen(events) -> None:
    start, stop = extent(SPAN)
    least_days = MARK_PX * (stop - start) / NARROWEST_PX
    by_lane: dict[int, list[tuple[float, float]]] = {}
    for bar in packed(events, SPAN):
        by_lane.setdefault(bar.lane, []).append(extent(bar.days, least_days))
    for lane in by_lane.values():
        assert all(one[1] <= other[0] for one, other in pairwise(sorted(lane)))
        assert all(right - left >= least_days - 1e-9 for left, right in lane)


@given(worlds())
def test_every_event_stands_once_in_each_of_its_corridors_and_in_one_row_at_least(known) -> None:
    groups = [*by_corridor(known.outcomes, known, frozenset())]
    at = Counter((one.id, event.id) for one in groups for event in one.events)
    assert {*at.values()} <= {1}
    assert {event for _, event in at} == {one.id for one in known.events}
    here = {(ground, one) for ground, one in at if ground}
    assert {one for ground, one in at if not ground} == {
        one.id for one in known.events if not any(one.id == event for _, event in here)
    }
    told = {(link.layer, link.event) for link in known.links if link.role is not Role.DESTINATION}
    assert here <= told


@given(worlds())
def test_every_event_stands_once_with_each_party_in_it(known) -> None:
    find = PartyList(()).find
    groups = [*by_party(known.outcomes, known, find)]
    at = Counter((one.names.en, event.id) for one in groups for event in one.events)
    assert at == Counter(
        (name, one.id)
        for one in known.events
        for name in {actor.name for actor in one.actors} or {"Nobody named"}
    )


@given(worlds())
def test_a_row_in_which_nothing_stands_is_left_out(known) -> None:
    groups = by_party(known.outcomes, known, PartyList(()).find)
    assert all(one.bars or one.bands for one in rows(groups, known, SPAN, Language.ENGLISH))


@given(worlds(), THEMES, st.booleans(), st.booleans())
def test_what_is_drawn_and_what_is_counted_is_all_there_is(known, themes, drafts, parties) -> None:
    view = View(SPAN, themes=themes, drafts=drafts)
    find = PartyList(()).find if parties else None
    found = timeline(scene(known, view), known, SPAN, Ground.LIGHT, find)
    shown = {one["event"] for one in found.rows["datasets"]["events"]}
    assert found.events + found.turned_off + found.outside == len(known.events)
    assert found.drafts + found.drafts_left == len(known.drafts)
    assert len(shown) == found.events + found.drafts
    everything = (*known.events, *(one.event for one in known.drafts))
    assert all(one.kind.theme in themes for one in everything if one.id in shown)


@given(st.lists(PERIODS, max_size=8))
def test_each_recorded_event_of_an_exact_day_is_in_one_count(periods) -> None:
    known = replace(world(), table=table(*(row(one) for one in periods)))
    found = timeline(scene(known, View(SPAN)), known, SPAN, Ground.LIGHT)
    counts = found.rows["datasets"]["counts"]
    exact = [one for one in periods if one.first == one.last and SPAN.has(one.first)]
    assert sum(int(one["told"].split()[0]) for one in counts) == len(exact)
    assert all(one["x"] < other["x"] for one, other in pairwise(counts))
    assert all(one["x2"] <= other["x"] for one, other in pairwise(counts))
