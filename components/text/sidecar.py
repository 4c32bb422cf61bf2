"""Write articles and their sidecars, so that no crash and no second writer loses anything."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from filelock import FileLock

from components.model.article import Article
from components.text.articles import article_of, read_article

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from components.model.draft import Change, Draft
    from components.model.event import Event
    from components.text.articles import Record

# One a folder: the system frees it when its holder dies, so that it is never stale.
_LOCK = ".articles.lock"
_LOCK_SECONDS = 10
_NAME_LENGTH = 80


class Changed(RuntimeError):  # noqa: N818 (it is news, not a mistake)
    """Somebody else wrote the sidecar since it was read; nothing was written.

    Attributes
    ----------
    article : Article or None
        As it is on disk now, to do the act again on; None when it can no longer be read.
    """

    def __init__(self, message: str, article: Article | None) -> None:
        """Keep the article beside the message."""
        super().__init__(message)
        self.article = article


class AlreadyThere(FileExistsError):  # noqa: N818 (it is news, not a mistake)
    """The folder has this text already.

    Attributes
    ----------
    article : str
        Id of the article that has it.
    """

    def __init__(self, message: str, article: str) -> None:
        """Keep the article's id beside the message."""
        super().__init__(message)
        self.article = article


class Unsound(ValueError):  # noqa: N818 (named for what the record is)
    """What was to be written could not be read again, or would lose what is on disk."""


def write_article(folder: Path, article: Article) -> Article:
    """Write an article's sidecar, `NAME.json`; its text is never written again.

    A crash leaves the old file or the new one, whole. Writers wait for each other at a lock;
    whoever comes second is told that the file is another by now. An editor knows no lock, so
    the file is compared right before it is replaced.

    Returns
    -------
    Article
        The same with its new `version`.

    Raises
    ------
    Changed
        When the sidecar on disk is not the one that was read.
    Unsound
        When it could not be read again as it is, or records on disk are broken and would be lost.
    OSError
        When the folder cannot be written to.
    """
    path = folder / f"{article.id}.json"
    content = _content(path, article)
    with FileLock(folder / _LOCK, timeout=_LOCK_SECONDS):
        now, faults = read_article(path)
        if _digest(path) != article.version:
            message = (
                f"{path.name} was changed by somebody else since it was read; nothing was written."
                " Look at it as it is now, and do it again."
            )
            raise Changed(message, now)
        if faults and article.version:
            message = f"{path.name} holds what writing would lose. Correct the file first. "
            raise Unsound(message + " ".join(str(fault) for fault in faults))
        write_whole(path, content)
    return replace(article, version=sha256(content).hexdigest())


def write_new_article(  # noqa: PLR0913 (all that a person states about an article)
    folder: Path,
    text: str,
    *,
    headline: str,
    publisher: str,
    url: str | None,
    published: date,
    published_reason: str,
    dateline: str | None,
    byline: str | None,
) -> Article:
    """Write a text and its first sidecar, without events; no file is ever overwritten.

    The files are named after date, publisher and headline.

    Raises
    ------
    AlreadyThere
        When an article of the folder has the same text.
    Unsound
        When a statement is missing or could not be read again.
    OSError
        When the folder cannot be written to.
    """
    try:
        content = text.encode()
    except UnicodeEncodeError as error:
        message = (
            f"The text has half a character at {error.start}, which no file can hold. Take it out."
        )
        raise Unsound(message) from error
    if not text.strip():
        message = "The text is empty. Give the whole article."
        raise Unsound(message)
    digest = sha256(content).hexdigest()
    with FileLock(folder / _LOCK, timeout=_LOCK_SECONDS):
        for other in sorted(folder.glob("*.json")):
            beside = other.with_suffix(".txt")
            if beside.is_file() and beside.read_bytes() == content:
                message = f"This text is already there, as {other.stem}. Open that article."
                raise AlreadyThere(message, other.stem)
        path = _free_path(folder, f"{published}-{publisher}-{headline}", content)
        article = Article(
            id=path.stem,
            text=text,
            headline=headline,
            publisher=publisher,
            dateline=dateline,
            byline=byline,
            url=url,
            published=published,
            published_reason=published_reason,
            sha256=digest,
            events=(),
        )
        sidecar = _content(path, article)
        # A crash in between leaves a text without a sidecar: it is told, and written next time.
        write_whole(path.with_suffix(".txt"), content)
        write_whole(path, sidecar)
    return replace(article, version=sha256(sidecar).hexdigest())


def event_record(event: Event) -> Record:
    """Return an event as its sidecar holds it, without its number."""
    record: Record = {
        "kind": event.kind.value,
        "mode": event.mode.value,
        "title": event.title,
        "actors": [{"name": actor.name, "role": actor.role} for actor in event.actors],
        "places": [
            {"name": place.name, "role": place.role.value, "basis": place.basis.value}
            | ({} if place.at is None else {"at": place.at})
            for place in event.places
        ],
        "edtf": event.period.edtf,
        "date_words": event.date_words,
        "date_reason": event.date_reason,
        "attributions": [
            {"source": said.source, "cue": said.cue, "scope": said.scope.value}
            for said in event.attributions
        ],
        "quantities": [
            {"value": one.value, "unit": one.unit, "hedge": one.hedge, "words": one.words}
            for one in event.quantities
        ],
        "evidence": [
            {"start": span.start, "stop": span.stop, "quote": span.quote} for span in event.evidence
        ],
    }
    return record | ({} if event.same_as is None else {"same_as": event.same_as})


def draft_record(draft: Draft) -> Record:
    """Return a draft as its sidecar holds it."""
    return event_record(draft.event) | {"rule": draft.rule, "state": draft.state.value}


def _change_record(change: Change) -> Record:
    record: Record = {
        "when": change.when.isoformat(),
        "who": change.who,
        "act": change.act.value,
        "draft": change.draft,
        "before": change.before,
        "after": change.after,
    }
    return record | ({} if change.other is None else {"other": change.other})


def _article_record(article: Article) -> Record:
    """Return an article's sidecar; its events are numbered as they stand."""
    record: Record = {
        "headline": article.headline,
        "publisher": article.publisher,
        "dateline": article.dateline,
        "byline": article.byline,
        "url": article.url,
        "published": article.published.isoformat(),
        "published_reason": article.published_reason,
        "sha256": article.sha256,
        "events": [
            {"number": number} | event_record(event)
            for number, event in enumerate(article.events, start=1)
        ],
    }
    more: dict[str, list[Any]] = {
        "drafts": [draft_record(draft) for draft in article.drafts],
        "log": [_change_record(change) for change in article.log],
    }
    return record | {key: records for key, records in more.items() if records}


def _content(path: Path, article: Article) -> bytes:
    """Return the bytes of an article's sidecar, once it is certain that they read as the same."""
    try:
        record = _article_record(article)
        content = (json.dumps(record, ensure_ascii=False, indent=2) + "\n").encode()
        again, faults = article_of(path, article.text.encode(), content)
    except UnicodeEncodeError as error:
        message = f"{path.name} would hold half a character, which no file can. Take it out."
        raise Unsound(message) from error
    if faults:
        message = f"Nothing was written. {' '.join(str(fault) for fault in faults)}"
        raise Unsound(message)
    if again != article:
        message = (
            f"Nothing was written: {path.name} would not be read again as the same article."
            " Give each event the id of its evidence, and nothing that a sidecar does not hold."
        )
        raise Unsound(message)
    return content


def _digest(path: Path) -> str:
    """Return the sha256 of a file; empty when there is none."""
    try:
        return sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return ""


def write_whole(path: Path, content: bytes) -> None:
    """Put a file in its place in one step; the caller holds a lock of the folder.

    A crash leaves the old file or the new one, whole.

    Raises
    ------
    OSError
        When the folder cannot be written to; the old file stands.
    """
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        with unfinished.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _free_path(folder: Path, words: str, text: bytes) -> Path:
    """Return the sidecar's path under the first name that no other text has."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    name = "-".join(re.findall(r"[a-z0-9]+", plain))[:_NAME_LENGTH].rstrip("-")
    number = 1
    while True:
        path = folder / (f"{name}.json" if number == 1 else f"{name}-{number}.json")
        beside = path.with_suffix(".txt")
        # The text of a crash may stand there without a sidecar.
        if not path.exists() and (not beside.exists() or beside.read_bytes() == text):
            return path
        number += 1
