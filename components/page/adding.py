"""Add articles: pasted, uploaded or from a folder. Nothing is written before it is saved."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from components.model.period import day_words
from components.page import reading, reviewing
from components.page.html import label_of, rendered
from components.page.review import MARKS, show_text
from components.page.reviewing import Desk
from components.text.documents import read_document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from components.model.article import Article
    from components.pipeline import ReadingWithPlaces
    from components.text.articles import Library
    from components.text.clues import Clue

ENDINGS = ("txt", "html", "htm", "pdf", "docx")
_PASTED = "pasted"
_ADDRESS = re.compile(r"https?://\S+")
_MOST_FILES = 200
_LARGEST_BYTES = 10_000_000
_MOST_DAYS = 5  # offered as buttons
_EARLIEST = date(1900, 1, 1)
_WHY_DATE = (
    "An article that says \N{LEFT DOUBLE QUOTATION MARK}on Thursday\N{RIGHT DOUBLE QUOTATION MARK} "
    "means nothing without the day on which it was published. It is never guessed."
)


@dataclass(frozen=True)
class Incoming:
    """A text that may become an article.

    Attributes
    ----------
    name : str
        Of the file; `pasted` for a pasted one.
    text : str or None
        None when it cannot be had; `fault` says why.
    title : str or None
        What the document itself gives as its title.
    """

    name: str
    text: str | None
    title: str | None = None
    fault: str | None = None

    @property
    def key(self) -> str:
        """What its widgets are known by: a pasted text may change under the same name."""
        return _PASTED if self.name == _PASTED else sha256(self.name.encode()).hexdigest()[:12]


def adding(known: Library) -> None:
    """Show the form for new articles."""
    st.html(
        rendered(
            "heading.html",
            title="Add articles",
            words="Nothing is written before you save it, and nothing leaves this computer.",
        )
    )
    if words := reviewing.told():
        st.html(rendered("told.html", words=words))
    way = st.segmented_control(
        "Where from",
        ["Paste", "Upload", "Folder"],
        default="Paste",
        key="way",
        required=True,
        label_visibility="collapsed",
        persist_state="session",
    )
    # Beside the form, what was understood and what saves it are in sight without scrolling.
    form, answer = st.columns([3, 2], gap="large")
    with form:
        incoming = {"Paste": _pasted, "Upload": _uploaded, "Folder": _in_folder}[way or "Paste"]()
        if not incoming:
            return
        one = incoming[0] if len(incoming) == 1 else _chosen(incoming, known)
        there = already_there(one, known)
        if there:
            _there(there)
        elif one.text is None:
            st.html(rendered("told.html", words=one.fault))
        else:
            _form(one, one.text)
    if there or one.text is None or not reviewing.is_asked_to_read(one.key, one.text):
        return
    with answer, st.container(key="answer"):
        found = _reading(one, one.text, f"add_{one.key}_")
    if found:
        st.html(MARKS)
        events = [each.event for each in found.reading.events]
        show_text(one.text, "The article", found, events=events)


def _pasted() -> list[Incoming]:
    text = st.text_area(
        "The article, headline first",
        key="pasted_text",
        height=260,
        placeholder="Paste the whole article here.",
        persist_state="session",
        on_change=reviewing.hear_pasted,
    )
    return [Incoming(_PASTED, text, fault="Paste an article first.")]


def _uploaded() -> list[Incoming]:
    files = st.file_uploader(
        "Text, HTML, PDF with a text layer, or Word",
        type=[*ENDINGS],
        accept_multiple_files=True,
        key="uploaded",
    )
    return [_document(file.name, file.getvalue()) for file in files]


def _in_folder() -> list[Incoming]:
    """Read the articles of a folder; what has a sidecar beside it is an article already."""
    typed = st.text_input(
        "Path of a folder on this computer", key="folder_path", persist_state="session"
    )
    if not typed.strip():
        return []
    try:
        files = read_folder(Path(typed.strip()).expanduser())
    except OSError as error:
        words = f"{typed} cannot be read ({error.strerror}). Give the path of a folder."
        st.html(rendered("told.html", words=words))
        return []
    if not files:
        words = f"No file in {typed} ends in {', '.join(ENDINGS)}."
        st.html(rendered("told.html", words=words))
    if len(files) > _MOST_FILES:
        words = f"{len(files):,} files; the first {_MOST_FILES} are shown."
        st.html(rendered("told.html", words=words))
    return [_read_file(path) for path in files[:_MOST_FILES]]


def read_folder(folder: Path) -> list[Path]:
    """Return the files of a folder that may hold an article, in the order of their names."""
    return sorted(
        path
        for path in folder.iterdir()
        if path.suffix.lower().removeprefix(".") in ENDINGS
        and not path.name.startswith(".")
        and path.is_file()
    )


def _read_file(path: Path) -> Incoming:
    try:
        status = path.stat()
        if status.st_size > _LARGEST_BYTES:
            size = f"{status.st_size / 1e6:.0f} MB"
            fault = f"{path.name} has {size}; at most {_LARGEST_BYTES / 1e6:.0f} MB are read."
            return Incoming(path.name, None, fault=fault)
        return _document(path.name, path.read_bytes())
    except OSError as error:
        return Incoming(path.name, None, fault=f"{path.name} cannot be read ({error.strerror}).")


@st.cache_resource(max_entries=_MOST_FILES, show_spinner="Opening the file")
def _document(name: str, content: bytes) -> Incoming:
    try:
        document = read_document(name, content)
    except ValueError as error:
        return Incoming(name, None, fault=str(error))
    return Incoming(name, document.text, document.title)


def already_there(one: Incoming, known: Library) -> Article | None:
    """Return the article that has this text, if one has."""
    if one.text is None:
        return None
    digest = sha256(one.text.encode(errors="replace")).hexdigest()
    return next((article for article in known.articles if article.sha256 == digest), None)


def _chosen(incoming: list[Incoming], known: Library) -> Incoming:
    """Let the visitor go through several files; what is there already is told."""
    states = [
        "cannot be read" if one.text is None
        else "already there" if already_there(one, known)
        else "to be added"
        for one in incoming
    ]  # fmt: skip
    st.html(rendered("files.html", files=list(zip(incoming, states, strict=True))))
    number = st.selectbox(
        f"Which of the {len(incoming)} files",
        range(len(incoming)),
        format_func=lambda at: f"{incoming[at].name}: {states[at]}",
        key="which_file",
    )
    return incoming[number or 0]


def _there(article: Article) -> None:
    known_as = f"{article.headline} ({article.publisher}, {article.published})"
    words = f"This text is already there: {known_as}."
    st.html(rendered("told.html", words=words))
    st.button(
        "Open it",
        key="open_there",
        type="primary",
        on_click=reviewing.go,
        args=(Desk.ARTICLES, article.id),
    )


def _form(one: Incoming, text: str) -> None:
    """Ask what no text says of itself."""
    reviewing.suggest(f"add_{one.key}_headline", one.title or first_line(text))
    at = f"add_{one.key}_"
    st.text_input("Headline", key=f"{at}headline", max_chars=300, persist_state="session")
    left, middle, right = st.columns([2, 3, 2])
    with left:
        st.text_input(
            "Publisher (needed)", key=f"{at}publisher", max_chars=200, persist_state="session"
        )
    with middle:
        st.text_input(
            "URL, if it has one", key=f"{at}url", placeholder="https://", persist_state="session"
        )
    with right:
        st.date_input(
            "Published on (needed)",
            value=None,
            key=f"{at}published",
            format="YYYY-MM-DD",
            min_value=_EARLIEST,
            help=_WHY_DATE,
            persist_state="session",
        )
    st.text_input(
        "How do you know that day?",
        key=f"{at}reason",
        placeholder="Printed above the text; on the web page; told by the sender",
        persist_state="session",
    )
    st.button(
        "Read it",
        key="read_it",
        type="primary",
        on_click=reviewing.ask_to_read,
        args=(one.key, text),
    )


def first_line(text: str) -> str:
    """Return the first line that holds anything, for a headline."""
    return next((line.strip() for line in text.splitlines() if line.strip()), "")[:300]


def _lacks(at: str) -> Iterator[str]:
    """Find what has not been stated and is needed."""
    for name, words in (("headline", "the headline"), ("publisher", "who published it")):
        if not reviewing.typed(at + name).strip():
            yield words
    if (url := reviewing.typed(f"{at}url").strip()) and not _ADDRESS.fullmatch(url):
        yield "a URL that begins with https:// or http://, or none at all"
    if reviewing.typed(f"{at}published") is None:
        yield f"the day of publication. {_WHY_DATE}"


def _reading(one: Incoming, text: str, at: str) -> ReadingWithPlaces | None:
    """Read an article and offer to save it; None, and why, when it cannot be read."""
    if not text.strip():
        st.html(rendered("told.html", words="There is no text yet. Paste the whole article."))
        return None
    if lacks := list(_lacks(at)):
        st.html(rendered("told.html", words=f"Still needed: {'; '.join(lacks)}"))
        return None
    published = reviewing.typed(f"{at}published")
    publisher = reviewing.typed(f"{at}publisher").strip()
    found = _understood(one, text, published, publisher)
    if found is None:
        return None
    _clues(text, published, f"{at}published")
    events = found.reading.events
    words = (
        f"{len(events)} draft event{'' if len(events) == 1 else 's'} found. Nothing is saved yet."
    )
    st.html(rendered("counts.html", words=words))
    st.button(
        "Save and review",
        key="save_new",
        type="primary",
        icon=":material/save:",
        on_click=reviewing.save_new,
        args=(text, found.reading, at),
    )
    return found


def _understood(
    one: Incoming, text: str, published: date, publisher: str
) -> ReadingWithPlaces | None:
    """Read an article and tell how far it is; None when it cannot be read, which is told."""
    with st.status("Reading the article", expanded=False) as status:
        st.write("Loading the English model")
        try:
            reading.get_ready()
            st.write("Looking at the language")
            fault = reading.fault_of(text, one.name)
            if fault is None:
                st.write("Finding sentences, dates, places, claims and events")
                found = reading.understood(text, published, one.key, publisher)
                reading.clues(text, published)
        except (RuntimeError, ValueError) as error:
            fault = str(error)
        if fault is not None:
            status.update(label="The article was not read", state="error")
        else:
            status.update(label="Read", state="complete")
    if fault is not None:
        st.html(rendered("told.html", words=f"{fault} What you typed is still here."))
        return None
    return found


def _clues(text: str, published: date, key: str) -> None:
    """Tell what in the text contradicts the day, and offer the days that would fit."""
    for number, clue in enumerate(reading.clues(text, published)):
        st.html(rendered("clue.html", clue=clue))
        days = fitting_days(clue, published)
        if days:
            with st.container(horizontal=True, key=f"fits_{number}"):
                for day in days:
                    st.button(
                        label_of(day_words(day)),
                        key=f"fit_{number}_{day}",
                        on_click=reviewing.take_day,
                        args=(key, day),
                    )


def fitting_days(clue: Clue, published: date) -> list[date]:
    """Return days of publication that would agree with a clue, those near the given one first."""
    days = list(clue.days)
    if not days and clue.fits and not (clue.fits.opens or clue.fits.stands):
        first, last = clue.fits.first.toordinal(), clue.fits.last.toordinal()
        nearest = min(max(published.toordinal(), first), last)
        around = range(max(first, nearest - _MOST_DAYS), min(last, nearest + _MOST_DAYS) + 1)
        days = [date.fromordinal(day) for day in around]
    nearest_first = sorted(days, key=lambda day: abs(day - published))
    return sorted(nearest_first[:_MOST_DAYS])
