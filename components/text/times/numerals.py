"""Numbers in words and digits, and the lengths of time that they count."""

from __future__ import annotations

import re

from components.text.times.vocabulary import NUMBERS

_FORMS = {"S": "PT{}S", "MIN": "PT{}M", "H": "PT{}H", "N": "P{}D", "WE": "P{}WE"}
_HALVES = {"Y": "6M", "D": "T12H", "H": "30M", "MIN": "30S"}
_HALF = 0.5


def number_of(text: str) -> float | None:
    """Return the number in words or digits; None for "several"."""
    text = text.lower().replace(",", "").strip()
    if "couple" in text:
        return 2
    if text in {"a", "an"}:
        return 1
    half = text.startswith("half")
    mixed = re.fullmatch(r"(\d+(?:\.\d+)?)(?: (\d)/(\d))?", text)
    if mixed:
        extra = int(mixed[2]) / int(mixed[3]) if mixed[2] and int(mixed[3]) else 0
        return float(mixed[1]) + extra
    total, current, seen = 0, 0, False
    for word in re.split(r"[ -]", text):
        if word in NUMBERS:
            current, seen = current + NUMBERS[word], True
        elif word == "dozen":
            current, seen = (current or 1) * 12, True
        elif word == "hundred":
            current, seen = (current or 1) * 100, True
        elif word == "thousand":
            total, current, seen = total + (current or 1) * 1000, 0, True
    if not seen:
        return None
    return (total + current) / (2 if half else 1)


def duration_of(number: float | None, unit: str, *, half: bool = False) -> str:
    """Return a TIMEX3 duration: "P10M", "PXM" without a number, "P2Y6M" for two and a half."""
    form = _FORMS.get(unit, "P{}" + unit)
    if number is None:
        return form.format("X")
    number += _HALF * half
    if number % 1 == _HALF and unit == "DE":
        return f"P{round(number * 10)}Y"
    if number % 1 == _HALF and unit in _HALVES:
        whole = form.format(int(number)) if number > 1 else form[: form.index("{")]
        return whole + _HALVES[unit]
    return form.format(int(number) if number % 1 == 0 else number)
