"""TF-IDF of questions and articles, by terms and by character n-grams, as plain arrays.

A text is a sequence of term ids (stems without stop words). Character n-grams are counted term by
term: a term is the bag of its 3- to 5-grams, a text the sum of its terms. So a new text costs one
pass over its terms and no vectoriser, and the whole state is a word list and four arrays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.analysis.stopwords import STOPWORDS
from corpus.analysis.tokenizer import raw_tokens, raw_words, stem
from corpus.models import Article
from index.lexical.ngram_hashing import N_BUCKETS, ngram_buckets
from index.search.reader import IndexReader
from index.storage.arrays import (
    ArrayType,
    array_path,
    check_array_ids,
    check_array_shape,
    check_array_starts,
    frozen_array,
    open_arrays,
    save_arrays,
)
from index.storage.json_files import open_json, save_json
from index.terms.term_dictionary import TermDictionary

_NAME = "question-terms"
MAX_FIELD_CHARACTERS = 60_000  # of a field that are read: some twenty pages
MAX_TERMS = 2_000  # content terms of an article that count: some ten pages
SENTENCE_TERMS = 12  # content terms that count as a sentence: an index stores no full stops
N_SENTENCES = 64  # one bit each; later ones count as the last
MAX_CACHED_TOKENS = 1 << 19  # raw tokens whose terms are cached: some 100 MB at most

_ARRAYS: dict[str, ArrayType] = {
    "idf": (np.float32, 1),
    "gram_starts": (np.int64, 1),
    "grams": (np.uint32, 1),
    "gram_idf": (np.float32, 1),
}
_STOP = tuple(sorted({stem(word) for word in STOPWORDS}))


@dataclass(frozen=True, eq=False, slots=True)
class ArticleTerms:
    """The content terms of an article: ``text`` uint32 [n], the headline's ``n_headline`` first.

    ``sentence`` uint8 [n] is the number of each term's sentence; the headline is sentence 0.
    """

    text: NDArray[np.uint32]
    sentence: NDArray[np.uint8]
    n_headline: int


TermOf = Callable[[str], str]
"""The term of a folded word."""


class QuestionTerms:
    """The terms of a bank and its archive with their weights; read-only once fitted."""

    def __init__(
        self,
        dictionary: TermDictionary,
        idf: NDArray[np.float32],
        gram_starts: NDArray[np.int64],
        grams: NDArray[np.uint32],
        gram_idf: NDArray[np.float32],
        term_of: TermOf = stem,
    ) -> None:
        """Use ``fit``, ``of_index`` or ``open``.

        Parameters
        ----------
        dictionary
            Term ↔ id.
        idf
            The weight of each term, float32 [n_terms].
        gram_starts, grams
            Term t has the n-grams ``grams[gram_starts[t]:gram_starts[t + 1]]``, each once.
        gram_idf
            The weight of each n-gram, float32 [N_BUCKETS].
        term_of
            The term of a folded word: in an archive of several languages not the English stem.
        """
        self._dictionary, self._term_of = dictionary, term_of
        self.idf = idf
        self.gram_starts, self.grams, self.gram_idf = gram_starts, grams, gram_idf
        self._raw: dict[str, tuple[int, ...]] = {}
        self.rarest = float(idf.max(initial=1.0))

    @classmethod
    def fit(
        cls, questions: Iterable[str], articles: Iterable[Article]
    ) -> tuple[QuestionTerms, list[ArticleTerms]]:
        """Return the terms of all questions and articles, and those of each article.

        Weights as in scikit-learn: idf = ln((1 + n) / (1 + df)) + 1 over questions and articles
        together, always >= 1.
        """
        dictionary = TermDictionary(_STOP)  # the stop words have the first ids
        asked = _learned_tfidf_terms(dictionary, questions)
        article_terms = [
            _tfidf_terms_of_article(
                article, lambda text: _learned_tfidf_terms(dictionary, [text])[0]
            )
            for article in articles
        ]
        return cls._tfidf_weighted(dictionary, asked, article_terms)

    @classmethod
    def of_index(
        cls, questions: Iterable[str], reader: IndexReader, ids: Iterable[str]
    ) -> tuple[QuestionTerms, list[ArticleTerms]]:
        """Return what ``fit`` gives, with the terms of the articles taken from an index.

        Parameters
        ----------
        questions
            Texts of the bank.
        reader
            The index.
        ids
            Its articles that belong to the archive.
        """
        numbers, first = np.zeros(len(reader.terms.terms), np.uint32), len(_STOP)
        is_content = ~reader.stop_terms
        numbers[is_content] = np.arange(first, first + int(is_content.sum()))
        content = (term for term, use in zip(reader.terms.terms, is_content, strict=True) if use)
        dictionary = TermDictionary((*_STOP, *content), reader.terms.exceptions)
        asked = _learned_tfidf_terms(dictionary, questions)
        article_terms = []
        for id in ids:
            terms, n_headline = reader.terms_of(id)
            use = is_content[terms]
            text = numbers[terms[use]][:MAX_TERMS]
            article_terms.append(_tfidf_terms_in_sentences(text, int(use[:n_headline].sum())))
        return cls._tfidf_weighted(dictionary, asked, article_terms, reader.terms.term_of)

    @classmethod
    def _tfidf_weighted(
        cls,
        dictionary: TermDictionary,
        asked: Sequence[NDArray[np.uint32]],
        article_terms: Sequence[ArticleTerms],
        term_of: TermOf = stem,
    ) -> tuple[QuestionTerms, list[ArticleTerms]]:
        """Return the terms that occur, renumbered from 0 without the stop words, with weights."""
        first, n = len(_STOP), len(asked) + len(article_terms)
        df = np.zeros(len(dictionary), np.int64)
        for text in (*asked, *(one.text for one in article_terms)):
            df[np.unique(text)] += 1
        used = np.flatnonzero(df[first:]) + first
        numbers = np.zeros(len(dictionary), np.uint32)
        numbers[used] = np.arange(len(used))
        idf = np.log((1.0 + n) / (1.0 + df[used])) + 1.0
        used_terms = TermDictionary(dictionary.terms[id] for id in used.tolist())
        gram_starts, grams = _distinct_tfidf_ngrams(used_terms.terms)
        gram_df = np.bincount(grams, minlength=N_BUCKETS)
        # Document frequency of an n-gram: the number of terms (not texts) that have it.
        gram_idf = np.log((1.0 + len(used_terms)) / (1.0 + gram_df)) + 1.0
        terms = cls(
            used_terms,
            frozen_array(idf.astype(np.float32)),
            frozen_array(gram_starts),
            frozen_array(grams),
            frozen_array(gram_idf.astype(np.float32)),
            term_of,
        )
        return terms, [
            ArticleTerms(numbers[one.text], one.sentence, one.n_headline) for one in article_terms
        ]

    @property
    def letters(self) -> tuple[NDArray[np.int64], NDArray[np.uint32], NDArray[np.float32]]:
        """Return ``gram_starts``, ``grams`` and ``gram_idf``."""
        return self.gram_starts, self.grams, self.gram_idf

    def __len__(self) -> int:
        return len(self._dictionary)

    def ids(self, text: str) -> list[int]:
        """Return the ids of the known terms of ``text`` in order, with repetitions."""
        known, raws = self._raw, raw_tokens(text)
        try:
            found = [known[raw] for raw in raws]
        except KeyError:
            found = [self._look_up_tfidf_terms(raw) for raw in raws]
        return list(chain.from_iterable(found))

    def _look_up_tfidf_terms(self, raw: str) -> tuple[int, ...]:
        found = self._raw.get(raw)
        if found is None:
            ids = (self._dictionary.id(self._term_of(word)) for word, _, _ in raw_words(raw))
            found = tuple(id for id in ids if id is not None)
            if len(self._raw) < MAX_CACHED_TOKENS:
                self._raw[raw] = found
        return found

    def article(self, article: Article) -> ArticleTerms:
        """Return the known terms of headline, claim, summary and body."""
        return _tfidf_terms_of_article(article, lambda text: np.array(self.ids(text), np.uint32))

    def save(self, folder: Path) -> None:
        """Write ``question-terms.json`` and a ``question-terms.….npy`` for each array."""
        save_json(folder, _NAME, self._dictionary.terms)
        save_arrays(folder, _NAME, **{name: getattr(self, name) for name in _ARRAYS})

    @classmethod
    def open(cls, folder: Path, term_of: TermOf = stem) -> QuestionTerms:
        """Return what ``save`` wrote, memory-mapped; ``term_of`` gives the term of a folded word.

        Raises
        ------
        ArchiveError
            A file is missing or damaged.
        """
        dictionary = TermDictionary(open_json(folder, _NAME))
        arrays = open_arrays(folder, _NAME, **_ARRAYS)
        path = {name: array_path(folder, _NAME, name) for name in _ARRAYS}
        check_array_shape(path["idf"], arrays["idf"], len(dictionary))
        starts, n_grams = arrays["gram_starts"], len(arrays["grams"])
        check_array_starts(path["gram_starts"], starts, len(dictionary), n_grams)
        check_array_shape(path["gram_idf"], arrays["gram_idf"], N_BUCKETS)
        check_array_ids(path["grams"], arrays["grams"], N_BUCKETS)
        return cls(dictionary, **arrays, term_of=term_of)


def _distinct_tfidf_ngrams(terms: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
    """Return the distinct n-gram buckets of each term, and where they start, int64 [n + 1]."""
    buckets, ends = ngram_buckets(terms)
    owners = np.repeat(np.arange(len(terms)), np.diff(ends, prepend=0))
    owners, buckets = np.divmod(np.unique(owners * N_BUCKETS + buckets), N_BUCKETS)
    counts = np.bincount(owners, minlength=len(terms))
    starts = np.concatenate((np.zeros(1, np.int64), np.cumsum(counts)))
    return starts, buckets.astype(np.uint32)


def _tfidf_terms_of_article(
    article: Article, read: Callable[[str], NDArray[np.uint32]]
) -> ArticleTerms:
    headline = read(article.headline[:MAX_FIELD_CHARACTERS])
    rest = (article.claim, article.summary, article.body)
    text = np.concatenate([headline, *(read(part[:MAX_FIELD_CHARACTERS]) for part in rest)])
    return _tfidf_terms_in_sentences(text[:MAX_TERMS], len(headline))


def _tfidf_terms_in_sentences(text: NDArray[np.uint32], n_headline: int) -> ArticleTerms:
    """Return content terms numbered by sentence: the headline, then every 12 terms."""
    later = 1 + np.arange(len(text) - min(n_headline, len(text))) // SENTENCE_TERMS
    numbers = np.concatenate((np.zeros(min(n_headline, len(text)), np.int64), later))
    sentence: NDArray[np.uint8] = np.minimum(numbers, N_SENTENCES - 1).astype(np.uint8)
    return ArticleTerms(text, sentence, min(n_headline, len(text)))


def _learned_tfidf_terms(
    dictionary: TermDictionary, texts: Iterable[str]
) -> list[NDArray[np.uint32]]:
    ids, ends = dictionary.learn([*texts])
    return [text[text >= len(_STOP)] for text in np.split(ids, ends[:-1])] if len(ends) else []
