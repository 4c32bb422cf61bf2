# ruff: noqa: T201  the table is what it is for
"""Measures how well and how fast the reader reads, through its command.

    python tests/benchmarks/reading.py [--tempeval DIR] [--places FILE ...] [--attribution DIR]
                                       [--peers] [--wrong]

It prints a table: the owner's article, the twelve articles marked by hand, corpora that are given,
and speed. It needs what the tests need. `--peers` also runs other finders of time expressions on
the corpus given, those of HeidelTime, recognizers-text and dateparser that can be imported.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
import warnings
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

HERE = Path(__file__).parent
REPOSITORY = HERE.parents[1]
sys.path.insert(0, str(REPOSITORY))

from corpora import (  # noqa: E402  the repository is found first
    Document,
    places_score,
    read_attributions,
    read_timeml,
    read_toponyms,
    sources_score,
    times_score,
)
from time_peers import read_peers  # noqa: E402

from components.geo.gazetteer import Gazetteer  # noqa: E402
from components.geo.layers import read_land  # noqa: E402
from tests.reading_scores import Marked, Score, matches, namer, score, traps  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpora import Times

    from tests.reading_scores import Same

Record = dict[str, Any]
Row = tuple[str, str, str]

OWNER = REPOSITORY / "seeds" / "2024-08-22-reuters-cairo-truce-talks.json"
ARTICLES = 200  # enough that starting up weighs little


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tempeval", type=Path, help="folder of TimeML files")
    parser.add_argument("--places", type=Path, nargs="*", default=[], help="XML of toponyms")
    parser.add_argument("--attribution", type=Path, help="folder of .ann files and texts")
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--wrong", action="store_true", help="list what is wrong in the articles")
    given = parser.parse_args()
    land = read_land(REPOSITORY / "geodata")
    same = namer(Gazetteer.of(land.layers, land.places))

    # First, since the memory of any other child would count as well.
    speed = speed_rows()
    rows = [*owner_rows(same, wrong=given.wrong), *article_rows(same, wrong=given.wrong)]
    if given.tempeval:
        rows += times_rows(read_timeml(given.tempeval), peers=given.peers)
    for file in given.places:
        rows += places_rows(read_toponyms(file), file.stem)
    if given.attribution:
        rows += attribution_rows(read_attributions(given.attribution))
    rows += speed
    print("| what | measured | wanted |\n|---|---|---|")
    for row in rows:
        print(f"| {' | '.join(row)} |")


def read_all(documents: Sequence[Document], *, foreign: bool = False) -> list[Record]:
    """Return what the command prints of each document.

    Of a corpus (`foreign`), what the reader refuses counts as nothing found; of our own articles
    it must refuse none, or a fault would pass for a reading without mistakes.
    """
    lines = [
        json.dumps({"id": one.id, "text": one.text, "published": one.published.isoformat()})
        for one in documents
    ]
    done = subprocess.run(
        [sys.executable, "-m", "components.text", "--jsonl", "-"],
        input="\n".join(lines) + "\n",
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    printed = [json.loads(line) for line in done.stdout.splitlines()]
    if done.returncode or [one["id"] for one in printed] != [one.id for one in documents]:
        message = (
            f"{len(printed)} of {len(documents)} articles came back, exit {done.returncode}: "
            f"{done.stderr[-2000:]}"
        )
        raise RuntimeError(message)
    refused = [one for one in printed if "events" not in one]
    if refused and not foreign:
        message = f"refused: {refused[:3]}"
        raise RuntimeError(message)
    for one in refused:
        print(f"{one['id']}: {one}", file=sys.stderr)
        one.update(events=[], dates=[], places=[], attributions=[])
    return printed


def read_marked(sidecar: Path, same: Same) -> tuple[Document, list[Marked]]:
    """Return an article and its events as a person marked them."""
    record = json.loads(sidecar.read_text(encoding="utf-8"))
    text = sidecar.with_suffix(".txt").read_bytes().decode()
    gold = [Marked.of(event, same) for event in record["events"]]
    return Document(sidecar.stem, text, date.fromisoformat(record["published"]), ()), gold


def owner_rows(same: Same, *, wrong: bool) -> list[Row]:
    """Return how the owner's article was read."""
    document, gold = read_marked(OWNER, same)
    (reading,) = read_all([document])
    found = [Marked.of(event, same) for event in reading["events"]]
    if wrong:
        tell_wrong(document, reading["events"], found, gold)
    counts = score(found, gold)
    fell = traps(document.text, reading, gold, same)
    return [
        ("owner's article: events found", f"{counts.matched} of {counts.gold}", "17 of 17"),
        ("- further events, marked by nobody", f"{counts.found - counts.matched}", "0"),
        *(
            (f"- {name} right", f"{right} of {counts.gold}", "16 of 17")
            for name, right in fields(counts).items()
        ),
        ("- traps fallen into", ", ".join(fell) or "none", "none"),
    ]


def article_rows(same: Same, *, wrong: bool) -> list[Row]:
    """Return how the twelve articles were read: each half, and all."""
    marked = [read_marked(path, same) for path in sorted((HERE.parent / "reading").glob("*.json"))]
    readings = read_all([document for document, _ in marked])
    strict = {"held": Score(), "dev": Score()}
    near = Score()
    for (document, gold), reading in zip(marked, readings, strict=True):
        half = document.id.partition("-")[0]
        found = [Marked.of(event, same) for event in reading["events"]]
        strict[half] += score(found, gold)
        near += score(found, gold, near=True)
        if wrong and half == "dev":
            tell_wrong(document, reading["events"], found, gold)
    rows = []
    halves = {"held-out half": strict["held"], "other half": strict["dev"]}
    for name, counts in {**halves, "all": strict["held"] + strict["dev"]}.items():
        share_of = ", ".join(
            f"{field} {right} of {counts.matched}" for field, right in fields(counts).items()
        )
        wanted = "F1 0.80" if name == "all" else ""
        rows += [
            (
                f"twelve articles, {name}: events",
                f"F1 {counts.f1:.2f} ({in_words(counts)})",
                wanted,
            ),
            ("- of these right", f"{share_of}; dates overlap {counts.dates_meet}", ""),
            ("- marks for what was only proposed", f"{counts.pinned_proposals}", "0"),
        ]
    return [*rows, ("twelve articles, near kinds allowed", f"F1 {near.f1:.2f}", "")]


def in_words(counts: Score) -> str:
    """Return precision, recall and the counts behind them."""
    counted = f"{counts.matched} of {counts.gold}, {counts.found} found"
    return f"P {counts.precision:.2f}, R {counts.recall:.2f}; {counted}"


def fields(counts: Score) -> dict[str, int]:
    """Return how often each field of an event is right."""
    return {
        "dates": counts.dates,
        "places": counts.places,
        "modes": counts.modes,
        "attributions": counts.sources,
    }


def tell_wrong(
    document: Document, records: Sequence[Record], found: Sequence[Marked], gold: Sequence[Marked]
) -> None:
    """Print what differs, to standard error; never asked of the half that is held back."""
    pairs = dict(matches(found, gold))

    def told(event: Marked) -> str:
        start, stop = event.evidence[0]
        return f"{event.kind} {event.mode} {event.period.edtf} {document.text[start:stop]!r}"

    print(f"\n== {document.id}", file=sys.stderr)
    for number, one in enumerate(gold):
        if number not in pairs.values():
            print(f"MISSED {told(one)}", file=sys.stderr)
    for number, one in enumerate(found):
        if number not in pairs:
            print(f"EXTRA  {told(one)} <{records[number]['rule']}>", file=sys.stderr)
            continue
        theirs = gold[pairs[number]]
        differ = {
            "date": (one.period.edtf, theirs.period.edtf),
            "places": (sorted(one.places), sorted(theirs.places)),
            "mode": (one.mode, theirs.mode),
            "sources": (sorted(one.sources), sorted(theirs.sources)),
        }
        for name, (ours, wanted) in differ.items():
            if ours != wanted:
                print(f"WRONG  {name} {ours} not {wanted}: {told(theirs)}", file=sys.stderr)


def times_rows(documents: Sequence[Document], *, peers: bool) -> list[Row]:
    """Return TempEval-3's measures, and those of the peers."""
    began = time.perf_counter()
    ours = times_score(documents, [one["dates"] for one in read_all(documents, foreign=True)])
    took = time.perf_counter() - began
    rows = [times_row(f"time expressions, {len(documents)} articles", ours, took, "90 / - / 78")]
    if peers:
        for name, find in read_peers():
            began = time.perf_counter()
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                found = [find(one.text, one.published) for one in documents]
            theirs = times_score(documents, found)
            ratio = share_text(ours.f1(ours.value), theirs.f1(theirs.value))
            label = f"- {name} (ours in value F1: {ratio})"
            rows.append(times_row(label, theirs, time.perf_counter() - began, ""))
    return rows


def times_row(label: str, times: Times, took_s: float, wanted: str) -> Row:
    """Return F1 relaxed, strict and by value."""
    parts = (times.relaxed, times.strict, times.value)
    figures = " / ".join(f"{100 * times.f1(part):.1f}" for part in parts)
    measured = f"F1 relaxed / strict / value {figures} ({times.gold} marked, {took_s:.0f} s)"
    return (label, measured, wanted)


def share_text(ours: float, theirs: float) -> str:
    """Return a ratio in words."""
    return f"{ours / theirs:.2f} times" if theirs else "it finds none"


def places_rows(documents: Sequence[Document], name: str) -> list[Row]:
    """Return how near the places of a corpus are."""
    places = places_score(documents, [one["places"] for one in read_all(documents, foreign=True)])
    label = f"places, {name}: within 161 km, of all {places.gold}"
    return [
        (label, f"{100 * places.near:.1f} %", "TR-News 72 %, GeoVirus 84 %"),
        ("- found; mean distance of those", f"{places.found}; {places.mean_km:.0f} km", ""),
    ]


def attribution_rows(documents: Sequence[Document]) -> list[Row]:
    """Return how often a found cue has the right source."""
    found = sources_score(
        documents, [one["attributions"] for one in read_all(documents, foreign=True)]
    )
    label = f"attribution: cues found, of {found.gold}"
    return [
        (label, f"{found.found}", ""),
        ("- right source", f"{percent(found.right, found.found)}", "90 %"),
        ("- exactly the marked words", f"{percent(found.equal, found.found)}", ""),
    ]


def percent(part: int, whole: int) -> str:
    """Return a share as text."""
    return f"{100 * part / whole:.1f} %" if whole else "none"


def speed_rows() -> list[Row]:
    """Return the speed on one core, the time until the first result, and the memory.

    On a machine that does other work too, processor time says more than the clock.
    """
    document, _ = read_marked(OWNER, str)
    words = len(document.text.split())
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(cores)})
    try:
        (first, first_cpu), (last, last_cpu) = (
            reading_s([numbered(document, number) for number in range(n)])
            for n in (1, 1 + ARTICLES)
        )
    finally:
        os.sched_setaffinity(0, cores)
    each, each_cpu = (last - first) / ARTICLES, (last_cpu - first_cpu) / ARTICLES
    peak_MB = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024  # noqa: N806
    return [
        (
            f"articles of {words} words a second, one core",
            f"{1 / each:.1f} (by processor time {1 / each_cpu:.1f})",
            "10",
        ),
        (
            "start and load",
            f"{first - each:.1f} s (processor time {first_cpu - each_cpu:.1f} s)",
            "3 s",
        ),
        ("peak memory", f"{peak_MB:.0f} MB", "1000 MB"),
    ]


def reading_s(documents: Sequence[Document]) -> tuple[float, float]:
    """Return how long reading takes by the clock, and in processor time."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    if not all(one["events"] for one in read_all(documents)):
        message = "an article was refused or has no events: its speed says nothing"
        raise RuntimeError(message)
    took = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return took, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def numbered(document: Document, number: int) -> Document:
    """Return a document that differs from its copies, so that none can be known already."""
    text = f"{document.text}\n\nNumber {number}."
    return replace(document, id=f"{document.id}-{number}", text=text)


if __name__ == "__main__":
    main()
