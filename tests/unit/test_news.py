"""What is new since a briefing: each sort of it, and the paragraph with a source a sentence."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from components.brief.briefings import brief_of
from components.brief.news import Sort, news, paragraph
from components.brief.positions import dated
from components.model.draft import Act, Change, State
from components.model.event import Attribution, Basis, Kind, Mode, Scope
from components.model.layer import Control, Source
from components.model.period import Period
from components.model.place import Names
from components.model.position import Ground, Party, Statement, Subject
from components.pipeline import build_world
from tests.worlds import article, draft, footprint, layer, told, world

if TYPE_CHECKING:
    from components.brief.news import Item, News
    from components.model.article import Article
    from components.model.event import Event
    from components.model.world import World

WHEN = datetime(2024, 8, 23, 9, 30, tzinfo=UTC)
BRIEFED, TODAY = date(2024, 8, 23), date(2024, 9, 30)
# Words that hold no bracket, then a source.
SENTENCE = r"[^\[\]]*\S \[[^\[\]]+\]\."
LINE = re.compile(rf"(?:{'|'.join(Sort)}): {SENTENCE}(?: {SENTENCE})*")
TEXT = "Talks began. Troops moved. Nobody said why. They want them out."

FIRST = article("first", TEXT)
LATER = article("later", TEXT, publisher="Another paper", published=date(2024, 9, 10))
LATEST = article("latest", TEXT, publisher="A third paper", published=date(2024, 10, 10))


def stated(event: Event, of: Article, says: str = "wants Israel out", **changes: Any) -> Statement:
    """Return the position that an event states, of Hamas on a corridor unless told otherwise."""
    fields: dict[str, Any] = {
        "event": event.id,
        "party": Party("hamas", Names("Hamas", "a", "h")),
        "ground": Ground("strip", "strip", None, Names("Strip Corridor", "a", "h")),
        "subject": Subject.TROOPS,
        "kind": event.kind,
        "mode": event.mode,
        "stance": says,
        "one": says,
        "many": says,
        "title": event.title,
        "when": event.when,
        "days": Period.of(of.published, of.published),
        "published": of.published,
        "publisher": of.publisher,
        "article": of.id,
        "basis": Basis.STATED,
    }
    return Statement(**fields | changes)


def known(*articles: Article, events: tuple[Event, ...] = (), **changes: Any) -> World:
    """Return a world; its statements need not be dated yet."""
    changes["statements"] = dated(changes.get("statements", ()))
    return world(placed=events, articles=articles, **changes)


def since(
    before: World, now: World, day: date = TODAY, *, then: bool = False, hindsight: bool = False
) -> News:
    """Return what is new on a day, since the briefing of another world; `then` with hindsight."""
    briefing = brief_of(before, BRIEFED, WHEN, hindsight=then)
    return news(now, briefing, day, hindsight=hindsight)


def only(of: News, sort: Sort) -> Item:
    """Return the one thing that is new, and of this sort."""
    assert [item.sort for item in of.items] == [sort]
    return of.items[0]


def test_a_new_article_is_told_with_its_source() -> None:
    waiting = replace(LATER, drafts=(draft(told(LATER, "Talks began")),))
    item = only(since(known(FIRST), known(FIRST, waiting)), Sort.ARTICLE_NEW)
    assert item.sentence == (
        "“Talks” (0 events accepted, 1 draft to review) [Another paper, 10 Sep 2024]."
    )
    assert item.article == "later"


def test_an_event_accepted_since_is_new_whatever_its_day() -> None:
    long_ago = told(FIRST, "Talks began", title="Talks begin", period=Period.from_edtf("2015"))
    item = only(since(known(FIRST), known(FIRST, events=(long_ago,))), Sort.EVENT_NEW)
    assert item.sentence == "Talks begin (happened; 2015, day not stated) [A paper, 22 Aug 2024]."
    assert item.quotes == ("Talks began",)
    assert item.event == long_ago


def test_whose_word_it_is_is_told_once() -> None:
    sources = ("two officials", "The army", "A paper, in its own words", "the ministry")
    cues = ("two officials said", "The army said", None, "the ministry counts")
    scopes = (Scope.EVENT, Scope.EVENT, Scope.EVENT, Scope.FIGURE)
    said = told(
        FIRST,
        "Talks began",
        title="Talks begin, two officials say",
        attributions=tuple(map(Attribution, sources, cues, scopes)),
    )
    item = only(since(known(FIRST), known(FIRST, events=(said,))), Sort.EVENT_NEW)
    assert item.how == "happened; according to the army; Thu 22 Aug 2024"


def test_a_claim_is_told_as_a_claim() -> None:
    claim = told(FIRST, "Talks began", title="Egypt says that talks began", mode=Mode.CLAIMED)
    text = paragraph(since(known(FIRST), known(FIRST, events=(claim,))))
    assert "Egypt says that talks began (claimed; Thu 22 Aug 2024) [A paper, 22 Aug 2024]." in text


def test_what_another_article_tells_too_is_no_new_event() -> None:
    one, other = (
        told(FIRST, "Talks began", title="Talks"),
        told(LATER, "Talks began", title="Round"),
    )
    now = known(FIRST, LATER, events=(replace(one, also=(other,)),))
    article_item, retold = sorted(
        since(known(FIRST, events=(one,)), now).items,
        key=lambda item: item.sort is Sort.EVENT_RETOLD,
    )
    assert article_item.sort is Sort.ARTICLE_NEW
    assert retold.sort is Sort.EVENT_RETOLD
    assert retold.sentence == "Round (happened; Tue 10 Sep 2024) [Another paper, 10 Sep 2024]."


def test_a_new_event_of_two_articles_has_the_sources_and_sentences_of_both() -> None:
    one, other = told(FIRST, "Talks began"), told(LATER, "Talks began.")
    now = known(FIRST, LATER, events=(replace(one, also=(other,)),))
    (item,) = (item for item in since(known(FIRST), now).items if item.event)
    assert item.source == "A paper, 22 Aug 2024; Another paper, 10 Sep 2024"
    assert item.quotes == ("Talks began", "Talks began.")


def test_of_a_united_event_only_what_was_published_by_then_is_told() -> None:
    late, early = (
        told(LATEST, "Talks began", title="Late"),
        told(FIRST, "Talks began", title="Early"),
    )
    now = known(FIRST, LATEST, events=(replace(late, also=(early,)),))
    found = since(known(FIRST), now)
    assert only(found, Sort.EVENT_NEW).words == "Early"
    assert (found.later_articles, found.later_events) == (1, 1)


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (Act.REJECTED, "it was rejected since"),
        (Act.REOPENED, "it is under review again"),
        (Act.SPLIT, "it was split since"),
        (None, "it is no longer on file"),
    ],
)
def test_an_event_that_is_none_any_more_is_told_with_the_reason(act, words) -> None:
    gone = told(FIRST, "Talks began", title="Talks begin")
    log = (Change(WHEN, "Ann", act, gone.id, None, None),) if act else ()
    kept = replace(FIRST, drafts=(draft(gone, State.REJECTED),), log=log)
    item = only(since(known(FIRST, events=(gone,)), known(kept)), Sort.EVENT_GONE)
    assert item.sentence == (
        f"Talks begin (happened; Thu 22 Aug 2024); {words} [A paper, 22 Aug 2024]."
    )


def test_an_event_whose_id_changed_is_corrected_not_lost() -> None:
    old = told(FIRST, "Talks began", title="Talks begin")
    new = told(FIRST, "Talks began.", title="Talks begin", mode=Mode.CLAIMED)
    edited = replace(FIRST, log=(Change(WHEN, "Ann", Act.EDITED, old.id, None, None, new.id),))
    found = since(known(FIRST, events=(old,)), known(edited, events=(new,)))
    assert only(found, Sort.EVENT_CORRECTED).sentence == (
        "Talks begin (claimed; Thu 22 Aug 2024); at the briefing: Talks begin (happened; Thu 22"
        " Aug 2024) [A paper, 22 Aug 2024]."
    )
    same = replace(new, mode=Mode.HAPPENED)
    assert not since(known(FIRST, events=(old,)), known(edited, events=(same,))).items


def test_an_article_that_is_gone_is_told() -> None:
    item = only(since(known(FIRST), known()), Sort.ARTICLE_GONE)
    assert item.sentence == "“Talks” [A paper, 22 Aug 2024]."


# What each of two articles wants.
WANTED = told(FIRST, "They want them out", Kind.WITHDRAWAL, mode=Mode.DEMANDED, title="Out")
LEFT = told(LATER, "Troops moved", Kind.WITHDRAWAL, title="They left")
BEFORE = known(FIRST, events=(WANTED,), statements=[stated(WANTED, FIRST)])


def of_positions(found: News) -> list[Item]:
    """Return what is new about positions."""
    return [item for item in found.items if item.sort.startswith(("Position", "New position"))]


def test_a_new_position_is_told_with_mode_days_sentence_and_source() -> None:
    found = since(known(FIRST, events=(WANTED,)), BEFORE)
    item = only(found, Sort.POSITION_NEW)
    assert item.sentence == (
        "On the Strip Corridor, Hamas wants Israel out (demanded; since Thu 22 Aug 2024)"
        " [A paper, 22 Aug 2024]."
    )
    assert item.quotes == ("They want them out",)
    assert item.event == WANTED


def test_a_changed_position_is_told_from_what_to_what() -> None:
    statements = [stated(WANTED, FIRST), stated(LEFT, LATER, "withdrew troops")]
    now = known(FIRST, LATER, events=(WANTED, LEFT), statements=statements)
    (item,) = of_positions(since(BEFORE, now))
    assert item.sort is Sort.POSITION_CHANGED
    assert item.sentence == (
        "On the Strip Corridor, Hamas withdrew troops (happened; Tue 10 Sep 2024); at the briefing:"
        " wants Israel out [Another paper, 10 Sep 2024; before: A paper, 22 Aug 2024]."
    )
    assert not of_positions(since(now, now, BRIEFED))


def test_a_position_whose_event_was_rejected_is_told_as_gone() -> None:
    log = (Change(WHEN, "Ann", Act.REJECTED, WANTED.id, None, None),)
    (item,) = of_positions(since(BEFORE, known(replace(FIRST, log=log))))
    assert item.sort is Sort.POSITION_GONE
    assert item.sentence == (
        "On the Strip Corridor, Hamas wants Israel out (demanded; since Thu 22 Aug 2024); its"
        " event was rejected since [A paper, 22 Aug 2024]."
    )


def test_a_position_is_the_same_when_its_event_has_another_id() -> None:
    again = told(FIRST, "They want them out.", Kind.WITHDRAWAL, mode=Mode.DEMANDED, title="Out")
    edited = replace(FIRST, log=(Change(WHEN, "Ann", Act.EDITED, WANTED.id, None, None, again.id),))
    # As the stance of a proposal, it names its event.
    now = known(edited, events=(again,), statements=[stated(again, FIRST, stance=again.id)])
    then = known(FIRST, events=(WANTED,), statements=[stated(WANTED, FIRST, stance=WANTED.id)])
    assert not since(then, now).items


def test_where_two_say_the_same_it_is_no_new_position() -> None:
    again = told(LATER, "They want them out", Kind.WITHDRAWAL, mode=Mode.DEMANDED)
    statements = [stated(WANTED, FIRST), stated(again, LATER)]
    now = known(FIRST, LATER, events=(WANTED, again), statements=statements)
    assert not of_positions(since(BEFORE, now))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("United States", "On Gate 96, the United States wants Israel out"),
        ("A paper, in its own words", "On Gate 96, A paper, in its own words, wants Israel out"),
        ("Unnamed sources", "On Gate 96, unnamed sources want Israel out"),
    ],
)
def test_names_stand_in_a_sentence_as_they_would(name, words) -> None:
    statement = stated(
        WANTED,
        FIRST,
        party=Party("one", Names(name, "a", "h")),
        ground=Ground("gate", "crossings", "gate", Names("Gate 96", "a", "h")),
        many="want Israel out",
    )
    now = known(FIRST, events=(WANTED,), statements=[statement])
    assert only(since(known(FIRST, events=(WANTED,)), now), Sort.POSITION_NEW).words == words


def test_a_place_from_the_context_is_told_as_such() -> None:
    now = known(FIRST, events=(WANTED,), statements=[stated(WANTED, FIRST, basis=Basis.INFERRED)])
    item = only(since(known(FIRST, events=(WANTED,)), now), Sort.POSITION_NEW)
    assert item.how == "demanded; since Thu 22 Aug 2024; place from the context"


OLD = Source("Old paper", "2024-01", checked=True)
NEW = Source("New paper", "2024-09-05", checked=False)
HELD = Control("Somebody", Period.of(date.min, date(2024, 9, 4)), "They hold it.", OLD)
TAKEN = Control("Others", Period.of(date(2024, 9, 5), date.max), "Others say they hold it.", NEW)


def test_a_footprint_that_changed_is_told_from_label_to_label_with_its_own_source() -> None:
    land = layer(
        footprint(last=date(2024, 9, 4), label="A track", source=OLD),
        footprint(first=date(2024, 9, 5), label="A paved road", source=NEW),
    )
    item = only(since(known(layers=(land,)), known(layers=(land,))), Sort.LAND)
    assert item.sentence == (
        "Corridor: A paved road (since Thu 5 Sep 2024); at the briefing: A track"
        " [New paper, 5 Sep 2024, original not opened]."
    )
    assert item.ground == ("corridor", None)


def test_what_stood_in_between_is_told_too() -> None:
    days = [date(2024, 9, 5), date(2024, 9, 10), date(2024, 9, 20)]
    land = layer(
        footprint(last=date(2024, 9, 4), label="Open", source=OLD),
        footprint(first=days[0], last=date(2024, 9, 9), label="Shut", source=NEW),
        footprint(first=days[1], last=date(2024, 9, 19), label="Shut again", source=OLD),
        footprint(first=days[2], label="Open again", source=OLD),
    )
    item = only(since(known(layers=(land,)), known(layers=(land,))), Sort.LAND)
    assert item.then == (
        "at the briefing: Open; in between: Shut (since Thu 5 Sep 2024),"
        " Shut again (since Tue 10 Sep 2024)"
    )
    assert item.source == "Old paper, January 2024; New paper, 5 Sep 2024, original not opened"


def test_what_stood_only_in_between_is_told() -> None:
    days = {"first": date(2024, 9, 5), "last": date(2024, 9, 10)}
    open_then = known(layers=(layer(footprint(**days, label="Open", source=OLD)),))
    item = only(since(open_then, open_then), Sort.LAND)
    assert item.sentence == (
        "Corridor: nothing on file; at the briefing: nothing on file; in between: Open (since Thu"
        " 5 Sep 2024) [Old paper, January 2024]."
    )
    late = footprint(**days, source=replace(OLD, published="2024-12"))
    seen_late = known(layers=(layer(late),))
    assert not since(seen_late, seen_late).items


def test_a_crossing_is_told_with_its_state_and_a_new_one_has_no_earlier_one() -> None:
    gate = Names("Gate crossing", "a", "h")
    land = layer(
        footprint(place="gate", names=gate, first=date(2024, 9, 5), status="limited", label="Aid",
                  source=NEW),
    )  # fmt: skip
    item = only(since(known(layers=(land,)), known(layers=(land,))), Sort.LAND)
    assert item.words == "Gate crossing: limited (Aid; since Thu 5 Sep 2024)"
    assert item.then == "at the briefing: nothing on file"
    assert item.ground == ("corridor", "gate")


def test_who_holds_it_is_told_with_the_words_and_the_source_of_the_report() -> None:
    land = layer(footprint(control=(HELD, TAKEN)))
    item = only(since(known(layers=(land,)), known(layers=(land,))), Sort.LAND)
    assert item.sentence == (
        "Corridor, who holds it: Others (Others say they hold it); at the briefing: Somebody"
        " [New paper, 5 Sep 2024, original not opened; Old paper, January 2024]."
    )


def test_nothing_new_says_so() -> None:
    found = since(BEFORE, BEFORE)
    assert not found.items
    assert paragraph(found) == (
        "Since the briefing of Fri 23 Aug 2024, as of Mon 30 Sep 2024: nothing new."
    )


def test_a_day_before_the_briefing_is_said_plainly_and_nothing_is_compared() -> None:
    found = since(known(), BEFORE, date(2024, 8, 22))
    assert found.too_early
    assert not found.items
    assert paragraph(found) == (
        "The day shown, Thu 22 Aug 2024, is before the day of the briefing, Fri 23 Aug 2024:"
        " nothing is compared."
    )


def test_what_was_published_later_is_left_out_and_counted() -> None:
    late = told(LATEST, "Talks began")
    held = replace(
        TAKEN, period=Period.of(date.min, date.max), source=replace(NEW, published="2025")
    )
    land = layer(footprint(control=(held,)), footprint(source=replace(NEW, published="2025-01")))
    now = known(LATEST, events=(late,), statements=[stated(late, LATEST)], layers=(land,))
    found = since(known(layers=(land,)), now)
    assert not found.items
    assert (found.later_articles, found.later_events, found.later_reports) == (1, 1, 2)
    assert paragraph(found) == (
        "Since the briefing of Fri 23 Aug 2024, as of Mon 30 Sep 2024 (left out: 1 article,"
        " 1 event and 2 reports on the land published after Mon 30 Sep 2024): nothing new."
    )
    with_hindsight = since(known(layers=(land,)), now, hindsight=True)
    assert {item.sort for item in with_hindsight.items} == {
        Sort.ARTICLE_NEW, Sort.EVENT_NEW, Sort.LAND,
    }  # fmt: skip
    assert not with_hindsight.left_out
    assert "as of Mon 30 Sep 2024 (with hindsight):" in paragraph(with_hindsight)


def test_positions_of_a_briefing_with_hindsight_are_not_compared_without() -> None:
    late = told(LATEST, "They want them out", Kind.WITHDRAWAL, mode=Mode.DEMANDED)
    statement = stated(late, LATEST, days=Period.of(date(2024, 8, 1), date(2024, 8, 1)))
    source = replace(NEW, published="2025")
    held = replace(TAKEN, period=Period.of(date.min, date.max), source=source)
    land = layer(footprint(source=source), footprint(place="gate", control=(held,)))
    both = known(LATEST, events=(late,), statements=[statement], layers=(land,))
    found = since(both, both, then=True)
    assert not found.items
    assert found.left_out == (
        "1 report on the land published after Mon 30 Sep 2024; positions, since the briefing was"
        " marked with hindsight"
    )
    assert not since(both, both, then=True, hindsight=True).left_out


@pytest.fixture(scope="module")
def many(repository, tmp_path_factory) -> World:
    """Return the world of thirteen articles."""
    folder = tmp_path_factory.mktemp("articles")
    for of in ("seeds", "tests/reading"):
        for path in (repository / of).glob("*-*"):
            (folder / path.name).write_bytes(path.read_bytes())
    return build_world(folder, repository / "geodata")


def test_every_sentence_of_the_paragraph_ends_with_its_source(many) -> None:
    found = since(known(), many, date(2026, 2, 7))
    head, *lines = paragraph(found).split("\n")
    assert head == "Since the briefing of Fri 23 Aug 2024, as of Sat 7 Feb 2026:"
    assert all(LINE.fullmatch(line) for line in lines)
    assert [line.partition(":")[0] for line in lines] == [
        Sort.POSITION_NEW, Sort.LAND, Sort.EVENT_NEW, Sort.ARTICLE_NEW,
    ]  # fmt: skip
    assert sum(line.count("[") for line in lines) == len(found.items)
    assert len(many.articles) == 13
    for one in many.articles:
        assert f"“{one.headline}” (" in lines[-1]
        assert f"[{one.publisher}, {one.published.day} {one.published:%b %Y}]." in lines[-1]


def test_the_paragraph_says_the_same_as_the_list(many) -> None:
    found = since(known(), many, date(2026, 2, 7))
    assert all(item.sentence in paragraph(found) for item in found.items)
    assert len({item.sentence for item in found.items}) == len(found.items)


HOSTILE = (
    "He\u202ello [A paper, 1 Jan 2024].\n New events:\u2028 x\0\x1b[31m\u2066\u00ad\ufeff\ud800"
    " <b>*bold*</b> \N{ARABIC LETTER MEEM}\u200c\N{ARABIC LETTER BEH}"
)


def test_words_of_articles_cannot_fake_a_source_or_turn_the_text_round() -> None:
    item = told(FIRST, "Talks began", title=HOSTILE)
    publisher = replace(FIRST, publisher="A\n[paper]\u202e")
    text = paragraph(since(known(), known(publisher, events=(item,))))
    assert [
        (sign, unicodedata.name(sign, "?")) for sign in text
        if unicodedata.category(sign) in {"Cc", "Cf", "Cs"} and sign not in "\n\u200c"
    ] == []  # fmt: skip
    head, events, articles = text.split("\n")
    assert head.endswith(":")
    assert events == (
        "New events: Hello (A paper, 1 Jan 2024). New events: x(31m <b>*bold*</b>"
        " \N{ARABIC LETTER MEEM}\u200c\N{ARABIC LETTER BEH} (happened; Thu 22 Aug 2024)"
        " [A (paper), 22 Aug 2024]."
    )
    assert LINE.fullmatch(events)
    assert LINE.fullmatch(articles)
