"""Laws 8 and 9 of briefings, and that nothing is new which is not, or was published later."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from components.brief.briefings import (
    FILE,
    Briefed,
    KnownArticle,
    KnownEvent,
    KnownFootprint,
    KnownHolder,
    KnownPosition,
    brief_of,
    published_after,
    read_briefings,
    write_briefing,
    write_undo,
)
from components.brief.news import Sort, news, paragraph
from components.brief.positions import dated
from components.model.event import Basis, Mode
from components.model.layer import Control, Source
from components.model.period import Period
from components.model.position import Ground, Party, Statement, Subject
from tests import worlds

# Hebrew, Arabic, marks that turn direction, every line end, what JSON and pages take as signs.
AWKWARD = "\r\n\u2028\u0085\ufeff\u200f\u202e\N{HEBREW LETTER SHIN}\N{ARABIC LETTER MEEM}\u200c"
AWKWARD += "😀\0<&\"'\\[]{}\x1b*`"
WORDS = st.text(st.characters(codec="utf-8") | st.sampled_from(AWKWARD), min_size=1, max_size=20)
WORDS = WORDS.filter(str.strip)
SOURCES = st.builds(Source, WORDS, st.none() | WORDS, st.booleans())


def several(one):
    """Return tuples of at most three."""
    return st.lists(one, max_size=3).map(tuple)


BRIEFINGS = st.builds(
    Briefed,
    day=st.dates(),
    when=st.datetimes(timezones=st.just(UTC)),
    hindsight=st.booleans(),
    articles=several(st.builds(KnownArticle, WORDS, WORDS, WORDS)),
    events=several(st.builds(KnownEvent, WORDS, WORDS, st.sampled_from(Mode), WORDS, WORDS, WORDS)),
    positions=several(st.builds(KnownPosition, *[WORDS] * 7, several(WORDS))),
    footprints=several(
        st.builds(
            KnownFootprint,
            id=WORDS,
            layer=WORDS,
            place=st.none() | WORDS,
            name=WORDS,
            label=WORDS,
            status=st.none() | WORDS,
            since=st.none() | WORDS,
            source=SOURCES,
            holders=several(st.builds(KnownHolder, WORDS, WORDS, SOURCES)),
        )
    ),
)
LINES = st.lists(st.binary(max_size=30).filter(lambda line: b"\n" not in line), max_size=4)


@given(st.lists(BRIEFINGS, min_size=1, max_size=3))
def test_what_is_written_and_read_again_is_equal(briefings) -> None:
    with TemporaryDirectory() as name:
        for one in briefings:
            write_briefing(Path(name), one)
        assert read_briefings(Path(name)) == (tuple(briefings), ())


@given(LINES, BRIEFINGS)
def test_whatever_a_file_holds_is_told_and_never_lost(lines, briefing) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / FILE).write_bytes(b"\n".join(lines))
        found, faults = read_briefings(folder)
        assert not found
        assert len(faults) == sum(bool(line.strip()) for line in lines)
        write_briefing(folder, briefing)
        assert read_briefings(folder) == ((briefing,), faults)
        write_undo(folder, briefing)
        assert (folder / FILE).read_bytes().split(b"\n")[: len(lines)] == lines


DAYS = st.dates(date(2024, 8, 1), date(2024, 9, 30))
PERIODS = st.builds(Period.of, DAYS, DAYS | st.just(date.max))
WHEN = datetime(2024, 8, 23, tzinfo=UTC)


@st.composite
def told(draw):
    """Return articles of any days, their events and statements; some tell the same event."""
    articles, events, statements = [], [], []
    for number in range(draw(st.integers(0, 5))):
        of = worlds.article(f"a{number}", headline=f"A{number}x", published=draw(DAYS))
        articles.append(of)
        event = worlds.told(
            of, "Talks began", title=f"E{number}x", mode=draw(st.sampled_from(Mode))
        )
        if events and draw(st.booleans()):
            events[-1] = replace(events[-1], also=(*events[-1].also, event))
        else:
            events.append(event)
        stance = draw(st.sampled_from(["stays", "leaves"]))
        statements.append(
            Statement(
                event=event.id,
                party=Party(party := draw(st.sampled_from("PQ")), worlds.names(party)),
                ground=Ground("strip", "strip", None, worlds.names("Strip")),
                subject=Subject.TROOPS,
                kind=event.kind,
                mode=event.mode,
                stance=stance,
                one=f"{stance} S{number}x",
                many=stance,
                title=event.title,
                when=event.when,
                days=Period.of(*sorted((draw(DAYS), of.published))),
                published=of.published,
                publisher=of.publisher,
                article=of.id,
                basis=Basis.STATED,
            )
        )
    return {"articles": articles, "placed": events, "statements": statements}


@st.composite
def land(draw):
    """Return a layer whose footprints are told of by reports of any day."""

    def source():
        return Source("A paper", draw(st.none() | DAYS.map(str)), checked=draw(st.booleans()))

    def control(number):
        return Control(f"H{number}x", draw(PERIODS), f"W{number}x.", source())

    return worlds.layer(
        *(
            worlds.footprint(
                label=f"F{number}x",
                period=draw(PERIODS),
                source=source(),
                control=tuple(control(f"{number}{one}") for one in range(draw(st.integers(0, 2)))),
            )
            for number in range(draw(st.integers(0, 4)))
        )
    )


def made_up(parts, layer):
    """Return a world of what was drawn."""
    return worlds.world(
        tuple(parts["placed"]),
        layers=(layer,),
        articles=tuple(parts["articles"]),
        statements=dated(parts["statements"]),
    )


WORLDS = st.builds(made_up, told(), land())


@given(WORLDS, DAYS, st.booleans())
def test_nothing_is_new_in_the_same_world_on_the_same_day(world, day, hindsight) -> None:
    found = news(world, brief_of(world, day, WHEN, hindsight=hindsight), day, hindsight=hindsight)
    assert not found.items
    assert paragraph(found).endswith(": nothing new.")


@given(WORLDS, WORLDS, DAYS, DAYS)
def test_without_hindsight_nothing_published_after_the_day_is_told(before, now, one, other) -> None:
    briefed, day = sorted((one, other))
    briefing = brief_of(before, briefed, WHEN, hindsight=False)
    known = {item.headline for item in briefing.articles}
    found = news(now, briefing, day, hindsight=False)
    later = [one for one in now.articles if one.published > day]
    assert found.later_articles == sum(
        one.id not in {a.id for a in briefing.articles} for one in later
    )
    for item in found.items:
        assert not item.event or item.event.evidence[0].article not in {one.id for one in later}
        assert item.article not in {one.id for one in later}
    # What the briefing knew was published in time, whatever the files say now.
    words = paragraph(found)
    for article in later:
        number = article.headline[1:]
        if article.headline not in known:
            assert not re.search(rf"\b[AES]{number}\b", words)
    reports = [(one.label, one.source) for layer in now.layers for one in layer.footprints] + [
        (control.holder, control.source)
        for layer in now.layers
        for one in layer.footprints
        for control in one.control
    ]
    kept = {one.label for one in briefing.footprints}
    kept |= {holder.name for one in briefing.footprints for holder in one.holders}
    for name, source in reports:
        if published_after(source, day) and name not in kept:
            assert not re.search(rf"\b{name}\b", words)


@given(WORLDS, WORLDS, DAYS, DAYS, st.booleans(), st.booleans())
def test_every_article_and_event_of_the_day_is_known_new_or_counted(
    before, now, one, other, then, hindsight
) -> None:
    briefed, day = sorted((one, other))
    briefing = brief_of(before, briefed, WHEN, hindsight=then)
    found = news(now, briefing, day, hindsight=hindsight)
    new = {item.article for item in found.items if item.sort is Sort.ARTICLE_NEW}
    known = {one.id for one in briefing.articles}
    assert not new & known
    assert len({one.id for one in now.articles} - known) == len(new) + found.later_articles
    told = {one.id for event in now.events for one in (event, *event.also)}
    fresh = told - {one.id for one in briefing.events}
    sentences = sum(
        len(item.quotes) for item in found.items if item.sort in {Sort.EVENT_NEW, Sort.EVENT_RETOLD}
    )
    assert len(fresh) == sentences + found.later_events


@given(WORDS, WORDS, st.sampled_from(Mode))
def test_no_words_can_become_a_line_a_source_or_a_sign_that_is_not_seen(
    title, publisher, mode
) -> None:
    article = worlds.article(publisher=publisher, headline=title)
    event = worlds.told(article, "Talks began", title=title, mode=mode)
    briefing = brief_of(worlds.world(), date(2024, 8, 23), WHEN, hindsight=False)
    world = worlds.world((event,), articles=(article,))
    head, *lines = paragraph(news(world, briefing, briefing.day, hindsight=False)).split("\n")
    assert head.endswith(":")
    assert len(lines) == 2
    for line in lines:
        assert re.fullmatch(r"New (events|articles): [^\[\]]* \[[^\[\]]*, 22 Aug 2024\]\.", line)
        assert all(
            sign in "\u200c\u200d" or unicodedata.category(sign) not in {"Cc", "Cf", "Cs"}
            for sign in line
        )
