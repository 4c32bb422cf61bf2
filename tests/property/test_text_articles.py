"""Law 1: a quote is text[start:stop] of the article whose sha256 is on record.

And no file, whatever it holds, stops the reading: it is accepted or told, and the counts add up.
"""

import json
from datetime import UTC
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from components.model.draft import Act, State
from components.model.event import Basis, Kind, Mode, Role, Scope
from components.text.articles import ACTOR_ROLES, Library, read_articles

Record = dict[str, Any]

# Hebrew, Arabic, marks that turn direction, combining and astral characters, every line end.
AWKWARD = "\r\n\u2028\u0085\ufeff\u200f\u202eשלםمعبر e\u0301😀𐤀\0<&\"'\\"
TEXTS = st.text(st.characters(codec="utf-8") | st.sampled_from(AWKWARD), min_size=1).filter(
    lambda text: text.strip()
)
WORDS = st.text(st.characters(codec="utf-8"), max_size=8)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=8,
)


def read(text: bytes, sidecar: bytes) -> Library:
    """Return what is read from a folder that holds one article."""
    with TemporaryDirectory() as folder:
        (Path(folder) / "a.txt").write_bytes(text)
        (Path(folder) / "a.json").write_bytes(sidecar)
        return read_articles(Path(folder))


@st.composite
def articles(draw: st.DrawFn) -> tuple[str, Record]:
    """Draw a text and a sound record of it; no two events share kind and evidence."""
    text = draw(TEXTS)
    ends = st.integers(0, len(text))
    spans = st.tuples(ends, ends).map(sorted).filter(lambda span: text[slice(*span)].strip())
    events = [
        {
            "number": number,
            "kind": kind,
            "mode": draw(st.sampled_from(["ongoing", "demanded", "claimed", "denied"])),
            "title": "Title",
            "actors": [{"name": "Ann", "role": draw(st.sampled_from(sorted(ACTOR_ROLES)))}],
            "places": [
                {
                    "name": "Cairo",
                    "role": draw(st.sampled_from(Role)),
                    "basis": draw(st.sampled_from([Basis.INFERRED, Basis.GUESSED])),
                }
            ],
            "edtf": draw(st.dates().map(str)),
            "date_words": None,
            "date_reason": "Reason",
            "attributions": [{"source": "Ann", "cue": None, "scope": draw(st.sampled_from(Scope))}],
            "quantities": [],
            "evidence": [
                {"start": start, "stop": stop, "quote": text[start:stop]}
                for start, stop in draw(st.lists(spans, min_size=1, max_size=3))
            ],
        }
        for number, kind in enumerate(draw(st.lists(st.sampled_from(Kind), unique=True)), start=1)
    ]
    accepted = draw(st.integers(0, len(events)))
    drafts = [
        {key: value for key, value in event.items() if key != "number"}
        | {"rule": "Rule", "state": draw(st.sampled_from(State))}
        for event in events[accepted:]
    ]
    entry = {
        "when": draw(st.datetimes(timezones=st.just(UTC))).isoformat(),
        "who": "Ann",
        "act": draw(st.sampled_from(Act)),
        "draft": "a:0-1:talks",
        "before": None,
        "after": draw(st.none() | st.just("{}")),
    }
    record = {
        "headline": "Headline",
        "publisher": "Publisher",
        "dateline": None,
        "byline": None,
        "url": None,
        "published": draw(st.dates().map(str)),
        "published_reason": "Reason",
        "sha256": sha256(text.encode()).hexdigest(),
        "events": events[:accepted],
    }
    # A sidecar of before there were drafts is as sound as ever.
    more = {"drafts": drafts, "log": [entry]}
    return text, record | (more if drafts or draw(st.booleans()) else {})


def law_1(library: Library, text: bytes) -> None:
    """Assert that every quote of what was accepted is where it says, in the text on record."""
    for article in library.articles:
        assert article.text.encode() == text
        assert sha256(text).hexdigest() == article.sha256
        for event in (*article.events, *(draft.event for draft in article.drafts)):
            assert event.evidence
            for span in event.evidence:
                assert span.article == article.id
                assert span.quote == article.text[span.start : span.stop] != ""


def counted(library: Library) -> tuple[int, int]:
    """Return the number of events read and left out, and of drafts."""
    accepted = sum(len(article.events) for article in library.articles)
    drafts = sum(len(article.drafts) for article in library.articles)
    return (
        accepted + sum(fault.rejected_events for fault in library.faults),
        drafts + sum(fault.rejected_drafts for fault in library.faults),
    )


def listed(record: Record) -> tuple[int, int]:
    """Return the number of events and of drafts in a sidecar."""
    events, drafts = record.get("events"), record.get("drafts")
    return (
        len(events) if isinstance(events, list) else 0,
        len(drafts) if isinstance(drafts, list) else 0,
    )


@given(articles())
def test_a_sound_article_is_read_whole(drawn: tuple[str, Record]) -> None:
    text, record = drawn
    library = read(text.encode(), json.dumps(record).encode())
    assert not library.faults
    law_1(library, text.encode())
    (article,) = library.articles
    assert [
        [(span.start, span.stop, span.quote) for span in event.evidence] for event in article.events
    ] == [[tuple(span.values()) for span in event["evidence"]] for event in record["events"]]
    assert counted(library) == listed(record)


@given(st.data(), articles())
def test_whatever_breaks_is_told_and_counted(
    data: st.DataObject, drawn: tuple[str, Record]
) -> None:
    text, record = drawn
    for _ in range(data.draw(st.integers(1, 3), "changes")):
        change(data, record)
    library = read(text.encode(), json.dumps(record).encode())
    law_1(library, text.encode())
    assert counted(library) == listed(record)
    for fault in library.faults:
        assert fault.message.encode()
        assert fault.message.endswith(".")
        assert "\n" not in fault.message


def change(data: st.DataObject, record: Record) -> None:
    """Replace, remove or add a value somewhere in a record."""
    here: Any = record
    while True:
        keys = list(here) if isinstance(here, dict) else list(range(len(here)))
        key = data.draw(st.sampled_from(keys) if keys else WORDS, "key")
        deeper = isinstance(here, list) or data.draw(st.integers(0, 3), "deeper")
        if keys and deeper and isinstance(here[key], dict | list) and here[key]:
            here = here[key]
        else:
            break
    match data.draw(st.sampled_from(["replace", "remove", "add"]), "how"):
        case "remove" if keys:
            del here[key]
        case "add" if isinstance(here, dict):
            here[data.draw(WORDS, "new key")] = data.draw(JSON, "value")
        case _ if keys:
            here[key] = data.draw(JSON | st.sampled_from([*Mode, *Kind]), "value")


@given(st.binary(), JSON.map(json.dumps).map(str.encode) | st.binary())
def test_nothing_in_a_file_stops_the_reading(text: bytes, sidecar: bytes) -> None:
    library = read(text, sidecar)
    law_1(library, text)
    assert library.articles or library.faults


@given(articles(), st.data())
def test_a_text_that_changed_after_review_is_never_accepted(
    drawn: tuple[str, Record], data: st.DataObject
) -> None:
    text, record = drawn
    other = data.draw(TEXTS.filter(lambda other: other != text))
    library = read(other.encode(), json.dumps(record).encode())
    assert not library.articles
    assert counted(library) == listed(record)
