"""The base map: constant, with our own addresses only; its files: there, and without a trap."""

import re
from dataclasses import replace
from pathlib import Path

import folium
import pytest
from branca.element import MacroElement
from streamlit_folium import generate_js_hash, generate_leaflet_string

from components import draw
from components.draw.map import Assets, Corridors, base_map, read_plugin, state_group
from components.draw.style import LAYERS

ASSETS = Assets("../x.leaflet", "../x.browser", "../x.geodata", version="abc")
BROWSER = Path(draw.__file__).parent / "browser"
SOURCES = sorted({*BROWSER.glob("*.js")} - {BROWSER / "document.js"})


def script(base: folium.Map) -> str:
    base.get_root().render()
    return generate_leaflet_string(base)


def children(base: folium.Map) -> list[MacroElement]:
    return list(base._children.values())  # noqa: SLF001 (Folium has no public way)


def links(base: folium.Map) -> list[tuple[str, str]]:
    (plugin,) = (child for child in children(base) if isinstance(child, Corridors))
    return [*base.default_js, *base.default_css, *plugin.default_js, *plugin.default_css]


def test_two_builds_have_one_script_so_that_the_frame_is_never_mounted_anew() -> None:
    one, other = (script(base_map(ASSETS)) for _ in range(2))
    assert generate_js_hash(one, "key") == generate_js_hash(other, "key")
    assert one == other


def test_new_data_have_a_new_script() -> None:
    newer = Assets(ASSETS.leaflet, ASSETS.browser, ASSETS.geodata, version="abd")
    assert generate_js_hash(script(base_map(ASSETS))) != generate_js_hash(script(base_map(newer)))


def test_everything_comes_from_the_given_folders() -> None:
    urls = [url for _, url in links(base_map(ASSETS))]
    assert all(re.fullmatch(r"\.\./x\.\w+/[\w.]+\?v=abc", url) for url in urls)
    assert not any("http" in url for url in urls)
    assert urls[0] == "../x.leaflet/leaflet.js?v=abc"


def test_folium_keeps_its_own_lists() -> None:
    before = [*folium.Map.default_js]
    base_map(ASSETS)
    assert folium.Map.default_js == before


def test_every_browser_file_is_loaded() -> None:
    named = {url.split("/")[-1].split("?")[0] for _, url in links(base_map(ASSETS))}
    # The page that stands on its own has a side panel of its own; no other map has.
    alone = {"document.js", "document.css"}
    files = {path.name for path in BROWSER.iterdir()}
    assert files == (named - {"leaflet.js", "leaflet.css"}) | alone


def test_one_script_holds_what_the_files_hold_and_takes_their_place() -> None:
    assert all(source.read_text(encoding="utf-8") in read_plugin() for source in SOURCES)
    base = base_map(replace(ASSETS, plugin="../x.known/plugin.js"))
    (script,) = (url for _, url in links(base) if url.endswith(".js"))
    assert script == "../x.known/plugin.js"


def test_there_is_a_genuine_group_a_layer() -> None:
    groups = [
        child for child in children(base_map(ASSETS)) if isinstance(child, folium.FeatureGroup)
    ]
    assert [group.layer_name for group in groups] == list(LAYERS)


def test_a_state_does_not_change_the_base_map() -> None:
    base = base_map(ASSETS)
    before = script(base)
    state_group({"tiles": False}).add_to(base)
    assert generate_js_hash(script(base_map(ASSETS))) == generate_js_hash(before)


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_no_data_can_become_markup_in_the_browser(source: Path) -> None:
    text = source.read_text(encoding="utf-8")
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", text)
    # Only our own table of style is parsed; Leaflet is given elements, never strings.
    assert text.count("DOMParser") == (1 if source.name == "dom.js" else 0)
    assert not re.search(r"bindTooltip\(\s*[\"'`]|bindPopup|html:\s*[\"'`]", text)
