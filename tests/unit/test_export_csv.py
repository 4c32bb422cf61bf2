"""Events as CSV: every sentence and date in a cell, and no cell a formula."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import fields, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from components.brief.scenes import read_scenes
from components.draw.map import ATTRIBUTION
from components.export.events_csv import bare, csv_of, guarded, in_csv, read_csv, write_csv
from components.export.records import EventRow, records_of
from components.export.takeaway import Takeaway
from components.model.period import Period
from components.pipeline import build_world, staged

ROOT = Path(__file__).parents[2]
MADE = datetime(2026, 11, 29, 6, 10, tzinfo=UTC)


@pytest.fixture(scope="module")
def of():
    world = build_world(ROOT / "seeds", ROOT / "geodata")
    briefing = next(one for one in read_scenes(ROOT / "seeds")[0] if one.id == "cairo-truce-talks")
    return Takeaway(world, briefing, staged(world, briefing), MADE)


@pytest.fixture(scope="module")
def paths(of, tmp_path_factory):
    return write_csv(of, tmp_path_factory.mktemp("csv"), Path(), lambda *_: None)


@pytest.fixture(scope="module")
def cells(paths):
    with paths[0].open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def test_what_is_written_is_read_again_equal(of, paths):
    assert read_csv(paths[0]) == in_csv(records_of(of).events)


def test_a_spreadsheet_knows_its_letters_and_its_lines(paths):
    content = paths[0].read_bytes()
    assert content.startswith(b"\xef\xbb\xbfrow,id,title,")
    assert content.endswith(b"\r\n")
    assert content.count(b"\r\n") == content.count(b"\n")


def test_every_event_has_its_sentence_and_its_edtf_date(of, cells):
    (article,) = of.world.articles
    assert len(cells) == 18
    for one in cells:
        assert article.text[int(one["start"]) : int(one["stop"])] == bare(one["quote"])
        assert Period.from_edtf(one["edtf"])
        assert one["first"] in {"", Period.from_edtf(one["edtf"]).first.isoformat()}
        assert one["attribution"] == ATTRIBUTION
        assert "'" not in {one["cue"], one["also"], one["reason"]}
        assert one["made"] == "2026-11-29T06:10:00+00:00"
    assert {one["lon_deg"] for one in cells if one["place"] == "Cairo"} == {"31.24967", ""}


def test_a_row_by_itself_says_the_days_of_its_scenes_and_what_is_schematic(of, cells):
    views = {
        str(one.number): (f"Scene {one.number}, {one.title}: land as of {one.day}. {one.window}.")
        for one in (each.sheet for each in of.staged)
    }
    for one in cells:
        assert one["views"] == " ".join(views[number] for number in one["scenes"].split(", "))
        assert "Schematic: Netzarim Corridor" in one["schematic"]


@pytest.mark.parametrize(
    "text",
    [
        "=cmd|' /C calc'!A0",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        " =1",
        "\u200b=1",
        "\ufeff=1",
        "\uff1d1",
        "\uff0b1",
        "\uff0d1",
        "\uff20a",
        "'=1",
        "''",
        "'",
    ],
)
def test_what_could_be_a_formula_has_an_apostrophe_that_reading_takes_off(of, text, tmp_path):
    found = records_of(of)
    event = replace(found.events[0], title=text, quote=text)
    changed = replace(
        found, events=(event,), about=replace(found.about, briefing=text, classification=text)
    )
    content = csv_of(changed)
    (names, row) = csv.reader(io.StringIO(content, newline=""))
    for name in ("title", "quote", "briefing", "classification"):
        assert row[names.index(name)] == f"'{text}"
    path = tmp_path / "a.csv"
    path.write_bytes(content.encode("utf-8-sig"))
    assert read_csv(path) == in_csv((event,))


@pytest.mark.parametrize("text", ["", "Talks began", "1 = 1", "رفح", "(-1)", "“=1”"])
def test_other_texts_stay_as_they_are(text):
    assert guarded(text) == bare(text) == text


def test_the_file_beside_it_says_what_the_table_is(of, paths, cells):
    told = json.loads(paths[1].read_text(encoding="utf-8"))
    assert paths[1].name == f"{paths[0].name}-metadata.json"
    assert told["url"] == paths[0].name
    assert [one["name"] for one in told["tableSchema"]["columns"]] == list(cells[0])
    about = told["notes"][0]["about"]
    assert about["attribution"] == ATTRIBUTION
    assert about["articles"] == list(of.articles)
    assert "nobody has published" in about["schematic"]
    assert [one["title"] for one in told["notes"][0]["scenes"]] == [
        one.sheet.title for one in of.staged
    ]


def test_only_shapes_that_are_points_are_in_the_table(of):
    events = records_of(of).events
    assert {one.shape.geom_type for one in in_csv(events) if one.shape is not None} == {"Point"}
    names = [one.name for one in fields(EventRow) if one.name != "shape"]
    for one, other in zip(in_csv(events), events, strict=True):
        assert all(getattr(one, name) == getattr(other, name) for name in names)


def test_it_is_written_once_when_it_is_written_twice(of, paths, tmp_path):
    again = write_csv(of, tmp_path, Path(), lambda *_: None)
    assert [one.read_bytes() for one in again] == [one.read_bytes() for one in paths]
