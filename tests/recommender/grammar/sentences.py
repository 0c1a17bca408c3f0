"""Parses written by hand, so that rules of grammar are tested without a parser.

A token is "text/tag/dep/head" or "text/lemma/tag/dep/head"; the lemma is else the text in lower
case. White space follows every token, except before punctuation and contractions.
"""

from __future__ import annotations

from recommender.grammar.parse import Parse, Token

_JOINED = frozenset({",", ".", "?", "n't", "'s", "'d", "’"})


def sentence(written: str) -> Parse:
    """Return the parse that ``written`` describes."""
    rows = [token.split("/") for token in written.split()]
    following = [row[0] for row in rows[1:]] + [""]
    return Parse(
        tuple(
            Token(
                place=place,
                text=row[0],
                space=bool(after) and after not in _JOINED,
                lemma=row[1] if len(row) == 5 else row[0].lower(),
                tag=row[-3],
                dep=row[-2],
                head=int(row[-1]),
            )
            for place, (row, after) in enumerate(zip(rows, following, strict=True))
        )
    )


def token(written: str) -> Token:
    """Return one token that is its own head: "Bats/bat/NNS/nsubj"."""
    return sentence(f"{written}/0").tokens[0]
