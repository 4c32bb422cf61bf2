"""What is new since a briefing, thing by thing and as a paragraph of plain text."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING, TypeVar

from components.brief.briefings import (
    brief_of,
    known_footprint,
    published_after,
    tellers,
)
from components.geo.duplicates import ids_now
from components.model.draft import Act, State
from components.model.period import day_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date

    from components.brief.briefings import (
        Briefed,
        KnownEvent,
        KnownFootprint,
        KnownHolder,
        KnownPosition,
    )
    from components.model.article import Article
    from components.model.event import Event, Mode
    from components.model.layer import Source
    from components.model.world import World

    K = TypeVar("K")
    T = TypeVar("T")

# They part and join the letters of names in Arabic script; other signs of format can deceive.
_JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"
_UNSEEN = {"Cc", "Cf", "Cs"}
# Only a source stands in square brackets.
_BRACKETS = str.maketrans("[]", "()")
# Names with one of these have an article in English.
_COMMON_NOUNS = {"corridor", "border", "crossing", "states", "nations", "authority"}
_AT_BRIEFING = "at the briefing: "
_NOTHING = "nothing on file"
_GONE = "is no longer on file"
_UNDONE = {
    Act.REJECTED: "was rejected since",
    Act.REOPENED: "is under review again",
    Act.SPLIT: "was split since",
}


class Sort(StrEnum):
    """What is new about it, as a heading; in this order."""

    POSITION_CHANGED = "Positions changed"
    POSITION_NEW = "New positions"
    POSITION_GONE = "Positions no longer on record"
    LAND = "Land and control"
    EVENT_NEW = "New events"
    EVENT_RETOLD = "Known events, told by others too"
    EVENT_CORRECTED = "Events corrected"
    EVENT_GONE = "Events no longer accepted"
    ARTICLE_NEW = "New articles"
    ARTICLE_GONE = "Articles no longer on file"


@dataclass(frozen=True)
class Item:
    """One thing that is new.

    Attributes
    ----------
    words : str
        What is so; may hold words of articles as they are.
    how : str
        Mode, whose word it is, and when; empty where `words` say so.
    then : str
        What was so at the briefing, or what became of it; empty when it is only new.
    source : str
        Who published it, and when.
    quotes : tuple of str
        The sentences that state it.
    event : Event or None
        Leads to these sentences.
    ground : tuple or None
        Layer, and crossing or None, whose facts tell more.
    article : str or None
        Id of the article that it is about.
    """

    sort: Sort
    words: str
    how: str
    then: str
    source: str
    quotes: tuple[str, ...] = ()
    event: Event | None = None
    ground: tuple[str, str | None] | None = None
    article: str | None = None

    @property
    def sentence(self) -> str:
        """The sentence with its source, on one line, in signs that can be seen."""
        how = f" ({self.how})" if self.how else ""
        then = f"; {self.then}" if self.then else ""
        return f"{_plain(self.words + how + then)} [{_plain(self.source)}]."


@dataclass(frozen=True)
class News:
    """What is new on a day, since a briefing.

    Attributes
    ----------
    hindsight : bool
        Whether articles published after the day count too.
    later_articles, later_events, later_reports : int
        What is left out since it was published after the day; reports are those of the land.
    """

    briefing: Briefed
    day: date
    hindsight: bool
    items: tuple[Item, ...] = ()
    later_articles: int = 0
    later_events: int = 0
    later_reports: int = 0

    @property
    def too_early(self) -> bool:
        """Whether the day is before the briefing's; then nothing is compared."""
        return self.day < self.briefing.day

    @property
    def without_positions(self) -> bool:
        """Whether the briefing counted later articles and this does not.

        Positions do not compare then: with hindsight other ones had been superseded.
        """
        return self.briefing.hindsight and not self.hindsight

    @property
    def covers(self) -> str:
        """What it covers, in words."""
        then, now = (
            day_words(one.day) + (" (with hindsight)" if one.hindsight else "")
            for one in (self.briefing, self)
        )
        return f"Since the briefing of {then}, as of {now}"

    @property
    def left_out(self) -> str:
        """What is left out and why, in words; empty when nothing is."""
        counts = [
            f"{count} {one if count == 1 else many}"
            for count, one, many in (
                (self.later_articles, "article", "articles"),
                (self.later_events, "event", "events"),
                (self.later_reports, "report on the land", "reports on the land"),
            )
            if count
        ]
        later = " and ".join(filter(None, (", ".join(counts[:-1]), *counts[-1:])))
        told = [f"{later} published after {day_words(self.day)}"] if later else []
        if self.without_positions:
            told.append("positions, since the briefing was marked with hindsight")
        return "; ".join(told)


def news(world: World, briefing: Briefed, day: date, *, hindsight: bool) -> News:
    """Return what is new on a day, since a briefing.

    Nothing published after the day is used, unless with hindsight; it is counted.
    """
    if day < briefing.day:
        return News(briefing, day, hindsight)
    changes = _Changes(world, briefing, day, hindsight=hindsight)
    order = [*Sort]
    items = tuple(sorted(changes.items(), key=lambda item: order.index(item.sort)))
    return News(briefing, day, hindsight, items, *changes.later())


def paragraph(of: News) -> str:
    """Return the same as plain text: a line on what it covers, then a line a sort of news.

    Every sentence ends with its source in square brackets, which stand nowhere else.
    """
    if of.too_early:
        return (
            f"The day shown, {day_words(of.day)}, is before the day of the briefing, "
            f"{day_words(of.briefing.day)}: nothing is compared."
        )
    left_out = f" (left out: {of.left_out})" if of.left_out else ""
    lines = [f"{of.covers}{left_out}:{'' if of.items else ' nothing new.'}"]
    for sort, items in groupby(of.items, key=lambda item: item.sort):
        lines.append(f"{sort}: {' '.join(item.sentence for item in items)}")
    return "\n".join(lines)


class _Changes:
    """What a briefing knew, beside what is known now."""

    def __init__(self, world: World, briefing: Briefed, day: date, *, hindsight: bool) -> None:
        self.world = world
        self.before = briefing
        self.now = brief_of(world, day, briefing.when, hindsight=hindsight)
        self.id_now = ids_now(world.articles)
        self.accepted = {one.id: one for event in world.events for one in tellers(event)}
        self.counted = {one.id: one for one in self.now.events}
        self.known = {self.id_now(one.id) for one in briefing.events}
        self.last_acts = {
            change.draft: change.act for article in world.articles for change in article.log
        }

    def items(self) -> Iterator[Item]:
        """Yield all that is new."""
        if self.now.hindsight or not self.before.hindsight:
            yield from self._positions()
        yield from self._land()
        yield from self._new_events()
        yield from self._known_events()
        yield from self._articles()

    def later(self) -> tuple[int, int, int]:
        """Return how many articles, events and reports are published too late, and not known."""
        on_file = {one.id for one in (*self.before.articles, *self.now.articles)}
        day = self.now.day
        standing = [one for layer in self.world.layers for one in layer.on(day)]
        reports = {one.source for one in standing}
        reports |= {control.source for one in standing for control in one.control_on(day)}
        return (
            sum(one.id not in on_file for one in self.world.articles),
            len(self.accepted.keys() - self.counted.keys() - self.known),
            sum(map(self._too_late, reports)),
        )

    def _too_late(self, source: Source) -> bool:
        return not self.now.hindsight and published_after(source, self.now.day)

    def _positions(self) -> Iterator[Item]:
        """Yield the positions that are new, changed or gone."""
        for _, before, now in _paired(
            self.before.positions, self.now.positions, lambda one: one.matter
        ):
            gone = [one for one in before if not any(self._same(one, other) for other in now)]
            fresh = [one for one in now if not any(self._same(other, one) for other in before)]
            for one in fresh:
                event, words = self.accepted[one.events[0]], _position_words(one)
                sort, then, source = Sort.POSITION_NEW, "", one.source
                if gone:
                    sort = Sort.POSITION_CHANGED
                    then = _AT_BRIEFING + _joined(other.says for other in gone)
                    source += f"; before: {_joined(other.source for other in gone)}"
                yield Item(sort, words, one.how, then, source, _quotes(event), event)
            for one in gone if not fresh else ():
                why = next(filter(None, map(self._undone, one.events)), "is read otherwise now")
                words, then = _position_words(one), f"its event {why}"
                yield Item(Sort.POSITION_GONE, words, one.how, then, one.source)

    def _same(self, before: KnownPosition, now: KnownPosition) -> bool:
        """Return whether a position still stands; its event may have another id by now."""
        return before.id == now.id or (
            before.says == now.says
            and not {self.id_now(name) for name in before.events}.isdisjoint(now.events)
        )

    def _undone(self, event_id: str) -> str:
        """Return why an event is none of the accepted ones any more; empty when it is one."""
        name = self.id_now(event_id)
        if name in self.accepted:
            return ""
        act = self.last_acts.get(name)
        return _UNDONE.get(act, _GONE) if act else _GONE

    def _land(self) -> Iterator[Item]:
        """Yield the footprints that are others by now, and who holds what others held."""
        known = [one for one in self.before.footprints if not self._too_late(one.source)]
        days = (self.now.footprints, known, self._between())
        for ground in dict.fromkeys(_ground(one) for some in days for one in some):
            now, before, between = (
                [one for one in some if _ground(one) == ground] for some in days
            )
            name = (*now, *before, *between)[0].name
            if between or _states(before) != _states(now):
                words, then = f"{name}: {_states(now)}", _AT_BRIEFING + _states(before)
                then += f"; in between: {_states(between)}" if between else ""
                source = _joined(one.source.words for one in (*now, *between) or before)
                yield Item(Sort.LAND, words, "", then, source, ground=ground)
            held, holds = self._holders(before), self._holders(now)
            changed = [one for key, one in holds.items() if key not in held]
            changed += [one for key, one in held.items() if key not in holds]
            if changed:
                told = ", and ".join(_holder_words(one, held) for one in holds.values())
                words = f"{name}, who holds it: {told or _NOTHING}"
                then = _AT_BRIEFING + (", and ".join(held) or _NOTHING)
                source = _joined(one.source.words for one in changed)
                yield Item(Sort.LAND, words, "", then, source, ground=ground)

    def _between(self) -> list[KnownFootprint]:
        """Return how things stood after the briefing's day, and no longer do."""
        shown = {one.id for one in (*self.before.footprints, *self.now.footprints)}
        return [
            known_footprint(one, layer, one.period.first, hindsight=self.now.hindsight)
            for layer in self.world.layers
            for one in layer.footprints
            if self.before.day < one.period.first <= self.now.day
            and one.id not in shown
            and not self._too_late(one.source)
        ]

    def _holders(self, footprints: Iterable[KnownFootprint]) -> dict[str, KnownHolder]:
        return {
            holder.name: holder
            for one in footprints
            for holder in one.holders
            if not self._too_late(holder.source)
        }

    def _new_events(self) -> Iterator[Item]:
        """Yield the events that nobody had told, and those that others tell by now."""
        for event in self.world.events:
            told = [one for one in tellers(event) if one.id in self.counted]
            fresh = [one for one in told if one.id not in self.known]
            if fresh != told:
                for one in fresh:
                    yield self._event_item(Sort.EVENT_RETOLD, [one])
            elif fresh:
                yield self._event_item(Sort.EVENT_NEW, fresh)

    def _event_item(self, sort: Sort, told: list[Event]) -> Item:
        """Return an event as the first of its articles tells it, with the sources of all."""
        first = self.counted[told[0].id]
        return Item(
            sort,
            first.title,
            first.how,
            "",
            _joined(self.counted[one.id].source for one in told),
            tuple(quote for one in told for quote in _quotes(one)),
            told[0],
        )

    def _known_events(self) -> Iterator[Item]:
        """Yield the events that are gone or corrected."""
        for before in self.before.events:
            name = self.id_now(before.id)
            if name not in self.accepted:
                then = f"it {self._undone(name)}"
                yield Item(Sort.EVENT_GONE, before.title, before.how, then, before.source)
            elif (now := self.counted.get(name)) and _facts(now) != _facts(before):
                event, then = self.accepted[name], f"{_AT_BRIEFING}{before.title} ({before.how})"
                yield Item(
                    Sort.EVENT_CORRECTED,
                    now.title,
                    now.how,
                    then,
                    now.source,
                    _quotes(event),
                    event,
                )

    def _articles(self) -> Iterator[Item]:
        """Yield the articles that are new, and those that are gone."""
        known = {one.id for one in self.before.articles}
        by_id = {one.id: one for one in self.world.articles}
        for one in self.now.articles:
            if one.id not in known:
                words, how = f"“{one.headline}”", _counts(by_id[one.id])
                yield Item(Sort.ARTICLE_NEW, words, how, "", one.source, article=one.id)
        for one in self.before.articles:
            if one.id not in by_id:
                yield Item(Sort.ARTICLE_GONE, f"“{one.headline}”", "", "", one.source)


def _paired(
    before: Iterable[T], now: Iterable[T], key: Callable[[T], K]
) -> Iterator[tuple[K, list[T], list[T]]]:
    """Yield what has one key before and now, in the order of now."""
    pairs: dict[K, tuple[list[T], list[T]]] = {}
    for side, some in ((1, now), (0, before)):
        for one in some:
            pairs.setdefault(key(one), ([], []))[side].append(one)
    for name, both in pairs.items():
        yield name, *both


def _position_words(one: KnownPosition) -> str:
    party = f"{_the(one.party)}," if "," in one.party else _the(one.party)
    return f"On {_the(one.ground)}, {party} {one.says}"


def _facts(one: KnownEvent) -> tuple[str, Mode, str]:
    """Return what a reviewer corrects; the other words are ours."""
    return one.title, one.mode, one.edtf


def _quotes(event: Event) -> tuple[str, ...]:
    return tuple(one.quote for one in event.evidence)


def _counts(article: Article) -> str:
    events = len(article.events)
    drafts = sum(one.state is State.OPEN for one in article.drafts)
    waiting = f", {drafts} draft{'' if drafts == 1 else 's'} to review" if drafts else ""
    return f"{events} event{'' if events == 1 else 's'} accepted{waiting}"


def _ground(one: KnownFootprint) -> tuple[str, str | None]:
    return one.layer, one.place


def _states(footprints: Iterable[KnownFootprint]) -> str:
    return ", ".join(map(_state, footprints)) or _NOTHING


def _state(one: KnownFootprint) -> str:
    more = [one.label] if one.status else []
    more += [f"since {one.since}"] if one.since else []
    return (one.status or one.label) + (f" ({'; '.join(more)})" if more else "")


def _holder_words(one: KnownHolder, known: Mapping[str, KnownHolder]) -> str:
    return one.name if one.name in known else f"{one.name} ({one.words.rstrip('.')})"


def _joined(words: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(words))


def _the(name: str) -> str:
    """Return a name as it stands inside a sentence."""
    if name.endswith(" sources"):
        return name[0].lower() + name[1:]
    return f"the {name}" if _COMMON_NOUNS & set(name.lower().split()) else name


def _plain(text: str) -> str:
    """Return text on one line, without signs that are not seen or that turn the direction."""
    seen = (
        sign
        for sign in " ".join(text.split())
        if sign in _JOINERS or unicodedata.category(sign) not in _UNSEEN
    )
    return "".join(seen).translate(_BRACKETS)
