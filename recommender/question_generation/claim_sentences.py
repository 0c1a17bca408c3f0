"""Sentences of summary and body that state the claim: labelled, reported, or said of a picture."""

from __future__ import annotations

import re

from corpus.analysis.stopwords import STOPWORDS
from corpus.analysis.tokenizer import stem, words
from corpus.models import Article
from recommender.question_generation.headlines import (
    Clause,
    cleaned_headline,
    headline_sentences,
    unquoted_headline,
)

LEAD = 1500  # characters of a body in which a claim is stated
MIN_SHARED = 0.5  # of the words that tell, in question or headline, whichever has fewer
_LABELLED = re.compile(
    r"^\W*(?:the )?(?:claim|rumou?r)\s?:\s*(.{15,250}?)\s*$", re.IGNORECASE | re.MULTILINE
)
_PICTURE = r"(?:photos?|photographs?|pictures?|images?|videos?|clips?|footage|screenshots?)"
_CLAIMED_TO_SHOW = re.compile(
    rf"^.{{0,40}}?\b(?P<noun>{_PICTURE})\b.{{0,260}}?\b(?:(?:claim(?:s|ed|ing)?(?: that)?|"
    rf"alleg\w+(?: that)?|saying(?: that)?) "
    rf"(?:it|they|this|these|the {_PICTURE}|this {_PICTURE}) (?:shows?|showed|depicts?)|"
    rf"(?:claim(?:s|ed|ing)?|purport(?:s|ed|ing)?|said|supposed) to (?:show|"
    rf"depict)) (?P<shown>.+)$",
    re.IGNORECASE,
)
_ANY_CHECK = frozenset(
    map(
        stem,
        """fact check checking claim claims false fake true viral video photo photos videos image
        images picture shared old post posts says said show shows analysis hoax news
        social media facebook twitter         whatsapp misleading no not""".split(),
    )
)


def claim_sentences_lead(article: Article) -> str:
    """Return the beginning of the body, without the headline that some repeat there."""
    body = article.body[:LEAD].lstrip()
    headline = article.headline.strip()
    return body[len(headline) :].lstrip() if headline and body.startswith(headline) else body


def labelled_claims(text: str) -> list[str]:
    """Return what follows "Claim:" at the beginning of a line."""
    found = (cleaned_headline(m.group(1)) for m in _LABELLED.finditer(text[: 2 * LEAD]))
    return [unquoted_headline(c.rstrip(".")) for c in found if len(headline_sentences(c)) == 1][:2]


def claim_shown_in_opening(article: Article) -> list[Clause]:
    """Return what the opening says that a picture is claimed to show, as a clause of its own."""
    opening = headline_sentences(cleaned_headline(article.summary))[:2]
    opening += [
        s
        for line in claim_sentences_lead(article).splitlines()
        if line.strip()
        for s in headline_sentences(cleaned_headline(line))
    ][:2]
    found = []
    for sentence in dict.fromkeys(opening):
        if match := _CLAIMED_TO_SHOW.match(sentence.rstrip(".")):
            noun = match["noun"].lower()
            plural = noun.endswith("s")
            noun = (
                noun if plural or noun == "footage" else f"{'an' if noun[0] == 'i' else 'a'} {noun}"
            )
            shown = re.split(
                r",? (?:which|who|where|while|but|saying|adding|although)\b|;|"
                r" (?:have|has|had|was|were) (?:been )?(?:shared|viewed|posted|circulat|published)",
                match["shown"],
            )[0]
            found.append(
                Clause(
                    f"{noun} {'do' if plural else 'does'} not show {shown}", said=True, shown=True
                )
            )
    return found[:1]


def shares_claim_words(question: str, headline: str, first: bool) -> bool:
    """Return whether question and headline share words that tell: one, or two and half of all.

    Parameters
    ----------
    question
        A question made from summary or body.
    headline
        The article's.
    first
        Whether it was made from the opening: one word is enough.
    """
    one = {stem(w) for w in words(question) if w not in STOPWORDS} - _ANY_CHECK
    other = {stem(w) for w in words(headline) if w not in STOPWORDS} - _ANY_CHECK
    shared = len(one & other)
    if first:
        return shared >= 1
    return shared >= min(3, len(other)) and shared >= MIN_SHARED * min(len(one), len(other))


_CLAIMED = re.compile(
    r"\b(?:claims?|claimed|claiming|alleg(?:es|ed|ing)|purport(?:s|ed|ing)) that "
    r"(?P<claim>[^.;:]+?)"
    r"(?:,? (?:but|which|with|while|adding|although|and that|after|as part)\b.*)?[.]?$"
)


def claim_stated_in_opening(article: Article) -> list[Clause]:
    """Return what one of the first two sentences says that somebody claims."""
    opening = headline_sentences(cleaned_headline(article.summary))[:2]
    opening += [
        s
        for line in claim_sentences_lead(article).splitlines()
        if line.strip()
        for s in headline_sentences(cleaned_headline(line))
    ][:2]
    found = []
    for sentence in dict.fromkeys(opening):
        match = _CLAIMED.search(sentence)
        if match and not _DENYING.search(sentence[: match.start()]):
            found.append(Clause(match["claim"], said=True, reported=True))
    return found[:1]


_DENYING = re.compile(r"\b(?:not|never|no|denied|denies|refut\w+|dismiss\w+)\b", re.IGNORECASE)
