"""Files to be left behind: one click makes one and hands it over."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

import streamlit as st

from components.export.formats import FORMATS, write_formats
from components.export.takeaway import Takeaway
from components.page.html import label_of, rendered
from components.page.served import GEODATA
from components.pipeline import staged

if TYPE_CHECKING:
    from collections.abc import Callable

    from components.model.briefing import Briefing
    from components.model.world import World

ALL = "all"
_LOOK_S = 0.5
_LOST_S = 15
# The browser waits for three minutes.
_LONGEST_S = 175
# Drawing is heavy: one file after the other, whoever asks.
_TURN = Lock()


@dataclass
class Making:
    """How far the making of a file is. The thread that makes it writes, the page reads.

    Attributes
    ----------
    asked, begun, ended : int
        How often it was.
    share : float
        Of the one that is being made, 0 to 1.
    faults : tuple of str
        Why the last one, or a part of it, was not made.
    late : tuple or None
        What was made for whom when the browser waited no more; the next click gets it.
    """

    name: str
    asked: int = 0
    begun: int = 0
    ended: int = 0
    asked_s: float = field(default=0.0, repr=False)
    words: str = ""
    share: float = 0.0
    faults: tuple[str, ...] = ()
    done: str = ""
    late: tuple[tuple[object, ...], bytes] | None = field(default=None, repr=False)

    def ask(self) -> None:
        """Note a click. The making may have begun before."""
        self.asked += 1
        self.asked_s = time.monotonic()

    def begin(self) -> None:
        """Note that a file is being made."""
        self.begun += 1
        self.words, self.share, self.faults, self.done = "waiting for another one", 0.0, (), ""

    def tell(self, words: str, share: float) -> None:
        """Note how far it is."""
        self.words, self.share = words, min(max(share, 0.0), 1.0)

    @property
    def is_under_way(self) -> bool:
        """Whether somebody waits for it."""
        if self.asked > self.begun and time.monotonic() - self.asked_s > _LOST_S:
            self.begun = self.ended = self.asked
            self.faults = ("The browser did not fetch it. Press again.",)
        return self.asked > self.ended


def takeaways(of: Briefing, world: World) -> None:
    """Offer a briefing in each format. The file is made when its button is pressed."""
    stem = Takeaway(world, of, (), datetime.now(UTC)).stem
    transparent = st.toggle(
        "Transparent pictures",
        key="take_transparent",
        persist_state="session",
        help="Pictures (PNG) without page and sea, to lay over something else",
    )

    def button(key: str, words: str, name: str, mime: str) -> None:
        making = st.session_state.setdefault("makings", {}).setdefault(key, Making(words))
        keys = tuple(FORMATS) if key == ALL else (key,)
        zipped = mime == "application/zip"
        st.download_button(
            words,
            # Streamlit calls it when the button is pressed, in a thread of its own.
            data=partial(
                write_takeaway, making, keys, world, of, zipped=zipped, transparent=transparent
            ),
            file_name=name,
            mime=mime,
            key=f"take_{key}",
            icon=":material/download:",
            type="tertiary",
            width="stretch",
            on_click=making.ask,
        )

    for key, one in FORMATS.items():
        name = f"{stem}_{key}.zip" if one.several else f"{stem}.{key}"
        button(key, one.words, name, "application/zip" if one.several else one.mime)
    button(ALL, "Everything (zip)", f"{stem}.zip", "application/zip")


def progress() -> None:
    """Tell what is being made, and what was not."""
    makings: dict[str, Making] = st.session_state.setdefault("makings", {})
    if any(one.is_under_way for one in makings.values()):
        _progress()
    for one in makings.values():
        if not one.is_under_way and (one.faults or one.done):
            st.html(rendered("made.html", one=one))


@st.fragment(run_every=_LOOK_S)
def _progress() -> None:
    makings: dict[str, Making] = st.session_state.makings
    waiting = [one for one in makings.values() if one.is_under_way]
    for one in waiting:
        st.progress(one.share, text=label_of(f"{one.name}: {one.words or 'about to begin'}"))
    if not waiting:
        st.rerun()


def write_takeaway(  # noqa: PLR0913 (what, of what, how, and who is told)
    making: Making,
    keys: tuple[str, ...],
    world: World,
    of: Briefing,
    *,
    zipped: bool,
    transparent: bool = False,
) -> bytes:
    """Write a briefing in some formats, and return the one file, or all of them as a zip.

    One format that fails does not lose the others; `making` is told.

    Parameters
    ----------
    transparent : bool
        Whether pictures leave out the page and the sea.

    Raises
    ------
    RuntimeError
        When none could be made.
    """
    making.begin()
    began, asked = time.monotonic(), (keys, of, id(world), transparent)
    try:
        if making.late and making.late[0] == asked:
            content, making.late = making.late[1], None
            making.done = f"{len(content) / 1000:,.0f} kB, made before"
            return content
        with _TURN, TemporaryDirectory(prefix="corridors-") as folder:
            made = Takeaway(world, of, staged(world, of), datetime.now(UTC))
            paths: list[Path] = []
            for number, key in enumerate(keys):
                told = _within(making.tell, number, len(keys))
                try:
                    paths += write_formats(
                        made, Path(folder), GEODATA, [key], told, transparent=transparent
                    )
                except Exception as error:  # noqa: BLE001  whatever it is, the others are made
                    why = str(error) or type(error).__name__
                    making.faults += (f"{FORMATS[key].words}: {why}",)
            if not paths:
                message = f"Nothing was made. {' '.join(making.faults)}"
                raise RuntimeError(message)
            content = _zip(paths) if zipped else paths[0].read_bytes()
            size_kb, took_s = len(content) / 1000, time.monotonic() - began
            making.done = f"{size_kb:,.0f} kB, made in {took_s:.1f} s"
            if took_s > _LONGEST_S:
                making.late = asked, content
                making.done += ". The browser did not wait so long: press again, it is ready"
            return content
    finally:
        making.ended += 1


def _within(tell: Callable[[str, float], None], number: int, count: int) -> Callable[..., None]:
    """Return what a writer tells its share to, when it is one of several."""
    return lambda words, share: tell(words, (number + share) / count)


def _zip(paths: list[Path]) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as file:
        for path in paths:
            file.write(path, path.name)
    return buffer.getvalue()
