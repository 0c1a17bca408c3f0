"""Lemmas of verbs and nouns: exceptions, suffix rules and a word list, as WordNet's morphy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

_AUXILIARIES = {
    "am": "be", "is": "be", "are": "be", "was": "be", "were": "be", "been": "be", "being": "be",
    "'re": "be", "'m": "be", "'s": "be", "has": "have", "had": "have", "having": "have",
    "'ve": "have", "'d": "have", "does": "do", "did": "do", "done": "do", "doing": "do",
    "n't": "not", "ca": "can", "wo": "will", "'ll": "will",
}  # fmt: skip
_KINDS = {"V": "verb", "N": "noun", "J": "adj"}  # by the first letter of a Penn Treebank tag


class Lemmatizer:
    """Lemmas by tables of suffix rules, known lemmas and exceptions, each by kind of word."""

    def __init__(
        self,
        rules: Mapping[str, Sequence[Sequence[str]]],
        index: Mapping[str, Sequence[str]],
        exceptions: Mapping[str, Mapping[str, Sequence[str]]],
    ) -> None:
        kinds = set(_KINDS.values())
        self._rules = {kind: list(rules[kind]) for kind in kinds}
        self._index = {kind: frozenset(index[kind]) for kind in kinds}
        self._exceptions: dict[str, Mapping[str, Any]] = {k: exceptions[k] for k in kinds}
        self.lemma = lru_cache(maxsize=1 << 16)(self._find_lemma)

    def _find_lemma(self, text: str, tag: str) -> str:
        low = text.lower().replace("’", "'")
        if low in _AUXILIARIES and tag[:1] in "VMR":
            return _AUXILIARIES[low]
        kind = _KINDS.get(tag[:1], "")
        if not kind or tag in {"VB", "VBP", "NN", "JJ"}:
            return low
        if tag in {"NNP", "NNPS"}:
            return text
        if low in self._exceptions[kind]:
            return str(self._exceptions[kind][low][0])
        for old, new in self._rules[kind]:
            if low.endswith(old):
                form = low[: len(low) - len(old)] + new
                if form in self._index[kind]:
                    return form
        return _regular_lemma(low, tag)


def _regular_lemma(low: str, tag: str) -> str:
    """Return the lemma of a word that the list does not know: endings alone, "" where unsure."""
    if tag in {"VBZ", "NNS"} and low.endswith("s") and not low.endswith(("ss", "ies", "xes")):
        return low[:-1]
    return low if tag in {"JJR", "JJS"} else ""
