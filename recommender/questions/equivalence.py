"""Do two questions ask the same? Word by word, so that a wrong merge can be traced and mended.

Merging too little shows a reader two like questions; merging too much loses a question for good and
links it to a wrong answer. So two questions are the same only where nothing but wording differs:
no number, no name, no word on both sides that could be the very point.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import log

from rapidfuzz.fuzz import ratio

from corpus.analysis.stopwords import AUXILIARIES, NEGATIONS, QUESTION_WORDS, STOPWORDS
from corpus.analysis.tokenizer import raw_tokens, raw_words, stem

MOST_EXTRA = 0.15  # share of the telling weight that one question may have beyond the other
SPELLING = 80  # rapidfuzz ratio in [0, 100] from which two words are one word, spelt differently

_DEGREE = frozenset("many much long old far often tall big fast high deep well few".split())
_MODAL = {"should": "should", "must": "should", "ought": "should", "shall": "should"}
_PADDING = frozenset(
    stem(word)
    for word in """really actually truly exactly ever still thought known know true possible
    possibly supposed believed considered said say says call called get one thing make made also
    even currently today many much recent recently exist existing type kind thing
    refer relate list rank""".split()
)
_SCALES = frozenset("hundred thousand million billion trillion percent half double first".split())
_OPPOSITES = frozenset(
    frozenset(map(stem, pair.split("/")))
    for pair in """increase/decrease raise/lower rise/fall gain/lose win/lose more/less before/after
    first/last high/low old/young men/women man/woman male/female boy/girl import/export buy/sell
    birth/death open/close safe/dangerous summer/winter north/south east/west left/right cause/cure
    cause/prevent hot/cold wet/dry best/worst better/worse legal/illegal major/minor rich/poor
    husband/wife mother/father brother/sister son/daughter start/stop start/end begin/end
    grow/shrink accept/refuse allow/ban support/oppose help/harm friend/enemy""".split()
)
_EITHER_ORDER = frozenset("by of and or with than from between to for about".split())


@dataclass(frozen=True, slots=True)
class ParsedQuestion:
    """A question taken apart. ``terms``: stems that tell, in order; ``names``, ``numbers`` of them.

    ``kind`` is what sort of answer it wants, ``negated`` whether it asks for a no.
    """

    kind: str
    terms: tuple[str, ...]
    names: frozenset[str]
    numbers: frozenset[str]
    negated: bool
    either_order: bool

    @staticmethod
    def of(text: str) -> ParsedQuestion:
        """Return ``text`` taken apart."""
        said = [
            (word, raw[0].isupper() and place > 0)
            for place, raw in enumerate(raw_tokens(text))
            for word, _, _ in raw_words(raw)
        ]
        plain = [word for word, _ in said]
        terms, names, numbers = [], set(), set()
        for word, capital in said:
            if word[0].isdigit() or word in _SCALES:
                numbers.add(word.rstrip("s"))
                terms.append(word)
            elif word not in STOPWORDS and stem(word) not in _PADDING:
                terms.append(stem(word))
                if capital:
                    names.add(stem(word))
        possessive = re.search(r"['’]s\b", text) is not None
        return ParsedQuestion(
            _kind(plain),
            tuple(dict.fromkeys(terms)),
            frozenset(names),
            frozenset(numbers),
            not NEGATIONS.isdisjoint(plain),
            possessive or not _EITHER_ORDER.isdisjoint(plain),
        )


def _kind(words: list[str]) -> str:
    """Return what sort of answer is wanted: yes or no, a reason, an amount, a thing."""
    if words and (words[0] in _MODAL or words[0] in AUXILIARIES):
        return _MODAL.get(words[0], "yes or no")
    for place, word in enumerate(words):
        if word in QUESTION_WORDS:
            if word == "how" and place + 1 < len(words) and words[place + 1] in _DEGREE:
                return f"how {words[place + 1]}"
            return {"which": "what", "whom": "who"}.get(word, word)
    return "yes or no"


def same_question(
    one: ParsedQuestion, other: ParsedQuestion, weight: Callable[[str], float]
) -> bool:
    """Return whether only the wording differs; ``weight`` is how telling a term is, > 0."""
    if one.kind != other.kind or one.negated != other.negated or one.numbers != other.numbers:
        return False
    if not one.terms or not other.terms:
        return False
    a, b = set(one.terms), set(other.terms)
    if 3 * len(a & b) < max(len(a), len(b)):  # spelling alone does not bridge that
        return False
    left, right = a - b, b - a
    for word in sorted(left):
        for twin in sorted(right):
            if word not in one.names and twin not in other.names and _spelt_alike(word, twin):
                left.discard(word)
                right.discard(twin)
                break
    if left and right:  # something was put in the place of something else
        return False
    extra = left or right
    total = sum(map(weight, a | b))
    if extra and sum(map(weight, extra)) > MOST_EXTRA * total:
        return False
    if extra & (one.names | other.names):
        return False
    return _same_order(one, other)


def _spelt_alike(word: str, other: str) -> bool:
    if frozenset((word, other)) in _OPPOSITES or min(len(word), len(other)) < 5:
        return False
    return word[:4] == other[:4] and ratio(word, other) >= SPELLING


def _same_order(one: ParsedQuestion, other: ParsedQuestion) -> bool:
    """Return False where who does what to whom is turned round: "Do cats fear dogs?"."""
    if one.either_order or other.either_order:
        return True
    shared = set(one.terms) & set(other.terms)
    return [t for t in one.terms if t in shared] == [t for t in other.terms if t in shared]


def weights_of(counts: Mapping[str, int], n: int) -> Callable[[str], float]:
    """Return how telling a term is, from the number of questions that hold it among ``n``."""

    def weight(term: str) -> float:
        return log(1.0 + n / (1.0 + counts.get(term, 0)))

    return weight
