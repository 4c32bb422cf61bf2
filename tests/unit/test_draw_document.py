"""The one page: what it is put together from, and what it says of events and layers."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from xstatic.pkg import leaflet

from components.draw.document import document, read_parts
from components.draw.evidence import MODE_MEANING, evidence
from components.export.document import write_document
from components.export.takeaway import Takeaway
from components.model.briefing import Briefing
from components.page import panel
from tests.worlds import article, event, footprint, layer, row, table, told, world


@pytest.fixture(scope="module")
def parts(repository: Path):
    return read_parts(Path(leaflet.BASE_DIR), repository / "geodata")


def made(parts, of=None, **changes) -> str:
    known = of or world()
    briefing = Briefing("b", "A title", "", "", known.events_span.last)
    return document(
        known, replace(briefing, **changes), (), parts, made="Made today", print_lines={}
    )


def data_of(page: str) -> dict:
    return json.loads(re.search(r'id="data">(.*?)</script>', page, re.DOTALL)[1])


def test_the_same_briefing_gives_the_same_page(parts) -> None:
    known = world()
    assert made(parts, known) == made(parts, known)


def test_it_names_no_address_to_fetch_and_every_script_is_in_its_policy(parts) -> None:
    page = made(parts)
    assert not re.search(r"<(?:link|img|iframe|object)\b|<script[^>]*\bsrc=|@import|url\(\w", page)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for kind in ("script", "style"):
        blocks = re.findall(rf"<{kind}>(.*?)</{kind}>", page, re.DOTALL)
        assert blocks
        for block in blocks:
            digest = b64encode(sha256(block.encode()).digest()).decode()
            assert f"'sha256-{digest}'" in policy


def test_what_is_said_of_an_event_is_what_its_article_says() -> None:
    of = article(text="Before. Talks began in Cairo. After.")
    one = told(of, "Talks began in Cairo.", date_words="Monday")
    said = evidence(world((one,), articles=(of,)))["events"][one.id]
    (teller,) = said["tellers"]
    ((start, stop),) = teller["spans"]
    assert of.text[start:stop] == "Talks began in Cairo."
    assert (said["dateWords"], said["when"]) == ("Monday", one.when)
    assert teller["says"] == ["Somebody"]


def test_an_event_that_is_not_placed_says_why() -> None:
    one = event()
    assert evidence(world((), (one,)))["events"][one.id]["reason"] == "no place"


def test_a_layer_tells_its_facts_with_their_source() -> None:
    strip = footprint(width_m=380.0, note="As told.")
    (said,) = evidence(world(layers=(layer(strip),)))["layers"]["corridor"]["footprints"]
    assert ["Width", "about 380 m"] in said["facts"]
    assert said["source"] == "Somebody, 2024, original not opened"
    assert said["note"] == "As told."


def test_the_page_and_the_app_say_the_same_of_each_mode() -> None:
    assert MODE_MEANING == panel.MODE_MEANING


def test_few_recorded_events_are_in_it_and_many_are_counted(parts, monkeypatch) -> None:
    known = world(table=table(row(), row()))
    few = data_of(made(parts, known))
    assert len(few["evidence"]["rows"]) == 2
    assert few["chronicle"]
    monkeypatch.setattr("components.draw.document.TITLED", 1)
    monkeypatch.setattr("components.draw.evidence.TITLED", 1)
    many = data_of(made(parts, known))
    assert many["evidence"]["rows"] is None
    assert many["chronicle"] is None
    assert "2 recorded events are on file and not in this page" in json.dumps(many["about"])


def test_the_file_is_named_by_what_and_when_and_progress_is_told(tmp_path, repository) -> None:
    known = world()
    of = Takeaway(
        known,
        Briefing("b", "Truce talks", "", "", known.events_span.last),
        (),
        datetime(2026, 11, 29, tzinfo=UTC),
    )
    shares: list[float] = []
    (path,) = write_document(
        of, tmp_path, repository / "geodata", lambda _, share: shares.append(share)
    )
    assert path.name == "truce-talks_of-2024-08-23_made-2026-11-29.html"
    assert path.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert shares == sorted(shares)
    assert shares[-1] == 1
