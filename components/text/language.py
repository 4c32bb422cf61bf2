"""Whether a text is English, which is the only language that the reader knows."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache

from babel import Locale
from py3langid.langid import MODEL_FILE, LanguageIdentifier

_FEWEST_LETTERS = 30  # a shorter text is given the benefit of the doubt
_SURELY_ENGLISH = 0.08  # share of the words below; they are a quarter of English news
_SURELY_ANOTHER = 0.6  # probability
_LONGEST_SAMPLE = 20_000  # characters

# What the model tells apart, most readers call by one name.
_SAME = {"ary": "ar", "arz": "ar", "hbo": "he", "ms": "id", "pcm": "en", "wuu": "zh", "yue": "zh"}
_WORD = re.compile(r"[^\W\d_]+")
_ENGLISH = re.compile(
    r"(?i:the|of|and|to|that|for|with|by|from|has|have|were|which|said|says|after|been|their|would|"
    r"will|not|they)"
)


def not_english(text: str) -> str | None:
    """Return why a text is not taken for English, in plain words; None when it may be read.

    It is refused only when most of its letters are of another script, or when it has next to no
    English words of grammar and another language is likely: English news is never refused for its
    names or for a quote.
    """
    sample = text[:_LONGEST_SAMPLE]
    words = _WORD.findall(sample)
    letters = "".join(words)
    latin = sum(unicodedata.name(letter, "").startswith("LATIN") for letter in letters)
    if 2 * latin < len(letters):
        return _refusal(_likely(sample)[0])
    if len(letters) < _FEWEST_LETTERS:
        return None
    if sum(bool(_ENGLISH.fullmatch(word)) for word in words) >= _SURELY_ENGLISH * len(words):
        return None
    code, probability = _likely(sample)
    return None if code == "en" or probability < _SURELY_ANOTHER else _refusal(code)


def _refusal(code: str) -> str:
    """Return the message that refuses a text in the language with that code."""
    name = None if code == "en" else Locale("en").languages.get(code)
    found = f"seems to be in {name}" if name else "is not in English"
    return f"The text {found}. Only English can be read: give the English version of the article."


def _likely(sample: str) -> tuple[str, float]:
    """Return the code of the likeliest language and how likely it is."""
    likely: Counter[str] = Counter()
    for code, probability in _identifier().rank(sample):
        likely[_SAME.get(code, code)] += probability
    return likely.most_common(1)[0]


@cache
def _identifier() -> LanguageIdentifier:
    """Return the language model, loaded once."""
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
