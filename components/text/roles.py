"""Who takes part in an event, and as what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.model.event import Actor, Kind, Mode, Role
from components.text.accounts import Account, Story, heads_above, is_definite, is_verb
from components.text.actors import MOVEMENTS, source_name, who_are, who_is
from components.text.arguments import arguments_of, lemmas, owners_of
from components.text.kinds import FORCES, OFFICIALS, PEOPLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from components.text.actors import Who

DEMANDS = lemmas(
    """want demand insist call require ask request press urge appeal seek condition plan
    insistence"""
)
_DEEP = 6  # heads between what is demanded and who demands it
_LONG = 60  # characters of a name
_RECENT = 12  # subjects that "the group" and "it" may mean
_DOES = {
    Kind.TALKS: "participant",
    Kind.MEDIATION: "mediator",
    Kind.PROPOSAL: "proposes",
    Kind.VISIT: "visits",
    Kind.APPEAL: "urges",
    Kind.DEPLOYMENT: "moves",
    Kind.WITHDRAWAL: "moves",
    Kind.ADVANCE: "moves",
    Kind.ATTACK: "attacks",
    Kind.WAR: "participant",
    Kind.ARMS: "said to act",
    Kind.CLOSURE: "moves",
    Kind.OPENING: "moves",
    Kind.CASUALTIES: "said to act",
}
_OTHERS = {
    Kind.TALKS: ("participant", ("with", "between")),
    Kind.WAR: ("participant", ("with", "between")),
    Kind.MEDIATION: ("participant", ("with", "between")),
    Kind.PROPOSAL: ("target", ("to",)),
    Kind.APPEAL: ("target", ("on", "to", "upon")),
    Kind.ATTACK: ("target", ("against", "on", "at")),
}
_HUMANS = lemmas(
    """minister president emir king premier envoy director secretary official leader spokesman
    spokeswoman spokesperson general chief adviser secretary-general ambassador"""
)
_BACK = frozenset({"it", "they", "them", "he", "she", "its"})
_GROUPS = frozenset({"group", "movement", "faction"})


def actors_of(account: Account, story: Story) -> tuple[Actor, ...]:
    """Return who takes part, each once; who claims or demands it first."""
    arguments = account.predication.arguments
    agents = [
        who
        for token in arguments.agents
        if token.i not in account.ways | account.spots
        for who in _all_in(token, account, story)
    ]
    patients = [
        who
        for token in arguments.patients
        if token.i not in account.spots
        for who in _all_in(token, account, story)
    ]
    if account.mode is Mode.DEMANDED:
        found = list(_of_demand(account, agents, patients, story))
    else:
        found = list(_of_deed(account, agents, patients, story))
    once: dict[str, Actor] = {}
    for one in found:
        once.setdefault(one.name, one)
    return tuple(once.values()) or tuple(_described(account, story))


def who_in(token: Token, account: Account, story: Story) -> Who | None:
    """Return who a noun or a pronoun speaks of."""
    if token.lemma_.lower() in _GROUPS and is_definite(token):
        named = (who_is(one, story.peoples) for one in reversed(story.people[-_RECENT:]))
        return next((who for who in named if who and who.name.lower() in MOVEMENTS), None)
    meant = _meant(token, account, story) if token.pos_ == "PRON" else token
    return who_is(meant, story.peoples) if meant is not None else None


def denier_of(word: Token) -> Token | None:
    """Return the "denies" that a word hangs on: "denies using it to smuggle arms"."""
    at = word
    for above in heads_above(at, _DEEP):
        if at.dep_ not in {"xcomp", "advcl", "ccomp", "pcomp", "dobj", "acl"}:
            return None
        if above.lemma_.lower() == "deny":
            return above
        at = above
    return None


def _of_demand(
    account: Account, agents: list[Who], patients: list[Who], story: Story
) -> Iterator[Actor]:
    """Find who demands, and of whom."""
    demanding = dict.fromkeys(who.name for who in _demanders(account, story))
    for name in demanding:
        yield Actor(name, "demands")
    for who in patients if account.kind is Kind.APPEAL else agents:
        if not demanding.keys() & {who.name, who.country}:
            yield Actor(who.country or who.name, "target")


def _of_deed(
    account: Account, agents: list[Who], patients: list[Who], story: Story
) -> Iterator[Actor]:
    """Find who claims, does and suffers something, or is met, asked or attacked."""
    kind, claimed = account.kind, account.mode in {Mode.CLAIMED, Mode.DENIED}
    source = _source(account, story) if claimed else None
    own = {source, _country_of(source, story)} if source else set()
    if source:
        yield Actor(source, "claims")
    role = "said to act" if claimed else _role(account)
    yield from (Actor(one.name, role) for one in agents if not own & {one.name, one.country})
    if not agents and kind is Kind.PROPOSAL and not claimed:
        yield from _proposers_before(account, story)
    other, prepositions = _OTHERS.get(kind, (None, ()))
    if other:
        tokens = account.predication.arguments.at(*prepositions)
        beside = [who for token in tokens if (who := who_in(token, account, story))]
        yield from (Actor(who.name, other) for who in (*patients, *beside))
    if kind is Kind.ATTACK and not claimed:
        where = (one.name for one in account.places if one.role is Role.EVENT)
        yield from (Actor(one, "target") for one in where if one in story.peoples.adjectives)
    if account.is_total:
        yield from _victims(account)


def _role(account: Account) -> str:
    """Return an agent's role: mediators who meet somebody still mediate."""
    mediates = any(one.lemma_.lower() == "mediator" for one in account.predication.arguments.agents)
    return "mediator" if mediates and account.kind is Kind.TALKS else _DOES[account.kind]


def _proposers_before(account: Account, story: Story) -> Iterator[Actor]:
    """Find whose "the proposals" are: those who met in the sentence before."""
    before = [
        one
        for one in story.latest
        if one.kind in {Kind.TALKS, Kind.PROPOSAL} and account.number - one.number <= 1
    ]
    for one in before[-1].actors if before else ():
        if one.role in {"participant", "proposes"}:
            yield Actor(one.name, "proposes")


def _victims(account: Account) -> Iterator[Actor]:
    """Find whom a running total counts, by where they were."""
    where = next((one.name for one in account.places if one.role is Role.EVENT), None)
    arguments = account.predication.arguments
    for noun in arguments.patients or arguments.agents:
        if noun.lemma_.lower() in PEOPLE and where:
            what = "people" if noun.lemma_.lower() in {"person", "people"} else noun.lower_
            yield Actor(f"{what} in {where}", "victim")


def _described(account: Account, story: Story) -> Iterator[Actor]:
    """Find those who meet but have no name: "Leaders of more than 20 countries"."""
    if account.kind is not Kind.TALKS or account.mode is Mode.DEMANDED:
        return
    for token in account.predication.arguments.agents:
        office = token.pos_ == "NOUN" and token.lemma_.lower() in OFFICIALS
        stop = min(token.right_edge.idx + len(token.right_edge), account.predication.verb.idx)
        words = source_name(story.text[token.left_edge.idx : stop])
        if office and not is_definite(token) and 0 < len(words) <= _LONG:
            yield Actor(words, "participant")


def _demanders(account: Account, story: Story) -> list[Who]:
    """Return whose demand it is: who wants, or whose demand, or demanded by whom."""
    verb = account.predication.verb
    beneath = [
        child
        for child in account.predication.word.children
        if child.dep_ in {"acl", "relcl"} and child.lemma_ in {"demand", "request", "seek", "want"}
    ]
    above = [one for one in heads_above(verb, _DEEP) if one.lemma_.lower() in DEMANDS]
    for one in (*beneath, *above, *([verb] if verb.lemma_.lower() in DEMANDS else [])):
        heads = arguments_of(one).agents if is_verb(one) else tuple(owners_of(one))
        found = [who for token in heads if (who := who_in(token, account, story))]
        if found:
            return found
    return []


def _source(account: Account, story: Story) -> str | None:
    """Return who claims or denies, under a display name."""
    denier = denier_of(account.predication.word) if not account.said else None
    if denier is not None:
        agents = (who_in(token, account, story) for token in arguments_of(denier).agents)
        return next((who.name for who in agents if who), None)
    if not account.said:
        return None
    said = account.said[0]
    if said.source is None:
        return source_name(said.name) or None
    words = source_name(said.name or said.source.of(story.text))
    root = story.root(said.source)
    if root is None or root.pos_ == "PRON":
        return words
    who = who_in(root, account, story)
    counts = account.kind is Kind.CASUALTIES
    if who is not None and (not counts or who.name.endswith("military")):
        return who.name
    return words if who is not None or counts else _forces_named(root, account, story) or words


def _forces_named(root: Token, account: Account, story: Story) -> str | None:
    """Return "Israeli military" for "the army" after "the Israeli army" or its troops."""
    forces = root.lemma_.lower() in FORCES
    agents = account.predication.arguments.agents
    for token in (*agents, *reversed(story.people[-_RECENT:])):
        alike = token.lemma_ == root.lemma_ or (forces and token.lemma_.lower() in FORCES)
        who = who_is(token, story.peoples) if alike and token.i != root.i else None
        if who is not None:
            return who.name
    return None


def _all_in(token: Token, account: Account, story: Story) -> tuple[Who, ...]:
    """Return all whom a noun speaks of."""
    if token.pos_ != "PRON":
        return who_are(token, story.peoples)
    who = who_in(token, account, story)
    return (who,) if who else ()


def _meant(pronoun: Token, account: Account, story: Story) -> Token | None:
    """Return the noun that a pronoun means: the speaker, else the subject before."""
    if pronoun.lower_ not in _BACK:
        return None
    for one in account.said:
        root = story.root(one.source) if one.source and one.source.stop <= pronoun.idx else None
        if root is not None and _agrees(root, pronoun):
            return root
    before = (one for one in reversed(story.people[-_RECENT:]) if one.pos_ != "PRON")
    return next((token for token in before if _agrees(token, pronoun)), None)


def _agrees(token: Token, pronoun: Token) -> bool:
    """Return whether a pronoun may stand for a noun."""
    many = pronoun.lower_ in {"they", "them"}
    plural = token.tag_ in {"NNS", "NNPS"} or any(child.dep_ == "conj" for child in token.children)
    human = token.ent_type_ == "PERSON" or token.lemma_.lower() in _HUMANS
    return plural == many and (many or human == (pronoun.lower_ in {"he", "she"}))


def _country_of(name: str, story: Story) -> str:
    """Return the country of "Israeli military", or the name itself."""
    return story.peoples.countries.get(name.split(" ", maxsplit=1)[0], name)
