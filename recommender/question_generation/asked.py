"""Questions that headline or opening ask themselves, and headlines about pictures."""

from __future__ import annotations

import re

from recommender.question_generation.headlines import headline_sentences

ASKED_AND_ANSWERED = re.compile(
    r"^[\"“]?((?:Is|Are|Was|Were|Do|Does|Did|Has|Have|Had|Can|Could|Will|Would)\b[^?]{12,200}\?)"
    r"[\"”]?\s+(?:No|Yes|Not|That|It)\b"
)
_THIS_IN_QUESTION = re.compile(
    r"^(?:(?P<do>Do|Does) (?P<det>this|these)(?: viral| old)? (?P<shown>photo|video|image|"
    r"picture|photograph|footage)"
    r"(?P<s>s?)(?: really| actually)? show|(?P<is>Is|Are) (?:this|these)(?: an?| the)?(?: real|"
    r" viral| genuine|"
    r" authentic)? (?P<of>photo|video|image|picture|photograph)(?P<ofs>s?) of) ",
    re.IGNORECASE,
)
_NOT_A_PHOTO = re.compile(
    r"^(?P<no>No, )?(?:(?:this|that|these) (?:is|are)(?:n['’]t| not)(?: an?| the)? (?:\w+ )?"
    r"(?P<noun>photos?|pictures?|images?|videos?|photographs?)|(?:this|these) (?:\w+ )?"
    r"(?P<other>photos?|pictures?|images?|videos?|photographs?) (?:is|are)(?:n['’]t| not)) of ",
    re.IGNORECASE,
)
_AN = ("a", "an")


def first_asked_question(headline: str) -> str:
    """Return the question that a headline asks, without what it adds."""
    headline = re.sub(r"\b(?:currently|really|actually) ", "", headline)
    headline = _THIS_IN_QUESTION.sub(_asked_about_picture, headline)
    match = re.match(r"^[\"“‘']?(.*?\?)[\"”’']?(?:\s|$)", headline)
    if match is None:
        return ""
    asked = match.group(1).strip()
    asked = re.split(r"(?<=[a-z0-9\"”’%)])[:;–—]\s+|\s[–—-]\s", headline_sentences(asked)[-1])[-1]
    return f"{asked[0].upper()}{asked[1:]}" if asked else ""


def _asked_about_picture(match: re.Match[str]) -> str:
    noun = match["shown"] or match["of"]
    if match["s"] or match["ofs"]:
        return f"Do {noun}s show "
    return (
        "Does footage show "
        if noun == "footage"
        else f"Does {_AN[noun[0] in 'aeiou']} {noun} show "
    )


def asked_media_first(headline: str) -> str:
    """Return "This is not a photo of …" as "This photo does not show …"."""
    return _NOT_A_PHOTO.sub(
        lambda m: (
            f"{m['no'] or ''}this {m['noun'] or m['other']} does not show "
            if (m["noun"] or m["other"])[-1] != "s"
            else f"{m['no'] or ''}these {m['noun'] or m['other']} do not show "
        ),
        headline,
    )
