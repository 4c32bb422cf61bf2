"""The twelve articles that were marked by hand: whether the marks themselves can be trusted."""

import re
from datetime import date
from pathlib import Path

import pytest

from components.model.article import Article
from components.model.event import Event, Kind, Mode, Role
from components.text.articles import read_article, read_articles

HERE = Path(__file__).parents[1] / "reading"
NAMES = sorted(path.stem for path in HERE.glob("*.txt"))
SAID_SO = re.compile(r"\b(said|says|according to|denied|reported|added|put the number)\b")


@pytest.fixture(params=NAMES)
def article(request: pytest.FixtureRequest) -> Article:
    """Return one of the articles; none is broken."""
    found, faults = read_article(HERE / f"{request.param}.json")
    assert not faults
    assert found
    return found


def test_there_are_twelve_and_half_were_held_back() -> None:
    assert not read_articles(HERE).faults
    assert [name.partition("-")[0] for name in NAMES] == ["dev"] * 6 + ["held"] * 6


def test_they_are_short_and_tell_a_handful_of_events(article: Article) -> None:
    assert 120 <= len(article.text.split()) <= 250
    assert 4 <= len(article.events) <= 10


def test_quotes_are_whole_sentences_of_the_text(article: Article) -> None:
    for event in article.events:
        for span in event.evidence:
            assert article.text[span.start : span.stop] == span.quote
            assert span.quote[0].isupper() or not span.quote[0].isalnum()
            assert span.quote.endswith((".", ".\N{RIGHT DOUBLE QUOTATION MARK}"))


def test_dates_are_the_words_of_the_evidence(article: Article) -> None:
    for event in article.events:
        quotes = " ".join(span.quote for span in event.evidence)
        assert event.date_words is None or event.date_words in quotes
        assert date(2015, 1, 1) <= event.period.day <= date(2026, 12, 31)


def test_who_says_so_stands_in_the_evidence(article: Article) -> None:
    for event in article.events:
        quotes = " ".join(span.quote for span in event.evidence)
        for said in event.attributions:
            narrated = said.source == f"{article.publisher}, in its own words"
            assert narrated == (said.cue is None)
            assert said.cue is None or (said.cue in quotes and SAID_SO.search(said.cue))


def test_what_is_claimed_or_denied_has_somebody_who_does(article: Article) -> None:
    for event in article.events:
        if event.mode in {Mode.CLAIMED, Mode.DENIED}:
            assert all(said.cue for said in event.attributions)


def test_what_is_only_asked_for_or_proposed_marks_no_corridor(article: Article) -> None:
    for event in article.events:
        if event.kind in {Kind.PROPOSAL, Kind.APPEAL}:
            assert not [name for name in names(event, Role.EVENT) if "Corridor" in name]
            assert not [name for name in names(event, Role.EVENT) if "crossing" in name]


def test_a_demand_is_dated_as_standing(article: Article) -> None:
    for event in article.events:
        if event.mode is Mode.DEMANDED:
            assert event.period.edtf == f"{article.published}?"


def test_the_topics_asked_for_are_all_there() -> None:
    articles = read_articles(HERE).articles
    kinds = {event.kind for one in articles for event in one.events}
    modes = {event.mode for one in articles for event in one.events}
    weekdays = {one.published.weekday() for one in articles}
    assert kinds == set(Kind)
    assert modes == set(Mode)
    assert len(weekdays) >= 5


def test_two_parties_counts_of_one_thing_differ() -> None:
    article, _ = read_article(HERE / "dev-4-aid-route-deaths.json")
    assert article
    theirs, ours = (one for one in article.events if one.kind is Kind.CASUALTIES)
    assert theirs.period == ours.period
    assert theirs.attributions != ours.attributions
    assert theirs.quantities[0].value != ours.quantities[0].value


def names(event: Event, role: Role) -> list[str]:
    """Return the names of an event's places of one role."""
    return [place.name for place in event.places if place.role is role]
