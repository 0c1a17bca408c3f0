"""Wording checks of a question: well-formed, standing alone, neutral, specific.

Every check is a pure function: text in, ``None`` or the flag out. The checks are rules and not a
model, because an editor who reads "flagged: presupposes that somebody is hiding something" can
agree or disagree with it. A flag ranks a question down; it never removes an editor's own question.
"""

from __future__ import annotations

import re

from corpus.analysis.stopwords import (
    AUXILIARIES,
    NEGATIVE_CONTRACTIONS,
    QUESTION_WORDS,
    STOPWORDS,
)
from corpus.analysis.tokenizer import stem, words
from recommender.wording.flags import Flag
from recommender.wording.neutrality import check_neutrality

MIN_WORDS, MAX_WORDS = 3, 40  # fewer name no subject; more are not read at a glance
MAX_CHARACTERS = 250  # four lines on a phone
MAX_OPENING_WORDS = 8  # among which a question word may follow: "In which of these states …"


def check_wording(text: str) -> tuple[Flag, ...]:
    """Return every fault of a question, at most one of each kind; empty for a good question."""
    checks = (check_form, check_stands_alone, check_neutrality, check_specific)
    return tuple(flag for check in checks if (flag := check(text)) is not None)


_OPENS = QUESTION_WORDS | AUXILIARIES | {"be", "been"}
_PREPOSITIONS = frozenset(
    "about after at before by during for from in into of on over since through to under until "
    "with within without".split()
)
_ENDS_INSIDE = re.compile(r"[.!?…]+[\"'”’)]*\s+(?=[\"'“‘(]*[^\W\d_a-zà-ÿ])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Jr|Sr|Gov|Sen|Rep|Gen|Lt|Col|Prof|No|vs|Inc|Co|Mt|Ft)|\b[A-Z])\.\s+$"
)


def check_form(text: str) -> Flag | None:
    """Flag what is not one question of a sensible length that ends in one question mark."""
    text = text.strip()
    tokens = words(text)

    def flag(reason: str, found: str = "") -> Flag:
        return Flag("not well formed", reason, found)

    if not text.endswith(("?", "?”", '?"', "?)")):
        return flag("does not end in a question mark")
    if len(tokens) < MIN_WORDS:
        return flag(f"shorter than {MIN_WORDS} words")
    if len(tokens) > MAX_WORDS or len(text) > MAX_CHARACTERS:
        return flag(f"longer than {MAX_WORDS} words or {MAX_CHARACTERS} characters")
    for match in _ENDS_INSIDE.finditer(text):
        if not _ABBREVIATION.search(text[: match.end()]):
            return flag("more than one sentence", text[match.start()])
    if text.count("?") > 1 + text.count("?”") + text.count("?’") or "!" in text:
        return flag("more than one question or exclamation mark", "?" if "!" not in text else "!")
    if not any(word in _OPENS or word in NEGATIVE_CONTRACTIONS for word in tokens):
        return flag("nothing in it asks: no question word and no verb in front")
    if opening := _check_unclosed(text):
        return flag("an opened bracket or quotation is not closed", opening)
    first = next((c for c in text if c.isalnum()), "")
    if first.islower() and len(first) == 1 and not re.match(r"\W*[a-z]+[A-Z]", text):
        return flag("begins with a small letter", first)
    if (
        tokens[0] not in _OPENS
        and tokens[0] not in NEGATIVE_CONTRACTIONS
        and not _check_asks_later(tokens)
    ):
        return flag("reads like a statement with a question mark", tokens[0])
    return None


def _check_unclosed(text: str) -> str:
    """Return the bracket or quotation mark that is opened and not closed, "" for none."""
    for opening, closing in ("()", "[]", "“”"):
        if text.count(opening) != text.count(closing):
            return opening
    return '"' if text.count('"') % 2 else ""


def _check_asks_later(tokens: list[str]) -> bool:
    """Return whether a question word follows, as in "In which …" or "When it rains, do …"."""
    if any(word in QUESTION_WORDS for word in tokens[:MAX_OPENING_WORDS]):
        return True
    return tokens[0] in _PREPOSITIONS | {"if", "once", "while", "because", "although", "given"}


# Expletive "it", which refers to nothing before it: Is it legal to …? How long does it take to …?
_EXPLETIVE = re.compile(
    r"\bit\s+(?:\w+ly\s+)?(?:(?:be|been|ever|still|really|always|also|more|less|too|so|a|an|the)\s+)*"
    r"[\w-]+(?:\s+[\w-]+){0,4}?\s+(?:to|that|for|when|if|whether|before|until)\b"
    r"|\bit\s+(?:rain|snow|take|cost|matter|mean)\w*\b"
    r"|\bis it (?:\w+ )?(?:true|possible|legal|illegal) ",
    re.IGNORECASE,
)
_PERSONS = frozenset("he she him her his hers himself herself".split())
_THINGS = frozenset("it its itself they them their theirs themselves".split())
_NO_REFERENCE = frozenset(
    "people person someone anyone thing things kind sort type way much many long old often far "
    "really actually still ever even true also else other percent".split()
)
_DOCUMENT = (
    "study|studies|claim|claims|article|report|video|videos|post|posts|photo|photos|photograph|"
    "image|images|picture|author|authors|researchers|statement|quote|tweet|meme|speaker|clip|"
    "footage|event|incident|decision|survey|poll|paper|findings|document|rumour|"
    "rumor|story|allegation|allegations|accusation|fact[- ]check|fact[- ]checkers?|screenshot"
)
_THE_DOCUMENT = re.compile(
    rf"\b[Tt]he (?:above |same |said |original )?({_DOCUMENT})\b(?! office| horizon| line\b|-)"
)
_SAYS_WHICH = re.compile(
    r"\s+(?:[\"“‘']|(?:of|by|from|that|which|who|in|on|about|at|for|to|showing|published|made|called|named|"
    r"behind|with|against|between|taken|titled|claiming|during)\b)"
)
_THIS = re.compile(r"\b(this|these|those|such)\b(?:\s+(?:an?\s+)?([\w-]+))?", re.IGNORECASE)
_THAT = re.compile(
    r"^(?:\w+\s+){0,2}?(?:is|was|did|does|would|will|could|of|about|do|to|for|by|with)\s+(that)\b"
    r"(?!\s+(?:the|a|an|all|no|there|every|most|some|any)\b)",
    re.IGNORECASE,
)
_CARRIES_ON = re.compile(r"^(and|but|so|also|then|or|what about|how about)\b", re.I)
_DANGLES_LAST = re.compile(r"\b(there|here|then|so|thereafter|instead|otherwise)\?\W*$", re.I)
_RELATIVE_DATE = re.compile(
    r"\b(this (?:year|month|week|summer|winter|spring|autumn|fall|morning|election)|last (?:year|"
    r"month|week|night)|next (?:year|month|week)|yesterday|today's|tomorrow|tonight|recently)\b",
    re.IGNORECASE,
)


def check_stands_alone(text: str) -> Flag | None:
    """Flag a question that needs its page: this, they, it, the study, without what is meant."""

    def flag(word: str) -> Flag:
        return Flag("does not stand alone", f"does not say what “{word}” stands for", word)

    if match := _CARRIES_ON.match(text.strip("\"'“‘ ")):
        return Flag("does not stand alone", "carries on from something said before", match.group(1))
    if match := _RELATIVE_DATE.search(text):
        word = match.group(1)
        return Flag("does not stand alone", f"“{word}” depends on the day of reading", word)
    if match := _THAT.match(text):
        return flag(match.group(1))
    if found := _check_demonstrative(text) or _check_document(text) or _check_pronoun(text):
        return flag(found)
    if match := _DANGLES_LAST.search(text):
        return flag(match.group(1))
    return None


def _check_demonstrative(text: str) -> str:
    """Return the first "this claim", "those", "such a law" that nothing before it explains."""
    for match in _THIS.finditer(text):
        word, noun = match.group(1), (match.group(2) or "").lower()
        if word.lower() == "those" and noun in {"who", "with", "that", "in", "of", "without"}:
            continue
        if word.lower() == "those" and (noun.endswith(("ly", "ed")) or noun in {"made", "sold"}):
            continue
        if word.lower() == "such" and (noun == "as" or _check_mentions(text[: match.start()])):
            continue
        documents = re.fullmatch(_DOCUMENT, noun) is not None
        clause = re.search(r"[,;:—–]|\b(?:and|if|when|after|because)\b", text[: match.start()])
        if documents or not (clause and _check_mentions(text[: match.start()])):
            return f"{word} {noun}".strip()
    return ""


def _check_document(text: str) -> str:
    """Return the first "the study", "the report" of which nothing says which one."""
    for match in _THE_DOCUMENT.finditer(text):
        noun = match.group(1).lower()
        before = text[: match.start()].lower()
        if not _SAYS_WHICH.match(text[match.end() :]) and stem(noun) not in map(
            stem, words(before)
        ):
            return match.group()
    return ""


def _check_pronoun(text: str) -> str:
    """Return the first pronoun that has nothing before it to stand for."""
    expletive = {m.start() for m in _EXPLETIVE.finditer(text)}
    expletive |= {
        m.start() + m.group().lower().index("it ", 1)
        for m in _EXPLETIVE.finditer(text)
        if m.group().lower().startswith("is it")
    }
    for match in re.finditer(r"[^\W\d_]+", text):
        word = match.group().lower()
        if word in _PERSONS | _THINGS and match.group() != "IT":
            if match.start() in expletive:
                continue
            if not _check_mentions(text[: match.start()]):
                return match.group()
    return ""


def _check_mentions(before: str) -> bool:
    """Return whether something is named that a pronoun after ``before`` can stand for."""
    return any(
        word not in STOPWORDS and word not in _NO_REFERENCE and word not in _OPENS
        for word in words(before)
    )


_VAGUE = frozenset(
    stem(word)
    for word in """people person someone anyone everyone anybody everybody thing things claim
    claims claimed true false real fact facts truth evidence proof happen happened happening mean
    means know known say says said tell think believe work works worked help cause causes caused
    effect effects affect reason reasons important matter matters source sources information
    answer question problem issue issues situation case example way ways kind type sort part
    today now really actually exactly ever still many much often long old good bad better best
    worse right wrong make made making take taken come came go went get got use used using
    different difference next first last new other others another one two like look want need
    role play current currently recent latest number numbers would could context background
    story point main full complete official details detail experts expert""".split()
)


def check_specific(text: str) -> Flag | None:
    """Flag a question whose every word fits any page: nothing in it names a subject."""
    content = [
        word
        for word in words(text)
        if word not in STOPWORDS and word not in _OPENS and stem(word) not in _VAGUE
    ]
    if any(len(word) > 1 or word.isdigit() for word in content):
        return None
    return Flag("not specific", "names no subject: it could stand on any page")
