"""What is new since a briefing: mark one, choose one, see it as lists and as text to copy."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from components.brief.briefings import FILE, brief_of, read_briefings, write_briefing, write_undo
from components.brief.news import Sort, news, paragraph
from components.draw.style import glyph
from components.model.period import day_words, short_day
from components.page import choices, reviewing, served
from components.page.controls import address
from components.page.controls import ground as theme
from components.page.html import label_of, rendered
from components.page.words import quoted

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from typing import Any

    from streamlit.delta_generator import DeltaGenerator

    from components.brief.briefings import Briefed
    from components.brief.news import Item, News
    from components.model.view import Scene
    from components.model.world import Fault, World
    from components.page.served import Known

_STYLE = Path(__file__).parent / "briefed.css"
_LEFT = (Sort.POSITION_CHANGED, Sort.POSITION_NEW, Sort.POSITION_GONE, Sort.LAND)


def briefed(seen: Scene, here: Known) -> None:
    """Show it. What is marked is read anew, the world is not."""
    now = brief_of(here.world, seen.window.last, datetime.now(UTC), hindsight=seen.view.hindsight)
    st.html(_STYLE)
    with st.container(key="brief_bar", horizontal=True, gap="small", vertical_alignment="center"):
        mark, choice, undo = st.empty(), st.empty(), st.empty()
    outcome = choices.outcome()
    if told := outcome.told(now.day):
        st.html(told)
    _mark(mark, now, outcome)
    _undo(undo, now.day, outcome)
    briefings, faults = _known()
    if faults:
        st.html(rendered("faults.html", faults=faults))
    if not briefings:
        st.html(rendered("unbriefed.html", day=day_words(now.day)))
        return
    since = news(here.world, _chosen(choice, briefings), now.day, hindsight=now.hindsight)
    st.html(
        rendered(
            "briefed.html",
            news=since,
            day_words=day_words,
            marked=_moment(since.briefing),
            sorts=[(sort, len([*items])) for sort, items in _sorted(since)],
            recorded=len(here.world.table),
        )
    )
    _lists(since, here.world)


def _known() -> tuple[list[Briefed], tuple[Fault, ...]]:
    """Return what was marked, the latest first, and what is wrong with the file."""
    briefings, faults = read_briefings(served.SEEDS)
    return sorted(briefings, key=lambda one: one.when, reverse=True), faults


def _mark(place: DeltaGenerator, now: Briefed, outcome: choices.Outcome) -> None:
    """Offer to mark the day as briefed, unless nothing has changed since it was."""
    if _is_marked(now):
        place.button(
            f"Marked as briefed: {day_words(now.day)}",
            key="marked",
            icon=":material/done_all:",
            disabled=True,
        )
        return
    # In a callback: a run that begins while this one is under way would lose the click.
    place.button(
        f"Mark as briefed: {day_words(now.day)}",
        key="mark_briefed",
        icon=":material/check:",
        type="primary",
        help="Keep what is known on this day; later, see here what is new",
        on_click=_write_mark,
        args=(now, outcome),
    )


def _is_marked(now: Briefed) -> bool:
    """Return whether the last mark is of the same day and holds the same."""
    latest = next(iter(_known()[0]), None)
    return latest is not None and replace(latest, when=now.when) == now


def _write_mark(shown: Briefed, outcome: choices.Outcome) -> None:
    """Mark what is shown; a second click on the same button means nothing."""
    if _is_marked(shown):
        return
    try:
        write_briefing(served.SEEDS, replace(shown, when=datetime.now(UTC)))
    except (ValueError, OSError) as error:
        outcome.tell(rendered("unmarked.html", what="Not marked.", error=error), shown.day)
        return
    day = day_words(shown.day)
    words = f"Marked: the briefing of {day}. Kept in {served.SEEDS / FILE}."
    outcome.tell(rendered("told.html", words=words), shown.day)


def _undo(place: DeltaGenerator, day: date, outcome: choices.Outcome) -> None:
    """Offer to take the last mark back, but not where the one before has just been."""
    latest = next(iter(_known()[0]), None)
    if outcome.just_undone() or latest is None:
        return
    place.button(
        f"Undo: {day_words(latest.day)}",
        # Another key for each, so that a click on what is shown no more takes back no other one.
        key=f"undo_{latest.when.isoformat()}",
        icon=":material/undo:",
        type="tertiary",
        help=f"Take back the last mark, made {_moment(latest)}",
        on_click=_write_undo,
        args=(latest, day, outcome),
    )


def _write_undo(latest: Briefed, day: date, outcome: choices.Outcome) -> None:
    """Take a mark back; a second click on the same button means nothing."""
    words = f"Taken back: the briefing of {day_words(latest.day)}, marked {_moment(latest)}."
    done = rendered("told.html", words=words)
    if outcome.told(day) == done:
        return
    try:
        write_undo(served.SEEDS, latest)
    except (LookupError, OSError) as error:
        outcome.tell(rendered("unmarked.html", what="Not taken back.", error=error), day)
    else:
        outcome.tell(done, day, undone=True)


def _chosen(place: DeltaGenerator, briefings: list[Briefed]) -> Briefed:
    """Return the briefing to compare with: the latest, unless another is chosen."""
    if len(briefings) == 1:
        return briefings[0]
    # Another key after each mark, so that the new one is the one that is chosen.
    number = place.selectbox(
        "Since which briefing",
        range(len(briefings)),
        format_func=lambda number: _words(briefings[number]),
        key=f"briefing_{briefings[0].when.isoformat()}",
        persist_state="session",
        label_visibility="collapsed",
        width=400,
    )
    return briefings[number]


def _words(one: Briefed) -> str:
    hindsight = " with hindsight" if one.hindsight else ""
    return f"Since {day_words(one.day)}{hindsight}, marked {_moment(one)}"


def _moment(one: Briefed) -> str:
    return f"{short_day(one.when)} {one.when:%H:%M} UTC"


def _sorted(since: News) -> list[tuple[Sort, list[Item]]]:
    return [(sort, [*items]) for sort, items in groupby(since.items, lambda one: one.sort)]


def _lists(since: News, world: World) -> None:
    """Show the lists, and the same as a paragraph."""
    with st.container(key="brief_lists"):
        left, right, text = st.columns(3, gap="medium") if since.items else [st.container()] * 3
        for sort, items in _sorted(since):
            with left if sort in _LEFT else right:
                st.html(rendered("list.html", title=f"{sort}: {len(items)}"))
                for number, item in enumerate(items):
                    _item(item, number, world)
        with text.container(key="brief_text"):
            st.html(rendered("list.html", title="Text to copy"))
            st.code(paragraph(since), language=None, wrap_lines=True)


def _item(item: Item, number: int, world: World) -> None:
    """Show what is new with its source and sentences, as a button that opens more of it."""
    act: Callable[..., None] | None = None
    args: tuple[Any, ...] = ()
    picture = ""
    if item.event:
        act, args = choices.open_event, (world, item.event.id)
        kind, mode = item.event.kind, item.event.mode
        svg = glyph(kind.theme, mode, ground=theme(), vague=not item.event.period.exact)
        picture = f"![]({address(svg)}) "
    elif item.ground:
        act, args = choices.open_layer, item.ground
    elif item.article:
        act, args = reviewing.go, (reviewing.Desk.ARTICLES, item.article)
    if act is None:
        st.html(rendered("gone.html", item=item))
        return
    lines = [item.then, " · ".join(filter(None, (item.how, item.source)))]
    lines += map(quoted, item.quotes)
    small = "".join(f"  \n:small[{label_of(line)}]" for line in lines if line)
    st.button(
        f"{picture}**{label_of(item.words)}**{small}",
        key=f"since_{item.sort.name}_{number}_{args[-1]}",
        type="tertiary",
        width="stretch",
        on_click=act,
        args=args,
    )
