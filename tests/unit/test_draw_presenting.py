"""What the browser is handed to present: each scene's state as the map takes it, and its words."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from components.brief.scenes import read_scenes
from components.draw.drawing import drawing
from components.draw.presenting import presentation
from components.pipeline import build_world, staged


@pytest.fixture(scope="module")
def world(repository: Path):
    return build_world(repository / "seeds", repository / "geodata")


@pytest.fixture(scope="module")
def first(repository: Path):
    return read_scenes(repository / "seeds")[0][0]


@pytest.fixture(scope="module")
def told(world, first):
    return presentation(first, staged(world, first))


def test_it_is_plain_json_of_a_few_kilobytes(told) -> None:
    written = json.dumps(told, allow_nan=False)
    assert json.loads(written) == told
    assert len(written) < 40_000


def test_each_scene_has_the_state_that_the_map_would_be_told(world, first, told) -> None:
    for scene, one in zip(told["scenes"], staged(world, first), strict=True):
        camera = scene["drawing"].pop("camera")
        expected = drawing(one.view)
        assert camera == {"to": expected.pop("camera")["to"]}
        assert scene["drawing"] == expected
        scene["drawing"]["camera"] = camera


def test_each_scene_has_all_words_of_its_sheet(world, first, told) -> None:
    for scene, one in zip(told["scenes"], staged(world, first), strict=True):
        sheet, words = one.sheet, scene["sheet"]
        assert scene["id"] == one.id
        for name in ("number", "count", "title", "note", "seconds", "day", "window"):
            assert words[name] == getattr(sheet, name)
        assert [caption["words"] for caption in words["captions"]] == [
            caption.words for caption in sheet.caption
        ]
        assert words["schematic"] == sheet.schematic_line
        assert [layer["id"] for layer in words["legend"]["layers"]] == [
            name for name, _, _ in sheet.legend.layers
        ]
        assert words["legend"]["marks"] == [
            {"theme": theme, "mode": mode} for theme, mode in sheet.legend.marks
        ]


def test_the_heading_says_classification_author_and_day(first) -> None:
    named = replace(first, classification="FOR TRAINING", author="A. Author")
    heading = presentation(named, ())["heading"]
    assert heading == ["FOR TRAINING", "A. Author", "Thu 22 Aug 2024"]


def test_what_is_gone_is_told(world, first) -> None:
    kept = first.scenes[0]
    broken = replace(first, scenes=(replace(kept, view={**kept.view, "event": "gone"}),))
    (scene,) = presentation(broken, staged(world, broken))["scenes"]
    assert scene["sheet"]["missing"]
    assert scene["drawing"]["selected"]["event"] is None
