"""Tables of recorded events read from GeoParquet, checked a column at a time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain, repeat
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from pyarrow.parquet import ParquetFile

from components.geo.geodesic import DEGREES
from components.model.event import Kind, Mode, Theme
from components.model.table import OPEN_FIRST, OPEN_LAST, EventTable, Record
from components.model.world import Fault, shown_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from components.model.table import Rows

    Mask = NDArray[np.bool_]

TEXTS = ("id", "title", "kind", "mode", "source", "publisher", "quote")
DAYS = ("first", "last", "published")
FARTHEST_M = 20_037_508.0  # half around the Earth
# Rows as they are once read: a null day is an open end.
ROWS = pa.schema(
    [(name, pa.large_string()) for name in TEXTS]
    + [(name, pa.date32()) for name in DAYS]
    + [("radius_m", pa.float64()), ("lon_deg", pa.float64()), ("lat_deg", pa.float64())]
)
_SHOWN_ROWS = 3
_OF_FEW_VALUES = ("kind", "mode", "source", "publisher")


@dataclass(frozen=True)
class Tables:
    """All recorded events of a folder in one table, and what was wrong with the others."""

    table: EventTable
    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class _Flaw:
    """Which rows have one fault, the columns that show it, and what was expected."""

    bad: Mask
    columns: tuple[str, ...]
    expected: str


@dataclass(frozen=True, eq=False)
class _Texts:
    """The words of a table's rows as Arrow columns: bytes on end, with no string a row."""

    rows: pa.Table

    def ids(self, rows: Rows) -> list[str]:
        """Return the ids of rows, in their order."""
        ids: list[str] = self.rows["id"].take(np.asarray(rows, np.int32)).to_pylist()
        return ids

    def row_of(self, id_: str, /) -> int | None:
        """Return the row that has this id, or None."""
        # As bytes, since an id out of a URL may be one that Arrow refuses as text.
        wanted = pa.scalar(id_.encode(errors="surrogatepass"), pa.large_binary())
        row: int = pc.index(self.rows["id"].cast(pa.large_binary()), wanted).as_py()
        return row if row >= 0 else None

    def record(self, row: int) -> Record:
        """Return all the words of a row."""
        (words,) = self.rows.slice(row, 1).to_pylist()
        return Record(**words | {"kind": Kind(words["kind"]), "mode": Mode(words["mode"])})


def read_tables(folder: Path) -> Tables:
    """Read every `NAME.parquet` of a folder; a broken row is left out and counted.

    Parameters
    ----------
    folder : Path
        GeoParquet files, one row an event, with the columns of `TEXTS` and `DAYS`, `radius_m`
        and `geometry`, a point. A null `first` or `last` is an open end. Any coordinate
        reference system is brought to WGS 84.

    Returns
    -------
    Tables
        One table of all files; an event's id in it is `NAME:id`. One fault a file and sort of
        fault, the `rejected_events` of which add up to the rows left out.
    """
    paths = sorted(path for path in folder.glob("*.parquet") if not path.name.startswith("."))
    readings = [_read_rows(path) for path in paths]
    table = event_table(pa.concat_tables([ROWS.empty_table(), *(rows for rows, _ in readings)]))
    faults = tuple(chain.from_iterable(faults for _, faults in readings))
    counts = tuple((path.stem, len(rows)) for path, (rows, _) in zip(paths, readings, strict=True))
    table = replace(table, files=tuple((name, count) for name, count in counts if count))
    del readings
    # Arrow keeps what it no longer needs for its next table; at a million rows that is 400 MB.
    pa.default_memory_pool().release_unused()
    return Tables(table, faults)


def event_table(rows: pa.Table) -> EventTable:
    """Return the table of sound rows, given in the columns of `ROWS` and in any order."""
    kinds, modes = (_codes(rows[name], names) for name, names in (("kind", Kind), ("mode", Mode)))
    themes = np.array([[*Theme].index(kind.theme) for kind in Kind], np.uint8)
    first, last = _open_days(rows)
    category = themes[kinds] * np.uint8(len(Mode)) + modes.astype(np.uint8)
    keys = {"category": category, "vague": first != last, "first": first, "last": last}
    order = pc.sort_indices(
        pa.table(keys | {"id": rows["id"]}),
        sort_keys=[(key, "ascending") for key in (*keys, "id")],
    ).to_numpy()
    words = rows.select([*TEXTS, "published"])
    for name in _OF_FEW_VALUES:
        encoded = words[name].combine_chunks().dictionary_encode()
        words = words.set_column(words.schema.get_field_index(name), name, encoded)
    return EventTable(
        first=first[order],
        last=last[order],
        category=category[order],
        lonlat_deg=np.column_stack([rows["lon_deg"], rows["lat_deg"]])[order],
        radius_m=rows["radius_m"].to_numpy().astype(np.float32)[order],
        words=_Texts(words.take(order).combine_chunks()),
    )


def _read_rows(path: Path) -> tuple[pa.Table, list[Fault]]:
    """Return the sound rows of a file, their ids with its name before them, and its faults."""
    where = shown_name(f"{path.parent.name}/{path.name}")
    count = 0
    try:
        with ParquetFile(path) as file:
            count = file.metadata.num_rows
            misfits = list(_misfits(path, file.schema_arrow))
            if misfits:
                # The first one answers for every row.
                lost = (count, *(0 for _ in misfits[1:]))
                return ROWS.empty_table(), [*map(Fault, repeat(where), misfits, lost)]
            rows = file.read(columns=[*TEXTS, *DAYS, "radius_m"])
        # A column may hold bytes that are no text, which nothing else finds until they are shown.
        rows.validate(full=True)
        import geopandas  # noqa: PLC0415 (heavy, and the reader of articles does without)

        points = geopandas.read_parquet(path, columns=["geometry"], partitioning=None).geometry
        if points.crs is None:
            message = "geometry has no coordinate reference system. Write it with EPSG:4326."
            return ROWS.empty_table(), [Fault(where, message, count)]
        if not points.crs.equals(DEGREES, ignore_axis_order=True):
            points = points.to_crs(DEGREES)
        rows = _with_points(rows, np.asarray(points.array))
        return _sound(rows, path.stem, where)
    except Exception as error:  # noqa: BLE001
        # What a broken file makes the libraries raise has no end.
        message = (
            f"cannot be read as GeoParquet ({str(error)[:200]}). Write it again with GeoPandas "
            "(GeoDataFrame.to_parquet), or take it out."
        )
        return ROWS.empty_table(), [Fault(where, message, count)]


def _misfits(path: Path, schema: pa.Schema) -> Iterator[str]:
    """Say why no row of a file can be taken, judging by its name and its columns alone."""
    if ":" in path.stem or not path.stem.isprintable() or path.with_suffix(".txt").exists():
        yield (
            "ids begin with the file's name, so it must be printable, without a colon, and not "
            "that of an article. Rename it."
        )
    missing = [name for name in (*TEXTS, *DAYS, "radius_m", "geometry") if name not in schema.names]
    if missing:
        yield f"has no column {', '.join(missing)}. Write it with all of them."
    for names, fits, expected in (
        (TEXTS, _is_text, "text"),
        (DAYS, _is_day, "dates, without a time zone"),
        (("radius_m",), _is_number, "a number of metres"),
    ):
        for name in names:
            found = schema.field(name).type if name in schema.names else None
            if found is not None and not fits(found):
                yield f"column {name} is {str(found)[:40]}; it must be {expected}. Convert it."


def _is_text(kind: pa.DataType) -> bool:
    plain = kind.value_type if pa.types.is_dictionary(kind) else kind
    return bool(pa.types.is_string(plain) or pa.types.is_large_string(plain))


def _is_day(kind: pa.DataType) -> bool:
    # A column of nulls alone has no type: every end is open.
    timestamp = pa.types.is_timestamp(kind) and kind.tz is None
    return bool(pa.types.is_date(kind) or timestamp or pa.types.is_null(kind))


def _is_number(kind: pa.DataType) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind))


def _with_points(rows: pa.Table, points: NDArray[np.object_]) -> pa.Table:
    """Return rows in the columns of `ROWS`; what is not a point has no coordinates."""
    missing = (shapely.get_type_id(points) != shapely.GeometryType.POINT) | shapely.is_empty(points)
    points = points.copy()
    points[missing] = None
    columns = {name: rows[name].combine_chunks() for name in rows.column_names}
    columns["lon_deg"] = pa.array(shapely.get_x(points), mask=missing)
    columns["lat_deg"] = pa.array(shapely.get_y(points), mask=missing)
    return pa.table(columns).select(ROWS.names).cast(ROWS)


def _sound(rows: pa.Table, name: str, where: str) -> tuple[pa.Table, list[Fault]]:
    """Return the rows without a flaw, and a fault for each sort of flaw."""
    rejected = np.zeros(len(rows), np.bool_)
    faults = []
    for flaw in _flaws(rows):
        if flaw.bad.any():
            # A row with several flaws is lost once.
            faults.append(_fault(where, rows, flaw, int(np.sum(flaw.bad & ~rejected))))
            rejected |= flaw.bad
    if faults:
        rows = rows.filter(pa.array(~rejected))
    prefix, nothing = (pa.scalar(text, pa.large_string()) for text in (f"{name}:", ""))
    ids = pc.binary_join_element_wise(prefix, rows["id"], nothing)
    return rows.set_column(ROWS.get_field_index("id"), "id", ids), faults


def _flaws(rows: pa.Table) -> Iterator[_Flaw]:
    """Find every sort of fault that rows can have."""
    blank = {name: _is_blank(rows[name]) for name in TEXTS}
    for name in TEXTS:
        yield _Flaw(blank[name], (name,), f"{name} must not be empty.")
    for name, known in (("kind", Kind), ("mode", Mode)):
        unknown = (_codes(rows[name], known) < 0) & ~blank[name]
        yield _Flaw(unknown, (name,), f"{name} must be one of {', '.join(known)}.")
    codes = _filled(rows["id"].combine_chunks().dictionary_encode().indices, -1)
    again = np.ones(len(rows), np.bool_)
    again[np.unique(codes, return_index=True)[1]] = False
    yield _Flaw(again & ~blank["id"], (), "An id must be given once; the first row keeps it.")

    for name in DAYS:
        days = _filled(rows[name].cast(pa.int32()), 0)
        outside = (days < OPEN_FIRST) | (days > OPEN_LAST)
        yield _Flaw(outside, (name,), f"{name} must lie in the years 1 to 9999.")
    undated = np.asarray(rows["published"].is_null())
    yield _Flaw(undated, (), "published must be given.")
    first, last = _open_days(rows)
    yield _Flaw(last < first, ("first", "last"), "last must not come before first.")

    missing = np.asarray(rows["lon_deg"].is_null())
    yield _Flaw(missing, (), "geometry must be a point.")
    lon_deg, lat_deg = (np.abs(_filled(rows[name], 0.0)) for name in ("lon_deg", "lat_deg"))
    # Written so that what is not a number is outside, too.
    outside = ~((lon_deg <= 180) & (lat_deg <= 90))  # noqa: PLR2004
    expected = "A point must lie within 180 degrees of longitude and 90 of latitude."
    yield _Flaw(outside, ("lon_deg", "lat_deg"), expected)
    radius_m = _filled(rows["radius_m"], np.nan)
    # The table holds it as a float32, in which a smaller number is 0.
    wrong = ~((radius_m >= np.finfo(np.float32).tiny) & (radius_m <= FARTHEST_M))
    expected = f"radius_m must be more than 0 and at most {FARTHEST_M:,.0f}, half around the Earth."
    yield _Flaw(wrong, ("radius_m",), expected)


def _fault(where: str, rows: pa.Table, flaw: _Flaw, lost: int) -> Fault:
    """Tell how many rows have a flaw, show the first of them, and say what to do."""
    numbers = np.flatnonzero(flaw.bad).tolist()
    names = dict.fromkeys(("id", *flaw.columns))
    shown = []
    for number in numbers[:_SHOWN_ROWS]:
        values = ", ".join(f"{name} {_shown(rows[name][number])}" for name in names)
        shown.append(f"row {number + 1} ({values})")
    if len(numbers) > _SHOWN_ROWS:
        shown.append("...")
    how_many = "1 row is" if len(numbers) == 1 else f"{len(numbers):,} rows are"
    message = (
        f"{how_many} left out: {', '.join(shown)}. {flaw.expected} "
        "Correct the table, or take such rows out."
    )
    return Fault(where, message, lost)


def _shown(value: pa.Scalar) -> str:
    """Return a value as a message shows it: short, and a day as a day however far away."""
    if value.is_valid and pa.types.is_date(value.type):
        return str(np.datetime64(value.cast(pa.int32()).as_py(), "D"))
    return f"{value.as_py()!r:.40}" if value.is_valid else "nothing"


def _is_blank(texts: pa.ChunkedArray) -> Mask:
    """Return where there is no text, or only space."""
    return _filled(pc.equal(pc.binary_length(pc.utf8_trim_whitespace(texts)), 0), fill=True)


def _codes(texts: pa.ChunkedArray, known: Iterable[str]) -> NDArray[np.int32]:
    """Return where each text stands among those known; -1 for any other."""
    names = pa.array([*map(str, known)], pa.large_string())
    return _filled(pc.index_in(texts, names), -1)


def _open_days(rows: pa.Table) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return first and last days as numbers, an open end as that of the model."""
    first, last = (rows[name].cast(pa.int32()) for name in ("first", "last"))
    return _filled(first, OPEN_FIRST), _filled(last, OPEN_LAST)


def _filled(column: pa.ChunkedArray, fill: float) -> NDArray[Any]:
    """Return a column as NumPy's, with `fill` where nothing is."""
    return np.asarray(pc.fill_null(column, fill))
