"""Marking a day as briefed and seeing what is new since, run by Streamlit without a browser."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from streamlit.testing.v1 import AppTest

from components.brief.briefings import FILE, read_briefings
from components.page import served
from components.text.articles import read_article
from components.text.review import reopen
from components.text.sidecar import write_article
from tests.pages import press, sound, words

if TYPE_CHECKING:
    from pathlib import Path

SEEDS = served.SEEDS
OWNERS = "2024-08-22-reuters-cairo-truce-talks"
TALKS = "held-1-doha-talks"  # published on 10 Sep 2024
EGYPT = "dev-1-border-arms"  # published on 5 Oct 2024
ATTACK = "<script>window.hurt=1</script><img src=x onerror='window.hurt=1'>"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch) -> Path:
    """Return the folder that the app takes for the articles' one: a copy of the owner's article."""
    for path in SEEDS.glob(f"{OWNERS}.*"):
        shutil.copyfile(path, tmp_path / path.name)
    monkeypatch.setattr("components.page.served.SEEDS", tmp_path)
    return tmp_path


@pytest.fixture
def add(folder: Path, repository: Path):
    """Return a function that adds one of the articles that the reader is tested with."""

    def added(name: str) -> None:
        for path in (repository / "tests" / "reading").glob(f"{name}.*"):
            shutil.copyfile(path, folder / path.name)

    return added


@pytest.fixture
def launch(repository: Path, folder: Path):  # noqa: ARG001  nothing may be written elsewhere
    """Return a function that opens the drawer on a day."""

    def launched(to: str = "2024-10-31", **query: str) -> AppTest:
        page = AppTest.from_file(str(repository / "app.py"), default_timeout=120)
        page.query_params.update({"below": "since", "to": to} | query)
        return sound(page.run())

    return launched


def labels(page: AppTest, sort: str) -> list[str]:
    """Return the labels of what is new of a sort, without the signs that take Markdown's power."""
    return [
        one.label.replace("\\", "")
        for one in page.button
        if (one.key or "").startswith(f"since_{sort}_")
    ]


def text(page: AppTest) -> str:
    """Return the text to copy."""
    (found,) = page.code
    return found.value


def days(folder: Path) -> list[str]:
    """Return the days of the briefings that are kept."""
    found, faults = read_briefings(folder)
    assert not faults
    return [str(one.day) for one in found]


def test_before_anything_is_marked_it_says_what_marking_does(launch) -> None:
    page = launch()
    assert "No day is marked yet" in words(page)
    assert "keeps what is known on Thu 31 Oct 2024" in words(page)
    assert page.button(key="mark_briefed").label == "Mark as briefed: Thu 31 Oct 2024"
    assert not page.code


def test_a_mark_is_kept_beside_the_articles_and_told(launch, folder) -> None:
    world = served.known().world
    page = press(launch(), "mark_briefed")
    assert days(folder) == ["2024-10-31"]
    assert f"Marked: the briefing of Thu 31 Oct 2024. Kept in {folder / FILE}." in words(page)
    assert "Since the briefing of Thu 31 Oct 2024" in words(page)
    assert text(page) == (
        "Since the briefing of Thu 31 Oct 2024, as of Thu 31 Oct 2024: nothing new."
    )
    assert served.known().world is world
    # Done is done: it cannot be marked again before something has changed.
    for now in (page, sound(page.run())):
        assert now.button(key="marked").disabled
        assert not [one for one in now.button if one.key == "mark_briefed"]


def test_an_article_that_is_added_is_news_in_the_list_and_in_the_text(launch, add) -> None:
    page = press(launch(), "mark_briefed")
    add(TALKS)
    sound(page.run())
    assert "New positions <b>1</b> · New events <b>9</b> · New articles <b>1</b>" in words(page)
    (position,) = labels(page, "POSITION_NEW")
    assert "On the Rafah crossing, Egypt denies a deployment by Israel" in position
    assert "Meridian, 10 Sep 2024" in position
    assert "Egypt denied on Sunday that Israeli forces had been deployed" in position
    assert len(labels(page, "EVENT_NEW")) == 9
    (article,) = labels(page, "ARTICLE_NEW")
    assert "Negotiators return to Doha" in article
    assert text(page).split("\n")[1] == (
        "New positions: On the Rafah crossing, Egypt denies a deployment by Israel"
        " (denied; since Tue 10 Sep 2024, of Sun 8 Sep 2024) [Meridian, 10 Sep 2024]."
    )
    add(EGYPT)
    sound(page.run())
    # Having moved troops in, Israel still wants to keep them: nothing has changed, this is new.
    assert not labels(page, "POSITION_CHANGED")
    assert any("Israel moved troops in" in one for one in labels(page, "POSITION_NEW"))
    assert "On the Philadelphi Corridor, Israel moved troops in (happened; according to" in text(
        page
    )


def test_what_is_new_opens_its_sentence_its_ground_or_its_article(launch, add) -> None:
    page = press(launch(), "mark_briefed")
    add(TALKS)
    press(sound(page.run()), "since_POSITION_NEW_0")
    assert "<mark>Egypt denied on Sunday" in words(page)
    page = launch("2024-12-31")
    press(page, "since_LAND_0")
    assert 'aria-label="Facts"' in words(page)
    press(page, "since_ARTICLE_NEW_0")
    assert page.query_params["article"] == TALKS


def test_what_was_published_after_the_day_is_counted_and_shown_with_hindsight(launch, add) -> None:
    page = press(launch("2024-08-23"), "mark_briefed")
    add(TALKS)
    sound(page.run())
    assert "Left out: 1 article and 9 events published after Fri 23 Aug 2024." in words(page)
    assert not labels(page, "EVENT_NEW")
    sound(page.toggle(key="hindsight").set_value(True).run())
    assert len(labels(page, "EVENT_NEW")) == 9
    assert "Left out" not in words(page)


def test_a_day_before_the_briefing_is_said_plainly(launch) -> None:
    page = press(launch(), "mark_briefed")
    page = launch("2024-08-01")
    assert "Before the briefing of Thu 31 Oct 2024" in words(page)
    assert "nothing is compared" in text(page)
    assert not labels(page, "")


def test_the_last_mark_can_be_taken_back_and_only_that(launch, folder) -> None:
    press(launch("2024-08-15"), "mark_briefed")
    page = press(launch("2024-08-23"), "mark_briefed")
    page = press(page, "undo_")
    assert days(folder) == ["2024-08-15"]
    assert "Taken back: the briefing of Fri 23 Aug 2024" in words(page)
    # Where the button was there is none now, so that a double click takes back no second one.
    assert not [one for one in page.button if (one.key or "").startswith("undo_")]
    assert "Since the briefing of Thu 15 Aug 2024" in words(page)
    press(sound(page.run()), "undo_")
    assert days(folder) == []


def test_a_click_in_a_window_that_is_behind_takes_back_nothing_else(launch, folder) -> None:
    press(launch("2024-08-15"), "mark_briefed")
    press(launch("2024-08-23"), "mark_briefed")
    one, other = launch("2024-08-23"), launch("2024-08-23")
    press(one, "undo_")
    press(other, "undo_")
    assert days(folder) == ["2024-08-15"]


def test_an_earlier_briefing_can_be_chosen(launch) -> None:
    press(launch("2024-08-15"), "mark_briefed")
    page = press(launch("2024-08-23"), "mark_briefed")
    assert "Since the briefing of Fri 23 Aug 2024" in words(page)
    (choice,) = (one for one in page.selectbox if one.key.startswith("briefing_"))
    assert [option.partition(", marked")[0] for option in choice.options] == [
        "Since Fri 23 Aug 2024", "Since Thu 15 Aug 2024",
    ]  # fmt: skip
    sound(choice.select_index(1).run())
    assert "Since the briefing of Thu 15 Aug 2024" in words(page)
    assert len(labels(page, "EVENT_NEW")) == 17
    # A new mark is the one that is looked at.
    sound(page.toggle(key="hindsight").set_value(True).run())
    press(page, "mark_briefed")
    assert "Since the briefing of Fri 23 Aug 2024" in words(page)


def test_a_folder_that_cannot_be_written_to_is_told_and_loses_nothing(launch, folder) -> None:
    press(launch("2024-08-15"), "mark_briefed")
    # Where the new file would be made, even for the superuser.
    (folder / f".{FILE}.unfinished").mkdir()
    page = press(launch("2024-08-23"), "mark_briefed")
    assert "<b>Not marked.</b> Nothing is lost." in words(page)
    assert "Since the briefing of Thu 15 Aug 2024" in words(page)
    page = press(page, "undo_")
    assert "<b>Not taken back.</b> Nothing is lost." in words(page)
    assert days(folder) == ["2024-08-15"]


def test_an_event_that_is_under_review_again_is_told_as_gone(launch, folder) -> None:
    page = press(launch(), "mark_briefed")
    article, _ = read_article(folder / f"{OWNERS}.json")
    assert article
    (arms,) = (one for one in article.events if one.kind == "arms")
    write_article(folder, reopen(article, arms.id, "Ann", datetime.now(UTC)))
    sound(page.run())
    assert "Events no longer accepted: 1" in words(page)
    assert "its event is under review again" in words(page)
    assert "it is under review again [Reuters, 22 Aug 2024]." in text(page)


def test_a_broken_line_is_told_and_the_others_stay(launch, folder) -> None:
    press(launch(), "mark_briefed")
    with (folder / FILE).open("a", encoding="utf-8") as file:
        file.write(f'{{"day": "{ATTACK}"}}\n')
    page = launch()
    assert "Since the briefing of Thu 31 Oct 2024" in words(page)
    assert f"{FILE}, line 2: day is" in words(page)
    assert "<script>" not in words(page)
    assert "<img src=x" not in words(page)


def test_hostile_words_of_the_file_are_shown_as_words(launch, folder) -> None:
    press(launch(), "mark_briefed")
    kept = (folder / FILE).read_text(encoding="utf-8")
    (folder / FILE).write_text(
        kept.replace(f'"{OWNERS}', f'"gone-{OWNERS}').replace("Hamas", f"**{ATTACK}**"),
        encoding="utf-8",
    )
    page = launch()
    assert "Events no longer accepted: 17" in words(page)
    assert "<script>" not in words(page)
    assert "<img src=x" not in words(page)
    assert "&lt;script&gt;" in words(page)
    assert ATTACK in text(page)
    shown = "\n".join(labels(page, ""))
    assert "<script>" not in shown
