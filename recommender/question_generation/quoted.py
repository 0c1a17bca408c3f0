"""Question forms that keep a publisher's words as they are: "Is X right that …?", quotations.

They serve where turning a clause would be risky: tense, articles and negations stay untouched.
"""

from __future__ import annotations

import re

from corpus.analysis.tokenizer import words
from recommender.grammar.casing import CasingTable
from recommender.grammar.parse import Parse, Token
from recommender.grammar.verb_forms import FINITE, SUBJECTS
from recommender.grammar.words import OWN_VOICE, PRONOUNS, STATIVE
from recommender.question_generation.headlines import headline_sentences
from recommender.question_generation.review import (
    DEICTIC,
    META,
    NOT_TEXT,
    RELATIVE_DATE,
    quotes_balanced,
    review_made_question,
)
from recommender.wording.checks import check_stands_alone

MIN_QUOTED, MAX_QUOTED = 5, 25  # words of a quotation: fewer say too little, more read badly
_SPEAKING = re.compile(r"^(?:Is|Are) ")
_MEDIA_SPEAKER = re.compile(
    r"\b(?:posts?|memes?|ads?|emails?|e-mails?|images?|videos?|messages?|articles?|stor(?:y|ies)|"
    r"headlines?|graphics?|bloggers?|blogs?|websites?|sites?|claims?|photos?|tweets?|reports?|"
    r"billboards?|mailers?|fliers?|flyers?|rumou?rs?|photographs?|pictures?|screenshots?|users?)$",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:not|no|never|none|nothing|nobody|neither|nor|without)\b|n['’]t\b", re.IGNORECASE
)
_VERDICT = re.compile(
    r"\b(?:false|fake|wrong\w*|mislead\w*|off|right|correct\w*|incorrect\w*|exaggerat\w*|truth\w*|"
    r"ignor\w*|miss\w*|lacks?|evidence|proof|context|mischaracter\w*|cherry\w*|twist\w*|"
    r"flip\w*|pants|flop\w*|spins?|inflat\w*|oversimpl\w*|botch\w*|mangl\w*|trying|attack\w*|"
    r"actually|really|old|edited|here['’]s|why|how|what|when|who|whether|fact-check\w*|check\w*|"
    r"explain\w*|know|revisit\w*|misfir\w*|stretch\w*|wildly|overblown|flawed|bogus|sketchy|"
    r"outdated|debunk\w*|confus\w*|omit\w*|leav\w* out|misquot\w*|misstat\w*|mostly|partly|"
    r"credible|tale|fight|unsupported|implausible|ridiculous|reversal|needs?|admits?|cropped|clipped|photoshop\w*|portray\w*|hypes?|touts?|absurd|bizarre|nonexistent|rubbish\w*|"
    r"slam\w*|blast\w*|made up|rooted|conspirac\w*|morph\w*|doctor\w*|scam\w*|parody|joke\w*|"
    r"claims? (?:of|about|that)|tr(?:y|ies)|push\w*|peddl\w*|spread\w*|myth\w*|zombie|"
    r"barely|largely|accurate\w*|inaccurate\w*|repeat\w*|hoax\w*|satir\w*|april fool\w*)\b",
    re.IGNORECASE,
)


_TAIL = re.compile(
    r"\b(?:unsupported|implausible|ridiculous|lacks?|needs?|ignores?|no collateral|traces to|"
    r"on the money|fact-check\w*|here['’]s)\b|[,;] (?:but|though|although)\b",
    re.IGNORECASE,
)


def is_medium(who: str) -> bool:
    """Return whether ``who`` is a post, an ad or the like, not somebody."""
    return _MEDIA_SPEAKER.search(who.strip()) is not None


def is_finite_to_quote(parse: Parse) -> bool:
    """Return whether the text is one clause with its subject before a finite verb."""
    roots = [t for t in parse.roots() if t.dep != "punct"]
    return len(roots) == 1 and _is_finite_quote(parse, roots[0])


def is_report(parse: Parse) -> bool:
    """Return whether the text tells in a headline's present what somebody does: "X slams Y"."""
    verb = next(t for t in parse.roots() if t.dep != "punct")
    helped = parse.children(verb, "aux", "auxpass")
    return verb.tag in {"VBZ", "VBP"} and not helped and verb.lemma not in STATIVE | {"be", "have"}


def speaks(parse: Parse) -> bool:
    """Return whether the text tells what somebody says in other words: warns, denies, blames."""
    return next(t for t in parse.roots() if t.dep != "punct").lemma in _SPEECH


_SPEECH = frozenset(
    """boast suggest warn report deny accuse blame call predict vow promise compare cite urge demand
    question oppose support back defend criticize criticise praise allege
    argue insist assert""".split()
)


def that_clause(text: str, parse: Parse, casing: CasingTable) -> str:
    """Return ``text`` as it stands after "that"; "" where its first word may not stand there.

    Parameters
    ----------
    text
        One finite clause, in sentence case.
    parse
        Its parse.
    casing
        Tells names from other words.
    """
    first = parse.tokens[0]
    if first.low in PRONOUNS - {"he", "she", "many", "most", "some", "there"}:
        return ""
    if first.tag not in {"DT", "NNP", "NNPS", "NN", "NNS", "CD", "EX", "PRP", "JJ", "JJR", "JJS"}:
        return ""
    if re.search(r", (?:it|they|he|she|this|that)\b", text):
        return ""
    named = len(parse.tokens) > 1 and parse.tokens[1].text[:1].isupper()
    if first.text[:1].isupper() and first.tag not in {"NNP", "NNPS"} and not named:
        form = casing.form(first.text)
        if form == first.low or first.tag in {"DT", "EX"}:
            return text[0].lower() + text[1:]
        return "" if form is None and first.text.isalpha() else text
    return text


def _is_finite_quote(parse: Parse, verb: Token) -> bool:
    """Return whether the clause of ``verb`` has its one subject before it and a finite verb."""
    if len(parse.children(verb, *SUBJECTS)) != 1 or parse.children(verb, "parataxis"):
        return False
    subject = parse.children(verb, *SUBJECTS)[0]
    below = parse.subtree(subject)
    if any(t.tag in FINITE and t.dep not in {"relcl", "aux", "auxpass", "acl"} for t in below):
        return False  # "that owls sing is false": the verdict is the verb
    helpers = parse.children(verb, "aux", "auxpass")
    helped = any(t.low in FINITE or t.tag in {"MD", "VBZ", "VBP", "VBD"} for t in helpers)
    finite = (
        verb.tag in {"VBZ", "VBP"} or helped or (verb.tag == "VBD" and _is_past_quote(parse, verb))
    )
    return subject.place < verb.place and finite


def _is_past_quote(parse: Parse, verb: Token) -> bool:
    """Return whether a form that may be a participle is a past tense: it has an object."""
    return bool(parse.children(verb, "dobj", "attr", "acomp")) or verb.low in {
        "was",
        "were",
        "had",
        "did",
        "went",
        "rose",
        "fell",
        "came",
        "took",
        "gave",
    }


def quoted_right_that(who: str, verb: str, claim: str) -> str:
    """Return "Is WHO right that CLAIM?", "" where it is not fit.

    Parameters
    ----------
    who
        A name.
    verb
        What the headline says that the person does: "says" or "said".
    claim
        What follows "that".
    """
    question = f"{'Is' if verb.endswith('s') else 'Was'} {who} right that {claim}?"
    return "" if _quote_refers_back(claim) or review_made_question(question) else question


def quoted_is_it_true(claim: str) -> str:
    """Return "Is it true that CLAIM?", "" where it is not fit."""
    question = f"Is it true that {claim}?"
    return (
        "" if _quote_refers_back(claim, alone=True) or review_made_question(question) else question
    )


def _quote_refers_back(claim: str, *, alone: bool = False) -> bool:
    """Return whether the claim opens with a word that stands for something not named."""
    first = words(claim)[0]
    return first in {"it", "they", "this", "these", "that", "those", "his", "her"} or (
        alone and first in {"he", "she"}
    )


_VAGUE_SHOWN = re.compile(
    r"(?:a |an |the )?(?:recent|new|current|fresh|latest|being|from|real|this|"
    r"that|one|those|related|at|in|on|proof)\b",
    re.IGNORECASE,
)


_BROKEN = re.compile(
    r"[“”\"?!:;…]|\.\.|\.[’'] |, (?:is|are|was|were|does|did) |"
    r"^(?:it|they|h?is|s?he|her|their|its|we)\b",
    re.IGNORECASE,
)


def quoted(text: str, *, claim: bool, said: bool = False) -> str:
    """Return a question that quotes ``text`` whole, "" where it is not fit to be quoted.

    Parameters
    ----------
    text
        A headline or claim, in sentence case.
    claim
        Whether it is the claim itself, not a headline about it.
    said
        Whether somebody is known to say it, so that a "not" or "why" in it is theirs.
    """
    text = _single_quoted(text.strip())
    if re.fullmatch(r"[‘'][^‘’']*[’']", text):
        text = text[1:-1]
    n_words = len(words(text))
    if text[:1] in "‘'" or not MIN_QUOTED <= n_words <= MAX_QUOTED:
        return ""
    if _BROKEN.search(text) or len(headline_sentences(text)) != 1:
        return ""
    if NOT_TEXT.search(text) or not quotes_balanced(text) or RELATIVE_DATE.search(text):
        return ""
    own = re.sub(r"(?<!\w)['‘].+?['’](?=[\s.,]|$)", "", text)
    if OWN_VOICE & set(words(re.sub(r"\bUS\b|\bU\.S\.?", "", own))):
        return ""
    if not said and (_DENIED.search(text) or _VERDICT.search(text) or DEICTIC.search(text)):
        return ""
    if META.search(re.sub(r"\bclaim(?:s|ed)?\b", "", text)) or _TAIL.search(text):
        return ""
    if check_stands_alone(f"Is it true that {text}?") or re.match(r"(?:This|These|That)\b", text):
        return ""
    text = text[0].upper() + text[1:]
    return f"What is behind {'the claim ' if claim else ''}“{text}”?"


def _single_quoted(text: str) -> str:
    """Return ``text`` with single quotation marks and without a final stop."""
    if not re.search(r"\b(?:[A-Za-z]\.){2,}$", text):
        text = text.rstrip(". ")
    return re.sub(r"[“”\"]([^“”\"]*)[“”\"]", r"‘\1’", text)


def quoted_shared_as(medium: str, shown: str) -> str:
    """Return "What does a photo shared as “…” show?", "" where the words are not fit for it.

    Parameters
    ----------
    medium
        The noun: "photo", "videos".
    shown
        As what it was shared.
    """
    inner = quoted(shown, claim=True) or quoted(f"{shown} in a picture", claim=True)
    text = _single_quoted(shown.strip())
    if re.fullmatch(r"[‘'][^‘’']*[’']", text):
        text = text[1:-1]
    if text[:1] in "‘'" or text[-1:] in "’'" or not quotes_balanced(text):
        return ""
    if not inner or len(words(text)) < 3 or re.match(_VAGUE_SHOWN, text):
        return ""
    noun = medium.lower()
    noun = {"pic": "picture", "pics": "pictures", "visuals": "videos"}.get(noun, noun)
    if noun.endswith("s"):
        return f"What do {noun} shared as “{text}” show?"
    article = "" if noun == "footage" else ("an " if noun[0] == "i" else "a ")
    return f"What does {article}{noun} shared as “{text}” show?"
