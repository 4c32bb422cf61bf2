"""What the visitor chose: the one place that reads and writes Streamlit's session state."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import streamlit as st

from components.model.event import Theme
from components.model.link import PLACES, camera_of, opening_view, query_of, view_of
from components.model.period import Period
from components.model.place import Language
from components.model.view import Below, Camera, View
from components.page import reviewing

if TYPE_CHECKING:
    from components.model.event import Event
    from components.model.world import World

MAP = "map"
TIMELINE = "timeline"
CORRIDORS, PARTIES = "By corridor", "By party"
EARLIER_MAP = "earlier_map"


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
    view, notices = view_of(st.query_params.to_dict(), world)
    st.session_state.update(
        {
            # Stands for the world: the session must not keep an old one with a million rows.
            "known_record_span": world.record_span,
            "listed_from": 0,
            "follows": False,
            "shown_on": view.window.last,
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
            "picked": [],
            "open_event": None,
            "open_layer": view.layer,
            "open_place": None,
            "camera": view.camera,
            "camera_move": 1 if view.camera else 0,
            "clicks": 0,
            "notices": notices,
        }
        | {layer_key(layer): layer in view.layers for layer in layers}
        | {theme_key(theme): theme in view.themes for theme in Theme}
    )
    if view.event:
        open_event(world, view.event)


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
    query = query_of(chosen(world), opening_view(world)) | reviewing.query()
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
        or state.get("room") == "Events"
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
