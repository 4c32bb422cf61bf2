"""The panel beside the map: an event's evidence, or a layer's facts on the day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from components.draw.evidence import (
    MODE_MEANING,
    ROLE_WORDS,
    footprint_words,
    site_words,
    ties,
)
from components.draw.record import metres_words
from components.draw.style import MODE_WORDS, THEME_WORDS, glyph, swatch
from components.model.layer import Layer
from components.model.period import short_day
from components.model.view import Camera
from components.model.world import PlacedEvent
from components.page import choices, reviewing
from components.page.controls import address, event_button, ground
from components.page.html import rendered
from components.page.served import near_rows
from components.pipeline import JOINED_KINDS, recorded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from components.model.article import Article
    from components.model.event import Event
    from components.model.place import Place
    from components.model.view import Scene
    from components.model.world import UnplacedEvent, World


def panel(seen: Scene, world: World) -> None:
    """Show what is open; the container stays when nothing is."""
    with st.container(key="panel", gap="small"):
        if seen.view.event:
            _event_panel(seen.view.event, seen, world)
        elif seen.view.layer:
            _layer_panel(
                next(layer for layer in world.layers if layer.id == seen.view.layer), seen, world
            )


def _event_panel(event_id: str, seen: Scene, world: World) -> None:
    record = recorded(world, event_id)
    if record:
        outcome: PlacedEvent | UnplacedEvent = record.placed
        article, links = record.article, record.links
    else:
        outcomes = (*world.outcomes, *world.drafts)
        outcome = next(one for one in outcomes if one.event.id == event_id)
        article = article_of(outcome.event, world)
        links = world.links
    event = outcome.event
    sites = outcome.sites if isinstance(outcome, PlacedEvent) else ()
    # Two mentions may lead to one site.
    targets = list({site.target.id: site.target for site in sites}.values())
    draft = choices.draft_of(world, event.id) is not None
    _bar(targets)
    if not record:
        st.button(
            "Review this draft" if draft else "Open in its article",
            key="review",
            icon=":material/article:",
            type="primary" if draft else "secondary",
            on_click=reviewing.go,
            args=(reviewing.Desk.ARTICLES, article.id, event.id),
        )
    others = [(one, article_of(one, world)) for one in event.also]
    layers = {layer.id: layer for layer in world.layers}
    st.html(
        rendered(
            "event.html",
            event=event,
            draft=draft,
            tellers=[(event, article), *others] if others else [],
            publishers=world.publishers(event) if event.also else (),
            glyph=address(glyph(event.kind.theme, event.mode, ground=ground(), size_px=22)),
            mode=MODE_WORDS[event.mode],
            meaning=MODE_MEANING[event.mode].replace("article", "record" if record else "article"),
            theme=THEME_WORDS[event.kind.theme],
            article=article,
            record=record is not None,
            roles=ROLE_WORDS,
            targets=targets,
            reason=None if isinstance(outcome, PlacedEvent) else outcome.reason,
            site_words=site_words,
            ties=[
                (layers[layer], words, states)
                for layer, words, states in ties(event, links, footprint_words(world.layers))
            ],
            others=[(other, list(marked(other, one))) for one, other in others],
            marked=list(marked(article, event)),
            outside=not event.period.meets(seen.window),
        )
    )


def article_of(event: Event, world: World) -> Article:
    """Return the article that tells an event."""
    return next(one for one in world.articles if one.id == event.evidence[0].article)


def _layer_panel(layer: Layer, seen: Scene, world: World) -> None:
    day = seen.window.last
    _bar([])
    clicked = st.session_state.open_place
    st.html(
        rendered(
            "layer.html",
            layer=layer,
            swatch=address(
                swatch(layer.id, ground=ground(), method=layer.method_on(day), size_px=20)
            ),
            day=day,
            short_day=short_day,
            footprints=sorted(layer.on(day), key=lambda one: one.place != clicked),
            clicked=clicked,
            metres_words=metres_words,
            next_change=min(
                (one.period for one in layer.footprints if one.period.first > day), default=None
            ),
        )
    )
    tied = {link.event for link in world.links if link.layer == layer.id} | {
        one.event.id for one in world.placed if any(site.target is layer for site in one.sites)
    }
    events = [event for event in world.events if event.id in tied]
    st.html(f'<h3 class="panel-heading">Events tied to it: {len(events)}</h3>')
    for event in events:
        event_button(event, world, None, room="tied")
    if len(world.table) and layer.kind in JOINED_KINDS:
        near = int(near_rows(world, layer, seen.window.last)[seen.recorded].sum())
        st.html(
            f'<p class="quiet">{near:,} recorded events of the window lie inside it or within 5 km'
            " of it as it was on this day.</p>"
        )


def _bar(targets: list[Place | Layer]) -> None:
    """Show the button that closes the panel, and one to look at each target."""
    with st.container(horizontal=True, key="panel_bar"):
        st.button("Close", key="close", icon=":material/close:", on_click=choices.close)
        for target in targets:
            camera = camera_on(target)
            if camera:
                st.button(
                    f"Show {target.names.en}",
                    key=f"look_{target.id}",
                    icon=":material/my_location:",
                    on_click=choices.look_at,
                    args=(camera,),
                )


def camera_on(target: Place | Layer) -> Camera | None:
    """Return a camera that looks at a place or a layer; None when it has no shape."""
    if isinstance(target, Layer):
        shapes = [one.shape for one in target.footprints if one.shape is not None]
        shape = shapes[-1] if shapes else None
    else:
        shape = target.shape
    if shape is None:
        return None
    west, south, east, north = shape.bounds
    widest = max(east - west, north - south)
    zoom = 12.0 if widest < 0.3 else 10.5 if widest < 1 else 7.0  # noqa: PLR2004  degrees
    return Camera(round((west + east) / 2, 5), round((south + north) / 2, 5), zoom)


def marked(article: Article, event: Event) -> Iterator[tuple[str, bool]]:
    """Yield the article's text in pieces, each with whether it is this event's evidence."""
    position = 0
    for evidence in sorted(event.evidence, key=lambda one: one.start):
        if evidence.article == article.id and evidence.start >= position:
            yield article.text[position : evidence.start], False
            yield article.text[evidence.start : evidence.stop], True
            position = evidence.stop
    yield article.text[position:], False
