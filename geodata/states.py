"""What was reported of the corridors, the border and the crossings, and from when.

Tables in code, so that every line can be read and argued with. A state lasts until the next one
begins; `succeeding` works the last days out, so that two states never share a day. Dates are EDTF
at the precision of the report. Reports were read as reprints or summaries: no publisher's own page
was opened, so `source_checked` is false throughout.

Coordinates are WGS 84 degrees, lon lat; where they come from stands in `SOURCES.md`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from shapely import LineString, Point, Polygon

from geodata.shapes import band, feature_geometry, fraction_at, part_before, strip_inside

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shapely.geometry.base import BaseGeometry

OSM = "OpenStreetMap contributors, through @geo-maps/countries-land-1m"


@dataclass(frozen=True, kw_only=True)
class Holding:
    """Who holds a place, from when to when (EDTF, None when open), and by whose word."""

    holder: str
    first: str | None
    last: str | None = None
    words: str
    source: str
    source_date: str | None = None

    def record(self) -> dict[str, Any]:
        """Return it as the layer files hold it."""
        return {
            "holder": self.holder,
            "from": self.first,
            "to": self.last,
            "words": self.words,
            "source": self.source,
            "source_date": self.source_date,
            "source_checked": False,
        }


@dataclass(frozen=True, kw_only=True)
class Footprint:
    """A layer's shape during a period; `SOURCES.md` says what each property means.

    Attributes
    ----------
    id : str
        Layer, place where the layer has several, and first day: `crossings:rafah:2024-05-07`.
    shape : BaseGeometry or None
        WGS 84 degrees, lon lat. None when nothing stood or no outline was published.
    accuracy_m, width_m : float
        Metres.
    only : dict
        Properties that one layer alone has.
    """

    id: str
    label: str
    shape: BaseGeometry | None
    valid_from: str | None
    valid_to: str | None = None
    control: tuple[Holding, ...] = ()
    accuracy_m: float
    method: str
    published_value: str | None = None
    source: str
    source_date: str | None = None
    source_checked: bool = False
    note: str | None = None
    axis: LineString | None = None
    width_m: float | None = None
    only: dict[str, Any] = field(default_factory=dict)

    def feature(self) -> dict[str, Any]:
        """Return it as a GeoJSON feature."""
        apart = {"id", "shape", "control", "axis", "only"}
        plain = {one.name: getattr(self, one.name) for one in fields(self) if one.name not in apart}
        axis = feature_geometry(self.axis)
        return {
            "type": "Feature",
            "id": self.id,
            "properties": {
                **plain,
                "control": [holding.record() for holding in self.control],
                "axis": axis["coordinates"] if axis else None,
                **self.only,
            },
            "geometry": feature_geometry(self.shape),
        }


def eve(edtf: str) -> str:
    """Return the day, month or year before one.

    >>> eve("2024-03-01"), eve("2024-01"), eve("2011")
    ('2024-02-29', '2023-12', '2010')
    """
    year, month, day = (*map(int, edtf.split("-")), 1, 1)[:3]
    return (date(year, month, day) - timedelta(days=1)).isoformat()[: len(edtf)]


def succeeding(states: Iterable[Footprint]) -> list[Footprint]:
    """End every state on the eve of the next, and keep the holdings that meet its days."""
    states = list(states)
    ended = [
        replace(state, valid_to=eve(after.valid_from or "")) for state, after in pairwise(states)
    ]
    return [
        replace(
            state,
            control=tuple(
                holding
                for holding in state.control
                if _begins_by(holding.first, state.valid_to)
                and _begins_by(state.valid_from, holding.last)
            ),
        )
        for state in (*ended, states[-1])
    ]


def _begins_by(first: str | None, last: str | None) -> bool:
    """Return whether a day is not after another; None is always, and a month reaches to its end.

    EDTF sorts as text, and "~" after all that could follow a month.
    """
    return (first or "") <= f"{last or ''}~"


# --- Netzarim Corridor -----------------------------------------------------------------------

NETZARIM_AXIS = LineString(
    [
        (34.4522, 31.4507),  # the fence
        (34.4267, 31.4651),  # Netzarim junction, where the road meets Salah al-Din
        (34.4159, 31.4753),  # the bend of the old road
        (34.3992, 31.4884),  # the shore
    ]
)
NETZARIM_JUNCTION = (34.4267, 31.4651)
_TRACK_2023 = LineString([(34.453, 31.448), (34.438, 31.4745), (34.410, 31.498)])
_YARD_M = 0.9144

# From the axis to the southern edge, near Wadi Gaza; the rest of the reported area lies north.
# 1.1 km are left between this edge and the middle of Bureij camp.
_LATE_2024_SOUTH_M = 2500
_LATE_2024_NORTH_M = 4525

_NETZARIM_HOLDINGS = (
    Holding(
        holder="Israel",
        first="2023-11-05",
        last="2025-02-08",
        words="Israeli forces cut across Gaza south of Gaza City and hold the corridor.",
        source="AP; end: Ynet, FDD",
    ),
    Holding(
        holder="Israel",
        first="2025-03-19",
        last="2025-10-09",
        words="Israeli forces return to a part of the corridor, from 1 October 2025 to its whole "
        "length.",
        source="Jerusalem Post; Israel National News",
    ),
    Holding(
        holder="Israel",
        first="2025-10-10",
        words="Israel holds what lies behind the Yellow Line, about 53 % of Gaza.",
        source="newsbytes",
    ),
)


def netzarim_corridor(gaza: Polygon) -> list[Footprint]:
    """Return the corridor's states from November 2023, cut to `gaza`."""
    late_2024 = band(NETZARIM_AXIS, _LATE_2024_SOUTH_M, _LATE_2024_NORTH_M, gaza)
    to_junction = fraction_at(NETZARIM_AXIS, NETZARIM_JUNCTION)
    eastern_axis = LineString(NETZARIM_AXIS.coords[:2])

    def state(valid_from: str, label: str, shape: BaseGeometry | None, **more: Any) -> Footprint:  # noqa: ANN401
        usual: dict[str, Any] = {"axis": NETZARIM_AXIS, "method": "schematic"}
        return Footprint(
            id=f"netzarim_corridor:{valid_from}",
            label=label,
            shape=shape,
            valid_from=valid_from,
            control=_NETZARIM_HOLDINGS,
            **usual | more,
        )

    return succeeding(
        [
            state(
                "2023-11-05",
                "Informal track to the coast",
                _TRACK_2023.intersection(gaza),
                axis=_TRACK_2023.intersection(gaza),
                accuracy_m=700,
                source="AP",
                note="A winding track that ran north of the later road; three points of it are "
                "known roughly. Its width was not reported.",
            ),
            state(
                "2024-03-06",
                "Road reaches the sea",
                NETZARIM_AXIS,
                accuracy_m=300,
                method="derived",
                published_value="6.5 km",
                source="CNN",
                note="About 2 km of the road is older. Where it ran was derived from its ends, "
                "Netzarim junction and the bend of the old road.",
            ),
            state(
                "2024-04-25",
                "Road paved",
                NETZARIM_AXIS,
                accuracy_m=300,
                method="derived",
                published_value="6.8 km",
                source="Wikipedia, Route 749 (Gaza)",
                note="Also called Highway 749. The line drawn is 0.2 km shorter "
                "than the paving reported; it leaves out bends that were not published.",
            ),
            state(
                "2024-05-17",
                "Cleared at least 500 yards to each side",
                band(NETZARIM_AXIS, 500 * _YARD_M, 500 * _YARD_M, gaza),
                accuracy_m=600,
                width_m=round(1000 * _YARD_M),
                published_value="at least 500 yards (457 m) to each side",
                source="Washington Post",
                source_date="2024-05-17",
                note="A least width, drawn alike on both sides. ISW's report of July 2024 has the "
                "corridor 2 km wide before it was widened to 4 km; from when is not known.",
            ),
            state(
                "2024-07",
                "Widened to about 4 km",
                band(NETZARIM_AXIS, 2000, 2000, gaza),
                accuracy_m=1000,
                width_m=4000,
                published_value="4 km",
                source="ISW",
                source_date="2024-07",
                note="The width was reported, the outline was not: drawn 2 km to each side of the "
                "axis.",
            ),
            state(
                "2024-12-02",
                "About 46.6 km², from Zeitoun to Wadi Gaza",
                late_2024,
                accuracy_m=1200,
                width_m=_LATE_2024_SOUTH_M + _LATE_2024_NORTH_M,
                published_value="18 sq mi (46.6 km²), about 4.3 by 4.3 miles",
                source="NYT",
                source_date="2024-12-02",
                note="Drawn to have the area that the NYT gives, with the southern edge near Wadi "
                "Gaza and the growth to the north. Others give 40 km² (Palestine Maps), 49 km² "
                "(ISWNews) and 56 km² (i24, which prints miles as km).",
            ),
            state(
                "2025-01-27",
                "Western part vacated",
                part_before(late_2024, NETZARIM_AXIS, to_junction),
                axis=eastern_axis,
                accuracy_m=1500,
                width_m=_LATE_2024_SOUTH_M + _LATE_2024_NORTH_M,
                source="ifpnews",
                note="al-Rashid road along the coast was opened. How far the western part reached "
                "was not published; the cut is drawn square through Netzarim junction.",
            ),
            state(
                "2025-02-09",
                "Israeli forces withdrawn",
                None,
                axis=None,
                accuracy_m=0,
                source="Ynet, FDD",
                note="No shape: Israeli forces had left the whole corridor. FDD dates this to 8 "
                "February.",
            ),
            state(
                "2025-03-19",
                "Partial return, to the centre",
                eastern_axis,
                axis=eastern_axis,
                accuracy_m=1500,
                published_value="to the centre",
                source="Jerusalem Post",
                note="Drawn as the axis from the fence to Netzarim junction. Width and outline "
                "were not published.",
            ),
            state(
                "2025-10-01",
                "Retaken to the shore",
                NETZARIM_AXIS,
                accuracy_m=1000,
                source="Israel National News",
                note="Drawn as the axis of 2024. Width and outline were not published.",
            ),
            state(
                "2025-10-10",
                "Behind the Yellow Line",
                None,
                axis=None,
                accuracy_m=0,
                published_value=None,
                source="newsbytes",
                note="No shape: since the ceasefire the Yellow Line is the limit that counts, and "
                "no outline of the corridor itself was published.",
            ),
        ]
    )


# --- Philadelphi Corridor and the Egypt-Gaza border ------------------------------------------

_TREATY_WIDTH_M = 100
_AUGUST_2024_WIDTH_M = 900
_DECEMBER_2024_WIDTH_M = 950

_PHILADELPHI_HOLDINGS = (
    Holding(
        holder="Israel",
        first="1979",
        last="2005-08",
        words="A demilitarised strip by the treaty of 1979, held by Israel on the Gaza side.",
        source="treaty; press",
    ),
    Holding(
        holder="Egypt, on its own side of the border",
        first="2005-09",
        words="Egyptian border guards, by agreement with Israel.",
        source="press",
    ),
    Holding(
        holder="Gaza side: not known here",
        first="2005-09",
        last="2024-05-28",
        words="Who held it after the Israeli withdrawal is not in the reports used here.",
        source="no report on file",
    ),
    Holding(
        holder="Israel",
        first="2024-05-07",
        last="2024-05-28",
        words="Israeli forces seize the Rafah crossing and the eastern part.",
        source="press",
    ),
    Holding(
        holder="Israel",
        first="2024-05-29",
        words="Israel declares operational control of the whole; a short stretch at the coast is "
        "held by surveillance and fire only.",
        source="Times of Israel via TASS",
    ),
    Holding(
        holder="Israel",
        first="2025-02-27",
        words="Israel says that it will not leave.",
        source="press",
    ),
    Holding(
        holder="Israel",
        first="2025-10-10",
        words="Still held by Israel after the ceasefire.",
        source="press",
    ),
)


def philadelphi_corridor(border: LineString, gaza: Polygon) -> list[Footprint]:
    """Return the corridor's states from 1979: strips of `gaza` along the `border` with Egypt."""
    treaty = strip_inside(border, _TREATY_WIDTH_M, gaza)
    august = strip_inside(border, _AUGUST_2024_WIDTH_M, gaza)
    nominal: dict[str, Any] = {
        "width_m": _TREATY_WIDTH_M,
        "accuracy_m": 100,
        "method": "derived",
        "published_value": "100 m, nominal",
    }

    widened: dict[str, Any] = {"method": "schematic", "accuracy_m": 400}

    def state(valid_from: str, label: str, shape: Polygon, **more: Any) -> Footprint:  # noqa: ANN401
        return Footprint(
            id=f"philadelphi_corridor:{valid_from}",
            label=label,
            shape=shape,
            valid_from=valid_from,
            control=_PHILADELPHI_HOLDINGS,
            axis=border,
            **more,
        )

    return succeeding(
        [
            state(
                "1979",
                "Demilitarised strip, nominally 100 m wide",
                treaty,
                source="treaty; press",
                source_date="1979",
                note="The strip lies on the Gaza side. The usual press figure for its length is "
                "14 km; the border measures 12.7 km.",
                **nominal,
            ),
            state(
                "2005-09",
                "After the Israeli withdrawal from Gaza",
                treaty,
                source="press",
                note="The same strip under other hands.",
                **nominal,
            ),
            state(
                "2024-05-07",
                "Israeli forces hold the Rafah crossing and the eastern part",
                treaty,
                source="press",
                note="The whole strip is drawn; where the part held ended was not published.",
                **nominal,
            ),
            state(
                "2024-05-29",
                "Israel declares operational control of the whole",
                treaty,
                source="Times of Israel via TASS",
                note="By Israel's account a short stretch at the coast was held by surveillance "
                "and fire only; its length was not published.",
                **nominal,
            ),
            state(
                "2024-08",
                "Widening by 800 m reported",
                august,
                **widened,
                width_m=_AUGUST_2024_WIDTH_M,
                published_value="widening by 800 m",
                source="Bellingcat",
                source_date="2024-08",
                note="Drawn as 900 m along the whole border: the nominal 100 m and the 800 m "
                "reported. Whether the 800 m are the new width, and where they were cleared by "
                "which day, is not known.",
            ),
            state(
                "2024-09-05",
                "Road paved for 6.4 km from the coast",
                august,
                **widened,
                width_m=_AUGUST_2024_WIDTH_M,
                published_value="6.4 km paved",
                source="BBC Verify; width: Bellingcat",
                note="Paving was seen between 26 August and 5 September 2024. The outline is the "
                "one of August 2024.",
            ),
            state(
                "2024-12",
                "Widened to about 12 km²",
                strip_inside(border, _DECEMBER_2024_WIDTH_M, gaza),
                **widened,
                width_m=_DECEMBER_2024_WIDTH_M,
                published_value="12 km²",
                source="ISWNews",
                source_date="2024-12",
                note="Drawn as an even strip with the area reported. The true inner edge is not "
                "even.",
            ),
        ]
    )


def egypt_gaza_border(border: LineString) -> list[Footprint]:
    """Return the border as its one footprint."""
    return [
        Footprint(
            id="egypt_gaza_border:always",
            label="From the sea to the meeting point of Egypt, Gaza and Israel",
            shape=border,
            valid_from=None,
            control=_PHILADELPHI_HOLDINGS,
            accuracy_m=50,
            method="derived",
            published_value="12 km; 12.6 km; 13 km",
            source=OSM,
            source_checked=True,
            note="Published lengths: 12 km (Wikipedia), 12.6 km (BBC Verify), 13 km (CIA). The "
            "press figure of 14 km is for the corridor. How exact the source is it does not say; "
            "50 m is our estimate.",
            axis=border,
        )
    ]


def gaza(outline: Polygon) -> list[Footprint]:
    """Return Gaza as its one footprint."""
    return [
        Footprint(
            id="gaza:always",
            label="Land area",
            shape=outline,
            valid_from=None,
            control=(
                Holding(
                    holder="Israel, about 53 % of it",
                    first="2025-10-10",
                    words="The part behind the Yellow Line.",
                    source="newsbytes",
                ),
            ),
            accuracy_m=50,
            method="derived",
            published_value="360-365 km²",
            source=OSM,
            source_checked=True,
            note="The coast is drawn with the moles of the port. Who held which part of Gaza "
            "before 10 October 2025 is not in this file. 50 m is our estimate.",
        )
    ]


# --- Crossings -------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Crossing:
    """A crossing and its states: first day, status, and the status in words.

    Attributes
    ----------
    lonlat : tuple of float
        WGS 84 degrees.
    line : str
        What it crosses: `egypt_gaza_border` or `israel_gaza_line`.
    """

    place: str
    names: dict[str, str]
    aliases: tuple[str, ...]
    lonlat: tuple[float, float]
    accuracy_m: float
    line: str
    states: tuple[tuple[str | None, str, str], ...]
    note: str | None = None
    control: tuple[Holding, ...] = ()


_NOT_RECORDED = "not recorded in the reports used here"

CROSSINGS = (
    Crossing(
        place="rafah_crossing",
        names={"en": "Rafah crossing", "ar": "معبر رفح", "he": "מעבר רפיח"},
        aliases=("Rafah border crossing", "Rafah terminal", "Rafah gate"),
        lonlat=(34.25923, 31.24858),
        accuracy_m=200,
        line="egypt_gaza_border",
        states=(
            (None, "unknown", f"Open days before 7 May 2024 are {_NOT_RECORDED}"),
            ("2024-05-07", "closed", "Closed since Israeli forces seized its Gaza side"),
            ("2026-02-02", "limited", "Open again to people on foot"),
        ),
        note="The point is the terminal, 170 m inside Gaza. Short openings between 7 May 2024 and "
        "2 February 2026 may be missing.",
        control=(
            Holding(
                holder="Israel",
                first="2024-05-07",
                words="Israeli forces seize the Gaza side of the crossing.",
                source="press",
            ),
        ),
    ),
    Crossing(
        place="kerem_shalom_crossing",
        names={
            "en": "Kerem Shalom crossing",
            "ar": "معبر كرم أبو سالم",
            "he": "מעבר כרם שלום",
        },
        aliases=(
            "Kerem Shalom",
            "Kerem Shalom border crossing",
            "Karem Abu Salem",
            "Karam Abu Salem",
            "Karem Abu Salem crossing",
        ),
        lonlat=(34.27056, 31.22083),
        accuracy_m=150,
        line="israel_gaza_line",
        states=(
            (None, "unknown", f"Open days before 17 December 2023 are {_NOT_RECORDED}"),
            ("2023-12-17", "limited", "Open to aid, straight from Israel"),
            ("2024-05-05", "closed", "Shut"),
            ("2024-05-08", "limited", "Open to aid again"),
        ),
        note="Reported shut from 5 to 8 May 2024; 8 May is taken as the day of reopening. Later "
        "closures may be missing.",
    ),
    Crossing(
        place="erez_crossing",
        names={
            "en": "Erez crossing",
            "ar": "معبر بيت حانون (إيرز)",
            "he": "מעבר ארז",
        },
        aliases=("Erez", "Erez border crossing", "Beit Hanoun crossing", "Beit Hanun crossing"),
        lonlat=(34.5446, 31.5585),
        accuracy_m=150,
        line="israel_gaza_line",
        states=(
            (None, "unknown", f"Open days before 7 October 2023 are {_NOT_RECORDED}"),
            ("2023-10-07", "closed", "Overrun in the attack of 7 October 2023, then shut"),
            ("2024-05-01", "limited", "Open to aid"),
        ),
        note="Later closures may be missing.",
    ),
    Crossing(
        place="karni_crossing",
        names={
            "en": "Karni crossing",
            "ar": "معبر المنطار (كارني)",
            "he": "מעבר קרני",
        },
        aliases=("Karni", "al-Mintar crossing", "al-Muntar crossing"),
        lonlat=(34.4736, 31.4747),
        accuracy_m=250,
        line="israel_gaza_line",
        states=(
            (None, "unknown", f"In use until 2011; open days are {_NOT_RECORDED}"),
            ("2011", "closed", "Closed for good"),
            ("2022-12", "closed", "Demolished"),
        ),
    ),
    Crossing(
        place="erez_west_crossing",
        names={
            "en": "Erez West crossing (Zikim)",
            "ar": "معبر زيكيم (إيرز الغربي)",
            "he": "מעבר זיקים (ארז מערב)",
        },
        aliases=("Erez West", "Erez West crossing", "Zikim crossing", "Western Erez crossing"),
        lonlat=(34.506, 31.585),
        accuracy_m=1500,
        line="israel_gaza_line",
        states=(
            ("2024-05-12", "limited", "Opened for aid"),
            ("2025-09-12", "closed", "Shut"),
            ("2025-11-12", "limited", "Open to aid again"),
        ),
        note="No position was published; this one was derived. Reported shut from 12 September to "
        "12 November 2025; the latter is taken as the day of reopening.",
    ),
    Crossing(
        place="gate_96",
        names={"en": "Gate 96", "ar": "البوابة 96", "he": "שער 96"},
        aliases=("the 96th gate", "Gate 96 crossing"),
        lonlat=(34.4522, 31.4507),
        accuracy_m=700,
        line="israel_gaza_line",
        states=(("2024-03-12", "limited", "Opened for aid, at first as a pilot"),),
        note="No position was published; this one is where the Netzarim road meets the fence. "
        "Later closures may be missing.",
    ),
    Crossing(
        place="kissufim_crossing",
        names={"en": "Kissufim crossing", "ar": "معبر كيسوفيم", "he": "מעבר כיסופים"},
        aliases=("Kissufim gate", "Kisufim crossing", "Kissufim border crossing"),
        lonlat=(34.373, 31.374),
        accuracy_m=700,
        line="israel_gaza_line",
        states=(("2024-11-12", "limited", "Opened for aid"),),
        note="No position was published; this one was derived. Later closures may be missing.",
    ),
)


def crossings() -> list[Footprint]:
    """Return every crossing's states; a crossing that was not there yet has none."""
    return [
        footprint
        for crossing in CROSSINGS
        for footprint in succeeding(
            Footprint(
                id=f"crossings:{crossing.place.removesuffix('_crossing')}:{first or 'before'}",
                label=words,
                shape=Point(crossing.lonlat),
                valid_from=first,
                control=crossing.control,
                accuracy_m=crossing.accuracy_m,
                method="derived",
                source="press, publishers not on file; position: own compilation",
                note=crossing.note,
                only={
                    "place": crossing.place,
                    "names": crossing.names,
                    "crosses": crossing.line,
                    "status": status,
                    "status_words": words,
                },
            )
            for first, status, words in crossing.states
        )
    ]
