"""The world's places: which one a name means, alone and among the others of an article."""

from pathlib import Path

import pytest
from shapely.geometry import Point

from components.geo.gazetteer import PICKED, Gazetteer
from components.geo.layers import read_land
from components.geo.placing import centre, placed, without_wider
from components.geo.resolving import Toponym, resolve
from components.geo.world import WorldGazetteer, read_world
from components.model.event import Basis, Mention, Role
from components.model.place import Place
from components.model.world import PlacedEvent, UnplacedEvent
from tests.worlds import BAND, event, footprint, layer, mention, place

GEODATA = Path(__file__).parents[2] / "geodata"


@pytest.fixture(scope="module")
def world() -> WorldGazetteer:
    """Return the committed world gazetteer."""
    return read_world(GEODATA)


@pytest.fixture(scope="module")
def gazetteer(world) -> Gazetteer:
    """Return a gazetteer with two curated places before the world's."""
    cairo = place("Cairo", shape=Point(31.24, 30.06))
    york = place("New York", shape=Point(-74.006, 40.714))
    return Gazetteer.of([layer(footprint())], [cairo, york], world)


@pytest.fixture(scope="module")
def land(world) -> Gazetteer:
    """Return the whole gazetteer of the app."""
    found = read_land(GEODATA)
    return Gazetteer.of(found.layers, found.places, world)


def meant(gazetteer: Gazetteer, *mentions: str) -> list[str | None]:
    """Return the ids of what mentions mean; "Paris|Texas" is one within another."""
    toponyms = [Toponym(*mention.split("|")) for mention in mentions]
    return [target and target.id for target in resolve(toponyms, gazetteer)]


PARIS, PARIS_TEXAS = "geonames:2988507", "geonames:4717560"


@pytest.mark.parametrize(
    ("mentions", "ids"),
    [
        (["Paris"], [PARIS]),
        (["Paris|Texas"], [PARIS_TEXAS]),
        (["Georgia", "Atlanta", "U.S."], ["geonames:4197000", "geonames:4180439", "iso:US"]),
        (["Georgia", "Tbilisi", "Moscow"], ["iso:GE", "geonames:611717", "geonames:524901"]),
        (["Birmingham", "Alabama"], ["geonames:4049979", "geonames:4829764"]),
        (["Birmingham", "England"], ["geonames:2655603", "geonames:6269131"]),
        (["Athens|Georgia", "Georgia"], ["geonames:4180386", "geonames:4197000"]),
        (["Orange County", "Florida"], ["fips:12095", "geonames:4155751"]),
        (["Nowhereville"], [None]),
    ],
)
def test_a_name_means_the_place_that_the_context_gives(gazetteer, mentions, ids) -> None:
    assert meant(gazetteer, *mentions) == ids


def test_a_curated_place_comes_before_the_worlds(gazetteer) -> None:
    assert meant(gazetteer, "Cairo", "Cairo|Egypt", "CAIRO") == ["cairo"] * 3
    assert gazetteer.find("Cairo").id == "cairo"


def test_a_curated_place_gives_way_where_the_text_names_another_land(gazetteer) -> None:
    assert meant(gazetteer, "Cairo|Georgia", "Georgia")[0] == "geonames:4185632"


def test_new_york_is_the_state_in_a_list_of_states(gazetteer) -> None:
    assert meant(gazetteer, "Kansas", "Ohio", "New York")[2] == "geonames:5128638"
    assert meant(gazetteer, "Kansas", "London", "New York")[2] == "new york"


def test_a_village_that_nobody_has_is_somewhere_in_its_state(gazetteer) -> None:
    (target,) = resolve([Toponym("Nowhereville Heights", "Texas")], gazetteer)
    assert target.id == "geonames:4736286"
    assert target.radius_m > 300_000


def test_a_small_town_in_a_land_that_the_article_never_names_is_not_meant(gazetteer) -> None:
    assert meant(gazetteer, "Morag", "Israel", "Egypt", "Qatar")[0] is None
    assert meant(gazetteer, "Morag", "Poland")[0] == "geonames:3091462"


def test_without_the_world_only_curated_names_are_known() -> None:
    gazetteer = Gazetteer.of([], [place("Cairo")])
    assert meant(gazetteer, "Cairo", "Paris") == ["cairo", None]
    assert gazetteer.find("Paris") is None


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Paris", PARIS),
        ("the United States", "iso:US"),
        ("Springfield", None),  # three as large
        ("the region", None),
        ("region", None),
        ("", None),
        ("the ", None),
    ],
)
def test_a_bare_name_is_found_when_one_place_is_plainly_meant(gazetteer, name, found) -> None:
    target = gazetteer.find(name)
    assert (target and target.id) == found


def test_an_id_says_which_place_whatever_the_name(gazetteer) -> None:
    assert gazetteer.find("there", PARIS_TEXAS).names.en == "Paris"
    assert gazetteer.find("there", "cairo").id == "cairo"
    assert gazetteer.find("there", "corridor").id == "corridor"
    assert gazetteer.find("Paris", "nowhere:1") is None


def test_the_id_of_a_country_leads_to_the_curated_one(world) -> None:
    egypt = place("Egypt", shape=BAND)
    assert Gazetteer.of([], [egypt], world).find("there", "iso:EG") is egypt


def test_a_point_picked_on_the_map_is_a_place_with_its_radius(gazetteer) -> None:
    target = gazetteer.find("the dunes", "34.25,31.3,2500")
    assert isinstance(target, Place)
    assert (target.kind, target.names.en, target.radius_m) == (PICKED, "the dunes", 2500)
    assert (target.shape.x, target.shape.y) == (34.25, 31.3)


@pytest.mark.parametrize(
    "at", ["200,31,10", "34,95,10", "34,31,-1", "34,31", "nan,31,10", "34,31,1e99", "34,31,9e8", ""]
)
def test_a_point_that_is_none_is_no_place(gazetteer, at) -> None:
    assert gazetteer.find("there", at) is None


def test_an_event_is_placed_where_its_mention_says(gazetteer) -> None:
    chosen = Mention("Paris", Role.EVENT, Basis.STATED, at="34.25,31.3,2500")
    outcome = placed(event(places=(chosen,)), gazetteer)
    assert isinstance(outcome, PlacedEvent)
    assert outcome.sites[0].target.radius_m == 2500
    lost = Mention("Paris", Role.EVENT, Basis.STATED, at="nowhere:1")
    assert isinstance(placed(event(places=(lost,)), gazetteer), UnplacedEvent)


def test_a_country_is_no_sharp_point(gazetteer) -> None:
    assert gazetteer.find("France").radius_m > 300_000
    assert gazetteer.find("Doha").radius_m <= 20_000


def test_the_centre_of_a_place_and_of_a_layer(gazetteer) -> None:
    lon, lat, radius_m = centre(gazetteer.find("France"))
    assert (lon, lat) == (2, 46)
    assert radius_m > 300_000
    lon, lat, radius_m = centre(layer(footprint()))
    assert (lon, lat) == pytest.approx((BAND.centroid.x, BAND.centroid.y))
    assert radius_m > 0
    assert centre(layer(footprint(shape=None))) is None


def test_curated_names_leave_out_words_that_only_point_back() -> None:
    strip = place("Gaza Strip", aliases=("Gaza", "the enclave"))
    assert Gazetteer.of([], [strip]).curated_names == {"Gaza Strip", "Gaza"}


@pytest.mark.parametrize(
    ("names", "left"),
    [
        (["Rafah", "Gaza Strip"], ["Rafah"]),
        (["Netzarim Corridor", "Gaza"], ["Netzarim Corridor"]),
        (["Doha", "Qatar"], ["Doha"]),
        (["Rafah", "Khan Younis"], ["Rafah", "Khan Younis"]),
        (["Doha", "Egypt"], ["Doha", "Egypt"]),
        (["Gaza"], ["Gaza"]),
        (["Rafah", "nowhere known"], ["Rafah", "nowhere known"]),
    ],
)
def test_what_only_says_where_another_place_lies_is_left_out(land, names, left) -> None:
    mentions = tuple(mention(name) for name in names)
    assert [one.name for one in without_wider(mentions, land)] == left


def test_a_topic_leaves_nothing_out(land) -> None:
    mentions = (mention("Rafah", Role.TOPIC), mention("Gaza"))
    assert without_wider(mentions, land) == mentions


@pytest.mark.parametrize(
    ("name", "lon", "lat"),
    [
        ("Jiangsu", 119.9, 33.0),
        ("Sinai", 33.8, 29.5),
        ("North Jeolla", 127.1, 35.7),
        ("County Tyrone", -7.2, 54.6),
        ("Danube Delta", 29.3, 45.1),
    ],
)
def test_a_well_known_land_lies_where_maps_have_it(world, name, lon, lat) -> None:
    likeliest = world.candidates(name)[0]
    assert abs(likeliest.lon_deg - lon) < 1
    assert abs(likeliest.lat_deg - lat) < 1
