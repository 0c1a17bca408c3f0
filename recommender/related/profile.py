"""Article profile: the sets of terms, names and dates by which two articles are compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from corpus.analysis.stopwords import NEGATIONS, STOPWORDS
from corpus.analysis.tokenizer import raw_tokens, raw_words, stem, words
from corpus.models import Article
from corpus.readers.field_values import field_language_code
from corpus.verdicts import verdict_degree
from recommender.questions.equivalence import ParsedQuestion

MAX_LEAD_CHARACTERS = 800  # of the summary or the body: what a reader sees first
MAX_OPENING_CHARACTERS = 1_100  # a lead and the rest of its last paragraph
_SENTENCE = re.compile(r"[.!?:]['\"”’)]*\s+|\n+")
_NUMBER_WORDS = frozenset(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety "
    "hundred thousand million billion trillion half double triple".split()
)
_ROMAN = re.compile(r"\b[IVX]{2,}\b")
_CITATION = re.compile(r"\[[\d, -]+\]")
_NO_NAMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may "
    "june july august september october november december yes no false true fact check claim post "
    "facebook twitter youtube instagram tiktok whatsapp".split()
)


@dataclass(frozen=True, slots=True)
class Profile:
    """What two articles are compared by.

    ``headline``, ``claim`` and ``lead`` are sets of content terms (the lead holds the other two);
    ``names`` maps a term to how it is written, ``written`` the other terms of headline and claim;
    ``details`` are the numbers and negations of all of it, by which two checks differ that use the
    same words; ``asked`` is the claim (the headline where there is none), parsed as a question;
    ``degree`` is how true the verdict calls it, 0 to 4; ``language`` is without a region, "" for an
    unknown one.
    """

    id: str
    headline: frozenset[str]
    claim: frozenset[str]
    lead: frozenset[str]
    names: dict[str, str]
    written: dict[str, str]
    details: frozenset[str]
    asked: ParsedQuestion
    title: str
    topic: str
    publisher: str
    language: str
    verdict: str
    degree: int | None
    day: date | None

    @staticmethod
    def of(article: Article) -> Profile:
        """Return the profile of ``article``."""
        opening = (article.summary or article.body[:MAX_LEAD_CHARACTERS])[:MAX_OPENING_CHARACTERS]
        headline, claim = _profile_terms(article.headline), _profile_terms(article.claim)
        return Profile(
            article.id,
            headline,
            claim,
            headline | claim | _profile_terms(opening),
            _profile_names(f"{article.claim}\n{opening}"[:MAX_OPENING_CHARACTERS]),
            _written_in_profile(f"{article.headline} {article.claim}"),
            _profile_details(f"{article.headline}\n{article.claim}\n{opening}"),
            ParsedQuestion.of(article.claim or article.headline),
            article.headline,
            article.topic,
            article.publisher,
            field_language_code(article.language, default=""),
            article.verdict,
            verdict_degree(article.verdict),
            article.checked_on,
        )


def _profile_terms(text: str) -> frozenset[str]:
    return frozenset(
        stem(word)
        for word in words(text)
        if word not in STOPWORDS and not (word.isdigit() and len(word) < 3)  # a citation's number
    )


def _written_in_profile(text: str) -> dict[str, str]:
    """Return each content term as the text writes it first."""
    found: dict[str, str] = {}
    for raw in raw_tokens(text):
        for word, start, end in raw_words(raw):
            if len(word) > 1 and word not in STOPWORDS:
                found.setdefault(stem(word), re.sub("['’]s$", "", raw[start:end]))
    return found


def _profile_details(text: str) -> frozenset[str]:
    """Return the numbers of a text and its negations, citation marks left out.

    Numbers in words and Roman ones ("part II") are numbers, too.
    """
    text = _CITATION.sub(" ", text)
    found = [w for w in words(text) if w in NEGATIONS or is_number_in_profile(w)]
    return frozenset([*found, *_ROMAN.findall(text)])


def is_number_in_profile(word: str) -> bool:
    """Return whether a folded word is a number, in digits or letters, or has one in it ("b12")."""
    if word.isalpha():  # nearly all are, and need no look at each letter
        return word in _NUMBER_WORDS
    return any(letter.isdigit() for letter in word)


def _profile_names(text: str) -> dict[str, str]:
    """Return the capitalised words inside sentences; the first of a sentence may be any word."""
    found: dict[str, str] = {}
    for sentence in _SENTENCE.split(text):
        for raw in raw_tokens(sentence)[1:]:
            if raw[0].isupper():
                for word, start, end in raw_words(raw):
                    if len(word) > 1 and word not in STOPWORDS and word not in _NO_NAMES:
                        found.setdefault(stem(word), re.sub("['’]s$", "", raw[start:end]))
    return found


def dice_of_profiles(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the Dice coefficient of two sets (Dice 1945), in [0, 1]: 2 |A & B| / (|A| + |B|).

    0 where both are empty.
    """
    total = len(one) + len(other)
    return 2.0 * len(one & other) / total if total else 0.0
