"""The one table of style: the map, the toggles and the legend all read it.

Colours come in pairs, for a light and for a dark ground. Each has a contrast of at least 4.5
(WCAG AA) against every ground it stands on. Colour is never alone: themes are also told in
words, modes by shape and stroke, layers by pattern and name.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum

from components.model.event import Mode, Theme
from components.model.layer import Method
from components.model.place import Names


class Ground(StrEnum):
    """What the map or the page is drawn on."""

    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True)
class Ink:
    """One colour, as it is on a light and on a dark ground."""

    light: str
    dark: str

    def on(self, ground: Ground) -> str:
        """Return the colour for `ground`."""
        return self.light if ground is Ground.LIGHT else self.dark


@dataclass(frozen=True)
class Anchor:
    """Where a layer's leader line ends, and which way its card stands from there.

    `bearing_deg` is clockwise from north, on the screen.
    """

    lon_deg: float
    lat_deg: float
    bearing_deg: float


class Mark(StrEnum):
    """How a layer is drawn."""

    BAND = "band"
    LINE = "line"
    AREA = "area"
    CROSSING = "crossing"
    NAMES = "names"
    EVENTS = "events"


@dataclass(frozen=True)
class LayerStyle:
    """How one layer looks.

    Attributes
    ----------
    method : Method
        What its swatch shows; on the map each footprint has its own.
    anchors : tuple of Anchor
        Tried in this order; kept clear of the corridors and of Gaza.
    """

    ink: Ink
    mark: Mark
    method: Method
    anchors: tuple[Anchor, ...] = ()


_INK = Ink("#20262c", "#f1f3f5")

GROUNDS = {
    "sea": Ink("#dbe7ee", "#0e1a24"),
    "land": Ink("#ece8de", "#1e2327"),
    "gaza": Ink("#fffdf6", "#30363b"),
    "card": Ink("#ffffff", "#14181c"),
}

# Lines and words of the base map: held back on purpose, so no contrast is asked of the lines.
BASE = {
    "ink": _INK,
    "quiet": Ink("#4a535b", "#b4bec7"),
    "coast": Ink("#9db4c2", "#3c5060"),
    "country": Ink("#8b8578", "#6d767e"),
    "line": Ink("#6b6559", "#8d979f"),
    "water": Ink("#3f6279", "#86a9c0"),
}

THEMES = {
    Theme.DIPLOMACY: Ink("#0b5cad", "#6cb2ff"),
    Theme.FORCES: Ink("#7a0c28", "#ff8fa6"),
    Theme.SMUGGLING: Ink("#756300", "#ffe27a"),
    Theme.WAR: Ink("#006a55", "#4fd1b0"),
}

LAYERS = {
    "netzarim_corridor": LayerStyle(
        Ink("#7a1fa8", "#d79bff"),
        Mark.BAND,
        Method.SCHEMATIC,
        (Anchor(34.3992, 31.4884, 292), Anchor(34.4522, 31.4507, 110)),
    ),
    "philadelphi_corridor": LayerStyle(
        Ink("#b03a00", "#ff9a52"),
        Mark.BAND,
        Method.DERIVED,
        (Anchor(34.2320, 31.3040, 275), Anchor(34.2495, 31.2650, 250)),
    ),
    "egypt_gaza_border": LayerStyle(
        _INK,
        Mark.LINE,
        Method.SURVEYED,
        (
            Anchor(34.2632, 31.2330, 235),
            Anchor(34.2480, 31.2620, 250),
            Anchor(34.2200, 31.3216, 300),
        ),
    ),
    "crossings": LayerStyle(_INK, Mark.CROSSING, Method.DERIVED),
    "gaza": LayerStyle(
        Ink("#5f5a4f", "#a6b0b8"),
        Mark.AREA,
        Method.SURVEYED,
        (
            Anchor(34.4640, 31.5650, 300),
            Anchor(34.3350, 31.4350, 315),
            Anchor(34.5500, 31.5300, 100),
        ),
    ),
    "places": LayerStyle(BASE["quiet"], Mark.NAMES, Method.SURVEYED),
    "events": LayerStyle(_INK, Mark.EVENTS, Method.SURVEYED),
}


@dataclass(frozen=True)
class Region:
    """The name of a country or a sea, and where it may stand: the first free spot in the view."""

    id: str
    kind: str
    names: Names
    spots_lonlat: tuple[tuple[float, float], ...]


REGIONS = (
    Region(
        "mediterranean",
        "sea",
        Names("Mediterranean Sea", "البحر الأبيض المتوسط", "הים התיכון"),
        ((34.17, 31.51), (34.2, 31.43), (34.27, 31.58), (33.6, 31.9), (32.5, 32.6), (29, 33.6)),
    ),
    Region(
        "egypt",
        "country",
        Names("Egypt", "مصر", "מצרים"),
        ((34.14, 31.17), (34.1, 31.22), (34.2, 31.15), (33.9, 30.9), (33.2, 30.4), (29.5, 28.5)),
    ),
    Region(
        "israel",
        "country",
        Names("Israel", "إسرائيل", "ישראל"),
        ((34.56, 31.36), (34.5, 31.3), (34.62, 31.46), (34.45, 31.22), (34.85, 31.1), (34.9, 30.6)),
    ),
    Region("jordan", "country", Names("Jordan", "الأردن", "ירדן"), ((36.0, 30.9), (36.5, 31.6))),
    Region(
        "saudi_arabia",
        "country",
        Names("Saudi Arabia", "السعودية", "ערב הסעודית"),
        ((38.5, 28.5), (40.5, 27.0)),
    ),
    Region("lebanon", "country", Names("Lebanon", "لبنان", "לבנון"), ((35.85, 33.9),)),
    Region("syria", "country", Names("Syria", "سوريا", "סוריה"), ((37.8, 34.8), (36.6, 33.6))),
    Region("cyprus", "country", Names("Cyprus", "قبرص", "קפריסין"), ((33.2, 35.0),)),
    Region("libya", "country", Names("Libya", "ليبيا", "לוב"), ((24.6, 29.0),)),
)

THEME_WORDS = {
    Theme.DIPLOMACY: "Talks and diplomacy",
    Theme.FORCES: "Troops and withdrawals",
    Theme.WAR: "War, attacks, people killed",
    Theme.SMUGGLING: "Arms, routes, closures",
}

MODE_WORDS = {
    Mode.HAPPENED: "happened",
    Mode.ONGOING: "ongoing",
    Mode.PLANNED: "planned",
    Mode.DEMANDED: "demanded",
    Mode.CLAIMED: "claimed",
    Mode.DENIED: "denied",
}

PALE_WORDS = "Pale: the day is vague, or the place only likely"

# A fact is filled. What is not (yet) a fact is an outline: a plan a whole ring, a demand a
# diamond, a claim a dotted ring, a denial a crossed ring.
_GLYPHS = {
    Mode.HAPPENED: '<circle cx="8" cy="8" r="6" fill="{ink}"/>',
    Mode.ONGOING: (
        '<circle cx="8" cy="8" r="3.3" fill="{ink}"/>'
        '<circle cx="8" cy="8" r="6.4" fill="none" stroke="{ink}" stroke-width="1.7"/>'
    ),
    Mode.PLANNED: '<circle cx="8" cy="8" r="5.5" fill="none" stroke="{ink}" stroke-width="2.2"/>',
    Mode.DEMANDED: (
        '<path d="M8 1.6 14.4 8 8 14.4 1.6 8Z" fill="none" stroke="{ink}" stroke-width="2.2"'
        ' stroke-linejoin="round"/>'
    ),
    Mode.CLAIMED: (
        '<circle cx="8" cy="8" r="6.1" fill="none" stroke="{ink}" stroke-width="2.4"'
        ' stroke-linecap="round" stroke-dasharray="0.01 3.82"/>'
    ),
    Mode.DENIED: (
        '<g fill="none" stroke="{ink}" stroke-width="2" stroke-linecap="round">'
        '<circle cx="8" cy="8" r="6"/><path d="M5.2 5.2 10.8 10.8M10.8 5.2 5.2 10.8"/></g>'
    ),
}
VAGUE_OPACITY = 0.68
LIKELY_OPACITY = 0.42

_SQUARE = (
    '<rect x="3" y="3" width="10" height="10" fill="{paper}" stroke="{ink}" stroke-width="1.8"/>'
)
CROSSINGS = {
    "open": '<rect x="2" y="2" width="12" height="12" fill="{ink}" stroke="{paper}"/>',
    "limited": _SQUARE + '<path d="M3 13V3L13 13Z" fill="{ink}"/>',
    "closed": _SQUARE + '<path d="M4 4 12 12M12 4 4 12" stroke="{ink}" stroke-width="1.6"/>',
    "unknown": _SQUARE,
}


def _svg(body: str, width: int, height: int, size_px: float) -> str:
    width_px = size_px * width / height
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
        f' width="{width_px:g}" height="{size_px:g}" aria-hidden="true">{body}</svg>'
    )


def _colour(ink: Ink, name: str, ground: Ground | None) -> str:
    return f"var(--{name})" if ground is None else ink.on(ground)


def glyph(  # noqa: PLR0913
    theme: Theme,
    mode: Mode,
    *,
    ground: Ground | None = None,
    vague: bool = False,
    likely: bool = False,
    size_px: float = 16,
) -> str:
    """Return the mark of an event as an SVG element.

    Parameters
    ----------
    ground : Ground or None
        None leaves the colour to the stylesheet, as `var(--theme-...)`.
    vague : bool
        The day is not known exactly: drawn paler.
    likely : bool
        The place is only likely: drawn paler still.
    """
    colour = _colour(THEMES[theme], f"theme-{theme}", ground)
    opacity = LIKELY_OPACITY if likely else VAGUE_OPACITY if vague else 1
    body = _GLYPHS[mode].format(ink=colour)
    if opacity < 1:
        body = f'<g opacity="{opacity}">{body}</g>'
    return _svg(body, 16, 16, size_px)


def crossing(status: str | None, *, ground: Ground | None = None, size_px: float = 16) -> str:
    """Return the mark of a crossing: open filled, limited half, closed crossed, else hollow."""
    ink = _colour(LAYERS["crossings"].ink, "layer-crossings", ground)
    paper = _colour(GROUNDS["card"], "card", ground)
    body = CROSSINGS.get(status or "unknown", CROSSINGS["unknown"])
    return _svg(body.format(ink=ink, paper=paper), 16, 16, size_px)


def swatch(
    layer: str,
    *,
    ground: Ground | None = None,
    method: Method | None = None,
    size_px: float = 16,
) -> str:
    """Return a layer's sample for toggles and legend as an SVG element."""
    style = LAYERS[layer]
    ink = _colour(style.ink, f"layer-{layer}", ground)
    if style.mark is Mark.CROSSING:
        return crossing("open", ground=ground, size_px=size_px)
    if style.mark is Mark.EVENTS:
        return glyph(Theme.DIPLOMACY, Mode.HAPPENED, ground=ground, size_px=size_px)
    if style.mark is Mark.NAMES:
        body = (
            f'<circle cx="4.5" cy="8" r="2.4" fill="{ink}"/>'
            f'<path d="M10 12 13.5 4 17 12M11.2 9.4H15.8" fill="none" stroke="{ink}"'
            ' stroke-width="1.6"/>'
        )
    elif style.mark is Mark.LINE:
        body = f'<path d="M1 11 9 6 16 9 23 4" fill="none" stroke="{ink}" stroke-width="2.6"/>'
    elif style.mark is Mark.AREA:
        paper = _colour(GROUNDS["gaza"], "gaza", ground)
        body = (
            f'<rect x="2" y="2.5" width="20" height="11" fill="{paper}" stroke="{ink}"'
            ' stroke-width="1.4"/>'
        )
    elif (method or style.method) is Method.SCHEMATIC:
        # Each stroke ends on the frame, so that no clip path (and no document-wide id) is needed.
        body = (
            f'<path d="M2 9 8.5 2.5M4 13.5 15 2.5M10.5 13.5 21.5 2.5M17 13.5 22 8.5"'
            f' stroke="{ink}" stroke-width="1.5"/>'
            f'<rect x="2" y="2.5" width="20" height="11" fill="{ink}" fill-opacity="0.12"'
            f' stroke="{ink}" stroke-width="1.8" stroke-dasharray="4 2.4"/>'
        )
    else:
        body = (
            f'<rect x="2" y="3.5" width="20" height="9" fill="{ink}" fill-opacity="0.28"'
            f' stroke="{ink}" stroke-width="2.2"/>'
        )
    return _svg(body, 24, 16, size_px)


def browser_style() -> dict[str, object]:
    """Return the table as the browser side reads it."""
    inks = (
        GROUNDS
        | BASE
        | {f"theme-{theme}": ink for theme, ink in THEMES.items()}
        | {f"layer-{name}": style.ink for name, style in LAYERS.items()}
    )
    return {
        "inks": {name: [ink.light, ink.dark] for name, ink in inks.items()},
        "layers": {
            name: {
                "mark": style.mark,
                "anchors": [list(asdict(anchor).values()) for anchor in style.anchors],
                "swatch": {method: swatch(name, method=method) for method in Method},
            }
            for name, style in LAYERS.items()
        },
        "glyphs": {f"{theme}-{mode}": glyph(theme, mode) for theme in Theme for mode in Mode},
        "crossings": {status: crossing(status) for status in CROSSINGS},
        "regions": [
            {
                "id": region.id,
                "kind": region.kind,
                "names": asdict(region.names),
                "points": [list(spot) for spot in region.spots_lonlat],
            }
            for region in REGIONS
        ],
        "themes": {theme.value: words for theme, words in THEME_WORDS.items()},
        "modes": {mode.value: words for mode, words in MODE_WORDS.items()},
        "pale": PALE_WORDS,
        "vague": VAGUE_OPACITY,
        "likely": LIKELY_OPACITY,
    }
