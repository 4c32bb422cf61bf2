"""Briefings: what is kept of a day, whole or not at all, and no line lost."""

from __future__ import annotations

import json
import re
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from components.brief.briefings import (
    FILE,
    Briefed,
    brief_of,
    read_briefings,
    write_briefing,
    write_undo,
)
from components.model.event import Mode
from components.model.layer import Control, Source
from components.model.period import Period
from components.page import served
from components.pipeline import build_world
from components.text.articles import read_articles
from components.text.sidecar import Unsound
from tests.worlds import article, event, footprint, layer, told, world

if TYPE_CHECKING:
    from pathlib import Path

    from components.model.world import World

WHEN = datetime(2024, 8, 23, 9, 30, 15, 250, tzinfo=UTC)
BRIEFED = date(2024, 8, 23)


@pytest.fixture(scope="module")
def known(repository: Path) -> World:
    """Return the world of the owner's article."""
    return build_world(repository / "seeds", repository / "geodata")


@pytest.fixture(scope="module")
def briefing(known: World) -> Briefed:
    """Return what was known the day after the owner's article."""
    return brief_of(known, BRIEFED, WHEN, hindsight=False)


def another(briefing: Briefed, day: int) -> Briefed:
    """Return a briefing of another day of August 2024."""
    return replace(briefing, day=date(2024, 8, day), when=WHEN.replace(day=day))


def on_disk(folder: Path) -> tuple[Briefed, ...]:
    """Return the briefings of a folder, without fault."""
    found, faults = read_briefings(folder)
    assert not faults
    return found


def test_a_briefing_keeps_what_was_known_on_its_day(known, briefing) -> None:
    assert (briefing.day, briefing.when, briefing.hindsight) == (BRIEFED, WHEN, False)
    assert [one.id for one in briefing.articles] == [one.id for one in known.articles]
    assert briefing.articles[0].source == "Reuters, 22 Aug 2024"
    assert {one.id for one in briefing.events} == {one.id for one in known.events}
    wants = ("Hamas", "Philadelphi Corridor", "wants Israel out")
    (wanted,) = (one for one in briefing.positions if (one.party, one.ground, one.says) == wants)
    assert known.event(wanted.events[0])
    assert wanted.how == "demanded; since Thu 22 Aug 2024, uncertain"
    (gate,) = (one for one in briefing.footprints if one.place == "rafah_crossing")
    assert (gate.name, gate.status) == ("Rafah crossing", "closed")
    assert [one.name for one in gate.holders] == ["Israel"]


def test_without_hindsight_nothing_published_later_is_known(known) -> None:
    eve = date(2024, 8, 21)
    assert not brief_of(known, eve, WHEN, hindsight=False).articles
    assert not brief_of(known, eve, WHEN, hindsight=False).events
    assert not brief_of(known, eve, WHEN, hindsight=False).positions
    assert len(brief_of(known, eve, WHEN, hindsight=True).events) == 17


def test_an_event_is_known_as_each_of_its_articles_tells_it() -> None:
    first, second = article("a"), article("b", published=date(2024, 8, 30))
    one, other = told(first, "Talks began"), told(second, "Talks began", mode=Mode.CLAIMED)
    united = world(placed=(replace(one, also=(other,)),), articles=(first, second))
    both = brief_of(united, BRIEFED, WHEN, hindsight=True).events
    assert [(known.id, known.mode) for known in both] == [
        (one.id, Mode.HAPPENED),
        (other.id, Mode.CLAIMED),
    ]
    assert brief_of(united, BRIEFED, WHEN, hindsight=False).events == both[:1]


def test_a_report_on_the_land_that_came_later_is_known_only_with_hindsight() -> None:
    later = Source("A paper", "2024-09", checked=True)
    held = Control("Somebody", Period.of(date.min, date.max), "Held.", later)
    land = layer(footprint(label="Seen at once", control=(held,)), footprint(source=later))
    then = brief_of(world(layers=(land,)), BRIEFED, WHEN, hindsight=False)
    assert [(one.label, one.holders) for one in then.footprints] == [("Seen at once", ())]
    now = brief_of(world(layers=(land,)), BRIEFED, WHEN, hindsight=True)
    assert [one.name for one in now.footprints[0].holders] == ["Somebody"]
    assert len(now.footprints) == 2


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (Source("A paper", "2024-12-02", checked=True), "A paper, 2 Dec 2024"),
        (Source("A paper", "2024-12", checked=True), "A paper, December 2024"),
        (Source("A paper", None, checked=False), "A paper, date not on file, original not opened"),
        (Source("A paper", "last week", checked=True), "A paper, last week"),
    ],
)
def test_a_source_says_when_and_whether_it_was_opened(source, words) -> None:
    assert source.words == words
    told = words.removesuffix(", original not opened").removesuffix(", date not on file")
    assert source.told == told


def test_what_is_written_is_read_again_a_line_a_briefing(tmp_path, briefing) -> None:
    for day in (15, 23):
        write_briefing(tmp_path, another(briefing, day))
    assert on_disk(tmp_path) == (another(briefing, 15), another(briefing, 23))
    lines = (tmp_path / FILE).read_text(encoding="utf-8").split("\n")
    assert [json.loads(line)["day"] for line in lines[:-1]] == ["2024-08-15", "2024-08-23"]
    assert lines[-1] == ""


def test_a_folder_without_briefings_has_none(tmp_path) -> None:
    assert read_briefings(tmp_path) == ((), ())


def test_words_in_any_script_can_be_read_in_the_file(tmp_path, briefing) -> None:
    (first, *_) = briefing.articles
    named = replace(briefing, articles=(replace(first, headline="מעבר رفح “x”\u2028\x85\n"),))
    write_briefing(tmp_path, named)
    assert "מעבר رفح “x”" in (tmp_path / FILE).read_text(encoding="utf-8")
    assert on_disk(tmp_path) == (named,)


def test_the_file_is_no_article_and_reads_no_world_again(
    tmp_path, monkeypatch, repository, briefing
) -> None:
    shutil.copytree(repository / "seeds", tmp_path, dirs_exist_ok=True)
    monkeypatch.setattr("components.page.served.SEEDS", tmp_path)
    before, stamp = read_articles(tmp_path), served.read_stamp()
    write_briefing(tmp_path, briefing)
    assert read_articles(tmp_path) == before
    assert served.read_stamp() == stamp


BROKEN = [
    (b'{"day": ', r"line 2: .* is not a record \(Expecting value.*\)\. Correct the line, or"),
    (b"\xff\xfe", "line 2: .* is not a record"),
    (b"[" * 100_000, "line 2: .* is not a record"),
    (b"null", "line 2: the record is None. It must be an object with day, when"),
    (b'{"day": "soon"}', r"line 2: day is 'soon'\. It must be an ISO day.* more of its parts"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "message"), BROKEN, ids=["cut", "bytes", "deep", "null", "day"])
def test_a_broken_line_is_told_hides_no_other_and_is_never_lost(
    tmp_path, briefing, line, message
) -> None:
    write_briefing(tmp_path, another(briefing, 15))
    with (tmp_path / FILE).open("ab") as file:
        file.write(line)
    write_briefing(tmp_path, another(briefing, 23))
    found, (fault,) = read_briefings(tmp_path)
    assert found == (another(briefing, 15), another(briefing, 23))
    assert re.search(message, str(fault))
    write_undo(tmp_path, another(briefing, 15))
    assert (tmp_path / FILE).read_bytes().split(b"\n")[0] == line
    assert read_briefings(tmp_path)[0] == (another(briefing, 23),)


def test_a_line_that_misses_one_word_is_told_with_the_word(tmp_path, briefing) -> None:
    write_briefing(tmp_path, briefing)
    record = json.loads((tmp_path / FILE).read_text(encoding="utf-8"))
    record["events"][2]["mode"] = "hapened"
    (tmp_path / FILE).write_text(json.dumps(record), encoding="utf-8")
    (fault,) = read_briefings(tmp_path)[1]
    assert str(fault) == (
        f"{FILE}, line 1: events 3, mode 'hapened' is not known. Use one of {', '.join(Mode)}."
        " Correct the line, or take it out."
    )


def test_a_file_that_cannot_be_read_is_told_and_never_written_over(tmp_path, briefing) -> None:
    (tmp_path / FILE).mkdir()
    found, (fault,) = read_briefings(tmp_path)
    assert not found
    assert str(fault).startswith(f"{FILE}: cannot be read (")
    with pytest.raises(OSError, match="directory"):
        write_briefing(tmp_path, briefing)
    assert (tmp_path / FILE).is_dir()


def test_a_folder_that_cannot_be_written_to_loses_nothing(tmp_path, briefing) -> None:
    write_briefing(tmp_path, another(briefing, 15))
    before = (tmp_path / FILE).read_bytes()
    # A folder where the new file would be made: even the superuser cannot write it.
    (tmp_path / f".{FILE}.unfinished").mkdir()
    with pytest.raises(OSError, match="directory"):
        write_briefing(tmp_path, another(briefing, 23))
    with pytest.raises(OSError, match="directory"):
        write_undo(tmp_path, another(briefing, 15))
    assert (tmp_path / FILE).read_bytes() == before


def test_undoing_takes_one_line_and_leaves_the_others(tmp_path, briefing) -> None:
    for day in (15, 16, 15):
        write_briefing(tmp_path, another(briefing, day))
    write_undo(tmp_path, another(briefing, 15))
    assert on_disk(tmp_path) == (another(briefing, 15), another(briefing, 16))
    with pytest.raises(LookupError, match="does not hold this briefing any more"):
        write_undo(tmp_path, another(briefing, 17))
    for day in (16, 15):
        write_undo(tmp_path, another(briefing, day))
    assert on_disk(tmp_path) == ()


@pytest.mark.parametrize(
    "wrong",
    [{"title": " "}, {"title": "\ud800"}, {"how": ""}],
    ids=["blank", "half-character", "empty"],
)
def test_what_could_not_be_read_again_is_not_written(tmp_path, briefing, wrong) -> None:
    (first, *_) = briefing.events
    with pytest.raises(Unsound, match="Nothing was written: events 1, "):
        write_briefing(tmp_path, replace(briefing, events=(replace(first, **wrong),)))
    assert not (tmp_path / FILE).exists()


def test_a_moment_without_its_zone_is_not_written(tmp_path, briefing) -> None:
    with pytest.raises(Unsound, match=r"when is '2024-08-23T09:30:15\.000250'\. It must be"):
        write_briefing(tmp_path, replace(briefing, when=WHEN.replace(tzinfo=None)))


WRITER = """
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from components.brief.briefings import Briefed, KnownArticle, write_briefing

folder, first, times = Path(sys.argv[1]), date.fromisoformat(sys.argv[2]), int(sys.argv[3])
articles = tuple(KnownArticle(f"a{n}", "Talks", "A paper") for n in range(500))
print("ready", flush=True)
for number in range(times):
    when = datetime(2024, 8, 23, tzinfo=UTC)
    day = first + timedelta(number)
    write_briefing(folder, Briefed(day, when, False, articles, (), (), ()))
"""


def writer(folder: Path, repository: Path, first: str, times: int) -> subprocess.Popen[str]:
    """Start a process that marks one day after the other."""
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder), first, str(times)],
        cwd=repository,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_of_two_processes_that_write_at_once_nothing_is_lost(tmp_path, repository) -> None:
    both = [writer(tmp_path, repository, first, 20) for first in ("2023-01-01", "2024-01-01")]
    for one in both:
        one.communicate(timeout=60)
        assert one.returncode == 0
    days = [one.day for one in on_disk(tmp_path)]
    for year in (2023, 2024):
        assert [day for day in days if day.year == year] == [
            date(year, 1, number + 1) for number in range(20)
        ]
    assert len(days) == 40


def test_a_process_that_is_killed_leaves_a_whole_file_and_no_lock(
    tmp_path, repository, briefing
) -> None:
    counts = [0]
    for number in range(5):
        one = writer(tmp_path, repository, "2023-01-01", 100_000)
        assert one.stdout
        assert one.stdout.readline() == "ready\n"
        time.sleep(0.05 + 0.03 * number)
        one.send_signal(signal.SIGKILL)
        one.wait()
        one.stdout.close()
        counts.append(len(on_disk(tmp_path)))
    assert counts == sorted(counts), "a whole line was lost"
    assert counts[-1], "no process wrote anything before it was killed"
    write_briefing(tmp_path, briefing)
    assert on_disk(tmp_path)[-1] == briefing


def test_events_without_an_article_on_file_are_not_kept() -> None:
    assert not brief_of(world(placed=(event(),)), BRIEFED, WHEN, hindsight=True).events
