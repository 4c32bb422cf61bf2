"""What was known when somebody was briefed, kept beside the articles: a line of JSON a briefing."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from filelock import FileLock

from components.brief.parties import according_to
from components.brief.phrases import COMPROMISES
from components.brief.positions import positions_on, sources_of
from components.model.event import Basis, Mode
from components.model.layer import Source
from components.model.period import Period, short_day
from components.model.world import Fault
from components.text.articles import wrong_day, wrong_moment
from components.text.shape import Checked, Shape, brief, misfits
from components.text.sidecar import Unsound, write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from components.model.article import Article
    from components.model.event import Event
    from components.model.layer import Footprint, Layer
    from components.model.position import Position
    from components.model.world import World

# No article: those are .txt and .json.
FILE = "briefings.jsonl"
_LOCK = ".briefings.lock"
_LOCK_SECONDS = 10


@dataclass(frozen=True)
class KnownArticle:
    """An article that was on file.

    Attributes
    ----------
    source : str
        Publisher and day, in words.
    """

    id: str
    headline: str
    source: str


@dataclass(frozen=True)
class KnownEvent:
    """An accepted event as one article tells it, in words that last when it is gone.

    Attributes
    ----------
    edtf : str
        Its days.
    how : str
        Mode, whose word it is, and when, in words.
    """

    id: str
    title: str
    mode: Mode
    edtf: str
    how: str
    source: str


@dataclass(frozen=True)
class KnownPosition:
    """A position in words that last when its events are gone.

    Attributes
    ----------
    id : str
        As `Position.id`.
    matter : str
        Ground, party, subject and whose troops; on one matter a later stance counts.
    party, ground : str
        English names.
    says : str
        "wants Israel out".
    how : str
        Mode, whose word it is, and since when, in words.
    source : str
        Publishers and days, in words.
    events : tuple of str
        Ids of the events that state it, the latest first.
    """

    id: str
    matter: str
    party: str
    ground: str
    says: str
    how: str
    source: str
    events: tuple[str, ...]


@dataclass(frozen=True)
class KnownHolder:
    """Who held a footprint, in which words, and whose report says so."""

    name: str
    words: str
    source: Source


@dataclass(frozen=True)
class KnownFootprint:
    """How a layer, or one of its crossings, stood.

    Attributes
    ----------
    name : str
        English name of the crossing, else of the layer.
    since : str or None
        Since when, in words; None when that is not known.
    """

    id: str
    layer: str
    place: str | None
    name: str
    label: str
    status: str | None
    since: str | None
    source: Source
    holders: tuple[KnownHolder, ...]


@dataclass(frozen=True)
class Briefed:
    """What was known, as of a day, when somebody was briefed.

    Attributes
    ----------
    day : date
        The day briefed.
    when : datetime
        When it was marked, with its time zone (UTC).
    hindsight : bool
        Whether articles published after the day counted too.
    events : tuple of KnownEvent
        Each as each of its articles tells it.
    footprints : tuple of KnownFootprint
        Those of the day, of every layer.
    """

    day: date
    when: datetime
    hindsight: bool
    articles: tuple[KnownArticle, ...]
    events: tuple[KnownEvent, ...]
    positions: tuple[KnownPosition, ...]
    footprints: tuple[KnownFootprint, ...]


_SOURCE: Shape = {"publisher": str, "published": str | None, "checked": bool}
_SHAPE: Shape = {
    "day": Checked(str, wrong_day),
    "when": Checked(str, wrong_moment),
    "hindsight": bool,
    "articles": [{"id": str, "headline": str, "source": str}],
    "events": [
        {
            "id": str,
            "title": str,
            "mode": tuple(Mode),
            "edtf": str,
            "how": str,
            "source": str,
        }
    ],
    "positions": [
        {
            "id": str,
            "matter": str,
            "party": str,
            "ground": str,
            "says": str,
            "how": str,
            "source": str,
            "events": [str],
        }
    ],
    "footprints": [
        {
            "id": str,
            "layer": str,
            "place": str | None,
            "name": str,
            "label": str,
            "status": str | None,
            "since": str | None,
            "source": _SOURCE,
            "holders": [{"name": str, "words": str, "source": _SOURCE}],
        }
    ],
}


def brief_of(world: World, day: date, when: datetime, *, hindsight: bool) -> Briefed:
    """Return what is known as of a day; without hindsight, nothing that was published after it.

    Parameters
    ----------
    when : datetime
        Now, with its time zone (UTC).
    """
    by_id = {
        article.id: article for article in world.articles if hindsight or article.published <= day
    }
    told = {one.id: one for event in world.events for one in tellers(event)}
    return Briefed(
        day=day,
        when=when,
        hindsight=hindsight,
        articles=tuple(
            KnownArticle(one.id, one.headline, published_words(one)) for one in by_id.values()
        ),
        events=tuple(
            KnownEvent(one.id, one.title, one.mode, one.period.edtf, how, published_words(article))
            for one in told.values()
            if (article := by_id.get(one.evidence[0].article))
            for how in [_how(one.mode, according_to(sources_of(one), one.title), one.when)]
        ),
        positions=tuple(
            known_position(one) for one in positions_on(world.statements, day, hindsight=hindsight)
        ),
        footprints=tuple(
            known_footprint(one, layer, day, hindsight=hindsight)
            for layer in world.layers
            for one in layer.on(day)
            if hindsight or not published_after(one.source, day)
        ),
    )


def tellers(event: Event) -> tuple[Event, ...]:
    """Return an event as each of its articles tells it."""
    return (event, *event.also)


def published_words(article: Article) -> str:
    """Return who published an article, and when: "Reuters, 22 Aug 2024"."""
    return f"{article.publisher}, {short_day(article.published)}"


def published_after(source: Source, day: date) -> bool:
    """Return whether something is certain to have been published after a day."""
    try:
        return source.published is not None and Period.from_edtf(source.published).first > day
    except ValueError:
        return False


def _how(*words: str) -> str:
    """Return words on how something is known: "claimed; by May 2024, start not stated"."""
    return "; ".join(filter(None, words)).replace(" (uncertain)", ", uncertain")


def known_position(position: Position) -> KnownPosition:
    """Return a position in words that last."""
    one, name = position.latest, position.latest.party.names.en
    # Who mediates may do so in a meeting that is planned; the seeking is no plan.
    mode = "as a mediator" if one.one == COMPROMISES.one else str(one.mode)
    context = "place from the context" if one.basis is Basis.INFERRED else ""
    published = (f"{each.publisher}, {short_day(each.published)}" for each in position.told)
    return KnownPosition(
        id=position.id,
        matter=f"{one.ground.id}|{one.party.id}|{one.subject}|{one.whose}",
        party=name,
        ground=one.ground.names.en,
        says=one.many if name.endswith(" sources") else one.one,
        how=_how(mode, according_to(one.sources, name), position.since_words, context),
        source="; ".join(dict.fromkeys(published)),
        events=tuple(dict.fromkeys(each.event for each in position.told)),
    )


def known_footprint(one: Footprint, layer: Layer, day: date, *, hindsight: bool) -> KnownFootprint:
    """Return how a footprint of a layer stood on a day, with those who held it."""
    holders = {
        control.holder: KnownHolder(control.holder, control.words, control.source)
        for control in one.control_on(day)
        if hindsight or not published_after(control.source, day)
    }
    return KnownFootprint(
        id=one.id,
        layer=one.layer,
        place=one.place,
        name=(one.names or layer.names).en,
        label=one.label,
        status=one.status,
        since=None if one.period.opens else one.period.start_words,
        source=one.source,
        holders=tuple(holders.values()),
    )


def read_briefings(folder: Path) -> tuple[tuple[Briefed, ...], tuple[Fault, ...]]:
    """Read the briefings of a folder of articles, in the order in which they were marked.

    Returns
    -------
    tuple of Briefed
        None when there is no file.
    tuple of Fault
        One a broken line; such a line hides no other, and stays in the file.
    """
    try:
        lines = _read_lines(folder)
    except OSError as error:
        told = f"cannot be read ({error.strerror}). Make it a file that can be."
        return (), (Fault(FILE, told),)
    found = {number: _briefing_of(line) for number, line in enumerate(lines, 1) if line.strip()}
    return (
        tuple(one for one in found.values() if isinstance(one, Briefed)),
        tuple(
            Fault(f"{FILE}, line {number}", one)
            for number, one in found.items()
            if isinstance(one, str)
        ),
    )


def write_briefing(folder: Path, briefing: Briefed) -> None:
    """Add a briefing to those of a folder; every line that is there stays as it is.

    A crash leaves the old file or the new one, whole. Writers wait for each other.

    Raises
    ------
    Unsound
        When it could not be read again as it is.
    OSError
        When the folder cannot be written to, or is locked for ten seconds.
    """
    line = json.dumps(_record(briefing), ensure_ascii=False).encode(errors="backslashreplace")
    again = _briefing_of(line)
    if again != briefing:
        why = again if isinstance(again, str) else "it would not be read again as it is."
        message = f"Nothing was written: {why}"
        raise Unsound(message)
    with FileLock(folder / _LOCK, timeout=_LOCK_SECONDS):
        _write_lines(folder, [*_read_lines(folder), line])


def write_undo(folder: Path, briefing: Briefed) -> None:
    """Take a briefing back; every other line stays as it is.

    Raises
    ------
    LookupError
        When the file does not hold it any more.
    OSError
        When the folder cannot be written to, or is locked for ten seconds.
    """
    with FileLock(folder / _LOCK, timeout=_LOCK_SECONDS):
        lines = _read_lines(folder)
        places = [place for place, line in enumerate(lines) if _briefing_of(line) == briefing]
        if not places:
            message = f"{FILE} does not hold this briefing any more; nothing was changed."
            raise LookupError(message)
        del lines[places[-1]]
        _write_lines(folder, lines)


def _read_lines(folder: Path) -> list[bytes]:
    try:
        content = (folder / FILE).read_bytes()
    except FileNotFoundError:
        return []
    return content.removesuffix(b"\n").split(b"\n") if content else []


def _write_lines(folder: Path, lines: list[bytes]) -> None:
    write_whole(folder / FILE, b"".join(line + b"\n" for line in lines))


# A line that is known need not be looked at again: the file is read at every step of the page.
@lru_cache(maxsize=1024)
def _briefing_of(line: bytes) -> Briefed | str:
    """Return the briefing of a line, or what is wrong with it and what to do."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        return f"{brief(line)} is not a record ({error}). Correct the line, or take it out."
    if wrong := [str(one) for one in misfits(record, _SHAPE)]:
        more = f" {len(wrong) - 1} more of its parts are wrong." if wrong[1:] else ""
        return f"{wrong[0]}{more} Correct the line, or take it out."
    return _briefing(record)


def _record(briefing: Briefed) -> dict[str, Any]:
    days = {"day": briefing.day.isoformat(), "when": briefing.when.isoformat()}
    return asdict(briefing) | days


def _briefing(record: dict[str, Any]) -> Briefed:
    """Return the briefing that a sound record describes."""
    return Briefed(
        day=date.fromisoformat(record["day"]),
        when=datetime.fromisoformat(record["when"]),
        hindsight=record["hindsight"],
        articles=tuple(KnownArticle(**one) for one in record["articles"]),
        events=tuple(KnownEvent(**one | {"mode": Mode(one["mode"])}) for one in record["events"]),
        positions=tuple(
            KnownPosition(**one | {"events": tuple(one["events"])}) for one in record["positions"]
        ),
        footprints=tuple(
            KnownFootprint(
                **one
                | {"source": Source(**one["source"]), "holders": tuple(_holders(one["holders"]))}
            )
            for one in record["footprints"]
        ),
    )


def _holders(records: list[dict[str, Any]]) -> Iterator[KnownHolder]:
    for one in records:
        yield KnownHolder(**one | {"source": Source(**one["source"])})
