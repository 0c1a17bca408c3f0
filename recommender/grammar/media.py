"""Nouns of pictures and posts, and how a question speaks of one: "a photo" for "this photo"."""

from __future__ import annotations

import re

from recommender.grammar.parse import Token

MEDIA = frozenset(
    """photo photograph picture image video clip footage graphic poster screenshot meme map
    chart post message letter document tweet quote article advertisement ad advert recording
    audio""".split()
)
PICTURES = frozenset(
    """photo photograph picture image video clip footage graphic poster screenshot map
    document""".split()
)
_MASS_MEDIA = frozenset({"footage", "audio"})
_VIRAL = re.compile(r"^(?:viral|old|edited|doctored|widely shared|alleged) ", re.IGNORECASE)


def media_phrase(noun: Token, rest: str) -> str:
    """Return "a photo …" for "this photo …", "photos …" for "these photos …"."""
    rest = _VIRAL.sub("", rest)
    if noun.tag == "NNS" or noun.lemma.lower() in _MASS_MEDIA:
        return rest
    return f"{'an' if rest[:1].lower() in 'aeiou' else 'a'} {rest}"
