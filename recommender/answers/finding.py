"""Finding: the sentences of a check that say what became of a claim.

What fits a claim best is where the article repeats it. Its readers need the sentence that says
whether it holds: one with the words of a verdict or a negation, outside quotations, that speaks of
the matter itself or follows one that does ("The post says so. That is false.").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from corpus.analysis.stopwords import STOPWORDS
from corpus.analysis.tokenizer import tokenize
from corpus.models import Article
from corpus.verdicts import has_negation, has_verdict_words
from index.search.segments import cut_text, text_segments

MAX_CHARACTERS = 320  # of a passage: two or three sentences
_MAX_JOINED = 2 * MAX_CHARACTERS
MAX_SENTENCES = 400  # of an article that are looked at
MIN_MATTER = 0.3  # share of the claim's terms in a sentence and the one before it
MIN_OF_BEFORE = 0.55  # where the sentence has no word of the claim, or only a "but" tells
MAX_BARE = 80  # characters of a sentence without a word of the claim: "This isn't quite right."
MIN_OWN_MATTER = 0.45  # from here on the sentence needs not the one before it to be understood
VERDICT, NEGATION, CONTRAST, OWN, EARLY = 0.5, 0.25, 0.2, 0.5, 0.1
_MIN_TERMS = 2  # of a claim, else its sentences cannot be told
_QUOTED = re.compile(r"“[^”]*”|„[^“”]*[“”]|«[^»]*»|\"[^\"]*\"")
# A quotation of several sentences opens in one of them and closes in another.
_OPENED = re.compile(r"(?:[“„«]|\"(?=\w)).*$", re.DOTALL)
_CLOSED = re.compile(r"^.*(?:[”»]|(?<=[\w.,!?…])\")", re.DOTALL)
_CONTRAST = re.compile(
    r"\b(?:but|however|in fact|in reality|actually|instead|rather|though|although|contrary to"
    r"|aber|jedoch|tatsächlich|vielmehr|en realidad|sin embargo|en réalité|cependant|en fait"
    r"|na verdade|porém|in realtà|tuttavia|maar|echter)\b",
    re.IGNORECASE,
)


# "No, that's not true": it needs no word of the claim.
_DIRECT = re.compile(
    r"(?:no|yes|nein|ja|sí|oui|non|sim|não|sì|nee)\b ?[,:;.–—-]|(?:fact|fakt)\b ?:",
    re.IGNORECASE,
)


class Finding(NamedTuple):
    """A passage: ``section`` is its place, 0 for the summary; ``text`` is of the article."""

    section: int
    text: str


class _Sentence(NamedTuple):
    section: int
    text: str
    start: int
    end: int

    def __str__(self) -> str:
        return self.text[self.start : self.end]


def finding_of(claim: str, article: Article) -> Finding | None:
    """Return the passage of an article that says what became of a claim, None where none does.

    Parameters
    ----------
    claim
        As it was typed: a statement, or a question for yes or no.
    article
        A check of it.
    """
    terms = {t for t in tokenize(claim, article.language) if t not in STOPWORDS}
    if len(terms) < _MIN_TERMS:
        return None
    sentences = list(_sentences(article))
    best, chosen = 0.0, -1
    before: set[str] = set()
    for number, sentence in enumerate(sentences):
        text = str(sentence)
        own = terms & set(tokenize(text, article.language))
        follows = number > 0 and sentences[number - 1].section == sentence.section
        matter = len(own | before if follows else own) / len(terms)
        said = _strength(text)
        speaks = own or len(text) <= MAX_BARE or _DIRECT.match(text)
        least = MIN_MATTER if own and said > CONTRAST else MIN_OF_BEFORE
        if said and speaks and matter >= least:
            score = matter + OWN * len(own) / len(terms) + said
            score += EARLY * (1.0 - number / len(sentences))
            if score > best:
                best, chosen = score, number
        before = own
    if chosen < 0:
        return None
    own = terms & set(tokenize(str(sentences[chosen]), article.language))
    first = chosen if len(own) >= MIN_OWN_MATTER * len(terms) else chosen - 1
    return _passage(sentences, max(first, 0), chosen)


def _sentences(article: Article) -> Iterator[_Sentence]:
    """Yield the sentences of the summary, then of the sections, in order."""
    n = 0
    for section, text in enumerate((article.summary, *(s.text for s in article.sections))):
        waiting: _Sentence | None = None
        for start, end in text_segments(text, MAX_CHARACTERS):
            if waiting is not None and text[start].islower() and end - waiting.start < _MAX_JOINED:
                waiting = waiting._replace(end=end)  # "at 6 p.m. in the hall" is one sentence
                continue
            if waiting is not None:
                yield waiting
            if (n := n + 1) > MAX_SENTENCES:
                return
            waiting = _Sentence(section, text, start, end)
        if waiting is not None:
            yield waiting


def _strength(text: str) -> float:
    """Return how plainly a sentence says whether something holds, 0 for not at all.

    A sentence that asks says nothing, and what stands in quotation marks others say.
    """
    if text.rstrip(" ”\"'").endswith("?"):
        return 0.0
    plain = _CLOSED.sub(" ", _OPENED.sub(" ", _QUOTED.sub(" ", text)))
    return (
        VERDICT * has_verdict_words(plain)
        + NEGATION * has_negation(plain)
        + CONTRAST * (_CONTRAST.search(plain) is not None)
    )


def _passage(sentences: list[_Sentence], first: int, last: int) -> Finding:
    """Return sentences ``first`` to ``last`` of one section, and what follows as far as it fits."""
    section, text = sentences[last].section, sentences[last].text
    if sentences[first].section != section:
        first = last
    start, end = sentences[first].start, sentences[last].end
    if end - start > MAX_CHARACTERS:  # the sentence before it is long
        start = sentences[last].start
    for sentence in sentences[last + 1 :]:
        if sentence.section != section or sentence.end - start > MAX_CHARACTERS:
            break
        end = sentence.end
    if end - start > MAX_CHARACTERS:
        end = cut_text(text, start, start + MAX_CHARACTERS)
    passage = " ".join(text[start:end].split())
    return Finding(section, f"{'…' if start else ''}{passage}{'…' if end < len(text) else ''}")
