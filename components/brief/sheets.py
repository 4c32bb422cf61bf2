"""What a scene of a briefing says of itself: one source of words for every way to show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from components.brief.briefings import (
    known_footprint,
    known_position,
    published_words,
    tellers,
)
from components.brief.parties import according_to
from components.brief.positions import sources_of
from components.model.briefing import Caption, Legend, Sheet, Standing
from components.model.event import Mode, Theme
from components.model.layer import Method
from components.model.period import day_words, short_day
from components.model.table import CATEGORIES
from components.model.view import Below

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from components.model.article import Article
    from components.model.briefing import KeptView
    from components.model.event import Event
    from components.model.layer import Footprint
    from components.model.position import Position
    from components.model.view import Scene, View
    from components.model.world import PlacedEvent, Recorded, UnplacedEvent, World

_CROSSINGS = "crossings"


def sheet_of(  # noqa: PLR0913 (a scene, its place among others, and what it misses)
    world: World,
    scene: Scene,
    kept: KeptView,
    *,
    number: int,
    count: int,
    missing: tuple[str, ...] = (),
    opened: Recorded | None = None,
) -> Sheet:
    """Return the words that go with a scene of a briefing.

    Parameters
    ----------
    scene : Scene
        What the kept view sees of the world.
    number, count : int
        Which of how many scenes it is, from 1.
    missing : tuple of str
        What the kept view names and the world does not hold.
    opened : Recorded or None
        The open event, when it is one of the event table.
    """
    first, last = scene.window.first, scene.window.last
    until = f"Events from {short_day(first)} to {short_day(last)}"
    if first == last:
        until = f"Events of {short_day(last)}"
    outcomes: list[PlacedEvent | UnplacedEvent] = [*scene.placed, *scene.unplaced]
    outcomes += [*scene.drafts, *scene.drafts_unplaced]
    articles = {article.id: article for article in world.articles}
    positions = _positions(world, scene)
    told = dict.fromkeys(
        [
            evidence.article
            for outcome in outcomes
            for one in tellers(outcome.event)
            for evidence in one.evidence
        ]
        + [one.article for position in positions for one in position.told]
    )
    drawn = [one for one in scene.footprints if one.shape is not None]
    return Sheet(
        number=number,
        count=count,
        title=kept.title,
        note=kept.note,
        seconds=kept.seconds,
        day=day_words(last),
        window="All events up to this day" if scene.view.cumulative else until,
        caption=tuple(_caption(world, scene, opened)),
        counts=tuple(_counts(scene)),
        legend=_legend(world, scene, drawn),
        schematic=_named(world, scene, [one for one in drawn if one.method is Method.SCHEMATIC]),
        sources=tuple(
            f"{published_words(articles[one])}: {articles[one].headline}"
            for one in told
            if one in articles
        ),
        shapes=tuple(dict.fromkeys(one.source.words for one in drawn)),
        missing=missing,
        standings=(*_wants(world, positions), *_holders(world, scene)),
        compared=_compared(scene.view),
    )


def _compared(view: View) -> str:
    if view.below is not Below.COMPARE:
        return ""
    return f"In the app the scene is compared with {short_day(view.then)}, which is not shown here."


def _positions(world: World, scene: Scene) -> list[Position]:
    """Return the positions that the scene tells: not those on a layer that is turned off."""
    told = scene.positions if scene.view.positions else ()
    stand = {layer.id for layer in world.layers if layer.on(scene.window.last)}
    off = stand - scene.view.layers
    return [one for one in told if one.latest.ground.layer not in off]


def _wants(world: World, positions: Iterable[Position]) -> Iterator[Standing]:
    """Yield who wants, claims or does what, with the sentences that state it."""
    for position in positions:
        one, known = position.latest, known_position(position)
        told = ((world.event(each.event), each.article) for each in position.told)
        quotes = (
            " ".join(evidence.quote.split())
            for event, article in told
            for teller in (tellers(event) if event else ())
            for evidence in teller.evidence
            if evidence.article == article
        )
        yield Standing(
            ground=known.ground,
            words=f"{known.party} {known.says}",
            how=known.how,
            source=known.source,
            who=according_to(one.sources, known.party),
            quotes=tuple(dict.fromkeys(quotes)),
        )


def _holders(world: World, scene: Scene) -> Iterator[Standing]:
    """Yield who holds what is drawn, each once a ground."""
    if not scene.view.positions:
        return
    layers = {layer.id: layer for layer in world.layers}
    day = scene.window.last
    yield from dict.fromkeys(
        Standing(known.name, f"Held by {one.name}", one.words, one.source.words, held=True)
        for footprint in scene.footprints
        for known in [known_footprint(footprint, layers[footprint.layer], day, hindsight=True)]
        for one in known.holders
    )


def _caption(world: World, scene: Scene, opened: Recorded | None) -> Iterator[Caption]:
    """Yield what is said of the open event or layer."""
    view = scene.view
    if opened:
        yield from _quoted(opened.placed.event, opened.article)
    elif view.event:
        articles = {article.id: article for article in world.articles}
        drafts = (one.event for one in world.drafts if one.event.id == view.event)
        event = world.event(view.event) or next(drafts)
        for one in (event, *event.also):
            yield from _quoted(one, articles[one.evidence[0].article])
    elif view.layer:
        layer = next(one for one in world.layers if one.id == view.layer)
        day = scene.window.last
        for footprint in layer.on(day):
            known = known_footprint(footprint, layer, day, hindsight=True)
            since = "" if known.since is None else f"since {known.since}"
            how = "; ".join(filter(None, (f"{footprint.method} shape", since)))
            words = footprint.status_words or footprint.label
            named = f"{known.name}: {words}" if footprint.place else words
            yield Caption(words=named, quoted=False, how=how, source=footprint.source.words)


def _quoted(event: Event, article: Article) -> Iterator[Caption]:
    """Yield each sentence of an article that states an event."""
    how = "; ".join(filter(None, (event.mode, according_to(sources_of(event), ""), event.when)))
    for one in event.evidence:
        words = " ".join(one.quote.split())
        yield Caption(words=words, quoted=True, how=how, source=published_words(article))


def _counts(scene: Scene) -> Iterator[str]:
    """Yield what is counted, as the map says it."""
    recorded = len(scene.recorded)
    for number, words in (
        (len(scene.placed) + recorded, "placed"),
        (len(scene.unplaced), "not placed"),
        (len(scene.hidden) + scene.recorded_hidden, "turned off"),
        (len(scene.outside) + scene.recorded_outside, "outside the window"),
        (scene.rejected, "left out, since their record is broken"),
    ):
        if number:
            yield f"{number:,} {words}"
    if scene.view.drafts and (drafts := len(scene.drafts) + len(scene.drafts_unplaced)):
        yield f"{drafts:,} {'draft' if drafts == 1 else 'drafts'}"


def _legend(world: World, scene: Scene, drawn: list[Footprint]) -> Legend:
    likely = [
        one.event for one in (*scene.unplaced, *scene.drafts_unplaced) if one.likely is not None
    ]
    events = [*(one.event for one in (*scene.placed, *scene.drafts)), *likely]
    table, rows = world.table, scene.recorded
    marks = {(one.kind.theme, one.mode) for one in events}
    marks |= {CATEGORIES[number] for number in np.unique(table.category[rows])}
    vague = any(not one.period.exact for one in events)
    vague |= bool(np.any(table.first[rows] != table.last[rows]))
    language = scene.view.language
    layers = {layer.id: layer for layer in world.layers}
    methods = {one.layer: one.method for one in drawn}
    return Legend(
        layers=tuple(
            (name, layers[name].names.in_language(language), methods[name])
            for name in layers
            if name in methods
        ),
        crossings=tuple(
            dict.fromkeys(one.status or "unknown" for one in drawn if one.layer == _CROSSINGS)
        ),
        marks=tuple((theme, mode) for theme in Theme for mode in Mode if (theme, mode) in marks),
        pale=bool(likely) or vague,
    )


def _named(world: World, scene: Scene, footprints: list[Footprint]) -> tuple[str, ...]:
    """Return the names of the layers that footprints are of, each once."""
    ids = {one.layer for one in footprints}
    language = scene.view.language
    return tuple(one.names.in_language(language) for one in world.layers if one.id in ids)
