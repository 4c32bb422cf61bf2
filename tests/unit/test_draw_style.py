"""The table of style: readable for everybody, well-formed, and legible without colour."""

from itertools import combinations
from xml.etree import ElementTree as ET

import pytest

from components.draw.style import (
    GROUNDS,
    LAYERS,
    MODE_WORDS,
    THEMES,
    Ground,
    Ink,
    browser_style,
    crossing,
    glyph,
    swatch,
)
from components.model.event import Mode, Theme
from components.model.layer import Method

AA = 4.5
INKS = {**THEMES, **{name: style.ink for name, style in LAYERS.items()}}


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("ground", Ground)
@pytest.mark.parametrize("paper", GROUNDS)
@pytest.mark.parametrize("ink", INKS)
def test_every_theme_and_layer_stands_out_on_every_ground(
    ink: str, paper: str, ground: Ground
) -> None:
    assert contrast(INKS[ink].on(ground), GROUNDS[paper].on(ground)) >= AA


def simulated(colour: str, matrix: tuple[tuple[float, ...], ...]) -> tuple[float, ...]:
    """Return a colour as a dichromat sees it (Viénot 1999, on plain RGB: near enough here)."""
    rgb = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    return tuple(sum(w * c for w, c in zip(row, rgb, strict=True)) for row in matrix)


DEUTERANOPIA = ((0.625, 0.375, 0.0), (0.7, 0.3, 0.0), (0.0, 0.3, 0.7))
PROTANOPIA = ((0.567, 0.433, 0.0), (0.558, 0.442, 0.0), (0.0, 0.242, 0.758))


@pytest.mark.parametrize("matrix", [DEUTERANOPIA, PROTANOPIA], ids=["deuteranopia", "protanopia"])
@pytest.mark.parametrize("ground", Ground)
def test_themes_and_corridors_differ_to_the_colour_blind(
    ground: Ground, matrix: tuple[tuple[float, ...], ...]
) -> None:
    corridors = [LAYERS["netzarim_corridor"].ink, LAYERS["philadelphi_corridor"].ink]
    pairs: list[tuple[Ink, Ink]] = [
        *combinations(THEMES.values(), 2),
        (corridors[0], corridors[1]),
    ]
    for one, other in pairs:
        seen = [simulated(ink.on(ground), matrix) for ink in (one, other)]
        assert sum((a - b) ** 2 for a, b in zip(*seen, strict=True)) ** 0.5 > 30


@pytest.mark.parametrize("ground", [None, *Ground])
@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("method", [None, *Method])
def test_swatches_are_well_formed(layer: str, ground: Ground | None, method: Method | None) -> None:
    root = ET.fromstring(swatch(layer, ground=ground, method=method))
    assert root.tag.endswith("svg")
    assert "{" not in swatch(layer, ground=ground, method=method)


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("theme", Theme)
def test_glyphs_are_well_formed_and_as_large_as_asked(theme: Theme, mode: Mode) -> None:
    for faint in ({}, {"vague": True}, {"likely": True}):
        root = ET.fromstring(glyph(theme, mode, ground=Ground.DARK, size_px=14, **faint))
        assert root.get("width") == root.get("height") == "14"
        assert THEMES[theme].dark in ET.tostring(root, encoding="unicode")
        assert (root.find("{*}g[@opacity]") is not None) == bool(faint)


def test_modes_differ_without_colour() -> None:
    assert len({glyph(Theme.FORCES, mode, ground=Ground.LIGHT) for mode in Mode}) == len(Mode)
    assert set(MODE_WORDS) == set(Mode)


def test_crossings_differ_by_status_and_an_unheard_of_one_is_unknown() -> None:
    marks = {status: crossing(status) for status in ("open", "closed", "limited", "unknown")}
    assert len(set(marks.values())) == 4
    assert crossing("<script>") == crossing(None) == marks["unknown"]


def test_a_method_is_seen_in_a_corridors_swatch() -> None:
    schematic = swatch("netzarim_corridor", method=Method.SCHEMATIC)
    assert "dasharray" in schematic
    assert "dasharray" not in swatch("netzarim_corridor", method=Method.DERIVED)


def test_the_browser_reads_the_marks_that_the_legend_shows() -> None:
    style = browser_style()
    assert style["glyphs"]["forces-denied"] == glyph(Theme.FORCES, Mode.DENIED)
    assert style["inks"]["theme-war"] == [THEMES[Theme.WAR].light, THEMES[Theme.WAR].dark]
    assert style["layers"]["gaza"]["swatch"][Method.SURVEYED] == swatch("gaza")
