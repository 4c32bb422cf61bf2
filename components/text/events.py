"""From words to events: what happened, to whom, where and when, and who says so.

Each word that may speak of an event is asked, in this order: is it told, planned, demanded,
claimed or denied (else it is passed over); whose words are they; when; where; who; how many. Then
a second mention joins the first.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from components.model.article import Evidence
from components.model.event import Basis, Event, Kind, Mention, Mode, Role
from components.text.accounts import (
    FAR,
    VIOLENT,
    Account,
    Story,
    heads_above,
    is_definite,
    is_perfect,
    is_verb,
)
from components.text.actors import Peoples, Who, who_is
from components.text.context import complete_from_before, complete_from_beside
from components.text.coreference import add_account, complete_wars
from components.text.dating import next_week, of_expression, own_dates, since, undated
from components.text.kinds import Predication, predication_of
from components.text.locating import own_places
from components.text.quantities import figures_of
from components.text.reading import Found, Named, PassedOver, Span, Stance, Use
from components.text.roles import DEMANDS, actors_of, denier_of
from components.text.stance import stance_with_reason
from components.text.titles import title_of
from components.text.vouching import attributions_of, vouches

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from spacy.tokens import Doc, Token

    from components.text.reading import Dated, PlaceNames, Said

_MODES = {
    Stance.HAPPENED: Mode.HAPPENED,
    Stance.ONGOING: Mode.ONGOING,
    Stance.PLANNED: Mode.PLANNED,
    Stance.DEMANDED: Mode.DEMANDED,
    Stance.CLAIMED: Mode.CLAIMED,
    Stance.DENIED: Mode.DENIED,
}
_HEADING_WORDS = 14
_MOST = 24  # events of a sentence; each is held against each other
_BESIDE = 12  # characters between "said" and its date
_DEEP = 25  # heads between a word and its clause; more is no English sentence
_ENDED = re.compile(r"[.!?:;\"')\]\u201d\u2019]\s*$")
_BULLET = re.compile(r"\s*[-*\u2022\u2023\u25aa\u25cf\u00b7]\s")
_LEADING = " \t\r\n\f\v\u00a0-\u2013\u2014"
_SINCE = re.compile(r"\bsince\s+(?:the\s+|last\s+)?$")
_WANTS = DEMANDS - {"plan", "appeal", "press"}
_REFUSALS = frozenset({"reject", "dismiss", "refuse", "rebuff", "resist", "ignore"})
_ASPECTS = frozenset({"begin", "start", "continue", "resume", "keep", "finish", "complete"})
_UNREAL = frozenset({"would", "could", "might", "may"})


@dataclass(frozen=True)
class Findings:
    """What the steps before found in one article.

    Attributes
    ----------
    dateline, byline : Span or None
        They tell of no event.
    """

    sentences: tuple[Span, ...]
    dateline: Span | None
    byline: Span | None
    dates: tuple[Dated, ...]
    places: tuple[Named, ...]
    said: tuple[Said, ...]


@dataclass(frozen=True)
class _Sentence:
    """A sentence with what was found in it, each with the word that its words hang on."""

    number: int
    span: Span
    words: tuple[Token, ...]
    dates: tuple[tuple[Token, Dated], ...]
    places: tuple[tuple[Token, Named], ...]
    said: tuple[Said, ...]


def find_events(  # noqa: PLR0913 (an article, and all that a person stated about it)
    doc: Doc,
    text: str,
    findings: Findings,
    *,
    published: date,
    article: str,
    publisher: str,
    names: PlaceNames,
) -> tuple[tuple[Found, ...], tuple[PassedOver, ...]]:
    """Find the events of an article, and what speaks of events that are none.

    Parameters
    ----------
    doc : Doc
        The article, parsed.
    text : str
        The article, every character as it was written; quotes are cut from it.
    article : str
        Id that the events' ids begin with.
    publisher : str
        Who answers for what nobody else says.

    Returns
    -------
    tuple of Found
        In the order of the article, each event once; their ids are unique.
    tuple of PassedOver
        Each with its reason.
    """
    story = Story(doc, text, doc.text, published, publisher, Peoples.of(names.demonyms))
    passed: list[PassedOver] = []
    for sentence in _sentences(findings, story):
        if _is_heading(sentence):
            if any(isinstance(predication_of(one), Predication) for one in sentence.words):
                reason = "A heading: the text below tells it."
                passed.append(PassedOver(sentence.span, reason))
            continue
        fresh = _with_the_hurt(list(_accounts(sentence, story, passed)))
        for account in fresh:
            complete_from_beside(account, fresh, story)
            complete_from_before(account, sentence.places, fresh, story)
        for account in fresh:
            account.actors = list(actors_of(account, story))
            told = filter(None, (account.predication, account.hurt))
            figures = [one for each in told for one in figures_of(each, sentence.span, text)]
            account.quantities = tuple(dict.fromkeys(figures))
            account.attributions = attributions_of(account, story)
            add_account(account, story)
        # What lies further back is not what "the corridor" or "they" means.
        story.earlier += [one for _, one in sentence.places if one.use is not Use.DEMONYM]
        story.people += [one for one in sentence.words if one.dep_ in {"nsubj", "nsubjpass"}]
        del story.earlier[:-FAR], story.people[:-FAR]
    complete_wars(story, findings.sentences, findings.places)
    return _found(story, article, passed), tuple(passed)


def _found(story: Story, article: str, passed: list[PassedOver]) -> tuple[Found, ...]:
    """Return the events that the accounts have become, each under an id of its own."""
    found: dict[str, Found] = {}
    for account in story.accounts:
        event = _event(account, story, article)
        if event.id in found:
            # Two of a kind in one sentence: the second is told by its own clause.
            account.evidence[0] = _clause(account, story)
            event = _event(account, story, article)
        if event.id in found:
            reason = "An event of that kind in the same words."
            passed.append(PassedOver(account.sentence, reason))
        else:
            found[event.id] = Found(event, account.why)
    return tuple(found.values())


def _event(account: Account, story: Story, article: str) -> Event:
    """Return the event that an account has become."""
    evidence = tuple(
        Evidence(article, one.start, one.stop, one.of(story.text)) for one in account.evidence
    )
    return Event(
        id=f"{article}:{evidence[0].start}-{evidence[0].stop}:{account.kind}",
        kind=account.kind,
        mode=account.mode,
        title=title_of(
            account.predication, account.mode, account.actors, account.places, story.text
        ),
        actors=tuple(account.actors),
        places=tuple(account.places),
        period=account.when.period,
        date_words=account.when.words,
        date_reason=account.when.reason,
        attributions=account.attributions,
        quantities=account.quantities,
        evidence=evidence,
    )


def _clause(account: Account, story: Story) -> Span:
    """Return the words of an event's own clause, with its figures."""
    verb, last = account.predication.verb, account.predication.verb.right_edge
    start = max(account.sentence.start, verb.left_edge.idx)
    stop = min(account.sentence.stop, last.idx + len(last))
    words = story.text[start:stop]
    start += len(words) - len(words.lstrip())
    span = Span(start, max(start + 1, start + len(words.strip())))
    told = span.of(story.text)
    account.quantities = tuple(one for one in account.quantities if one.words in told)
    return span


# ---- sentences


def _sentences(findings: Findings, story: Story) -> Iterator[_Sentence]:
    """Find the sentences that are not empty, each with what was found in it."""
    dates = [replace(one, text=one.span.of(story.text)) for one in findings.dates]
    places = [replace(one, text=_name_as_written(one, story)) for one in findings.places]
    dated, placed = _with_heads(dates, story), _with_heads(places, story)
    said = _by_sentence(findings.said, findings.sentences)
    tokens = iter(story.doc)
    token = next(tokens, None)
    for number, span in enumerate(findings.sentences):
        words: list[Token] = []
        while token is not None and token.idx < span.stop:
            words.append(token)
            token = next(tokens, None)
        trimmed = _trimmed(span, findings, story.text)
        if trimmed is not None:
            yield _Sentence(
                number,
                trimmed,
                tuple(one for one in words if trimmed.start <= one.idx < trimmed.stop),
                _within(span, dated),
                _within(span, placed),
                tuple(said.get(number, ())),
            )


def _trimmed(span: Span, findings: Findings, text: str) -> Span | None:
    """Return a sentence without white space, bullet, dateline and byline; None if empty."""
    start, stop = span.start, span.stop
    for apart in filter(None, (findings.dateline, findings.byline)):
        if apart.start <= start < apart.stop:
            start = min(apart.stop, stop)
        elif start < apart.start < stop:
            stop = apart.start
    if bullet := _BULLET.match(text, start, stop):
        start = bullet.end()
    words = text[start:stop]
    start += len(words) - len(words.lstrip(_LEADING))
    stop = start + len(text[start:stop].rstrip())
    start += len(text[start:stop]) - len(text[start:stop].lstrip())
    return Span(start, stop) if start < stop else None


def _is_heading(sentence: _Sentence) -> bool:
    """Return whether a line is a headline or a heading: short, and without a full stop."""
    text = sentence.span
    last = sentence.words[-1].text if sentence.words else ""
    ended = bool(_ENDED.search(last))
    short = len(sentence.words) <= _HEADING_WORDS
    return not ended and (sentence.number == 0 or short) and text.start < text.stop


def _name_as_written(one: Named, story: Story) -> str:
    """Return a place's name with the very characters of the article."""
    start = story.plain.find(one.text, one.span.start, one.span.stop)
    return story.text[start : start + len(one.text)] if start >= 0 else one.span.of(story.text)


def _with_heads(found: Sequence[Any], story: Story) -> list[tuple[Token, Any]]:
    """Return what was found, in the order of the text, each with its head."""
    heads = [(head, one) for one in found if (head := story.root(one.span)) is not None]
    return sorted(heads, key=lambda each: (each[1].span.start, each[1].span.stop))


def _within(span: Span, heads: list[tuple[Token, Any]]) -> tuple[tuple[Token, Any], ...]:
    """Return those that begin in a sentence."""
    first = bisect_left(heads, span.start, key=lambda each: each[1].span.start)
    last = bisect_left(heads, span.stop, key=lambda each: each[1].span.start)
    return tuple(heads[first:last])


def _by_sentence(said: Sequence[Said], sentences: Sequence[Span]) -> dict[int, list[Said]]:
    """Return who says something in each sentence, by the number of the sentence."""
    starts = [one.start for one in sentences]
    found: dict[int, list[Said]] = {}
    for one in said:
        first = max(0, bisect_right(starts, one.content.start) - 1)
        last = bisect_left(starts, max(one.content.stop, one.content.start + 1))
        for number in range(first, min(last, first + FAR)):
            found.setdefault(number, []).append(one)
    return found


# ---- what a sentence tells


def _accounts(sentence: _Sentence, story: Story, passed: list[PassedOver]) -> Iterator[Account]:
    """Find what a sentence tells of events."""
    told = _predications(sentence, passed)
    _place_appeal(sentence, story)
    kept: list[Predication] = []
    for one in told:
        others = [other for other in told if other is not one]
        asked = next((o for o in others if _asks_for(o, one.word)), None)
        if asked is not None:
            passed.append(_passed_over(one.word, f'It is what "{asked.word.text}" asks for.'))
        elif not _is_part(one, others, sentence):
            kept.append(one)
    taken = frozenset(i for one in kept for i in (one.word.i, one.verb.i))
    for predication in kept:
        mode, reason = _mode(predication, sentence, story)
        if mode is None:
            passed.append(_passed_over(predication.word, reason))
            continue
        account = _account(predication, mode, reason, taken, sentence, story)
        none = _no_event(account, story)
        if none is None:
            yield account
        else:
            passed.append(_passed_over(predication.word, none))


def _predications(sentence: _Sentence, passed: list[PassedOver]) -> list[Predication]:
    """Return the words that speak of events; those that could, and do not, are passed over."""
    told: list[Predication] = []
    for word in sentence.words:
        predication = predication_of(word)
        if isinstance(predication, str):
            passed.append(_passed_over(word, predication))
        elif predication is not None and len(told) < _MOST:
            told.append(predication)
        elif predication is not None:
            passed.append(_passed_over(word, "More events than a sentence can tell."))
    return told


def _passed_over(word: Token, reason: str) -> PassedOver:
    last = word.right_edge
    return PassedOver(Span(word.left_edge.idx, last.idx + len(last)), reason)


def _is_part(one: Predication, others: Sequence[Predication], sentence: _Sentence) -> bool:
    """Return whether a word only tells more of an event that another word speaks of."""
    said = sentence.said
    beside = [other for other in others if other.verb.i == one.verb.i]
    if one.word.i != one.verb.i:
        # "were killed in the strike": the count is told, not the strike.
        return one.kind is Kind.ATTACK and any(
            other.kind is Kind.CASUALTIES and not _tells_of_attack(one, other, said)
            for other in beside
        )
    if any(other.kind is one.kind for other in beside):
        return True  # "held talks": the noun tells it
    if one.kind is Kind.CASUALTIES and any(
        other.kind is Kind.ATTACK and _tells_of_attack(other, one, said) for other in beside
    ):
        return True
    if one.kind in VIOLENT and any(
        other.kind in VIOLENT and _follows_from(one.word, other) for other in others
    ):
        return True  # "an incursion, killing 12"
    alike = [other for other in others if other.kind is one.kind]
    joined = one.word.dep_ == "conj" and any(
        _follows_from(one.word, other) and not _is_other(one, other, sentence) for other in alike
    )
    alongside = (
        one.kind is Kind.WITHDRAWAL
        and (one.word.dep_, one.word.tag_) == ("advcl", "VBG")
        and any(other.verb.i == one.word.head.i for other in alike)
    )  # "left the town, retreating to the corridor"
    inner = one.word.dep_ == "acl" and any(other.word.is_ancestor(one.word) for other in alike)
    return joined or alongside or inner


def _is_other(one: Predication, before: Predication, sentence: _Sentence) -> bool:
    """Return whether a joined verb tells of another event: done to others, or on another day."""
    days = [token for token, _ in sentence.dates]
    each_dated = all(any(_hangs_on(day, verb.word.i) for day in days) for verb in (one, before))
    return each_dated or bool(one.arguments.patients and before.arguments.patients)


def _with_the_hurt(fresh: Sequence[Account]) -> list[Account]:
    """Return accounts, the hurt told with the dead: "two were killed and six were wounded"."""
    kept: list[Account] = []
    for one in fresh:
        last = kept[-1] if kept else None
        if last is None or not _are_one_count(last, one):
            kept.append(one)
            continue
        last.hurt = one.predication
        last.places += one.places if not last.event_places else []
        if one.dated:
            last.when, last.dated, last.days = one.when, True, one.days
    return kept


def _are_one_count(old: Account, new: Account) -> bool:
    """Return whether two counts of one source are of one day and place: of dead and of hurt."""
    dead = {one.predication.word.lemma_ in {"kill", "die"} for one in (old, new)}
    counts = {old.kind, new.kind} == {Kind.CASUALTIES} and len(dead) > 1
    same = (old.mode, old.said) == (new.mode, new.said)
    apart = (old.dated and new.dated) or (old.event_places and new.event_places)
    return counts and same and not apart


def _tells_of_attack(noun: Predication, verb: Predication, said: Sequence[Said]) -> bool:
    """Return whether "strikes killed 12" tells of the strikes, rather than of a count.

    A count that somebody answers for, a running total and the deaths in a strike that was told
    before are told for the count.
    """
    if is_perfect(verb.verb) or is_definite(noun.word):
        return False
    subject = noun.word.dep_ in {"nsubj", "conj"}
    return subject or not any(vouches(one, verb.word) for one in said)


def _follows_from(verb: Token, other: Predication) -> bool:
    """Return whether a verb tells what came of another event: "an incursion, killing 12"."""
    at = verb
    for above in heads_above(verb, 6):
        finite = at.dep_ == "advcl" and at.tag_ not in {"VBG", "VBN"}
        own = at.dep_ == "conj" and any(one.dep_ in {"nsubj", "nsubjpass"} for one in at.children)
        if at.dep_ not in {"advcl", "conj", "acl", "xcomp"} or finite or own:
            return False
        if above.i in {other.verb.i, other.word.i}:
            return True
        at = above
    return False


def _asks_for(appeal: Predication, word: Token) -> bool:
    """Return whether a word stands in what an appeal asks for: "urged them to leave"."""
    if appeal.kind is not Kind.APPEAL:
        return False
    at = word
    for above in heads_above(word, _DEEP):
        if above.i == appeal.word.i:
            asked = at.dep_ in {"xcomp", "ccomp", "advcl"}
            called_for = at.dep_ == "prep" and at.lower_ == "for"
            return called_for or (asked and (at.tag_ == "VB" or at.dep_ == "ccomp"))
        if at.dep_ == "relcl" and not _unreal_above(at):
            return False  # "to reopen the crossing, which has been closed since May"
        at = above
    return False


def _place_appeal(sentence: _Sentence, story: Story) -> None:
    """Place the appeal told before where its words were spoken: "..., he said in New York"."""
    last = story.accounts[-1] if story.accounts else None
    if last is None or last.kind is not Kind.APPEAL or last.number != sentence.number - 1:
        return
    for token, one in sentence.places:
        cue = token.head.head
        here = token.head.lower_ in {"in", "at"} and cue.lemma_ in {"say", "tell", "add"}
        same = any(who.lower_ in {"he", "she"} and who.dep_ == "nsubj" for who in cue.children)
        if one.use is Use.LITERAL and here and same and not last.event_places:
            last.places.append(Mention(one.text, Role.EVENT, Basis.INFERRED))
            last.evidence.append(sentence.span)


# ---- how it is put


def _mode(predication: Predication, sentence: _Sentence, story: Story) -> tuple[Mode | None, str]:
    """Return how an event is put, None when it is none, and why."""
    word, verb = predication.word, predication.verb
    stance, reason = stance_with_reason(_told(word), story.doc, sentence.said)
    mode = _MODES.get(stance)
    if any(_is_nobody(noun) for noun in predication.arguments.patients):
        return None, "It was done to nobody."
    if mode is Mode.HAPPENED and word.i != verb.i and verb.lemma_.lower() in _WANTS:
        mode, reason = Mode.DEMANDED, f'"{verb.text}" makes it a demand.'
    if stance is Stance.NEGATED and denier_of(word) is not None:
        return Mode.DENIED, "It is denied."
    if mode is Mode.DEMANDED and (why_not := _not_demanded(verb)):
        return None, why_not
    if mode is Mode.PLANNED and (condition := _condition_of(verb)):
        return None, f'It depends on "{condition}".'
    if mode is not None and _is_aside(predication, sentence):
        return None, "Only says what came before or after something else."
    counted = predication.kind is Kind.CASUALTIES and any(
        vouches(one, word) for one in sentence.said
    )
    if mode is Mode.HAPPENED and counted:
        return Mode.CLAIMED, f"{reason} It is a count that somebody answers for."
    if mode is Mode.HAPPENED and predication.kind is Kind.WAR:
        return Mode.ONGOING, f"{reason} Nothing says that it ended."
    return mode, reason


def _told(word: Token) -> Token:
    """Return the verb that tells how a word is put: "begin" of "will begin withdrawing"."""
    at = word
    while at.dep_ == "xcomp" and at.tag_ == "VBG" and at.head.lemma_ in _ASPECTS:
        at = at.head
    return at


def _not_demanded(verb: Token) -> str | None:
    """Return why what is put as a demand is none that stands."""
    if unreal := _unreal_above(verb):
        return f'"{unreal}": no demand that anybody has made.'
    refused = (one.text for one in heads_above(verb, 5) if one.lemma_.lower() in _REFUSALS)
    return next((f'"{word}" turns the demand down.' for word in refused), None)


def _unreal_above(verb: Token) -> str | None:
    """Return the "would" that a demand hangs on: "the deal would require them to leave"."""
    for one in (verb, *heads_above(verb, 8)):
        if one is not verb and not is_verb(one):
            return None
        for child in one.children:
            if child.dep_ == "aux" and child.lower_ in _UNREAL:
                return child.text
    return None


def _condition_of(verb: Token) -> str | None:
    """Return the "if" or "unless" that a plan depends on."""
    marks = (
        mark
        for child in verb.children
        if child.dep_ == "advcl"
        for mark in child.children
        if mark.dep_ == "mark" and mark.lower_ in {"if", "unless"}
    )
    return next((mark.text for mark in marks), None)


def _is_nobody(noun: Token) -> bool:
    """Return whether a noun is "nobody" or "no one"."""
    return noun.lower_ in {"nobody", "none"} or any(
        child.dep_ == "det" and child.lower_ == "no" for child in noun.children
    )


def _is_aside(predication: Predication, sentence: _Sentence) -> bool:
    """Return whether a verb is only "before withdrawing", with neither day nor place."""
    verb = predication.word
    marks = {verb.head.lower_} if verb.dep_ == "pcomp" else set()
    marks |= {child.lower_ for child in verb.children if child.dep_ == "mark"}
    if verb.tag_ != "VBG" or not marks & {"before", "after", "by", "for", "of"}:
        return False
    found = (*sentence.dates, *sentence.places)
    return not any(_hangs_on(token, verb.i) for token, _ in found)


def _hangs_on(token: Token, index: int) -> bool:
    """Return whether a word hangs on another through no other verb."""
    for above in heads_above(token, 8):
        if above.i == index:
            return True
        if is_verb(above):
            return False
    return False


# ---- when and where


def _account(  # noqa: PLR0913, PLR0917 (all that is known of one event so far)
    predication: Predication,
    mode: Mode,
    reason: str,
    taken: frozenset[int],
    sentence: _Sentence,
    story: Story,
) -> Account:
    """Return what a predication tells, with the days and places of its own clause."""
    vouching = [one for one in sentence.said if vouches(one, predication.word)]
    days = tuple(
        when
        for one in _own_dates(predication, mode, taken, sentence, story)
        if (when := of_expression(one)) is not None
    )
    ways = _ways(predication, sentence)
    account = Account(
        predication=predication,
        sentence=sentence.span,
        number=sentence.number,
        mode=mode,
        why=f"{predication.why[:1].upper()}{predication.why[1:]}. {reason}",
        # Of two, the one that says no more than this.
        said=tuple(sorted(vouching, key=lambda one: one.content.stop - one.content.start)[:1]),
        when=days[0] if days else undated(mode, predication.verb, story.published),
        dated=bool(days),
        days=days,
        places=_own_places(predication, ways, taken, sentence, story),
        ways=ways,
        spots=frozenset(
            token.i
            for token, one in sentence.places
            if one.use is Use.LITERAL
            and who_is(token, story.peoples) != Who(token.text, token.text)
        ),
        evidence=[sentence.span],
    )
    _fit_days(account, story)
    return account


def _own_dates(
    predication: Predication,
    mode: Mode,
    taken: frozenset[int],
    sentence: _Sentence,
    story: Story,
) -> list[Dated]:
    """Return the time expressions of an event's clause, not those of who says so.

    What is denied is dated by its denial when nothing else dates it.
    """
    cues = {
        token.i
        for one in sentence.said
        for token in story.tokens(one.cue)
        if token.i != predication.word.i and is_verb(token)
    }
    of_cue = [
        each
        for each in sentence.dates
        if any(_hangs_on(each[0], i) for i in cues)
        or any(_follows_cue(each[1].span, one, story.text) for one in sentence.said)
    ]
    own = [each for each in own_dates(predication, sentence.dates, taken) if each not in of_cue]
    return [one for _, one in own or (of_cue if mode is Mode.DENIED else ())]


def _follows_cue(date_words: Span, one: Said, text: str) -> bool:
    """Return whether a date stands right after "said": "said on Friday its forces had left"."""
    between = text[one.cue.stop : date_words.start] if one.cue.stop <= date_words.start else "-"
    return len(between) <= _BESIDE and between.strip() in {"", "on", "late on", "early on", "in"}


def _ways(predication: Predication, sentence: _Sentence) -> frozenset[int]:
    """Return the words for what is opened or shut that are a place's name."""
    if predication.kind not in {Kind.OPENING, Kind.CLOSURE}:
        return frozenset()
    arguments = predication.arguments
    named = predication.word.pos_ == "NOUN"
    # "the crossing with Egypt, which has been closed": it is the crossing.
    ways = {
        one.head.head.i if one.head.lower_ == "with" else one.i
        for one in arguments.patients or (() if named else arguments.agents)
    }
    return frozenset(
        token.i for token, one in sentence.places if token.i in ways and one.use is not Use.DEMONYM
    )


def _own_places(
    predication: Predication,
    ways: frozenset[int],
    taken: frozenset[int],
    sentence: _Sentence,
    story: Story,
) -> list[Mention]:
    """Return the places of an event's clause, not those of who says so."""
    literal = [
        (token, replace(one, text=one.name if one.name in one.text else one.text))
        for token, one in sentence.places
        if (one.use is Use.LITERAL or _is_after_back(token))
        and one.text not in story.peoples.countries
        and token.pos_ != "ADJ"
        and token.ent_type_ != "NORP"
        and not any(each.source and each.source.has(one.span) for each in sentence.said)
    ]
    found = [
        replace(one, name=story.as_written(one.name, sentence.span))
        for one in own_places(predication, literal, taken, story.earlier)
    ]
    if not ways:
        return found
    return [
        *(
            Mention(one.text, Role.EVENT, Basis.STATED)
            for token, one in sentence.places
            if token.i in ways
        ),
        *(one for one in found if one.role is not Role.EVENT),
    ]


def _is_after_back(token: Token) -> bool:
    """Return whether a place is where somebody goes back to, though "to" hangs on "back"."""
    return token.head.lower_ == "to" and token.head.head.lower_ == "back"


def _fit_days(account: Account, story: Story) -> None:
    """Give a running total or a war its whole length, and no event a day it cannot have."""
    kind, published = account.kind, story.published
    words = account.days[0].words if account.days else None
    told = account.sentence.of(story.text)
    began = bool(words and _SINCE.search(told[: max(0, told.find(words))]))
    if account.dated and (kind is Kind.WAR or began):
        open_end = kind is not Kind.CASUALTIES
        account.when = since(kind, account.when, published, open_end=open_end)
    if account.mode is Mode.PLANNED and account.when.period.last < published:
        account.when = next_week(account.when, published)
    late = account.mode is Mode.HAPPENED and account.when.period.first > published
    if late or account.mode is Mode.DEMANDED:
        account.when = undated(account.mode, account.predication.verb, published)
        account.dated = False


def _no_event(account: Account, story: Story) -> str | None:
    """Return why an account is no event after all."""
    if account.kind is Kind.WAR and not account.days:
        return "Names the war; does not say when it began."
    if account.mode is Mode.PLANNED and account.when.period.last < story.published:
        return "Planned for a day before publication; whether it came about is not told."
    return None
