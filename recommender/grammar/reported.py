"""Reported claims in a parsed sentence: "posts claim that …", "a photo that claims to show …"."""

from __future__ import annotations

import re

from recommender.grammar.parse import Parse, Token

CALLED_FALSE = re.compile(r"\b(?:false|hoax|fake|claim)\b", re.IGNORECASE)
SAID = frozenset("say claim allege argue contend assert insist maintain state suggest".split())


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
