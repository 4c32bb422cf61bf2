"""Public corpora of news, read from where they lie, and the measures their makers use.

None is in the repository: each has terms of its own, and what is measured must not be learnt from.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
from pyproj import Geod

from tests.reading_scores import overlap, share, spanned

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

Record = dict[str, Any]
Span = tuple[int, int]

NEAR_KM = 161  # a hundred miles, the distance that geoparsers are compared at
_UNDATED = date(2016, 1, 1)  # an article whose day is on no record still needs one
_EARTH = Geod(ellps="WGS84")
_FIELDS = re.compile(r"(\w+?)\d*:(T\d+)")


@dataclass(frozen=True)
class Document:
    """An article of a corpus with what its makers marked.

    Attributes
    ----------
    marks : tuple
        Time expressions as (span, TIMEX3 value), places as (span, (lon, lat)), attributions as
        (spans of the cue, spans of the sources).
    """

    id: str
    text: str
    published: date
    marks: tuple[Any, ...]


def read_timeml(folder: Path) -> list[Document]:
    """Read the TimeML files of a folder; time expressions without words are left out."""
    documents = []
    for path in sorted(folder.rglob("*.tml")):
        root = ET.parse(path).getroot()
        words = root.find("TEXT")
        created = root.find("DCT/TIMEX3")
        if words is None or created is None:
            message = f"{path}: no TEXT, or no TIMEX3 in DCT. Give TimeML as TempEval-3 has it."
            raise ValueError(message)
        parts: list[str] = []
        marks: list[tuple[Span, str]] = []
        _collect(words, parts, marks)
        day = re.sub(r"[^\d]", "", created.attrib["value"])[:8]
        documents.append(Document(path.name, "".join(parts), date.fromisoformat(day), tuple(marks)))
    return documents


def _collect(node: ET.Element, parts: list[str], marks: list[tuple[Span, str]]) -> None:
    """Add a node's words to `parts`, and its time expressions to `marks`."""
    start = sum(map(len, parts))
    parts.append(node.text or "")
    for child in node:
        _collect(child, parts, marks)
        parts.append(child.tail or "")
    stop = sum(map(len, parts))
    if node.tag == "TIMEX3" and stop > start:
        marks.append(((start, stop), node.attrib["value"]))


def read_toponyms(file: Path) -> list[Document]:
    """Read places marked as TR-News, LGL (`toponym`) or GeoVirus (`location`) mark them.

    Only those with coordinates are kept. Offsets that count from 1 are seen by the name.
    """
    documents = []
    for number, article in enumerate(ET.parse(file).getroot().iter("article")):
        text = article.findtext("text") or ""
        marks = []
        for mark in [*article.iter("toponym"), *article.iter("location")]:
            lon, lat = mark.findtext(".//lon"), mark.findtext(".//lat")
            if lon and lat:
                start, stop = int(mark.findtext("start") or 0), int(mark.findtext("end") or 0)
                name = mark.findtext("phrase") or mark.findtext("name") or ""
                shift = next((n for n in (0, -1, 1) if text[start + n :].startswith(name)), 0)
                marks.append(((start + shift, stop + shift), (float(lon), float(lat))))
        documents.append(Document(f"{file.stem}-{number}", text, _UNDATED, tuple(marks)))
    return documents


def read_attributions(folder: Path) -> list[Document]:
    """Read attributions as PolNeAR has them: brat's `.ann`, the text beside it or in `text/`."""
    documents = []
    for path in sorted(folder.rglob("*.ann")):
        beside = path.with_suffix(".txt")
        text = beside if beside.exists() else path.parents[1] / "text" / beside.name
        lines = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
        spans = {
            key: tuple(tuple(map(int, one.split())) for one in rest[0].split(" ", 1)[1].split(";"))
            for key, *rest in lines
            if key.startswith("T")
        }
        marks = []
        for key, *rest in lines:
            if key.startswith("E"):
                parts: dict[str, tuple[Span, ...]] = {}
                for role, mark in _FIELDS.findall(rest[0]):
                    parts[role] = (*parts.get(role, ()), *spans[mark])
                if "Cue" in parts:
                    marks.append((parts["Cue"], parts.get("Source", ())))
        documents.append(Document(path.stem, text.read_bytes().decode(), _UNDATED, tuple(marks)))
    return documents


@dataclass(frozen=True)
class Times:
    """TempEval-3's measure: an expression is found when it overlaps a marked one, each once."""

    gold: int = 0
    found: int = 0
    relaxed: int = 0
    strict: int = 0
    value: int = 0

    def f1(self, right: int) -> float:
        """Return the F1 of what is right by one of the measures."""
        return share(2 * right, self.gold + self.found)


def times_score(documents: Sequence[Document], found: Sequence[Sequence[Record]]) -> Times:
    """Compare dates found, as the command prints them, with those of a corpus."""
    relaxed = strict = value = 0
    for document, dates in zip(documents, found, strict=True):
        left = list(document.marks)
        for one in sorted(dates, key=spanned):
            mark = next((mark for mark in left if overlap(mark[0], spanned(one))), None)
            if mark:
                left.remove(mark)
                relaxed += 1
                strict += mark[0] == spanned(one)
                value += mark[1] == one["timex_value"]
    gold = sum(len(document.marks) for document in documents)
    return Times(gold, sum(map(len, found)), relaxed, strict, value)


@dataclass(frozen=True)
class Places:
    """How many of all marked places were found, and the share within `NEAR_KM` and the mean."""

    gold: int
    found: int
    near: float
    mean_km: float


def places_score(documents: Sequence[Document], found: Sequence[Sequence[Record]]) -> Places:
    """Compare places found with those of a corpus; one that is missed is wrong."""
    distances = []
    for document, places in zip(documents, found, strict=True):
        known = [place for place in places if place["lon"] is not None]
        for span, lonlat in document.marks:
            best = max(known, key=lambda one: _shared(span, spanned(one)), default=None)
            if best and overlap(span, spanned(best)):
                distances.append(_EARTH.inv(*lonlat, best["lon"], best["lat"])[2] / 1000)
    gold = sum(len(document.marks) for document in documents)
    near = sum(distance <= NEAR_KM for distance in distances)
    mean = float(np.mean(distances)) if distances else np.nan
    return Places(gold, len(distances), share(near, gold), mean)


def _shared(a: Span, b: Span) -> float:
    """Return how much two spans share, as a part of what both cover."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0])) / (max(a[1], b[1]) - min(a[0], b[0]))


@dataclass(frozen=True)
class Sources:
    """Of the marked cues, those found; of these, those with the right source."""

    gold: int = 0
    found: int = 0
    right: int = 0
    equal: int = 0


def sources_score(documents: Sequence[Document], found: Sequence[Sequence[Record]]) -> Sources:
    """Compare attributions found with those of a corpus.

    A source is right when it overlaps the marked one, or when neither names any; equal when it is
    that span.
    """
    gold = hits = right = equal = 0
    for document, attributions in zip(documents, found, strict=True):
        gold += len(document.marks)
        for cues, sources in document.marks:
            for one in attributions:
                if any(overlap(cue, spanned(one["cue"])) for cue in cues):
                    hits += 1
                    ours = spanned(one["source"]) if one["source"] else None
                    meets = any(overlap(ours, source) for source in sources) if ours else False
                    right += meets or not (ours or sources)
                    equal += ours in sources or not (ours or sources)
                    break
    return Sources(gold, hits, right, equal)
