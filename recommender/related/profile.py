"""Article profile: the sets of terms, names and dates by which two articles are compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import partial

from corpus.analysis.stopwords import NEGATIONS, STOPWORDS
from corpus.analysis.tokenizer import fold, raw_tokens, raw_words, stem, words
from corpus.languages import function_words
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
    "facebook twitter youtube instagram tiktok whatsapp com www "
    "mr mrs ms dr prof sir gov sen rep lt gen col capt rev hon".split()
)
_CAPITALISED = re.compile(r"(?<![\w.])[^\W\d_a-z][\w'’-]*(?: [^\W\d_a-z][\w'’-]*){0,3}")
MIN_NAME_LETTERS = 3  # shorter ones are initials, unless written in capitals: "EU"


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
        language = field_language_code(article.language, default="")
        terms = partial(_profile_terms, language=language or "en")
        headline, claim = terms(article.headline), terms(article.claim)
        return Profile(
            article.id,
            headline,
            claim,
            headline | claim | terms(opening),
            _profile_names(f"{article.claim}\n{opening}"[:MAX_OPENING_CHARACTERS]),
            _written_in_profile(f"{article.headline} {article.claim}", language or "en"),
            _profile_details(f"{article.headline}\n{article.claim}\n{opening}"),
            ParsedQuestion.of(article.claim or article.headline),
            article.headline,
            article.topic,
            article.publisher,
            language,
            article.verdict,
            verdict_degree(article.verdict),
            article.checked_on,
        )


def _profile_terms(text: str, language: str) -> frozenset[str]:
    stop = function_words(language)
    return frozenset(
        stem(word, language)
        for word in words(text, language)
        if word not in stop and not (word.isdigit() and len(word) < 3)  # a citation's number
    )


def _written_in_profile(text: str, language: str) -> dict[str, str]:
    """Return each content term as the text writes it first."""
    found: dict[str, str] = {}
    stop = function_words(language)
    for raw in raw_tokens(text):
        for word, start, end in raw_words(raw, language):
            if len(word) > 1 and word not in stop:
                found.setdefault(stem(word, language), re.sub("['’]s$", "", raw[start:end]))
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
    """Return each term of a name → the name: capitalised words side by side, "Hong Kong".

    The first word of a sentence may be any word, and initials and titles tell nobody.
    """
    found: dict[str, str] = {}
    for sentence in _SENTENCE.split(text):
        for run in _CAPITALISED.finditer(sentence):
            parts = [raw for raw in run.group().split() if _is_part_of_name(raw)]
            if run.start() == 0 and parts and run.group().startswith(parts[0]):
                parts = parts[1:]
            name = re.sub("['’]s$", "", " ".join(parts))
            for raw in parts:
                for word, _, _ in raw_words(raw):
                    found.setdefault(stem(word), name)
    return found


def _is_part_of_name(raw: str) -> bool:
    """Return whether a capitalised word may stand in a name that tells who or what is meant."""
    word = fold(re.sub("['’]s$", "", raw))
    if not raw[0].isupper() or word in STOPWORDS or word in _NO_NAMES:
        return False
    return len(word) >= MIN_NAME_LETTERS or (len(word) > 1 and raw.isupper())


def dice_of_profiles(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the Dice coefficient of two sets (Dice 1945), in [0, 1]: 2 |A & B| / (|A| + |B|).

    0 where both are empty.
    """
    total = len(one) + len(other)
    return 2.0 * len(one & other) / total if total else 0.0
