"""The review's state: what is open, what is being typed, what could not be saved.

With `choices`, the only place that reads and writes Streamlit's session state.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import streamlit as st

from components.model.article import Evidence
from components.model.draft import State
from components.model.event import (
    Actor,
    Attribution,
    Basis,
    Event,
    Kind,
    Mention,
    Mode,
    Quantity,
    Role,
    Scope,
)
from components.model.period import Period
from components.page import served
from components.page.words import plain, quoted
from components.text.review import find, identity, read_again
from components.text.sidecar import AlreadyThere, Changed, write_article, write_new_article

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from typing import TypeAlias

    from components.model.article import Article
    from components.model.draft import Change
    from components.text.reading import Reading

    Act: TypeAlias = Callable[[Article, str, datetime], Article]

TEXT = "article_text"
# What a row of each list holds, with what it holds when it is new.
ROWS: dict[str, dict[str, Any]] = {
    "places": {"name": "", "role": Role.EVENT.value, "basis": Basis.STATED.value, "at": None},
    "actors": {"name": "", "role": "participant"},
    "attributions": {"source": "", "cue": "", "scope": Scope.EVENT.value},
    "quantities": {"value": 0, "unit": "", "hedge": "", "words": ""},
}
FIELDS = ("title", "kind", "mode", "edtf", "date_words", "date_reason")
_LONGEST = 200
_PAGE = ("page", "article")
_EDITED = re.compile(r"edit\d+_")
_SAME = (
    "{quoted} is told by the same words and is of the same kind already. Choose other words as "
    "first evidence or another kind, or unite the two."
)
_NO_REASON = "Stated by a person, who gave no reason."


class Desk(StrEnum):
    """Which page is shown."""

    MAP = "map"
    ARTICLES = "articles"
    ADD = "add"


@dataclass(frozen=True)
class Held:
    """A decision that was not saved, since somebody else had changed the article meanwhile."""

    seen: Article
    words: str
    act: Act


def start() -> None:
    """Fill the session from the URL, once; later the browser's Back and Forward are followed."""
    if "desk" in st.session_state:
        _follow_url()
        return
    query = st.query_params
    asked = query.get("page", "")
    st.session_state.update(
        {
            "desk": Desk(asked) if asked in {*Desk} else Desk.MAP,
            "article": query.get("article", "")[:_LONGEST] or None,
            "current": None,
            "reviewer": "",
            "held": None,
            "told": None,
            "editing": None,
            "parts": 0,
            "selection": None,
            "rows_made": 0,
            "suggested": {},
            "asked": {},
            "kept": {},
            "in_url": _page_in_url(),
            "went": False,
        }
    )


def _page_in_url() -> dict[str, str]:
    """Return what the URL says of the page."""
    return {name: st.query_params[name] for name in _PAGE if name in st.query_params}


def _follow_url() -> None:
    """Show the page that the URL names, when the visitor and not this page has changed it."""
    state, asked = st.session_state, _page_in_url()
    # A button that was pressed a moment before the URL was told has the last word.
    if asked != state.in_url and not state.went:
        page, name = asked.get("page", ""), asked.get("article", "")[:_LONGEST]
        go(Desk(page) if page in {*Desk} else Desk.MAP, name or None)
    state.in_url, state.went = asked, False


def desk() -> Desk:
    """Return which page is shown."""
    return Desk(st.session_state.desk)


def query() -> dict[str, str]:
    """Return the query parameters that say which page is shown."""
    state = st.session_state
    if state.desk == Desk.MAP:
        return {}
    return {"page": state.desk.value} | ({"article": state.article} if state.article else {})


def keep_in_url() -> None:
    """Write which page is shown into the URL, in one step; what the map shows stays in it."""
    told = query()
    if _page_in_url() != told:
        others = {name: one for name, one in st.query_params.to_dict().items() if name not in _PAGE}
        st.query_params.from_dict(others | told)
    st.session_state.in_url = told


def go(desk: Desk, article: str | None = None, current: str | None = None) -> None:
    """Show a page: the map, the articles or one of them, or the form for a new one."""
    state = st.session_state
    # The tabs of the map's column are forgotten while they are not drawn.
    if state.desk == Desk.MAP:
        state.room_before = state.get("room")
    elif desk is Desk.MAP and state.get("room_before"):
        state.room = state.room_before
    state.told = None
    if article != state.article:
        _put_edit_aside()
        state.selection = None
        _take_edit_up(article)
    state.desk, state.article, state.current, state.went = desk, article, current, True


def _put_edit_aside() -> None:
    """Keep what is being edited until its article is opened again."""
    state = st.session_state
    if state.editing is not None and state.article:
        typed = {str(key): state[key] for key in state if _EDITED.match(str(key))}
        state.kept[state.article] = (
            typed | {"parts": state.parts, "base": state.base} | {"editing": state.editing}
        )
    state.editing = None


def _take_edit_up(article: str | None) -> None:
    """Go on with what was being edited when the article was left."""
    state = st.session_state
    if article in state.kept:
        state.update(state.kept.pop(article))
        state.told = "You were editing this event when you left. What you typed is still here."


def look_at(event_id: str | None) -> None:
    """Open a draft or an event of the article."""
    st.session_state.current, st.session_state.told = event_id, None
    st.session_state.selection = None


# --- what is open ---


def article() -> str | None:
    """Return the id of the article that is asked for; there may be none of that name."""
    asked: str | None = st.session_state.article
    return asked


def reviewer() -> str | None:
    """Return who reviews; None until a name is given."""
    name: str = st.session_state.reviewer
    return name.strip() or None


def told() -> str | None:
    """Return why the last decision came to nothing; None when it did not."""
    words: str | None = st.session_state.told
    return words


def tell(words: str) -> None:
    """Tell the reviewer why something came to nothing."""
    st.session_state.told = words


def held() -> Held | None:
    """Return the decision that was not saved, since another had changed the article."""
    one: Held | None = st.session_state.held
    return one


def may_decide() -> bool:
    """Return whether a decision can be taken: somebody reviews, and none waits to be saved."""
    return reviewer() is not None and st.session_state.held is None


def is_editing() -> bool:
    """Return whether an event is being edited or split."""
    return st.session_state.editing is not None


def editing() -> str:
    """Return the id of the event that is being edited."""
    event_id: str = st.session_state.editing
    return event_id


def parts() -> int:
    """Return how many events are being edited together: one, or the parts of a split."""
    count: int = st.session_state.parts
    return count


def base(part: int) -> Event:
    """Return the event that is being edited, as it was before."""
    event: Event = st.session_state.base[part]
    return event


def typed(key: str) -> Any:  # noqa: ANN401  as various as widgets are
    """Return what a widget holds."""
    return st.session_state[key]


def states(article: Article) -> dict[str, State | None]:
    """Return the article's drafts and events in the order of the text, each with its state.

    None stands for an accepted one.
    """
    drafts = [(one.event, one.state) for one in article.drafts]
    found: list[tuple[Event, State | None]] = [*drafts, *((one, None) for one in article.events)]
    found.sort(key=lambda one: (one[0].evidence[0].start, one[0].evidence[0].stop, one[0].id))
    return {event.id: state for event, state in found}


def following(article: Article, after: str | None, step: int = 1) -> str | None:
    """Return the next draft to review, round and round; the only one is its own next."""
    order = list(states(article).items())
    places = [number for number, (event, _) in enumerate(order) if event == after]
    begin = places[0] if places else -1 if step > 0 else 0
    turned = [order[(begin + step * far) % len(order)] for far in range(1, len(order) + 1)]
    return next((event for event, state in turned if state is State.OPEN), None)


def current(article: Article) -> str | None:
    """Return what is open: what was chosen, else the first draft to review, else the first."""
    known = states(article)
    chosen: str | None = st.session_state.current
    if chosen in known:
        return chosen
    return following(article, None) or next(iter(known), None)


def selection(article: Article) -> tuple[int, int] | None:
    """Return the words selected in the article's text, as half-open offsets."""
    chosen = st.session_state.selection
    if chosen is None or not 0 <= chosen[0] < chosen[1] <= len(article.text):
        return None
    start, stop = chosen
    words = article.text[start:stop]
    start += len(words) - len(words.lstrip())
    stop -= len(words) - len(words.rstrip())
    return (start, stop) if start < stop else None


def hear_selection() -> None:
    """Take over the words that were selected in the text."""
    words = st.session_state[TEXT].get("selected") or {}
    start, stop = words.get("start"), words.get("stop")
    if isinstance(start, int) and isinstance(stop, int):
        st.session_state.selection = (start, stop)


def hear_click(article: Article) -> None:
    """Open the event whose evidence was clicked; a second click opens the next one there."""
    at = st.session_state[TEXT].get("clicked")
    there = [
        event.id
        for event in (*(one.event for one in article.drafts), *article.events)
        if isinstance(at, int) and any(one.start <= at < one.stop for one in event.evidence)
    ]
    if there and st.session_state.editing is None:
        order = [event for event in states(article) if event in there]
        opened = current(article)
        look_at(order[(order.index(opened) + 1) % len(order)] if opened in order else order[0])


# --- adding ---


def suggest(key: str, words: str) -> None:
    """Fill a widget in, unless the visitor has typed something into it."""
    state = st.session_state
    # Empty it may also be because the browser spoke before it had heard of the suggestion.
    if state.get(key, "") in {"", state.suggested.get(key, "")}:
        state[key] = words
    state.suggested[key] = words


def hear_pasted() -> None:
    """Forget what was read of a pasted text, since it has changed."""
    st.session_state.asked.pop("pasted", None)
    st.session_state.told = None


def ask_to_read(key: str, text: str) -> None:
    """Note that a text is to be read; another text of the same name is not."""
    st.session_state.asked[key] = hash(text)
    st.session_state.told = None


def is_asked_to_read(key: str, text: str) -> bool:
    """Return whether this text was asked to be read."""
    return bool(st.session_state.asked.get(key) == hash(text))


def take_day(key: str, day: date) -> None:
    """Take over a day of publication that would fit."""
    st.session_state[key] = day


def save_new(text: str, reading: Reading, at: str) -> None:
    """Write a new article with its drafts, and open it; what goes wrong is told.

    Parameters
    ----------
    at : str
        What the keys of the form begin with.
    """
    state = st.session_state
    state.told = None
    try:
        article = write_new_article(
            served.SEEDS,
            text,
            headline=state[f"{at}headline"].strip(),
            publisher=state[f"{at}publisher"].strip(),
            url=state[f"{at}url"].strip() or None,
            published=state[f"{at}published"],
            published_reason=state[f"{at}reason"].strip() or _NO_REASON,
            dateline=reading.dateline.of(text) if reading.dateline else None,
            byline=reading.byline.of(text) if reading.byline else None,
        )
        write_article(served.SEEDS, read_again(article, reading.events, datetime.now(UTC)))
    except AlreadyThere as error:
        go(Desk.ARTICLES, error.article)
        state.told = "This text was added before, as this article. Nothing new was saved."
    except (Changed, ValueError, OSError) as error:
        state.told = plain(str(error))
    else:
        state.pasted_text = ""
        for name in [name for name in state if str(name).startswith(at)]:
            del state[name]
        go(Desk.ARTICLES, article.id)


# --- deciding ---


def decide(article: Article, words: str, act: Act) -> None:
    """Do what the reviewer decided and write it; what cannot be written is kept and told.

    Parameters
    ----------
    article : Article
        As the reviewer saw it.
    words : str
        What is decided, for the reviewer to read: "Accept ...".
    """
    if st.session_state.held is None:
        _decide(article, words, act, seen=article)


def _decide(article: Article, words: str, act: Act, *, seen: Article) -> bool:
    """Do and write a decision; return whether that is done."""
    state = st.session_state
    state.told = None
    opened = current(seen) if seen.id == state.article else None
    try:
        done = act(article, state.reviewer.strip(), datetime.now(UTC))
        written = write_article(served.SEEDS, done)
    except Changed:
        state.held = Held(seen, words, act)
        # What was decided on stays open: a key pressed twice must not decide on the next one.
        state.current = opened or state.current
    except (ValueError, OSError) as error:
        state.told = plain(str(error), article)
    else:
        _go_on(article, written)
        return True
    return False


def decide_now(article: Article) -> None:
    """Do the decision that was held back, on the article as it is now."""
    held: Held = st.session_state.held
    if _decide(article, held.words, held.act, seen=held.seen):
        drop_held()


def drop_held() -> None:
    """Forget the decision that was held back."""
    st.session_state.held = None


def _go_on(before: Article, written: Article) -> None:
    """Open what comes after a decision that has been saved."""
    state = st.session_state
    if written.id != state.article:
        return
    opened = current(before)
    state.editing, state.selection = None, None
    known = states(written)
    if opened not in known and len(written.log) > len(before.log):
        renamed = written.log[-1].other
        opened = renamed if renamed in known else opened
    if opened in known and (known[opened] is State.OPEN or before.drafts == written.drafts):
        state.current = opened
    else:
        state.current = following(before, opened)
        if state.current not in known:
            state.current = following(written, opened) or opened


def news(seen: Article, now: Article) -> tuple[Change, ...]:
    """Return what others did to an article since it was seen."""
    return now.log[len(seen.log) :]


# --- editing ---


def edit(parts: tuple[Event, ...], event_id: str) -> None:
    """Begin to edit an event, or the parts that it is to be split into."""
    state = st.session_state
    state.editing, state.parts, state.told = event_id, len(parts), None
    state.base = parts
    for part, event in enumerate(parts):
        state[f"edit{part}_evidence"] = tuple((one.start, one.stop) for one in event.evidence)
        values = {
            "title": event.title,
            "kind": event.kind.value,
            "mode": event.mode.value,
            "edtf": event.period.edtf,
            "date_words": event.date_words or "",
            "date_reason": event.date_reason,
        }
        state.update({f"edit{part}_{name}": value for name, value in values.items()})
        for name in ROWS:
            state[f"edit{part}_{name}"] = []
            for one in getattr(event, name):
                add_row(part, name, one)


def add_row(part: int, name: str, holds: object | None = None) -> None:
    """Add a row to one of the lists being edited."""
    state = st.session_state
    state.rows_made += 1
    row = state.rows_made
    state[f"edit{part}_{name}"] = [*state[f"edit{part}_{name}"], row]
    for column, empty in ROWS[name].items():
        value = empty if holds is None else getattr(holds, column)
        value = getattr(value, "value", value)
        state[cell(part, name, row, column)] = empty if value is None else value


def drop_row(part: int, name: str, row: int) -> None:
    """Take a row out of one of the lists being edited."""
    rows = st.session_state[f"edit{part}_{name}"]
    st.session_state[f"edit{part}_{name}"] = [one for one in rows if one != row]


def rows(part: int, name: str) -> list[int]:
    """Return the rows of one of the lists being edited."""
    found: list[int] = st.session_state[f"edit{part}_{name}"]
    return found


def cell(part: int, name: str, row: int, column: str) -> str:
    """Return the key of a widget in a row."""
    return f"edit{part}_{name}_{row}_{column}"


def place(part: int, row: int) -> str | None:
    """Return which place a mention being edited was said to mean."""
    at: str | None = st.session_state[cell(part, "places", row, "at")]
    return at


def choose_place(part: int, row: int, at: str | None) -> None:
    """Take over the place that was chosen for a mention."""
    st.session_state[cell(part, "places", row, "at")] = at


def hear_place(part: int, row: int, key: str, reach: str) -> None:
    """Take over a click on the small map."""
    clicked = (st.session_state.get(key) or {}).get("last_clicked") or {}
    lon, lat = clicked.get("lng"), clicked.get("lat")
    if isinstance(lon, int | float) and isinstance(lat, int | float):
        choose_place(part, row, f"{lon:.5f},{lat:.5f},{st.session_state[reach]}")
        name, basis = (cell(part, "places", row, one) for one in ("name", "basis"))
        here = next((one for one in served.library().articles if one.id == article()), None)
        if here is not None:
            st.session_state[basis] = _basis(here, st.session_state[name], st.session_state[basis])


def _basis(article: Article, name: str, basis: str) -> str:
    """Return why a mention is where it is; a point is stated only when the text has its name."""
    if basis == Basis.STATED and (not name.strip() or name.strip() not in article.text):
        return Basis.INFERRED.value
    return basis


def is_point(at: str | None) -> bool:
    """Return whether a place is a point that was picked on the map: `lon,lat,radius_m`."""
    return at is not None and at.count(",") == 2  # noqa: PLR2004  see above


def hear_reach(part: int, row: int, reach: str) -> None:
    """Take over how far a point chosen on the small map reaches."""
    at = place(part, row)
    if at is not None and is_point(at):
        choose_place(part, row, f"{at.rpartition(',')[0]},{st.session_state[reach]}")


def hear_days(part: int) -> None:
    """Take back what the reader said of the days, since a person has set others.

    Its words for them go too, unless only the certainty of the same days has changed. What the
    person has typed stays.
    """
    state, event = st.session_state, st.session_state.base[part]
    at = f"edit{part}_"
    try:
        period = Period.from_edtf(state[f"{at}edtf"].strip())
    except ValueError:
        return
    by_hand = f"Set by {reviewer() or 'a reviewer'}."
    words = event.date_words or ""
    if state[f"{at}date_reason"] in {event.date_reason, by_hand}:
        state[f"{at}date_reason"] = event.date_reason if period == event.period else by_hand
    if state[f"{at}date_words"] in {words, ""}:
        same_days = (period.first, period.last) == (event.period.first, event.period.last)
        state[f"{at}date_words"] = words if same_days else ""


def evidence(part: int) -> tuple[tuple[int, int], ...]:
    """Return the evidence of the event being edited, as half-open offsets."""
    spans: tuple[tuple[int, int], ...] = st.session_state[f"edit{part}_evidence"]
    return spans


def set_evidence(part: int, spans: tuple[tuple[int, int], ...]) -> None:
    """Say which words are the evidence of the event being edited."""
    st.session_state[f"edit{part}_evidence"] = tuple(dict.fromkeys(spans))
    st.session_state.selection = None


def stop_editing() -> None:
    """Forget what was typed."""
    st.session_state.editing, st.session_state.told = None, None


def edited(article: Article, part: int) -> Event:
    """Return the event as it was typed.

    Raises
    ------
    ValueError
        When there is no evidence, or the dates are no EDTF date.
    """
    state = st.session_state
    if not evidence(part):
        message = "An event needs evidence: select the words in the article that state it."
        raise ValueError(message)
    spans = tuple(
        Evidence(article.id, start, stop, article.text[start:stop])
        for start, stop in evidence(part)
    )
    typed = {name: state[f"edit{part}_{name}"].strip() for name in FIELDS}

    def filled(name: str) -> list[dict[str, Any]]:
        found = [
            {column: state[cell(part, name, row, column)] for column in ROWS[name]}
            for row in rows(part, name)
        ]
        return [
            {key: one.strip() if isinstance(one, str) else one for key, one in row.items()}
            for row in found
        ]

    event: Event = replace(
        state.base[part],
        kind=Kind(typed["kind"]),
        mode=Mode(typed["mode"]),
        title=typed["title"],
        period=Period.from_edtf(typed["edtf"]),
        date_words=typed["date_words"] or None,
        date_reason=typed["date_reason"],
        evidence=spans,
        actors=tuple(Actor(**one) for one in filled("actors")),
        places=tuple(
            Mention(
                one["name"],
                Role(one["role"]),
                Basis(
                    _basis(article, one["name"], one["basis"])
                    if is_point(one["at"])
                    else one["basis"]
                ),
                one["at"],
            )
            for one in filled("places")
        ),
        attributions=tuple(
            Attribution(one["source"], one["cue"] or None, Scope(one["scope"]))
            for one in filled("attributions")
        ),
        quantities=tuple(
            Quantity(int(one["value"] or 0), one["unit"], one["hedge"] or None, one["words"])
            for one in filled("quantities")
        ),
    )
    return replace(event, id=identity(event))


def twin(article: Article, events: tuple[Event, ...]) -> str | None:
    """Return why edited events cannot be saved beside the others; None when they can.

    An event is known by its first evidence and its kind, so no two may have both in common.
    """
    taken = {one: find(article, one) for one in states(article) if one != editing()}
    for event in events:
        other = taken.get(event.id)
        if other is not None:
            return _SAME.format(quoted=quoted(other.title))
        taken[event.id] = event
    return None
