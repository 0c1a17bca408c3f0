"""Question equivalence: whether two questions ask the same, by rules over their words.

Merging too little shows a reader two similar questions; merging too much loses a question for good
and links it to a wrong answer. So two questions are the same only where nothing but wording
differs: no number, no name, no word on both sides that could be the very point. Rules and not a
model, so that a wrong merge can be traced to its word.

``same_question`` decides merges in the bank. ``equivalence_in_list`` is wider: it also finds pairs
that a reader of one list would take for a repetition.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import log
from typing import Literal

from rapidfuzz.fuzz import ratio, token_sort_ratio

from corpus.analysis.stopwords import AUXILIARIES, NEGATIONS, QUESTION_WORDS, STOPWORDS
from corpus.analysis.tokenizer import content_terms, raw_tokens, raw_words, stem
from recommender.question_key import question_key

Repetition = Literal["exact", "same question", "alike in letters"]
"""How two questions of a list repeat each other: by the same words; by words that ask the same; by
nearly the same letters, where those that differ may be the point ("in 2023", "in 2024")."""

MAX_EXTRA_WEIGHT = 0.15  # share of both questions' weight that one may have beyond the other
MIN_SPELLING_RATIO = 80  # rapidfuzz ratio of 100 from which two words are one, spelt differently
MIN_SPELLING_LETTERS = 5  # shorter words differ by a letter and mean something else
MIN_LETTER_RATIO = 85  # rapidfuzz token_sort_ratio of 100 of content terms: a repetition
MAX_CACHED_QUESTIONS = 1 << 16  # those of the bank are in many lists; some 1 kB each

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
    """A question by what matters for equivalence.

    ``kind`` is the sort of answer it wants; ``terms`` are its content terms in order, each once;
    ``names`` and ``numbers`` are among them; ``negated``: it contains a negation; ``either_order``:
    it says by words such as "of" who does what, so that the order of its terms does not.
    """

    kind: str
    terms: tuple[str, ...]
    names: frozenset[str]
    numbers: frozenset[str]
    negated: bool
    either_order: bool

    @staticmethod
    def of(text: str) -> ParsedQuestion:
        """Return ``text`` parsed."""
        written = [
            (word, raw[0].isupper() and number > 0)
            for number, raw in enumerate(raw_tokens(text))
            for word, _, _ in raw_words(raw)
        ]
        plain = [word for word, _ in written]
        terms, names, numbers = [], set(), set()
        for word, capital in written:
            if word[0].isdigit() or word in _SCALES:
                numbers.add(word.rstrip("s"))
                terms.append(word)
            elif word not in STOPWORDS and stem(word) not in _PADDING:
                terms.append(stem(word))
                if capital:
                    names.add(stem(word))
        possessive = re.search(r"['’]s\b", text) is not None
        return ParsedQuestion(
            _kind_of_parsed_question(plain),
            tuple(dict.fromkeys(terms)),
            frozenset(names),
            frozenset(numbers),
            not NEGATIONS.isdisjoint(plain),
            possessive or not _EITHER_ORDER.isdisjoint(plain),
        )


def _kind_of_parsed_question(words: list[str]) -> str:
    """Return what sort of answer is wanted: yes or no, a reason, an amount, a thing."""
    if words and (words[0] in _MODAL or words[0] in AUXILIARIES):
        return _MODAL.get(words[0], "yes or no")
    for number, word in enumerate(words):
        if word in QUESTION_WORDS:
            if word == "how" and number + 1 < len(words) and words[number + 1] in _DEGREE:
                return f"how {words[number + 1]}"
            return {"which": "what", "whom": "who"}.get(word, word)
    return "yes or no"


def same_question(
    one: ParsedQuestion,
    other: ParsedQuestion,
    weight: Callable[[str], float] = lambda term: 1.0,
) -> bool:
    """Return whether two questions ask the same: only their wording differs.

    Parameters
    ----------
    one, other
        The questions; their order does not matter.
    weight
        How informative a term is, > 0; by default every term weighs the same.
    """
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
            if word not in one.names and twin not in other.names and _equivalent_words(word, twin):
                left.discard(word)
                right.discard(twin)
                break
    if left and right:  # something is replaced by something else
        return False
    extra = left or right
    total = sum(map(weight, a | b))
    if extra and sum(map(weight, extra)) > MAX_EXTRA_WEIGHT * total:
        return False
    if extra & (one.names | other.names):
        return False
    return _equivalent_order(one, other)


def _equivalent_words(word: str, other: str) -> bool:
    """Return whether two stems are one word in two spellings, such as colour and color."""
    if frozenset((word, other)) in _OPPOSITES:
        return False
    if min(len(word), len(other)) < MIN_SPELLING_LETTERS:
        return False
    return word[:4] == other[:4] and ratio(word, other) >= MIN_SPELLING_RATIO


def _equivalent_order(one: ParsedQuestion, other: ParsedQuestion) -> bool:
    """Return False where who does what to whom is reversed: "Do cats fear dogs?"."""
    if one.either_order or other.either_order:
        return True
    shared = set(one.terms) & set(other.terms)
    return [t for t in one.terms if t in shared] == [t for t in other.terms if t in shared]


def weights_for_equivalence(counts: Mapping[str, int], n: int) -> Callable[[str], float]:
    """Return the weight ln(1 + n / (1 + count)) of a term; ``counts`` are of ``n`` questions."""

    def weight(term: str) -> float:
        return log(1.0 + n / (1.0 + counts.get(term, 0)))

    return weight


def equivalence_in_list(one: str, other: str) -> Repetition | None:
    """Return how one question of a list repeats another; None where it does not."""
    a, b = _comparable_question(one), _comparable_question(other)
    if a.key == b.key:
        return "exact"
    if same_question(a.parsed, b.parsed):
        return "same question"
    return "alike in letters" if token_sort_ratio(a.terms, b.terms) >= MIN_LETTER_RATIO else None


def equivalence_by_letters(one: str, other: str) -> float:
    """Return how similar the content terms of two questions are, in any order, in [0, 100]."""
    return token_sort_ratio(_comparable_question(one).terms, _comparable_question(other).terms)


@dataclass(frozen=True, slots=True)
class _Comparable:
    key: int
    parsed: ParsedQuestion
    terms: str


@lru_cache(MAX_CACHED_QUESTIONS)
def _comparable_question(text: str) -> _Comparable:
    return _Comparable(question_key(text), ParsedQuestion.of(text), " ".join(content_terms(text)))
