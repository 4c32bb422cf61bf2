"""What sort of event a word speaks of: a lexicon of verbs and nouns with their arguments.

A verb alone seldom tells: tanks that push into a town advance, a minister who pushes for a deal
does not. So each rule names verbs and what must stand around them. A noun ("talks", "the raid")
speaks of an event only where the sentence says that it takes place, is planned or is demanded;
elsewhere it is a topic.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from components.model.event import Kind
from components.text.arguments import (
    Arguments,
    after_of,
    arguments_of,
    contained,
    counted,
    is_passive,
    joined,
    lemmas,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

FORCES = lemmas(
    """air aircraft armor armour army battalion brigade bulldozer column commando
    division drone fighter-jet force gunboat helicopter idf infantry jet military navy
    paratrooper plane reservist soldier tank troop unit vehicle warplane warship"""
)
FIGHTERS = lemmas("fighter gunman militant attacker assailant militia operative")
PEOPLE = lemmas(
    """captive child civilian detainee family fighter gunman hostage journalist man militant
    medic officer palestinian israeli people person policeman prisoner resident soldier
    woman worker member commander reservist troop body victim paramedic baby girl boy staff
    other infant youth teenager farmer driver fisherman patient student doctor nurse"""
)
OFFICIALS = lemmas(
    """administration adviser advisor agency ambassador authority bloc body cabinet chancellor
    chief chairman commissioner coordinator council country court delegate delegation
    diplomat director emir envoy foreign general government group head king leader lawmaker
    mediator minister ministry mission monarch nation negotiator official party pope premier
    president prince prime protester relative representative family secretary
    secretary-general side spokesman spokesperson spokeswoman state sultan team union"""
)
CROSSINGS = lemmas(
    """border checkpoint corridor crossing gate passage pier point port road route street
    terminal tunnel"""
)
ARMS = lemmas(
    """ammunition arm armament drone explosive gun munition rifle rocket missile weapon
    weaponry"""
)
SHOTS = lemmas(
    """anti-tank artillery bullet bomb drone fire missile mortar projectile rocket round shell
    shot barrage salvo airstrike strike"""
)
PROPOSALS = lemmas(
    """amendment counterproposal counter-proposal document draft framework initiative offer
    outline paper plan proposal response reply list"""
)
TALKS = lemmas(
    """consultation conversation discussion meeting negotiation summit talk conference"""
)
STANDS = lemmas("position outpost base camp post presence zone control checkpoint")
TARGETS = lemmas(
    """apartment area base building car camp centre center city cell clinic command compound
    convoy depot district headquarters home hospital house infrastructure kibbutz launcher
    market mosque neighborhood neighbourhood outpost position post residence ruin school
    shelter shop site structure target tent tower town tunnel vehicle village warehouse
    complex truck crossing corridor route road checkpoint"""
)
_PORTIONS = lemmas("all most much some part rest half remainder portion stretch section")
_ANY: frozenset[str] = frozenset()
_STANDS_FOR = frozenset({"he", "she", "they", "it", "group", "movement"})  # for a name
_NAME = "a name"  # any proper noun


@dataclass(frozen=True)
class Rule:
    """One reading of some verbs.

    Attributes
    ----------
    agents, patients : frozenset of str
        Lemmas, one of which must be among them; empty where anything will do.
    needs : frozenset of str
        Particles or prepositions, one of which must be there.
    not_patients, not_agents : frozenset of str
        Lemmas that forbid it.
    cargo : frozenset of str
        Lemmas, one of which must be said of what it is done to: a drone "carrying rifles".
    beside : frozenset of str
        Lemmas, one of which must be in the sentence.
    why : str
        Plain English.
    """

    kind: Kind
    verbs: frozenset[str]
    why: str
    agents: frozenset[str] = _ANY
    patients: frozenset[str] = _ANY
    needs: frozenset[str] = _ANY
    not_patients: frozenset[str] = _ANY
    not_agents: frozenset[str] = _ANY
    cargo: frozenset[str] = _ANY
    beside: frozenset[str] = _ANY

    def fits(self, arguments: Arguments) -> bool:
        """Return whether the verb's arguments are those that the rule asks for."""
        return (
            _some(arguments.agents, self.agents)
            and _some(arguments.patients, self.patients)
            and not (self.not_patients and _some(arguments.patients, self.not_patients))
            and not (self.not_agents and _some(arguments.agents, self.not_agents))
            and (not self.cargo or _carries(arguments.patients, self.cargo))
            and (not self.needs or bool(self.needs & (arguments.particles | {*arguments.after})))
        )


# The first rule that fits is taken.
_RULES = (
    Rule(
        Kind.ATTACK,
        lemmas("open fire launch carry lob shoot unleash"),
        "fire that is opened, or rockets and shells that are fired, are an attack",
        patients=SHOTS,
    ),
    Rule(
        Kind.PROPOSAL,
        lemmas(
            "present submit hand deliver offer unveil propose table send put pass convey give make "
            "share float circulate"
        ),
        "a proposal that is handed over",
        patients=PROPOSALS,
    ),
    Rule(
        Kind.PROPOSAL,
        lemmas("propose"),
        "somebody who proposes something",
        agents=OFFICIALS | {_NAME},
    ),
    Rule(
        Kind.ARMS,
        lemmas("smuggle traffic"),
        "smuggling of arms",
        patients=ARMS,
    ),
    Rule(
        Kind.ARMS,
        lemmas("bring transfer ship move send supply deliver store transport funnel get import"),
        "arms that are brought somewhere",
        patients=ARMS,
        not_patients=lemmas("drone"),
    ),
    Rule(
        Kind.ARMS,
        lemmas("seize find intercept discover uncover confiscate recover"),
        "arms that are found or seized",
        patients=ARMS - {"drone"},
    ),
    Rule(
        Kind.ARMS,
        lemmas("seize find intercept discover uncover confiscate stop down shoot foil"),
        "a load of arms that is found or seized",
        cargo=ARMS - {"drone"},
    ),
    Rule(
        Kind.ARMS,
        lemmas("foil thwart"),
        "smuggling that is foiled",
        patients=lemmas("smuggling attempt"),
        cargo=ARMS | lemmas("smuggling"),
    ),
    Rule(
        Kind.CLOSURE,
        lemmas("close shut seal block"),
        "a crossing or a way that is shut",
        patients=CROSSINGS | {_NAME},
    ),
    Rule(
        Kind.CLOSURE,
        lemmas("close shut block"),
        "tunnels that are shut off",
        patients=lemmas("smuggling") | CROSSINGS,
    ),
    Rule(
        Kind.CLOSURE,
        lemmas("close shut"),
        "a crossing or a way that shuts",
        agents=CROSSINGS,
    ),
    Rule(
        Kind.OPENING,
        lemmas("open reopen unblock"),
        "a crossing or a way that is opened",
        patients=CROSSINGS | {_NAME},
    ),
    Rule(
        Kind.OPENING,
        lemmas("open reopen"),
        "a crossing or a way that opens",
        agents=CROSSINGS,
    ),
    Rule(Kind.OPENING, lemmas("reopen"), "a place that opens again", agents=frozenset({_NAME})),
    Rule(
        Kind.WITHDRAWAL,
        lemmas("withdraw retreat"),
        "forces that withdraw",
        not_patients=lemmas("proposal offer statement support ambassador bid demand remark"),
    ),
    Rule(
        Kind.WITHDRAWAL,
        lemmas("pull move"),
        "forces that are pulled out",
        needs=lemmas("out back"),
    ),
    Rule(
        Kind.WITHDRAWAL,
        lemmas("leave vacate exit quit evacuate depart"),
        "forces that leave",
        agents=FORCES,
        not_patients=PEOPLE | lemmas("home"),
    ),
    Rule(
        Kind.WITHDRAWAL,
        lemmas("leave vacate exit quit"),
        "somebody with forces who leaves a corridor or a zone",
        patients=CROSSINGS | STANDS | lemmas("area territory enclave strip axis side") | {_NAME},
        agents=lemmas("they them it") | FORCES | FIGHTERS | {_NAME},
        not_agents=PEOPLE - lemmas("soldier fighter gunman militant"),
    ),
    Rule(
        Kind.WITHDRAWAL,
        lemmas("redeploy"),
        "forces that are moved away",
        needs=lemmas("away from out"),
    ),
    Rule(
        Kind.DEPLOYMENT,
        lemmas("deploy redeploy station position reposition mass"),
        "forces that are deployed",
        not_patients=lemmas("drone"),
    ),
    Rule(
        Kind.DEPLOYMENT,
        lemmas("keep maintain retain leave have"),
        "forces that are kept in place",
        patients=(FORCES - lemmas("air")) | STANDS - lemmas("zone camp"),
    ),
    Rule(
        Kind.DEPLOYMENT,
        lemmas("remain stay"),
        "forces that remain",
        agents=FORCES,
    ),
    Rule(
        Kind.DEPLOYMENT,
        lemmas("establish set build construct erect expand widen pave fortify hold reinforce"),
        "positions that are set up or held",
        patients=STANDS | lemmas("road corridor fortification"),
        not_patients=lemmas("camp"),
    ),
    Rule(
        Kind.ADVANCE,
        lemmas("advance push move roll thrust enter penetrate sweep press cross pour edge return"),
        "forces that move forward",
        agents=FORCES | FIGHTERS,
        not_patients=PEOPLE,
    ),
    Rule(
        Kind.ADVANCE,
        lemmas("reach"),
        "forces that reach a place",
        agents=FORCES | FIGHTERS,
        patients=CROSSINGS
        | lemmas(
            "outskirt outskirts edge centre center area city town village camp side coast heart"
        )
        | {_NAME},
    ),
    Rule(
        Kind.ADVANCE,
        lemmas("seize capture encircle occupy overrun take surround"),
        "forces that take ground",
        patients=CROSSINGS | lemmas("control area city town side strip") | {_NAME},
        agents=FORCES | FIGHTERS | {_NAME},
    ),
    Rule(
        Kind.TALKS,
        lemmas("meet confer convene huddle"),
        "people who meet",
        not_patients=lemmas(
            "demand need target deadline condition requirement criterion goal standard resistance"
        ),
    ),
    Rule(
        Kind.TALKS,
        lemmas("discuss"),
        "people who discuss something",
        agents=OFFICIALS | lemmas("cabinet side") | {_NAME},
        not_patients=lemmas("book film"),
    ),
    Rule(
        Kind.TALKS,
        lemmas("speak"),
        "people who speak with each other",
        agents=OFFICIALS | {_NAME},
        needs=lemmas("with"),
    ),
    Rule(
        Kind.TALKS,
        lemmas("talk negotiate"),
        "people who talk",
        agents=OFFICIALS | {_NAME},
    ),
    Rule(
        Kind.TALKS,
        lemmas("join"),
        "a delegation that joins the talks",
        agents=OFFICIALS | {_NAME},
        not_patients=lemmas("coalition government army party call force protest attack war chorus"),
    ),
    Rule(
        Kind.TALKS,
        lemmas("join attend resume hold begin start continue conclude finish host"),
        "talks that are held or joined",
        patients=TALKS,
    ),
    Rule(
        Kind.TALKS,
        lemmas("arrive travel fly head go return"),
        "a delegation that travels to talks",
        agents=lemmas("delegation team negotiator delegate"),
        needs=lemmas("to in at for into back"),
        beside=TALKS
        | lemmas("negotiate negotiator mediator mediation truce ceasefire deal discuss proposal"),
    ),
    Rule(
        Kind.TALKS,
        lemmas("send dispatch"),
        "a delegation that is sent to talks",
        patients=lemmas("delegation team negotiator delegate"),
    ),
    Rule(
        Kind.DEPLOYMENT,
        lemmas("arrive return"),
        "forces or monitors who arrive",
        agents=lemmas("monitor peacekeeper observer troop force contingent soldier"),
        needs=lemmas("to in at"),
    ),
    Rule(Kind.MEDIATION, lemmas("mediate broker"), "somebody who mediates"),
    Rule(
        Kind.VISIT,
        lemmas("visit tour"),
        "somebody who visits",
        agents=OFFICIALS | {_NAME},
    ),
    Rule(
        Kind.VISIT,
        lemmas("travel arrive fly head go return land"),
        "an official who travels",
        agents=OFFICIALS | {_NAME},
        needs=lemmas("to in at for into"),
        not_agents=lemmas("family relative protester"),
    ),
    Rule(
        Kind.APPEAL,
        lemmas("urge press implore exhort beseech pressure"),
        "somebody who urges another",
        agents=OFFICIALS | {_NAME},
    ),
    Rule(
        Kind.APPEAL,
        lemmas("call appeal"),
        "somebody who calls on another, or for something",
        agents=OFFICIALS | {_NAME},
        needs=lemmas("on for upon to"),
    ),
    Rule(Kind.ATTACK, lemmas("shoot"), "somebody who is shot", patients=PEOPLE | {_NAME}),
    Rule(
        Kind.ATTACK,
        lemmas("fire shoot"),
        "fire at somebody",
        needs=lemmas("at on into toward towards"),
    ),
    Rule(
        Kind.ATTACK,
        lemmas(
            "attack raid shell bomb bombard storm ambush pound assault invade pummel strafe "
            "blast torch"
        ),
        "an attack",
    ),
    Rule(
        Kind.ATTACK,
        lemmas("strike hit target"),
        "forces or fire that hit a target",
        agents=FORCES | FIGHTERS | SHOTS | {_NAME} | lemmas("fire shelling raid bombardment"),
        not_patients=lemmas("deal agreement balance tone note chord"),
    ),
    Rule(
        Kind.ATTACK,
        lemmas("strike hit target"),
        "something that was hit",
        patients=TARGETS | PEOPLE | {_NAME},
        not_patients=lemmas("deal agreement balance tone note chord"),
    ),
    Rule(
        Kind.ATTACK,
        lemmas("demolish destroy flatten raze blow detonate"),
        "something that was destroyed",
        patients=TARGETS,
    ),
    Rule(
        Kind.ATTACK,
        lemmas("abduct kidnap"),
        "people who were abducted",
    ),
    Rule(
        Kind.CASUALTIES,
        lemmas("kill wound injure"),
        "people killed or hurt",
    ),
    Rule(
        Kind.CASUALTIES,
        lemmas("die"),
        "people who died",
        agents=PEOPLE,
    ),
)
_BY_VERB: dict[str, tuple[Rule, ...]] = {
    verb: tuple(rule for rule in _RULES if verb in rule.verbs)
    for verb in {verb for rule in _RULES for verb in rule.verbs}
}

_SHUT = {
    "closed": Kind.CLOSURE,
    "close": Kind.CLOSURE,
    "shut": Kind.CLOSURE,
    "sealed": Kind.CLOSURE,
    "open": Kind.OPENING,
}
_STAYS = lemmas("keep remain stay be leave hold")

_NOUNS: dict[str, tuple[Kind, str]] = {
    **dict.fromkeys(TALKS, (Kind.TALKS, "talks that the sentence says are held or planned")),
    **dict.fromkeys(lemmas("mediation mediator"), (Kind.MEDIATION, "somebody who is a mediator")),
    **dict.fromkeys(lemmas("visit trip tour"), (Kind.VISIT, "a journey that is made")),
    **dict.fromkeys(
        lemmas(
            "airstrike air-strike strike attack raid shelling bombardment bombing incursion "
            "assault offensive ambush shooting invasion barrage gunfire fire"
        ),
        (Kind.ATTACK, "an attack that the sentence says took place or is planned"),
    ),
    **dict.fromkeys(lemmas("advance thrust"), (Kind.ADVANCE, "forces that move forward")),
    **dict.fromkeys(
        lemmas("withdrawal pullout pull-out pullback pull-back retreat redeployment"),
        (Kind.WITHDRAWAL, "a withdrawal that takes place, is planned or is demanded"),
    ),
    **dict.fromkeys(
        lemmas("deployment presence"), (Kind.DEPLOYMENT, "forces that are kept in place")
    ),
    **dict.fromkeys(lemmas("closure shutdown"), (Kind.CLOSURE, "a crossing that is shut")),
    **dict.fromkeys(lemmas("opening reopening"), (Kind.OPENING, "a crossing that is opened")),
    **dict.fromkeys(lemmas("smuggling"), (Kind.ARMS, "smuggling")),
    "toll": (Kind.CASUALTIES, "a count of the dead"),
    "war": (Kind.WAR, "a war that the sentence says began or goes on"),
}
_NOT_OF_WAR = lemmas("hunger labor labour general heart")

_TAKES_PLACE = lemmas(
    "begin start resume take occur happen erupt break last rage continue follow come proceed go "
    "end conclude finish open drag enter persist remain"
)
_HARMS = lemmas("kill wound injure hit strike destroy damage target flatten level")
_OBJECTS = frozenset({"pobj", "dobj"})  # a verb there is a noun that the tagger did not see
_LIGHT = lemmas(
    "hold start begin launch conduct carry wage lead resume stage mount host attend join make pay "
    "undertake continue complete order announce have press intensify conclude finish open approve "
    "follow precede expand enter step plan demand require want urge deny reject oppose "
    "report confirm halt stop"
)
RELATING = lemmas("follow precede succeed overshadow")  # say when, not who
_DEMANDS = lemmas("demand call request insistence order")
_SAID_OF_IT = lemmas(
    "demand plan order launch carry hold begin start stage conduct announce schedule host lead "
    "mediate broker report"
)


@dataclass(frozen=True)
class Predication:
    """A word that speaks of an event, and what it says of it.

    Attributes
    ----------
    word : Token
        The verb, or the noun, that names it.
    verb : Token
        What tells whether it happened: the verb itself, or the one that the noun hangs on.
    """

    kind: Kind
    word: Token
    verb: Token
    arguments: Arguments
    why: str


def predication_of(word: Token) -> Predication | str | None:
    """Return what a word says of an event.

    Returns
    -------
    Predication, str or None
        A string is the reason why the word, which could speak of an event, does not here.
    """
    lemma = word.lemma_.lower()
    if lemma in _SHUT and word.dep_ in {"acomp", "oprd", "ccomp"}:
        return _of_state(word, _SHUT[lemma])
    is_noun = word.pos_ == "NOUN" or (word.tag_ == "VBZ" and word.dep_ in _OBJECTS)
    if is_noun and lemma in _NOUNS and word.dep_ not in {"compound", "nmod"}:
        return _of_noun(word, lemma)
    if word.pos_ in {"VERB", "AUX"} and lemma in _BY_VERB and word.dep_ not in {"amod", "compound"}:
        return _of_verb(word, lemma)
    return None


def _of_state(state: Token, kind: Kind) -> Predication | None:
    """Return what "closed" says of a crossing: "keep the crossing closed", "it remains shut"."""
    verb = state.head
    if verb.pos_ not in {"VERB", "AUX"} or verb.lemma_ not in _STAYS:
        return _of_verb(state, state.lemma_.lower()) if state.pos_ == "VERB" else None
    arguments = arguments_of(verb)
    own = tuple(child for child in state.children if child.dep_ in {"nsubj", "nsubjpass"})
    ways = arguments.patients or own
    if not ways and verb.lemma_ != "keep":
        ways, arguments = arguments.agents, replace(arguments, agents=())
    if not _some(ways, CROSSINGS | {_NAME}):
        return None
    after = {**after_of(state), **arguments.after}
    arguments = replace(arguments, patients=ways, after=after)
    return Predication(kind, state, verb, arguments, "a crossing that stays shut or open")


def _of_verb(verb: Token, lemma: str) -> Predication | None:
    """Return what a verb says of an event, by the first rule that fits its arguments."""
    arguments = arguments_of(verb)
    if lemma == "shoot" and is_passive(verb) and _is_deadly(verb):
        return Predication(Kind.CASUALTIES, verb, verb, arguments, "people who were shot dead")
    for rule in _BY_VERB[lemma]:
        told = not rule.beside or any(one.lemma_.lower() in rule.beside for one in verb.sent)
        if told and rule.fits(arguments):
            return Predication(rule.kind, verb, verb, arguments, rule.why)
    return None


def _is_deadly(verb: Token) -> bool:
    """Return whether somebody was shot "dead" or "fatally"."""
    return any(child.lower_ in {"dead", "fatally"} for child in verb.children)


def _of_noun(noun: Token, lemma: str) -> Predication | str | None:
    """Return what a noun says of an event, or that it is only a topic."""
    kind, why = _NOUNS[lemma]
    outer = contained(noun)
    if any(child.lower_ in _NOT_OF_WAR for child in noun.children):
        return None
    if lemma == "talk" and noun.lower_ != "talks":
        return None
    verb = _verb_of(outer, kind)
    if lemma in {"fire", "gunfire"} and (verb is None or verb.lemma_.lower() not in _HARMS):
        return None
    if lemma == "toll":
        return _of_toll(noun)
    if lemma in {"mediator", "presence"} and verb is None:
        return None
    if verb is None:
        return f'"{noun.text}" is spoken of as a topic; nothing says here that it takes place'
    return Predication(kind, noun, verb, _with_noun(noun, outer, verb), why)


def _of_toll(noun: Token) -> Predication | None:
    """Return what "the death toll has risen to 40,223" says."""
    verb = noun.head
    if noun.dep_ != "nsubj" or verb.pos_ not in {"VERB", "AUX"}:
        return None
    numbers = tuple(
        inner
        for child in verb.children
        if child.dep_ in {"prep", "dobj", "attr"} and child.lower_ != "from"
        for inner in (child, *child.children)
        if inner.tag_ == "CD" or any(one.dep_ == "nummod" for one in inner.children)
    )
    if not numbers:
        return None
    after = {**after_of(verb), **after_of(noun)}
    return Predication(
        Kind.CASUALTIES, noun, verb, Arguments((), numbers, after), "a count of the dead"
    )


def _verb_of(outer: Token, kind: Kind) -> Token | None:
    """Return the word that says of an event noun that it takes place, is planned or demanded."""
    for child in outer.children:
        if _says_of_it(child, kind):
            return child
    head = outer.head
    if outer.dep_ == "conj":
        head, outer = head.head, head
    lemma = head.lemma_.lower()
    if outer.dep_ == "pobj":
        return _verb_over(outer, kind)
    if outer.dep_ == "nsubj" and head.dep_ == "ccomp" and lemma in {"say", "tell", "add"}:
        # "Hamas wants a withdrawal ..., an official told Reuters", taken for what was told
        return head.head if head.head.lemma_ in {"want", "demand", "seek"} else None
    takes_place = outer.dep_ == "nsubj" and (
        lemma in _TAKES_PLACE or (kind is Kind.ATTACK and lemma in _HARMS)
    )
    is_done = outer.dep_ in {"dobj", "nsubjpass"} and lemma in _LIGHT
    is_so = outer.dep_ == "attr" and kind is Kind.MEDIATION
    return head if takes_place or is_done or is_so else None


def _says_of_it(child: Token, kind: Kind) -> bool:
    """Return whether a clause on a noun says that it takes place, is planned or demanded."""
    if child.dep_ == "acl":
        return child.tag_ == "VBN" and child.lemma_ in _SAID_OF_IT
    return child.dep_ == "relcl" and (
        child.lemma_ in _TAKES_PLACE - {"have", "follow"}
        or (child.lemma_ in _LIGHT and is_passive(child))
        or (kind is Kind.ATTACK and child.lemma_ in _HARMS)
    )


def _verb_over(outer: Token, kind: Kind) -> Token | None:
    """Return the word over a preposition that says of the noun after it that it takes place."""
    preposition, above = outer.head.lower_, outer.head.head
    lemma = above.lemma_.lower()
    if preposition == "for" and (lemma == "call" or (lemma in _DEMANDS and above.pos_ == "NOUN")):
        return above
    told = above.pos_ in {"VERB", "AUX"} and above.tag_ not in {"VB", "VBG"}
    if kind is Kind.VISIT and told and preposition in {"during", "on"}:
        return above if any(child.lower_ in {"to", "in"} for child in outer.children) else None
    harmed = kind is Kind.ATTACK and lemma in _HARMS | {"die"}
    if harmed:  # "two were killed and three wounded by gunfire": of one attack
        first = above.head.head if above.dep_ == "acl" else above.head
        joint = above.dep_ == "conj" or (above.dep_ == "acl" and above.head.dep_ == "conj")
        above = first if joint and first.lemma_.lower() in _HARMS else above
    return above if told and harmed and preposition in {"in", "by"} else None


def _with_noun(noun: Token, outer: Token, verb: Token) -> Arguments:
    """Return the arguments of an event noun, and those of the verb that it hangs on."""
    own = after_of(noun)
    for preposition, nouns in (after_of(outer) if outer.i != noun.i else {}).items():
        own[preposition] = (*own.get(preposition, ()), *nouns)
    owners = tuple(
        owner
        for one in {noun.i: noun, outer.i: outer}.values()
        for child in one.children
        if child.dep_ in {"poss", "amod", "nmod", "compound"}
        and child.pos_ in {"ADJ", "PROPN", "NOUN"}
        for owner in joined(child)
    )
    if verb.pos_ not in {"VERB", "AUX"} or verb.lemma_ in RELATING:
        return Arguments((*owners, *own.get("by", ())), own.get("of", ()), own, frozenset())
    of_verb = arguments_of(verb)
    mine = {noun.i, outer.i}
    agents = tuple(one for one in of_verb.agents if one.i not in mine)
    patients = tuple(one for one in of_verb.patients if one.i not in mine)
    if _NOUNS.get(noun.lemma_.lower(), (None,))[0] in {Kind.OPENING, Kind.CLOSURE}:
        patients = own.get("of", ())
    after = {**of_verb.after, **own}
    if is_passive(verb) and verb.dep_ == "acl":
        agents = of_verb.agents
    return Arguments(
        agents=(*agents, *owners, *own.get("by", ())),
        patients=patients,
        after=after,
        particles=of_verb.particles,
    )


def _carries(nouns: tuple[Token, ...], cargo: frozenset[str]) -> bool:
    """Return whether a noun is said to carry or hold something."""
    return any(
        thing.lemma_.lower() in cargo
        for noun in nouns
        for child in noun.children
        if child.dep_ in {"acl", "relcl", "prep"}
        for thing in child.children
        if thing.dep_ in {"dobj", "pobj", "dative"}
    )


def _whole(noun: Token) -> Token:
    """Return what a noun is part of: "all of the corridor", "the rest of it"."""
    if noun.lemma_.lower() not in _PORTIONS:
        return noun
    return next(iter(after_of(noun).get("of", ())), noun)


def _some(nouns: tuple[Token, ...], wanted: frozenset[str]) -> bool:
    """Return whether one of some nouns is of the wanted sort."""
    if not wanted:
        return True
    return any(
        _whole(counted(noun)).lemma_.lower() in wanted
        or (_NAME in wanted and (noun.pos_ == "PROPN" or noun.lower_ in _STANDS_FOR))
        for noun in nouns
    )
