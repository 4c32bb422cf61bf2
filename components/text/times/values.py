"""TIMEX3 values: how they are shifted, which days they name, and their EDTF."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date, timedelta

_VALUE = re.compile(
    r"(?P<year>\d{4})(?:-(?:W(?P<week>\d\d)(?P<weekend>-WE)?|Q(?P<quarter>[1-4])|H(?P<half>[12])"
    r"|(?P<season>SP|SU|FA|WI)|(?P<month>\d\d)(?:-(?P<day>\d\d))?))?(?:T.*)?"
)
# The months that a season is drawn over, in the northern half of the world.
_SEASONS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 14)}
_DECADE, _CENTURY = 3, 2  # digits


def edtf_of(value: str) -> str | None:
    """Return the EDTF of the days that a value names, or None when it names none."""
    if value.isdigit() and len(value) in {_DECADE, _CENTURY}:
        return _years(value)
    found = _VALUE.fullmatch(value)
    if not found or int(found["year"]) not in range(MINYEAR, MAXYEAR):
        return None
    year, parts = int(found["year"]), found.groupdict()
    if parts["week"]:
        return _week(year, int(parts["week"]), weekend=bool(parts["weekend"]))
    if parts["quarter"]:
        last = 3 * int(parts["quarter"])
        return f"{year:04}-{last - 2:02}/{year:04}-{last:02}"
    if parts["half"]:
        last = 6 * int(parts["half"])
        return f"{year:04}-{last - 5:02}/{year:04}-{last:02}"
    if parts["season"]:
        first, last = _SEASONS[parts["season"]]
        return f"{year:04}-{first:02}/{year + last // 13:04}-{(last - 1) % 12 + 1:02}"
    return value.partition("T")[0]


def _years(value: str) -> str | None:
    span = 10 ** (4 - len(value))
    first = int(value) * span
    # A century is counted from its year one.
    first, last = (first + 1, first + 100) if span > 10 else (first, first + 9)  # noqa: PLR2004
    return f"{first:04}/{last:04}" if first >= MINYEAR and last < MAXYEAR else None


def _week(year: int, week: int, *, weekend: bool) -> str | None:
    try:
        monday = date.fromisocalendar(year, week, 1)
    except ValueError:
        return None
    first = monday + timedelta(days=5) if weekend else monday
    return f"{first}/{monday + timedelta(days=6)}"


def week_of(day: date) -> str:
    """Return the value of the week that has a day, as "2024-W34"."""
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"


def quarter_of(day: date) -> str:
    """Return the value of the quarter that has a day, as "2024-Q3"."""
    return f"{day.year:04}-Q{(day.month + 2) // 3}"


def month_of(day: date) -> str:
    """Return the value of the month that has a day, as "2024-08"."""
    return f"{day.year:04}-{day.month:02}"


def moved(day: date, number: int, unit: str) -> date | None:
    """Return a day so many units (D, W, M, Q, Y) on, or None outside the calendar."""
    try:
        if unit in {"D", "W", "WE"}:
            return day + timedelta(days=number * (1 if unit == "D" else 7))
        months = number * {"M": 1, "Q": 3, "Y": 12, "DE": 120, "CE": 1200}[unit]
        year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
        return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    except (ValueError, OverflowError):
        return None


def unit_value(day: date, unit: str) -> str:
    """Return the value of the day, week, month, quarter, year, decade or century with a day."""
    return {
        "D": day.isoformat(),
        "W": week_of(day),
        "WE": week_of(day) + "-WE",
        "M": month_of(day),
        "Q": quarter_of(day),
        "Y": f"{day.year:04}",
        "DE": f"{day.year:04}"[:3],
        "CE": f"{day.year:04}"[:2],
    }[unit]


def first_day(value: str) -> date | None:
    """Return the first day that a value names, to count from; None when it names none."""
    edtf = edtf_of(value)
    if edtf is None:
        return None
    year, month, day = ([int(part) for part in edtf.split("/")[0].split("-")] + [1, 1])[:3]
    return day_of(year, month, day)


def day_of(year: int, month: int, day: int) -> date | None:
    """Return a day, or None where the calendar has none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def full_year(text: str, published: date) -> int:
    """Return the year of "1998" or "98", which lies at most ten years ahead."""
    if len(text) == len("1998"):
        return int(text)
    year = published.year // 100 * 100 + int(text)
    return year - 100 if year > published.year + 10 else year
