"""Edit an event, or the parts that one is split into; nothing is written until it is saved."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st
from streamlit_folium import st_folium

from components.draw.drawing import drawing
from components.draw.evidence import MODE_MEANING, ROLE_WORDS
from components.draw.map import base_map, state_group
from components.draw.record import record
from components.draw.style import MODE_WORDS, THEME_WORDS
from components.geo.gazetteer import Gazetteer
from components.model.event import Basis, Kind, Mention, Mode, Role, Scope, Theme
from components.model.link import opening_view
from components.model.period import Period
from components.model.view import View
from components.model.world import PlacedEvent, Site
from components.page import reviewing, served
from components.page.html import rendered
from components.page.words import point_words
from components.pipeline import find_place_names
from components.text.articles import ACTOR_ROLES
from components.text.review import edit, split

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from components.model.article import Article
    from components.model.event import Event
    from components.page.served import Known

EDTF_EXAMPLES = {
    "2024-08-22": "that day",
    "2024-08-22?": "that day, uncertain",
    "2024-05": "some day of May 2024",
    "2023-10-07/2024-08-22": "from the one to the other",
    "2023-10-07/..": "since that day, not over",
    "../2024-08-22": "at some time up to that day",
}
BASIS_WORDS = {
    Basis.STATED: "stated: it is in the words",
    Basis.INFERRED: "inferred: it follows from the context",
    Basis.GUESSED: "guessed: only likely, so no mark on the map",
}
_RADII_M = (500, 1_000, 2_000, 5_000, 10_000, 25_000)


def editor(article: Article) -> None:
    """Show the event that is being edited as a form, or the parts of one that is split."""
    count = reviewing.parts()
    for part in range(count):
        with st.container(border=True, key=f"part{part}", gap="small"):
            if count > 1:
                st.html(rendered("part.html", part=part + 1))
            _form(article, part)
    with st.container(horizontal=True, key="save_row"):
        st.button(
            "Save changes" if count == 1 else f"Save as {count} events",
            key="save",
            type="primary",
            disabled=not reviewing.may_decide(),
            on_click=_save,
            args=(article,),
        )
        st.button("Cancel", key="cancel", on_click=reviewing.stop_editing)


def _save(article: Article) -> None:
    """Write what was typed; where it makes no sense that is told, and it stays as typed."""
    event_id = reviewing.editing()
    try:
        events = tuple(reviewing.edited(article, part) for part in range(reviewing.parts()))
    except ValueError as error:
        reviewing.tell(str(error))
        return
    if fault := reviewing.twin(article, events):
        reviewing.tell(fault)
        return
    words = f"Edit: {events[0].title}"
    reviewing.decide(article, words, partial(_changed, event_id, events))


def _changed(
    event_id: str, events: tuple[Event, ...], article: Article, who: str, when: datetime
) -> Article:
    if len(events) == 1:
        return edit(article, event_id, events[0], who, when)
    return split(article, event_id, events, who, when)


def _form(article: Article, part: int) -> None:
    at = f"edit{part}_"
    st.text_area(
        "Title, in neutral words", key=f"{at}title", height="content", persist_state="session"
    )
    st.selectbox(
        "Kind",
        [kind.value for kind in Kind],
        format_func=lambda kind: f"{kind} ({THEME_WORDS[Kind(kind).theme].lower()})",
        key=f"{at}kind",
        persist_state="session",
    )
    st.selectbox(
        "Mode",
        [mode.value for mode in Mode],
        format_func=lambda mode: f"{MODE_WORDS[Mode(mode)]}: {MODE_MEANING[Mode(mode)]}",
        key=f"{at}mode",
        persist_state="session",
    )
    _dates(part)
    _evidence(article, part)
    _rows(part, "places", "Places", "Add a place")
    _rows(part, "actors", "Who takes part", "Add somebody")
    _rows(part, "attributions", "Says who", "Add a source")
    _rows(part, "quantities", "Figures", "Add a figure")


def _dates(part: int) -> None:
    """Ask for the days as EDTF, and say at once how they are understood."""
    at = f"edit{part}_"
    st.text_input(
        "Days, as EDTF",
        key=f"{at}edtf",
        persist_state="session",
        on_change=reviewing.hear_days,
        args=(part,),
        help="  \n".join(f"`{edtf}` {words}" for edtf, words in EDTF_EXAMPLES.items()),
    )
    try:
        period = Period.from_edtf(reviewing.typed(f"{at}edtf"))
    except ValueError as error:
        examples = "; ".join(f"{edtf} ({words})" for edtf, words in EDTF_EXAMPLES.items())
        st.html(rendered("told.html", words=f"{error}. Examples: {examples}."))
    else:
        st.html(rendered("understood.html", words=period.words))
    words, reason = st.columns([2, 3])
    with words:
        st.text_input("The article's words for it", key=f"{at}date_words", persist_state="session")
    with reason:
        st.text_input("How they became these days", key=f"{at}date_reason", persist_state="session")


def _evidence(article: Article, part: int) -> None:
    """Show the evidence; words selected in the text can be added, or take its place."""
    spans, chosen = reviewing.evidence(part), reviewing.selection(article)
    st.html('<h4 class="part">Evidence</h4>')
    for number, (start, stop) in enumerate(spans):
        with st.container(horizontal=True, key=f"evidence_row_{part}_{number}"):
            st.html(rendered("quote.html", quote=article.text[start:stop]))
            st.button(
                "Remove",
                key=f"evidence_drop_{part}_{number}",
                icon=":material/delete:",
                on_click=reviewing.set_evidence,
                args=(part, (*spans[:number], *spans[number + 1 :])),
            )
    if chosen is None:
        st.html('<p class="quiet">Select words in the article to make them evidence.</p>')
        return
    st.html(rendered("selected.html", quote=article.text[slice(*chosen)]))
    with st.container(horizontal=True, key=f"evidence_new_{part}"):
        st.button(
            "Add as evidence",
            key=f"evidence_add_{part}",
            type="primary",
            on_click=reviewing.set_evidence,
            args=(part, (*spans, chosen)),
        )
        st.button(
            "The only evidence",
            key=f"evidence_only_{part}",
            on_click=reviewing.set_evidence,
            args=(part, (chosen,)),
        )


def _rows(part: int, name: str, title: str, more: str) -> None:
    """Show a list that can grow and shrink."""
    st.html(rendered("list.html", title=title))
    for row in reviewing.rows(part, name):
        with st.container(key=f"row_{part}_{name}_{row}", gap="xsmall"):
            _ROWS[name](part, row)
            st.button(
                "Remove",
                key=f"drop_{part}_{name}_{row}",
                icon=":material/delete:",
                type="tertiary",
                on_click=reviewing.drop_row,
                args=(part, name, row),
            )
    st.button(
        more,
        key=f"more_{part}_{name}",
        icon=":material/add:",
        type="tertiary",
        on_click=reviewing.add_row,
        args=(part, name),
    )


def _place(part: int, row: int) -> None:
    name, role, basis = (
        reviewing.cell(part, "places", row, one) for one in ("name", "role", "basis")
    )
    st.text_input("Place, as written", key=name, persist_state="session")
    left, right = st.columns(2)
    with left:
        _choice("It is", role, ROLE_WORDS)
    with right:
        _choice("Because it is", basis, BASIS_WORDS)
    written = reviewing.typed(name)
    chosen = reviewing.place(part, row)
    labels = _places(written)
    if chosen is not None and chosen not in labels:
        labels[chosen] = point_words(chosen)
    options = [None, *labels]
    st.selectbox(
        "Which place is meant",
        options,
        index=options.index(chosen),
        format_func=lambda at: labels.get(at, "as its name says"),
        key=f"meant_{part}_{row}_{chosen}_{len(options)}",
        help="Type to search the gazetteer.",
        on_change=_meant,
        args=(part, row, f"meant_{part}_{row}_{chosen}_{len(options)}"),
    )
    if st.toggle("Choose it on a map", key=f"on_map_{part}_{row}"):
        _small_map(part, row)


def _meant(part: int, row: int, key: str) -> None:
    reviewing.choose_place(part, row, reviewing.typed(key))


def _places(written: str) -> dict[str, str]:
    """Return the places that a name may mean, then all that are known here, by their ids."""
    world = served.known().world
    named = find_place_names(written, served.GEODATA) if written.strip() else ()
    return {
        one.id: f"{one.names.en} ({one.kind})" for one in (*named, *world.layers, *world.places)
    }


def _small_map(part: int, row: int) -> None:
    """Show a small map; a click on it is the place."""
    here = served.known()
    key, reach = f"pick_map_{part}_{row}", f"reach_{part}_{row}"
    st.select_slider(
        "How far the place reaches",
        _RADII_M,
        _RADII_M[2],
        format_func=lambda metres: f"{metres:,} m",
        key=reach,
        on_change=reviewing.hear_reach,
        args=(part, row, reach),
    )
    layers = opening_view(here.world).layers
    view = View(here.world.record_span, layers=layers, themes=frozenset({*Theme}), drafts=True)
    shown = drawing(view) | {"record": _with_the_point(part, row, here), "events": None}
    st_folium(
        base_map(here.assets),
        key=key,
        height=360,
        use_container_width=True,
        returned_objects=["last_clicked"],
        feature_group_to_add=state_group(shown),
        on_change=partial(reviewing.hear_place, part, row, key, reach),
    )


def _with_the_point(part: int, row: int, here: Known) -> str:
    """Return the address of the land with the point that was chosen, and how far it reaches."""
    at = reviewing.place(part, row) or ""
    name = reviewing.typed(reviewing.cell(part, "places", row, "name")) or point_words(at)
    target = Gazetteer.of((), ()).place_at(at, name) if reviewing.is_point(at) else None
    mention = Mention(name, Role.EVENT, Basis.INFERRED, at)
    event = replace(reviewing.base(part), period=here.world.record_span)
    chosen = (PlacedEvent(event, (Site(mention, target),)),) if target else ()
    land = replace(here.world, events=(), placed=(), unplaced=(), drafts=chosen)
    return served.write_served("record", ".json", json.dumps(record(land)).encode())


def _actor(part: int, row: int) -> None:
    left, right = st.columns(2)
    with left:
        st.text_input(
            "Who", key=reviewing.cell(part, "actors", row, "name"), persist_state="session"
        )
    with right:
        _choice("Role", reviewing.cell(part, "actors", row, "role"), ACTOR_ROLES)


def _source(part: int, row: int) -> None:
    source, cue, scope = (
        reviewing.cell(part, "attributions", row, one) for one in ("source", "cue", "scope")
    )
    st.text_input("Source", key=source, persist_state="session")
    left, right = st.columns(2)
    with left:
        st.text_input(
            "The article's words for it; empty: its own narration", key=cue, persist_state="session"
        )
    with right:
        _choice("Vouches for", scope, {Scope.EVENT: "the event", Scope.FIGURE: "the figure only"})


def _figure(part: int, row: int) -> None:
    value, unit, hedge, words = (
        reviewing.cell(part, "quantities", row, one) for one in ("value", "unit", "hedge", "words")
    )
    one, two, three = st.columns(3)
    with one:
        st.number_input("Number", key=value, min_value=0, step=1, persist_state="session")
    with two:
        st.text_input("Of what", key=unit, persist_state="session")
    with three:
        st.text_input("Hedge", key=hedge, placeholder="about, more than", persist_state="session")
    st.text_input("As written", key=words, persist_state="session")


_ROWS = {"places": _place, "actors": _actor, "attributions": _source, "quantities": _figure}


def _choice(label: str, key: str, words: Mapping[Any, str]) -> None:
    """Ask for one of some words, each told with its meaning."""
    told = {str(getattr(one, "value", one)): meaning for one, meaning in words.items()}
    st.selectbox(
        label,
        [*told],
        format_func=lambda one: told[one] if ":" in told[one] else f"{one}: {told[one]}",
        key=key,
        persist_state="session",
    )
