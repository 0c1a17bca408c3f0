"""Reported claims in a parsed sentence: "posts claim that …", "a photo that claims to show …"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recommender.grammar.casing import is_title_case
from recommender.question_generation.headlines import cleaned
from recommender.grammar.media import PICTURES
from recommender.grammar.parse import Parse, Token, joined

CALLED_FALSE = re.compile(r"\b(?:false|hoax|fake|claim)\b", re.IGNORECASE)
ABOUT_A_QUOTE = re.compile(
    r"\bquot|\b(?:say|said|saying|tweet\w*) this\b|\bdid\b.{3,60}\bsay\b|\bdid(?:n['’]t|"
    r" not) (?:say|claim|tweet|call|"
    r"write)\b",
    re.IGNORECASE,
)
SAID = frozenset("say claim allege argue contend assert insist maintain state suggest".split())
_CLAIMS = frozenset(
    "claim allegation rumor rumour message caption text evidence proof suggestion".split()
)


def claims_in(parse: Parse) -> Iterator[tuple[Token, str, str]]:
    """Return the verbs of claimed clauses, each with its photo or video and who claims it.

    Both are empty where the sentence has none.
    """
    media = next(
        (t for t in parse.tokens if t.lemma.lower() in PICTURES and t.tag in {"NN", "NNS"}), None
    )
    phrase = _a_medium(media) if media is not None else ""
    for token in parse.tokens:
        lemma = token.lemma.lower()
        if token.tag.startswith("VB") and lemma in SAID | {"purport"}:
            if parse.children(token, "neg"):
                continue
            who = _name_of_subject(parse, token)
            if lemma in {"say", "state", "suggest"} and not who:
                who = "?"
            for child in parse.children(token, "ccomp"):
                yield child, phrase, who
            for child in parse.children(token, "xcomp"):
                if phrase and child.lemma == "show" and child.tag == "VB":
                    yield child, phrase, ""
        elif token.tag in {"NN", "NNS"} and lemma in _CLAIMS:
            for child in parse.children(token, "acl", "ccomp", "relcl"):
                if child.tag in {"VBZ", "VBP", "VBD", "MD"} or parse.children(child, "aux"):
                    yield child, phrase, ""


def _name_of_subject(parse: Parse, verb: Token) -> str:
    subject = next(iter(parse.children(verb, "nsubj")), None)
    if subject is None or subject.tag != "NNP":
        return ""
    name = parse.subtree(subject)
    return joined(name) if all(t.tag == "NNP" for t in name) and len(name) <= 4 else ""


def _a_medium(noun: Token) -> str:
    if noun.tag == "NNS":
        return noun.text.lower()
    low = noun.text.lower()
    return low if low in {"footage", "audio"} else f"{'an' if low[0] in 'aeiou' else 'a'} {low}"


def shown_question(parse: Parse, show: Token, phrase: str) -> str:
    """Return "Does a photo show …?" for "a photo that claims to show …"."""
    shown = parse.children(show, "dobj")
    if len(shown) != 1 or parse.children(show, "ccomp", "mark"):
        return ""
    after = [t for t in parse.subtree(show) if t.place > show.place]
    do = "Does" if phrase.startswith(("a ", "an ")) or phrase in {"footage", "audio"} else "Do"
    return f"{do} {phrase} show {joined(after)}".rstrip(" .,;") + "?"


def full_name(who: str, headline: str) -> str:
    """Return the name as the headline has it, with the first name; ``who`` where it has none."""
    if not who:
        return ""
    last = re.escape(who.split()[-1])
    match = re.search(rf"\b((?:[A-Z][\w.'-]+ ){{1,3}}{last})\b", cleaned(headline))
    found = match.group(1) if match and not is_title_case(headline) else who
    return found


def shows_something(parse: Parse, verb: Token) -> bool:
    """Return whether "shows" has an object: a thing, or somebody doing something."""
    shown = [o for o in parse.children(verb, "dobj") if o.place > verb.place]
    if shown:
        below = parse.subtree(shown[0])
        said = any(t.tag in {"VBG", "VBN", "VBZ", "VBD"} or t.dep == "prep" for t in below)
        return said and not all(t.tag[:3] in {"NNP", "IN", "DT", ",", "-LR", "-RR"} for t in below)
    return any(
        c.tag == "VBG" and parse.children(c, "nsubj") and not parse.children(c, "mark", "aux")
        for c in parse.children(verb, "ccomp")
    )
