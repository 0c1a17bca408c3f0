"""Pictures that a headline speaks of, and questions about them in the headline's own words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from recommender.grammar.casing import is_title_case
from recommender.grammar.media import PICTURES
from recommender.grammar.parse import Parse, Token, joined_tokens
from recommender.question_generation.review import review_made_question

_SHOWS = re.compile(
    r"^(?:this|these|the) (?:viral |old )?(?P<noun>photo|photograph|picture|image|video|clip)"
    r"(?P<s>s?) (?:actually |really |in fact )?shows? (?P<shown>.+)$",
    re.IGNORECASE,
)
_IS_OF = re.compile(
    r"^(?:this|these|it) (?:is|are) (?:actually |really |in fact )?(?:an? |the )?(?:old |real |"
    r"genuine |authentic |viral )?(?P<noun>photo|photograph|picture|image|video|clip)(?P<s>s?) of "
    r"(?P<shown>.+)$",
    re.IGNORECASE,
)
MIN_CONTENT = 3  # words that say what a picture shows: fewer are only a name
_AFTER_CONTENT = frozenset(
    """shared viral falsely wrongly being revived circulated circulating peddled passed not
    resurfaced used linked""".split()
)
_TWO_SIDES = re.compile(
    r"\b(?:not|no|never|but|which|although|while|it|they|he|she|actually|instead|rather)\b|"
    r"n['’]t\b|--|[;:,] ",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Picture:
    """What a picture shows: its noun, whether there are several, and the words for the content.

    ``tokens`` are those of the content, empty where it is the rest of the headline.
    """

    noun: str
    plural: bool
    content: str
    rule: str
    tokens: tuple[Token, ...] = ()

    def question(self) -> str:
        """Return "What is behind a video of …?", "" where it is not fit."""
        noun = f"{self.noun}s" if self.plural else f"{_picture_with_article(self.noun)} {self.noun}"
        link = (
            "of"
            if self.rule == "picture of"
            else "showing"
            if self.tokens
            else f"that {'show' if self.plural else 'shows'}"
        )
        question = f"What is behind {noun} {link} {self.content}?"
        if is_title_case(self.content) or _TWO_SIDES.search(self.content):
            return ""
        return "" if review_made_question(question, made=False) else question


def picture_in(headline: str, parse: Parse | None) -> Picture | None:
    """Return the picture that the headline is about, None where it is about none."""
    text = re.sub(r"^(?:no|yes), ", "", headline, flags=re.IGNORECASE).rstrip(".")
    for pattern, rule in ((_SHOWS, "picture that shows"), (_IS_OF, "picture of")):
        if match := pattern.match(text):
            content = match["shown"]
            return Picture(match["noun"].lower(), bool(match["s"]), content, rule)
    return _subject_picture(parse) if parse is not None else None


def _subject_picture(parse: Parse) -> Picture | None:
    """Return the picture that is the subject of the headline: "Old video of … is not from …"."""
    for token in parse.tokens:
        if token.lemma.lower() not in PICTURES or token.tag not in {"NN", "NNS"}:
            continue
        phrase = _phrase_of_picture(parse, token)
        if phrase:
            noun = {"pic": "picture"}.get(token.lemma.lower(), token.lemma.lower())
            link = parse.tokens[token.place + 1].low
            rule = "picture of" if link == "of" else "picture showing"
            return Picture(noun, token.tag == "NNS", joined_tokens(phrase), rule, tuple(phrase))
    return None


def _phrase_of_picture(parse: Parse, noun: Token) -> list[Token]:
    """Return what follows "of" or "showing" behind the noun, up to what is said of it."""
    following = parse.tokens[noun.place + 1 :]
    if len(following) < MIN_CONTENT or following[0].low not in {"of", "showing"}:
        return []
    phrase: list[Token] = []
    for token in following[1:]:
        if token.tag in {"VBZ", "VBP", "VBD", "MD"} or token.low in _AFTER_CONTENT:
            return phrase if len(phrase) >= MIN_CONTENT else []
        phrase.append(token)
    return phrase if len(phrase) >= MIN_CONTENT else []


def _picture_with_article(noun: str) -> str:
    return "an" if noun[0] in "aeiou" else "a"
