"""The readers of public corpora and their measures, on small files of our own."""

from datetime import date
from pathlib import Path

import pytest

from tests.benchmarks.corpora import (
    Document,
    Places,
    Sources,
    Times,
    places_score,
    read_attributions,
    read_timeml,
    read_toponyms,
    sources_score,
    times_score,
)

TIMEML = """<?xml version="1.0" ?>
<TimeML><DOCID>a</DOCID>
<DCT><TIMEX3 tid="t0" type="DATE" value="2013-03-22">March 22</TIMEX3></DCT>
<TITLE>Title on Monday</TITLE>
<TEXT>
She <EVENT eid="e1" class="OCCURRENCE">left &amp; came</EVENT> on
<TIMEX3 tid="t1" type="DATE" value="2013-03-18">Monday</TIMEX3> for
<TIMEX3 tid="t2" type="DURATION" value="P2D">two days</TIMEX3>.<TIMEX3 tid="t3" value="P3D"/>
</TEXT></TimeML>"""

TOPONYMS = """<articles>
<article><text>In Paris and Lyon.</text><toponyms>
<toponym><start>3</start><end>8</end><phrase>Paris</phrase>
<gaztag geonameid="1"><name>Paris</name><lat>48.85</lat><lon>2.35</lon></gaztag></toponym>
<toponym><start>13</start><end>17</end><phrase>Lyon</phrase></toponym>
</toponyms></article>
<article source="x"><text>In Paris again.</text><locations>
<location><name>Paris</name><start>4</start><end>9</end><lat>48.85</lat><lon>2.35</lon></location>
</locations></article></articles>"""

ANN = """T1\tSource 0 8\tThe mayor
T2\tCue 9 13\tsaid
T3\tContent 14 20;22 30\tit was ... late
T4\tAttribution 9 13\tsaid
E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1
T5\tCue 40 45\tadded
E2\tAttribution:T5 Cue:T5
"""


def test_time_expressions_of_timeml(tmp_path: Path) -> None:
    (tmp_path / "a.tml").write_text(TIMEML, encoding="utf-8")
    (document,) = read_timeml(tmp_path)
    assert document.published == date(2013, 3, 22)
    marked = {document.text[slice(*span)]: value for span, value in document.marks}
    assert marked == {"Monday": "2013-03-18", "two days": "P2D"}
    assert "left & came" in document.text


def test_a_file_that_is_no_timeml_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.tml").write_text("<TimeML><TEXT/></TimeML>", encoding="utf-8")
    with pytest.raises(ValueError, match=r"a\.tml: .*DCT"):
        read_timeml(tmp_path)


def test_times_count_once_and_a_wrong_value_costs_the_value_only() -> None:
    document = Document("a", "", date(2013, 3, 22), (((0, 6), "2013-03-18"), ((10, 18), "P2D")))
    found = [dated(0, 6, "2013-03-18"), dated(12, 18, "P3D"), dated(13, 15, "P2D")]
    counts = times_score([document], [found])
    assert counts == Times(gold=2, found=3, relaxed=2, strict=1, value=1)
    assert counts.f1(counts.relaxed) == pytest.approx(0.8)
    assert times_score([document], [[]]).f1(0) == 0


def test_places_of_both_forms_with_coordinates(tmp_path: Path) -> None:
    file = tmp_path / "a.xml"
    file.write_text(TOPONYMS, encoding="utf-8")
    documents = read_toponyms(file)
    names = [one.text[slice(*span)] for one in documents for span, _ in one.marks]
    assert names == ["Paris", "Paris"]
    assert [one.marks[0][1] for one in documents] == [(2.35, 48.85)] * 2


def test_a_place_that_is_missed_or_far_away_is_wrong() -> None:
    marks = (((3, 8), (2.35, 48.85)), ((20, 25), (2.35, 48.85)), ((30, 35), (2.35, 48.85)))
    document = Document("a", "", date(2016, 1, 1), marks)
    found = [at(3, 8, 2.35, 49.0), at(20, 25, 4.8, 45.8), at(30, 35, None, None)]
    places = places_score([document], [found])
    assert (places.gold, places.found, places.near) == (3, 2, pytest.approx(1 / 3))
    assert 180 < places.mean_km < 230
    assert places_score([document], [[]]) == Places(
        3, 0, 0.0, pytest.approx(float("nan"), nan_ok=1)
    )


def test_attributions_and_their_sources(tmp_path: Path) -> None:
    (tmp_path / "attributions").mkdir()
    (tmp_path / "text").mkdir()
    (tmp_path / "attributions" / "a.ann").write_text(ANN, encoding="utf-8")
    (tmp_path / "text" / "a.txt").write_text("The mayor said", encoding="utf-8")
    documents = read_attributions(tmp_path)
    assert documents[0].marks == ((((9, 13),), ((0, 8),)), (((40, 45),), ()))
    right = [said((0, 8), (9, 13)), said(None, (40, 45))]
    assert sources_score(documents, [right]) == Sources(2, 2, 2, 2)
    wrong = [said((50, 60), (9, 13)), said((60, 70), (40, 45))]
    assert sources_score(documents, [wrong]) == Sources(2, 2, 0, 0)
    part = [said((4, 8), (9, 13)), said((0, 8), (80, 90))]
    assert sources_score(documents, [part]) == Sources(2, 1, 1, 0)


def dated(start: int, stop: int, value: str) -> dict[str, object]:
    """Return a date as the command prints it."""
    return {"start": start, "stop": stop, "timex_value": value}


def at(start: int, stop: int, lon: float | None, lat: float | None) -> dict[str, object]:
    """Return a place as the command prints it."""
    return {"start": start, "stop": stop, "lon": lon, "lat": lat}


def said(source: tuple[int, int] | None, cue: tuple[int, int]) -> dict[str, object]:
    """Return an attribution as the command prints it."""
    spans = [one and {"start": one[0], "stop": one[1]} for one in (source, cue)]
    return {"source": spans[0], "cue": spans[1]}
