"""Placing and joining: named, inside, near, each with the footprints of the event's days."""

from datetime import date

import pytest
from shapely.geometry import Point, box

from components.geo.gazetteer import Gazetteer
from components.geo.geodesic import area_km2, distance_m, length_km
from components.geo.joining import named_links, spatial_links
from components.geo.placing import placed
from components.model.event import Basis, Role
from components.model.world import How, PlacedEvent, Site, UnplacedEvent
from tests.worlds import BAND, event, footprint, layer, mention, place

INSIDE = Point(34.42, 31.45)
NORTH_EDGE_DEG = 31.46


@pytest.fixture
def corridor():
    """Return a corridor that was narrow in April, wide from May to July 2024, then gone."""
    return layer(
        footprint(date(2024, 4, 1), date(2024, 4, 30), id="corridor:narrow"),
        footprint(date(2024, 5, 1), date(2024, 7, 31), id="corridor:wide"),
    )


def test_a_name_is_found_whatever_its_case_dashes_and_article(corridor) -> None:
    gazetteer = Gazetteer.of([corridor], [place("Deir al-Balah")])
    assert gazetteer.find("the  CORRIDOR") is corridor
    assert gazetteer.find("Deir al Balah").id == "deir al-balah"
    assert gazetteer.find("Atlantis") is None


def test_a_place_that_is_a_layers_footprint_leads_to_the_layer(corridor) -> None:
    gazetteer = Gazetteer.of([corridor], [place("The Strip", layer="corridor")])
    assert gazetteer.find("the strip") is corridor


@pytest.mark.parametrize(
    ("mentions", "reason"),
    [
        ((mention("Cairo", basis=Basis.GUESSED),), "only likely"),
        ((mention("the region"),), "too vague, or not in the gazetteer"),
        ((mention("Cairo", Role.TOPIC),), "It is about: Cairo"),
        ((), "states no place"),
    ],
)
def test_an_event_without_an_honest_place_says_why(mentions, reason) -> None:
    outcome = placed(event(places=mentions), Gazetteer.of([], [place("Cairo")]))
    assert isinstance(outcome, UnplacedEvent)
    assert reason in outcome.reason


def test_an_inferred_place_puts_an_event_on_the_map_and_a_topic_does_not() -> None:
    gazetteer = Gazetteer.of([], [place("Cairo"), place("Rafah")])
    mentions = (mention("Cairo", basis=Basis.INFERRED), mention("Rafah", Role.TOPIC))
    outcome = placed(event(places=mentions), gazetteer)
    assert isinstance(outcome, PlacedEvent)
    assert [site.target.id for site in outcome.sites] == ["cairo"]


def test_a_month_is_tied_to_every_footprint_of_that_month(corridor) -> None:
    gazetteer = Gazetteer.of([corridor], [])
    spring = event("2024-04-30/2024-05-01", places=(mention("Corridor"),))
    links = list(named_links([spring], gazetteer))
    assert [link.footprint for link in links] == ["corridor:narrow", "corridor:wide"]
    assert {link.how for link in links} == {How.NAMED}


def test_a_name_without_a_footprint_on_its_days_is_tied_all_the_same(corridor) -> None:
    gazetteer = Gazetteer.of([corridor], [])
    (link,) = named_links([event("2024-08-22", places=(mention("Corridor"),))], gazetteer)
    assert (link.layer, link.footprint) == ("corridor", None)


def at(point: Point, edtf: str = "2024-06-01") -> PlacedEvent:
    """Return an event at a point."""
    here = mention("Somewhere")
    return PlacedEvent(event(edtf, places=(here,)), (Site(here, place("Somewhere", point)),))


def test_a_point_in_the_footprint_of_its_day_is_inside_it(corridor) -> None:
    (link,) = spatial_links([at(INSIDE)], [corridor])
    assert (link.how, link.distance_m, link.footprint) == (How.INSIDE, 0.0, "corridor:wide")


def test_a_point_beside_it_is_near_with_geodesic_metres(corridor) -> None:
    beside = Point(34.42, NORTH_EDGE_DEG + 0.01)
    (link,) = spatial_links([at(beside)], [corridor])
    assert link.how is How.NEAR
    # A hundredth of a degree of latitude at 31.46 N is 1108.7 m on the WGS 84 ellipsoid.
    assert link.distance_m == pytest.approx(1108.7, abs=1.0)


@pytest.mark.parametrize(
    ("edtf", "point"), [("2024-08-22", INSIDE), ("2024-06-01", Point(31.2, 30.0))]
)
def test_on_other_days_or_far_away_there_is_no_tie(corridor, edtf, point) -> None:
    assert not list(spatial_links([at(point, edtf)], [corridor]))


@pytest.mark.parametrize(("apart_deg", "ties"), [(0.0449, 1), (0.0453, 0)])
def test_near_ends_at_five_geodesic_kilometres(corridor, apart_deg, ties) -> None:
    # 0.0449 and 0.0453 degrees of latitude are 4,978 and 5,022 m here.
    beside = Point(34.42, NORTH_EDGE_DEG + apart_deg)
    assert len(list(spatial_links([at(beside)], [corridor]))) == ties


def test_an_area_is_not_near_a_corridor(corridor) -> None:
    assert not list(spatial_links([at(box(34.0, 31.0, 35.0, 32.0))], [corridor]))


def test_a_layer_of_another_kind_is_not_joined() -> None:
    area = layer(footprint(), kind="area")
    assert not list(spatial_links([at(INSIDE)], [area]))


def test_measures_are_geodesic() -> None:
    # One degree of longitude and of latitude at the equator of WGS 84.
    assert length_km(box(0, 0, 1, 1).boundary) == pytest.approx(443.77, abs=0.01)
    assert area_km2(box(0, 0, 1, 1)) == pytest.approx(12308.8, abs=0.1)
    assert area_km2(box(0, 0, 1, 1).reverse()) == pytest.approx(12308.8, abs=0.1)
    assert distance_m(INSIDE, BAND) == 0.0
