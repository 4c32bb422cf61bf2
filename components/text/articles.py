"""Read articles with their reviewed events; leave out what is broken, and say so."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from hashlib import sha256
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, TypeAlias

from components.model.article import Article, Evidence
from components.model.event import (
    Actor,
    Attribution,
    Basis,
    Event,
    Kind,
    Mention,
    Mode,
    Quantity,
    Role,
    Scope,
)
from components.model.period import Period
from components.model.world import Fault
from components.text.shape import Checked, Misfit, Shape, brief, misfits

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Record: TypeAlias = dict[str, Any]

ACTOR_ROLES = {
    "participant": "takes part in talks or in a war",
    "mediator": "brings the sides together",
    "proposes": "puts a proposal forward",
    "demands": "wants something kept, done or given up",
    "urges": "presses somebody, without a demand of its own",
    "target": "whom a proposal, a demand, an appeal or an attack is addressed to",
    "visits": "travels there",
    "moves": "whose forces move",
    "attacks": "attacks, by the article's own account",
    "claims": "says that it is so, of itself or of others",
    "said to act": "did it, by somebody's claim",
    "victim": "whom it happened to",
}

# Reading a date takes milliseconds, and the same dates come again and again.
_period = lru_cache(Period.from_edtf)


@dataclass(frozen=True)
class Library:
    """The articles of a folder, and what is wrong with those that were left out."""

    articles: tuple[Article, ...]
    faults: tuple[Fault, ...]


def read_articles(folder: Path) -> Library:
    """Read every article of a folder, in the order of their file names.

    One bad article never hides the good ones. Files that are neither `.txt` nor `.json`, and
    hidden ones, are passed over.

    Raises
    ------
    FileNotFoundError
        When there is no such folder. Nothing inside it raises.
    """
    if not folder.is_dir():
        message = f"{folder} is not a folder. Give the one that holds the articles."
        raise FileNotFoundError(message)
    pairs = {
        path.with_suffix(".json")
        for path in folder.iterdir()
        if path.suffix in {".txt", ".json"} and not path.name.startswith(".")
    }
    readings = [read_article(path) for path in sorted(pairs)]
    return Library(
        articles=tuple(article for article, _ in readings if article),
        faults=tuple(fault for _, faults in readings for fault in faults),
    )


def read_article(path: Path) -> tuple[Article | None, tuple[Fault, ...]]:
    """Read one article and its reviewed events, and tell every fault of both files at once.

    The roles of actors are those of `ACTOR_ROLES`; kinds, modes and the rest are the model's.

    Parameters
    ----------
    path : Path
        `NAME.json` or `NAME.txt`; the other stands beside it.

    Returns
    -------
    Article or None
        Without its broken events; None when its text, its dates or its source are in doubt.
    tuple of Fault
        Their `rejected_events` add up to the number of events left out.
    """
    text = _read_utf8(path.with_suffix(".txt"))
    record = _read_json(path.with_suffix(".json"))
    faults = [one for one in (text, record) if isinstance(one, Fault)]
    if isinstance(record, Fault):
        return None, tuple(faults)
    where = _where(path.with_suffix(".json"))
    known_text = None if isinstance(text, Fault) else text
    if not path.stem.isprintable():
        faults.append(Fault(where, "the file's name cannot be shown. Rename both files."))
    faults += [Fault(where, str(one)) for one in misfits(record, _article_shape(known_text))]
    events, broken = _events(record, known_text, path.stem, where)
    if not faults and known_text is not None and isinstance(record, dict):
        return _article(record, known_text, path.stem, events), tuple(broken)
    # The whole article is left out: its first fault answers for every event.
    lost = len(events) + sum(fault.rejected_events for fault in broken)
    faults[0] = replace(faults[0], rejected_events=lost)
    return None, (*faults, *(replace(fault, rejected_events=0) for fault in broken))


def _read_utf8(path: Path) -> str | Fault:
    """Return every character of a file, or why it cannot be had.

    Bytes are decoded as they are: translated line ends would move every offset after them.
    """
    try:
        return path.read_bytes().decode()
    except FileNotFoundError:
        message = "is missing. An article needs its .txt and its .json: add it or remove the other."
    except OSError as error:
        message = f"cannot be read ({error.strerror}). Make it a file that can be."
    except UnicodeDecodeError as error:
        found = error.object[error.start]
        message = f"byte {error.start} is 0x{found:02X}, which is not UTF-8. Save it as UTF-8."
    return Fault(_where(path), message)


def _read_json(path: Path) -> object:
    """Return what a JSON file holds, or the `Fault` that hides it."""
    written = _read_utf8(path)
    if isinstance(written, Fault):
        return written
    written = written.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
    try:
        return json.loads(written, object_pairs_hook=_each_key_once)
    except json.JSONDecodeError as error:
        found = brief(written[error.pos : error.pos + 20])
        message = f"line {error.lineno}, at {found}: not JSON ({error.msg}). Correct it."
    except (ValueError, RecursionError) as error:
        message = f"cannot be taken as a record ({error}). Correct it."
    return Fault(_where(path), message)


def _each_key_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Return an object's keys and values; a key given twice would hide the first in silence."""
    twice = [brief(key) for key, times in Counter(key for key, _ in pairs).items() if times > 1]
    if twice:
        message = f"given more than once: {', '.join(twice)}"
        raise ValueError(message)
    return dict(pairs)


def _where(path: Path) -> str:
    """Return a file's name with its folder's, in characters that any page can show."""
    where = PurePath(path.parent.name, path.name).as_posix()
    return where.encode(errors="backslashreplace").decode()


def _article_shape(text: str | None) -> Shape:
    """Return the shape of a sidecar; `text` is None when it could not be read."""

    def wrong_digest(recorded: str) -> str | None:
        found = recorded if text is None else sha256(text.encode()).hexdigest()
        if recorded == found:
            return None
        return (
            f"is {brief(recorded)}, but the text's is {found}: the text is not the one that was"
            " reviewed. Restore it, or review the events again."
        )

    return {
        "headline": str,
        "publisher": str,
        "dateline": str | None,
        "byline": str | None,
        "url": Checked(str | None, _wrong_address),
        "published": Checked(str, _wrong_day),
        "published_reason": str,
        "sha256": Checked(str, wrong_digest),
        "events": list,
    }


def _event_shape(text: str | None) -> Shape:
    """Return the shape of an event's record; `text` is None when it could not be read."""

    def not_in_text(words: str | None) -> str | None:
        if text is None or words is None or words in text:
            return None
        return f"{brief(words)} is not in the text. Copy the article's own words."

    def not_stated(place: Record) -> str | None:
        return not_in_text(place["name"]) if place["basis"] == Basis.STATED else None

    def wrong_span(span: Record) -> str | None:
        start, stop, quote = span["start"], span["stop"], span["quote"]
        if text is None:
            return None
        stands = text.find(quote)
        remedy = "Copy the quote from the text."
        if stands >= 0:
            remedy = f"The quote stands at {stands}-{stands + len(quote)}."
        if not start < stop <= len(text):
            return f"{start}-{stop} is not a span of the text (0-{len(text)}). {remedy}"
        if text[start:stop] != quote:
            return f"{start}-{stop} holds {brief(text[start:stop])}, not {brief(quote)}. {remedy}"
        return None

    return {
        "number": int,
        "kind": tuple(Kind),
        "mode": tuple(Mode),
        "title": str,
        "actors": [{"name": str, "role": tuple(ACTOR_ROLES)}],
        "places": [Checked({"name": str, "role": tuple(Role), "basis": tuple(Basis)}, not_stated)],
        "edtf": Checked(str, _wrong_date),
        "date_words": Checked(str | None, not_in_text),
        "date_reason": str,
        "attributions": Checked(
            [{"source": str, "cue": Checked(str | None, not_in_text), "scope": tuple(Scope)}],
            _none_given,
        ),
        "quantities": [{"value": int, "unit": str, "hedge": str | None, "words": str}],
        "evidence": Checked(
            [Checked({"start": int, "stop": int, "quote": str}, wrong_span)], _none_given
        ),
    }


def _wrong_day(published: str) -> str | None:
    """Return why a text is not an ISO day, or None."""
    if _day(published):
        return None
    return f"is {brief(published)}. It must be an ISO day such as 2024-08-22."


def _wrong_address(url: str | None) -> str | None:
    """Return why a text is not an address that a page may link to, or None."""
    if url is None or url.startswith(("https://", "http://")):
        return None
    return f"is {brief(url)}. It must begin with https:// or http://, or be null."


def _wrong_date(edtf: str) -> str | None:
    """Return why a text is not an EDTF date, or None."""
    try:
        _period(edtf)
    except ValueError as error:
        return f"{brief(edtf)} cannot be taken: {str(error)[:200]}. Correct it."
    return None


def _none_given(items: list[Record]) -> str | None:
    """Return that a list is empty, or None."""
    return None if items else "is empty. Give at least one."


def _events(
    record: object, text: str | None, article: str, where: str
) -> tuple[tuple[Event, ...], tuple[Fault, ...]]:
    """Return the sound events of a sidecar, and the faults of the others."""
    fields = record if isinstance(record, dict) else {}
    records = fields["events"] if isinstance(fields.get("events"), list) else []
    published = _day(fields.get("published"))
    shape = _event_shape(text)
    events: dict[str, Event] = {}
    faults: list[Fault] = []
    for place, one in enumerate(records, start=1):
        wrong = list(misfits(one, shape))
        wrong += _contradictions(one, place, published, wrong)
        if not wrong:
            event = _event(one, article)
            if event.id in events:
                message = f"has the evidence and the kind of another ({event.id}). Keep one."
                wrong.append(Misfit((), message))
            events.setdefault(event.id, event)
        # An event with several faults is lost once.
        faults += [
            Fault(f"{where}, event {place}", str(misfit), rejected_events=int(misfit is wrong[0]))
            for misfit in wrong
        ]
    return tuple(events.values()), tuple(faults)


def _contradictions(
    record: object, place: int, published: date | None, told: list[Misfit]
) -> Iterator[Misfit]:
    """Find what no field shows alone, in fields that `told` does not already find fault with."""
    if not isinstance(record, dict):
        return
    sound = record.keys() - {misfit.at[0].split()[0] for misfit in told}
    if {"number"} <= sound and record["number"] != place:
        yield Misfit(
            ("number",), f"is {record['number']}, but it is event {place} of the list. Renumber it."
        )
    if published and {"edtf", "mode"} <= sound:
        period = _period(record["edtf"])
        if record["mode"] == Mode.PLANNED and period.last < published:
            message = f"is planned, but {period.edtf} is over before publication on {published}."
            yield Misfit(("mode",), f"{message} Correct one of them.")
        if record["mode"] == Mode.HAPPENED and period.first > published:
            message = f"is happened, but {period.edtf} comes after publication on {published}."
            yield Misfit(("mode",), f"{message} Correct one of them.")
    if {"quantities", "evidence"} <= sound:
        for number, quantity in enumerate(record["quantities"], start=1):
            if not any(quantity["words"] in span["quote"] for span in record["evidence"]):
                message = f"{brief(quantity['words'])} is not in the event's evidence."
                remedy = "Copy the words from a quote."
                yield Misfit((f"quantities {number}", "words"), f"{message} {remedy}")


def _article(record: Record, text: str, name: str, events: tuple[Event, ...]) -> Article:
    """Return the article that a sound sidecar describes."""
    stated = {key: value for key, value in record.items() if key not in {"published", "events"}}
    published = date.fromisoformat(record["published"])
    return Article(id=name, text=text, published=published, events=events, **stated)


def _event(record: Record, article: str) -> Event:
    """Return the event that a sound record describes."""
    evidence = tuple(Evidence(article, **span) for span in record["evidence"])
    kind = Kind(record["kind"])
    return Event(
        id=f"{article}:{evidence[0].start}-{evidence[0].stop}:{kind}",
        kind=kind,
        mode=Mode(record["mode"]),
        title=record["title"],
        actors=tuple(Actor(**actor) for actor in record["actors"]),
        places=tuple(
            Mention(place["name"], Role(place["role"]), Basis(place["basis"]))
            for place in record["places"]
        ),
        period=_period(record["edtf"]),
        date_words=record["date_words"],
        date_reason=record["date_reason"],
        attributions=tuple(
            Attribution(said["source"], said["cue"], Scope(said["scope"]))
            for said in record["attributions"]
        ),
        quantities=tuple(Quantity(**quantity) for quantity in record["quantities"]),
        evidence=evidence,
    )


def _day(text: object) -> date | None:
    """Return the day that an ISO date (2024-08-22) names, None for anything else."""
    try:
        day = date.fromisoformat(str(text))
    except ValueError:
        return None
    # Python also reads 20240822 and 2024-W34-4.
    return day if day.isoformat() == text else None
