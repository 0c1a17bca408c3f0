"""Last look at a question made from a check: well formed, standing alone, neutral, short enough."""

from __future__ import annotations

import re

from corpus.analysis.stopwords import AUXILIARIES, STOPWORDS
from corpus.analysis.tokenizer import stem, words
from recommender.grammar.words import OWN_VOICE
from recommender.wording.checks import check_wording

MIN_WORDS, MAX_WORDS = 4, 25

NOT_TEXT = re.compile(
    r"https?:|www\.|[#@]\w|\.(?:com|org|in)\b|[\U0001f000-\U0001faff\u2600-\u27bf]|[|"
    r"<>{}\[\]_*~=;…]|\.\.|--"
    r"|\s[-–—/:]|[–—:,]\?|:\s|[^\x00-\u024f\u2010-\u2027\u20a0-\u20cf]"
)
META = re.compile(
    r"\b(fact[- ]?check\w*|debunk\w*|hoax\w*|fake|false|falsely|untrue|misleading\w*|misquot\w*|"
    r"bogus|satir\w*|"
    r"viral|rumou?rs?|resurfac\w*|circulat\w*|shared as|doctored|photoshop\w*|morphed|"
    r"misattribut\w*|"
    r"unproven|baseless|myths?|truth|misinformation|disinformation|claims?|claimed|claiming|"
    r"pants on fire|half[- ]true|wrong|wrongly|out of context|exaggerat\w*|distort\w*|"
    r"misrepresent\w*|mislead\w*|overstat\w*|unrelated|correct|incorrect|almost believed|"
    r"other news|i\.e|e\.g|doing (?:the )?rounds|here['’]s|fabricated|spurious|so-called|"
    r"unfounded|pinocchios?|scoop|murky|one problem|cherry-pick\w*|fact-?checks?|stor(?:y|"
    r"ies) (?:about|of)|dubious|purported\w*|supposed\w*|alleg\w*|netizens?|"
    r"inaccurate\w*|accurate|(?:needs?|lacks?|missing) context|(?:on|off) the mark|off base|"
    r"its math|news of|clickbait|prank\w*|parody|"
    r"edited|manipulated|altered|staged|(?:is|are) (?:mostly|partly|half) true|huh)\b",
    re.IGNORECASE,
)
DEICTIC = re.compile(
    r"\b(today|yesterday|tomorrow|tonight|now|currently|recently|ago|so far|this (?:year|month|"
    r"week|"
    r"summer|winter|spring|fall|morning|day|time|season|session|cycle|decade|century|country|"
    r"state)|"
    r"(?:last|next|past|previous|coming|following|same) (?:year|month|week|night|summer|day|fall|"
    r"spring|"
    r"winter|decade|(?:\w+ )?(?:years|months|weeks|days|hours|decades)|election|session|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday)|already|latest|"
    r"on (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)|here|above|below|later|"
    r"earlier|"
    r"again|instead|too|such)\b",
    re.IGNORECASE,
)
RELATIVE_DATE = re.compile(
    r"\b(?:today|yesterday|tomorrow|tonight|(?:this|last|next|past|previous|coming) (?:\w+ )?"
    r"(?:years?|months?|weeks?|days?|night|summer|winter|spring|fall|decades?|hours?)|ago|this|these|those)\b",
    re.IGNORECASE,
)
_DEMONSTRATIVE = re.compile(r"\b(this|these|those|such)\b", re.IGNORECASE)
_HEADLINESE = re.compile(
    r"^Does (?:photos|videos|pictures|images)\b|^(?:Is|Are|Was|Were) [^?‘'\"]{3,40} [‘'\"](?:won|"
    r"lost|\w+ed) |^(?:Was|Is|Were|Are) (?:[\w.]+ ){1,3}first to |\bname best |"
    r"\bwith the accused\b|^(?:Was|Is|Are|Were) (?:[\w.'’-]+ ){1,4}(?<!the )only "
    r"(?!a\b|an\b|the\b|one\b|"
    r"\d|in\b|for\b|about\b|"
    r"after\b|by\b)|"
    r"^(?:Is|Are|Was|Were) (?:videos?|photos?|images?|pictures?|clips?) |\b(?:Is|"
    r"Was) the former \w+|"
    r"\bthe (?:India|Pakistan|China|Africa|America|Europe)\b(?!-| [A-Z])|\d- |\bshow (?:him|her|"
    r"them|it)\b|\b(?:among|at|in|to|is|are|was|of|for) (?:first|only|most|biggest|largest|"
    r"highest|lowest|worst|best|same|national one)\b"
    r"(?! (?:of|in|all|people|aid|sight|time|cases|states|americans|countries|class|place))|"
    r"\bamong (?:first|most|highest|lowest|worst)\b"
    r"|\bgets? (?:taken|shot)\b",
    re.IGNORECASE,
)
_DANGLING = re.compile(
    r"\b(it|they|them|he|she|him|who|which|"
    r"and|or|but|of|in|on|at|to|for|with|from|by|the|a|an|that|as|than|because)\?$",
    re.IGNORECASE,
)
_BROKEN = re.compile(
    r"\b(?:a|an|the) (?:of|in|on|at|for|with|from|by|to|and|or|is|are|was|were|has|have|the|a|an|"
    r"his|her|"
    r"their|its)\b|\b(?:of|for|with|from|by|to|at|in|on) (?:is|are|was|were|and|or|of)\b"
    r"|\b(?!that\b|had\b|duran\b|new\b|pago\b|bora\b)([a-z]+) \1\b|,\s*,|\s,|\(\s*\)|\"\s*\"",
    re.IGNORECASE,
)
_YES_NO = frozenset(
    """am is are was were do does did has have had can could will would may might must shall
    should""".split()
)
_OPENINGS = _YES_NO | frozenset("who whom whose what which when where why how".split())
_PRONOUN = re.compile(r"\b(he|she|him|his|her|hers|they|them|their|it|its)\b", re.IGNORECASE)
_NAMED = re.compile(r"[A-Z][\w’'-]+")


def review_made_question(question: str, *, made: bool = True, you: bool = False) -> str:  # noqa: C901
    """Return why ``question`` is not fit for the bank, "" where it is.

    Parameters
    ----------
    question
        The question, in sentence case.
    made
        Whether it was made by rule; a publisher's own question may ask with who, what, why, how.
    you
        Whether it may speak to the reader: "Does garlic protect you from a cold?".
    """
    said = words(question)
    if not MIN_WORDS <= len(said) <= MAX_WORDS:
        return "length"
    if match := NOT_TEXT.search(question):
        return f"characters {match.group()}"
    if re.search(r"['‘\"“](?:says?|said|claims?|tells?|dies|is|are)['’\"”]", question):
        return "scare quotes"
    if not quotes_balanced(question):
        return "quotation marks"
    if question.count("?") != 1 or not question.endswith("?"):
        return "question marks"
    if re.search(r"(?:^|\s)['‘\"“](?=\s|$)|[“‘] | ['’\"](?=\?)|(?<!U\.S)\.[\"”’']?\?", question):
        return "quotation marks"
    outside = re.sub(r"[\"“‘].*?[\"”’](?!\w)|(?<!\w)'.+?'(?=[\s?.,])", "", question)
    if re.search(r"\b(?:i|we|you)['’](?:re|m|ve|ll|d)\b", outside, re.IGNORECASE) or (
        OWN_VOICE - (_READER if you or not made else frozenset())
    ) & set(words(re.sub(r"\bUS\b|\bU\.S\.?", "", outside))):
        return "own voice"
    if match := DEICTIC.search(outside):
        return "time or place"
    if match := META.search(outside):
        return f"meta {match.group().lower()}"
    if _DEMONSTRATIVE.search(outside) or re.match(r"\w+ that (?:an?|the|[A-Z])\b", outside):
        return "demonstrative"
    if match := _HEADLINESE.search(outside):
        return f"headline style {match.group()}"
    if _DANGLING.search(question):
        return "dangling"
    if match := _BROKEN.search(question):
        return f"broken {match.group()}"
    if said[0] not in (_YES_NO if made else _OPENINGS):
        return "nothing that asks in front"
    if made and re.search(r"\brecent\b", outside):
        return "time or place"
    if re.search(r"\b(?:Rep|Sen|Gov|Dr|Mr|Mrs|Ms)\.? [a-z]", outside):
        return "title without a name"
    if re.match(r"How (?:many|much)\b", question) and not AUXILIARIES & set(said):
        return "no verb"
    if made and _TITLE_ALONE.search(outside):
        return "title without a name"
    if problem := _review_pronouns(outside):
        return problem
    least = 4 if said[1] == "there" else 3
    if len({stem(w) for w in said if w not in STOPWORDS}) < least:
        return "too little"
    found = check_wording(question)
    return f"{found[0].fault}: {found[0].reason}" if found else ""


_READER = frozenset("you your yours yourself".split())
_TITLE_ALONE = re.compile(
    r"\b[Tt]he (?:PM|CM|MP|MLA|[Pp]resident|[Pp]rime [Mm]inister|[Mm]inister|[Gg]overnor|"
    r"[Mm]ayor|[Ss]enator|"
    r"[Cc]ongressman|[Cc]ongresswoman|[Ll]awmaker|[Cc]andidate)\b(?! [A-Z])(?! (?:of|for|in|"
    r"from)\b)(?!['-])"
)


def _review_pronouns(question: str) -> str:
    """Return a pronoun that has nothing before it to stand for, "" where there is none."""
    for match in _PRONOUN.finditer(question):
        word = match.group().lower()
        before = question[: match.start()].split()[1:]
        if word == "it" and len(before) < 2:
            continue  # "Is it legal to …": judged by the general rules
        if word in {"he", "she", "him", "his", "her", "hers"}:
            named = any(w[:1].isupper() for w in before if w.lower() not in STOPWORDS)
            if not named and not re.search(r"\b(?:a|an) \w", " ".join(before)):
                return "pronoun"
        elif not [w for w in before if w.lower() not in STOPWORDS]:
            return "pronoun"
    return ""


def quotes_balanced(text: str) -> bool:
    """Return whether every opened quotation mark is closed."""
    if text.count('"') % 2 or text.count("“") != text.count("”"):
        return False
    if re.search(r"‘[^’]*\w'\s", text):
        return False
    if "‘" in text and text.count("‘") != len(re.findall(r"’(?!\w)", text)):
        return False
    opened = len(re.findall(r"(?<![\w.])[‘'](?=[\w$\"“])", text))
    closed = len(re.findall(r"(?<=[\w.,%!)?])[’'](?!\w)", text))
    plural = len(
        re.findall(
            r"(?<=s)[’'](?=\s(?!(?:of|in|on|and|or|to|for|is|are|was|were|by|at)\b)\w)", text
        )
    )
    return opened <= closed <= opened + plural
