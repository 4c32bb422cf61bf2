"""Who says so: "two Egyptian security sources said", "according to Israeli tallies"."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from components.model.event import Scope
from components.text.reading import Said, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from spacy.tokens import Doc, Token


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# Verbs that put a clause or a quotation on record.
_SAYING = _words(
    """say tell add state claim allege assert announce declare confirm deny report note insist
    warn argue explain maintain contend stress emphasize emphasise acknowledge admit concede
    reveal disclose suggest indicate estimate predict believe think suspect fear hope recall reply
    respond repeat reiterate reaffirm write tweet conclude complain caution boast vow promise
    pledge swear testify quip joke remark observe mention inform answer affirm recount assess
    doubt agree clarify counter retort speculate signal hint advise notify proclaim lament
    continue assure remind calculate describe elaborate imply"""
)
# Verbs that do so with a mere noun, too: "denied the report", "announced a closure".
_OF_OBJECT = _words(
    """deny confirm announce claim allege accuse blame reject dismiss acknowledge admit reveal
    disclose reiterate describe declare report recall reaffirm"""
)
_SHOWING = frozenset({"show", "find", "put"})  # only for figures and documents
_CALLING = "call"  # only with a quotation: 'called it "a step forward"'
_DENYING = frozenset({"deny", "reject", "dismiss", "denial"})
_WITHOUT_SPEAKER = frozenset({"report", "say", "allege", "believe"})  # "it was reported that"
# Where the parse is wrong, these still end "..., medics said.".
_ENDING = frozenset({"say", "add", "tell"})
_DOCUMENTS = _words(
    """statement report letter tweet post interview email memo speech article note message filing
    survey poll study complaint document communique video text briefing editorial column blog
    transcript resolution"""
)
_COUNTS = _words(
    """tally count figure estimate toll statistic datum data number record account survey poll
    calculation census finding"""
)
_CLAIMS = _words(
    """claim denial assertion allegation accusation statement announcement remark warning
    acknowledgment admission insistence contention estimate declaration confirmation suggestion
    belief"""
)
_PEOPLE = _words(
    """source official minister medic witness spokesman spokeswoman spokesperson resident diplomat
    president leader aide analyst expert survivor rescuer doctor activist lawyer mediator negotiator
    adviser advisor envoy ambassador secretary director chief commander general emir king premier
    governor mayor senator officer soldier journalist reporter director-general secretary-general
    candidate nominee representative hopeful man woman mother father"""
)
_BODIES = _words(
    """ministry army military police government authority agency group movement office party court
    union hospital media paper newspaper broadcaster organization organisation council committee
    cabinet parliament commission company bank medium"""
)
_SPEAKERS = (
    _PEOPLE
    | _BODIES
    | _words(
        """person people individual member worker employee staff authority military neighbour
        neighbor relative driver paramedic volunteer parent brother sister son daughter farmer
        engineer fighter civilian family team delegate participant insider"""
    )
)
# What a source knows is part of who it is: "a person briefed on the talks".
_KNOWING = _words("familiar briefed close involved acquainted")
_LINKS = _words("with at of in from for on near to inside")
_GROUP_WORDS = _words("group movement faction organization organisation militia")
_GROUPS = _words("hamas jihad hezbollah hizbollah houthis fatah")
_GROUP_SORTS = _words("militant islamist armed palestinian")
_MILITARY = _words("army military")
_FIGURES = _words("number figure toll count total tally estimate")
# What begins so behind "Y said on Saturday," is the reporter's own, or has a cue of its own.
_LATER = _words(
    """after hours days weeks months minutes before following amid since saying adding citing"""
)
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_UNREAL = frozenset({"would", "could", "might", "should", "may", "must", "ought"})
_UNSAID = frozenset({"decline", "refuse", "fail", "neglect", "ask", "want", "need", "like", "try"})
_RELATIVE = frozenset({"who", "which", "that", "whom"})
_FIRST_PERSON = frozenset({"i", "we", "my", "our"})
_PART_OF = frozenset({"one", "two", "three", "some", "both", "another", "many", "most", "several"})
_HARM = _words("kill wound injure abduct kidnap die capture arrest detain dead hurt")

_STOPS = frozenset({",", '"', ";", ":", "(", ")", "-", "--"})
_EDGES = " \t\r\n,;:-"
_PARAGRAPH_END = r"\n[ \t]*\n"
_QUOTATION = re.compile(
    rf'(?<![\w"])"(?=[^\s"])(?:[^"\n]|\n(?![ \t]*\n)){{1,1400}}(?:"|(?={_PARAGRAPH_END})|\Z)'
)
_LONGEST_SENTENCE = 400  # tokens; what is longer is no sentence of an article
_LONGEST_CLIMB = 6  # steps; where a speaker is farther up, the parse is wrong
_LONGEST_MEMORY = 40  # sources; what "they" points back to is not farther away
_LONGEST_SOURCE = 40  # tokens
_LONGEST_LOOK_BACK = 400  # tokens; where "the group" was named
_LONGEST_GAP = 80  # characters between "told" and the quotation
_HEADLINE_SOURCE_WORDS = 6
_GRANTED = _words("entry access permission visa request bail aid right food passage")
_CLAIMED_OBJECTS = _words(
    """report claim accusation allegation charge suggestion assertion statement comment account
    rumor rumour criticism"""
)


@dataclass(frozen=True)
class _Found:
    """A cue with its speaker's word, before anybody asks who that is."""

    speaker: Token | None
    source: Span | None
    cue: Span
    content: Span


def find_attributions(doc: Doc) -> tuple[Said, ...]:
    """Find who says what, in the order of the cues.

    Parameters
    ----------
    doc : Doc
        An article, parsed.

    Returns
    -------
    tuple of Said
        Only words that put something on record count: not "said to be", "agreed to", "would say".
        `source` is the whole noun phrase with its apposition and relative clause; `name` is
        without them, and without a leading "the".
    """
    quotations = [Span(*match.span()) for match in _QUOTATION.finditer(_text(doc))]
    found = [*_of_headline(doc)]
    for sentence in doc.sents:
        if len(sentence) > _LONGEST_SENTENCE:
            continue
        for token in sentence:
            if token.pos_ in {"VERB", "AUX"}:
                found += _of_verb(token, quotations)
            elif token.pos_ == "NOUN":
                found += _of_noun(token)
            if token.lower_ in {"according", "by"}:
                found += _of_accordance(token)
    found = [one for one in found if one.content.of(_text(doc))]
    return tuple(_named(doc, sorted(found, key=lambda one: (one.cue, one.content))))


def scope_of(said: Said, doc: Doc) -> Scope:
    """Return whether a source vouches for what happened or for its figures only.

    "According to" vouches for figures only when people killed, hurt or abducted are counted beside
    the main clause ("The war began when gunmen attacked, killing 1,200 people"); a main clause that
    is the count itself is what the source vouches for.
    """
    words = said.cue.of(_text(doc)).casefold()
    if any(_lemma(token) == "put" for token in _tokens(doc, said.cue)):
        return Scope.FIGURE
    if not words.startswith(("according", "by")):
        return Scope.EVENT
    content = _tokens(doc, said.content)
    counted = [token for token in content if _counts_people(token)]
    if not counted:
        return Scope.EVENT
    root = content[0].sent.root
    return Scope.EVENT if any(_clause_of(token) == root for token in counted) else Scope.FIGURE


def denies(said: Said, doc: Doc) -> bool:
    """Return whether the cue denies what is said."""
    return any(_lemma(token) in _DENYING for token in _tokens(doc, said.cue))


# ---- the four sorts of cue


def _of_verb(verb: Token, quotations: list[Span]) -> Iterator[_Found]:
    """Find "X said", "said X", "X was quoted as saying", "was reported by X"."""
    lemma = _lemma(verb)
    known = lemma in _SAYING or lemma in _OF_OBJECT or lemma in _SHOWING or lemma == _CALLING
    if not (known or _opens_quotation(verb)) or _is_unsaid(verb):
        return
    passive = any(child.dep_ in {"nsubjpass", "auxpass"} for child in verb.children)
    speaker = _agent(verb) if passive else _speaker(verb)
    before = None if passive or lemma not in _SAYING else _noun_phrase_before(verb)
    if before is not None:
        speaker = before[0]
    figure = _figure(verb)
    if lemma in _SHOWING and not (figure or (speaker and _lemma(speaker) in _COUNTS | _DOCUMENTS)):
        return
    misread = before is not None and verb.tag_ == "VBN"  # "Egypt, a mediator, denied on Sunday it"
    if verb.tag_ == "VBN" and verb.dep_ in {"acl", "amod"} and not _agent(verb) and not misread:
        first = verb.head.left_edge.idx
        opening = _text(verb.doc)[max(0, first - 3) : first]
        if '"' not in opening:  # '"...!" Murphy, the head of a group, tweeted'
            return
    if speaker is None and not (passive and lemma in _WITHOUT_SPEAKER):
        return
    source = _noun_phrase(speaker, verb) if speaker is not None else None
    if before is not None:
        source = before[1]
    cue = _cue(verb)
    content = figure or _content(verb, source, cue, quotations)
    if content is None and misread:
        content = _between(verb.doc, verb.i + 1, verb.sent.end)
    if content is not None and content.start < content.stop:
        yield _Found(speaker, source, cue, content)


def _of_accordance(token: Token) -> Iterator[_Found]:
    """Find "according to X" and "by X's count"."""
    doc = token.doc
    objects = token.children
    cue = _span(token, token)
    if token.lower_ == "according":
        if token.i + 1 >= len(doc) or doc[token.i + 1].lower_ != "to":
            return
        objects = doc[token.i + 1].children
        cue = _span(token, doc[token.i + 1])
    speaker = next((child for child in objects if child.dep_ == "pobj"), None)
    if token.lower_ == "by":
        if speaker is None or _lemma(speaker) not in _COUNTS or _owner(speaker) is None:
            return
    elif speaker is None:
        speaker = _head_from(doc, token.i + 2, token.sent.end)
    if speaker is not None:
        source = _noun_phrase(speaker, token)
        yield _Found(speaker, source, cue, _sentence_without(token, source, cue))


def _of_noun(noun: Token) -> Iterator[_Found]:
    """Find "X's denial that", "claims by X that"."""
    if _lemma(noun) not in _CLAIMS:
        return
    clause = next((child for child in noun.rights if _is_that_clause(child)), None)
    speaker = _owner(noun) or next(
        (
            child
            for preposition in noun.rights
            if preposition.lower_ in {"by", "from"}
            for child in preposition.children
            if child.dep_ == "pobj"
        ),
        None,
    )
    if clause is None or speaker is None or speaker.i > clause.i:
        return
    source = _noun_phrase(speaker, noun)
    content = _between(noun.doc, clause.left_edge.i, clause.right_edge.i + 1)
    yield _Found(speaker, source, _span(noun, noun), content)


def _of_headline(doc: Doc) -> Iterator[_Found]:
    """Find "Three killed in strike: medics" and "UN: no fuel has entered" in the first line."""
    line = re.match(r"\s*[^\n]{3,200}", _text(doc))
    if line is None or line[0].rstrip().endswith((".", "?", "!")):
        return
    words = [token for token in _tokens(doc, Span(0, line.end())) if not token.is_space]
    marks = [at for at, token in enumerate(words) if token.text in {":", "-", "--"}]
    marks = [at for at in marks if words[at].text == ":" or words[at - 1].whitespace_]
    if len(marks) != 1 or not 0 < marks[0] < len(words) - 1:
        return
    colon = words[marks[0]]
    left, right = words[: marks[0]], words[marks[0] + 1 :]
    for who, what in ((right, left), *(((left, right),) if colon.text == ":" else ())):
        head = who[-1]
        speaks = _lemma(head) in _PEOPLE | _BODIES | _DOCUMENTS or head.ent_type_ in {
            "PERSON",
            "ORG",
        }
        verbless = not any(token.pos_ in {"VERB", "AUX"} for token in who)
        if speaks and verbless and len(who) <= min(_HEADLINE_SOURCE_WORDS, len(what)):
            source = _between(doc, who[0].i, head.i + 1)
            content = _between(doc, what[0].i, what[-1].i + 1)
            yield _Found(head, source, _span(colon, colon), content)
            return


def _is_that_clause(token: Token) -> bool:
    first = token.left_edge
    return token.dep_ in {"acl", "ccomp", "relcl"} and first.lower_ == "that" == first.text


def _opens_quotation(verb: Token) -> bool:
    """Return whether any verb stands right before a quotation: 'echoed: "...'."""
    after = _text(verb.doc)[verb.idx + len(verb) : verb.idx + len(verb) + 6]
    return verb.tag_ in {"VBD", "VBZ", "VBP"} and bool(re.match(r'(?::\s*"|,\s*")', after))


def _is_unsaid(verb: Token) -> bool:
    """Return whether the verb says nothing: "would say", "did not say", "said to be"."""
    for child in verb.children:
        if child.dep_ == "neg" or (child.dep_ == "aux" and child.lower_ in _UNREAL):
            return True
        if child.dep_ == "mark" and child.lower_ in {"if", "unless", "whether"}:
            return True
    if verb.dep_ == "xcomp" and _lemma(verb.head) in _UNSAID:
        return True
    following = verb.doc[verb.i + 1] if verb.i + 1 < len(verb.doc) else None
    return verb.tag_ == "VBN" and following is not None and following.tag_ == "TO"


# ---- the speaker


@lru_cache(maxsize=2)
def _text(doc: Doc) -> str:
    """Return a document's text, which spaCy puts together anew each time it is asked."""
    return str(doc.text)


def _lemma(token: Token) -> str:
    return token.lemma_.casefold()


def _owner(noun: Token) -> Token | None:
    return next((child for child in noun.lefts if child.dep_ == "poss"), None)


def _agent(verb: Token) -> Token | None:
    for child in verb.rights:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            return next((one for one in child.children if one.dep_ == "pobj"), None)
    return None


def _subject(verb: Token) -> Token | None:
    """Return the subject next to a verb; of a relative clause, the noun that it is about."""
    subjects = [child for child in verb.children if child.dep_ in {"nsubj", "nsubjpass"}]
    if not subjects:
        return None
    subject = min(subjects, key=lambda token: abs(token.i - verb.i))
    if subject.lower_ in _RELATIVE and verb.dep_ == "relcl":
        return verb.head
    return subject


def _speaker(verb: Token) -> Token | None:
    """Return the word for who speaks: the subject, or that of the verb that this one hangs on."""
    speaker = _subject(verb)
    if speaker is None and verb.tag_ in {"VBD", "VBZ", "VBP"} and verb.dep_ != "conj":
        speaker = _beside(verb)
    lower, at = verb, verb.head
    for _ in range(_LONGEST_CLIMB):
        if speaker is not None or at == lower or not _shares_subject(lower, verb):
            break
        speaker = _speaker_at(at, lower, verb)
        lower, at = at, at.head
    return speaker or _beside(verb)


def _speaker_at(at: Token, lower: Token, verb: Token) -> Token | None:
    """Return who speaks, as far as a word above the verb tells: a noun, or a verb's subject."""
    if at.pos_ in {"NOUN", "PROPN", "PRON"}:
        if lower.dep_ != "acl":
            return None
        if _lemma(at) not in _DOCUMENTS:
            return at
        return _owner(at) or (at if at.dep_ in {"nsubj", "nsubjpass"} else None)
    if _lemma(at) in {"quote", "cite"}:
        quoted = next((c for c in at.children if c.dep_ in {"dobj", "nsubjpass"}), None)
        if quoted is not None:
            return quoted
    above = at.head
    if verb.tag_ == "VBG" and at.dep_ == "ccomp" and at.i > above.i and _lemma(above) in _SAYING:
        return None  # "X said that ..., adding that": it is X who adds
    return _subject(at)


def _shares_subject(lower: Token, verb: Token) -> bool:
    if lower.dep_ in {"conj", "xcomp", "advcl", "pcomp", "prep", "acl", "dep"}:
        return True
    if lower.dep_ in {"dobj", "attr", "pobj"}:
        return _lemma(lower) in _DOCUMENTS
    return lower.dep_ == "ccomp" and verb.tag_ == "VBG"


def _beside(verb: Token) -> Token | None:
    """Return the noun next to a verb that the parse gives no subject: ", medics said."."""
    doc, first = verb.doc, verb.sent.start
    at = verb.i - 1
    while at >= first and doc[at].pos_ in {"ADV", "AUX"}:
        at -= 1
    if at > first and doc[at].text == "," and doc[at - 1].dep_ == "appos":
        return doc[at - 1].head if doc[at - 1].head.i < at else doc[at - 1]
    if at >= first and doc[at].pos_ in {"NOUN", "PROPN", "PRON"}:
        return doc[at]
    if at >= first and doc[at].text in {'"', ",", "'"}:
        return _head_from(doc, verb.i + 1, verb.sent.end)
    return None


def _noun_phrase_before(verb: Token) -> tuple[Token, Span] | None:
    """Return the noun phrase with a tail that ends right before a verb, whatever the parse.

    In long sentences the parse takes the last noun for the subject: "the discussions" of ", an
    official familiar with the discussions said". Words and commas tell better there.
    """
    doc, stop = verb.doc, verb.i
    if verb.tag_ not in {"VBD", "VBZ", "VBP", "VBN"}:
        return None
    lowest = max(verb.sent.start, stop - _LONGEST_SOURCE)
    while stop > lowest and doc[stop - 1].pos_ in {"ADV", "AUX"}:
        stop -= 1
    last_comma = stop > lowest and doc[stop - 1].text == ","
    start = _after_comma(doc, lowest, stop - 1 if last_comma else stop)
    if start is None or start >= stop or (verb.tag_ == "VBN" and not last_comma):
        return None
    if not last_comma:
        of = start + 1 if doc[start].lower_ in _PART_OF and doc[start + 1].lower_ == "of" else 0
        noun = _head_from(doc, of + 1 if of else start, stop)
        if noun is None or not _speaks(noun) or not _is_tail(doc, noun.i + 1, stop):
            return None
        return doc[start] if of else noun, _between(doc, start, stop)
    if doc[start].pos_ != "DET" or doc[start].lower_ == "that":
        return None
    first = _after_comma(doc, lowest, start - 1) if start > lowest else None
    head = _head_from(doc, first, start - 1) if first is not None else None
    if first is None or head is None or head.i != start - 2 or head.pos_ != "PROPN":
        return None
    return head, _between(doc, first, stop)


def _after_comma(doc: Doc, lowest: int, stop: int) -> int | None:
    """Return where the words begin that run up to `stop` without a comma or quotation mark."""
    at = stop
    while at > lowest and (doc[at - 1].text not in _STOPS or _joins(doc[at - 1])):
        at -= 1
    while at < stop and doc[at].is_space:
        at += 1
    if at == lowest and at > doc[at].sent.start:
        return None
    return at


def _joins(token: Token) -> bool:
    """Return whether a hyphen stands inside of a word: "Al-Awda"."""
    return token.text == "-" and token.i > 0 and not token.nbor(-1).whitespace_


def _speaks(head: Token) -> bool:
    return _lemma(head) in _SPEAKERS or head.lower_ in _SPEAKERS


def _is_tail(doc: Doc, start: int, stop: int) -> bool:
    """Return whether words only say more of a noun: "with knowledge of", "who asked not to"."""
    tail = list(doc[start:stop])
    if len(tail) < 2:  # noqa: PLR2004  a preposition and its noun
        return False
    first, rest = tail[0], tail[1:]
    if any(token.tag_ in {"WP", "WDT", "WRB"} for token in rest[1:]) or rest[0].tag_ == "WDT":
        return False
    finite = [token for token in rest if token.tag_ in _FINITE]
    if first.lower_ == "who":
        return rest[0] in finite or (len(rest) > 1 and rest[1] in finite)
    opens = first.lower_ in _LINKS | _KNOWING or first.tag_ == "VBN"
    return opens and not finite and tail[-1].pos_ in {"NOUN", "PROPN", "PRON", "VERB", "ADJ"}


def _head_from(doc: Doc, start: int, stop: int) -> Token | None:
    """Return the last noun of the run of words that makes a noun phrase."""
    head = None
    for token in doc[start:stop]:
        if token.pos_ in {"NOUN", "PROPN", "PRON"}:
            head = token
        elif head and _joins(token):
            continue
        elif token.pos_ not in {"DET", "ADJ", "NUM", "PART"} or (head and token.pos_ == "DET"):
            break
    return head


# ---- spans


def _span(first: Token, last: Token) -> Span:
    return Span(first.idx, last.idx + len(last))


def _between(doc: Doc, start: int, stop: int) -> Span:
    """Return the span of some tokens without the commas, spaces and full stop around them."""
    tokens = doc[start:stop]
    return _trimmed(_text(doc), tokens.start_char, tokens.end_char)


def _trimmed(text: str, start: int, stop: int) -> Span:
    while start < stop and text[start] in _EDGES:
        start += 1
    while start < stop and text[stop - 1] in _EDGES:
        stop -= 1
    # The full stop of "U.S." and "Inc." belongs to the word.
    if (
        start < stop
        and text[stop - 1] == "."
        and re.match(r"[\w)\"']{4}", text[stop - 5 : stop - 1])
    ):
        stop -= 1
    return Span(start, stop)


def _noun_phrase(head: Token, cue: Token) -> Span:
    """Return a noun phrase whole, on its side of the cue."""
    first = last = head.i
    for child in head.children:
        left, right = child.left_edge.i, child.right_edge.i
        if child.dep_ in {"punct", "advcl", "ccomp", "parataxis", "dep", "cc"}:
            continue
        if left <= cue.i <= right:
            continue
        if child.i < head.i and (cue.i < left or head.i < cue.i):
            first = min(first, left)
        elif child.i > head.i and (right < cue.i or cue.i < head.i):
            last = max(last, right)
    if cue.i < head.i:
        last = _end_of_tail(head, _before_time(head, last))
    span = _between(head.doc, first, last + 1)
    words = span.of(_text(head.doc))
    if words.endswith(("'s", "s'")) and head.dep_ == "poss":
        return Span(span.start, span.stop - (2 if words.endswith("'s") else 1))
    return span


def _end_of_tail(head: Token, last: int) -> int:
    """Return the last word of a tail behind a noun that the parse hangs elsewhere."""
    doc = head.doc
    if head.pos_ != "NOUN" or not _speaks(head) or last + 2 >= head.sent.end:
        return last
    following = doc[last + 1]
    knows = following.lower_ in _KNOWING or (
        following.lower_ == "with" and "knowledge" in doc[last + 2 : last + 5].text.casefold()
    )
    at = last + 1
    while at < head.sent.end - 1:
        link = doc[at]
        stop = at + 1
        if knows and link.lower_ in _KNOWING:
            stop += 1
        beyond = _head_from(doc, stop, head.sent.end)
        if link.lower_ not in _LINKS | _KNOWING or beyond is None or _is_time(beyond):
            break
        named = beyond.pos_ == "PROPN" or any(
            token.pos_ == "PROPN" for token in doc[stop : beyond.i]
        )
        place = link.lower_ in {"at", "of"} or (link.lower_ in {"in", "from"} and _is_plural(head))
        if not (knows or (named and place)):
            break
        last, at = beyond.i, beyond.i + 1
    return last


def _before_time(head: Token, last: int) -> int:
    """Return the last word of a noun phrase that the parse gives "on Monday", without that."""
    doc, at = head.doc, last
    while at > head.i and _is_time(doc[at]):
        at -= 1
    if any(token.pos_ in {"VERB", "AUX"} for token in doc[head.i + 1 : at]):
        return last
    dated = head.i < at < last and doc[at].lower_ in {"on", "in", "at", "since", "late", "early"}
    return at - 1 if dated else last


def _is_time(token: Token) -> bool:
    return token.ent_type_ in {"DATE", "TIME"}


def _cue(verb: Token) -> Span:
    """Return the verb with the auxiliaries, adverbs and particles that touch it."""
    first, last = verb.i, verb.i
    beside = {
        child.i for child in verb.children if child.dep_ in {"aux", "auxpass", "advmod", "prt"}
    }
    while first - 1 in beside and verb.doc[first - 1].tag_ != "WRB":
        first -= 1
    while last + 1 in beside and verb.doc[last + 1].dep_ == "prt":
        last += 1
    return _span(verb.doc[first], verb.doc[last])


def _content(verb: Token, source: Span | None, cue: Span, quotations: list[Span]) -> Span | None:
    """Return what is said: a clause, a quotation, the rest of the sentence or an object."""
    lemma = _lemma(verb)
    clauses = [child for child in verb.children if child.dep_ in {"ccomp", "parataxis"}]
    behind = [child for child in clauses if child.i > verb.i]
    if _is_no_record(verb, behind):
        return None
    if behind and _is_aside(verb, source, behind[0]):
        return _sentence_without(verb, source, cue)
    if lemma != _CALLING:
        content = _clause_behind(verb, source, behind)
        if content is not None:
            return _with_quotation_marks(content, cue, quotations)
    quotation = _quotation_beside(verb, source, cue, quotations)
    if quotation is not None or lemma == _CALLING:
        return quotation
    as_aside = verb.dep_ == "parataxis" or (
        verb.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ == "as" for c in verb.children)
    )
    if lemma == "report" and any(child.dep_ == "dobj" for child in verb.rights):
        return _object(verb)
    last = verb.doc[verb.i + 1 : verb.i + 2].text == "."
    ends = lemma in _ENDING or (last and lemma in _SAYING)
    if clauses or as_aside or (ends and _ends_sentence(verb, source)):
        return _sentence_without(verb, source, cue)
    if _rest_is_clause(verb):
        return _between(verb.doc, verb.i + 1, verb.sent.end)
    return _object(verb) if lemma in _OF_OBJECT else None


def _is_no_record(verb: Token, behind: list[Token]) -> bool:
    """Return whether it is a demand ("insists that Israel leave") or a sum ("added to")."""
    if _lemma(verb) == "insist":
        return any(child.tag_ == "VB" for child in behind)
    return _lemma(verb) == "add" and verb.doc[verb.i + 1 : verb.i + 2].text == "to"


def _clause_behind(verb: Token, source: Span | None, behind: list[Token]) -> Span | None:
    """Return the clauses that hang on a verb and follow it; past the source of "said X"."""
    if not behind:
        return None
    doc = verb.doc
    start = min(max(child.left_edge.i, verb.i + 1) for child in behind)
    stop = max(child.right_edge.i for child in behind) + 1
    while source and start < stop and source.start <= doc[start].idx < source.stop:
        start += 1
    return _between(doc, start, stop) if start < stop else None


def _object(verb: Token) -> Span | None:
    """Return the noun that is said: "announced a closure", "accused them of firing"."""
    said = next((child for child in verb.children if child.dep_ in {"dobj", "nsubjpass"}), None)
    lemma = _lemma(verb)
    if said is None:
        return _participle_behind(verb) if lemma == "report" else None
    if lemma == "deny" and _lemma(said) in _GRANTED:
        return None
    if lemma in _DENYING - {"deny"} and _lemma(said) not in _CLAIMED_OBJECTS:
        return None  # "rejected the proposal" is a decision
    ends = [
        child.right_edge.i
        for child in verb.rights
        if (child.dep_ == "prep" and child.lower_ in {"of", "for", "as"})
        or (
            lemma == "report"
            and child.i > said.i > verb.i
            and child.dep_ in {"prep", "conj"}
            and child.pos_ in {"ADP", "NOUN"}
        )
    ]
    return _between(verb.doc, said.left_edge.i, max([said.right_edge.i, *ends]) + 1)


def _participle_behind(verb: Token) -> Span | None:
    """Return what the parse takes for verbs: "reported intensified shelling east of the town"."""
    doc, stop = verb.doc, verb.i + 1
    tags = [token.tag_ for token in doc[stop : stop + 2]]
    described = tags[:1] in (["VBN"], ["JJ"]) and tags[-1] in {"VBG", "NN", "NNS"}
    if tags[:1] != ["VBG"] and not described:  # "Dozens reported killed near the road"
        return None
    while stop < verb.sent.end and doc[stop].text not in {",", ";", "."}:
        stop += 1
    return _between(doc, verb.i + 1, stop)


def _figure(verb: Token) -> Span | None:
    """Return the figure of "put the number at about 30"."""
    if _lemma(verb) != "put":
        return None
    counted = next((child for child in verb.rights if child.dep_ == "dobj"), None)
    at = next((token for token in verb.subtree if token.lower_ == "at" and token.i > verb.i), None)
    figure = next((child for child in at.children if child.dep_ == "pobj"), None) if at else None
    if counted is None or figure is None or _lemma(counted) not in _FIGURES:
        return None
    if not any(token.pos_ == "NUM" for token in figure.subtree):
        return None
    return _between(verb.doc, figure.left_edge.i, figure.right_edge.i + 1)


def _rest_is_clause(verb: Token) -> bool:
    """Return whether a clause follows that the parse does not see: "says 50 dead in raid"."""
    rest = verb.doc[verb.i + 1 : verb.sent.end]
    if verb.tag_ not in {"VBD", "VBZ", "VBP"} or _subject(verb) is None:
        return False
    if _lemma(verb) not in {"say", "warn", "claim", "confirm", "believe", "insist"}:
        return False
    if _lemma(verb) == "say" and any(token.pos_ == "NUM" for token in rest[:4]):
        return True
    return any(
        token.tag_ in {"VBD", "VBZ", "VBP", "MD"}
        and token.dep_ not in {"relcl", "advcl", "conj"}
        and token.head.dep_ not in {"relcl", "advcl"}
        for token in rest
    )


def _is_aside(verb: Token, source: Span | None, clause: Token) -> bool:
    """Return whether "X said" stands between commas inside of what X said."""
    if source is None or source.start > verb.idx or _subject(clause) is not None:
        return False
    doc = verb.doc
    before = _text(doc)[verb.sent.start_char : source.start].rstrip()
    return before.endswith(",") and verb.i + 1 < len(doc) and doc[verb.i + 1].text == ","


def _with_quotation_marks(span: Span, cue: Span, quotations: list[Span]) -> Span:
    """Widen what is said to the end of a quotation that it enters behind the cue."""
    at = bisect_right(quotations, span.stop - 1, key=lambda one: one.start) - 1
    if at >= 0 and cue.stop <= quotations[at].start and span.start < quotations[at].stop:
        quotation = quotations[at]
        return Span(min(span.start, quotation.start), max(span.stop, quotation.stop))
    return span


def _quotation_beside(
    verb: Token, source: Span | None, cue: Span, quotations: list[Span]
) -> Span | None:
    """Return the quotation that ends right before a cue, or opens soon behind it."""
    text, sentence = _text(verb.doc), verb.sent
    start = min(cue.start, source.start if source else cue.start)
    stop = max(cue.stop, source.stop if source else 0)
    at = bisect_left(quotations, start, key=lambda one: one.start)
    if at and quotations[at - 1].stop <= start:
        gap = text[quotations[at - 1].stop : start]
        if not gap.strip(" ,\n") and not re.search(_PARAGRAPH_END, gap):
            return quotations[at - 1]
    at = bisect_left(quotations, stop, key=lambda one: one.start)
    if at < len(quotations):
        quotation = quotations[at]
        gap = text[stop : quotation.start]
        in_reach = quotation.start < sentence.end_char or not gap.strip(" :,\n")
        if in_reach and not re.search(r"[.;]\s", gap) and len(gap) < _LONGEST_GAP:
            return quotation
    return None


def _ends_sentence(verb: Token, source: Span | None) -> bool:
    """Return whether a comma and words stand before "X said", whatever the parse makes of it."""
    start = min(verb.idx, source.start if source else verb.idx)
    words = _text(verb.doc)[verb.sent.start_char : start].rstrip()
    return words.endswith((",", '"')) and " " in words.strip()


def _sentence_without(token: Token, source: Span | None, cue: Span) -> Span:
    """Return the sentence without source and cue, where they stand at one end of it."""
    sentence, text = token.sent, _text(token.doc)
    first, last = sentence.start_char, sentence.end_char
    start = min(cue.start, source.start if source else cue.start)
    stop = max(cue.stop, source.stop if source else cue.stop)
    before = text[first:start].strip(_EDGES)
    stop_of_report = max(stop, _end_of_report(token))
    after = text[stop_of_report:last].strip(_EDGES + '."')
    if all(
        _is_time(one) or one.pos_ in {"ADP", "PUNCT"}
        for one in _tokens(token.doc, Span(stop_of_report, last))[1:]
    ):
        after = ""
    if not before:
        first = stop
    elif len(after) < len(before) // 2 or _follows_on(token, start, after):
        last = start
    return _trimmed(text, first, last)


def _end_of_report(token: Token) -> int:
    """Return where "told Reuters on Tuesday" ends."""
    stop = token.idx + len(token)
    if token.pos_ != "VERB":
        return stop
    for child in token.rights:
        told = _lemma(token) == "tell" and child.dep_ in {"dobj", "dative"}
        dated = child.dep_ in {"prep", "npadvmod"} and any(_is_time(one) for one in child.subtree)
        if not (told or (dated and child.right_edge.i - child.i <= 3)):  # noqa: PLR2004  "on 3 May"
            break
        stop = child.right_edge.idx + len(child.right_edge)
    return stop


def _follows_on(token: Token, start: int, after: str) -> bool:
    """Return whether a clause of its own stands before "Y said on Saturday, after Z"."""
    words = after.casefold().split()[:2]
    if token.pos_ != "VERB" or words[:1] not in [[word] for word in _LATER]:
        return False
    if words[-1].endswith("ing"):  # "before returning": whoever is spoken of does so
        return False
    return any(
        verb.dep_ not in {"relcl", "acl", "advcl"}
        and any(one.tag_ in _FINITE for one in (verb, *verb.lefts))
        and any(child.dep_ in {"nsubj", "nsubjpass"} for child in verb.lefts)
        for verb in _tokens(token.doc, Span(token.sent.start_char, start))
    )


# ---- who that is


@dataclass
class _Memory:
    """The people and bodies that an article has named so far, as (word, name), oldest first."""

    sources: list[tuple[Token, str]] = field(default_factory=list)

    def nearest(self) -> Iterator[tuple[Token, str]]:
        return reversed(self.sources[-_LONGEST_MEMORY:])


def _named(doc: Doc, found: list[_Found]) -> Iterator[Said]:
    """Give each source the name that it has in the article."""
    sources = {one.speaker.i for one in found if one.speaker is not None}
    subjects = [
        token for token in _subjects(doc, [one.content for one in found]) if token.i not in sources
    ]
    memory, next_subject = _Memory(), 0
    for at, one in enumerate(found):
        head, source = one.speaker, one.source
        if head is None or source is None:
            yield Said(None, one.cue, one.content, "")
            continue
        while next_subject < len(subjects) and subjects[next_subject].idx < source.start:
            subject = subjects[next_subject]
            phrase = _noun_phrase(subject, subject.head)
            memory.sources.append((subject, _name(subject, phrase, memory)))
            next_subject += 1
        if head.lower_ in _FIRST_PERSON:
            around = next(
                (other for other in found[max(0, at - 3) : at + 4] if _quotes(other, one)), one
            )
            head, phrase = around.speaker or head, around.source or source
            yield Said(source, one.cue, one.content, _name(head, phrase, memory))
            continue
        name = _name(head, source, memory, one.content)
        memory.sources.append((head, name))
        yield Said(source, one.cue, one.content, name)


def _quotes(outer: _Found, inner: _Found) -> bool:
    """Return whether one cue's content holds another cue."""
    return outer is not inner and outer.content.has(inner.cue)


def _subjects(doc: Doc, contents: list[Span]) -> list[Token]:
    """Return the people and bodies that the reporter's own sentences are about."""
    told = sorted(contents)
    starts = [span.start for span in told]
    ends = list(accumulate((span.stop for span in told), max))
    found = []
    for token in doc:
        if token.dep_ != "nsubj" or token.pos_ not in {"NOUN", "PROPN"}:
            continue
        if not (_is_human(token) or _is_body(token)):
            continue
        at = bisect_right(starts, token.idx) - 1
        if at < 0 or ends[at] <= token.idx:
            found.append(token)
    return found


def _own_name(head: Token, source: Span) -> str:
    """Return a noun phrase without "the", relative clause, apposition and line ends."""
    text = _text(head.doc)
    tails = [
        child.left_edge.idx
        for child in head.rights
        if (child.dep_ in {"relcl", "appos", "acl", "advcl"} or child.text in {",", "("})
        and child.left_edge.lower_ not in _KNOWING
    ]
    tails += [
        token.idx
        for token in _tokens(head.doc, source)
        if token.lower_ in {"who", "which"} or (token.text == "," and token.i == head.i + 1)
    ]
    stop = min([source.stop, *(at for at in tails if at > head.idx)])
    words = " ".join(text[source.start : stop].strip(_EDGES + "(\"'").split())
    return re.sub(r"^the (?=\S)", "", words, flags=re.IGNORECASE) or source.of(text)


def _name(head: Token, source: Span, memory: _Memory, told: Span | None = None) -> str:
    """Return whom a pronoun, "the sources" or a bare surname points back to, or the own name."""
    name, lower = _own_name(head, source), head.lower_
    if lower in {"he", "she", "his", "her", "him"}:
        return _antecedent(head, _is_human, memory, told) or name
    if lower in {"they", "their", "them"}:
        several = _antecedent(head, _is_plural, memory, told)
        return several or _antecedent(head, _is_body, memory, told) or name
    if lower in {"it", "its"}:
        return _antecedent(head, _is_body, memory, told) or name
    if lower in _PART_OF:
        of = next((child for child in head.rights if child.lower_ == "of"), None)
        whole = next((child for child in of.children if child.dep_ == "pobj"), None) if of else None
        if whole is not None and whole.pos_ == "PRON":
            return _name(whole, source, memory, told)
        if whole is not None:
            all_of_them = _own_name(whole, _noun_phrase(whole, whole.head))
            known = _pointed_back(whole, all_of_them, memory)
            return known if known != all_of_them else name
        return name
    if head.pos_ == "PROPN":
        return _full_name(head, name, memory)
    return _pointed_back(head, name, memory)


def _antecedent(
    pronoun: Token, fits: Callable[[Token], bool], memory: _Memory, told: Span | None
) -> str | None:
    """Return the nearest name that fits a pronoun: of its own sentence's subjects, or before.

    What is told is no place to look: "the troops had left, they said" is not by the troops.
    """
    for at in range(pronoun.i - 1, pronoun.sent.start - 1, -1):
        token = pronoun.doc[at]
        if token.dep_ != "nsubj" or token.pos_ not in {"NOUN", "PROPN"} or not fits(token):
            continue
        speaks = token.ent_type_ or _lemma(token) in _PEOPLE | _BODIES
        if speaks and not (told and told.start <= token.idx < told.stop):
            return _name(token, _noun_phrase(token, token.head), memory)
    return next((known for token, known in memory.nearest() if fits(token)), None)


def _pointed_back(head: Token, name: str, memory: _Memory) -> str:
    """Return the fuller name that "the sources", "the ministry" or "the president" stands for."""
    if not any(child.dep_ == "det" and child.lower_ != "a" for child in head.lefts):
        return name
    before = [token.lower_ for token in head.doc[max(head.i - 2, 0) : head.i]]
    if _lemma(head) in _GROUP_WORDS and not any(child.dep_ == "prep" for child in head.rights):
        if before[-1:] == ["the"] or (before[:1] == ["the"] and before[-1] in _GROUP_SORTS):
            return _group_before(head, memory) or name
    elif _lemma(head) in _MILITARY and before[-1:] == ["the"]:
        return _military_before(head) or name
    described = [
        child for child in head.lefts if child.dep_ in {"amod", "compound", "poss", "nmod"}
    ]
    for token, known in memory.nearest():
        words = known.casefold().split()
        if len(words) <= len(name.split()) and known.casefold() != name.casefold():
            continue
        if any(child.lower_ not in words for child in described):
            continue
        if _lemma(token) == _lemma(head) and _is_plural(token) == _is_plural(head):
            return known
        if _lemma(head) in words and _is_human(token) and not _is_plural(head):
            return known
    return name


def _group_before(head: Token, memory: _Memory) -> str | None:
    """Return the group named last before "the group"."""
    doc = head.doc
    for at in range(head.i - 1, max(head.i - _LONGEST_LOOK_BACK, 0) - 1, -1):
        if doc[at].lower_ in _GROUPS and doc[at].pos_ == "PROPN":
            first = at
            while first and doc[first - 1].dep_ == "compound" and doc[first - 1].head == doc[at]:
                first -= 1
            return _between(doc, first, at + 1).of(_text(doc))
    return next(
        (
            known
            for token, known in memory.nearest()
            if token.pos_ == "PROPN" and token.ent_type_ == "ORG" and _lemma(token) not in _BODIES
        ),
        None,
    )


def _military_before(head: Token) -> str | None:
    """Return "Israeli military" for "the army" where no other country's was named before."""
    before = [known for at, known in _militaries(head.doc) if at < head.i]
    shortest = min((known.split()[0].removesuffix("'s") for known in before), key=len, default="")
    if not before or not all(known.startswith(shortest) for known in before):
        return None
    return before[-1]


@lru_cache(maxsize=2)
def _militaries(doc: Doc) -> tuple[tuple[int, str], ...]:
    """Return the armies that are named with their country, and where."""
    found = []
    for token in doc[1:]:
        if _lemma(token) not in _MILITARY:
            continue
        first = token.i - 1
        if doc[first].lower_ == "'s" and first:
            first -= 1
        if doc[first].ent_type_ in {"NORP", "GPE"} and doc[first].text[:1].isupper():
            found.append((token.i, _between(doc, first, token.i + 1).of(_text(doc))))
    return tuple(found)


def _full_name(head: Token, name: str, memory: _Memory) -> str:
    """Return "Chris Cox" for "Cox" or "Mr Cox"."""
    bare = re.sub(r"^(?:Mr|Mrs|Ms|Dr)\.? ", "", name)
    if " " in bare:
        return name
    for token, known in memory.nearest():
        words = known.split()
        if len(words) > 1 and words[-1] == head.text and _is_human(token) and "and" not in words:
            return known
    return name


def _is_plural(token: Token) -> bool:
    joined = any(child.dep_ == "conj" for child in token.children)
    return joined or token.tag_ in {"NNS", "NNPS"} or token.lower_ in {"they", "we"}


def _is_human(token: Token) -> bool:
    """Return whether a word is for one person."""
    if _is_plural(token):
        return False
    person = token.ent_type_ == "PERSON" or token.lower_ in {"he", "she", "his", "her"}
    return person or (_lemma(token) in _PEOPLE and token.tag_ in {"NN", "NNP"})


def _is_body(token: Token) -> bool:
    """Return whether a word is for a state, a ministry, an army, a group."""
    return not _is_plural(token) and (
        _lemma(token) in _BODIES or token.ent_type_ in {"ORG", "GPE", "NORP"}
    )


# ---- figures


def _tokens(doc: Doc, span: Span) -> list[Token]:
    """Return the tokens of a span, found without going through the whole document."""
    places = range(len(doc))
    first = bisect_right(places, span.start, key=lambda at: doc[at].idx) - 1
    stop = bisect_left(places, span.stop, key=lambda at: doc[at].idx)
    return list(doc[max(first, 0) : stop])


def _counts_people(token: Token) -> bool:
    """Return whether a word is a figure of people killed, hurt or abducted."""
    return token.pos_ == "NUM" and any(_lemma(above) in _HARM for above in token.ancestors)


def _clause_of(token: Token) -> Token:
    """Return the verb that a word's clause hangs on."""
    at = token
    while at.head != at and at.dep_ not in {"advcl", "relcl", "acl", "ccomp", "conj", "pcomp"}:
        at = at.head
    return at
