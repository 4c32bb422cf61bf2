"""Scenes of a briefing: keep the view as one, open one, put them in order, take them away."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import streamlit as st

from components.brief.scenes import content_of
from components.model.briefing import LONGEST_SECONDS
from components.model.link import kept_view_of
from components.model.period import short_day
from components.page import choices, keeping, served
from components.page.html import label_of, rendered
from components.page.takeaways import progress, takeaways

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from components.model.briefing import Briefing, KeptView
    from components.model.view import Scene
    from components.model.world import World

_STYLE = Path(__file__).parent / "scenes.css"
_PICKER_SIGNS = 30
_EARLIEST, _LATEST = date(1900, 1, 1), date(2100, 12, 31)


def scenes(seen: Scene, world: World) -> None:
    """Show the briefing that is chosen, and what can be done with it."""
    st.html(_STYLE)
    briefings, faults = served.briefings()
    of = choices.briefing()
    _choice(briefings, of)
    if of:
        # A picker cuts a long title.
        titled = len(briefings) == 1 or len(of.title) > _PICKER_SIGNS
        st.html(rendered("briefing.html", briefing=of, day=short_day(of.day), titled=titled))
    _bar(of, seen, world)
    progress()
    _told(of)
    if of is None or not of.scenes:
        st.html(rendered("sceneless.html"))
    else:
        _list(of, seen, world)
    if faults:
        st.html(rendered("unread.html", faults=faults))


def _list(of: Briefing, seen: Scene, world: World) -> None:
    """Show the scenes in order, and under the open one what it holds."""
    opened = choices.scene_of(of)
    with st.container(key="scene_list"):
        for number, scene in enumerate(of.scenes, start=1):
            _scene(number, scene, of, world, is_open=scene is opened)
            if scene is opened:
                with st.container(key="open_scene"):
                    _open_scene(number, scene, of, seen, world)


def _choice(briefings: tuple[Briefing, ...], of: Briefing | None) -> None:
    """Ask which briefing, when there are several."""
    if of is None or len(briefings) == 1:
        return
    titles = {one.id: one.title for one in briefings}
    keeping.show_value("briefing_choice", of.id)
    st.selectbox(
        "Briefing",
        [*titles],
        format_func=lambda name: titles.get(name, name),
        key="briefing_choice",
        label_visibility="collapsed",
        on_change=lambda: choices.choose_briefing(st.session_state.briefing_choice),
    )


def _bar(of: Briefing | None, seen: Scene, world: World) -> None:
    """Show what can be done with the briefing as a whole."""
    with st.container(horizontal=True, gap="xsmall", key="scene_bar", wrap=False):
        st.button(
            "Keep this view",
            key="keep_view",
            icon=":material/add:",
            type="primary",
            width="stretch",
            help="Add what you see now as the last scene",
            on_click=keeping.keep,
            args=(seen.view, world, _today()),
        )
        opened = choices.scene_of(of)
        st.button(
            "Present",
            key="present",
            icon=":material/slideshow:",
            width="stretch",
            disabled=of is None or not of.scenes,
            help="Full screen, from the open scene on. Esc ends it, P opens a window with notes.",
            on_click=choices.present,
            args=(of.scenes.index(opened) if of and opened else 0,),
        )
    with st.container(horizontal=True, gap="xsmall", key="briefing_bar", wrap=False):
        words = st.popover("Briefing", key="briefing_words", width="stretch", on_change="rerun")
        if words.open:
            with words:
                _briefing(of)
        if of and of.scenes:
            away = st.popover(
                "Take away",
                key="take_away",
                width="stretch",
                on_change="rerun",
            )
            if away.open:
                with away, st.container(key="takeaways"):
                    takeaways(of, world)


def _told(of: Briefing | None) -> None:
    """Tell how the last act went, and offer to take back the last one that can be."""
    if told := keeping.told():
        st.html(rendered("scene_told.html", told=told))
    if of and (done := keeping.last_done(of)):
        st.button(
            f"Undo: {label_of(done.words)}",
            # Another key for each, so that a second click takes back no other one.
            key=f"undo_scene_{done.number}",
            icon=":material/undo:",
            type="tertiary",
            on_click=keeping.undo,
            args=(of, done),
        )


def _scene(number: int, scene: KeptView, of: Briefing, world: World, *, is_open: bool) -> None:
    """Show a scene as a button that opens it."""
    view, missing = kept_view_of(scene.view, world)
    small = short_day(view.window.last)
    if missing:
        small += f" · {len(missing)} gone"
    st.button(
        f"{number}\u2002{label_of(scene.title)}  \n:small[{label_of(small)}]",
        key=f"pick_{of.id}_{scene.id}",
        type="secondary" if is_open else "tertiary",
        width="stretch",
        on_click=choices.open_scene,
        args=(of, scene, world),
    )


def _open_scene(number: int, scene: KeptView, of: Briefing, seen: Scene, world: World) -> None:
    """Show what the open scene holds, to be changed at once."""
    _, missing = kept_view_of(scene.view, world)
    if missing:
        st.html(rendered("missing.html", missing=missing))
    name = f"{of.id}_{scene.id}"
    acts: tuple[tuple[str, str, bool, Callable[..., None], tuple[Any, ...]], ...] = (
        ("Up", "arrow_upward", number == 1, keeping.move, (-1,)),
        ("Down", "arrow_downward", number == len(of.scenes), keeping.move, (1,)),
        ("Duplicate", "content_copy", False, keeping.double, ()),
        ("Delete", "delete", False, keeping.delete, ()),
    )
    with st.container(horizontal=True, gap="xsmall", key="scene_acts", wrap=False):
        for words, icon, disabled, act, args in acts:
            st.button(
                "",
                key=f"{words.lower()}_{name}",
                icon=f":material/{icon}:",
                help=words,
                width="stretch",
                disabled=disabled,
                on_click=act,
                args=(of, scene, *args),
            )
        link = st.popover("Link", key=f"link_{name}", width="stretch", on_change="rerun")
        if link.open:
            with link:
                query = urlencode({"briefing": of.id, "scene": scene.id})
                st.link_button("Open in a new tab", f"?{query}", width="stretch")
                here = (st.context.url or "").rstrip("/")
                st.code(f"{here}/?{query}", language=None, wrap_lines=True)
    kept = choices.is_as_kept(seen.view, scene, world)
    st.button(
        "Take this view instead" if not kept else "This view is kept",
        key=f"instead_{name}",
        icon=":material/frame_reload:" if not kept else ":material/check:",
        width="stretch",
        disabled=kept,
        help="Let the scene keep what you see now",
        on_click=keeping.keep_instead,
        args=(of, scene, seen.view),
    )
    _field("Title", st.text_input, f"title_{name}", scene.title, keeping.type_title, of, scene)
    _field(
        "Note", st.text_area, f"note_{name}", scene.note, keeping.type_scene, of, scene, "note",
        height=110, placeholder="For the one who presents",
    )  # fmt: skip
    _field(
        "Seconds, when scenes follow by themselves", st.number_input, f"seconds_{name}",
        scene.seconds, keeping.type_scene, of, scene, "seconds",
        min_value=1, max_value=LONGEST_SECONDS, step=1,
    )  # fmt: skip


def _field(  # noqa: PLR0913, PLR0917 (a widget, what it holds, and what becomes of it)
    label: str,
    widget: Callable[..., Any],
    key: str,
    value: object,
    act: Callable[..., None],
    of: Briefing,
    *args: object,
    **options: Any,  # noqa: ANN401  as various as widgets are
) -> None:
    """Show a value of the file in a widget. What cannot be saved stays, with another try."""
    unsaved = keeping.show_value(key, value)
    given = (of, *args, key)
    widget(label, key=key, persist_state="session", on_change=act, args=given, **options)
    if unsaved:
        st.button(
            "Not saved. Try again", key=f"again_{key}", type="tertiary",
            icon=":material/save:", on_click=act, args=given,
        )  # fmt: skip


def _briefing(of: Briefing | None) -> None:
    """Show what the briefing says of itself; save it, open another one, begin a new one."""
    if of:
        for label, field in (
            ("Title", "title"),
            ("Classification, on every page", "classification"),
            ("Author", "author"),
        ):
            key = f"briefing_{field}_{of.id}"
            _field(label, st.text_input, key, getattr(of, field), keeping.type_briefing, of, field)
        _field(
            "Date", st.date_input, f"briefing_day_{of.id}", of.day, keeping.type_briefing, of,
            "day", min_value=min(_EARLIEST, of.day), max_value=max(_LATEST, of.day),
            format="YYYY-MM-DD", required=True,
        )  # fmt: skip
        st.download_button(
            "Save as a file",
            content_of(of),
            file_name=f"{of.id}.json",
            mime="application/json",
            key="save_briefing",
            icon=":material/save:",
            width="stretch",
            on_click="ignore",
        )
    st.file_uploader(
        "Open the file of a briefing",
        type="json",
        key=keeping.file_key(),
        on_change=keeping.open_file,
    )
    st.text_input("Title of a new briefing", key="new_briefing")
    st.button(
        "Begin a new briefing",
        key="begin_briefing",
        icon=":material/note_add:",
        width="stretch",
        on_click=keeping.begin,
        args=("new_briefing", _today()),
    )


def _today() -> date:
    return datetime.now(UTC).date()
