"""The owner's article, read whole; and every way in which a record can be broken."""

import json
from collections.abc import Callable
from copy import deepcopy
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from components.model.article import Article
from components.model.event import Attribution, Event, Quantity, Scope
from components.text.articles import ACTOR_ROLES, read_article, read_articles

Record = dict[str, Any]
Change = Callable[[Record], object]

OWNER = "2024-08-22-reuters-cairo-truce-talks"
DIGEST = "02785760f3ac66747aa78bceec8beec98b4f39c80db4cf307cbe227f082eef0b"
NARRATION = "Reuters, in its own words"

# The facts, row by row: kind, mode, date | places | sources | spans of evidence.
SHORT = {
    "the border between Egypt and Gaza": "the border",
    "two Egyptian security sources": "SES",
    NARRATION: "N",
}
FACTS = """
talks happened 2024-08-22 | Cairo event stated, Gaza topic stated, \
the border topic inferred | SES | 2
talks happened ../2024-08-22 | Cairo event guessed, the border topic stated | SES | 1
proposal planned 2024-08-22 | Cairo event inferred, the border topic inferred | SES | 1
talks planned 2024-08-23 | Cairo event inferred | SES | 2
mediation ongoing ../2024-08-22 | Gaza topic stated | N | 1
deployment demanded 2024-08-22? | \
Netzarim Corridor event stated, Philadelphi Corridor event stated | N | 1
withdrawal demanded 2024-08-22? | the border event stated | SES | 1
withdrawal demanded 2024-08-22? | Philadelphi Corridor event stated | N | 1
advance happened 2024-05 | Philadelphi Corridor event stated | N | 1
arms claimed ../2024-08-22 | \
Philadelphi Corridor event stated, Gaza destination stated | Israel | 1
closure claimed ../2024-08-22 | the border event inferred | Egypt | 1
visit happened ../2024-08-22 | the region event stated | N | 1
attack happened 2023-10-07 | Israel event stated | N, Israeli tallies | 1
war ongoing 2023-10-07/.. | Gaza event stated | N | 2
casualties claimed 2023-10-07/2024-08-22 | Gaza event stated | Palestinian health authorities | 1
advance happened 2024-08-22 | Gaza event stated | N | 1
appeal happened 2024-08-21/2024-08-22 |  | N | 1
"""


def fact(event: Event) -> str:
    """Return an event as a row of the facts."""
    places = ", ".join(
        f"{SHORT.get(place.name, place.name)} {place.role} {place.basis}" for place in event.places
    )
    sources = ", ".join(SHORT.get(said.source, said.source) for said in event.attributions)
    when = f"{event.kind} {event.mode} {event.period.edtf}"
    return f"{when} | {places} | {sources} | {len(event.evidence)}"


@pytest.fixture(scope="module")
def owner(repository: Path) -> Article:
    """Return the owner's article."""
    article, faults = read_article(repository / "seeds" / f"{OWNER}.json")
    assert not faults
    assert article
    return article


def test_every_article_of_the_repository_is_sound(repository: Path) -> None:
    library = read_articles(repository / "seeds")
    assert not library.faults
    assert OWNER in [article.id for article in library.articles]


def test_the_owners_article_is_the_text_that_was_reviewed(owner: Article) -> None:
    assert sha256(owner.text.encode()).hexdigest() == owner.sha256 == DIGEST
    assert owner.published == date(2024, 8, 22)
    assert owner.headline == owner.text.partition("\n")[0]
    assert f"({owner.byline})" in owner.text
    assert owner.text.count(f"{owner.dateline} ({owner.publisher}) - ") == 1


def test_the_owners_article_has_the_events_of_the_facts(owner: Article) -> None:
    assert [fact(event) for event in owner.events] == FACTS.strip().splitlines()


def test_the_second_mention_of_the_meetings_is_evidence_of_both(owner: Article) -> None:
    first, fourth, war = owner.events[0], owner.events[3], owner.events[13]
    assert first.evidence[1] == fourth.evidence[1]
    assert first.evidence[1].quote.startswith("The meetings in Cairo on Thursday and Friday")
    assert "more than 10 months of war" in war.evidence[1].quote


def test_evidence_is_whole_sentences(owner: Article) -> None:
    for span in (span for event in owner.events for span in event.evidence):
        assert owner.text[: span.start].endswith(("\n", ". ", "CAIRO (Reuters) - "))
        assert span.quote.endswith(".")
        assert owner.text[span.stop] in " \n"


def test_figures_keep_their_hedges_and_their_sources(owner: Article) -> None:
    attack, casualties = owner.events[12], owner.events[14]
    assert attack.quantities == (
        Quantity(1200, "people killed", "about", "around 1,200 people"),
        Quantity(250, "hostages abducted", "about", "about 250 hostages"),
    )
    assert attack.attributions[1] == Attribution(
        "Israeli tallies", "according to Israeli tallies", Scope.FIGURE
    )
    assert casualties.quantities == (
        Quantity(40_000, "people killed", "more than", "More than 40,000 people"),
    )


def test_only_the_reporters_own_words_have_no_cue(owner: Article) -> None:
    for said in (said for event in owner.events for said in event.attributions):
        assert (said.cue is None) == (said.source == NARRATION)


def test_dates_keep_the_articles_words(owner: Article) -> None:
    words = {
        number: event.date_words
        for number, event in enumerate(owner.events, start=1)
        if event.date_words
    }
    assert words == {
        1: "Thursday",
        3: "later on Thursday",
        4: "Friday",
        5: "months of stop-start negotiations",
        9: "May",
        13: "Oct. 7",
        14: "Oct. 7",
        16: "Thursday",
        17: "hours after",
    }


def test_an_id_says_what_it_is(owner: Article) -> None:
    assert owner.events[8].id == f"{OWNER}:1120-1235:advance"
    assert len({event.id for event in owner.events}) == len(owner.events)


# From here on, a small article of two events is broken in one way after another.

TEXT = "Talks began on Monday in Cairo, Ann said. About 12 people will meet on Friday."
FIRST, SECOND = TEXT[:41], TEXT[42:]
EVENTS: list[Record] = [
    {
        "number": 1,
        "kind": "talks",
        "mode": "happened",
        "title": "Talks begin",
        "actors": [{"name": "Ann", "role": "participant"}],
        "places": [{"name": "Cairo", "role": "event", "basis": "stated"}],
        "edtf": "2024-08-19",
        "date_words": "Monday",
        "date_reason": "Published on a Tuesday.",
        "attributions": [{"source": "Ann", "cue": "Ann said", "scope": "event"}],
        "quantities": [],
        "evidence": [{"start": 0, "stop": 41, "quote": FIRST}],
    },
    {
        "number": 2,
        "kind": "talks",
        "mode": "planned",
        "title": "A meeting is planned",
        "actors": [],
        "places": [],
        "edtf": "2024-08-23",
        "date_words": "Friday",
        "date_reason": "Looks forward.",
        "attributions": [{"source": "Reuters, in its own words", "cue": None, "scope": "event"}],
        "quantities": [
            {"value": 12, "unit": "people", "hedge": "about", "words": "About 12 people"}
        ],
        "evidence": [{"start": 42, "stop": 78, "quote": SECOND}],
    },
]
SOUND: Record = {
    "headline": "Talks",
    "publisher": "Reuters",
    "dateline": None,
    "byline": None,
    "url": "https://example.org/talks",
    "published": "2024-08-20",
    "published_reason": "Stated by a person.",
    "sha256": sha256(TEXT.encode()).hexdigest(),
    "events": EVENTS,
}


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """Return an empty folder for articles."""
    folder = tmp_path / "seeds"
    folder.mkdir()
    return folder


def write_pair(folder: Path, name: str = "a", change: Change = bool, text: str = TEXT) -> Path:
    """Write an article and its sidecar, changed; return the sidecar."""
    record = deepcopy(SOUND)
    change(record)
    (folder / f"{name}.txt").write_bytes(text.encode())
    sidecar = folder / f"{name}.json"
    sidecar.write_text(json.dumps(record), encoding="utf-8")
    return sidecar


def first(**fields: object) -> Change:
    """Return a change of the first event's fields."""
    return lambda record: record["events"][0].update(fields)


def second(**fields: object) -> Change:
    """Return a change of the second event's fields."""
    return lambda record: record["events"][1].update(fields)


def whole(**fields: object) -> Change:
    """Return a change of the article's own fields."""
    return lambda record: record.update(fields)


def test_the_small_article_is_sound(seeds: Path) -> None:
    article, faults = read_article(write_pair(seeds))
    assert not faults
    assert article
    assert [event.title for event in article.events] == ["Talks begin", "A meeting is planned"]


CAIRO = {"name": "Cairo", "role": "event", "basis": "stated"}
SPAN = {"start": 0, "stop": 41, "quote": FIRST}
FIGURE = {"value": 12, "unit": "people", "hedge": "about", "words": "About 12 people"}
SAID = {"source": "Ann", "cue": "Ann said", "scope": "event"}
MODES = "happened, ongoing, planned, demanded, claimed, denied"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            first(mode="hapened"),
            f"event 1: mode 'hapened' is not known. Use one of {MODES}.",
        ),
        (first(kind="party"), "event 1: kind 'party' is not known. Use one of talks, proposal, "),
        (
            first(places=[CAIRO | {"role": "scene"}]),
            "event 1: places 1, role 'scene' is not known. Use one of event, topic, destination.",
        ),
        (
            first(places=[CAIRO, CAIRO | {"basis": "sure"}]),
            "event 1: places 2, basis 'sure' is not known. Use one of stated, inferred, guessed.",
        ),
        (
            first(attributions=[SAID | {"scope": "all"}]),
            "event 1: attributions 1, scope 'all' is not known. Use one of event, figure.",
        ),
        (
            first(actors=[{"name": "Ann", "role": "hero"}]),
            "event 1: actors 1, role 'hero' is not known. Use one of participant, mediator, ",
        ),
        (first(titel="Talks"), "event 1: 'titel' is not a known key. Use one of number, kind, "),
        (
            lambda record: record["events"][0].pop("title"),
            "event 1: title is missing. Add it: text that is not blank.",
        ),
        (first(title=5), "event 1: title is 5. It must be text that is not blank."),
        (first(title=" "), "event 1: title is ' '. It must be text that is not blank."),
        (first(title="\ud800"), r"event 1: title is '\ud800'. It must be text that is not blank."),
        (first(date_words=5), "event 1: date_words is 5. It must be text that is not blank, or nu"),
        (first(places={}), "event 1: places is {}. It must be a list."),
        (first(places=["Cairo"]), "event 1: places 1 is 'Cairo'. It must be an object with name, "),
        (first(kind=None), "event 1: kind is None. It must be one of talks, proposal, "),
        (
            first(edtf="next week"),
            "event 1: edtf 'next week' cannot be taken: 'next week' is not an EDTF date such as ",
        ),
        (first(edtf="2024-08-23/2024-08-22"), "event 1: edtf '2024-08-23/2024-08-22' cannot be "),
        (
            first(date_words="Tuesday"),
            "event 1: date_words 'Tuesday' is not in the text. Copy the article's own words.",
        ),
        (
            first(attributions=[SAID | {"cue": "Ann shouted"}]),
            "event 1: attributions 1, cue 'Ann shouted' is not in the text. Copy the article's ow",
        ),
        (first(attributions=[]), "event 1: attributions is empty. Give at least one."),
        (
            first(places=[CAIRO | {"name": "Rome"}]),
            "event 1: places 1 'Rome' is not in the text. Copy the article's own words.",
        ),
        (first(evidence=[]), "event 1: evidence is empty. Give at least one."),
        (
            first(evidence=[SPAN, SPAN | {"start": 1, "stop": 42}]),
            (
                f"event 1: evidence 2 1-42 holds {TEXT[1:42]!r}, not {FIRST!r}. "
                "The quote stands at 0-41."
            ),
        ),
        (
            first(evidence=[SPAN | {"quote": "Nothing"}]),
            f"event 1: evidence 1 0-41 holds {FIRST!r}, not 'Nothing'. Copy the quote from the te",
        ),
        (
            second(evidence=[{"start": 42, "stop": 79, "quote": SECOND}]),
            (
                "event 2: evidence 1 42-79 is not a span of the text (0-78). "
                "The quote stands at 42-78."
            ),
        ),
        (
            first(evidence=[SPAN | {"start": 41, "stop": 0}]),
            "event 1: evidence 1 41-0 is not a span of the text (0-78). The quote stands at 0-41.",
        ),
        (
            first(evidence=[SPAN | {"start": -78}]),
            "event 1: evidence 1, start is -78. It must be a whole number, 0 or more.",
        ),
        (
            second(quantities=[FIGURE | {"value": -1}]),
            "event 2: quantities 1, value is -1. It must be a whole number, 0 or more.",
        ),
        (
            second(quantities=[FIGURE | {"value": 12.0}]),
            "event 2: quantities 1, value is 12.0. It must be a whole number, 0 or more.",
        ),
        (
            second(quantities=[FIGURE | {"value": True}]),
            "event 2: quantities 1, value is True. It must be a whole number, 0 or more.",
        ),
        (
            first(quantities=[FIGURE]),
            (
                "event 1: quantities 1, words 'About 12 people' is not in the event's evidence. "
                "Copy the words from a quote."
            ),
        ),
        (
            second(edtf="2024-08-19"),
            (
                "event 2: mode is planned, but 2024-08-19 is over before publication on "
                "2024-08-20. Correct one of them."
            ),
        ),
        (
            first(edtf="2024-08-21"),
            (
                "event 1: mode is happened, but 2024-08-21 comes after publication on 2024-08-20. "
                "Correct one of them."
            ),
        ),
        (
            second(number=3),
            "event 2: number is 3, but it is event 2 of the list. Renumber it.",
        ),
        (
            lambda record: record.update(events=[EVENTS[0], EVENTS[0] | {"number": 2}]),
            "event 2: the record has the evidence and the kind of another (a:0-41:talks). Keep one",
        ),
        (
            lambda record: record.update(events=[5, EVENTS[1]]),
            "event 1: the record is 5. It must be an object with number, kind, ",
        ),
    ],
)
def test_a_broken_event_is_told_and_the_other_is_kept(
    seeds: Path, change: Change, message: str
) -> None:
    article, faults = read_article(write_pair(seeds, change=change))
    (fault,) = faults
    assert str(fault).startswith(f"seeds/a.json, {message}")
    assert fault.rejected_events == 1
    assert article
    assert len(article.events) == 1


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (whole(sha256="0" * 64), f"sha256 is '{'0' * 64}', but the text's is {SOUND['sha256']}: "),
        (whole(published="20240820"), "published is '20240820'. It must be an ISO day such as 20"),
        (whole(published="2024-02-30"), "published is '2024-02-30'. It must be an ISO day such "),
        (whole(published=None), "published is None. It must be text that is not blank."),
        (whole(url="javascript:alert(1)"), "url is 'javascript:alert(1)'. It must begin with htt"),
        (whole(author="Ann"), "'author' is not a known key. Use one of headline, publisher, "),
        (lambda record: record.pop("publisher"), "publisher is missing. Add it: text that is no"),
    ],
)
def test_an_article_in_doubt_is_left_out_with_its_events(
    seeds: Path, change: Change, message: str
) -> None:
    article, faults = read_article(write_pair(seeds, change=change))
    assert article is None
    (fault,) = faults
    assert str(fault).startswith(f"seeds/a.json: {message}")
    assert fault.rejected_events == 2


@pytest.mark.parametrize("events", [None, {}, "17"])
def test_events_that_are_no_list_are_told(seeds: Path, events: object) -> None:
    article, faults = read_article(write_pair(seeds, change=whole(events=events)))
    assert article is None
    assert [str(fault) for fault in faults] == [
        f"seeds/a.json: events is {events!r}. It must be a list."
    ]


def test_a_text_changed_after_review_shows_what_it_did_to_the_quotes(seeds: Path) -> None:
    article, faults = read_article(write_pair(seeds, text=TEXT.replace("Friday", "Sunday")))
    assert article is None
    assert [fault.where for fault in faults] == ["seeds/a.json"] + 2 * ["seeds/a.json, event 2"]
    assert "the text is not the one that was reviewed" in faults[0].message
    assert "holds 'About 12 people will meet on Sunday.'" in faults[2].message
    assert [fault.rejected_events for fault in faults] == [2, 0, 0]


DRAFT: Record = {key: value for key, value in EVENTS[1].items() if key != "number"} | {
    "kind": "visit",
    "rule": "It says so.",
    "state": "open",
}
ENTRY: Record = {
    "when": "2024-08-23T09:30:00+00:00",
    "who": "Ann",
    "act": "rejected",
    "draft": "a:42-78:visit",
    "before": '{"kind": "visit"}',
    "after": None,
}


def drafts(*records: object) -> Change:
    """Return a change that adds drafts."""
    return whole(drafts=list(records))


def test_drafts_the_log_and_ties_are_optional_and_read(seeds: Path) -> None:
    tied = {"same_as": "b:0-41:talks", "places": [CAIRO | {"at": "geonames:360630"}]}

    def change(record: Record) -> None:
        first(**tied)(record)
        record.update(drafts=[DRAFT], log=[ENTRY, ENTRY | {"other": "b:0-41:talks"}])

    article, faults = read_article(write_pair(seeds, change=change))
    assert not faults
    assert article
    assert article.events[0].same_as == "b:0-41:talks"
    assert article.events[0].places[0].at == "geonames:360630"
    (draft,) = article.drafts
    assert (draft.event.id, draft.rule, draft.state) == ("a:42-78:visit", "It says so.", "open")
    assert [one.other for one in article.log] == [None, "b:0-41:talks"]
    assert article.log[0].when == datetime(2024, 8, 23, 9, 30, tzinfo=UTC)


def test_words_are_the_articles_own_however_it_was_wrapped_and_set(seeds: Path) -> None:
    text = TEXT.replace("on Friday", "on\u00a0\n Friday \u201csoon\u201d")
    quote = text[42:]
    span = {"start": 42, "stop": len(text), "quote": quote}

    def change(record: Record) -> None:
        second(date_words='on Friday "soon"', evidence=[span])(record)
        record["sha256"] = sha256(text.encode()).hexdigest()

    article, faults = read_article(write_pair(seeds, change=change, text=text))
    assert not faults
    assert article
    assert len(article.events) == 2


def test_a_version_is_that_of_the_sidecars_bytes(seeds: Path) -> None:
    sidecar = write_pair(seeds)
    article, _ = read_article(sidecar)
    assert article
    assert article.version == sha256(sidecar.read_bytes()).hexdigest()


def test_a_draft_may_be_planned_for_a_day_that_is_over(seeds: Path) -> None:
    article, faults = read_article(write_pair(seeds, change=drafts(DRAFT | {"edtf": "2024-08-01"})))
    assert not faults
    assert article
    assert len(article.drafts) == 1


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (drafts(DRAFT | {"state": "new"}), "draft 1: state 'new' is not known. Use one of open, "),
        (drafts(DRAFT | {"rule": ""}), "draft 1: rule is ''. It must be text that is not blank."),
        (
            drafts(DRAFT | {"mode": "hapened"}),
            f"draft 1: mode 'hapened' is not known. Use one of {MODES}",
        ),
        (
            drafts(DRAFT | {"quantities": [FIGURE | {"words": "13"}]}),
            "draft 1: quantities 1, words ",
        ),
        (
            drafts(DRAFT | {"kind": "talks"}),
            "draft 1: the record has the evidence and the kind of ",
        ),
        (drafts(5), "draft 1: the record is 5. It must be an object with number, kind, "),
        (
            drafts(DRAFT | {"places": [CAIRO | {"at": "34,91,5"}]}),
            "draft 1: places 1, at is '34,91,5'. It mu",
        ),
    ],
)
def test_a_broken_draft_is_told_and_counted_and_the_rest_is_kept(
    seeds: Path, change: Change, message: str
) -> None:
    article, (fault,) = read_article(write_pair(seeds, change=change))
    assert str(fault).startswith(f"seeds/a.json, {message}")
    assert (fault.rejected_events, fault.rejected_drafts) == (0, 1)
    assert article
    assert len(article.events) == 2
    assert article.drafts == ()


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (
            ENTRY | {"when": "2024-08-23T09:30:00"},
            "when is '2024-08-23T09:30:00'. It must be an ISO",
        ),
        (
            ENTRY | {"when": "2024-08-23T09:30:00+03:00"},
            "when is '2024-08-23T09:30:00+03:00'. It mu",
        ),
        (ENTRY | {"act": "burnt"}, "act 'burnt' is not known. Use one of accepted, rejected, "),
        (ENTRY | {"before": "[]"}, "before '[]' is not the JSON of a record. Restore it."),
        (ENTRY | {"after": "{"}, "after '{' is not the JSON of a record. Restore it."),
        (ENTRY | {"why": "x"}, "'why' is not a known key. Use one of when, who, act, "),
    ],
)
def test_a_broken_entry_of_the_log_is_told_and_the_rest_is_kept(
    seeds: Path, entry: Record, message: str
) -> None:
    article, (fault,) = read_article(write_pair(seeds, change=whole(log=[entry, ENTRY])))
    assert str(fault).startswith(f"seeds/a.json, log 1: {message}")
    assert article
    assert len(article.log) == 1
    assert len(article.events) == 2


def test_drafts_of_an_article_in_doubt_are_counted(seeds: Path) -> None:
    def change(record: Record) -> None:
        record.update(published="then", drafts=[DRAFT, 5])

    article, faults = read_article(write_pair(seeds, change=change))
    assert article is None
    assert [(one.rejected_events, one.rejected_drafts) for one in faults] == [(2, 2), (0, 0)]


@pytest.mark.parametrize("key", ["drafts", "log"])
def test_drafts_and_a_log_that_are_no_list_are_told(seeds: Path, key: str) -> None:
    article, (fault,) = read_article(write_pair(seeds, change=whole(**{key: {}})))
    assert article is None
    assert str(fault) == f"seeds/a.json: {key} is {{}}. It must be a list."


def test_translated_line_ends_are_a_changed_text(seeds: Path) -> None:
    lines = "One.\nTwo."
    sidecar = write_pair(seeds, change=whole(sha256=sha256(lines.encode()).hexdigest()), text=lines)
    (seeds / "a.txt").write_bytes(lines.replace("\n", "\r\n").encode())
    _, faults = read_article(sidecar)
    assert "the text is not the one that was reviewed" in faults[0].message


def test_a_byte_order_mark_is_a_character_of_the_text_and_none_of_the_record(seeds: Path) -> None:
    text = "\ufeff" + TEXT
    record: Record = deepcopy(SOUND) | {"sha256": sha256(text.encode()).hexdigest()}
    for span in (event["evidence"][0] for event in record["events"]):
        span.update(start=span["start"] + 1, stop=span["stop"] + 1)
    (seeds / "a.txt").write_bytes(text.encode())
    (seeds / "a.json").write_text(json.dumps(record), encoding="utf-8-sig")
    article, faults = read_article(seeds / "a.json")
    assert not faults
    assert article
    assert article.text == text


def test_all_faults_of_a_file_are_told_at_once(seeds: Path) -> None:
    def change(record: Record) -> None:
        place = {"name": "Cairo", "role": "scene", "basis": "sure"}
        span = SPAN | {"stop": 40}
        first(mode="hapened", edtf="soon", titel="x", places=[place], evidence=[span])(record)
        second(edtf="2024-08-01", date_words="Sunday", quantities=[FIGURE | {"words": "13"}])(
            record
        )

    article, faults = read_article(write_pair(seeds, change=change))
    assert [(fault.where[-7:], fault.message.split()[0]) for fault in faults] == [
        ("event 1", "'titel'"),
        ("event 1", "mode"),
        ("event 1", "places"),
        ("event 1", "places"),
        ("event 1", "edtf"),
        ("event 1", "evidence"),
        ("event 2", "date_words"),
        ("event 2", "mode"),
        ("event 2", "quantities"),
    ]
    assert [fault.rejected_events for fault in faults] == [1, 0, 0, 0, 0, 0, 1, 0, 0]
    assert article
    assert article.events == ()


def test_one_bad_article_never_hides_the_good_ones(seeds: Path) -> None:
    write_pair(seeds, "a")
    write_pair(seeds, "b", whole(published="then"))
    (seeds / "c.json").write_text('{\n"headline": oops}', encoding="utf-8")
    (seeds / "c.txt").touch()
    write_pair(seeds, "d", first(mode="hapened"))
    write_pair(seeds, "e.f")
    (seeds / "README.md").touch()
    (seeds / ".hidden.json").touch()
    library = read_articles(seeds)
    assert [article.id for article in library.articles] == ["a", "d", "e.f"]
    assert [fault.where for fault in library.faults] == [
        "seeds/b.json",
        "seeds/c.json",
        "seeds/d.json, event 1",
    ]
    assert sum(fault.rejected_events for fault in library.faults) == 3


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.json", b'{\n"headline": oops}', "a.json: line 2, at 'oops}': not JSON (Expecting val"),
        ("a.json", b"", "a.json: line 1, at '': not JSON (Expecting value). Correct it."),
        ("a.json", b'{"a": 1, "a": 2}', "a.json: cannot be taken as a record (given more than o"),
        ("a.json", b"[" * 100_000, "a.json: cannot be taken as a record (maximum recursion"),
        ("a.json", b"1" * 5_000, "a.json: cannot be taken as a record (Exceeds the limit"),
        ("a.json", b"5", "a.json: the record is 5. It must be an object with headline, publish"),
        ("a.json", b'"\xff"', "a.json: byte 1 is 0xFF, which is not UTF-8. Save it as UTF-8."),
        ("a.txt", b"caf\xe9", "a.txt: byte 3 is 0xE9, which is not UTF-8. Save it as UTF-8."),
    ],
)
def test_a_file_that_holds_something_else_is_told(
    seeds: Path, name: str, content: bytes, message: str
) -> None:
    write_pair(seeds)
    (seeds / name).write_bytes(content)
    library = read_articles(seeds)
    assert not library.articles
    (fault,) = library.faults
    assert str(fault).startswith(f"seeds/{message}")
    assert fault.rejected_events == (2 if name == "a.txt" else 0)


@pytest.mark.parametrize(("gone", "lost"), [("a.txt", 2), ("a.json", 0)])
def test_half_an_article_is_told(seeds: Path, gone: str, lost: int) -> None:
    write_pair(seeds)
    (seeds / gone).unlink()
    library = read_articles(seeds)
    assert not library.articles
    (fault,) = library.faults
    assert str(fault).startswith(f"seeds/{gone}: is missing. An article needs its .txt and its .j")
    assert fault.rejected_events == lost


@pytest.mark.parametrize("name", ["a.txt", "a.json"])
def test_a_file_that_cannot_be_read_is_told(seeds: Path, name: str) -> None:
    write_pair(seeds)
    (seeds / name).unlink()
    (seeds / name).mkdir()
    library = read_articles(seeds)
    assert not library.articles
    assert str(library.faults[0]) == (
        f"seeds/{name}: cannot be read (Is a directory). Make it a file that can be."
    )


def test_a_name_that_no_page_can_show_is_told(seeds: Path) -> None:
    article, faults = read_article(write_pair(seeds, "a\nb"))
    assert article is None
    assert "the file's name cannot be shown" in faults[0].message


def test_only_a_missing_folder_raises(seeds: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"is not a folder\. Give the one that holds"):
        read_articles(seeds / "nowhere")
    assert read_articles(seeds).articles == ()


def test_every_role_of_an_actor_is_in_use(owner: Article) -> None:
    used = {actor.role for event in owner.events for actor in event.actors}
    assert used == set(ACTOR_ROLES)


def test_claims_are_made_by_somebody(owner: Article) -> None:
    def claimants(event: Event) -> set[str]:
        return {actor.name for actor in event.actors if actor.role == "claims"}

    claimed = [event for event in owner.events if event.mode == "claimed"]
    assert len(claimed) == 3
    for event in claimed:
        assert claimants(event) == {said.source for said in event.attributions}
