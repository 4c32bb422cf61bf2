"""Tables of recorded events: what is read, what an opened row says, and how faults are told."""

from dataclasses import astuple
from datetime import date, datetime

import geopandas
import numpy as np
import pyarrow as pa
import pyarrow.parquet
import pytest
from shapely.geometry import LineString, Point

from components.geo.joining import rows_near
from components.geo.tables import read_tables
from components.model.event import Basis, Kind, Mode, Role, Scope, Theme
from components.model.period import Period
from components.model.table import CATEGORIES, day_number, numbered_day
from components.model.world import Fault, How
from components.page.served import GEODATA
from components.pipeline import build_world, recorded
from tests.worlds import BAND, footprint, layer, row, table, world

HERE = Point(34.42, 31.45)


def event(number: int = 1, **changes) -> dict:
    """Return an event as a table's file has it."""
    return {
        "id": f"e{number}",
        "title": f"Event {number}",
        "kind": "attack",
        "mode": "claimed",
        "first": date(2024, 5, number),
        "last": date(2024, 5, number),
        "radius_m": 500.0,
        "source": "A resident",
        "publisher": "A paper",
        "published": date(2024, 6, 1),
        "quote": f"There was an attack, says number {number}.",
        "geometry": HERE,
    } | changes


@pytest.fixture
def write(tmp_path):
    """Return a function that writes events into a file of the seeds."""
    folder = tmp_path / "seeds"
    folder.mkdir()

    def written(*events: dict, name: str = "raids", crs: str | None = "EPSG:4326", **rest):
        frame = geopandas.GeoDataFrame(list(events), geometry="geometry", crs=crs)
        frame.to_parquet(folder / f"{name}.parquet", **rest)
        return folder

    return written


def ids(read) -> list[str]:
    """Return every id of what was read, in order."""
    return read.table.words.ids(range(len(read.table)))


def test_days_are_numbered_from_1970() -> None:
    assert [day_number(day) for day in (date.min, date(1970, 1, 1), date.max)] == [
        -719162, 0, 2932896,
    ]  # fmt: skip
    assert numbered_day(19850) == date(2024, 5, 7)


def test_categories_are_numbered_by_theme_and_mode() -> None:
    assert CATEGORIES[0] == (Theme.DIPLOMACY, Mode.HAPPENED)
    assert CATEGORIES[16] == (Theme.WAR, Mode.CLAIMED)
    assert table(row(kind="attack", mode="claimed")).category.tolist() == [16]


def test_what_stands_in_a_file_is_read(write) -> None:
    late = event(2, kind="visit", last=None, first=None, mode="planned")
    read = read_tables(write(event(1), late))
    assert read.faults == ()
    assert ids(read) == ["raids:e2", "raids:e1"]
    assert read.table.first.tolist() == [-719162, 19844]
    assert read.table.last.tolist() == [2932896, 19844]
    assert read.table.lonlat_deg.tolist() == [[34.42, 31.45]] * 2
    assert read.table.radius_m.tolist() == [500.0, 500.0]
    assert astuple(read.table.words.record(1)) == (
        "raids:e1", "Event 1", Kind.ATTACK, Mode.CLAIMED, "A resident", "A paper",
        date(2024, 6, 1), "There was an attack, says number 1.",
    )  # fmt: skip


def test_tables_of_a_folder_become_one(write) -> None:
    write(event(2), event(3), name="b")
    folder = write(event(1, source="Another"), event(3), name="a")
    read = read_tables(folder)
    assert read.faults == ()
    assert ids(read) == ["a:e1", "b:e2", "a:e3", "b:e3"]
    assert [read.table.words.record(n).source for n in range(2)] == ["Another", "A resident"]


def test_a_folder_without_tables_gives_an_empty_one(tmp_path) -> None:
    read = read_tables(tmp_path)
    assert (len(read.table), read.table.span, read.table.runs(), read.faults) == (0, None, (), ())
    assert read.table.words.row_of("e1") is None
    assert read.table.words.ids([]) == []


def test_a_row_is_found_by_its_id_and_nothing_else_is(write) -> None:
    words = read_tables(write(event(1), event(2))).table.words
    assert [words.row_of(id_) for id_ in ("raids:e2", "e2", "", "raids:e2\ud800")] == [
        1, None, None, None,
    ]  # fmt: skip


def test_columns_cannot_be_written() -> None:
    columns = table(row())
    for column in (columns.first, columns.last, columns.category, columns.lonlat_deg):
        with pytest.raises(ValueError, match="read-only"):
            column[0] = 0


def test_an_opened_row_is_an_event_with_its_sentence() -> None:
    placed, article = table(row(id="raids:e1", quote="It rained.", radius_m=250)).opened(0)
    (evidence,), (mention,), (said,) = (
        placed.event.evidence, placed.event.places, placed.event.attributions,
    )  # fmt: skip
    assert article.text[evidence.start : evidence.stop] == evidence.quote == "It rained."
    assert evidence.article == article.id
    assert article.events == (placed.event,)
    assert article.headline == "A record of the table raids"
    assert (mention.role, mention.basis) == (Role.EVENT, Basis.STATED)
    assert (said.source, said.cue, said.scope) == ("Somebody", None, Scope.EVENT)
    (site,) = placed.sites
    assert site.mention is mention
    assert (site.target.shape, site.target.radius_m) == (HERE, 250.0)


def test_a_recorded_event_is_tied_to_the_land_when_it_is_opened() -> None:
    known = world(layers=(layer(footprint()),), table=table(row(id="raids:e1")))
    opened = recorded(known, "raids:e1")
    assert [link.how for link in opened.links] == [How.INSIDE]
    assert opened.placed.event.id == opened.article.id == "raids:e1"
    assert recorded(known, "raids:e2") is None


def test_the_world_has_the_tables_of_its_seeds(write) -> None:
    folder = write(event(1, first=date(2022, 1, 1), last=None), event(2, kind="rain"))
    known = build_world(folder, GEODATA)
    assert len(known.table) == 1
    assert [fault.rejected_events for fault in known.faults] == [1]
    assert known.events_span.first == known.events_span.last == date(2022, 1, 1)
    assert known.record_span.first <= date(1980, 1, 1)


def test_no_row_is_near_no_shape() -> None:
    assert rows_near(table(row()), [], np.array([0], np.int32)).tolist() == []


@pytest.mark.parametrize(("apart_deg", "near"), [(0.0449, 1), (0.0453, 0)])
def test_near_ends_at_five_geodesic_kilometres(apart_deg, near) -> None:
    # 0.0449 and 0.0453 degrees of latitude are 4,978 and 5,022 m here.
    known = table(row(lat_deg=31.46 + apart_deg))
    assert len(rows_near(known, [BAND], np.array([0], np.int32))) == near


@pytest.mark.parametrize(("apart_deg", "near"), [(0.0524, 1), (0.0530, 0)])
def test_near_reaches_as_far_to_the_east(apart_deg, near) -> None:
    # A degree of longitude is 95,060 m here: 4,981 and 5,038 m.
    known = table(row(lon_deg=34.45 + apart_deg))
    assert len(rows_near(known, [BAND], np.array([0], np.int32))) == near


def test_coordinates_of_another_system_are_brought_to_degrees(write) -> None:
    # The published false origin of UTM zone 36 N: 33 degrees east on the equator.
    read = read_tables(write(event(1, geometry=Point(500_000, 0)), crs="EPSG:32636"))
    assert read.faults == ()
    assert read.table.lonlat_deg[0] == pytest.approx([33, 0], abs=1e-9)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"id": ""}, "row 2 (id ''). id must not be empty."),
        ({"title": None}, "row 2 (id 'e2', title nothing). title must not be empty."),
        ({"quote": " \n"}, r"row 2 (id 'e2', quote ' \n'). quote must not be empty."),
        ({"source": ""}, "source must not be empty."),
        ({"publisher": None}, "publisher must not be empty."),
        ({"kind": "rain"}, "row 2 (id 'e2', kind 'rain'). kind must be one of talks, proposal,"),
        ({"kind": None}, "kind must not be empty."),
        ({"mode": "Claimed"}, "mode must be one of happened, ongoing, planned, demanded, claimed,"),
        ({"id": "e1"}, "row 2 (id 'e1'). An id must be given once; the first row keeps it."),
        ({"published": None}, "row 2 (id 'e2'). published must be given."),
        (
            {"last": date(2024, 5, 1)},
            "row 2 (id 'e2', first 2024-05-02, last 2024-05-01). last must not come before first.",
        ),
        ({"geometry": None}, "geometry must be a point."),
        ({"geometry": Point()}, "geometry must be a point."),
        ({"geometry": LineString([(34, 31), (35, 32)])}, "geometry must be a point."),
        (
            {"geometry": Point(31.45, 134.42)},
            "row 2 (id 'e2', lon_deg 31.45, lat_deg 134.42). A point must lie within 180 degrees",
        ),
        ({"geometry": Point(-180.1, 31)}, "A point must lie within 180 degrees"),
        ({"geometry": Point(float("inf"), 31)}, "A point must lie within 180 degrees"),
        ({"radius_m": 0.0}, "row 2 (id 'e2', radius_m 0.0). radius_m must be more than 0"),
        ({"radius_m": 1e-60}, "radius_m must be more than 0"),
        ({"radius_m": float("nan")}, "radius_m must be more than 0"),
        ({"radius_m": 1e300}, "radius_m must be more than 0 and at most 20,037,508"),
    ],
)
def test_a_broken_row_is_left_out_and_told(write, changes, told) -> None:
    read = read_tables(write(event(1), event(2, **changes), event(3)))
    (fault,) = read.faults
    assert fault.where == "seeds/raids.parquet"
    assert fault.message.startswith("1 row is left out: row 2 (")
    assert told in fault.message
    assert fault.message.endswith("Correct the table, or take such rows out.")
    assert fault.rejected_events == 1
    assert ids(read) == ["raids:e1", "raids:e3"]


def test_the_ends_of_what_is_allowed_are_allowed(write) -> None:
    read = read_tables(
        write(
            event(1, geometry=Point(-180, -90), radius_m=1e-30),
            event(2, geometry=Point(180, 90), radius_m=20_037_508.0),
            event(3, first=date.min, last=date.max),
        )
    )
    assert read.faults == ()
    assert len(read.table) == 3


def test_many_rows_with_one_fault_are_told_once_and_a_row_is_lost_once(write) -> None:
    rain = [event(number, kind="rain") for number in range(2, 7)]
    read = read_tables(write(event(1), *rain, event(7, kind="rain", radius_m=-1.0)))
    kinds, radii = read.faults
    assert kinds.message.startswith("6 rows are left out: row 2 (id 'e2', kind 'rain'), row 3 (")
    assert "row 4 (id 'e4', kind 'rain'), ..." in kinds.message
    assert "row 5" not in kinds.message
    assert "row 7 (id 'e7', radius_m -1.0)" in radii.message
    assert [fault.rejected_events for fault in read.faults] == [6, 0]
    assert ids(read) == ["raids:e1"]


def test_rows_without_an_id_are_not_told_as_one_id_given_twice(write) -> None:
    (fault,) = read_tables(write(event(1), event(2, id=None), event(3, id=None))).faults
    assert fault.message.startswith("2 rows are left out: row 2 (id nothing), row 3 (id nothing).")


def as_written(folder, **columns: pa.Array) -> None:
    """Replace columns of the table on disk by ones that GeoPandas would not write."""
    path = folder / "raids.parquet"
    rows = pyarrow.parquet.read_table(path)
    for name, column in columns.items():
        rows = rows.set_column(rows.schema.get_field_index(name), name, column)
    pyarrow.parquet.write_table(rows, path)


def test_days_outside_the_calendar_are_told(write) -> None:
    folder = write(event(1), event(2))
    as_written(folder, last=pa.array([2932897, 19845], pa.int32()).cast(pa.date32()))
    (fault,) = read_tables(folder).faults
    assert "row 1 (id 'e1', last 10000-01-01). last must lie in the years 1 to 9999." in str(fault)


@pytest.mark.parametrize(
    "columns",
    [
        {"kind": pa.array(["attack"] * 2).dictionary_encode()},
        {"title": pa.array(["Event"] * 2, pa.string())},
        {"radius_m": pa.array([5, 500], pa.int64())},
        {"last": pa.array([None, None])},
        {"first": pa.array([datetime(2024, 5, 1, 23, 59)] * 2, pa.timestamp("ns"))},  # noqa: DTZ001
    ],
)
def test_types_that_mean_the_same_are_taken(write, columns) -> None:
    folder = write(event(1), event(2))
    as_written(folder, **columns)
    read = read_tables(folder)
    assert read.faults == ()
    assert len(read.table) == 2
    assert set(read.table.first.tolist()) <= {19844, 19845}


@pytest.mark.parametrize(
    ("name", "column", "told"),
    [
        ("id", pa.array([1, 2]), "column id is int64; it must be text. Convert it."),
        ("quote", pa.array([b"1", b"2"]), "column quote is binary; it must be text."),
        ("first", pa.array(["2024-05-01"] * 2), "column first is string; it must be dates"),
        (
            "last",
            pa.array([0, 0], pa.timestamp("ms", "UTC")),
            "column last is timestamp[ms, tz=UTC]; it must be dates, without a time zone.",
        ),
        ("radius_m", pa.array([True, True]), "column radius_m is bool; it must be a number"),
    ],
)
def test_a_column_of_the_wrong_type_is_told(write, name, column, told) -> None:
    folder = write(event(1), event(2))
    as_written(folder, **{name: column})
    read = read_tables(folder)
    (fault,) = read.faults
    assert told in fault.message
    assert fault.rejected_events == 2
    assert len(read.table) == 0


def test_columns_that_are_missing_are_told_at_once_and_the_rows_counted_once(write) -> None:
    changed = event(1, kind=5)
    del changed["quote"], changed["radius_m"]
    read = read_tables(write(changed))
    assert [(fault.message, fault.rejected_events) for fault in read.faults] == [
        ("has no column quote, radius_m. Write it with all of them.", 1),
        ("column kind is int64; it must be text. Convert it.", 0),
    ]


def test_a_file_without_a_coordinate_system_is_told(write) -> None:
    read = read_tables(write(event(1), crs=None))
    (fault,) = read.faults
    assert "has no coordinate reference system. Write it with EPSG:4326." in fault.message
    assert (len(read.table), fault.rejected_events) == (0, 1)


def test_text_that_is_no_text_is_told(write) -> None:
    folder = write(event(1))
    as_written(folder, title=pa.array([b"a \xff b"]).view(pa.string()))
    (fault,) = read_tables(folder).faults
    assert "cannot be read as GeoParquet" in fault.message
    assert fault.rejected_events == 1


@pytest.mark.parametrize("content", [b"", b"PAR1", b"events", b"PAR1" + bytes(99) + b"PAR1"])
def test_a_file_that_is_no_parquet_hides_no_other(write, content) -> None:
    folder = write(event(1))
    (folder / "broken.parquet").write_bytes(content)
    read = read_tables(folder)
    (fault,) = read.faults
    assert fault.where == "seeds/broken.parquet"
    assert "cannot be read as GeoParquet" in fault.message
    assert "Write it again with GeoPandas" in fault.message
    assert ids(read) == ["raids:e1"]


def test_a_folder_and_a_parquet_without_geometry_are_told(write) -> None:
    folder = write(event(1), name="good")
    (folder / "folder.parquet").mkdir()
    plain = pyarrow.parquet.read_table(folder / "good.parquet").replace_schema_metadata()
    pyarrow.parquet.write_table(plain, folder / "plain.parquet")
    read = read_tables(folder)
    assert [fault.where for fault in read.faults] == [
        "seeds/folder.parquet", "seeds/plain.parquet",
    ]  # fmt: skip
    assert [fault.rejected_events for fault in read.faults] == [0, 1]
    assert ids(read) == ["good:e1"]


@pytest.mark.parametrize("name", ["a:b", "a\u202eb", "article"])
def test_a_name_that_would_blur_ids_is_told(write, name) -> None:
    folder = write(event(1), name=name)
    (folder / "article.txt").write_text("An article.", encoding="utf-8")
    (fault,) = read_tables(folder).faults
    assert isinstance(fault, Fault)
    assert "Rename it." in fault.message


def test_every_byte_that_breaks_leaves_a_table(write) -> None:
    folder = write(event(1), event(2))
    path = folder / "raids.parquet"
    sound = path.read_bytes()
    random = np.random.default_rng(3)
    for at in random.integers(0, len(sound), 200):
        path.write_bytes(sound[:at] + bytes([sound[at] ^ 0xFF]) + sound[at + 1 :])
        read = read_tables(folder)
        assert len(read.table) + sum(fault.rejected_events for fault in read.faults) <= 2


def test_the_same_period_as_an_object_has(write) -> None:
    read = read_tables(write(event(1, first=None)))
    assert read.table.opened(0)[0].event.period == Period.of(date.min, date(2024, 5, 1))
