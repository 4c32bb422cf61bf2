"""What a scene becomes: callouts by site, likely events told as such, footprints, camera."""

import json
from dataclasses import replace
from datetime import date

import pytest
from shapely.geometry import LineString, Point, box

from components.draw import style
from components.draw.drawing import drawing
from components.model.event import Attribution, Event, Mode, Scope
from components.model.layer import Layer, Method
from components.model.period import Period
from components.model.place import Language, Names, Place
from components.model.view import Camera, Scene, View
from components.model.world import PlacedEvent, Site, UnplacedEvent, World
from tests.worlds import event, footprint, mention, place, world

WINDOW = Period.of(date(2024, 5, 1), date(2024, 8, 22))
CAIRO = place("Cairo", Point(31.24, 30.06))
BAND = footprint(id="n:1", layer="netzarim_corridor", method=Method.SCHEMATIC, accuracy_m=1500.0)
GONE = footprint(id="n:2", layer="netzarim_corridor", last=date(2024, 1, 1))
BORDER = footprint(id="b:1", layer="egypt_gaza_border", shape=LineString([(34, 31), (34, 32)]))
STRIP = footprint(id="g:1", layer="gaza", shape=box(34.2, 31.2, 34.6, 31.6))
GATE = footprint(
    id="c:1",
    layer="crossings",
    place="gate",
    shape=Point(34.3, 31.3),
    names=Names("Gate", "بوابة", "שער"),
    status="closed",
    status_words="Shut",
)
OTHER_GATE = replace(GATE, id="c:2", place="other_gate")


def one_layer(name: str, *footprints: object) -> Layer:
    return Layer(name, "layer", Names(name, f"{name} ar", f"{name} he"), (), "", footprints)


LAYERS = (
    one_layer("netzarim_corridor", BAND, GONE),
    one_layer("egypt_gaza_border", BORDER),
    one_layer("gaza", STRIP),
    one_layer("crossings", GATE, OTHER_GATE),
)


def at(happening: Event, *targets: Place | Layer) -> PlacedEvent:
    return PlacedEvent(happening, tuple(Site(mention("there"), target) for target in targets))


def seen(
    *placed: PlacedEvent,
    unplaced: tuple[UnplacedEvent, ...] = (),
    footprints: tuple[object, ...] = (),
    **chosen: object,
) -> tuple[Scene, World]:
    view = View(WINDOW, **chosen)
    scene = Scene(view, WINDOW, placed, unplaced, (), (), footprints, (), 0)
    return scene, replace(world(), layers=LAYERS)


def callouts(*args: object, **kwargs: object) -> dict[str, dict]:
    return {found["id"]: found for found in drawing(*seen(*args, **kwargs))["callouts"]}


def test_events_of_one_site_share_its_callout_and_a_likely_one_says_so() -> None:
    placed = [at(event(), CAIRO) for _ in range(3)]
    likely = UnplacedEvent(event(), "inferred", CAIRO)
    nowhere = UnplacedEvent(event(), "no place", None)
    (found,) = callouts(*placed, unplaced=(likely, nowhere)).values()
    assert found["name"] == "Cairo"
    assert [told["likely"] for told in found["events"]] == [False, False, False, True]
    assert found["lonlat"] == [31.24, 30.06]
    assert found["radius_m"] == 1000
    assert not found["area"]


def test_an_event_named_twice_at_one_site_counts_once_and_at_two_sites_twice() -> None:
    found = callouts(at(event(), CAIRO, CAIRO, LAYERS[0]))
    assert {name: len(told["events"]) for name, told in found.items()} == {
        "layer:netzarim_corridor": 1,
        "place:cairo": 1,
    }


def test_a_place_that_is_a_layer_stands_for_it() -> None:
    gaza = Place("gaza", Names("Gaza", "", ""), (), "area", None, 0, 50, "gaza", "")
    (found,) = callouts(at(event(), gaza)).values()
    assert found["id"] == "layer:gaza"
    assert found["area"]
    assert found["footprints"] == ["g:1"]
    assert found["radius_m"] is None


def test_a_crossing_is_a_site_of_its_own() -> None:
    gate = place("Gate", Point(34.3, 31.3), layer="crossings")
    (found,) = callouts(at(event(), gate)).values()
    assert (found["id"], found["layer"], found["footprints"]) == ("place:gate", None, ["c:1"])


def test_a_country_is_an_area_and_never_a_point() -> None:
    (found,) = callouts(at(event(), place("Israel", box(34, 29, 36, 33)))).values()
    assert found["area"]
    assert found["radius_m"] is None


def test_corridors_and_border_are_named_without_events_and_come_first() -> None:
    found = callouts(at(event(), CAIRO), footprints=(BORDER, BAND, STRIP))
    assert list(found) == ["layer:netzarim_corridor", "layer:egypt_gaza_border", "place:cairo"]
    assert not found["layer:netzarim_corridor"]["events"]
    assert found["layer:netzarim_corridor"]["method"] == "schematic"


def test_a_callout_ends_on_the_footprint_of_the_windows_last_day() -> None:
    found = callouts(at(event(), LAYERS[0]))
    assert found["layer:netzarim_corridor"]["footprints"] == ["n:1"]


def test_a_layer_without_an_outline_keeps_its_events_at_its_anchor() -> None:
    anchor = style.LAYERS["netzarim_corridor"].anchors[0]
    gone = one_layer("netzarim_corridor", replace(BAND, shape=None))
    (found,) = callouts(at(event(), gone)).values()
    assert found["lonlat"] == [anchor.lon_deg, anchor.lat_deg]
    assert found["note"] == "no outline this day"
    assert len(found["events"]) == 1


def test_footprints_are_named_in_the_language_with_label_and_accuracy() -> None:
    shown = drawing(
        *seen(footprints=(BAND, GATE, replace(BORDER, shape=None)), language=Language.HEBREW)
    )
    assert shown["direction"] == "rtl"
    assert shown["footprints"] == [
        {
            "id": "n:1",
            "layer": "netzarim_corridor",
            "name": "netzarim_corridor he",
            "label": "A strip",
            "accuracy": "schematic, ± 1.5 km",
        },
        {
            "id": "c:1",
            "layer": "crossings",
            "name": "שער",
            "label": "Shut",
            "accuracy": "derived, ± 100 m",
        },
    ]


@pytest.mark.parametrize(
    ("edtf", "words", "vague"),
    [
        ("2024-08-22", "Thu 22 Aug 2024", False),
        ("2024-08-22?", "Thu 22 Aug 2024 (uncertain)", True),
        ("2024-05", "May 2024, day not stated", True),
        ("2024", "2024, day not stated", True),
        ("../2024-08-22", "by Thu 22 Aug 2024, start not stated", True),
        ("2023-10-07/..", "since Sat 7 Oct 2023", True),
        ("2024-08-21/2024-08-22", "Wed 21 Aug 2024 to Thu 22 Aug 2024", True),
    ],
)
def test_dates_are_said_in_words_and_vague_ones_are_marked(
    edtf: str, words: str, *, vague: bool
) -> None:
    (found,) = callouts(at(event(edtf), CAIRO)).values()
    assert (found["events"][0]["when"], found["events"][0]["vague"]) == (words, vague)


def test_an_event_says_mode_theme_and_who_said_it_but_not_who_counted() -> None:
    said = (
        Attribution("Egypt", "Egypt says", Scope.EVENT),
        Attribution("Egypt", "Egypt adds", Scope.EVENT),
        Attribution("tallies", "by tallies", Scope.FIGURE),
    )
    (found,) = callouts(at(event(mode=Mode.CLAIMED, attributions=said), CAIRO)).values()
    (told,) = found["events"]
    assert (told["mode_words"], told["theme"], told["who"]) == ("claimed", "diplomacy", "Egypt")


def test_selection_tiles_names_and_camera_pass_through() -> None:
    chosen = {"event": "e", "tiles": True, "layers": frozenset({"places"})}
    shown = drawing(*seen(camera=Camera(31.2, 30.1, 9), **chosen), move=7)
    assert shown["selected"] == {"event": "e", "layer": None}
    assert shown["tiles"] is True
    assert shown["places"] is True
    assert shown["day"] == "Thu 22 Aug 2024"
    assert shown["camera"] == {"move": 7, "to": [31.2, 30.1, 9]}
    assert drawing(*seen())["camera"] == {"move": 0, "to": None}
    assert json.loads(json.dumps(shown)) == shown
