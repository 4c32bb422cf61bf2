"""Place names in an article: what is written, which name to look up, and how it is used."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from components.text.grammar import plain_text
from components.text.reading import Named, Span, Use

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Tokens

    from components.text.reading import PlaceNames

_ACRONYM = 4  # letters; in capitals it is a name by itself, as "U.S."
_FEW = 5  # words between "in" and a name: "in the far northern"


def _words(text: str) -> frozenset[str]:
    """Return the words of a list."""
    return frozenset(text.split())


_LONGEST = 7  # words of a name
_WORD = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]\b\.?|(?!(?<=\w')s\b)[^\W_]+(?:['](?!s\b)[^\W\d_]+)*")
_FOLDED_GAP = re.compile(r"[\s\-]+")
_GAP = re.compile(r"(?:'s)?[ ]|[ ]?-?[ ]?|[.][ ]|[ ]?&[ ]?|, (?=D\.?C\b)|\n")
_AL = re.compile(r"(?:al|el|as|ar|ad|an|at|ash|az)-[A-Z]")
_NEXT = re.compile(r" ([^\W\d_]+)")

_PLACES = frozenset({"GPE", "LOC", "FAC"})
_NEVER = frozenset(
    {"DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "ORDINAL", "QUANTITY", "LANGUAGE", "LAW"}
)
_SHORT = frozenset({"us", "uk", "usa", "uae", "drc", "nsw", "nyc", "png", "prc", "t&t"})
# Abbreviations that are words too, or that only stand after a town: "Athens, Ga."
_AFTER_A_TOWN = _words(
    """
    ala ariz ark calif colo conn del fla ga ill ind kan kans ky la md mass mich minn miss mo
    mont neb nev okla ont ore pa tenn tex va vt wash wis wyo
    """
)
_POSTAL = _words(
    """
    AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM
    NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC
    """
)
# Towns somewhere, and mostly something else in the news.
_WORDS = _words(
    """
    academy airport anniversary army bank bay bible board bridge bureau cabinet camp cape center
    central centre chief christmas church city civil coast college commerce commission congress
    council county court defense defence democrat district division east eastern easter
    enterprise federal forest freedom gate general god guard hall hamas harbor health hill
    hospital house independence industry international island justice king lake liberal liberty
    major march may media ministry most mount national north northern of office oil park parkway
    parliament people point police pope post president press prince princess progress prophet reform
    republic republican reuters river road rock school sea security senate south southern spring
    state station street summit sunday supreme tass the to town trade treasury trump tunnel twitter
    union united university valley village war water west western white winter world monday
    tuesday wednesday thursday friday saturday january february april june july august september
    october november december google facebook apple amazon he she it we they you i this that
    there here his her our my and but or for if in on at by no not an as is be do so new old mr
    mrs ms dr sen rep gov prof st day man men him who what when where why how well ebola sars
    mers zika covid h1n1 h5n1 fatah hezbollah hizbollah taliban houthi houthis isis boko haram
    qaeda unicef nato also now then than after before since while until both all some many few
    each every one two three four five six seven eight nine ten ali abu bin ben al el de la le
    les los las san von van di da du
    """
)
# Given names, where the model says that somebody is meant.
_GIVEN = _words(
    """
    alexandria austin brittany brooklyn carolina charlotte chelsea chester cleveland clinton
    dakota dallas devon diego florence francisco george hamilton houston india jackson jefferson
    jose juan kent lancaster lincoln london lourdes louis luis madison maria mercedes milan
    monroe nelson orlando paris paul regina salvador santiago savannah sydney valencia vera
    victoria virginia washington wellington york
    """
)
_STREETS = _words(
    """
    street st. st avenue ave. ave road rd. rd boulevard blvd blvd. drive lane highway turnpike
    expressway parkway hotel inn restaurant
    """
)
_MEDIA = _words(
    """
    post times herald tribune globe journal news daily gazette sun mirror guardian telegraph
    observer chronicle dispatch examiner inquirer star independent press agency sentinel courier
    register
    """
)
_TITLES = _words(
    """
    mr mr. mrs mrs. ms ms. dr dr. sen sen. rep rep. gov gov. president minister sir lord lady
    judge justice prof prof. professor general gen. captain capt. sgt. lt. col. king queen
    prince princess pope saint spokesman spokeswoman senator congressman coach officer detective
    chancellor secretary ambassador mayor
    """
)
_IN = _words(
    """
    in at near from to around outside across into through toward towards via throughout inside
    within reach leave visit enter beyond off along onto over
    """
)
_TAKING = _words(
    """
    attack bomb bombard capture evacuate flee hit loot overrun raid ravage recapture retake rock
    seize shell storm strike take
    """
)
_GOING = _words("leave head bind depart sail flight train bus ferry")
_PLAINLY_IN = _words("in near at across inside outside throughout into")
_SETTLEMENTS = _words(
    """
    town towns city cities village villages district districts province provinces suburb suburbs
    island islands port outskirts capital state states region regions north south east west
    """
)
_TOWNSPEOPLE = _words("man woman resident residents native teenager couple police officials mayor")
_LINES = _words("corridor axis crossing checkpoint route")
_BEFORE_A_NAME = _words("the nearby neighboring neighbouring central downtown")
_STATES = frozenset({"state", "province", "county", "city", "peninsula", "island"})
_SETTLEMENT = (
    r"(?:(?:port|border|coastal|capital|resort|seaside|northern|southern|eastern|western|central"
    r"|north(?:east|west)ern|south(?:east|west)ern|largest|second|biggest|main|holy) )*"
    r"(?:city|cities|town|village|province|state|district|governorate|county|region|capital"
    r"|suburb|municipality|port|island) of (?:the )?"
)
_OF_LAND = re.compile(rf"(?:'s|')? {_SETTLEMENT}")
_COMMA = re.compile(r",\s(?:the )?")
_IN_A_LARGER = re.compile(
    r",? in (?:the )?(?:(?:north|south|east|west|central|north(?:east|west)|south(?:east|west))"
    r"(?:ern)? )?(?:(?:U\.?S\.? )?(?:state|province|region) of )?(?:the )?"
)

_SIDE = r"(?:the )?\b(?:Gaza Strip|[A-Z][\w'-]{1,30})"
_BORDERS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:border|frontier|boundary)(?: \w{{1,30}})? between ({_SIDE}) and ({_SIDE})",
        (
            rf"({_SIDE})(?:'s?)?(?: [\w-]{{1,30}}){{0,3}}? (?:border|frontier|boundary)"
            rf"(?: \w{{1,30}})? with ({_SIDE})"
        ),
        rf"({_SIDE})[-/]({_SIDE}) (?:border|frontier|boundary)",
    )
)
_KNOWN_AS = re.compile(
    r"\b(?:\w{1,30}[ -])?(?:zone|strip|area|land|road|route|corridor|axis|border)\b[^.;:\n]{0,60}?"
    r"(?:known (?:\w+ )?as|called|dubbed|named) (?:the )?(?:so-called )?[\"']?$"
)

_DATELINE = re.compile(
    r"(?m)^[ \t]*(?P<places>[A-Z][A-Z.'\-]+(?:[ /,]+[A-Z][A-Z.'\-]+)*(?:,[^\n()]{1,40}?)?)"
    r"[ \t]*(?:\([^()\n]{2,40}\)|[ \t]-{1,2}[ \t])"
)
_BYLINE = re.compile(
    r"\((?:Additional r|R)eporting by [^()]*\)|\((?:Writing|Editing|Compiled) by [^()]*\)"
)

# Verbs and nouns that need somebody: a place beside them stands for its people or its government.
_ADDRESSED = _words(
    """
    accuse allow arm ask assure back beg blame brief condemn convince criticise criticize demand
    encourage force fund give help invite let notify oblige offer order persuade press pressure
    promise punish push remind request sanction sue support supply tell thank urge want warn
    expect lobby require commit
    """
)
_LYING = _words(
    """
    close open reopen lie border stretch suffer experience see sit neighbor neighbour straddle
    span
    """
)
_AGAINST = frozenset({"with", "by", "against", "between", "for", "about", "like", "than", "as"})
_LAND = _words(
    """
    airport area bank base bay beach border boundary camp capital checkpoint city coast corridor
    countryside crossing desert district east farm frontier gate governorate harbor harbour
    heartland highway hinterland hospital hotel interior island meeting meetings metro
    neighborhood neighbourhood north outskirts peninsula port province region residents river
    road ruins school schools sea shore side skies soil south square station strip street
    streets suburb suburbs summit talks territory town tunnel university valley village west
    zone
    """
)


@dataclass(frozen=True)
class _Match:
    """A stretch of text that is a name; `sure` needs no context."""

    start: int
    stop: int
    key: str
    sure: bool
    people: bool = False


def find_places(doc: Doc, names: PlaceNames) -> tuple[Named, ...]:
    """Find every mention of a place, in the order of the text; none overlaps another.

    Parameters
    ----------
    doc : Doc
        Parsed by `grammar.parsed`; offsets are those of its text.
    names : PlaceNames
        The names to look for. A curated name is always a place; a name of the world, and what
        the model takes for a place, only where the context agrees.

    Returns
    -------
    tuple of Named
        Those that no gazetteer knows are among them, under the name as written.
    """
    return _Finder(doc, names).found()


def _folded(words: str) -> str:
    """Return words as `PlaceNames.world` has them: without case, dashes or doubled spaces."""
    return _FOLDED_GAP.sub(" ", words).strip().casefold()


class _Finder:
    """One article's search."""

    def __init__(self, doc: Doc, names: PlaceNames) -> None:
        self.doc = doc
        self.names = names
        self.parsed = doc.text  # spaCy puts it together anew each time
        self.text = plain_text(self.parsed)
        self.words = [(word.start(), word.end()) for word in _WORD.finditer(self.text)]
        self.curated = {_folded(name).removeprefix("the "): name for name in sorted(names.curated)}
        self.curated_first = {_first(key) for key in self.curated}
        self.people = {_folded(word): place for word, place in names.demonyms.items()}
        # Countries and the like: named without context.
        self.known = {_folded(place) for place in names.demonyms.values()}
        self.ents: list[Tokens] = list(doc.ents)
        self.ent_starts = [ent.start_char for ent in self.ents]
        self.token_starts = [token.idx for token in doc]

    @cached_property
    def surnames(self) -> frozenset[str]:
        """Words of the names of persons; the model takes "Banda Aceh" for one, too."""
        return frozenset(
            token.lower_
            for ent in self.ents
            if ent.label_ == "PERSON" and len(ent) > 1 and _folded(ent.text) not in self.names.world
            for token in ent
            if token.is_title and not (token.i == ent.start and token.nbor().lower_ in _TITLES)
        )

    @cached_property
    def datelines(self) -> tuple[re.Match[str], ...]:
        """Where the text says where it was written: "CAIRO (Reuters) -"."""
        return tuple(_DATELINE.finditer(self.text))

    @cached_property
    def bylines(self) -> tuple[tuple[int, int], ...]:
        """Where the text says only who wrote it, and where."""
        written = [(one.start("places"), one.end()) for one in self.datelines]
        return (*sorted(written + [one.span() for one in _BYLINE.finditer(self.text)]),)

    @cached_property
    def written(self) -> tuple[tuple[int, int], ...]:
        """The places of the datelines."""
        return tuple(one.span("places") for one in self.datelines)

    @cached_property
    def agencies(self) -> tuple[tuple[int, int], ...]:
        """What stands after the place of a dateline: "(Reuters) -"."""
        return tuple((one.end("places"), one.end()) for one in self.datelines)

    def found(self) -> tuple[Named, ...]:
        """Return the mentions."""
        matches = list(self.matches())
        accepted = self.accepted(matches)
        mentions = [self.mention(match) for match in accepted]
        mentions = self.with_whole(mentions)
        mentions = [*self.borders(mentions), *self.unknown(accepted)]
        return tuple(sorted(_apart(mentions), key=lambda one: one.span))

    # -- what is written ---------------------------------------------------------------------

    def matches(self) -> Iterator[_Match]:
        """Yield the longest names from left to right."""
        index = 0
        while index < len(self.words):
            match, taken = self.longest(index)
            if match is not None:
                yield match
            index += taken

    def longest(self, index: int) -> tuple[_Match | None, int]:
        """Return the longest name that begins at a word, and how many words to go on."""
        start, first_stop = self.words[index]
        capital = self.text[start].isupper() or bool(_AL.match(self.text, start))
        curated = _first(_folded(self.text[start:first_stop])) in self.curated_first
        if not capital and not curated:
            return None, 1
        for count, stop in reversed(list(enumerate(self.stops(index), start=1))):
            key = _folded(self.text[start:stop])
            if key in self.curated:
                return _Match(start, stop, key, sure=True), count
            match = self.world_match(start, stop, key) if capital else None
            if match is not None:
                return match, count
        return None, 1

    def stops(self, index: int) -> Iterator[int]:
        """Yield where a name that begins at a word may end, the nearest first."""
        yield self.words[index][1]
        for (_, before), (start, stop) in pairwise(self.words[index : index + _LONGEST]):
            if not _GAP.fullmatch(self.text, before, start):
                return
            yield stop

    def world_match(self, start: int, stop: int, key: str) -> _Match | None:
        """Return a stretch of text as a name of the world or of a people; None if it is none."""
        if key in self.people and not self.is_lower_inside(start, stop):
            return _Match(start, stop, key, sure=True, people=True)
        pointed = f"{key}."
        if key in _AFTER_A_TOWN and pointed in self.names.world and self.text.startswith(".", stop):
            return _Match(start, stop + 1, pointed, sure=False)
        if self.is_world_name(key, start, stop):
            # In a headline "US" may be a word.
            sure = key in self.known or (key in _SHORT and key != "us")
            return _Match(start, stop, key, sure=sure)
        if pointed in self.names.world:
            if self.text.startswith(".", stop):
                return _Match(start, stop + 1, pointed, sure=False)
            if "." in key and self.text[start:stop].isupper():  # "U.S" without its last point
                return _Match(start, stop, pointed, sure=False)
        return None

    def is_lower_inside(self, start: int, stop: int) -> bool:
        """Return whether the last word of a name has no capital."""
        last = self.text[start:stop].split()[-1]
        return last[0].islower()

    def is_world_name(self, key: str, start: int, stop: int) -> bool:
        """Return whether a stretch of text may be a name of the world."""
        if key not in self.names.world:
            return False
        words = self.text[start:stop]
        bare = key.replace(".", "")
        if len(bare) <= 2:  # noqa: PLR2004 - letters
            return (bare != key or key in _SHORT) and words.isupper()
        if key in _SHORT:
            return words.isupper()
        return not self.is_lower_inside(start, stop)

    # -- whether it is a place ---------------------------------------------------------------

    def accepted(self, matches: list[_Match]) -> list[_Match]:
        """Return the matches that are places, with what the others of the article tell."""
        kept: dict[_Match, bool] = {match: self.is_place(match) for match in matches}
        meant = {match.key for match, place in kept.items() if place}
        known = {match.start: place for match, place in kept.items()}
        for index, match in enumerate(matches):
            if kept[match] or self.is_in_a_person(match) or self.is_never(match):
                continue
            mostly_a_place = self.is_well_known(match) and match.key not in _GIVEN
            named_so = self.is_name(match) and self.label(match) == "PERSON"
            if named_so and not mostly_a_place:
                continue
            before = matches[index - 1] if index else None
            after = matches[index + 1] if index + 1 < len(matches) else None
            chained = (
                before is not None and known[before.start] and self.chained(before, match)
            ) or (after is not None and known[after.start] and self.chained(match, after))
            if not set(match.key.split()) <= _WORDS and (chained or match.key in meant):
                kept[match] = known[match.start] = True
        return [match for match in matches if kept[match]]

    def chained(self, one: _Match, other: _Match) -> bool:
        """Return whether two names stand in one list or chain: "Athens, Ga.", "Doha and Cairo"."""
        between = self.text[one.stop : other.start]
        return bool(re.fullmatch(r",? and (?:the )?|, (?:in )?(?:the )?|/| or (?:the )?", between))

    def is_place(self, match: _Match) -> bool:
        """Return whether a match is a place by itself and the words around it."""
        if self.is_never(match):
            return False
        if match.key in self.curated:
            return not self.is_inside_a_name(match)
        if match.people:
            return True
        return not self.is_somebody(match) and self.is_world_place(match, self.label(match))

    def is_world_place(self, match: _Match, label: str) -> bool:
        """Return whether a name of the world that is nobody's is a place, by what is around."""
        if self.is_after_a_town_only(match):
            return self.follows_a_comma(match) and label != "PERSON"
        if set(match.key.split()) <= _WORDS:
            whole = label in _PLACES and self.is_whole_entity(match)
            return whole and (" " in match.key or self.follows_directly(match))
        if match.sure or label in _PLACES or label == "NORP":
            return True
        if label != "PERSON" and self.followed_by_its_kind(match):
            return True
        in_a_place = self.follows_in(match)
        if self.is_well_known(match):
            return label != "PERSON" or in_a_place or match.key not in _GIVEN
        if label in {"PERSON", "ORG"}:
            return in_a_place and self.is_whole_entity(match)
        proper = self.token(match.start).pos_ == "PROPN"
        return proper and (in_a_place or self.in_dateline(match) or self.is_taken(match))

    def is_well_known(self, match: _Match) -> bool:
        """Return whether the world's names have it in capitals too, so that it stands alone."""
        return match.key.upper() in self.names.world

    def is_never(self, match: _Match) -> bool:
        """Return whether the words are a date, a street or a newspaper."""
        ent = self.entity(match)
        if (
            ent is not None
            and ent.label_ in _NEVER
            and ent.end_char >= match.stop
            and match.key not in self.curated
            and not (self.is_well_known(match) and self.is_whole_entity(match))
        ):
            return True
        if _inside(match.start, self.agencies) or self.is_agency(match):
            return True
        following = self.following(match)
        if following.lower() in _STREETS and following[:1].isupper():
            return True
        if ent is not None and ent.label_ in {"ORG", "WORK_OF_ART"}:
            words = {token.lower_ for token in ent}
            return bool(words & _MEDIA) and not self.is_whole_entity(match)
        return following.lower() in _MEDIA and following[:1].isupper()

    def is_agency(self, match: _Match) -> bool:
        """Return whether short capitals are rather an organization's than a town's: "OAS"."""
        words = self.text[match.start : match.stop]
        return (
            words.isupper()
            and words.isalpha()
            and len(words) <= _ACRONYM
            and not (match.sure or match.key in _SHORT or match.key in self.curated)
            and not self.is_well_known(match)
            and words not in _POSTAL
            and not self.in_dateline(match)
        )

    def is_inside_a_name(self, match: _Match) -> bool:
        """Return whether a curated name is only a part of a person's name."""
        ent = self.entity(match)
        if ent is None or ent.label_ != "PERSON" or self.is_whole_entity(match):
            return False
        # The model often takes "Rafah Crossing" or "Khan Younis" for a person.
        others = [
            token
            for token in ent
            if not match.start <= token.idx < match.stop
            and token.is_title
            and token.lower_ not in _LAND
        ]
        return bool(others)

    def is_somebody(self, match: _Match) -> bool:
        """Return whether a name of the world is a person's, or a part of one."""
        if self.is_in_a_person(match):
            return True
        return self.is_name(match) and not match.sure and not self.follows_in(match)

    def is_in_a_person(self, match: _Match) -> bool:
        """Return whether a name of the world is only a part of what somebody is called."""
        if match.people:
            return False
        token = self.token(match.start)
        if token.i > 0 and token.nbor(-1).lower_ in _TITLES and not match.sure:
            return True
        ent = self.entity(match)
        if ent is not None and ent.label_ == "PERSON" and not self.is_whole_entity(match):
            office = self.following(match).lower() in _TITLES  # "Sochi Mayor Anatoly Pakhomov"
            return not (office and ent.start_char >= match.start)
        return False

    def is_name(self, match: _Match) -> bool:
        """Return whether the article has a person of that name."""
        return match.key in self.surnames

    def is_after_a_town_only(self, match: _Match) -> bool:
        words = self.text[match.start : match.stop]
        return match.key.rstrip(".") in _AFTER_A_TOWN or words in _POSTAL

    def follows_a_comma(self, match: _Match) -> bool:
        return self.text[max(0, match.start - 2) : match.start] == ", "

    def follows_in(self, match: _Match) -> bool:
        """Return whether a word of place, as "in", stands before a match."""
        token = self.token(match.start)
        if token.i == 0:
            return False
        for before in reversed(self.doc[max(0, token.i - _FEW) : token.i]):
            if not (
                before.lower_ in _BEFORE_A_NAME
                or before.lower_.endswith("ern")
                or before.lower_ in {"north", "south", "east", "west"}
            ):
                break
        else:
            return False
        if before.lower_ == "of" and before.i:
            return before.nbor(-1).lower_ in _SETTLEMENTS
        return before.lower_ in _IN or before.lemma_.lower() in {"leave", "visit", "reach", "enter"}

    def is_taken(self, match: _Match) -> bool:
        """Return whether somebody attacks or takes a match, or leaves for it."""
        token = self.token(match.start)
        if token.i == 0:
            return False
        before = token.nbor(-1)
        if before.lower_ == "for":
            return bool({one.lemma_ for one in self.doc[max(0, token.i - _FEW) : token.i]} & _GOING)
        return before.lemma_.lower() in _TAKING

    def followed_by_its_kind(self, match: _Match) -> bool:
        """Return whether "man", "police" or "State" stands after a match."""
        following = self.following(match)
        return following in _TOWNSPEOPLE or following.lower() in _STATES

    def follows_directly(self, match: _Match) -> bool:
        """Return whether "in" or the like stands right before a match."""
        token = self.token(match.start)
        return token.i > 0 and token.nbor(-1).lower_ in _IN

    def in_dateline(self, match: _Match) -> bool:
        return _inside(match.start, self.written)

    def in_byline(self, match: _Match) -> bool:
        return _inside(match.start, self.bylines)

    def label(self, match: _Match) -> str:
        ent = self.entity(match)
        return "" if ent is None else str(ent.label_)

    def entity(self, match: _Match) -> Tokens | None:
        """Return the entity that has the beginning of a match."""
        index = bisect_right(self.ent_starts, match.start) - 1
        for candidate in (index, index + 1):
            if 0 <= candidate < len(self.ents):
                ent = self.ents[candidate]
                if ent.start_char < match.stop and match.start < ent.end_char:
                    return ent
        return None

    def is_whole_entity(self, match: _Match) -> bool:
        """Return whether an entity has no more words than the match, but "the" and "'s"."""
        ent = self.entity(match)
        return ent is not None and all(
            match.start <= token.idx < match.stop
            or token.lower_ in {"the", "'s", "'"}
            or not token.text.strip()
            or token.is_punct
            for token in ent
        )

    def token(self, char: int) -> Token:
        return self.doc[max(0, bisect_right(self.token_starts, char) - 1)]

    def following(self, match: _Match) -> str:
        """Return the word after a match, if only a space is between."""
        word = _NEXT.match(self.text, match.stop)
        return word[1] if word else ""

    # -- how it is used ----------------------------------------------------------------------

    def mention(self, match: _Match) -> Named:
        """Return a match as a mention."""
        start, stop, name = match.start, match.stop, self.text[match.start : match.stop]
        if match.key in self.curated:
            name = self.curated[match.key] if name.islower() or name.isupper() else name
            use = self.use(match)
        elif match.people:
            name, use = self.people[match.key], Use.DEMONYM
        else:
            following = self.following(match)
            if following.lower() in _STATES and _folded(f"{name} {following}") in self.names.world:
                stop += len(following) + 1
                name = self.text[start:stop]
            if match.key.endswith(".") and not name.endswith("."):
                name = f"{name}."
            if name.isupper() and len(name) > _ACRONYM:
                name = name.title()
            elif following.lower() in _LINES and not match.sure and not self.is_well_known(match):
                stop += len(following) + 1  # "the Morag corridor" is not the town of Morag
                name = self.text[start:stop]
            use = self.use(match)
        if self.in_byline(match):
            use = Use.BYLINE
        return Named(Span(start, stop), self.parsed[start:stop], use, _plainly(name))

    def use(self, match: _Match) -> Use:
        """Return whether a name stands for the land or for who speaks and acts there."""
        if "-" in {
            self.text[match.start - 1 : match.start],
            self.text[match.stop : match.stop + 1],
        }:  # "U.S.-led"
            return Use.ASSOCIATIVE
        tokens = self.doc.char_span(match.start, match.stop, alignment_mode="expand")
        first = self.token(match.start)
        before = first.nbor(-1) if first.i else first
        if before.lower_ == "the" and before.i:
            before = before.nbor(-1)
        following = self.following(match)
        if (
            before.lower_ in _PLAINLY_IN
            and not following[:1].isupper()
            and not self.text.startswith("'", match.stop)
        ):
            return Use.LITERAL
        token = tokens.root if tokens is not None else self.token(match.start)
        if (
            token.dep_ == "nsubj"
            and not (match.sure and match.key in self.known)
            and not (self.is_well_known(match) or match.key in self.known)
        ):
            return Use.LITERAL  # a town or a crossing that is the subject is itself meant
        return _use_of(token)

    def with_whole(self, mentions: list[Named]) -> list[Named]:
        """Return the mentions with the larger place that the words put each in."""
        made = list(mentions)
        for index, one in enumerate(mentions[:-1]):
            other = mentions[index + 1]
            between = self.text[one.span.stop : other.span.start]
            if one.use is not Use.BYLINE and _OF_LAND.fullmatch(between):
                made[index + 1] = replace(made[index + 1], within=one.name)
            elif other.use is Use.DEMONYM or one.use is Use.DEMONYM:
                continue
            elif (_COMMA.fullmatch(between) and not self.is_list(mentions, index)) or (
                _IN_A_LARGER.fullmatch(between)
                and _folded(one.name) not in self.known
                and _folded(other.name) in self.known
            ):
                made[index] = replace(made[index], within=other.name)
                if _COMMA.fullmatch(between) and other.use is not Use.BYLINE:
                    made[index + 1] = replace(other, use=made[index].use)
        return made

    def is_list(self, mentions: list[Named], index: int) -> bool:
        """Return whether two names with a comma between are items of a longer list."""
        one, other = mentions[index], mentions[index + 1]
        if _folded(one.name) in self.known:
            return True
        if index and _COMMA.fullmatch(self.text[mentions[index - 1].span.stop : one.span.start]):
            return (
                mentions[index - 1].use is not Use.DEMONYM and _folded(other.name) not in self.known
            )
        following = self.text[other.span.stop : other.span.stop + 5]
        return following.startswith((" and ", ", and", " or "))

    def borders(self, mentions: list[Named]) -> list[Named]:
        """Return the mentions with "the border between A and B" as one, where it is curated."""
        made = []
        for pattern in _BORDERS:
            for border in pattern.finditer(self.text):
                sides = [
                    self.people.get(_folded(side), side).removeprefix("the ").removesuffix("'s")
                    for side in border.groups()
                ]
                for pair in (sides, sides[::-1]):
                    key = _folded(f"{pair[0]} {pair[1]} border").replace("gaza strip", "gaza")
                    if key in self.curated:
                        made.append(self.joined(border.start(), border.end(), self.curated[key]))
                        break
        for one in mentions:
            if _folded(one.name) in self.curated:
                known = _KNOWN_AS.search(self.text, max(0, one.span.start - 100), one.span.start)
                if known:
                    made.append(self.joined(known.start(), one.span.stop, one.name))
        return [*made, *mentions]

    def joined(self, start: int, stop: int, name: str) -> Named:
        """Return one mention of several names."""
        tokens = self.doc.char_span(start, stop, alignment_mode="expand")
        while self.text[start : start + 4].lower() == "the ":
            start += 4
        use = Use.LITERAL if tokens is None else _use_of(tokens.root)
        return Named(Span(start, stop), self.parsed[start:stop], use, name)

    def unknown(self, accepted: list[_Match]) -> Iterator[Named]:
        """Yield what the model takes for a place under a name that no gazetteer has."""
        taken = {char for match in accepted for char in range(match.start, match.stop)}
        for ent in self.ents:
            if ent.label_ not in {"GPE", "LOC"}:
                continue
            start, stop = ent.start_char, ent.end_char
            words = self.text[start:stop]
            if words.lower().startswith("the "):
                start += 4
            if self.text[start:stop].endswith("'s"):
                stop -= 2
            name = self.text[start:stop].strip()
            if (
                not name[:1].isupper()
                or not name.isprintable()
                or not taken.isdisjoint(range(start, stop))
                or _folded(name).rstrip(".") in _WORDS | _LAND | _AFTER_A_TOWN
                or (" " not in name and self.doc[ent.start].is_sent_start)
                or name.isupper()  # an agency
                or not any(letter.isalpha() for letter in name)
            ):
                continue
            stop = start + len(self.text[start:stop].rstrip())
            match = _Match(start, stop, _folded(name), sure=False)
            if self.is_name(match) or self.is_never(match):
                continue
            yield self.mention(match)


def _inside(char: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Return whether one of some spans, in order and apart, has a character."""
    index = bisect_right(spans, (char, sys.maxsize)) - 1
    return index >= 0 and char < spans[index][1]


def _first(key: str) -> str:
    return key.split(" ", 1)[0]


def _plainly(name: str) -> str:
    return " ".join(name.split())


def _apart(mentions: Iterable[Named]) -> list[Named]:
    """Return the mentions of which none overlaps an earlier one; longer ones come first."""
    kept: dict[int, Named] = {}
    taken: set[int] = set()
    for one in sorted(mentions, key=lambda one: (one.span.start - one.span.stop, one.span.start)):
        inside = range(one.span.start, one.span.stop)
        if taken.isdisjoint(inside):
            taken.update(inside)
            kept[one.span.start] = one
    return list(kept.values())


def _use_of(token: Token) -> Use:
    """Return how a place is used, by its part in the sentence."""
    head = token.head
    lemma = head.lemma_.lower()
    match token.dep_:
        case "conj" | "appos" if head.pos_ in {"PROPN", "NOUN", "ADJ"} and head.i != token.i:
            return _use_of(head) if head.dep_ not in {"conj", "appos"} else Use.LITERAL
        case "pobj":
            land = not _of_somebody(head)
        case "nsubj":
            land = lemma in _LYING
        case "nsubjpass" | "dobj" | "iobj" | "dative":
            land = lemma not in _ADDRESSED
        case "poss" | "compound" | "nmod" | "amod":
            land = head.lower_ in _LAND
        case "agent":
            land = False
        case _:
            land = True
    return Use.LITERAL if land else Use.ASSOCIATIVE


def _of_somebody(preposition: Token) -> bool:
    """Return whether a preposition leads to somebody who acts, rather than to a piece of land."""
    governor = preposition.head.lemma_.lower()
    match preposition.lower_:
        case "of":
            return governor in _OFFICES
        case "to" | "on":
            return governor in _ADDRESSED | _SPOKEN
        case word:
            return word in _AGAINST


_SPOKEN = _words(
    """
    present say send sell deliver propose pressure demand call appeal message proposal aid
    support threat warning attack impose sanction
    """
)
_OFFICES = _words(
    """
    president minister government army king queen military people leader ambassador republic
    chancellor parliament response ally
    """
)
