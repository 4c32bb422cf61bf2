"""Writing: whole or not at all, never over somebody else's work, and read again as it was."""

import json
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from components.model.article import Article
from components.model.draft import Act, Change
from components.model.event import Kind
from components.pipeline import read_text
from components.text.articles import read_article, read_articles
from components.text.review import accept, read_again, reject, same
from components.text.sidecar import (
    AlreadyThere,
    Changed,
    Unsound,
    write_article,
    write_new_article,
)
from tests.worlds import article, draft, told

OWNER = "2024-08-22-reuters-cairo-truce-talks"
WHEN = datetime(2024, 8, 23, 9, 30, tzinfo=UTC)
TEXT = "Talks began. Troops moved. Nobody said why."
DRAFTED = article("a", TEXT)
TALKS = told(DRAFTED, "Talks began")
MOVED = told(DRAFTED, "Troops moved", Kind.ADVANCE)
DRAFTED = replace(DRAFTED, drafts=(draft(TALKS), draft(MOVED)))


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """Return an empty folder for articles."""
    folder = tmp_path / "seeds"
    folder.mkdir()
    return folder


@pytest.fixture
def written(seeds: Path) -> Article:
    """Return an article with two drafts that is in the folder."""
    (seeds / "a.txt").write_bytes(TEXT.encode())
    return write_article(seeds, DRAFTED)


def on_disk(folder: Path, name: str = "a") -> Article:
    """Return an article as it is read, without fault."""
    found, faults = read_article(folder / f"{name}.json")
    assert not faults
    assert found
    return found


def state_new(folder: Path, text: str = TEXT, **changes) -> Article:
    """Write a new article with made-up statements."""
    stated = {
        "headline": "Mediators meet: “gaps” remain in Rafaḥ",
        "publisher": "A Paper",
        "url": None,
        "published": date(2024, 8, 22),
        "published_reason": "Stated by a person.",
        "dateline": None,
        "byline": None,
    }
    return write_new_article(folder, text, **stated | changes)


def test_the_owners_article_is_written_as_it_is_read(repository: Path, seeds: Path) -> None:
    for ending in (".txt", ".json"):
        shutil.copy(repository / "seeds" / (OWNER + ending), seeds)
    owner = on_disk(seeds, OWNER)
    again = write_article(seeds, owner)
    assert on_disk(seeds, OWNER) == owner == again
    assert on_disk(seeds, OWNER).version == again.version != owner.version
    # Written once more, not a byte is another.
    assert write_article(seeds, again).version == again.version


def test_drafts_log_and_ties_are_read_as_they_were_written(seeds: Path, written: Article) -> None:
    changed = accept(written, TALKS.id, "Ann", WHEN)
    changed = reject(changed, MOVED.id, "", WHEN)
    changed = same(changed, TALKS.id, "b:0-5:talks", "Ann", WHEN)
    write_article(seeds, changed)
    assert on_disk(seeds) == changed
    assert on_disk(seeds).events[0].same_as == "b:0-5:talks"
    assert [one.act for one in on_disk(seeds).log] == [Act.ACCEPTED, Act.REJECTED, Act.MERGED]


def test_events_are_numbered_as_they_stand(seeds: Path, written: Article) -> None:
    write_article(seeds, replace(written, events=(MOVED, TALKS), drafts=()))
    record = json.loads((seeds / "a.json").read_text(encoding="utf-8"))
    assert [(one["number"], one["kind"]) for one in record["events"]] == [
        (1, "advance"),
        (2, "talks"),
    ]


def test_an_article_without_drafts_is_written_as_ever(seeds: Path, written: Article) -> None:
    write_article(seeds, replace(written, drafts=()))
    record = json.loads((seeds / "a.json").read_text(encoding="utf-8"))
    assert not {"drafts", "log"} & record.keys()


def test_the_second_of_two_is_told_and_can_do_it_again(seeds: Path, written: Article) -> None:
    write_article(seeds, accept(written, TALKS.id, "Ann", WHEN))
    with pytest.raises(
        Changed, match=r"^a\.json was changed by somebody else .* do it again\.$"
    ) as it:
        write_article(seeds, reject(written, MOVED.id, "Bob", WHEN))
    now = it.value.article
    assert now == on_disk(seeds)
    write_article(seeds, reject(now, MOVED.id, "Bob", WHEN))
    assert [one.who for one in on_disk(seeds).log] == ["Ann", "Bob"]


def test_a_change_by_hand_is_a_change(seeds: Path, written: Article) -> None:
    with (seeds / "a.json").open("a", encoding="utf-8") as file:
        file.write("\n")
    with pytest.raises(Changed):
        write_article(seeds, written)


def test_a_sidecar_that_is_gone_is_a_change(seeds: Path, written: Article) -> None:
    (seeds / "a.json").unlink()
    with pytest.raises(Changed) as it:
        write_article(seeds, written)
    assert it.value.article is None


def test_a_new_sidecar_is_never_written_over_one_that_is_there(
    seeds: Path, written: Article
) -> None:
    before = (seeds / "a.json").read_bytes()
    with pytest.raises(Changed):
        write_article(seeds, replace(written, version=""))
    assert (seeds / "a.json").read_bytes() == before


@pytest.mark.usefixtures("written")
def test_a_broken_record_on_disk_is_not_lost_by_writing(seeds: Path) -> None:
    record = json.loads((seeds / "a.json").read_text(encoding="utf-8"))
    record["drafts"][0]["mode"] = "hapened"
    (seeds / "a.json").write_text(json.dumps(record), encoding="utf-8")
    found, _ = read_article(seeds / "a.json")
    assert found
    assert len(found.drafts) == 1
    before = (seeds / "a.json").read_bytes()
    with pytest.raises(Unsound, match="draft 1: mode 'hapened' is not known"):
        write_article(seeds, found)
    assert (seeds / "a.json").read_bytes() == before


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (replace(TALKS, title=" "), "title is ' '. It must be text that is not blank."),
        (replace(TALKS, title="\ud800"), "half a character"),
        (replace(TALKS, evidence=()), "index"),
        (replace(TALKS, id="a:1-2:talks"), "would not be read again as the same article"),
        (replace(TALKS, also=(MOVED,)), "would not be read again as the same article"),
    ],
    ids=["blank", "half-character", "no-evidence", "other-id", "united"],
)
def test_what_could_not_be_read_again_is_not_written(
    seeds: Path, written: Article, wrong, message: str
) -> None:
    if not wrong.evidence:
        message = "evidence is empty"
    before = (seeds / "a.json").read_bytes()
    with pytest.raises(Unsound, match=message):
        write_article(seeds, replace(written, events=(wrong,), drafts=()))
    assert (seeds / "a.json").read_bytes() == before
    assert {path.name for path in seeds.iterdir()} == {"a.json", "a.txt", ".articles.lock"}


def test_a_moment_of_another_zone_is_not_written(seeds: Path, written: Article) -> None:
    entry = Change(WHEN.replace(tzinfo=None), "Ann", Act.READ, "x", None, None)
    with pytest.raises(Unsound, match=r"log 1: when is '2024-08-23T09:30:00'\. It must be"):
        write_article(seeds, replace(written, log=(entry,)))


def test_a_new_article_gets_the_name_of_what_is_stated(seeds: Path) -> None:
    new = state_new(seeds)
    assert new.id == "2024-08-22-a-paper-mediators-meet-gaps-remain-in-rafah"
    assert (seeds / f"{new.id}.txt").read_bytes() == TEXT.encode()
    assert on_disk(seeds, new.id) == new
    assert on_disk(seeds, new.id).version == new.version


def test_another_text_of_the_same_name_gets_its_own(seeds: Path) -> None:
    first, second = state_new(seeds), state_new(seeds, "Another text.")
    assert second.id == f"{first.id}-2"
    assert {one.text for one in read_articles(seeds).articles} == {TEXT, "Another text."}


def test_a_text_that_is_there_is_named(seeds: Path) -> None:
    first = state_new(seeds)
    with pytest.raises(AlreadyThere, match=f"already there, as {first.id}. Open") as it:
        state_new(seeds, headline="Something else")
    assert it.value.article == first.id


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"text": " \n"}, "The text is empty. Give the whole article."),
        ({"text": "Talks \ud800"}, "half a character at 6"),
        ({"headline": ""}, "headline is ''. It must be text that is not blank."),
        ({"url": "javascript:alert(1)"}, "url is 'javascript:alert.1.'. It must begin with https"),
        ({"publisher": "\udfff"}, "half a character"),
    ],
)
def test_what_is_stated_wrongly_leaves_no_file(seeds: Path, changes, message: str) -> None:
    with pytest.raises(Unsound, match=message):
        state_new(seeds, **changes)
    assert {path.name for path in seeds.iterdir()} <= {".articles.lock"}


@pytest.mark.parametrize("headline", ["../../etc/passwd", "מעבר רפיח", "con", "x" * 500, "a\0b"])
def test_no_headline_leads_out_of_the_folder(seeds: Path, headline: str) -> None:
    new = state_new(seeds, headline=headline)
    assert on_disk(seeds, new.id).headline == headline
    assert {path.parent for path in seeds.parent.rglob("*.*")} == {seeds}


def test_the_text_that_a_crash_left_alone_is_taken_up(seeds: Path) -> None:
    new = state_new(seeds)
    (seeds / f"{new.id}.json").unlink()
    assert state_new(seeds) == new


WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from components.text.articles import read_article
from components.text.review import apart
from components.text.sidecar import Changed, write_article

folder, who, times = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
article, _ = read_article(folder / "a.json")
print("ready", flush=True)
for number in range(times):
    while True:
        try:
            wanted = apart(
                article, article.drafts[0].event.id, f"b:0-{number + 1}:talks", who,
                datetime(2024, 8, 23, tzinfo=UTC),
            )
            article = write_article(folder, wanted)
            break
        except Changed as error:
            article = error.article
"""


def writer(folder: Path, repository: Path, who: str, times: int) -> subprocess.Popen[str]:
    """Start a process that writes to the folder's article over and over."""
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder), who, str(times)],
        cwd=repository,
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.mark.usefixtures("written")
def test_of_two_processes_that_write_at_once_nothing_is_lost(seeds: Path, repository: Path) -> None:
    both = [writer(seeds, repository, who, 20) for who in ("Ann", "Bob")]
    for one in both:
        one.communicate(timeout=60)
        assert one.returncode == 0
    log = on_disk(seeds).log
    for who in ("Ann", "Bob"):
        told = [one.other for one in log if one.who == who]
        assert told == [f"b:0-{number + 1}:talks" for number in range(20)]


@pytest.mark.usefixtures("written")
def test_a_process_that_is_killed_leaves_a_whole_file_and_no_lock(
    seeds: Path, repository: Path
) -> None:
    lengths = set()
    for number in range(5):
        one = writer(seeds, repository, "Ann", 1_000_000)
        assert one.stdout
        assert one.stdout.readline() == "ready\n"
        time.sleep(0.05 + 0.03 * number)
        one.send_signal(signal.SIGKILL)
        one.wait()
        one.stdout.close()
        lengths.add(len(on_disk(seeds).log))
    assert len(lengths) > 1, "no process wrote anything before it was killed"
    now = on_disk(seeds)
    assert write_article(seeds, reject(now, MOVED.id, "Bob", WHEN)).log[-1].who == "Bob"


@pytest.mark.parametrize(
    "text", [None, "NAIROBI - Talks on Gaza began in Nairobi on Thursday, Egypt said."]
)
def test_all_that_the_reader_finds_can_be_written_and_says_which_place(
    seeds: Path, repository: Path, text: str | None
) -> None:
    text = text or (repository / "seeds" / f"{OWNER}.txt").read_bytes().decode()
    new = state_new(seeds, text)
    read = read_text(
        text,
        published=new.published,
        article=new.id,
        publisher=new.publisher,
        geodata=repository / "geodata",
    )
    assert len(read.targets) == len(read.reading.places)
    drafted = write_article(seeds, read_again(new, read.reading.events, WHEN))
    assert on_disk(seeds, new.id) == drafted
    found = {one.event.id for one in read.reading.events}
    assert {one.event.id for one in drafted.drafts} == found != set()
    for place in (place for one in drafted.drafts for place in one.event.places):
        assert (place.at is not None) == (place.name == "Nairobi")
