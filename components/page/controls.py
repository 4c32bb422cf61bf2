"""The slim column: days, layers, events, and what is known about the record."""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from typing import TYPE_CHECKING

import streamlit as st

from components.draw.density import density_strip
from components.draw.style import (
    BASE,
    CROSSINGS,
    MODE_WORDS,
    PALE_WORDS,
    THEME_WORDS,
    Ground,
    crossing,
    glyph,
    swatch,
)
from components.model.event import Mode, Theme
from components.model.link import PLACES
from components.model.place import Language
from components.model.view import Below
from components.page import choices, reviewing
from components.page.html import label_of, rendered
from components.page.scenes import scenes
from components.page.served import known

if TYPE_CHECKING:
    from components.model.event import Event
    from components.model.view import Scene
    from components.model.world import World

_LISTED = 50
_BELOW = {
    Below.POSITIONS: "Positions",
    Below.COMPARE: "Compare",
    Below.SINCE: "Briefed",
    Below.TIMELINE: "Timeline",
}
_LANGUAGES = {Language.ENGLISH: "English", Language.ARABIC: "العربية", Language.HEBREW: "עברית"}


def ground() -> Ground:
    """Return whether the visitor's theme is light or dark."""
    return Ground.DARK if st.context.theme.type == "dark" else Ground.LIGHT


def controls(seen: Scene, world: World) -> None:
    """Show the column."""
    with st.sidebar:
        st.html('<h1 class="title">Corridors</h1>')
        st.button(
            f"Articles{f', {len(world.drafts)} to review' if world.drafts else ''}",
            key="to_articles",
            icon=":material/article:",
            width="stretch",
            help="Add articles, and review what was read in them",
            on_click=reviewing.go,
            args=(reviewing.Desk.ARTICLES,),
        )
        _notices(seen, world)
        _days(world)
        _below()
        layers, events, kept, about = st.tabs(
            ["Layers", "Events", choices.SCENES, "About"], key="room", on_change="rerun"
        )
        with layers:
            _layers(seen, world)
        with events:
            # It is long, and it changes with every step of the slider.
            if events.open:
                _events(seen, world)
        with kept:
            if kept.open:
                scenes(seen, world)
        with about:
            st.html(rendered("about.html", world=world, tables=world.table.files))


def _notices(seen: Scene, world: World) -> None:
    """Tell what of the URL made no sense, and what was left out."""
    if st.session_state.notices:
        st.html(rendered("notices.html", notices=st.session_state.notices))
        st.button("Dismiss", on_click=choices.dismiss_notices, type="tertiary", key="dismiss")
    if world.faults:
        st.html(rendered("rejected.html", faults=len(world.faults), rejected=seen.rejected))


def _days(world: World) -> None:
    """Show the density strip, the slider, and the ways to step."""
    span = choices.span_of_slider(world)
    strip, words = density_strip(world.events, span, world.table.per_day(span).tolist())
    st.html(rendered("density.html", picture=address(strip), words=words))
    if choices.others_follow():
        # A run of a fragment that has waited for the end of a whole run drops what of the
        # fragment was not sent yet. The browser would take the slider away, with the focus, and
        # put it back at the whole span. A whole run after each step just stops the one before.
        with st.container():  # as the fragment has one: the browser keeps the slider
            _slider(world)
    else:
        _window()
    with st.container(horizontal=True, gap="xsmall", key="steps", wrap=False):
        _step("Previous", ":material/skip_previous:", -1, world)
        _step("Next", ":material/skip_next:", 1, world)
    with st.container(horizontal=True, gap="xsmall", key="span_row", wrap=False):
        st.segmented_control(
            "Events shown",
            ["Window", "Cumulative"],
            key="span",
            persist_state="session",
            required=True,
            label_visibility="collapsed",
        )
        typed = st.popover(
            "Dates", key="typed", help="Type the days", width="stretch", on_change="rerun"
        )
        if typed.open:
            with typed:
                _typed_days(world)


def _below() -> None:
    """Ask what stands below the map; a second click on it takes it away."""
    st.segmented_control(
        "Below the map",
        [*_BELOW],
        format_func=lambda what: _BELOW[what],
        key="below",
        persist_state="session",
        width="stretch",
        label_visibility="collapsed",
        on_change=choices.turn_below,
    )
    if st.session_state.below or st.session_state.positions:
        st.toggle(
            "With hindsight",
            key="hindsight",
            persist_state="session",
            help="Off: positions rest on what had been published by the last day of the window. "
            "On: on later articles too.",
        )


@st.fragment
def _window() -> None:
    """Show the slider: with the URL, all that one step of it has to send.

    The map follows it by itself, and says the day and the counts.
    """
    world = known().world
    if not choices.knows(world):
        st.rerun()
    _slider(world)
    if choices.sample_is_old(world):
        st.rerun()


def _slider(world: World) -> None:
    span = choices.span_of_slider(world)
    st.slider(
        "Window of days",
        span.first,
        span.last,
        key="days",
        persist_state="session",
        format="D MMM YYYY",
        label_visibility="collapsed",
        on_change=choices.move_days,
    )
    choices.keep_in_url(world)


def _step(label: str, icon: str, step: int, world: World) -> None:
    st.button(
        f"{label} event",
        key=f"{label.lower()}_event",
        icon=icon,
        width="stretch",
        disabled=choices.at_the_end(world, step),
        on_click=choices.step_events,
        args=(world, step),
    )


def _typed_days(world: World) -> None:
    span = choices.span_of_slider(world)
    choices.typed_days()
    for hand, (label, key) in enumerate((("First day", "typed_first"), ("Last day", "typed_last"))):
        st.date_input(
            label,
            key=key,
            min_value=span.first,
            max_value=span.last,
            format="YYYY-MM-DD",
            required=True,
            on_change=choices.type_days,
            args=(hand,),
        )
    st.toggle(
        f"Slider from {world.record_span.first.year}",
        key="whole_record",
        persist_state="session",
        help="The corridors have a record from before the first event.",
        on_change=choices.clip_days,
        args=(world,),
    )


def _layers(seen: Scene, world: World) -> None:
    """Show the toggles, which are the legend too."""
    on = ground()
    layers = {layer.id: layer.names.en for layer in world.layers} | {PLACES: "Place names"}
    drawn = {layer.id: layer.method_on(seen.window.last) for layer in world.layers}
    pictures = {
        choices.layer_key(layer): swatch(layer, ground=on, method=drawn.get(layer))
        for layer in layers
    } | {choices.theme_key(theme): glyph(theme, Mode.HAPPENED, ground=on) for theme in Theme}
    # A picture in a toggle's label would be read out as its name, so the style sheet adds it.
    st.html(
        rendered("pictures.html", pictures={key: address(svg) for key, svg in pictures.items()})
    )
    for layer, words in layers.items():
        st.toggle(words, key=choices.layer_key(layer), persist_state="session")
    st.html(
        rendered(
            "legend.html",
            modes=_mode_glyphs(),
            crossings=_crossing_marks(),
            pale=PALE_WORDS,
            recorded=len(world.table),
        )
    )
    for theme, words in THEME_WORDS.items():
        st.toggle(words, key=choices.theme_key(theme), persist_state="session")
    st.toggle(
        "Who holds, who wants what",
        key="positions",
        persist_state="session",
        help="Positions beside the corridors on the map",
    )
    st.toggle(
        f"Show drafts ({len(world.drafts)})",
        key="drafts",
        persist_state="session",
        help="Events that the reader found and nobody has accepted yet",
    )
    st.segmented_control(
        "Names in",
        [*_LANGUAGES],
        format_func=lambda language: _LANGUAGES[language],
        key="language",
        persist_state="session",
        required=True,
        width="stretch",
    )
    st.toggle(
        "Online map tiles",
        key="tiles",
        persist_state="session",
        help="Off at start. Needs the network; the offline map stays underneath.",
    )


def _mode_glyphs() -> list[tuple[str, str]]:
    return [
        (address(glyph(Theme.DIPLOMACY, mode, ground=ground())), words)
        for mode, words in MODE_WORDS.items()
    ]


def _pictured(svg: str, words: str) -> str:
    """Return a widget label with a picture before the words."""
    return f"![]({address(svg)}) {words}"


def _crossing_marks() -> list[tuple[str, str]]:
    return [(address(crossing(status, ground=ground())), status) for status in CROSSINGS]


def address(svg: str) -> str:
    """Return a picture as an address; Streamlit takes SVG elements out of HTML."""
    inked = svg.replace("<svg ", f'<svg color="{BASE["ink"].on(ground())}" ', 1)
    return f"data:image/svg+xml;base64,{b64encode(inked.encode()).decode()}"


def _events(seen: Scene, world: World) -> None:
    """List the events: shown, without a place, hidden, outside the window."""
    reasons = {one.event.id: one.reason for one in seen.unplaced}
    shown = {one.event.id for one in seen.placed} | set(reasons)
    if world.drafts:
        _drafts(seen, world)
    st.html(f'<p class="quiet">{len(shown)} of {len(world.events)} events, in order of time</p>')
    for event in world.events:
        if event.id in shown:
            event_button(event, world, reasons.get(event.id))
    if len(world.table):
        _recorded(seen, world)
    for title, events in (
        ("Turned off", seen.hidden),
        ("Outside the window", seen.outside),
    ):
        if events:
            st.html(f'<p class="quiet">{title}: {len(events)}</p>')
            for event in events:
                event_button(event, world, None)


def _drafts(seen: Scene, world: World) -> None:
    """Count the drafts of each article, and list those of the window when they are shown."""
    of_article = Counter(one.event.evidence[0].article for one in world.drafts)
    lines = [
        (article.headline, of_article[article.id])
        for article in world.articles
        if article.id in of_article
    ]
    st.html(rendered("drafts.html", lines=lines, count=len(world.drafts), shown=seen.view.drafts))
    for one in seen.drafts:
        event_button(one.event, world, None, draft=True)
    for unplaced in seen.drafts_unplaced:
        event_button(unplaced.event, world, unplaced.reason, draft=True)
    if seen.view.drafts and (seen.drafts_hidden or seen.drafts_outside):
        st.html(
            f'<p class="quiet">Drafts turned off: {seen.drafts_hidden}, outside the window: '
            f"{seen.drafts_outside}</p>"
        )


def _recorded(seen: Scene, world: World) -> None:
    """List the latest of the recorded events; there may be a million."""
    count, whole = len(seen.recorded), len(world.table)
    left = "".join(
        f", {number:,} {words}"
        for number, words in (
            (seen.recorded_hidden, "turned off"),
            (seen.recorded_outside, "outside the window"),
        )
        if number
    )
    st.html(f'<p class="quiet">{count:,} of {whole:,} recorded events{left}</p>')
    skip = choices.listed_from(count, _LISTED)
    for row in world.table.latest(seen.recorded, _LISTED, skip):
        event_button(world.table.opened(row)[0].event, world, None)
    if count > _LISTED:
        st.html(
            f'<p class="quiet">{skip + 1:,} to {min(skip + _LISTED, count):,}, latest first</p>'
        )
        with st.container(horizontal=True, gap="xsmall", key="pages", wrap=False):
            for words, step, at_end in (
                ("Later", -_LISTED, skip == 0),
                ("Earlier", _LISTED, skip + _LISTED >= count),
            ):
                st.button(
                    f"{words} {_LISTED}",
                    key=f"list_{words}",
                    width="stretch",
                    disabled=at_end,
                    on_click=choices.turn_list,
                    args=(skip + step,),
                )


def event_button(
    event: Event, world: World, reason: str | None, room: str = "list", *, draft: bool = False
) -> None:
    """Show an event as a button that opens it; `reason` says why it has no place."""
    picture = glyph(event.kind.theme, event.mode, ground=ground(), vague=not event.period.exact)
    label = (
        f"{_pictured(picture, label_of(event.title))}  \n"
        f":small[{'**Draft** · ' if draft else ''}{label_of(event.when)} · "
        f"{MODE_WORDS[event.mode]}]"
    )
    if reason:
        label += f"  \n:small[Not on the map. {label_of(reason)}]"
    st.button(
        label,
        key=f"{room}_{event.id}",
        type="secondary" if event.id == st.session_state.open_event else "tertiary",
        width="stretch",
        on_click=choices.open_event,
        args=(world, event.id),
    )
