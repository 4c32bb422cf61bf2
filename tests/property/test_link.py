"""Law 10: every URL, however broken, gives a view; a view comes back from its own URL."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from components.model.event import Theme
from components.model.link import camera_of, opening_view, query_of, view_of
from components.model.period import Period
from components.model.place import Language
from components.model.view import Below, View
from tests.worlds import event, footprint, layer, world

EVENT = event()
WORLD = world((EVENT, event("2023-10-07")), layers=(layer(footprint()),))
NAMES = [
    "from", "to", "show", "layers", "events", "event", "layer", "lang", "camera", "tiles", "drafts",
    "positions", "hindsight", "below", "compare", "rows",
]  # fmt: skip
DAYS = st.dates(WORLD.record_span.first, WORLD.record_span.last)
PIECES = st.sampled_from(
    ["", "2024-02-30", "2024-08-22", "9999-12-31", "0001-01-01", "nan,nan,nan", "34.4,31.4,11",
     "inf,0,0", "1e400,1,1", "on", "1", "timeline", "corridor", "diplomacy,", "ar", EVENT.id,
     "</script>", "x" * 10_000]
)  # fmt: skip


@given(st.dictionaries(st.sampled_from(NAMES) | st.text(), PIECES | st.text()))
def test_any_query_gives_a_view_inside_the_record(query: dict[str, str]) -> None:
    view, notices = view_of(query, WORLD)
    assert WORLD.record_span.has(view.window.first)
    assert WORLD.record_span.has(view.window.last)
    assert view.layers <= opening_view(WORLD).layers
    assert view.compare is None or WORLD.record_span.has(view.compare)
    assert view.event in {None, *(one.id for one in WORLD.events)}
    assert all(len(notice) < 300 for notice in notices)


@st.composite
def views(draw):
    """Return views that a visitor can reach."""
    opened = draw(st.sampled_from([(None, None), (EVENT.id, None), (None, "corridor")]))
    camera = st.builds(camera_of, st.floats(24, 42), st.floats(24, 37), st.floats(6, 16))
    return View(
        window=Period.of(draw(DAYS), draw(DAYS)),
        cumulative=draw(st.booleans()),
        layers=draw(st.frozensets(st.sampled_from(sorted(opening_view(WORLD).layers)))),
        themes=draw(st.frozensets(st.sampled_from(Theme))),
        event=opened[0],
        layer=opened[1],
        language=draw(st.sampled_from(Language)),
        camera=draw(st.none() | camera),
        tiles=draw(st.booleans()),
        drafts=draw(st.booleans()),
        positions=draw(st.booleans()),
        hindsight=draw(st.booleans()),
        below=draw(st.sampled_from(Below)),
        compare=draw(st.none() | DAYS),
        by_party=draw(st.booleans()),
    )


@given(views())
def test_a_view_comes_back_from_its_own_url(view: View) -> None:
    again, notices = view_of(query_of(view, opening_view(WORLD)), WORLD)
    assert again == view
    assert notices == ()


def test_the_opening_view_has_an_empty_url() -> None:
    assert query_of(opening_view(WORLD), opening_view(WORLD)) == {}


def test_reversed_days_are_turned_round_and_told() -> None:
    view, notices = view_of({"from": "2024-08-22", "to": "2024-05-01"}, WORLD)
    assert view.window == Period.of(date(2024, 5, 1), date(2024, 8, 22))
    assert len(notices) == 1


def test_a_first_day_alone_keeps_the_usual_last_day() -> None:
    view, notices = view_of({"from": "2024-05-01"}, WORLD)
    assert view.window == Period.of(date(2024, 5, 1), WORLD.events_span.last)
    assert notices == ()


def test_a_first_day_after_the_usual_last_one_runs_to_the_end_of_the_record() -> None:
    view, _ = view_of({"from": "2025-06-01"}, WORLD)
    assert view.window == Period.of(date(2025, 6, 1), WORLD.record_span.last)


def test_unknown_layers_alone_leave_the_layers_as_they_were() -> None:
    view, notices = view_of({"layers": "moon", "events": "tides"}, WORLD)
    assert (view.layers, view.themes) == (opening_view(WORLD).layers, frozenset(Theme))
    assert len(notices) == 2


def test_every_broken_part_gets_its_own_notice() -> None:
    query = {"from": "May", "event": "nobody", "lang": "fr", "camera": "up", "layers": "moon"}
    _, notices = view_of(query, WORLD)
    assert len(notices) == len(query)
