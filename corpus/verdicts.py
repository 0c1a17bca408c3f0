"""What a verdict comes down to, in whatever words a publisher says it."""

from __future__ import annotations

from typing import Literal

from corpus.analysis.tokenizer import words

Ruling = Literal["true", "false", "mixed", "unproven"]

_UNPROVEN = frozenset(
    "unproven unproved unverified unsupported unknown undetermined unclear".split()
)
_UNPROVEN_PHRASES = ("no evidence", "not proven", "lacks evidence", "insufficient evidence")
_MIXED = frozenset(
    """mixed mixture half partly partially misleading exaggerated exaggeration outdated context
    barely oversimplified distorts distorted mostly""".split()
)
_FALSE = frozenset(
    """false fake wrong incorrect inaccurate untrue hoax fabricated altered doctored debunked pants
    scam satire bogus faux falso misattributed miscaptioned""".split()
)
_TRUE = frozenset("true correct accurate confirmed genuine real authentic legit vrai".split())
_NOT = frozenset("not in non isnt".split())


def ruling(verdict: str) -> Ruling | None:
    """Return what a verdict comes down to, None where it is empty or says something else.

    "Mostly false" is false and "mostly true" is true; "half true", "barely true", "misleading" and
    "missing context" are mixed.
    """
    said = words(verdict.replace("-", " "))
    if not said or {"flip", "flop"} & set(said):  # about who says it, not about what is said
        return None
    if _UNPROVEN & set(said) or any(p in " ".join(said) for p in _UNPROVEN_PHRASES):
        return "unproven"
    false, true = bool(_FALSE & set(said)), bool(_TRUE & set(said))
    if false and not true and not _NOT & set(said):
        return "mixed" if {"half", "partly", "partially"} & set(said) else "false"
    if true and not false:
        if _NOT & set(said):
            return "false"
        return "mixed" if {"half", "partly", "partially", "barely"} & set(said) else "true"
    return "mixed" if (false and true) or _MIXED & set(said) else None


def degree(verdict: str) -> int | None:
    """Return how true a verdict calls a claim, from 0 (false) to 4 (true); None: it does not say.

    1 is mostly false or barely true, 2 mixed, 3 mostly true.
    """
    said, found = set(words(verdict.replace("-", " "))), ruling(verdict)
    if found == "true":
        return 3 if {"mostly", "largely"} & said else 4
    if found == "false":
        return 1 if {"mostly", "largely"} & said else 0
    if found == "mixed":
        return 1 if "barely" in said else 2
    return None
