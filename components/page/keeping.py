"""What is done to a briefing, and to its scenes: each act is in its file at once, or it is told.

With `choices` and `reviewing`, the only place that reads and writes Streamlit's session state.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import streamlit as st

from components.brief.scenes import briefing_of, write_act, write_new, write_undo
from components.model.briefing import Briefing
from components.model.link import words_of
from components.model.period import short_day
from components.page import choices, served
from components.text.sidecar import Unsound

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from components.model.briefing import KeptView
    from components.model.view import View
    from components.model.world import World

FIRST_TITLE = "Briefing"
_LONGEST_HISTORY = 50


@dataclass(frozen=True)
class Done:
    """An act that can be taken back.

    Attributes
    ----------
    number : int
        Its own in the session.
    words : str
        What was done: "deleted “The war begins”".
    scene : str or None
        The scene that was open before it.
    """

    number: int
    words: str
    before: Briefing
    after: Briefing
    scene: str | None


@dataclass(frozen=True)
class Told:
    """How the last act went.

    Attributes
    ----------
    faults : tuple of str
        Why it came to nothing; empty when it was done.
    typed : str
        What was typed and could not be saved: its widget may be gone.
    """

    words: str
    faults: tuple[str, ...] = ()
    typed: str = ""


def told() -> Told | None:
    """Return how the last act went; None when there is nothing to say."""
    found: Told | None = st.session_state.get("kept_told")
    return found


def last_done(briefing: Briefing) -> Done | None:
    """Return the last act on a briefing that can be taken back."""
    return next((one for one in reversed(_history()) if one.after.id == briefing.id), None)


def keep(view: View, world: World, today: date) -> None:
    """Keep a view as the last scene of the briefing, and open it; without one, begin one."""
    of = choices.briefing() or _begun(FIRST_TITLE, "", today)
    if of is None:
        return
    title = title_of(view, world)
    after = _do(of, f"kept “{title}”", lambda now: now.with_scene(title, words_of(view)))
    if after:
        choices.choose_briefing(of.id, after.scenes[-1].id)


def title_of(view: View, world: World) -> str:
    """Return what a view is called until somebody names it: what is open in it, or its day."""
    event = choices.event_of(world, view.event)
    layer = next((one for one in world.layers if one.id == view.layer), None)
    found = event.title if event else layer.names.in_language(view.language) if layer else ""
    return " ".join(found.split()) or f"View of {short_day(view.window.last)}"


def keep_instead(of: Briefing, scene: KeptView, view: View) -> None:
    """Let a scene keep another view, but not instead of one that another tab gave it meanwhile."""
    words = words_of(view)

    def act(now: Briefing) -> Briefing:
        held = _scene_in(now, scene.id)
        if held.view not in (scene.view, words):
            message = "It was given another view elsewhere meanwhile. Press again to replace that."
            raise LookupError(message)
        return now.changed(replace(held, view=words))

    _do(of, f"another view for “{scene.title}”", act)


def move(of: Briefing, scene: KeptView, step: int) -> None:
    """Move a scene that many places later, or earlier."""
    _do(of, f"moved “{scene.title}”", lambda now: now.moved(scene.id, step))


def double(of: Briefing, scene: KeptView) -> None:
    """Put a copy behind a scene, and open it."""
    after = _do(of, f"duplicated “{scene.title}”", lambda now: now.doubled(scene.id))
    if after:
        ids = [one.id for one in after.scenes]
        choices.choose_briefing(of.id, ids[ids.index(scene.id) + 1])


def delete(of: Briefing, scene: KeptView) -> None:
    """Take a scene out."""
    if _do(of, f"deleted “{scene.title}”", lambda now: now.without(scene.id)):
        choices.choose_briefing(of.id)


def undo(of: Briefing, done: Done) -> None:
    """Take an act back, unless the file has become another since."""
    state = st.session_state
    # It is tried once: what was done before it rests on the same file.
    try:
        write_undo(served.SEEDS, done.after, done.before)
    except (OSError, Unsound) as error:
        state.kept_told = Told("Not undone.", (str(error),))
        return
    except LookupError as error:
        state.kept_history = tuple(one for one in _history() if one.after.id != of.id)
        state.kept_told = Told("Not undone.", (str(error),))
        return
    state.kept_history = tuple(one for one in _history() if one is not done)
    state.kept_told = Told(f"Undone: {done.words}.")
    choices.choose_briefing(of.id, done.scene)


def begin(key: str, today: date) -> None:
    """Begin a briefing under the title that was typed."""
    title = " ".join((st.session_state[key] or "").split())
    if not title:
        st.session_state.kept_told = Told("Not begun.", ("A briefing needs a title.",))
        return
    if new := _begun(title, getattr(choices.briefing(), "author", ""), today):
        st.session_state[key] = ""
        st.session_state.kept_told = Told(f"Begun: “{new.title}”. Keep a view to add a scene.")


def open_file() -> None:
    """Take over a briefing's file that was handed in; everything wrong with it is told at once."""
    state = st.session_state
    file = state.get(file_key())
    if file is None:
        return
    # A browser numbers what it has saved before: "name (1).json".
    name = re.sub(r" \(\d+\)$", "", PurePath(file.name).stem)
    found, faults = briefing_of(file.getvalue(), name)
    if found is None:
        state.kept_told = Told("Not opened.", tuple(map(str, faults)))
        return
    same = found in served.briefings()[0]
    if same:
        choices.choose_briefing(found.id)
    if new := found if same else _written(found, "Not opened."):
        state.kept_files = state.get("kept_files", 0) + 1  # the widget forgets the file
        scenes = f"{len(new.scenes)} scene{'' if len(new.scenes) == 1 else 's'}"
        here = ", which was here already" if same else ""
        state.kept_told = Told(f"Opened: “{new.title}”, {scenes}{here}.")


def file_key() -> str:
    """Return the key of the widget that takes a file."""
    return f"briefing_file_{st.session_state.get('kept_files', 0)}"


def show_value(key: str, value: object) -> bool:
    """Show in a widget what the file holds; return whether it holds what could not be saved.

    What was typed and could not be saved stays.
    """
    state = st.session_state
    unsaved = key in state and state[key] != state.get(_saved(key)) and state[key] != value
    if not unsaved:
        state[_saved(key)] = value
        # To set what is there already would take away what is being typed.
        if key not in state or state[key] != value:
            state[key] = value
    return unsaved


def type_title(of: Briefing, scene: KeptView, key: str) -> None:
    """Rename a scene as it was typed."""
    if title := _typed_words(key, "A scene needs a title."):
        _type(of, f"renamed “{scene.title}”", key, "title", title, scene.id)


def type_scene(of: Briefing, scene: KeptView, field: str, key: str) -> None:
    """Take over a scene's note or seconds as they were typed."""
    value = _cleaned(st.session_state[key])
    _type(of, f"{field} of “{scene.title}”", key, field, value, scene.id)


def type_briefing(of: Briefing, field: str, key: str) -> None:
    """Take over what a briefing says of itself as it was typed."""
    value = _cleaned(st.session_state[key])
    if field == "day" and not value:
        return
    if field == "title" and not (value := _typed_words(key, "A briefing needs a title.")):
        return
    _type(of, f"{field} of the briefing", key, field, value)


def _typed_words(key: str, wanted: str) -> str:
    words = " ".join((st.session_state[key] or "").split())
    if words:
        st.session_state[key] = words
    else:
        st.session_state.kept_told = Told("Not saved.", (wanted,))
    return words


def _cleaned(value: Any) -> Any:  # noqa: ANN401  as various as widgets are
    return (value or "").strip() if value is None or isinstance(value, str) else value


def _scene_in(now: Briefing, scene_id: str) -> KeptView:
    """Return a scene as the file has it, or fail when it has it not."""
    scene = now.scene(scene_id)
    if scene is None:
        message = "The scene is gone: it was deleted elsewhere."
        raise LookupError(message)
    return scene


def _type(  # noqa: PLR0913, PLR0917 (what was typed, where, and of what)
    of: Briefing, words: str, key: str, field: str, value: object, scene_id: str | None = None
) -> None:
    """Take over what was typed, but not over what another tab has put there since it was shown.

    Whoever then tries again knows of it, and overwrites it.

    Parameters
    ----------
    scene_id : str, optional
        Of the scene that has the field; without one it is the briefing's.
    """
    shown = st.session_state.get(_saved(key))

    def act(now: Briefing) -> Briefing:
        scene = _scene_in(now, scene_id) if scene_id else None
        held = getattr(scene or now, field)
        if held not in {shown, value}:
            st.session_state[_saved(key)] = held
            message = (
                f"The {field} was changed elsewhere meanwhile, to “{held}”, which was kept. "
                "“Try again” puts yours in its place."
            )
            raise LookupError(message)
        changes: dict[str, Any] = {field: value}
        return now.changed(replace(scene, **changes)) if scene else replace(now, **changes)

    _do(of, words, act, value)


def _do(
    of: Briefing, words: str, act: Callable[[Briefing], Briefing], typed: object = ""
) -> Briefing | None:
    """Do an act in the file; return the briefing after it, None when nothing was changed.

    Parameters
    ----------
    typed : object
        What was typed, to be told when it cannot be saved.
    """
    state = st.session_state
    try:
        before, after = write_act(served.SEEDS, of.id, act)
    except (OSError, LookupError, Unsound) as error:
        state.kept_told = Told("Not saved.", (str(error),), str(typed))
        return None
    state.kept_told = None
    if before == after:
        return None
    state.kept_acts = state.get("kept_acts", 0) + 1
    done = Done(state.kept_acts, words, before, after, state.scene)
    state.kept_history = (*_history(), done)[-_LONGEST_HISTORY:]
    state.briefing = of.id
    return after


def _begun(title: str, author: str, today: date) -> Briefing | None:
    return _written(Briefing("", title, "", author, today), "Not begun.")


def _written(new: Briefing, what: str) -> Briefing | None:
    """Write a new briefing and choose it; None, and told, when it cannot be written."""
    try:
        written = write_new(served.SEEDS, new)
    except (OSError, Unsound) as error:
        st.session_state.kept_told = Told(what, (str(error),))
        return None
    choices.choose_briefing(written.id)
    return written


def _history() -> tuple[Done, ...]:
    history: tuple[Done, ...] = st.session_state.get("kept_history", ())
    return history


def _saved(key: str) -> str:
    return f"{key}_saved"
