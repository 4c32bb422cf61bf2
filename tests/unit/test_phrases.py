"""A position in plain words, neutral and as the mode has it."""

from itertools import product

import pytest

from components.brief.phrases import KINDS, phrase
from components.model.event import Kind, Mode


def said(kind, mode, **changes):
    options = {"whom": "", "whose": "", "crossing": False, "said": False}
    return phrase(kind, mode, **options | changes)


@pytest.mark.parametrize(
    ("kind", "mode", "options", "one", "many"),
    [
        (Kind.DEPLOYMENT, Mode.DEMANDED, {}, "wants to keep troops", "want to keep troops"),
        (Kind.WITHDRAWAL, Mode.DEMANDED, {"whom": "Israel"}, "wants Israel out", "want Israel out"),
        (Kind.WITHDRAWAL, Mode.DEMANDED, {}, "wants troops out", "want troops out"),
        (Kind.WITHDRAWAL, Mode.PLANNED, {}, "plans to withdraw", "plan to withdraw"),
        (
            Kind.ARMS, Mode.CLAIMED, {},
            "claims that arms came through", "claim that arms came through",
        ),
        (
            Kind.ARMS, Mode.DENIED, {},
            "denies a transfer of arms", "deny a transfer of arms",
        ),
        (
            Kind.CLOSURE, Mode.CLAIMED, {},
            "claims that routes are shut", "claim that routes are shut",
        ),
        (
            Kind.CLOSURE, Mode.CLAIMED, {"crossing": True},
            "claims that it is shut", "claim that it is shut",
        ),
        (
            Kind.DEPLOYMENT, Mode.DENIED, {"whose": "Israel"},
            "denies a deployment by Israel", "deny a deployment by Israel",
        ),
        (Kind.OPENING, Mode.DEMANDED, {"crossing": True}, "wants it opened", "want it opened"),
        (Kind.OPENING, Mode.HAPPENED, {"crossing": True}, "opened it", "opened it"),
        (Kind.CLOSURE, Mode.ONGOING, {"crossing": True}, "keeps it shut", "keep it shut"),
        (
            Kind.OPENING, Mode.HAPPENED, {"crossing": True, "said": True},
            "reports an opening", "report an opening",
        ),
        (
            Kind.OPENING, Mode.PLANNED, {"crossing": True, "said": True},
            "reports a plan for an opening", "report a plan for an opening",
        ),
        (
            Kind.APPEAL, Mode.HAPPENED, {"whom": "Israel"},
            "appealed to Israel", "appealed to Israel",
        ),
    ],
)  # fmt: skip
def test_words_of_a_position(kind, mode, options, one, many) -> None:
    assert said(kind, mode, **options) == (one, many)


@pytest.mark.parametrize(("kind", "mode"), [*product(sorted(KINDS), Mode)])
def test_a_claim_a_denial_and_hearsay_never_read_as_a_deed(kind, mode) -> None:
    deed = said(kind, Mode.HAPPENED)
    if mode in {Mode.CLAIMED, Mode.DENIED}:
        assert said(kind, mode).one.startswith(("claims that ", "denies "))
    hearsay = said(kind, mode, said=True)
    assert hearsay.one.startswith(("reports a", "claims that ", "denies "))
    assert hearsay != deed


def test_different_modes_have_different_words() -> None:
    for kind in KINDS:
        words = {said(kind, mode).one for mode in Mode}
        assert len(words) == len(Mode), kind
