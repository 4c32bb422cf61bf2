"""How well events were read: what was found beside what a person marked.

An event is right when one of its kind was marked in the same words: the kinds are equal and some
evidence overlaps. Each is matched once, as many as possible, and among equals those that agree in
more fields. `NEAR` kinds count only where that is asked for.
"""

from __future__ import annotations

import re
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING, Any, Self, TypeAlias

import numpy as np
from scipy.optimize import linear_sum_assignment

from components.geo.gazetteer import folded
from components.model.event import Basis, Kind, Mode, Role
from components.model.period import Period

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from components.geo.gazetteer import Gazetteer

Record = dict[str, Any]
Spans = tuple[tuple[int, int], ...]
Same: TypeAlias = "Callable[[str], str]"

NEAR = {
    frozenset({Kind.TALKS, Kind.VISIT}),
    frozenset({Kind.TALKS, Kind.MEDIATION}),
    frozenset({Kind.TALKS, Kind.PROPOSAL}),
    frozenset({Kind.APPEAL, Kind.PROPOSAL}),
    frozenset({Kind.ATTACK, Kind.CASUALTIES}),
    frozenset({Kind.ADVANCE, Kind.DEPLOYMENT}),
}
NARRATION = "the reporter"
_OWN_WORDS = re.compile(r".*\bin its own words$")
_OWNER = re.compile(r"^(?:an?|the)\s+|['\N{RIGHT SINGLE QUOTATION MARK}]s(?=\s)")
_ONLY_PROPOSED = {Kind.PROPOSAL, Kind.APPEAL}
_NOT_YET = {Mode.PLANNED, Mode.DEMANDED}


@dataclass(frozen=True)
class Marked:
    """What is compared of an event.

    Attributes
    ----------
    places, topics : frozenset of str
        Where it is marked on a map, by stated or inferred words; what it is about. As ids of the
        gazetteer where that knows the name.
    sources : frozenset of str
        Folded; `NARRATION` for the reporter's own words.
    """

    kind: str
    mode: str
    period: Period
    places: frozenset[str]
    topics: frozenset[str]
    sources: frozenset[str]
    evidence: Spans

    @classmethod
    def of(cls, record: Record, same: Same = folded) -> Self:
        """Return an event of a sidecar or of the command's JSON.

        Parameters
        ----------
        same : callable
            Gives all names of a place one name.
        """
        places = record["places"]
        on_map = {same(one["name"]) for one in places if one["role"] == Role.EVENT and pins(one)}
        return cls(
            kind=record["kind"],
            mode=record["mode"],
            period=Period.from_edtf(record["edtf"]),
            places=frozenset(on_map),
            topics=frozenset(same(one["name"]) for one in places if one["role"] == Role.TOPIC),
            sources=frozenset(
                source_words(said["source"]) for said in attributions(record) if said["source"]
            )
            or frozenset({NARRATION}),
            evidence=tuple((span["start"], span["stop"]) for span in record["evidence"]),
        )

    def agrees(self, gold: Marked) -> tuple[bool, ...]:
        """Return whether date, overlap of dates, places, mode and sources are right."""
        ours, theirs = self.period, gold.period
        doubts = [one.edtf.endswith(("?", "~", "%")) for one in (ours, theirs)]
        same_days = (ours.first, ours.last) == (theirs.first, theirs.last)
        return (
            same_days and doubts[0] == doubts[1],
            ours.meets(theirs),
            self.places == gold.places,
            self.mode == gold.mode,
            self.sources == gold.sources,
        )

    def meets(self, other: Marked) -> bool:
        """Return whether some evidence of the two overlaps."""
        return any(overlap(a, b) for a in self.evidence for b in other.evidence)


@dataclass(frozen=True)
class Score:
    """Counts; they add up over articles.

    Attributes
    ----------
    pinned_proposals : int
        Marks on the map for what the article only proposes or does not tell at all.
    """

    found: int = 0
    gold: int = 0
    matched: int = 0
    dates: int = 0
    dates_meet: int = 0
    places: int = 0
    modes: int = 0
    sources: int = 0
    pinned_proposals: int = 0

    def __add__(self, other: Score) -> Score:
        """Return the counts of both."""
        return Score(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))

    @property
    def precision(self) -> float:
        """Share of the found that is right."""
        return share(self.matched, self.found)

    @property
    def recall(self) -> float:
        """Share of the marked that is found."""
        return share(self.matched, self.gold)

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        return share(2 * self.matched, self.found + self.gold)


def score(found: Sequence[Marked], gold: Sequence[Marked], *, near: bool = False) -> Score:
    """Return the counts of one article."""
    pairs = matches(found, gold, near=near)
    fields = np.array([found[i].agrees(gold[j]) for i, j in pairs]).reshape(-1, 5)
    right = (int(one) for one in fields.sum(axis=0))
    return Score(len(found), len(gold), len(pairs), *right, len(pins_of_proposals(found, gold)))


def matches(
    found: Sequence[Marked], gold: Sequence[Marked], *, near: bool = False
) -> list[tuple[int, int]]:
    """Return which found event is which marked one, as many as possible, each once."""
    one_more = 6 * (1 + len(gold))  # outweighs the five fields and the kind of all others
    weights = np.zeros((len(found), len(gold)))
    for i, ours in enumerate(found):
        for j, theirs in enumerate(gold):
            if may_match(ours, theirs, near=near):
                agreed = (ours.kind == theirs.kind, *ours.agrees(theirs))
                weights[i, j] = one_more + sum(agreed)
    rows, columns = linear_sum_assignment(weights, maximize=True)
    pairs = zip(rows.tolist(), columns.tolist(), strict=True)
    return [(i, j) for i, j in pairs if weights[i, j]]


def may_match(ours: Marked, theirs: Marked, *, near: bool) -> bool:
    """Return whether two events can be one: the kind, and evidence that overlaps."""
    kinds = frozenset({ours.kind, theirs.kind})
    return (len(kinds) == 1 or (near and kinds in NEAR)) and ours.meets(theirs)


def pins_of_proposals(found: Sequence[Marked], gold: Sequence[Marked]) -> list[tuple[Marked, str]]:
    """Return the marks on the map for what is only proposed, or is no event at all.

    Such a mark has the place of no event marked in the same words; and those words tell no event,
    or only of proposals, appeals, plans and demands, or the place is only what they are about.
    """
    wrong = []
    for event in found:
        told = [one for one in gold if one.meets(event)]
        proposed = all(one.kind in _ONLY_PROPOSED or one.mode in _NOT_YET for one in told)
        for place in event.places:
            topic = any(place in one.topics for one in told)
            if (proposed or topic) and not any(place in one.places for one in told):
                wrong.append((event, place))
    return wrong


def traps(text: str, reading: Record, gold: Sequence[Marked], same: Same = folded) -> list[str]:
    """Return the traps of the owner's article that a reading fell into, by name."""
    found = [Marked.of(record, same) for record in reading["events"]]
    known = {i for i, _ in matches(found, gold)}
    stray = [event for i, event in enumerate(found) if i not in known]

    def told(words: str, *kinds: Kind, events: Iterable[Marked] = stray) -> bool:
        start = text.index(words)
        span = (start, start + len(words))
        return any(
            (not kinds or event.kind in kinds) and any(overlap(span, one) for one in event.evidence)
            for event in events
        )

    def place(words: str) -> bool:
        start = text.index(words)
        return any(
            one["use"] == "literal" and overlap((start, start + len(words)), spanned(one))
            for one in reading["places"]
        )

    byline = text[text.index("(Reporting") :]
    fell = {
        "truce proposal": told("differences over a truce proposal", Kind.PROPOSAL),
        "withdrawal": any(
            event.kind == Kind.WITHDRAWAL and event.mode != Mode.DEMANDED for event in found
        ),
        "release": told("the release of Israeli hostages"),
        "deal": told("obstacles to a deal", Kind.TALKS, Kind.PROPOSAL, Kind.MEDIATION)
        or told("a ceasefire deal", Kind.TALKS, Kind.PROPOSAL, Kind.MEDIATION),
        "dateline": told("CAIRO (Reuters)", events=found),
        "byline": told(byline, events=found) or place(byline),
        "Egyptian": place("Egyptian security") or place("Egyptian and U.S. officials"),
        "Israel says": place("Israel says") or place("Egypt says"),
        "second mention": told("The meetings in Cairo on Thursday and Friday", Kind.TALKS),
    }
    return [name for name, fallen in fell.items() if fallen]


def namer(gazetteer: Gazetteer) -> Same:
    """Return what gives all names of one place its id, and other names their folded form."""

    def same(name: str) -> str:
        plain = name.replace("\N{NO-BREAK SPACE}", " ")
        target = gazetteer.find(plain)
        return target.id if target else folded(plain)

    return same


def attributions(record: Record) -> list[Record]:
    """Return an event's attributions; the command's JSON calls them by the singular."""
    given = record["attributions"] if "attributions" in record else record["attribution"]
    return given if isinstance(given, list) else [given] if given else []


def source_words(source: str) -> str:
    """Return who says so without case, article and possessive."""
    plain = source.replace("\N{NO-BREAK SPACE}", " ").casefold().strip()
    return NARRATION if _OWN_WORDS.match(plain) else _OWNER.sub("", plain)


def pins(place: Record) -> bool:
    """Return whether a mention of a place puts an event on the map."""
    return place["basis"] in {Basis.STATED, Basis.INFERRED}


def spanned(one: Record) -> tuple[int, int]:
    """Return the offsets of a found thing."""
    return one["start"], one["stop"]


def overlap(a: tuple[int, int], b: tuple[int, int]) -> bool:
    """Return whether two half-open spans share a character."""
    return a[0] < b[1] and b[0] < a[1]


def share(part: float, whole: float) -> float:
    """Return a part of a whole; nothing of nothing is all of it."""
    return part / whole if whole else 1.0
