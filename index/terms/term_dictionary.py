"""Term dictionary: term ↔ id; texts as arrays of term ids, stop words included."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from corpus.analysis.stopwords import STOPWORDS
from corpus.analysis.tokenizer import SECTION_BORDER, raw_tokens, raw_words, stem
from corpus.languages.function_words import function_words
from index.jit import compiled
from index.terms.token_interner import TokenInterner

MAX_REMEMBERED_CHARACTERS = 64  # a clause of a script without spaces comes only once
MAX_TOKENS = 1 << 22  # remembered, some 200 MB; after that the common ones are soon back


class TermDictionary:
    """Term → id and back. Ids are given in order of first appearance, starting with 0.

    A word has one term in the whole archive: its stem in the language of the article that had it
    first. ``exceptions`` are the words whose term is not their English stem.

    Texts are read by their tokens between white space, most of which are known already. One thread
    at a time may learn; any number may look terms up meanwhile.
    """

    def __init__(
        self,
        terms: Iterable[str] = (),
        exceptions: Mapping[str, str] | None = None,
        languages: Sequence[str] = ("en",),
    ) -> None:
        """Know ``terms`` by their ids, in order.

        Parameters
        ----------
        terms
            Those of a saved dictionary.
        exceptions
            Its exceptions.
        languages
            ISO 639-1 codes of its articles, the most common first.
        """
        self.terms: list[str] = list(terms)
        self.exceptions: dict[str, str] = dict(exceptions or {})
        self.languages = tuple(languages)
        self._seen: dict[str, str] = {}  # word → term, of those that were learned here
        self._language = "en"
        self._ids = {term: id for id, term in enumerate(self.terms)}
        self._raw = _LearnedTerms(self._learn_raw)
        self._forget_tokens()

    def __len__(self) -> int:
        return len(self.terms)

    def __contains__(self, term: object) -> bool:
        return term in self._ids

    def id(self, term: str) -> int | None:
        """Return the id of ``term``, None when no text has it."""
        return self._ids.get(term)

    def term_of(self, word: str) -> str:
        """Return the term of a folded word: that of the archive, else its stem.

        A form that the archive does not have is stemmed in each of its languages until a term is
        known; the English stem where none is.
        """
        if (known := self.exceptions.get(word)) is not None:
            return known
        english = stem(word)
        if self.languages == ("en",) or english in self:
            return english
        for language in self.languages:
            if (term := stem(word, language)) in self:
                return term
        return english

    def learn(
        self, texts: Sequence[str], language: str = "en"
    ) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
        """Return the term ids of all ``texts``, uint32, and where each text ends, int64 [n_texts].

        New terms are added. A thousand texts at once take less time than one by one. Words that
        were not met before are stemmed in ``language``, ISO 639-1.
        """
        self._language = language
        if len(self._tokens) > MAX_TOKENS:
            self._forget_tokens()
        met = len(self._tokens)
        numbers, ends = self._tokens.number(texts)
        for token in self._tokens.since(met):
            for raw in raw_tokens(token):
                self._token_terms.extend(self._raw[raw])
            self._token_ends.append(len(self._token_terms))
        return _terms_of_tokens(
            numbers,
            ends,
            np.frombuffer(self._token_ends, np.int64),
            np.frombuffer(self._token_terms or array("I", [0]), np.uint32),
        )

    def spellings(self) -> dict[str, int]:
        """Return each word that was learned, folded but not stemmed, with the id of its term."""
        return {word: self._ids[term] for word, term in self._seen.items()}

    def stop(self) -> NDArray[np.bool_]:
        """Return which terms are stop words, bool [n_terms]."""
        stop = np.zeros(len(self), np.bool_)
        listed = [*STOPWORDS, SECTION_BORDER.strip()]
        for language in self.languages:
            if language != "en":
                listed += sorted(function_words(language))
        known = (self._ids.get(self.term_of(word)) for word in listed)
        stop[[id for id in known if id is not None]] = True
        return stop

    def _forget_tokens(self) -> None:
        self._tokens = TokenInterner()
        self._token_terms = array("I")  # of all tokens, one after the other
        self._token_ends = array("q", [0])  # token p has ``terms[ends[p]:ends[p + 1]]``

    def _learned_term(self, word: str) -> str:
        term = self._seen.get(word)
        if term is None:
            known = self.exceptions.get(word)
            term = self._seen[word] = known or stem(word, self._language)
            if self._language != "en" and term != stem(word):
                self.exceptions[word] = term
        return term

    def _learn_raw(self, raw: str) -> tuple[int, ...]:
        terms = [self._learned_term(w) for w, _, _ in raw_words(raw, self._language)]
        ids = tuple(self._ids.setdefault(term, len(self._ids)) for term in terms)
        for term, id in zip(terms, ids, strict=True):
            if id == len(self.terms):
                self.terms.append(term)
        return ids


class _LearnedTerms(dict[str, tuple[int, ...]]):
    """The term ids of each token so far; a new one is learned when it is looked up."""

    def __init__(self, learn: Callable[[str], tuple[int, ...]]) -> None:
        self._learn = learn

    def __missing__(self, raw: str) -> tuple[int, ...]:
        ids = self._learn(raw)
        if len(raw) <= MAX_REMEMBERED_CHARACTERS:
            self[raw] = ids
        return ids


@compiled
def _terms_of_tokens(
    numbers: NDArray[np.int32],
    ends: NDArray[np.int64],
    token_ends: NDArray[np.int64],
    token_terms: NDArray[np.uint32],
) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    n = 0
    for number in numbers:
        n += token_ends[number + 1] - token_ends[number]
    terms, term_ends = np.empty(n, np.uint32), np.empty(ends.shape[0], np.int64)
    n, first = 0, 0
    for text in range(ends.shape[0]):
        for i in range(first, ends[text]):
            for j in range(token_ends[numbers[i]], token_ends[numbers[i] + 1]):
                terms[n] = token_terms[j]
                n += 1
        first = ends[text]
        term_ends[text] = n
    return terms, term_ends
