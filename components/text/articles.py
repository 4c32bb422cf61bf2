"""Read articles with their reviewed events; leave out what is broken, and say so."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, TypeAlias

from components.model.article import Article, Evidence
from components.model.draft import Act, Change, Draft, State
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
from components.model.world import Fault, shown_name
from components.text.shape import Checked, Misfit, Optional, Shape, brief, misfits

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
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

# A point of the map that a reviewer chose, and how far the place reaches from it.
_POINT = re.compile(r"(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?),(\d+(?:\.\d+)?)")
_FARTHEST_DEG = 180.0

# Words are the article's own however it was wrapped and set.
_PLAIN_SIGNS = str.maketrans(
    "\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}"
    "\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}"
    "\N{EN DASH}\N{EM DASH}\N{NON-BREAKING HYPHEN}\N{SOFT HYPHEN}",
    "''\"\"----",
)

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
        Their `rejected_events` and `rejected_drafts` add up to the number of those left out.
    """
    sidecar = path.with_suffix(".json")
    name = shown_name(sidecar.name)
    if name != sidecar.name:
        return None, (Fault(name, "has a name that is not UTF-8. Rename it and its other half."),)
    return article_of(sidecar, _read_bytes(path.with_suffix(".txt")), _read_bytes(sidecar))


def article_of(
    path: Path, text_bytes: bytes | Fault, sidecar_bytes: bytes | Fault
) -> tuple[Article | None, tuple[Fault, ...]]:
    """Return what `read_article` does, of what the two files hold or why they cannot be read."""
    text = _text(path.with_suffix(".txt"), text_bytes)
    record = _record(path, sidecar_bytes)
    faults = [one for one in (text, record) if isinstance(one, Fault)]
    if isinstance(record, Fault) or isinstance(sidecar_bytes, Fault):
        return None, tuple(faults)
    where = _where(path)
    known_text = None if isinstance(text, Fault) else text
    if not path.stem.isprintable():
        faults.append(Fault(where, "the file's name cannot be shown. Rename both files."))
    faults += [Fault(where, str(one)) for one in misfits(record, _article_shape(known_text))]
    fields = record if isinstance(record, dict) else {}
    events, broken_events = _events(fields, known_text, path.stem, where)
    drafts, broken_drafts = _drafts(fields, known_text, path.stem, where, events)
    log, broken_log = _log(fields, where)
    broken = (*broken_events, *broken_drafts, *broken_log)
    if not faults and known_text is not None:
        article = _article(fields, known_text, path.stem)
        version = sha256(sidecar_bytes).hexdigest()
        return replace(article, events=events, drafts=drafts, log=log, version=version), broken
    # The whole article is left out: its first fault answers for every event and draft.
    faults[0] = replace(
        faults[0],
        rejected_events=len(events) + sum(fault.rejected_events for fault in broken),
        rejected_drafts=len(drafts) + sum(fault.rejected_drafts for fault in broken),
    )
    told = (replace(fault, rejected_events=0, rejected_drafts=0) for fault in broken)
    return None, (*faults, *told)


def event_misfits(record: object, text: str, published: date) -> tuple[str, ...]:
    """Return all that is wrong with the record of an event, as told when it is read."""
    wrong = list(misfits(record, _event_shape(text)))
    wrong += _contradictions(record, published, wrong)
    return tuple(str(misfit) for misfit in wrong)


def draft_misfits(record: object, text: str) -> tuple[str, ...]:
    """Return all that is wrong with the record of a draft, as told when it is read."""
    wrong = list(misfits(record, _draft_shape(text)))
    wrong += _unquoted(record, wrong)
    return tuple(str(misfit) for misfit in wrong)


def _read_bytes(path: Path) -> bytes | Fault:
    """Return what a file holds, or why it cannot be had."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        message = "is missing. An article needs its .txt and its .json: add it or remove the other."
    except OSError as error:
        message = f"cannot be read ({error.strerror}). Make it a file that can be."
    return Fault(_where(path), message)


def _text(path: Path, held: bytes | Fault) -> str | Fault:
    """Return every character of a file, or why it cannot be had.

    Bytes are decoded as they are: translated line ends would move every offset after them.
    """
    if isinstance(held, Fault):
        return held
    try:
        return held.decode()
    except UnicodeDecodeError as error:
        found = error.object[error.start]
        message = f"byte {error.start} is 0x{found:02X}, which is not UTF-8. Save it as UTF-8."
    return Fault(_where(path), message)


def _record(path: Path, held: bytes | Fault) -> object:
    """Return what a JSON file holds, or the `Fault` that hides it."""
    written = _text(path, held)
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
        "published": Checked(str, wrong_day),
        "published_reason": str,
        "sha256": Checked(str, wrong_digest),
        "events": list,
        "drafts": Optional(list),
        "log": Optional(list),
    }


def _event_shape(text: str | None) -> dict[str, Shape]:
    """Return the shape of an event's record; `text` is None when it could not be read."""
    plain = None if text is None else _plain(text)

    def not_in_text(words: str | None) -> str | None:
        if plain is None or words is None or _plain(words) in plain:
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
        "number": Optional(int),
        "kind": tuple(Kind),
        "mode": tuple(Mode),
        "title": str,
        "actors": [{"name": str, "role": tuple(ACTOR_ROLES)}],
        "places": [
            Checked(
                {
                    "name": str,
                    "role": tuple(Role),
                    "basis": tuple(Basis),
                    "at": Optional(Checked(str | None, _wrong_point)),
                },
                not_stated,
            )
        ],
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
        "same_as": Optional(str | None),
    }


def _draft_shape(text: str | None) -> dict[str, Shape]:
    """Return the shape of a draft's record: an event's, why it was found, and where it stands."""
    return _event_shape(text) | {"rule": str, "state": tuple(State)}


def _plain(words: str) -> str:
    """Return words on one line, with plain quotation marks and dashes, to be looked for."""
    return " ".join(words.translate(_PLAIN_SIGNS).split())


def wrong_day(published: str) -> str | None:
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


def _wrong_point(at: str | None) -> str | None:
    """Return why a text is neither a point of the map nor the id of a place, or None."""
    if at is None or "," not in at:
        return None
    point = _POINT.fullmatch(at)
    if (
        point
        and abs(float(point[1])) <= _FARTHEST_DEG
        and abs(float(point[2])) <= _FARTHEST_DEG / 2
    ):
        return None
    return (
        f"is {brief(at)}. It must be the id of a place, or lon,lat,radius_m such as"
        " 34.42,31.45,500 (degrees, metres)."
    )


def wrong_moment(when: str) -> str | None:
    """Return why a text is not a moment in UTC, or None."""
    if _moment(when):
        return None
    return f"is {brief(when)}. It must be an ISO time in UTC such as 2024-08-22T09:30:00+00:00."


def _wrong_change(recorded: str | None) -> str | None:
    """Return why a text is not the JSON of a record, or None."""
    try:
        sound = recorded is None or isinstance(json.loads(recorded), dict)
    except (ValueError, RecursionError):
        sound = False
    return None if sound else f"{brief(recorded)} is not the JSON of a record. Restore it."


_CHANGE: dict[str, Shape] = {
    "when": Checked(str, wrong_moment),
    "who": str,
    "act": tuple(Act),
    "draft": str,
    "before": Checked(str | None, _wrong_change),
    "after": Checked(str | None, _wrong_change),
    "other": Optional(str | None),
}


def _none_given(items: list[Record]) -> str | None:
    """Return that a list is empty, or None."""
    return None if items else "is empty. Give at least one."


def _events(
    fields: Record, text: str | None, article: str, where: str
) -> tuple[tuple[Event, ...], tuple[Fault, ...]]:
    """Return the sound events of a sidecar, and the faults of the others."""
    published = _day(fields.get("published"))
    shape = _event_shape(text)
    # Only in the file: it tells a reader of the file which event a fault is about.
    shape["number"] = int
    events: dict[str, Event] = {}
    faults: list[Fault] = []
    for place, one in enumerate(_list(fields, "events"), start=1):
        wrong = list(misfits(one, shape))
        wrong += _misnumbered(one, place, wrong)
        wrong += _contradictions(one, published, wrong)
        if not wrong:
            event = event_of(one, article)
            wrong += _taken(event, events)
            events.setdefault(event.id, event)
        # An event with several faults is lost once.
        faults += [
            Fault(f"{where}, event {place}", str(misfit), rejected_events=int(misfit is wrong[0]))
            for misfit in wrong
        ]
    return tuple(events.values()), tuple(faults)


def _drafts(
    fields: Record, text: str | None, article: str, where: str, events: tuple[Event, ...]
) -> tuple[tuple[Draft, ...], tuple[Fault, ...]]:
    """Return the sound drafts of a sidecar, and the faults of the others.

    A draft may be planned for a day that is over: to see that is what the review is for.
    """
    shape = _draft_shape(text)
    taken = {event.id: event for event in events}
    drafts: list[Draft] = []
    faults: list[Fault] = []
    for place, one in enumerate(_list(fields, "drafts"), start=1):
        wrong = list(misfits(one, shape))
        wrong += _unquoted(one, wrong)
        if not wrong:
            draft = draft_of(one, article)
            wrong += _taken(draft.event, taken)
            if not wrong:
                taken[draft.event.id] = draft.event
                drafts.append(draft)
        faults += [
            Fault(f"{where}, draft {place}", str(misfit), rejected_drafts=int(misfit is wrong[0]))
            for misfit in wrong
        ]
    return tuple(drafts), tuple(faults)


def _log(fields: Record, where: str) -> tuple[tuple[Change, ...], tuple[Fault, ...]]:
    """Return the sound entries of a sidecar's log, and the faults of the others."""
    changes: list[Change] = []
    faults: list[Fault] = []
    for place, one in enumerate(_list(fields, "log"), start=1):
        wrong = list(misfits(one, _CHANGE))
        faults += [Fault(f"{where}, log {place}", str(misfit)) for misfit in wrong]
        if not wrong:
            when, act = _moment(one["when"]), Act(one["act"])
            changes.append(Change(**one | {"when": when, "act": act}))
    return tuple(changes), tuple(faults)


def _list(fields: Record, key: str) -> list[Any]:
    """Return the list under a key; an empty one when there is none."""
    value = fields.get(key)
    return value if isinstance(value, list) else []


def _taken(event: Event, others: Mapping[str, Event]) -> Iterator[Misfit]:
    """Find that another event has the same id."""
    if event.id in others:
        message = f"has the evidence and the kind of another ({event.id}). Keep one."
        yield Misfit((), message)


def _sound_keys(record: Record, told: list[Misfit]) -> set[str]:
    """Return the keys of a record that `told` does not find fault with."""
    return record.keys() - {misfit.at[0].split()[0] for misfit in told if misfit.at}


def _misnumbered(record: object, place: int, told: list[Misfit]) -> Iterator[Misfit]:
    """Find that an event's number is not its place in the list."""
    if not isinstance(record, dict) or "number" not in _sound_keys(record, told):
        return
    if record["number"] != place:
        yield Misfit(
            ("number",), f"is {record['number']}, but it is event {place} of the list. Renumber it."
        )


def _contradictions(record: object, published: date | None, told: list[Misfit]) -> Iterator[Misfit]:
    """Find what no field shows alone, in fields that `told` does not already find fault with."""
    if not isinstance(record, dict):
        return
    if published and {"edtf", "mode"} <= _sound_keys(record, told):
        period = _period(record["edtf"])
        if record["mode"] == Mode.PLANNED and period.last < published:
            message = f"is planned, but {period.edtf} is over before publication on {published}."
            yield Misfit(("mode",), f"{message} Correct one of them.")
        if record["mode"] == Mode.HAPPENED and period.first > published:
            message = f"is happened, but {period.edtf} comes after publication on {published}."
            yield Misfit(("mode",), f"{message} Correct one of them.")
    yield from _unquoted(record, told)


def _unquoted(record: object, told: list[Misfit]) -> Iterator[Misfit]:
    """Find figures whose words are not in the event's evidence."""
    if not isinstance(record, dict) or not {"quantities", "evidence"} <= _sound_keys(record, told):
        return
    for number, quantity in enumerate(record["quantities"], start=1):
        words = _plain(quantity["words"])
        if not any(words in _plain(span["quote"]) for span in record["evidence"]):
            message = f"{brief(quantity['words'])} is not in the event's evidence."
            remedy = "Copy the words from a quote."
            yield Misfit((f"quantities {number}", "words"), f"{message} {remedy}")


def _article(record: Record, text: str, name: str) -> Article:
    """Return the article that a sound sidecar describes, without its events, drafts and log."""
    apart = {"published", "events", "drafts", "log"}
    stated = {key: value for key, value in record.items() if key not in apart}
    published = date.fromisoformat(record["published"])
    return Article(id=name, text=text, published=published, events=(), **stated)


def draft_of(record: Record, article: str) -> Draft:
    """Return the draft that a sound record describes."""
    return Draft(event_of(record, article), record["rule"], State(record["state"]))


def event_of(record: Record, article: str) -> Event:
    """Return the event that a sound record describes."""
    evidence = tuple(Evidence(article, **span) for span in record["evidence"])
    kind = Kind(record["kind"])
    return Event(
        id=event_id(article, evidence, kind),
        kind=kind,
        mode=Mode(record["mode"]),
        title=record["title"],
        actors=tuple(Actor(**actor) for actor in record["actors"]),
        places=tuple(
            Mention(place["name"], Role(place["role"]), Basis(place["basis"]), place.get("at"))
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
        same_as=record.get("same_as"),
    )


def event_id(article: str, evidence: tuple[Evidence, ...], kind: Kind) -> str:
    """Return the id of an event: `article:start-stop:kind` of its first evidence."""
    return f"{article}:{evidence[0].start}-{evidence[0].stop}:{kind}"


def _day(text: object) -> date | None:
    """Return the day that an ISO date (2024-08-22) names, None for anything else."""
    try:
        day = date.fromisoformat(str(text))
    except ValueError:
        return None
    # Python also reads 20240822 and 2024-W34-4.
    return day if day.isoformat() == text else None


def _moment(text: str) -> datetime | None:
    """Return the moment that an ISO time in UTC names, None for anything else."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo == UTC else None
