"""What a query says beyond its own letters: mistyped words put right, prefixes, synonyms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.analysis.stopwords import STOPWORDS
from corpus.analysis.tokenizer import fold, stem, token_spans, tokenize
from index.query.spelling import SpellingIndex
from index.query.synonyms import Synonyms, SynonymTable
from index.storage.arrays import (
    array_path,
    check_ids,
    check_shape,
    frozen,
    open_arrays,
    save_arrays,
)
from index.terms.term_dictionary import TermDictionary

_NAME = "vocabulary"
MOST_MISTYPED = 8  # words of a query that are looked up; a page in another language has thousands
MOST_BEGUN = 16  # words of a prefix that count in the ranking; all of them are found
BEGUN = 0.5  # their weight


@dataclass(frozen=True, slots=True)
class RewrittenQuery:
    """A query as it is searched for.

    ``text`` is the query with each word that the archive lacks replaced by the nearest one that it
    has; ``added`` are terms that were not typed, with what they count beside 1 for a typed one.
    """

    text: str
    added: Mapping[str, float] = field(default_factory=dict)
    stopwords: frozenset[str] = STOPWORDS


@dataclass(frozen=True, eq=False, slots=True)
class Vocabulary:
    """The words of an archive as they are spelt, with the term that each is found by.

    ``alphabet`` int32 [n]: positions in ``spelling.words``, by the alphabet; ``terms`` uint32 [n]:
    the term of word ``alphabet[i]``.
    """

    spelling: SpellingIndex
    alphabet: NDArray[np.int32]
    terms: NDArray[np.uint32]

    @classmethod
    def build(cls, term_of: Mapping[str, int], occurrences: NDArray[np.int64]) -> Vocabulary:
        """Return the vocabulary of folded words; ``occurrences`` int64 [n_terms] counts each term.

        A word counts as often as all forms of it together.
        """
        spelt = list(term_of)
        counts = occurrences[np.fromiter(term_of.values(), np.int64, len(spelt))]
        spelling = SpellingIndex.build(spelt, counts)
        kept = [spelling.words[i] for i in range(len(spelling.words))]
        alphabet = sorted(range(len(kept)), key=kept.__getitem__)
        return cls(
            spelling,
            frozen(np.array(alphabet, np.int32)),
            frozen(np.array([term_of[kept[i]] for i in alphabet], np.uint32)),
        )

    def save(self, folder: Path) -> None:
        """Write the vocabulary into ``folder``, which exists."""
        self.spelling.save(folder)
        save_arrays(folder, _NAME, alphabet=self.alphabet, terms=self.terms)

    @classmethod
    def open(cls, folder: Path, n_terms: int) -> Vocabulary:
        """Return the vocabulary that ``save`` wrote for ``n_terms`` terms, memory-mapped.

        Raises
        ------
        ArchiveError
            A file is missing or damaged.
        """
        spelling = SpellingIndex.open(folder)
        arrays = open_arrays(folder, _NAME, alphabet=(np.int32, 1), terms=(np.uint32, 1))
        for (name, array), n in zip(arrays.items(), (len(spelling.words), n_terms), strict=True):
            check_shape(array_path(folder, _NAME, name), array, len(spelling.words))
            check_ids(array_path(folder, _NAME, name), array, n)
        return cls(spelling, **arrays)

    def beginning(self, prefix: str) -> tuple[NDArray[np.uint32], list[str]]:
        """Return the terms of all words that begin with ``prefix``, and words of the commonest.

        The terms are distinct and ascending; the words, one for each of at most ``MOST_BEGUN``
        terms, come with the most frequent first, ties by the alphabet.
        """
        first = self._place(prefix)
        last = self._place(prefix + "\U0010ffff")
        terms, at = np.unique(self.terms[first:last], return_index=True)  # one word for each term
        counts = self.spelling.counts[self.alphabet[first + at]]
        order = np.lexsort((at, -counts))[:MOST_BEGUN]
        best = [self.spelling.words[int(self.alphabet[first + i])] for i in at[order].tolist()]
        return terms, best

    def _place(self, key: str) -> int:
        low, high = 0, len(self.alphabet)
        while low < high:
            middle = (low + high) >> 1
            if self.spelling.words[int(self.alphabet[middle])] < key:
                low = middle + 1
            else:
                high = middle
        return low


class QueryRewriter:
    """Reads queries with the words of one archive; safe for any number of threads."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        terms: TermDictionary,
        synonyms: Synonyms | None = None,
    ) -> None:
        """Rewrite for an archive with these words and terms.

        Parameters
        ----------
        vocabulary
            The archive's words as they are spelt.
        terms
            Their terms; a word whose term is among them is never replaced.
        synonyms
            The operators' synonyms and stop words, none by default.
        """
        self.vocabulary = vocabulary
        self._terms = terms
        self._synonyms = synonyms

    def rewrite(self, text: str, prefix: str = "") -> RewrittenQuery:
        """Return ``text`` as it is searched for; ``prefix`` is a begun word beside it.

        Only words that the archive lacks are replaced, so whoever holds the typed word is found by
        it and by nothing weaker. At most ``MOST_MISTYPED`` words are looked up.
        """
        table = self._synonyms.table if self._synonyms else SynonymTable()
        added: dict[str, float] = {}
        text = self._put_right(text, table)
        if prefix:
            _, begun = self.vocabulary.beginning(prefix)
            text = f"{text} {begun[0] if begun else prefix}".strip()
            for word in begun[1:]:
                added.setdefault(stem(word), BEGUN)
        if table.others:
            for term, weight in table.expand(tokenize(text)):
                if weight < 1.0:
                    added[term] = max(weight, added.get(term, 0.0))
        return RewrittenQuery(text, added, table.stopwords)

    def corrected(self, text: str, typed: Sequence[str]) -> str:
        """Return ``text`` with those of its words ``typed`` that are mistyped put right, or ""."""
        better = self.vocabulary.spelling.did_you_mean(typed)
        if better is None:
            return ""
        changed = {fold(a): b for a, b in zip(typed, better, strict=True) if fold(a) != b}
        for _, start, end in reversed(token_spans(text)):
            if right := changed.get(fold(text[start:end])):
                text = text[:start] + right + text[end:]
        return text

    def _put_right(self, text: str, table: SynonymTable) -> str:
        # The nearest word alone: a second or third one beside it, weighed by whatever, or the one
        # that stands with the other words most often, earned nothing; benchmarks/README.md.
        left = MOST_MISTYPED
        right: list[tuple[int, int, str]] = []
        for term, start, end in token_spans(text):
            if term in self._terms or left == 0 or (term,) in table.others:
                continue
            left -= 1
            if variants := self.vocabulary.spelling.variants(text[start:end], limit=1):
                right.append((start, end, variants[0][0]))
        for start, end, word in reversed(right):
            as_typed = word.capitalize() if text[start].isupper() else word  # a name stays one
            text = text[:start] + as_typed + text[end:]
        return text
