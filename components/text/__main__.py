"""Read articles from the command line: `python -m components.text FILE --published 2024-08-22`.

An entry point, as `app.py` is: it stands in this room, but calls on the whole house.
"""

from __future__ import annotations

import argparse
import gc
import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO, TypeAlias

from components.geo.placing import centre
from components.pipeline import read_text
from components.text.clues import find_clues
from components.text.documents import Unreadable, check_text, read_document
from components.text.grammar import parsed
from components.text.language import not_english
from components.text.sidecar import event_record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from components.model.layer import Layer
    from components.model.place import Place
    from components.pipeline import ReadingWithPlaces
    from components.text.reading import Found, Span

Record: TypeAlias = dict[str, Any]

_GEODATA = Path(__file__).parents[2] / "geodata"
_NOTHING: Record = {name: [] for name in ("sentences", "dates", "places", "attributions", "events")}
_LINE = 'A line must be an object such as {"id": "a", "text": "...", "published": "2024-08-22"}.'


def main(arguments: list[str] | None = None) -> int:
    """Read one document, or line after line of JSON, and print what was understood.

    Returns
    -------
    int
        The exit code: 1 when the input as a whole cannot be read.
    """
    # What is loaded is loaded to stay: looking through it for waste takes a fifth of the start.
    gc.set_threshold(200_000)
    parser = _parser()
    given = parser.parse_args(arguments)
    if given.file and not given.published:
        parser.error("--published is needed: the day is never guessed. Give it as 2024-08-22.")
    try:
        if given.jsonl:
            for record in read_records(given.jsonl, given.publisher):
                _write(sys.stdout, json.dumps(record))
        else:
            report = read_file(given.file, given.published, given.publisher, as_json=given.json)
            _write(sys.stdout, report)
    except OSError as error:
        told = f"{error.filename}: cannot be read ({error.strerror}). Name a file that can be."
    except Unreadable as error:
        told = str(error)
    else:
        return 0
    _write(sys.stderr, _shown(told))
    return 1


def read_file(path: Path, published: date, publisher: str, *, as_json: bool) -> str:
    """Return what was understood of a document, as JSON or as a report in plain words.

    Raises
    ------
    OSError
        When there is no such file.
    Unreadable
        When it has no English text.
    """
    text = read_document(path.name, path.read_bytes()).text
    found = _understood(text, path.stem, published, publisher, path.name)
    for clue in find_clues(parsed(text), published):
        _write(sys.stderr, _shown(f"Does the day fit? {clue.message}"))
    if as_json:
        return json.dumps(_record(text, found), indent=1)
    return "\n".join(map(_shown, _report(text, found)))


def read_records(source: str, publisher: str) -> Iterator[Record]:
    """Read a file of JSON lines, and yield what was understood of each, in their order.

    What is wrong with a line is told in its place, under "error", and the others are read.

    Parameters
    ----------
    source : str
        A path, or "-" for standard input.

    Raises
    ------
    OSError
        When there is no such file.
    """
    for number, line in enumerate(_lines(source), start=1):
        if line.strip():
            yield _line(line, f"line {number}", publisher)


def _lines(source: str) -> Iterator[bytes]:
    """Yield the lines of a file or of standard input, as they come."""
    if source == "-":
        yield from sys.stdin.buffer
        return
    with Path(source).open("rb") as lines:
        yield from lines


def _write(stream: TextIO, words: str) -> None:
    """Write words and a line end at once; what a stream cannot show is written as its number."""
    encoding = stream.encoding or "utf-8"
    stream.write(words.encode(encoding, errors="backslashreplace").decode(encoding) + "\n")
    stream.flush()


def _line(line: bytes, where: str, publisher: str) -> Record:
    """Return what was understood of a line, or what is wrong with it."""
    given: Any = None
    try:
        given = json.loads(line)
        article, text, published = (given[key] for key in ("id", "text", "published"))
        if not isinstance(text, str):
            return _fault(given, where, f"text is a {type(text).__name__}. {_LINE}")
        found = _understood(
            text,
            str(article),
            date.fromisoformat(published),
            str(given.get("publisher") or publisher),
            where,
        )
    except Unreadable as error:
        return {"id": given["id"], "error": str(error), **_NOTHING}
    except KeyError as error:
        return _fault(given, where, f"{error} is missing. {_LINE}")
    except (TypeError, ValueError, RecursionError) as error:
        return _fault(given, where, f"{error}. {_LINE}")
    except Exception as error:  # noqa: BLE001 - one article never hides the others
        return _fault(given, where, f"the reader failed ({error!r}). Please report it.")
    return {"id": article, **_record(text, found)}


def _fault(given: object, where: str, why: str) -> Record:
    """Return the object that stands for a line that could not be read."""
    name = given.get("id") if isinstance(given, dict) else None
    return {"id": name, "error": f"{where}: {why}", **_NOTHING}


def _understood(
    text: str, article: str, published: date, publisher: str, where: str
) -> ReadingWithPlaces:
    """Return what is understood of a text, if it is English."""
    check_text(text, where)
    if reason := not_english(text):
        raise Unreadable(where, reason)
    return read_text(
        text, published=published, article=article, publisher=publisher, geodata=_GEODATA
    )


def _record(text: str, found: ReadingWithPlaces) -> Record:
    """Return a reading as JSON has it; all offsets count characters of the text.

    Words that somebody is said to have said, without a word of who, are no attribution.
    """
    reading = found.reading
    return {
        "sentences": [_span(one) for one in reading.sentences],
        "dates": [
            {
                **_span(one.span),
                "text": one.span.of(text),
                "edtf": one.edtf,
                "timex_type": one.timex_type,
                "timex_value": one.timex_value,
                "rule": one.rule,
            }
            for one in reading.dates
        ],
        "places": [
            {
                **_span(one.span),
                "text": one.span.of(text),
                "use": one.use.value,
                **_placed(one.name, target),
            }
            for one, target in zip(reading.places, found.targets, strict=True)
        ],
        "attributions": [
            {
                "source": _span(one.source),
                "cue": _span(one.cue),
                "content": _span(one.content),
            }
            for one in reading.attributions
            if one.source
        ],
        "events": [_event(one) for one in reading.events],
    }


def _span(span: Span) -> dict[str, int]:
    return {"start": span.start, "stop": span.stop}


def _placed(name: str, target: Place | Layer | None) -> Record:
    """Return which place is meant and where it is; None where that is not known."""
    middle = centre(target) if target else None
    lon, lat, radius_m = middle or (None, None, None)
    return {
        "name": target.names.en if target else name,
        "lon": lon,
        "lat": lat,
        "radius_m": radius_m,
    }


def _event(found: Found) -> Record:
    """Return an event as JSON has it."""
    record = event_record(found.event)
    return {
        "id": found.event.id,
        "kind": record["kind"],
        "mode": record["mode"],
        "title": record["title"],
        "evidence": [{"start": one.start, "stop": one.stop} for one in found.event.evidence],
        "actors": record["actors"],
        "places": record["places"],
        "edtf": record["edtf"],
        "attribution": record["attributions"],
        "quantities": record["quantities"],
        "rule": found.rule,
    }


def _report(text: str, found: ReadingWithPlaces) -> Iterator[str]:
    """Yield the lines of a report in plain words."""
    reading = found.reading
    yield f"{len(reading.events)} events, {len(reading.dates)} dates, {len(reading.places)} places."
    for number, one in enumerate(reading.events, start=1):
        event = one.event
        yield ""
        yield f"{number}. {event.title}"
        yield f"   {event.kind}, {event.mode}, {event.period.edtf} ({event.date_reason})"
        for place in event.places:
            yield f"   {place.role} place: {place.name} ({place.basis})"
        for quantity in event.quantities:
            yield f"   figure: {quantity.words} ({quantity.unit})"
        yield f"   says who: {'; '.join(said.source for said in event.attributions)}"
        for evidence in event.evidence:
            yield f"   {evidence.start}-{evidence.stop}: {' '.join(evidence.quote.split())}"
        yield f"   why: {one.rule}"
    for title, spans in (
        ("Dates", [(one.span, f"{one.edtf or 'no day'} ({one.rule})") for one in reading.dates]),
        ("Places", [(one.span, one.use.value) for one in reading.places]),
        ("Passed over", [(one.span, one.reason) for one in reading.passed_over]),
    ):
        yield ""
        yield f"{title}:"
        for span, words in spans:
            yield f"   {span.start}-{span.stop} {' '.join(span.of(text).split())}: {words}"


def _shown(line: str) -> str:
    """Return a line without what could steer a terminal or turn the direction of its text."""
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in line)


def _day(words: str) -> date:
    """Return a day that was given, or say how to give one."""
    try:
        return date.fromisoformat(words)
    except ValueError:
        message = f"{words!r} is not a day. Give it as 2024-08-22."
        raise argparse.ArgumentTypeError(message) from None


def _parser() -> argparse.ArgumentParser:
    """Return what the command understands."""
    parser = argparse.ArgumentParser(
        prog="python -m components.text",
        description="Read English news articles: their dates, places, claims and events.",
    )
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("file", nargs="?", type=Path, help=".txt, .md, .html, .pdf or .docx")
    source.add_argument(
        "--jsonl",
        metavar="IN",
        help='lines of {"id", "text", "published"}, with "publisher" if known; - is standard input',
    )
    parser.add_argument(
        "--published", type=_day, metavar="DAY", help="when FILE was published, as 2024-08-22"
    )
    parser.add_argument(
        "--publisher", default="the article", help="who answers for what nobody else says"
    )
    parser.add_argument("--json", action="store_true", help="print FILE's reading as one object")
    return parser


if __name__ == "__main__":
    sys.exit(main())
