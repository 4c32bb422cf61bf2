"""What the visitor chose: the one place that reads and writes Streamlit's session state."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import streamlit as st

from components.model.event import Theme
from components.model.link import (
    PLACES,
    camera_of,
    kept_view_of,
    opening_view,
    query_of,
    view_of,
    words_of,
)
from components.model.period import Period
from components.model.place import Language
from components.model.view import Below, Camera, View
from components.page import reviewing, served
from components.page.presenting import chosen_briefing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from components.model.briefing import Briefing, KeptView
    from components.model.event import Event
    from components.model.world import World

MAP = "map"
SCENES = "Scenes"
TIMELINE = "timeline"
CORRIDORS, PARTIES = "By corridor", "By party"
EARLIER_MAP = "earlier_map"
_SHOWN = 60
# A map rests on whole pixels: where it looks comes back a little off.
_SAME_DEG, _SAME_ZOOM = 2e-4, 0.02


@dataclass(frozen=True)
class Asked:
    """What a URL asks for.

    Attributes
    ----------
    briefing : Briefing or None
        None: it names none that there is.
    scene : KeptView or None
        The one that is to be open.
    moves : bool
        Whether the days move to the open event. Those of a scene stay as they were kept.
    """

    view: View
    briefing: Briefing | None
    scene: KeptView | None
    moves: bool


def asked_by(
    query: Mapping[str, str], world: World, briefings: Iterable[Briefing]
) -> tuple[Asked, tuple[str, ...]]:
    """Return what a query asks for, and a notice for each part that made no sense.

    What the query says of the view beside a scene goes before what the scene says of it. What a
    scene names and is gone is no fault of the query: the scene itself tells it.
    """
    known = {one.id: one for one in briefings}
    notices: list[str] = []
    asked, named = query.get("briefing"), query.get("scene")
    briefing = None if asked is None else known.get(asked)
    if asked is not None and briefing is None:
        notices.append(f"briefing={asked[:_SHOWN]}: no briefing has this id")
    kept = briefing.scene(named) if briefing else None
    if named is not None and kept is None:
        why = "no scene of the briefing has this id" if briefing else "its briefing is not named"
        notices.append(f"scene={named[:_SHOWN]}: {why}")
    of_view = {name: text for name, text in query.items() if name not in {"briefing", "scene"}}
    view, told = view_of(of_view, world)
    if kept:
        words = words_of(kept_view_of(kept.view, world)[0])
        if {"event", "layer"} & {*of_view}:  # one thing is open: the query's, not the scene's
            words = {name: text for name, text in words.items() if name not in {"event", "layer"}}
        view, _ = view_of(words | of_view, world)
    return Asked(view, briefing, kept, moves=not kept or "event" in of_view), (*notices, *told)


def query_with(
    view: View, world: World, briefing: Briefing | None, scene: KeptView | None
) -> dict[str, str]:
    """Return the query of a view, of a chosen briefing and its open scene.

    A scene stands for its whole view, as long as that is the view.
    """
    named = {"briefing": briefing.id} if briefing else {}
    if briefing and scene and is_as_kept(view, scene, world):
        return named | {"scene": scene.id}
    return query_of(view, opening_view(world)) | named


def is_as_kept(view: View, scene: KeptView, world: World) -> bool:
    """Return whether a view is the one that a scene keeps, but for a pixel of where it looks."""
    kept, _ = kept_view_of(scene.view, world)
    here, there = view.camera, kept.camera
    near = (
        here == there
        if here is None or there is None
        else max(abs(here.lon_deg - there.lon_deg), abs(here.lat_deg - there.lat_deg)) <= _SAME_DEG
        and abs(here.zoom - there.zoom) <= _SAME_ZOOM
    )
    return near and replace(view, camera=None) == replace(kept, camera=None)


def layer_key(layer: str) -> str:
    """Return the widget key of a layer's toggle."""
    return f"layer_{layer}"


def theme_key(theme: Theme) -> str:
    """Return the widget key of a theme's toggle."""
    return f"theme_{theme}"


def start(world: World) -> None:
    """Fill the session from the URL, once; fit it to a world that was read again."""
    reviewing.start()
    layers = opening_view(world).layers
    if "days" in st.session_state:
        if not knows(world):
            st.session_state.known_record_span = world.record_span
            clip_days(world)
            # What was merged meanwhile is known under another id.
            found = event_of(world, st.session_state.open_event)
            st.session_state.open_event = found.id if found else None
            if st.session_state.open_layer not in layers:
                st.session_state.open_layer = None
            for layer in layers:
                st.session_state.setdefault(layer_key(layer), True)
        st.session_state.shown_on = st.session_state.days[1]
        return
    asked, notices = asked_by(st.query_params.to_dict(), world, served.briefings()[0])
    view = asked.view
    st.session_state.update(
        {
            # Stands for the world: the session must not keep an old one with a million rows.
            "known_record_span": world.record_span,
            "listed_from": 0,
            "follows": False,
            "shown_on": view.window.last,
            "picked": [],
            "camera_move": 0,
            "clicks": 0,
            "notices": notices,
            "briefing": asked.briefing.id if asked.briefing else None,
            "scene": asked.scene.id if asked.scene else None,
            "present_move": 0,
            "present_scene": 0,
        }
    )
    if asked.briefing:
        st.session_state.room = SCENES
    apply(view, world)
    if view.camera is None:  # the map opens there by itself
        st.session_state.camera_move = 0
    if view.event and asked.moves:
        open_event(world, view.event)


def apply(view: View, world: World) -> None:
    """Take over a whole view, as it is."""
    st.session_state.update(
        {
            "days": (view.window.first, view.window.last),
            "span": "Cumulative" if view.cumulative else "Window",
            "whole_record": view.window.first < world.events_span.first,
            "language": view.language,
            "tiles": view.tiles,
            "drafts": view.drafts,
            "positions": view.positions,
            "hindsight": view.hindsight,
            "below": view.below or None,
            "compare": view.compare,
            "rows": PARTIES if view.by_party else CORRIDORS,
            "open_event": view.event,
            "open_layer": view.layer,
            "open_place": None,
            "camera": view.camera,
            "camera_move": st.session_state.camera_move + 1,
        }
        | {layer_key(layer): layer in view.layers for layer in opening_view(world).layers}
        | {theme_key(theme): theme in view.themes for theme in Theme}
    )


def briefing() -> Briefing | None:
    """Return the briefing that is chosen, as it is on disk now; None when there is none."""
    return chosen_briefing(served.briefings()[0])


def scene_of(of: Briefing | None) -> KeptView | None:
    """Return the scene that is open; None when none is, or it is gone."""
    return of.scene(st.session_state.scene) if of else None


def choose_briefing(briefing_id: str, scene_id: str | None = None) -> None:
    """Choose a briefing, and mark one of its scenes as open; the view stays."""
    st.session_state.briefing, st.session_state.scene = briefing_id, scene_id


def open_scene(of: Briefing, scene: KeptView, world: World) -> None:
    """Open a scene with its whole view."""
    choose_briefing(of.id, scene.id)
    apply(kept_view_of(scene.view, world)[0], world)


def present(first: int) -> None:
    """Tell the map to present the chosen briefing from a scene on; the first one is 0."""
    st.session_state.present_scene = first
    st.session_state.present_move += 1


def chosen(world: World) -> View:
    """Return the session's choices as a view."""
    state = st.session_state
    return View(
        window=Period.of(*state.days),
        cumulative=state.span == "Cumulative",
        layers=frozenset(layer for layer in opening_view(world).layers if state[layer_key(layer)]),
        themes=frozenset(theme for theme in Theme if state[theme_key(theme)]),
        event=state.open_event,
        layer=state.open_layer,
        language=Language(state.language),
        camera=state.camera,
        tiles=state.tiles,
        drafts=state.drafts,
        positions=state.positions,
        hindsight=state.hindsight,
        below=Below(state.below or Below.NOTHING),
        compare=state.compare,
        by_party=state.rows == PARTIES,
    )


def keep_in_url(world: World) -> None:
    """Write the session's choices into the URL when they changed."""
    of = briefing() if st.session_state.briefing else None
    query = query_with(chosen(world), world, of, scene_of(of)) | reviewing.query()
    if query != st.query_params.to_dict():
        st.query_params.from_dict(query)
    reviewing.keep_in_url()


def span_of_slider(world: World) -> Period:
    """Return the days of the slider: the war's, or the whole record's when asked for."""
    record = world.record_span
    if st.session_state.whole_record:
        return record
    return Period.of(world.events_span.first, record.last)


def clip_days(world: World) -> None:
    """Keep the window inside the slider after its span changed; a day outside moves to its end."""
    span = span_of_slider(world)
    first, last = (min(max(day, span.first), span.last) for day in st.session_state.days)
    st.session_state.days = (first, last)


def type_days(hand: int) -> None:
    """Take over the day typed for one hand of the slider; a reversed pair is turned round."""
    days = [*st.session_state.days]
    days[hand] = (st.session_state.typed_first, st.session_state.typed_last)[hand]
    st.session_state.days = tuple(sorted(days))


def typed_days() -> None:
    """Show the window in the typed days."""
    st.session_state.typed_first, st.session_state.typed_last = st.session_state.days


def event_of(world: World, event_id: str | None) -> Event | None:
    """Return the event, the draft or the row of the table that has this id; None when none has."""
    if event_id is None:
        return None
    found = world.event(event_id) or draft_of(world, event_id)
    if found:
        return found
    row = world.table.words.row_of(event_id)
    return None if row is None else world.table.opened(row)[0].event


def draft_of(world: World, event_id: str | None) -> Event | None:
    """Return the open draft that has this id; None when none has."""
    return next((one.event for one in world.drafts if one.event.id == event_id), None)


def knows(world: World) -> bool:
    """Return whether the session has been fitted to this world."""
    return st.session_state.known_record_span is world.record_span


def listed_from(count: int, page: int) -> int:
    """Return how many of `count` recorded events the list leaves out before it begins."""
    skip: int = st.session_state.listed_from
    return min(skip, max(count - 1, 0) // page * page)


def turn_list(skip: int) -> None:
    """Begin the list of recorded events after `skip` of them."""
    st.session_state.listed_from = max(skip, 0)


def move_days() -> None:
    """Show everything anew when it has to follow the slider.

    The step may have been made before the browser knew so, and then asks for less.
    """
    if others_follow():
        st.rerun()


def others_follow() -> bool:
    """Return whether more than the slider's own words has to be shown anew after each step.

    That is so when an open list, event, layer or drawer tells of the days, and when the map
    does not follow the slider by itself.
    """
    state = st.session_state
    return bool(
        not state.follows
        or state.open_event
        or state.open_layer
        or state.below
        or state.get("room") in {"Events", SCENES}
    )


def sample_is_old(world: World) -> bool:
    """Return whether a layer's sample has to look otherwise on the new day."""
    days = (st.session_state.shown_on, st.session_state.days[1])
    return any(len({layer.method_on(day) for day in days}) > 1 for layer in world.layers)


def open_event(world: World, event_id: str) -> None:
    """Open an event; the window moves to it and its theme is turned on when it must."""
    event = event_of(world, event_id)
    if event is None:
        return
    window = Period.of(*st.session_state.days)
    seen_from = world.record_span.first if st.session_state.span == "Cumulative" else window.first
    if st.session_state.below == Below.COMPARE:  # what is on the earlier map, or in between
        seen_from = min(seen_from, window.ending_on(chosen(world).then).first)
    if not event.period.meets(Period.of(min(seen_from, window.last), window.last)):
        moved = window.ending_on(event.period.day).within(span_of_slider(world))
        if moved:
            st.session_state.days = (moved.first, moved.last)
    st.session_state[theme_key(event.kind.theme)] = True
    if draft_of(world, event.id):
        st.session_state.drafts = True
    st.session_state.open_event, st.session_state.open_layer = event.id, None


def open_layer(layer: str, place: str | None = None) -> None:
    """Open a layer's facts, those of one of its places first."""
    st.session_state.open_event, st.session_state.open_layer = None, layer
    st.session_state.open_place = place


def close() -> None:
    """Close the panel."""
    st.session_state.open_event = st.session_state.open_layer = None


def type_then() -> None:
    """Take over the earlier day that was typed."""
    st.session_state.compare = st.session_state.typed_then


def typed_then(view: View) -> None:
    """Show the earlier day in the typed one."""
    st.session_state.typed_then = view.then


def forget_then() -> None:
    """Compare with the window's first day again."""
    st.session_state.compare = None


def turn_below() -> None:
    """Put positions on the map when their table is asked for."""
    if st.session_state.below is Below.POSITIONS:
        st.session_state.positions = True


@dataclass
class Outcome:
    """What became of the last mark as briefed.

    A callback is handed it and writes into it. Each look into the session's state lets a run that
    waits cut a callback short, and what it was about to say would be lost.

    Attributes
    ----------
    html : str
        For the page to show, for as long as it shows `day`.
    undone : bool
        Whether a mark was taken back by the last click; the page asks once.
    """

    html: str = ""
    day: date | None = None
    undone: bool = False

    def tell(self, html: str, day: date, *, undone: bool = False) -> None:
        """Say what became of a mark."""
        self.html, self.day, self.undone = html, day, undone

    def told(self, day: date) -> str:
        """Return what is to be shown on a day; empty when nothing is."""
        return self.html if self.day == day else ""

    def just_undone(self) -> bool:
        """Return, once, whether a mark was taken back by the last click."""
        undone, self.undone = self.undone, False
        return undone


def outcome() -> Outcome:
    """Return what became of the session's last mark."""
    found: Outcome = st.session_state.setdefault("briefed_outcome", Outcome())
    return found


def dismiss_notices() -> None:
    """Take the notices away."""
    st.session_state.notices = ()


def at_the_end(world: World, step: int) -> bool:
    """Return whether the open event is the last one that way."""
    ends = world.events[-1 if step > 0 else 0 :][:1]
    return not world.events or st.session_state.open_event == ends[0].id


def step_events(world: World, step: int) -> None:
    """Open the event of an article that is `step` after the open one.

    With none open, forward begins at the window's first event, back at its last.
    """
    order = world.events
    opened = [i for i, event in enumerate(order) if event.id == st.session_state.open_event]
    if opened:
        position = opened[0] + step
        found = order[position : position + 1] if position >= 0 else ()
    else:
        window = Period.of(*st.session_state.days)
        seen = [event for event in order if event.period.meets(window)]
        found = tuple(seen[:1] if step > 0 else seen[-1:])
    for event in found:
        open_event(world, event.id)


def look_at(camera: Camera) -> None:
    """Move the map's camera."""
    st.session_state.camera = camera
    st.session_state.camera_move += 1


def hear_map(world: World, events: str | None) -> None:
    """Take over what the map reported: a click, and where it looks.

    Parameters
    ----------
    events : str or None
        Address of the event table; a row of another one means nothing here.
    """
    report: dict[str, Any] = st.session_state.get(MAP) or {}
    st.session_state.follows = bool(report.get("follows"))
    if report.get("camera"):
        with suppress(ValueError):  # a very large window can look beyond what a link may ask for
            st.session_state.camera = camera_of(*report["camera"])
    _open_clicked(report, world, events)


def hear_earlier_map(world: World, events: str | None) -> None:
    """Take over a click on the map of the earlier day; it looks where the other one looks."""
    _open_clicked(st.session_state.get(EARLIER_MAP) or {}, world, events)


def _open_clicked(report: dict[str, Any], world: World, events: str | None) -> None:
    """Open what was clicked, once."""
    if report.get("serial", 0) <= st.session_state.clicks:
        return
    st.session_state.clicks = report["serial"]
    asked = report.get("open") or {}
    row = asked.get("row")
    if isinstance(row, int) and (asked.get("of") != events or not 0 <= row < len(world.table)):
        return
    if isinstance(row, int):
        open_event(world, world.table.words.ids([row])[0])
    elif isinstance(asked.get("event"), str):
        open_event(world, asked["event"])
    elif asked.get("layer") in opening_view(world).layers - {PLACES}:
        open_layer(asked["layer"], asked.get("place"))


def hear_timeline(world: World, selection: str) -> None:
    """Open what was clicked in the timeline.

    Each click adds one thing to what is picked there, or takes it away again.

    Parameters
    ----------
    selection : str
        The chart's name for what is picked.
    """
    before, now = st.session_state.picked, keep_picked(selection)
    new = [one for one in now if one not in before]
    gone = [one for one in before if one not in now]
    if not new and len(gone) != 1:
        return
    event, layer, place = (new or gone)[-1]
    if isinstance(event, str):
        open_event(world, event)
    elif layer in opening_view(world).layers - {PLACES}:
        open_layer(layer, place)


def keep_picked(selection: str) -> list[tuple[Any, Any, Any]]:
    """Note and return what is picked in the timeline: event, layer and place of each."""
    picked = [
        (one.get("event"), one.get("layer"), one.get("place"))
        for one in st.session_state[TIMELINE].selection[selection]
    ]
    st.session_state.picked = picked
    return picked
