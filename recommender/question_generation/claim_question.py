"""Questions from claims: "Bats are blind." → "Is it true that bats are blind?".

Inverting a sentence ("Are bats blind?") needs its grammar; four words in front do not. What remains
is the case of the first letter; where it cannot be decided, there is no question.
"""

from __future__ import annotations

import re

from corpus.analysis.stopwords import AUXILIARIES, NEGATIVE_CONTRACTIONS
from corpus.analysis.tokenizer import words
from corpus.models import Article
from recommender.wording.checks import check_wording

OPENING = "Is it true that "
MIN_WORDS, MAX_WORDS = 4, 25  # of a claim: fewer say too little, more are several claims

_BROKEN = re.compile(r"[‘?!…;:\[\]()]|\.\s|\.{2}|\.\"|\s-\s|--|\s'|'\s")
_SMALL = frozenset(
    """a an the there in since under over after before more most many some all every no
    nearly almost about only if when because people children women men adults one two three four
    five six seven eight nine ten half""".split()
)
_FINITE_VERBS = frozenset(
    """cannot causes cause makes make made shows show says said came comes prevents prevent contains
    contain""".split()
)
_FINITE = (AUXILIARIES | NEGATIVE_CONTRACTIONS | _FINITE_VERBS) - {"am"}  # "at 10 am" is a time
_OWN_VOICE = frozenset("i we my our us me mine ours im ive weve you your".split())


def claim_question(article: Article) -> str | None:
    """Return the claim of ``article`` as a question, None where it would not read perfectly.

    Left out: several sentences, quotations, the speaker's own voice (I, we, you), no certain
    finite verb, and a first word that may or may not be a name.
    """
    claim = re.sub("[“”„]", '"', article.claim).strip().rstrip(".").strip()
    if claim[:1] + claim[-1:] == '""' and claim.count('"') == 2:  # the whole claim is quoted
        claim = claim[1:-1].strip().rstrip(".,").strip()
    tokens = words(claim)
    if not MIN_WORDS <= len(tokens) <= MAX_WORDS or _BROKEN.search(claim):
        return None
    if _OWN_VOICE & set(tokens) or not _FINITE & set(tokens[1:]) or tokens[0] == "says":
        return None
    first = _first_word_of_claim(claim, f"{article.summary}\n{article.body}")
    if first is None:
        return None
    question = f"{OPENING}{first}{claim[len(first) :]}?"
    return None if check_wording(question) else question


def _first_word_of_claim(claim: str, text: str) -> str | None:
    """Return the first word as it is written inside a sentence, None where that is not known."""
    match = re.match(r"[^\W\d_][\w'’-]*|\d[\d,.]*", claim)
    if match is None:
        return None
    word = match.group()
    if word[0].isdigit() or (len(word) > 1 and word.isupper()):
        return word
    small = word[0].lower() + word[1:]
    if small in _SMALL:
        return small
    inside = re.findall(rf"(?<=[a-z,] )({re.escape(word)}|{re.escape(small)})\b", text)
    if not inside or len(set(inside)) > 1:
        return None
    return str(inside[0])
