"""The review of one article: its text with what the reader understood, and its events as cards."""

from __future__ import annotations

import json
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st
from streamlit.components.v2 import component

from components.draw.style import THEME_WORDS, glyph
from components.model.draft import State
from components.page import reading, reviewing
from components.page.card import acts, card
from components.page.controls import address, ground
from components.page.editor import editor
from components.page.held import held
from components.page.highlights import LABELS, MEANINGS, highlights, pieces
from components.page.html import label_of, rendered
from components.page.likeness import likenesses
from components.page.words import about
from components.text.review import find, read_again, unmerge

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from components.model.article import Article
    from components.model.event import Event
    from components.pipeline import ReadingWithPlaces
    from components.text.articles import Library
    from components.text.reading import Found

_BROWSER = Path(__file__).parent / "browser"
_text = component(
    "article_text",
    html='<div class="reading-box"><div class="reading-text" dir="auto" tabindex="0"></div></div>',
    css=(_BROWSER / "article.css").read_text(encoding="utf-8"),
    js=(_BROWSER / "article.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)
MARKS = rendered("marks.html", labels=LABELS, meanings=MEANINGS)
_WHO = "Say above who you are, then decide: your name is kept with each decision."
_NOTHING = "The reader found no event in this article. The text is kept, and can be read again."
STATE_WORDS = {
    None: "accepted",
    State.OPEN: "to review",
    State.REJECTED: "rejected",
    State.VANISHED: "no longer found",
}


def review(article: Article, known: Library) -> None:
    """Show an article under review."""
    words = f"{article.publisher}, {article.published}. Date: {article.published_reason}"
    st.html(rendered("heading.html", title=article.headline, words=words))
    text_side, event_side = st.columns([6, 5], gap="large")
    with event_side, st.container(key="events_side", gap="small"):
        _events(article, known)
        last = st.container()
    with text_side, st.container(key="text_side", gap="small"):
        found = _understood(article)
        st.html(MARKS)
        show_text(
            article.text,
            article.headline,
            found,
            events=[*(one.event for one in article.drafts), *article.events],
            opened=find(article, reviewing.current(article) or ""),
            spans=_edited_spans(),
            on_click=partial(reviewing.hear_click, article),
        )
    with last:
        _reading_again(article, found)
        history(article)
        # Last, since the whole world is read anew for it after each decision.
        likenesses(known, article.id, reviewing.current(article))


def _events(article: Article, known: Library) -> None:
    """Show the open event large, or its editor, and the others as a list."""
    states = reviewing.states(article)
    counts = ", ".join(
        f"{list(states.values()).count(state)} {words}"
        for state, words in STATE_WORDS.items()
        if state in states.values()
    )
    opened = reviewing.current(article)
    event = find(article, opened) if opened else None
    # On a phone this stands above the text, all else below it.
    with st.container(key="events_top", gap="small"):
        held(known)
        if reviewing.reviewer() is None:
            st.html(rendered("told.html", words=_WHO))
        st.html(rendered("counts.html", words=counts or "No events yet."))
        if event and opened and not reviewing.is_editing():
            st.html(rendered("now.html", title=event.title))
            acts(article, event, states[opened], known)
    if event is None or opened is None:
        st.html(rendered("told.html", words=_NOTHING))
        return
    if reviewing.is_editing():
        editor(article)
    else:
        card(article, event, states[opened], STATE_WORDS[states[opened]])
    with st.expander(f"All events of the article: {len(states)}", key="all_events"):
        for event_id, state in states.items():
            _listed(article, event_id, state, opened=event_id == opened)


def _listed(article: Article, event_id: str, state: State | None, *, opened: bool) -> None:
    event = find(article, event_id)
    assert event is not None  # noqa: S101  `states` names what is there
    picture = glyph(event.kind.theme, event.mode, ground=ground(), vague=not event.period.exact)
    st.button(
        f"![]({address(picture)}) {label_of(event.title)}  \n"
        f":small[{STATE_WORDS[state]} · {THEME_WORDS[event.kind.theme]} · "
        f"{label_of(event.when)}]",
        key=f"pick_{event_id}",
        type="secondary" if opened else "tertiary",
        width="stretch",
        disabled=reviewing.is_editing(),
        on_click=reviewing.look_at,
        args=(event_id,),
    )


def _understood(article: Article) -> ReadingWithPlaces | None:
    """Read the article; without a reader its text is shown with what is on record."""
    try:
        with st.spinner("Reading the article"):
            return reading.understood(
                article.text, article.published, article.id, article.publisher
            )
    except (RuntimeError, ValueError) as error:
        st.html(rendered("told.html", words=f"The article cannot be read anew: {error}"))
        return None


def _edited_spans() -> Iterable[tuple[int, int]] | None:
    """Return the evidence that is being edited; None when nothing is."""
    if not reviewing.is_editing():
        return None
    return [span for part in range(reviewing.parts()) for span in reviewing.evidence(part)]


def show_text(  # noqa: PLR0913
    text: str,
    name: str,
    found: ReadingWithPlaces | None,
    *,
    events: Iterable[Event],
    opened: Event | None = None,
    spans: Iterable[tuple[int, int]] | None = None,
    on_click: partial[None] | None = None,
) -> None:
    """Show an article's text with its marks and the evidence of its events.

    Parameters
    ----------
    spans : iterable of pairs of int, optional
        What to mark as the open evidence, in place of that of `opened`.
    """
    events = tuple(events)
    marks = highlights(found.reading, found.targets, events, text) if found else ()
    whole = [(one.start, one.stop) for event in events for one in event.evidence]
    current = (
        spans
        if spans is not None
        else [(one.start, one.stop) for one in (opened.evidence if opened else ())]
    )
    told = pieces(text, marks, whole, current)
    version = sha256(json.dumps(told).encode()).hexdigest()
    _text(
        key=reviewing.TEXT,
        data={"pieces": told, "length": len(text), "name": name, "version": version},
        on_selected_change=reviewing.hear_selection,
        on_clicked_change=on_click or (lambda: None),
    )


def _reading_again(article: Article, found: ReadingWithPlaces | None) -> None:
    """Offer to read the article again; decisions stay."""

    def again(now: Article, _who: str, when: datetime) -> Article:
        return read_again(now, _found(found), when)

    st.button(
        "Read again",
        key="read_again",
        icon=":material/refresh:",
        help="Adds what the reader finds now; no decision is changed. What it no longer finds is "
        "marked.",
        disabled=found is None or reviewing.is_editing() or reviewing.held() is not None,
        on_click=reviewing.decide,
        args=(article, "Read again", again),
    )


def _found(found: ReadingWithPlaces | None) -> tuple[Found, ...]:
    return found.reading.events if found else ()


def history(article: Article) -> None:
    """Show who did what and when; a merge can be taken back."""
    with st.expander(f"History: {len(article.log)}", key="history"):
        if not article.log:
            st.html('<p class="quiet">Nobody has decided anything here.</p>')
        for number, change in reversed(list(enumerate(article.log))):
            st.html(rendered("change.html", change=change, about=about(change)))
            gone = change.after is None and change.other and find(article, change.draft) is None
            if change.act == "merged" and gone:
                st.button(
                    "Take this back",
                    key=f"unmerge_{number}",
                    disabled=not reviewing.may_decide(),
                    on_click=reviewing.decide,
                    args=(article, "Take a merge back", partial(_unmerge, change.draft)),
                )


def _unmerge(event_id: str, article: Article, who: str, when: datetime) -> Article:
    return unmerge(article, event_id, who, when)
