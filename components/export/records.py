"""What a briefing shows, as rows: the same for every file that geographic programs read.

Everything that at least one scene shows is a row: a footprint once, an event once for each site
that it stands at, or once without a shape. Nothing vague becomes a crisp pin: an event at a layer
or an area has that outline, and one at a place its point with `radius_m`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from datetime import UTC, date
from math import isfinite
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

import numpy as np
import shapely

from components.brief.briefings import published_words
from components.draw.map import ATTRIBUTION
from components.draw.style import LAYERS, MODE_WORDS, THEME_WORDS, THEMES, Mark
from components.model.event import Mode, Scope
from components.model.layer import Layer, Method
from components.model.period import short_day
from components.model.place import Place
from components.model.world import PlacedEvent, Site, UnplacedEvent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from components.export.takeaway import Takeaway
    from components.model.article import Article
    from components.model.briefing import Staged
    from components.model.event import Event, Quantity
    from components.model.layer import Footprint
    from components.model.period import Period

MOST_RECORDED = 10_000

Value: TypeAlias = "str | int | float | bool | date | None"
# What is seen of an event: where it stands or why it does not, whether a draft, in which scenes.
_Seen: TypeAlias = "tuple[PlacedEvent | UnplacedEvent, bool, list[Staged]]"

MODE_MARKS = {
    Mode.HAPPENED: "a filled disc",
    Mode.ONGOING: "a disc in a ring",
    Mode.PLANNED: "a ring",
    Mode.DEMANDED: "a diamond",
    Mode.CLAIMED: "a dotted ring",
    Mode.DENIED: "a crossed ring",
}
_CROSSING_MARKS = {
    "open": "a filled square",
    "limited": "a square that is half filled",
    "closed": "a crossed square",
    "unknown": "a hollow square",
}

# XML 1.0 cannot hold these, nor UTF-8 the half of a pair; C's texts end at the first of them.
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class FootprintRow:
    """A layer's shape during a period; an empty text or None: not stated.

    Attributes
    ----------
    first, last : date or None
        Days from and to which it stood; None is an open end.
    schematic : bool
        Nobody has published the true outline.
    accuracy_m : float or None
        How far the true outline may lie from the drawn one.
    holders : str
        Who held it on the days of the scenes, since when, and who says so; a line each.
    scenes : str
        Numbers of the scenes that show it: "3, 4".
    shape : BaseGeometry or None
        WGS 84 degrees, lon lat, outlines counterclockwise. None: `note` says why.
    """

    row: int
    id: str
    layer: str
    place: str
    name_en: str
    name_ar: str
    name_he: str
    label: str
    first: date | None
    last: date | None
    edtf: str
    method: str
    schematic: bool
    accuracy_m: float | None
    width_m: float | None
    published_value: str
    status: str
    status_words: str
    holders: str
    source_publisher: str
    source_published: str
    source_checked: bool
    note: str
    length_km: float | None
    area_km2: float | None
    scenes: str
    shape: BaseGeometry | None


@dataclass(frozen=True)
class EventRow:
    """An event at one site, or without one; an empty text or None: not stated.

    Attributes
    ----------
    first, last : date or None
        Days it may have happened on; None is an open end.
    edtf, when : str
        The same as EDTF and in words.
    who, cue : str
        Who says so, and the article's words for it.
    radius_m : float or None
        How far from the point the place reaches, or the true place may lie.
    placed : str
        How it came to its shape, in words.
    outline : str
        Id of the footprint whose shape it has.
    article, publisher, published, quote, start, stop
        The first sentence that states it: half-open character offsets into the article.
    also : str
        Every further sentence that states it, also of other articles; a line each.
    vague : bool
        Its day is not known exactly.
    draft : bool
        Nobody has accepted it.
    recorded : bool
        It is of a table of recorded events.
    reason : str
        Why it has no place on the map.
    shape : BaseGeometry or None
        WGS 84 degrees, lon lat: a point for a place, the outline for a layer or an area.
    """

    row: int
    id: str
    title: str
    kind: str
    theme: str
    mode: str
    first: date | None
    last: date | None
    edtf: str
    when: str
    date_words: str
    date_reason: str
    who: str
    cue: str
    actors: str
    place: str
    place_id: str
    place_basis: str
    place_role: str
    radius_m: float | None
    placed: str
    outline: str
    quantities: str
    publisher: str
    published: date | None
    article: str
    quote: str
    start: int | None
    stop: int | None
    also: str
    vague: bool
    draft: bool
    recorded: bool
    scenes: str
    reason: str
    shape: BaseGeometry | None


@dataclass(frozen=True)
class SceneRow:
    """A scene: its days and what it counts. Notes are for the presenter and stay out.

    Attributes
    ----------
    day : date or None
        The land is shown as on this day.
    first, last : date or None
        The days of its events.
    event, layer : str
        Id of what is open in it.
    positions, hindsight : bool
        Whether it says who holds and wants what; also from articles published after its day.
    compare : date or None
        The day that `day` is compared with; None is the first day of the window.
    standings : str
        Who holds, who wants what, with the sentences and their sources; a line each.
    lon_deg, lat_deg, zoom : float or None
        Where it looks, with the zoom of a web map; None is the whole of Gaza.
    """

    number: int
    id: str
    title: str
    day: date | None
    first: date | None
    last: date | None
    window: str
    cumulative: bool
    drafts: bool
    layers: str
    themes: str
    event: str
    layer: str
    positions: bool
    hindsight: bool
    compare: date | None
    language: str
    lon_deg: float | None
    lat_deg: float | None
    zoom: float | None
    counts: str
    caption: str
    standings: str
    sources: str
    shapes: str
    schematic: str
    missing: str


@dataclass(frozen=True)
class About:
    """What every file says of itself.

    Attributes
    ----------
    made : str
        When, ISO 8601, UTC.
    articles, legend, limits : tuple of str
        A line each.
    """

    briefing: str
    classification: str
    author: str
    day: str
    made: str
    views: tuple[str, ...]
    articles: tuple[str, ...]
    attribution: str
    schematic: str
    legend: tuple[str, ...]
    limits: tuple[str, ...]


@dataclass(frozen=True)
class Records:
    """All rows of a briefing, in their order."""

    about: About
    scenes: tuple[SceneRow, ...]
    footprints: tuple[FootprintRow, ...]
    events: tuple[EventRow, ...]


Row = TypeVar("Row", bound=FootprintRow | EventRow | SceneRow)
SHAPE = "shape"


def clean(text: str) -> str:
    """Return a text that every format can hold: what none can write is U+FFFD."""
    return _UNWRITABLE.sub("\ufffd", text)


def columns(kind: type[Row]) -> dict[str, str]:
    """Return the columns of a sort of row, each with its type; the shape is none."""
    return {
        one.name: str(one.type).removesuffix(" | None") for one in fields(kind) if one.name != SHAPE
    }


def values(row: Row) -> dict[str, Value]:
    """Return what stands in a row's columns."""
    return {name: getattr(row, name) for name in columns(type(row))}


def row_of(kind: type[Row], found: Mapping[str, Any], shape: BaseGeometry | None = None) -> Row:
    """Return a row from what a file holds: None and "" are the same to a text.

    Raises
    ------
    ValueError, TypeError
        When a value does not fit its column.
    """
    made: dict[str, Any] = {
        name: _TYPES[type_](found.get(name)) for name, type_ in columns(kind).items()
    }
    if kind is not SceneRow:
        made[SHAPE] = shape
    return kind(**made)


def _number(value: float | str | None) -> float | None:
    number = None if value in {None, ""} else float(value or 0)
    return number if number is not None and isfinite(number) else None


def _day(value: date | str | None) -> date | None:
    if isinstance(value, str):
        return date.fromisoformat(value) if value else None
    return value


def _flag(value: bool | str | None) -> bool:  # noqa: FBT001 (a cell)
    return value == "true" if isinstance(value, str) else bool(value)


_TYPES: dict[str, Callable[[Any], Value]] = {
    "str": lambda value: clean(value or ""),
    "int": lambda value: None if value in {None, ""} else int(value),
    "float": _number,
    "bool": _flag,
    "date": _day,
}


def word_of(value: Value) -> str:
    """Return a value as a text from which `row_of` makes the same again."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)


def tidy(shape: BaseGeometry | None) -> BaseGeometry | None:
    """Return a shape as all formats keep it: flat, outlines counterclockwise, no lone part.

    None for one that is empty or not on the Earth.
    """
    if shape is None or shape.is_empty:
        return None
    coordinates = shapely.get_coordinates(shape)
    if not (np.isfinite(coordinates).all() and (abs(coordinates) <= (180, 90)).all()):
        return None
    flat = shapely.orient_polygons(shapely.force_2d(shape))
    return gathered(
        [
            shapely.LineString(one) if one.geom_type == "LinearRing" else one
            for one in shapely.get_parts(flat)
        ]
    )


def gathered(parts: Sequence[BaseGeometry]) -> BaseGeometry:
    """Return parts as one shape; a lone one as it is."""
    if len(parts) == 1:
        return parts[0]
    kinds = {one.geom_type for one in parts}
    many = _MANY.get(kinds.pop()) if len(kinds) == 1 else None
    return many(parts) if many else shapely.GeometryCollection(parts)


_MANY: dict[str, Callable[[Sequence[Any]], BaseGeometry]] = {
    "Point": shapely.MultiPoint,
    "LineString": shapely.MultiLineString,
    "Polygon": shapely.MultiPolygon,
}


def records_of(of: Takeaway) -> Records:
    """Return all rows of a briefing."""
    events, limits = _events(of)
    return Records(
        about=_about(of, limits),
        scenes=tuple(_scene(one) for one in of.staged),
        footprints=tuple(_footprints(of)),
        events=events,
    )


def _about(of: Takeaway, limits: Iterable[str]) -> About:
    schematic = dict.fromkeys(name for one in of.staged for name in one.sheet.schematic)
    names = f" Schematic: {', '.join(map(_line, schematic))}." if schematic else ""
    return About(
        briefing=_line(of.briefing.title),
        classification=_line(of.briefing.classification),
        author=_line(of.briefing.author),
        day=of.briefing.day.isoformat(),
        made=of.made.astimezone(UTC).isoformat(timespec="seconds"),
        views=tuple(
            _line(f"Scene {one.number}, {one.title}: land as of {one.day}. {one.window}.")
            for one in (staged.sheet for staged in of.staged)
        ),
        articles=tuple(map(_line, of.articles)),
        attribution=ATTRIBUTION,
        schematic=(
            "Shapes marked schematic are schematic: nobody has published their true outline."
            f"{names}"
        ),
        legend=tuple(_line(one) for one in _legend(of)),
        limits=(
            "The rows are what at least one scene shows; `scenes` has the numbers of the scenes.",
            "What is empty is not stated, not known, or an open end.",
            "An event at a place is a point; the place reaches `radius_m` around it.",
            "An event at a layer or an area has that outline and is somewhere in it or on it.",
            "A sentence under `quote` is the article's own. Kind, days and place are ours.",
            *limits,
        ),
    )


def _line(words: str) -> str:
    return clean(" ".join(words.split()))


def _legend(of: Takeaway) -> Iterator[str]:
    """Yield what colours and marks mean, of all that a scene shows."""
    legends = [staged.sheet.legend for staged in of.staged]
    names = {layer.id: layer.names.en for layer in of.world.layers}
    drawn = dict.fromkeys((name, method) for one in legends for name, _, method in one.layers)
    for layer, method in drawn:
        style = LAYERS.get(layer)
        if style is None or style.mark is Mark.CROSSING:
            continue
        how = "hatched and dashed" if method is Method.SCHEMATIC else "a whole line"
        yield f"{names[layer]}, {method}: {style.ink.light}, {how}."
    for status in dict.fromkeys(status for one in legends for status in one.crossings):
        yield f"Crossing, {status}: {_CROSSING_MARKS.get(status, _CROSSING_MARKS['unknown'])}."
    marks = dict.fromkeys(mark for one in legends for mark in one.marks)
    for theme in dict.fromkeys(theme for theme, _ in marks):
        yield f"Event, {THEME_WORDS[theme]}: {THEMES[theme].light}."
    for mode in dict.fromkeys(mode for _, mode in marks):
        yield f"Event, {MODE_WORDS[mode]}: {MODE_MARKS[mode]}."
    yield "A pale mark has a vague date. A mark in a broken frame is a draft."


def _scene(staged: Staged) -> SceneRow:
    view, sheet, window = staged.view, staged.sheet, staged.scene.window
    camera = view.camera
    told = (
        " ".join(
            filter(None, (f"\u201c{one.words}\u201d" if one.quoted else one.words, one.source))
        )
        for one in sheet.caption
    )
    return row_of(
        SceneRow,
        {
            "number": sheet.number,
            "id": staged.id,
            "title": sheet.title,
            "day": _known(window.last),
            "first": _known(window.first),
            "last": _known(window.last),
            "window": sheet.window,
            "cumulative": view.cumulative,
            "drafts": view.drafts,
            "layers": ", ".join(sorted(view.layers)),
            "themes": ", ".join(sorted(view.themes)),
            "event": view.event,
            "layer": view.layer,
            "positions": view.positions,
            "hindsight": view.hindsight,
            "compare": view.compare,
            "language": view.language.value,
            "lon_deg": camera and camera.lon_deg,
            "lat_deg": camera and camera.lat_deg,
            "zoom": camera and camera.zoom,
            "counts": "; ".join(sheet.counts),
            "caption": "\n".join(told),
            "standings": "\n".join(one.line for one in sheet.standings),
            "sources": "\n".join(sheet.sources),
            "shapes": "\n".join(sheet.shapes),
            "schematic": sheet.schematic_line,
            "missing": "; ".join(sheet.missing),
        },
    )


def _known(day: date) -> date | None:
    """Return a day; None for an open end."""
    return None if day in {date.min, date.max} else day


def _numbers(scenes: Iterable[Staged]) -> str:
    return ", ".join(str(one.sheet.number) for one in scenes)


def _footprints(of: Takeaway) -> Iterator[FootprintRow]:
    layers = {layer.id: layer for layer in of.world.layers}
    shown: dict[str, tuple[Footprint, list[Staged]]] = {}
    for staged in of.staged:
        for one in staged.scene.footprints:
            shown.setdefault(one.id, (one, []))[1].append(staged)
    order = {name: number for number, name in enumerate(layers)}
    in_order = sorted(
        shown.values(), key=lambda one: (order[one[0].layer], one[0].period.order, one[0].id)
    )
    for number, (one, scenes) in enumerate(in_order, start=1):
        names = one.names or layers[one.layer].names
        yield row_of(
            FootprintRow,
            {
                "row": number,
                "id": one.id,
                "layer": one.layer,
                "place": one.place,
                "name_en": names.en,
                "name_ar": names.ar,
                "name_he": names.he,
                "label": one.label,
                "first": _known(one.period.first),
                "last": _known(one.period.last),
                "edtf": one.period.edtf,
                "method": one.method.value,
                "schematic": one.method is Method.SCHEMATIC,
                "accuracy_m": one.accuracy_m,
                "width_m": one.width_m,
                "published_value": one.published_value,
                "status": one.status,
                "status_words": one.status_words,
                "holders": "\n".join(_holders(one, scenes)),
                "source_publisher": one.source.publisher,
                "source_published": one.source.published,
                "source_checked": one.source.checked,
                "note": one.note,
                "length_km": one.measures.length_km,
                "area_km2": one.measures.area_km2,
                "scenes": _numbers(scenes),
            },
            tidy(one.shape),
        )


def _holders(footprint: Footprint, scenes: Sequence[Staged]) -> Iterator[str]:
    """Yield who held it on the day of any of the scenes."""
    days = {staged.scene.window.last for staged in scenes}
    for one in footprint.control:
        if any(one.period.has(day) for day in days):
            yield f"{one.holder}, {one.period.words}: {one.words} ({one.source.words})"


def _events(of: Takeaway) -> tuple[tuple[EventRow, ...], list[str]]:
    """Return the rows of all events that a scene shows, and what was left out, in words."""
    seen: dict[tuple[str, bool], _Seen] = {}
    for staged in of.staged:
        scene = staged.scene
        accepted: list[PlacedEvent | UnplacedEvent] = [*scene.placed, *scene.unplaced]
        drafts: list[PlacedEvent | UnplacedEvent] = [*scene.drafts, *scene.drafts_unplaced]
        for draft, outcomes in ((False, accepted), (True, drafts)):
            for one in outcomes:
                seen.setdefault((one.event.id, draft), (one, draft, []))[2].append(staged)
    articles = {article.id: article for article in of.world.articles}
    rows = [
        row
        for one in sorted(seen.values(), key=lambda one: (one[0].event.order, one[1]))
        for row in _rows_of(of, one, articles)
    ]
    table = of.world.table
    all_rows = [staged.scene.recorded for staged in of.staged]
    recorded = np.unique(np.concatenate(all_rows)) if all_rows else np.empty(0, np.int32)
    limits = []
    if (left_out := len(recorded) - MOST_RECORDED) > 0:
        limits.append(
            f"The scenes show {len(recorded):,} recorded events. Here are the latest "
            f"{MOST_RECORDED:,} of them. Left out: {left_out:,}."
        )
    latest = table.latest(recorded, MOST_RECORDED)[::-1]
    shown = [np.isin(latest, one) for one in all_rows]
    for place, number in enumerate(latest):
        opened, article = table.opened(number)
        scenes = [one for one, seen_in in zip(of.staged, shown, strict=True) if seen_in[place]]
        found = _rows_of(of, (opened, False, scenes), {article.id: article})
        rows += [row | {"recorded": True, "placed": _AS_RECORDED} for row in found]
    made = (
        row_of(EventRow, row | {"row": number}, row[SHAPE])
        for number, row in enumerate(rows, start=1)
    )
    return tuple(made), limits


_AS_RECORDED = "at the recorded point; the true place may lie radius_m from it"


def _rows_of(of: Takeaway, seen: _Seen, articles: Mapping[str, Article]) -> list[dict[str, Any]]:
    """Return an event's rows without their numbers: one a site."""
    outcome, draft, scenes = seen
    event = outcome.event
    told = _told(event, articles)
    common = told | {"vague": not event.period.exact, "draft": draft, "scenes": _numbers(scenes)}
    if isinstance(outcome, UnplacedEvent):
        likely = outcome.likely
        where = {
            "place": "" if likely is None else likely.names.en,
            "place_id": "" if likely is None else likely.id,
            "place_basis": "" if likely is None else "guessed",
            "reason": outcome.reason,
            SHAPE: None,
        }
        return [common | where]
    sites: dict[str, Site] = {}
    for site in outcome.sites:
        sites.setdefault(site.target.id, site)
    return [common | _where(of, site, event.period, scenes) for site in sites.values()]


def _where(of: Takeaway, site: Site, days: Period, scenes: Sequence[Staged]) -> dict[str, Any]:
    """Return the columns of a site: the shape is what the map shows there."""
    mention, target = site.mention, site.target
    found: dict[str, Any] = {
        "place": target.names.en,
        "place_id": target.id,
        "place_basis": mention.basis.value,
        "place_role": mention.role.value,
    }
    if isinstance(target, Place) and target.layer is None:
        shape = tidy(target.shape)
        if isinstance(shape, shapely.Point):
            how = {"radius_m": target.radius_m, "placed": "at a place; it reaches radius_m around"}
        else:
            how = {"placed": "somewhere in the outline of the place"}
        reason = "" if shape else f"{target.names.en} has no shape on file."
        return found | how | {SHAPE: shape, "reason": reason}
    layer = target
    if isinstance(target, Place):
        layer = next(one for one in of.world.layers if one.id == target.layer)
    drawn = _outline(layer, target, days, scenes)  # type: ignore[arg-type]
    if drawn is None:
        return found | {SHAPE: None, "reason": f"No outline of {target.names.en} is known."}
    style = LAYERS.get(drawn.layer)
    somewhere = "in" if style and style.mark is Mark.AREA else "on the outline of"
    of_day = f" ({drawn.method}; {drawn.period.words})"
    return found | {
        "outline": drawn.id,
        "placed": f"somewhere {somewhere} {target.names.en}{of_day}",
        SHAPE: tidy(drawn.shape),
    }


def _outline(
    layer: Layer, target: Place | Layer, days: Period, scenes: Sequence[Staged]
) -> Footprint | None:
    """Return the footprint that an event stands on: that of its own days, of several the latest.

    Where its days are open or none is of them: that of the last scene that shows both, or the
    latest one that there is.
    """
    things = [
        one
        for one in layer.footprints
        if tidy(one.shape) is not None and (one.place is None or one.place == target.id)
    ]
    own = [one for one in things if one.period.meets(days)]
    if own and not (days.opens or days.stands):
        return max(own, key=lambda one: (one.period.has(days.last), one.period.order, one.id))
    for staged in reversed(scenes):
        for one in things:
            if one.period.has(staged.scene.window.last):
                return one
    return max(things, key=lambda one: (one.period.order, one.id), default=None)


def _told(event: Event, articles: Mapping[str, Article]) -> dict[str, Any]:
    """Return the columns of what articles say of an event."""
    first = event.evidence[0]
    article = articles.get(first.article)
    return {
        "id": event.id,
        "title": event.title,
        "kind": event.kind.value,
        "theme": event.kind.theme.value,
        "mode": event.mode.value,
        "first": _known(event.period.first),
        "last": _known(event.period.last),
        "edtf": event.period.edtf,
        "when": event.when,
        "date_words": event.date_words,
        "date_reason": event.date_reason,
        "who": "; ".join(_who(event)),
        "cue": "; ".join(dict.fromkeys(one.cue for one in event.attributions if one.cue)),
        "actors": "; ".join(f"{one.name} ({one.role})" for one in event.actors),
        "quantities": "; ".join(map(_quantity, event.quantities)),
        "publisher": article.publisher if article else "",
        "published": article.published if article else None,
        "article": first.article,
        "quote": first.quote,
        "start": first.start,
        "stop": first.stop,
        "also": "\n".join(_also(event, articles)),
    }


def _who(event: Event) -> dict[str, None]:
    return dict.fromkeys(
        one.source if one.scope is Scope.EVENT else f"{one.source} (of the figures only)"
        for one in event.attributions
    )


def _quantity(one: Quantity) -> str:
    return (
        f"{f'{one.hedge} ' if one.hedge else ''}{one.value:,} {one.unit} (\u201c{one.words}\u201d)"
    )


def _also(event: Event, articles: Mapping[str, Article]) -> Iterator[str]:
    """Yield every further sentence, and how another article tells the same event."""
    for teller in (event, *event.also):
        for one in teller.evidence[1:] if teller is event else teller.evidence:
            article = articles.get(one.article)
            source = published_words(article) if article else one.article
            quote = " ".join(one.quote.split())
            told = f"\u201c{quote}\u201d {source}, characters {one.start} to {one.stop}."
            if teller is not event:
                who = ", ".join(_who(teller)) or "the article itself"
                told += f" {teller.title} ({teller.mode}; {who}; {teller.period.edtf})."
            yield told


def day_line(made: About) -> str:
    """Return classification, author and day in one line; what is empty is left out."""
    day = short_day(date.fromisoformat(made.day))
    return " · ".join(filter(None, (made.classification, made.author, day)))


def about_of(found: Mapping[str, Any]) -> About:
    """Return what a file says of itself, from what it holds: lines as a list or as one text.

    Raises
    ------
    KeyError
        When something is missing.
    """
    made: dict[str, Any] = {
        one.name: found[one.name] if one.type == "str" else tuple(_lines(found[one.name]))
        for one in fields(About)
    }
    return About(**made)


def _lines(found: str | Iterable[str]) -> Iterable[str]:
    if isinstance(found, str):
        return found.split("\n") if found else ()
    return found
