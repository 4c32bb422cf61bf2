"""What a page without a server says of each event and layer: plain data, made once of the world.

The app's panel takes its words from here. What depends on the day is told with its days, counted
from 1 January 1970, and decided in the browser (`browser/document.js`).
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from components.draw.record import TITLED, metres_words
from components.draw.style import LAYERS, MODE_WORDS, THEME_WORDS
from components.model.event import Basis, Mode, Role, Scope
from components.model.layer import Layer
from components.model.period import day_words, short_day
from components.model.table import RECORDED_POINT, day_number, numbered_day
from components.model.world import How, PlacedEvent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from components.draw.record import Json
    from components.model.article import Article
    from components.model.event import Event, Quantity
    from components.model.layer import Footprint
    from components.model.place import Place
    from components.model.world import Link, UnplacedEvent, World

MODE_MEANING = {
    Mode.HAPPENED: "reported as having happened",
    Mode.ONGOING: "reported as going on when this was published",
    Mode.PLANNED: "announced, had not happened when this was published",
    Mode.DEMANDED: "a demand, not a happening",
    Mode.CLAIMED: "said by one party; the article does not confirm it",
    Mode.DENIED: "said not to be so by one party",
}
ROLE_WORDS = {
    Role.EVENT: "where it is",
    Role.TOPIC: "what it is about, not where it is",
    Role.DESTINATION: "where it leads to",
}


def evidence(world: World) -> dict[str, Json]:
    """Return what is said of articles, events, drafts, layers and recorded events.

    Returns
    -------
    dict
        `articles`, `events` and `layers` by their ids; `rows`, the recorded events in the order
        of the table, or None when there are more than `TITLED`; `recorded`, how many there are.
        Offsets count the characters of an article as Python does (Unicode code points).
    """
    articles = {one.id: one for one in world.articles}
    links: dict[str, list[Link]] = {}
    for link in world.links:
        links.setdefault(link.event, []).append(link)
    drafts = {one.event.id for one in world.drafts}
    states = footprint_words(world.layers)
    names = {layer.id: layer.names.en for layer in world.layers}
    return {
        "articles": {one.id: _article(one) for one in world.articles},
        "events": {
            one.event.id: _event(one, articles, draft=one.event.id in drafts)
            | {
                "ties": [
                    [names[layer], words, [*tied]]
                    for layer, words, tied in ties(one.event, links.get(one.event.id, []), states)
                ]
            }
            for one in (*world.outcomes, *world.drafts)
        },
        "layers": {one.id: _layer(one, world) for one in world.layers},
        "rows": _rows(world) if 0 < len(world.table) <= TITLED else None,
        "recorded": len(world.table),
    }


def _article(one: Article) -> dict[str, Json]:
    return {
        "headline": one.headline,
        "publisher": one.publisher,
        "published": day_words(one.published),
        "byline": one.byline or "",
        "text": one.text,
    }


def _event(
    outcome: PlacedEvent | UnplacedEvent, articles: dict[str, Article], *, draft: bool
) -> dict[str, Json]:
    event = outcome.event
    sites = outcome.sites if isinstance(outcome, PlacedEvent) else ()
    # Two mentions may lead to one site.
    targets = {site.target.id: site.target for site in sites}
    return {
        "id": event.id,
        "title": event.title,
        "theme": event.kind.theme.value,
        "mode": event.mode.value,
        "modeWords": MODE_WORDS[event.mode],
        "meaning": MODE_MEANING[event.mode],
        "sort": f"{THEME_WORDS[event.kind.theme]}, {event.kind}",
        "draft": draft,
        "first": day_number(event.period.first),
        "last": day_number(event.period.last),
        "dateWords": event.date_words or "",
        "when": event.when,
        "dateReason": event.date_reason,
        "vague": not event.period.exact,
        "tellers": [
            _teller(one) for one in (event, *event.also) if one.evidence[0].article in articles
        ],
        "mentions": [
            f"\N{LEFT DOUBLE QUOTATION MARK}{one.name}\N{RIGHT DOUBLE QUOTATION MARK}, "
            f"{one.basis}: {ROLE_WORDS[one.role]}"
            for one in event.places
        ],
        "sites": [[one.names.en, site_words(one)] for one in targets.values()],
        "reason": "" if isinstance(outcome, PlacedEvent) else outcome.reason,
        "actors": ", ".join(f"{one.name} ({one.role})" for one in event.actors),
    }


def _teller(event: Event) -> dict[str, Json]:
    """Return how one article tells an event: its sentences, whose word it is, its figures."""
    article = event.evidence[0].article
    quoted = "\N{LEFT DOUBLE QUOTATION MARK}{}\N{RIGHT DOUBLE QUOTATION MARK}".format
    return {
        "article": article,
        "spans": [
            [one.start, one.stop]
            for one in sorted(event.evidence, key=lambda one: one.start)
            if one.article == article
        ],
        "says": [
            one.source
            + (f" ({quoted(one.cue)})" if one.cue else "")
            + (", for the figure" if one.scope is Scope.FIGURE else "")
            for one in event.attributions
        ],
        "when": event.when,
        "figures": [f"{_hedged(one)} ({quoted(one.words)})" for one in event.quantities],
    }


def _hedged(one: Quantity) -> str:
    return " ".join(filter(None, (one.hedge, f"{one.value:,}", one.unit)))


def site_words(target: Place | Layer) -> str:
    """Say how a site stands on the map."""
    if isinstance(target, Layer):
        return "shown beside it, for the whole of it"
    if target.shape is not None and target.shape.geom_type != "Point":
        return "shown beside it, for the whole area"
    if target.kind == RECORDED_POINT:
        return f"as recorded; the true place may lie {metres_words(target.radius_m)} from it"
    return f"shown at the place, which reaches about {metres_words(target.radius_m)} around"


def footprint_words(layers: Iterable[Layer]) -> dict[str, str]:
    """Return each footprint's label and days, by its id."""
    return {
        one.id: f"{one.label} ({one.period.words})" for layer in layers for one in layer.footprints
    }


def ties(
    event: Event, links: Iterable[Link], states: Mapping[str, str]
) -> Iterator[tuple[str, str, list[str]]]:
    """Yield each layer an event is tied to by its id, how, and as which of its states.

    Parameters
    ----------
    links : iterable of Link
        Those of other events are passed over.
    states : mapping of str to str
        As `footprint_words` has them.
    """
    mine = sorted(
        (link for link in links if link.event == event.id),
        key=lambda link: (link.layer, link.how, link.role, link.basis),
    )
    for _, group in groupby(mine, lambda one: (one.layer, one.how, one.role, one.basis)):
        tied = list(group)
        named = [states[one.footprint] for one in tied if one.footprint]
        if event.period.opens:
            named = []  # an open start meets every state there ever was, which says nothing
        yield tied[0].layer, _tie_words(event, tied), named


def _tie_words(event: Event, tied: list[Link]) -> str:
    """Say in words what ties an event to a layer; all links are of one sort."""
    link = tied[0]
    day = short_day(event.period.day)
    if link.how is How.NAMED:
        how = "named in the text" if link.basis is Basis.STATED else "follows from the context"
        return how + (", as its topic" if link.role is Role.TOPIC else "")
    if link.how is How.INSIDE:
        return f"inside it as of {day}"
    apart_m = min(one.distance_m for one in tied if one.distance_m is not None)
    return f"{metres_words(apart_m)} from it as of {day}"


def _layer(layer: Layer, world: World) -> dict[str, Json]:
    tied = {link.event for link in world.links if link.layer == layer.id} | {
        one.event.id for one in world.placed if any(site.target is layer for site in one.sites)
    }
    return {
        "names": {"en": layer.names.en, "ar": layer.names.ar, "he": layer.names.he},
        "about": layer.about,
        "method": LAYERS[layer.id].method.value if layer.id in LAYERS else None,
        "footprints": [_footprint(one) for one in layer.footprints],
        "events": [one.id for one in world.events if one.id in tied],
    }


def _footprint(one: Footprint) -> dict[str, Json]:
    drawn = one.shape is not None
    facts = {
        "State": one.status_words or one.status,
        "Days": one.period.words,
        "Length": one.measures.length_km and f"{one.measures.length_km:.2f} km",
        "Width": one.width_m and f"about {metres_words(one.width_m)}",
        "Area": one.measures.area_km2 and f"{one.measures.area_km2:.4g} km\u00b2 as drawn",
        "Published": one.published_value,
    }
    sure = f"{one.method}, ± {metres_words(one.accuracy_m)}" if drawn else "no outline drawn"
    return {
        "first": day_number(one.period.first),
        "last": day_number(one.period.last),
        "place": one.place,
        "name": one.names.en if one.names else "",
        "label": one.label,
        "starts": one.period.start_words,
        "method": one.method.value if drawn else None,
        "facts": [[name, str(words)] for name, words in facts.items() if words],
        "held": [
            {
                "first": day_number(held.period.first),
                "last": day_number(held.period.last),
                "who": held.holder,
                "words": f"{held.period.words}: {held.words}",
                "source": held.source.words,
            }
            for held in sorted(one.control, key=lambda held: (held.holder, held.period.order))
        ],
        "sure": sure,
        "source": one.source.words,
        "note": one.note or "",
    }


def _rows(world: World) -> list[Json]:
    """Return the words of each recorded event, in the order of the table."""
    table = world.table
    records = (table.words.record(row) for row in range(len(table)))
    return [
        {
            "id": one.id,
            "title": one.title,
            "theme": one.kind.theme.value,
            "mode": one.mode.value,
            "kind": one.kind.value,
            "days": [int(first), int(last)],
            "when": " to ".join(dict.fromkeys(map(_day, (int(first), int(last))))),
            "source": one.source,
            "publisher": one.publisher,
            "published": day_words(one.published),
            "quote": one.quote,
            "radius": metres_words(float(radius)),
        }
        for one, first, last, radius in zip(
            records, table.first, table.last, table.radius_m, strict=True
        )
    ]


def _day(number: int) -> str:
    """Return a day in words; an end that nobody knows is told as such."""
    day = numbered_day(number)
    return "not stated" if day in {day.min, day.max} else day_words(day)
