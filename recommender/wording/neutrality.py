"""Neutrality of wording: loaded words, leading questions, unproven premises.

Word lists and patterns, so that an editor sees the very words and can disagree with them. They are
English; a question in another language is not flagged.
"""

from __future__ import annotations

import re

from corpus.analysis.stopwords import NEGATIVE_CONTRACTIONS, STOPWORDS
from corpus.analysis.tokenizer import stem, words
from recommender.wording.flags import Flag

_LEADING_NEGATIONS = NEGATIVE_CONTRACTIONS - {"cant"}  # "Can't …?" may ask what is impossible
_ALWAYS_LOADED = re.compile(
    r"\b(so-called|sheeple|libtards?|big pharma|deep state|lamestream|mainstream media|"
    r"presstitutes?|witch[- ]hunts?|illegals|illegal aliens|invaders|thugs?|cronies|"
    r"shameless(?:ly)?|blatant(?:ly)?|brazen(?:ly)?|disgusting|disgraceful|outrageous|"
    r"idiotic|idiots?|stupid|insane|crazy|ridiculous|absurd|evil|sinister|monstrous|"
    r"brainwash\w*|shocking|so obviously|how dare|wake up|sham|fear-?mongering|alarmists?)\b",
    re.IGNORECASE,
)
_LEADS = re.compile(
    r"(,\s*(?:isn|aren|wasn|weren|don|doesn|didn|won|wouldn|can|couldn|shouldn|hasn|haven)['’]?t?\s+"
    r"(?:it|he|she|they|we|you|there)\s*(?=\?)|,\s*(?:right|correct|no|surely)\s*(?=\?)"
    r"|\b(?:obviously|undeniably|surely|of course|clearly|everyone knows|needless to say)\b"
    r"|\b(?:anyone|anybody|people|you|they) still (?:believe|trust|think|deny)\b"
    r"|\bwho (?:would|could) (?:ever|possibly|seriously)\b|\bhow can (?:anyone|anybody)\b"
    r"|\bfinally (?:admit|confess|stop|apologi[sz]e)\b)",
    re.IGNORECASE,
)
_PRESUMES = re.compile(
    r"\b(hid(?:e|es|ing|den)? (?:the|from|it|this|that|evidence|facts)|(?:is|are|was|were) hiding|"
    r"suppress(?:es|ed|ing)?|cover(?:s|ed|ing)? up|cover-?ups?|conceal(?:s|ed|ing)?|"
    r"censor(?:s|ed|ing)?|ignor(?:e|es|ed|ing)|secretly|admits?|betray\w*|deceiv\w*|"
    r"refus(?:e|es|ed|ing) to (?:admit|acknowledge|accept|answer|tell|debate)|"
    r"fail(?:s|ed|ing)? to (?:admit|act|protect|tell|stop)|den(?:y|ies|ied|ying) (?:the|that)|"
    r"li(?:e|es) (?:about|to us|to the)|lying|lied|liars?|rigged|rigging|misled|misleads?|"
    r"stole|stolen election|steal(?:ing|s)? (?:the|our|an)|(?:is|are|keeps?) misleading|"
    r"poison(?:s|ed|ing)? (?:us|our|the|people|children)|(?:the|this) (?:scam|hoax)|scammed|"
    r"conspiracy to|plot(?:s|ted|ting)? to|propaganda|get(?:s|ting)? away with|corrupt|"
    r"keeps? (?:lying|hiding|pushing)|getting rich|profiteer\w*)\b",
    re.IGNORECASE,
)
_TAKES_FOR_GRANTED = re.compile(
    r"^\W*(?:why|how|how long|how many more|since when|when)\b", re.IGNORECASE
)
_WILL_STOP = re.compile(
    r"^\W*(?:when|how long)\b.*\b(?:will|going to)\b.*\b(stop|admit|confess|apologi[sz]e|"
    r"keep on|come clean)\b",
    re.IGNORECASE,
)
_REPORTS = re.compile(  # whether somebody used the word is what is asked
    r"^(?:did|does|has|have|was|were)\b.*\b(?:call|say|describe|tweet|label|write|post)(?:ed|s)?\b",
    re.IGNORECASE,
)
_SHOUTS = re.compile(r"\b[A-Z]{4,}(?:\s+[A-Z]{2,})+\b")


def check_neutrality(text: str) -> Flag | None:
    """Flag loaded, leading and presupposing wording, with the words that caused it.

    A yes-or-no question may name an accusation ("Did the ministry hide the figures?"): it asks
    whether. A why or how question with the same words takes it for granted and is flagged.
    """
    match = _ALWAYS_LOADED.search(text)
    if match and not (_is_neutral_quotation(text, match.start()) or _REPORTS.match(text)):
        return Flag("not neutral", f"“{match.group()}” is loaded", match.group())
    if match := _LEADS.search(text):
        found = match.group().strip(" ,")
        return Flag("not neutral", f"“{found}” leads to one answer", found)
    opening = words(text)[:1]
    if opening and opening[0] in _LEADING_NEGATIONS:
        found = text.split()[0]
        return Flag("not neutral", f"“{found}” at the start leads to one answer", found)
    if _TAKES_FOR_GRANTED.match(text):
        match = _WILL_STOP.match(text)
        found = match.group(1) if match else ""
        if not found and (match := _PRESUMES.search(text)):
            found = "" if _is_neutral_quotation(text, match.start()) else match.group()
        if found:
            return Flag("not neutral", f"takes for granted what “{found}” says", found)
    if match := _SHOUTS.search(text):
        return Flag("not neutral", f"“{match.group()}” is shouted", match.group())
    return None


def _is_neutral_quotation(text: str, position: int) -> bool:
    """Return whether ``position`` is within quotation marks: quoted words are another's."""
    before = text[:position]
    return before.count('"') % 2 == 1 or before.count("“") > before.count("”")


_EXPLAINS = re.compile(
    r"^\W*(?:why|how (?!much|many|often|long|far|old|well)|since when)\b", re.IGNORECASE
)
_DOUBTS = frozenset(
    stem(word)
    for word in """believe believed think thought idea myth claim claimed say said story rumour
    rumor legend supposed supposedly allegedly alleged reputation call called wrongly
    mistakenly misconception quote attributed credited""".split()
)


def takes_for_granted(question: str, false_claim: str) -> Flag | None:
    """Flag a why or how question built on a claim that was found false.

    "Why does red make bulls angry?" presupposes "Red makes bulls angry."; "Where does the idea
    come from that …" does not.
    """
    if not _EXPLAINS.match(question):
        return None
    asked = {stem(word) for word in words(question)}
    claimed = {stem(word) for word in words(false_claim) if word not in STOPWORDS}
    negated = asked & {"no", "not", "never", "dont", "doesnt", "didnt", "cannot"}
    if asked & _DOUBTS or negated or len(claimed) < 2:
        return None
    if len(claimed & asked) / len(claimed) < 0.75:
        return None
    return Flag("not neutral", "takes for granted a claim that was found false", false_claim)
