"""What the browser is told: the record once, and what the visitor chose."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from shapely.geometry import LineString, Point, box

from components.draw import style
from components.draw.drawing import drawing
from components.draw.record import TITLED, metres_words, record
from components.model.event import Attribution, Mode, Scope
from components.model.layer import Method
from components.model.period import Period
from components.model.place import Language, Names
from components.model.view import Camera, View
from components.model.world import PlacedEvent, Site, UnplacedEvent
from tests import worlds

WINDOW = Period.of(date(2024, 5, 1), date(2024, 8, 22))
BAND = worlds.footprint(
    id="n:1", layer="netzarim_corridor", method=Method.SCHEMATIC, accuracy_m=1500.0
)
NETZARIM = replace(worlds.layer(BAND), id="netzarim_corridor")
GAZA = replace(worlds.layer(worlds.footprint(id="g:1", layer="gaza")), id="gaza")
GATE = worlds.footprint(
    id="c:1", layer="crossings", place="gate", shape=Point(34.3, 31.3),
    names=Names("Gate", "بوابة", "שער"), status="closed", status_words="Shut",
)  # fmt: skip
CROSSINGS = replace(worlds.layer(GATE), id="crossings")


def told(*placed, unplaced=(), drafts=(), layers=(NETZARIM, GAZA, CROSSINGS), **changes):
    events = [one.event for one in (*placed, *unplaced)]
    known = replace(
        worlds.world(layers=layers, **changes),
        placed=placed, unplaced=unplaced, drafts=drafts,
        events=tuple(sorted(events, key=lambda one: one.order)),
    )  # fmt: skip
    return record(known)


def at(happening, *targets):
    return PlacedEvent(happening, tuple(Site(worlds.mention("there"), one) for one in targets))


def sites(*placed, **changes):
    return {one["id"]: one for one in told(*placed, **changes)["sites"]}


def test_it_can_be_sent() -> None:
    whole = told(at(worlds.event(), NETZARIM))
    assert json.loads(json.dumps(whole)) == whole


def test_days_are_counted_from_1970_and_open_ends_are_far_away() -> None:
    first, always, before = (worlds.event(edtf) for edtf in ("1970-01-02", "2023/..", "../2024"))
    days = {one["id"]: (one["first"], one["last"]) for one in told(
        *(at(one, NETZARIM) for one in (first, always, before)))["events"]}  # fmt: skip
    assert days[first.id] == (1, 1)
    assert days[always.id][1] == (date.max - date(1970, 1, 1)).days
    assert days[before.id][0] == (date.min - date(1970, 1, 1)).days


def test_events_stand_in_the_order_of_time_with_the_unplaced_among_them() -> None:
    early, late = worlds.event("2024-01-01"), worlds.event("2024-03-01")
    nowhere = worlds.event("2024-02-01")
    events = told(
        at(late, NETZARIM), at(early, NETZARIM), unplaced=(UnplacedEvent(nowhere, "no", None),)
    )["events"]
    assert [(one["id"], one["placed"]) for one in events] == [
        (early.id, True), (nowhere.id, False), (late.id, True),
    ]  # fmt: skip


def test_a_draft_stands_among_the_events_and_says_so() -> None:
    happening, draft = worlds.event("2024-02-01"), worlds.event("2024-01-01")
    found = told(at(happening, NETZARIM), drafts=(at(draft, NETZARIM),))
    assert [(one["id"], one["draft"], one["placed"]) for one in found["events"]] == [
        (draft.id, True, True), (happening.id, False, True),
    ]  # fmt: skip
    (site,) = (one for one in found["sites"] if one["events"])
    assert [name for name, _ in site["events"]] == [happening.id, draft.id]


def test_an_event_stands_once_at_each_of_its_sites() -> None:
    cairo = worlds.place("Cairo")
    happening = worlds.event()
    found = sites(at(happening, cairo, cairo, NETZARIM))
    assert {name: len(one["events"]) for name, one in found.items()} == {
        "layer:netzarim_corridor": 1, "place:cairo": 1,
    }  # fmt: skip
    assert found["place:cairo"]["events"] == [[happening.id, False]]


def test_a_likely_place_lists_its_event_as_likely() -> None:
    cairo = worlds.place("Cairo")
    happening = worlds.event()
    found = sites(unplaced=(UnplacedEvent(happening, "inferred", cairo),))
    assert found["place:cairo"]["events"] == [[happening.id, True]]


def test_a_place_that_is_a_layer_stands_for_it_and_a_crossing_for_itself() -> None:
    gaza = replace(worlds.place("Gaza"), shape=None, layer="gaza")
    gate = worlds.place("Gate", Point(34.3, 31.3), layer="crossings")
    found = sites(at(worlds.event(), gaza), at(worlds.event(), gate))
    assert found["layer:gaza"]["of"] == "gaza"
    assert (found["place:gate"]["layer"], found["place:gate"]["of"]) == (None, "crossings")


def test_corridors_come_first_and_without_events_too() -> None:
    found = sites(at(worlds.event(), worlds.place("Cairo")), at(worlds.event(), GAZA))
    assert list(found) == ["layer:netzarim_corridor", "layer:gaza", "place:cairo"]
    assert (found["layer:netzarim_corridor"]["named"], found["layer:gaza"]["named"]) == (
        True, False,
    )  # fmt: skip


def test_a_layer_has_an_anchor_for_days_without_an_outline() -> None:
    anchor = style.LAYERS["netzarim_corridor"].anchors[0]
    assert sites()["layer:netzarim_corridor"]["anchor"] == [anchor.lon_deg, anchor.lat_deg]


def test_a_point_of_a_bent_shape_lies_on_it() -> None:
    bent = LineString([(34, 31), (34.5, 31), (34.5, 31.5)])
    layer = replace(worlds.layer(worlds.footprint(id="x", layer="gaza", shape=bent)), id="gaza")
    (footprint,) = told(layers=(layer,))["footprints"]
    assert bent.distance(Point(footprint["lonlat"])) < 1e-9
    assert not footprint["area"]


def test_a_footprint_says_its_names_label_accuracy_and_days() -> None:
    first, _, gate = told()["footprints"]
    assert first["accuracy"] == "schematic, ± 1.5 km"
    assert (gate["names"]["he"], gate["label"], gate["accuracy"]) == (
        "שער", "Shut", "derived, ± 100 m",
    )  # fmt: skip
    assert gate["first"] < gate["last"]


def test_a_footprint_without_a_shape_has_no_point() -> None:
    gone = replace(NETZARIM, footprints=(replace(BAND, shape=None),))
    assert told(layers=(gone,))["footprints"][0]["lonlat"] is None


def test_a_country_is_an_area() -> None:
    found = sites(at(worlds.event(), worlds.place("Israel", box(34, 29, 36, 33))))
    assert found["place:israel"]["area"]


@pytest.mark.parametrize(
    ("edtf", "words", "vague"),
    [
        ("2024-08-22", "Thu 22 Aug 2024", False),
        ("2024-08-22?", "Thu 22 Aug 2024 (uncertain)", True),
        ("2024-05", "May 2024, day not stated", True),
        ("../2024-08-22", "by Thu 22 Aug 2024, start not stated", True),
        ("2023-10-07/..", "since Sat 7 Oct 2023", True),
    ],
)
def test_dates_are_said_in_words_and_vague_ones_are_marked(
    edtf: str, words: str, *, vague: bool
) -> None:
    (found,) = told(at(worlds.event(edtf), NETZARIM))["events"]
    assert (found["when"], found["vague"]) == (words, vague)


def test_an_event_says_mode_theme_and_who_said_it_but_not_who_counted() -> None:
    said = (
        Attribution("Egypt", "Egypt says", Scope.EVENT),
        Attribution("Egypt", "Egypt adds", Scope.EVENT),
        Attribution("tallies", "by tallies", Scope.FIGURE),
    )
    happening = worlds.event(mode=Mode.CLAIMED, attributions=said)
    (found,) = told(at(happening, NETZARIM))["events"]
    assert (found["mode"], found["theme"], found["who"]) == ("claimed", "diplomacy", "Egypt")


def test_a_small_table_goes_with_its_titles_and_a_large_one_without() -> None:
    rows = [worlds.row() for _ in range(3)]
    small = told(table=worlds.table(*rows))["rows"]
    assert sorted(small) == sorted([row["title"], row["source"]] for row in rows)
    day = date(2024, 1, 1)
    many = (worlds.row(Period.of(day + timedelta(n % 300), day + timedelta(n % 300)))
            for n in range(TITLED + 1))  # fmt: skip
    assert told(table=worlds.table(*many))["rows"] is None


def test_what_the_visitor_chose_is_passed_on() -> None:
    view = View(
        WINDOW, cumulative=True, layers=frozenset({"places", "gaza"}), event="e", tiles=True,
        camera=Camera(31.2, 30.1, 9), language=Language.HEBREW,
    )  # fmt: skip
    shown = drawing(view, row=4, move=7)
    assert shown["selected"] == {"event": "e", "layer": None, "row": 4}
    assert (shown["layers"], shown["tiles"], shown["cumulative"]) == (
        ["gaza", "places"], True, True,
    )  # fmt: skip
    assert shown["window"] == [(day - date(1970, 1, 1)).days for day in (WINDOW.first, WINDOW.last)]
    assert (shown["language"], shown["direction"]) == ("he", "rtl")
    assert shown["camera"] == {"move": 7, "to": [31.2, 30.1, 9]}
    assert drawing(View(WINDOW))["camera"] == {"move": 0, "to": None}
    assert json.loads(json.dumps(shown)) == shown


@pytest.mark.parametrize(("metres", "words"), [(410, "410 m"), (1500, "1.5 km")])
def test_lengths_are_said_as_one_says_them(metres: float, words: str) -> None:
    assert metres_words(metres) == words
