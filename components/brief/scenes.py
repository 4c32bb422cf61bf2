"""Briefings as files: `briefings/NAME.json` beside the articles, to be saved, sent and compared."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from filelock import FileLock, Timeout

from components.model.briefing import FIRST_SECONDS, LONGEST_SECONDS, Briefing, KeptView, slug
from components.model.world import Fault, shown_name
from components.text.articles import wrong_day
from components.text.shape import Checked, Optional, Shape, misfits
from components.text.sidecar import Unsound, write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

FOLDER = "briefings"
_LOCK = ".scenes.lock"
_LOCK_SECONDS = 10
_LARGEST_BYTES = 4_000_000


def _wrong_seconds(value: int) -> str | None:
    if 1 <= value <= LONGEST_SECONDS:
        return None
    return f"is {value}. It must be a whole number from 1 to {LONGEST_SECONDS:,}."


def _wrong_view(value: dict[str, Any]) -> str | None:
    wrong = [
        f"{name!r}: {held!r}"
        for name, held in value.items()
        if not (isinstance(held, str) and f"{name}{held}".isprintable())
    ]
    if not wrong:
        return None
    return f"holds {', '.join(wrong)[:200]}. It must hold only texts, as the app's own links do."


_SHAPE: Shape = {
    "title": str,
    "classification": str | None,
    "author": str | None,
    "day": Checked(str, wrong_day),
    "scenes": [
        {
            "id": str,
            "title": str,
            "note": str | None,
            "seconds": Optional(Checked(int, _wrong_seconds)),
            "view": Checked(dict, _wrong_view),
        }
    ],
}


def content_of(briefing: Briefing) -> bytes:
    """Return the file of a briefing: a line a value, so that two of them can be compared.

    Raises
    ------
    Unsound
        When it would not be read again as it is.
    """
    record = {
        "title": briefing.title,
        "classification": briefing.classification or None,
        "author": briefing.author or None,
        "day": briefing.day.isoformat(),
        "scenes": [
            {
                "id": one.id,
                "title": one.title,
                "note": one.note or None,
                "seconds": one.seconds,
                "view": dict(one.view),
            }
            for one in briefing.scenes
        ],
    }
    text = json.dumps(record, ensure_ascii=False, indent=2) + "\n"
    content = text.encode(errors="backslashreplace")
    again, faults = briefing_of(content, briefing.id)
    if again != briefing:
        why = " ".join(map(str, faults)) or "it would not be read again as it is."
        message = f"Nothing was written: {why}"
        raise Unsound(message)
    return content


def briefing_of(content: bytes, name: str) -> tuple[Briefing | None, tuple[Fault, ...]]:
    """Return the briefing that a file holds; None, and everything that is wrong, when it is none.

    Parameters
    ----------
    name : str
        The file's name without its ending: the briefing's id.
    """
    where = f"{FOLDER}/{name}.json"
    if len(content) > _LARGEST_BYTES:
        told = f"holds {len(content):,} bytes; at most {_LARGEST_BYTES:,} are read. Split it."
        return None, (Fault(where, told),)
    try:
        record = json.loads(content)
    except (ValueError, RecursionError) as error:
        told = f"is no JSON ({error}). Open a file that Corridors has saved."
        return None, (Fault(where, told),)
    faults = [Fault(where, str(one)) for one in misfits(record, _SHAPE)]
    if not faults:
        ids = [one["id"] for one in record["scenes"]]
        faults = [
            Fault(where, f"the scene id {one!r} is used twice. Give each scene its own.")
            for one in sorted({one for one in ids if ids.count(one) > 1})
        ]
    return (None if faults else _briefing(record, name)), tuple(faults)


def read_briefing(path: Path) -> tuple[Briefing | None, tuple[Fault, ...]]:
    """Read one file; whatever is wrong with it is told."""
    name = shown_name(path.name)
    if name != path.name:
        return None, (Fault(f"{FOLDER}/{name}", "has a name that is not UTF-8. Rename it."),)
    try:
        return briefing_of(path.read_bytes(), path.stem)
    except OSError as error:
        told = f"cannot be read ({error.strerror}). Make it a file that can be."
        return None, (Fault(f"{FOLDER}/{path.name}", told),)


def read_scenes(articles: Path) -> tuple[tuple[Briefing, ...], tuple[Fault, ...]]:
    """Read all briefings beside the articles, in the order of their names.

    A broken one hides no other. Without the folder there is none.
    """
    paths = sorted((articles / FOLDER).glob("[!.]*.json"), key=lambda path: path.stem)
    found = [read_briefing(path) for path in paths]
    return (
        tuple(one for one, _ in found if one),
        tuple(fault for _, faults in found for fault in faults),
    )


def write_new(articles: Path, briefing: Briefing) -> Briefing:
    """Write a briefing under its id, or one like its title; return it with the id it got.

    A name that is taken gets a number.

    Raises
    ------
    Unsound
        When it would not be read again as it is.
    OSError
        When the folder cannot be written to, or is locked for ten seconds.
    """
    with _locked(articles) as folder:
        # Links name the id: a briefing that is sent to somebody else keeps it.
        name = slug(briefing.id) or slug(briefing.title) or "briefing"
        number = 1
        while (folder / f"{(free := name if number == 1 else f'{name}-{number}')}.json").exists():
            number += 1
        named = replace(briefing, id=free)
        write_whole(folder / f"{free}.json", content_of(named))
    return named


def write_act(
    articles: Path, name: str, act: Callable[[Briefing], Briefing]
) -> tuple[Briefing, Briefing]:
    """Change a briefing as it stands in its file now; return it before and after.

    Acts of two people follow each other; neither is lost.

    Raises
    ------
    LookupError
        When the file is gone or broken.
    Unsound
        When it would not be read again as it is.
    OSError
        When the folder cannot be written to, or is locked for ten seconds.
    """
    with _locked(articles) as folder:
        before = _still(folder, name)
        after = act(before)
        if after != before:
            write_whole(folder / f"{name}.json", content_of(after))
    return before, after


def write_undo(articles: Path, after: Briefing, before: Briefing) -> None:
    """Take an act back.

    Raises
    ------
    LookupError
        When the file holds something else by now, which is kept.
    OSError
        When the folder cannot be written to, or is locked for ten seconds.
    """
    with _locked(articles) as folder:
        if _still(folder, after.id) != after:
            message = "The briefing was changed elsewhere meanwhile; nothing was undone."
            raise LookupError(message)
        write_whole(folder / f"{before.id}.json", content_of(before))


@contextmanager
def _locked(articles: Path) -> Iterator[Path]:
    folder = articles / FOLDER
    folder.mkdir(exist_ok=True)
    try:
        lock = FileLock(folder / _LOCK).acquire(timeout=_LOCK_SECONDS)
    except Timeout as error:
        message = (
            f"{FOLDER}/ is being written to elsewhere and stayed locked for {_LOCK_SECONDS} s. "
            "Try again in a moment."
        )
        raise TimeoutError(message) from error
    with lock:
        yield folder


def _still(folder: Path, name: str) -> Briefing:
    briefing, faults = read_briefing(folder / f"{name}.json")
    if briefing is None:
        message = " ".join(map(str, faults))
        raise LookupError(message)
    return briefing


def _briefing(record: dict[str, Any], name: str) -> Briefing:
    """Return the briefing that a sound record describes."""
    return Briefing(
        id=name,
        title=record["title"],
        classification=record["classification"] or "",
        author=record["author"] or "",
        day=date.fromisoformat(record["day"]),
        scenes=tuple(
            KeptView(
                **one | {"note": one["note"] or "", "seconds": one.get("seconds", FIRST_SECONDS)}
            )
            for one in record["scenes"]
        ),
    )
