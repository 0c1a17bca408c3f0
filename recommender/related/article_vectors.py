"""Article vectors: the content of every article as arrays, built once for each generation."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.columns import FACETS
from index.dense.int8_vectors import Int8Vectors
from index.search.reader import IndexReader
from index.storage.arrays import (
    ArrayType,
    array_path,
    check_array_ids,
    check_array_shape,
    check_array_starts,
    frozen_array,
    open_arrays,
    release_pages,
    save_arrays,
)
from index.storage.growing_array import ArrayInMemory, GrowingArray
from recommender.related.boilerplate import Boilerplate
from recommender.related.content import (
    NORMS,
    Bytes,
    Content,
    Floats,
    Terms,
    article_contents,
    content_norms,
)
from recommender.related.word_sums import headline_word_sums, word_sum

ARTICLES_AT_ONCE = 10_000  # whose contents are in memory while those of all are written
_NAME, _HEADLINES = "content", "content-headlines"
_ARRAYS: dict[str, ArrayType] = {
    "idf": (np.float32, 1),
    "starts": (np.int64, 1),
    "terms": (np.uint32, 1),
    "counts": (np.uint8, 1),
    "near": (np.uint8, 1),
    "norms": (np.float32, 2),
}


@dataclass(frozen=True, eq=False, slots=True)
class ArticleVectors:
    """All articles of a generation: article a holds ``terms[starts[a]:starts[a + 1]]``.

    ``idf`` float32 [n_terms] of contents, 0 for stop words; ``norms`` float32 [n, 7]. ``words``:
    the static vector of each term, of any length; ``headlines``: of each headline, of length 1;
    both None where the index has no word vectors.
    """

    boilerplate: Boilerplate
    idf: Floats
    starts: NDArray[np.int64]
    terms: Terms
    counts: Bytes
    near: Bytes
    norms: Floats
    words: Int8Vectors | None
    headlines: Int8Vectors | None

    @staticmethod
    def build(
        tokens: Terms,
        bounds: NDArray[np.int64],
        publishers: Sequence[str],
        terms: Sequence[str],
        stop: NDArray[np.bool_],
        words: Int8Vectors | None,
        folder: Path | None = None,
    ) -> ArticleVectors:
        """Return the contents of all articles.

        Parameters
        ----------
        tokens, bounds
            The forward index: uint32, and int64 [n_articles, 5].
        publishers
            The publisher of each article, "" for an unknown one.
        terms, stop
            The term of each number, and whether it is a stop word, bool [n_terms].
        words
            The vector of each term, of any length; None without word vectors.
        folder
            Where they are written for ``open``, as they are made: ``boilerplate.*`` and
            ``content.*``; ``words`` are the index's own files. None: they are in memory alone.
        """
        boilerplate = Boilerplate.learn(tokens, bounds, publishers, terms)
        by = np.fromiter(map(boilerplate.publisher, publishers), np.int64, len(publishers))
        rules = boilerplate.runs, boilerplate.own, boilerplate.labels
        all_starts, df = [np.zeros(1, np.int64)], np.zeros(len(terms), np.int64)
        grown = [_growing_contents(folder, name) for name in ("terms", "counts", "near")]
        for first in range(0, len(bounds), ARTICLES_AT_ONCE):
            at = slice(first, first + ARTICLES_AT_ONCE)
            ends, held, counts, near = article_contents(tokens, bounds[at], by[at], stop, *rules)
            all_starts.append(ends[1:] + len(grown[0]))
            df += np.bincount(held, minlength=len(terms))
            own: tuple[NDArray[Any], ...] = (held, counts, near)
            for array, values in zip(grown, own, strict=True):
                array.extend(values)
            release_pages(tokens)
        idf = np.where(stop, 0.0, article_idf_by_script(df, len(bounds), terms)).astype(np.float32)
        starts = np.concatenate(all_starts)
        held, counts, near = (frozen_array(array.finish()) for array in grown)
        norms = content_norms(starts, held, counts, near, idf)
        headlines = None
        if words is not None:
            headlines = Int8Vectors(*headline_word_sums(starts, held, near, idf, words.codes))
        vectors = ArticleVectors(
            boilerplate, idf, starts, held, counts, near, norms, words, headlines
        )
        if folder:
            vectors._save_with_contents(folder)
        return vectors

    @staticmethod
    def of_index(reader: IndexReader, folder: Path | None = None) -> ArticleVectors:
        """Return the contents of the articles of an index; ``folder`` is as in ``build``."""
        columns, windows = reader.columns, reader.window_similarity
        names = columns.values["publisher"]
        return ArticleVectors.build(
            reader.forward_index.tokens,
            reader.forward_index.bounds,
            [names[code] for code in columns.codes[FACETS.index("publisher")].tolist()],
            reader.terms.terms,
            reader.stop_terms,
            windows.words if windows else None,
            folder,
        )

    def __len__(self) -> int:
        return len(self.starts) - 1

    def of(self, row: int) -> Content:
        """Return the content of the article at ``row``."""
        at = slice(self.starts[row], self.starts[row + 1])
        return Content(self.terms[at], self.counts[at], self.near[at], self.norms[row])

    def of_text(self, tokens: Terms, n_headline: int, publisher: str) -> Content:
        """Return the content of a text that is not in the archive.

        Parameters
        ----------
        tokens
            The numbers of its terms in order, headline first; terms that the archive does not
            know have the number ``len(idf)``.
        n_headline
            How many of ``tokens`` are the headline's.
        publisher
            Whose repeated words count nothing.
        """
        bounds = np.array([[0, n_headline, n_headline, n_headline, len(tokens)]], np.int64)
        _, held, counts, near, norms = self._contents(tokens, bounds, [publisher])
        return Content(held, counts, near, norms[0])

    def of_more_texts(
        self, tokens: Terms, bounds: NDArray[np.int64], publishers: Sequence[str]
    ) -> ArticleVectors:
        """Return the contents of other articles, weighed and cleaned as these are.

        Parameters
        ----------
        tokens, bounds
            As in ``build``; terms that the archive does not know count nothing.
        publishers
            The publisher of each article, "" for an unknown one.
        """
        known = np.minimum(tokens, np.uint32(len(self.idf))).astype(np.uint32)
        starts, held, counts, near, norms = self._contents(known, bounds, publishers)
        headlines = None
        if self.words is not None:
            sums = headline_word_sums(starts, held, near, self.idf, self.words.codes)
            headlines = Int8Vectors(*sums)
        return replace(
            self,
            starts=starts,
            terms=held,
            counts=counts,
            near=near,
            norms=norms,
            headlines=headlines,
        )

    def _contents(
        self, tokens: Terms, bounds: NDArray[np.int64], publishers: Sequence[str]
    ) -> tuple[NDArray[np.int64], Terms, Bytes, Bytes, Floats]:
        """Return starts, terms, counts, near and norms of texts that are not in the archive."""
        by = np.fromiter(map(self.boilerplate.publisher, publishers), np.int64, len(publishers))
        unknown = np.append(self.idf == 0.0, True)
        rules = self.boilerplate.runs, self.boilerplate.own, self.boilerplate.labels
        starts, held, counts, near = article_contents(tokens, bounds, by, unknown, *rules)
        return starts, held, counts, near, content_norms(starts, held, counts, near, self.idf)

    def word_vector(self, content: Content) -> Floats | None:
        """Return the sum of the word vectors of an article, float32 [dim], of length 1 or 0."""
        if self.words is None:
            return None
        return word_sum(content.terms, content.counts, self.idf, self.words.codes)

    def _save_with_contents(self, folder: Path) -> None:
        """Write what is not in ``folder`` yet."""
        self.boilerplate.save(folder)
        save_arrays(folder, _NAME, idf=self.idf, starts=self.starts, norms=self.norms)
        if self.headlines is not None:
            self.headlines.save(folder, _HEADLINES)

    @staticmethod
    def open(
        folder: Path, n_articles: int, n_terms: int, words: Int8Vectors | None
    ) -> ArticleVectors:
        """Return what ``build`` wrote, memory-mapped.

        Parameters
        ----------
        folder
            The generation.
        n_articles, n_terms
            Of its index.
        words
            As in ``build``.

        Raises
        ------
        ArchiveError
            A file is missing or damaged.
        """
        arrays = open_arrays(folder, _NAME, **_ARRAYS)
        path = {name: array_path(folder, _NAME, name) for name in _ARRAYS}
        n = len(arrays["terms"])
        check_array_starts(path["starts"], arrays["starts"], n_articles, n)
        check_array_ids(path["terms"], arrays["terms"], n_terms)
        for name, shape in (
            ("idf", (n_terms,)),
            ("counts", (n,)),
            ("near", (n,)),
            ("norms", (n_articles, len(NORMS))),
        ):
            check_array_shape(path[name], arrays[name], *shape)
        headlines = None if words is None else Int8Vectors.open(folder, _HEADLINES, n_articles)
        return ArticleVectors(Boilerplate.open(folder), **arrays, words=words, headlines=headlines)


def _growing_contents(folder: Path | None, name: str) -> ArrayInMemory | GrowingArray:
    """Return an array that the values of all articles are appended to, in its file if in any."""
    dtype = _ARRAYS[name][0]
    return GrowingArray(array_path(folder, _NAME, name), dtype) if folder else ArrayInMemory(dtype)


def article_idf_by_script(df: NDArray[np.int64], n: int, terms: Sequence[str]) -> Floats:
    """Return the idf of each term among the articles of its script, float32 [n_terms].

    The list of stop words is English. A few articles in another script would hold "rare" words
    only, and its stop words would make all of them similar. Their number is taken to be the largest
    df of a term of that script; ``n`` for the script of most occurrences, and for numbers.

    Parameters
    ----------
    df
        How many articles hold each term, int64 [n_terms].
    n
        The number of articles.
    terms
        The terms.
    """
    scripts = np.array([_script_of_term(term) for term in terms], str)
    sizes = {str(s): int(df[scripts == s].max(initial=0)) for s in np.unique(scripts)}
    letters = [s for s in sizes if s]
    main = max(letters, key=lambda s: int(df[scripts == s].sum()), default="")
    held = np.array([n if s in (main, "") else sizes[s] for s in scripts.tolist()], np.int64)
    weights: Floats = np.log1p((held - df + 0.5) / (df + 0.5)).astype(np.float32)
    return weights


def _script_of_term(term: str) -> str:
    """Return the script of a term's first letter as Unicode names it; "" for a number."""
    if not term[0].isalpha() or term[0].isascii():
        return "LATIN" if term[0].isalpha() else ""
    return unicodedata.name(term[0], "").split(" ")[0]
