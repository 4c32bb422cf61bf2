"""The command that makes a briefing's files: what it writes, says and returns."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from components.brief.scenes import read_briefing
from components.export.__main__ import main
from components.export.formats import FORMATS, write_formats
from components.export.takeaway import Takeaway
from components.pipeline import build_world, staged

FIRST = "cairo-truce-talks"
KEYS = ["pptx", "pdf", "png", "html", "gpkg", "kml", "geojson", "csv", "parquet"]


@pytest.fixture
def run(capsys, tmp_path):
    """Return a function that runs the command into `out`; code, output, errors."""

    def run(briefing: object, *more: object, out: object = None) -> tuple[int, str, str]:
        code = main([str(one) for one in (briefing, out or tmp_path / "out", *more)])
        return code, *capsys.readouterr()

    return run


@pytest.fixture
def articles(repository: Path, tmp_path: Path) -> Path:
    """Return a copy of the folder of articles."""
    return shutil.copytree(repository / "seeds", tmp_path / "articles")


@pytest.fixture
def stub(monkeypatch):
    """Let every format write a word; one of them fails."""

    def write(self, of, folder, geodata, told, **options):  # noqa: ARG001
        key = next(key for key, one in FORMATS.items() if one is self)
        told("Half", 0.5)
        if key == "kml":
            message = "no ink\x1b[31m"
            raise ValueError(message)
        path = folder / f"{of.stem}.{key}"
        path.write_text(json.dumps(options))
        return [path]

    monkeypatch.setattr("components.export.formats.Format.write", write)


def test_all_formats_are_known_in_their_order() -> None:
    assert list(FORMATS) == KEYS
    assert all(one.words and "/" in one.mime for one in FORMATS.values())


@pytest.mark.parametrize("key", KEYS)
def test_a_format_is_one_file_with_its_ending_or_several(key, repository, tmp_path) -> None:
    seeds = repository / "seeds"
    world = build_world(seeds, repository / "geodata")
    briefing, _ = read_briefing(seeds / "briefings" / f"{FIRST}.json")
    of = Takeaway(world, briefing, staged(world, briefing)[:1], datetime.now(UTC))
    shares: list[float] = []
    paths = write_formats(
        of, tmp_path / "new", repository / "geodata", [key], lambda _, share: shares.append(share)
    )
    assert all(path.is_file() and path.parent == tmp_path / "new" for path in paths)
    if FORMATS[key].several:
        assert len(paths) > 1
    else:
        assert [path.name for path in paths] == [f"{of.stem}.{key}"]
    assert shares
    assert all(0 <= share <= 1 for share in shares)


def test_it_prints_what_it_wrote_and_says_how_long_it_took(run, tmp_path) -> None:
    code, printed, told = run(FIRST, "--formats", "geojson, html")
    assert code == 0
    paths = printed.splitlines()
    assert [path.rpartition(".")[2] for path in paths] == ["geojson", "html"]
    assert sorted(paths) == sorted(map(str, (tmp_path / "out").iterdir()))
    lines = told.splitlines()
    assert [line.partition(":")[0] for line in lines] == ["geojson", "html"]
    assert all("1 file, " in line and " kB, " in line and line.endswith(" s") for line in lines)


def test_it_takes_a_path_and_another_folder_of_articles(run, articles, stub) -> None:  # noqa: ARG001
    path = articles / "briefings" / f"{FIRST}.json"
    sent = path.replace(articles.parent / "sent by mail.json")
    code, printed, _ = run(sent, "--articles", articles, "--formats", "html")
    assert (code, len(printed.splitlines())) == (0, 1)
    assert run(FIRST, "--articles", articles)[0] == 1


def test_only_pictures_are_told_to_be_transparent(run, stub) -> None:  # noqa: ARG001
    _, printed, _ = run(FIRST, "--formats", "png,csv", "--transparent")
    found = [json.loads(Path(path).read_text()) for path in printed.splitlines()]
    assert found == [{"transparent": True}, {}]


def test_one_that_fails_does_not_lose_the_others(run, stub) -> None:  # noqa: ARG001
    code, printed, told = run(FIRST)
    assert code == 1
    assert [path.rpartition(".")[2] for path in printed.splitlines()] == [
        key for key in KEYS if key != "kml"
    ]
    assert "kml: not made (ValueError: no ink\N{REPLACEMENT CHARACTER}[31m)." in told


def test_a_briefing_that_is_not_there_is_told_with_those_that_are(run) -> None:
    code, printed, told = run("nobody")
    assert (code, printed) == (1, "")
    assert "nobody: is no file" in told
    assert f"There are: {FIRST}." in told


def test_everything_wrong_with_a_broken_briefing_is_told(run, tmp_path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text('{"title": "\\u001b[31m", "scenes": 3}')
    code, _, told = run(broken)
    assert code == 1
    assert "scenes is 3" in told
    assert "day is missing" in told
    assert "\x1b" not in told


def test_an_unknown_format_is_told_with_all_that_are_known(run, tmp_path) -> None:
    code, _, told = run(FIRST, "--formats", "pptx,docx,odp")
    assert code == 1
    assert told == f"Unknown: docx, odp. The formats are {', '.join(KEYS)}.\n"
    assert not (tmp_path / "out").exists()
    assert run(FIRST, "--formats", " , ")[0] == 1


def test_a_folder_that_cannot_be_written_to_is_told(run, tmp_path) -> None:
    (tmp_path / "file").write_text("in the way")
    code, printed, told = run(FIRST, "--formats", "html", out=tmp_path / "file" / "out")
    assert (code, printed) == (1, "")
    assert "cannot be written to" in told


def test_what_a_scene_names_and_is_gone_is_told(run, articles, stub) -> None:  # noqa: ARG001
    path = articles / "briefings" / f"{FIRST}.json"
    record = json.loads(path.read_text())
    record["scenes"][2]["view"]["event"] = "nobody:0-1:talks"
    path.write_text(json.dumps(record))
    code, _, told = run(path, "--formats", "html")
    assert code == 0
    assert "Scene 3 names what is not there. event=nobody:0-1:talks" in told


def test_it_runs_as_a_module_with_the_folder_that_the_environment_names(
    repository, articles, tmp_path
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "components.export", FIRST, tmp_path / "out", "--formats", "csv"],
        cwd=repository,
        env=os.environ | {"CORRIDORS_ARTICLES": str(articles)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()
    assert done.stderr.startswith("csv: ")
