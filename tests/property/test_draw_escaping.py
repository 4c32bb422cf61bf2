"""Law 8 for the map: no text can become script, or change, on its way into the frame."""

import json
import re
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st
from streamlit_folium import _get_feature_group_string, _get_map_string

from components.draw.map import Assets, base_map, script_json, state_group

HOSTILE = (
    "</script><script>alert(1)</script>",
    "{{ 'x' }}",
    "{{'map_div'}}",
    "map_div feature_group_0 _0 _div",
    "' \" ` \\ ${x} \\u003c",
    "\u202eabc\u2066\u200f",
    "a\u2028b\u2029c",
    "{{{{ }}}} {% raw %} {# #}",
    "<!-- <img src=x onerror=alert(1)> & &lt;",
    "__proto__",
    "\x00\t\r\n   ",
)
# Lone surrogates included: JSON may carry them.
TEXTS = st.one_of(st.text(st.characters()), st.sampled_from(HOSTILE))
ASSETS = Assets("../x.leaflet", "../x.browser", "../x.geodata", version="1")


def sent(state: dict[str, Any]) -> str:
    """Return the script that streamlit-folium evaluates, exactly as it makes it."""
    base = base_map(ASSETS)
    base.get_root().render()
    _get_map_string(base)
    return _get_feature_group_string(state_group(state), base)


def received(script: str) -> Any:
    (argument,) = re.findall(r"window\.corridors\.show\((.*)\);", script)
    return json.loads(argument)


@given(title=TEXTS, name=TEXTS, identity=TEXTS)
@example(*HOSTILE[:3])
@example(*HOSTILE[3:6])
@example(*HOSTILE[6:9])
def test_what_the_browser_reads_is_what_was_sent(title: str, name: str, identity: str) -> None:
    state = {
        "callouts": [{"id": identity, "name": name, "events": [{"id": identity, "title": title}]}]
    }
    script = sent(state)
    assert received(script) == state
    assert not re.search("[<>&\u2028\u2029]", script)


@given(st.recursive(TEXTS | st.integers() | st.none(), st.lists))
def test_script_json_is_json_without_anything_to_find(value: Any) -> None:
    text = script_json(value)
    assert json.loads(text) == value
    assert text.isascii()
    assert not re.search(r"[<>&'_]|\{[{%#]", text)


def test_an_ordinary_state_stays_one_call() -> None:
    script = sent({"tiles": False})
    assert script.count("window.corridors.show(") == 1
    assert "var feature_group_feature_group_0 = L.layerGroup();" in script
