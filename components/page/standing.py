"""The table of positions: a row a party, a column a corridor, as known on the window's last day."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from components.brief.parties import according_to
from components.draw.style import MODE_WORDS, glyph
from components.model.event import Basis, Mode
from components.model.period import day_words
from components.model.position import Ground, Subject
from components.page import choices
from components.page.controls import address, event_button, ground
from components.page.html import label_of, rendered

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from components.model.position import Party, Position, Statement
    from components.model.view import Scene
    from components.model.world import World
    from components.page.served import Known

_STYLE = Path(__file__).parent / "standing.css"
# What is wanted stands before what is done, and that before what is claimed.
_ORDER = {
    mode: number
    for number, mode in enumerate(
        (Mode.DEMANDED, Mode.PLANNED, Mode.ONGOING, Mode.HAPPENED, Mode.CLAIMED, Mode.DENIED)
    )
}
_ALWAYS = ("corridor", "border")


def standing(seen: Scene, here: Known) -> None:
    """Show who wants, claims or does what, and where; every word opens its sentence."""
    world, positions, day = here.world, seen.positions, seen.window.last
    grounds, parties = grounds_of(world, positions), parties_of(world, positions)
    rows = [party for party in parties if any(one.latest.party == party for one in positions)]
    st.html(_STYLE)
    st.html(
        rendered(
            "standing.html",
            day=day_words(day),
            hindsight=seen.view.hindsight,
            later=_later(seen, world),
            without=[party.names.en for party in parties if party not in rows],
        )
    )
    widths = [1.1, *([2.0] * len(grounds))]
    with st.container(key="standing", gap="xsmall"):
        st.html(f"<style>.st-key-standing {{ --columns: {len(grounds)} }}</style>")
        for cell, one in zip(st.columns(widths, gap="small"), (None, *grounds), strict=True):
            if one:
                names = one.names.in_language(seen.view.language)
                cell.html(rendered("standing_head.html", words=names, ground=one.id))
        for number, party in enumerate(rows):
            with st.container(key=f"party_{number}"):
                cells = st.columns(widths, gap="small")
            cells[0].html(rendered("standing_party.html", party=party, language=seen.view.language))
            for cell, one in zip(cells[1:], grounds, strict=True):
                with cell, st.container(key=f"cell_{one.id}__{number}", gap="xsmall"):
                    _cell(one, party, positions, world, day)
    _without(
        world.silent,
        "event there states no position: talks, attacks, people killed",
        "events there state no position: talks, attacks, people killed",
        seen,
        world,
    )
    _without(
        world.elsewhere,
        "further demand, plan, claim or act: no corridor, border or crossing is named as its place",
        "further demands, plans, claims or acts: no corridor, border or crossing is named as "
        "their place",
        seen,
        world,
    )


def _cell(
    ground: Ground, party: Party, positions: tuple[Position, ...], world: World, day: date
) -> None:
    """Show a party's positions on a ground, and under each what it superseded."""
    here = sorted(
        (one for one in positions if (one.latest.ground, one.latest.party) == (ground, party)),
        key=lambda one: _ORDER[one.latest.mode],
    )
    if not here:
        st.html('<span class="none" aria-label="no position on record">&middot;</span>')
    older: dict[str, Position] = {}
    for position in here:
        _statement(position, world, day)
        older |= {one.id: one for one in position.older}
    for position in older.values():
        _statement(position, world, day, older=True)


def _statement(position: Position, world: World, day: date, *, older: bool = False) -> None:
    one = position.latest
    told = [
        *(["last told " + one.when] if one.days.first != position.since.days.first else []),
        *filter(None, [according_to(one.sources, one.party.names.en)]),
        ", ".join(position.publishers),
        *([one.title] if _untold(one) else []),
        *(["place from the context"] if one.basis is Basis.INFERRED else []),
        *(["that day has passed"] if one.due and one.due.last < day else []),
    ]
    words = f"Before: {label_of(one.one)}" if older else f"**{label_of(one.one)}**"
    position_button(
        position, words, told, f"position_{'older' if older else 'now'}_{position.id}", world
    )


def _untold(one: Statement) -> bool:
    """Return whether the short words leave open what it is about, so that the title is needed."""
    return one.subject is Subject.TERMS or one.said or one.mode is Mode.DENIED


def position_button(
    position: Position, words: str, told: Iterable[str], key: str, world: World
) -> None:
    """Show a position as a button that opens the event that states it.

    Parameters
    ----------
    words : str
        Its first line, as Markdown; what of it is from articles has to be escaped.
    told : iterable of str
        What its second line says after mode and days.
    """
    one = position.latest
    picture = glyph(
        one.kind.theme, one.mode, ground=ground(), vague=one.days.first != one.days.last
    )
    more = label_of(" · ".join((MODE_WORDS[one.mode], position.since_words, *told)))
    st.button(
        f"![]({address(picture)}) {words}  \n:small[{more}]",
        key=key,
        help=label_of(one.title),
        type="secondary" if one.event == st.session_state.open_event else "tertiary",
        width="stretch",
        on_click=choices.open_event,
        args=(world, one.event),
    )


def grounds_of(world: World, positions: tuple[Position, ...]) -> list[Ground]:
    """Return the columns: every corridor and the border, and each crossing that is spoken of."""
    lines = [
        Ground(layer.id, layer.id, None, layer.names)
        for layer in world.layers
        if layer.kind in _ALWAYS
    ]
    spoken = {one.latest.ground.id: one.latest.ground for one in positions}
    crossings = [one for one in spoken.values() if one.place is not None]
    return [*lines, *sorted(crossings, key=lambda one: one.names.en)]


def parties_of(world: World, positions: tuple[Position, ...]) -> list[Party]:
    """Return the rows: the list of parties, and by name who is on no list."""
    others = {one.latest.party.id: one.latest.party for one in positions}
    strangers = [party for party in others.values() if not party.listed]
    return [*world.parties, *sorted(strangers, key=lambda party: party.names.en)]


def _later(seen: Scene, world: World) -> int:
    """Return how many statements of these days were published after the last of them."""
    day = seen.window.last
    return len({one.event for one in world.statements if one.days.first <= day < one.published})


def _without(ids: frozenset[str], one: str, many: str, seen: Scene, world: World) -> None:
    """List events that are not in the table, so that none is lost."""
    events = [
        event
        for event in world.events
        if event.id in ids and event.period.first <= seen.window.last
    ]
    if not events:
        return
    with st.expander(f"1 {one}" if len(events) == 1 else f"{len(events)} {many}"):
        for event in events:
            event_button(event, world, None, room="without")
