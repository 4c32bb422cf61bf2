"""A briefing's acts and its file."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from threading import Thread

import pytest
from filelock import FileLock

from components.brief import scenes
from components.brief.scenes import (
    FOLDER,
    briefing_of,
    content_of,
    read_briefing,
    read_scenes,
    write_act,
    write_new,
    write_undo,
)
from components.model.briefing import FIRST_SECONDS, Briefing
from components.text.sidecar import Unsound

VIEW = {"from": "2024-05-01", "to": "2024-05-31", "layers": ""}
EMPTY = Briefing("talks", "Talks", "", "", date(2024, 8, 22))
THREE = EMPTY.with_scene("One", VIEW).with_scene("Two", VIEW).with_scene("Three", VIEW)


def ids(briefing: Briefing) -> list[str]:
    return [one.id for one in briefing.scenes]


def test_each_kept_view_has_an_id_of_its_own_that_links_can_name() -> None:
    twice = EMPTY.with_scene("Rafah, é!", VIEW).with_scene("Rafah e", VIEW).with_scene("رفح", VIEW)
    assert ids(twice) == ["rafah-e", "rafah-e-2", "scene"]


def test_an_id_stays_when_its_scene_is_renamed_and_moved() -> None:
    renamed = THREE.changed(replace(THREE.scenes[0], title="Otherwise")).moved("one", 2)
    assert ids(renamed) == ["two", "three", "one"]
    assert renamed.scenes[2].title == "Otherwise"


@pytest.mark.parametrize(
    ("scene", "step", "order"),
    [
        ("one", -1, ["one", "two", "three"]),
        ("one", 1, ["two", "one", "three"]),
        ("three", -9, ["three", "one", "two"]),
        ("nobody", 1, ["one", "two", "three"]),
    ],
)
def test_a_scene_moves_and_stops_at_the_ends(scene: str, step: int, order: list[str]) -> None:
    assert ids(THREE.moved(scene, step)) == order


def test_a_copy_stands_behind_its_scene_with_the_same_view() -> None:
    doubled = THREE.doubled("two")
    assert ids(doubled) == ["one", "two", "two-2", "three"]
    assert replace(doubled.scenes[2], id="two") == doubled.scenes[1]
    assert THREE.doubled("nobody") == THREE
    assert ids(THREE.without("two")) == ["one", "three"]


def test_a_file_has_a_line_a_value_so_that_two_can_be_compared() -> None:
    before = content_of(THREE).decode().splitlines()
    after = content_of(THREE.changed(replace(THREE.scenes[1], title="2"))).decode().splitlines()
    assert [(a, b) for a, b in zip(before, after, strict=True) if a != b] == [
        ('      "title": "Two",', '      "title": "2",')
    ]


def test_without_seconds_a_scene_has_the_usual_ones() -> None:
    record = json.loads(content_of(THREE))
    del record["scenes"][0]["seconds"]
    found, faults = briefing_of(json.dumps(record).encode(), "talks")
    assert not faults
    assert found.scenes[0].seconds == FIRST_SECONDS


def test_every_fault_of_a_file_is_told_at_once_with_its_place() -> None:
    record = json.loads(content_of(THREE))
    record |= {"title": " ", "day": "2024-02-30"}
    record["scenes"][0]["seconds"] = 0
    record["scenes"][1]["view"] = {"to": 3}
    found, faults = briefing_of(json.dumps(record).encode(), "talks")
    assert found is None
    told = [str(fault) for fault in faults]
    assert len(told) == 4
    assert all(one.startswith("briefings/talks.json") for one in told)
    assert any("holds 'to': 3. It must hold only texts" in one for one in told)
    assert any("scene 1, seconds" in one or "scenes 1, seconds" in one for one in told)


def test_two_scenes_with_one_id_are_told() -> None:
    record = json.loads(content_of(THREE))
    record["scenes"][2]["id"] = "one"
    found, (fault,) = briefing_of(json.dumps(record).encode(), "talks")
    assert found is None
    assert "'one' is used twice" in str(fault)


def test_what_would_not_be_read_again_is_not_written(tmp_path) -> None:
    kept = write_new(tmp_path, THREE)
    before = (tmp_path / FOLDER / "talks.json").read_bytes()
    for changes in ({"title": "  "}, {"title": "half \ud800 a pair"}):
        with pytest.raises(Unsound, match="Nothing was written"):
            write_act(tmp_path, kept.id, lambda now, changes=changes: replace(now, **changes))
    assert (tmp_path / FOLDER / "talks.json").read_bytes() == before


def test_a_new_briefing_never_takes_the_place_of_another(tmp_path) -> None:
    names = [
        write_new(tmp_path, one).id for one in (EMPTY, EMPTY, replace(EMPTY, id="", title="رفح"))
    ]
    assert names == ["talks", "talks-2", "briefing"]
    assert [one.id for one in read_scenes(tmp_path)[0]] == ["briefing", "talks", "talks-2"]


def test_acts_follow_each_other_and_none_is_lost(tmp_path) -> None:
    write_new(tmp_path, EMPTY)

    def keep(number: int) -> None:
        write_act(tmp_path, "talks", lambda now: now.with_scene(f"Scene {number}", VIEW))

    threads = [Thread(target=keep, args=(number,)) for number in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    found, _ = read_briefing(tmp_path / FOLDER / "talks.json")
    assert sorted(one.title for one in found.scenes) == [f"Scene {number}" for number in range(8)]


def test_an_act_is_taken_back_unless_the_file_is_another_by_now(tmp_path) -> None:
    write_new(tmp_path, THREE)
    before, after = write_act(tmp_path, "talks", lambda now: now.without("two"))
    write_undo(tmp_path, after, before)
    assert read_briefing(tmp_path / FOLDER / "talks.json")[0] == THREE
    with pytest.raises(LookupError, match="changed elsewhere"):
        write_undo(tmp_path, after, before)


def test_an_act_on_a_file_that_is_gone_or_broken_is_told(tmp_path) -> None:
    with pytest.raises(LookupError, match="cannot be read"):
        write_act(tmp_path, "nobody", lambda now: now)
    (tmp_path / FOLDER / "broken.json").write_text("{")
    with pytest.raises(LookupError, match="is no JSON"):
        write_act(tmp_path, "broken", lambda now: now)


def test_a_writer_that_waits_too_long_gives_up(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(scenes, "_LOCK_SECONDS", 0.05)
    write_new(tmp_path, THREE)
    with FileLock(tmp_path / FOLDER / ".scenes.lock"), pytest.raises(OSError, match="Try again"):
        write_act(tmp_path, "talks", lambda now: now.without("two"))


def test_a_crash_leaves_the_old_file_whole(tmp_path, monkeypatch) -> None:
    write_new(tmp_path, THREE)

    def crash(_file: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("components.text.sidecar.os.fsync", crash)
    with pytest.raises(OSError, match="No space left"):
        write_act(tmp_path, "talks", lambda now: now.without("two"))
    assert read_briefing(tmp_path / FOLDER / "talks.json")[0] == THREE
    assert [path.name for path in (tmp_path / FOLDER).glob("*talks*")] == ["talks.json"]
