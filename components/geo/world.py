"""The world's countries, provinces, counties and cities, by name, as news writes them."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from shapely import Point

from components.geo.gazetteer import folded
from components.model.place import Names, Place

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FILE = "world.parquet"
SOURCE = "GeoNames, CC BY 4.0; wider regions by our own estimate"

COUNTRY, REGION, PROVINCE, COUNTY, CAPITAL, CITY = KINDS = (
    "country",
    "region",
    "province",
    "county",
    "capital",
    "city",
)

# How likely a bare name means a place of that kind, in powers of ten of inhabitants.
_MORE_THAN_A_CITY = {COUNTRY: 1.5, PROVINCE: 0.3, COUNTY: -0.5, CAPITAL: 1.0, CITY: 0.0}
_A_REGION = 6.5
_ANOTHER_NAME = 1.2  # less likely: "Canton" is a city in Ohio before it is Guangzhou
_A_GOOD_PART = 1.0  # a fifth of a province's people, with what a province weighs more
_WELL_KNOWN_PROVINCE = 500_000  # inhabitants
_WELL_KNOWN_CITY = 250_000
_ACRONYM = 3  # letters
_CLEAR = 0.9  # so much more likely than the next one, that a bare name means it


@dataclass(frozen=True)
class Candidate:
    """A place that a name may mean.

    Attributes
    ----------
    row : int
        Of the world gazetteer.
    weight : float
        How likely before the context is known; one more is ten times as likely.
    """

    row: int
    kind: str
    country: str
    province: str
    lon_deg: float
    lat_deg: float
    weight: float

    @property
    def is_town(self) -> bool:
        """Whether it is a city or a town, and so a point rather than an area."""
        return self.kind in {CAPITAL, CITY}


@dataclass(frozen=True, eq=False)
class WorldGazetteer:
    """Looks up the world's places by name; columns, since there are so many.

    Attributes
    ----------
    places : Table
        One row a place: `id`, `kind`, `name`, `lon_mdeg`, `lat_mdeg` (WGS 84), `population`,
        `country` (ISO 3166-1), `province` (GeoNames code of the first level) and `radius_m`.
    rows : mapping of str to tuple of int
        By folded name; `~row` where it is another name of a larger city.
    well_known : frozenset of str
        Folded names of countries, provinces and large cities.
    demonyms : mapping of str to str
        "Egyptian" to "Egypt".
    """

    places: pa.Table
    rows: Mapping[str, tuple[int, ...] | int]
    well_known: frozenset[str]
    demonyms: Mapping[str, str]

    @cached_property
    def names(self) -> frozenset[str]:
        """Every folded name; in capitals too, where it is so well known that it stands alone."""
        return frozenset(self.rows) | {name.upper() for name in self.well_known}

    def value(self, column: str, row: int) -> Any:  # noqa: ANN401 - as the column has it
        """Return one value of a column."""
        return self._columns[column][row].as_py()

    @cached_property
    def _columns(self) -> Mapping[str, pa.Array]:
        return {name: self.places[name].combine_chunks() for name in self.places.column_names}

    def candidates(self, name: str) -> tuple[Candidate, ...]:
        """Return what `name` may mean, the likeliest first."""
        rows = self.rows.get(folded(name), ())
        found = [
            self._candidate(row) if row >= 0 else self._candidate(~row, _ANOTHER_NAME)
            for row in ((rows,) if isinstance(rows, int) else rows)
        ]
        # Where a province is named for the city that most of its people live in, it is the city.
        cities = {(one.country, one.province): one.weight for one in found if one.is_town}
        weighed = [
            replace(one, weight=one.weight - 1)
            if one.kind == PROVINCE
            and cities.get((one.country, one.province), 0) > one.weight - _A_GOOD_PART
            else one
            for one in found
        ]
        return tuple(sorted(weighed, key=lambda one: -one.weight))

    def _candidate(self, row: int, less: float = 0.0) -> Candidate:
        kind = self.value("kind", row)
        people = math.log10(self.value("population", row) + 1)
        return Candidate(
            row=row,
            kind=kind,
            country=self.value("country", row),
            province=self.value("province", row),
            lon_deg=self.value("lon_mdeg", row) / 1000,
            lat_deg=self.value("lat_mdeg", row) / 1000,
            weight=(_A_REGION if kind == REGION else people + _MORE_THAN_A_CITY[kind]) - less,
        )

    def find(self, name: str) -> Place | None:
        """Return the place that a bare name means; None when several are as likely.

        A name without a capital is no name of a place of the world ("the region").
        """
        if not name.removeprefix("the ")[:1].isupper():
            return None
        found = self.candidates(name)
        if not found or (len(found) > 1 and found[0].weight - found[1].weight < _CLEAR):
            return None
        return self.place(found[0].row)

    def place_of(self, place_id: str) -> Place | None:
        """Return the place with that id; None when there is none."""
        row = self._columns["id"].index(place_id).as_py()
        return None if row < 0 else self.place(row)

    def place(self, row: int) -> Place:
        """Return the place of a row; of a country it is its centre with a wide radius."""
        name = self.value("name", row)
        radius_m = float(self.value("radius_m", row))
        return Place(
            id=self.value("id", row),
            names=Names(name, name, name),
            aliases=(),
            kind=self.value("kind", row),
            shape=Point(self.value("lon_mdeg", row) / 1000, self.value("lat_mdeg", row) / 1000),
            radius_m=radius_m,
            accuracy_m=max(1000.0, radius_m / 2),
            layer=None,
            source=SOURCE,
        )


def read_world(folder: Path) -> WorldGazetteer:
    """Read the world gazetteer.

    Parameters
    ----------
    folder : Path
        Holds `world.parquet`; its `SOURCES.md` says what that is made of.
    """
    table = pq.ParquetFile(folder / FILE).read()
    kinds, people = table["kind"], table["population"]
    well = pc.or_(
        pc.is_in(kinds, pa.array([COUNTRY, REGION, CAPITAL])),
        pc.or_(
            pc.and_(pc.equal(kinds, PROVINCE), pc.greater(people, _WELL_KNOWN_PROVINCE)),
            pc.and_(pc.equal(kinds, CITY), pc.greater(people, _WELL_KNOWN_CITY)),
        ),
    )
    well_known = {
        name
        for names in table["names"].filter(well).to_pylist()
        for name in names.split("|")
        if len(name) > _ACRONYM and not name.endswith(".")
    }
    rows: dict[str, tuple[int, ...] | int] = {}
    for column, mark in (("names", 0), ("other_names", -1)):
        parts = pc.split_pattern(table[column], "|").combine_chunks()
        of_rows = pc.list_parent_indices(parts).to_numpy().astype(int) ^ mark
        for name, row in zip(parts.flatten().to_pylist(), of_rows.tolist(), strict=True):
            known = rows.setdefault(name, row) if name else row
            if known != row:
                rows[name] = (*known, row) if isinstance(known, tuple) else (known, row)
    words = table.select(["name", "demonyms"]).filter(pc.field("demonyms") != "").to_pylist()
    return WorldGazetteer(
        places=table.drop_columns(["names", "other_names", "demonyms"]),
        rows=rows,
        well_known=frozenset(well_known),
        # The first place wins: the larger one of two countries ("Congolese").
        demonyms={
            word: one["name"] for one in reversed(words) for word in one["demonyms"].split("|")
        },
    )
