"""Generated events: as a table for the app, and as plain arrays for its peers."""

from __future__ import annotations

import shutil
from datetime import date
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import shapely

from components.model.event import Kind, Mode

if TYPE_CHECKING:
    from pathlib import Path

EPOCH = date(1970, 1, 1)
FIRST = (date(2023, 10, 7) - EPOCH).days
LAST = FIRST + 469
INSIDE, VAGUE = 0.6, 0.15
AROUND_KM, KM_PER_DEG = 60, 111.2
RADII_M, RADII_SHARES = (200, 1_000, 5_000), (0.6, 0.3, 0.1)

Arrays = dict[str, np.ndarray]


def generate(n: int, repository: Path) -> Arrays:
    """Return the columns of `n` events, always the same for one `n`.

    Days are counted from 1970-01-01; kinds and modes are numbers in the order of their enums.
    """
    dice = np.random.default_rng(FIRST)
    gaza = gpd.read_file(repository / "geodata" / "gaza.geojson").union_all()
    lonlat = np.vstack([inside(gaza, round(n * INSIDE), dice), around(gaza, n, dice)])[:n]
    first = dice.integers(FIRST, LAST + 1, n)
    days = np.where(dice.random(n) < VAGUE, dice.integers(2, 31, n), 1)
    events = {
        "lon": lonlat[:, 0],
        "lat": lonlat[:, 1],
        "first": first,
        "last": np.minimum(first + days - 1, LAST),
        "kind": dice.integers(0, len(Kind), n),
        "mode": dice.integers(0, len(Mode), n),
        "radius_m": dice.choice(RADII_M, n, p=RADII_SHARES),
    }
    mixed = dice.permutation(n)
    return {name: column[mixed] for name, column in events.items()}


def inside(area: shapely.Geometry, n: int, dice: np.random.Generator) -> np.ndarray:
    """Return `n` random points within an area, as rows of longitude and latitude."""
    shapely.prepare(area)
    west, south, east, north = area.bounds
    found = np.empty((0, 2))
    while len(found) < n:
        tried = dice.uniform((west, south), (east, north), (n * 2, 2))
        found = np.vstack([found, tried[shapely.contains_xy(area, *tried.T)]])
    return found[:n]


def around(area: shapely.Geometry, n: int, dice: np.random.Generator) -> np.ndarray:
    """Return `n` random points within `AROUND_KM` of an area's middle."""
    middle = area.centroid
    away_deg = AROUND_KM / KM_PER_DEG * np.sqrt(dice.random(n))
    angle = dice.uniform(0, 2 * np.pi, n)
    east_deg = away_deg * np.cos(angle) / np.cos(np.radians(middle.y))
    return np.column_stack([middle.x + east_deg, middle.y + away_deg * np.sin(angle)])


def count(events: Arrays, first: int, last: int) -> int:
    """Return how many events a window of days shows."""
    return int(((events["first"] <= last) & (events["last"] >= first)).sum())


def write_arrays(events: Arrays, path: Path) -> None:
    """Write what the peers read."""
    np.savez(path, **events)


def write_seeds(events: Arrays, folder: Path, repository: Path) -> None:
    """Write a folder of seeds: the owner's article and the events as GeoParquet."""
    folder.mkdir(parents=True)
    for path in (repository / "seeds").glob("*.*"):
        if path.suffix in {".json", ".txt"}:
            shutil.copy(path, folder)
    number = pd.Series(np.arange(len(events["lon"]))).astype(str).str.zfill(7)
    kind = pd.Series(np.array(Kind, dtype=object)[events["kind"]]).astype(str)
    day = pd.ArrowDtype(pa.date32())
    table = gpd.GeoDataFrame(
        {
            "id": number,
            "title": "Generated: " + kind + " " + number,
            "kind": kind,
            "mode": pd.Series(np.array(Mode, dtype=object)[events["mode"]]).astype(str),
            "first": pd.Series(events["first"].astype("int32")).astype(day),
            "last": pd.Series(events["last"].astype("int32")).astype(day),
            "radius_m": events["radius_m"].astype("float64"),
            "source": "a generator",
            "publisher": "The benchmark",
            "published": pd.Series([date(2025, 1, 20)] * len(number), dtype=day),
            "quote": "On this day there was " + kind + ", says number " + number + ".",
        },
        geometry=gpd.points_from_xy(events["lon"], events["lat"]),
        crs="EPSG:4326",
    )
    table.to_parquet(folder / "generated.parquet", index=False)
