"""Pictures that a headline speaks of, and questions about them in the headline's own words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from recommender.grammar.media import PICTURES
from recommender.grammar.parse import Parse, Token, joined
from recommender.question_generation.review import fit

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
_TWO_SIDES = re.compile(
    r"\b(?:not|no|never|but|which|although|while|it|they|he|she|actually|instead|rather)\b|"
    r"n['’]t\b|--|[;:,] ",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Picture:
    """What a picture shows: its noun, whether there are several, and the words for the content."""

    noun: str
    plural: bool
    content: str
    rule: str

    def question(self) -> str:
        """Return "What is behind a video of …?", "" where it is not fit."""
        noun = f"{self.noun}s" if self.plural else f"{_an(self.noun)} {self.noun}"
        link = "of" if self.rule == "picture of" else f"that {'show' if self.plural else 'shows'}"
        question = f"What is behind {noun} {link} {self.content}?"
        return "" if _TWO_SIDES.search(self.content) or fit(question, made=False) else question


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
        if token.dep not in {"nsubj", "nsubjpass", "ROOT"}:
            continue
        phrase = _phrase_of(parse, token)
        if phrase:
            noun = {"pic": "picture"}.get(token.lemma.lower(), token.lemma.lower())
            return Picture(noun, token.tag == "NNS", joined(phrase), "picture of")
    return None


def _phrase_of(parse: Parse, noun: Token) -> list[Token]:
    """Return what follows "of" directly behind the noun, [] where nothing does."""
    of = [c for c in parse.children(noun, "prep") if c.low == "of" and c.place == noun.place + 1]
    objects = parse.children(of[0], "pobj") if of else []
    if len(objects) != 1:
        return []
    phrase = parse.subtree(objects[0])
    whole = phrase[-1].place - phrase[0].place == len(phrase) - 1
    return phrase if whole and phrase[0].place == of[0].place + 1 else []


def _an(noun: str) -> str:
    return "an" if noun[0] in "aeiou" else "a"
